"""Columns of integers: lists for small plans, packed arrays for large ones.

Both give back plain integers, so that kernels run on either as Python. A packed column takes 8
bytes for each entry, a quarter of a list's, and compiled kernels work on it where it is: numpy
sees the same memory.
"""

from __future__ import annotations

from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    Column = list[int] | array[int]
    NewColumn = Callable[[Iterable[int]], Column]

__all__ = [
    "MANY",
    "Column",
    "NewColumn",
    "fill",
    "group",
    "kind_like",
    "kind_of_column",
    "packed",
    "take",
]

#: Items and links from which columns are packed.
MANY: Final = 50_000


def packed(values: Iterable[int]) -> Column:
    """Return values as a column of 64-bit integers."""
    return array("q", values)


def kind_of_column(size: int) -> NewColumn:
    """Return what makes the columns of a plan with so many items and links."""
    return list if size <= MANY else packed


def kind_like(column: Sequence[int]) -> NewColumn:
    """Return what makes columns of the kind of one that is there."""
    return list if isinstance(column, list) else packed


def fill(new: NewColumn, value: int, size: int) -> Column:
    """Return a column that holds one value throughout."""
    column = new((value,))
    column *= size
    return column


def take(column: Column, places: Column) -> Column:
    """Return the entries of a column at these places, in their order, as a column of its kind."""
    if isinstance(column, list) or isinstance(places, list):
        return kind_like(column)(map(column.__getitem__, places))
    return _kept(_seen(column)[_seen(places)])


def group(keys: Column, size: int) -> tuple[Column, Column]:
    """Return where each group of equal keys begins, and the places of the keys, group by group.

    Inside a group places ascend. Keys run from 0 to ``size`` - 1. Lists are grouped by a counting
    sort, packed columns by numpy.
    """
    if not isinstance(keys, list):
        return _group_packed(keys, size)
    counts = [0] * (size + 1)
    for key in keys:
        counts[key + 1] += 1
    begins = list(accumulate(counts))
    following = list(begins)
    places = [0] * len(keys)
    for place, key in enumerate(keys):
        places[following[key]] = place
        following[key] += 1
    return begins, places


def _group_packed(keys: array[int], size: int) -> tuple[Column, Column]:
    import numpy as np  # noqa: PLC0415 - not needed for small plans

    seen = _seen(keys)
    begins = np.zeros(size + 1, np.int64)
    np.cumsum(np.bincount(seen, minlength=size), out=begins[1:])
    return _kept(begins), _kept(np.argsort(seen, kind="stable"))


def _seen(column: array[int]) -> NDArray[np.int64]:
    """Return a packed column as numpy sees it, where it is."""
    import numpy as np  # noqa: PLC0415 - not needed for small plans

    return np.asarray(column)


def _kept(values: NDArray[np.int64]) -> Column:
    """Return what numpy made as a packed column."""
    column = array("q")
    column.frombytes(values.tobytes())
    return column

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

    Column = list[int] | array[int]
    NewColumn = Callable[[Iterable[int]], Column]

__all__ = ["MANY", "Column", "NewColumn", "fill", "group", "kind_like", "kind_of_column", "packed"]

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


def group(keys: Sequence[int], size: int, new: NewColumn) -> tuple[Column, Column]:
    """Return where each group of equal keys begins, and the places of the keys, group by group.

    Inside a group places ascend. Keys run from 0 to ``size`` - 1; takes linear time (counting
    sort).
    """
    counts = fill(new, 0, size + 1)
    for key in keys:
        counts[key + 1] += 1
    begins = new(accumulate(counts))
    following = new(begins)
    places = fill(new, 0, len(keys))
    for place, key in enumerate(keys):
        at = following[key]
        places[at] = place
        following[key] = at + 1
    return begins, places

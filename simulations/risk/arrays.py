"""Arrays for the named tuples of kernels.

Typed as anything: the fields are told as sequences, which lists, packed columns and arrays all are
in what kernels do with them, and which numpy's types do not declare to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["floats", "ints", "zeros"]


def ints(values: Iterable[int]) -> Any:
    """Return whole numbers as an array of 64-bit integers."""
    return np.array(list(values) if not hasattr(values, "__len__") else values, np.int64)


def floats(values: Iterable[float]) -> Any:
    """Return numbers as an array."""
    return np.array(list(values), np.float64)


def zeros(size: int, kind: type = np.int64) -> Any:
    """Return an array of zeros."""
    return np.zeros(size, kind)

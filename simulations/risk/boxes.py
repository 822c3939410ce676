"""Containers as a kernel takes them: arrays where it is compiled, views of them where it is Python.

A view gives and takes plain numbers, and a slice of it is a view again, as with arrays.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from simulations.engine import as_arrays

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["box", "fit", "unbox"]


def fit(kernel: Callable[..., Any], *, is_large: bool) -> Callable[..., Any]:
    """Return a kernel as it is to be called, compiled or as it is."""
    if not is_large:
        return partial(kernel)
    from simulations.jit import compiled  # noqa: PLC0415 - heavy

    return compiled(kernel)


def box(one: Any, *, is_large: bool) -> Any:
    """Return containers, named tuples of them or numbers as a kernel takes them.

    Arrays are shared, not copied: what a kernel fills is in them.
    """
    if hasattr(one, "_fields"):
        return type(one)(*(box(field, is_large=is_large) for field in one))
    if isinstance(one, np.ndarray):
        return one if is_large else memoryview(one.data)
    if isinstance(one, int | float):
        return one
    return as_arrays(one) if is_large else one


def unbox(one: Any) -> Any:
    """Return what a kernel has filled as an array."""
    return np.asarray(one)

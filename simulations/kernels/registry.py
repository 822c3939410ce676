"""The kernels, registered as they are defined, so that they can be compiled together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

__all__ = ["KERNELS", "kernel"]

F = TypeVar("F", bound=Callable[..., Any])

KERNELS: Final[list[Callable[..., Any]]] = []


def kernel(function: F) -> F:
    """Register a kernel; return it as it is."""
    KERNELS.append(function)
    return function

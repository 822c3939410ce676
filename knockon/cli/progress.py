"""How far a long job is: on standard error, on a terminal, and only from its second second on."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["show_progress"]

#: Seconds that a job may take before anything is said.
_SOON: Final = 1.0
_BAR: Final = 30


@contextmanager
def show_progress() -> Iterator[Callable[[int, int], None]]:
    """Give a function to be told how much of a job is done, and of how much."""
    began = time.monotonic()
    shown = 0
    is_over = False

    def tell(done: int, steps: int) -> None:
        nonlocal shown
        if not is_over and sys.stderr.isatty() and time.monotonic() - began > _SOON:
            full = _BAR * done // max(steps, 1)
            line = f"[{'#' * full}{' ' * (_BAR - full)}] {done:,} of {steps:,}"
            sys.stderr.write(f"\r{line}")
            sys.stderr.flush()
            shown = len(line)

    try:
        yield tell
    finally:
        is_over = True
        if shown:
            sys.stderr.write(f"\r{' ' * shown}\r")
            sys.stderr.flush()

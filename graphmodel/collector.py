"""A pause of Python's cycle collector while many objects are built that all stay alive.

Building a plan of 100,000 items makes a million small objects, none of them garbage. The collector
looks through all of them again and again as they grow in number: half of the time to read and
compile such a plan (see docs/performance.md).
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["collector_paused"]


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the cycle collector; it is left as it was found."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()

"""How far a long reading is, for whoever waits for it.

Readers tell it as they go (`watched`); somebody who wants to know listens (`listening`). Nobody
listening costs a reader next to nothing.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["listening", "tell", "watched"]

T = TypeVar("T")

_LISTENER: ContextVar[Callable[[int, int], None] | None] = ContextVar("listener", default=None)

#: Steps between two words: the teller must cost nothing beside the work.
_EVERY: Final = 500


@contextmanager
def listening(listener: Callable[[int, int], None]) -> Iterator[None]:
    """Have what is read inside tell how much of it is done, and of how much."""
    token = _LISTENER.set(listener)
    try:
        yield
    finally:
        _LISTENER.reset(token)


def tell(done: int, steps: int) -> None:
    """Say how much is done of how much, to whoever listens."""
    listener = _LISTENER.get()
    if listener is not None:
        listener(done, steps)


def watched(steps: Sequence[T], *, every: int = _EVERY) -> Iterator[T]:
    """Yield things one by one, telling now and then how many are done."""
    for number, step in enumerate(steps):
        if number % every == 0:
            tell(number, len(steps))
        yield step

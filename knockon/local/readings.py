"""How far the reading of what a browser has sent is, for the page that waits for it."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from knockon.local.desk import Shelf

__all__ = ["ask_reading", "noting_reading"]

_PLACE: Final = "readings"

#: Readings that are noted at once; a page that asks for one more is told nothing.
_MOST: Final = 20


@contextmanager
def noting_reading(shelf: Shelf, ticket: str) -> Iterator[Callable[[int, int], None]]:
    """Give a function that notes under a ticket how many steps are done, of how many."""
    with shelf.lock:
        known: dict[str, tuple[int, int]] = shelf.kept.setdefault(_PLACE, {})
        is_noted = bool(ticket) and len(known) < _MOST
        if is_noted:
            known[ticket] = (0, 0)

    def note(done: int, steps: int) -> None:
        if is_noted:
            known[ticket] = (done, steps)

    try:
        yield note
    finally:
        if is_noted:
            known.pop(ticket, None)


def ask_reading(shelf: Shelf, ticket: str) -> tuple[int, int] | None:
    """Return the steps done and the steps in all; None where nothing is read under a ticket."""
    found: tuple[int, int] | None = shelf.kept.get(_PLACE, {}).get(ticket)
    return found

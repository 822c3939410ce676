"""Which of two items comes first, by what is done and by the planned dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant

if TYPE_CHECKING:
    from graphmodel.items import Item

__all__ = ["due_instant", "is_due_before"]


def due_instant(item: Item) -> int | None:
    """Return the instant of an item's own planned finish, None where it has none or goes on."""
    planned = item.planned
    if planned.finish is None or planned.precision == "ongoing":
        return None
    return finish_instant(planned.finish)


def is_due_before(one: Item, other: Item) -> bool:
    """Return whether the first is done and the other is not, or is planned to be done first."""
    done, other_done = one.status == "complete", other.status == "complete"
    if done != other_done:
        return done
    first, second = due_instant(one), due_instant(other)
    return first is not None and second is not None and first < second

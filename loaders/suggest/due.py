"""Which of two items comes first, by what is done and by the planned dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant, start_instant

if TYPE_CHECKING:
    from graphmodel.items import Item
    from graphmodel.plan import Plan

__all__ = ["begin_instant", "due_instant", "is_due_before"]


def due_instant(item: Item) -> int | None:
    """Return the instant of an item's own planned finish, None where it has none or goes on."""
    planned = item.planned
    if planned.finish is None or planned.precision == "ongoing":
        return None
    return finish_instant(planned.finish)


def begin_instant(plan: Plan, name: str) -> int | None:
    """Return the first instant that an item or a part of it is planned at, or None."""
    items = plan.index.items
    first = items[name].planned.start
    if first is not None:
        return start_instant(first)
    begins = [
        start_instant(one.planned.start) if one.planned.start is not None else due_instant(one)
        for one in (items[leaf] for leaf in plan.index.leaves(name))
    ]
    told = [begin for begin in begins if begin is not None]
    return min(told) if told else due_instant(items[name])


def is_due_before(one: Item, other: Item) -> bool:
    """Return whether the first is done and the other is not, or is planned to be done first."""
    done, other_done = one.status == "complete", other.status == "complete"
    if done != other_done:
        return done
    first, second = due_instant(one), due_instant(other)
    return first is not None and second is not None and first < second

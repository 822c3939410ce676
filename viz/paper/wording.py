"""Small sentences that several sections of a report share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viz.paper.blocks import Named
from viz.words import join_words, show_date

if TYPE_CHECKING:
    from graphmodel.items import Item
    from graphmodel.plan import Plan

__all__ = ["NOBODY", "name", "name_owners", "tell_age"]

#: What stands where an item has no owner.
NOBODY: Final = "nobody is named"


def name(plan: Plan, key: str) -> Named:
    """Return an item by its id and title; what the plan does not hold by its id alone."""
    item: Item | None = plan.index.items.get(key)
    return Named(key, "" if item is None else item.title)


def name_owners(plan: Plan, key: str) -> str:
    """Return who is responsible for an item."""
    if key not in plan.index.items:
        return NOBODY
    return join_words([one.name for one in plan.index.officers_of(key)]) or NOBODY


def tell_age(plan: Plan) -> str:
    """Return the day the data is of, for a heading."""
    day = plan.status_date or plan.as_of
    return show_date(day, missing="not stated in the plan")

"""Small sentences that several sections of a report share."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from graphmodel.words import join_words
from viz.answer import find_before
from viz.paper.blocks import Named, Spread, Table
from viz.words import show_date

if TYPE_CHECKING:
    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from simulations.results import MovedItem
    from viz.paper.blocks import Cell, Column

__all__ = ["NOBODY", "make_table", "name", "name_owners", "tell_age", "without_change"]

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
    if day is None:
        return "not stated in the plan"
    return show_date(date(day.year, day.month, day.day))


def without_change(one: MovedItem) -> Spread:
    """Return when a moved item finishes without the change, under both rules for gaps."""
    return Spread(*find_before(one))


def make_table(
    name: str,
    caption: str,
    columns: tuple[Column, ...],
    rows: tuple[tuple[Cell, ...], ...],
    limit: int = 15,
) -> Table:
    """Return a table without the columns that have nothing in any row."""
    kept = [
        place
        for place in range(len(columns))
        if not place or any(row[place] not in {None, ""} for row in rows)
    ]
    return Table(
        name,
        caption,
        tuple(columns[place] for place in kept),
        tuple(tuple(row[place] for place in kept) for row in rows),
        limit,
    )

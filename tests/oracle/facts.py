"""What an item says of itself: does it take part, its own dates, its length (DESIGN 5.3.1, 5.3.2).

Every function is one rule and looks at one item only.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.oracle.dates import NOTHING, finish_of, start_of

if TYPE_CHECKING:
    from datetime import date, datetime, timedelta

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from graphmodel.spans import Span

__all__ = [
    "done_finish",
    "done_start",
    "first_own_date",
    "is_begun",
    "is_done",
    "is_open_ended",
    "own_finish",
    "own_length",
    "own_start",
    "part_of_span",
    "planned_length",
    "takes_part",
]


def is_done(item: Item) -> bool:
    """Facts stay facts: a complete item never moves."""
    return item.status == "complete"


def is_begun(item: Item) -> bool:
    """Rule 7 tells begun from not begun; on hold counts as not started (5.3.2)."""
    return item.status == "in_progress"


def is_open_ended(item: Item) -> bool:
    """Return whether an item is dated "from X onwards": it has a start and no finish (5.3.2)."""
    return item.planned.precision == "from"


def takes_part(item: Item) -> bool:
    """Ongoing, cancelled, and complete without a date: take no part (5.3.2)."""
    if item.status == "cancelled" or item.planned.precision == "ongoing":
        return False
    return not is_done(item) or item.actual_finish is not None or item.planned.finish is not None


def done_finish(item: Item, status_date: date | None) -> datetime:
    """Complete: the actual finish, else the earlier of planned finish and status date (5.3.1)."""
    if item.actual_finish is not None:
        at_start = item.type == "start_milestone"
        return start_of(item.actual_finish) if at_start else finish_of(item.actual_finish)
    assert item.planned.finish is not None
    planned = finish_of(item.planned.finish)
    return planned if status_date is None else min(planned, finish_of(status_date))


def done_start(item: Item, finish: datetime) -> datetime:
    """Complete: it started when it did, else as planned, never after its finish."""
    start = item.actual_start or item.planned.start
    return finish if start is None else min(start_of(start), finish)


def own_finish(item: Item) -> datetime | None:
    """Return the forecast, else the planned finish (5.3.1); in mode logic neither (5.3.2)."""
    if item.mode == "logic":
        return None
    own = item.forecast or item.planned.finish
    return None if own is None else finish_of(own)


def own_start(item: Item) -> datetime | None:
    """Return the actual start, else the planned start moved along with a forecast (5.3.1)."""
    if item.actual_start is not None:
        return start_of(item.actual_start)
    if item.mode == "logic" or item.planned.start is None:
        return None
    moved = NOTHING
    if item.forecast is not None and item.planned.finish is not None:
        moved = finish_of(item.forecast) - finish_of(item.planned.finish)
    return start_of(item.planned.start) + moved


def own_length(item: Item) -> timedelta:
    """Return finish - start of the own dates, zero where only a finish is known (5.3.2)."""
    start, finish = own_start(item), own_finish(item)
    if start is None or finish is None:
        return NOTHING
    return max(finish - start, NOTHING)


def planned_length(item: Item) -> timedelta:
    """Return finish - start as planned, zero where only a finish is known (5.3.2)."""
    planned = item.planned
    if planned.start is None or planned.finish is None:
        return NOTHING
    return max(finish_of(planned.finish) - start_of(planned.start), NOTHING)


def part_of_span(span: Span, percent_done: float) -> Span:
    """Duration x (1 - percent), the remaining work where none is stated (5.3.7)."""
    left = 1 - Decimal(str(percent_done)) / 100
    return replace(span, amount=span.amount * left)


def first_own_date(plan: Plan) -> date | None:
    """Return the earliest own date of any item: the start of a plan that states none."""
    dates = [
        own
        for item in plan.items
        for own in (
            item.planned.start,
            item.planned.finish,
            item.forecast,
            item.actual_start,
            item.actual_finish,
        )
        if own is not None and takes_part(item)
    ]
    return min(dates, key=start_of, default=None)

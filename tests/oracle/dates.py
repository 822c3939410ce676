"""Instants, shown dates and spans on `datetime`s (DESIGN 5.1 and 5.2), written for clarity.

Nothing of `graphmodel.moments` is used: months come from dateutil, whose ``relativedelta`` knows
nothing of the rule that the last day of a month stays the last day, which is added here.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Literal

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.spans import Span

__all__ = [
    "MINUTE",
    "NOTHING",
    "ONE_DAY",
    "Side",
    "add",
    "add_months",
    "days_of",
    "finish_of",
    "latest",
    "length_of",
    "show",
    "start_of",
]

#: Whether an instant is shown as the day that begins there or as the day that ends there (5.1).
Side = Literal["start", "finish"]

NOTHING = timedelta()
MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)

#: Units whose length does not depend on where they begin.
_FIXED = {"d": Decimal(1440), "w": Decimal(7 * 1440), "eh": Decimal(60)}

#: Days in a mean month, for a part of a month (5.2) and for a share of one.
_MEAN_MONTH = Decimal("30.4375")


def start_of(moment: date) -> datetime:
    """Return the first instant of a day (5.1)."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def finish_of(moment: date) -> datetime:
    """Return the last instant of a day, which is the first of the next (5.1)."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time()) + ONE_DAY


def show(instant: datetime, side: Side) -> date:
    """Return the day an instant is shown as: the one that begins there, or the one that ends."""
    return (instant if side == "start" else instant - MINUTE).date()


def add_months(day: date, months: int) -> date:
    """Add calendar months; the last day of a month stays the last day (5.2)."""
    moved = day + relativedelta(months=months)
    was_last = (day + ONE_DAY).day == 1
    return moved + relativedelta(day=31) if was_last else moved


def length_of(span: Span) -> timedelta:
    """Return the length of a span on its own: months as whole days of a mean month (5.2)."""
    if span.unit == "m":
        return timedelta(days=_rounded(span.amount * _MEAN_MONTH))
    return timedelta(minutes=_rounded(span.amount * _FIXED[span.unit]))


def _rounded(number: Decimal) -> int:
    return int(number.quantize(Decimal(1), ROUND_HALF_UP))


def add(instant: datetime, span: Span, side: Side) -> datetime:
    """Add a span to an instant; months are added to the shown date (5.2)."""
    if span.unit != "m":
        return instant + length_of(span)
    day = show(instant, side)
    within = instant - start_of(day)
    whole = int(span.amount)
    part = timedelta(days=_rounded((span.amount - whole) * _MEAN_MONTH))
    return start_of(add_months(day, whole)) + within + part


def latest(image: Callable[[datetime], datetime], bound: datetime, step: timedelta) -> datetime:
    """Return the latest instant whose forward image fits (5.2), by halving an interval.

    The image of a later instant must not be earlier, seen in steps of ``step``. The interval is
    found by doubling, so that the image is not asked for dates far away.
    """
    reach = 1
    while image(bound - reach * step) > bound:
        reach *= 2
    below, reach = -reach, 1
    while image(bound + reach * step) <= bound:
        reach *= 2
    above = reach
    while above - below > 1:
        middle = (below + above) // 2
        if image(bound + middle * step) <= bound:
            below = middle
        else:
            above = middle
    return bound + below * step


def days_of(length: timedelta) -> float:
    """Return a length in days."""
    return length / ONE_DAY

"""An item's own dates as instants: rules 1 and 2 of DESIGN 5.3, before any link is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from graphmodel.errors import PlanError
from graphmodel.moments import finish_instant, start_instant
from graphmodel.spans import MONTH_DAYS
from simulations.codes import ABSENT, BEGUN, DERIVED, DONE, LOGIC, NEVER, OPEN, PARENT, PLANNED
from simulations.monthly import latest_before_months, shift_months

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.items import Item
    from graphmodel.spans import Span

__all__ = ["Own", "is_begun", "is_open_ended", "mean_minutes", "own_dates", "wall_span"]


@dataclass(frozen=True, slots=True)
class Own:
    """What an item brings along; instants and minutes, ``NEVER`` where it has none.

    ``length`` (with ``months``) is the duration or planned span, ``rest`` (with ``rest_months``)
    what remains of begun work. ``pinned``: the start is a fact. ``held``: what the own finish is
    called if it holds the item.
    """

    how: int
    start: int = NEVER
    finish: int = NEVER
    length: int = 0
    months: int = 0
    rest: int = 0
    rest_months: int = 0
    pinned: bool = False
    held: str = "planned_date"


def own_dates(item: Item, *, is_parent: bool, status: int) -> Own:
    """Return an item's own dates; ``status`` is the last instant of the status date, or NEVER."""
    if item.status == "cancelled":
        return Own(ABSENT)
    if item.status == "complete":
        return _done(item, status)
    if is_parent:
        return _parent(item)
    if item.planned.precision == "ongoing" and item.planned.finish is None:
        return Own(ABSENT)
    return _undone(item, status)


def is_begun(item: Item) -> bool:
    """Return whether work has started and not ended; on hold counts as not started (5.3.2)."""
    if item.status in {"complete", "cancelled", "on_hold"}:
        return False
    return item.status == "in_progress" or item.actual_start is not None


def is_open_ended(item: Item) -> bool:
    """Return whether an item starts and has no finish: "from April 2028 onwards"."""
    return (
        item.planned.start is not None
        and item.planned.finish is None
        and item.forecast is None
        and item.duration is None
        and item.type not in {"start_milestone", "finish_milestone"}
    )


def wall_span(span: Span, where: str) -> tuple[int, int]:
    """Return a span as calendar months and minutes on the wall clock.

    Raises
    ------
    PlanError
        The span counts working time, or is a percentage with nothing to be a part of.
    """
    if not span.is_elapsed:
        raise PlanError(
            f"{where} is {span.words}, and plans are scheduled in calendar time: "
            "give it in calendar days, weeks or months."
        )
    return span.months, span.minutes


def mean_minutes(months: int, minutes: int) -> int:
    """Return a length as minutes where no date says how long its months are."""
    days = (months * MONTH_DAYS).quantize(Decimal(1), ROUND_HALF_UP)
    return int(days) * 1440 + minutes


def _finish(moment: date | None) -> int:
    return NEVER if moment is None else finish_instant(moment)


def _start(moment: date | None) -> int:
    return NEVER if moment is None else start_instant(moment)


def _planned(item: Item) -> tuple[int, int]:
    """Return planned start and finish; a milestone of a schedule has one instant for both."""
    planned = item.planned
    if item.type == "start_milestone":
        instant = _start(planned.start or planned.finish)
        return instant, instant
    if item.type == "finish_milestone":
        instant = _finish(planned.finish or planned.start)
        return instant, instant
    return _start(planned.start), _finish(planned.finish)


def _done(item: Item, status: int) -> Own:
    """Rule 1: the actual finish, else the earlier of planned finish and status date."""
    start, finish = _planned(item)
    if item.actual_finish is not None:
        finish = finish_instant(item.actual_finish)
        if item.type == "start_milestone":
            finish = start_instant(item.actual_finish)
    elif finish == NEVER:
        return Own(ABSENT)
    elif status != NEVER:
        finish = min(finish, status)
    if item.actual_start is not None:
        start = start_instant(item.actual_start)
    start = finish if start == NEVER else min(start, finish)
    return Own(DONE, start, finish, finish - start, pinned=True, held="actual")


def _parent(item: Item) -> Own:
    """Return a parent's own dates; its start moves along with a forecast, as for all (rule 1)."""
    start, finish = _planned(item)
    forecast = _finish(item.forecast)
    if item.actual_start is not None:
        start = start_instant(item.actual_start)
    elif NEVER not in {start, finish, forecast}:
        start += forecast - finish
    if forecast == NEVER:
        return Own(PARENT, start, finish)
    return Own(PARENT, start, forecast, held="forecast")


def _undone(item: Item, status: int) -> Own:
    months, minutes = (
        wall_span(item.duration, f'The duration of "{item.id}"') if item.duration else (0, 0)
    )
    forecast = _finish(item.forecast)
    if item.mode == "logic":
        own = Own(LOGIC, finish=forecast, length=minutes, months=months, held="forecast")
    else:
        own = _own_planned(item, months, minutes, forecast)
    return _begun(item, own, status) if is_begun(item) else own


def _own_planned(item: Item, months: int, minutes: int, forecast: int) -> Own:
    """Rule 2: planned dates and the length between them; the start moves along with a forecast."""
    start, finish = _planned(item)
    if is_open_ended(item):
        return Own(OPEN, start)
    if finish == NEVER and start != NEVER and item.duration is not None:
        finish = shift_months(start, months, is_start=True) + minutes
    elif start == NEVER and finish != NEVER and item.duration is not None:
        start = latest_before_months(finish - minutes, months, is_start=True)
    if finish == NEVER and forecast == NEVER:
        if start == NEVER:
            return Own(DERIVED)
        finish = start
    if start == NEVER or (finish == NEVER and forecast < start):
        length = 0
    else:
        length = max(0, (forecast if finish == NEVER else finish) - start)
    end, held = (finish, "planned_date") if forecast == NEVER else (forecast, "forecast")
    return Own(PLANNED, end - length, end, length, held=held)


def _begun(item: Item, own: Own, status: int) -> Own:
    """Rule 7: what remains of begun work runs from the status date."""
    start = own.start if item.actual_start is None else start_instant(item.actual_start)
    pinned = item.actual_start is not None
    if own.how == OPEN:
        return Own(OPEN, start, pinned=True)
    finish = own.finish
    if own.how == LOGIC and status == NEVER and start != NEVER:
        planned = shift_months(start, own.months, is_start=True) + own.length
        finish = max(finish, planned)
    if start == NEVER and own.how == DERIVED:
        return own
    rest_months, rest = _remaining(item, own, status)
    return Own(
        BEGUN,
        start,
        finish,
        own.length,
        own.months,
        rest,
        rest_months,
        pinned=pinned,
        held=own.held,
    )


def _remaining(item: Item, own: Own, status: int) -> tuple[int, int]:
    """Return ``remaining``, else duration x (1 - percent), else the rest of the planned span."""
    if item.remaining is not None:
        return wall_span(item.remaining, f'What remains of "{item.id}"')
    if item.duration is not None:
        if not item.percent:
            return own.months if own.how == LOGIC else 0, own.length
        left = 100 - Decimal(str(item.percent))
        whole = mean_minutes(*wall_span(item.duration, f'The duration of "{item.id}"'))
        return 0, int((whole * left / 100).quantize(Decimal(1), ROUND_HALF_UP))
    if status == NEVER:
        return 0, own.length
    return 0, max(0, min(own.length, own.finish - status))

"""An item's own dates as instants: rules 1 and 2 of DESIGN 5.3, before any link is looked at."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, NamedTuple

from graphmodel.moments import finish_instant, start_instant
from simulations.codes import (
    ABSENT,
    BEGUN,
    DERIVED,
    DONE,
    FIXED,
    LOE,
    LOGIC,
    NEVER,
    OPEN,
    PARENT,
    PLANNED,
)
from simulations.splits import gaps_of, work_through
from simulations.worktimes import NOTHING, Measured, WorkTimes, mean_minutes

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.items import Item

__all__ = ["Own", "duration_of", "is_begun", "is_open_ended", "own_dates"]


class Own(NamedTuple):
    """What an item brings along; instants and minutes, ``NEVER`` where it has none.

    ``length`` is the duration or planned span, ``rest`` what remains of begun work; ``cal`` counts
    the work (-1: the wall). ``pinned``: the start is a fact. ``held``: what the own finish is
    called if it holds the item.
    """

    how: int
    start: int = NEVER
    finish: int = NEVER
    length: Measured = NOTHING
    rest: Measured = NOTHING
    pinned: bool = False
    held: str = "planned_date"


def own_dates(
    item: Item, times: WorkTimes, *, is_parent: bool, status: int, resumes: bool = True
) -> Own:
    """Return an item's own dates.

    Parameters
    ----------
    status
        The last instant of the status date, or ``NEVER``.
    resumes
        Whether what remains of begun work runs from the status date (rule 7); if not, the work
        runs on from its start.
    """
    if item.status == "cancelled":
        return Own(ABSENT)
    if item.status == "complete":
        return _done(item, times, status)
    if is_parent:
        return _parent(item)
    return _leaf(item, times, status, resumes=resumes)


def _leaf(item: Item, times: WorkTimes, status: int, *, resumes: bool) -> Own:
    """Return the own dates of an item without parts that is not over."""
    if item.planned.precision == "ongoing" and item.planned.finish is None:
        return Own(ABSENT)
    if item.type == "loe":
        return _loe(item)._replace(length=duration_of(item, times))
    if item.mode == "fixed":
        return _fixed(item, times)
    return _undone(item, times, status, resumes=resumes)


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


def duration_of(item: Item, times: WorkTimes) -> Measured:
    """Return the duration an item states; nothing on its own calendar if it states none."""
    if item.duration is not None:
        measured = times.measure(item.duration, item.calendar, f'The duration of "{item.id}"')
        if measured[:2] != (0, 0):
            return measured
    name = item.calendar or times.default
    return Measured(0, 0, -1 if name is None else times.number(name))


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


def _done(item: Item, times: WorkTimes, status: int) -> Own:
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
    cal = duration_of(item, times).cal if item.mode == "logic" else -1
    length = Measured(0, finish - start, cal)
    return Own(DONE, start, finish, length, pinned=True, held="actual")


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


def _loe(item: Item) -> Own:
    start, finish = _planned(item)
    return Own(LOE, _start(item.actual_start) if item.actual_start else start, finish)


def _fixed(item: Item, times: WorkTimes) -> Own:
    """Rule 2: MS Project's manual tasks: their dates stand; a duration fills in a missing one."""
    length = duration_of(item, times)
    start, finish = _planned(item)
    forecast = _finish(item.forecast)
    if NEVER not in {start, finish, forecast}:
        start += forecast - finish
    finish = finish if forecast == NEVER else forecast
    if item.actual_start is not None:
        start = start_instant(item.actual_start)
    if start == NEVER and finish == NEVER:
        return Own(ABSENT)
    if start == NEVER:
        start = times.take(finish, length)
    elif finish == NEVER:
        finish = times.ahead(start, length)
    start = min(start, finish)
    length = Measured(0, times.between(length.cal, start, finish), length.cal)
    return Own(FIXED, start, finish, length)


def _undone(item: Item, times: WorkTimes, status: int, *, resumes: bool) -> Own:
    forecast = _finish(item.forecast)
    if item.mode == "logic":
        own = Own(LOGIC, finish=forecast, length=duration_of(item, times), held="forecast")
    else:
        own = _own_planned(item, times, forecast)
    if not is_begun(item):
        return own
    return _begun(item, own, times, status if resumes else NEVER, resumes=resumes)


def _own_planned(item: Item, times: WorkTimes, forecast: int) -> Own:
    """Rule 2: planned dates and the length between them; the start moves along with a forecast."""
    start, finish = _planned(item)
    if is_open_ended(item):
        return Own(OPEN, start)
    if item.duration is not None and NEVER in {start, finish}:
        span = times.measure(item.duration, item.calendar, f'The duration of "{item.id}"')
        if start != NEVER:
            finish = times.ahead(start, span)
        elif finish != NEVER:
            start = times.take(finish, span)
    if finish == NEVER and forecast == NEVER:
        if start == NEVER:
            return Own(DERIVED)
        finish = start
    if start == NEVER or (finish == NEVER and forecast < start):
        length = 0
    else:
        length = max(0, (forecast if finish == NEVER else finish) - start)
    end, held = (finish, "planned_date") if forecast == NEVER else (forecast, "forecast")
    return Own(PLANNED, end - length, end, Measured(0, length, -1), held=held)


def _begun(item: Item, own: Own, times: WorkTimes, status: int, *, resumes: bool) -> Own:
    """Rule 7: what remains of begun work runs from the status date."""
    start = own.start if item.actual_start is None else start_instant(item.actual_start)
    pinned = item.actual_start is not None
    if own.how == OPEN:
        return Own(OPEN, start, pinned=True)
    rest = _remaining(item, own, times, status)
    finish = own.finish
    if own.how == LOGIC and status == NEVER and start != NEVER:
        whole = rest if resumes else _from_start(item, own, rest)
        done = 0 if not resumes else max(0, own.length.minutes - rest.minutes)
        gaps = gaps_of(item, done, times)
        finish = max(
            finish, work_through(times, start, whole, gaps) if whole[:2] != (0, 0) else start
        )
    if start == NEVER and own.how == DERIVED:
        return own
    return Own(BEGUN, start, finish, own.length, rest, pinned=pinned, held=own.held)


def _from_start(item: Item, own: Own, rest: Measured) -> Measured:
    """Return the work from the start of begun work that runs on: what is done, and the rest."""
    length = own.length
    if item.remaining is None or length.months or rest.months or length.cal != rest.cal:
        return length
    done = Decimal(length.minutes) * Decimal(str(item.percent or 0)) / 100
    return length._replace(minutes=int(done.quantize(Decimal(1), ROUND_HALF_UP)) + rest.minutes)


def _remaining(item: Item, own: Own, times: WorkTimes, status: int) -> Measured:
    """Return ``remaining``, else duration x (1 - percent), else the rest of the planned span."""
    if item.remaining is not None:
        return times.measure(item.remaining, item.calendar, f'What remains of "{item.id}"')
    if item.duration is not None:
        whole = times.measure(item.duration, item.calendar, f'The duration of "{item.id}"')
        if not item.percent:
            return whole if own.how == LOGIC else own.length
        left = 100 - Decimal(str(item.percent))
        minutes = mean_minutes(whole.months, whole.minutes)
        return Measured(
            0, int((minutes * left / 100).quantize(Decimal(1), ROUND_HALF_UP)), whole.cal
        )
    length = own.length
    if status == NEVER:
        return length
    return length._replace(minutes=max(0, min(length.minutes, own.finish - status)))

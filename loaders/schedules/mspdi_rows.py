"""Items of a plan as rows of MS Project: the dates it shows, what holds them, what is done.

* A *planned* item keeps its dates: Project gets a task as long as they are, that starts no earlier
  than they say, on a calendar where every day is worked (round the clock where dates have a time).
* A *logic* item gets its duration, calendar and constraint.
* A *fixed* item is a manual task.

A day without hours begins and ends with the working hours of the calendar it is written on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.england import ENGLAND
from graphmodel.moments import finish_instant, start_instant
from loaders.schedules.mspdi_hours import EVERY_DAY, ROUND_THE_CLOCK
from loaders.schedules.mspdi_spans import ELAPSED, Length, duration_text, length_of
from loaders.schedules.xml_writing import moment_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from graphmodel.items import Constraint, Item
    from graphmodel.plan import Plan
    from loaders.schedules.mspdi_hours import Hours, HoursBook
    from loaders.schedules.mspdi_lost import Lost

__all__ = ["Row", "RowMaker", "Shown"]

#: Start and finish of an item as a schedule shows them.
Shown = tuple["date | None", "date | None"]

_CODES: Final = {"ALAP": 1, "MSO": 2, "MFO": 3, "SNET": 4, "SNLT": 5, "FNET": 6, "FNLT": 7}
_AT_START: Final = frozenset({"MSO", "SNET", "SNLT"})
#: Strictest first.
_STRICT: Final = ("MSO", "MFO", "SNET", "FNET", "FNLT", "SNLT", "ALAP")
#: What summary tasks of Project can have.
_OF_SUMMARIES: Final = frozenset({"SNET", "FNLT"})
_NO_CALENDAR: Final = -1
_DAYS: Final = 7
_WORKING_UNITS: Final = frozenset({"wd", "h", "min"})


@dataclass(frozen=True)
class Row:
    """A row: its numbers, and its elements by name."""

    item: Item
    uid: int
    level: int
    is_summary: bool
    cells: dict[str, object] = field(default_factory=dict)


class _Span(NamedTuple):
    """Where a task lies by itself: its ends, its length, its calendar, what holds it there."""

    start: datetime | None
    finish: datetime | None
    length: Length
    calendar: str
    bound: tuple[int, datetime | None] | None
    at_finish: bool = True


class RowMaker:
    """Makes rows of items."""

    def __init__(self, plan: Plan, shown: Mapping[str, Shown], book: HoursBook, lost: Lost) -> None:
        self._plan = plan
        self._shown = shown
        self._book = book
        self._lost = lost
        self._linked = {link.to for link in plan.accepted_links}

    def cells(self, item: Item, *, is_summary: bool) -> dict[str, object]:
        """Return the elements of an item's row that speak of time."""
        if item.history:
            self._lost.add("history")
        if len(item.deadlines) + (item.due is not None) > 1:
            self._lost.add("more-deadlines")
        cells = dict(self._summary(item) if is_summary else self._leaf(item))
        name = self._plan.calendar or EVERY_DAY
        due = item.due or next((one.date for one in item.deadlines), None)
        cells["Deadline"] = moment_text(self._book.of(name).end(due))
        return cells

    def _summary(self, item: Item) -> Iterator[tuple[str, object]]:
        hours = self._book.of(self._book.default)
        start, finish = self._shown.get(item.id, (item.planned.start, item.planned.finish))
        if item.planned.start is not None or item.planned.finish is not None:
            self._lost.add("summary-dates")
        yield "Manual", item.mode == "fixed"
        yield "Start", moment_text(hours.begin(start))
        yield "Finish", moment_text(hours.end(finish))
        yield "CalendarUID", _NO_CALENDAR
        bounds = [one for one in item.constraints if one.type in _OF_SUMMARIES]
        if len(bounds) < len(item.constraints):
            self._lost.add("summary-bound")
        if bounds:
            yield from self._bound(_bound(self._strictest(bounds), hours))

    def _leaf(self, item: Item) -> Iterator[tuple[str, object]]:
        match item.mode:
            case "planned":
                span = self._planned(item)
            case "fixed":
                span = self._fixed(item)
            case _:
                span = self._logic(item)
        start, finish = self._ends(item, span)
        is_open = start is None and item.id not in self._linked
        if is_open and item.mode == "planned":
            self._lost.add("no-date")
        minutes = span.length.minutes
        yield "Manual", item.mode == "fixed" or (is_open and item.mode == "planned")
        yield "Start", moment_text(start)
        yield "Finish", moment_text(finish)
        yield "Duration", duration_text(minutes)
        yield "DurationFormat", span.length.code
        if item.mode == "fixed":
            yield "ManualStart", moment_text(start)
            yield "ManualFinish", moment_text(finish)
            yield "ManualDuration", duration_text(minutes)
        yield "Milestone", not minutes
        yield from self._progress(item, span, start, finish)
        yield from self._bound(span.bound)
        yield "CalendarUID", self._book.number(span.calendar)
        yield "IgnoreResourceCalendar", True
        if item.levelling_delay:
            delay = length_of(item.levelling_delay, self._book.minutes_per_day, 1440)
            yield "LevelingDelay", delay.minutes * 10
            yield "LevelingDelayFormat", ELAPSED if delay.code == ELAPSED else delay.code

    def _planned(self, item: Item) -> _Span:
        """Return where an item with dates of its own lies, a forecast in place of the plan."""
        start, finish = _own_dates(item)
        is_timed = isinstance(start, datetime) or isinstance(finish, datetime)
        calendar = ROUND_THE_CLOCK if is_timed else EVERY_DAY
        hours = self._book.of(calendar)
        begin = hours.begin(start)
        end = hours.end(finish)
        length = Length(0, _DAYS)
        if start is not None and finish is not None:
            if is_timed:
                length = Length(max(0, finish_instant(finish) - start_instant(start)), ELAPSED)
            else:
                days = max(0, (finish - start).days + 1)
                length = Length(days * self._book.whole_day, _DAYS, whole_days=True)
        at_finish = start is None or finish is not None
        is_point = not length.minutes
        held, kind = (end, "FNET") if is_point and end is not None else (begin, "SNET")
        if is_point:
            begin = end = held
        bound = None if held is None else (_CODES[kind], held)
        return _Span(begin, end, length, calendar, bound, at_finish)

    def _fixed(self, item: Item) -> _Span:
        span = self._planned(item)
        if item.duration is None:
            return span._replace(bound=None)
        calendar = item.calendar or self._book.default
        hours = self._book.of(calendar)
        start, finish = item.planned.start, item.planned.finish
        return _Span(
            hours.begin(start),
            hours.end(finish),
            self._length(item, calendar),
            calendar,
            self._own_bound(item, hours),
        )

    def _logic(self, item: Item) -> _Span:
        calendar = item.calendar or self._plan.calendar
        if calendar is None:
            unit = None if item.duration is None else item.duration.unit
            calendar = ENGLAND if unit in _WORKING_UNITS and item.duration else EVERY_DAY
        length = self._length(item, calendar)
        if length.whole_days:
            calendar = EVERY_DAY
        hours = self._book.of(calendar)
        at_finish = item.type != "start_milestone"
        return _Span(None, None, length, calendar, self._own_bound(item, hours), at_finish)

    def _length(self, item: Item, calendar: str) -> Length:
        span = item.duration
        if span is None:
            return Length(0, _DAYS)
        if span.unit == "%":
            self._lost.add("odd-length")
            return Length(0, _DAYS)
        whole = self._book.whole_day
        length = length_of(span, self._book.day_of(calendar), whole)
        if span.unit == "m" and span.amount:
            self._lost.add("month-length")
            start, finish = self._shown.get(item.id, (None, None))
            if start is not None and finish is not None:
                days = (finish_instant(finish) - start_instant(start) + 1439) // 1440
                return length._replace(minutes=days * whole)
        return length

    def _ends(self, item: Item, span: _Span) -> tuple[datetime | None, datetime | None]:
        """Return what Project shows: the schedule's dates, else the item's own."""
        hours = self._book.of(span.calendar)
        start, finish = self._shown.get(item.id, (None, None))
        begin = hours.begin(start) or span.start
        end = hours.end(finish) or span.finish
        if item.mode == "fixed" and span.start and span.finish:
            return span.start, span.finish
        if not span.length.minutes:
            point = (end or begin) if span.at_finish else (begin or end)
            return point, point
        return begin, end

    def _progress(
        self, item: Item, span: _Span, start: datetime | None, finish: datetime | None
    ) -> Iterator[tuple[str, object]]:
        hours, minutes = self._book.of(span.calendar), span.length.minutes
        if item.status == "complete":
            done = hours.end(item.actual_finish) or finish
            begun = hours.begin(item.actual_start) or start
            begun = done if begun is None or (done is not None and begun > done) else begun
            yield "PercentComplete", 100
            yield "ActualStart", moment_text(begun)
            yield "ActualFinish", moment_text(done)
            yield "ActualDuration", duration_text(minutes)
            yield "RemainingDuration", duration_text(0)
        elif item.status == "in_progress" or item.actual_start is not None:
            left = self._left(item, span)
            begun = hours.begin(item.actual_start) or start
            yield "PercentComplete", round(item.percent or 0)
            yield "ActualStart", moment_text(begun)
            yield "ActualDuration", duration_text(max(0, minutes - left))
            yield "RemainingDuration", duration_text(left)
        else:
            yield "PercentComplete", round(item.percent or 0)
            yield "RemainingDuration", duration_text(minutes)

    def _left(self, item: Item, span: _Span) -> int:
        if item.remaining is not None:
            day = self._book.day_of(span.calendar)
            return length_of(item.remaining, day, self._book.whole_day).minutes
        return round(span.length.minutes * (1 - (item.percent or 0) / 100))

    def _own_bound(self, item: Item, hours: Hours) -> tuple[int, datetime | None] | None:
        return _bound(self._strictest(item.constraints), hours) if item.constraints else None

    def _strictest(self, bounds: list[Constraint] | tuple[Constraint, ...]) -> Constraint:
        if len(bounds) > 1:
            self._lost.add("more-bounds")
        return min(bounds, key=lambda one: (not one.hard, _STRICT.index(one.type)))

    def _bound(self, bound: tuple[int, datetime | None] | None) -> Iterator[tuple[str, object]]:
        code, when = bound or (0, None)
        yield "ConstraintType", code
        yield "ConstraintDate", moment_text(when)


def _own_dates(item: Item) -> Shown:
    """Return the own start and finish; a forecast moves both, but not a start that is a fact."""
    start, finish = item.planned.start, item.planned.finish
    if item.forecast is None:
        return start, finish
    if start is not None and finish is not None and item.actual_start is None:
        start += timedelta(days=(finish_instant(item.forecast) - finish_instant(finish)) // 1440)
    return start, item.forecast


def _bound(one: Constraint, hours: Hours) -> tuple[int, datetime | None]:
    return _CODES[one.type], (hours.begin if one.type in _AT_START else hours.end)(one.date)

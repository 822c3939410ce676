"""Working time by walking from day to day and from shift to shift (DESIGN 5.2, 5.3.3).

Nothing of `graphmodel.worktime` is used. A stretch of working time is a pair of instants; every
method walks over such stretches, one after the other, until it has what it looks for.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING

from tests.oracle.dates import MINUTE, ONE_DAY
from tests.oracle.holidays import bank_holidays

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.calendars import Calendar
    from graphmodel.plan import Plan
    from graphmodel.spans import Span

__all__ = ["ENGLAND", "WORKING", "England", "Stretch", "WorkTime", "calendars_of"]

#: Units that count working time.
WORKING = frozenset({"wd", "h", "min"})

#: Begin and end of a stretch of working time.
Stretch = tuple[datetime, datetime]

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

#: No calendar of the random plans rests longer than this.
_LONGEST_REST = 400

_NO_WORK = "a calendar without working time"


class WorkTime:
    """When somebody works, and how long a working day is; subclasses know the shifts of a day."""

    #: Minutes of work in one working day, and in one working hour.
    day_minutes: Decimal
    hour_minutes: Decimal = Decimal(60)
    #: Whether people see times of day (the built-in calendar has whole days only).
    shows_hours: bool = True

    def __init__(self) -> None:
        self.of_day = cache(self._of_day)

    def _of_day(self, day: date) -> tuple[Stretch, ...]:
        """Return the stretches that belong to a day, those past midnight too, in order."""
        raise NotImplementedError

    # -- Lengths ----------------------------------------------------------------------------

    def minutes(self, span: Span) -> int:
        """Return how much work a span in working days, hours or minutes stands for (5.2)."""
        each = {"wd": self.day_minutes, "h": self.hour_minutes, "min": self.hour_minutes / 60}
        return int((span.amount * each[span.unit]).quantize(Decimal(1), ROUND_HALF_UP))

    def days(self, minutes: float) -> float:
        """Return work in working days."""
        return minutes / float(self.day_minutes)

    # -- Walking ----------------------------------------------------------------------------

    def after(self, instant: datetime) -> Iterator[Stretch]:
        """Yield the stretches, or parts of them, that lie after an instant."""
        day = instant.date() - ONE_DAY
        rest = 0
        while rest < _LONGEST_REST:
            rest += 1
            for begin, end in self.of_day(day):
                if end > instant:
                    rest = 0
                    yield max(begin, instant), end
            day += ONE_DAY

    def before(self, instant: datetime) -> Iterator[Stretch]:
        """Yield the stretches, or parts of them, that lie before an instant, the last first."""
        day = instant.date()
        rest = 0
        while rest < _LONGEST_REST:
            rest += 1
            for begin, end in reversed(self.of_day(day)):
                if begin < instant:
                    rest = 0
                    yield begin, min(end, instant)
            day -= ONE_DAY

    def forward(self, instant: datetime) -> datetime:
        """Return the instant itself if work can go on there, else where it can go on next."""
        return next(self.after(instant))[0]

    def back(self, instant: datetime) -> datetime:
        """Return the instant itself if work went on until then, else where it last ended."""
        return next(self.before(instant))[1]

    def is_open(self, instant: datetime) -> bool:
        """Whether an instant lies in a stretch, its two ends included."""
        return instant in {self.forward(instant), self.back(instant)}

    def into_work(self, instant: datetime) -> datetime:
        """Move a finish out of a gap between shifts (5.3.3).

        What is told to finish on a day finishes with the last shift of that day; where nobody
        works on that day, it goes forward to where work goes on.
        """
        if self.is_open(instant):
            return instant
        ended = self.back(instant)
        same_day = (ended - MINUTE).date() == (instant - MINUTE).date()
        return ended if same_day else self.forward(instant)

    def earliest(self, instant: datetime, minutes: int) -> datetime:
        """Return the first instant at which so much more (or less) work is done than at another."""
        if minutes <= 0:
            return self.back(self._walk_back(instant, -minutes))
        for begin, end in self.after(instant):
            length = (end - begin) // MINUTE
            if length >= minutes:
                return begin + minutes * MINUTE
            minutes -= length
        raise AssertionError(_NO_WORK)

    def latest(self, instant: datetime, minutes: int) -> datetime:
        """Return the last instant at which no more than so much work is done after another."""
        if minutes <= 0:
            return self.forward(self._walk_back(instant, -minutes))
        return self.forward(self.earliest(instant, minutes))

    def _walk_back(self, instant: datetime, minutes: int) -> datetime:
        for begin, end in self.before(instant):
            length = (end - begin) // MINUTE
            if length >= minutes:
                return end - minutes * MINUTE
            minutes -= length
        raise AssertionError(_NO_WORK)

    def between(self, one: datetime, other: datetime) -> int:
        """Return the minutes of work from one instant to another, negative if that is earlier."""
        if other < one:
            return -self.between(other, one)
        total = timedelta()
        day = one.date() - ONE_DAY
        while day <= other.date():
            for begin, end in self.of_day(day):
                total += max(min(end, other) - max(begin, one), timedelta())
            day += ONE_DAY
        return total // MINUTE


class England(WorkTime):
    """Monday to Friday less the bank holidays, in whole days of eight hours (5.2)."""

    day_minutes = Decimal(1440)
    hour_minutes = Decimal(180)
    shows_hours = False

    def _of_day(self, day: date) -> tuple[Stretch, ...]:
        if day.weekday() >= len("MTWTF") or day in bank_holidays(day.year):
            return ()
        return (_stretch(day, "00:00", "24:00"),)


class Stated(WorkTime):
    """A calendar of the plan, and the one it builds on: its own week and exceptions come first."""

    def __init__(self, calendar: Calendar, parent: WorkTime | None) -> None:
        super().__init__()
        self.calendar, self.parent = calendar, parent
        self.day_minutes = Decimal(str(calendar.hours_per_day)) * 60
        self.shows_hours = self.states_hours or (parent is not None and parent.shows_hours)
        if not self.shows_hours:  # whole days, as the built-in calendar has them
            self.day_minutes = Decimal(1440)
            self.hour_minutes = Decimal(1440) / Decimal(str(calendar.hours_per_day))

    @property
    def states_hours(self) -> bool:
        """Whether the calendar says from when to when anybody works."""
        days = [*self.calendar.week.values(), *(one.hours for one in self.calendar.exceptions)]
        return any(days)

    def _of_day(self, day: date) -> tuple[Stretch, ...]:
        found = self.exception(day)
        return tuple(sorted(self.weekday(day) if found is None else found))

    def exception(self, day: date) -> tuple[Stretch, ...] | None:
        """Return what an exception says of a day; a working one beats a holiday (5.3.3)."""
        found = [
            [_stretch(day, *shift) for shift in one.hours]
            for one in self.calendar.exceptions
            if _day(one.from_) <= day <= _day(one.to)
        ]
        if found:
            return tuple(shift for shifts in found for shift in shifts)
        if isinstance(self.parent, Stated):
            return self.parent.exception(day)
        if isinstance(self.parent, England) and not self.parent.of_day(day):
            return () if day.weekday() < len("MTWTF") else None
        return None

    def weekday(self, day: date) -> tuple[Stretch, ...]:
        """Return the week's shifts of a day, the parent's where the calendar names none."""
        name = _WEEKDAYS[day.weekday()]
        if name in self.calendar.week:
            return tuple(_stretch(day, *shift) for shift in self.calendar.week[name])
        if isinstance(self.parent, Stated):
            return self.parent.weekday(day)
        if self.parent is None:
            return ()
        if self.shows_hours and self.parent.of_day(day):
            return (_stretch(day, "09:00", "17:00"),)
        return self.parent.of_day(day)


ENGLAND = England()


def calendars_of(plan: Plan) -> dict[str, WorkTime]:
    """Return every calendar of a plan by its id, the built-in one too unless it is replaced."""
    stated = {calendar.id: calendar for calendar in plan.calendars}
    made: dict[str, WorkTime] = {}

    def make(name: str) -> WorkTime:
        if name not in stated:
            return ENGLAND
        if name not in made:
            above = stated[name].parent
            made[name] = Stated(stated[name], None if above is None else make(above))
        return made[name]

    return {name: make(name) for name in (*stated, "england")}


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _stretch(day: date, begin: str, end: str) -> Stretch:
    """Return a shift; one that ends before it starts runs past midnight."""
    first = _at(day, begin)
    last = _at(day, end)
    return first, last if last > first else last + ONE_DAY


def _at(day: date, clock: str) -> datetime:
    hours, minutes = clock.split(":")
    return datetime.combine(day, time()) + timedelta(hours=int(hours), minutes=int(minutes))

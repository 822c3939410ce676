"""The calendars of a plan as MS Project holds them, and the hours that dates without hours get.

Project's calendars have no parents and no shifts past midnight: a plan's are written out in full.
Two are added where a plan needs them: `EVERY_DAY` for whole days, on which plans without calendars
run, and `ROUND_THE_CLOCK` for items with times of day of their own.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Final, get_args

from graphmodel.calendars import Weekday
from graphmodel.england import ENGLAND, england_calendar
from graphmodel.moments import DAY
from loaders.schedules.shifts import unite

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphmodel.plan import Plan

__all__ = ["EVERY_DAY", "ROUND_THE_CLOCK", "Hours", "HoursBook"]

#: Names of the calendars that are added; no id of a plan's own calendar has a blank at its end.
EVERY_DAY: Final = "Every day (knockon)"
ROUND_THE_CLOCK: Final = "Round the clock (knockon)"
_WEEK: Final[tuple[Weekday, ...]] = get_args(Weekday)
#: Hours of a day on which a plan counts whole days.
_OFFICE: Final = (540, 1020)

_Shifts = list[tuple[int, int]]


class Hours:
    """Working hours of one calendar, each shift within its day.

    Attributes
    ----------
    week
        Shifts of each weekday, Monday first.
    special
        Shifts of each day that differs from the week.
    """

    def __init__(self, week: Mapping[Weekday, _Shifts], special: Mapping[date, _Shifts]) -> None:
        stated = [week[day] for day in _WEEK]
        self.week = [_cut(stated[place], stated[place - 1]) for place in range(7)]
        self.special: dict[date, _Shifts] = {}

        def of(day: date) -> _Shifts:
            return special.get(day, stated[day.weekday()])

        for day in sorted({one + timedelta(days=more) for one in special for more in (0, 1)}):
            shifts = _cut(of(day), of(day - timedelta(days=1)))
            if day in special or shifts != self.week[day.weekday()]:
                self.special[day] = shifts

    def begin(self, moment: date | None) -> datetime | None:
        """Return a start with its time of day."""
        if moment is None or isinstance(moment, datetime):
            return moment
        return self.opening(moment)

    def end(self, moment: date | None) -> datetime | None:
        """Return a finish with its time of day."""
        if moment is None or isinstance(moment, datetime):
            return moment
        return self.closing(moment)

    def opening(self, day: date) -> datetime:
        """Return when work begins on a day; its first instant on a day off."""
        shifts = self._of(day)
        return _at(day, shifts[0][0] if shifts else 0)

    def closing(self, day: date) -> datetime:
        """Return when work ends on a day; at five on a day off."""
        shifts = self._of(day)
        return _at(day, shifts[-1][1] if shifts else _OFFICE[1])

    def _of(self, day: date) -> _Shifts:
        return self.special.get(day, self.week[day.weekday()])


class HoursBook:
    """The calendars that are written, by id, each with a number; made as they are asked for."""

    def __init__(self, plan: Plan) -> None:
        self._calendars = {ENGLAND: england_calendar(), **{one.id: one for one in plan.calendars}}
        self._numbers: dict[str, int] = {}
        self.hours: dict[str, Hours] = {}
        for one in plan.calendars:
            self.number(one.id)
        self.default = plan.calendar or EVERY_DAY
        self.number(self.default)

    @property
    def minutes_per_day(self) -> int:
        """Working minutes of a day of the plan's own calendar."""
        return self.day_of(self.default)

    @property
    def minutes_per_week(self) -> int:
        """Working minutes of a week of the plan's own calendar."""
        if self.default not in self._calendars:
            return 7 * self.whole_day
        return max(1, round(self._calendars[self.default].hours_per_week * 60))

    @property
    def whole_day(self) -> int:
        """Working minutes of a day where every day counts."""
        return _OFFICE[1] - _OFFICE[0]

    def day_of(self, name: str) -> int:
        """Return the working minutes that a calendar counts as a day."""
        if name not in self._calendars:
            return self.whole_day
        return max(1, round(self._calendars[name].hours_per_day * 60))

    def number(self, name: str) -> int:
        """Return the number of a calendar."""
        if name not in self._numbers:
            self._numbers[name] = len(self._numbers) + 1
            self.hours[name] = self._make(name)
        return self._numbers[name]

    def of(self, name: str) -> Hours:
        """Return the hours of a calendar."""
        self.number(name)
        return self.hours[name]

    def _make(self, name: str) -> Hours:
        if name in {EVERY_DAY, ROUND_THE_CLOCK}:
            shift = _OFFICE if name == EVERY_DAY else (0, DAY)
            return Hours({day: [shift] for day in _WEEK}, {})
        raw = unite(self._calendars, [name])
        week = {day: _read(shifts) for day, shifts in raw["week"].items()}
        return Hours(week, {one["from"]: _read(one["hours"]) for one in raw["exceptions"]})


def _read(shifts: Iterable[Iterable[str]]) -> _Shifts:
    """Return shifts as minutes from midnight, the end of one past midnight beyond the day."""
    found: _Shifts = []
    for begin, end in shifts:
        first, last = (int(text[:2]) * 60 + int(text[3:]) for text in (begin, end))
        found.append((first, last if last > first else last + DAY))
    return sorted(found)


def _cut(today: _Shifts, before: _Shifts) -> _Shifts:
    """Return the shifts of a day within its midnights, with what the day before leaves to it."""
    left = [(max(0, begin - DAY), end - DAY) for begin, end in before if end > DAY]
    own = [(begin, min(end, DAY)) for begin, end in today if begin < DAY]
    joined: _Shifts = []
    for begin, end in sorted([*left, *own]):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return joined


def _at(day: date, minute: int) -> datetime:
    return datetime(day.year, day.month, day.day) + timedelta(minutes=minute)

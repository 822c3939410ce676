"""Working time in the dumps of MPXJ: as calendars of a plan, and counted in minutes.

`Hours` counts by listing every working stretch of the years around the schedule. It shares nothing
with the engine's tables, so that it can judge them.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final, get_args

from graphmodel.calendars import Calendar, Weekday
from graphmodel.moments import DAY, finish_instant, start_instant

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["Hours", "adds_nothing", "keep_calendars", "read_instant", "unite_calendars"]

_Json = dict[str, Any]
_Shifts = list[tuple[int, int]]

_WEEK: Final[tuple[Weekday, ...]] = get_args(Weekday)
_DAYS: Final = dict(
    zip(
        ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"),
        _WEEK,
        strict=True,
    )
)
#: Years in which `Hours` knows the working time; the schedules lie well inside.
_FIRST: Final = date(1998, 1, 1)
_LAST: Final = date(2030, 1, 1)
_EPOCH: Final = datetime(1970, 1, 1)


def read_instant(text: str) -> float:
    """Return an instant in minutes since 1970; some in the corpus lie within a minute."""
    return (datetime.fromisoformat(text) - _EPOCH).total_seconds() / 60


def keep_calendars(raw: _Json, ids: Mapping[str, str]) -> Iterator[_Json]:
    """Yield the calendars that have an id, as a plan file has them."""
    by_name = {calendar["name"]: calendar for calendar in raw["calendars"]}
    for name, key in ids.items():
        calendar = by_name[name]
        yield {
            "id": key,
            "parent": ids.get(calendar["parent"]),
            **_day_and_week(raw),
            "week": {
                _DAYS[day]: _shifts(said["hours"])
                for day, said in calendar["days"].items()
                if said["type"] != "DEFAULT"
            },
            "exceptions": [*_work_weeks(calendar), *_exceptions(calendar)],
        }


def adds_nothing(calendar: _Json) -> bool:
    """Return whether a calendar of a dump is its parent under another name."""
    return (
        not calendar["exceptions"]
        and not calendar["workWeeks"]
        and all(said["type"] == "DEFAULT" for said in calendar["days"].values())
    )


def unite_calendars(raw: _Json, key: str, parts: Sequence[str], kept: Iterable[_Json]) -> _Json:
    """Return a calendar ``key`` that works whenever one of the kept calendars ``parts`` does."""
    calendars = {one["id"]: Calendar.model_validate(one) for one in kept}
    lines = [_line(calendars[part], calendars) for part in parts]
    special = [_special_days(line) for line in lines]
    return {
        "id": key,
        "parent": None,
        **_day_and_week(raw),
        "week": {day: _write(*(_weekly(line, day) for line in lines)) for day in _WEEK},
        "exceptions": [
            {
                "from": day.isoformat(),
                "to": day.isoformat(),
                "hours": _write(
                    *(
                        days.get(day, _weekly(line, _WEEK[day.weekday()]))
                        for line, days in zip(lines, special, strict=True)
                    )
                ),
            }
            for day in sorted({day for days in special for day in days})
        ],
    }


def _day_and_week(raw: _Json) -> _Json:
    return {
        "hours_per_day": int(raw["minutesPerDay"]) / 60,
        "hours_per_week": int(raw["minutesPerWeek"]) / 60,
    }


def _shifts(hours: Iterable[Sequence[str]]) -> list[list[str]]:
    """Return shifts of a day; midnight at the end of one is the end of the day."""
    return [[begin, "24:00" if end == "00:00" else end] for begin, end in hours]


def _exceptions(calendar: _Json) -> Iterator[_Json]:
    for one in calendar["exceptions"]:
        yield {"from": one["from_"], "to": one["to"], "hours": _shifts(one["hours"])}


def _work_weeks(calendar: _Json) -> Iterator[_Json]:
    """Yield the days of each work week of its own that no exception overrides."""
    taken = {day for one in calendar["exceptions"] for day in _span(one["from_"], one["to"])}
    for week in calendar["workWeeks"]:
        for day in _span(*week["range"]):
            said = week["days"].get(list(_DAYS)[day.weekday()])
            if day not in taken and said is not None and said["type"] != "DEFAULT":
                on = day.isoformat()
                yield {"from": on, "to": on, "hours": _shifts(said["hours"])}


def _span(first: str, last: str) -> Iterator[date]:
    day = date.fromisoformat(first)
    while day <= date.fromisoformat(last):
        yield day
        day += timedelta(days=1)


@dataclass(frozen=True)
class Hours:
    """Working stretches of a calendar in order: beginnings, ends, minutes worked before each."""

    begins: list[int]
    ends: list[int]
    before: list[int]

    @classmethod
    def of(cls, calendar: Calendar, calendars: Iterable[Calendar]) -> Hours:
        """List the working stretches of a calendar."""
        line = _line(calendar, {one.id: one for one in calendars})
        special = _special_days(line)
        weekly = [sorted(_weekly(line, day)) for day in _WEEK]
        stretches: list[tuple[int, int]] = []
        for number in range(_FIRST.toordinal(), _LAST.toordinal()):
            day = date.fromordinal(number)
            midnight = start_instant(day)
            shifts = sorted(special[day]) if day in special else weekly[day.weekday()]
            stretches += [(midnight + begin, midnight + end) for begin, end in shifts]
        begins = [begin for begin, _ in stretches]
        ends = [end for _, end in stretches]
        lengths = (end - begin for begin, end in stretches)
        return cls(begins, ends, list(accumulate(lengths, initial=0)))

    def worked(self, instant: float) -> float:
        """Return the working minutes before an instant, counted from a fixed day."""
        assert self.begins[0] <= instant <= self.ends[-1], "outside the years that are listed"
        place = bisect_right(self.begins, instant) - 1
        return self.before[place] + min(instant, self.ends[place]) - self.begins[place]


def _line(calendar: Calendar, calendars: Mapping[str, Calendar]) -> list[Calendar]:
    """Return a calendar and its parents, nearest first."""
    line = [calendar]
    while line[-1].parent is not None:
        line.append(calendars[line[-1].parent])
    return line


def _special_days(line: Sequence[Calendar]) -> dict[date, _Shifts]:
    """Return the days with hours of their own; the nearest calendar that names a day decides."""
    days: dict[date, _Shifts] = {}
    for calendar in reversed(line):
        for one in calendar.exceptions:
            first = start_instant(one.from_) // DAY
            length = finish_instant(one.to) // DAY - first
            for offset in range(length):
                days[one.from_ + timedelta(days=offset)] = _read(one.hours)
    return days


def _weekly(line: Sequence[Calendar], day: Weekday) -> _Shifts:
    return next((_read(one.week[day]) for one in line if day in one.week), [])


def _read(shifts: Iterable[Sequence[str]]) -> _Shifts:
    return [(_minute(begin), _minute(end)) for begin, end in shifts]


def _minute(clock: str) -> int:
    hour, _, minute = clock.partition(":")
    return int(hour) * 60 + int(minute)


def _write(*parts: _Shifts) -> list[list[str]]:
    """Return the shifts of several calendars on one day as one list, none overlapping another."""
    joined: _Shifts = []
    for begin, end in sorted(shift for part in parts for shift in part):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return [[_clock(begin), _clock(end)] for begin, end in joined]


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"

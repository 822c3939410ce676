"""Shifts and days of calendars: written as a plan writes them, and united for a crew."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, get_args

from graphmodel.calendars import Calendar, Weekday
from graphmodel.moments import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from loaders.schedules.tasks import Shifts, WorkCalendar

__all__ = ["unite", "write_exceptions", "write_shifts"]

_WEEK: Final[tuple[Weekday, ...]] = get_args(Weekday)


def write_shifts(*parts: Shifts) -> list[list[str]]:
    """Return the shifts of a day, of several calendars as one list in which none overlap."""
    if len(parts) == 1:
        return [[_clock(begin), _clock(end or DAY)] for begin, end in parts[0]]
    joined: list[tuple[int, int]] = []
    for begin, end in sorted((begin, _end(begin, end)) for part in parts for begin, end in part):
        if joined and begin <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((begin, end))
    return [shift for begin, end in joined for shift in _split(begin, end)]


def _split(begin: int, end: int) -> Iterator[list[str]]:
    """Yield a shift; one of more than a day as two, the second from the midnight after."""
    if end > DAY + begin:
        yield [_clock(begin), _clock(DAY)]
        begin = DAY
    yield [_clock(begin), _clock(end if end <= DAY else end - DAY)]


def _end(begin: int, end: int) -> int:
    return end if end > begin else end + DAY


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def write_exceptions(one: WorkCalendar) -> Iterator[dict[str, Any]]:
    """Yield the exceptions of a calendar; days of a work week only where no exception is."""
    taken: set[date] = set()
    for days in one.special:
        if one.weeks:
            taken.update(_span(days.first, days.last))
        yield {"from": days.first, "to": days.last, "hours": write_shifts(days.shifts)}
    for week in one.weeks:
        for day in _span(week.first, week.last):
            shifts = week.days.get(_WEEK[day.weekday()])
            if day not in taken and shifts is not None:
                taken.add(day)
                yield {"from": day, "to": day, "hours": write_shifts(shifts)}


def _span(first: date, last: date) -> Iterator[date]:
    for number in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(number)


def _chain(calendars: Mapping[str, Calendar], name: str | None) -> list[Calendar]:
    chain: list[Calendar] = []
    while name is not None:
        chain.append(calendars[name])
        name = chain[-1].parent
    return chain


def unite(calendars: Mapping[str, Calendar], parts: Sequence[str]) -> dict[str, Any]:
    """Return the week and exceptions of a calendar that works whenever one of several does."""
    lines = [_chain(calendars, part) for part in parts]
    special = [_special_days(line) for line in lines]
    weekly = [{day: _weekly(line, day) for day in _WEEK} for line in lines]
    return {
        "week": {day: write_shifts(*(one[day] for one in weekly)) for day in _WEEK},
        "exceptions": [
            {
                "from": day,
                "to": day,
                "hours": write_shifts(
                    *(
                        days.get(day, week[_WEEK[day.weekday()]])
                        for week, days in zip(weekly, special, strict=True)
                    )
                ),
            }
            for day in sorted({day for days in special for day in days})
        ],
    }


def _special_days(line: Sequence[Calendar]) -> dict[date, Shifts]:
    """Return the days with hours of their own; the nearest calendar that names a day decides."""
    days: dict[date, Shifts] = {}
    for calendar in reversed(line):
        own: dict[date, Shifts] = {}
        for one in calendar.exceptions:
            for day in _span(one.from_, one.to):
                own[day] = (*own.get(day, ()), *_read(one.hours))
        days.update(own)
    return days


def _weekly(line: Sequence[Calendar], day: Weekday) -> Shifts:
    return next((_read(one.week[day]) for one in line if day in one.week), ())


def _read(shifts: Iterable[Sequence[str]]) -> Shifts:
    return tuple((_minute(begin), _minute(end)) for begin, end in shifts)


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])

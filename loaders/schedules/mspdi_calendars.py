"""Calendars of MS Project's XML: weekdays, exceptions old and new, work weeks.

A weekday has the number 1 (Sunday) to 7. The number 0 stands for an exception as Project wrote it
up to 2003, one for each day it falls on; later versions write them beside the recurring ones they
come from, which are read in their place.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY, FIRST_YEAR, LAST_YEAR
from graphmodel.words import count
from loaders.schedules.mspdi_recurrence import find_days
from loaders.schedules.tasks import SpecialDays, WorkCalendar, WorkWeek

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.calendars import Weekday
    from loaders.schedules.journal import Journal
    from loaders.schedules.mspdi_values import Values
    from loaders.schedules.tasks import Shifts
    from loaders.schedules.xml_records import Record

__all__ = ["NOBODY", "CalendarReader"]

#: Number that stands for no calendar.
NOBODY: Final = "-1"
_DAYS: Final[dict[str, Weekday]] = {
    "1": "sun",
    "2": "mon",
    "3": "tue",
    "4": "wed",
    "5": "thu",
    "6": "fri",
    "7": "sat",
}
_EXCEPTION: Final = "0"
_CLOCK = re.compile(r"(?:\d{4}-\d\d-\d\dT)?(\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?", re.ASCII)
#: A working day whose hours are not written.
_OFFICE: Final = ((480, 720), (780, 1020))


class CalendarReader:
    """Reads calendars; what is damaged is told once for each, the rest is read."""

    def __init__(self, values: Values, journal: Journal) -> None:
        self._values = values
        self._journal = journal
        self._faults: list[str] = []

    def read(self, row: Record) -> WorkCalendar:
        """Return a calendar."""
        self._faults = []
        base = "" if self._values.flag(row, "IsBaseCalendar") else row["BaseCalendarUID"]
        week_days = row.find("WeekDays", "WeekDay")
        stated = row.find("Exceptions", "Exception")
        if not stated:
            stated = [one for one in week_days if one["DayType"] == _EXCEPTION]
        calendar = WorkCalendar(
            uid=row["UID"],
            name=row["Name"],
            parent=None if base in {"", NOBODY, row["UID"]} else base,
            week=self._week(one for one in week_days if one["DayType"] != _EXCEPTION),
            special=tuple(self.special(stated)),
            weeks=tuple(self._weeks(row.find("WorkWeeks", "WorkWeek"))),
            line=row.line,
        )
        if self._faults:
            rest = len(self._faults) - 1
            more = f" (and {count(rest, 'fault')} more)" if rest else ""
            self._journal.tell(
                "calendar-damaged",
                "warning",
                f'The calendar "{row["Name"]}" cannot be read in full: {self._faults[0]}{more}.',
                row.line,
            )
        return calendar

    def _week(self, rows: Iterator[Record]) -> dict[Weekday, Shifts]:
        days: dict[Weekday, Shifts] = {}
        for one in rows:
            day = _DAYS.get(one["DayType"])
            if day is None:
                self._faults.append(f'"{one["DayType"][:20]}" is no day of the week')
            else:
                days[day] = self._shifts(one)
        return days

    def special(self, rows: list[Record]) -> Iterator[SpecialDays]:
        """Yield the days that exceptions fall on."""
        for one in rows:
            period = self._period(one)
            if period is None:
                continue
            try:
                found = find_days(one, *period)
            except ValueError:
                name = one["Name"][:40] or f"on line {one.line}"
                self._faults.append(f'the rule by which the exception "{name}" recurs is unclear')
                continue
            shifts = self._shifts(one)
            yield from (SpecialDays(first, last, shifts) for first, last in found)

    def _weeks(self, rows: list[Record]) -> Iterator[WorkWeek]:
        for one in rows:
            period = self._period(one)
            if period is not None:
                yield WorkWeek(*period, self._week(iter(one.find("WeekDays", "WeekDay"))))

    def _period(self, row: Record) -> tuple[date, date] | None:
        """Return the first and last day of a period, within the years of a plan."""
        period = next(iter(row.find("TimePeriod")), None)
        first = self._values.date(period, "FromDate") if period else None
        last = self._values.date(period, "ToDate") if period else None
        if first is None or last is None:
            self._faults.append(f"the exception on line {row.line} has no period")
            return None
        begin = max(first.date(), date(FIRST_YEAR, 1, 1))
        end = min(last.date(), date(LAST_YEAR, 12, 31))
        if end >= begin:
            return begin, end
        self._faults.append(f"the exception on line {row.line} ends before it begins")
        return None

    def _shifts(self, row: Record) -> Shifts:
        """Return the shifts of a day: the office's where it is worked and no hours are written."""
        if not self._values.flag(row, "DayWorking"):
            return ()
        times = row.find("WorkingTimes", "WorkingTime")
        if not times:
            return _OFFICE
        found: list[tuple[int, int]] = []
        for one in times:
            begin, end = _clock(one["FromTime"]), _clock(one["ToTime"])
            if begin is None or end is None:
                self._faults.append(f"the times on line {one.line} are no shift")
            else:
                found.append((begin, end or DAY))
        return tuple(found)


def _clock(text: str) -> int | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    return hour * 60 + minute if hour < 24 and minute < 60 else None  # noqa: PLR2004 - a clock

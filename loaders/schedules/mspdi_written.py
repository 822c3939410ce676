"""Calendars and fields of knockon's own in MS Project's XML."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY
from loaders.schedules.mspdi_marks import FIELDS
from loaders.schedules.xml_writing import add, moment_text, start_element

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

    from loaders.schedules.mspdi_hours import Hours, HoursBook

__all__ = ["write_calendars", "write_fields", "write_marks"]

#: Sunday has the number 1, Monday 2.
_SUNDAY: Final = 6
_DAILY: Final = 1
_NO_BASE: Final = -1


def write_fields(root: Element) -> None:
    """Define the fields that knockon keeps things in."""
    above = start_element(root, "ExtendedAttributes")
    for fields in FIELDS.values():
        for alias, (number, name) in fields.items():
            one = start_element(above, "ExtendedAttribute")
            add(one, FieldID=number)
            add(one, FieldName=name)
            add(one, Alias=alias)


def write_marks(row: Element, what: str, marks: Mapping[str, str]) -> None:
    """Write the fields of a row (``what``: task, resource, assignment) by alias."""
    for alias, text in marks.items():
        one = start_element(row, "ExtendedAttribute")
        add(one, FieldID=FIELDS[what][alias][0])
        add(one, Value=text)


def write_calendars(root: Element, book: HoursBook) -> None:
    """Write every calendar that was asked for."""
    above = start_element(root, "Calendars")
    for name, hours in book.hours.items():
        one = start_element(above, "Calendar")
        add(one, UID=book.number(name))
        add(one, Name=name)
        add(one, IsBaseCalendar=True)
        add(one, BaseCalendarUID=_NO_BASE)
        _write_week(one, hours)
        if hours.special:
            _write_special(one, hours)


def _write_week(calendar: Element, hours: Hours) -> None:
    days = start_element(calendar, "WeekDays")
    for day in (_SUNDAY, 0, 1, 2, 3, 4, 5):
        one = start_element(days, "WeekDay")
        add(one, DayType=(day + 1) % 7 + 1)
        _write_shifts(one, hours.week[day])


def _write_special(calendar: Element, hours: Hours) -> None:
    days = start_element(calendar, "Exceptions")
    for day, shifts in hours.special.items():
        one = start_element(days, "Exception")
        add(one, EnteredByOccurrences=False)
        period = start_element(one, "TimePeriod")
        add(period, FromDate=moment_text(datetime.combine(day, time())))
        add(period, ToDate=moment_text(datetime.combine(day, time(23, 59))))
        add(one, Occurrences=1)
        add(one, Name=day.isoformat())
        add(one, Type=_DAILY)
        _write_shifts(one, shifts)


def _write_shifts(day: Element, shifts: Iterable[tuple[int, int]]) -> None:
    shifts = list(shifts)
    add(day, DayWorking=bool(shifts))
    if shifts:
        times = start_element(day, "WorkingTimes")
        for begin, end in shifts:
            one = start_element(times, "WorkingTime")
            add(one, FromTime=_clock(begin))
            add(one, ToTime=_clock(end % DAY))


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}:00"

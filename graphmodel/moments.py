"""Dates people see and the whole minutes the engine counts (DESIGN 5.1).

An *instant* is an ``int``: minutes since 1970-01-01 00:00 on the wall clock, no time zone. A start
on D is the first instant of D; a finish on D is the last instant of D, which is the first of the
day after. So a predecessor finishing on 30 Sep and a successor starting on 1 Oct share an instant.
"""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from typing import Final

from graphmodel.errors import DateError

__all__ = [
    "DAY",
    "FIRST_YEAR",
    "LAST_YEAR",
    "add_months",
    "day_of",
    "finish_instant",
    "parse_moment",
    "show_finish",
    "show_start",
    "start_instant",
    "write_moment",
]

#: Minutes in a day.
DAY: Final = 1440
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2200

_EPOCH: Final = date(1970, 1, 1).toordinal()
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::00(?:\.0+)?)?)?", re.ASCII)


def parse_moment(text: str) -> date:
    """Read ``YYYY-MM-DD`` as a date, ``YYYY-MM-DDTHH:MM`` as a date and time.

    Raises
    ------
    DateError
        Not such a date, or outside the years 1900 to 2200.
    """
    match = _ISO.fullmatch(text.strip())
    if match is None:
        raise DateError(
            f'"{text[:40]}" is not a date: write it like 2026-09-30 or 2026-09-30T17:00.'
        )
    year, month, day, hour, minute = (int(part) if part else None for part in match.groups())
    try:
        if hour is None:
            moment: date = date(year or 0, month or 0, day or 0)
        else:
            moment = datetime(year or 0, month or 0, day or 0, hour, minute or 0)
    except ValueError:
        raise DateError(
            f'"{text[:40]}" is not a day of the calendar: check day and month.'
        ) from None
    return check_year(moment)


def check_year(moment: date) -> date:
    """Return ``moment``; raise `DateError` outside the years 1900 to 2200."""
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        raise DateError(
            f"{write_moment(moment)} lies outside the years {FIRST_YEAR} to {LAST_YEAR}: "
            "check the year."
        )
    return moment


def write_moment(moment: date) -> str:
    """Return ``YYYY-MM-DD``, or ``YYYY-MM-DDTHH:MM`` where there is a time of day."""
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%dT%H:%M")
    return moment.isoformat()


def start_instant(moment: date) -> int:
    """Return the first instant of a day, or the instant of a date with time."""
    return _instant(moment, of_day=0)


def finish_instant(moment: date) -> int:
    """Return the last instant of a day, or the instant of a date with time."""
    return _instant(moment, of_day=DAY)


def _instant(moment: date, *, of_day: int) -> int:
    days = moment.toordinal() - _EPOCH
    if isinstance(moment, datetime):
        return days * DAY + moment.hour * 60 + moment.minute
    return days * DAY + of_day


def show_start(instant: int, *, hours: bool = False) -> date:
    """Return the day that begins at or holds ``instant``; with ``hours`` the time of day too."""
    day = date.fromordinal(instant // DAY + _EPOCH)
    if not hours:
        return day
    return datetime(day.year, day.month, day.day) + timedelta(minutes=instant % DAY)


def show_finish(instant: int, *, hours: bool = False) -> date:
    """Return the day that ends at or holds ``instant``; 24:00 is shown as the day it ends."""
    if hours and instant % DAY:
        return show_start(instant, hours=True)
    return date.fromordinal((instant - 1) // DAY + _EPOCH)


def day_of(moment: date) -> date:
    """Return the day of a date, or of a date and time."""
    return moment.date() if isinstance(moment, datetime) else moment


def add_months(day: date, months: int) -> date:
    """Add calendar months to a shown date; the last day of a month stays the last day.

    28 Feb + 1 = 31 Mar, 30 Sep + 2 = 30 Nov, 30 Jan + 1 = 28 Feb (DESIGN 5.2).
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    last = calendar.monthrange(year, month)[1]
    was_last = day.day == calendar.monthrange(day.year, day.month)[1]
    return day.replace(year=year, month=month, day=last if was_last else min(day.day, last))

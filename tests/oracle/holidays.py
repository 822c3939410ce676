"""The bank holidays of England and Wales, worked out from the law and the proclamations.

Nothing of the data that ships with `graphmodel` is used: Easter comes from dateutil, the rest from
the Banking and Financial Dealings Act 1971 and the royal proclamations that moved or added days.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from dateutil.easter import easter

__all__ = ["bank_holidays"]

#: Days added by proclamation since 1999.
_ADDED = {
    1999: [date(1999, 12, 31)],
    2002: [date(2002, 6, 3)],
    2011: [date(2011, 4, 29)],
    2012: [date(2012, 6, 5)],
    2022: [date(2022, 6, 3), date(2022, 9, 19)],
    2023: [date(2023, 5, 8)],
}
#: The early May or the spring holiday in the years in which it was moved.
_EARLY_MAY = {1995: date(1995, 5, 8), 2020: date(2020, 5, 8)}
_SPRING = {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}

_MONDAY, _SATURDAY = 0, 5


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Return the bank holidays of a year, substitute days in place of those on a weekend."""
    days = {
        _substituted(date(year, 1, 1)),
        easter(year) - timedelta(days=2),
        easter(year) + timedelta(days=1),
        _EARLY_MAY.get(year, _first_monday(date(year, 5, 1))),
        _SPRING.get(year, _first_monday(date(year, 5, 25))),
        _first_monday(date(year, 8, 25)),
        *_christmas(year),
        *_ADDED.get(year, ()),
    }
    return frozenset(days)


def _first_monday(day: date) -> date:
    """Return the first Monday on or after a day."""
    return day + timedelta(days=(_MONDAY - day.weekday()) % 7)


def _substituted(day: date) -> date:
    """Return the next Monday for a holiday on a weekend."""
    return _first_monday(day) if day.weekday() >= _SATURDAY else day


def _christmas(year: int) -> list[date]:
    """Christmas and Boxing Day; one on a weekend goes to the next day that is free."""
    found: list[date] = []
    waiting = 0
    for day in (date(year, 12, 25), date(year, 12, 26)):
        if day.weekday() >= _SATURDAY:
            waiting += 1
        else:
            found.append(day)
    day = date(year, 12, 27)
    while waiting:
        if day.weekday() < _SATURDAY:
            found.append(day)
            waiting -= 1
        day += timedelta(days=1)
    return found

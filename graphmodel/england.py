"""The calendar that comes with knockon: England's working days (DESIGN 5.2).

Monday to Friday, less the bank holidays of England and Wales. The holidays are data
(``england.json``): what the law fixes for each year, the days it gives instead of those on a
weekend, and the days that proclamations added or moved. Beyond its last year every weekday is
worked; whoever schedules beyond it is told.
"""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final

from graphmodel.calendars import Calendar, CalendarException

__all__ = ["ENGLAND", "bank_holidays", "england_calendar", "england_years"]

#: Id of the built-in calendar; a plan's own calendar of this id takes its place.
ENGLAND: Final = "england"


@cache
def bank_holidays() -> dict[date, str]:
    """Return the bank and public holidays of England and Wales with their names, in order."""
    return {date.fromisoformat(day): name for day, name in _data()["days"].items()}


@cache
def england_years() -> tuple[int, int]:
    """Return the first and the last year whose bank holidays are known."""
    return _data()["first_year"], _data()["last_year"]


@cache
def england_calendar() -> Calendar:
    """Return the built-in calendar as a plan file would state it.

    Its hours, 09:00 to 17:00, speak only in a calendar that takes days from it and has hours of
    its own; otherwise its days count as whole days (`graphmodel.worktime`).
    """
    hours = (("09:00", "17:00"),)
    return Calendar(
        id=ENGLAND,
        week={"mon": hours, "tue": hours, "wed": hours, "thu": hours, "fri": hours},
        exceptions=tuple(CalendarException(from_=day, to=day) for day in bank_holidays()),
    )


@cache
def _data() -> dict[str, Any]:
    text = files("graphmodel").joinpath("england.json").read_text(encoding="utf-8")
    data: dict[str, Any] = json.loads(text)
    return data

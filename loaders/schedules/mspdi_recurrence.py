"""Which days a recurring exception of an MS Project calendar falls on.

Each kind is one rule of RFC 5545, which `graphmodel.recurrence` expands. A day that a month does
not have is its last day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.moments import finish_instant, show_finish
from graphmodel.recurrence import expand_rule

if TYPE_CHECKING:
    from datetime import date

    from loaders.schedules.xml_records import Record

__all__ = ["find_days"]

#: Sunday first, as the bits of ``DaysOfWeek`` and the numbers of ``MonthItem`` from 3 on.
_DAYS: Final = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
_WEEKDAYS: Final = "MO,TU,WE,TH,FR"
#: What ``MonthItem`` names: any day, a weekday, a day of the weekend, one day of the week.
_ITEMS: Final = (",".join(_DAYS), _WEEKDAYS, "SA,SU", *_DAYS)
#: What ``MonthPosition`` names: first to fourth, last.
_PLACES: Final = (1, 2, 3, 4, -1)
#: Days that every month has.
_SURE: Final = 28
#: Kinds that name the day of the month by its number.
_BY_DAY: Final = frozenset({"2", "4"})
#: Longest pause between two days of a rule, and most of its days.
_MOST: Final = 9999


def find_days(row: Record, first: date, last: date) -> list[tuple[date, date]]:
    """Return the stretches of days an exception covers, both ends included.

    ``first`` and ``last`` are its period. An exception that does not recur covers all of it.

    Raises
    ------
    ValueError
        The rule by which it recurs cannot be read.
    """
    rule = _rule(row)
    if not rule:
        return [(first, last)]
    if row["EnteredByOccurrences"] == "1":
        rule += f";COUNT={_number(row, 'Occurrences', 1, _MOST)}"
    instants = expand_rule(rule, first, finish_instant(last)) or ()
    return [(day, day) for day in map(show_finish, instants)]


def _rule(row: Record) -> str:
    """Return the rule of an exception, blank where it covers every day of its period."""
    kind = row["Type"]
    match kind:
        case "" | "0" | "1" | "9":
            return ""
        case "2" | "3":
            every = f"FREQ=YEARLY;BYMONTH={_number(row, 'Month', 0, 11) + 1}"
        case "4" | "5":
            every = f"FREQ=MONTHLY;INTERVAL={_period(row)}"
        case "6":
            bits = _number(row, "DaysOfWeek", 1, 127)
            days = ",".join(day for place, day in enumerate(_DAYS) if bits >> place & 1)
            return f"FREQ=WEEKLY;INTERVAL={_period(row)};BYDAY={days};WKST=SU"
        case "7":
            return f"FREQ=DAILY;INTERVAL={_period(row)}"
        case "8":
            return f"FREQ=WEEKLY;BYDAY={_WEEKDAYS}"
        case _:
            raise ValueError
    return f"{every};{_month_day(row) if kind in _BY_DAY else _place(row)}"


def _period(row: Record) -> int:
    return _number(row, "Period", 1, _MOST) if row["Period"] else 1


def _month_day(row: Record) -> str:
    day = _number(row, "MonthDay", 1, 31)
    if day <= _SURE:
        return f"BYMONTHDAY={day}"
    days = ",".join(str(one) for one in range(_SURE, day + 1))
    return f"BYMONTHDAY={days};BYSETPOS=-1"


def _place(row: Record) -> str:
    place = _PLACES[_number(row, "MonthPosition", 0, len(_PLACES) - 1)]
    return f"BYDAY={_ITEMS[_number(row, 'MonthItem', 0, len(_ITEMS) - 1)]};BYSETPOS={place}"


def _number(row: Record, name: str, least: int, most: int) -> int:
    """Return a number within limits; raises `ValueError`."""
    number = int(row[name])
    if not least <= number <= most:
        raise ValueError
    return number

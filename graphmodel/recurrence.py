"""Meeting rules: what an iCalendar RRULE may say here, and the instants it stands for.

A rule is one RRULE of RFC 5545, such as ``FREQ=MONTHLY;BYDAY=3TU``, counted from an anchor day.
Meetings are days, and days with a time of day only where the rule names one (``BYHOUR``,
``BYMINUTE``): a time of day of the anchor is not the meeting's. Not taken, each with a sentence:

* frequencies below a day, and ``BYSECOND``;
* ``DTSTART``, ``EXDATE`` and time zones: meetings are in local time, what is cancelled is listed;
* ``UNTIL`` and ``COUNT`` together, which the standard forbids;
* weekdays with a number (``3TU``) in weeks or days, which have one Tuesday at most.

Parts and their values are checked here, without python-dateutil, which expands the rule.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY, LAST_YEAR, day_of, finish_instant, write_moment

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["LAST_INSTANT", "expand_rule", "rule_fault"]

#: Last instant that a meeting can have.
LAST_INSTANT: Final = finish_instant(date(LAST_YEAR, 12, 31))

_EXAMPLE: Final = "write it like FREQ=MONTHLY;BYDAY=3TU"
#: Characters of a rule that a message shows.
_SHOWN: Final = 80
_FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_SHORTER: Final = frozenset({"HOURLY", "MINUTELY", "SECONDLY"})
_UNTIL: Final = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})[0-5]\d)?", re.ASCII)
_BY_DAY: Final = re.compile(
    r"(?P<number>[+-]?(?:[1-9]|[1-4]\d|5[0-3]))?(?P<weekday>MO|TU|WE|TH|FR|SA|SU)", re.ASCII
)
_NUMBER: Final = re.compile(r"[+-]?\d{1,4}", re.ASCII)
#: Most Tuesdays that a month and a year can have.
_IN_MONTH: Final = 5
_IN_YEAR: Final = 53
#: The Gregorian calendar repeats every 400 years, weekdays included. Rules are expanded 19 such
#: cycles later, where `datetime` soon ends: so a rule that never meets ends too, and soon.
_CYCLES: Final = 19
_SHIFT_YEARS: Final = 400 * _CYCLES
_SHIFT_DAYS: Final = 146_097 * _CYCLES


@dataclass(frozen=True, slots=True)
class _Numbers:
    """What a part may hold: numbers in a range, with a minus counted from the end, or a list."""

    least: int
    greatest: int
    from_end: bool = False
    many: bool = True

    def fits(self, text: str) -> bool:
        """Return whether a value is one of these."""
        words = text.split(",") if self.many else [text]
        return all(_NUMBER.fullmatch(word) and self._holds(int(word)) for word in words)

    def _holds(self, number: int) -> bool:
        return self.least <= (abs(number) if self.from_end else number) <= self.greatest


_NUMBERS: Final = {
    "INTERVAL": _Numbers(1, 9999, many=False),
    "COUNT": _Numbers(1, 9999, many=False),
    "BYMONTH": _Numbers(1, 12),
    "BYWEEKNO": _Numbers(1, _IN_YEAR, from_end=True),
    "BYYEARDAY": _Numbers(1, 366, from_end=True),
    "BYMONTHDAY": _Numbers(1, 31, from_end=True),
    "BYSETPOS": _Numbers(1, 366, from_end=True),
    "BYHOUR": _Numbers(0, 23),
    "BYMINUTE": _Numbers(0, 59),
}


def rule_fault(rule: str, anchor: date | None) -> str | None:
    """Return what is wrong with a meeting rule, or None.

    It is the rest of a sentence that begins with whose rule it is: ``The meeting rule of …``.
    Without an ``anchor`` nobody can say whether a rule ever meets, and only its parts are checked.
    """
    fault = _form_fault(rule)
    if fault is not None:
        return fault
    parts = _parts(rule)
    for check in (_frequency_fault, _values_fault, _until_fault, _pairs_fault):
        fault = check(parts)
        if fault is not None:
            return fault
    if anchor is not None and expand_rule(rule, anchor, finish_instant(anchor)) is None:
        day = write_moment(day_of(anchor))
        return f"({_shown(rule)}) never meets from {day} on: correct it or take it away."
    return None


@lru_cache(maxsize=256)
def expand_rule(rule: str, anchor: date, until: int) -> tuple[int, ...] | None:
    """Return the instants of a rule up to the instant ``until``; None where it never meets.

    ``rule`` must be without fault. Instants ascend; a meeting without a time is the last instant
    of its day. They are kept, so that each scenario of a plan does not expand them again.
    """
    instants = _instants(rule, day_of(anchor))
    first = next(instants, None)
    if first is None or first > LAST_INSTANT:
        return None
    found: list[int] = []
    while first is not None and first <= until:
        found.append(first)
        first = next(instants, None)
    return tuple(found)


def _instants(rule: str, anchor: date) -> Iterator[int]:
    """Yield the instants of a rule in order, up to the year 2399 at the latest."""
    from dateutil.rrule import rrulestr  # noqa: PLC0415 - only where a board has a rule

    parts = _parts(rule)
    begin = datetime.combine(anchor.replace(year=anchor.year + _SHIFT_YEARS), time.min)
    is_timed = not parts.keys().isdisjoint({"BYHOUR", "BYMINUTE"})
    shift = (_SHIFT_DAYS + date(1970, 1, 1).toordinal()) * DAY
    for moment in rrulestr(_for_dateutil(parts), dtstart=begin):
        minute = moment.hour * 60 + moment.minute if is_timed else DAY
        yield moment.toordinal() * DAY + minute - shift


def _for_dateutil(parts: dict[str, str]) -> str:
    """Return the rule as many years later as its anchor, in words that dateutil reads rightly.

    A day in ``UNTIL`` is part of it. Weekdays with and without a number add up, which dateutil
    reads as a weekday that is both: so those without get every number.
    """
    rest = dict(parts)
    until = rest.pop("UNTIL", None)
    if until is not None and int(until[:4]) <= LAST_YEAR:
        clock = until[8:] or "T235959"
        rest["UNTIL"] = f"{int(until[:4]) + _SHIFT_YEARS}{until[4:8]}{clock}"
    weekdays = list(_BY_DAY.finditer(rest.get("BYDAY", "")))
    if any(one["number"] for one in weekdays):
        rest["BYDAY"] = ",".join(
            f"{number}{one['weekday']}"
            for one in weekdays
            for number in ([one["number"]] if one["number"] else range(1, _most(parts) + 1))
        )
    return ";".join(f"{key}={value}" for key, value in rest.items())


def _shown(rule: str) -> str:
    return " ".join(rule.split())[:_SHOWN]


def _parts(rule: str) -> dict[str, str]:
    """Return the parts of a rule by name."""
    text = rule.strip().upper().removeprefix("RRULE:")
    return {key: value for key, _, value in (part.partition("=") for part in text.split(";"))}


def _most(parts: dict[str, str]) -> int:
    """Return how many times a weekday can come in what the rule counts its numbers in."""
    return _IN_MONTH if parts["FREQ"] == "MONTHLY" or "BYMONTH" in parts else _IN_YEAR


def _form_fault(rule: str) -> str | None:
    """Return what is wrong with a rule as a whole."""
    if "TZID" in rule.upper() or "DTSTART" in rule.upper():
        return (
            f'is "{_shown(rule)}": boards meet in local time and rules are counted from the '
            f"plan's start; {_EXAMPLE}."
        )
    parts = _parts(rule)
    if len(parts) < 1 + rule.count(";") or not all(parts) or not all(parts.values()):
        return f'is "{_shown(rule)}", which is no iCalendar RRULE: {_EXAMPLE}.'
    return None


def _frequency_fault(parts: dict[str, str]) -> str | None:
    frequency = parts.get("FREQ")
    if frequency in _FREQUENCIES:
        return None
    if frequency in _SHORTER:
        return f"asks for several meetings a day (FREQ={frequency}): {_EXAMPLE}."
    return f"does not say FREQ=DAILY, WEEKLY, MONTHLY or YEARLY: {_EXAMPLE}."


def _values_fault(parts: dict[str, str]) -> str | None:
    """Return the first part that a rule for meetings does not have, or not with this value."""
    for key, value in parts.items():
        if not _is_part(key, value):
            return f'has the part "{_shown(f"{key}={value}")}", which cannot be: {_EXAMPLE}.'
    return None


def _is_part(key: str, value: str) -> bool:
    match key:
        case "FREQ" | "UNTIL":
            return True
        case "BYDAY":
            return all(_BY_DAY.fullmatch(one) for one in value.split(","))
        case "WKST":
            found = _BY_DAY.fullmatch(value)
            return found is not None and found["number"] is None
        case _:
            return key in _NUMBERS and _NUMBERS[key].fits(value)


def _until_fault(parts: dict[str, str]) -> str | None:
    until = parts.get("UNTIL")
    if until is None:
        return None
    if until.endswith("Z"):
        return f"ends in UTC (UNTIL={until}), and boards meet in local time: write UNTIL=20271231."
    found = _UNTIL.fullmatch(until)
    if found is None or not _is_moment(*(int(part or 0) for part in found.groups())):
        return f'ends on "{_shown(until)}", which is no day: write UNTIL=20271231.'
    return None


def _is_moment(year: int, month: int, day: int, hour: int, minute: int) -> bool:
    try:
        datetime(year, month, day, hour, minute)
    except ValueError:
        return False
    return True


def _pairs_fault(parts: dict[str, str]) -> str | None:
    if {"UNTIL", "COUNT"} <= parts.keys():
        return "ends twice, by UNTIL and by COUNT: keep one of them."
    for one in _BY_DAY.finditer(parts.get("BYDAY", "")):
        if one["number"] and parts["FREQ"] in {"DAILY", "WEEKLY"}:
            return (
                f"asks for {one[0]} with FREQ={parts['FREQ']}: weekdays have a number in months "
                "and years only."
            )
        if abs(int(one["number"] or 1)) > _most(parts):
            return f"asks for {one[0]}, and no month has so many: {_EXAMPLE}."
    return None

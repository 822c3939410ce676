"""Dates in a progress report, which often names a month and leaves the year to its reader.

1. A month without a year is the next such month, counted from the month of the report itself:
   "November" in a report of October 2022 is November 2022, "January" is January 2023.
2. Two digits after a month are a year where they lie within five years of the report's
   ("Nov 22" in 2022); otherwise they are a day.
3. A month that a dash, a slash, "to" or "and" joins to a dated one takes its year from that one.
4. Where the report names no month of its own, nothing is added.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.items import Planned
from graphmodel.mentions import find_dates
from graphmodel.moments import LAST_YEAR
from graphmodel.partial import Partial, parse_partial
from graphmodel.stretches import fold

if TYPE_CHECKING:
    from datetime import date

__all__ = ["When", "add_years", "find_month", "find_report_month", "read_period", "read_when"]

_MONTHS: Final = (
    *("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
)
_NAME = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_JOINED = rf"(?:\s*(?:[-/&]|\bto\b|\band\b)\s*{_NAME}\b)"
_MONTH = re.compile(
    rf"\b(?P<name>{_NAME})\b(?!'s)(?P<more>{_JOINED})?(?P<year>[\s,'-]*(?:\d{{4}}|\d\d)(?!\d))?"
)
_LAST = re.compile(rf"{_NAME}$")
_ALONE = re.compile(rf"(?P<name>{_NAME})\.?:?\s*", re.IGNORECASE)
_CUE = re.compile(
    r"(?:on\s+(?:track|target|schedule)|due|scheduled|expected|planned|date|target)"
    r"(?:\s+(?:for|in|by|to|at))*\b[\s:-]*",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:in|during|by)\s+\d{4}(?=[\s.,;)]|$)", re.IGNORECASE)
_BEGINS = re.compile(r"\b(?:to\s+)?(?:commence|start|begin)s?\b", re.IGNORECASE)

#: Years between a report and a two-digit year in it.
_NEAR: Final = 5


@dataclass(frozen=True, slots=True)
class When:
    """What words say of when: dates, and the months in them that have no year of their own."""

    planned: Planned
    without_year: tuple[str, ...] = ()
    partial: Partial | None = None


def find_report_month(title: str) -> date | None:
    """Return the last day of the month that a report's title names, if it names one with a year."""
    ends = [one.partial.planned.finish for one in find_dates(title)]
    return next((end for end in ends if end is not None), None)


def find_month(label: str) -> int | None:
    """Return the number (1 to 12) of the month that a label such as "September:" is, if it is."""
    match = _ALONE.fullmatch(label)
    return None if match is None else _number(match["name"])


def read_period(words: str) -> frozenset[int]:
    """Return the numbers of the months from the first to the last that words name ("Aug-Oct")."""
    named = [_number(match.group()) for match in re.finditer(rf"\b{_NAME}\b", words)]
    if not named:
        return frozenset()
    length = (named[-1] - named[0]) % len(_MONTHS) + 1
    return frozenset((named[0] - 1 + step) % len(_MONTHS) + 1 for step in range(length))


def add_years(text: str, report: date | None) -> tuple[str, tuple[str, ...]]:
    """Return a folded text with the years it leaves out, and the months they were added to."""
    words = fold(text)
    if report is None:
        return words, ()
    added: list[str] = []

    def complete(match: re.Match[str]) -> str:
        year, more = match["year"], match["more"] or ""
        if year is not None and len(year.strip(" ,'-")) == len("2026"):
            return match.group()
        second = _LAST.search(more)
        if year is not None and abs(_full(year) - report.year) <= _NEAR:  # 2, 3
            joined = f" - {second.group()}" if second else ""
            return f"{match['name']}{joined} {_full(year)}"
        added.append(match["name"])  # 1
        first = f"{match['name']} {_next(match['name'], report)}"
        if second is not None:
            added.append(second.group())
            first = f"{first} - {second.group()} {_next(second.group(), report)}"
        return f"{first}{year or ''}"

    return _MONTH.sub(complete, words), tuple(added)


def read_when(text: str, report: date | None) -> When:
    """Return what a stretch of a report says of when: its first date, as far as it gives one.

    The words themselves are kept in ``planned.text``. "… to commence in May" is a start, not a
    finish.
    """
    words, added = add_years(text, report)
    bare = _CUE.sub("", words, count=1) if _CUE.match(words) else words
    partial, before = parse_partial(bare.rstrip(" .")), ""
    if partial.reading != "whole" or not _has_date(partial):
        found = find_dates(words)
        year = _YEAR.search(words)
        if found:
            partial, before = found[0].partial, words[: found[0].begin]
        elif year is not None:
            partial = parse_partial(year.group())
        else:
            return When(Planned(text=text or None), added)
    planned = partial.planned
    if planned.start is None and partial.window and _BEGINS.search(before):
        planned = Planned(start=partial.window, precision="from")
    return When(planned.model_copy(update={"text": text}), added, partial)


def _has_date(partial: Partial) -> bool:
    return partial.planned.start is not None or partial.planned.finish is not None


def _number(name: str) -> int:
    return _MONTHS.index(name[:3].casefold()) + 1


def _full(digits: str) -> int:
    return 2000 + int(digits.strip(" ,'-"))


def _next(name: str, report: date) -> int:
    month = _number(name)
    return min(LAST_YEAR, report.year + (month < report.month))

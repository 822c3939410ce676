"""When and how often, as sentences of a governance paper say it.

A day whose ordinal was misread (8" July 2024, "16t July 2024") is that day; which these are is told
by `find_misread`. A month without a year is no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.partial import parse_partial
from graphmodel.stretches import find_stretches, fold
from loaders.text import clean

if TYPE_CHECKING:
    from graphmodel.items import Planned

__all__ = ["Time", "find_cadence", "find_misread", "find_times"]

_MISREAD: Final = re.compile(
    r"\b(\d{1,2})(?:[\"'*]|\s?[\u00b0\u2122\u201c\u201d]|t|h|s|n|r|\"h)(?=\s+(?:Jan|Feb|Mar|Apr|May"
    r"|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\s+\d{4})"
)
_CADENCE: Final = re.compile(
    r"\b(?:(?:bi|half|six|two|three|four|twice)[\s-]+)?(?:weekly|fortnightly|monthly|quarterly"
    r"|yearly|annual(?:ly)?)\b|\b(?:twice\s+a\s+year|once\s+a\s+(?:year|month|quarter)"
    r"|every\s+(?:\w+\s+)?(?:weeks?|months?|quarters?|years?))\b",
    re.IGNORECASE,
)
_CADENCES: Final = {
    "annually": "annual", "yearly": "annual", "once a year": "annual", "every year": "annual",
    "half-yearly": "six-monthly", "twice-yearly": "six-monthly", "twice a year": "six-monthly",
    "every six months": "six-monthly", "once a quarter": "quarterly",
    "every quarter": "quarterly", "every three months": "quarterly", "three-monthly": "quarterly",
    "once a month": "monthly", "every month": "monthly", "every week": "weekly",
    "every two weeks": "fortnightly", "every fortnight": "fortnightly",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Time:
    """Where a text says when (``planned``) or how often (``cadence``)."""

    start: int
    end: int
    planned: Planned | None = None
    cadence: str | None = None


def find_times(text: str) -> list[Time]:
    """Return the dates and cadences of a folded text, none within another."""
    plain = _MISREAD.sub(lambda one: one[1] + " " * (len(one.group()) - len(one[1])), text)
    found = [
        Time(start, end, parse_partial(clean(plain[start:end])).planned)
        for start, end, _ in find_stretches(plain)
    ]
    for match in _CADENCE.finditer(text):
        start, end = match.span()
        if all(end <= one.start or start >= one.end for one in found):
            found.append(Time(start, end, cadence=_read_cadence(match.group())))
    return found


def find_misread(text: str) -> tuple[str, ...]:
    """Return the days of a folded text whose ordinal is none, as they are printed."""
    return tuple(clean(match.group()) for match in _MISREAD.finditer(text))


def find_cadence(words: str) -> str | None:
    """Return the first cadence that a text names, in one word."""
    match = _CADENCE.search(fold(words))
    return _read_cadence(match.group()) if match is not None else None


def _read_cadence(words: str) -> str:
    """Return one word for a cadence: "six monthly" and "twice a year" are ``six-monthly``."""
    plain = clean(fold(words)).casefold()
    joined = re.sub(r"[\s-]+(?=(?:weekly|monthly|yearly)$)", "-", plain)
    return _CADENCES.get(joined) or _CADENCES.get(plain) or joined

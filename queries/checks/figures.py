"""Lengths and sizes that a text gives to things: "an 18-month digital demonstrator".

Known forms, the number in figures or in words up to twelve:

1. number, hyphen, unit, thing: "24-month pilot", "ten-point plan"; any unit;
2. number, blank, unit of time, thing: "12 week consultation"; the unit in the singular, because
   "6 months work" counts and "within 6 months staff will" does not say what lasts;
3. thing, "of" or "lasting", number, unit of time: "a demonstrator of 18 months".

The thing is the last words before, or the first after, up to three of them, as far as they run
without a word like "with" or "to", punctuation or an end. Things are the same where those words
are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Figure", "find_figures"]

_NUMBERS: Final = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
#: What a unit of time comes to, so that two years are 24 months.
_TIMES: Final = {
    "year": ("month", 12), "month": ("month", 1), "week": ("day", 7), "day": ("day", 1),
    "hour": ("hour", 1),
}  # fmt: skip
_NUMBER = rf"(?P<number>\d{{1,4}}(?:\.\d+)?|{'|'.join(_NUMBERS)})"
_TIME = rf"(?P<unit>{'|'.join(_TIMES)})"
_BEFORE = re.compile(
    rf"(?<![\w.-]){_NUMBER}(?:-(?P<any>[a-z]+)|\s+{_TIME})(?P<after>(?:\s+[\w'-]+){{1,4}})",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    rf"(?<![\w'-])(?P<before>(?:[\w'-]+\s+){{1,4}})(?:of|lasting)\s+{_NUMBER}[\s-]{_TIME}s?\b",
    re.IGNORECASE,
)
_JOINS = re.compile(r"\b(?:of|lasting)\s", re.IGNORECASE)
_WORDS: Final = 3
_STOPS = re.compile(
    r"an?|the|and|or|of|for|to|in|on|at|by|with|from|into|over|under|across|within|before|after|per"
    r"|as|is|are|be|been|was|were|will|can|that|which|who|this|these|its|their|our|all|any|each"
    r"|every|including|using|through|so",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a text gives to a thing; ``value`` counts ``unit``; ``words`` as they stand."""

    thing: str
    unit: str
    value: float
    words: str


def find_figures(text: str) -> Iterator[Figure]:
    """Yield the lengths and sizes in a text, in order of their form."""
    folded = fold(text)
    for match in _BEFORE.finditer(folded):
        unit = match["any"] or match["unit"]
        thing = _until_stop(match["after"].split())
        if thing:
            words = match.group()[: match.start("after") - match.start()]
            yield _figure(match["number"], unit, thing, f"{words} {' '.join(thing)}")
    if not _JOINS.search(folded):  # most texts
        return
    for match in _BEHIND.finditer(folded):
        thing = _until_stop(match["before"].split()[::-1])[::-1]
        if thing:
            said = match.group()[match.end("before") - match.start() :]
            yield _figure(match["number"], match["unit"], thing, f"{' '.join(thing)} {said}")


def _until_stop(words: list[str]) -> list[str]:
    taken: list[str] = []
    for word in words[:_WORDS]:
        if _STOPS.fullmatch(word):
            break
        taken.append(word)
    return taken


def _figure(number: str, unit: str, thing: list[str], words: str) -> Figure:
    value = float(_NUMBERS.get(number.casefold()) or number)
    name = unit.casefold()
    name, times = _TIMES.get(name.removesuffix("s"), (name, 1))
    return Figure(" ".join(thing).casefold(), name, value * times, words)

"""Dates inside sentences, and the brackets that hold a date and nothing else.

A milestone usually ends with its date in brackets, ``… agreed (Jun 2026).``; but brackets stand
inside titles as well, and some of those hold a date. So each is found with its place, and the
reader of the paper decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.partial import Partial, parse_partial
from graphmodel.stretches import find_stretches, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["DateMention", "find_brackets", "find_dates"]

#: Words that can belong to a date on its left: "to be completed by the end of".
_LEFT_WORDS: Final = 7
_BRACKET = re.compile(r"\(([^()]{1,80})\)|\[([^][]{1,80})\]")
_LEFT = re.compile(r"[^\s()]+\s*$")
_RIGHT = re.compile(r"\s+onwards?\b|\s+and\s+beyond\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text: from ``begin`` to before ``end``, brackets included, and its meaning."""

    begin: int
    end: int
    partial: Partial


def find_brackets(text: str) -> Iterator[DateMention]:
    """Yield the brackets of a text that hold a wording of `graphmodel.partial` and nothing else."""
    for match in _BRACKET.finditer(text):
        inside = match[1] or match[2] or ""
        partial = parse_partial(inside)
        if partial.reading == "whole" and inside.strip():
            yield DateMention(match.start(), match.end(), partial)


def find_dates(text: str) -> list[DateMention]:
    """Return the dates in a text, each with the words around it that belong to it, in order."""
    folded = fold(text)
    places = [(begin, end) for begin, end, _ in find_stretches(folded)]
    mentions: list[DateMention] = []
    while places:
        begin, end = places.pop(0)
        if places and _is_whole(text[begin : places[0][1]]):
            end = places.pop(0)[1]
        onwards = _RIGHT.match(folded, end)
        if onwards is not None:
            end = onwards.end()
        reached = mentions[-1].end if mentions else 0
        begin = _extend_left(text, reached, begin, end)
        mentions.append(DateMention(begin, end, parse_partial(text[begin:end])))
    return mentions


def _extend_left(text: str, reached: int, begin: int, end: int) -> int:
    """Return where the longest wording that ends at ``end`` and is known as a whole begins."""
    best = place = begin
    for _ in range(_LEFT_WORDS):
        word = _LEFT.search(text, reached, place)
        if word is None:
            break
        place = word.start()
        if _is_whole(text[place:end]):
            best = place
    return best


def _is_whole(text: str) -> bool:
    return parse_partial(text).reading == "whole"

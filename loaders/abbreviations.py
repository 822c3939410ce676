"""Abbreviations that a paper spells out itself: "Local Government Reorganisation (LGR)"."""

from __future__ import annotations

import re
from typing import Final

from loaders.markup import read_words

__all__ = ["find_abbreviations"]

_BRACKET = re.compile(r"\((?P<short>[A-Z]{2,8})s?\)")
_SMALL: Final = frozenset({"and", "of", "for", "the", "in", "to", "a", "&", "-"})
_MARKS: Final = ",.;:()'\"\u2018\u2019\u201c\u201d"

#: Words before a bracket that its letters are looked for in.
_REACH: Final = 16


def find_abbreviations(text: str) -> dict[str, str]:
    """Return each abbreviation of a paper with the words whose initials it takes, in its order.

    The words stand directly before the bracket; small words such as "and" may be passed over. An
    abbreviation that stands for two different things is left out.
    """
    found: dict[str, str] = {}
    doubtful: set[str] = set()
    words_of_text = read_words(text)
    for match in _BRACKET.finditer(words_of_text):
        before = words_of_text[max(0, match.start() - 200) : match.start()].split()[-_REACH:]
        words = _spell_out(match["short"], before)
        if words is None:
            continue
        known = found.setdefault(match["short"], words)
        if known.casefold() != words.casefold():
            doubtful.add(match["short"])
    return {short: words for short, words in found.items() if short not in doubtful}


def _spell_out(short: str, before: list[str]) -> str | None:
    place = len(before)
    for letter in reversed(short):
        place -= 1
        while place >= 0 and before[place].casefold() in _SMALL:
            place -= 1
        if place < 0 or not before[place].lstrip(_MARKS).upper().startswith(letter):
            return None
    return " ".join(before[place:]).strip(_MARKS)

"""When two spellings are certainly one office, and when they may be.

Two spellings are one office (`office_key`) where they differ in nothing but: capitals, kind of
apostrophe, commas, full stops, "the"; "&" for "and"; "for" for "of"; an abbreviation that is
spelled out, or one of those in ``COMMON``. "Director of Family Help" and "Director of Family Help
Services" may be one (`are_alike`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COMMON", "EXTRA_WORDS", "are_alike", "office_key"]

#: Abbreviations that mean the same in every English council.
COMMON: Final[dict[str, str]] = {
    "ASC": "Adult Social Care",
    "EDI": "Equality, Diversity and Inclusion",
    "HR": "Human Resources",
    "ICT": "Information and Communications Technology",
    "IT": "Information Technology",
    "LGR": "Local Government Reorganisation",
    "OD": "Organisational Development",
    "SEND": "Special Educational Needs and Disabilities",
}

#: Words, "and" not counted, that one of two titles that may be one office may have more.
EXTRA_WORDS: Final = 2


def office_key(title: str, abbreviations: Mapping[str, str]) -> tuple[str, ...]:
    """Return what two spellings of one office have in common."""
    text = fold(title)
    for short, words in abbreviations.items():
        if short in text:
            text = re.sub(rf"\b{re.escape(short)}\b", words, text)
    words_of = re.findall(r"\w+(?:'\w+)?|&", fold(text).casefold())
    same = {"&": "and", "for": "of"}
    return tuple(same.get(word, word) for word in words_of if word != "the")


def are_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two keys might be one office: same rank, and one says a little more."""
    if one[:2] != other[:2] or one == other:
        return False
    small, large = sorted((set(one), set(other)), key=len)
    return small < large and len(large - small - {"and"}) <= EXTRA_WORDS

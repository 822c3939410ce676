"""Words as they are compared across a plan: "agreed", "agreement" and "agree" are one stem.

A light form of suffix stripping (Porter, "An algorithm for suffix stripping", Program 14, 1980):
plural and verb endings go first, then endings of nouns and adjectives, as long as four letters are
left; then doubled last letters and a last vowel. Small words are left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SMALL", "read_tokens", "stem"]

#: Words that say nothing of what a title is about.
SMALL: Final = frozenset(
    {
        *("a", "an", "the", "and", "or", "of", "for", "to", "in", "on", "at", "by", "with", "out"),
        *("from", "into", "its", "their", "our", "any", "all", "be", "is", "are", "been", "will"),
        *("this", "that", "which", "has", "have", "as", "re", "s", "it", "we", "via", "per", "up"),
        *("these", "those", "through", "including", "where", "any", "e", "g", "eg", "ie", "etc"),
        *("within", "across", "between", "under", "over", "than", "not", "no", "can", "who", "was"),
    }
)

_LEAST: Final = 4
_ENDINGS: Final = (
    *("isation", "ization", "ations", "ation", "ements", "ement", "ments", "ment", "nesses"),
    *("ness", "ships", "ship", "ings", "ing", "ions", "ion", "ives", "ive", "als", "al", "ed"),
    *("ely", "ly", "ic", "at"),
)
_TOKEN: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def read_tokens(text: str) -> Iterator[re.Match[str]]:
    """Yield the words of a text with their places, apostrophes of any kind inside them."""
    return _TOKEN.finditer(fold(text))


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """Return what the forms of a word have in common, in small letters; numbers stay whole."""
    text = word.casefold().split("'")[0]
    if not text.isalpha():
        return text
    if text.endswith("ies") and len(text) > _LEAST:
        text = f"{text[:-3]}y"
    elif text.endswith("s") and not text.endswith(("ss", "us", "is")) and len(text) > len("its"):
        text = text[:-1]
    while (shorter := _strip(text)) != text:
        text = shorter
    return text


def _strip(text: str) -> str:
    for ending in _ENDINGS:
        if text.endswith(ending) and len(text) - len(ending) >= _LEAST:
            return text[: -len(ending)]
    if len(text) >= _LEAST and text[-1] == text[-2]:
        return text[:-1]
    return text[:-1] if len(text) > _LEAST and text[-1] in "eyi" else text

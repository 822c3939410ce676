"""What a title brings up, what it speaks of as known already, and how it is put.

"Agree a gateway process for schemes" brings the gateway process up; "Managers trained in the new
gateway process" speaks of it as known. A title of several pieces of work ("redesign and roll out"),
one that goes on for ever ("continue to support") and one with numbers wait for others less or more
often than plain ones do.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.stretches import fold
from loaders.suggest.step_lists import DEEDS

if TYPE_CHECKING:
    from loaders.suggest.plan_words import PlanWords

__all__ = ["Mentions", "goes_on", "has_number", "is_joined", "read_mentions"]

#: Where the thing that opens a title ends, if this many characters stand before.
_END: Final = re.compile(
    r"\b(?:in|from|by|to|with|around|on|under|against|using|into|of|for|through|following|per|at"
    r"|across|within)\b|[,;:()\u2013-]\s",
    re.IGNORECASE,
)
_SHORTEST: Final = 12

#: Words that speak of what is known, and the three words after them.
_KNOWN: Final = re.compile(
    r"\b(?:the|this|these|its|their|agreed|approved|new|revised|updated|final)\s+"
    r"((?:[\w&'/-]+\s*){1,3})",
    re.IGNORECASE,
)
_ONGOING: Final = re.compile(
    r"\b(?:continu\w*|ongoing|support\w*|maintain\w*|grow\w*|regular\w*|annual\w*|all|every"
    r"|increas\w*|reduc\w*|improv\w*|strengthen\w*|enhanc\w*|encourag\w*|celebrat\w*|promot\w*"
    r"|expand\w*|further)\b",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")


class Mentions(NamedTuple):
    """The stems of what opens a title, and of what it speaks of as known; no mere deeds."""

    opening: frozenset[str]
    known: frozenset[str]


def read_mentions(title: str, words: PlanWords) -> Mentions:
    """Return what a title brings up and what it speaks of as known."""
    text = fold(title)
    ends = (one.start() for one in _END.finditer(text) if one.start() > _SHORTEST)
    known = " ".join(one[1] for one in _KNOWN.finditer(text))
    return Mentions(
        frozenset(words.stems(text[: next(ends, None)])) - DEEDS,
        frozenset(words.stems(known)) - DEEDS,
    )


def is_joined(title: str) -> bool:
    """Return whether a title joins several things or pieces of work with "and"."""
    return " and " in title


@lru_cache(maxsize=16_384)
def goes_on(title: str) -> bool:
    """Return whether a title speaks of work that goes on, or of everything: "continue", "all"."""
    return _ONGOING.search(title) is not None


def has_number(title: str) -> bool:
    """Return whether a title holds a digit."""
    return _DIGIT.search(title) is not None

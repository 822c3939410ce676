"""What two titles and the dates of their items tell of which waits for which."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from loaders.suggest.due import due_instant
from loaders.suggest.mentions import goes_on, has_number, is_joined
from loaders.suggest.stage_table import QUALIFIERS
from loaders.suggest.stages import read_stages
from loaders.suggest.stems import SMALL, read_tokens, stem
from loaders.suggest.workstreams import stride

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.items import Item

__all__ = ["date_features", "is_closing", "points_back", "title_features"]

#: Words of a title beyond which it is a piece of work of its own.
_LONG: Final = 25

#: Stages that lie between two from which they are far from each other.
_FAR: Final = 2

#: How sure a course of work may be of two titles: each of them or not.
_BOTH: Final = 2

_CLOSING: Final = re.compile(
    r"\b(?:final|report|review|evaluat\w+|clos(?:e|ure|ed)|annual|lessons|embed\w*|sustain\w*)\b",
    re.IGNORECASE,
)
_OUTCOME: Final = re.compile(
    r"\W*(?:improved?|increased?|reduced?|achieved?|strengthen\w*|enhanced?|maximis\w+|\d+%|all"
    r"|net|elevat\w+|ensur\w+|retain\w*|eliminat\w*|accuracy|compliance)\b",
    re.IGNORECASE,
)
_BACK: Final = re.compile(
    r"\b(?:the|this|these|those|its|their|such|resulting|subsequent|agreed|approved|new|revised)\b",
    re.IGNORECASE,
)


def title_features(first: str, second: str) -> Iterator[tuple[str, float]]:
    """Yield what stages, courses of work and forms of two titles tell."""
    yield from _stage_features(first, second)
    move = stride(first, second)
    if move.forwards > move.backwards:
        yield "course ahead", 1.0
        yield "course next", float(move.steps == 1)
        yield "course sure", float(move.sure == _BOTH)
    yield "one verb", float(_verb(first) == _verb(second))
    yield "outcome before", float(_OUTCOME.match(first) is not None)
    yield "outcome after", float(_OUTCOME.match(second) is not None)
    yield "long", sum(len(title.split()) > _LONG for title in (first, second)) / 2
    yield "joined", (int(is_joined(first)) + int(is_joined(second))) / 2
    yield "first goes on", float(goes_on(first))
    yield "first numbered", float(has_number(first))
    yield "second numbered", float(has_number(second))


def date_features(before: Item, after: Item) -> Iterator[tuple[str, float]]:
    """Yield how the dates of two items are to each other, or what is done.

    Nothing where the second is due, or done, before the first.
    """
    done = before.status == "complete", after.status == "complete"
    one, other = due_instant(before), due_instant(after)
    if done[0]:
        yield ("both done" if done[1] else "done before"), 1.0
    elif done[1]:
        return
    elif one is None or other is None:
        yield "undated", 1.0
    elif one == other:
        yield "one date", 1.0
    elif one < other:
        yield "rising", 1.0


def is_closing(title: str) -> bool:
    """Return whether a title speaks of the end of work: a final report, a review, a closure."""
    return _CLOSING.search(title) is not None


def points_back(title: str) -> bool:
    """Return whether a title speaks of something as known: "the", "agreed", "new"."""
    return _BACK.search(title) is not None


def _stage_features(first: str, second: str) -> Iterator[tuple[str, float]]:
    one, other = read_stages(first), read_stages(second)
    if one is None or other is None:
        return
    if other.first > one.last:
        yield "stage ahead", 1.0
        yield "stage far ahead", float(other.first - one.last > _FAR)
    elif other.last >= one.first and (other.last > one.last or other.first > one.first):
        yield "stage overlaps", 1.0


@lru_cache(maxsize=16_384)
def _verb(title: str) -> str:
    """Return the stem of the first word of a title that says something."""
    words = (match.group().casefold() for match in read_tokens(title))
    return next((stem(word) for word in words if word not in QUALIFIERS | SMALL), title)

"""Things that come in several steps: numbered ones, first and later versions, and their reviews.

1. *Numbered*: "Phase 2" waits for "Phase 1", "Part 2 engagement" for "Part 1 engagement", wherever
   the number stands in the title; of one action, or about the same thing.
2. *Versions*: what is final, full or rolled out waits for what is a draft, interim, outline or a
   pilot of the same thing.
3. *Reviews*: "one-year review of X", "annual evaluation of X" wait for X, if X is due earlier.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import fold
from loaders.phases import find_phases
from loaders.suggest.candidates import Candidate
from loaders.suggest.due import is_due_before
from loaders.suggest.likeness import likeness, read_subject
from loaders.suggest.meaning import HEADINGS, Meant
from loaders.suggest.quoting import cite
from loaders.suggest.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.phases import PhaseMention
    from loaders.suggest.plan_words import PlanWords

__all__ = ["NUMBERED", "REVIEWED", "VERSIONS", "find_numbered"]

NUMBERED: Final = Rule(
    id="numbered",
    name="Numbered steps",
    why="What is numbered as the second step comes after the first.",
    needs='"Phase", "stage", "part", "wave" or the like with a number, of one action or one thing.',
    confidence=0.9,
    origin="phase",
    told=True,
)
VERSIONS: Final = Rule(
    id="versions",
    name="Draft and final, pilot and roll-out",
    why="A thing is drafted or tried before it is final or goes everywhere.",
    needs="Such words in two titles about the same thing.",
    confidence=0.75,
    told=True,
)
REVIEWED: Final = Rule(
    id="review-after",
    name="The review of what was done",
    why="What runs for a year is reviewed after it has begun.",
    needs='"One-year review of", "annual evaluation of" or the like, and the item it is of.',
    confidence=0.75,
    told=True,
)

#: Likeness of the titles of two steps under different parents, and of two versions.
_LIKE: Final = 0.4

_SIBLINGS: Final = 0.2

#: Steps that one step may wait for.
_MOST: Final = 3

#: Items that one rare word leads to.
_MOST_HOLDERS: Final = 40
_LOOKED_UP: Final = 3

_EARLY: Final = re.compile(
    r"\b(?:draft|interim|initial|outline|provisional|preliminary|pilot)(?:s|ed|ing)?\b",
    re.IGNORECASE,
)
_LATE: Final = re.compile(
    r"\b(?:final|full|finali[sz]ed?|roll(?:ed|ing)?[ -]?out|wider|scal(?:e|ed|ing) up|revised)\b",
    re.IGNORECASE,
)
_REVIEW: Final = re.compile(
    r"\b(?:(?:one|two|three|six|twelve|\d+)[ -](?:years?|months?)|annual|yearly|mid[ -]term"
    r"|post[ -]implementation|end[ -]of[ -]year)\s+(?:review|evaluation|assessment)s?\s+of\s+"
    r"(?P<phrase>[^,;:()]+)",
    re.IGNORECASE,
)


def find_numbered(plan: Plan, words: PlanWords) -> Iterator[Candidate]:
    """Yield the candidates of the three rules."""
    items = [item for item in plan.items if item.kind not in HEADINGS]
    yield from _numbered(items, words)
    yield from _versions(items, words)
    meant = Meant(plan, words)
    for item in items:
        yield from _reviewed(plan, item, meant, words)


def _numbered(items: Iterable[Item], words: PlanWords) -> Iterator[Candidate]:
    steps: defaultdict[str, dict[int, dict[str, PhaseMention]]] = defaultdict(dict)
    by_id = {item.id: item for item in items}
    for item in by_id.values():
        for mention in find_phases(item.title):
            phase = mention.phase
            steps[phase.word].setdefault(phase.number, {}).setdefault(item.id, mention)
    for series in steps.values():
        for number, later in series.items():
            earlier = _Others(series.get(number - 1, {}), by_id, words)
            for name, mention in later.items():
                for other, first in earlier.fellows(by_id[name], mention):
                    yield _step(by_id[other], first, by_id[name], mention)


class _Others:
    """The items of one number, to be looked up by parent and by rare words."""

    def __init__(
        self, mentions: Mapping[str, PhaseMention], by_id: Mapping[str, Item], words: PlanWords
    ) -> None:
        self._mentions = mentions
        self._words = words
        self._siblings: defaultdict[str | None, list[str]] = defaultdict(list)
        for name in mentions:
            self._siblings[by_id[name].parent].append(name)

    def fellows(self, item: Item, mention: PhaseMention) -> Iterator[tuple[str, PhaseMention]]:
        """Yield the steps before an item: its siblings that are, else what is about the same."""
        if not self._mentions:
            return
        siblings = self._siblings.get(item.parent, []) if item.parent is not None else []
        found = [
            one
            for one in _nearest(siblings, item.id, self._words)
            if (not mention.begin and not self._mentions[one].begin)
            or _alike(one, item.id, self._words) >= _SIBLINGS
        ]
        if not found:
            near = _look_up(item.id, self._words)
            found = [
                one
                for one in near
                if one in self._mentions and _alike(one, item.id, self._words) >= _LIKE
            ]
        yield from ((one, self._mentions[one]) for one in found[:_MOST])


def _nearest(others: Sequence[str], item: str, words: PlanWords) -> Sequence[str]:
    """Return the few others that stand nearest to an item, those before it first."""
    position = words.plan.index.position
    place = bisect_left(others, position[item], key=position.__getitem__)
    return [*reversed(others[max(0, place - _MOST) : place]), *others[place : place + _MOST]]


def _step(before: Item, first: PhaseMention, after: Item, second: PhaseMention) -> Candidate:
    sides = (
        *cite(before, "from", first.begin, first.end),
        *cite(after, "to", second.begin, second.end),
    )
    words = f"{first.phase} comes before {second.phase}"
    return Candidate(before.id, after.id, NUMBERED, words, sides)


def _versions(items: Iterable[Item], words: PlanWords) -> Iterator[Candidate]:
    by_id = {item.id: item for item in items}
    for item in by_id.values():
        late = _LATE.search(item.title)
        if late is None or _EARLY.search(item.title) is not None:
            continue
        found = []
        for other in _look_up(item.id, words):
            early = _EARLY.search(by_id[other].title) if other in by_id else None
            if early is not None and _LATE.search(by_id[other].title) is None:
                like = _alike(other, item.id, words)
                if like >= _LIKE:
                    found.append((like, other, early))
        for _, other, early in sorted(found, key=lambda one: -one[0])[:_MOST]:
            before = by_id[other]
            said = f'"{early.group().lower()}" comes before "{late.group().lower()}"'
            sides = (*cite(before, "from", *early.span()), *cite(item, "to", *late.span()))
            yield Candidate(other, item.id, VERSIONS, said, sides)


def _reviewed(plan: Plan, item: Item, meant: Meant, words: PlanWords) -> Iterator[Candidate]:
    match = _REVIEW.search(fold(item.title))
    if match is None:
        return
    other = meant.find(item.id, words.stems(match["phrase"]), near=True)
    if other is not None:
        before = plan.index.items[other]
        if not is_due_before(before, item):
            return
        sides = (*cite(before, "from"), *cite(item, "to", *match.span()))
        said = f'it is the "{match.group().split(" of ")[0]}" of it'
        yield Candidate(other, item.id, REVIEWED, said, sides)


def _look_up(item: str, words: PlanWords) -> list[str]:
    """Return the other items that share one of the rarest words of a title."""
    stems = sorted(frozenset(words.of(item)), key=lambda one: (-words.rarity(one), one))
    found: dict[str, None] = {}
    shared = [one for one in stems if len(words.holders(one)) > 1]
    for one in shared[:_LOOKED_UP]:
        if len(words.holders(one)) <= _MOST_HOLDERS:
            found.update(dict.fromkeys(words.holders(one)))
    found.pop(item, None)
    return list(found)


def _alike(one: str, other: str, words: PlanWords) -> float:
    first, second = (read_subject(words.of(item), words) for item in (one, other))
    return likeness(first, second, words)[0]

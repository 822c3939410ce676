"""Items of different actions whose titles are about the same rare things.

Each item is looked up by its rare words; the few others that share most with it are candidates, in
the order of the dates, and where they have one date or none in both. It takes more than that to
believe in one: what more there is tells `loaders.suggest.pair_features`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loaders.suggest.candidates import Candidate
from loaders.suggest.due import is_due_before
from loaders.suggest.likeness import find_phrase, likeness, read_subject
from loaders.suggest.meaning import HEADINGS
from loaders.suggest.quoting import cite
from loaders.suggest.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.suggest.likeness import Subject
    from loaders.suggest.plan_words import PlanWords

__all__ = ["ALIKE", "find_alike", "is_apart"]

ALIKE: Final = Rule(
    id="alike",
    name="Different actions, one subject",
    why="What is about the same rare thing may be needed one for the other, wherever it stands.",
    needs="Rare words in the titles of items of different actions.",
    confidence=0.1,
)

#: Rarity of a word by which items are looked up, titles it may stand in, others that each item
#: gets.
_RARE: Final = 0.45
_MOST_HOLDERS: Final = 40
_EACH: Final = 5

#: Weight of the rare words that two titles share, or else their likeness, from which they are
#: compared.
_WEIGHT: Final = 1.0
_LIKE: Final = 0.3


def find_alike(plan: Plan, words: PlanWords) -> Iterator[Candidate]:
    """Yield pairs of items of different actions that share rare words."""
    items = {
        item.id: read_subject(words.of(item.id), words)
        for item in plan.items
        if item.kind not in HEADINGS and item.status != "cancelled" and not item.external
    }
    by_id = plan.index.items
    for one, subject in items.items():
        for other in _others(plan, one, items, words):
            shared = subject.stems & items[other].stems
            for ends in ((by_id[one], by_id[other]), (by_id[other], by_id[one])):
                if not is_due_before(ends[1], ends[0]):
                    yield _candidate(*ends, shared, words)


def _others(plan: Plan, one: str, items: dict[str, Subject], words: PlanWords) -> Iterator[str]:
    """Yield the items of other actions that share the weightiest rare words with one."""
    weights: dict[str, float] = {}
    for word in items[one].stems:
        holders = words.holders(word)
        if words.rarity(word) >= _RARE and len(holders) <= _MOST_HOLDERS:
            for other in holders:
                weights[other] = weights.get(other, 0.0) + words.rarity(word)
    found = []
    for other, weight in weights.items():
        if other in items and is_apart(plan, one, other):
            like, _ = likeness(items[one], items[other], words)
            if weight >= _WEIGHT or like >= _LIKE:
                found.append((-weight - like, plan.index.position[other], other))
    yield from (other for _, _, other in sorted(found)[:_EACH])


def is_apart(plan: Plan, one: str, other: str) -> bool:
    """Return whether two items are different, no part of each other, and of no one action."""
    index = plan.index
    if one == other or one in index.ancestors(other) or other in index.ancestors(one):
        return False
    parent = index.parents[one]
    return parent != index.parents[other] or parent is None or index.items[parent].kind in HEADINGS


def _candidate(before: Item, after: Item, shared: frozenset[str], words: PlanWords) -> Candidate:
    begin, end = find_phrase(before.title, shared, words)
    return Candidate(
        before.id,
        after.id,
        ALIKE,
        f'both are about "{before.title[begin:end]}"',
        (
            *cite(before, "from", begin, end),
            *cite(after, "to", *find_phrase(after.title, shared, words)),
        ),
    )

"""What can be seen of two items that tells how likely one waits for the other.

Each feature is a number, mostly 0 or 1; what it is worth stands in `loaders.suggest.weights`.
Steps of one action are told by features of their own: there the place in the list says much,
elsewhere only what both name. Where the second is due before the first nothing else counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loaders.suggest.leads import weigh_lead
from loaders.suggest.likeness import likeness, read_subject
from loaders.suggest.meaning import HEADINGS
from loaders.suggest.mentions import read_mentions
from loaders.suggest.siblings import find_steps
from loaders.suggest.step_lists import DEEDS, read_step_list
from loaders.suggest.title_features import (
    date_features,
    is_closing,
    points_back,
    title_features,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphmodel.plan import Plan
    from loaders.suggest.candidates import Candidate
    from loaders.suggest.likeness import Subject
    from loaders.suggest.mentions import Mentions
    from loaders.suggest.plan_words import PlanWords
    from loaders.suggest.step_lists import StepList

__all__ = ["Features", "PairReader"]

#: Entries of a list that are a short one.
_SHORT: Final = 4
#: Words that a title opens with, words of a list that two titles share at most, and words that one
#: says and the other does not.
_OPENING, _MOST_SHARED, _MOST_OWN = 6, 3, 8
#: Places in a list under a heading that are near each other, and weight of what is taken up.
_NEAR, _MOST_TAKEN = 4, 1.5
_PLACES: Final = {1: "next", 2: "second", 3: "third"}


class Features(dict[str, float]):
    """The features of a pair by name; those that are 0 are left out.

    ``listed`` says that both are steps of one action, ``falls`` that the second is due, or done,
    before the first: then nothing else is told.
    """

    def __init__(self, told: Mapping[str, float], *, listed: bool, falls: bool = False) -> None:
        super().__init__({name: value for name, value in told.items() if value})
        self.listed = listed
        self.falls = falls


class PairReader:
    """Reads the features of pairs of items of one plan."""

    def __init__(self, plan: Plan, words: PlanWords) -> None:
        self._plan = plan
        self._words = words
        self._lists: dict[str, StepList] = {}
        self._subjects: dict[str, Subject] = {}
        self._mentions: dict[str, Mentions] = {}
        for steps in find_steps(plan, words):
            one = read_step_list(steps, words)
            self._lists |= dict.fromkeys(one.number, one)

    def read(self, before: str, after: str, candidates: Sequence[Candidate]) -> Features:
        """Return the features of a pair for which these candidates speak."""
        one = self._lists.get(before)
        if one is not None and one is not self._lists.get(after):
            one = None
        listed = one is not None and one.steps[0].in_action
        items = self._plan.index.items
        dates = dict(date_features(items[before], items[after]))
        if not dates:
            return Features({}, listed=listed, falls=True)
        if one is not None and listed:
            told = dict(self._listed(one, before, after))
        else:
            told = dict(self._apart(before, after))
            told["one list"] = float(one is not None)
            if one is not None:
                told |= dict(_places(one.number[after] - one.number[before]))
        told |= dict(self._between(before, after))
        told |= dates | {"always": 1.0}
        told |= {f"rule {each.rule.id}": each.strength for each in candidates}
        told["leads in like actions"] = told.get("rule leads-to", 0.0) * told.get(
            "actions alike", 0.0
        )
        return Features(told, listed=listed)

    def _listed(self, these: StepList, first: str, second: str) -> Iterator[tuple[str, float]]:
        """Yield what tells of two steps of one action."""
        i, j = these.number[first], these.number[second]
        before, after = these.steps[i], these.steps[j]
        gap = j - i
        yield "listed after" if gap < 0 else _PLACES.get(gap, "far"), 1.0
        is_last = j == len(these.steps) - 1
        yield "steep", these.steep - 0.5
        yield "coherent", these.coherent - 0.5
        yield "coherent and next", (these.coherent - 0.5) * (gap == 1)
        yield "short list", float(len(these.steps) <= _SHORT)
        yield "open alike", these.monotony
        yield "closes the list", float(is_last and is_closing(after.item.title))
        yield "points back", float(gap > 0 and points_back(after.item.title))
        yield "like", likeness(before.subject, after.subject, self._words)[0]
        yield from title_features(before.item.title, after.item.title)
        yield from self._shared(these, i, j)

    def _shared(self, these: StepList, i: int, j: int) -> Iterator[tuple[str, float]]:
        """Yield what two steps of a list both name."""
        mine, theirs = (self._words.of(these.steps[number].item.id) for number in (i, j))
        first, second = frozenset(mine), frozenset(theirs)
        both = these.shared_words(first, second)
        yield "shared words", min(_MOST_SHARED, len(both)) / _MOST_SHARED
        yield "opening of the first", _told_of(mine, second)
        yield "opening of the second", _told_of(theirs, first)
        yield "one topic", float(bool(first & second & these.topic))
        yield "on the topic", float(bool(first & these.topic) and bool(second & these.topic))

    def _between(self, first: str, second: str) -> Iterator[tuple[str, float]]:
        """Yield what the one title takes up of the other, and what each says alone."""
        mine, theirs = self._words.of(first), self._words.of(second)
        yield "rare lead", weigh_lead(mine, theirs, self._words)
        said, told = frozenset(mine) - DEEDS, frozenset(theirs) - DEEDS
        yield "first alone", min(_MOST_OWN, len(said - told)) / _MOST_OWN
        yield "second alone", min(_MOST_OWN, len(told - said)) / _MOST_OWN
        taken = self._mention(second).known & self._mention(first).opening
        yield "taken up", min(_MOST_TAKEN, self._words.weigh(taken))

    def _apart(self, first: str, second: str) -> Iterator[tuple[str, float]]:
        """Yield what tells of two items that are no steps of one action."""
        index = self._plan.index
        before, after = index.items[first], index.items[second]
        yield "one theme", float(index.top(first) == index.top(second))
        yield "actions", (int(not index.is_leaf(first)) + int(not index.is_leaf(second))) / 2
        yield from title_features(before.title, after.title)
        like, shared = likeness(self._subject(first), self._subject(second), self._words)
        yield "like", like
        yield "shared words", min(2.0, self._words.weigh(shared)) / 2
        yield "rarest word", max((self._words.rarity(one) for one in shared), default=0.0)
        yield from self._around(first, second, shared)

    def _around(
        self, first: str, second: str, shared: frozenset[str]
    ) -> Iterator[tuple[str, float]]:
        """Yield whether the actions that two items are part of are about one thing."""
        one, other = self._action(first), self._action(second)
        if one is None or other is None or one == other:
            return
        alike, both = likeness(self._subject(one), self._subject(other), self._words)
        yield "actions alike", alike
        yield "words of the actions", min(2.0, self._words.weigh(both - shared)) / 2

    def _action(self, item: str) -> str | None:
        """Return the action that an item is part of, or is; None for a step under a heading."""
        index = self._plan.index
        parent = index.parents[item]
        if parent is None or index.items[parent].kind in HEADINGS:
            return item if not index.is_leaf(item) else None
        return parent

    def _subject(self, item: str) -> Subject:
        known = self._subjects.get(item)
        if known is None:
            known = self._subjects[item] = read_subject(self._words.of(item), self._words)
        return known

    def _mention(self, item: str) -> Mentions:
        known = self._mentions.get(item)
        if known is None:
            title = self._plan.index.items[item].title
            known = self._mentions[item] = read_mentions(title, self._words)
        return known


def _places(gap: int) -> Iterator[tuple[str, float]]:
    """Yield how two entries of a list under a heading stand to each other."""
    if gap < 0:
        yield "listed after", 1.0
    elif gap == 1:
        yield "next", 1.0
    elif gap <= _NEAR:
        yield "near", 1.0


def _told_of(title: Sequence[str], other: frozenset[str]) -> float:
    """Return the share of the words that open a title which another says too, deeds left out."""
    opening = list(dict.fromkeys(title))[:_OPENING]
    return sum(one in other and one not in DEEDS for one in opening) / _OPENING

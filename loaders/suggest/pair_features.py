"""What can be seen of two items that tells how likely one waits for the other.

Each feature is a number, mostly 0 or 1; what it is worth stands in `loaders.suggest.weights`.
Steps of one action are told by features of their own: there the place in the list says much,
elsewhere only what both name. Where the second is due before the first nothing else counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loaders.suggest.likeness import likeness, read_subject
from loaders.suggest.meaning import HEADINGS
from loaders.suggest.siblings import find_steps
from loaders.suggest.step_lists import DEEDS, read_pairs, read_step_list
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
    from loaders.suggest.plan_words import PlanWords
    from loaders.suggest.step_lists import StepList

__all__ = ["Features", "PairReader"]

#: Entries of a list that are a short one.
_SHORT: Final = 4
#: Words that a title opens with, and words of a list that two titles share at most.
_OPENING, _MOST_SHARED = 3, 3
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
        rising = before.is_before(after)
        is_last = j == len(these.steps) - 1
        yield "next and rising", float(gap == 1 and rising)
        yield "steep", these.steep - 0.5
        yield "coherent", these.coherent - 0.5
        yield "coherent and next", (these.coherent - 0.5) * (gap == 1)
        yield "short list", float(len(these.steps) <= _SHORT)
        yield "closes the list", float(is_last and is_closing(after.item.title))
        yield "points back", float(gap > 0 and points_back(after.item.title))
        yield "like", likeness(before.subject, after.subject, self._words)[0]
        yield from title_features(before.item.title, after.item.title)
        yield from self._shared(these, i, j)

    def _shared(self, these: StepList, i: int, j: int) -> Iterator[tuple[str, float]]:
        """Yield what two steps of a list both name, and whether one names it first or last."""
        mine, theirs = (self._words.of(these.steps[number].item.id) for number in (i, j))
        both = these.shared_words(frozenset(mine), frozenset(theirs))
        if both:
            held = these.words[min(both, key=lambda one: (len(these.words[one]), one))]
            yield "shared words", min(_MOST_SHARED, len(both)) / _MOST_SHARED
            yield "named first", float(held[0] == i)
            yield "named last", float(max((one for one in held if one < j), default=j) == i)
        common = read_pairs(mine) & read_pairs(theirs)
        topical = frozenset(one for one in common if these.topic.issuperset(one))
        told = [these.pairs[one] for one in common - topical if len(these.pairs[one]) <= these.few]
        yield "shared phrase of the topic", float(bool(topical))
        yield "shared phrase", float(bool(told))
        opening = [one for one in mine if one not in DEEDS][:_OPENING]
        yield "opening named", float(not set(theirs).intersection(opening) <= these.topic)

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
        mine, theirs = (read_pairs(self._words.of(one)) for one in (first, second))
        yield "shared phrase", float(bool(mine & theirs))
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

"""What a list of steps is like as a whole, and which of its steps name what.

Some lists tell of one piece of work from beginning to end; others hold pieces of work side by
side. It shows in their dates, and in how often an entry goes on from the one above it. A word that
two steps of a list share says most where few others hold it and the title of the list does not.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from loaders.suggest.likeness import PLAIN, likeness
from loaders.suggest.siblings import steepness
from loaders.suggest.stage_table import LIGHT, STAGES
from loaders.suggest.stems import stem
from loaders.suggest.workstreams import stride

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from loaders.suggest.plan_words import PlanWords
    from loaders.suggest.siblings import Step

__all__ = ["DEEDS", "StepList", "read_step_list"]

#: Stems that say what is done.
DEEDS: Final = frozenset(stem(word) for stage in STAGES for word in stage.words) | LIGHT

#: Likeness of neighbours from which one goes on from the other.
_LIKE: Final = 0.25


@dataclass(frozen=True, slots=True)
class StepList:
    """The steps of one list, and where each is in it.

    ``steep`` is the share of neighbours whose dates rise, ``coherent`` of those of which the second
    goes on from the first by stage, course of work or words; ``monotony`` of entries that open with
    the word of another (0 to 1). ``topic`` are the words of the title they stand under; ``words``
    tells which steps hold a word.
    """

    steps: Sequence[Step]
    number: Mapping[str, int]
    steep: float
    coherent: float
    monotony: float
    topic: frozenset[str]
    words: Mapping[str, Sequence[int]]

    @property
    def few(self) -> int:
        """In how many steps a word may stand that tells steps apart."""
        return max(2, len(self.steps) // 2)

    def shared_words(self, first: frozenset[str], second: frozenset[str]) -> frozenset[str]:
        """Return the words of both titles that tell what they are about, within this list."""
        return frozenset(
            one
            for one in (first & second) - DEEDS
            if len(one) > len("of") and not one.isdigit() and len(self.words[one]) <= self.few
        )


def read_step_list(steps: Sequence[Step], words: PlanWords) -> StepList:
    """Return a list of steps made ready to be asked about its pairs."""
    parent = steps[0].item.parent
    titles = [words.of(step.item.id) for step in steps]
    onward = sum(_goes_on(first, second, words) for first, second in pairwise(steps))
    return StepList(
        steps,
        {step.item.id: number for number, step in enumerate(steps)},
        steepness(steps),
        onward / max(1, len(steps) - 1),
        1 - len({title[:1] for title in titles}) / len(titles),
        frozenset() if parent is None else frozenset(words.of(parent)) - PLAIN,
        _holders(titles),
    )


def _goes_on(first: Step, second: Step, words: PlanWords) -> bool:
    one, other = first.stages, second.stages
    if one is not None and other is not None and other.first > one.last:
        return True
    move = stride(first.item.title, second.item.title)
    return (
        move.forwards > move.backwards or likeness(first.subject, second.subject, words)[0] >= _LIKE
    )


def _holders(titles: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    holders: dict[str, list[int]] = {}
    for number, title in enumerate(titles):
        for one in dict.fromkeys(title):
            holders.setdefault(one, []).append(number)
    return holders

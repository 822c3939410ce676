"""The steps of one action: its parts in the order of the list, with dates, stages and words.

Parts are compared with those listed near them, and with those that share a rare word: never each
with each.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from loaders.suggest.due import due_instant, is_due_before
from loaders.suggest.likeness import likeness, read_subject
from loaders.suggest.stages import read_stages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.suggest.likeness import Subject
    from loaders.suggest.plan_words import PlanWords
    from loaders.suggest.stages import StageSpan

__all__ = ["WINDOW", "Step", "StepPair", "find_steps", "near_pairs", "steepness"]

#: Parts of an action that stand this near in the list are compared.
WINDOW: Final = 12

#: Parts that a rare word of a title leads to.
_ALIKE: Final = 12

#: Kinds of items whose parts are steps of one piece of work.
_ACTION_KINDS: Final = frozenset({"action", "milestone", "activity"})
_STEP_KINDS: Final = frozenset({"milestone", "activity", "action"})


@dataclass(frozen=True, slots=True)
class Step:
    """A part of an action: its place in the list, its finish, its stage, what it is about.

    ``in_action`` says that it is part of a piece of work, and not just listed under a heading.
    """

    item: Item
    place: int
    finish: int | None
    stages: StageSpan | None
    subject: Subject
    in_action: bool

    def is_before(self, other: Step) -> bool:
        """Return whether this one is done and the other is not, or the dates are in this order."""
        return is_due_before(self.item, other.item)


@dataclass(frozen=True, slots=True)
class StepPair:
    """Two steps, how like their titles are (0 to 1), and the words of both."""

    before: Step
    after: Step
    like: float
    shared: frozenset[str]


def find_steps(plan: Plan, words: PlanWords) -> Iterator[list[Step]]:
    """Yield the parts of each item that has several, in the order of the list.

    Those with parts of their own, cancelled ones, and those of a schedule that says itself what
    waits for what, are no steps.
    """
    links = (link for link in plan.links if link.origin == "schedule")
    scheduled = {end for link in links for end in (link.from_, link.to)}
    index = plan.index
    tops = [item.id for item in plan.items if item.parent is None]
    for parent, parts in ((None, tops), *index.children.items()):
        in_action = parent is not None and index.items[parent].kind in _ACTION_KINDS
        steps = [
            _step(index.items[part], place, words, in_action=in_action)
            for place, part in enumerate(parts)
            if index.is_leaf(part) and _is_step(index.items[part]) and part not in scheduled
        ]
        if len(steps) > 1:
            yield steps


def near_pairs(steps: Sequence[Step], words: PlanWords) -> Iterator[StepPair]:
    """Yield pairs of steps that stand near each other or share rare words, each both ways."""
    holders: dict[str, list[int]] = {}
    for number, step in enumerate(steps):
        near = set(range(max(0, number - WINDOW), number))
        for one in sorted(step.subject.rare):
            held = holders.setdefault(one, [])
            near.update(held[-_ALIKE:])
            held.append(number)
        for other in sorted(near):
            like, shared = likeness(steps[other].subject, step.subject, words)
            yield StepPair(steps[other], step, like, shared)
            yield StepPair(step, steps[other], like, shared)


def steepness(steps: Sequence[Step]) -> float:
    """Return the share of neighbours in a list of which the later one has the later date.

    1 where each entry comes after the one above it, 0 where all have one date or none.
    """
    finishes = [step.finish for step in steps if step.finish is not None]
    if len(finishes) < 2:  # noqa: PLR2004 - neighbours are two
        return 0.0
    return sum(one < other for one, other in pairwise(finishes)) / (len(finishes) - 1)


def _is_step(item: Item) -> bool:
    return item.kind in _STEP_KINDS and item.status != "cancelled"


def _step(item: Item, place: int, words: PlanWords, *, in_action: bool) -> Step:
    return Step(
        item,
        place,
        due_instant(item),
        read_stages(item.title),
        read_subject(words.of(item.id), words),
        in_action,
    )

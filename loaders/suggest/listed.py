"""The order of a list: a step may wait for those that are listed before it, the next one first.

How far that is to be trusted depends on the list: one whose dates rise from entry to entry tells of
one piece of work from beginning to end; one whose dates are all alike is just a list. Further
entries are candidates too, and those listed later but due earlier; how sure a pair is in the end
tell its features (`loaders.suggest.pair_features`).
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from loaders.suggest.candidates import Candidate
from loaders.suggest.quoting import cite
from loaders.suggest.rules import Rule
from loaders.suggest.siblings import WINDOW, find_steps, steepness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from loaders.suggest.plan_words import PlanWords
    from loaders.suggest.siblings import Step

__all__ = ["SEQUENCE", "find_listed"]

SEQUENCE: Final = Rule(
    id="sequence",
    name="The order of the list",
    why="Steps of one piece of work are listed in the order in which they are done.",
    needs="Two entries of a list, best of all neighbours in one whose dates rise.",
    confidence=0.65,
    origin="sequence",
)

#: Steepness from which a list of so many dated steps tells of one piece of work; a shorter one may
#: be steep by chance.
_STEEP: Final = 0.75
_STEPS: Final = 5
_SHORT: Final = 0.6

#: Strength of neighbours in a list that is not steep, of further entries, and what is left of it
#: where two items only stand under one heading.
_NEXT, _FURTHER, _HEADING = 0.25, 0.15, 0.3


def find_listed(plan: Plan, words: PlanWords) -> Iterator[Candidate]:
    """Yield the pairs of each list that its order or its dates may put one after the other."""
    for steps in find_steps(plan, words):
        yield from _next(steps)
        if steps[0].in_action:
            yield from _further(steps)


def _next(steps: Sequence[Step]) -> Iterator[Candidate]:
    """Yield neighbours among the dated steps, and among all of them."""
    dated = [step for step in steps if step.finish is not None]
    strength = _SHORT if len(dated) < _STEPS else 1.0
    is_steep = steepness(steps) >= _STEEP
    for before, after in pairwise(dated):
        if is_steep and before.is_before(after):
            words = "they follow each other in a list whose dates rise"
            yield _candidate(before, after, words, strength)
        elif not after.is_before(before):
            yield _candidate(before, after, "one is listed after the other", _NEXT)


def _further(steps: Sequence[Step]) -> Iterator[Candidate]:
    for number, after in enumerate(steps):
        for place in range(max(0, number - WINDOW), min(len(steps), number + WINDOW + 1)):
            before = steps[place]
            if place < number and not after.is_before(before):
                yield _candidate(before, after, "one is listed after the other", _FURTHER)
            elif place > number and before.is_before(after):
                yield _candidate(before, after, "one is due before the other", _FURTHER)


def _candidate(before: Step, after: Step, words: str, strength: float) -> Candidate:
    evidence = (*cite(before.item, "from"), *cite(after.item, "to"))
    strength *= 1.0 if before.in_action else _HEADING
    return Candidate(before.item.id, after.item.id, SEQUENCE, words, evidence, strength)

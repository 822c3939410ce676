"""Steps of one action that follow each other: by stage, and by what they are about.

1. *Stages*: a step waits for the nearest ones of an earlier stage (`loaders.suggest.stages`): for
   the one whose title is most like its own, and for the last one listed before it.
2. *The same thing*: a step waits for the last one before it that is about the same thing, told by
   the rare words of both titles.

A step that is due earlier is no candidate, unless stage, words and list all say that it should be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loaders.suggest.candidates import Candidate
from loaders.suggest.likeness import find_phrase
from loaders.suggest.quoting import cite
from loaders.suggest.rules import Rule
from loaders.suggest.siblings import find_steps, near_pairs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from loaders.suggest.plan_words import PlanWords
    from loaders.suggest.siblings import Step, StepPair

__all__ = ["SAME", "STAGES_RULE", "find_consecutive"]

STAGES_RULE: Final = Rule(
    id="stages",
    name="Stages of one action",
    why="Work is reviewed, designed, agreed, got ready, implemented and evaluated in this order.",
    needs="Two steps of one action of which one tells of an earlier stage, due no later.",
    confidence=0.85,
)
SAME: Final = Rule(
    id="same-thing",
    name="The same thing in one action",
    why="Steps of one action that are about the same thing work on it one after the other.",
    needs="Rare words in both titles, and a later date.",
    confidence=0.6,
)
#: Likeness of two titles (0 to 1) that says something, and that says much.
_LIKE: Final = 0.2
_VERY: Final = 0.35

#: Places in a list that are near each other.
_NEAR: Final = 2

#: What is left where one stage is unsure, or stages overlap.
_UNSURE, _OVERLAP = 0.9, 0.7

#: What is left of rules for steps of one action where two items only stand under one heading.
_APART, _SAME = 0.8, 0.65

#: Earlier stages that one step may wait for.
_NEAREST: Final = 2


def find_consecutive(plan: Plan, words: PlanWords) -> Iterator[Candidate]:
    """Yield the candidates of both rules, action by action."""
    for steps in find_steps(plan, words):
        pairs: dict[int, list[StepPair]] = {}
        for pair in near_pairs(steps, words):
            pairs.setdefault(pair.after.place, []).append(pair)
        for some in pairs.values():
            yield from _by_stage(some)
            yield from _by_thing(some, words)


def _by_stage(pairs: Sequence[StepPair]) -> Iterator[Candidate]:
    """Yield the nearest steps of an earlier stage (rule 1)."""
    scored = [
        (score, pair, one, other)
        for pair in pairs
        if (one := pair.before.stages) is not None
        and (other := pair.after.stages) is not None
        and (score := _score(pair)) > 0
    ]
    scored.sort(key=lambda each: (-each[0], -each[1].before.place))
    for strength, pair, one, other in scored[:_NEAREST]:
        yield Candidate(
            pair.before.item.id,
            pair.after.item.id,
            STAGES_RULE,
            f"{one.name} comes before {other.name}",
            (
                *cite(pair.before.item, "from", one.begin, one.end),
                *cite(pair.after.item, "to", other.begin, other.end),
            ),
            strength,
        )


def _score(pair: StepPair) -> float:
    """Return how far stages, dates, words and places let one step wait for the other, 0 to 1."""
    before, after, like = pair.before, pair.after, pair.like
    advance = _advance(before, after)
    if not before.in_action:
        advance *= _APART if like >= _VERY else 0.0
    if not advance:
        return 0.0
    distance = after.place - before.place
    if before.is_before(after):
        return advance * _rising(like, distance)
    if after.is_before(before):
        return advance * 0.6 if like >= _LIKE and distance > 0 else 0.0
    if like >= _VERY:
        return advance * 0.85
    if before.finish is None or after.finish is None:
        return 0.0
    return advance * (0.33 if distance == 1 else 0.3 if like >= _LIKE else 0.0)


def _rising(like: float, distance: int) -> float:
    """Return the strength of an earlier stage with an earlier date, 0 to 1."""
    is_near = abs(distance) <= _NEAR
    if like >= _LIKE and is_near:
        return 1.0
    if like >= _VERY:
        return 0.5
    if like >= _LIKE:
        return 0.4
    return 0.33 if distance == 1 else 0.25 if is_near and distance > 0 else 0.0


def _advance(before: Step, after: Step) -> float:
    """Return 1 where a step is clearly of a later stage, less where the two overlap, else 0."""
    one, other = before.stages, after.stages
    if one is None or other is None:
        return 0.0
    gap = other.first - one.last
    if gap > 0:
        return (1.0 if one.sure and other.sure else _UNSURE) * 0.97 ** (gap - 1)
    later = (other.first >= one.first and other.last > one.last) or other.first > one.first
    return _OVERLAP if later else 0.0


def _is_near(pair: StepPair) -> bool:
    return abs(pair.after.place - pair.before.place) <= _NEAR


def _by_thing(pairs: Sequence[StepPair], words: PlanWords) -> Iterator[Candidate]:
    """Yield the last step before another that is about the same thing (rule 2)."""
    alike = [
        pair
        for pair in pairs
        if pair.before.is_before(pair.after)
        and pair.like >= (_LIKE if _is_near(pair) else _VERY)
        and (pair.before.in_action or pair.like >= _SAME)
    ]
    if not alike:
        return
    best = max(alike, key=lambda one: (one.before.finish or 0, one.like, one.before.place))
    before, after = best.before.item, best.after.item
    begin, end = find_phrase(before.title, best.shared, words)
    yield Candidate(
        before.id,
        after.id,
        SAME,
        f'both are about "{before.title[begin:end]}"',
        (
            *cite(before, "from", begin, end),
            *cite(after, "to", *find_phrase(after.title, best.shared, words)),
        ),
        1.0 if best.like >= _VERY else 0.6,
    )

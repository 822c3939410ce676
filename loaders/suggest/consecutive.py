"""Steps of one action that follow each other: by stage, by what they are about, by their list.

1. *Stages*: a step waits for the nearest ones of an earlier stage (`loaders.suggest.stages`): for
   the one whose title is most like its own, and for the last one listed before it.
2. *The same thing*: a step waits for the last one before it that is about the same thing, told by
   the rare words of both titles.
3. *The list*: a step waits for the one listed before it and due before it. How far that is to be
   trusted depends on the list: one whose dates rise from entry to entry tells of one piece of work
   from beginning to end; one whose dates are all alike is just a list.

A step that is due earlier is no candidate, unless stage and words both say that it should be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loaders.suggest.candidates import Candidate
from loaders.suggest.quoting import cite
from loaders.suggest.rules import Rule
from loaders.suggest.siblings import find_steps, near_pairs, steepness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.links import Evidence
    from graphmodel.plan import Plan
    from loaders.suggest.plan_words import PlanWords
    from loaders.suggest.siblings import Step

__all__ = ["SAME", "SEQUENCE", "STAGES_RULE", "find_consecutive"]

STAGES_RULE: Final = Rule(
    id="stages",
    name="Stages of one action",
    why="Work is reviewed, designed, agreed, got ready, implemented and evaluated in this order.",
    needs="Two steps of one action of which one tells of an earlier stage, due no later.",
    confidence=0.5,
)
SAME: Final = Rule(
    id="same-thing",
    name="The same thing in one action",
    why="Steps of one action that name the same thing work on it one after the other.",
    needs="Rare words in both titles, and a later date.",
    confidence=0.5,
)
SEQUENCE: Final = Rule(
    id="sequence",
    name="The order of the list",
    why="Steps of one piece of work are listed in the order in which they are done.",
    needs="A list of steps whose dates rise.",
    confidence=0.6,
    origin="sequence",
)

_LIKE: Final = 0.25
_SURELY: Final = 0.5
_STEEP: Final = 0.75
_LISTED: Final = 0.5
_EQUAL: Final = 0.2
_UNSURE: Final = 0.8
_OVERLAP: Final = 0.6


def find_consecutive(plan: Plan, words: PlanWords) -> Iterator[Candidate]:
    """Yield the candidates of the three rules, action by action."""
    for steps in find_steps(plan, words):
        yield from _listed(steps)
        yield from _related(steps, words)


def _listed(steps: Sequence[Step]) -> Iterator[Candidate]:
    """Yield each step with the one listed before it, where its date is later (rule 3)."""
    steep = steepness(steps)
    dated = [step for step in steps if step.finish is not None]
    for before, after in zip(dated, dated[1:], strict=False):
        if after.is_before(before):
            continue
        rises = before.is_before(after)
        if rises and steep >= _STEEP:
            words, strength = "they are steps of a list whose dates rise", 1.0
        elif rises:
            words, strength = "one is listed after the other", _LISTED
        else:
            words, strength = "one is listed after the other", _EQUAL
        yield Candidate(
            before.item.id, after.item.id, SEQUENCE, words, _cite(before, after), strength
        )


def _related(steps: Sequence[Step], words: PlanWords) -> Iterator[Candidate]:
    """Yield what stages and words say of steps that stand near each other (rules 1 and 2)."""
    earlier: dict[int, list[tuple[Step, float]]] = {}
    for one, other in near_pairs(steps, words):
        like = _likeness(one, other, words)
        for before, after in ((one, other), (other, one)):
            earlier.setdefault(after.place, []).append((before, like))
    for after in steps:
        pairs = earlier.get(after.place, [])
        yield from _by_stage(after, pairs)
        yield from _by_thing(after, pairs)


def _by_stage(after: Step, pairs: Sequence[tuple[Step, float]]) -> Iterator[Candidate]:
    staged = [
        (before, like, advance)
        for before, like in pairs
        if (advance := _advance(before, after)) > 0
        and (not after.is_before(before) or like >= _SURELY)
    ]
    if not staged:
        return
    best = max(staged, key=lambda one: (one[1], one[0].place))
    listed = [one for one in staged if one[0].place < after.place]
    last = max(listed, key=lambda one: one[0].place, default=best)
    for before, like, advance in dict.fromkeys((best, last)):
        if like < _LIKE and before is not last[0]:
            continue
        yield Candidate(
            before.item.id,
            after.item.id,
            STAGES_RULE,
            f"{_stage(before)} comes before {_stage(after)}",
            _cite(before, after, staged=True),
            _stage_strength(before, after, like, advance),
        )


def _stage_strength(before: Step, after: Step, like: float, advance: float) -> float:
    strength = 0.4 + min(like, 0.6)
    if not before.is_before(after):
        strength *= 0.6
    return min(1.0, strength * advance)


def _by_thing(after: Step, pairs: Sequence[tuple[Step, float]]) -> Iterator[Candidate]:
    alike = [(before, like) for before, like in pairs if like >= _LIKE and before.is_before(after)]
    if not alike:
        return
    before, like = max(alike, key=lambda one: (one[0].finish or 0, one[1], one[0].place))
    shared = before.subject & after.subject
    yield Candidate(
        before.item.id,
        after.item.id,
        SAME,
        f"both are about {len(shared)} of the same words",
        _cite(before, after),
        min(1.0, 0.5 + like),
    )


def _advance(before: Step, after: Step) -> float:
    """Return 1 where a step is clearly of a later stage, less where the two overlap, else 0."""
    one, other = before.stages, after.stages
    if one is None or other is None:
        return 0.0
    if other.first > one.last:
        return 1.0 if one.sure and other.sure else _UNSURE
    later = other.first >= one.first and other.last > one.last
    return _OVERLAP if later else 0.0


def _stage(step: Step) -> str:
    return step.stages.name if step.stages is not None else ""


def _likeness(one: Step, other: Step, words: PlanWords) -> float:
    """Return the weight of what two steps share, by the weight of the one that says less."""
    both = words.weigh(one.subject & other.subject)
    least = min(words.weigh(one.subject), words.weigh(other.subject))
    return both / least if least else 0.0


def _cite(before: Step, after: Step, *, staged: bool = False) -> tuple[Evidence, ...]:
    sides = (("from", before), ("to", after))
    found: list[Evidence] = []
    for side, step in sides:
        begin, end = (step.stages.begin, step.stages.end) if staged and step.stages else (0, 0)
        found += cite(step.item, side, begin, end)
    return tuple(found)

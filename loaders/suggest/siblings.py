"""The steps of one action: its parts in the order of the list, with dates, stages and words.

Parts are compared with those listed near them, and with those that share a rare word: never each
with each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.moments import finish_instant, start_instant
from loaders.suggest.stages import STAGES, read_stages
from loaders.suggest.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.suggest.plan_words import PlanWords
    from loaders.suggest.stages import StageSpan

__all__ = ["Step", "find_steps", "near_pairs", "steepness"]

#: Parts of an action that stand this near in the list are compared.
_WINDOW: Final = 12

#: Parts that a rare word of a title leads to.
_ALIKE: Final = 12

_STEP_KINDS: Final = frozenset({"milestone", "activity", "action"})

#: Stages whose words say what is done and not what it is done to.
_VERBAL: Final = frozenset({"setting up", "design", "agreement", "implementation", "embedding"})
_PLAIN: Final = frozenset(
    stem(word)
    for word in (
        *(word for stage in STAGES if stage.name in _VERBAL for word in stage.words),
        *("deliver", "complete", "establish", "support", "ensure", "improve", "enable", "new"),
        *("provide", "continue", "work", "use", "undertake", "conduct", "produce", "strengthen"),
    )
) - {stem("plan")}


@dataclass(frozen=True, slots=True)
class Step:
    """A part of an action: its place in the list, its dates as instants, its stage, its words."""

    item: Item
    place: int
    start: int | None
    finish: int | None
    stages: StageSpan | None
    subject: frozenset[str]

    def is_before(self, other: Step) -> bool:
        """Return whether both have dates and this one's comes first."""
        return self.finish is not None and other.finish is not None and self.finish < other.finish

    def is_after(self, other: Step) -> bool:
        """Return whether both have dates and this one's comes last."""
        return other.is_before(self)


def find_steps(plan: Plan, words: PlanWords) -> Iterator[list[Step]]:
    """Yield the parts of each item that has several, in the order of the list.

    Those with parts of their own, cancelled ones, and those of a schedule that says itself what
    waits for what, are no steps.
    """
    scheduled = {
        end for link in plan.links if link.origin == "schedule" for end in (link.from_, link.to)
    }
    index = plan.index
    tops = [item.id for item in plan.items if item.parent is None]
    for parts in (*index.children.values(), tops):
        steps = [
            _step(index.items[part], place, words)
            for place, part in enumerate(parts)
            if index.is_leaf(part) and _is_step(index.items[part]) and part not in scheduled
        ]
        if len(steps) > 1:
            yield steps


def near_pairs(steps: Sequence[Step], words: PlanWords) -> Iterator[tuple[Step, Step]]:
    """Yield pairs of steps that stand near each other or share rare words, earlier listed first."""
    holders: dict[str, list[int]] = {}
    for number, step in enumerate(steps):
        near = set(range(max(0, number - _WINDOW), number))
        for one in step.subject:
            held = holders.setdefault(one, [])
            near.update(held[-_ALIKE:])
            held.append(number)
        for other in sorted(near):
            yield steps[other], step


def steepness(steps: Sequence[Step]) -> float:
    """Return the share of neighbours in a list of which the later one has the later date.

    1 where each entry comes after the one above it, 0 where all have one date or none.
    """
    dated = [step for step in steps if step.finish is not None]
    if len(dated) < 2:  # noqa: PLR2004 - neighbours are two
        return 0.0
    rises = sum(one.is_before(other) for one, other in zip(dated, dated[1:], strict=False))
    return rises / (len(dated) - 1)


def _is_step(item: Item) -> bool:
    return item.kind in _STEP_KINDS and item.status != "cancelled"


def _step(item: Item, place: int, words: PlanWords) -> Step:
    planned = item.planned
    ongoing = planned.precision == "ongoing"
    return Step(
        item,
        place,
        None if planned.start is None or ongoing else start_instant(planned.start),
        None if planned.finish is None or ongoing else finish_instant(planned.finish),
        read_stages(item.title),
        frozenset(words.of(item.id)) - _PLAIN,
    )

"""Steps of a course of work that councils go through again and again, in its order.

A step of an action waits for an earlier one that stands before it in such a course
(`loaders.suggest.workstream_table`), unless more courses see it the other way round.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loaders.suggest.candidates import Candidate
from loaders.suggest.quoting import cite
from loaders.suggest.rules import Rule
from loaders.suggest.siblings import WINDOW, find_steps
from loaders.suggest.workstream_table import WORKSTREAMS
from loaders.suggest.workstreams import read_courses, stride

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.plan import Plan
    from loaders.suggest.plan_words import PlanWords
    from loaders.suggest.siblings import Step

__all__ = ["COURSE", "find_courses"]

COURSE: Final = Rule(
    id="course",
    name="A course of work that councils know",
    why="A restructure, a procurement, a strategy and the like take the same steps each time.",
    needs="Two steps of one action whose words tell of two steps of such a course, due no later.",
    confidence=0.6,
)

#: Strength by how many of the two titles speak of the course for sure, and by the steps between.
_SURE: Final = (0.4, 0.7, 1.0)
_PER_STEP: Final = 0.8


def find_courses(plan: Plan, words: PlanWords) -> Iterator[Candidate]:
    """Yield the steps of each action that follow each other in a course of work."""
    for steps in find_steps(plan, words):
        if not steps[0].in_action:
            continue
        for number, after in enumerate(steps):
            for before in steps[max(0, number - WINDOW) : number + WINDOW + 1]:
                if before is not after and not after.is_before(before):
                    yield from _follow(before, after)


def _follow(before: Step, after: Step) -> Iterator[Candidate]:
    move = stride(before.item.title, after.item.title)
    if move.course is None or move.forwards <= move.backwards:
        return
    if after.place < before.place and not before.is_before(after):
        return
    first = read_courses(before.item.title)[move.course]
    second = read_courses(after.item.title)[move.course]
    if first is None or second is None:
        return
    course = WORKSTREAMS[move.course]
    one, other = course.steps[first.step].name, course.steps[second.step].name
    yield Candidate(
        before.item.id,
        after.item.id,
        COURSE,
        f"in {course.name}, {one} comes before {other}",
        (
            *cite(before.item, "from", first.begin, first.end),
            *cite(after.item, "to", second.begin, second.end),
        ),
        _SURE[move.sure] * _PER_STEP ** (second.step - first.step - 1),
    )

"""Which steps of the courses of work that councils know (`workstream_table`) a title tells of.

Of each course, the step whose words stand first in the title counts; words far into a long title
are about something else and do not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from graphmodel.stretches import fold
from loaders.suggest.workstream_table import WORKSTREAMS

__all__ = ["Course", "Stride", "read_courses", "stride"]

#: Letters of a title that are read.
_READ: Final = 110

_FORMS: Final = tuple(
    tuple(re.compile(rf"\b(?:{step.form})") for step in one.steps) for one in WORKSTREAMS
)

#: Words that fit any work: alone they do not tell that a title is a step of one course.
_COMMON: Final = re.compile(
    r"(?:implement|deliver|develop|agree|approv|adopt|report|review|launch|publish|embed|monitor"
    r"|option|design|draft|complet|progress|train|consult|engag|communicat|apprais|assess|identif"
    r"|integrat|present|clos|fund|recruit|framework|standards|guidance|recommend|strategy|data"
    r"|in place)"
)


class Course(NamedTuple):
    """The step of one course that a title tells of, and the place of the words."""

    step: int
    begin: int
    end: int
    sure: bool


class Stride(NamedTuple):
    """How two titles go on in the courses of work: in how many forwards, backwards, and the best.

    ``course`` is the number of the course in which the second follows the first most closely,
    and ``steps`` by how many steps; both None where none goes forwards.
    """

    forwards: int
    backwards: int
    course: int | None
    steps: int | None
    sure: int


@lru_cache(maxsize=16_384)
def read_courses(title: str) -> tuple[Course | None, ...]:
    """Return for each course of work the step that a title tells of, or None."""
    text = fold(title[:_READ]).lower()
    return tuple(_read_course(text, forms) for forms in _FORMS)


def _read_course(text: str, forms: tuple[re.Pattern[str], ...]) -> Course | None:
    best: Course | None = None
    for step, form in enumerate(forms):
        match = form.search(text)
        if match is not None and (best is None or match.start() < best.begin):
            best = Course(step, match.start(), match.end(), _COMMON.match(match.group()) is None)
    return best


def stride(before: str, after: str) -> Stride:
    """Return how the second title goes on from the first in the courses of work."""
    forwards = backwards = sure = 0
    course = steps = None
    for number, (one, other) in enumerate(
        zip(read_courses(before), read_courses(after), strict=True)
    ):
        if one is None or other is None:
            continue
        gap = other.step - one.step
        backwards += gap < 0
        forwards += gap > 0
        if gap > 0:
            sure = max(sure, one.sure + other.sure)
        if gap > 0 and (steps is None or gap < steps):
            course, steps = number, gap
    return Stride(forwards, backwards, course, steps, sure)

"""Milestones at the end of a shift, worked out by hand (docs/method.md, 1 and 5.1).

The office works from 09:00 to 17:00, Monday to Friday; 1 June 2026 is a Monday. What waits for a
finish has arrived with it, at 17:00. What may not start before 17:00 starts when work next does, at
09:00. Of both, the later holds: more to wait for makes nothing earlier.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from tests.simulations.sketch import OFFICE, activity, link, milestone, row, run

MONDAY_EVENING = datetime(2026, 6, 1, 17)
TUESDAY = datetime(2026, 6, 2, 9)
NEXT_MONDAY = datetime(2026, 6, 8, 9)
WORK = activity("A", "8h", calendar="office")
WEEK = activity("A", "40h", calendar="office")
EVENING = [{"type": "SNET", "date": "2026-06-01T17:00"}]
FRIDAY_EVENING = [{"type": "SNET", "date": "2026-06-05T17:00"}]
#: B begins on Tuesday at 09:00.
LATER = [WORK, activity("B", "8h", calendar="office")]


@pytest.mark.parametrize(
    ("before", "links", "constraints", "instant"),
    [
        ([WORK], [link("A", "M")], [], MONDAY_EVENING),
        ([WORK], [link("A", "M", "FF")], [], MONDAY_EVENING),
        ([WORK], [], EVENING, TUESDAY),
        ([WORK], [link("A", "M")], EVENING, TUESDAY),
        ([WORK], [link("A", "M", "FF")], EVENING, TUESDAY),
        ([WEEK], [link("A", "M")], FRIDAY_EVENING, NEXT_MONDAY),
        ([WORK], [link("A", "M", lag="8h")], EVENING, datetime(2026, 6, 2, 17)),
        (LATER, [link("A", "B"), link("A", "M"), link("B", "M", "SS")], [], TUESDAY),
        (LATER, [link("A", "B"), link("A", "M"), link("B", "M", "SS")], EVENING, TUESDAY),
        (LATER, [link("A", "B"), link("B", "M")], EVENING, datetime(2026, 6, 2, 17)),
    ],
)
def test_a_point_at_the_end_of_a_shift(
    before: list[dict[str, Any]],
    links: list[dict[str, str]],
    constraints: list[dict[str, str]],
    instant: datetime,
) -> None:
    point = milestone("M", duration="0d", calendar="office", constraints=constraints)
    found = row(run([*before, point], links, calendars=[OFFICE]), "M")
    assert (found.start, found.finish) == (instant, instant)


def test_what_follows_such_a_point_starts_when_it_would_without_it() -> None:
    """A ends on Monday at 17:00 and M with it, or on Tuesday at 09:00: C works on Tuesday."""
    after = activity("C", "8h", calendar="office")
    for constraints in ([], EVENING):
        point = milestone("M", duration="0d", calendar="office", constraints=constraints)
        answer = run([WORK, point, after], [link("A", "M"), link("M", "C")], calendars=[OFFICE])
        assert (row(answer, "C").start, row(answer, "C").finish) == (
            TUESDAY, datetime(2026, 6, 2, 17),
        )  # fmt: skip

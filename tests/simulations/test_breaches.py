"""Dates that cannot all be kept: negative float and a named finding, never an error (5.3.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.simulations.sketch import OFFICE, activity, found, link, milestone, row, run

if TYPE_CHECKING:
    from simulations.results import Schedule


def told(answer: Schedule, code: str) -> list[tuple[tuple[str, ...], str]]:
    return [(one.items, one.message) for one in found(answer, code)]


def bound(kind: str, date: str, *, hard: bool = False) -> dict[str, Any]:
    return {"constraints": [{"type": kind, "date": date, "hard": hard}]}


@pytest.mark.parametrize(
    ("kind", "date", "words"),
    [
        ("SNLT", "2026-06-05", "start no later than 2026-06-05 (SNLT) and starts on 2026-06-06"),
        ("MSO", "2026-06-05", "start on 2026-06-05 (MSO) and starts on 2026-06-06"),
        ("FNLT", "2026-06-06", "finish no later than 2026-06-06 (FNLT) and finishes on 2026-06-07"),
        ("MFO", "2026-06-06", "finish on 2026-06-06 (MFO) and finishes on 2026-06-07"),
    ],
)
def test_a_constraint_that_logic_breaks(kind: str, date: str, words: str) -> None:
    """A ends on the 5th, so b is worked on the 6th and 7th, a day later than it is to be."""
    answer = run([activity("a", "5d"), activity("b", "2d", **bound(kind, date))], [link("a", "b")])
    assert told(answer, "constraint-broken") == [
        (("b",), f"b Work must {words}, 1 day late, held by a."),
    ]
    assert row(answer, "b").total_float_days == -1
    (finding,) = found(answer, "negative-float")
    assert finding.items == ("a", "b")
    assert finding.message == (
        "2 items have negative float: not every date that hangs on it can be kept. "
        "The worst is a Work, 1 day short."
    )


@pytest.mark.parametrize(
    ("kind", "date"),
    [
        ("SNLT", "2026-06-06"),
        ("FNLT", "2026-06-07"),
        ("SNET", "2026-06-01"),
        ("FNET", "2026-06-01"),
    ],
)
def test_a_constraint_that_is_kept(kind: str, date: str) -> None:
    answer = run([activity("a", "5d"), activity("b", "2d", **bound(kind, date))], [link("a", "b")])
    assert answer.findings == ()


def test_a_breach_is_told_in_working_time() -> None:
    """Due on Friday 5 June at 17:00, done on Monday at 13:00: half a working day."""
    items = [activity("a", "44h", **bound("FNLT", "2026-06-05"))]
    answer = run(items, calendars=[OFFICE], calendar="office")
    (finding,) = found(answer, "constraint-broken")
    assert finding.message == (
        "a Work must finish no later than 2026-06-05 (FNLT) and finishes on 2026-06-08T13:00, "
        "0.5 working days late."
    )


def test_a_weekend_is_no_breach() -> None:
    """Not before Saturday is not before Monday, and Monday is no later than Saturday."""
    items = [activity("a", "1wd", **bound("MSO", "2026-06-06"))]
    answer = run(items, calendars=[OFFICE], calendar="office")
    assert answer.findings == ()
    assert row(answer, "a").total_float_days == 0


def test_a_pin_breaks_the_links_that_do_not_fit() -> None:
    """Pinned to the 3rd, b starts before a ends on the 5th: three days."""
    pinned = activity("b", "2d", **bound("MSO", "2026-06-03", hard=True))
    answer = run([activity("a", "5d"), pinned], [link("a", "b"), link("a", "b", "SS")])
    assert told(answer, "link-broken") == [
        (("a", "b"), "b Work is pinned to 2026-06-03 and breaks the link a → b (FS) by 3 days."),
    ]
    assert found(answer, "constraint-broken") == []
    assert row(answer, "a").total_float_days == -3


def test_fixed_dates_break_the_links_that_do_not_fit() -> None:
    manual = activity("b", "2d", scheduling="fixed", planned={"start": "2026-06-03"})
    answer = run([activity("a", "5d"), manual], [link("a", "b")])
    assert told(answer, "link-broken") == [
        (("a", "b"), "b Work has fixed dates and breaks the link a → b (FS) by 3 days."),
    ]


def test_two_pins_cannot_both_hold() -> None:
    pins = {"MSO": "2026-06-03", "MFO": "2026-06-10"}
    hard = [{"type": kind, "date": date, "hard": True} for kind, date in pins.items()]
    answer = run([activity("a", "2d", constraints=hard)])
    (finding,) = found(answer, "constraint-broken")
    assert finding.message.endswith("on 2026-06-10 (MFO) and finishes on 2026-06-04, 6 days early.")
    assert [one.severity for one in found(answer, "pinned-twice")] == ["warning"]


def test_dates_that_are_promised_and_missed() -> None:
    """Ten days from 1 June end on the 10th."""
    late = activity("a", "10d", due="2026-06-08", deadlines=[{"date": "2026-06-09"}])
    answer = run([late], must_finish="2026-06-05")
    codes = ["due-missed", "deadline-missed", "negative-float", "must-finish-missed"]
    assert [one.code for one in answer.findings] == codes
    assert [one.message for one in answer.findings if one.code != "negative-float"] == [
        "a Work is due on 2026-06-08 and finishes on 2026-06-10, 2 days late.",
        "a Work has its deadline on 2026-06-09 and finishes on 2026-06-10, 1 day late.",
        "The plan must finish by 2026-06-05, and finishes 5 days later.",
    ]


def test_what_is_complete_misses_and_breaks_nothing() -> None:
    fact = {"status": "complete", "actual_start": "2026-06-01", "actual_finish": "2026-06-09"}
    done = activity("a", "5d", due="2026-06-05", **fact, **bound("SNLT", "2026-05-01"))
    assert run([done]).findings == ()


def test_an_actual_start_breaks_no_constraint_and_a_late_finish_does() -> None:
    begun = {"status": "in_progress", "actual_start": "2026-06-03", "remaining": "4d"}
    answer = run([activity("a", "5d", **begun, **bound("MSO", "2026-06-01"))])
    assert found(answer, "constraint-broken") == []
    answer = run([activity("a", "5d", **begun, **bound("FNLT", "2026-06-05"))])
    assert [one.items for one in found(answer, "constraint-broken")] == [("a",)]


def test_a_finding_names_its_place() -> None:
    late = milestone("a", "2026-06-10", due="2026-06-01", source={"source": "s1", "line": 7})
    answer = run([late], sources=[{"id": "s1", "file": "paper.txt"}])
    assert str(found(answer, "due-missed")[0]) == (
        "a Mark is due on 2026-06-01 and finishes on 2026-06-10, 9 days late. (paper.txt, line 7)"
    )

"""What the schedule finds, as checks: for each a plan with the fault, and one that just misses."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries.asking import ask, figures, item_ids
from tests.simulations.sketch import activity, link, milestone

A_LINK = [link("a", "b")]


def test_a_circle_is_one_finding_and_other_checks_do_not_apply() -> None:
    items = [activity("a", "1d"), activity("b", "1d")]
    result = ask("links-in-circle", items, [link("a", "b"), link("b", "a")])
    assert figures(result) == (1, 2, False)
    assert set(result.findings[0].items) == {"a", "b"}
    assert result.findings[0].severity == "error"
    float_ = ask("dcma-6-high-float", items, [link("a", "b"), link("b", "a")])
    assert float_.why_not == "links run in a circle, so that no dates can be worked out"
    assert figures(ask("links-in-circle", items, A_LINK)) == (0, 1, True)
    assert ask("links-in-circle", items).why_not == "the plan has no accepted links"


def test_work_out_of_sequence() -> None:
    begun: dict[str, Any] = {"status": "in_progress", "actual_start": "2026-06-02"}
    items = [activity("a", "5d"), activity("b", "5d", remaining="4d", **begun)]
    result = ask("work-out-of-sequence", items, A_LINK, status_date="2026-06-03")
    assert figures(result) == (1, 1, False)
    assert item_ids(result) == [("a", "b")]
    items[0] |= {"status": "complete", "actual_finish": "2026-06-01"}
    assert figures(ask("work-out-of-sequence", items, A_LINK, status_date="2026-06-03"))[0] == 0


def test_promises_missed() -> None:
    items = [
        activity("a", "10d", due="2026-06-09"),
        activity("b", "10d", deadlines=[{"date": "2026-06-09"}]),
        activity("c", "10d", due="2026-06-10"),
        activity("done", "10d", due="2026-06-01", status="complete", actual_finish="2026-06-09"),
        activity("free", "10d"),
    ]
    result = ask("promises-missed", items)  # ten days from 1 June end on the 10th
    assert figures(result) == (2, 3, False)
    assert item_ids(result) == [("a",), ("b",)]


def test_own_dates_that_links_do_not_let_stand() -> None:
    items = [milestone("a", "2026-07-10"), milestone("b", "2026-07-09")]
    result = ask("own-dates-broken", items, A_LINK)
    assert figures(result) == (1, 2, False)
    assert item_ids(result) == [("b", "a")]
    items[1]["planned"]["finish"] = "2026-07-10"
    assert figures(ask("own-dates-broken", items, A_LINK)) == (0, 2, True)


def test_constraints_that_are_not_kept() -> None:
    held = {"constraints": [{"type": "FNLT", "date": "2026-06-09"}]}
    result = ask("constraints-broken", [activity("a", "10d", **held)])
    assert figures(result) == (1, 1, False)
    assert figures(ask("constraints-broken", [activity("a", "9d", **held)])) == (0, 1, True)


def test_a_plan_that_finishes_too_late() -> None:
    items = [activity("a", "10d")]
    late = ask("must-finish-missed", items, must_finish="2026-06-09")
    assert (figures(late), late.findings[0].severity) == ((1, 1, False), "warning")
    assert figures(ask("must-finish-missed", items, must_finish="2026-06-10")) == (0, 1, True)


def test_links_that_hold_nothing() -> None:
    items = [milestone("a", planned={"precision": "ongoing"}), milestone("b", "2026-07-01")]
    assert figures(ask("links-hold-nothing", items, A_LINK)) == (1, 1, False)
    items[0]["planned"] = {"finish": "2026-06-30"}
    assert figures(ask("links-hold-nothing", items, A_LINK)) == (0, 1, True)


def test_levels_of_effort_without_an_end() -> None:
    items = [activity("a", "5d"), activity("b", "5d", type="loe")]
    assert figures(ask("effort-without-end", items, [link("a", "b", "SS")])) == (1, 1, False)
    ends = [link("a", "b", "SS"), link("a", "b", "FF")]
    assert figures(ask("effort-without-end", items, ends)) == (0, 1, True)


def test_work_on_hold_without_forecast() -> None:
    items = [milestone("a", "2026-07-01", status="on_hold")]
    assert figures(ask("on-hold-without-forecast", items)) == (1, 1, False)
    items[0]["forecast"] = "2026-07-31"
    assert figures(ask("on-hold-without-forecast", items)) == (0, 1, True)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("work-out-of-sequence", "the plan has no accepted links"),
        ("promises-missed", "no unfinished item has a due date or a deadline"),
        ("own-dates-broken", "no unfinished item keeps dates of its own"),
        ("constraints-broken", "no unfinished item has a date constraint"),
        ("must-finish-missed", "the plan has no date it must finish by"),
        ("links-hold-nothing", "the plan has no accepted links"),
        ("effort-without-end", "the plan has no levels of effort"),
        ("on-hold-without-forecast", "nothing in the plan is on hold"),
    ],
)
def test_what_does_not_apply_says_why(code: str, why: str) -> None:
    assert ask(code, [activity("a", "1d")]).why_not == why

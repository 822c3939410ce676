"""Findings of a schedule: leads cut, meetings and holidays nobody knows, facts that cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.england import england_years
from tests.simulations.sketch import activity, found, link, milestone, row, run

if TYPE_CHECKING:
    from graphmodel.problems import Problem
    from simulations.results import Schedule


def only(answer: Schedule, code: str) -> Problem:
    """Return the one finding of a code."""
    (finding,) = found(answer, code)
    return finding


# -- Leads cut at the plan's start (5.3.3) -----------------------------------------------------


def test_a_lead_that_would_reach_before_the_plans_start() -> None:
    """A starts with the plan; b may start three days before it."""
    answer = run([activity("a", "2d"), activity("b", "2d")], [link("a", "b", "SS", "-3d")])
    finding = only(answer, "lead-cut")
    assert finding.items == ("a", "b")
    assert finding.message == (
        "The lead of the link a → b (SS - 3 days) reaches before the plan's start: it is cut."
    )
    assert row(answer, "b").start == row(answer, "a").start


@pytest.mark.parametrize(
    ("links", "why"),
    [
        ([link("a", "b", "FS", "-1d")], "it ends after the plan's start"),
        ([link("a", "b", "SS", "-3d"), link("c", "b")], "another link holds b later"),
        ([link("a", "b", "FS", "-2d")], "it reaches the plan's start and not before"),
        ([link("a", "b", "FS", "2d")], "it is a lag"),
    ],
)
def test_a_lead_that_is_not_cut(links: list[dict[str, Any]], why: str) -> None:
    items = [activity("a", "2d"), activity("c", "3d"), activity("b", "2d")]
    assert found(run(items, links), "lead-cut") == [], why


def test_a_date_of_its_own_holds_longer_than_the_lead_that_was_cut() -> None:
    later = [{"type": "SNET", "date": "2026-06-03"}]
    items = [activity("a", "2d"), activity("b", "2d", constraints=later)]
    assert found(run(items, [link("a", "b", "SS", "-3d")]), "lead-cut") == []


# -- Boards (5.3.5) ----------------------------------------------------------------------------


def board(*dates: str) -> dict[str, Any]:
    return {
        "boards": [{"id": "b", "title": "Cabinet", "meetings": {"dates": list(dates)}}],
        "gates": [{"item": "m", "board": "b"}],
    }


def test_a_gate_beyond_the_last_known_meeting() -> None:
    answer = run([milestone("m", "2026-09-30")], **board("2026-06-02", "2026-07-07"))
    finding = only(answer, "no-meeting-known")
    assert finding.items == ("m",)
    assert finding.message == (
        "The last known meeting of Cabinet is on 2026-07-07: the decision on m Mark is taken "
        "to fall on 2026-09-30."
    )


def test_a_board_without_meetings() -> None:
    answer = run([milestone("m", "2026-09-30")], **board())
    assert only(answer, "no-meeting-known").message == (
        "Cabinet has no known meeting: the decision on m Mark is taken to fall on 2026-09-30."
    )


def test_a_gate_at_its_last_known_meeting() -> None:
    planned = {"finish": "2026-09-30", "precision": "month"}
    answer = run([milestone("m", planned=planned)], **board("2026-09-29"))
    assert row(answer, "m").finish.isoformat() == "2026-09-29"  # type: ignore[union-attr]
    assert answer.findings == ()


# -- Bank holidays (5.2) -----------------------------------------------------------------------


def test_work_beyond_the_last_known_bank_holidays() -> None:
    last = england_years()[1]
    items = [activity("a", "10wd"), activity("z", "10d")]
    answer = run(items, start=f"{last}-12-24", calendar="england")
    (finding,) = found(answer, "holidays-unknown")
    assert finding.items == ("a",)
    assert finding.message == (
        f"The bank holidays of England and Wales are known up to {last}: later ones count as "
        "working days. 1 item runs beyond, the first of them a Work."
    )
    assert found(run(items, calendar="england"), "holidays-unknown") == []


# -- Levels of effort (5.3.2) ------------------------------------------------------------------


def test_a_level_of_effort_that_nothing_ends() -> None:
    items = [activity("a", "4d"), activity("l", "9d", type="loe")]
    answer = run(items, [link("a", "l", "SS")])
    finding = only(answer, "loe-without-finish")
    assert finding.items == ("l",)
    assert finding.message == (
        "l Work is a level of effort, and no FF or SF link says when it ends: it has no length."
    )
    assert (
        found(run(items, [link("a", "l", "SS"), link("a", "l", "FF")]), "loe-without-finish") == []
    )


# -- Facts that cannot be, dates that are missing (5.3.1, 5.3.2) -------------------------------


def test_finished_before_it_started() -> None:
    odd = activity("a", "5d", status="complete", actual_start="2026-06-10",
                   actual_finish="2026-06-04")  # fmt: skip
    answer = run([odd])
    finding = only(answer, "finish-before-start")
    assert finding.items == ("a",)
    assert finding.message == (
        "a Work is said to have finished on 2026-06-04, before it started on 2026-06-10: only "
        "its finish is used."
    )
    assert row(answer, "a").start == row(answer, "a").finish


def test_finished_after_the_status_date() -> None:
    odd = milestone("a", "2026-06-10", status="complete", actual_finish="2026-06-10")
    answer = run([odd], status_date="2026-06-09")
    assert only(answer, "finished-after-status-date").message == (
        "a Mark is said to have finished on 2026-06-10, after the status date 2026-06-09: it "
        "counts as a fact all the same."
    )
    assert run([odd], status_date="2026-06-10").findings == ()


def test_fixed_dates_that_are_not_stated() -> None:
    answer = run([activity("a", "5d", scheduling="fixed"), activity("b", "1d")], [link("a", "b")])
    assert only(answer, "no-date").message == (
        "a Work has fixed dates, and none are stated: it takes no part."
    )
    assert only(answer, "link-without-date").message == (
        "The link a → b (FS) holds nothing: a Work has no date and takes no part in the schedule."
    )


def test_fixed_dates_in_the_wrong_order() -> None:
    planned = {"start": "2026-06-10", "finish": "2026-06-04"}
    odd = milestone("a", scheduling="fixed", planned=planned)
    answer = run([odd])
    assert [one.code for one in answer.findings] == ["finish-before-start"]
    assert row(answer, "a").start == row(answer, "a").finish
    assert row(answer, "a").finish.isoformat() == "2026-06-04"  # type: ignore[union-attr]

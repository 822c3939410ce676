"""Paper quality, dates: for each rule a plan with the fault and one that just misses it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries.checks.faulty_plans import action, found, make, milestone, result

DUE = {"due": "2026-09-30"}


def test_a_milestone_after_its_action_is_due() -> None:
    plan = make(action(**DUE), milestone("on", "2026-09-30"), milestone("late", "2026-10-01"))
    assert found(plan, "due-before-milestone") == [("late", "A")]
    seen = result(plan, "due-before-milestone")
    assert (seen.numerator, seen.denominator) == (1, 2)
    assert seen.findings[0].message == (
        "late Milestone late is planned for 2026-10-01, after the due date of A (2026-09-30)."
    )


def test_the_nearest_due_date_above_counts() -> None:
    plan = make(
        {"id": "T", "kind": "theme", "title": "Theme", "due": "2026-01-31"},
        action(parent="T", **DUE),
        milestone("m", "2026-09-30"),
    )
    assert found(plan, "due-before-milestone") == []


@pytest.mark.parametrize(
    "change", [{"status": "complete"}, {"status": "cancelled"}, {"external": True}]
)
def test_what_is_done_or_not_ours_is_not_late(change: dict[str, Any]) -> None:
    plan = make(action(**DUE), milestone("late", "2026-10-31", **change))
    assert not result(plan, "due-before-milestone").applies


def test_before_the_plan_begins() -> None:
    plan = make(
        action(),
        milestone("early", "2026-03-31"),
        milestone("first-day", "2026-04-01"),
        milestone("done", "2026-03-31", status="complete"),
        milestone("m", planned={"start": "2026-03-31", "finish": "2026-05-31"}),
        milestone("n", planned={"start": "2026-04-01", "finish": "2026-05-31"}),
        milestone(
            "begun", planned={"start": "2026-03-31", "finish": "2026-05-31"}, status="in_progress"
        ),
        start="2026-04-01",
    )
    assert found(plan, "date-before-start") == [("early",), ("m",)]
    assert result(plan, "date-before-start").denominator == 5


@pytest.mark.parametrize(
    ("target", "early"),
    [("2028-03-31", ["m1", "m2"]), ("2028-04-30", ["m1"])],
)
def test_a_plan_for_years_begins_in_january_or_april(target: str, early: list[str]) -> None:
    metric = {"id": "x", "item": "A", "title": "Measure", "target": {"value": 1, "by": target}}
    plan = make(
        action(),
        milestone("m1", "2025-12-31"),
        milestone("m2", "2026-03-31"),
        milestone("m3", "2026-04-30"),
        metrics=[metric],
        x_period="2026 - 2028",
    )
    assert found(plan, "date-before-start") == [(one,) for one in early]


def test_each_plan_of_a_portfolio_has_its_own_start() -> None:
    parts = [{"id": name, "kind": "plan", "title": name} for name in ("first", "second", "third")]
    items = [milestone(f"{one['id']}.m", "2026-04-30", parent=one["id"]) for one in parts]
    plan = make(
        *parts,
        *items,
        projects=[
            {"item": "first", "start": "2026-05-01"},
            {"item": "second", "start": "2026-04-01"},
            {"item": "third"},
        ],
    )
    assert found(plan, "date-before-start") == [("first.m",)]
    assert result(plan, "date-before-start").denominator == 2


@pytest.mark.parametrize("period", ["from now on", "2028 - 2026", 7, None])
def test_a_plan_without_a_start_cannot_be_too_early(period: object) -> None:
    plan = make(action(), milestone("m", "2026-04-30"), x_period=period)
    assert result(plan, "date-before-start").why_not == (
        "the plan says neither a start nor the years it is for"
    )


def test_finish_before_start() -> None:
    plan = make(
        milestone("m", planned={"start": "2026-05-02", "finish": "2026-05-01"}, parent=None),
        milestone("n", planned={"start": "2026-05-01", "finish": "2026-05-01"}, parent=None),
        milestone(
            "o",
            actual_start="2026-05-02",
            actual_finish="2026-05-01",
            status="complete",
            parent=None,
        ),
        milestone("p", "2026-05-01", parent=None),
    )
    assert found(plan, "finish-before-start") == [("m",), ("o",)]
    assert result(plan, "finish-before-start").denominator == 3


@pytest.mark.parametrize(
    "change",
    [
        {"planned": {"finish": "2026-05-01"}},
        {"planned": {"start": "2026-05-01", "precision": "from"}},
        {"planned": {"precision": "ongoing", "text": "ongoing"}},
        {"due": "2026-05-01"},
        {"forecast": "2026-05-01"},
        {"actual_start": "2026-05-01", "status": "in_progress"},
        {"duration": "5d"},
        {"constraints": [{"type": "SNET", "date": "2026-05-01"}]},
    ],
)
def test_no_date(change: dict[str, Any]) -> None:
    plan = make(action(), milestone("none"), milestone("some", **change))
    assert found(plan, "date-missing") == [("none",)]
    assert result(plan, "date-missing").denominator == 2


@pytest.mark.parametrize("status", ["complete", "cancelled", "on_hold"])
def test_what_waits_for_nothing_needs_no_date(status: str) -> None:
    theme = {"id": "T", "kind": "theme", "title": "A theme without a date is none"}
    plan = make(theme, action(), milestone("m", "2026-05-01"), milestone("n", status=status))
    assert found(plan, "date-missing") == []
    assert result(plan, "date-missing").denominator == 1


def test_ongoing() -> None:
    plan = make(
        action(),
        milestone("m", planned={"precision": "ongoing", "text": "On-going"}),
        milestone("n", planned={"precision": "from", "start": "2028-04-01"}),
        milestone(
            "o", planned={"precision": "from", "start": "2028-04-01", "finish": "2028-05-01"}
        ),
        milestone("p", planned={"precision": "ongoing"}, status="complete"),
        milestone("q", "2028-04-01"),
        milestone("r"),
    )
    assert found(plan, "ongoing") == [("m",), ("n",)]
    seen = result(plan, "ongoing")
    assert seen.denominator == 4
    assert seen.findings[0].message == (
        'm Milestone m is dated "On-going": it has no end to be held to.'
    )
    assert "is dated open-ended" in seen.findings[1].message

"""Optimism: room before the dates items are held to, against a reference class."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.queries.asking import ask, figures, item_ids
from tests.simulations.sketch import activity, milestone

if TYPE_CHECKING:
    from pathlib import Path

    from queries.checks.rule import CheckResult


@pytest.fixture
def half(tmp_path: Path) -> str:
    """Write a class of which half slip, by 10 to 40 days alike, and return its file."""
    one = {
        "id": "half",
        "title": "plans of which half slip",
        "basis": "dates",
        "bands": [{"from": 0, "items": 999, "later": 499.5}],
        "sizes": {"count": 40, "values": [10] * 10 + [20] * 10 + [30] * 10 + [40] * 10},
    }
    path = tmp_path / "half.json"
    path.write_text(json.dumps({"schema": "knockon/reference@1", "classes": [one]}))
    return str(path)


def asked(half: str, *items: dict[str, Any], **rest: Any) -> CheckResult:
    return ask("optimism", list(items), options={"risk": {"reference_class": half}}, **rest)


def due(name: str, room: int, **rest: Any) -> dict[str, Any]:
    """Return an item planned for 31 July that is due up to 31 days later."""
    return milestone(name, "2026-07-31", due=f"2026-08-{room:02}" if room else "2026-07-31", **rest)


def test_an_item_needs_room_for_most_slips(half: str) -> None:
    """They are late with a chance of 1/2, 3/8, 1/4 and 1/8; up to a fifth is let pass.

    Sizes are drawn towards those of other classes, by less than half a day.
    """
    result = asked(half, due("A", 9), due("B", 19), due("C", 29), due("D", 31))
    assert figures(result) == (3, 4, False)
    assert item_ids(result) == [("A", "B", "C")]
    (finding,) = result.findings
    assert finding.severity == "warning"
    assert finding.message == (
        "3 items of 4 leave too little room before the date they are held to: going by plans of "
        "which half slip (999 items, 500 slipped, median 25 days), about 1 would be late without "
        "waiting for anything else. The plan itself expects 0 to be."
    )


def test_half_of_the_items_may_be_without_room(half: str) -> None:
    result = asked(half, due("A", 0), due("B", 31))
    assert figures(result) == (1, 2, True)
    assert not result.findings
    assert result.note is not None
    assert result.note.startswith("1 item of 2 leave")


def test_what_is_late_as_planned_is_counted_as_such(half: str) -> None:
    late = milestone("A", "2026-08-01", due="2026-07-31")
    (finding,) = asked(half, late).findings
    assert "about 1 would be late" in finding.message
    assert finding.message.endswith("The plan itself expects 1 to be.")


@pytest.mark.parametrize(
    ("item", "parent", "rest"),
    [
        ({"due": "2026-08-01"}, {"due": "2026-12-31"}, {}),
        ({"deadlines": [{"date": "2026-12-31"}, {"date": "2026-08-01"}]}, {}, {}),
        ({}, {"due": "2026-08-01"}, {}),
        ({}, {"deadlines": [{"date": "2026-08-01"}]}, {}),
        ({}, {}, {"must_finish": "2026-08-01"}),
        ({"forecast": "2026-08-01", "due": "2026-08-01"}, {}, {}),
    ],
)
def test_the_date_that_an_item_is_held_to(
    half: str, item: dict[str, Any], parent: dict[str, Any], rest: dict[str, Any]
) -> None:
    above = {"id": "P", "kind": "action", "title": "All", **parent}
    result = asked(half, above, milestone("A", "2026-08-01", parent="P", **item), **rest)
    assert item_ids(result) == [("A",)]


def test_a_plan_of_a_portfolio_has_its_own_finish(half: str) -> None:
    items = [
        {"id": "one", "kind": "plan", "title": "One"},
        milestone("one:A", "2026-08-01", parent="one"),
    ]
    projects = [{"item": "one", "must_finish": "2026-08-01"}]
    result = asked(half, *items, projects=projects, must_finish="2027-08-01")
    assert item_ids(result) == [("one:A",)]


def test_a_plans_own_reports_count(half: str) -> None:
    """Many items that kept their dates: the class weighs 1,000 of them, and no more."""
    kept = [
        milestone(
            f"K{one}",
            "2026-06-10",
            status="complete",
            actual_finish="2026-06-10",
            history=[{"as_of": "2026-05-31", "planned": {"finish": "2026-06-10"}}],
        )
        for one in range(2000)
    ]
    assert figures(asked(half, due("A", 0)))[0] == 1
    result = asked(half, due("A", 0), *kept, status_date="2026-06-30")
    assert figures(result) == (0, 1, True)
    assert result.note is not None
    assert "weighed with the plan's own reports (2,000 items, 0 slipped)" in result.note


@pytest.mark.parametrize(
    "item",
    [
        milestone("A", "2026-08-01"),
        milestone("A", due="2026-08-01"),
        milestone("A", "2026-08-01", due="2026-08-01", status="complete"),
        activity("A", "5d", due="2026-08-01"),
        due("A", 0, uncertainty={"distribution": "exponential", "mean": "5d"}),
    ],
)
def test_what_is_not_judged(half: str, item: dict[str, Any]) -> None:
    result = asked(half, item)
    assert not result.applies
    assert result.why_not is not None
    assert result.why_not.startswith("there are no open items without parts that have a date")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("none", "no reference class speaks of dates"),
        ("councils", 'There is no reference class "councils": name one of'),
        ("absent.json", "absent.json"),
    ],
)
def test_without_a_usable_class(name: str, why: str) -> None:
    result = asked(name, due("A", 0))
    assert not result.applies
    assert result.why_not is not None
    assert why in result.why_not
    assert not result.why_not.endswith(".")

"""Paper quality: what is empty, named twice, or says two figures of one thing."""

from __future__ import annotations

from typing import Any

import pytest

from queries.checks.figures import find_figures
from tests.queries.checks.faulty_plans import action, found, make, milestone, result


def test_an_action_without_milestones() -> None:
    plan = make(
        action("A"),
        action("B"),
        action("C", status="complete"),
        action("D", status="cancelled"),
        milestone("m"),
    )
    assert found(plan, "action-without-milestones") == [("B",)]
    assert result(plan, "action-without-milestones").denominator == 2


def test_a_plan_of_actions_alone_lacks_no_milestones() -> None:
    assert result(make(action()), "action-without-milestones").why_not == (
        "the plan lists no milestones at all"
    )


def test_an_objective_without_actions() -> None:
    plan = make(
        {"id": "T", "kind": "theme", "title": "Theme"},
        {"id": "O", "kind": "objective", "title": "Objective", "parent": "T"},
        action(parent="O"),
        {"id": "P", "kind": "objective", "title": "Empty", "parent": "T"},
    )
    assert found(plan, "objective-without-actions") == [("P",)]
    assert result(plan, "objective-without-actions").denominator == 3


def test_an_id_given_twice() -> None:
    plan = make(
        action(), action("A~2", title="Another"), action("B~2"), action("A~x"), action("~2")
    )
    assert found(plan, "duplicate-id") == [("A~2", "A")]
    assert result(plan, "duplicate-id").findings[0].message == (
        "A~2 Another has the same id as A Action A."
    )


@pytest.mark.parametrize(
    ("title", "is_one"), [("", False), (" - ", False), ("\u2013\u2026", False), ("5", True)]
)
def test_no_title(title: str, is_one: bool) -> None:
    plan = make(action(title=title), action("B"))
    assert found(plan, "title-missing") == ([] if is_one else [("A",)])


def said(*titles: str, kind: str = "milestone") -> list[tuple[str, ...]]:
    """Return what contradicts itself among the milestones of these titles."""
    items = [milestone(f"m{number}", title=title, kind=kind) for number, title in enumerate(titles)]
    return [one.items for one in result(make(action(), *items), "figures-differ").findings]


def test_two_lengths_of_one_thing() -> None:
    first, second = (
        "Review an 18-month harbour pilot",
        "Case for a 24-month harbour pilot with costs",
    )
    assert said(first, second) == [("m0", "m1")]
    assert said(first, "Plan a 24-month harbour survey") == []
    assert said(first, "Start the 18-month harbour pilot") == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A harbour pilot of 18 months", "A 24-month harbour pilot"),
        ("a Harbour Pilot lasting two years", "an 18 month harbour pilot"),
        ("An eighteen-step course; a six-week sail course", "An 8 week sail course"),
        ("The ten-point plan", "A 12-point plan"),
        ("A 1.5-year harbour pilot", "A 24\u2011month harbour pilot"),
    ],
)
def test_forms_of_figures(first: str, second: str) -> None:
    assert said(first, second) == [("m0", "m1")]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A 2-year harbour pilot", "A 24-month harbour pilot"),
        ("A 2-week sail course", "A 14-day sail course"),
        ("A 2-week sail course", "A 1-month sail course"),  # weeks and months are not compared
        ("Hire 3 key divers", "Hire 5 key divers"),  # a count may grow
        ("Phase 1 of the pilot", "Phase 2 of the pilot"),
        ("By 31 March 2026 training plan", "By 31 March 2027 training plan"),
        ("Within 6 months of signing", "Within 9 months of signing"),
        ("Plan 2026/27 budget", "Plan 2027/28 budget"),
        ("A 3-month", "A 4-month"),
    ],
)
def test_figures_that_do_not_contradict_each_other(first: str, second: str) -> None:
    assert said(first, second) == []


def test_activities_and_other_actions_are_read_apart() -> None:
    first, second = "An 18-month harbour pilot", "A 24-month harbour pilot"
    assert said(first, second, kind="activity") == []
    apart = make(
        action(title=first),
        action("B", title=second),
        milestone("m", title="One 3-day sail course"),
    )
    seen = result(apart, "figures-differ")
    assert (seen.numerator, seen.denominator) == (0, 3)
    within = make(action(title=first), milestone("m", title=second))
    assert found(within, "figures-differ") == [("A", "m")]
    assert result(within, "figures-differ").findings[0].message == (
        'One harbour pilot, two figures: A says "18-month harbour pilot"; '
        'm says "24-month harbour pilot".'
    )


def test_milestones_without_an_action_are_not_compared() -> None:
    items: list[dict[str, Any]] = [
        milestone(f"m{number}", title=f"A {number}-week sail course", parent=None)
        for number in (3, 4)
    ]
    assert not result(make(*items), "figures-differ").applies


def test_long_words_are_read_at_once() -> None:
    assert list(find_figures("of " + "a" * 200_000 + " 7-")) == []

"""Paper quality, people: who owns what, and under which name."""

from __future__ import annotations

from typing import Any

import pytest

from tests.queries.checks.faulty_plans import action, found, make, milestone, result

OFFICERS = [
    {"id": "o1", "title": "Director of Docks"},
    {"id": "o2", "title": "Head of Quays"},
    {"id": "g", "title": "All directors", "kind": "group"},
]


def owned(*assignments: tuple[str, str] | tuple[str, str, str], **keys: Any) -> dict[str, Any]:
    rows = [dict(zip(("officer", "item", "role"), one, strict=False)) for one in assignments]
    return {"officers": OFFICERS, "assignments": rows, **keys}


def test_nobody_owns_it() -> None:
    items = (
        {"id": "T", "kind": "theme", "title": "Theme"},
        action("A", parent="T"),
        milestone("m1"),
        milestone("m2"),
        milestone("m3", status="complete"),
        action("B", parent="T"),
        action("C"),
    )
    plan = make(*items, **owned(("o1", "B"), ("o1", "A", "accountable")))
    assert found(plan, "owner-missing") == [("A", "m1", "m2"), ("C",)]
    seen = result(plan, "owner-missing")
    assert (seen.numerator, seen.denominator) == (3, 4)
    assert [one.message for one in seen.findings] == [
        "Nobody is responsible for m1 and m2 of A Action A.",
        "Nobody is responsible for C Action C.",
    ]
    inherited = make(*items, **owned(("o1", "T"), ("o1", "C")))
    assert found(inherited, "owner-missing") == []


def test_a_long_list_of_unowned_items_is_cut() -> None:
    items = [milestone(f"m{number}") for number in range(9)]
    plan = make(action(), *items, action("B"), **owned(("o1", "B")))
    assert result(plan, "owner-missing").findings[0].message == (
        "Nobody is responsible for m0, m1, m2, m3, m4 and 4 more of A Action A."
    )


@pytest.mark.parametrize(
    ("items", "words"),
    [
        ([action()], "1 open item without parts has no owner"),
        ([action(), action("B")], "2 open items without parts have no owner"),
    ],
)
def test_a_plan_without_owners_says_so_once(items: list[dict[str, Any]], words: str) -> None:
    seen = result(make(*items), "owner-missing")
    assert [one.message for one in seen.findings] == [
        f"The plan names nobody as responsible for anything: {words}."
    ]
    assert seen.numerator == seen.denominator == len(items)


def test_an_empty_plan_needs_no_owner() -> None:
    assert result(make(), "owner-missing").why_not == "there are no open items without parts"


def test_several_owners() -> None:
    plan = make(
        action("A"),
        action("B"),
        action("C", status="complete"),
        milestone("m"),
        **owned(
            ("o1", "A"), ("o2", "A"), ("o1", "B"), ("o2", "B", "accountable"),
            ("o1", "C"), ("o2", "C"),
        ),
    )  # fmt: skip
    assert found(plan, "owners-several") == [("A",)]
    assert result(plan, "owners-several").denominator == 2
    assert result(plan, "owners-several").findings[0].message == (
        'A Action A has 2 owners: "Director of Docks" and "Head of Quays".'
    )


def test_a_group_owns_it() -> None:
    plan = make(action("A"), action("B"), **owned(("g", "A"), ("g", "B"), ("o1", "B")))
    assert found(plan, "owner-is-group") == [("A",)]


def alike(*titles: str, kind: str = "office") -> list[str]:
    """Return what is said of officers of these titles."""
    officers = [
        {"id": f"o{number}", "title": title, "kind": kind} for number, title in enumerate(titles)
    ]
    return [one.message for one in result(make(officers=officers), "office-two-ways").findings]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Director of Adult Social Care", "Directors of Adult Social Care"),
        ("Director of Docks", "Director for docks"),
        ("Director of Docks & Quays", "Director of Docks and the Quays"),
        ("Director of HR", "Director of Human Resources"),
        ("Director of Docks", "Director of Docks Services"),
        ("Director of Docks", "Director of Docks, Quays and Piers"),
    ],
)
def test_one_office_written_two_ways(one: str, other: str) -> None:
    sentence = f'"{one}" and "{other}" may be one office, written two ways.'
    assert alike(one, other) == [sentence]
    assert len(alike(other, one, "Head of Ferries")) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Director of Docks", "Head of Docks"),
        ("Director of Docks", "Director of Quays"),
        ("Director of Docks", "Director of Docks, Quays, Piers and Slips"),
        ("Director of Docks and Quays", "Director of Docks and Piers"),
    ],
)
def test_two_offices(one: str, other: str) -> None:
    assert alike(one, other) == []


def test_portfolios_and_outsiders_are_no_offices() -> None:
    assert result(make(officers=[]), "office-two-ways").why_not == "the plan names no officers"
    members = make(officers=[{"id": "m", "title": "Housing", "kind": "member", "also": ["Homes"]}])
    assert not result(members, "office-two-ways").applies


def test_spellings_that_were_merged_are_a_remark() -> None:
    officer = {"id": "o", "title": "Director of Docks", "also": ["Director for Docks"]}
    (finding,) = result(make(officers=[officer]), "office-two-ways").findings
    assert finding.severity == "info"
    assert finding.message == (
        'One office, o, is written 2 ways: "Director of Docks", "Director for Docks".'
    )

"""Assignments in registers: roles, what ends, and whom nobody knows."""

from __future__ import annotations

import pytest

from graphmodel.people import Assignment
from tests.loaders.small_registers import accept, make_plan, merge, refuse, sheet

HEADER = "Officer | Item | Item title | Role | State"


def test_officers_are_named_by_id_title_or_spelling() -> None:
    rows = (
        "head-of-care | A1 | Choose a partner for the new model | |",
        "Head of Assets | A1 | | SRO | current",
        "property lead | A2 | | Delivery lead |",
    )
    merged = accept(make_plan(), sheet("Assignments", HEADER, *rows))
    assert [(one.officer, one.item, one.role) for one in merged.assignments] == [
        ("head-of-care", "A1", "responsible"),
        ("head-of-assets", "A1", "accountable"),
        ("head-of-assets", "A2", "delivery_lead"),
    ]


def test_what_is_assigned_already_stays_as_it_is() -> None:
    plan = make_plan(assignments=[{"officer": "head-of-care", "item": "A1"}])
    merged = accept(plan, sheet("Assignments", HEADER, "head-of-care | A1 | | responsible |"))
    assert merged.assignments == plan.assignments


def test_an_assignment_that_has_ended_is_taken_away() -> None:
    held = [{"officer": "head-of-care", "item": name} for name in ("A1", "A2")]
    plan = make_plan(assignments=held)
    merged = accept(plan, sheet("Assignments", HEADER, "head-of-care | A1 | | | ended"))
    assert merged.assignments == (Assignment(officer="head-of-care", item="A2"),)


def test_there_must_be_something_to_end() -> None:
    problem = refuse(make_plan(), sheet("Assignments", HEADER, "head-of-care | A1 | | | ended"))
    assert (problem.code, problem.severity) == ("nothing-to-end", "info")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Head of Nothing | A1 | | |", "unknown-officer"),
        ("head-of-care | C1 | | |", "unknown-item"),
        ("head-of-care | A1 | Consult the staff on new roles | |", "title-does-not-fit"),
        ("head-of-care | A1 | | king |", "unreadable-cell"),
    ],
)
def test_rows_that_cannot_be_used(row: str, code: str) -> None:
    problem = refuse(make_plan(), sheet("Assignments", HEADER, row))
    assert (problem.code, problem.severity) == (code, "error")


def test_a_title_that_two_officers_share_names_neither() -> None:
    officers = [{"id": one, "title": "Head of Care"} for one in ("a", "b")]
    problem = refuse(
        make_plan(officers=officers), sheet("Assignments", HEADER, "Head of Care | A1 | | |")
    )
    assert problem.code == "unknown-officer"
    assert "write an id (a, b)" in problem.message


def test_a_repeated_row_is_told() -> None:
    rows = ("head-of-care | A1 | | |", "Head of Care | A1 | | responsible |")
    merged, (problem,) = merge(make_plan(), sheet("Assignments", HEADER, *rows))
    assert (problem.code, len(merged.assignments)) == ("duplicate-assignment", 1)

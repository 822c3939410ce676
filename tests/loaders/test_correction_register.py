"""Corrections in registers."""

from __future__ import annotations

from datetime import date

import pytest

from graphmodel.measures import Correction
from tests.loaders.small_registers import accept, make_plan, refuse, sheet

HEADER = "Id | Title | Field | Value | Paper says | Why | Who | When"


def test_a_row_makes_a_correction() -> None:
    title = "Choose a partner for the new model"
    row = f"A1 | {title} | Due date | 30/09/2026 | | Minutes | Planner | 1/9/26"
    (made,) = accept(make_plan(), sheet("Corrections", HEADER, row)).corrections
    assert made == Correction(
        item="A1",
        field="due",
        value="2026-09-30",
        why="Minutes",
        who="Planner",
        when=date(2026, 9, 1),
    )


@pytest.mark.parametrize(
    ("field", "cell", "name", "value"),
    [
        ("Finish", "October 2026", "planned.finish", "October 2026"),
        ("planned.finish", "31 Oct 2026", "planned.finish", "2026-10-31"),
        ("start date", "1 Oct 2026", "planned.start", "2026-10-01"),
        ("due", "Q2 26/27", "due", "2026-09-30"),
        ("% complete", "40%", "percent", 40.0),
        ("Status", "In progress", "status", "in_progress"),
        ("RAG", "A", "rag", "amber"),
        ("tags", "one; two", "tags", ["one", "two"]),
        ("external", "yes", "external", True),
        ("duration", "6 weeks", "duration", "6w"),
        ("type", "Finish milestone", "type", "finish_milestone"),
        ("kind", "Milestone", "kind", "milestone"),
        ("parent", "B", "parent", "B"),
        ("owner", "Head of Care; property lead", "responsible", ["head-of-care", "head-of-assets"]),
        ("x_note", "any words", "x_note", "any words"),
        ("due", "none", "due", None),
    ],
)
def test_values_are_read_as_their_field_says(
    field: str, cell: str, name: str, value: object
) -> None:
    row = f"A1 | | {field} | {cell} | | | |"
    (made,) = accept(make_plan(), sheet("Corrections", HEADER, row)).corrections
    assert (made.field, made.value) == (name, value)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Z | | due | 2026-09-30", "unknown-item"),
        ("A1 | Consult the staff on new roles | due | 2026-09-30", "title-does-not-fit"),
        ("A1 | | colour of the door | red", "unreadable-cell"),
        ("A1 | | id | A9", "unreadable-cell"),
        ("A1 | | due | 31/02/2027", "unreadable-cell"),
        ("A1 | | due | ", "missing-cell"),
        ("A1 | | title | none", "unreadable-cell"),
        ("A1 | | status | red", "unreadable-cell"),
        ("A1 | | percent | 110%", "unreadable-cell"),
        ("A1 | | scheduling | soon", "unreadable-cell"),
        ("A1 | | finish | late, maybe May", "unreadable-cell"),
        ("A1 | | parent | Z", "unknown-item"),
        ("A1 | | owner | Nobody", "unknown-officer"),
    ],
)
def test_rows_that_cannot_be_used(row: str, code: str) -> None:
    problem = refuse(make_plan(), sheet("Corrections", HEADER, row))
    assert (problem.code, problem.severity) == (code, "error")


def test_a_correction_can_be_corrected_itself() -> None:
    held = [
        {"item": "A1", "field": "due", "value": "2026-09-30", "why": "Minutes", "x_was": "none"}
    ]
    plan = make_plan(corrections=held)
    same = "A1 | | due | 2026-09-30 | none | Minutes | |"
    assert accept(plan, sheet("Corrections", HEADER, same)).corrections == plan.corrections
    other = "A1 | | due | 2026-10-31 | none | | Clerk |"
    (made,) = accept(plan, sheet("Corrections", HEADER, other)).corrections
    assert (made.value, made.why, made.who) == ("2026-10-31", "Minutes", "Clerk")
    assert made.model_extra == {"x_was": "none"}


def test_a_correction_can_be_withdrawn() -> None:
    table = ("Id | Field | Value | State", "A1 | due | 2026-09-30 | withdrawn")
    plan = make_plan(corrections=[{"item": "A1", "field": "due", "value": "2026-09-30"}])
    (made,) = accept(plan, sheet("Corrections", *table)).corrections
    assert made.model_extra == {"x_withdrawn": True}
    problem = refuse(make_plan(), sheet("Corrections", *table))
    assert (problem.code, problem.severity) == ("nothing-to-end", "info")


def test_two_corrections_of_one_field_are_a_contradiction() -> None:
    rows = ("A1 | | due | 2026-09-30 | | | |", "A1 | | Due by | 2026-10-31 | | | |")
    plan = make_plan(corrections=[{"item": "A1", "field": "due", "value": "2026-09-30"}])
    problem = refuse(plan, sheet("Corrections", HEADER, *rows))
    assert (problem.code, problem.severity) == ("duplicate-correction", "error")

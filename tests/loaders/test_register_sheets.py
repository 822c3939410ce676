"""Which sheets and files are registers, and what their cells hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from graphmodel.items import SourceFile
from loaders.register_sheets import merge_books, merge_registers, read_registers
from loaders.registers import read_sheets
from loaders.rows import Row, Sheet
from tests.loaders.small_registers import accept, make_plan, merge, refuse, sheet

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.register_sheets import RegisterBook

#: A header of each kind, in other words and another order than the template's.
HEADERS = {
    "Links": "Successor | Predecessor | Lag/Lead",
    "Gates": "Approved by | Milestone ID | Order",
    "Meetings": "Meeting date | Committee",
    "Blackouts": "Until | From | Why",
    "Risks": "Likelihood | Risk description | Affects",
    "Officers": "Job title | Other spellings | Replaced by",
    "Assignments": "Role | Item ID | Owner",
    "Metrics": "KPI | Objective ID | Baseline | Target value",
    "Boards": "Board | Chair | Reports to",
    "Corrections": "Should be | Field | ID | By",
}


def kinds(book: RegisterBook) -> list[str]:
    return [table.kind.sheet for table in book.tables]


@pytest.mark.parametrize("kind", HEADERS)
def test_a_header_alone_says_what_a_csv_holds(kind: str) -> None:
    header = HEADERS[kind]
    book = read_registers("data.csv", [sheet(None, "Our list", "", header)])
    assert kinds(book) == [kind]
    assert book.problems == ()


@pytest.mark.parametrize("kind", HEADERS)
def test_a_sheet_is_known_by_its_name(kind: str) -> None:
    needed = {"Officers": "Title | Id", "Boards": "Title | Id", "Risks": "Title | Item"}
    header = needed.get(kind, HEADERS[kind])
    assert kinds(read_registers("book.xlsx", [sheet(kind.upper(), header)])) == [kind]
    assert kinds(read_registers(f"csip {kind.lower()}.csv", [sheet(None, header)])) == [kind]


@pytest.mark.parametrize(
    "header",
    [
        "ID | Action | Owner | Start | Finish | Status | RAG",
        "Ref | Milestone | Board | Due date | Owner | Status",
        "Action ID | Title | Baseline | Target | Actual | Owner | Status | RAG",
        "Action | Responsible officer | Role | Due date | Status",
        "Task | Start | Finish | Tags",
    ],
)
def test_sheets_of_items_are_for_others_to_read(header: str) -> None:
    items = sheet("Tracker", header)
    book = read_registers("book.xlsx", [items])
    assert (kinds(book), book.rest) == ([], (items,))


@pytest.mark.parametrize(
    ("name", "file"), [("Performance", "b.xlsx"), ("People", "b.xlsx"), (None, "risk actions.csv")]
)
def test_a_name_alone_makes_no_register_of_items(name: str | None, file: str) -> None:
    items = sheet(name, "ID | Title | Owner | Due date | Status", file=file)
    assert kinds(read_registers(file, [items])) == []


def test_sheets_of_a_workbook_are_told_apart() -> None:
    sheets = [
        sheet("Guidance", "How to fill this in"),
        sheet("Plan", "ID | Action | Due date"),
        sheet("Approvals", "Item | Board", "A1 | TB"),
        sheet("Notes", "anything"),
        Sheet("book.xlsx", (), name="Risks"),
    ]
    book = read_registers("book.xlsx", sheets)
    assert kinds(book) == ["Gates"]
    assert [one.name for one in book.aside] == ["Guidance", "Risks"]
    assert [one.name for one in book.rest] == ["Plan", "Notes"]
    assert book.notes == ("book.xlsx, sheet Approvals: 1 gate row read.",)


def test_a_named_sheet_without_its_header_is_told() -> None:
    book = read_registers("book.xlsx", [sheet("Gates", "Milestone | When", "A1 | May 2027")])
    (problem,) = book.problems
    assert (problem.code, problem.severity) == ("register-without-header", "warning")
    assert '"item" and "board"' in problem.message
    assert [one.name for one in book.rest] == ["Gates"]


def test_a_hidden_register_is_not_read_but_told() -> None:
    hidden = Sheet(
        "b.xlsx", (Row(1, ("Item", "Board")), Row(2, ("A1", "TB"))), "Gates", hidden=True
    )
    book = read_registers("b.xlsx", [hidden])
    assert kinds(book) == []
    assert [problem.code for problem in book.problems] == ["hidden-sheet"]
    assert (book.aside, book.rest) == ((hidden,), ())


def test_columns_that_nothing_is_read_from_are_named() -> None:
    (problem,) = read_registers("b.xlsx", [sheet("Gates", "Item | Board | Mood")]).problems
    assert (problem.code, str(problem.source)) == ("unused-column", "registers.xlsx, cell Gates!C1")
    assert '"Mood"' in problem.message


@pytest.mark.parametrize(
    ("row", "code", "cell"),
    [
        ("A1 | ", "missing-cell", "B2"),
        ("A1 | TB | many", "unreadable-cell", "C2"),
        ("#REF! | TB", "formula-error", "A2"),
        ("A9 | TB", "unknown-item", "A2"),
        ("A1 | Culture Board", "unknown-board", "B2"),
    ],
)
def test_rows_that_cannot_be_used_are_told_with_their_cell(row: str, code: str, cell: str) -> None:
    problem = refuse(make_plan(), sheet("Gates", "Item | Board | Order", row))
    assert (problem.code, problem.severity) == (code, "error")
    assert str(problem.source) == f"registers.xlsx, cell Gates!{cell}"
    assert problem.message.endswith("the row is not used.")


def test_the_rows_beside_a_faulty_one_are_used() -> None:
    rows = ("A1 | TB", "A9 | TB", "B1 | TB")
    merged, (problem,) = merge(make_plan(), sheet("Gates", "Item | Board", *rows))
    assert [gate.item for gate in merged.gates] == ["A1", "B1"]
    assert problem.message.startswith('The plan has no item "A9" (close ids: A')


def test_a_formula_without_a_result_is_told() -> None:
    rows = (Row(1, ("Item", "Board")), Row(2, ("A1",)))
    gates = Sheet("b.xlsx", rows, name="Gates", uncalculated=frozenset({(2, 1)}))
    assert refuse(make_plan(), gates).code == "formula-not-calculated"


def test_windows_files_are_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "gates.csv"
    path.write_bytes("Item;Board;Reason\nA1;TB;The board\u2019s own rule\n".encode("cp1252"))
    book = read_registers(path, read_sheets(path))
    merged, problems, notes = merge_registers(make_plan(), book, "s1")
    assert [(one.code, one.severity) for one in problems] == [("encoding", "info")]
    assert merged.gates[0].reason == "The board\u2019s own rule"
    assert notes[-1] == "Registers changed the plan: 1 gate new."
    (source,) = merged.sources
    assert (source.id, source.file, len(source.sha256 or "")) == ("s1", "gates.csv", 64)


def test_a_source_that_the_plan_has_is_not_added_again() -> None:
    plan = make_plan(sources=[{"id": "s1", "file": "registers.xlsx"}])
    merged = accept(plan, sheet("Gates", "Item | Board", "A1 | TB"))
    assert merged.sources == (SourceFile(id="s1", file="registers.xlsx"),)


def test_files_go_in_together_whatever_their_order() -> None:
    roles = sheet(None, "Officer | Item | Role", "Head of Homes | A1 |", file="assignments.csv")
    people = sheet(None, "Title | Also", "Head of Homes | Homes", file="officers.csv")
    books = [
        ("s1", read_registers("assignments.csv", [roles])),
        ("s2", read_registers("officers.csv", [people])),
    ]
    for order in (books, books[::-1]):
        merged, problems, _ = merge_books(make_plan(), order)
        assert problems == ()
        (assignment,) = merged.assignments
        assert (assignment.officer, assignment.item) == ("head-of-homes", "A1")
        assert assignment.source is not None
        assert assignment.source.source == "s1"
        made = merged.index.officer("head-of-homes")
        assert made.source is not None
        assert made.source.source == "s2"


def test_a_register_that_would_break_the_plan_is_left_out() -> None:
    # Without a plan start, an earlier meeting moves the year that rules are counted from: the
    # board of leap days, every second year from 2028 on, would never meet from 2027 on.
    boards = [
        {"id": "TB", "title": "Transformation Board", "meetings": {"dates": ["2028-01-11"]}},
        {
            "id": "LB",
            "title": "Leap Board",
            "meetings": {"rule": "FREQ=YEARLY;INTERVAL=2;BYMONTH=2;BYMONTHDAY=29"},
        },
    ]
    plan = make_plan(start=None, boards=boards)
    merged, (problem,) = merge(
        plan,
        sheet("Meetings", "Board | Date", "TB | 2027-05-11"),
        sheet("Gates", "Item | Board", "A1 | TB"),
    )
    assert problem.code == "register-refused"
    assert "never meets" in problem.message
    assert merged.boards == plan.boards
    assert [gate.item for gate in merged.gates] == ["A1"]


def test_links_stand_in_a_sheet_of_the_book_too() -> None:
    plan = make_plan(links=[{"from": "A1", "to": "B1", "origin": "stated"}])
    header = "From | To | Type | State | Confidence | Reason"
    rows = ("A1 | B1 | FS | accepted | 1 |", "A1 | A2 | SS | proposed | 60% | Same people")
    merged = accept(plan, sheet("Links", header, *rows))
    assert merged.links[0] == plan.links[0]  # a row that says nothing new
    new = merged.links[1]
    assert (new.type, new.state, new.confidence, new.origin) == ("SS", "proposed", 0.6, "register")
    assert new.evidence[0].source.cell == "Links!A3"


def test_a_link_row_that_agrees_without_a_state_leaves_the_link_as_it_was() -> None:
    plan = make_plan(links=[{"from": "A1", "to": "B1", "origin": "stated"}])
    assert accept(plan, sheet("Links", "From | To", "A1 | B1")).links == plan.links


def test_a_link_row_without_a_state_accepts_what_was_proposed() -> None:
    plan = make_plan(links=[{"from": "A1", "to": "B1", "state": "proposed", "confidence": 0.4}])
    (link,) = accept(plan, sheet("Links", "From | To", "A1 | B1")).links
    assert (link.state, link.confidence, len(link.evidence)) == ("accepted", 1.0, 1)


def test_a_link_register_known_before_renews_its_evidence() -> None:
    evidence = [{"source": {"source": "s1", "cell": "Links!A9"}}]
    plan = make_plan(
        sources=[{"id": "s1"}], links=[{"from": "A1", "to": "B1", "evidence": evidence}]
    )
    (link,) = accept(plan, sheet("Links", "From | To", "A1 | B1")).links
    assert [one.source.cell for one in link.evidence] == ["Links!A2"]


def test_link_problems_are_told() -> None:
    problem = refuse(make_plan(), sheet("Links", "From | To", "A | A1"))
    assert problem.code == "ancestor-link"

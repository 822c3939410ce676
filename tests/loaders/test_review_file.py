"""Proposals as a table: written, filled in with openpyxl or a text editor, and loaded back."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from graphmodel.errors import FileError
from graphmodel.links import Decision
from graphmodel.planfile import write_plan
from loaders.load import load
from loaders.review.docket import Docket
from loaders.review.evidence_cells import read_evidence, show_evidence
from loaders.review.proposals import Proposal, list_all, list_open, state_of
from loaders.review_register import REVIEW
from loaders.writers.reviewfile import write_review
from tests.loaders.small_review import ANN, gate, link, make_plan, quote

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan

_HOSTILE = '=HYPERLINK("http://x","y")'


def export(plan: Plan, path: Path) -> Path:
    write_review(plan, path, list_open(plan))
    return path


def read_csv(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def fill_in(path: Path, fill: dict[tuple[str, str], dict[str, Any]]) -> None:
    """Fill in cells of the workbook, by both ends of a row, as somebody does in Excel."""
    book = openpyxl.load_workbook(path)
    page = book["Review"]
    places = {str(cell.value): place for place, cell in enumerate(page[1], start=1)}
    for number in range(2, page.max_row + 1):
        start, end = (str(page.cell(number, places[name]).value or "") for name in ("From", "To"))
        for heading, value in fill.get((start, end), {}).items():
            page.cell(number, places[heading]).value = value
    book.save(path)


def load_with(plan: Plan, table: Path) -> tuple[Plan, list[str]]:
    """Return a plan file loaded beside a table, and the codes of the problems."""
    file = table.with_name("plan.json")
    write_plan(plan, file)
    loaded = load([file, table])
    return loaded.plan, [one.code for one in loaded.problems]


def test_the_rows_tell_both_sides_and_leave_the_decision_blank(tmp_path: Path) -> None:
    rows = read_csv(export(make_plan(), tmp_path / "links.csv"))
    assert [row["Candidate"] for row in rows] == ["outside event", "link", "link", "gate", "link"]
    assert rows[2] == {
        "Candidate": "link",
        "From": "A1",
        "From title": "Choose a partner for the new model",
        "From date": "2026-06-30",
        "To": "A2",
        "To title": "Consult the staff on new roles",
        "To date": "2026-09-30",
        "Type": "FS",
        "Lag": "",
        "Order": "",
        "Confidence": "0.8",
        "Rule": "words",
        "Reason": "It says so.",
        "Evidence from": "paper.txt, line 4: “Partner chosen”",
        "Evidence to": "paper.txt, line 5: “then staff”",
        "Clash": "",
        "Decision": "",
        "Decided by": "",
        "Decided at": "",
        "Why": "",
    }
    assert rows[3]["To title"] == "Transformation Board"
    assert rows[3]["Evidence from"] == rows[3]["Evidence to"] != ""
    assert rows[4]["Clash"] == "clash"


def test_an_export_that_nobody_filled_in_decides_nothing(tmp_path: Path) -> None:
    for name in ("links.csv", "links.xlsx"):
        plan, codes = load_with(make_plan(), export(make_plan(), tmp_path / name))
        assert codes == []
        assert (plan.links, plan.gates, plan.items) == (
            make_plan().links,
            make_plan().gates,
            make_plan().items,
        )


def test_decisions_made_in_excel_come_back_with_who_when_and_why(tmp_path: Path) -> None:
    path = export(make_plan(), tmp_path / "links.xlsx")
    said = {"Decided by": "Ann", "Decided at": datetime(2026, 11, 30, 20, 15), "Why": "Agreed"}
    fill_in(
        path,
        {
            ("A1", "A2"): {"Decision": "accept", **said},
            ("A2", "B1"): {"Decision": "reverse", **said},
            ("EXT-vote", "B1"): {"Decision": "reject", **said},
            ("EXT-vote", ""): {"Decision": "accept", **said},
            ("B1", "TB"): {"Decision": "accept", **said},
        },
    )
    plan, codes = load_with(make_plan(), path)
    assert codes == []
    decided = Decision(by="Ann", at=datetime(2026, 11, 30, 20, 15), why="Agreed")
    assert [(one.from_, one.to, one.state) for one in plan.links] == [
        ("A1", "A2", "accepted"),
        ("B1", "A2", "accepted"),
        ("EXT-vote", "B1", "rejected"),
    ]
    assert {one.decided for one in plan.links} | {plan.gates[0].decided} == {decided}
    assert plan.gates[0].state == "accepted"
    assert state_of(plan.index.items["EXT-vote"]) == "accepted"


def test_a_wrong_word_is_told_with_its_cell_and_the_rest_is_used(tmp_path: Path) -> None:
    path = export(make_plan(), tmp_path / "links.xlsx")
    fill_in(path, {("A1", "A2"): {"Decision": "perhaps"}, ("A2", "B1"): {"Decision": "reject"}})
    plan, codes = load_with(make_plan(), path)
    assert codes == ["unreadable-cell"]
    assert [one.state for one in plan.links] == ["proposed", "rejected", "proposed"]


def test_the_decision_column_offers_its_choices(tmp_path: Path) -> None:
    page = openpyxl.load_workbook(export(make_plan(), tmp_path / "links.xlsx"))["Review"]
    (letters,) = {cell.column_letter for cell in page[1] if cell.value == "Decision"}
    rules = {
        str(rule.sqref).split(":")[0]: rule.formula1
        for rule in page.data_validations.dataValidation
    }
    assert rules[f"{letters}2"] == '"accept,reject,reverse"'
    assert page.freeze_panes == "A2"
    assert page.auto_filter.ref == "A1:T6"
    assert page.page_setup.orientation == "landscape"
    assert page["C2"].alignment.wrap_text
    high = page.row_dimensions[3].height
    assert high is not None
    assert high > 15  # its evidence wraps


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    items = [item.model_copy(update={"title": _HOSTILE}) for item in make_plan().items]
    hostile = link("A1", "A2", reason="+1+1", evidence=[quote("from", "@SUM(A1)", 4)])
    plan = make_plan(items=items, links=[hostile], gates=[gate(reason="-2+3")])
    rows = read_csv(export(plan, tmp_path / "links.csv"))
    cells = [text for row in rows for text in row.values() if text]
    assert not [text for text in cells if text[0] in "=+-@"]
    page = openpyxl.load_workbook(export(plan, tmp_path / "links.xlsx"))["Review"]
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}
    back, codes = load_with(plan, tmp_path / "links.csv")
    assert (back.links, codes) == (plan.links, [])


@pytest.mark.parametrize("name", ["links.csv", "links.xlsx"])
def test_everything_decided_can_be_listed_and_loads_as_it_was(tmp_path: Path, name: str) -> None:
    docket = Docket(make_plan())
    for place, verdict in enumerate(("accept", "reject", "reverse")):
        docket.decide(Proposal("links", place), verdict, ANN)  # type: ignore[arg-type]
    docket.decide(Proposal("items", 5), "accept", ANN)
    plan = docket.plan()
    path = tmp_path / name
    write_review(plan, path, list_all(plan))
    back, codes = load_with(plan, path)
    assert (back.links, back.gates, back.items, codes) == (plan.links, plan.gates, plan.items, [])
    bare, codes = load_with(make_plan(links=[], gates=[]), path)
    assert codes == []
    assert [(one.from_, one.to, one.state, one.decided) for one in bare.links] == [
        (one.from_, one.to, one.state, ANN) for one in plan.links
    ]


def test_a_name_that_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match=r"to be a table: name it with the ending .csv or .xlsx"):
        write_review(make_plan(), tmp_path / "links.txt", [])


def test_characters_that_no_file_holds_are_told(tmp_path: Path) -> None:
    plan = make_plan(links=[link("A1", "A2", reason="bell \x07")])
    told = write_review(plan, tmp_path / "links.csv", list_open(plan))
    (sentence,) = told
    assert sentence.startswith("1 text has characters that no such file can hold")


def test_evidence_reads_back_as_it_was_shown() -> None:
    plan = make_plan()
    evidence = (*plan.links[0].evidence, *plan.gates[0].evidence)
    before, after = (show_evidence(plan, evidence, side) for side in ("from", "to"))
    assert before == "paper.txt, line 4: “Partner chosen”\npaper.txt, line 9: “agreed by the board”"
    read = list(read_evidence(plan, before, after))
    assert sorted(read, key=str) == sorted(evidence, key=str)


@pytest.mark.parametrize("line", ["other.txt, line 4: “x”", "", "paper", ": “”"])
def test_evidence_of_a_document_that_the_plan_has_not_is_left_out(line: str) -> None:
    assert list(read_evidence(make_plan(), line, "")) == []


def test_evidence_in_cells_and_on_pages_reads_back() -> None:
    plan = make_plan()
    lines = "paper.txt, cell Plan!B7: “x: “y””\npaper.txt, page 3, line 41\npaper.txt, page 2: “z”"
    read = [part.source for part in read_evidence(plan, lines, "")]
    assert [(one.cell, one.page, one.line, one.quote) for one in read] == [
        ("Plan!B7", None, None, "x: “y”"),
        (None, 3, 41, None),
        (None, 2, None, "z"),
    ]


def test_the_kind_of_register_shows_what_waits() -> None:
    shown = [row["candidate"] for row in REVIEW.show(make_plan())]
    assert shown == ["outside event", "link", "link", "link", "gate"]

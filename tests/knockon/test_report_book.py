"""The report as a workbook: real dates and numbers, sheets that can be filtered, no formulas."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from knockon.report_book import pack_book
from tests.viz.papers import board_paper, hostile_paper, plain_paper, since_paper, whatif_paper
from viz.paper.blocks import Column, Figures, Named, Paper, Section, Table

PAPERS = (whatif_paper, since_paper, plain_paper, board_paper, hostile_paper)


def read(paper: Paper) -> Any:
    content, _ = pack_book(paper, Path("report.xlsx"))
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.fixture(params=PAPERS, ids=lambda one: one.__name__)
def book(request: pytest.FixtureRequest) -> Any:
    return read(request.param())


def test_sheets_can_be_filtered_and_their_heads_stay(book: Any) -> None:
    for sheet in book:
        assert sheet.freeze_panes in {"A2", "B2"}
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1])
        assert all(cell.value for cell in sheet[1])


def test_no_text_is_a_formula(book: Any) -> None:
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_dates_and_days_are_values() -> None:
    head, row = read(whatif_paper())["Newly late by the change"].iter_rows(values_only=True)
    assert dict(zip(head, row, strict=True)) == {
        "Id": "A",
        "Deliverable": "Bring in the new model across every team, locality and function we run",
        "Owner": "Director of Adult Social Care",
        "Due": datetime(2027, 4, 30),
        "Without it, gaps spare": datetime(2027, 4, 30),
        "Without it, gaps work": datetime(2027, 4, 30),
        "With it, gaps spare": datetime(2027, 5, 15),
        "With it, gaps work": datetime(2027, 6, 28),
        "Late by (days), gaps spare": 15,
        "Late by (days), gaps work": 59,
        "Late if": "either way",
    }


def test_the_summary_begins_with_the_answer() -> None:
    rows = list(read(whatif_paper())["Summary"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows[:5]] == ["Report", "Plan", "Report of", "Data as of", "Answer"]
    assert rows[4][1] == whatif_paper().headline


def test_chains_and_the_trend_are_sheets_too() -> None:
    book = read(since_paper())
    steps = list(book["How delay was passed on"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1], row[3]) for row in steps] == [
        (0, "A.1", "59 days"), (1, "A.2", "15 days"),
    ]  # fmt: skip
    (trend,) = book["Trend"].iter_rows(min_row=2, values_only=True)
    assert trend[2:] == ("2027-01-31 → 2027-03-31", 1, 59)


def test_load_is_coloured_by_the_program_that_shows_it() -> None:
    sheet = read(plain_paper())["Load"]
    assert [cell.value for cell in sheet[1]][:2] == ["Officer", "Jun 2026"]
    (ranges,) = [str(one.sqref) for one in sheet.conditional_formatting]
    assert ranges == "B2:L2"
    assert sheet["B2"].value == 1
    assert sheet["C2"].value is None


def test_every_finding_is_in_it() -> None:
    rows = list(read(plain_paper())["Findings"].iter_rows(min_row=2, values_only=True))
    assert ("Warning", "A.1 Consult staff “properly” has no predecessor.") in [
        row[:2] for row in rows
    ]


def test_what_a_cell_cannot_hold_is_told() -> None:
    _, told = pack_book(hostile_paper(), Path("report.xlsx"))
    assert any("characters that no such file can hold" in one for one in told)
    assert pack_book(plain_paper(), Path("report.xlsx"))[1] == ()


def test_a_row_without_an_item_keeps_its_cells_in_their_columns() -> None:
    """Of three places to act one is a link: the others wait for nobody, and say so in no cell."""
    columns = (Column("Protect", 46), Column("From waiting for", 40), Column("Days", 12, "days"))
    rows = ((Named("A", "Work"), None, 3.0), (Named("B", "Work"), Named("A", "Before"), 4.0))
    section = Section("act", "Where to act", (Table("Acts", "The best", columns, rows),))
    paper = Paper("Odds", "Plan", "", "", "", "today", "Odds", (), Figures(()), (section,))
    _, *found = read(paper)["Acts"].iter_rows(values_only=True)
    assert found == [("A", "Work", None, None, 3), ("B", "Work", "A", "Before", 4)]

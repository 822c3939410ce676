"""Findings as a workbook: what stands on its sheets, and that no text in it is a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from graphmodel.errors import FileError
from knockon.findings_book import write_findings
from queries.checks.readiness import NO_VERDICT
from queries.checks.registry import CHECKS
from queries.checks.run import run_checks
from tests.knockon.council import council

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

FORMULA = '=HYPERLINK("http://x.example","y")'


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    items = [
        {"id": "A", "kind": "action", "title": FORMULA, "due": "2026-05-31"},
        {"id": "B", "kind": "milestone", "title": "-", "parent": "A", "due": "2026-05-31"},
        {
            "id": "=C", "kind": "milestone", "title": "Bell \x07", "parent": "A",
            "planned": {"finish": "2026-06-30"},
            "source": {"source": "s1", "line": 41},
        },
    ]  # fmt: skip
    plan = council(items=items, title=FORMULA, **dict.fromkeys(
        ("links", "boards", "assignments", "gates", "metrics", "relations", "risks")
    ))  # fmt: skip
    path = tmp_path_factory.mktemp("book") / "findings.xlsx"
    told = write_findings(run_checks(plan, families=["paper"]), path)
    # The bell rings in one finding: that =C is late.
    assert told == (
        "1 text has characters that no such file can hold: each is replaced by \ufffd.",
    )
    return openpyxl.load_workbook(path)


def rows(sheet: Worksheet) -> list[dict[str, Any]]:
    head, *body = ([cell.value for cell in row] for row in sheet.iter_rows())
    return [dict(zip(map(str, head), row, strict=True)) for row in body]


def test_sheets_can_be_filtered_and_their_heads_stay(book: Any) -> None:
    assert book.sheetnames == ["Summary", "Findings", "Rules"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1])


def test_the_summary_gives_evidence_and_no_verdict(book: Any) -> None:
    told = {row["Topic"]: row["What the plan shows"] for row in rows(book["Summary"])}
    assert told["Plan"] == FORMULA
    assert told["Owners"] == "Open items with an owner: 0 of 2."
    assert told["What this is"] == NO_VERDICT


def test_every_finding_is_a_row(book: Any) -> None:
    found = {row["Code"]: row for row in rows(book["Findings"])}
    late = found["due-before-milestone"]
    assert late["Family"] == "paper quality"
    assert late["Severity"] == "warning"
    assert late["Items"] == "=C, A"
    assert late["Source"] == "paper.txt, line 41"
    assert late["What to do"].startswith("Move the due date")
    assert "title-missing" in found


def test_every_rule_is_a_row_with_its_result(book: Any) -> None:
    told = {row["Code"]: row for row in rows(book["Rules"])}
    assert list(told) == [check.code for check in CHECKS if check.family == "paper"]
    late = told["due-before-milestone"]
    assert (late["Result"], late["Counted"], late["Of"], late["Share"]) == ("not passed", 1, 1, 1)
    unfit = told["after-vesting-day"]
    assert (unfit["Result"], unfit["Counted"]) == ("not applicable", None)
    assert unfit["Why, or what to know"] == "the plan names no vesting day"


def test_no_text_is_a_formula(book: Any) -> None:
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}
                if isinstance(cell.value, str) and cell.value.startswith("="):
                    assert cell.quotePrefix


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="findings"):
        write_findings(run_checks(council()), tmp_path / "no" / "findings.xlsx")

"""Cells of sheets of items: statuses, RAG, percentages, kinds."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import item_cells
from loaders.item_cells import (
    Report,
    parse_constraint,
    parse_flag,
    parse_item_id,
    parse_kind,
    parse_level,
    parse_list,
    parse_percent,
    parse_rag,
    parse_report,
)
from loaders.item_words import RAGS, STATUSES

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    ("cell", "report"),
    [
        ("In Progress", Report(status="in_progress")),
        ("not-started", Report(status="not_started")),
        ("To Do", Report(status="not_started")),
        ("DONE", Report(status="complete")),
        ("Won't do", Report(status="cancelled")),
        ("On hold", Report(status="on_hold")),
        ("Complete - signed off on 3 May", Report(status="complete")),
        ("Amber", Report(rag="amber")),
        ("Green - on time", Report(rag="green")),
        ("40%", Report(percent=40.0)),
        ("Overdue", Report(judgement="overdue")),
        ("On track", Report(judgement="on track")),
    ],
)
def test_reports(cell: str, report: Report) -> None:
    assert parse_report(cell) == report


@pytest.mark.parametrize("cell", ["Complete by May", "not complete", "waiting for news from Ann"])
def test_what_is_no_status(cell: str) -> None:
    expected = "on_hold" if cell.startswith("waiting") else None
    if expected is None:
        with pytest.raises(ValueError, match="is not a status"):
            parse_report(cell)
    else:
        assert parse_report(cell).status == expected


@pytest.mark.parametrize(
    ("cell", "rag"),
    [
        ("R", "red"),
        ("a", "amber"),
        ("GREEN", "green"),
        ("Yellow", "amber"),
        ("A/G", "amber-green"),
        ("Amber / Red", "amber-red"),
        ("\N{LARGE GREEN CIRCLE}", "green"),
        ("Red (off track)", "red"),
        ("B", "blue"),
    ],
)
def test_rags(cell: str, rag: str) -> None:
    assert parse_rag(cell) == rag


@pytest.mark.parametrize(
    ("cell", "value"), [("80%", 80), ("80", 80), ("0", 0), ("100 % complete", 100), ("12.5", 12.5)]
)
def test_percentages(cell: str, value: float) -> None:
    assert parse_percent(cell) == value


@pytest.mark.parametrize(
    ("parse", "cell", "sentence"),
    [
        (parse_percent, "110%", '"110%" is not between 0 and 100 %'),
        (parse_percent, "-5", "is not between 0 and 100 %"),
        (parse_percent, "half", "is not a percentage"),
        (parse_rag, "Rd", '"Rd" is not a RAG: write red, amber or green'),
        (parse_kind, "Revenue", "is not a kind of item: write plan, theme, objective"),
        (parse_flag, "perhaps", "is neither yes nor no"),
        (parse_level, "one", "is not the level of an outline"),
        (parse_constraint, "later", "is not a date constraint: write SNET, SNLT"),
        (parse_item_id, "a:b:c", "is not an id"),
    ],
)
def test_cells_that_cannot_be_read(parse: Callable[[str], Any], cell: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse(cell)


def test_other_cells() -> None:
    assert parse_kind("Sub-task") == "activity"
    assert parse_kind("MILESTONE") == "milestone"
    assert (parse_flag("Y"), parse_flag("-")) == (True, False)
    assert parse_level("2") == 2
    assert parse_constraint("Start No Earlier Than") == "SNET"
    assert parse_constraint("As Soon As Possible") == ""
    assert parse_item_id("#12") == "12"
    assert parse_list("urgent, staff;\nurgent") == ("urgent", "staff")


def test_no_word_has_two_meanings() -> None:
    """A word that stands in two rows of a table would mean whichever comes last."""
    for table in (STATUSES, RAGS):
        words = [item_cells._fold(word) for words in table.values() for word in words]
        by_key = {(key, item_cells._fold(word)) for key, words in table.items() for word in words}
        assert len(by_key) == len(set(words))


@given(st.text(max_size=40))
def test_no_status_cell_raises_anything_else(text: str) -> None:
    for parse in (parse_report, parse_rag, parse_percent, parse_kind, parse_flag, parse_level):
        with contextlib.suppress(ValueError):
            assert parse(text) is not None

"""Cells of workbooks: the parts other programs write, merged and hidden rows, colours of themes."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.styles import PatternFill
from openpyxl.styles.colors import Color

from loaders.cellcolours import read_fill, read_theme, to_rag
from loaders.cellstyles import CellStyles
from loaders.rows import Row
from loaders.sheetcells import MAX_COLUMNS, read_cells
from loaders.workbooks import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

STYLES = CellStyles(
    ["first", "\N{RIGHT-TO-LEFT MARK}second "],
    frozenset({1}),
    frozenset({2}),
    {3: "red"},
    datetime(1899, 12, 30),
)


def rows(*cells: str, styles: CellStyles = STYLES) -> list[Row]:
    """Return the rows of a sheet whose one row has these cells, as XML."""
    return read_cells(part(f"<row>{''.join(cells)}</row>"), styles).rows


def part(body: str, root: str = "worksheet") -> io.BytesIO:
    return io.BytesIO(f"<{root}><sheetData>{body}</sheetData></{root}>".encode())


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c t="s"><v>0</v></c>', "first"),
        ('<c t="s"><v>1</v></c>', "second"),
        ("<c><v>12</v></c>", "12"),
        ("<c><v>0.10000000000000001</v></c>", "0.1"),
        ("<c><v>1234567890123456789</v></c>", "1.23456789012346e+18"),
        ('<c s="1"><v>46295</v></c>', "2026-09-30"),
        ('<c s="1"><v>46295.75</v></c>', "2026-09-30T18:00"),
        ('<c s="1"><v>0.5</v></c>', "12:00:00"),
        ('<c s="1"><v>99999999</v></c>', "99999999"),
        ('<c s="2"><v>0.8</v></c>', "80%"),
        ('<c t="b"><v>1</v></c>', "yes"),
        ('<c t="b"><v>0</v></c>', "no"),
        ('<c t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c t="d"><v>2026-09-30T00:00:00</v></c>', "2026-09-30"),
        ('<c t="str"><f>A1</f><v> text </v></c>', "text"),
        ('<c t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r></is></c>', "two runs"),
    ],
)
def test_a_cell_is_as_a_person_would_type_it(cell: str, text: str) -> None:
    assert [row.cells for row in rows(cell)] == [(text,)]


def test_cells_stand_where_their_names_say() -> None:
    found = rows('<c r="C1"><v>3</v></c>', "<c><v>4</v></c>", '<c r="A1"><v>1</v></c>')
    assert found[0].cells == ("1", "", "3", "4")


def test_other_prefixes_of_the_same_names() -> None:
    body = '<x:row r="7"><x:c r="A7"><x:v>1</x:v></x:c></x:row>'
    xml = f"<x:worksheet xmlns:x='urn:x'><x:sheetData>{body}</x:sheetData></x:worksheet>"
    assert read_cells(io.BytesIO(xml.encode()), STYLES).rows == [Row(7, ("1",))]


def test_rows_keep_number_level_and_colours() -> None:
    body = '<row r="4" outlineLevel="2"><c r="A4"><v>1</v></c><c r="C4" s="3"/></row><row/>'
    assert read_cells(part(body), STYLES).rows == [Row(4, ("1",), 2, ((2, "red"),))]


def test_formulas_without_a_result_and_with_an_empty_one() -> None:
    body = '<row r="2"><c r="B2"><f>1+1</f></c><c r="C2" t="str"><f>""</f><v></v></c></row>'
    found = read_cells(part(body), STYLES)
    assert found.uncalculated == {(2, 1)}
    assert found.rows == [Row(2, ())]


def test_hidden_rows_count_where_something_stands_in_them() -> None:
    body = '<row r="2" hidden="1"><c><v>1</v></c></row><row r="3" hidden="true"/>'
    assert read_cells(part(body), STYLES).hidden == [2]


def test_a_document_type_ends_the_reading() -> None:
    xml = b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>'
    with pytest.raises(ValueError, match="document type"):
        read_cells(io.BytesIO(xml), STYLES)
    with pytest.raises(ValueError, match="mismatched tag"):
        read_cells(io.BytesIO(b"<worksheet><sheetData></worksheet>"), STYLES)


def test_a_sheet_too_wide_is_told(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.cell(2, MAX_COLUMNS, "kept")
    sheet.cell(2, MAX_COLUMNS + 1, "lost")
    sheet.cell(2, MAX_COLUMNS + 2, "lost")
    path = tmp_path / "wide.xlsx"
    book.save(path)
    (read,) = read_workbook(path)
    assert len(read.rows[0].cells) == MAX_COLUMNS
    assert [one.code for one in read.problems] == ["too-wide"]
    assert "in 2 is not read" in read.problems[0].message


def test_hidden_rows_are_told_as_ranges(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for number in range(1, 31):
        sheet.append([number])
    for number in (2, 3, 4, 7, 9, 11, 13, 15):
        sheet.row_dimensions[number].hidden = True
    path = tmp_path / "hidden.xlsx"
    book.save(path)
    (problem,) = read_workbook(path)[0].problems
    assert problem.message == (
        '8 rows of the sheet "Sheet" (2-4, 7, 9, 11, 13 and more) are hidden, and read like the '
        "others."
    )


def test_what_stands_in_a_merged_cell_is_in_each_of_its_rows(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("a", "x"), (None, "y"), (None, "z"), ("b", "q")):
        sheet.append(row)
    sheet["A1"].fill = PatternFill("solid", fgColor="FF0000")
    sheet.merge_cells("A1:A3")
    sheet.merge_cells("C9:C12")
    path = tmp_path / "merged.xlsx"
    book.save(path)
    (read,) = read_workbook(path)
    assert [row.cells for row in read.rows] == [("a", "x"), ("a", "y"), ("a", "z"), ("b", "q")]
    assert [row.colours for row in read.rows[:3]] == [((0, "red"),)] * 3
    assert (1, 0, 3, 0) in read.merged


def test_days_are_those_openpyxl_reads(tmp_path: Path) -> None:
    """Against openpyxl's own reader, with both epochs that workbooks count days from."""
    first = date(1999, 12, 25)
    for epoch in (datetime(1899, 12, 30), datetime(1904, 1, 1)):
        book = Workbook()
        book.epoch = epoch
        sheet = book.active
        assert sheet is not None
        for number in range(0, 20_000, 997):
            sheet.append([first + timedelta(number)])
        path = tmp_path / "days.xlsx"
        book.save(path)
        theirs = load_workbook(path).worksheets[0]
        expected = [f"{row[0].value:%Y-%m-%d}" for row in theirs.iter_rows()]
        assert [row.cells[0] for row in read_workbook(path)[0].rows] == expected


def fill(**colour: Any) -> PatternFill:
    return PatternFill("solid", fgColor=Color(**colour))


def test_colours_of_themes_and_palettes() -> None:
    theme = ("FFFFFF", "000000", "EEECE1", "1F497D", "C0504D", "9BBB59")
    assert read_fill(fill(theme=4), theme) == "red"
    assert read_fill(fill(theme=5, tint=0.4), theme) == "green"
    assert read_fill(fill(theme=4, tint=-0.5), theme) == "red"
    assert read_fill(fill(theme=0), theme) is None
    assert read_fill(fill(theme=11), theme) is None
    assert read_fill(fill(indexed=10), ()) == "red"
    assert read_fill(fill(indexed=64), ()) is None
    assert read_fill(PatternFill("lightUp", fgColor="FF0000"), ()) is None
    assert read_fill(None, ()) is None


def test_a_theme_lists_its_colours_in_another_order_than_cells_count(tmp_path: Path) -> None:
    book = Workbook()
    path = tmp_path / "theme.xlsx"
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        theme = archive.read("xl/theme/theme1.xml")
    # Office's own theme: light 1, dark 1, light 2, dark 2, then six accents and two links.
    assert read_theme(theme)[:5] == ("FFFFFF", "000000", "EEECE1", "1F497D", "4F81BD")
    assert len(read_theme(theme)) == 12
    assert read_theme(None) == ()
    assert read_theme(b"<not closed") == ()


@pytest.mark.parametrize(("rgb", "rag"), [("FF00FF", None), ("FF0050", "red"), ("00FFFF", "blue")])
def test_hues(rgb: str, rag: str | None) -> None:
    assert to_rag(rgb) == rag

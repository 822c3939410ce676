"""Spreadsheets as rows: delimiters, encodings, quoted line ends, workbooks, damaged files."""

from __future__ import annotations

import contextlib
import csv
import io
import zipfile
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from graphmodel.errors import FileError
from loaders.formats import OLE_MARK
from loaders.rows import column_letters, read_csv
from loaders.text import tidy
from loaders.workbooks import read_workbook

if TYPE_CHECKING:
    from pathlib import Path


def write(folder: Path, content: str | bytes, name: str = "links.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    lines = [("from", "to", "reason"), ("a", "b", '"first, then; later"'), ("b", "c", "x")]
    path = write(tmp_path, "\n".join(delimiter.join(line) for line in lines))
    rows = read_csv(path).rows
    assert [row.cells for row in rows] == [
        ("from", "to", "reason"),
        ("a", "b", "first, then; later"),
        ("b", "c", "x"),
    ]


def test_a_told_delimiter_counts(tmp_path: Path) -> None:
    sheet = read_csv(write(tmp_path, "sep=;\nfrom;to\na,1;b,1\n"))
    assert [(row.number, row.cells) for row in sheet.rows] == [
        (2, ("from", "to")),
        (3, ("a,1", "b,1")),
    ]


def test_rows_keep_the_line_they_start_on(tmp_path: Path) -> None:
    text = 'from,to,reason\r\n"a","b","two\r\nlines, ""quoted"""\r\n\r\n ,,\r\nc,d,\r\n'
    sheet = read_csv(write(tmp_path, text))
    assert [row.number for row in sheet.rows] == [1, 2, 6]
    assert sheet.rows[1].cells == ("a", "b", 'two\r\nlines, "quoted"')
    assert str(sheet.place(6, 1)) == "links.csv, line 6"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1252", "windows-1252")],
)
def test_usual_encodings(tmp_path: Path, encoding: str, told: str) -> None:
    text = "from,to,reason\na,b,the council’s “café” – closed\n"  # noqa: RUF001
    sheet = read_csv(write(tmp_path, text.encode(encoding)))
    assert sheet.rows[1].cells[2] == "the council’s “café” – closed"  # noqa: RUF001
    assert sheet.encoding == told
    assert sheet.rows[0].cells[0] == "from"


def test_an_open_quotation_mark_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, 'from,to,reason\na,b,fine\nc,d,"never closed\ne,f,x\n')
    with pytest.raises(FileError, match=r"from line 3 on: a quotation mark there is not closed"):
        read_csv(path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "is empty"), (b" \n ", "is empty"), (b"a,b\n\x00\x01\x02", "is not a text file")],
)
def test_files_without_text(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(FileError, match=sentence):
        read_csv(write(tmp_path, content))


@given(st.integers(0, 18_000))
def test_columns_are_named_as_spreadsheets_name_them(column: int) -> None:
    assert column_letters(column) == get_column_letter(column + 1)


def save(folder: Path, book: Workbook, name: str = "links.xlsx") -> Path:
    path = folder / name
    book.save(path)
    return path


def test_cells_of_a_workbook_are_text_as_typed(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "My links"
    sheet.append(["text ", 12, 0.8, 1.10, True, date(2026, 9, 30), datetime(2026, 9, 30, 17, 0)])
    sheet.append([])
    sheet.append([None, 0.8, -3])
    sheet["B3"].number_format = "0%"
    read = read_workbook(save(tmp_path, book))[0]
    assert read.rows[0].cells == (
        *("text", "12", "0.8", "1.1", "yes"),
        *("2026-09-30", "2026-09-30T17:00"),
    )
    assert (read.rows[1].number, read.rows[1].cells) == (3, ("", "80%", "-3"))
    assert str(read.place(3, 1)) == "links.xlsx, cell My links!B3"


def test_all_sheets_are_read(tmp_path: Path) -> None:
    book = Workbook()
    book.create_sheet("Second").append(["x"])
    assert [sheet.name for sheet in read_workbook(save(tmp_path, book))] == ["Sheet", "Second"]


def test_formulas_count_with_their_last_result(tmp_path: Path) -> None:
    """A formula nobody has calculated yet has no result, so its cell is blank."""
    book = Workbook()
    assert book.active is not None
    book.active.append(["=1+1", "kept"])
    assert read_workbook(save(tmp_path, book))[0].rows[0].cells == ("", "kept")


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in parts.items():
            zipped.writestr(name.replace("__", "/"), content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (OLE_MARK + b"\x00" * 600, "protected by a password or an old .xls workbook"),
        (b"PK\x03\x04 cut off", "is not a readable workbook"),
        (archive(**{"readme.txt": b"hello"}), "is not an Excel workbook"),
        (archive(**{"word__document.xml": b"<w/>"}), "is a Word document"),
        (archive(**{"xl__workbook.xml": b"<not closed"}), "is not a readable workbook"),
        (archive(**{"xl__workbook.xml": b"\x00" * 30_000_000}), "unpacks to 30 MB"),
    ],
)
def test_workbooks_that_cannot_be_read(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(FileError, match=sentence):
        read_workbook(write(tmp_path, content, "links.xlsx"))


def test_a_workbook_that_unpacks_to_no_end_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = Workbook()
    path = save(tmp_path, book)
    with zipfile.ZipFile(path) as zipped:
        unpacked = sum(part.file_size for part in zipped.infolist())
    monkeypatch.setattr("loaders.archives._MAX_UNPACKED", unpacked)
    assert read_workbook(path)
    monkeypatch.setattr("loaders.archives._MAX_UNPACKED", unpacked - 1)
    with pytest.raises(FileError, match="which no plan needs"):
        read_workbook(path)


@given(cut=st.integers(0, 4_000), junk=st.binary(max_size=40))
def test_a_damaged_workbook_is_one_sentence(
    tmp_path_factory: pytest.TempPathFactory, cut: int, junk: bytes
) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["from", "to"])
    stream = io.BytesIO()
    book.save(stream)
    content = stream.getvalue()
    path = write(tmp_path_factory.mktemp("damaged"), content[:cut] + junk, "links.xlsx")
    with pytest.raises(FileError):
        read_workbook(path)


@given(st.lists(st.tuples(st.integers(0, 4_800), st.integers(0, 255)), min_size=1, max_size=5))
def test_bytes_changed_in_a_workbook_never_raise_anything_else(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[int, int]]
) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["from", "to"])
    stream = io.BytesIO()
    book.save(stream)
    content = bytearray(stream.getvalue())
    for position, value in changes:
        content[position % len(content)] = value
    path = write(tmp_path_factory.mktemp("changed"), bytes(content), "links.xlsx")
    with contextlib.suppress(FileError):
        assert isinstance(read_workbook(path), list)


def test_a_cell_too_long_for_any_plan(tmp_path: Path) -> None:
    path = write(tmp_path, "from,to\n" + "x" * 200_000 + ",b\n")
    with pytest.raises(FileError, match="cannot be split into cells from line 2 on"):
        read_csv(path)


CELLS = st.lists(
    st.lists(st.text(st.sampled_from("ab ',\t\x0b\x1c-"), max_size=4), min_size=2, max_size=3),
    min_size=1,
    max_size=5,
)


@given(rows=CELLS, mark=st.sampled_from('",;'), end=st.sampled_from(["\n", "\r\n"]))
def test_cells_are_tidy_however_a_file_is_written(
    rows: list[list[str]], mark: str, end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Files in which nothing is to be tidied are not looked at cell by cell; it makes no odds."""
    rows = [[cell.replace(mark, "") for cell in row] for row in rows]
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=";", lineterminator=end).writerows(rows)
    path = tmp_path_factory.mktemp("csv") / "t.csv"
    path.write_text("sep=;" + end + stream.getvalue(), encoding="utf-8", newline="")
    expected = [tuple(map(tidy, row)) for row in rows]
    assert [row.cells for row in read_csv(path).rows] == [row for row in expected if any(row)]

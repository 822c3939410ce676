"""Registers of links: headings, cells, sheets; what cannot be read is told with its cell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from openpyxl import Workbook

from graphmodel.errors import FileError
from graphmodel.spans import parse_span
from loaders.link_entries import Entry
from loaders.register_sheets import read_registers
from loaders.sheets import read_sheets

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.problems import Problem


class Register(NamedTuple):
    """What the sheets of links of a file hold."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def read_register(path: Path) -> Register:
    book = read_registers(path, read_sheets(path))
    rows = [row for table in book.tables if table.kind.sheet == "Links" for row in table.rows]
    return Register(tuple(map(Entry.of, rows)), book.problems, book.notes)


def register(folder: Path, *lines: str) -> Register:
    path = folder / "links.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return read_register(path)


def entry(folder: Path, **cells: str) -> Entry:
    """Return the entry of a register of one row with these headings."""
    cells = {"from": "a", "to": "b"} | {
        name.replace("_", " "): cell for name, cell in cells.items()
    }
    read = register(folder, "\t".join(cells), "\t".join(cells.values()))
    assert not read.problems, read.problems
    (only,) = read.entries
    return only


def test_a_row_with_its_ends_alone_takes_every_default(tmp_path: Path) -> None:
    only = entry(tmp_path)
    assert (only.tail, only.head, only.type, only.state) == ("a", "b", "FS", "accepted")
    blank = (only.lag, only.reason, only.confidence, only.by, only.at, only.why, only.id, only.rule)
    assert blank == (None,) * 8
    assert str(only.place) == "links.csv, line 2"


@pytest.mark.parametrize(
    "heading",
    [
        "from,to",
        "From ID , TO id",
        "Predecessor,Successor",
        "PREDECESSOR_ID,Successor (ID)",
        "to,from",
    ],
)
def test_headings_in_any_order_case_and_punctuation(tmp_path: Path, heading: str) -> None:
    row = "b,a" if heading == "to,from" else "a,b"
    only = register(tmp_path, heading, row).entries[0]
    assert (only.tail, only.head) == ("a", "b")


def test_every_column_is_read(tmp_path: Path) -> None:
    only = entry(
        tmp_path,
        Link_type="Start-to-Start",
        Lag="6 weeks",
        Rationale="Staff need the new rota first",
        Status="To review",
        Confidence="80%",
        From_title="One",
        To_title="Two",
        Decided_by="Head of Care",
        Decided_on="12/11/2026",
        Why="Asked the team",
        Link_ID="L7",
        Rule="planner",
    )
    assert (only.type, only.lag, only.state, only.confidence) == (
        *("SS", parse_span("6w"), "proposed", 0.8),
    )
    assert (only.reason, only.tail_title, only.head_title) == (
        *("Staff need the new rota first", "One", "Two"),
    )
    assert (only.by, only.at, only.why) == ("Head of Care", date(2026, 11, 12), "Asked the team")
    assert (only.id, only.rule) == ("L7", "planner")


@pytest.mark.parametrize(
    ("heading", "cell", "lag"),
    [
        ("lag", "10wd", "10wd"),
        ("Lag", "45 days", "45d"),
        ("lag", "-1 month", "-1m"),
        ("lag", "\N{MINUS SIGN}5d", "-5d"),
        ("lag", "0", "0d"),
        ("lag", "50%", "50%"),
        ("Lag (days)", "45", "45d"),
        ("Lag (working days)", "-10", "-10wd"),
        ("lag in weeks", "1.5", "1.5w"),
        ("lag months", "2", "2m"),
        ("lag (days)", "2 months", "2m"),
    ],
)
def test_lags(tmp_path: Path, heading: str, cell: str, lag: str) -> None:
    assert entry(tmp_path, **{heading: cell}).lag == parse_span(lag)


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("fs", "FS"), ("Finish to start", "FS"), ("FINISH-FINISH", "FF"), ("s-s", "SS"), ("SF", "SF")],
)
def test_types(tmp_path: Path, cell: str, kind: str) -> None:
    assert entry(tmp_path, type=cell).type == kind


@pytest.mark.parametrize(
    ("cell", "state"),
    [("Accepted", "accepted"), ("yes", "accepted"), ("suggested", "proposed"), ("No", "rejected")],
)
def test_states(tmp_path: Path, cell: str, state: str) -> None:
    assert entry(tmp_path, state=cell).state == state


@pytest.mark.parametrize(
    ("cell", "value"), [("0.8", 0.8), ("80%", 0.8), ("62.5 %", 0.625), ("1", 1.0), ("0", 0.0)]
)
def test_confidence(tmp_path: Path, cell: str, value: float) -> None:
    assert entry(tmp_path, confidence=cell).confidence == value


@pytest.mark.parametrize(
    ("heading", "cell", "sentence"),
    [
        ("type", "FX", '"FX" is not a type of link: write FS, SS, FF or SF; the row is not used.'),
        ("lag", "45", '"45" has no unit: write 45d for calendar days or 45wd for working days'),
        ("lag", "soon", '"soon" is not a span of time: write it like 2m, 8w, 10d or 10wd'),
        ("lag (days)", "5 parsecs", '"5 parsecs" is not a span of time'),
        ("state", "perhaps", '"perhaps" is not a state: write accepted, proposed or rejected'),
        ("confidence", "80", '"80" is not a confidence: write 80% or 0.8'),
        ("confidence", "high", '"high" is not a confidence'),
        ("confidence", "-1", '"-1" is not a confidence'),
        ("decided on", "when ready", '"when ready" is not a day: write it like 2026-09-30'),
        ("decided on", "Sept 2026", '"Sept 2026" is not a day'),
        ("id", "a:b:c", '"a:b:c" is not an id'),
    ],
)
def test_cells_that_cannot_be_read(tmp_path: Path, heading: str, cell: str, sentence: str) -> None:
    read = register(tmp_path, f"from\tto\t{heading}", f"a\tb\t{cell}", "b\tc\t")
    (problem,) = read.problems
    assert (problem.code, problem.severity) == ("unreadable-cell", "error")
    assert problem.message.startswith(sentence)
    assert str(problem.source) == "links.csv, line 2"
    assert [only.head for only in read.entries] == ["c"]


def test_every_bad_cell_of_a_row_is_told(tmp_path: Path) -> None:
    read = register(tmp_path, "from,to,type,lag", "a,b,FX,soon")
    assert [problem.code for problem in read.problems] == ["unreadable-cell", "unreadable-cell"]
    assert not read.entries


def test_a_row_that_names_no_link(tmp_path: Path) -> None:
    read = register(tmp_path, "from,to", ",b", "a,b")
    (problem,) = read.problems
    assert problem.code == "missing-cell"
    assert problem.message.startswith('The row has nothing under "from", so it names no link')
    assert len(read.entries) == 1


def test_a_title_above_the_header_and_blank_rows_do_no_harm(tmp_path: Path) -> None:
    read = register(tmp_path, "Links of the plan,,", ",,", "from,to,lag", "a,b,", ",,", "b,c,2w")
    assert [only.place.line for only in read.entries] == [4, 6]
    assert not read.problems


def test_short_and_long_rows(tmp_path: Path) -> None:
    read = register(tmp_path, "from,to,lag", "a,b", "b,c,2w,beyond the header")
    assert [only.head for only in read.entries] == ["b", "c"]


def test_columns_not_read_are_told(tmp_path: Path) -> None:
    read = register(tmp_path, "from,to,Owner,Cost", "a,b,me,7")
    (problem,) = read.problems
    assert (problem.code, problem.severity) == ("unused-column", "info")
    assert problem.message == 'Nothing is read from the columns "Owner", "Cost".'
    assert len(read.entries) == 1


def test_of_two_headings_the_likelier_is_read(tmp_path: Path) -> None:
    read = register(tmp_path, "from,to,notes,reason", "a,b,ring them,the rota comes first")
    assert read.entries[0].reason == "the rota comes first"
    assert '"notes"' in read.problems[0].message


@pytest.mark.parametrize("heading", ["from,to,lag,lag", "from,to,lag,lag (days)"])
def test_of_two_columns_of_one_meaning_the_first_is_read(tmp_path: Path, heading: str) -> None:
    read = register(tmp_path, heading, "a,b,1d,2d")
    assert [str(one.lag) for one in read.entries] == ["1d"]
    assert [one.code for one in read.problems] == ["unused-column"]


@pytest.mark.parametrize("lines", [("a,b", "b,c"), ("from,until", "a,b"), ("to", "a")])
def test_no_header(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert register(tmp_path, *lines) == ((), (), ())


def test_windows_encoding_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_bytes("from,to,reason\na,b,the council’s café\n".encode("cp1252"))  # noqa: RUF001
    (problem,) = read_register(path).problems
    assert problem.code == "encoding"
    assert problem.message.startswith('"links.csv" is not UTF-8 and was read as Windows-1252')


def workbook(folder: Path, **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "links.xlsx"
    book.save(path)
    return path


def test_the_sheet_that_fits_is_read(tmp_path: Path) -> None:
    links: list[list[Any]] = [
        ["Register"],
        [],
        ["Title", "To", "From", "Confidence"],
        ["t", "b", "a", 0.8],
    ]
    path = workbook(tmp_path, Notes=[["hello"]], Reviewed=links)
    read = read_register(path)
    (only,) = read.entries
    assert (only.tail, only.head, only.confidence) == ("a", "b", 0.8)
    assert str(only.place) == "links.xlsx, cell Reviewed!C4"
    assert read.notes == ("links.xlsx, sheet Reviewed: 1 link row read.",)


def test_every_sheet_of_links_is_read(tmp_path: Path) -> None:
    sheets = {"Old": [["from", "to"], ["x", "y"]], "LINKS": [["from", "to"], ["a", "b"]]}
    read = read_register(workbook(tmp_path, **sheets))
    assert {one.tail for one in read.entries} == {"x", "a"}


def test_a_workbook_without_links(tmp_path: Path) -> None:
    assert read_register(workbook(tmp_path, Costs=[["item", "cost"], ["a", 1]])) == ((), (), ())


def test_a_missing_register(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="There is no file"):
        read_register(tmp_path / "links.csv")


def test_errors_of_formulas_are_told(tmp_path: Path) -> None:
    read = register(tmp_path, "from,to,lag", "#REF!,b,", "a,b,#N/A", "b,c,2w")
    assert [(one.code, str(one.source)) for one in read.problems] == [
        *(("formula-error", "links.csv, line 2"), ("formula-error", "links.csv, line 3")),
    ]
    assert [only.head for only in read.entries] == ["c"]


def test_formulas_never_calculated_are_told(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for row in (("from", "to"), ("=A1", "b"), ("b", "c")):
        book.active.append(row)
    path = tmp_path / "links.xlsx"
    book.save(path)
    read = read_register(path)
    assert [one.code for one in read.problems] == ["formula-not-calculated"]
    assert [one.tail for one in read.entries] == ["b"]


def test_lines_of_two_encodings(tmp_path: Path) -> None:
    path = tmp_path / "links.csv"
    path.write_bytes("from,to,reason\na,b,café\n".encode() + "b,c,café\n".encode("cp1252"))
    read = read_register(path)
    assert [one.reason for one in read.entries] == ["café", "café"]
    (problem,) = read.problems
    assert problem.message.startswith('"links.csv" has lines in UTF-8 and lines that are not')

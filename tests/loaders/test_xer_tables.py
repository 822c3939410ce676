"""The tables of XER files: written and read back, damaged, in two encodings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import FileError
from loaders.schedules.journal import Journal
from loaders.schedules.xer_tables import Tables, parse_tables, read_tables
from tests.loaders.xer_text import HEADER, write_xer

if TYPE_CHECKING:
    from pathlib import Path

#: What a cell may hold: no tab, no end of a line, no half of a character.
CELLS = st.text(st.characters(exclude_characters="\t\r\n", exclude_categories=["Cs"]), max_size=12)
#: Lines by number, from 1.
DAMAGED = (
    "%R\tno table yet",  # 1
    "%T\tT",
    "%R\tno fields yet",  # 3
    "%F\ta\tb",
    "%R\t1\t2\t3",  # 5
    "%R\t1",  # 6
    "%X\tunknown",  # 7
    "%T\tT",  # 8
    "%F\ta\tb",
    "%R\t3\t4",
    "%T\tT",  # 11
    "%F\tc",  # 12
    "%R\t5",  # 13
    "%R",  # 14
    "words",  # 15
)
NAMES = st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=8)


@st.composite
def some_tables(draw: st.DrawFn) -> dict[str, list[dict[str, str]]]:
    """Draw tables with any cells; each has a row at least, for its fields."""
    tables: dict[str, list[dict[str, str]]] = {}
    for name in draw(st.lists(NAMES.map(str.upper), min_size=1, max_size=4, unique=True)):
        fields = draw(st.lists(NAMES, min_size=1, max_size=5, unique=True))
        row = st.fixed_dictionaries(dict.fromkeys(fields, CELLS))
        tables[name] = draw(st.lists(row, min_size=1, max_size=5))
    return tables


def parse(text: str) -> tuple[Tables, list[tuple[str, int | None]]]:
    """Read a text; its problems as code and line."""
    journal = Journal("test.xer")
    tables = parse_tables(text, journal)
    return tables, [(one.code, one.source.line if one.source else None) for one in journal.problems]


@given(some_tables(), st.sampled_from(["\n", "\r\n", "\r"]))
def test_tables_come_back(tables: dict[str, list[dict[str, str]]], end: str) -> None:
    found, problems = parse(write_xer(tables).replace("\n", end))
    assert problems == []
    assert {name: [row.cells for row in found[name]] for name in tables} == tables


@given(some_tables())
def test_rows_know_their_lines(tables: dict[str, list[dict[str, str]]]) -> None:
    text = write_xer(tables)
    found, _ = parse(text)
    lines = text.split("\n")
    for name, rows in tables.items():
        for row, cells in zip(found[name], rows, strict=True):
            assert row.cells == cells
            assert lines[row.line - 1] == "\t".join(["%R", *row.cells.values()])


def test_a_cell_is_without_outer_blanks_and_a_missing_one_blank() -> None:
    found, _ = parse(write_xer({"T": [{"a": "  x "}]}))
    (row,) = found["T"]
    assert (row["a"], row["b"], row.line) == ("x", "", 4)
    assert list(found["NONE"]) == []


def test_a_text_of_several_lines_is_one_cell() -> None:
    text = f"{HEADER}\n%T\tT\n%F\ta\tb\n%R\tone\ttwo\nthree\n\nfour\n%E\n"
    found, problems = parse(text)
    assert [row.cells for row in found["T"]] == [{"a": "one", "b": "two\nthree\nfour"}]
    assert problems == []


def test_what_is_damaged_is_told_with_its_line() -> None:
    found, problems = parse("\n".join(DAMAGED))
    assert [row.cells for row in found["T"]] == [
        {"a": "1", "b": "2"},
        {"a": "1"},
        {"a": "3", "b": "4"},
    ]
    assert problems == [
        ("line-not-read", 1),
        ("line-not-read", 3),
        ("line-not-read", 7),
        ("table-twice", 8),
        ("table-twice", 11),
        ("table-twice", 12),
        ("line-not-read", 13),
        ("line-not-read", 14),
        ("line-not-read", 15),
        ("xer-header", 1),
        ("file-cut-short", 15),
        ("row-too-long", 5),
        ("row-too-short", 6),
    ]


@pytest.mark.parametrize("text", ["hello", "ERMHDR\t20.12", "%T\t\n%E", "<xml/>\n%E"])
def test_no_table_is_no_file(text: str) -> None:
    with pytest.raises(FileError, match=r'"test\.xer" is not a Primavera XER file'):
        parse(text)


@pytest.mark.parametrize(("encoding", "said"), [("utf-8", "utf-8"), ("cp1252", "windows-1252")])
def test_encodings(tmp_path: Path, encoding: str, said: str) -> None:
    path = tmp_path / "a.xer"
    path.write_bytes(write_xer({"T": [{"a": "Café £5"}]}).encode(encoding))
    tables = read_tables(path, Journal("a.xer"))
    assert [row["a"] for row in tables["T"]] == ["Café £5"]
    assert tables.encoding == said


def test_tables_nobody_asked_for() -> None:
    found, _ = parse(write_xer({"A": [{"x": "1"}], "B": [{"x": "1"}, {"x": "2"}]}))
    assert list(found["A"])
    assert list(found.unused()) == [("B", 2)]


def test_binary_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.xer"
    path.write_bytes(b"ERMHDR\t\x00\x01\x02")
    with pytest.raises(FileError, match="is not a text file"):
        read_tables(path, Journal("a.xer"))

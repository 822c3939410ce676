"""The tables of a Primavera XER file: ``%T`` opens one, ``%F`` names its fields, ``%R`` is a row.

Cells are set apart by tabs. The file ends with ``%E``. Older files are Windows-1252, newer ones
UTF-8. A line that begins with no mark goes on with the text of the row above it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from graphmodel.errors import FileError
from graphmodel.files import read_text
from graphmodel.words import count
from loaders.text import split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loaders.schedules.journal import Journal

__all__ = ["Row", "Table", "Tables", "parse_tables", "read_tables"]

#: First word of every XER file.
HEADER: Final = "ERMHDR"
_MARK: Final = "%"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its line (from 1) and its cells by field, blank where there is none."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, name: str) -> str:
        """Return a cell without outer blanks; blank where the table has no such field."""
        return self.cells.get(name, "").strip()


@dataclass(slots=True)
class Table:
    """A table: its fields, and its rows as lines of text."""

    name: str
    line: int
    fields: tuple[str, ...] = ()
    raw: list[tuple[int, str]] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        for line, text in self.raw:
            yield Row(line, dict(zip(self.fields, text.split("\t"), strict=False)))


@dataclass(frozen=True, slots=True)
class Tables:
    """The tables of a file by name; ``used`` are those that somebody asked for."""

    tables: dict[str, Table]
    header: tuple[str, ...] = ()
    encoding: str = "utf-8"
    used: set[str] = field(default_factory=set)

    def __getitem__(self, name: str) -> Table:
        """Return a table, empty where the file has none of that name."""
        self.used.add(name)
        return self.tables.get(name) or Table(name, 0)

    def unused(self) -> Iterator[tuple[str, int]]:
        """Yield name and number of rows of each table that nobody asked for."""
        for name, table in self.tables.items():
            if name not in self.used and table.raw:
                yield name, len(table.raw)


def read_tables(path: Path, journal: Journal) -> Tables:
    """Read the tables of a file.

    Raises
    ------
    FileError
        The file cannot be opened, is no text, or is no XER file.
    """
    text, encoding = read_text(path)
    tables = parse_tables(text, journal)
    return replace(tables, encoding=encoding)


def parse_tables(text: str, journal: Journal) -> Tables:
    """Read the tables of a text; raises `FileError` where it holds none."""
    reader = _Reader(journal)
    lines = split_lines(text)
    for number, line in enumerate(lines, start=1):
        if line.startswith("%R\t"):
            reader.row(number, line[3:])
        elif line.startswith(_MARK):
            reader.mark(number, line)
        elif line.startswith(HEADER) and number == 1:
            reader.header = tuple(line.split("\t"))
        elif line.strip():
            reader.go_on(number, line)
    if not reader.tables:
        raise FileError(
            f'"{journal.file}" is not a Primavera XER file: it holds no table (no line that begins '
            "with %T). Export the project from Primavera as XER again."
        )
    reader.finish(len(lines))
    return Tables(reader.tables, reader.header)


class _Reader:
    """Tables in the making, and what is wrong with their lines."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.header: tuple[str, ...] = ()
        self.tables: dict[str, Table] = {}
        self._table: Table | None = None
        self._ended = False

    def mark(self, number: int, line: str) -> None:
        kind, *cells = line.split("\t")
        match kind:
            case "%T" if cells and cells[0].strip():
                self._open(number, cells[0].strip())
            case "%F" if self._table is not None:
                self._name_fields(number, tuple(cell.strip() for cell in cells))
            case "%R":
                self.row(number, "")
            case "%E":
                self._ended = True
            case _:
                self._stray(number)

    def row(self, number: int, text: str) -> None:
        if self._table is None or not self._table.fields:
            self._stray(number)
        else:
            self._table.raw.append((number, text))

    def go_on(self, number: int, line: str) -> None:
        """Add a line to the text of the row above it."""
        if self._table is None or not self._table.raw:
            self._stray(number)
        else:
            first, text = self._table.raw[-1]
            self._table.raw[-1] = first, f"{text}\n{line}"

    def finish(self, last: int) -> None:
        """Tell what is missing: the header, the end, cells of rows."""
        if not self.header:
            message = "The file does not begin with ERMHDR, as Primavera's own do."
            self._journal.tell("xer-header", "warning", message, 1)
        if not self._ended:
            message = "The file breaks off: the line %E that ends it is missing, and rows may be."
            self._journal.tell("file-cut-short", "error", message, last)
        for table in self.tables.values():
            self._check_width(table)

    def _open(self, number: int, name: str) -> None:
        if name in self.tables:
            self._journal.tell(
                "table-twice",
                "warning",
                f"The table {name} stands twice in the file: the rows of both are read.",
                number,
            )
        self._table = self.tables.setdefault(name, Table(name, number))

    def _name_fields(self, number: int, fields: tuple[str, ...]) -> None:
        table = self._table
        assert table is not None  # noqa: S101 - asked before
        if table.fields and table.fields != fields:
            self._journal.tell(
                "table-twice",
                "error",
                f"The table {table.name} has other fields the second time: the rows there are left "
                "out.",
                number,
            )
            self._table = None
        else:
            table.fields = fields

    def _stray(self, number: int) -> None:
        self._journal.tell(
            "line-not-read", "warning", "The line belongs to no table and is left out.", number
        )

    def _check_width(self, table: Table) -> None:
        width = len(table.fields) - 1
        odd = [line for line, text in table.raw if text.count("\t") > width]
        short = [line for line, text in table.raw if text.count("\t") < width]
        if odd:
            rows = count(len(odd), "row")
            self._journal.tell(
                "row-too-long",
                "warning",
                f"The table {table.name} has {rows} with more cells than it has fields: what is "
                "over is left out.",
                odd[0],
            )
        if short:
            rows = count(len(short), "row")
            self._journal.tell(
                "row-too-short",
                "info",
                f"The table {table.name} has {rows} with fewer cells than it has fields: the last "
                "fields are taken as blank.",
                short[0],
            )

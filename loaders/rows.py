"""Spreadsheets as rows of text, each cell with its place: CSV here, workbooks beside it.

A cell's text is what a person would type: dates as ``2026-09-30``, percentages as ``80%``. Blank
rows are left out, numbers of rows are those of the file. Characters that show nothing (marks of
writing direction, zero-width blanks) are not kept.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphmodel.errors import FileError
from graphmodel.files import read_text
from graphmodel.problems import Place
from loaders.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.problems import Problem

__all__ = ["DELIMITERS", "Row", "Sheet", "column_letters", "read_csv"]


#: What may stand between cells.
DELIMITERS: Final = ",;\t|"

#: Characters that the delimiter is judged by.
_SAMPLE: Final = 20_000

#: What a tidy CSV file has none of: quotation marks, and blanks that are neither space nor tab.
_ODD: Final = '"\x0b\x0c\x1c\x1d\x1e\x1f'


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the line it starts on or its number in the sheet, from 1, and its cells.

    ``level`` is how deep a workbook has grouped it (0: not at all); ``colours`` the RAG that the
    fill of a cell stands for, by column from 0.
    """

    number: int
    cells: tuple[str, ...]
    level: int = 0
    colours: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a CSV file, or of one sheet of a workbook (``name``).

    ``merged`` are merged cells as (first row, first column, last row, last column), rows from 1,
    columns from 0; what stands in one that reaches down is in each of its rows. ``uncalculated``
    are the (row, column) of formulas without a result. ``problems`` tell of the sheet as a whole.
    """

    file: str
    rows: tuple[Row, ...]
    name: str | None = None
    encoding: str | None = None
    hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()
    uncalculated: frozenset[tuple[int, int]] = frozenset()
    problems: tuple[Problem, ...] = ()

    def place(self, row: int, column: int = 0) -> Place:
        """Return the place of a cell; ``column`` counts from 0."""
        if self.name is None:
            return Place(self.file, line=row)
        return Place(self.file, cell=f"{self.name}!{column_letters(column)}{row}")

    @property
    def title(self) -> str:
        """What messages call it: the file, and which sheet of it."""
        return f'"{self.file}"' if self.name is None else f'Sheet "{self.name}" of "{self.file}"'


def column_letters(column: int) -> str:
    """Return a spreadsheet's name of a column counted from 0: A to Z, then AA, AB and on."""
    letters = ""
    rest = column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def read_csv(path: str | Path) -> Sheet:
    """Read a CSV file of any usual delimiter and encoding.

    Cells may hold line ends inside quotation marks. A first line ``sep=;`` is honoured.

    Raises
    ------
    FileError
        The file cannot be read, is not text, or a quotation mark is left open.
    """
    path = Path(path)
    text, encoding = read_text(path)
    first, _, _ = text.partition("\n")
    told = first.strip().removeprefix("sep=") if first.startswith("sep=") else ""
    delimiter = told if len(told) == 1 else _sniff(text[:_SAMPLE])
    rows = tuple(_split(text, delimiter, path))
    return Sheet(path.name, rows[1:] if told else rows, encoding=encoding)


def _split(text: str, delimiter: str, path: Path) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    is_tidy = _is_tidy(text, delimiter)  # as most are: a quarter of the time less
    line = 1
    try:
        for cells in reader:
            shown = cells if is_tidy else list(map(tidy, cells))
            if any(shown):
                yield Row(line, tuple(shown))
            line = reader.line_num + 1
    except csv.Error:
        raise FileError(
            f'"{path}" cannot be split into cells from line {line} on: a quotation mark there '
            "is not closed, or not doubled inside its cell, or a cell is far too long."
        ) from None


def _is_tidy(text: str, delimiter: str) -> bool:
    """Return whether no cell can have anything about it that `tidy` takes away."""
    edges = {delimiter, "\n", "\r"}
    blanks = {" ", "\t", "'"} - edges
    if not text.isascii() or any(one in text for one in _ODD) or {text[:1], text[-1:]} & blanks:
        return False
    pairs = (pair for edge in edges for blank in blanks for pair in (edge + blank, blank + edge))
    return not any(pair in text for pair in pairs)


def _sniff(text: str) -> str:
    """Return the delimiter that cuts most rows into the same number of cells, at least two."""
    return max(DELIMITERS, key=lambda delimiter: _evenness(text, delimiter))


def _evenness(text: str, delimiter: str) -> tuple[int, int]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        widths = Counter(len(row) for row in rows if len(row) > 1)
    except csv.Error:
        return 0, 0
    return max(((times, width) for width, times in widths.items()), default=(0, 0))

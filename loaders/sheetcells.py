"""The cells of one sheet of a workbook, streamed from its XML part.

openpyxl takes three times as long for the same cells and leaves out, in its streaming mode, merged
cells, hidden rows and formulas without a result. Document types, in which harmful entities would be
declared, end the reading.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from xml.parsers import expat

from loaders.rows import Row
from loaders.text import tidy
from loaders.watching import tell

if TYPE_CHECKING:
    from typing import IO

    from loaders.cellstyles import CellStyles

__all__ = ["MAX_COLUMNS", "SheetCells", "read_cells"]

#: Columns that are read; a sheet wider than that would fill the memory with blanks.
MAX_COLUMNS: Final = 1_000

_CHUNK: Final = 1 << 18
_MEGABYTE: Final = 1_000_000
_DIGITS: Final = "0123456789"


@dataclass(slots=True)
class SheetCells:
    """What one sheet holds: see `loaders.rows.Sheet`; ``beyond`` are rows that are too wide."""

    rows: list[Row] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    hidden: list[int] = field(default_factory=list)
    beyond: list[int] = field(default_factory=list)


def read_cells(part: IO[bytes], styles: CellStyles, size: int = 0) -> SheetCells:
    """Read the XML part of a sheet; ``size``: the bytes it has, to tell how far the reading is.

    Raises
    ------
    ValueError
        The part is damaged, or declares a document type.
    """
    reader = _Reader(styles)
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.begin
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.read_text
    parser.StartDoctypeDeclHandler = _refuse_type
    try:
        while chunk := part.read(_CHUNK):
            tell(part.tell() // _MEGABYTE, size // _MEGABYTE)
            parser.Parse(chunk, False)  # noqa: FBT003 - expat's own signature
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None
    return reader.found


def _refuse_type(*_: Any) -> None:
    raise ValueError("a document type is declared")


class _Reader:
    """The state of reading: the row and the cell that are open."""

    def __init__(self, styles: CellStyles) -> None:
        self.found = SheetCells()
        self.styles = styles
        self.prefix = ""
        self.columns: dict[str, int] = {}
        self.number = 0
        self.level = 0
        self.cells: list[str] = []
        self.colours: list[tuple[int, str]] = []
        self.column = -1
        self.kind = "n"
        self.style = 0
        self.words: list[str] = []
        self.collecting = False
        self.formula = False
        self.waiting = False  # a formula of this row has no result

    def begin(self, name: str, attributes: dict[str, str]) -> None:
        if self.prefix:
            name = name.removeprefix(self.prefix)
        if name == "c":
            self._begin_cell(attributes)
        elif name in {"v", "t"}:
            self.collecting = True
        elif name == "f":
            self.formula = True
        elif name == "row":
            self._begin_row(attributes)
        elif name == "mergeCell":
            self._read_merged(attributes.get("ref", ""))
        elif name.endswith(":worksheet") and not self.prefix:
            self.prefix = name.removesuffix("worksheet")

    def end(self, name: str) -> None:
        if self.prefix:
            name = name.removeprefix(self.prefix)
        if name in {"v", "t"}:
            self.collecting = False
        elif name == "c":
            self._end_cell()
        elif name == "row":
            self._end_row()

    def read_text(self, text: str) -> None:
        if self.collecting:
            self.words.append(text)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        self.number = int(attributes.get("r", self.number + 1))
        self.level = int(attributes.get("outlineLevel", 0))
        if attributes.get("hidden") in {"1", "true"}:
            self.found.hidden.append(self.number)
        self.cells, self.colours, self.column, self.waiting = [], [], -1, False

    def _end_row(self) -> None:
        cells = self.cells
        while cells and not cells[-1]:
            cells.pop()
        if cells or self.waiting:
            self.found.rows.append(Row(self.number, tuple(cells), self.level, tuple(self.colours)))
        elif self.found.hidden and self.found.hidden[-1] == self.number:
            self.found.hidden.pop()  # nothing stands in it

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        place = attributes.get("r")
        self.column = self.column + 1 if place is None else self._column(place.rstrip(_DIGITS))
        self.kind = attributes.get("t", "n")
        self.style = int(attributes.get("s", 0))
        self.formula = False
        self.words.clear()

    def _column(self, letters: str) -> int:
        column = self.columns.get(letters)
        if column is None:
            column = self.columns[letters] = _number(letters)
        return column

    def _end_cell(self) -> None:
        column = self.column
        text = self._show("".join(self.words))
        colour = self.styles.colours.get(self.style)
        if column >= MAX_COLUMNS:
            if text and (not self.found.beyond or self.found.beyond[-1] != self.number):
                self.found.beyond.append(self.number)
            return
        if colour is not None:
            self.colours.append((column, colour))
        if text:
            missing = column + 1 - len(self.cells)
            if missing > 0:
                self.cells.extend([""] * missing)
            self.cells[column] = text
        elif self.formula and self.kind == "n":
            self.waiting = True
            self.found.uncalculated.add((self.number, column))

    def _show(self, text: str) -> str:
        if not text:
            return ""
        if self.kind == "s":
            return tidy(self.styles.strings[int(text)])
        if self.kind == "n":
            return self.styles.show_number(text.strip(), self.style)
        if self.kind == "b":
            return "yes" if text.strip() == "1" else "no"
        if self.kind == "d":
            return text.strip().removesuffix("T00:00:00")
        return tidy(text)

    def _read_merged(self, reference: str) -> None:
        first, _, last = reference.replace("$", "").partition(":")
        if last:
            self.found.merged.append((*_place(first), *_place(last)))


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip(_DIGITS)
    return int(reference[len(letters) :]), _number(letters)


def _number(letters: str) -> int:
    """Return the number of a column from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1

"""Sheets of a workbook that people filter and read: a bold header that stays, wrapped texts.

Every text is a text, whatever it begins with: it is stored as one, and Excel and LibreOffice are
told (``quotePrefix``) not to make a formula of it when somebody edits the cell. Rows are written
as they come, so that a sheet of 100,000 rows takes little memory.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import FileError
from graphmodel.moments import write_moment
from loaders.formulas import guard, needs_guard
from loaders.rows import column_letters
from loaders.writers.texts import CELL_LIMIT, Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from loaders.writers.itemrows import Cell

__all__ = ["Heading", "Number", "SheetWriter"]

#: A heading and the width of its column, in characters.
Heading = tuple[str, int]


class Number(float):
    """A number in a cell that is no percentage."""


_MAX_ROWS: Final = 1_048_576

#: Excel counts days before this one differently from everybody else.
_FIRST_DAY: Final = date(1900, 3, 1)

_DAY_FORM: Final = "dd mmm yyyy"
_TIME_FORM: Final = "dd mmm yyyy hh:mm"
_WHOLE_FORM: Final = "0%"
_PART_FORM: Final = "0.0%"
_NUMBER_FORM: Final = "General"

_HEAD_FILL: Final = "FFE7EBF0"

#: The height of a line in points, and the characters of a line that wrapping between words loses.
_LINE: Final = 15
_LOST: Final = 3


class SheetWriter:
    """Writes sheets to a new workbook, row by row."""

    def __init__(self, path: Path) -> None:
        import openpyxl  # noqa: PLC0415 - heavy

        self.texts = Texts(CELL_LIMIT)
        self._path = path
        self.book = openpyxl.Workbook(write_only=True)

    def write(
        self,
        name: str,
        headings: Iterable[Heading],
        rows: Iterable[Sequence[Cell]],
        number: int,
        *,
        to_read: bool = False,
    ) -> Any:
        """Write a sheet with a header and a known number of rows; return openpyxl's own.

        Parameters
        ----------
        to_read
            Whether people are to read it all: rows get the height of what wraps in them, because
            not every program finds that by itself, and a printed page holds the whole width.

        Raises
        ------
        FileError
            There are more rows than a sheet holds.
        """
        if number >= _MAX_ROWS:
            raise FileError(
                f'"{self._path}" cannot be written: a sheet holds no more than '
                f"{_MAX_ROWS - 1:,} rows; export the plan as CSV."
            )
        sheet = self.book.create_sheet(name)
        sheet.freeze_panes = "A2"
        if to_read:
            sheet.page_setup.orientation = "landscape"
            sheet.page_setup.fitToHeight = 0
            sheet.sheet_properties.pageSetUpPr.fitToPage = True
            sheet.print_title_rows = "1:1"
        styles = _Styles(sheet)
        head: list[Any] = []
        widths: list[int] = []
        for heading, width in headings:
            sheet.column_dimensions[column_letters(len(head))].width = width
            head.append(styles.head(heading))
            widths.append(width)
        sheet.append(head)
        for place, row in enumerate(rows, start=2):
            if to_read:
                sheet.row_dimensions[place].height = _LINE * _count_lines(row, widths)
            sheet.append([self._cell(cell, styles) for cell in row])
        sheet.auto_filter.ref = f"A1:{column_letters(len(head) - 1)}{number + 1}"
        return sheet

    def _cell(self, cell: Cell, styles: _Styles) -> Any:
        if cell is None or cell == "":
            return None
        if isinstance(cell, str):
            return styles.text(self._fit(cell))
        if isinstance(cell, date):
            day = cell.date() if isinstance(cell, datetime) else cell
            return styles.text(write_moment(cell)) if day < _FIRST_DAY else styles.day(cell)
        return styles.number(cell) if isinstance(cell, Number) else styles.percent(cell)

    def _fit(self, text: str) -> str:
        """Return a text as the cell holds it, its line ends as XML has them."""
        plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
        return self.texts.fit(guard(plain) if plain.startswith("'") else plain)


def _count_lines(row: Sequence[Cell], widths: Sequence[int]) -> int:
    """Return how many lines the longest text of a row takes."""
    return max(
        (
            sum(-(-len(line) // max(width - _LOST, 1)) or 1 for line in cell.splitlines())
            for cell, width in zip(row, widths, strict=True)
            if isinstance(cell, str) and cell
        ),
        default=1,
    )


class _Styles:
    """Cells of a sheet in the few styles it has; each style is made once."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415 - heavy
        from openpyxl.styles import Alignment, Font, PatternFill  # noqa: PLC0415

        wrapped = Alignment(wrap_text=True, vertical="top")
        self._sheet = sheet
        self._make: Callable[[Any], Any] = WriteOnlyCell
        fill = PatternFill("solid", fgColor=_HEAD_FILL)
        self._head = self._style(font=Font(bold=True), fill=fill, alignment=wrapped)
        self._text = self._style(alignment=wrapped)
        self._guarded = self._style(alignment=wrapped, quotePrefix=True)
        beside = Alignment(horizontal="left", vertical="top")
        self._numbers = {
            form: self._style(number_format=form, alignment=beside)
            for form in (_DAY_FORM, _TIME_FORM, _WHOLE_FORM, _PART_FORM, _NUMBER_FORM)
        }

    def _style(self, **attributes: Any) -> Any:
        cell = self._make(self._sheet)
        for name, value in attributes.items():
            setattr(cell, name, value)
        return cell._style  # noqa: SLF001 - see below

    def head(self, text: str) -> Any:
        return self._cell(text, "s", self._head)

    def text(self, text: str) -> Any:
        return self._cell(text, "s", self._guarded if needs_guard(text) else self._text)

    def day(self, day: date) -> Any:
        form = _TIME_FORM if isinstance(day, datetime) else _DAY_FORM
        return self._cell(day, "d", self._numbers[form])

    def percent(self, percent: float) -> Any:
        form = _WHOLE_FORM if percent == int(percent) else _PART_FORM
        return self._cell(percent / 100, "n", self._numbers[form])

    def number(self, number: float) -> Any:
        whole = int(number) if number == int(number) else float(number)
        return self._cell(whole, "n", self._numbers[_NUMBER_FORM])

    def _cell(self, value: Any, kind: str, style: Any) -> Any:
        # Attributes of openpyxl's own: its public way costs four times as much for each cell, and
        # makes formulas of texts.
        cell = self._make(self._sheet)
        cell._value, cell.data_type, cell._style = value, kind, style  # noqa: SLF001
        return cell

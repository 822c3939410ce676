"""Excel workbooks as rows of text; guarded against files that unpack to no end."""

from __future__ import annotations

import warnings
import zipfile
from bisect import bisect_right
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import FileError
from graphmodel.files import read_bytes
from graphmodel.problems import Place, Problem
from graphmodel.words import count
from loaders.archives import DAMAGE, check_archive, damaged, list_parts
from loaders.cellstyles import read_styles
from loaders.formats import OLE_MARK
from loaders.rows import Row, Sheet
from loaders.sheetcells import MAX_COLUMNS, read_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from loaders.sheetcells import SheetCells

__all__ = ["read_workbook"]

#: Ranges of rows that a message lists.
_RANGES: Final = 5


def read_workbook(path: str | Path) -> list[Sheet]:
    """Read the sheets of an .xlsx or .xlsm workbook; formulas count with their last results.

    Raises
    ------
    FileError
        The file cannot be read, is protected by a password, is no workbook or a damaged one, or
        `loaders.archives` refuses it.
    """
    path = Path(path)
    content = read_bytes(path)
    if content.startswith(OLE_MARK):
        raise FileError(
            f'"{path}" is protected by a password or an old .xls workbook: '
            "save it as .xlsx without a password."
        )
    _check_kind(path, content)
    check_archive(path, content, "workbook")
    import openpyxl  # noqa: PLC0415 - heavy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and drop-downs, which nobody reads here
            book = openpyxl.load_workbook(
                BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            return list(_read_sheets(path, book, content))
    except DAMAGE:
        raise damaged(path, "workbook") from None


def _check_kind(path: Path, content: bytes) -> None:
    parts = list_parts(content)
    if "word/document.xml" in parts:
        raise FileError(f'"{path}" is a Word document, not a workbook: give it as a paper.')
    if parts and "xl/workbook.xml" not in parts:
        raise FileError(f'"{path}" is not an Excel workbook: save it as .xlsx or CSV.')


def _read_sheets(path: Path, book: Any, content: bytes) -> Iterator[Sheet]:
    styles = read_styles(book)
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for sheet in book.worksheets:
            with archive.open(sheet._worksheet_path) as part:  # noqa: SLF001 - told nowhere else
                size = archive.getinfo(part.name).file_size
                cells = read_cells(part, styles, size)
            yield Sheet(
                path.name,
                _fill_down(cells),
                name=sheet.title,
                hidden=sheet.sheet_state != "visible",
                merged=tuple(cells.merged),
                uncalculated=frozenset(cells.uncalculated),
                problems=tuple(_tell(path, sheet.title, cells)),
            )


def _fill_down(cells: SheetCells) -> tuple[Row, ...]:
    """Return the rows with what stands in a merged cell in each row that it reaches down to."""
    rows = cells.rows
    numbers = [row.number for row in rows]
    for top, column, bottom, _ in cells.merged:
        place = bisect_right(numbers, top) - 1
        if bottom == top or place < 0 or numbers[place] != top:
            continue
        first = rows[place]
        text = first.cells[column] if column < len(first.cells) else ""
        colours = tuple(one for one in first.colours if one[0] == column)
        for below in range(place + 1, bisect_right(numbers, bottom)):
            rows[below] = _filled(rows[below], column, text, colours)
    return tuple(rows)


def _filled(row: Row, column: int, text: str, colours: tuple[tuple[int, str], ...]) -> Row:
    cells = [*row.cells, *[""] * (column + 1 - len(row.cells))]
    cells[column] = text
    others = tuple(one for one in row.colours if one[0] != column)
    return replace(row, cells=tuple(cells), colours=others + colours)


def _tell(path: Path, sheet: str, cells: SheetCells) -> Iterator[Problem]:
    """Say what of a sheet a person does not see, and what is not read."""
    if cells.hidden:
        rows, one = _list_rows(cells.hidden), len(cells.hidden) == 1
        message = (
            f'{count(len(cells.hidden), "row")} of the sheet "{sheet}" ({rows}) '
            f"{'is' if one else 'are'} hidden, and read like the others."
        )
        place = Place(path.name, cell=f"{sheet}!A{cells.hidden[0]}")
        yield Problem("hidden-rows", "info", message, (), place)
    if cells.beyond:
        message = (
            f'The sheet "{sheet}" has more than {MAX_COLUMNS:,} columns: what stands right of them '
            f"in {_list_rows(cells.beyond)} is not read."
        )
        place = Place(path.name, cell=f"{sheet}!A{cells.beyond[0]}")
        yield Problem("too-wide", "warning", message, (), place)


def _list_rows(numbers: Sequence[int]) -> str:
    """Return row numbers as ranges: ``3, 5-9``, the first few of many."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    shown = [str(one) if one == last else f"{one}-{last}" for one, last in ranges[:_RANGES]]
    return ", ".join(shown) + (" and more" if len(ranges) > _RANGES else "")

"""Excel workbooks as rows of text; guarded against files that unpack to no end."""

from __future__ import annotations

import warnings
import zipfile
import zlib
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import FileError
from graphmodel.files import read_bytes
from graphmodel.moments import write_moment
from loaders.formats import OLE_MARK
from loaders.rows import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_workbook"]

#: What a workbook may unpack to: a hundred times any plan seen.
_MAX_UNPACKED: Final = 500_000_000

#: Sheets shrink 10 to 50 times; a file above this is made to fill the memory.
_MAX_RATIO: Final = 200
_RATIO_FROM: Final = 10_000_000

#: What openpyxl and the libraries under it raise on damaged files.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    SyntaxError,  # XML parsers' errors are of this kind
    NotImplementedError,
)


def read_workbook(path: str | Path) -> list[Sheet]:
    """Read the sheets of an .xlsx or .xlsm workbook; formulas count with their last results.

    Raises
    ------
    FileError
        The file cannot be read, is protected by a password, is no workbook or a damaged one, or
        unpacks to more than 500 MB.
    """
    path = Path(path)
    content = read_bytes(path)
    if content.startswith(OLE_MARK):
        raise FileError(
            f'"{path}" is protected by a password or an old .xls workbook: '
            "save it as .xlsx without a password."
        )
    _check_size(path, content)
    import openpyxl  # noqa: PLC0415 - heavy

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and drop-downs, which nobody reads here
            book = openpyxl.load_workbook(
                BytesIO(content), read_only=True, data_only=True, keep_links=False
            )
            return [
                Sheet(path.name, tuple(_rows(sheet)), name=sheet.title) for sheet in book.worksheets
            ]
    except _DAMAGE:
        raise _damaged(path) from None


def _check_size(path: Path, content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except _DAMAGE:
        raise _damaged(path) from None
    if any(part.filename == "word/document.xml" for part in parts):
        raise FileError(f'"{path}" is a Word document: save its text as .txt and give that.')
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise FileError(f'"{path}" is not an Excel workbook: save it as .xlsx or CSV.')
    unpacked = sum(part.file_size for part in parts)
    ratio = unpacked / max(1, len(content))
    if unpacked > _MAX_UNPACKED or (unpacked > _RATIO_FROM and ratio > _MAX_RATIO):
        raise FileError(
            f'"{path}" unpacks to {unpacked / 1e6:,.0f} MB, which no plan needs: '
            "check where it comes from, or copy its cells to a new workbook."
        )


def _damaged(path: Path) -> FileError:
    return FileError(
        f'"{path}" is not a readable workbook: open it in Excel and save it again as .xlsx.'
    )


def _rows(sheet: Any) -> Iterator[Row]:
    sheet.reset_dimensions()  # some programs write a wrong size, which would cut rows off
    for number, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [_text(cell) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            yield Row(number, tuple(texts))


def _text(cell: Any) -> str:
    """Return a cell as a person would type it."""
    value = cell.value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        percent = "%" in (cell.number_format or "")
        return f"{value * 100:.10g}%" if percent else f"{value:.15g}"
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        value = value.date()
    if isinstance(value, date):
        return write_moment(value)
    return "" if value is None else str(value).strip()

"""Excel workbooks as rows of text; guarded against files that unpack to no end."""

from __future__ import annotations

import warnings
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmodel.errors import FileError
from graphmodel.files import read_bytes
from graphmodel.moments import write_moment
from loaders.archives import DAMAGE, check_archive, damaged, list_parts
from loaders.formats import OLE_MARK
from loaders.rows import Row, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["read_workbook"]


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
            return [
                Sheet(path.name, tuple(_rows(sheet)), name=sheet.title) for sheet in book.worksheets
            ]
    except DAMAGE:
        raise damaged(path, "workbook") from None


def _check_kind(path: Path, content: bytes) -> None:
    parts = list_parts(content)
    if "word/document.xml" in parts:
        raise FileError(f'"{path}" is a Word document, not a workbook: give it as a paper.')
    if parts and "xl/workbook.xml" not in parts:
        raise FileError(f'"{path}" is not an Excel workbook: save it as .xlsx or CSV.')


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

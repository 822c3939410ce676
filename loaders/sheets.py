"""The sheets of a spreadsheet: a workbook's, or a CSV file as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.collector import collector_paused
from loaders.formats import OLE_MARK, ZIP_MARK
from loaders.rows import read_csv
from loaders.workbooks import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from loaders.rows import Sheet

__all__ = ["read_sheets"]


def read_sheets(path: Path) -> list[Sheet]:
    """Return the sheets of a workbook, or a CSV file as one; told apart by their first bytes."""
    try:
        with path.open("rb") as stream:
            mark = stream.read(8)
    except OSError:
        mark = b""  # the readers below say what is wrong
    with collector_paused():
        if mark.startswith((ZIP_MARK, OLE_MARK)):
            return read_workbook(path)
        return [read_csv(path)]

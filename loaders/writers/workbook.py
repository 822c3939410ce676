"""A plan as a workbook: a sheet of items, and a register of everything that has one."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from graphmodel.files import write_bytes
from loaders.writers.itemrows import make_item_table
from loaders.writers.sheets import SheetWriter

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan

__all__ = ["ITEMS", "write_workbook"]

#: The name of the sheet of items.
ITEMS = "Items"


def write_workbook(plan: Plan, path: Path) -> tuple[str, ...]:
    """Write a plan as .xlsx; return what of its texts had to be changed.

    Raises
    ------
    FileError
        The file cannot be written, or a sheet has no room for so many rows.
    """
    writer = SheetWriter(path)
    table = make_item_table(plan)
    headings = [(column.heading, column.width) for column in table.columns]
    writer.write(ITEMS, headings, table.rows(), len(table.items))
    stream = io.BytesIO()
    writer.book.save(stream)
    write_bytes(path, stream.getvalue())
    return writer.texts.tell()

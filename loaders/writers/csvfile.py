"""The items of a plan as a CSV file that spreadsheets open and `loaders.item_tables` reads back.

Accepted links stand among the predecessors, and whoever has a role in the column of that role.

UTF-8 with a byte order mark, by which Excel knows the encoding; lines end with CR LF; dates are
ISO dates; a text that looks like a formula is guarded by an apostrophe (`loaders.formulas`).
"""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from graphmodel.files import write_bytes
from graphmodel.moments import write_moment
from loaders.formulas import guard
from loaders.writers.itemrows import make_item_table
from loaders.writers.texts import Texts

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan
    from loaders.writers.itemrows import Cell

__all__ = ["write_csv"]


def write_csv(plan: Plan, path: Path) -> tuple[str, ...]:
    """Write the items of a plan as CSV; return what of their texts had to be changed.

    Raises
    ------
    FileError
        The file cannot be written.
    """
    table = make_item_table(plan, plan.accepted_links, plan.assignments)
    texts = Texts()
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.heading for column in table.columns])
    writer.writerows([_show(cell, texts) for cell in row] for row in table.rows())
    write_bytes(path, stream.getvalue().encode("utf-8-sig"))
    return texts.tell()


def _show(cell: Cell, texts: Texts) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        if cell.isascii() and cell.isalnum():  # most cells
            return cell
        return guard(texts.fit(cell).strip())
    if isinstance(cell, date):
        return write_moment(cell)
    return f"{Decimal(str(cell)):f}%"

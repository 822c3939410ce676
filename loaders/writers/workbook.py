"""A plan as a workbook: a sheet of items, and a register of everything that has one.

Every fact stands in one place, so that a change to it has no other to contradict: what the sheet of
items holds in full (`loaders.writers.plainfacts`) has no row in the registers of links and
assignments. The registers are those of a template (`loaders.template_sheets`).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from graphmodel.files import write_bytes
from graphmodel.moments import parse_moment
from loaders.register_cells import read_last_day, read_moment
from loaders.template_sheets import PLAN_SHEET, make_sheets
from loaders.writers.itemrows import make_item_table
from loaders.writers.plainfacts import plain_assignments, plain_links
from loaders.writers.sheets import SheetWriter

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from graphmodel.plan import Plan
    from loaders.columns import Column
    from loaders.template_sheets import TemplateSheet
    from loaders.writers.itemrows import Cell
    from loaders.writers.sheets import Heading

__all__ = ["ITEMS", "write_workbook"]

#: The name of the sheet of items.
ITEMS: Final = "Items"

#: Fields that tell one row of a register from another, where items may say the same.
_KEYS: Final = {"Links": ("tail", "head", "type"), "Assignments": ("officer", "item", "role")}

#: How columns are read that hold days.
_DAYS: Final = (read_moment, read_last_day)

#: Characters of the narrowest and the widest column of a register, and rows it is judged by.
_WIDTHS: Final = (10, 50)
_SAMPLE: Final = 200


def write_workbook(plan: Plan, path: Path) -> tuple[str, ...]:
    """Write a plan as .xlsx; return what of its texts had to be changed.

    Raises
    ------
    FileError
        The file cannot be written, or a sheet has no room for so many rows.
    """
    links, assignments = plain_links(plan), plain_assignments(plan)
    told: dict[str, set[tuple[str | None, ...]]] = {
        "Links": {(link.from_, link.to, link.type) for link in links},
        "Assignments": {(one.officer, one.item, one.role.replace("_", " ")) for one in assignments},
    }
    writer = SheetWriter(path)
    table = make_item_table(plan, links, assignments)
    headings = [(column.heading, column.width) for column in table.columns]
    writer.write(ITEMS, headings, table.rows(), len(table.items))
    for sheet in make_sheets(plan):
        if sheet.name != PLAN_SHEET:
            keys = told.get(sheet.name, set())
            fields = _KEYS.get(sheet.name, ())
            rows = [row for row in sheet.rows if tuple(map(row.get, fields)) not in keys]
            writer.write(sheet.name, _headings(sheet), _cells(sheet, rows), len(rows))
    stream = io.BytesIO()
    writer.book.save(stream)
    write_bytes(path, stream.getvalue())
    return writer.texts.tell()


def _headings(sheet: TemplateSheet) -> Iterator[Heading]:
    """Yield the headings of a register, each as wide as what stands below it."""
    narrowest, widest = _WIDTHS
    for heading, column in zip(sheet.headings, sheet.columns, strict=True):
        texts = (row.get(column.field, "") for row in sheet.rows[:_SAMPLE])
        length = max(map(len, (heading, *texts)))
        yield heading, min(max(length + 2, narrowest), widest)


def _cells(sheet: TemplateSheet, rows: Sequence[Mapping[str, str]]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [_cell(column, row.get(column.field, "")) for column in sheet.columns]


def _cell(column: Column, text: str) -> Cell:
    """Return a day where a column of days holds one, else the text."""
    return parse_moment(text) if text and column.parse in _DAYS else text

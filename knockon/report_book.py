"""A report as a workbook: the answer on the first sheet, then every table in full on its own."""

from __future__ import annotations

import io
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from graphmodel.moments import write_moment
from loaders.rows import column_letters
from loaders.writers.sheets import Number, SheetWriter
from viz.paper.blocks import (
    Bullets,
    Chain,
    Course,
    Graph,
    Heat,
    Named,
    Spread,
    Table,
    Text,
    show_cell,
)
from viz.words import show_month

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from loaders.writers.itemrows import Cell as SheetCell
    from viz.paper.blocks import Cell, Column, Paper

__all__ = ["pack_book"]

_SUMMARY: Final = (("Topic", 30), ("What it says", 110))
_STEPS: Final = (("Step", 8), ("Id", 14), ("Item", 60), ("By", 20), ("Late", 26), ("Because", 60))
#: Characters that the name of a sheet may have.
_NAME: Final = 31


def pack_book(paper: Paper, path: Path) -> tuple[bytes, tuple[str, ...]]:
    """Return a report as the content of an .xlsx file, and what of its texts had to be changed.

    Raises
    ------
    FileError
        There are more rows than a sheet holds; ``path`` names the file.
    """
    writer = SheetWriter(path)
    summary = list(_summary(paper))
    writer.write("Summary", _SUMMARY, summary, len(summary), to_read=True)
    for section in paper.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                _write_table(writer, block)
            elif isinstance(block, Graph):
                _write_table(writer, block.table)
            elif isinstance(block, Heat):
                heads = [(block.heading, 44), *((show_month(one), 9) for one in block.months)]
                rows = [
                    (row.name, *(Number(one) if one else None for one in row.values))
                    for row in block.rows
                ]
                _shade(writer.write(block.name[:_NAME], heads, rows, len(rows)), block)
            elif isinstance(block, Chain):
                steps = [
                    (Number(one.depth), one.item.id, one.item.title, one.by, one.late, one.because)
                    for one in block.steps
                ]
                writer.write(block.name[:_NAME], _STEPS, steps, len(steps), to_read=True)
    stream = io.BytesIO()
    writer.book.save(stream)
    return stream.getvalue(), writer.texts.tell()


def _summary(paper: Paper) -> Iterator[Sequence[SheetCell]]:
    yield "Report", paper.title
    yield "Plan", " ".join(one for one in (paper.plan_title, paper.version) if one)
    if paper.report_of:
        yield "Report of", paper.report_of
    yield "Data as of", paper.data_date
    yield "Answer", paper.headline
    if paper.basis:
        yield "What it rests on", paper.basis
    for sentence in paper.summary:
        yield "Summary", sentence
    for figure in paper.figures.figures:
        yield figure.label[:1].upper() + figure.label[1:], figure.value
    for section in paper.sections:
        for block in section.blocks:
            if isinstance(block, Text):
                yield section.title, block.text
            elif isinstance(block, Bullets):
                for entry in block.entries:
                    yield section.title, entry


def _shade(sheet: Any, block: Heat) -> None:
    """Let the program that shows a sheet colour its numbers, the greater the darker."""
    from openpyxl.formatting import rule as rules  # noqa: PLC0415 - heavy

    last = f"{column_letters(len(block.months))}{len(block.rows) + 1}"
    make: Any = rules.ColorScaleRule  # its types say nothing
    rule = make("num", 0, "FFFFFF", end_type="max", end_color="5B96C8")
    sheet.conditional_formatting.add(f"B2:{last}", rule)
    sheet.freeze_panes = "B2"


def _write_table(writer: SheetWriter, block: Table) -> None:
    columns = [_Column(block, place) for place in range(len(block.columns))]
    heads = [head for column in columns for head in column.heads()]
    rows = [
        [cell for column, value in zip(columns, row, strict=True) for cell in column.cells(value)]
        for row in block.rows
    ]
    writer.write(block.name[:_NAME], heads, rows, len(rows), to_read=True)


class _Column:
    """A column of a report as one or two of a sheet: an item as id and title, both ends apart."""

    def __init__(self, block: Table, place: int) -> None:
        self.column: Column = block.columns[place]
        values = [row[place] for row in block.rows]
        self.is_named = any(isinstance(one, Named) for one in values)
        self.is_spread = any(isinstance(one, Spread) for one in values)
        self.is_number = any(isinstance(one, (int, float, Spread)) for one in values)

    def heads(self) -> Iterator[tuple[str, int]]:
        heading = self.column.heading
        if self.column.unit == "days" and self.is_number:
            heading = f"{heading} (days)"
        if self.is_named:
            yield "Id", 14
            yield heading, max(self.column.width, 50)
        elif self.is_spread:
            yield f"{heading}, gaps spare", 16
            yield f"{heading}, gaps work", 16
        else:
            yield heading, max(self.column.width, 11)

    def cells(self, value: Cell) -> Iterator[SheetCell]:
        if value is None and (self.is_named or self.is_spread):
            yield from (None, None)
        elif isinstance(value, Named):
            yield value.id
            yield value.title
        elif isinstance(value, Spread):
            yield _number(value.low)
            yield _number(value.high)
        elif isinstance(value, (int, float)):
            yield 100.0 * value if self.column.unit == "share" else _number(value)
        elif isinstance(value, Course):
            yield " → ".join(write_moment(day) for day in value.dates)
        else:
            yield value if isinstance(value, date) else show_cell(value)


def _number(value: date | float | None) -> SheetCell:
    return Number(value) if isinstance(value, (int, float)) else value

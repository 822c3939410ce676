"""Proposals and decisions as a table for Excel, which `knockon load` reads back.

One row is one proposed link, gate or outside event, with the words of the paper on both sides and a
column for the decision (`loaders.review.columns`). Texts that look like formulas are harmless, as
in every table that knockon writes (`loaders.formulas`).
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import FileError
from graphmodel.files import write_bytes
from graphmodel.moments import parse_moment
from loaders.formulas import guard
from loaders.register_cells import read_last_day, read_moment
from loaders.review.columns import COLUMNS
from loaders.review_register import REVIEW, show_proposal
from loaders.rows import column_letters
from loaders.writers.sheets import SheetWriter
from loaders.writers.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphmodel.plan import Plan
    from loaders.columns import Column
    from loaders.review.proposals import Proposal
    from loaders.writers.itemrows import Cell

__all__ = ["ENDINGS", "write_review"]

#: What such a file may be called.
ENDINGS: Final = (".csv", ".xlsx")

_DAYS: Final = (read_moment, read_last_day)

#: Widths of columns in characters, where what is in them says nothing about it.
_WIDE: Final = {
    **dict.fromkeys(("tail_title", "head_title"), 32),
    **dict.fromkeys(("evidence_from", "evidence_to", "reason"), 44),
    **dict.fromkeys(("tail", "head"), 14),
    "why": 30,
    **dict.fromkeys(("type", "lag", "order", "clash"), 8),
    "candidate": 13,
    "by": 16,
    "at": 17,
}
_WIDTH: Final = 11

#: Rows below the last one for which choices are still offered.
_SPARE: Final = 200

_INTRODUCTION: Final = (
    "Write accept, reject or reverse under Decision; leave it blank to decide later.",
    "Say who decided, when and why if that is worth keeping. You may change Type, Lag and Order.",
    "Then load the plan and this file together; decisions go with the plan from then on.",
    "Sort and filter as you like. A row that you delete is a proposal that nobody has decided.",
)


def write_review(plan: Plan, path: str | Path, proposals: Iterable[Proposal]) -> tuple[str, ...]:
    """Write proposals, decided or not, as CSV or XLSX; return what of their texts was changed.

    Raises
    ------
    FileError
        The name ends otherwise, or the file cannot be written.
    """
    path = Path(path)
    rows = [
        show_proposal(plan, getattr(plan, proposal.group)[proposal.place]) for proposal in proposals
    ]
    write = {".csv": _write_csv, ".xlsx": _write_workbook}.get(path.suffix.lower())
    if write is None:
        raise FileError(f'"{path}" is to be a table: name it with the ending .csv or .xlsx.')
    return write(path, rows)


def _write_csv(path: Path, rows: Sequence[dict[str, str]]) -> tuple[str, ...]:
    texts = Texts()
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([_heading(column) for column in COLUMNS])
    for row in rows:
        writer.writerow([guard(texts.fit(row.get(one.field, "")).strip()) for one in COLUMNS])
    write_bytes(path, stream.getvalue().encode("utf-8-sig"))
    return texts.tell()


def _write_workbook(path: Path, rows: Sequence[dict[str, str]]) -> tuple[str, ...]:
    writer = SheetWriter(path)
    headings = [(_heading(column), _WIDE.get(column.field, _WIDTH)) for column in COLUMNS]
    cells = ([_cell(column, row.get(column.field, "")) for column in COLUMNS] for row in rows)
    sheet = writer.write(REVIEW.sheet, headings, cells, len(rows), to_read=True)
    _add_choices(sheet, len(rows))
    guidance = [(line, "") for line in _INTRODUCTION]
    guidance += [(_heading(column), column.about) for column in COLUMNS]
    writer.write(
        "Guidance", [("How to review", 80), ("Column", 90)], guidance, len(guidance), to_read=True
    )
    stream = io.BytesIO()
    writer.book.save(stream)
    write_bytes(path, stream.getvalue())
    return writer.texts.tell()


def _heading(column: Column) -> str:
    words = column.headings[0]
    return words[:1].upper() + words[1:]


def _cell(column: Column, text: str) -> Cell:
    """Return days as days and a confidence as a percentage, everything else as text."""
    if text and column.parse in _DAYS:
        return parse_moment(text)
    if text and column.field == "confidence":
        return round(float(text) * 100, 6)
    return text


def _add_choices(sheet: Any, number: int) -> None:
    """Offer the choices of a column in a drop-down list."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - heavy

    for letters, column in _with_letters():
        if column.choices:
            words = ",".join(column.choices)
            rule = DataValidation("list", formula1=f'"{words}"', allow_blank=True)
            rule.errorTitle = _heading(column)
            rule.error = f"Choose {', '.join(column.choices)}, or leave it blank."
            rule.promptTitle = _heading(column)
            rule.prompt = column.about
            rule.showErrorMessage = rule.showInputMessage = True
            rule.add(f"{letters}2:{letters}{number + 1 + _SPARE}")
            sheet.data_validations.append(rule)


def _with_letters() -> Iterator[tuple[str, Column]]:
    for place, column in enumerate(COLUMNS):
        yield column_letters(place), column

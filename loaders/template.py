"""The workbook that a PMO fills in: guidance, drop-down lists, and what a plan knows already.

Its sheets are made from the columns that the readers of items and registers declare, so what is
written here is what they read. Every cell of text is text, so that none that begins with "=", "+",
"-" or "@" is ever taken for a formula.
"""

from __future__ import annotations

import re
import textwrap
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import FileError
from graphmodel.files import write_bytes
from graphmodel.plan import Plan
from graphmodel.words import count
from loaders.cell_texts import fit_cell
from loaders.item_cells import parse_item_id, parse_when
from loaders.item_tables import read_item_tables
from loaders.register_cells import read_days, read_id, read_last_day, read_moment
from loaders.register_sheets import merge_registers, read_registers
from loaders.rows import column_letters
from loaders.template_example import example_plan
from loaders.template_sheets import PLAN_SHEET, make_sheets
from loaders.writers.losses import tell_losses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.columns import Column
    from loaders.template_sheets import TemplateSheet

__all__ = ["write_template"]

#: Rows below the last one that drop-down lists and ids still cover.
_SPARE: Final = 1_000

#: What Excel takes in a list of choices, and in a prompt.
_LONGEST_LIST: Final = 255
_LONGEST_PROMPT: Final = 255

#: The first day whose number all spreadsheets agree on.
_FIRST_DAY: Final = "1900-03-01"

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER: Final = re.compile(r"\d{1,10}(?:\.\d{1,5})?")
_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")

_DATES: Final = (parse_when, read_moment, read_last_day, read_days)
_IDS: Final = (read_id, parse_item_id)
_NUMBERS: Final = frozenset({"probability", "confidence", "order"})

#: Fields that hold ids of what stands in the first column of another sheet.
_NAMED: Final = {
    **dict.fromkeys(("item", "tail", "head", "parent"), PLAN_SHEET),
    **dict.fromkeys(("officer", "successor"), "Officers"),
    **dict.fromkeys(("board", "reports_to"), "Boards"),
}

_WIDTHS: Final = (10, 60)

_NAME: Final = "template.xlsx"
_KEPT: Final = "The plan file keeps what is not in the workbook: load the two together."

#: Widths of the columns of the guidance in characters, and the height of a line in points.
_GUIDANCE_WIDTHS: Final = (14, 20, 80, 60)
_LINE: Final = 15

_INTRODUCTION: Final = (
    "Fill in the sheets that you need, and leave the others as they are. Nobody has to write code.",
    "One row is one thing: one item, one link, one meeting. Leave blank what you do not know.",
    "Write dates as days (2026-09-30, 30/09/2026) or as months (Sept 2026, Q2 26/27).",
    "Write lengths of time with a unit: 10d days, 10wd working days, 2w weeks, 3m months.",
    "Part several ids or names in one cell by semicolons.",
    (
        "Keep ids as they are: everything else is found by them. A title beside an id is held "
        "against it, so that a mistyped id is told and does no harm."
    ),
    (
        "A row that you delete takes nothing away from the plan: reject, cancel or end it in its "
        "column State."
    ),
    "You may add columns of your own, move columns, and delete those that you do not use.",
)


def write_template(path: str | Path, plan: Plan | None = None) -> tuple[str, ...]:
    """Write a workbook for a plan and all its registers; return what people should know of it.

    Parameters
    ----------
    plan
        The plan whose items, links, officers, … the sheets are filled with; without one, they show
        a small example.

    Raises
    ------
    FileError
        The name does not end in .xlsx, or the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() != ".xlsx":
        raise FileError(f'"{path}" is to be a workbook: name it with the ending .xlsx.')
    shown = example_plan() if plan is None else plan
    sheets = make_sheets(shown)
    write_bytes(path, _build(sheets, shown, is_example=plan is None))
    rows = count(sum(len(sheet.rows) for sheet in sheets), "row")
    what = "an example" if plan is None else f"what {shown.title or shown.id} knows already"
    first = f"{path.name} has {count(len(sheets), 'sheet')} to fill in, with {rows} of {what}."
    lost = tell_losses(shown, _read_back(sheets), "the workbook", beside=True)
    return (first, *lost, *([_KEPT] if lost else []))


def _read_back(sheets: Sequence[TemplateSheet]) -> Plan:
    """Return the plan that the sheets of a template make by themselves."""
    book = read_registers(_NAME, [sheet.sheet for sheet in sheets])
    loaded = read_item_tables(_NAME, book.rest)
    items = Plan(id="template") if loaded is None else loaded.plan
    return merge_registers(items, book, "s2")[0]


def _build(sheets: Sequence[TemplateSheet], plan: Plan, *, is_example: bool) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - heavy

    book = Workbook()
    book.properties.title = "Example plan" if is_example else (plan.title or plan.id)
    book.properties.language = "en-GB"
    book.properties.creator = "knockon"
    guidance = book.worksheets[0]
    guidance.title = "Guidance"
    lengths = {sheet.name: len(sheet.rows) + _SPARE for sheet in sheets}
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        _write_sheet(page, sheet)
        _add_lists(page, sheet, lengths)
    _write_guidance(guidance, sheets, is_example=is_example)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_sheet(page: Any, sheet: TemplateSheet) -> None:
    for number, row in enumerate((None, *sheet.rows), start=1):
        texts = sheet.headings if row is None else sheet.cells(row)
        for place, (column, text) in enumerate(zip(sheet.columns, texts, strict=True), start=1):
            if text:
                _write_cell(page.cell(number, place), text, None if row is None else column)
    _dress(page, sheet)


def _write_cell(cell: Any, text: str, column: Column | None) -> None:
    """Write a day as a day, a number as a number, and everything else as text."""
    if column is not None and column.parse in _DATES and _is_day(text):
        cell.value = date.fromisoformat(text)
        cell.number_format = "yyyy-mm-dd"
    elif column is not None and column.field in _NUMBERS and _is_number(text):
        cell.value = float(text) if "." in text else int(text)
    else:
        cell.value = text
        cell.data_type = "s"  # also where openpyxl takes it for a formula or an error
        if text.startswith(_DANGEROUS):
            cell.quotePrefix = True
        if column is not None and column.parse in _IDS:
            cell.number_format = "@"


def _is_number(text: str) -> bool:
    """Return whether a text is a number that a spreadsheet shows just so."""
    return _NUMBER.fullmatch(text) is not None and f"{float(text):.15g}" == text


def _is_day(text: str) -> bool:
    return _DAY.fullmatch(text) is not None and text >= _FIRST_DAY


def _dress(page: Any, sheet: TemplateSheet) -> None:
    """Mark the header, keep it in sight, and give each column room."""
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - heavy

    _add_table(page, (1, len(sheet.rows) + 1), len(sheet.columns), sheet.name)
    page.freeze_panes = "B2"
    for place, column in enumerate(sheet.columns):
        letters = column_letters(place)
        heading = page[f"{letters}1"]
        heading.font = Font(bold=True)
        heading.alignment = Alignment(vertical="top", wrap_text=True)
        texts = [row.get(column.field, "") for row in sheet.rows[:_SPARE]]
        widest = max(map(len, (sheet.headings[place], *texts)))
        dimension = page.column_dimensions[letters]
        dimension.width = min(max(widest + 2, _WIDTHS[0]), _WIDTHS[1])
        if column.parse in _IDS:
            dimension.number_format = "@"  # or "1.10" becomes 1.1 when it is typed
    page.print_title_rows = "1:1"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _add_table(page: Any, rows: tuple[int, int], width: int, name: str) -> None:
    """Make rows a table, whose first one is its header for every program and screen reader."""
    from openpyxl.worksheet.table import Table, TableStyleInfo  # noqa: PLC0415 - heavy

    first, last = rows
    reference = f"A{first}:{column_letters(width - 1)}{max(last, first + 1)}"
    table = Table(displayName=f"Table{name}", ref=reference)
    table.tableStyleInfo = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)
    page.add_table(table)


def _add_lists(page: Any, sheet: TemplateSheet, lengths: dict[str, int]) -> None:
    """Offer choices and known ids in drop-down lists, which nobody has to choose from."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415 - heavy

    for place, column in enumerate(sheet.columns):
        formula = _choices(column, lengths)
        about = column.about
        if formula is None and not about:
            continue
        kind: Any = {} if formula is None else {"formula1": formula, "type": "list"}
        rule = DataValidation(allow_blank=True, showErrorMessage=False, **kind)
        rule.promptTitle = sheet.headings[place][:32]
        rule.prompt = textwrap.shorten(about, _LONGEST_PROMPT, placeholder=" …")
        rule.showInputMessage = True
        letters = column_letters(place)
        rule.add(f"{letters}2:{letters}{lengths[sheet.name] + 1}")
        page.add_data_validation(rule)


def _choices(column: Column, lengths: dict[str, int]) -> str | None:
    """Return the formula of a drop-down list, or None."""
    if column.choices:
        words = f'"{",".join(column.choices)}"'
        return words if len(words) <= _LONGEST_LIST else None
    named = _NAMED.get(column.field)
    return None if named is None else f"'{named}'!$A$2:$A${lengths[named] + 1}"


def _write_guidance(page: Any, sheets: Sequence[TemplateSheet], *, is_example: bool) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415 - heavy

    lines = ["How to fill in this workbook", *_INTRODUCTION]
    if is_example:
        lines.append("The rows in the sheets are an example: write your own over them.")
    for number, line in enumerate(lines, start=1):
        cell = page.cell(number, 1, line)
        cell.font = Font(bold=number == 1, size=14 if number == 1 else 11)
    first = len(lines) + 2
    for place, heading in enumerate(("Sheet", "Column", "What to write", "Choices"), start=1):
        page.cell(first, place, heading).font = Font(bold=True)
    number = first
    for sheet in sheets:
        number += 1
        _fill_row(page, number, (sheet.name, "(the sheet)", sheet.about, ""))
        for heading, column in zip(sheet.headings, sheet.columns, strict=True):
            number += 1
            needed = " Every row needs it." if column.needed else ""
            about = column.about + needed
            _fill_row(page, number, (sheet.name, heading, about, ", ".join(column.choices)))
    _add_table(page, (first, number), 4, "Guidance")
    for letters, width in zip("ABCD", _GUIDANCE_WIDTHS, strict=True):
        page.column_dimensions[letters].width = width
    for row in page.iter_rows(min_row=first + 1, max_row=number):
        high = 1
        for cell, width in zip(row, _GUIDANCE_WIDTHS, strict=True):
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            high = max(high, len(textwrap.wrap(str(cell.value or ""), width)))
        if high > 1:  # not every program finds the height of a row by itself
            page.row_dimensions[row[0].row].height = high * _LINE
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _fill_row(page: Any, number: int, texts: Sequence[str]) -> None:
    for place, text in enumerate(texts, start=1):
        if text:
            _write_cell(page.cell(number, place), fit_cell(text), None)

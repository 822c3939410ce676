"""From the rows of a sheet to what each says of an item: cell by cell, by the declared columns.

A cell that cannot be read is told and left out; its row is read all the same. What has no column of
its own is kept under ``x_`` and the heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from graphmodel.partial import Partial, parse_partial
from loaders.columns import Column, fold
from loaders.faults import ERRORS, CellFaults
from loaders.ids import free_id, make_slug
from loaders.item_cells import parse_flag, parse_percent, parse_when
from loaders.item_words import FLAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graphmodel.problems import Severity
    from loaders.headers import Table
    from loaders.rows import Row

__all__ = ["ItemRow", "read_rows", "settle"]

_Fault = tuple[str, "Severity", str]

#: Headings that are the title only where nothing else is.
_WEAK: Final = frozenset({"description", "details", "what", "summary", "item"})

_SLASHED: Final = re.compile(
    r"(?P<first>\d{1,2})/(?P<second>\d{1,2})/(?P<year>\d{4}|\d\d)(?P<rest>\D.*)?"
)
_DECIMAL: Final = re.compile(r"\d*\.?\d+")
_MONTHS: Final = 12


@dataclass(slots=True)
class ItemRow:
    """A row read: its values by field; columns that may be many as tuples of (column, text)."""

    table: Table
    row: Row
    values: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)

    def column(self, name: str) -> int:
        """Return the first column of a field, the first of the sheet where it has none."""
        known = self.table.known.items()
        return next((place for place, column in known if column.field == name), 0)


def settle(table: Table) -> Table:
    """Return a table in which columns mean what their cells show.

    A "Milestone" column of yes and no is a mark, not a title; a "Description" beside a column of
    actions or milestones is a fact.
    """
    known = dict(table.known)
    for place, column in table.known.items():
        if column.field == "milestone" and _are_flags(_texts(table, place)):
            known[place] = replace(column, field="flag", parse=parse_flag)
        has_level = table.fields & {"action", "milestone"}
        if column.field == "title" and has_level and fold(table.headings[place]) in _WEAK:
            known[place] = Column(f"x_{fold(table.headings[place])}", (), str)
    fields = frozenset(column.field for column in known.values())
    return replace(table, known=known, fields=fields)


def _texts(table: Table, place: int) -> set[str]:
    rows = table.sheet.rows[table.first :]
    return {row.cells[place] for row in rows if place < len(row.cells) and row.cells[place]}


def _are_flags(texts: set[str]) -> bool:
    words = {fold(word) or word for words in FLAGS.values() for word in words}
    return bool(texts) and all((fold(text) or text) in words for text in texts)


def read_rows(table: Table, faults: CellFaults) -> list[ItemRow]:
    """Return the rows below a header, in order; a header printed again is left out."""
    heading = table.sheet.rows[table.first - 1].cells
    rows = [ItemRow(table, row) for row in table.sheet.rows[table.first :] if row.cells != heading]
    names = _fact_names(table)
    month_first = _is_month_first(table, faults)
    for place, printed in enumerate(table.headings):
        if place in table.known:
            _read_column(table, place, rows, faults, month_first=month_first)
        elif place in names:
            _read_facts(place, names[place], rows)
        elif not printed:
            _tell_unheaded(table, place, rows, faults)
    widest = max((len(row.row.cells) for row in rows), default=0)
    for place in range(len(table.headings), widest):
        _tell_unheaded(table, place, rows, faults)
    return rows


_UNCALCULATED: Final[_Fault] = (
    "formula-not-calculated",
    "warning",
    (
        "The formula was never calculated, so the cell is blank: open the workbook, let it "
        "calculate, and save it"
    ),
)

_UNHEADED: Final[_Fault] = (
    "column-without-heading",
    "warning",
    "The column has no heading, and what stands in it is not read",
)


def _tell_unheaded(table: Table, place: int, rows: Sequence[ItemRow], faults: CellFaults) -> None:
    for item in rows:
        cells = item.row.cells
        if place < len(cells) and cells[place] and sum(map(bool, cells)) > 1:
            faults.add(table.sheet, (item.row.number, place), _UNHEADED)


def _fact_names(table: Table) -> dict[int, str]:
    """Return the key of each column that is kept as a fact, every key once."""
    taken = {column.field for column in table.known.values()}
    names: dict[int, str] = {}
    for place in table.others:
        key = f"x_{make_slug(table.headings[place]).replace('-', '_') or 'column'}"
        names[place] = free_id(key, taken, "_")
        taken.add(names[place])
    return names


def _read_facts(place: int, name: str, rows: Sequence[ItemRow]) -> None:
    for item in rows:
        cells = item.row.cells
        if place < len(cells) and cells[place]:
            item.facts[name] = cells[place]


def _read_column(
    table: Table,
    place: int,
    rows: Sequence[ItemRow],
    faults: CellFaults,
    *,
    month_first: bool,
) -> None:
    """Read the cells of one column; equal cells are parsed once."""
    column, sheet = table.known[place], table.sheet
    parse = _choose_parser(table, place, month_first=month_first)
    uncalculated = sheet.uncalculated
    known: dict[str, tuple[Any, tuple[_Fault, ...]]] = {}
    name, many, is_fact = column.field, column.many, column.field.startswith("x_")
    for item in rows:
        cells = item.row.cells
        text = cells[place] if place < len(cells) else ""
        if not text:
            if uncalculated and (item.row.number, place) in uncalculated:
                faults.add(sheet, (item.row.number, place), _UNCALCULATED)
            continue
        found = known.get(text)
        if found is None:
            found = known[text] = _parse(parse, text)
        value, wrong = found
        for fault in wrong:
            faults.add(sheet, (item.row.number, place), fault)
        if value is None:
            continue
        if many:
            item.values[name] = (*item.values.get(name, ()), (place, value))
        elif is_fact:
            item.facts[name] = value
        else:
            item.values[name] = value


def _choose_parser(table: Table, place: int, *, month_first: bool) -> Callable[[str], Any]:
    """Return how the cells of a column are read, which may depend on all of them."""
    parse = table.known[place].parse
    if parse is parse_when and month_first:
        return _parse_month_first
    if parse is parse_percent and _are_fractions(_texts(table, place)):
        return _parse_fraction
    return parse


def _parse(parse: Callable[[str], Any], text: str) -> tuple[Any, tuple[_Fault, ...]]:
    if text in ERRORS:
        message = f'The formula shows the error "{text}" instead of a result; the cell is not used'
        return None, (("formula-error", "warning", message),)
    try:
        value = parse(text)
    except ValueError as error:
        message = f"{str(error).removesuffix('.')}; the cell is not used"
        return None, (("unreadable-cell", "warning", message),)
    if isinstance(value, Partial):
        return value, tuple((note.code, note.severity, note.message) for note in value.notes)
    return value, ()


def _are_fractions(texts: set[str]) -> bool:
    """Return whether numbers are parts of 1: none is above it, and one is neither 0 nor 1."""
    numbers = [float(text) for text in texts if _DECIMAL.fullmatch(text)]
    return any(0 < number < 1 for number in numbers) and max(numbers) <= 1


def _parse_fraction(text: str) -> float:
    return float(text) * 100 if _DECIMAL.fullmatch(text) else parse_percent(text)


def _is_month_first(table: Table, faults: CellFaults) -> bool:
    """Return whether the dates of a sheet have the month first: some must, and none can have not.

    Planner and other tools of American make write them so; everything else has the day first.
    """
    month_first: tuple[str, int] | None = None
    for place, column in table.known.items():
        if column.parse is not parse_when:
            continue
        matches = [match for text in _texts(table, place) if (match := _SLASHED.fullmatch(text))]
        if any(int(match["first"]) > _MONTHS for match in matches):
            return False
        others = [match.group() for match in matches if int(match["second"]) > _MONTHS]
        if others and month_first is None:
            month_first = min(others), place
    if month_first is None:
        return False
    shown, place = month_first
    message = (
        f'Dates are read with the month first, because "{shown}" has no other meaning and no date '
        "of the sheet has the day first"
    )
    row = next(row for row in table.sheet.rows[table.first :] if shown in row.cells)
    faults.add(table.sheet, (row.number, place), ("date-month-first", "warning", message))
    return True


def _parse_month_first(text: str) -> Partial:
    match = _SLASHED.fullmatch(text)
    if match is None:
        return parse_when(text)
    swapped = f"{match['second']}/{match['first']}/{match['year']}{match['rest'] or ''}"
    partial = parse_partial(swapped)
    return replace(partial, planned=partial.planned.model_copy(update={"text": text}))

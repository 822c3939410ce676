"""Status returns: what officers report of items of a plan that is there already.

A return is a sheet with a column of ids and at least one of status, progress, percent, actual or
forecast dates, RAG, remaining, grade and cause; the columns are those of `loaders.item_columns`. It
is read without the plan (`read_return`); what the plan makes of it is decided in
`loaders.return_merging`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphmodel.collector import collector_paused
from graphmodel.partial import parse_partial
from graphmodel.problems import Problem
from graphmodel.stretches import Stretch, find_stretches, fold
from loaders.exports import find_export
from loaders.faults import CellFaults
from loaders.headers import find_table
from loaders.item_build import read_report
from loaders.item_columns import COLUMNS, REPORTED
from loaders.item_dates import read_facts
from loaders.item_rows import read_rows, settle
from loaders.item_tables import check_mapping, tell_encoding
from loaders.lengths import parse_length
from loaders.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from graphmodel.problems import Place
    from loaders.headers import Table
    from loaders.item_rows import ItemRow
    from loaders.rows import Sheet

__all__ = ["ReportRow", "StatusReturn", "find_return", "read_return"]

_REPORTED: Final = frozenset(REPORTED)

#: How exact the day of a return must be told: a year in a file's name is none.
_EXACT: Final = frozenset({"day", "month", "quarter"})

#: Columns that hold what is being reported on, in the plan's words.
_TITLES: Final = ("title", "milestone", "action")


@dataclass(frozen=True, slots=True)
class ReportRow:
    """What one row reports: the id it names, where it stands, and the fields of an item it fills.

    ``title`` and ``due`` are what the row calls the item and says it is due, to be held against the
    plan; ``as_of`` is the day the row speaks of.
    """

    id: str
    place: Place
    fields: dict[str, Any]
    title: str | None = None
    due: date | None = None
    as_of: date | None = None
    facts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StatusReturn:
    """A status return read: its file, the day it speaks of if it says, its rows, what is wrong."""

    path: Path
    as_of: date | None
    rows: tuple[ReportRow, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def find_return(sheets: Iterable[Sheet], mapping: Mapping[str, str] | None = None) -> list[Table]:
    """Return the headers of those sheets that report on items by id; see `read_return`."""
    tables = (find_table(sheet, COLUMNS, _fits, mapping) for sheet in sheets if not sheet.hidden)
    return [table for table in tables if table is not None]


def _fits(fields: frozenset[str]) -> bool:
    return "id" in fields and not fields.isdisjoint(_REPORTED)


def read_return(
    path: str | Path, sheets: Sequence[Sheet], *, mapping: Mapping[str, str] | None = None
) -> StatusReturn | None:
    """Return what the sheets of a file report, or None where none has ids and a status.

    The day it speaks of is that of the column "As of", else the last day named above the header
    ("Position at 31 October 2026"), else by the file's name ("status 2026-10.csv"), else none.

    Raises
    ------
    PlanError
        The mapping names a field that there is not.
    """
    path = Path(path)
    check_mapping(mapping)
    tables = [settle(table) for table in find_return(sheets, mapping)]
    if not tables:
        return None
    faults = CellFaults()
    rows: list[ReportRow] = []
    problems: list[Problem] = []
    days: list[date] = []
    with collector_paused():
        for table in tables:
            problems += [*tell_encoding(table.sheet), *table.sheet.problems]
            above = [cell for row in table.above for cell in row.cells if cell]
            day = _day_of(above) or _day_of([path.stem])
            read = list(_read_rows(table, day, faults, problems))
            days += [row.as_of for row in read if row.as_of is not None]
            rows += read
    notes = (f"{path.name} was read as a status return: {len(rows):,} rows.",)
    as_of = max(days, default=None)
    return StatusReturn(path, as_of, tuple(rows), (*problems, *faults.problems()), notes)


def _read_rows(
    table: Table, day: date | None, faults: CellFaults, problems: list[Problem]
) -> Iterator[ReportRow]:
    working = find_export(table.headings).working
    for row in read_rows(table, faults):
        values = row.values
        name = values.get("id")
        place = table.sheet.place(row.row.number, row.column("id"))
        if name is None:
            if not _REPORTED.isdisjoint(values):
                message = "The row reports on something, but names no id; it is not used."
                problems.append(Problem("missing-id", "error", message, (), place))
            continue
        fields = _read_fields(row, faults, working=working)
        told = values.get("as_of")
        said = None if told is None else told.planned.finish
        due = values.get("due") or values.get("finish")
        title = next((clean(values[one]) for one in _TITLES if one in values), None)
        yield ReportRow(
            name,
            place,
            fields,
            title,
            None if due is None else due.planned.finish,
            said or day,
            row.facts,
        )


def _read_fields(row: ItemRow, faults: CellFaults, *, working: bool) -> dict[str, Any]:
    fields = read_report(row, faults) | read_facts(row.values)
    fields |= {name: row.values[name] for name in ("grade", "cause") if name in row.values}
    text = row.values.get("remaining")
    if text is not None:
        try:
            length = parse_length(text, working=working)
        except ValueError as error:
            _tell_remaining(row, faults, str(error))
        else:
            if length.amount < 0:
                _tell_remaining(row, faults, f'"{text}" is a negative length of time')
            else:
                fields["remaining"] = length
    return fields


def _tell_remaining(row: ItemRow, faults: CellFaults, why: str) -> None:
    cell = (row.row.number, row.column("remaining"))
    message = f"{why.removesuffix('.')}; the cell is not used"
    faults.add(row.table.sheet, cell, ("unreadable-cell", "warning", message))


def _day_of(texts: Iterable[str]) -> date | None:
    """Return the last day that the last date in some words names."""
    for text in texts:
        words = fold(re.sub(r"[_]+", " ", text))
        found = [one for _, _, one in find_stretches(words) if isinstance(one, Stretch)]
        if found and found[-1].precision in _EXACT:
            return found[-1].last
        whole = parse_partial(words)
        if whole.reading == "whole" and whole.planned.precision in _EXACT:
            return whole.planned.finish
    return None

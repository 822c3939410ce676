"""Registers of links, in CSV or a workbook: one row for each link, read without the plan.

The columns are declared in `loaders.link_columns`. What a row says is an `Entry`; what the plan
makes of it is decided in `loaders.merging`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmodel.collector import collector_paused
from graphmodel.errors import FileError
from graphmodel.problems import Place, Problem
from loaders.columns import find_header, fold
from loaders.faults import ERRORS
from loaders.formats import OLE_MARK, ZIP_MARK
from loaders.link_columns import COLUMNS
from loaders.rows import read_csv
from loaders.workbooks import read_workbook

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.links import LinkState, LinkType, Origin
    from graphmodel.spans import Span
    from loaders.columns import Header
    from loaders.rows import Row, Sheet

__all__ = ["Entry", "Register", "find_register", "read_register", "read_sheets"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says of a link; None where its cell is blank. ``state`` is accepted if blank."""

    place: Place
    tail: str
    head: str
    type: LinkType = "FS"
    lag: Span | None = None
    reason: str | None = None
    state: LinkState = "accepted"
    confidence: float | None = None
    tail_title: str | None = None
    head_title: str | None = None
    by: str | None = None
    at: date | None = None
    why: str | None = None
    id: str | None = None
    rule: str | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Register:
    """A register read: its file, its rows in order, what could not be read, and how it was read."""

    path: Path
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read_register(path: str | Path) -> Register:
    """Read a register of links from CSV or a workbook.

    Of a workbook's sheets, the one with columns "from" and "to" is read; of several, the one named
    Links.

    Raises
    ------
    FileError
        The file cannot be read, or no sheet has the columns "from" and "to".
    """
    path = Path(path)
    sheets = read_sheets(path)
    found = find_register(sheets)
    if found is None:
        raise FileError(
            f'"{path}" has no header with the columns "from" and "to" in its first rows: '
            "a register of links needs both."
        )
    sheet, header = found
    entries, problems = _read_entries(sheet, header)
    notes = [f"{path.name}: sheet {sheet.name} was read."] if len(sheets) > 1 else []
    if sheet.encoding == "windows-1252":
        notes.append(f"{path.name} is not UTF-8 and was read as Windows-1252.")
    elif sheet.encoding == "mixed":
        notes.append(f"Lines of {path.name} that are not UTF-8 were read as Windows-1252.")
    return Register(path, tuple(entries), tuple(problems), tuple(notes))


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


def find_register(sheets: list[Sheet]) -> tuple[Sheet, Header] | None:
    """Return the sheet that holds links, with its header, or None.

    Raises
    ------
    FileError
        Several sheets have the columns of a register and none of them is named Links.
    """
    fitting = [(sheet, header) for sheet in sheets if (header := find_header(sheet, COLUMNS))]
    named = [pair for pair in fitting if fold(pair[0].name or "") in {"links", "link"}]
    if len(fitting) > 1 and not named:
        names = ", ".join(f'"{sheet.name}"' for sheet, _ in fitting)
        raise FileError(
            f'"{sheets[0].file}" has several sheets with the columns "from" and "to" ({names}): '
            "name the one to be read Links."
        )
    return next(iter(named or fitting), None)


def _read_entries(sheet: Sheet, header: Header) -> tuple[list[Entry], list[Problem]]:
    heading = sheet.rows[header.index]
    entries: list[Entry] = []
    problems: list[Problem] = list(sheet.problems)
    if header.unknown:
        names = ", ".join(f'"{heading.cells[column]}"' for column in header.unknown)
        place = sheet.place(heading.number, header.unknown[0])
        problems.append(
            Problem(
                "unused-column", "info", f"Nothing is read from the columns {names}.", (), place
            )
        )
    for row in sheet.rows[header.index + 1 :]:
        values, faults = _read_row(sheet, header, row)
        problems += faults
        if not faults:
            entries.append(Entry(**values))
    return entries, problems


def _read_row(sheet: Sheet, header: Header, row: Row) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    faults: list[Problem] = []
    for number, column in header.known.items():
        text = row.cells[number] if number < len(row.cells) else ""
        place = sheet.place(row.number, number)
        if column.field == "tail":
            values["place"] = place
        if not text:
            if (row.number, number) in sheet.uncalculated:
                message = "The formula was never calculated, so the cell is blank."
                faults.append(Problem("formula-not-calculated", "warning", message, (), place))
            if column.needed:
                name = sheet.rows[header.index].cells[number]
                message = f'The row has nothing under "{name}", so it names no link.'
                faults.append(Problem("missing-end", "error", message, (), place))
            continue
        if text in ERRORS:
            message = f'The formula shows the error "{text}" instead of a result'
            faults.append(
                Problem("formula-error", "error", f"{message}; the row is not used.", (), place)
            )
            continue
        try:
            values[column.field] = column.parse(text)
        except ValueError as error:
            faults.append(Problem("unreadable-cell", "error", _sentence(error), (), place))
    return values, faults


def _sentence(error: Exception) -> str:
    return f"{str(error).removesuffix('.')}; the row is not used."

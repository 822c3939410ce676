"""What registers are made of: kinds with declared columns, and rows read by them.

A row with a cell that cannot be read is not used, because half a decision is none.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from graphmodel.problems import Problem
from loaders.cell_texts import as_cell
from loaders.columns import fold
from loaders.faults import ERRORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from graphmodel.plan import Plan
    from graphmodel.problems import Place
    from loaders.columns import Column
    from loaders.headers import Table
    from loaders.register_desk import Desk
    from loaders.rows import Row, Sheet

__all__ = ["RegisterKind", "RegisterRow", "find_news", "join", "read_register_rows", "tell_unused"]

#: What parts several names in one cell.
_JOINT = "; "


@dataclass(frozen=True, slots=True)
class RegisterKind:
    """A kind of register.

    Parameters
    ----------
    sheet, noun
        What a template calls the sheet, and one row of it.
    names
        Other names of such sheets and files.
    tells
        Fields of which a header has one, beside the needed ones, where no name says what the sheet
        holds; none where the needed ones are enough.
    wide
        Whether columns that are headed by a date hold values.
    is_unlike
        Whether no other sheet has such a header, so that names of sheets and files do not count.
    merge
        What puts rows into a plan.
    show
        The rows of a template for what a plan knows: texts by field.
    """

    sheet: str
    noun: str
    about: str
    columns: tuple[Column, ...]
    merge: Callable[[Desk, Sequence[RegisterRow]], None]
    show: Callable[[Plan], Iterator[dict[str, str]]]
    names: tuple[str, ...] = ()
    tells: frozenset[str] = frozenset()
    wide: bool = False
    is_unlike: bool = False

    @property
    def needed(self) -> frozenset[str]:
        """The fields that every header of this kind has."""
        return frozenset(column.field for column in self.columns if column.needed)

    def is_called(self, name: str) -> bool:
        """Return whether a sheet or file has the very name of this kind."""
        return fold(name) in {fold(self.sheet), fold(self.noun)}

    def is_named(self, name: str) -> bool:
        """Return whether a name of a sheet or file is one of this kind's."""
        return self.is_called(name) or fold(name) in map(fold, self.names)

    def fits(self, fields: frozenset[str]) -> bool:
        """Return whether a header has what this kind needs."""
        return self.needed <= fields

    def is_told_by(self, fields: frozenset[str]) -> bool:
        """Return whether a header says by itself that a sheet is of this kind."""
        return self.fits(fields) and (not self.tells or bool(self.tells & fields))


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One row: its cells as texts and as values, by field; blank ones are left out.

    ``others`` are the texts of columns that have no field, by their place, over which ``headings``
    stand.
    """

    sheet: Sheet
    number: int
    texts: Mapping[str, str]
    values: Mapping[str, Any]
    columns: Mapping[str, int]
    others: Mapping[int, str] = field(default_factory=dict)
    headings: tuple[str, ...] = ()

    def place(self, name: str = "") -> Place:
        """Return where a field of the row stands; the first column where the sheet has it not."""
        return self.sheet.place(self.number, self.columns.get(name, 0))

    def get(self, name: str) -> Any:
        """Return the value of a field, None where its cell is blank."""
        return self.values.get(name)


def read_register_rows(
    kind: RegisterKind, table: Table, used: frozenset[int] = frozenset()
) -> tuple[list[RegisterRow], list[Problem]]:
    """Return the rows below the header of a register, and what could not be read.

    ``used`` are the places of columns without a field that mean something to this kind.
    """
    rows: list[RegisterRow] = []
    problems: list[Problem] = []
    for row in table.sheet.rows[table.first :]:
        read, faults = _read_row(table, row, used)
        if not faults and not read.values and not read.others:
            continue
        faults = faults or list(_missing(kind, table, read))
        problems += faults
        if not faults:
            rows.append(read)
    return rows, problems


def tell_unused(table: Table, used: frozenset[int] = frozenset()) -> Iterator[Problem]:
    """Name the columns that nothing is read from."""
    unused = [place for place in table.others if place not in used]
    if unused:
        names = ", ".join(f'"{table.headings[place]}"' for place in unused)
        number = table.sheet.rows[table.first - 1].number
        place = table.sheet.place(number, unused[0])
        message = f"Nothing is read from the columns {names}."
        yield Problem("unused-column", "info", message, (), place)


def _read_row(table: Table, row: Row, used: frozenset[int]) -> tuple[RegisterRow, list[Problem]]:
    texts: dict[str, str] = {}
    values: dict[str, Any] = {}
    columns: dict[str, int] = {}
    faults: list[Problem] = []
    for number, column in table.known.items():
        columns[column.field] = number
        text = row.cells[number] if number < len(row.cells) else ""
        place = table.sheet.place(row.number, number)
        if text in ERRORS:
            message = f'The formula shows the error "{text}" instead of a result'
            faults.append(_unused("formula-error", message, place))
        elif (row.number, number) in table.sheet.uncalculated:
            message = "The formula was never calculated: open the workbook and save it"
            faults.append(_unused("formula-not-calculated", message, place))
        elif text:
            try:
                values[column.field] = column.parse(text)
                texts[column.field] = text
            except ValueError as error:
                faults.append(_unused("unreadable-cell", str(error).removesuffix("."), place))
    others = {n: row.cells[n] for n in used if n < len(row.cells) and row.cells[n]}
    read = RegisterRow(table.sheet, row.number, texts, values, columns, others, table.headings)
    return read, faults


def _missing(kind: RegisterKind, table: Table, row: RegisterRow) -> Iterator[Problem]:
    for number, column in table.known.items():
        if column.needed and column.field not in row.values:
            name = table.headings[number]
            message = f'The row has nothing under "{name}", so it names no {kind.noun}'
            yield _unused("missing-cell", message, table.sheet.place(row.number, number))


def _unused(code: str, message: str, place: Place) -> Problem:
    return Problem(code, "error", f"{message}; the row is not used.", (), place)


def find_news(row: RegisterRow, shown: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of a row by field that the plan's entity, as it is shown, does not have.

    Texts are compared, not values, so that a row which nobody touched since a template was written
    changes nothing, though a cell cannot hold all that a plan can.
    """
    return {
        name: value
        for name, value in row.values.items()
        if row.texts[name] != as_cell(shown.get(name, ""))
    }


def join(words: Sequence[str]) -> str:
    """Return several names as one cell holds them."""
    return _JOINT.join(words)

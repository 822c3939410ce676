"""Registers that a PMO keeps: one workbook with a sheet for each kind, or CSV files.

What a sheet holds is told by its name (a CSV file's by a word of its name) where its header fits,
else by the header alone. A header that names more columns of items than of a register is one of
items, and not for here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphmodel.errors import PlanError
from graphmodel.files import fingerprint
from graphmodel.items import SourceFile
from graphmodel.partial import parse_partial
from graphmodel.problems import Problem
from graphmodel.words import count
from loaders.changing import change_plan
from loaders.columns import fold
from loaders.headers import find_table
from loaders.item_tables import find_items, tell_encoding
from loaders.register_desk import Desk
from loaders.register_kinds import KINDS
from loaders.register_rows import read_register_rows, tell_unused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphmodel.plan import Plan
    from loaders.headers import Table
    from loaders.register_rows import RegisterKind, RegisterRow
    from loaders.rows import Sheet

__all__ = ["RegisterBook", "RegisterTable", "merge_books", "merge_registers", "read_registers"]

#: Sheets that explain others.
_ASIDE: Final = frozenset({"guidance", "lists", "lookups", "options", "readme", "instructions"})


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """One sheet that is a register, with the rows that could be read."""

    kind: RegisterKind
    sheet: Sheet
    rows: tuple[RegisterRow, ...]


@dataclass(frozen=True, slots=True)
class RegisterBook:
    """The registers of a file; ``aside`` are sheets that only explain others, or are told of.

    ``rest`` are the sheets that hold something else, such as items; a book without ``tables`` is no
    book of registers.
    """

    path: Path
    tables: tuple[RegisterTable, ...] = ()
    rest: tuple[Sheet, ...] = ()
    aside: tuple[Sheet, ...] = ()
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()


def read_registers(path: str | Path, sheets: Sequence[Sheet]) -> RegisterBook:
    """Read those sheets of a file that are registers; cells are told that cannot be read.

    Parameters
    ----------
    sheets
        The sheets of the file at ``path``, as `loaders.sheets.read_sheets` returns them.
    """
    path = Path(path)
    tables: list[RegisterTable] = []
    rest: list[Sheet] = []
    aside: list[Sheet] = []
    problems: list[Problem] = []
    notes: list[str] = []
    for sheet in sheets:
        if sheet.name is not None and fold(sheet.name) in _ASIDE:
            aside.append(sheet)
            continue
        named = _find_named(sheet, path)
        found = None if sheet.hidden else _find_kind(sheet, path, named)
        if found is None:
            if named and sheet.name is not None:
                problems += _tell_not_read(sheet, named[0])
            is_told = sheet.hidden or not sheet.rows
            (aside if named and is_told else rest).append(sheet)
            continue
        kind, table = found
        used = _find_wide(kind, table)
        rows, faults = read_register_rows(kind, table, used)
        problems += [*tell_encoding(sheet), *sheet.problems, *tell_unused(table, used), *faults]
        tables.append(RegisterTable(kind, sheet, tuple(rows)))
        if rows:
            where = path.name if sheet.name is None else f"{path.name}, sheet {sheet.name}"
            notes.append(f"{where}: {count(len(rows), kind.noun + ' row')} read.")
    return RegisterBook(
        path, tuple(tables), tuple(rest), tuple(aside), tuple(problems), tuple(notes)
    )


def _find_named(sheet: Sheet, path: Path) -> list[RegisterKind]:
    """Return the kinds whose name the sheet, or a word of a CSV file's name, is."""
    if sheet.name is not None:
        return [kind for kind in KINDS if kind.is_named(sheet.name)]
    words = [path.stem, *re.findall(r"[^\W_]+", path.stem)]
    return [kind for kind in KINDS if any(map(kind.is_named, words))]


def _find_kind(
    sheet: Sheet, path: Path, named: Sequence[RegisterKind]
) -> tuple[RegisterKind, Table] | None:
    """Return which register a sheet is, with its header; None where it is none."""
    name = path.stem if sheet.name is None else sheet.name
    for kind in (one for one in KINDS if one.is_unlike):
        table = find_table(sheet, kind.columns, kind.is_told_by)
        if table is not None:
            return kind, table
    for kind in named:
        table = find_table(sheet, kind.columns, kind.fits)
        if table is None or not _is_enough(kind, table):
            continue
        if kind.is_called(name) or _is_no_item_sheet(sheet, table):
            return kind, table
    found = [
        (kind, table)
        for kind in KINDS
        if (table := find_table(sheet, kind.columns, kind.is_told_by)) is not None
        and _is_enough(kind, table)
    ]
    best = max(found, key=lambda pair: len(pair[1].known), default=None)
    return best if best is not None and _is_no_item_sheet(sheet, best[1]) else None


def _is_no_item_sheet(sheet: Sheet, table: Table) -> bool:
    """Return whether a header says more as one of a register than as one of items."""
    items = max((len(one.known) for one in find_items([sheet])), default=0)
    return len(table.known) > items


def _is_enough(kind: RegisterKind, table: Table) -> bool:
    """Return whether a header names what a row is of, where no single column is needed."""
    return bool(kind.needed) or bool({"id", "title"} & table.fields)


def _find_wide(kind: RegisterKind, table: Table) -> frozenset[int]:
    """Return the columns that are headed by a month or a day, where those hold values."""
    if not kind.wide:
        return frozenset()
    return frozenset(place for place in table.others if _is_dated(table.headings[place]))


def _is_dated(heading: str) -> bool:
    partial = parse_partial(heading)
    return partial.reading == "whole" and partial.planned.finish is not None


def _tell_not_read(sheet: Sheet, kind: RegisterKind) -> Iterator[Problem]:
    if not sheet.rows:
        return
    place = sheet.place(1)
    if sheet.hidden:
        message = f'The sheet "{sheet.name}" is hidden, and not read: show it if it counts.'
        yield Problem("hidden-sheet", "warning", message, (), place)
        return
    needed = [column.headings[0] for column in kind.columns if column.needed]
    names = " and ".join(f'"{name}"' for name in needed or ("id", "title"))
    message = (
        f'The sheet "{sheet.name}" has no header of a register of that name: it needs the columns '
        f"{names}. It is not read as one."
    )
    yield Problem("register-without-header", "warning", message, (), place)


def merge_registers(
    plan: Plan, book: RegisterBook, source_id: str
) -> tuple[Plan, tuple[Problem, ...], tuple[str, ...]]:
    """Return a plan with the registers of one file put into it; see `merge_books`."""
    return merge_books(plan, [(source_id, book)])


def merge_books(
    plan: Plan, books: Sequence[tuple[str, RegisterBook]]
) -> tuple[Plan, tuple[Problem, ...], tuple[str, ...]]:
    """Return a plan with registers put into it, the problems with their cells, and what changed.

    All files go in together, so that their order makes no difference: an assignment may stand in
    one and its officer in another. What rows leave blank stays, and so does what no row speaks of.
    Corrections are kept with the plan; `loaders.corrections.apply_corrections` puts them into its
    items.

    Parameters
    ----------
    books
        The registers of each file with the id that it has among the plan's sources; it is added
        there if it is not yet.
    """
    for source_id, book in books:
        plan = _with_source(plan, book.path, source_id)
    desk = _merge(plan, books, KINDS)
    changes = desk.changes()
    try:
        merged = change_plan(plan, changes) if changes else plan
    except PlanError:
        merged, desk = _merge_singly(plan, books)
    problems = [problem for _, book in books for problem in book.problems]
    notes = [note for _, book in books for note in book.notes]
    return merged, (*problems, *desk.problems), (*notes, *_tell_changes(desk))


def _merge(
    plan: Plan, books: Sequence[tuple[str, RegisterBook]], kinds: Iterable[RegisterKind]
) -> Desk:
    tables = [table for _, book in books for table in book.tables]
    sources = {id(table.sheet): source for source, book in books for table in book.tables}
    desk = Desk(plan, sources)
    for kind in kinds:
        rows = [row for table in tables if table.kind is kind for row in table.rows]
        if rows:
            kind.merge(desk, rows)
    return desk


def _merge_singly(plan: Plan, books: Sequence[tuple[str, RegisterBook]]) -> tuple[Plan, Desk]:
    """Merge kind by kind, and leave out one that the plan cannot hold together with."""
    used: list[RegisterKind] = []
    merged, desk = plan, Desk(plan)
    refused: list[Problem] = []
    for kind in KINDS:
        tried = _merge(plan, books, [*used, kind])
        try:
            merged, desk = change_plan(plan, tried.changes()), tried
        except PlanError as error:
            sheets = (
                table.sheet for _, book in books for table in book.tables if table.kind is kind
            )
            message = f"The register {kind.sheet} is not used: {error.faults[0]}"
            problem = Problem("register-refused", "error", message, (), next(sheets).place(1))
            refused.append(problem)
        else:
            used.append(kind)
    desk.problems += refused
    return merged, desk


def _with_source(plan: Plan, path: Path, source_id: str) -> Plan:
    if any(source.id == source_id for source in plan.sources):
        return plan
    digest = fingerprint(path) if path.is_file() else None
    source = SourceFile(id=source_id, title=path.stem, file=path.name, sha256=digest)
    return change_plan(plan, {"sources": (*plan.sources, source)})


def _tell_changes(desk: Desk) -> Iterator[str]:
    """Say in one sentence what rows have made new and changed."""
    parts = [f"{count(number, noun)} {how}" for (noun, how), number in sorted(desk.tally.items())]
    if parts:
        yield f"Registers changed the plan: {', '.join(parts)}."

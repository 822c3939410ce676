"""Spreadsheets of items: any sheet with a column of actions or milestones, and one of dates.

Recipe: sheets → headers (`loaders.headers`) → rows → breakdown → items, owners, links → plan.
Which headings mean what is declared in `loaders.item_columns`; every sheet that has such a header
is read, but for hidden ones and those named as registers are. What is wrong with a cell is told
with its place; the row is read all the same.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from graphmodel.collector import collector_paused
from graphmodel.errors import PlanError
from graphmodel.files import fingerprint
from graphmodel.items import Source, SourceFile
from graphmodel.plan import Plan
from graphmodel.problems import Place, Problem
from graphmodel.words import count
from loaders.columns import fold
from loaders.exports import find_export
from loaders.faults import CellFaults
from loaders.headers import find_table
from loaders.ids import make_slug
from loaders.item_build import ItemMaker
from loaders.item_columns import COLUMNS, DATES, ROLE_FIELDS
from loaders.item_links import make_links
from loaders.item_outline import build_outline
from loaders.item_owners import assign_owners
from loaders.item_rows import read_rows, settle
from loaders.loaded import Loaded
from loaders.stamping import Stamp
from loaders.text import clean, shorten
from loaders.watching import watched

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from loaders.headers import Table
    from loaders.item_names import Node
    from loaders.item_rows import ItemRow
    from loaders.rows import Sheet

__all__ = ["check_mapping", "explain_no_items", "find_items", "read_item_tables", "tell_encoding"]

_SOURCE: Final = "s1"

#: Columns one of which a sheet of items has.
_TITLES: Final = frozenset({"title", "action", "milestone", "objective"})

#: Sheets of other things, whatever their columns are.
_REGISTERS: Final = frozenset(
    {
        *("links", "gates", "meetings", "blackouts", "risks", "officers", "assignments", "metrics"),
        *("corrections", "lists", "guidance", "options", "readme", "instructions", "lookups"),
    }
)


def find_items(sheets: Iterable[Sheet], mapping: Mapping[str, str] | None = None) -> list[Table]:
    """Return the headers of those sheets that hold items; only their first rows are looked at.

    A sheet holds items where a row of its first 20, or a pair of rows, names a column of titles
    (action, milestone, task, …) and one of dates. Hidden sheets and registers do not count.
    """
    found: list[Table] = []
    for sheet in sheets:
        if sheet.hidden or fold(sheet.name or "") in _REGISTERS:
            continue
        table = find_table(sheet, COLUMNS, _fits, mapping)
        if table is not None:
            found.append(table)
    return found


def _fits(fields: frozenset[str]) -> bool:
    return bool(fields & _TITLES) and not fields.isdisjoint(DATES)


def read_item_tables(
    path: str | Path, sheets: Sequence[Sheet], *, mapping: Mapping[str, str] | None = None
) -> Loaded | None:
    """Return the plan that sheets of items hold, or None where no sheet holds items.

    Parameters
    ----------
    sheets
        The sheets of the file at ``path``, as `loaders.sheets.read_sheets` returns them.
    mapping
        Fields by heading, which go before what is declared: ``{"What we will do": "title"}``.

    Raises
    ------
    PlanError
        The mapping names a field that there is not.
    """
    path = Path(path)
    check_mapping(mapping)
    tables = find_items(sheets, mapping)
    if not tables:
        return None
    with collector_paused():
        return _Reading(path, sheets, [settle(table) for table in tables], mapping or {}).load()


def check_mapping(mapping: Mapping[str, str] | None) -> None:
    """Raise `PlanError` where a heading is to mean a field that there is not."""
    known = {column.field for column in COLUMNS}
    for heading, name in (mapping or {}).items():
        if name not in known and not name.startswith("x_"):
            fields = ", ".join(sorted(one for one in known if not one.startswith("x_")))
            raise PlanError(
                f'The column "{heading}" is to be the field "{name}", which there is not: '
                f"choose one of {fields}, or a name of your own that begins with x_."
            )


def explain_no_items(path: str | Path, sheets: Sequence[Sheet]) -> str:
    """Return one sentence that says why no sheet of a file holds items, and what to do."""
    name = Path(path).name
    shown = [sheet for sheet in sheets if sheet.rows and not sheet.hidden]
    if not shown:
        return f'"{name}" has no rows to read.'
    widest = max(shown[0].rows[:20], key=lambda row: sum(map(bool, row.cells)))
    headings = ", ".join(f'"{shorten(clean(cell))}"' for cell in widest.cells[:8] if cell)
    return (
        f'"{name}" has no header row with a column of actions or milestones and a column of dates '
        f"in its first 20 rows (it has {headings}): rename the columns, or say what they are with "
        '--map "Column=field".'
    )


class _Reading:
    """One file being read: its tables, what is found, and what is wrong."""

    def __init__(
        self,
        path: Path,
        sheets: Sequence[Sheet],
        tables: Sequence[Table],
        mapping: Mapping[str, str],
    ) -> None:
        self.path = path
        self.sheets = sheets
        self.tables = tables
        self.mapping = mapping
        self.faults = CellFaults()
        self.exports = {id(table): find_export(table.headings) for table in tables}

    def load(self) -> Loaded:
        rows = [(table, read_rows(table, self.faults)) for table in self.tables]
        outline = build_outline(rows)
        sources = {id(node): _source(node) for node in outline.nodes}
        maker = ItemMaker(self.exports, self.faults)
        items = tuple(maker.make(node, sources[id(node)]) for node in watched(outline.nodes))
        owners = assign_owners(outline.nodes, self.exports, sources, self.path.name)
        links = make_links(outline, self.exports, sources, self.faults)
        first = self.tables[0]
        plan = Plan(
            id=make_slug(self.path.stem) or "plan",
            title=_title(first) or self.path.stem,
            sources=(self._file(),),
            items=items,
            links=links,
            officers=owners.officers,
            assignments=owners.assignments,
        )
        problems = [
            *self._tell_sheets(),
            *self._tell_columns(),
            *outline.problems,
            *self.faults.problems(),
            *owners.problems,
        ]
        return Loaded(plan, tuple(problems), tuple(self._notes(rows, plan)))

    def _file(self) -> SourceFile:
        name = self.path.name
        digest = fingerprint(self.path) if self.path.is_file() else None
        return SourceFile(id=_SOURCE, title=self.path.stem, file=name, sha256=digest)

    def _tell_sheets(self) -> Iterator[Problem]:
        read = {id(table.sheet) for table in self.tables}
        for sheet in self.sheets:
            place = sheet.place(1)
            if id(sheet) in read:
                yield from sheet.problems
                yield from tell_encoding(sheet)
            elif sheet.hidden and sheet.rows:
                message = f'The sheet "{sheet.name}" is hidden, and not read: show it if it counts.'
                yield Problem("hidden-sheet", "warning", message, (), place)
            elif sheet.rows and fold(sheet.name or "") not in _REGISTERS:
                message = (
                    f'The sheet "{sheet.name}" has no header with a column of actions or '
                    "milestones and one of dates, and is not read."
                )
                yield Problem("sheet-not-read", "info", message, (), place)

    def _tell_columns(self) -> Iterator[Problem]:
        for table in self.tables:
            number = table.sheet.rows[table.first - 1].number
            place = table.sheet.place(number, table.others[0] if table.others else 0)
            if table.others:
                names = ", ".join(f'"{table.headings[one]}"' for one in table.others)
                message = f"What the columns {names} mean is not known: their cells are kept as x_."
                yield Problem("column-not-known", "info", message, (), place)
            if table.fields.isdisjoint(ROLE_FIELDS):
                message = f"{table.sheet.title} has no column of owners."
                yield Problem("no-owner-column", "warning", message, (), place)
        headings = {fold(heading) for table in self.tables for heading in table.headings}
        for heading in self.mapping:
            if fold(heading) not in headings:
                message = f'No sheet has the column "{heading}", which is to be mapped.'
                yield Problem("map-unused", "warning", message, (), Place(self.path.name))

    def _notes(self, rows: Sequence[tuple[Table, Sequence[ItemRow]]], plan: Plan) -> Iterator[str]:
        for table, read in rows:
            where = "" if table.sheet.name is None else f', sheet "{table.sheet.name}"'
            tool = self.exports[id(table)].name
            known = f" as an export of {tool}" if tool else ""
            yield f"{self.path.name}{where} was read{known}: {count(len(read), 'row')}."
        yield (
            f"{self.path.name} holds {count(len(plan.items), 'item')}, "
            f"{count(len(plan.links), 'link')} and {count(len(plan.officers), 'officer')}."
        )


def tell_encoding(sheet: Sheet) -> Iterator[Problem]:
    """Say where the text of a sheet was not UTF-8."""
    how = {
        "windows-1252": "is not UTF-8 and was read as Windows-1252",
        "mixed": "has lines in UTF-8 and lines that are not, which were read as Windows-1252",
    }.get(sheet.encoding or "")
    if how is not None:
        message = f'"{sheet.file}" {how}: check curly quotes.'
        yield Problem("encoding", "info", message, (), Place(sheet.file))


def _source(node: Node) -> Source:
    place = node.place
    return _STAMP.make({"line": place.line, "cell": place.cell, "quote": node.title})


_STAMP: Final = Stamp(Source(source=_SOURCE))


def _title(table: Table) -> str | None:
    """Return what stands above the header of a sheet, if it is one cell."""
    for row in table.above:
        words = [clean(cell) for cell in row.cells if cell]
        if len(words) == 1:
            return words[0]
    return None

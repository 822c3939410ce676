"""What the sheets of a spreadsheet are: registers, items, a status return, or nothing known.

A workbook may hold registers and items at once. A sheet of items that reports on ids which other
files hold is a status return: nobody sends a plan to somebody who has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from graphmodel.errors import FileError
from graphmodel.problems import Place, Problem
from loaders.item_tables import check_mapping, explain_no_items, find_items, read_item_tables
from loaders.register_sheets import read_registers
from loaders.returns import find_return, read_return
from loaders.sheets import read_sheets

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence
    from pathlib import Path

    from loaders.loaded import Loaded
    from loaders.register_sheets import RegisterBook
    from loaders.returns import StatusReturn

__all__ = ["Table", "sort_table", "split_tables"]

#: Share of the ids of a return that the plan holds, at least.
_SHARE: Final = 0.5


@dataclass(frozen=True, eq=False)
class Table:
    """One spreadsheet: its registers, its other sheets, and what those may be."""

    path: Path
    book: RegisterBook
    mapping: Mapping[str, str] | None
    has_items: bool
    may_report: bool

    @cached_property
    def report(self) -> StatusReturn | None:
        """Its status return, where it has ids and statuses; read when it is first asked for."""
        if not self.may_report:
            return None
        return read_return(self.path, self.book.rest, mapping=self.mapping)

    @property
    def size(self) -> int:
        """How many rows it has besides registers."""
        return sum(len(sheet.rows) for sheet in self.book.rest)

    def reports_on(self, ids: Container[str]) -> bool:
        """Return whether it is a status return on a plan that holds these ids."""
        if self.report is None:
            return False
        rows = self.report.rows
        return sum(row.id in ids for row in rows) >= _SHARE * max(1, len(rows))

    def read_items(self) -> Loaded:
        """Return the plan that its sheets of items hold."""
        loaded = read_item_tables(self.path, self.book.rest, mapping=self.mapping)
        assert loaded is not None  # noqa: S101 - asked of tables with items only
        return loaded

    def explain(self) -> str:
        """Return one sentence that says why there is nothing in it to be read."""
        return explain_no_items(self.path, self.book.rest)


def sort_table(path: Path, mapping: Mapping[str, str] | None) -> Table:
    """Read the sheets of a spreadsheet and say what each may be.

    Raises
    ------
    FileError
        The file cannot be read.
    PlanError
        The mapping names a field that there is not.
    """
    check_mapping(mapping)
    book = read_registers(path, read_sheets(path))
    has_items, may_report = find_items(book.rest, mapping), find_return(book.rest, mapping)
    return Table(path, book, mapping, bool(has_items), bool(may_report))


def split_tables(
    tables: Sequence[Table], ids: Container[str]
) -> tuple[list[tuple[Path, Loaded]], list[StatusReturn], list[Problem]]:
    """Return the plans and the status returns among tables, and what could not be placed.

    Parameters
    ----------
    ids
        Of all items that files of other kinds hold; none where there are no such files. Then the
        table with the most rows of items is the plan, and the others may report on it.

    Raises
    ------
    FileError
        Nothing is known in a table that is given alone, or there are statuses of no plan.
    """
    plans: list[tuple[Path, Loaded]] = []
    returns: list[StatusReturn] = []
    problems: list[Problem] = []
    known = [ids] if ids else []
    for table in sorted(tables, key=lambda one: (not one.has_items, -one.size, str(one.path))):
        if any(table.reports_on(held) for held in known):
            returns += [table.report] if table.report else []
        elif table.has_items:
            loaded = table.read_items()
            plans.append((table.path, loaded))
            known.append({item.id for item in loaded.plan.items})
        elif table.report is not None and known:
            returns.append(table.report)  # whose ids the plan has not got, which is told
        elif table.report is not None:
            raise FileError(
                f'"{table.path}" holds statuses only: give the plan they belong to too.'
            )
        elif not table.book.tables:
            if not known and len(tables) == 1:
                raise FileError(table.explain())
            place = Place(table.path.name)
            problems.append(Problem("table-not-read", "error", table.explain(), (), place))
    return plans, returns, problems

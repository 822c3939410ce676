"""The sheets of a template: columns as they are declared, and a row for what a plan knows.

The texts of cells are those that a person would type; what they look like is decided in
`loaders.template`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from loaders.cell_texts import fit_cell
from loaders.item_sheet import ITEM_COLUMNS, find_owners, show_items
from loaders.register_kinds import KINDS
from loaders.rows import Row, Sheet
from loaders.text import tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.plan import Plan
    from loaders.columns import Column
    from loaders.register_rows import RegisterKind

__all__ = ["PLAN_SHEET", "TemplateSheet", "make_sheets"]

PLAN_SHEET: Final = "Plan"

#: The order of a template: what people fill in most comes first.
_ORDER: Final = (
    *("Links", "Gates", "Meetings", "Blackouts", "Risks", "Officers", "Assignments", "Metrics"),
    *("Boards", "Corrections"),
)


@dataclass(frozen=True, slots=True)
class TemplateSheet:
    """One sheet: its name, what it is for, its columns, and the texts of its rows by field."""

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[dict[str, str], ...]
    headings: tuple[str, ...] = field(default=())

    @property
    def sheet(self) -> Sheet:
        """The sheet as it is read back."""
        lines = [self.headings, *(self.cells(row) for row in self.rows)]
        rows = (
            Row(number, tuple(map(tidy, cells)))
            for number, cells in enumerate(lines, start=1)
            if any(cells)
        )
        return Sheet("template.xlsx", tuple(rows), name=self.name)

    def cells(self, row: dict[str, str]) -> tuple[str, ...]:
        """Return the texts of a row in the order of the columns."""
        return tuple(fit_cell(row.get(column.field, "")) for column in self.columns)


def make_sheets(plan: Plan) -> list[TemplateSheet]:
    """Return every sheet of a template that is filled with what a plan knows."""
    owned = {(one.id, item) for item, held in find_owners(plan).items() for one in held}
    sheets = [
        _make(
            PLAN_SHEET,
            "Themes, objectives, actions and milestones: one row for each.",
            ITEM_COLUMNS,
            show_items(plan),
        )
    ]
    by_name = {kind.sheet: kind for kind in KINDS}
    for name in _ORDER:
        kind = by_name[name]
        rows = kind.show(plan)
        if name == "Assignments":
            rows = (row for row in rows if not _is_owner(row, owned))
        sheets.append(_make(name, kind.about, _guided(kind), rows))
    return sheets


def _is_owner(row: dict[str, str], owned: set[tuple[str, str]]) -> bool:
    """Return whether the sheet of items says already what a row of assignments does."""
    return row["role"] == "responsible" and (row["officer"], row["item"]) in owned


def _guided(kind: RegisterKind) -> tuple[Column, ...]:
    """Return the columns of a register that a person is to fill in, or to see."""
    return tuple(column for column in kind.columns if column.about)


def _make(
    name: str, about: str, columns: tuple[Column, ...], rows: Iterable[dict[str, str]]
) -> TemplateSheet:
    headings = tuple(_heading(column) for column in columns)
    return TemplateSheet(name, about, columns, tuple(rows), headings)


def _heading(column: Column) -> str:
    words = column.headings[0]
    return words if words != words.lower() else words[:1].upper() + words[1:]

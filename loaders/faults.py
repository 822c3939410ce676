"""What is wrong with cells of a sheet, told once for all cells of a column with the same words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphmodel.problems import Problem
from graphmodel.words import count
from loaders.rows import column_letters

if TYPE_CHECKING:
    from graphmodel.problems import Severity
    from loaders.rows import Sheet

__all__ = ["ERRORS", "CellFaults", "list_cells"]

#: What a formula shows that failed.
ERRORS: Final = frozenset(
    {
        *("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"),
        *("#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!"),
    }
)

#: Cells that a message lists.
_LISTED: Final = 5


@dataclass(slots=True)
class _Fault:
    code: str
    severity: Severity
    message: str
    sheet: Sheet
    column: int
    rows: list[int] = field(default_factory=list)
    items: list[str] = field(default_factory=list)


class CellFaults:
    """Collects faults of cells in the order of their first cells."""

    def __init__(self) -> None:
        self._faults: dict[tuple[int, int, str, str], _Fault] = {}

    def add(
        self,
        sheet: Sheet,
        cell: tuple[int, int],
        fault: tuple[str, Severity, str],
        item: str | None = None,
    ) -> None:
        """Keep a fault (code, severity, sentence without full stop) of a cell (row, column)."""
        row, column = cell
        code, severity, message = fault
        key = (id(sheet), column, code, message)
        held = self._faults.get(key)
        if held is None:
            held = self._faults[key] = _Fault(code, severity, message, sheet, column)
        held.rows.append(row)
        if item is not None:
            held.items.append(item)

    def problems(self) -> list[Problem]:
        """Return one problem for each fault, at its first cell."""
        return [
            Problem(
                fault.code,
                fault.severity,
                f"{fault.message}{list_cells(fault.sheet, fault.rows, fault.column)}.",
                tuple(dict.fromkeys(fault.items)),
                fault.sheet.place(fault.rows[0], fault.column),
            )
            for fault in self._faults.values()
        ]


def list_cells(sheet: Sheet, rows: list[int], column: int) -> str:
    """Return which cells of a column are meant, if several: `` (3 cells: C5, C7, C9)``."""
    if len(rows) == 1:
        return ""
    if sheet.name is None:
        names = [str(row) for row in rows[:_LISTED]]
        what = count(len(rows), "line")
    else:
        names = [f"{column_letters(column)}{row}" for row in rows[:_LISTED]]
        what = count(len(rows), "cell")
    more = ", …" if len(rows) > _LISTED else ""
    return f" ({what}: {', '.join(names)}{more})"

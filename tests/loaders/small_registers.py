"""A small plan, and registers for it as rows of a sheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmodel.plan import Plan
from loaders.register_sheets import merge_registers, read_registers
from loaders.rows import Row, Sheet

if TYPE_CHECKING:
    from graphmodel.problems import Problem

_TITLES = {
    "A": "Adult care",
    "A1": "Choose a partner for the new model",
    "A2": "Consult the staff on new roles",
    "B": "Buildings",
    "B1": "Close the first office in the north",
}

OFFICERS: list[dict[str, Any]] = [
    {"id": "head-of-care", "title": "Head of Care"},
    {"id": "head-of-assets", "title": "Head of Assets", "also": ["Property Lead"]},
]

BOARDS: list[dict[str, Any]] = [{"id": "TB", "title": "Transformation Board"}]


def make_plan(**more: Any) -> Plan:
    """Return a plan of five items, two officers and a board, and whatever else it is to hold."""
    items = [
        {"id": name, "kind": "action", "title": title}
        | ({"parent": name[0]} if len(name) > 1 else {})
        for name, title in _TITLES.items()
    ]
    held = {"id": "p", "start": "2026-04-01", "items": items, "officers": OFFICERS}
    return Plan.model_validate(held | {"boards": BOARDS} | more)


def sheet(name: str | None, *lines: str, file: str = "registers.xlsx") -> Sheet:
    """Return a sheet of lines whose cells are parted by bars; blank lines are left out."""
    rows = tuple(
        Row(number, tuple(cell.strip() for cell in line.split("|")))
        for number, line in enumerate(lines, start=1)
        if line
    )
    return Sheet(file, rows, name=name)


def merge(plan: Plan, *sheets: Sheet) -> tuple[Plan, list[Problem]]:
    """Return the plan with these sheets put into it, and the problems."""
    book = read_registers(Path("registers.xlsx"), sheets)
    merged, problems, _ = merge_registers(plan, book, "s1")
    return merged, list(problems)


def accept(plan: Plan, *sheets: Sheet) -> Plan:
    """Return the plan with sheets put into it that have nothing wrong."""
    merged, problems = merge(plan, *sheets)
    assert problems == []
    return merged


def refuse(plan: Plan, *sheets: Sheet) -> Problem:
    """Return the only problem of sheets that change nothing but the list of sources."""
    merged, (problem,) = merge(plan, *sheets)
    assert merged.model_copy(update={"sources": plan.sources}) == plan
    return problem

"""Registers of assignments: who has which role on which item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.people import ROLES, Assignment
from loaders.columns import Column
from loaders.register_cells import choose, read_id, read_words
from loaders.register_rows import RegisterKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.people import Role
    from graphmodel.plan import Plan
    from loaders.register_desk import Desk
    from loaders.register_rows import RegisterRow

__all__ = ["ASSIGNMENTS"]

_ROLES: Final[dict[Role, tuple[str, ...]]] = {
    "responsible": ("responsible", "responsible officer", "owner", "lead", "lead officer"),
    "delivery_lead": ("delivery lead", "responsible delivery lead", "rdl"),
    "accountable": (
        *("accountable", "senior accountable officer", "sao", "sro", "accountable officer"),
        "senior responsible owner",
    ),
    "portfolio": ("portfolio", "lead portfolio", "portfolio holder", "cabinet member"),
    "sponsor": ("sponsor", "executive sponsor"),
}

_STATES: Final[dict[str, tuple[str, ...]]] = {
    "current": ("current", "yes", "y", "active", "accepted"),
    "ended": ("ended", "removed", "no", "n", "former", "rejected", "stopped", "withdrawn"),
}

_COLUMNS: Final = (
    Column(
        "officer",
        ("officer", "officer id", "office", "owner", "who", "responsible officer", "assigned to"),
        read_words,
        needed=True,
        about="The id or title of an officer.",
    ),
    Column(
        "item",
        ("item", "item id", "id", "action", "action id", "milestone", "milestone id", "ref"),
        read_id,
        needed=True,
        about="The id of the item.",
    ),
    Column(
        "item_title",
        ("item title", "title", "item name", "action title"),
        read_words,
        about="Its title, held against the id.",
    ),
    Column(
        "role",
        ("role", "as", "assignment", "raci"),
        choose(_ROLES, "role"),
        about="What the officer is. Blank: responsible. What is below the item inherits it.",
        choices=tuple(role.replace("_", " ") for role in ROLES),
    ),
    Column(
        "state",
        ("state", "status", "current"),
        choose(_STATES, "state of an assignment"),
        about="Write ended to take an assignment away; do not delete its row.",
        choices=tuple(_STATES),
    ),
)


def _merge(desk: Desk, rows: Sequence[RegisterRow]) -> None:
    held = {(one.officer, one.item, one.role) for one in desk.assignments}
    ended: set[tuple[str, str, str]] = set()
    for row in rows:
        officer, item = desk.officer(row), desk.item(row)
        if officer is None or item is None:
            continue
        role: Role = row.get("role") or "responsible"
        key = (officer.id, item, role)
        if desk.is_repeated("assignment", key, row):
            continue
        if row.get("state") == "ended":
            ended.add(key)
            _tell_ended(desk, row, officer.name, item, held=key in held)
        elif key not in held:
            held.add(key)
            source = desk.source_of(row)
            made = Assignment(officer=officer.id, item=item, role=role, source=source)
            desk.assignments.append(made)
            desk.count("assignment", new=True)
    desk.assignments = [
        one for one in desk.assignments if (one.officer, one.item, one.role) not in ended
    ]


def _tell_ended(desk: Desk, row: RegisterRow, officer: str, item: str, *, held: bool) -> None:
    if held:
        desk.count("assignment", new=False)
    else:
        message = f"{officer} is not assigned to {item} in this role: there is nothing to end"
        desk.tell(row.place("state"), "nothing-to-end", "info", message, item)


def _show_all(plan: Plan) -> Iterator[dict[str, str]]:
    for one in plan.assignments:
        yield {
            "officer": one.officer,
            "item": one.item,
            "item_title": plan.index.items[one.item].title,
            "role": one.role.replace("_", " "),
        }


ASSIGNMENTS: Final = RegisterKind(
    "Assignments",
    "assignment",
    "Who has which role on which item, beside the owners in the sheet Plan.",
    _COLUMNS,
    _merge,
    _show_all,
    names=("roles", "responsibilities", "raci"),
    tells=frozenset({"role"}),
)

"""What a question may be asked of: an item, or whatever stands for several items of a plan.

=========  =====================================================================
officer    the items without parts that they are responsible for
board      the items it must approve and those it oversees
metric     the item whose effect it shows
item       itself
=========  =====================================================================

Where one id or title names several of these, the item goes first, then the order above.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graphmodel.errors import UnknownIdError
from graphmodel.index import close_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.plan import Plan

__all__ = ["Subject", "SubjectKind", "find_subject"]

SubjectKind = Literal["item", "officer", "board", "metric"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is asked about: its kind, id and name, and the items it stands for."""

    kind: SubjectKind
    id: str
    name: str
    items: tuple[str, ...]


def find_subject(plan: Plan, wanted: str) -> Subject:
    """Return what an id or title of a plan names.

    Raises
    ------
    UnknownIdError
        Nothing in the plan has that id or title; close ones are named.
    """
    item = plan.index.items.get(wanted)
    if item is not None:
        return Subject("item", item.id, item.name, (item.id,))
    folded = wanted.casefold()
    for kind, one, name in _named(plan):
        if wanted == one or folded == name.casefold():
            return Subject(kind, one, name, tuple(_items(plan, kind, one)))
    known = [*plan.index.items, *(text for _, one, name in _named(plan) for text in (one, name))]
    raise UnknownIdError("item, officer, board or metric", wanted, close_ids(wanted, known))


def _named(plan: Plan) -> Iterator[tuple[SubjectKind, str, str]]:
    """Yield everything that can be asked about beside items, and each other spelling of it."""
    for officer in plan.officers:
        yield from (("officer", officer.id, name) for name in (officer.name, *officer.also))
    for board in plan.boards:
        yield from (("board", board.id, name) for name in (board.name, *board.also))
    for metric in plan.metrics:
        yield "metric", metric.id, metric.title


def _items(plan: Plan, kind: SubjectKind, one: str) -> Iterator[str]:
    if kind == "metric":
        yield next(metric.item for metric in plan.metrics if metric.id == one)
    elif kind == "board":
        gated = [gate.item for gate in plan.gates if gate.board == one and gate.state == "accepted"]
        overseen = next(board.oversees for board in plan.boards if board.id == one)
        yield from dict.fromkeys((*gated, *overseen))
    else:
        for item in plan.items:
            if plan.index.is_leaf(item.id):
                owners = plan.index.officers_of(item.id)
                if any(officer.id == one for officer in owners):
                    yield item.id

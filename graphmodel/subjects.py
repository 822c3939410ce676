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

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graphmodel.errors import UnknownIdError
from graphmodel.index import close_ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.people import Board, Officer
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
    with suppress(UnknownIdError):
        officer = plan.index.officer(wanted)
        return Subject("officer", officer.id, officer.name, tuple(_owned(plan, officer.id)))
    with suppress(UnknownIdError):
        board = plan.index.board(wanted)
        return Subject("board", board.id, board.name, tuple(_watched(plan, board)))
    for metric in plan.metrics:
        if wanted == metric.id or wanted.casefold() == metric.title.casefold():
            return Subject("metric", metric.id, metric.title, (metric.item,))
    named: tuple[Officer | Board, ...] = (*plan.officers, *plan.boards)
    known = [
        *plan.index.items,
        *(text for one in named for text in (one.id, one.name)),
        *(text for metric in plan.metrics for text in (metric.id, metric.title)),
    ]
    raise UnknownIdError("item, officer, board or metric", wanted, close_ids(wanted, known))


def _owned(plan: Plan, officer: str) -> Iterator[str]:
    for item in plan.items:
        if plan.index.is_leaf(item.id):
            owners = plan.index.officers_of(item.id)
            if any(one.id == officer for one in owners):
                yield item.id


def _watched(plan: Plan, board: Board) -> Iterator[str]:
    gates = (gate for gate in plan.gates if gate.board == board.id and gate.state == "accepted")
    yield from dict.fromkeys((*(gate.item for gate in gates), *board.oversees))

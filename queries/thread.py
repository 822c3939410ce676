"""The golden thread: from a milestone up to the plan and what the plan itself is part of.

At each level: who answers for it, who watches over it, who must approve it, and which output
metrics show whether it works. Above the outermost item come the plan and whatever the papers say
it is part of or supports, such as a council plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphmodel.belonging import find_served
from graphmodel.kinds import Node
from graphmodel.people import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.measures import Metric
    from graphmodel.people import Role
    from graphmodel.plan import Plan

__all__ = ["Level", "Thread", "follow_thread"]


@dataclass(frozen=True, slots=True)
class Level:
    """One level of the thread.

    ``kind`` is an item's kind, ``plan``, or ``document``, ``board``, ``officer`` for what a paper
    names above it. ``officers`` are the names in each role *assigned at this level*,
    ``overseen_by`` and ``approved_by`` names of boards, ``metrics`` those measured here.
    ``relation`` says how the level below leads here where a paper says so.
    """

    id: str
    kind: str
    title: str
    relation: str | None = None
    officers: tuple[tuple[Role, tuple[str, ...]], ...] = ()
    overseen_by: tuple[str, ...] = ()
    approved_by: tuple[str, ...] = ()
    metrics: tuple[Metric, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """The levels from an item upwards; ``breaks`` say in words where the thread is thin."""

    plan: Plan
    item: str
    levels: tuple[Level, ...]
    breaks: tuple[str, ...]


def follow_thread(plan: Plan, item: str) -> Thread:
    """Return the golden thread of an item.

    Raises
    ------
    UnknownIdError
        The plan has no such item; close ids are named.
    """
    plan.index.item(item)
    line = (item, *plan.index.ancestors(item))
    levels = tuple(_level(plan, one) for one in line)
    above = tuple(_above(plan, line[-1]))
    return Thread(plan, item, (*levels, *above), tuple(_breaks(plan, item, levels, above)))


def _level(plan: Plan, item: str) -> Level:
    one = plan.index.items[item]
    names = {officer.id: officer.name for officer in plan.officers}
    boards = {board.id: board.name for board in plan.boards}
    held = {
        role: tuple(
            names[assignment.officer]
            for assignment in plan.assignments
            if assignment.item == item and assignment.role == role
        )
        for role in ROLES
    }
    return Level(
        id=item,
        kind=one.kind,
        title=one.title,
        officers=tuple((role, officers) for role, officers in held.items() if officers),
        overseen_by=tuple(board.name for board in plan.boards if item in board.oversees),
        approved_by=tuple(
            boards[gate.board]
            for gate in sorted(plan.gates, key=lambda gate: gate.order)
            if gate.item == item and gate.state == "accepted"
        ),
        metrics=tuple(metric for metric in plan.metrics if metric.item == item),
    )


def _above(plan: Plan, top: str) -> Iterator[Level]:
    """Yield the plan, and what it or its outermost item leads up to by the papers' own words."""
    named = {Node("source", one.id): one.title or one.id for one in plan.sources}
    named |= {Node("officer", one.id): one.name for one in plan.officers}
    named |= {Node("board", one.id): one.name for one in plan.boards}
    named |= {Node("plan", plan.id): plan.title or plan.id}
    for key, relation in find_served(plan, top):
        if isinstance(key, Node):
            kind = "document" if key.kind == "source" else key.kind
            yield Level(key.id, kind, named[key], relation)
        else:
            item = plan.index.items[key]
            yield Level(item.id, item.kind, item.title, relation)


def _breaks(
    plan: Plan, item: str, levels: tuple[Level, ...], above: tuple[Level, ...]
) -> Iterator[str]:
    if not plan.index.officers_of(item):
        yield "Nobody is named as responsible for it."
    if not any(level.metrics for level in levels):
        yield "No output metric shows whether it works."
    if not any(level.overseen_by or level.approved_by for level in levels):
        yield "No board is known to watch over it or approve it."
    if all(level.relation is None for level in above):
        yield "What the plan itself is part of is not stated."

"""A plan in numbers: how much of everything it holds, and what lies between which dates."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphmodel.items import KINDS
from graphmodel.moments import finish_instant, start_instant

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graphmodel.items import Item, Kind
    from graphmodel.plan import Plan

__all__ = ["Overview", "Part", "survey"]


@dataclass(frozen=True, slots=True)
class Part:
    """A top-level item with how many items of each kind are below it, and its outermost dates."""

    item: Item
    below: dict[Kind, int]
    start: date | None
    finish: date | None


@dataclass(frozen=True, slots=True)
class Overview:
    """What a plan holds.

    ``items`` counts by kind, ``links`` and ``gates`` by state, ``statuses`` by status; kinds and
    states that do not occur are left out. ``undated`` counts the leaves without a planned finish.
    ``start`` and ``finish`` are the outermost planned or due dates.
    """

    plan: Plan
    items: dict[Kind, int]
    links: dict[str, int]
    gates: dict[str, int]
    statuses: dict[str, int]
    officers: int
    boards: int
    metrics: int
    risks: int
    undated: int
    start: date | None
    finish: date | None
    parts: tuple[Part, ...]


def survey(plan: Plan) -> Overview:
    """Count what a plan holds."""
    index = plan.index
    start, finish = _outermost(plan.items)
    return Overview(
        plan=plan,
        items=_by_kind(plan.items),
        links=_by_state(link.state for link in plan.links),
        gates=_by_state(gate.state for gate in plan.gates),
        statuses=dict(Counter(item.status for item in plan.items)),
        officers=len(plan.officers),
        boards=len(plan.boards),
        metrics=len(plan.metrics),
        risks=len(plan.risks),
        undated=sum(index.is_leaf(item.id) and item.planned.finish is None for item in plan.items),
        start=start,
        finish=finish,
        parts=_parts(plan),
    )


def _by_kind(items: Iterable[Item]) -> dict[Kind, int]:
    found = Counter(item.kind for item in items)
    return {kind: found[kind] for kind in KINDS if found[kind]}


def _by_state(states: Iterable[str]) -> dict[str, int]:
    found = Counter(states)
    return {state: found[state] for state in ("accepted", "proposed", "rejected") if found[state]}


def _parts(plan: Plan) -> tuple[Part, ...]:
    below: dict[str, list[Item]] = {item.id: [] for item in plan.items if item.parent is None}
    for item in plan.items:
        if item.parent is not None:
            below[plan.index.top(item.id)].append(item)
    parts = []
    for top, items in below.items():
        start, finish = _outermost([plan.index.items[top], *items])
        parts.append(Part(plan.index.items[top], _by_kind(items), start, finish))
    return tuple(parts)


def _outermost(items: Iterable[Item]) -> tuple[date | None, date | None]:
    """Return the first planned date and the last planned or due one."""
    starts: list[date] = []
    finishes: list[date] = []
    for item in items:
        planned = item.planned
        starts.extend(one for one in (planned.start, planned.finish) if one is not None)
        finishes.extend(one for one in (planned.finish, item.due) if one is not None)
    return (
        min(starts, key=start_instant, default=None),
        max(finishes, key=finish_instant, default=None),
    )

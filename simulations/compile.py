"""Compile a plan: own dates, links and breakdown into arrays in topological order (DESIGN 5.3)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from graphmodel.cycles import find_cycle
from graphmodel.errors import PlanError
from graphmodel.events import EventGraph, bounds_leaves, sort_events
from graphmodel.moments import DAY, finish_instant, start_instant
from simulations.codes import ABSENT, DERIVED, LINK_CODES, LOGIC, NEVER, PLANNED
from simulations.compiled import Compiled
from simulations.health import note_items, note_links, note_unmodelled
from simulations.monthly import shift_months
from simulations.owndates import Own, mean_minutes, own_dates, wall_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem

__all__ = ["Edge", "compile_plan"]


@dataclass(frozen=True, slots=True)
class Edge:
    """One bound of one item on another: a link, or its share on one leaf below a parent."""

    source: str
    target: str
    code: int
    months: int
    minutes: int
    link: int


def compile_plan(plan: Plan, links: Sequence[Link]) -> Compiled:
    """Compile a plan with the links to be used (`graphmodel.selection.select_links`).

    Raises
    ------
    CycleError
        The links and the breakdown run in a circle.
    PlanError
        A span counts working time, or nothing says when the plan starts.
    """
    index = plan.index
    status = NEVER if plan.status_date is None else finish_instant(plan.status_date)
    owns = {
        item.id: own_dates(item, is_parent=item.id in index.children, status=status)
        for item in plan.items
    }
    edges = [edge for number, link in enumerate(links) for edge in _edges(plan, link, number)]
    order = _put_in_order(plan, links)
    at = {one: position for position, one in enumerate(order)}
    items = [index.items[one] for one in order]
    own = [owns[one] for one in order]
    edges.sort(key=lambda edge: at[edge.target])
    into, leaving = _point(edges, at, len(order))
    parent, parts = _family(plan, order, at, own)
    work = _work_lengths(plan, owns, links)
    findings: list[Problem] = [
        *note_unmodelled(plan, links),
        *note_items(plan, owns),
        *note_links(plan, owns, links),
    ]
    return Compiled(
        plan=plan,
        links=tuple(links),
        ids=order,
        at=at,
        how=[one.how for one in own],
        own_start=[one.start for one in own],
        own_finish=[one.finish for one in own],
        length=[one.length for one in own],
        months=[one.months for one in own],
        rest=[one.rest for one in own],
        rest_months=[one.rest_months for one in own],
        work=[work.get(one, 0) for one in order],
        pinned=[int(one.pinned) for one in own],
        begins=[int(item.type == "start_milestone") for item in items],
        ends=[int(item.type == "finish_milestone") for item in items],
        parent=parent,
        parts=parts,
        cap=[_cap(item) for item in items],
        held=[one.held for one in own],
        order_in_file=[index.position[one] for one in order],
        into=into,
        source=[at[edge.source] for edge in edges],
        target=[at[edge.target] for edge in edges],
        code=[edge.code for edge in edges],
        lag_months=[edge.months for edge in edges],
        lag=[edge.minutes for edge in edges],
        link=[edge.link for edge in edges],
        leaving=leaving,
        plan_start=_plan_start(plan, owns),
        status=status,
        must_finish=NEVER if plan.must_finish is None else finish_instant(plan.must_finish),
        retained=plan.options.progress != "progress_override",
        findings=findings,
    )


def _edges(plan: Plan, link: Link, number: int) -> list[Edge]:
    """Return the bounds a link sets: one, or one on every leaf below its target (5.3.4)."""
    index = plan.index
    months, minutes = _lag(index.items[link.from_], link)
    code = LINK_CODES[link.type]
    targets = [link.to]
    if bounds_leaves(plan, link):
        targets = list(index.leaves(link.to))
    return [Edge(link.from_, target, code, months, minutes, number) for target in targets]


def _put_in_order(plan: Plan, links: Sequence[Link]) -> list[str]:
    """Return all item ids, predecessors before successors and parts before parents."""
    events = sort_events(EventGraph.of(plan, links).after)
    order = [plan.items[event].id for event in events if event < len(plan.items)]
    if len(order) < len(plan.items):
        error = find_cycle(plan, links)
        assert error is not None  # noqa: S101 - what cannot be sorted holds a cycle
        raise error
    return order


def _lag(source: Item, link: Link) -> tuple[int, int]:
    if link.lag.unit == "%":
        return 0, int(
            (_duration(source) * link.lag.amount / 100).quantize(Decimal(1), ROUND_HALF_UP)
        )
    return wall_span(link.lag, f"The lag of the link {link.name}")


def _duration(item: Item) -> int:
    """Return the minutes a percentage of an item's duration is a part of."""
    if item.duration is not None:
        return mean_minutes(*wall_span(item.duration, f'The duration of "{item.id}"'))
    planned = item.planned
    if item.type != "task" or planned.start is None or planned.finish is None:
        return 0
    return max(0, finish_instant(planned.finish) - start_instant(planned.start))


def _point(
    edges: Sequence[Edge], at: dict[str, int], size: int
) -> tuple[list[int], list[list[int]]]:
    """Return where the edges into each position begin, and the edges out of each."""
    into = [0] * (size + 1)
    leaving: list[list[int]] = [[] for _ in range(size)]
    for number, edge in enumerate(edges):
        into[at[edge.target] + 1] += 1
        leaving[at[edge.source]].append(number)
    for position in range(size):
        into[position + 1] += into[position]
    return into, leaving


def _family(
    plan: Plan, order: Sequence[str], at: dict[str, int], own: Sequence[Own]
) -> tuple[list[int], list[list[int]]]:
    """Return parent and parts; what takes no part hands its parts to what it is part of."""
    parents = plan.index.parents
    parent = [-1] * len(order)
    parts: list[list[int]] = [[] for _ in order]
    for position, one in enumerate(order):
        above = parents[one]
        while above is not None and own[at[above]].how == ABSENT:
            above = parents[above]
        if above is not None:
            parent[position] = at[above]
            parts[at[above]].append(position)
    return parent, parts


def _cap(item: Item) -> int:
    """Return the earliest of the due date and the deadlines as an instant."""
    dates = [deadline.date for deadline in item.deadlines]
    if item.due is not None:
        dates.append(item.due)
    return min(map(finish_instant, dates)) if dates else NEVER


def _work_lengths(plan: Plan, owns: dict[str, Own], links: Sequence[Link]) -> dict[str, int]:
    """Return the length of each finish-only leaf if its gap is work (DESIGN 5.4)."""
    gated = {gate.item for gate in plan.gates if gate.state == "accepted"}
    ready: dict[str, int] = {}
    items = plan.index.items
    for link in links:
        before, after = items[link.from_], items[link.to]
        if link.type != "FS" or link.state != "accepted" or before.planned.finish is None:
            continue
        own = owns[after.id]
        if owns[before.id].how == ABSENT:  # what takes no part leaves no gap to fill
            continue
        if own.how != PLANNED or own.length or after.type != "task" or after.id in gated:
            continue
        months, minutes = _lag(before, link)
        finish = finish_instant(before.planned.finish)
        bound = shift_months(finish, months, is_start=False) + minutes
        ready[after.id] = max(bound, ready.get(after.id, NEVER))
    lengths: dict[str, int] = {}
    for one, bound in ready.items():
        planned = items[one].planned.finish
        if planned is not None:
            lengths[one] = max(0, finish_instant(planned) - bound)
    return lengths


def _plan_start(plan: Plan, owns: dict[str, Own]) -> int:
    """Return the plan's start; where it has none and needs one, the earliest own date."""
    if plan.start is not None:
        return start_instant(plan.start)
    if not any(own.how == LOGIC for own in owns.values()):
        return NEVER
    dated = [
        _first_instant(own)
        for own in owns.values()
        if own.how not in {ABSENT, DERIVED, LOGIC} and (own.start, own.finish) != (NEVER, NEVER)
    ]
    if not dated:
        raise PlanError('Nothing says when the plan starts: give it a "start", such as 2026-04-01.')
    return min(dated)


def _first_instant(own: Own) -> int:
    """Return an own start; of a point, the first instant of the day it is shown on."""
    if own.start not in {NEVER, own.finish}:
        return own.start
    return (own.finish - 1) // DAY * DAY

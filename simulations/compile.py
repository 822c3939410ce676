"""Compile a plan: own dates, links and breakdown into a net in topological order (DESIGN 5.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.collector import collector_paused
from graphmodel.cycles import find_cycle
from graphmodel.errors import PlanError
from graphmodel.events import EventGraph, sort_events
from graphmodel.modes import rules_of
from graphmodel.moments import DAY, finish_instant, start_instant
from simulations.codes import (
    ABSENT,
    BEGINS,
    BEGUN,
    DERIVED,
    DONE,
    ENDS,
    FF,
    FS,
    LOGIC,
    NEVER,
    PINNED,
    PLANNED,
    RETAINED,
    RUNS_ON,
)
from simulations.compiled import Compiled
from simulations.edges import Edge, edges_of
from simulations.extras import Extra, extra_of, flatten
from simulations.gating import Gating
from simulations.health import note_calendars, note_items, note_links, note_same_month
from simulations.kernels.shapes import Net
from simulations.owndates import Own, own_dates
from simulations.unused import note_unused
from simulations.worktimes import NOTHING, WorkTimes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem

__all__ = ["compile_plan"]


def compile_plan(plan: Plan, links: Sequence[Link]) -> Compiled:
    """Compile a plan with the links to be used (`graphmodel.selection.select_links`).

    Raises
    ------
    CycleError
        The links and the breakdown run in a circle.
    PlanError
        A calendar has no working time, or nothing says when the plan starts.
    """
    with collector_paused():
        return _Compiler(plan, links).build()


class _Compiler:
    """The steps of a compilation, each resting on those before it."""

    def __init__(self, plan: Plan, links: Sequence[Link]) -> None:
        self.plan = plan
        self.links = links
        self.items = plan.index.items
        self.rules = rules_of(plan.options)
        self.times = WorkTimes({one.id: one for one in plan.calendars}, plan.calendar)
        self.status = NEVER if plan.status_date is None else finish_instant(plan.status_date)
        self.owns = {item.id: self._own(item) for item in plan.items}
        self.gating = Gating(plan, self.times, self.owns)
        self.own_dates = {one: own.finish for one, own in self.owns.items()}
        self.owns_as_planned = dict(self.owns)
        for one in self.gating.rows:
            self.own_dates[one] = self.gating.own_date(one)
            self.owns[one] = self.gating.with_gates(one, self.owns[one], self.items[one])
        self.order = _put_in_order(plan, links)
        self.at = {one: position for position, one in enumerate(self.order)}
        self.edges = edges_of(plan, links, self.rules, self.times, self.owns)
        self.edges.sort(key=lambda edge: self.at[edge.target])
        self.extras: dict[str, Extra] = {}
        self.early: list[tuple[str, str]] = []

    def build(self) -> Compiled:
        self._collect_extras()
        starts = _plan_start(self.plan, self.owns_as_planned)
        rows = {one: number for number, one in enumerate(self.extras)}
        own = [self.owns[one] for one in self.order]
        findings: list[Problem] = [
            *note_items(self.plan, self.owns_as_planned),
            *note_links(self.plan, self.owns_as_planned, self.links),
            *note_unused(self.plan, self.owns_as_planned, self.links, self.gating.rows),
            *self.gating.findings,
            *note_same_month(self.plan, self.early),
            *note_calendars(self.times),
        ]
        work = _work_lengths(self.plan, self.owns_as_planned, self.edges, self.links, self.times)
        net = Net(
            **self._columns(own, starts),
            **self._edge_columns(),
            **self._family(),
            **flatten(list(self.extras.values())),
            extra=[rows.get(one, -1) for one in self.order],
            clock=self.times.clock,
            plan_start=starts,
            floor_finish=self.status if self.rules.unstarted == "after_status_date" else NEVER,
            floor_start=self._floor_start(),
            must_finish=(
                NEVER if self.plan.must_finish is None else finish_instant(self.plan.must_finish)
            ),
            seed_least=int(self.rules.due_is_cap),
        )
        return Compiled(
            plan=self.plan,
            links=tuple(self.links),
            rules=self.rules,
            times=self.times,
            net=net,
            ids=self.order,
            at=self.at,
            order_in_file=[self.plan.index.position[one] for one in self.order],
            work=[work.get(one, 0) for one in self.order],
            own_date=[self.own_dates[one] for one in self.order],
            held=[one.held for one in own],
            link=[edge.link for edge in self.edges],
            gates=tuple(row.gate for extra in self.extras.values() for row in extra.gates),
            has_alap=any(extra.alap for extra in self.extras.values()),
            findings=tuple(findings),
        )

    def _own(self, item: Item) -> Own:
        return own_dates(
            item,
            self.times,
            is_parent=item.id in self.plan.index.children,
            status=self.status,
            resumes=self.rules.unstarted != "unmoved",
        )

    def _floor_start(self) -> int:
        if self.plan.status_date is None or self.rules.unstarted != "from_status_date":
            return NEVER
        return start_instant(self.plan.status_date)

    def _collect_extras(self) -> None:
        """Collect what is special about items, those that gates hold and their inputs included."""
        held = {edge.target for edge in self.edges}
        for item in self.plan.items:
            extra = extra_of(item, self.owns[item.id], self.times, self.plan.blackouts)
            if extra is not None:
                if item.id not in held:
                    extra.delay = None  # a levelling delay is a delay behind a predecessor
                self.extras[item.id] = extra
        for one, gates in self.gating.rows.items():
            self.extras.setdefault(one, Extra()).pass_gates(gates)
            for part in self.plan.index.children.get(one, ()):
                shift = self._allowance(part, one, None)
                if shift is not None:
                    self.extras.setdefault(part, Extra()).shift = shift
        for edge in self.edges:
            if edge.target in self.gating.rows and edge.code in {FS, FF}:
                edge.shift = self._allowance(edge.source, edge.target, edge) or 0

    def _allowance(self, source: str, target: str, edge: Edge | None) -> int | None:
        lag = edge.lag if edge else NOTHING
        own = self.own_dates[source]
        if self.owns[source].how in {ABSENT, DONE} or own == NEVER:
            return None
        shift = self.gating.allowance(self.items[source], self.items[target], own, lag)
        if shift is not None:
            self.early.append((source, target))
        return shift

    def _columns(self, own: list[Own], starts: int) -> dict[str, list[int]]:
        retained = RETAINED if self.rules.progress == "retained_logic" else 0
        runs_on = RUNS_ON if self.rules.unstarted == "unmoved" else 0
        flags = []
        for one, its in zip(self.order, own, strict=True):
            kind = self.items[one].type
            flags.append(
                retained
                | runs_on
                | (PINNED if its.pinned else 0)
                | (BEGINS if kind == "start_milestone" else 0)
                | (ENDS if kind == "finish_milestone" else 0)
            )
        return {
            "how": [one.how for one in own],
            "cal": [-1 if one.how in {PLANNED, DERIVED} else one.length.cal for one in own],
            "own_start": self._own_starts(own, starts),
            "own_finish": [one.finish for one in own],
            "length": [one.length.minutes for one in own],
            "months": [one.length.months for one in own],
            "rest": [one.rest.minutes for one in own],
            "rest_months": [one.rest.months for one in own],
            "rest_cal": [one.rest.cal for one in own],
            "flags": flags,
            "due": [
                NEVER if due is None else finish_instant(due)
                for due in (self.items[one].due for one in self.order)
            ],
        }

    def _own_starts(self, own: list[Own], starts: int) -> list[int]:
        """Return own starts; what follows its logic starts no earlier than the plan does.

        MS Project lets predecessors and constraints place work before the project's start.
        """
        free: set[str] = set()
        if self.rules.honours_early_snet:
            free = {edge.target for edge in self.edges}
            free |= {
                one
                for one, extra in self.extras.items()
                if max(extra.snet, extra.fnet, extra.pin_start, extra.pin_finish) != NEVER
            }
        return [
            (NEVER if name in free else max(starts, one.start)) if one.how == LOGIC else one.start
            for name, one in zip(self.order, own, strict=True)
        ]

    def _edge_columns(self) -> dict[str, list[int]]:
        size = len(self.order)
        into = [0] * (size + 1)
        leaving_at = [0] * (size + 1)
        for edge in self.edges:
            into[self.at[edge.target] + 1] += 1
            leaving_at[self.at[edge.source] + 1] += 1
        for position in range(size):
            into[position + 1] += into[position]
            leaving_at[position + 1] += leaving_at[position]
        source = [self.at[edge.source] for edge in self.edges]
        return {
            "into": into,
            "source": source,
            "target": [self.at[edge.target] for edge in self.edges],
            "code": [edge.code for edge in self.edges],
            "lag": [edge.lag.minutes for edge in self.edges],
            "lag_months": [edge.lag.months for edge in self.edges],
            "lag_cal": [edge.lag.cal for edge in self.edges],
            "shift": [edge.shift for edge in self.edges],
            "leaving_at": leaving_at,
            "leaving": sorted(range(len(source)), key=source.__getitem__),
        }

    def _family(self) -> dict[str, list[int]]:
        """Return parents and parts; what takes no part hands its parts to what it is part of."""
        parents = self.plan.index.parents
        parent = [-1] * len(self.order)
        parts: list[list[int]] = [[] for _ in self.order]
        for position, one in enumerate(self.order):
            above = parents[one]
            while above is not None and self.owns[above].how == ABSENT:
                above = parents[above]
            if above is not None:
                parent[position] = self.at[above]
                parts[self.at[above]].append(position)
        parts_at = [0]
        for below in parts:
            parts_at.append(parts_at[-1] + len(below))
        return {
            "parent": parent,
            "parts_at": parts_at,
            "parts": [part for one in parts for part in one],
        }


def _put_in_order(plan: Plan, links: Sequence[Link]) -> list[str]:
    """Return all item ids, predecessors before successors and parts before parents."""
    events = sort_events(EventGraph.of(plan, links).after)
    order = [plan.items[event].id for event in events if event < len(plan.items)]
    if len(order) < len(plan.items):
        error = find_cycle(plan, links)
        assert error is not None  # noqa: S101 - what cannot be sorted holds a cycle
        raise error
    return order


def _work_lengths(
    plan: Plan,
    owns: dict[str, Own],
    edges: Sequence[Edge],
    links: Sequence[Link],
    times: WorkTimes,
) -> dict[str, int]:
    """Return the length of each finish-only leaf if its gap is work (DESIGN 5.4)."""
    if not any(own.how == PLANNED and not own.length.minutes for own in owns.values()):
        return {}
    gated = {gate.item for gate in plan.gates if gate.state == "accepted"}
    ready: dict[str, int] = {}
    items = plan.index.items
    for edge in edges:
        link = links[edge.link]
        before, after = items[link.from_], items[link.to]
        if edge.code != FS or link.state != "accepted" or before.planned.finish is None:
            continue
        own = owns[after.id]
        if owns[before.id].how == ABSENT:  # what takes no part leaves no gap to fill
            continue
        if own.how != PLANNED or own.length.minutes or after.type != "task" or after.id in gated:
            continue
        bound = times.lagged(finish_instant(before.planned.finish), edge.lag)
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
    if own.start not in {NEVER, own.finish} or (own.how == BEGUN and own.pinned):
        return own.start
    return (own.finish - 1) // DAY * DAY

"""Compile a plan: own dates, links and breakdown into a net in topological order (DESIGN 5.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.collector import collector_paused
from graphmodel.cycles import find_cycle
from graphmodel.errors import PlanError
from graphmodel.events import sort_events
from graphmodel.moments import DAY
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
    PLANNED,
    UNLIMITED,
)
from simulations.columns import fill, group, kind_of_column, take
from simulations.compiled import Compiled
from simulations.draft import Draft
from simulations.edges import Edges
from simulations.extras import Extra, flatten
from simulations.gating import Gating
from simulations.health import note_calendars, note_same_month
from simulations.kernels.shapes import Net
from simulations.projects import grounds_of, project_numbers
from simulations.unused import note_gate, note_unused
from simulations.worktimes import NOTHING, Measured, WorkTimes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from simulations.columns import Column
    from simulations.owndates import Own

__all__ = ["compile_plan"]

#: Flags of what is no task.
_POINTS = BEGINS | ENDS


def compile_plan(plan: Plan, links: Sequence[Link]) -> Compiled:
    """Compile a plan with the links to be used (`graphmodel.selection.select_links`).

    Items and links are taken up in one sweep each.

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
    """The steps of a compilation, each resting on those before it.

    Numbers count places in the file, positions places in the order of computing.
    """

    def __init__(self, plan: Plan, links: Sequence[Link]) -> None:
        self.plan = plan
        self.links = links
        self.numbers = plan.index.position
        self.grounds = grounds_of(plan)
        self.times = WorkTimes({one.id: one for one in plan.calendars}, plan.calendar)
        self.new = kind_of_column(len(plan.items) + len(links))
        self.projects = project_numbers(plan, self.new)
        self.draft = Draft(plan, self.times, self.grounds, self.projects, self.new)
        self.starts = [
            _plan_start(self.draft, self.projects, number) for number in range(len(self.grounds))
        ]
        self.gating = Gating(plan, self.times, self.draft)
        self.meetings = {self.numbers[one]: self.gating.own_date(one) for one in self.gating.rows}
        self.as_planned = {number: self.draft.own(number) for number in self.meetings}
        for one in self.gating.rows:
            number = self.numbers[one]
            own = self.gating.with_gates(one, self.as_planned[number], plan.index.items[one])
            self.draft.replace(number, own)
        self.edges = Edges(plan, links, self.draft, self.times, self.new)
        after = self.edges.events.after
        self.order = self.new(_put_in_order(plan, links, after))
        after.clear()  # the largest thing of all, and no longer needed
        self.at = group(self.order, len(self.order))[1]  # each number once: where it stands
        self.into, self.by_target = group(take(self.at, self.edges.target), len(self.order))
        self.shift = fill(self.new, 0, len(self.edges.link))
        self.early: list[tuple[str, str]] = []

    def build(self) -> Compiled:
        self._collect_extras()
        self._check_starts()
        draft, order, extras = self.draft, self.order, self.draft.extras
        rows = {number: row for row, number in enumerate(extras)}
        net = Net(
            **self._columns(),
            **self._edge_columns(),
            **self._family(),
            **{name: self.new(column) for name, column in flatten(list(extras.values())).items()},
            extra=self._placed(fill(self.new, -1, len(order)), rows),
            clock=self.times.clock,
            project=take(self.projects, order),
            **self._project_columns(),
        )
        ids = list(self.numbers)
        names = [ids[number] for number in order]
        return Compiled(
            plan=self.plan,
            links=self.links,
            proposed=len(self.edges.proposed),
            grounds=self.grounds,
            times=self.times,
            net=net,
            ids=names,
            at={one: position for position, one in enumerate(names)},
            order_in_file=order,
            work=self._placed(fill(self.new, 0, len(order)), self._work_lengths()),
            own_date=self._placed(take(draft.finish, order), self.meetings),
            held=[draft.held[number] for number in order],
            link=take(self.edges.link, self.by_target),
            fanned=frozenset(self.edges.fanned),
            gates=tuple(row.gate for extra in extras.values() for row in extra.gates),
            has_alap=any(extra.alap for extra in extras.values()),
            findings=tuple(self._findings()),
        )

    def _check_starts(self) -> None:
        for number, start in enumerate(self.starts):
            if start is None:
                name = f'project "{self.plan.projects[number - 1].item}"' if number else "plan"
                raise PlanError(
                    f'Nothing says when the {name} starts: give it a "start", such as 2026-04-01.'
                )

    def _placed(self, column: Column, values: Mapping[int, int]) -> Column:
        """Return a column by position with these values, told by number, in it."""
        for number, value in values.items():
            column[self.at[number]] = value
        return column

    def _project_columns(self) -> dict[str, Column]:
        """Return what the kernels need of the plan itself and each project."""
        rules = [ground.rules for ground in self.grounds]
        return {
            "plan_start": self.new(one or NEVER for one in self.starts),
            "floor_finish": self.new(ground.floor_finish for ground in self.grounds),
            "floor_start": self.new(ground.floor_start for ground in self.grounds),
            "must_finish": self.new(ground.must_finish for ground in self.grounds),
            "seed_least": self.new(int(one.due_is_cap) for one in rules),
            "late_alap": self.new(int(one.alap_is_late) for one in rules),
            "climbs": self.new(int(one.parent_links == "leaves") for one in rules),
        }

    def _findings(self) -> Iterator[Problem]:
        plan, draft = self.plan, self.draft
        yield from draft.findings
        yield from self.edges.idle
        for number, item in draft.stated.items():
            yield from note_unused(
                plan,
                item,
                self.as_planned.get(number) or draft.own(number),
                is_gated=number in self.meetings,
                is_held=bool(self.edges.held[number]),
            )
        for gate in plan.gates:
            if gate.state == "accepted":
                yield from note_gate(plan, gate, draft.how[self.numbers[gate.item]])
        yield from self.edges.unused
        yield from self.gating.findings
        yield from note_same_month(plan, self.early)
        yield from note_calendars(self.times)

    def _collect_extras(self) -> None:
        """Collect what is special about those that gates hold and their inputs too."""
        extras = self.draft.extras
        for number, extra in extras.items():
            position = self.at[number]
            if self.into[position] == self.into[position + 1]:
                extra.delay = None  # a levelling delay is a delay behind a predecessor
        for one, gates in self.gating.rows.items():
            extras.setdefault(self.numbers[one], Extra()).pass_gates(gates)
            for part in self.plan.index.children.get(one, ()):
                shift = self._allowance(self.numbers[part], one, NOTHING)
                if shift is not None:
                    extras.setdefault(self.numbers[part], Extra()).shift = shift
        for position in sorted(self.at[self.numbers[one]] for one in self.gating.rows):
            self._allow_inputs(position)

    def _allow_inputs(self, position: int) -> None:
        """Give the links into a gated item their allowances."""
        edges, target = self.edges, self.plan.items[self.order[position]].id
        for place in range(self.into[position], self.into[position + 1]):
            edge = self.by_target[place]
            if edges.code[edge] in {FS, FF}:
                lag = Measured(edges.lag_months[edge], edges.lag[edge], edges.lag_cal[edge])
                self.shift[place] = self._allowance(edges.source[edge], target, lag) or 0

    def _allowance(self, source: int, target: str, lag: Measured) -> int | None:
        own = self.meetings.get(source, self.draft.finish[source])
        if self.draft.how[source] in {ABSENT, DONE} or own == NEVER:
            return None
        item = self.plan.items[source]
        shift = self.gating.allowance(item, self.plan.index.items[target], own, lag)
        if shift is not None:
            self.early.append((item.id, target))
        return shift

    def _columns(self) -> dict[str, Column]:
        draft, order = self.draft, self.order
        kinds = zip(draft.how, draft.cal, strict=True)
        cal = self.new(-1 if how in {PLANNED, DERIVED} else cal for how, cal in kinds)
        plain = {
            "how": draft.how,
            "cal": cal,
            "own_finish": draft.finish,
            "length": draft.length,
            "months": draft.months,
            "rest": draft.rest,
            "rest_months": draft.rest_months,
            "rest_cal": draft.rest_cal,
            "flags": draft.flags,
            "due": draft.due,
        }
        own_start = self.new(
            self._own_start(position, number) for position, number in enumerate(order)
        )
        return {name: take(column, order) for name, column in plain.items()} | {
            "own_start": own_start
        }

    def _own_start(self, position: int, number: int) -> int:
        """Return an own start; what follows its logic starts no earlier than the plan does.

        MS Project lets predecessors and constraints place work before the project's start.
        """
        own = self.draft.start[number]
        if self.draft.how[number] != LOGIC:
            return own
        project = self.projects[number]
        if self.grounds[project].rules.honours_early_snet:
            extra = self.draft.extras.get(number)
            if self.into[position] < self.into[position + 1] or (
                extra is not None
                and max(extra.snet, extra.fnet, extra.pin_start, extra.pin_finish) != NEVER
            ):
                return NEVER
        return max(self.starts[project] or NEVER, own)

    def _edge_columns(self) -> dict[str, Column]:
        edges, places = self.edges, self.by_target
        source = take(self.at, take(edges.source, places))
        target = take(self.at, take(edges.target, places))
        leaving_at, leaving = group(source, len(self.order))
        bounds = {
            "code": take(edges.code, places),
            "lag": take(edges.lag, places),
            "lag_months": take(edges.lag_months, places),
            "shift": self.shift,
        }
        plain = self._plain(target, bounds)
        ends = zip(plain, source, strict=True)
        return bounds | {
            "into": self.into,
            "source": source,
            "target": target,
            "cap": fill(self.new, UNLIMITED, len(source)),
            "plain_source": self.new(one if is_plain else -1 for is_plain, one in ends),
            "plain_target": self.new(target[one] if plain[one] else -1 for one in leaving),
            "lag_cal": take(edges.lag_cal, places),
            "leaving_at": leaving_at,
            "leaving": leaving,
        }

    def _plain(self, target: Column, bounds: dict[str, Column]) -> list[bool]:
        """Return which edges only keep a leaf from starting before their source finishes."""
        how, extras = self.draft.how, self.draft.extras
        waits = [how[number] in {LOGIC, PLANNED} and number not in extras for number in self.order]
        return [
            waits[one] and code == FS and not (lag or months or shift)
            for one, code, lag, months, shift in zip(target, *bounds.values(), strict=True)
        ]

    def _family(self) -> dict[str, Column]:
        """Return parents and parts; what takes no part hands its parts to what it is part of."""
        above = self.new(
            -1 if one is None else self.numbers[one] for one in self.plan.index.parents.values()
        )
        how = self.draft.how
        parent = fill(self.new, -1, len(above))
        for position, number in enumerate(self.order):
            one = above[number]
            while one >= 0 and how[one] == ABSENT:
                one = above[one]
            if one >= 0:
                parent[position] = self.at[one]
        parts = self.new(position for position, one in enumerate(parent) if one >= 0)
        parts_at, places = group(take(parent, parts), len(parent))
        return {
            "parent": parent,
            "parts_at": parts_at,
            "parts": take(parts, places),
        }

    def _work_lengths(self) -> dict[int, int]:
        """Return the length of each finish-only leaf if its gap is work (DESIGN 5.4)."""
        draft, edges = self.draft, self.edges
        points = {
            number
            for number, how in enumerate(draft.how)
            if how == PLANNED and not draft.length[number] and not draft.flags[number] & _POINTS
        }
        points -= {self.numbers[gate.item] for gate in self.plan.gates if gate.state == "accepted"}
        ready: dict[int, int] = {}
        for edge, target in enumerate(edges.target) if points else ():
            planned = draft.planned[edges.source[edge]]
            if (
                target not in points
                or edges.code[edge] != FS
                or edges.link[edge] in edges.proposed
                or planned == NEVER
                or draft.how[edges.source[edge]] == ABSENT  # it leaves no gap to fill
            ):
                continue
            lag = Measured(edges.lag_months[edge], edges.lag[edge], edges.lag_cal[edge])
            ready[target] = max(self.times.lagged(planned, lag), ready.get(target, NEVER))
        return {
            target: max(0, draft.planned[target] - bound)
            for target, bound in ready.items()
            if draft.planned[target] != NEVER
        }


def _put_in_order(plan: Plan, links: Sequence[Link], after: Sequence[Sequence[int]]) -> list[int]:
    """Return all items by number, predecessors before successors and parts before parents."""
    size = len(plan.index.position)
    order = [event for event in sort_events(after) if event < size]
    if len(order) < size:
        error = find_cycle(plan, links)
        assert error is not None  # noqa: S101 - what cannot be sorted holds a cycle
        raise error
    return order


def _plan_start(draft: Draft, projects: Column, project: int) -> int | None:
    """Return the start of one project; where it has none and needs one, the earliest own date."""
    stated = draft.grounds[project].start
    if stated != NEVER:
        return stated
    hows = zip(draft.how, projects, strict=True)
    numbers = [number for number, (_, one) in enumerate(hows) if one == project]
    if all(draft.how[number] != LOGIC for number in numbers):
        return NEVER
    dated = (
        _first_instant(draft.own(number))
        for number in numbers
        if draft.how[number] not in {ABSENT, DERIVED, LOGIC}
        and (draft.start[number], draft.finish[number]) != (NEVER, NEVER)
    )
    return min(dated, default=None)


def _first_instant(own: Own) -> int:
    """Return an own start; of a point, the first instant of the day it is shown on."""
    if own.start not in {NEVER, own.finish} or (own.how == BEGUN and own.pinned):
        return own.start
    return (own.finish - 1) // DAY * DAY

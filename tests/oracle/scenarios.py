"""What a scenario does, from the oracle's dates (DESIGN 5.4)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graphmodel.scenario import Away, Slip, SlipGroup
from tests.oracle import facts
from tests.oracle.basis import links_used
from tests.oracle.dates import NOTHING, add, days_of, finish_of, show, start_of
from tests.oracle.edits import edit_links, edit_plan, holders
from tests.oracle.scheduler import Oracle

if TYPE_CHECKING:
    from datetime import datetime

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from graphmodel.spans import Span
    from simulations.results import Gaps

__all__ = ["WhatIfOracle", "can_slip"]


def can_slip(item: Item) -> bool:
    """A finished, cancelled or ongoing item cannot be slipped by name."""
    return not facts.is_done(item) and facts.takes_part(item)


@dataclass(frozen=True)
class WhatIfOracle:
    """Baseline and scenario under one rule for gaps."""

    plan: Plan
    scenario: Scenario
    gaps: Gaps = "spare"
    links: list[Link] | None = None

    @cached_property
    def before(self) -> Oracle:
        """The baseline forecast: the forward pass with no change."""
        return Oracle(self.plan, self.gaps, self.links)

    @cached_property
    def edited(self) -> Plan:
        """The plan with everything done that edits it, one after the other."""
        plan = self.plan
        for change in self.scenario.changes:
            plan = edit_plan(plan, change)
        return plan

    @cached_property
    def after(self) -> Oracle:
        """The scenario: what edits the plan comes first, then slips and absences."""
        links = links_used(self.plan) if self.links is None else self.links
        slips: dict[str, list[Span]] = defaultdict(list)
        floors: dict[str, datetime] = {}
        for change in self.scenario.changes:
            links = edit_links(links, change)
            if isinstance(change, Slip) and (change.own or not self.leaves_below(change.item)):
                slips[change.item].append(change.by)
            elif isinstance(change, Slip):
                self.raise_floors(self.leaves_below(change.item), change.by, floors)
            elif isinstance(change, SlipGroup):
                self.raise_floors(self.members(change), change.by, floors)
            elif isinstance(change, Away):
                self.keep_away(change, floors)
        return Oracle(self.edited, self.gaps, links, slips, floors, self.before)

    def knock_on(self, name: str) -> float | None:
        """Scenario - baseline in days between finish instants; of what has no finish, starts."""
        before, after = self.before.place(name), self.after.place(name)
        if before.finish is not None and after.finish is not None:
            return days_of(after.finish - before.finish)
        if before.start is not None and after.start is not None:
            return days_of(after.start - before.start)
        return None if before.start is None and after.start is None else 0.0

    def late_before(self, name: str) -> bool:
        """Late against ``due`` in the baseline."""
        return self._is_late(self.before, name)

    def newly_late(self, name: str) -> bool:
        """Late against ``due`` in the scenario and not in the baseline."""
        return self._is_late(self.after, name) and not self._is_late(self.before, name)

    def off_plan(self, name: str) -> float | None:
        """An item without a due is compared with its planned finish."""
        item, placed = self.before.items[name], self.after.place(name)
        if item.due is not None or item.planned.finish is None or placed.finish is None:
            return None
        return days_of(placed.finish - finish_of(item.planned.finish))

    def _is_late(self, oracle: Oracle, name: str) -> bool:
        due, finish = self.before.items[name].due, oracle.place(name).finish
        return due is not None and finish is not None and finish > finish_of(due)

    # -- Groups (5.4) -----------------------------------------------------------------------

    @cached_property
    def can_move(self) -> list[str]:
        """The leaves that can still move once the plan is edited."""
        return [
            item.id
            for item in self.edited.items
            if item.id not in self.before.children and can_slip(item)
        ]

    def leaves_below(self, name: str) -> list[str]:
        """Return the leaves below an item that can still move (none for a leaf itself)."""
        return [leaf for leaf in self.can_move if name in self.before.ancestors(leaf)]

    def members(self, group: SlipGroup) -> list[str]:
        """Return the leaves of an officer, a board, a division, a tag or a parent."""
        return [leaf for leaf in self.can_move if self.is_member(leaf, group)]

    def is_member(self, leaf: str, group: SlipGroup) -> bool:
        """Whether a leaf, or what it is part of, belongs to a group."""
        line = [leaf, *self.before.ancestors(leaf)]
        items = [self.before.items[one] for one in line]
        if group.officer is not None:
            found = [holders(self.edited, leaf, role) for role in group.roles]
            return any(group.officer in one for one in found)
        if group.board is not None:
            boards = [board for board in self.plan.boards if board.id == group.board]
            over = [one for board in boards for one in board.oversees]
            gates = [gate for gate in self.plan.gates if gate.state == "accepted"]
            gated = [gate.item for gate in gates if gate.board == group.board]
            return bool({*over, *gated} & set(line))
        if group.division is not None:
            return any(item.division == group.division for item in items)
        if group.tag is not None:
            return any(group.tag in item.tags for item in items)
        return group.parent in line

    def raise_floors(self, leaves: list[str], by: Span, floors: dict[str, datetime]) -> None:
        """Baseline forecast + S is the floor of each leaf; of several the later holds."""
        for leaf in leaves:
            placed = self.before.place(leaf)
            if placed.finish is not None:
                floor = add(placed.finish, by, placed.finish_side)
            elif placed.start is not None:
                floor = add(placed.start, by, placed.start_side)
            else:
                continue
            floors[leaf] = max(floor, floors.get(leaf, floor))

    def keep_away(self, away: Away, floors: dict[str, datetime]) -> None:
        """What should finish in an absence finishes after it, with the work that lies inside."""
        first, last = start_of(away.from_), finish_of(away.to)
        for leaf in self.can_move:
            placed = self.before.place(leaf)
            if away.officer not in holders(self.edited, leaf, "responsible"):
                continue
            if placed.start is None or placed.finish is None or placed.shown_finish is None:
                continue
            if not show(first, "start") <= placed.shown_finish <= show(last, "finish"):
                continue
            begin, end = max(placed.start, first), min(placed.finish, last)
            calendar = self.before.governs(self.before.items[leaf])
            floor = last + max(end - begin, NOTHING)
            if calendar is not None and end > begin:
                floor = calendar.earliest(last, calendar.between(begin, end))
            floors[leaf] = max(floor, floors.get(leaf, floor))

"""What a scenario of slips and sets does, from the oracle's dates (DESIGN 5.4)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graphmodel.scenario import SetDates, Slip, SlipGroup
from tests.oracle import facts
from tests.oracle.dates import add, days_of, finish_of
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
    def after(self) -> Oracle:
        """The scenario: sets first, then slips."""
        slips: dict[str, list[Span]] = defaultdict(list)
        floors: dict[str, datetime] = {}
        for change in self.scenario.changes:
            if isinstance(change, SlipGroup):
                assert change.parent is not None
                self._raise_floors(change.parent, change.by, floors)
            elif isinstance(change, Slip):
                if change.own or not self._unfinished_leaves(change.item):
                    slips[change.item].append(change.by)
                else:
                    self._raise_floors(change.item, change.by, floors)
        return Oracle(self._changed_plan(), self.gaps, self.links, slips, floors)

    def knock_on(self, name: str) -> float | None:
        """Scenario - baseline in days between finish instants; of what has no finish, starts."""
        before, after = self.before.place(name), self.after.place(name)
        if before.finish is not None and after.finish is not None:
            return days_of(after.finish - before.finish)
        if before.start is not None and after.start is not None:
            return days_of(after.start - before.start)
        return None

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

    def _unfinished_leaves(self, name: str) -> list[str]:
        """Return the leaves below an item that can still move (none for a leaf itself)."""
        found: list[str] = []
        for child in self.before.children.get(name, ()):
            if child in self.before.children:
                found += self._unfinished_leaves(child)
            elif can_slip(self.before.items[child]):
                found.append(child)
        return found

    def _raise_floors(self, name: str, by: Span, floors: dict[str, datetime]) -> None:
        """Baseline forecast + S is the floor of each leaf; of several the later holds."""
        for leaf in self._unfinished_leaves(name):
            placed = self.before.place(leaf)
            if placed.finish is not None:
                floor = add(placed.finish, by, placed.finish_side)
            elif placed.start is not None:
                floor = add(placed.start, by, placed.start_side)
            else:
                continue
            floors[leaf] = max(floor, floors.get(leaf, floor))

    def _changed_plan(self) -> Plan:
        """Return the plan with the own dates that ``set`` changes replaced."""
        changed = {item.id: item for item in self.plan.items}
        for change in self.scenario.changes:
            if isinstance(change, SetDates):
                changed[change.item] = _set(changed[change.item], change)
        return self.plan.model_copy(update={"items": tuple(changed.values())})


def _set(item: Item, change: SetDates) -> Item:
    """Replace the dates that are named; the start moves along with a new finish, as in 5.3.1."""
    planned = item.planned
    update: dict[str, object] = {}
    if change.start is not None:
        planned = planned.model_copy(update={"start": change.start})
    if change.finish is not None:
        update["forecast"] = change.finish
        if planned.finish is None:
            planned = planned.model_copy(update={"finish": change.finish})
    if change.duration is not None:
        update["duration"] = change.duration
    return item.model_copy(update={**update, "planned": planned})

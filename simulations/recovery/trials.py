"""Trials: a scenario run again with levers pulled, to see what is still late.

Where every lever says what it changes in the compiled plan, the forward pass is run again over what
that reaches; otherwise the changed scenario is carried out anew. Both give the same dates.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from graphmodel.errors import KnockonError
from graphmodel.moments import finish_instant
from simulations.kernels.alap import is_alap
from simulations.recovery.levers import apply_edits
from simulations.recovery.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.scenario import Scenario
    from simulations.passes import Passes
    from simulations.recovery.levers import Pull
    from simulations.results import Gaps
    from simulations.scenarios import Run

__all__ = ["Trials"]


class Trials:
    """One scenario under one rule for gaps, and what is late in it when levers are pulled.

    Attributes
    ----------
    base
        The dates of the scenario.
    changes
        Its slips and floors.
    plan
        The plan with its edits.
    due
        Due instants, by id, of what is in time without the scenario, in the order of the plan.
    late
        Ids of what the scenario makes late, in the same order.
    """

    def __init__(self, run: Run, scenario: Scenario, gaps: Gaps) -> None:
        self.run = run
        self.scenario = scenario
        self.gaps = gaps
        self.base = run.after(gaps)
        self.changes = run.slips(gaps)[0]
        before = run.baseline.passes[gaps]
        dues = {
            item.id: finish_instant(item.due)
            for item in run.baseline.plan.items
            if item.due is not None
        }
        self.due = {
            one: due
            for one, due in dues.items()
            if before.dates.finish[before.compiled.at[one]] <= due
        }
        self.plan = run.edited.build()
        late = self._late(self.base)
        self.late = tuple(one for one in self.due if one in late)
        self._allowed = late
        self._sheet = Sheet(self._early())
        self._known: dict[tuple[tuple[str, int], ...], frozenset[str] | None] = {}

    def _early(self) -> Passes:
        """Return the dates with nothing as late as possible: what that moves holds nobody."""
        base = self.base
        if not base.compiled.has_alap:
            return base
        dates = base.compiled.engine.early(base.lengths, self.changes)
        return replace(base, dates=dates)

    @cached_property
    def _holds_back(self) -> bool:
        """Return whether something due is as late as possible itself, or holds what is."""
        net, at = self.base.compiled.net, self.base.compiled.at
        if not self.base.compiled.has_alap:
            return False
        if any(net.late_alap):
            return True
        held: set[int] = set()
        for position in range(len(net.how)):
            if is_alap(net, position):
                one = position
                while one >= 0 and one not in held:
                    held.add(one)
                    one = net.parent[one]
        return any(at[one] in held for one in self.due)

    def is_mended(self, one: str, pulls: Sequence[Pull]) -> bool:
        """Return whether an item is in time with levers pulled, and nothing else late instead."""
        late = self.late_after(pulls)
        return late is not None and one not in late and late <= self._allowed

    def late_after(self, pulls: Sequence[Pull]) -> frozenset[str] | None:
        """Return what the scenario makes late with levers pulled; None where that cannot be."""
        key = tuple((pull.lever.name, pull.amount) for pull in pulls)
        if key not in self._known:
            self._known[key] = self._try(pulls)
        return self._known[key]

    def _try(self, pulls: Sequence[Pull]) -> frozenset[str] | None:
        if self._holds_back or not all(pull.lever.is_whole for pull in pulls):
            passes = self.after(pulls)
            return None if passes is None else self._late(passes)
        sheet, ids = self._sheet, self.base.compiled.ids
        for pull in pulls:
            pull.lever.patch(sheet, pull.amount)
        moved = sheet.moved(self.changes)
        sheet.reset()
        late = set(self._allowed)
        for position, finish in moved.items():
            due = self.due.get(ids[position])
            if due is not None:
                (late.add if finish > due else late.discard)(ids[position])
        return frozenset(late)

    def after(self, pulls: Sequence[Pull]) -> Passes | None:
        """Return the dates with levers pulled, None where the changes cannot be made."""
        if all(pull.lever.is_whole for pull in pulls):
            sheet = Sheet(self.base)
            for pull in pulls:
                pull.lever.patch(sheet, pull.amount)
            return sheet.after(self.changes)
        try:
            return self.run.baseline.run(self.changed(pulls)).after(self.gaps)
        except KnockonError:
            return None

    def changed(self, pulls: Sequence[Pull]) -> Scenario:
        """Return the scenario with the changes of levers in it."""
        edits = [pull.lever.edit(pull.amount) for pull in pulls]
        return apply_edits(self.scenario, edits)

    def _late(self, passes: Passes) -> frozenset[str]:
        at, finish = passes.compiled.at, passes.dates.finish
        return frozenset(one for one, due in self.due.items() if finish[at[one]] > due)

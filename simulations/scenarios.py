"""A plan made ready for what-ifs: compiled once, scheduled once under both rules for gaps.

`Baseline` is the forecast with no change; `Run` is one scenario beside it (DESIGN 5.4).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, get_args

from graphmodel.errors import ScenarioError
from simulations.changes import edit_plan
from simulations.codes import ABSENT, DONE, LOE, NEVER, PARENT
from simulations.compile import compile_plan
from simulations.kernels.points import group_floor
from simulations.passes import Passes
from simulations.results import Gaps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from graphmodel.scenario import Scenario
    from graphmodel.spans import Span
    from simulations.compiled import Compiled
    from simulations.edited import Away, Edited
    from simulations.kernels.shapes import Changes

__all__ = ["GAPS", "Baseline", "Run"]

#: Both rules for gaps; every what-if is computed under each.
GAPS: tuple[Gaps, ...] = get_args(Gaps)


@dataclass(frozen=True, eq=False)
class Baseline:
    """The plan's forecast with no change, under both rules for gaps.

    ``min_confidence`` is that of the proposed links in use, None where only accepted ones are.
    """

    plan: Plan
    compiled: Compiled
    passes: Mapping[Gaps, Passes]
    skipped: tuple[Problem, ...]
    min_confidence: float | None = None

    @classmethod
    def of(
        cls,
        compiled: Compiled,
        skipped: tuple[Problem, ...] = (),
        min_confidence: float | None = None,
    ) -> Baseline:
        """Schedule a compiled plan under both rules for gaps."""
        passes = {gaps: Passes.of(compiled, gaps) for gaps in GAPS}
        return cls(compiled.plan, compiled, passes, skipped, min_confidence)

    def run(self, scenario: Scenario) -> Run:
        """Carry out a scenario.

        Raises
        ------
        ScenarioError, UnknownIdError, CycleError
            A change cannot be made; see `simulations.changes.edit_plan`.
        """
        edited = edit_plan(self.plan, scenario, self.compiled.links)
        if not edited.structural:
            run = Run(self, edited, self.compiled, self.passes)
        else:
            compiled = self._recompile(edited)
            before = {gaps: Passes.of(compiled, gaps) for gaps in GAPS}
            run = Run(self, edited, compiled, before)
        run.check()
        run.note_absences()
        return run

    def _recompile(self, edited: Edited) -> Compiled:
        """Compile the edited plan; what counts as work between items stays as it was."""
        compiled = compile_plan(edited.build(), edited.links)
        old = self.compiled
        work = [
            0 if length else old.work[old.at[one]]
            for one, length in zip(compiled.ids, compiled.net.length, strict=True)
        ]
        return replace(compiled, work=work)


@dataclass(frozen=True, eq=False)
class Run:
    """One scenario: its edits, compiled, scheduled before its slips; `after` applies those."""

    baseline: Baseline
    edited: Edited
    compiled: Compiled
    before_slips: Mapping[Gaps, Passes]

    @property
    def slip(self) -> Span | None:
        """The scenario's slip, where it has exactly one."""
        spans = [change.by for change in self.edited.slips]
        spans.extend(span for _, span in self.edited.groups)
        return spans[0] if len(spans) == 1 else None

    def check(self) -> None:
        """Raise `ScenarioError` where a slip names an item that has no date to slip."""
        passes = self.before_slips["spare"]
        for change in self.edited.slips:
            position = self.compiled.at[change.item]
            item = self.edited.items[change.item]
            if self.compiled.net.how[position] == ABSENT or passes.instant(position) == NEVER:
                raise ScenarioError(f"{item.name} has no date: there is nothing to slip.")
        for leaves, _ in self.edited.groups:
            if all(_floor(passes, leaf, 0, 0) == NEVER for leaf in leaves):
                raise ScenarioError(
                    "Nothing below it has a date to slip: ID:finish=SPAN slips its own finish."
                )

    def note_absences(self) -> None:
        """Count what an absence holds up as changed: the scenario names its officer."""
        for away in self.edited.aways:
            for passes in self.baseline.passes.values():
                held = (leaf for leaf in away.leaves if _back_from(passes, leaf, away) is not None)
                self.edited.changed.update(held)

    def after(self, gaps: Gaps, days: int | None = None) -> Passes:
        """Return the scenario's dates; with ``days`` its slip is that many calendar days."""
        return self.before_slips[gaps].after(*self.slips(gaps, days))

    def slips(self, gaps: Gaps, days: int | None = None) -> tuple[Changes, set[int]]:
        """Return what is applied once the scenario's logic is resolved, and where."""
        changes = self.compiled.engine.no_changes()
        touched: set[int] = set()
        for change in self.edited.slips:
            position = self.compiled.at[change.item]
            months, minutes = _amount(change.by, days)
            changes.slip_months[position] += months
            changes.slip[position] += minutes
            touched.add(position)
        for leaf, floor in self._floors(gaps, days):
            position = self.compiled.at[leaf]
            changes.floor[position] = max(floor, changes.floor[position])
            touched.add(position)
        return changes, touched

    def _floors(self, gaps: Gaps, days: int | None) -> Iterator[tuple[str, int]]:
        """Yield the leaves that may finish no earlier than an instant: group slips, absences."""
        passes = self.baseline.passes[gaps]
        for leaves, span in self.edited.groups:
            months, minutes = _amount(span, days)
            for leaf in leaves:
                floor = _floor(passes, leaf, months, minutes)
                if floor != NEVER:
                    yield leaf, floor
        for away in self.edited.aways:
            for leaf in away.leaves:
                back = _back_from(passes, leaf, away)
                if back is not None:
                    yield leaf, back


def _floor(passes: Passes, leaf: str, months: int, minutes: int) -> int:
    """Return a leaf's baseline forecast moved by a group's slip, ``NEVER`` if it has none."""
    compiled = passes.compiled
    return group_floor(compiled.net, passes.dates, compiled.at[leaf], months, minutes)


def _back_from(passes: Passes, leaf: str, away: Away) -> int | None:
    """Return when an item finishes at the earliest if its officer is away when it should.

    The part of its span inside the absence is still to be done on return (DESIGN 5.4).
    """
    position = passes.compiled.at[leaf]
    start, finish = passes.dates.start[position], passes.dates.finish[position]
    how = passes.compiled.net.how[position]
    if how in {ABSENT, DONE, LOE, PARENT} or not away.first < finish <= away.last:
        return None
    return away.last + max(0, finish - max(start, away.first))


def _amount(span: Span, days: int | None) -> tuple[int, int]:
    return (span.months, span.minutes) if days is None else (0, days * 1440)

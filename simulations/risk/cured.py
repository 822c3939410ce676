"""A risk model with cures in its plan: the same dice on the changed plan, for one target.

Only what can move the target is uncertain in such a run: nothing else changes its finish, and a
run costs what stands before the target and not what the plan holds.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphmodel.errors import KnockonError
from graphmodel.scenario import Scenario
from graphmodel.spans import Span
from simulations.changes import edit_plan
from simulations.recovery.levers import apply_edits
from simulations.recovery.sheet import Sheet
from simulations.risk.model import Without, prepare_risk
from simulations.risk.running import Job, run_chunk, run_job
from simulations.risk.upstream import upstream
from simulations.scenarios import Baseline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphmodel.items import Item, Uncertainty
    from graphmodel.plan import Plan
    from simulations.compiled import Compiled
    from simulations.edited import Edited
    from simulations.passes import Passes
    from simulations.recovery.levers import Pull
    from simulations.results import Gaps
    from simulations.risk.model import Reference, RiskModel
    from simulations.risk.tally import Ints
    from simulations.risk.targets import Target

__all__ = ["CuredRuns"]

#: Parameters of a distribution that move along when the work becomes shorter.
_MOVES: Final = ("low", "mode", "high", "mean")

_NOTHING: Final = Without()


class CuredRuns:
    """Runs the iterations of one target with cures in the plan.

    What is uncertain stays as it is: work that takes n days less takes n days less in every
    iteration, not below zero; told in percent, it shrinks in proportion. An item that the reference
    class speaks for keeps the delay that its planned date was given.

    Attributes
    ----------
    model
        The plan without cures; what cannot move the target is certain.
    """

    def __init__(self, model: RiskModel, target: Target, reference: Reference | None) -> None:
        self._target, self._reference = target, reference
        self._whole = model
        self._known: dict[tuple[tuple[str, int], ...], Ints | None] = {}
        self._models: dict[tuple[tuple[str, int], ...], RiskModel | None] = {}
        cells = zip(model.cell_items, map(int, model.cells.is_delay), strict=True)
        self._delayed = {item for item, is_delay in cells if is_delay}
        self.model = self._ready(model.baseline, reference)

    def _ready(self, baseline: Baseline, reference: Reference | None) -> RiskModel:
        """Return a plan made ready for the target as the whole one was."""
        whole = self._whole
        return prepare_risk(
            baseline,
            iterations=whole.iterations,
            seed=whole.seed,
            targets=[self._target.id],
            gaps=whole.gaps,
            reference=reference,
            latin=bool(whole.program.strata),
            only=self._before(baseline.compiled),
        )

    def _before(self, compiled: Compiled) -> frozenset[str] | None:
        """Return the items that can move the target; None where that may be any.

        Risks with effects put in links, and items named in pairs have each other's dice.
        """
        plan, item = compiled.plan, self._target.item
        has_effects = any(risk.effects for risk in plan.risks)
        if item is None or has_effects or plan.options.risk.correlations:
            return None
        return frozenset(compiled.ids[one] for one in upstream(compiled, compiled.at[item]))

    def scenario(self, pulls: Sequence[Pull]) -> Scenario:
        """Return cures as a scenario."""
        return apply_edits(Scenario(), [pull.lever.edit(pull.amount) for pull in pulls])

    def finishes(self, pulls: Sequence[Pull], count: int) -> Ints | None:
        """Return the target's finishes with cures; None where they cannot be made."""
        key = (*_key(pulls), ("", count))
        if key not in self._known:
            cured = self.cured(pulls)
            self._known[key] = None if cured is None else run_chunk(cured, 0, count)[0]
        return self._known[key]

    def kept(self, items: Sequence[str], count: int) -> Ints:
        """Return the target's finishes with items kept to the plan."""
        finishes: Ints = run_chunk(self.model, 0, count, without=Without(held=frozenset(items)))[0]
        return finishes

    def critical(
        self, pulls: Sequence[Pull], count: int, without: Without = _NOTHING
    ) -> dict[str, int]:
        """Return in how many iterations items are critical to the target, with cures."""
        cured = self.cured(pulls)
        if cured is None:
            return {}
        counts = run_job(Job(cured, without, detail=True), 0, count).critical.tolist()
        return {
            one: often
            for one, often in zip(cured.baseline.compiled.ids, counts, strict=True)
            if often
        }

    def cured(self, pulls: Sequence[Pull]) -> RiskModel | None:
        """Return the plan with cures, None where they cannot be made."""
        if not pulls:
            return self.model
        key = _key(pulls)
        if key not in self._models:
            self._models[key] = self._cure(pulls)
        return self._models[key]

    def _cure(self, pulls: Sequence[Pull]) -> RiskModel | None:
        try:
            edited, passes = self._edit(pulls)
            plan = edited.build()
            shorter = {
                cure.item: cure.by
                for cure in (pull.lever.cure(pull.amount) for pull in pulls)
                if cure.kind == "shorten" and cure.item is not None and cure.by is not None
            }
            if shorter:
                items = tuple(self._shorten(item, shorter.get(item.id)) for item in plan.items)
                plan = plan.model_copy(update={"items": items})
            return self._ready(self._baseline(plan, passes), self._as_before)
        except KnockonError:
            return None

    def _edit(self, pulls: Sequence[Pull]) -> tuple[Edited, Mapping[Gaps, Passes]]:
        """Return the edits that cures are, and the dates with them.

        Where every lever says which entries of the compiled plan it changes, those are changed;
        otherwise the edited plan is compiled. Both give the same dates (`simulations.recovery`).
        """
        whole, scenario = self._whole, self.scenario(pulls)
        base = whole.baseline
        if base.compiled.has_alap or not all(pull.lever.is_whole for pull in pulls):
            run = base.run(scenario)
            return run.edited, run.before_slips
        edited = edit_plan(base.plan, scenario, base.compiled.links)
        sheet = Sheet(base.passes[whole.gaps])
        for pull in pulls:
            pull.lever.patch(sheet, pull.amount)
        after = sheet.after(base.compiled.engine.no_changes())
        return edited, {**base.passes, whole.gaps: after}

    def _baseline(self, plan: Plan, passes: Mapping[Gaps, Passes]) -> Baseline:
        """Return a plan and its dates under the rule for gaps in use, as if it had been read."""
        base, gaps = self._whole.baseline, self._whole.gaps
        compiled = replace(passes[gaps].compiled, plan=plan)
        known = {**passes, gaps: replace(passes[gaps], compiled=compiled)}
        return Baseline(plan, compiled, known, base.skipped, base.min_confidence)

    def _as_before(self, item: Item) -> Uncertainty | None:
        if self._reference is None:
            return None
        if item.id in self._delayed:
            return self._reference(self._whole.plan.index.items[item.id])
        return self._reference(item)

    def _shorten(self, item: Item, by: Span | None) -> Item:
        """Return an item whose told length is less by a span."""
        told = item.uncertainty
        if by is None or told is None or item.id in self._delayed:
            return item
        moved: dict[str, Span | tuple[Span, ...]] = {
            key: _less(span, by) for key in _MOVES if (span := getattr(told, key)) is not None
        }
        moved["values"] = tuple(_less(one, by) for one in told.values)
        return item.model_copy(update={"uncertainty": told.model_copy(update=moved)})

    @property
    def is_even(self) -> bool:
        """Return whether a day less of anything is a day less in each iteration at the most."""
        if any(item not in self._delayed for item in self.model.cell_items):
            told = [self.model.plan.index.items[one].uncertainty for one in self.model.cell_items]
            return all(one is not None and "%" not in one.model_dump_json() for one in told)
        return True

    def may_shorten(self, one: str, by: Span) -> bool:
        """Return whether what the plan tells of an item can be less by a span of this unit."""
        item = self.model.plan.index.items[one]
        told = item.uncertainty
        if told is None or item.id in self._delayed:
            return True
        spans = [getattr(told, key) for key in _MOVES]
        every = [span for span in (*spans, *told.values) if span is not None]
        return told.distribution != "hurdle" and all(one.unit in {by.unit, "%"} for one in every)


def _key(pulls: Sequence[Pull]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((pull.lever.name, pull.amount) for pull in pulls))


def _less(span: Span, by: Span) -> Span:
    """Return a span less by another of its unit, not below zero; a percentage stays one."""
    if span.unit == "%":
        return span
    return Span(max(span.amount - by.amount, span.amount * 0), span.unit)

"""A risk model with cures in its plan: the same dice on the changed plan."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphmodel.errors import KnockonError
from graphmodel.scenario import Scenario
from graphmodel.spans import Span
from simulations.recovery.levers import apply_edits
from simulations.risk.model import Without, prepare_risk
from simulations.risk.running import Job, run_chunk, run_job
from simulations.scenarios import Baseline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.items import Item, Uncertainty
    from simulations.recovery.levers import Pull
    from simulations.risk.model import Reference, RiskModel
    from simulations.risk.tally import Ints

__all__ = ["CuredRuns"]

#: Parameters of a distribution that move along when the work becomes shorter.
_MOVES: Final = ("low", "mode", "high", "mean")

_NOTHING: Final = Without()


class CuredRuns:
    """Runs a model's iterations with cures in its plan.

    What is uncertain stays as it is: work that takes n days less takes n days less in every
    iteration, not below zero; told in percent, it shrinks in proportion. An item that the reference
    class speaks for keeps the delay that its planned date was given.
    """

    def __init__(self, model: RiskModel, reference: Reference | None) -> None:
        self.model = model
        self._reference = reference
        self._known: dict[tuple[tuple[str, int], ...], Ints | None] = {}
        cells = zip(model.cell_items, map(int, model.cells.is_delay), strict=True)
        self._delayed = {item for item, is_delay in cells if is_delay}

    def scenario(self, pulls: Sequence[Pull]) -> Scenario:
        """Return cures as a scenario."""
        return apply_edits(Scenario(), [pull.lever.edit(pull.amount) for pull in pulls])

    def finishes(self, pulls: Sequence[Pull], count: int) -> Ints | None:
        """Return the targets' finishes with cures, a row each; None where they cannot be made."""
        key = (*sorted((pull.lever.name, pull.amount) for pull in pulls), ("", count))
        if key not in self._known:
            cured = self._cure(pulls)
            self._known[key] = None if cured is None else run_chunk(cured, 0, count)
        return self._known[key]

    def critical(
        self, pulls: Sequence[Pull], number: int, count: int, without: Without = _NOTHING
    ) -> dict[str, int]:
        """Return in how many iterations items are critical to a target, with cures."""
        cured = self._cure(pulls) if pulls else self.model
        if cured is None:
            return {}
        job = Job(cured.with_targets((cured.targets[number],)), without, detail=True)
        counts = run_job(job, 0, count).critical.tolist()
        return {
            one: often
            for one, often in zip(cured.baseline.compiled.ids, counts, strict=True)
            if often
        }

    def _cure(self, pulls: Sequence[Pull]) -> RiskModel | None:
        model, base = self.model, self.model.baseline
        try:
            run = base.run(self.scenario(pulls))
            plan = run.edited.build()
            shorter = {
                cure.item: cure.by
                for cure in (pull.lever.cure(pull.amount) for pull in pulls)
                if cure.kind == "shorten" and cure.item is not None and cure.by is not None
            }
            items = tuple(self._shorten(item, shorter.get(item.id)) for item in plan.items)
            plan = plan.model_copy(update={"items": items})
            compiled = replace(run.compiled, plan=plan)
            passes = {
                gaps: replace(one, compiled=compiled) for gaps, one in run.before_slips.items()
            }
            return prepare_risk(
                Baseline(plan, compiled, passes, base.skipped, base.min_confidence),
                iterations=model.iterations,
                seed=model.seed,
                targets=[one.id for one in model.targets],
                gaps=model.gaps,
                reference=self._as_before,
                latin=bool(model.program.strata),
            )
        except KnockonError:
            return None

    def _as_before(self, item: Item) -> Uncertainty | None:
        if self._reference is None:
            return None
        if item.id in self._delayed:
            return self._reference(self.model.plan.index.items[item.id])
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


def _less(span: Span, by: Span) -> Span:
    """Return a span less by another of its unit, not below zero; a percentage stays one."""
    if span.unit == "%":
        return span
    return Span(max(span.amount - by.amount, span.amount * 0), span.unit)

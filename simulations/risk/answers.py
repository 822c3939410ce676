"""From a risk analysis that was run to what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from graphmodel.moments import DAY, show_finish
from graphmodel.problems import Problem
from simulations.codes import DONE, NEVER
from simulations.kernels.trials import run_trials
from simulations.passes import whole
from simulations.risk.crucial import crucialities, risk_crucialities
from simulations.risk.odds import Spread
from simulations.risk.results import (
    GateOdds,
    ItemRisk,
    Limits,
    MergePoint,
    OfficerRisk,
    RiskEvent,
    RiskResult,
)
from simulations.risk.running import pays
from simulations.risk.telling import BinReader, Teller, share_error
from simulations.schedule import count_links

if TYPE_CHECKING:
    from simulations.compiled import Compiled
    from simulations.risk.analysis import Analysis
    from simulations.risk.model import RiskModel
    from simulations.risk.tally import Tally

    Says = Literal["plan", "reference", "risks"]

__all__ = ["Answers"]


@dataclass(frozen=True)
class Answers:
    """Tells what an analysis found; ``asked``: how many targets were asked for."""

    analysis: Analysis
    asked: int
    sampling: Literal["random", "latin"]

    @property
    def model(self) -> RiskModel:
        """The model that was run."""
        return self.analysis.model

    @property
    def tally(self) -> Tally:
        """What its iterations came to."""
        return self.analysis.tally

    @property
    def compiled(self) -> Compiled:
        """The plan as it is."""
        return self.analysis.compiled

    @cached_property
    def teller(self) -> Teller:
        """Tells instants as dates."""
        return Teller(self.model, self.analysis.share)

    def result(self) -> RiskResult:
        """Return the answer."""
        model, tally, analysis = self.model, self.tally, self.analysis
        spreads = [analysis.main, *(Spread.of(row) for row in tally.samples[1:])]
        targets = tuple(
            self.teller.odds(target, spread)
            for target, spread in zip(model.targets, spreads, strict=True)
        )
        own = [int(draw) >= 0 for draw in model.cells.own]
        told = sum(is_told and is_own for is_told, is_own in zip(model.told, own, strict=True))
        return RiskResult(
            plan=model.plan,
            iterations=tally.count,
            seed=model.seed,
            sampling=self.sampling,
            gaps=model.gaps,
            links_used=count_links(self.compiled),
            main=model.targets[0].id,
            converged=None if analysis.until_days is None else analysis.is_close(tally),
            told=told,
            assumed=sum(own) - told,
            p_all_on_time=self._all_on_time(),
            targets=targets,
            items=tuple(self._items()),
            risks=tuple(self._risks()),
            officers=tuple(self._officers()),
            merges=tuple(self._merges()),
            gates=tuple(self._gates()),
            limits=self._limits(),
            findings=(
                *model.baseline.skipped,
                *self.compiled.findings,
                *model.findings,
                *self._note_certain(),
            ),
            percentile=round(100 * analysis.share),
        )

    def _all_on_time(self) -> float | None:
        """Return the probability that every target with a date to keep keeps it."""
        held = [
            row <= target.instant
            for target, row in zip(self.model.targets, self.tally.samples, strict=True)
            if target.by is not None
        ]
        return int(np.logical_and.reduce(held).sum()) / self.tally.count if held else None

    def _cost(self, kind: str, one: str) -> tuple[float | None, float | None]:
        """Return the days that something costs, and their standard error."""
        gain = self.analysis.left.get((kind, one))
        return (None, None) if gain is None else (whole(gain.minutes), gain.error / DAY)

    def _is_large(self, draws: int) -> bool:
        return pays(run_trials, draws * self.tally.count)

    def _items(self) -> list[ItemRisk]:
        """Return what is uncertain or critical at times, in the order of the file."""
        model, tally = self.model, self.tally
        large = self._is_large(len(model.cell_items))
        crucial = crucialities(model, tally.samples[0], 0, is_large=large)
        by_item = dict(zip(model.cell_items, self._says(), strict=True))
        reader = BinReader(self.analysis.bins, tally.bins, self.analysis.network)
        found = []
        for item in model.plan.items:
            position = self.compiled.at[item.id]
            done = self.compiled.net.how[position] == DONE
            critical = 0 if done else int(tally.critical[position])
            if item.id not in by_item and not critical:
                continue
            dates = self.teller.percentiles(position, reader)
            cost, error = self._cost("item", item.id)
            found.append(
                ItemRisk(
                    id=item.id,
                    title=item.title,
                    uncertain=by_item.get(item.id),
                    criticality_index=critical / tally.count,
                    cruciality=crucial.get(item.id),
                    cost_days=cost,
                    cost_se_days=error,
                    p10=None if dates is None else dates.p10,
                    p50=None if dates is None else dates.p50,
                    p80=None if dates is None else dates.p80,
                    p90=None if dates is None else dates.p90,
                    bin_days=None if dates is None else dates.bin_days,
                )
            )
        return found

    def _says(self) -> list[Says]:
        """Return by cell who says that the item is uncertain."""
        own = self.model.cells.own
        return [
            "risks" if draw < 0 else "plan" if told else "reference"
            for draw, told in zip(own, self.model.told, strict=True)
        ]

    def _risks(self) -> list[RiskEvent]:
        model, tally = self.model, self.tally
        if not model.risks:
            return []
        crucial = risk_crucialities(
            model, tally.samples[0], 0, is_large=self._is_large(len(model.risks))
        )
        found = []
        for risk, fired, cruciality in zip(model.risks, tally.fired, crucial, strict=True):
            cost, error = self._cost("risk", risk.id)
            found.append(
                RiskEvent(
                    id=risk.id,
                    title=risk.title,
                    probability=risk.probability,
                    happened=int(fired) / tally.count,
                    cruciality=cruciality,
                    cost_days=cost,
                    cost_se_days=error,
                )
            )
        return found

    def _officers(self) -> list[OfficerRisk]:
        index = self.model.plan.index
        held = [one for one in self.analysis.pool if one.kind == "officer"]
        found = [
            OfficerRisk(
                one.id,
                index.officer(one.id).name,
                len(one.cells),
                *self._cost("officer", one.id),
            )
            for one in held
        ]
        return sorted(found, key=lambda one: -(one.cost_days or 0))

    def _merges(self) -> list[MergePoint]:
        """Return where several paths meet and cost something, the worst first."""
        merges, tally, net = self.model.merges, self.tally, self.compiled.net
        found = []
        for number, position in enumerate(merges.item.tolist()):
            arms = tally.arms[merges.at[number] : merges.at[number + 1]]
            minutes = int(tally.joined[number]) - int(arms.max())
            if minutes and tally.unchanged:
                day = self.compiled.times.day(
                    net.cal[position] if merges.part[merges.at[number]] < 0 else -1
                )
                bias = minutes / tally.unchanged / day
                found.append(MergePoint(self.compiled.ids[position], len(arms), bias))
        return sorted(found, key=lambda one: -one.bias_days)

    def _gates(self) -> list[GateOdds]:
        """Return how likely each gate misses the meeting it is planned for."""
        tally, found = self.tally, []
        missed = tally.missed.tolist() or [0] * len(self.compiled.gates)
        for number, gate in enumerate(self.compiled.gates):
            meeting = self.compiled.net.g_own[number]
            if meeting == NEVER or not tally.unchanged:
                continue
            share = missed[number] / tally.unchanged
            found.append(
                GateOdds(
                    gate.item,
                    gate.board,
                    show_finish(meeting),
                    share,
                    share_error(share, tally.unchanged),
                )
            )
        return found

    def _limits(self) -> Limits | None:
        def counts(kind: str) -> tuple[int, int]:
            all_ = [one for one in self.analysis.pool if one.kind == kind]
            return sum((kind, one.id) in self.analysis.left for one in all_), len(all_)

        limits = Limits(*counts("item"), *counts("officer"), len(self.model.targets), self.asked)
        is_whole = (
            limits.cost_items == limits.of_items
            and limits.cost_officers == limits.of_officers
            and limits.targets == limits.of_targets
        )
        return None if is_whole else limits

    def _note_certain(self) -> list[Problem]:
        """Return a finding where nothing at all is uncertain."""
        if self.model.cell_items or self.model.risks:
            return []
        return [
            Problem(
                "nothing-uncertain",
                "warning",
                "No item says how uncertain it is, and there is no risk: every iteration is alike.",
                (),
            )
        ]

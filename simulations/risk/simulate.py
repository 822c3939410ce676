"""Monte Carlo of a plan: from the plan to its odds (DESIGN 5.6, docs/risk.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from graphmodel.errors import PlanError
from graphmodel.moments import DAY, show_finish
from graphmodel.problems import Problem
from simulations.codes import DONE, LOE, NEVER
from simulations.kernels.trials import run_trials
from simulations.passes import whole
from simulations.risk.costs import (
    AT,
    MOST_GROUPS,
    Candidate,
    candidates,
    cost,
    fewest,
    group_of,
    run_without,
)
from simulations.risk.crucial import crucialities, risk_crucialities
from simulations.risk.layout import Bins, lay_bins
from simulations.risk.model import RiskModel, prepare_risk
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
from simulations.risk.running import Job, cut, pays, run_chunk, threads
from simulations.risk.tally import Tally, join_tallies
from simulations.risk.targets import Target
from simulations.risk.telling import BinReader, Teller, share_error
from simulations.schedule import count_links
from simulations.whatif import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graphmodel.plan import Plan
    from graphmodel.selection import LinkUse
    from simulations.results import Gaps
    from simulations.risk.model import Reference
    from simulations.risk.running import Runner
    from simulations.risk.trials import Group

    Progress = Callable[[int, int], None]

__all__ = ["MOST_SAMPLES", "simulate"]

#: Samples kept at most: eight bytes each.
MOST_SAMPLES: Final = 50_000_000
#: Iterations that say how wide histograms are.
_PILOT: Final = 64
#: A P80 is looked at after so many iterations, and after every doubling.
_FIRST_LOOK: Final = 1_000
#: Half of a confidence interval of 95 %, in standard errors.
_CONFIDENCE: Final = 1.96


def simulate(  # noqa: PLR0913 - what a risk analysis may be told
    plan: Plan,
    *,
    iterations: int = 10_000,
    seed: int = 1,
    targets: Sequence[str] | None = None,
    gaps: Gaps = "spare",
    links: LinkUse = "accepted",
    min_confidence: float = 0.0,
    workers: int = 1,
    until_days: float | None = None,
    reference: Reference | None = None,
    progress: Progress | None = None,
    sampling: str = "random",
    runner: Runner | None = None,
) -> RiskResult:
    """Roll the dice of a plan and say how likely and how late everything is.

    The same plan, seed and options give the same numbers whatever ``workers`` and ``runner`` are.

    Parameters
    ----------
    plan
        The plan; it is not changed.
    iterations
        How often the plan is run.
    seed
        A number from 0 to 2**64 - 1.
    targets
        Ids of items, the main one first; the plan's own id stands for its finish. Unless told, the
        plan's finish and every unfinished item with a due date.
    gaps
        Whether the gap before a finish-only item is spare or work (DESIGN 5.4).
    links, min_confidence
        ``accepted``, or ``proposed`` to add proposed ones at or above ``min_confidence``.
    workers
        Threads of this process.
    until_days
        Stop as soon as the 95 % confidence interval of the main target's P80 reaches no further
        than so many days to either side; looked at after 1,000 iterations and each doubling.
    reference
        Says how uncertain an item is that says nothing itself; None: then it is certain.
    progress
        Hears how many iterations, of how many, are done.
    sampling
        ``random``, or ``latin`` for a Latin hypercube: each die in as many strata as iterations.
        Standard errors are those of random sampling, which are too high for it.
    runner
        What runs stretches of iterations instead of threads, such as processes elsewhere.

    Raises
    ------
    PlanError
        An uncertainty, a correlation or an option cannot be; nothing is left to be uncertain.
    UnknownIdError
        A target is not in the plan.
    ScenarioError
        The effects of risks cannot be carried out.
    CycleError
        Accepted links and the breakdown run in a circle.
    """
    _check_options(workers, until_days, sampling)
    model = prepare_risk(
        prepare(plan, links, min_confidence),
        iterations=iterations,
        seed=seed,
        targets=targets,
        gaps=gaps,
        reference=reference,
        latin=sampling == "latin",
    )
    asked = len(model.targets)
    if targets is None:
        model = model.with_targets(model.targets[: max(1, MOST_SAMPLES // iterations)])
    elif asked * iterations > MOST_SAMPLES:
        raise PlanError(
            f"{asked:,} targets in {iterations:,} iterations are more than can be kept: name "
            f"{MOST_SAMPLES // iterations:,} targets at most."
        )
    analysis = _Analysis(model, workers, runner or threads(workers), progress, until_days)
    return analysis.result(asked, sampling)


def _check_options(workers: int, until_days: float | None, sampling: str) -> None:
    if workers < 1:
        raise PlanError(f"{workers} workers cannot do anything: ask for one or more.")
    if until_days is not None and until_days <= 0:
        raise PlanError(
            f"A P80 cannot be known to {until_days:g} days: ask for more than zero, such as 1."
        )
    if sampling not in {"random", "latin"}:
        raise PlanError(f'"{sampling}" is no way of sampling: it is random or latin.')
    if sampling == "latin" and until_days is not None:
        raise PlanError(
            "A Latin hypercube needs its number of iterations beforehand: leave out until_days, "
            "or sample at random."
        )


class _Analysis:
    """The steps of an analysis, each resting on those before it."""

    def __init__(
        self,
        model: RiskModel,
        workers: int,
        runner: Runner,
        progress: Progress | None,
        until_days: float | None,
    ) -> None:
        self.model = model
        self.workers = workers
        self.runner = runner
        self.progress = progress
        self.until_days = until_days
        self.compiled = model.baseline.compiled
        self.asked = model.iterations
        self.pool = candidates(model)
        self.groups = self._groups()
        self.bins = self._lay_bins()
        self.tally = self._run()
        self.main = Spread.of(self.tally.samples[0])
        self.left: dict[tuple[str, str], float] = {}
        self._find_costs()

    # -- Running ------------------------------------------------------------------------------

    def _groups(self) -> dict[Group, Candidate]:
        """Return what is left out inside each iteration, where the plan is small enough."""
        is_small = len(self.pool) <= MOST_GROUPS and not self.compiled.has_alap
        if not is_small or (self.model.network is not None and not self._is_structural()):
            return {}
        found = ((group_of(self.model, one), one) for one in self.pool)
        return {group: one for group, one in found if group is not None}

    def _is_structural(self) -> bool:
        return bool(self.model.variants.structural)

    def _lay_bins(self) -> Bins:
        """Return histograms for everything with a finish, as wide as some iterations say."""
        everything = [Target(one, one, None, None) for one in self.compiled.ids]
        count = min(_PILOT, self.asked)
        samples = run_chunk(self.model.with_targets(everything), 0, count)
        net = self.compiled.net
        counted = (samples[:, 0] != NEVER) & (np.array(net.how) != LOE)
        return lay_bins(samples.min(axis=1), samples.max(axis=1), counted)

    def _run(self) -> Tally:
        job = Job(self.model, groups=tuple(self.groups), detail=True, bins=self.bins)
        tallies: list[Tally] = []
        done = 0
        for stop in self._looks():
            for tally in self.runner(job, cut(done, stop - done, self.workers)):
                tallies.append(tally)
                if self.progress is not None:
                    self.progress(sum(one.count for one in tallies), self.asked)
            done = stop
            if self.until_days is not None and self._is_close(join_tallies(tallies)):
                break
        return join_tallies(tallies)

    def _looks(self) -> list[int]:
        """Return after how many iterations the P80 is looked at; the last is all of them."""
        looks, look = [], _FIRST_LOOK
        while self.until_days is not None and look < self.asked:
            looks.append(look)
            look *= 2
        return [*looks, self.asked]

    def _is_close(self, tally: Tally) -> bool:
        error = Spread.of(tally.samples[0]).percentile_error(AT) / DAY
        return self.until_days is not None and _CONFIDENCE * error <= self.until_days

    def _find_costs(self) -> None:
        """Fill what leaving out saves, in minutes."""
        for (_, one), left in zip(self.groups.items(), self.tally.without, strict=True):
            self.left[one.kind, one.id] = cost(self.main, left)
        rest = [one for one in self.pool if (one.kind, one.id) not in self.left]
        if not self.groups:
            rest = self._affordable(rest)
        for one in rest:
            left = run_without(self.model, one, self.tally.count, self.runner, self.workers)
            self.left[one.kind, one.id] = cost(self.main, left)

    def _affordable(self, rest: list[Candidate]) -> list[Candidate]:
        return fewest(self.model, rest, self.tally.critical, self.tally.count)

    # -- Telling ------------------------------------------------------------------------------

    def result(self, asked: int, sampling: str) -> RiskResult:
        """Return the answer; ``asked``: how many targets were asked for."""
        model, tally, teller = self.model, self.tally, Teller(self.model)
        spreads = [self.main, *(Spread.of(row) for row in tally.samples[1:])]
        targets = tuple(
            teller.odds(target, spread)
            for target, spread in zip(model.targets, spreads, strict=True)
        )
        own = [draw >= 0 for draw in model.cells.own]
        told = sum(is_told and is_own for is_told, is_own in zip(model.told, own, strict=True))
        return RiskResult(
            plan=model.plan,
            iterations=tally.count,
            seed=model.seed,
            sampling="latin" if sampling == "latin" else "random",
            gaps=model.gaps,
            links_used=count_links(self.compiled),
            main=model.targets[0].id,
            converged=None if self.until_days is None else self._is_close(tally),
            told=told,
            assumed=sum(own) - told,
            p_all_on_time=self._all_on_time(),
            targets=targets,
            items=tuple(self._items(teller)),
            risks=tuple(self._risks()),
            officers=tuple(self._officers()),
            merges=tuple(self._merges()),
            gates=tuple(self._gates()),
            limits=self._limits(asked),
            findings=(
                *model.baseline.skipped,
                *self.compiled.findings,
                *model.findings,
                *self._note_certain(),
            ),
        )

    def _all_on_time(self) -> float | None:
        """Return the probability that every target with a date to keep keeps it."""
        held = [
            row <= target.instant
            for target, row in zip(self.model.targets, self.tally.samples, strict=True)
            if target.by is not None
        ]
        return int(np.logical_and.reduce(held).sum()) / self.tally.count if held else None

    def _days(self, kind: str, one: str) -> float | None:
        minutes = self.left.get((kind, one))
        return None if minutes is None else whole(int(minutes))

    def _is_large(self, draws: int) -> bool:
        return pays(run_trials, draws * self.tally.count)

    def _items(self, teller: Teller) -> list[ItemRisk]:
        """Return what is uncertain or critical at times, in the order of the file."""
        model, tally = self.model, self.tally
        large = self._is_large(len(model.cell_items))
        crucial = crucialities(model, tally.samples[0], 0, is_large=large)
        by_item = dict(zip(model.cell_items, self._says(), strict=True))
        uses_lanes = model.network is not None and not self._is_structural()
        reader = BinReader(self.bins, tally.bins, model.network if uses_lanes else None)
        found = []
        for item in model.plan.items:
            position = self.compiled.at[item.id]
            done = self.compiled.net.how[position] == DONE
            critical = 0 if done else int(tally.critical[position])
            if item.id not in by_item and not critical:
                continue
            dates = teller.percentiles(position, reader)
            found.append(
                ItemRisk(
                    id=item.id,
                    title=item.title,
                    uncertain=by_item.get(item.id),  # type: ignore[arg-type]
                    criticality_index=critical / tally.count,
                    cruciality=crucial.get(item.id),
                    cost_days=self._days("item", item.id),
                    p10=None if dates is None else dates.p10,
                    p50=None if dates is None else dates.p50,
                    p80=None if dates is None else dates.p80,
                    p90=None if dates is None else dates.p90,
                    bin_days=None if dates is None else dates.bin_days,
                )
            )
        return found

    def _says(self) -> list[str]:
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
        return [
            RiskEvent(
                id=risk.id,
                title=risk.title,
                probability=risk.probability,
                happened=int(fired) / tally.count,
                cruciality=cruciality,
                cost_days=self._days("risk", risk.id),
            )
            for risk, fired, cruciality in zip(model.risks, tally.fired, crucial, strict=True)
        ]

    def _officers(self) -> list[OfficerRisk]:
        index = self.model.plan.index
        held = [one for one in self.pool if one.kind == "officer"]
        found = [
            OfficerRisk(
                one.id,
                index.officer(one.id).name,
                len(one.cells),
                self._days("officer", one.id),
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

    def _limits(self, asked: int) -> Limits | None:
        def counts(kind: str) -> tuple[int, int]:
            all_ = [one for one in self.pool if one.kind == kind]
            return sum((kind, one.id) in self.left for one in all_), len(all_)

        limits = Limits(*counts("item"), *counts("officer"), len(self.model.targets), asked)
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

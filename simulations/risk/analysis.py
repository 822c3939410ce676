"""The steps of a risk analysis: histograms laid out, iterations run, things left out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from graphmodel.moments import DAY
from simulations.codes import LOE, NEVER
from simulations.risk.certainty import CONFIDENCE
from simulations.risk.costs import (
    FAST_BUDGET,
    MOST_GROUPS,
    SLOW_BUDGET,
    Candidate,
    candidates,
    fewest,
    group_of,
    run_without,
)
from simulations.risk.differences import Gain, Paired
from simulations.risk.layout import Bins, lay_bins
from simulations.risk.odds import Spread
from simulations.risk.running import Job, cut, run_chunk
from simulations.risk.tally import Tally, join_tallies
from simulations.risk.targets import Target

if TYPE_CHECKING:
    from collections.abc import Callable

    from simulations.risk.groups import Group
    from simulations.risk.model import RiskModel
    from simulations.risk.plain import Network
    from simulations.risk.running import Runner

    Progress = Callable[[int, int], None]

__all__ = ["Analysis"]

#: Iterations that say how wide histograms are.
_PILOT: Final = 64
#: The percentile is looked at after so many iterations, and after every doubling.
_FIRST_LOOK: Final = 1_000


class Analysis:
    """A model run as far as its answers need, each step resting on those before it.

    Attributes
    ----------
    tally
        What all iterations came to.
    main
        The finishes of the main target.
    pool
        What may be left out.
    share
        The percentile that costs are told at, as a share of iterations.
    paired
        The main target at that percentile.
    left
        By kind and id of what was left out, by how much that is earlier.
    """

    def __init__(
        self,
        model: RiskModel,
        workers: int,
        runner: Runner,
        progress: Progress | None,
        until_days: float | None,
        share: float,
    ) -> None:
        self.model = model
        self.share = share
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
        self.paired = Paired(self.tally.samples[0], share)
        self.left: dict[tuple[str, str], Gain] = {}
        self._find_costs()

    def _groups(self) -> dict[Group, Candidate]:
        """Return what is left out inside each iteration, where the plan is small enough."""
        return self._as_groups(self.pool) if len(self.pool) <= MOST_GROUPS else {}

    def _as_groups(self, some: list[Candidate]) -> dict[Group, Candidate]:
        """Return what of these the forward pass can leave out inside an iteration."""
        if self.network is not None or self.compiled.has_alap:
            return {}
        found = ((group_of(self.model, one), one) for one in some)
        return {group: one for group, one in found if group is not None}

    @property
    def network(self) -> Network | None:
        """The plain net that iterations run through, None where they run the forward pass."""
        return None if self.model.variants.structural else self.model.network

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
            if self.until_days is not None and self.is_close(join_tallies(tallies)):
                break
        return join_tallies(tallies)

    def _looks(self) -> list[int]:
        """Return after how many iterations the percentile is looked at; the last is all of them."""
        looks, look = [], _FIRST_LOOK
        while self.until_days is not None and look < self.asked:
            looks.append(look)
            look *= 2
        return [*looks, self.asked]

    def is_close(self, tally: Tally) -> bool:
        """Return whether the percentile is known as closely as was asked for."""
        error = Spread.of(tally.samples[0]).percentile_error(self.share) / DAY
        return self.until_days is not None and CONFIDENCE * error <= self.until_days

    def _find_costs(self) -> None:
        """Fill what leaving out saves."""
        self._take(self.groups, self.tally)
        rest = [one for one in self.pool if (one.kind, one.id) not in self.left]
        if not self.groups:
            rest = self._affordable(rest)
            groups = self._as_groups(rest)
            if groups:
                job = Job(self.model.with_targets(self.model.targets[:1]), groups=tuple(groups))
                pieces = cut(0, self.tally.count, self.workers)
                self._take(groups, join_tallies(list(self.runner(job, pieces))))
        for one in rest:
            if (one.kind, one.id) not in self.left:
                left = run_without(self.model, one, self.tally.count, self.runner, self.workers)
                self.left[one.kind, one.id] = self.paired.gain(left)

    def _take(self, groups: dict[Group, Candidate], tally: Tally) -> None:
        for one, left in zip(groups.values(), tally.without, strict=True):
            self.left[one.kind, one.id] = self.paired.gain(left)

    def _affordable(self, rest: list[Candidate]) -> list[Candidate]:
        budget = SLOW_BUDGET if self.network is None else FAST_BUDGET
        return fewest(self.model, rest, self.tally, budget)

"""An aim: one late target, its date, and whether it is kept with something pulled or kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulations.risk.odds import Spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulations.recovery.levers import Pull
    from simulations.risk.cured import CuredRuns
    from simulations.risk.tally import Ints
    from simulations.risk.targets import Target

__all__ = ["Aim"]

#: Items times iterations on which sets are searched for, and their fewest iterations.
_BUDGET: Final = 4_000_000
_FEWEST: Final = 1_000


class Aim:
    """One target that is late at a percentile, and what brings it back.

    Attributes
    ----------
    target, share
        What is to be in time, and in which share of iterations.
    iteration
        One in which it finishes at that percentile.
    finish
        The instant of the percentile as it is.
    all, few
        All iterations, and on how many sets are searched for: all of them where that is cheap.
    """

    def __init__(self, runs: CuredRuns, target: Target, share: float, samples: Ints) -> None:
        self.runs, self.target, self.share = runs, target, share
        self.finish = Spread.of(samples).percentile(share)
        self.iteration = int((samples == self.finish).argmax())
        self.all = len(samples)
        size = max(1, len(runs.model.cell_items))
        self.few = min(self.all, max(_FEWEST, _BUDGET // size))

    def after(self, pulls: Sequence[Pull], count: int) -> int:
        """Return the percentile with levers pulled; as it is where that cannot be done."""
        found = self.runs.finishes(pulls, count) if pulls else None
        return self.finish if found is None else Spread.of(found).percentile(self.share)

    def lateness(self, pulls: Sequence[Pull], count: int) -> int:
        """Return by how many minutes the target is late with levers pulled, 0 or less if not."""
        return self.after(pulls, count) - self.target.instant

    def is_back(self, pulls: Sequence[Pull], count: int) -> bool:
        """Return whether levers bring the target back."""
        return bool(pulls) and self.lateness(pulls, count) <= 0

    def can_do(self, pulls: Sequence[Pull], count: int) -> bool:
        """Return whether levers can be pulled together at all."""
        return bool(pulls) and self.runs.finishes(pulls, count) is not None

    def is_kept(self, items: Sequence[str], count: int) -> bool:
        """Return whether the target is in time with these items kept to the plan."""
        kept = self.runs.kept(items, count)
        return Spread.of(kept).percentile(self.share) <= self.target.instant

"""How far things move when they move: equally likely values, fitted to what was seen."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

from simulations.quantiles import t_quantile
from simulations.shrinkage import Normal, Spread, shrink_mean, spread_between

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulations.refclasses import Sizes

__all__ = ["KEPT", "Moves", "fit_moves", "spread_of"]

#: Equally likely values that stand for a distribution.
KEPT: Final = 40
#: Values from which they speak for themselves; fewer are spread as the logarithm of a normal size.
ENOUGH: Final = 30
#: Values from which their own spread is taken, where a larger class has one to offer.
_FEW: Final = 5


@dataclass(frozen=True, slots=True)
class Moves:
    """How far things move, of those that do.

    Attributes
    ----------
    count
        How many it rests on.
    centre
        The mean of the logarithms, and the variance of what is known of it.
    spread
        The standard deviation of the logarithms.
    values
        Equally likely, ascending: days, or per cent of the planned duration.
    """

    count: int
    centre: Normal
    spread: float
    values: tuple[float, ...]

    @property
    def mean(self) -> float:
        """How far things move on average."""
        return sum(self.values) / len(self.values)

    @property
    def middle(self) -> float:
        """How far things move in the middle: half of them further."""
        return self.quantile(1 / 2)

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return what holds the middle with this chance.

        Of many moves between two of their own quantiles, whatever their distribution (Conover,
        "Practical Nonparametric Statistics", 3.2); of few by Student's t on their logarithms.
        """
        if self.count >= ENOUGH:
            margin = NormalDist().inv_cdf((1 + level) / 2) / (2 * math.sqrt(self.count))
            return self.quantile(1 / 2 - margin), self.quantile(1 / 2 + margin)
        margin = t_quantile((1 + level) / 2, max(self.count - 1, 1))
        margin *= math.sqrt(self.centre.variance)
        return math.exp(self.centre.mean - margin), math.exp(self.centre.mean + margin)

    def beyond(self, room: float) -> float:
        """Return the share that moves further than ``room``."""
        return sum(one > room for one in self.values) / len(self.values)

    def quantile(self, chance: float) -> float:
        """Return what this share of all moves stays below; values stand at ranks (i + ½) / n."""
        place = min(max(chance * len(self.values) - 1 / 2, 0.0), len(self.values) - 1.0)
        low = min(int(place), len(self.values) - 2)
        if low < 0:
            return self.values[0]
        return self.values[low] + (place - low) * (self.values[low + 1] - self.values[low])

    def around(self, centre: Normal) -> Moves:
        """Return the same spread about another middle."""
        factor = math.exp(centre.mean - self.centre.mean)
        return replace(self, centre=centre, values=tuple(factor * one for one in self.values))


def spread_of(sizes: Iterable[Sizes]) -> Spread:
    """Return how the means of the logarithms of several classes spread."""
    known = [one for one in sizes if one.spread > 0]
    return spread_between(
        [one.centre for one in known], [one.spread**2 / one.count for one in known]
    )


def fit_moves(sizes: Sizes, classes: Spread, larger: Moves | None) -> Moves:
    """Return how far things move by what was seen, leaning on other classes where it is little.

    1. The mean of the logarithms is drawn towards that of all classes (normal-normal).
    2. From 30 values on, the values are kept, moved by as much. Fewer than that are taken to be
       spread like the logarithm of a normal size with mean and spread unknown: what comes next then
       follows Student's t (Gelman et al., "Bayesian Data Analysis", 3.2), so that five values do
       not pass for all there can be.
    3. The spread of fewer than five values is that of the larger class, where there is one.

    Parameters
    ----------
    classes
        How the means of classes spread.
    larger
        What is known of the larger class; None where there is none.
    """
    lean = sizes.count < _FEW and larger is not None
    spread = larger.spread if lean and larger is not None else sizes.spread
    own = Normal(sizes.centre, spread**2 / sizes.count)
    centre = shrink_mean(own, classes)
    if lean and larger is not None:
        return replace(larger.around(centre), count=sizes.count)
    if sizes.count >= ENOUGH or not spread:
        return Moves(sizes.count, own, spread, sizes.values).around(centre)
    return Moves(sizes.count, centre, spread, tuple(_foreseen(sizes.count, centre, spread)))


def _foreseen(count: int, centre: Normal, spread: float) -> Sequence[float]:
    """Return the quantiles of what comes next after so many sizes."""
    wide = math.sqrt(spread**2 + centre.variance)
    steps = (t_quantile((number + 1 / 2) / KEPT, count - 1) for number in range(KEPT))
    return [math.exp(centre.mean + step * wide) for step in steps]

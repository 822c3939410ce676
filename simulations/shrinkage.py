"""Small samples lean on a larger class, by how much groups differ (empirical Bayes).

Shares: groups have shares of their own, spread as a beta distribution around that of the class
(beta-binomial). How far they spread is the correlation inside groups, from the weighted variance
of their shares (Kleinman, "Proportions with extraneous variance", JASA 68, 1973); the class then
weighs as much as 1 / correlation - 1 items. Means: groups have means of their own, spread normally,
by the estimate of DerSimonian and Laird ("Meta-analysis in clinical trials", Controlled Clinical
Trials 7, 1986). Both shrink a group's own figure towards that of the class the more, the fewer
items it has.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from simulations.quantiles import beta_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "JEFFREYS",
    "Beta",
    "Normal",
    "Spread",
    "class_strength",
    "crowding",
    "group_correlation",
    "shrink_mean",
    "shrink_share",
    "spread_between",
]

#: Groups from which their spread tells something.
_FEW: Final = 3
#: A class of groups that do not differ would silence any plan's own record: it weighs this at most.
_MOST: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Beta:
    """A share that is not known for certain: ``a`` for, ``b`` against, in items."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        """The share to reckon with."""
        return self.a / (self.a + self.b)

    @property
    def mean_square(self) -> float:
        """The mean of its square."""
        total = self.a + self.b
        return self.a * (self.a + 1) / (total * (total + 1))

    def interval(self, level: float = 0.95) -> tuple[float, float]:
        """Return what holds the share with this chance, as much left out on either side."""
        tail = (1 - level) / 2
        return beta_quantile(tail, self.a, self.b), beta_quantile(1 - tail, self.a, self.b)


#: What is known of a share before anything is counted (Jeffreys).
JEFFREYS: Final = Beta(0.5, 0.5)


@dataclass(frozen=True, slots=True)
class Normal:
    """A mean that is not known for certain, and the variance of what is known of it."""

    mean: float
    variance: float


@dataclass(frozen=True, slots=True)
class Spread:
    """The mean of the means of groups, and the variance between them."""

    mean: float
    between: float


def group_correlation(groups: Sequence[tuple[float, float]]) -> float:
    """Return how alike the items of one group are: 0 (as any others) to 1 (all the same).

    Parameters
    ----------
    groups
        Of each group, how many items, and how many of them count.
    """
    groups = [one for one in groups if one[0] > 0]
    total = sum(size for size, _ in groups)
    share = sum(events for _, events in groups) / total if total else 0.0
    if len(groups) < _FEW or not 0 < share < 1:
        return 0.0
    squares = sum(size**2 for size, _ in groups) / total
    variance = sum(size * (events / size - share) ** 2 for size, events in groups)
    spare = len(groups) - 1
    room = total - squares - spare
    if room <= 0:
        return 0.0
    return min(max((variance / (share * (1 - share)) - spare) / room, 0.0), 1.0)


def class_strength(correlation: float) -> float:
    """Return how many items a class weighs beside a group's own; 1,000 at most."""
    return min(1 / correlation - 1, _MOST) if correlation > 1 / (1 + _MOST) else _MOST


def crowding(sizes: Sequence[float], correlation: float) -> float:
    """Return how many items of groups of these sizes say as much as one on its own.

    The design effect of Kish ("Survey Sampling", 1965, 8.2) for groups of unequal size.
    """
    total = sum(sizes)
    weighted = sum(size**2 for size in sizes) / total if total else 1.0
    return 1 + max(weighted - 1, 0.0) * correlation


def shrink_share(events: float, items: float, centre: float, strength: float) -> Beta:
    """Return the share of a group that had so many events in so many items.

    Parameters
    ----------
    centre
        The share in the larger class.
    strength
        How many items that weighs (`class_strength`).
    """
    return Beta(strength * centre + events, strength * (1 - centre) + items - events)


def spread_between(means: Sequence[float], variances: Sequence[float]) -> Spread:
    """Return the mean and the spread of groups from their own means and the variances of those.

    The moment estimate of DerSimonian and Laird; the mean weighs each group by both variances.
    Fewer than three groups spread without bounds: nothing is learnt from one of the other.
    """
    weights = [1 / one for one in variances]
    total = sum(weights)
    if len(means) < _FEW:
        return Spread(sum(means) / max(len(means), 1), math.inf)
    centre = _weigh(means, weights)
    excess = sum(w * (one - centre) ** 2 for w, one in zip(weights, means, strict=True))
    room = total - sum(w**2 for w in weights) / total
    between = max((excess - (len(means) - 1)) / room, 0.0)
    weights = [1 / (one + between) for one in variances]
    return Spread(_weigh(means, weights), between)


def _weigh(means: Sequence[float], weights: Sequence[float]) -> float:
    return sum(w * one for w, one in zip(weights, means, strict=True)) / sum(weights)


def shrink_mean(own: Normal, spread: Spread) -> Normal:
    """Return the mean of a group, drawn towards that of all (normal-normal)."""
    if math.isinf(spread.between):
        return own
    total = spread.between + own.variance
    weight = spread.between / total if total else 1.0
    mean = weight * own.mean + (1 - weight) * spread.mean
    return Normal(mean, weight * own.variance)

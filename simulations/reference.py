"""Reference classes fitted: how likely an item is to slip, by how far ahead it is due, and how far.

The model is a hurdle: a chance to slip at all, and of what slips, how far (DESIGN 5.6). Chances of
dates follow a life table by time to go: an item due in two and a half years has to pass the half
year that is furthest ahead, then the year before the last, then the last, each with the chance
that was seen in it. The last year counts whole however little of it is left, because dates move
when they come near: of government programmes, those with less than half a year to go moved about
as often as those with more (`docs/reference-class.md`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from simulations.shrinkage import Beta, class_strength

if TYPE_CHECKING:
    from simulations.moves import Moves
    from simulations.refclasses import Basis
    from simulations.shrinkage import Spread

__all__ = ["NO_REFERENCE", "YEAR", "FittedClass", "Rate", "Record", "Reference"]

#: Days of a step where a band has no end.
YEAR: Final = 365.0
#: Variances below this are lost in the digits of a float.
_LEAST: Final = 1e-14


@dataclass(frozen=True, slots=True)
class Rate:
    """How likely it is to slip between two horizons, and how far.

    Attributes
    ----------
    from_, to
        Days to go, or working hours of planned duration; None: without end.
    chance
        Of moving later (taking longer).
    moves
        How much later, of those that do.
    early
        Share that takes less than planned; durations only, else 0.
    cuts
        How much less, in per cent; None where nothing does.
    borrowed
        Id of the class it was taken from; None: of its own.
    """

    from_: float
    to: float | None
    chance: Beta
    moves: Moves
    early: float = 0.0
    cuts: Moves | None = None
    borrowed: str | None = None

    def holds(self, horizon: float) -> bool:
        """Return whether a horizon lies in it (`to` included), or beyond where it begins."""
        return self.to is None or horizon <= self.to


@dataclass(frozen=True, slots=True)
class Record:
    """What a plan's own reports showed: items watched, those that slipped, by how many days each.

    ``slips`` are ascending.
    """

    items: int
    slips: tuple[float, ...]

    @property
    def middle(self) -> float:
        """How far items slipped in the middle; 0 where none did."""
        return median(self.slips) if self.slips else 0.0


@dataclass(frozen=True, slots=True)
class FittedClass:
    """A reference class, fitted.

    Attributes
    ----------
    items, later, middle
        Counted: how many items, how many of them slipped (took longer), and how far in the middle.
    correlation
        How alike the items of one of its groups are (`simulations.shrinkage.group_correlation`).
    spread
        How the means of the logarithms of sizes spread between its groups.
    rates
        By horizon, without gap.
    own
        What the plan's own reports added; None where nothing.
    """

    id: str
    title: str
    basis: Basis
    items: float
    later: float
    middle: float
    correlation: float
    spread: Spread
    rates: tuple[Rate, ...]
    own: Record | None = None

    @property
    def strength(self) -> float:
        """How many items the class weighs beside a group's own record."""
        return class_strength(self.correlation)

    def chance(self, horizon: float | None) -> float:
        """Return how likely an item is to slip by the time it is due.

        Parameters
        ----------
        horizon
            Days to go, or working hours of planned duration; None where nobody knows: the nearest.
        """
        return 1 - self._stays(horizon, 1)

    def interval(self, horizon: float | None, level: float = 0.95) -> tuple[float, float]:
        """Return what holds that chance.

        Over several steps, by the beta variable with the mean and mean square of their product.
        """
        if self.basis == "durations" or self.rates[0].holds(horizon or 0.0):
            return self.rate(horizon).chance.interval(level)
        mean, square = self._stays(horizon, 1), self._stays(horizon, 2)
        variance = max(square - mean**2, _LEAST)
        total = mean * (1 - mean) / variance - 1
        return Beta((1 - mean) * total, mean * total).interval(level)

    def rate(self, horizon: float | None) -> Rate:
        """Return the rate of the horizon's own band."""
        reach = 0.0 if horizon is None else horizon
        return next((one for one in self.rates if one.holds(reach)), self.rates[-1])

    def moves(self, horizon: float | None) -> Moves:
        """Return how far an item slips if it does."""
        return self.rate(horizon).moves

    def _stays(self, horizon: float | None, power: int) -> float:
        """Return the mean of the chance not to slip, raised to a power."""
        if self.basis == "durations":
            return _mean_of_rest(self.rate(horizon).chance, power)
        stays = _mean_of_rest(self.rates[0].chance, power)
        for one in self.rates[1:]:
            inside = min(horizon or 0.0, math.inf if one.to is None else one.to) - one.from_
            if inside > 0:
                length = YEAR if one.to is None else one.to - one.from_
                stays *= _mean_of_rest(one.chance, power * inside / length)
        return stays


def _mean_of_rest(chance: Beta, power: float) -> float:
    """Return the mean of (1 - share) to a power, of a share that is a beta variable."""
    a, b = chance.a, chance.b
    return math.exp(
        math.lgamma(b + power) - math.lgamma(b) + math.lgamma(a + b) - math.lgamma(a + b + power)
    )


@dataclass(frozen=True, slots=True)
class Reference:
    """What speaks where a plan says nothing: of finish dates, and of durations; None: nothing."""

    dates: FittedClass | None = None
    durations: FittedClass | None = None


#: Nothing speaks where the plan does not.
NO_REFERENCE: Final = Reference()

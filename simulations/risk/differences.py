"""By how much a percentile differs between two runs on the same rolls, and the error of that.

Both percentiles are order statistics, at places that sampling shifts: the share of iterations up to
the true percentile is off by a normal error of variance p (1 - p) / n, and the errors of two runs
on the same rolls are correlated by how many iterations lie below both (Babu and Rao, "Joint
asymptotic distribution of marginal quantiles and quantile functions in samples from a multivariate
population", Journal of Multivariate Analysis 27, 1988). The standard error is the root mean square
of what the difference changes by when both places are shifted so, over a fixed grid of normal
points. So it needs no density, is small where the two runs hardly differ, and is large at a step of
the curve, where a few iterations more or less move a percentile by the whole step.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from simulations.kernels.normal import normal_quantile
from simulations.risk.odds import Spread

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulations.risk.tally import Ints

__all__ = ["Gain", "Paired"]

#: Points of the grid to each side: equal shares of a normal distribution.
_POINTS: Final = 24


class Gain(NamedTuple):
    """By how many minutes a percentile is earlier, and the standard error of that."""

    minutes: int
    error: float


class Paired:
    """One run at one percentile, to be compared with others on the same rolls.

    Parameters
    ----------
    samples
        Its finishes by iteration.
    share
        The percentile, as a share of iterations.
    """

    def __init__(self, samples: Ints, share: float) -> None:
        self.samples, self.share = samples, share
        self._spread = Spread.of(samples)
        self.instant = self._spread.percentile(share)
        size = len(samples)
        self._taken = self._spread.place(share) + 1
        self._part = self._taken / size
        self._reach = math.sqrt(size * self._part * (1.0 - self._part))
        self._inside = _first(samples, self.instant, self._taken)

    def gain(self, others: Ints) -> Gain:
        """Return by how much the percentile is earlier in another run."""
        if np.array_equal(self.samples, others):
            return Gain(0, 0.0)
        spread = Spread.of(others)
        minutes = self.instant - spread.percentile(self.share)
        if not self._reach:  # every iteration is below: the latest of few
            return Gain(minutes, 0.0)
        both = int((self._inside & _first(others, self.instant - minutes, self._taken)).sum())
        mean = self._part
        shared = (both / len(others) - mean * mean) / (mean * (1.0 - mean))
        own, other = _GRID
        own_places = self._places(own)
        places = self._places(shared * own + math.sqrt(max(0.0, 1.0 - shared * shared)) * other)
        shifted = self._spread.ordered[own_places] - spread.ordered[places] - minutes
        square = sum(one * one for one in shifted.tolist()) / len(shifted)
        return Gain(minutes, math.sqrt(square))

    def _places(self, normal: NDArray[np.float64]) -> Ints:
        """Return the places of order statistics, shifted by so many standard errors."""
        places = np.ceil(self._taken + self._reach * normal).astype(np.int64) - 1
        clipped: Ints = np.clip(places, 0, len(self.samples) - 1)
        return clipped


def _first(samples: Ints, instant: int, taken: int) -> NDArray[np.bool_]:
    """Return which iterations make up so many of the earliest; of ties, the first to be run."""
    inside = samples < instant
    ties = np.flatnonzero(samples == instant)
    inside[ties[: taken - int(inside.sum())]] = True
    return inside


def _lay_grid() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return pairs of independent normal points, of variance 1."""
    points = np.array([normal_quantile((place + 0.5) / _POINTS) for place in range(_POINTS)])
    points /= math.sqrt(math.fsum(one * one for one in points.tolist()) / _POINTS)
    return np.repeat(points, _POINTS), np.tile(points, _POINTS)


_GRID: Final = _lay_grid()

"""Percentiles, means and their sampling errors, in exact integers until the last step.

A percentile is an order statistic: the earliest instant by which at least that share of iterations
has finished. Its standard error is half the distance between the order statistics one binomial
standard deviation to either side (David and Nagaraja, "Order statistics", 2003, chapter 7).

Sums are those of whole minutes, so they are the same in any order of adding and on any machine.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from graphmodel.moments import DAY
from simulations.codes import NEVER

if TYPE_CHECKING:
    from simulations.risk.tally import Ints

__all__ = ["Spread", "midranks", "rank_correlation"]

_HALF_WORD: Final = 16


@dataclass(frozen=True, eq=False)
class Spread:
    """Finish instants of one target, ascending."""

    ordered: Ints

    @classmethod
    def of(cls, samples: Ints) -> Spread:
        """Put samples in order."""
        return cls(np.sort(samples))

    def percentile(self, share: float) -> int:
        """Return the earliest instant by which at least a share of iterations has finished."""
        return int(self.ordered[self.place(share)])

    def place(self, share: float) -> int:
        """Return the place, from 0, of the order statistic that is a percentile."""
        # One part in 10**9 is taken off, so that 0.8 of 10 iterations is 8 of them, not 9.
        return max(0, math.ceil(share * len(self.ordered) - 1e-9 * len(self.ordered)) - 1)

    def percentile_error(self, share: float) -> float:
        """Return the standard error of a percentile in minutes."""
        size = len(self.ordered)
        reach = math.sqrt(size * share * (1.0 - share))
        low = max(0, math.floor(share * size - reach) - 1)
        high = min(size - 1, math.ceil(share * size + reach) - 1)
        return int(self.ordered[high] - self.ordered[low]) / 2

    def on_time(self, instant: int) -> float | None:
        """Return the share that finishes on or before an instant, None for ``NEVER``."""
        if instant == NEVER:
            return None
        return int(np.searchsorted(self.ordered, instant, side="right")) / len(self.ordered)

    def mean_after(self, instant: int) -> float:
        """Return the mean in minutes after an instant."""
        size = len(self.ordered)
        return (int(self.ordered.sum()) - size * instant) / size

    def deviation(self) -> float:
        """Return the standard deviation in minutes, 0 for a single iteration."""
        size = len(self.ordered)
        if size == 1:
            return 0.0
        total, squares = _moments(self.ordered - self.ordered[0])
        return math.sqrt((size * squares - total * total) / (size * (size - 1)))

    def deviation_error(self) -> float:
        """Return the standard error of the standard deviation, from the fourth moment."""
        size, deviation = len(self.ordered), self.deviation()
        if not deviation:
            return 0.0
        apart = self.ordered - self.ordered[0]
        middle = round(int(apart.sum()) / size)
        # In days: the fourth powers of minutes are beyond exact numbers. Added up in order.
        days = ((apart - middle) / DAY) ** 2
        fourth = math.fsum((days * days).tolist()) / size
        scale = (deviation / DAY) ** 2
        return DAY * math.sqrt(max(fourth - scale * scale, 0.0) / size) / (2.0 * math.sqrt(scale))


def _moments(values: Ints) -> tuple[int, int]:
    """Return the sum and the sum of squares of numbers from 0 to below 2**40, exactly."""
    high, low = values >> _HALF_WORD, values & ((1 << _HALF_WORD) - 1)
    squares = int((high * high).sum()) << (2 * _HALF_WORD)
    squares += int((high * low).sum()) << (_HALF_WORD + 1)
    return int(values.sum()), squares + int((low * low).sum())


def midranks(samples: Ints) -> Ints:
    """Return twice the rank of each sample, ties at the mean of theirs; whole numbers."""
    ordered = np.sort(samples)
    before = np.searchsorted(ordered, samples, side="left")
    upto = np.searchsorted(ordered, samples, side="right")
    return (before + upto + 1).astype(np.int64)


def rank_correlation(levels: Ints, ranks: Ints) -> float | None:
    """Return the correlation of two columns of whole numbers, None where one does not vary.

    Sums are exact: ``levels`` below 2**20 and ranks of up to 2**21 iterations fit 64 bits; of more,
    the lower bits are dropped.
    """
    size = len(levels)
    drop = max(0, 2 * size.bit_length() + 1 + 20 - 62)
    ranks = ranks >> drop
    sums = [int(levels.sum()), int(ranks.sum())]
    cross = int((levels * ranks).sum())
    own = [int((levels * levels).sum()), int((ranks * ranks).sum())]
    vary = [size * square - total * total for square, total in zip(own, sums, strict=True)]
    if min(vary) <= 0:
        return None
    return (size * cross - sums[0] * sums[1]) / (math.sqrt(vary[0]) * math.sqrt(vary[1]))

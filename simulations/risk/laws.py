"""Distributions on steps of time, and bounds of the latest of several."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

__all__ = ["Law", "latest_of"]

#: What sums of chances may lack of 1 by rounding alone.
_ROUNDING: Final = 1e-9
#: Sums of so many products are made at once.
_SMALL: Final = 4_000


class Law:
    """A distribution on steps: chances of ``first``, ``first + 1``, ..."""

    def __init__(self, first: int, chances: NDArray[np.float64]) -> None:
        self.first, self.chances = first, chances

    @cached_property
    def sums(self) -> NDArray[np.float64]:
        """The chances of being at most each step."""
        sums: NDArray[np.float64] = np.cumsum(self.chances)
        if sums[-1] > 1.0 - _ROUNDING:
            sums[-1] = 1.0  # what rounding lost, at the latest: else it would grow at each merge
        return sums

    def below(self, step: int) -> float:
        """Return the chance of being at most a step."""
        place = step - self.first
        return 0.0 if place < 0 else float(self.sums[min(place, len(self.sums) - 1)])

    def plus(self, other: Law) -> Law:
        """Return the distribution of the sum with something independent."""
        first, size = self.first + other.first, len(self.chances)
        few = np.flatnonzero(other.chances)
        if size * len(other.chances) < _SMALL * len(few):
            return Law(first, np.convolve(self.chances, other.chances))
        chances = np.zeros(size + len(other.chances) - 1)
        for place in few.tolist():
            chances[place : place + size] += self.chances * other.chances[place]
        return Law(first, chances)

    def moved(self, steps: int) -> Law:
        """Return the distribution so many steps later."""
        return Law(self.first + steps, self.chances)


def latest_of(laws: Sequence[Law], *, is_late: bool) -> Law:
    """Return a bound of the latest of several: from above where ``is_late``, else from below."""
    if len(laws) == 1:
        return laws[0]
    begin = max(law.first for law in laws)
    end = max(law.first + len(law.chances) for law in laws)
    shares = np.ones(end - begin)
    for law in laws:
        known = law.sums[begin - law.first :]
        size, last = len(known), law.sums[-1]
        if is_late:
            shares[:size] *= known
            shares[size:] *= last
        else:
            np.minimum(shares[:size], known, out=shares[:size])
            np.minimum(shares[size:], last, out=shares[size:])
    chances = shares.copy()
    chances[1:] -= shares[:-1]
    return Law(begin, chances)

"""What a stretch of iterations came to, and how stretches are put together."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

__all__ = ["Tally", "join_tallies"]


@dataclass(frozen=True, eq=False)
class Tally:
    """The outcome of iterations ``first`` to before ``first + count``.

    Attributes
    ----------
    samples
        Finish instants: a row for each target, a column for each iteration.
    without
        The same of the main target with each group left out: a row for each group.
    fired
        How often each risk happened.
    critical
        By position, in how many iterations the item was on a driving chain to the main target.
    joined, arms
        By merge point, and by arm of one, the sums of `simulations.kernels.trials.Counts`.
    unchanged
        In how many iterations no risk changed the plan itself: what merge points and gates are
        counted over.
    missed
        By gate, how often it was passed after the meeting it is planned for.
    bins
        Histograms of finishes, by position.
    """

    first: int
    count: int
    samples: Ints
    without: Ints
    fired: Ints
    critical: Ints
    joined: Ints
    arms: Ints
    unchanged: int
    missed: Ints
    bins: NDArray[np.int32]


#: What stands side by side; everything else is added up.
_ROWS = ("samples", "without")


def join_tallies(tallies: Sequence[Tally]) -> Tally:
    """Put stretches together in the order of their iterations; sums are exact in any order."""
    ordered = sorted(tallies, key=lambda one: one.first)
    joined: dict[str, Any] = {}
    for field in fields(Tally):
        parts = [getattr(one, field.name) for one in ordered]
        if field.name in _ROWS:
            joined[field.name] = np.concatenate(parts, axis=1)
        else:
            joined[field.name] = sum(parts[1:], parts[0])
    joined["first"] = ordered[0].first
    return Tally(**joined)

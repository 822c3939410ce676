"""Lengths of work as distributions on steps, rounded up for the late bound and down for the early.

What a length without end may be beyond a share that is small over the whole plan counts as never
coming in the late bound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graphmodel.moments import DAY
from simulations.kernels.draws import EXPONENTIAL, LOGNORMAL, Scratch, sample
from simulations.risk.arrays import zeros
from simulations.risk.boxes import box, fit
from simulations.risk.laws import Law

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from simulations.risk.boundnet import Node
    from simulations.risk.model import RiskModel

__all__ = ["Lengths"]

#: Steps that the widest finish is cut into, at the least where a step is below a day.
_STEPS: Final = 2_000
#: Equal shares that a length is cut into, beside those of its tail.
_SHARES: Final = 256
#: The chance, over the whole plan, that some length is beyond what is looked at.
_BEYOND: Final = 1e-3
#: The most steps, where a step is a day.
_MOST_STEPS: Final = 50_000
#: Uncertain items from which compiled kernels pay.
_WORTH_LOADING: Final = 500


class Lengths:
    """The distributions of cells, rounded to steps.

    Attributes
    ----------
    step
        Minutes of a step.
    """

    def __init__(self, model: RiskModel, nodes: Sequence[Node | None]) -> None:
        self._model = model
        used = sum(node is not None and node.cell >= 0 for node in nodes)
        tail = _BEYOND / max(1, used)
        halves = [0.5**power for power in range(9, 64) if 0.5**power > tail]
        tops = sorted({*(1.0 - half for half in halves), 1.0 - tail})
        edges = [number / _SHARES for number in range(_SHARES - 1)]
        # The last is the highest roll there is: of what has no end, eight deviations or more.
        self._edges = np.array([*edges, *(top for top in tops if top > edges[-1]), 1.0 - 1e-16])
        self._shares = np.diff(self._edges, append=1.0)
        self._is_large = used >= _WORTH_LOADING
        self._kernel = fit(sample, is_large=self._is_large)
        self._program = box(model.program, is_large=self._is_large)
        self._ends = {
            node.cell: self._quantiles(node.cell)
            for node in nodes
            if node is not None and node.cell >= 0
        }
        self.step = _step(self._widest(nodes))

    def _quantiles(self, cell: int) -> NDArray[np.int64]:
        """Return the minutes at each edge between shares."""
        rolls: Any = self._edges.copy()
        size = len(rolls)
        minutes = zeros(size)
        arrays = Scratch(zeros(size), rolls, zeros(size, np.float64))
        scratch = box(arrays, is_large=self._is_large)
        draw = int(self._model.cells.own[cell])
        self._kernel(self._program, draw, size, scratch, box(minutes, is_large=self._is_large))
        found: NDArray[np.int64] = minutes
        return found

    def _widest(self, nodes: Sequence[Node | None]) -> int:
        """Return how far the earliest and the latest of any finish are apart."""
        spread: list[tuple[int, int]] = []
        for node in nodes:
            if node is None:
                spread.append((0, 0))
                continue
            low = [node.bound, *(spread[source][0] + add for source, add in node.arms)]
            high = [node.bound, *(spread[source][1] + add for source, add in node.arms)]
            ends = self._ends.get(node.cell)
            less, more = (node.length,) * 2 if ends is None else (int(ends[0]), int(ends[-2]))
            spread.append((max(low) + less, max(high) + more))
        return max((high - low for low, high in spread), default=0)

    def law(self, node: Node, *, is_late: bool) -> Law | None:
        """Return the distribution of a node's length, None for none."""
        if node.cell < 0:
            if not node.length:
                return None
            return Law(self.steps(node.length, is_late=is_late), np.ones(1))
        ends = self._ends[node.cell]
        shares = self._shares
        draw = int(self._model.cells.own[node.cell])
        if is_late and self._model.program.kind[draw] in {LOGNORMAL, EXPONENTIAL}:
            # Each share is as late as its end; what lies beyond the last but one never comes.
            values, shares = -(-ends[1:-1] // self.step), shares[:-2]
        elif is_late:
            values, shares = -(-ends[1:] // self.step), shares[:-1]
        else:
            values = ends // self.step
        first = int(values[0])
        return Law(first, np.bincount(values - first, weights=shares).astype(np.float64))

    def steps(self, minutes: int, *, is_late: bool) -> int:
        """Return minutes as steps, rounded up for the late bound."""
        return -(-minutes // self.step) if is_late else minutes // self.step


def _step(widest: int) -> int:
    """Return minutes of a step that days are whole numbers of, or that are whole days.

    So a finish at the end of a day is not rounded.
    """
    if widest > DAY * _MOST_STEPS:
        return DAY * -(-widest // (DAY * _MOST_STEPS))
    return max(
        part for part in range(1, DAY + 1) if not DAY % part and part <= max(1, widest // _STEPS)
    )

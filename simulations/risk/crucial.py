"""Cruciality: how closely an uncertainty and the main target go together, with their sign.

Spearman's rank correlation. The rank of a sample among all that its distribution could give is
known without sorting: it is the roll it was made of (a tie, such as no delay at all, has the middle
of its range). So the rolls are made again, which a counter-based generator can, and none are kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulations.kernels.draws import CERTAIN, EMPIRICAL, PARAMETERS, Scratch, roll
from simulations.risk.arrays import zeros
from simulations.risk.block import Blocks
from simulations.risk.boxes import box, fit
from simulations.risk.model import Without
from simulations.risk.odds import midranks, rank_correlation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulations.risk.model import RiskModel
    from simulations.risk.tally import Ints

__all__ = ["crucialities", "risk_crucialities"]

#: Levels that a roll is told in.
_LEVELS: Final = 1 << 20


def crucialities(
    model: RiskModel, samples: Ints, first: int, *, is_large: bool
) -> dict[str, float | None]:
    """Return the cruciality of each item with an uncertainty of its own.

    Parameters
    ----------
    samples
        Finish instants of the main target from iteration ``first`` on, ``first`` a whole counter.
    """
    ranks, count = midranks(samples), -(-len(samples) // 4) * 4
    rolls = zeros(count, np.float64)
    arrays = Scratch(zeros(count), rolls, zeros(count, np.float64))
    scratch, program = (box(one, is_large=is_large) for one in (arrays, model.program))
    run = fit(roll, is_large=is_large)
    found: dict[str, float | None] = {}
    for item, draw in zip(model.cell_items, map(int, model.cells.own), strict=True):
        if draw < 0:
            continue
        if model.program.kind[draw] == CERTAIN and not 0 < model.program.zero[draw] < 1:
            found[item] = None
            continue
        run(program, draw, first, count, scratch)
        shares = _middled(model, draw, rolls[: len(samples)])
        found[item] = rank_correlation((shares * _LEVELS).astype(np.int64), ranks)
    return found


def _middled(model: RiskModel, draw: int, rolls: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return rolls with those that give the same sample at the middle of their range."""
    program, zero = model.program, float(model.program.zero[draw])
    shares: Any = rolls
    if program.kind[draw] == EMPIRICAL:
        begin, size = (int(one) for one in program.params[PARAMETERS * draw :][:2])
        values = np.asarray(program.values)[begin : begin + size]
        low = np.searchsorted(values, values, side="left")
        high = np.searchsorted(values, values, side="right")
        above = np.clip((rolls - zero) / (1.0 - zero) if zero < 1 else rolls, 0.0, 1.0)
        place = np.minimum((above * size).astype(np.int64), size - 1)
        shares = zero + (1.0 - zero) * (low + high)[place] / (2.0 * size)
    elif program.kind[draw] == CERTAIN:
        shares = np.full_like(rolls, zero + 0.5 * (1.0 - zero))
    middled: NDArray[np.float64] = np.where(rolls < zero, 0.5 * zero, shares)
    return middled


def risk_crucialities(
    model: RiskModel, samples: Ints, first: int, *, is_large: bool
) -> list[float | None]:
    """Return the cruciality of each risk: of whether it happens."""
    ranks = midranks(samples)
    off = model.off_risks(Without())
    blocks = Blocks(model, off, 1024, is_large=is_large)
    rows = [block.fired_rows().copy() for block in blocks.cut(first, len(samples))]
    fired = np.concatenate(rows, axis=1)
    return [rank_correlation(row, ranks) for row in fired]

"""A block of iterations: its rolls in the making, and which risks happen in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from simulations.kernels.cells import fill_fired
from simulations.kernels.draws import Scratch
from simulations.kernels.philox import WORDS
from simulations.risk.arrays import zeros
from simulations.risk.boxes import box, fit, unbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulations.risk.model import RiskModel
    from simulations.risk.tally import Ints

__all__ = ["Block", "Blocks"]


@dataclass(frozen=True, slots=True)
class Block:
    """Iterations ``first`` to before ``first + count``, of which ``skip`` to ``stop`` are wanted.

    ``fired`` says which risks happen, ``count`` numbers for each.
    """

    first: int
    count: int
    skip: int
    stop: int
    fired: Any
    scratch: Any

    def fired_rows(self) -> Ints:
        """Return which risks happen in the iterations wanted, a row each."""
        rows = unbox(self.fired).reshape(-1, self.count)
        wanted: Ints = rows[:, self.skip : self.stop]
        return wanted


class Blocks:
    """Cuts a stretch of iterations into blocks of whole counters."""

    def __init__(self, model: RiskModel, off_risks: Ints, size: int, *, is_large: bool) -> None:
        self._kernel = fit(fill_fired, is_large=is_large)
        self._program = box(model.program, is_large=is_large)
        self._cells = box(model.cells, is_large=is_large)
        self._off = box(off_risks, is_large=is_large)
        self._risks = len(model.risks)
        self._size = size
        self._is_large = is_large

    def cut(self, first: int, count: int) -> Iterator[Block]:
        """Yield the blocks of a stretch."""
        begin, end = first - first % WORDS, first + count
        size = min(self._size, -(-(end - begin) // WORDS) * WORDS)
        fired = box(zeros(self._risks * size), is_large=self._is_large)
        scratch = box(
            Scratch(zeros(size), zeros(size, np.float64), zeros(size, np.float64)),
            is_large=self._is_large,
        )
        for start in range(begin, end, size):
            self._kernel(self._program, self._cells, self._off, start, size, scratch, fired)
            yield Block(start, size, max(first - start, 0), min(size, end - start), fired, scratch)

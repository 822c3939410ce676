"""Blocks of iterations through the forward pass itself: the space its kernel works in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

from simulations.kernels.cells import Pairs, fill_cells
from simulations.kernels.forward import run_all
from simulations.kernels.lanes import BINS
from simulations.kernels.shapes import Changes, Dates
from simulations.kernels.trials import (
    Counts,
    Spots,
    Trail,
    count_trial,
    run_trials,
    set_cells,
)
from simulations.lateness import place_late
from simulations.risk.arrays import ints, zeros
from simulations.risk.boxes import box, fit, unbox
from simulations.risk.caps import find_caps
from simulations.risk.netcolumns import Columns, lay_counts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from simulations.risk.block import Block
    from simulations.risk.groups import Group
    from simulations.risk.layout import Bins, Merges
    from simulations.risk.model import RiskModel
    from simulations.risk.tally import Ints
    from simulations.risk.variants import Variant

__all__ = ["Minutes", "Trials", "block_size"]

#: Bytes that the minutes of a block may take.
_MEMORY: Final = 32 << 20


def block_size(rows: int) -> int:
    """Return how many iterations a block has that needs so many rows of minutes, 16 to 512."""
    fitting = _MEMORY // (8 * max(rows, 1))
    return 1 << max(4, min(9, fitting.bit_length() - 1))


class Minutes:
    """Fills the minutes of cells, a block at a time, as they are or with something left out."""

    def __init__(self, model: RiskModel, pairs: Pairs, *, is_large: bool) -> None:
        self._kernel = fit(fill_cells, is_large=is_large)
        self._program = box(model.program, is_large=is_large)
        self._cells = box(model.cells, is_large=is_large)
        # What several groups leave out alike is worked out once.
        rows = np.stack([np.asarray(one, np.int64) for one in pairs])
        distinct, self._row = np.unique(rows, axis=1, return_inverse=True)
        self._rows, self._is_whole = distinct.shape[1], distinct.shape[1] == len(pairs.cell)
        alike = pairs if self._is_whole else Pairs(*map(ints, distinct))
        self._pairs = box(alike, is_large=is_large)
        self._is_large = is_large

    def fill(self, block: Block) -> Any:
        """Return minutes, pair by pair."""
        spare = box(zeros(2 * block.count), is_large=self._is_large)
        minutes = box(zeros(self._rows * block.count), is_large=self._is_large)
        self._kernel(
            self._program,
            self._cells,
            self._pairs,
            block.fired,
            block.first,
            block.count,
            block.scratch,
            spare,
            minutes,
        )
        if self._is_whole:
            return minutes
        every = unbox(minutes).reshape(-1, block.count)[self._row.reshape(-1)]
        return box(np.ascontiguousarray(every).reshape(-1), is_large=self._is_large)


class Trials:
    """One thread's way through one net of a model."""

    def __init__(
        self,
        model: RiskModel,
        variant: Variant,
        merges: Merges | None,
        bins: Bins | None,
        groups: Sequence[Group],
        links: Collection[int],
        *,
        is_large: bool,
    ) -> None:
        """Take up a net with these links held; count ``merges`` and ``bins`` only where given."""
        self._is_large = is_large
        self._targets = len(model.targets)
        self._groups = len(groups)
        self._variant = variant
        compiled, passes = variant.compiled, variant.passes
        self._has_alap = compiled.has_alap
        size = len(compiled.ids)
        caps = find_caps(
            model, variant, {*links, *(one for group in groups for one in group.links)}
        )
        columns = Columns(variant)
        columns.hold(pair for one in links for pair in caps[one])
        net = (variant.arrays if is_large else compiled.net)._replace(
            months=columns.months,
            rest_months=columns.rest_months,
            own_finish=columns.own_finish,
            rest=columns.rests,
            cap=columns.cap,
            plain_source=columns.plain_source,
        )
        self._net = box(net, is_large=is_large)
        self._lengths = box(columns.lengths, is_large=is_large)
        self._changes = box(Changes(*map(ints, variant.changes)), is_large=is_large)
        self._dates = box(Dates(*map(ints, passes.dates)), is_large=is_large)
        spots = columns.spots(model, variant, groups, caps)
        self._spots: Spots = box(spots, is_large=is_large)._replace(
            own_finish=self._net.own_finish,
            rests=self._net.rest,
            cap=self._net.cap,
            plain_source=self._net.plain_source,
        )
        self._trail = box(
            Trail(
                zeros(size),
                zeros(size),
                zeros(size),
                zeros(size),
                zeros(size),
                zeros(size),
                zeros(len(compiled.gates)),
            ),
            is_large=is_large,
        )
        self._counts: Counts = box(lay_counts(variant, merges, bins, size), is_large=is_large)
        self._count_late = fit(count_trial, is_large=is_large)
        self._set_late = fit(set_cells, is_large=is_large)
        self._kernel = fit(run_trials, is_large=is_large)

    def run(
        self, block: Block, lanes: Ints, minutes: Any, others: Any, *, detail: bool
    ) -> tuple[Ints, Ints]:
        """Run these iterations of a block; return rows of all its iterations, 0 for the others.

        The instants of the targets, and those of the main one with each group left out.
        """
        samples = box(zeros(self._targets * block.count), is_large=self._is_large)
        without = box(zeros(self._groups * block.count), is_large=self._is_large)
        if self._has_alap:
            self._run_late(block, lanes, minutes, samples, detail=detail)
        else:
            self._kernel(
                self._net,
                self._lengths,
                self._changes,
                self._dates,
                self._spots,
                self._trail,
                self._counts,
                minutes,
                others,
                box(lanes, is_large=self._is_large),
                samples,
                without,
                block.count,
                int(detail),
            )
        shape = (-1, block.count)
        return unbox(samples).reshape(shape), unbox(without).reshape(self._groups, block.count)

    def _run_late(
        self, block: Block, lanes: Ints, minutes: Any, samples: Any, *, detail: bool
    ) -> None:
        """Run iterations of a plan with what is as late as possible: whole passes, one by one."""
        net, lengths, changes, dates = self._net, self._lengths, self._changes, self._dates
        for lane in lanes.tolist():
            self._set_late(net, lengths, changes, self._spots, minutes, lane, block.count)
            self._forward(run_all, lengths, changes, dates)
            place_late(self._forward, net, lengths, changes, dates)
            self._count_late(
                net,
                lengths,
                dates,
                self._spots,
                self._trail,
                self._counts,
                samples,
                lane,
                block.count,
                int(detail),
            )

    def _forward(self, kernel: Any, *containers: Any) -> None:
        fit(kernel, is_large=self._is_large)(self._net, *containers)

    def add_to(self, critical: Ints, missed: Ints, bins: NDArray[np.int32]) -> None:
        """Add what was counted to counts by position of the plan as it is."""
        home = self._variant.home
        np.add.at(critical, home, unbox(self._counts.critical))
        found = unbox(self._counts.gate_missed)
        missed[: len(found)] += found
        if len(self._counts.bins):
            bins.reshape(-1, BINS)[home] += unbox(self._counts.bins).reshape(-1, BINS)

    def merged(self) -> tuple[Ints, Ints]:
        """Return the sums of merge points and of their arms."""
        return unbox(self._counts.joined), unbox(self._counts.arms)

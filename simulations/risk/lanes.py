"""Blocks of iterations through a plain net: the space the fast kernel works in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from simulations.kernels.clock import work_of
from simulations.kernels.lanes import BINS, Rows, Sums, run_lanes
from simulations.risk.arrays import ints, zeros
from simulations.risk.boxes import box, fit, unbox
from simulations.risk.layout import Bins

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulations.risk.block import Block
    from simulations.risk.layout import Merges
    from simulations.risk.model import RiskModel
    from simulations.risk.plain import Network
    from simulations.risk.tally import Ints

__all__ = ["Lanes", "bins_of_nodes"]

#: Bytes that the rows of a block may take: what the nearest caches hold, about.
_CACHED: Final = 4 << 20
_BYTES: Final = 9  # of a node in an iteration


class Lanes:
    """One thread's way through a plain net."""

    def __init__(
        self,
        model: RiskModel,
        network: Network,
        off_cells: Ints,
        bins: Bins | None,
        *,
        detail: bool,
        is_large: bool,
    ) -> None:
        self._network = network
        self._detail = int(detail)
        self._is_large = is_large
        self._kernel = fit(run_lanes, is_large=is_large)
        self._net = network.arrays if is_large else box(network.plain, is_large=False)
        self._program = box(model.program, is_large=is_large)
        self._cells = box(model.cells, is_large=is_large)
        self._off = box(off_cells, is_large=is_large)
        size, edges = len(network.plain.kind), len(network.plain.source)
        self._size = size
        laid = bins or Bins(zeros(size), zeros(size) - 1)
        self._sums: Sums = box(
            Sums(
                critical=zeros(size),
                joined=zeros(size),
                arms=zeros(edges),
                low=ints(laid.low),
                shift=ints(laid.shift),
                bins=zeros(size * BINS if bins else 0, np.int32),
            ),
            is_large=is_large,
        )
        places = [
            -1 if one.item is None else _node(model, network, one.item) for one in model.targets
        ]
        self._targets = box(ints(places), is_large=is_large)
        self._rows: Rows | None = None
        self._count = 0

    @staticmethod
    def block_size(size: int) -> int:
        """Return how many iterations a block has: as many as the caches hold, 64 to 1,024."""
        fitting = _CACHED // (_BYTES * max(size, 1))
        return 1 << max(6, min(10, fitting.bit_length() - 1))

    def run(self, block: Block) -> Ints:
        """Run a block; return the instants of the targets, a row each."""
        if self._rows is None or self._count != block.count:
            self._rows = self._make_rows(block.count)
            self._count = block.count
        samples = box(zeros(len(self._targets) * block.count), is_large=self._is_large)
        self._kernel(
            self._net,
            self._program,
            self._cells,
            self._off,
            block.fired,
            block.scratch,
            self._rows,
            self._sums,
            self._targets,
            samples,
            block.first,
            block.skip,
            block.stop,
            block.count,
            self._detail,
        )
        instants: Ints = unbox(samples).reshape(-1, block.count)
        return instants

    def _make_rows(self, count: int) -> Rows:
        cells = self._size * count
        rows = Rows(
            start=zeros(cells, np.int32),
            finish=zeros(cells, np.int32),
            mark=zeros(cells, np.bool_),
            ends=zeros(count),
            held=zeros(count, np.int32),
            spare=zeros(2 * count),
        )
        made: Rows = box(rows, is_large=self._is_large)
        return made

    def critical(self, size: int) -> Ints:
        """Return how often each of ``size`` positions was critical."""
        counted: Ints = zeros(size)
        counted[self._network.position] = unbox(self._sums.critical)
        return counted

    def merged(self, merges: Merges) -> tuple[Ints, Ints]:
        """Return the sums of merge points and of their arms."""
        nodes = self._network.node[merges.item]
        into = np.asarray(self._network.plain.into)
        begins, sizes = into[nodes], into[nodes + 1] - into[nodes]
        before = np.cumsum(sizes) - sizes
        places = np.repeat(begins - before, sizes) + np.arange(int(sizes.sum()))
        return unbox(self._sums.joined)[nodes], unbox(self._sums.arms)[places]

    def bins(self, size: int) -> NDArray[np.int32]:
        """Return the histograms by position."""
        counted = zeros(size * BINS, np.int32).reshape(size, BINS)
        found = unbox(self._sums.bins)
        if len(found):
            counted[self._network.position] = found.reshape(-1, BINS)
        flat: NDArray[np.int32] = counted.reshape(-1)
        return flat


def _node(model: RiskModel, network: Network, item: str) -> int:
    return int(network.node[model.baseline.compiled.at[item]])


def bins_of_nodes(network: Network, bins: Bins) -> Bins:
    """Return histograms over instants as such over the minutes of each node."""
    net = network.plain
    low, shift = bins.low[network.position].copy(), bins.shift[network.position].copy()
    for node in range(len(net.cal)):
        cal, begin = int(net.cal[node]), int(low[node])
        if cal < 0 or shift[node] < 0:
            continue
        end = begin + (BINS << int(shift[node]))
        low[node] = work_of(net.clock, cal, begin)
        width = max(1, (work_of(net.clock, cal, end) - int(low[node])) // BINS)
        shift[node] = width.bit_length()
    return Bins(low, shift)

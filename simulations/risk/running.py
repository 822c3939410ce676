"""Running stretches of iterations: on this thread, on several, or wherever a model is sent.

A stretch is a first iteration and a count. What comes of it hangs on the model and on those two
numbers alone, so stretches may be run in any order, on any machine, and put together afterwards:

>>> from simulations.risk.running import run_chunk
>>> early, late = run_chunk(model, 0, 600), run_chunk(model, 600, 400)  # doctest: +SKIP
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, Protocol

import numpy as np

from simulations.kernels.cells import Pairs
from simulations.kernels.lanes import BINS, run_lanes
from simulations.kernels.trials import run_trials
from simulations.risk.arrays import ints, zeros
from simulations.risk.block import Blocks
from simulations.risk.lanes import Lanes, bins_of_nodes
from simulations.risk.model import Without
from simulations.risk.tally import Tally
from simulations.risk.trials import Minutes, Trials, block_size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from simulations.risk.block import Block
    from simulations.risk.groups import Group
    from simulations.risk.layout import Bins, Merges
    from simulations.risk.model import RiskModel
    from simulations.risk.plain import Network
    from simulations.risk.tally import Ints

__all__ = ["Job", "Runner", "cut", "pays", "run_chunk", "run_job", "threads"]

_LOG = logging.getLogger(__name__)

#: Items times iterations from which compiled kernels pay for loading, and for being compiled.
_WORTH_LOADING: Final = 20_000
_WORTH_COMPILING: Final = 200_000
#: Stretches that each thread gets, so that none waits long for the last.
_STRETCHES: Final = 4

_NOTHING = Without()


@dataclass(frozen=True, eq=False)
class Job:
    """What is wanted of each stretch.

    Attributes
    ----------
    without
        What is left out of all of it.
    groups
        What is left out in turn, each judged by the main target.
    detail
        Whether criticality, merge points, gates and histograms are counted.
    bins
        The histograms; None for none.
    """

    model: RiskModel
    without: Without = _NOTHING
    groups: tuple[Group, ...] = ()
    detail: bool = False
    bins: Bins | None = None
    is_large: bool | None = None
    is_plain: bool | None = None


class Runner(Protocol):
    """Runs a job over stretches of iterations, here or elsewhere."""

    def __call__(self, job: Job, stretches: Sequence[tuple[int, int]]) -> Iterable[Tally]:
        """Yield the tally of each stretch (first, count), in any order."""


def run_chunk(model: RiskModel, first: int, count: int, *, without: Without = _NOTHING) -> Ints:
    """Return the finish instants of the targets in some iterations.

    Parameters
    ----------
    model
        A prepared plan (`simulations.risk.model.prepare_risk`).
    first, count
        The iterations, counted from 0.
    without
        What is left out; everything else rolls as it does without leaving anything out.

    Returns
    -------
    samples
        Minutes since 1970 (`graphmodel.moments`), a row for each target of the model, a column for
        each iteration.
    """
    return run_job(Job(model, without), first, count).samples


def run_job(job: Job, first: int, count: int) -> Tally:
    """Run one stretch on this thread."""
    return _Worker(_Nets(job, count)).run(first, count)


def threads(workers: int) -> Runner:
    """Return what runs jobs on so many threads of this process."""

    def run(job: Job, stretches: Sequence[tuple[int, int]]) -> Iterator[Tally]:
        nets = _Nets(job, sum(count for _, count in stretches))
        if workers == 1:
            for stretch in stretches:
                yield _Worker(nets).run(*stretch)
            return
        with ThreadPoolExecutor(workers) as pool:
            yield from pool.map(lambda one: _Worker(nets).run(*one), stretches)

    return run


def cut(first: int, count: int, workers: int, least: int = 256) -> list[tuple[int, int]]:
    """Return a stretch cut into pieces for so many workers."""
    pieces = max(1, min(workers * _STRETCHES, count // least))
    ends = [first + count * number // pieces for number in range(pieces + 1)]
    return [(begin, end - begin) for begin, end in pairwise(ends)]


class _Nets:
    """What all threads of a job share: the nets, and how they are gone through."""

    def __init__(self, job: Job, count: int) -> None:
        self.job = job
        self.model = job.model
        self.variants = job.model.variants
        self.base = self.variants.plain
        self.network = self._find_plain()
        work = len(self.base.compiled.ids) * count
        kernel = run_trials if self.network is None else run_lanes
        self.is_large = pays(kernel, work) if job.is_large is None else job.is_large
        self.merges = job.model.merges if job.detail else None

    def _find_plain(self) -> Network | None:
        if self.job.groups or self.variants.structural or self.job.without.links:
            return None
        if self.job.is_plain is False:
            return None
        return self.model.network


def pays(kernel: Callable[..., Any], work: int) -> bool:
    """Return whether a compiled kernel pays for so many items times iterations."""
    if work < _WORTH_LOADING:
        return False
    from simulations.jit import is_kept, twins_of  # noqa: PLC0415 - heavy

    if twins_of(kernel) is None:
        return False
    if is_kept(kernel):
        return True
    if work >= _WORTH_COMPILING:
        _LOG.warning(
            "Compiling the risk kernels for this machine, once: %s.",
            "about ten seconds" if kernel is run_lanes else "about a minute",
        )
    return work >= _WORTH_COMPILING


class _Worker:
    """One thread's share of a job."""

    def __init__(self, nets: _Nets) -> None:
        self._nets = nets
        self._job = nets.job
        self._model = nets.model
        self._off_cells = self._model.off_cells(self._job.without)
        self._off_risks = self._model.off_risks(self._job.without)

    def run(self, first: int, count: int) -> Tally:
        """Run a stretch."""
        if self._nets.network is not None:
            return self._run_lanes(self._nets.network, first, count)
        return self._run_trials(first, count)

    def _run_lanes(self, network: Network, first: int, count: int) -> Tally:
        nets, job = self._nets, self._job
        bins = None if job.bins is None else bins_of_nodes(network, job.bins)
        lanes = Lanes(
            self._model,
            network,
            self._off_cells,
            bins,
            detail=job.detail,
            is_large=nets.is_large,
        )
        size = Lanes.block_size(len(network.plain.kind))
        samples, fired = [], np.zeros(len(self._model.risks), np.int64)
        for block in self._blocks(size).cut(first, count):
            samples.append(lanes.run(block)[:, block.skip : block.stop].copy())
            fired += block.fired_rows().sum(axis=1)
        items = len(nets.base.compiled.ids)
        joined, arms = lanes.merged(nets.merges) if nets.merges else _no_sums()
        return Tally(
            first=first,
            count=count,
            samples=np.concatenate(samples, axis=1),
            without=np.zeros((0, count), np.int64),
            fired=fired,
            critical=lanes.critical(items),
            joined=joined,
            arms=arms,
            unchanged=count,
            missed=np.zeros(0, np.int64),
            bins=lanes.bins(items) if job.bins else np.zeros(0, np.int32),
        )

    def _run_trials(self, first: int, count: int) -> Tally:
        nets, job = self._nets, self._job
        cells = Minutes(self._model, self._cell_pairs(), is_large=nets.is_large)
        pairs = _group_pairs(job.groups)
        others = Minutes(self._model, pairs, is_large=nets.is_large)
        ways: dict[int, Trials] = {}
        fired = np.zeros(len(self._model.risks), np.int64)
        samples = np.zeros((len(self._model.targets), count), np.int64)
        without = np.zeros((len(job.groups), count), np.int64)
        unchanged = 0
        size = block_size(len(self._model.cell_items) + len(pairs.cell))
        for block in self._blocks(size).cut(first, count):
            minutes = cells.fill(block)
            less = others.fill(block)
            rows = block.fired_rows()
            fired += rows.sum(axis=1)
            for bits, lanes in self._sorted(rows, block):
                if bits not in ways:
                    ways[bits] = self._trials(bits)
                unchanged += len(lanes) if not bits else 0
                found, left = ways[bits].run(block, lanes, minutes, less, detail=job.detail)
                columns = lanes + block.first - first
                samples[:, columns] = found[:, lanes]
                without[:, columns] = left[:, lanes]
        return self._tally(first, count, ways, samples, without, fired, unchanged)

    def _tally(
        self,
        first: int,
        count: int,
        ways: dict[int, Trials],
        samples: Ints,
        without: Ints,
        fired: Ints,
        unchanged: int,
    ) -> Tally:
        nets = self._nets
        items = len(nets.base.compiled.ids)
        critical = np.zeros(items, np.int64)
        missed = np.zeros(len(nets.base.compiled.gates) if self._job.detail else 0, np.int64)
        bins = np.zeros(items * BINS if self._job.bins else 0, np.int32)
        for trials in ways.values():
            trials.add_to(critical, missed, bins)
        joined, arms = _no_sums(nets.merges)
        if 0 in ways and nets.merges:
            joined, arms = ways[0].merged()
        return Tally(
            first=first,
            count=count,
            samples=samples,
            without=without,
            fired=fired,
            critical=critical,
            joined=joined,
            arms=arms,
            unchanged=unchanged,
            missed=missed,
            bins=bins,
        )

    def _trials(self, bits: int) -> Trials:
        nets = self._nets
        return Trials(
            self._model,
            nets.variants.of(bits),
            nets.merges if not bits else None,
            self._job.bins,
            self._job.groups,
            self._job.without.links,
            is_large=nets.is_large,
        )

    def _blocks(self, size: int) -> Blocks:
        return Blocks(self._model, self._off_risks, size, is_large=self._nets.is_large)

    def _cell_pairs(self) -> Pairs:
        size = len(self._model.cell_items)
        return Pairs(ints(range(size)), ints(self._off_cells), zeros(size) - 1)

    def _sorted(self, rows: Ints, block: Block) -> Iterator[tuple[int, Ints]]:
        """Yield the iterations of a block by which risks with effects happen in them."""
        lanes = np.arange(block.skip, block.stop)
        bits = np.zeros(len(lanes), np.int64)
        for bit, number in enumerate(self._nets.variants.structural):
            bits |= rows[number] << bit
        for one in np.unique(bits):
            yield int(one), lanes[bits == one]


def _group_pairs(groups: Sequence[Group]) -> Pairs:
    return Pairs(
        ints(cell for group in groups for cell in group.cells),
        ints(group.code for group in groups for _ in group.cells),
        ints(group.risk for group in groups for _ in group.cells),
    )


def _no_sums(merges: Merges | None = None) -> tuple[Ints, Ints]:
    if merges is None:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.zeros(len(merges.item), np.int64), np.zeros(len(merges.edge), np.int64)

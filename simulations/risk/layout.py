"""What is counted of a net besides the targets: where paths merge, and how late items come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from simulations.codes import ABSENT, DONE, FIXED, FS, LOE, NEVER, PARENT, SS
from simulations.kernels.bounds import edge_bound
from simulations.kernels.lanes import BINS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulations.passes import Passes

    Ints = NDArray[np.int64]

__all__ = ["Bins", "Merges", "find_merges", "lay_bins"]


@dataclass(frozen=True, eq=False)
class Merges:
    """Where the starts of several links, or the finishes of several parts, are waited for.

    Attributes
    ----------
    item
        Position of each merge point.
    at
        Its arms are those from ``at[m]`` to before ``at[m + 1]``.
    edge, part
        By arm, the edge, or else (-1) the part's position.
    """

    item: Ints
    at: Ints
    edge: Ints
    part: Ints


def find_merges(passes: Passes) -> Merges:
    """Return the merge points of a net by position.

    A merge point is an item whose start waits for two links or more (FS and SS), or a parent of two
    parts or more; what holds nothing, because it has no date, is no arm.
    """
    net, dates = passes.compiled.net, passes.dates
    items: list[int] = []
    sizes: list[int] = []
    edges: list[int] = []
    parts: list[int] = []
    for position, how in enumerate(net.how):
        if how in {ABSENT, DONE, FIXED, LOE}:
            continue
        arms = [
            edge
            for edge in passes.compiled.into(position)
            if net.code[edge] in {FS, SS} and edge_bound(net, dates, edge) != NEVER
        ]
        below = []
        if how == PARENT and not arms:
            below = [p for p in passes.compiled.parts(position) if dates.finish[p] != NEVER]
        if len(arms) + len(below) > 1:
            items.append(position)
            sizes.append(len(arms) + len(below))
            edges += arms or [-1] * len(below)
            parts += below or [-1] * len(arms)
    return Merges(
        np.array(items, np.int64),
        np.cumsum([0, *sizes]).astype(np.int64),
        np.array(edges, np.int64),
        np.array(parts, np.int64),
    )


@dataclass(frozen=True, eq=False)
class Bins:
    """Histograms of fixed width: ``low`` is where one begins, ``shift`` its width as a power of 2.

    ``shift`` is -1 for what has none.
    """

    low: Ints
    shift: Ints


def lay_bins(first: Ints, last: Ints, counted: NDArray[np.bool_]) -> Bins:
    """Return histograms twice as wide as what was seen, and a day at least.

    Parameters
    ----------
    first, last
        The earliest and the latest finish of each item in some iterations.
    counted
        Which of them get one.
    """
    spread = np.maximum(last - first, 1440)
    low = first - spread // 2
    shift = np.ceil(np.log2(2.0 * spread / BINS)).astype(np.int64)
    shift = np.maximum(shift, 0)
    return Bins(np.where(counted, low, 0), np.where(counted, shift, -1))

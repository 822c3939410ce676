"""The compiled form of the large test plans, made from their graph without the plan between.

A million activities as a `Plan` take a minute to make. What `simulations.compile` gives for ten of
them says what every column holds; length, start and links are the graph's own.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from simulations.codes import NEVER
from simulations.compile import compile_plan
from simulations.kernels.clock import Clock
from simulations.kernels.shapes import Changes, Dates, Net
from tests.benchmarks.graphs import make_graph, make_plan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.int64]

__all__ = ["Arrays", "count_bytes", "make_arrays", "make_net"]

#: Large enough that every column of a net is told by its length: items, items + 1, links.
_PATTERN = 10


class Arrays(NamedTuple):
    """A net and all that the two passes fill, as arrays."""

    net: Net
    lengths: Array
    changes: Changes
    dates: Dates
    ends: Array
    starts: Array
    finishes: Array


@cache
def make_net(size: int, *, calendar: bool = False) -> Net:
    """Return the net of the graph of this size; with a calendar, durations are working time."""
    graph = make_graph(size)
    plan = make_plan(_PATTERN, calendar=calendar)
    pattern = compile_plan(plan, plan.links).net
    order = np.lexsort((graph.sources, graph.targets))
    sources, targets = np.array(graph.sources)[order], np.array(graph.targets)[order]
    leaving = np.argsort(sources, kind="stable")
    day = pattern.length[0] // make_graph(_PATTERN).durations[0]
    columns: dict[str, Any] = {
        "length": np.array(graph.durations) * day,
        "source": sources,
        "target": targets,
        "into": _offsets(targets, size),
        "leaving": leaving,
        "plain_source": sources,
        "plain_target": targets[leaving],
        "leaving_at": _offsets(sources, size),
        "clock": Clock(*(_array(one) for one in pattern.clock)),
    }
    rows = {_PATTERN: size, _PATTERN + 1: size + 1, len(plan.links): len(sources)}
    for name, value in pattern._asdict().items():
        if name not in columns:
            columns[name] = value if isinstance(value, int) else _stretch(value, rows)
    return Net(**columns)


def make_arrays(size: int, *, calendar: bool = False) -> Arrays:
    """Return a net with arrays for two passes to fill."""
    net = make_net(size, calendar=calendar)
    never = np.full(size, NEVER)
    return Arrays(
        net,
        np.array(net.length),
        Changes(np.zeros(size, int), np.zeros(size, int), never.copy()),  # type: ignore[arg-type]
        Dates(never.copy(), never.copy(), np.zeros(size, int), np.zeros(0, int)),  # type: ignore[arg-type]
        np.full(len(net.plan_start), NEVER),
        never.copy(),
        never.copy(),
    )


def count_bytes(one: Any) -> int:
    """Return the bytes of all arrays in named tuples."""
    if isinstance(one, np.ndarray):
        return one.nbytes
    return sum(map(count_bytes, one)) if isinstance(one, tuple) else 0


def _stretch(column: Sequence[int], rows: dict[int, int]) -> Array:
    """Return a column whose rows are all alike, as long as it is in the large plan."""
    (value,) = set(column) or {0}
    return np.full(rows.get(len(column), len(column)), value)


def _array(column: Sequence[int]) -> Any:
    return np.array(column, np.int64)


def _offsets(positions: Array, size: int) -> Array:
    """Return where the rows of each position begin, in rows sorted by position."""
    return np.concatenate([[0], np.cumsum(np.bincount(positions, minlength=size))])

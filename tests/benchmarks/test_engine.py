"""How fast the passes are, peers beside them on the same graph, answers asserted.

Limits are held against the quickest round: a busy neighbour makes a round slow, never quick.
"""

from __future__ import annotations

from functools import cache
from time import perf_counter
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
import rustworkx as rx

from graphmodel.moments import DAY
from simulations.jit import compiled
from simulations.kernels.backward import run_backward
from simulations.kernels.forward import run_all
from simulations.schedule import schedule
from tests.benchmarks.graphs import make_graph, make_plan
from tests.benchmarks.nets import Arrays, count_bytes, make_arrays, make_net

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_benchmark.fixture import BenchmarkFixture

PEERS_SIZE = 100_000
LARGEST = 1_000_000


def forward(arrays: Arrays) -> None:
    compiled(run_all)(arrays.net, arrays.lengths, arrays.changes, arrays.dates)  # type: ignore[arg-type]


def backward(arrays: Arrays) -> None:
    compiled(run_backward)(
        arrays.net,
        arrays.lengths,  # type: ignore[arg-type]
        arrays.dates,
        arrays.ends,  # type: ignore[arg-type]
        arrays.starts,  # type: ignore[arg-type]
        arrays.finishes,  # type: ignore[arg-type]
    )


def both(arrays: Arrays) -> None:
    forward(arrays)
    backward(arrays)


def length_of(arrays: Arrays) -> int:
    """Return the days from the plan's start to the last finish."""
    return int(np.max(arrays.dates.finish) - arrays.net.plan_start[0]) // DAY


@cache
def of_networkx() -> nx.DiGraph[int]:
    """The graph as peers take it: the duration of an activity on the links that leave it."""
    graph = make_graph(PEERS_SIZE)
    peer: nx.DiGraph[int] = nx.DiGraph()
    for source, target in zip(graph.sources, graph.targets, strict=True):
        peer.add_edge(source, target, weight=graph.durations[source])
    peer.add_edge(PEERS_SIZE - 1, PEERS_SIZE, weight=graph.durations[-1])
    return peer


@cache
def of_rustworkx() -> rx.PyDiGraph[int | None, int]:
    graph = make_graph(PEERS_SIZE)
    peer: rx.PyDiGraph[int | None, int] = rx.PyDiGraph()
    peer.extend_from_weighted_edge_list(
        [
            (source, target, graph.durations[source])
            for source, target in zip(graph.sources, graph.targets, strict=True)
        ]
        + [(PEERS_SIZE - 1, PEERS_SIZE, graph.durations[-1])]
    )
    return peer


def ask_networkx() -> int:
    length: int = nx.dag_longest_path_length(of_networkx())
    return length


def ask_rustworkx() -> int:
    return rx.dag_longest_path_length(of_rustworkx(), lambda _source, _target, weight: weight)


def quickest(task: Callable[[], Any], rounds: int) -> float:
    """Return the seconds of the quickest of some rounds, after one that warms up."""
    task()
    seconds = []
    for _ in range(rounds):
        begin = perf_counter()
        task()
        seconds.append(perf_counter() - begin)
    return min(seconds)


def note_ratios(benchmark: BenchmarkFixture, task: Callable[[], Any]) -> None:
    """Keep with a benchmark how many times as long each peer takes, measured side by side."""
    own = quickest(task, 20)
    benchmark.extra_info["networkx takes"] = quickest(ask_networkx, 2) / own
    benchmark.extra_info["rustworkx takes"] = quickest(ask_rustworkx, 5) / own


# -- Beside the peers -------------------------------------------------------------------------


def test_networkx_longest_path(benchmark: BenchmarkFixture) -> None:
    assert benchmark(ask_networkx) == make_graph(PEERS_SIZE).length


def test_rustworkx_longest_path(benchmark: BenchmarkFixture) -> None:
    assert benchmark(ask_rustworkx) == make_graph(PEERS_SIZE).length


def test_forward_on_the_same_graph(benchmark: BenchmarkFixture) -> None:
    """The longest path is what the forward pass finds: like is compared with like."""
    arrays = make_arrays(PEERS_SIZE)
    benchmark(forward, arrays)
    assert length_of(arrays) == make_graph(PEERS_SIZE).length
    note_ratios(benchmark, lambda: forward(arrays))


def test_both_passes_on_the_same_graph(benchmark: BenchmarkFixture) -> None:
    """Late dates and what floats rest on too, for which the peers have no function."""
    arrays = make_arrays(PEERS_SIZE)
    benchmark(both, arrays)
    assert length_of(arrays) == make_graph(PEERS_SIZE).length
    assert np.min(arrays.starts) == arrays.net.plan_start
    note_ratios(benchmark, lambda: both(arrays))


# -- How it grows -----------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1_000, 10_000, 100_000, LARGEST])
def test_both_passes(benchmark: BenchmarkFixture, size: int) -> None:
    arrays = make_arrays(size)
    benchmark(both, arrays)
    assert length_of(arrays) == make_graph(size).length
    assert np.min(arrays.starts) == arrays.net.plan_start
    benchmark.extra_info["megabytes"] = round(count_bytes(arrays) / 1e6, 1)


@pytest.mark.parametrize("size", [1_000, 10_000, 100_000, LARGEST])
def test_both_passes_on_a_calendar(benchmark: BenchmarkFixture, size: int) -> None:
    arrays = make_arrays(size, calendar=True)
    benchmark(both, arrays)
    assert np.all(arrays.starts >= arrays.dates.start)
    assert np.all(arrays.finishes >= arrays.dates.finish)
    if size == LARGEST:
        plain = make_arrays(size)
        ratio = quickest(lambda: both(arrays), 5) / quickest(lambda: both(plain), 5)
        benchmark.extra_info["times as long as every day"] = ratio


def test_the_arrays_of_the_largest_plan_stay_under_a_gigabyte() -> None:
    assert len(make_net(LARGEST).source) == 2 * LARGEST - 3
    assert count_bytes(make_arrays(LARGEST, calendar=True)) < 1_000_000_000


# -- The whole way ----------------------------------------------------------------------------


@pytest.mark.parametrize("calendar", [False, True])
def test_what_is_timed_is_what_a_plan_compiles_to(*, calendar: bool) -> None:
    size = 1_000
    arrays = make_arrays(size, calendar=calendar)
    both(arrays)
    answer = schedule(make_plan(size, calendar=calendar))
    starts = [one.start for one in answer.items]
    floats = [one.total_float_days for one in answer.items]
    days = np.asarray(arrays.dates.start) // DAY
    assert [one.toordinal() for one in starts if one] == (days + 719_163).tolist()
    assert [one == 0 for one in floats] == (arrays.finishes == arrays.dates.finish).tolist()

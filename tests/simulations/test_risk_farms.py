"""Risk past one process: the same numbers, and nothing lost with a worker that dies."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import MissingExtraError, PlanError
from simulations.risk.farms import dask, processes
from simulations.risk.simulate import simulate
from tests.oracle.small import build, fs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.plan import Plan
    from simulations.risk.results import RiskResult

TRIANGLE = {"distribution": "triangular", "low": "10d", "mode": "20d", "high": "60d"}


def network() -> Plan:
    """Four activities that meet, each of 10 to 60 days."""
    work = {"kind": "activity", "duration": "20d", "uncertainty": TRIANGLE}
    items: list[dict[str, Any]] = [{"id": one, **work} for one in "abcd"]
    return build(items, fs("a", "c"), fs("b", "c"), fs("c", "d"))


def numbers(result: RiskResult) -> tuple[Any, ...]:
    return result.targets, result.items, result.merges


def test_processes_give_the_numbers_of_one_thread() -> None:
    here = simulate(network(), iterations=2_000, seed=3)
    there = simulate(network(), iterations=2_000, seed=3, workers=2, runner=processes(2))
    assert numbers(there) == numbers(here)


class _DyingPool(ThreadPoolExecutor):
    """A pool of which every second job brings the whole pool down."""

    submitted = 0

    def submit(self, *args: Any, **kwargs: Any) -> Any:
        type(self).submitted += 1
        if type(self).submitted % 2:
            return super().submit(*args, **kwargs)
        return super().submit(_die)


def _die() -> None:
    raise BrokenProcessPool("killed")


def test_what_is_lost_with_a_worker_is_run_again() -> None:
    _DyingPool.submitted = 0
    runner = processes(2, start=_DyingPool)
    there = simulate(network(), iterations=2_000, seed=3, workers=2, runner=runner)
    assert numbers(there) == numbers(simulate(network(), iterations=2_000, seed=3))


def test_workers_that_always_die_are_given_up() -> None:
    class Dead(ThreadPoolExecutor):
        def submit(self, *_: Any, **__: Any) -> Any:
            return super().submit(_die)

    with pytest.raises(PlanError, match="ended 5 times before any was done"):
        simulate(network(), iterations=500, workers=2, runner=processes(2, start=Dead))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """A Dask cluster of three worker processes on this machine."""
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, processes=True, dashboard_address=None,
        host="127.0.0.1", silence_logs=50,
    ) as running:  # fmt: skip
        yield running


def test_a_cluster_gives_the_numbers_of_one_thread(cluster: Any) -> None:
    there = simulate(
        network(), iterations=2_000, seed=3, workers=3, runner=dask(cluster.scheduler_address)
    )
    assert numbers(there) == numbers(simulate(network(), iterations=2_000, seed=3))


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX")
def test_a_killed_worker_loses_nothing(cluster: Any) -> None:
    victim = next(iter(cluster.workers.values())).pid

    def kill() -> None:
        time.sleep(0.1)
        os.kill(victim, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    there = simulate(
        network(), iterations=12_000, seed=3, workers=12, runner=dask(cluster.scheduler_address)
    )
    killer.join()
    assert numbers(there) == numbers(simulate(network(), iterations=12_000, seed=3))


def test_no_scheduler_there() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(PlanError, match=r'There is no Dask scheduler at "tcp://127\.0\.0\.1:9"'):
        simulate(network(), iterations=500, runner=dask("tcp://127.0.0.1:9", patience=0.5))


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingExtraError, match=r"knockon\[dask\]"):
        dask("tcp://127.0.0.1:8786")

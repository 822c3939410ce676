"""How fast Monte Carlo is, plain numpy beside it in the same run, answers asserted.

Speed is told in activity-samples per second: activities times iterations. Two threads, with
percentiles, criticality, merge points and histograms.
"""

from __future__ import annotations

import tracemalloc
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from graphmodel.items import Uncertainty
from graphmodel.moments import show_finish
from loaders.load import load
from loaders.papers import read_paper
from simulations.risk.model import prepare_risk
from simulations.risk.odds import Spread
from simulations.risk.quick import look_quickly
from simulations.risk.recovering import recover_risk
from simulations.risk.running import Job, cut, run_chunk, threads
from simulations.risk.simulate import simulate
from simulations.risk.tally import join_tallies
from simulations.whatif import prepare
from tests.benchmarks.graphs import make_graph, make_plan

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pytest_benchmark.fixture import BenchmarkFixture

    from graphmodel.items import Item
    from simulations.risk.model import RiskModel
    from simulations.risk.tally import Tally

EXAMPLES = Path(__file__).parents[2] / "examples"
WORKERS = 2
#: What the program is to reach, in activity-samples per second: every day counts, on a calendar.
GOALS = {False: 200e6, True: 50e6}
LOW, MODE, HIGH = 0.75, 1.0, 1.5
SPREAD = Uncertainty.model_validate(
    {"distribution": "triangular", "low": "75%", "mode": "100%", "high": "150%"}
)
LATE = Uncertainty.model_validate(
    {
        "distribution": "hurdle",
        "probability": 0.3,
        "delay": {"distribution": "lognormal", "mean": "90d", "sd": "120d"},
    }
)


def spread(_: Item) -> Uncertainty:
    return SPREAD


@cache
def model_of(size: int, iterations: int, *, calendar: bool = False) -> RiskModel:
    """Return a network made ready, its kernels loaded."""
    baseline = prepare(make_plan(size, calendar=calendar))
    model = prepare_risk(baseline, iterations=iterations, reference=spread)
    list(threads(1)(Job(model, detail=True, is_large=True), [(0, 64)]))
    return model


def run(model: RiskModel, iterations: int) -> Tally:
    job = Job(model, detail=True, is_large=True)
    return join_tallies(list(threads(WORKERS)(job, cut(0, iterations, WORKERS))))


def in_numpy(size: int, iterations: int, seed: int = 1) -> NDArray[np.float64]:
    """Return the lengths of the same network in days: activity by activity, whole columns."""
    graph, chance = make_graph(size), np.random.default_rng(seed)
    into: list[list[int]] = [[] for _ in range(size)]
    for source, target in zip(graph.sources, graph.targets, strict=True):
        into[target].append(source)
    finish = np.zeros((size, iterations))
    for number, days in enumerate(graph.durations):
        start = finish[into[number]].max(axis=0) if into[number] else 0.0
        finish[number] = start + chance.triangular(LOW * days, MODE * days, HIGH * days, iterations)
    longest: NDArray[np.float64] = finish.max(axis=0)
    return longest


@pytest.mark.parametrize("calendar", [False, True])
def test_10_000_activities_10_000_times(benchmark: BenchmarkFixture, *, calendar: bool) -> None:
    size, iterations = 10_000, 10_000
    model = model_of(size, iterations, calendar=calendar)
    tally = benchmark.pedantic(run, (model, iterations), rounds=3)  # type: ignore[no-untyped-call]
    benchmark.extra_info["limit_seconds"] = size * iterations / GOALS[calendar]
    least = 600
    begin = perf_counter()
    peer = in_numpy(size, least)
    peer_speed = size * least / (perf_counter() - begin)
    begin = perf_counter()
    run(model, iterations)
    speed = size * iterations / (perf_counter() - begin)
    benchmark.extra_info["activity-samples per second"] = round(speed)
    benchmark.extra_info["times as fast as numpy"] = round(speed / peer_speed, 1)
    assert tally.critical[model.baseline.compiled.at[f"A{size - 1}"]] == iterations
    assert model.network is not None
    if not calendar:
        start = model.baseline.compiled.net.plan_start[0]
        own = (tally.samples[0] - start) / 1440
        error = np.sqrt(own.var() / iterations + peer.var() / least)
        assert abs(own.mean() - peer.mean()) < 4 * error
        assert Spread.of(tally.samples[0]).percentile(0.8) > tally.samples[0].mean()


def test_3_614_tasks_1_000_times_with_every_answer(benchmark: BenchmarkFixture) -> None:
    """The size that a leading commercial tool tells of: about 30 s, 0.12 million per second."""
    size, iterations = 3_614, 1_000
    plan = make_plan(size)
    options: dict[str, Any] = {"iterations": iterations, "reference": spread, "workers": WORKERS}
    model_of(size, iterations)
    result = benchmark.pedantic(simulate, (plan,), options, rounds=3)  # type: ignore[no-untyped-call]
    own = (perf_counter, simulate)
    begin = own[0]()
    simulate(plan, **options)
    benchmark.extra_info["times as fast as 30 seconds"] = round(30 / (own[0]() - begin), 1)
    peer = in_numpy(size, iterations)
    target = result.targets[0]
    error = np.hypot(target.mean_se_days, peer.std() / np.sqrt(iterations))
    assert abs(target.mean_days - peer.mean()) < 4 * error
    costs = [one.cost_days for one in result.items if one.cost_days is not None]
    assert max(costs) > 0


def test_the_csip_10_000_times_with_every_answer(
    benchmark: BenchmarkFixture, csip_paper: Path
) -> None:
    plan = read_paper(csip_paper).plan
    options: dict[str, Any] = {"iterations": 10_000, "reference": lambda _: LATE}
    options |= {"workers": WORKERS, "act": 3}
    simulate(plan, **options)
    result = benchmark.pedantic(simulate, (plan,), options, rounds=3)  # type: ignore[no-untyped-call]
    benchmark.extra_info["limit_seconds"] = 2
    assert result.limits is None
    assert len(result.targets) > 50
    assert all(one.cost_days is not None for one in result.items if one.uncertain)
    assert result.acts is not None
    # A milestone that nothing comes before is on time as often as its own delay spares it.
    free = next(one for one in result.targets if one.p_on_time and one.p_on_time > 0.69)
    assert free.p_on_time == pytest.approx(0.7, abs=0.3)


def test_recovery_at_p80_of_a_councils_plan_10_000_times(benchmark: BenchmarkFixture) -> None:
    """Some 120 links, 55 dates to keep: each late one with its cures, its set, what to keep."""
    loaded = load([EXAMPLES / "wexcombe-csip.txt", EXAMPLES / "wexcombe-links.csv"])
    model = prepare_risk(prepare(loaded.plan), iterations=10_000, reference=lambda _: LATE)
    samples = run_chunk(model, 0, 10_000)
    found = benchmark.pedantic(recover_risk, (model,), {"samples": samples}, rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["limit_seconds"] = 10
    assert found.of_targets == len([one for one in model.targets if one.by is not None])
    assert found.targets
    for late in found.targets:
        assert late.finish > late.by
        assert all(cure.finish <= late.by for cure in late.cures)
        assert late.smallest_set is None or late.smallest_set.finish <= late.by


def test_memory_of_100_000_activities_10_000_times() -> None:
    size, iterations = 100_000, 10_000
    model = model_of(size, iterations)
    tracemalloc.start()
    tally = run(model, iterations)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert tally.samples.shape == (1, iterations)
    assert peak < 1_000_000_000


def test_bounds_of_20_000_activities_at_once(benchmark: BenchmarkFixture) -> None:
    """Without iterations; the simulated P80 of fewer iterations lies between."""
    model = model_of(20_000, 200)
    look = benchmark.pedantic(look_quickly, (model,), rounds=1)  # type: ignore[no-untyped-call]
    benchmark.extra_info["limit_seconds"] = 30
    (main,) = look.targets
    p80 = show_finish(Spread.of(run(model, 200).samples[0]).percentile(0.8))
    assert main.p80_from <= p80 <= main.p80_to

"""How fast the schedule family and realism are on 100,000 activities, answers asserted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.checks.run import run_checks
from simulations.schedule import schedule
from tests.benchmarks.graphs import make_graph, make_plan

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

SIZE = 100_000


def test_schedule_health_of_100_000_activities(benchmark: BenchmarkFixture) -> None:
    benchmark.extra_info["limit_seconds"] = 10
    graph, plan = make_graph(SIZE), make_plan(SIZE, calendar=True)
    schedule(plan)  # the kernels are compiled, or loaded
    health = benchmark(run_checks, plan, families=["schedule", "realism"])
    found = {one.check.code: one for one in health.results}
    before, after = set(graph.targets), set(graph.sources)
    loose = sum(not (one in before and one in after) for one in range(SIZE))
    assert found["dcma-1-logic"].numerator == loose
    assert found["dcma-4-finish-to-start"].numerator == len(graph.sources)
    assert found["dcma-8-high-duration"].numerator == sum(one > 44 for one in graph.durations)
    assert found["dcma-12-critical-path-test"].passed

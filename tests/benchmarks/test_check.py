"""How long all checks take on a council's plan and on a large programme; answers asserted.

The limits are those of the issue: 0.3 s for the delivery plan of a council, 10 s for 100,000
activities. The schedule that some checks look at is worked out anew in every round.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from loaders.load import load
from queries.checks.registry import CHECKS
from queries.checks.run import run_checks
from tests.benchmarks.graphs import make_plan

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

    from graphmodel.plan import Plan
    from queries.checks.run import Health


def counted(health: Health) -> dict[str, tuple[float | None, float | None]]:
    return {one.check.code: (one.numerator, one.denominator) for one in health.results}


@cache
def read(paper: Path) -> Plan:
    return load([paper]).plan


def test_checks_of_a_council_plan(benchmark: BenchmarkFixture, csip_paper: Path) -> None:
    benchmark.extra_info["limit_seconds"] = 0.3
    health = benchmark(run_checks, read(csip_paper))
    found = counted(health)
    assert len(found) == len(CHECKS)
    assert found["due-before-milestone"] == (12, 234)
    assert found["links-not-reviewed"] == (183, 187)


def test_checks_of_100_000_activities(benchmark: BenchmarkFixture) -> None:
    benchmark.extra_info["limit_seconds"] = 10
    run_checks(make_plan(100))  # loads the kernels
    plan = make_plan(100_000)
    health = benchmark.pedantic(run_checks, (plan,), rounds=3)  # type: ignore[no-untyped-call]
    found = counted(health)
    assert len(found) == len(CHECKS)
    assert found["owner-missing"] == (100_000, 100_000)
    assert found["date-missing"] == (0, 100_000)
    assert found["link-to-cancelled"] == (0, len(plan.links))

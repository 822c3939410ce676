"""How long it takes to write a plan of 100,000 items as CSV, and to say what the file lacks.

Times are processor seconds: on a quiet machine, what a person waits for.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.plan import Plan
from loaders.writers.csvfile import write_csv
from loaders.writers.export import export_plan

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

pytestmark = pytest.mark.benchmark(timer=time.process_time)

#: Seconds for 100,000 items.
LIMIT_WRITING = 5.0
LIMIT_EXPORT = 20.0

COUNT = 100_000
_PARTS = 100  # milestones of an action


def make_plan(count: int) -> Plan:
    """Return actions of 100 milestones each, linked one after another, with owners."""
    items: list[dict[str, Any]] = []
    links: list[dict[str, str]] = []
    assignments: list[dict[str, str]] = []
    for number in range(count):
        action, part = divmod(number, _PARTS)
        name = f"A{action}.{part}" if part else f"A{action}"
        item = {"id": name, "kind": "milestone" if part else "action", "title": f"Do {number}"}
        if part:
            item["parent"] = f"A{action}"
        planned = {"finish": f"2027-{part % 12 + 1:02}-28", "precision": "day"}
        items.append({**item, "planned": planned, "status": "in_progress", "percent": 40.0})
        if part > 1:
            links.append({"from": f"A{action}.{part - 1}", "to": name, "lag": "5d"})
        assignments.append({"officer": f"head-of-{number % 50}", "item": name})
    officers = [{"id": f"head-of-{number}", "title": f"Head of {number}"} for number in range(50)]
    return Plan.model_validate(
        {"id": "plan", "items": items, "links": links, "officers": officers,
         "assignments": assignments}
    )  # fmt: skip


@pytest.fixture(scope="module")
def plan() -> Plan:
    return make_plan(COUNT)


def test_100000_items_are_written(benchmark: BenchmarkFixture, plan: Plan, tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    benchmark.pedantic(write_csv, (plan, path), rounds=2)  # type: ignore[no-untyped-call]
    with path.open("rb") as stream:
        assert sum(1 for _ in stream) == COUNT + 1
    benchmark.extra_info["limit_seconds"] = LIMIT_WRITING


def test_100000_items_are_exported(benchmark: BenchmarkFixture, plan: Plan, tmp_path: Path) -> None:
    """Written, read back, and held against the plan."""
    path = tmp_path / "plan.csv"
    told = benchmark.pedantic(export_plan, (plan, path), rounds=1)  # type: ignore[no-untyped-call]
    assert told == ()
    benchmark.extra_info["limit_seconds"] = LIMIT_EXPORT


@pytest.mark.parametrize("form", ["csv", "xlsx", "graphml"])
def test_time_grows_with_the_plan(benchmark: BenchmarkFixture, form: str, tmp_path: Path) -> None:
    count = 2_000
    small = make_plan(count)
    path = tmp_path / f"plan.{form}"
    told = benchmark.pedantic(export_plan, (small, path), rounds=2)  # type: ignore[no-untyped-call]
    assert told == ()
    benchmark.extra_info["limit_seconds"] = 0.005 * count

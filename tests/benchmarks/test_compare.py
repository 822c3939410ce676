"""How long two questions of reviewers take: what changed, and what the map looks like."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import knockon
from graphmodel.planfile import dump_plan, parse_plan
from loaders.load import load
from queries.mapsurvey import survey_map

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from graphmodel.plan import Plan

EXAMPLES = Path(__file__).parents[2] / "examples"
LIMIT = 0.3


@cache
def example() -> Plan:
    """Return the shipped example: 344 items and its reviewed links."""
    return load([EXAMPLES / "wexcombe-csip.txt", EXAMPLES / "wexcombe-links.csv"]).plan


def test_two_months_of_the_example(benchmark: BenchmarkFixture) -> None:
    old, new = example(), parse_plan(dump_plan(example()).replace('"2026-08-31"', '"2026-10-15"'))
    answer = benchmark(knockon.compare, old, new)
    (step,) = answer.steps
    moved = {one.id for one in step.differences.dates if one.field == "planned_finish"}
    assert moved == {item.id for item in old.items if str(item.planned.finish) == "2026-08-31"}
    assert all(one.days > 0 for one in step.forecasts.shifts)
    benchmark.extra_info["limit_seconds"] = LIMIT


def test_the_map_of_the_example(benchmark: BenchmarkFixture) -> None:
    survey = benchmark(survey_map, example())
    assert survey.links == len(example().accepted_links)
    benchmark.extra_info["limit_seconds"] = LIMIT

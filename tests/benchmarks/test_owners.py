"""How fast bottleneck officers are found: on the example, and on 10,000 items of many officers.

Answers are asserted inside: by what-ifs of their own, by counting, by networkx.
"""

from __future__ import annotations

from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from graphmodel.plan import Plan
from graphmodel.scenario import Scenario, SlipGroup
from knockon.examples import example_files
from loaders.load import load
from queries.betweenness import betweenness
from queries.owners import survey_owners
from simulations.stress import stress_officers
from simulations.whatif import answer, prepare
from tests.benchmarks.test_batch import milestones

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from simulations.scenarios import Baseline
    from simulations.witness import Stress


@cache
def staffed(size: int, officers: int) -> Baseline:
    """Return `size` linked milestones, each of one officer of so many or, one in ten, of two.

    Two boards oversee every seventh and every eleventh of them.
    """
    dice = Random(officers)
    document: dict[str, Any] = milestones(size).plan.model_dump(mode="json", by_alias=True)
    document["officers"] = [{"id": f"o{number}"} for number in range(officers)]
    document["assignments"] = [
        {"officer": f"o{one}", "item": item["id"]}
        for item in document["items"]
        for one in dice.sample(range(officers), 1 + (dice.random() < 0.1))
    ]
    document["boards"] = [
        {
            "id": f"every-{step}",
            "oversees": [f"i{number}" for number in range(0, size, step)],
            "meetings": {"rule": "FREQ=MONTHLY;BYMONTHDAY=15", "since": "2026-01-15"},
        }
        for step in (7, 11)
    ]
    return prepare(Plan.model_validate(document))


def check(baseline: Baseline, one: Stress) -> None:
    """Assert that an officer's stress is what a what-if of its own says."""
    change = SlipGroup.model_validate({"officer": one.effect.id, "by": "1m"})
    told = answer(baseline, Scenario(changes=(change,)))
    assert one.effect.moved == told.summary.moved
    assert one.effect.moved_if_work == told.summary.moved_if_work
    assert one.effect.newly_late == told.summary.newly_late
    assert one.effect.newly_late_if_work == told.summary.newly_late_if_work
    assert one.effect.first_newly_late == told.first_newly_late


def test_everything_on_the_example(benchmark: BenchmarkFixture) -> None:
    plan = load([*map(str, example_files())]).plan
    found = benchmark(survey_owners, plan)
    assert (len(found.officers), found.open_items) == (25, 247)
    for one in found.officers:
        if one.stress is not None:
            check(prepare(plan), one.stress)
    benchmark.extra_info["limit_seconds"] = 0.3


@pytest.mark.parametrize("officers", [100, 500])
def test_stress_of_every_officer_on_10_000_items(
    benchmark: BenchmarkFixture, officers: int
) -> None:
    baseline = staffed(10_000, officers)
    stress_officers(baseline, "1m", only={"o0"}, compiled=True)  # loads the kernels
    found = benchmark.pedantic(  # type: ignore[no-untyped-call]
        stress_officers, (baseline, "1m"), {"compiled": True}, rounds=3
    )
    assert len(found.officers) == officers
    for one in found.officers[:: officers // 3]:
        check(baseline, one)
        assert {board.id for board in one.boards} == {"every-7", "every-11"}
    benchmark.extra_info["limit_seconds"] = 5


def test_everything_of_2_000_officers_on_10_000_items(benchmark: BenchmarkFixture) -> None:
    baseline = staffed(10_000, 2_000)
    stress_officers(baseline, "1m", only={"o0"}, compiled=True)
    found = benchmark.pedantic(  # type: ignore[no-untyped-call]
        survey_owners, (baseline,), {"compiled": True}, rounds=1
    )
    assert len(found.officers) == len({one.officer for one in baseline.plan.assignments})
    assert sum(one.share for one in found.officers) == pytest.approx(10_000)
    assert found.betweenness_is_exact


def test_betweenness_of_2_000_officers(benchmark: BenchmarkFixture) -> None:
    dice = Random(2026)
    after = [sorted(set(dice.sample(range(2_000), 5)) - {number}) for number in range(2_000)]
    scores = benchmark.pedantic(betweenness, (after,), rounds=1)  # type: ignore[no-untyped-call]
    graph = nx.DiGraph((one, other) for one, others in enumerate(after) for other in others)
    known = nx.betweenness_centrality(graph)
    assert scores == pytest.approx([known[number] for number in range(2_000)])

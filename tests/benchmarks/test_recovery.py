"""How fast it is to say what would stop it: a council's plan, and 10,000 items with 50 late ones.

Each benchmark is one call of `recover` on a plan made ready; the answer is asserted: every item
that a what-if of its own finds newly late, and a smallest set that mends them all.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

from graphmodel.moments import show_finish
from graphmodel.plan import Plan
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from knockon import load
from knockon.examples import example_files
from simulations.recovery.run import recover
from simulations.whatif import answer, prepare

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from simulations.recovery.results import Recovery, RuleRecovery
    from simulations.scenarios import Baseline

_STRAND = 100


@cache
def strands(size: int) -> Baseline:
    """Return strands of 100 activities; each hangs on the one before it here and there."""
    dice = Random(7)
    items: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    for number in range(size):
        strand, place = divmod(number, _STRAND)
        items.append(
            {
                "id": f"{strand}.{place}",
                "kind": "activity",
                "title": f"No. {number}",
                "duration": f"{dice.randint(2, 20)}d",
            }
        )
        if place:
            links.append({"from": f"{strand}.{place - 1}", "to": f"{strand}.{place}"})
        if place and strand and dice.random() < 0.3:
            before = f"{strand - 1}.{max(0, place - dice.randint(1, 10))}"
            lag = f"{dice.randint(0, 3)}d"
            links.append({"from": before, "to": f"{strand}.{place}", "lag": lag})
    document = {"schema": "knockon/plan@1", "id": "strands", "start": "2026-01-01"}
    return prepare(Plan.model_validate({**document, "items": items, "links": links}))


def with_late(baseline: Baseline, scenario: Scenario, wanted: int) -> Baseline:
    """Return the plan with due dates that so many of the items a scenario moves will miss."""
    moved = answer(baseline, scenario).items
    can = [row.id for row in moved if not row.changed and row.knock_on_days >= 5]
    chosen = set(Random(1).sample(can, wanted))
    finish, at = baseline.passes["spare"].dates.finish, baseline.compiled.at
    items = [
        item.model_copy(update={"due": show_finish(finish[at[item.id]]) + timedelta(days=3)})
        if item.id in chosen
        else item
        for item in baseline.plan.items
    ]
    return prepare(baseline.plan.model_copy(update={"items": tuple(items)}))


def check(baseline: Baseline, scenario: Scenario, rule: RuleRecovery) -> None:
    """Assert what is late, and that the set told mends what it says."""

    def late_in(asked: Scenario) -> set[str]:
        rows = answer(baseline, asked).items
        is_work = rule.gaps == "work"
        return {one.id for one in rows if (one.newly_late_if_work if is_work else one.newly_late)}

    assert {item.id for item in rule.late} == late_in(scenario)
    best = rule.smallest_set
    assert best is not None
    assert not late_in(best.scenario) & set(best.mends)


def test_recovery_of_a_councils_plan(benchmark: BenchmarkFixture) -> None:
    benchmark.extra_info["limit_seconds"] = 1
    baseline = prepare(load(*map(str, example_files())).plan)
    scenario = Scenario(changes=(Slip(item="SI1.1.3.7", by=parse_span("2m")),))
    found: Recovery = benchmark(recover, baseline, scenario)
    assert found.spare.late == ()
    assert len(found.work.late) == 2
    check(baseline, scenario, found.work)


def test_recovery_of_10_000_items_with_50_late(benchmark: BenchmarkFixture) -> None:
    benchmark.extra_info["limit_seconds"] = 10
    scenario = Scenario(changes=(Slip(item="3.5", by=parse_span("40d")),))
    baseline = with_late(strands(10_000), scenario, 50)
    found: Recovery = benchmark.pedantic(recover, (baseline, scenario))  # type: ignore[no-untyped-call]
    assert len(found.spare.late) == 50
    assert found.spare.smallest_set is not None
    assert found.spare.smallest_set.is_smallest
    assert found.spare.smallest_set.cannot_mend == ()
    assert sum(len(item.cures) for item in found.spare.late) > 1_000
    check(baseline, scenario, found.spare)

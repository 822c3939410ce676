"""How fast it is to slip every item of a plan in turn, under both rules for gaps, answers asserted.

Each benchmark is one call of `reach` on a plan made ready: for every item what moves, what becomes
newly late, by how many days in all, and the least slip that makes something newly late.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.plan import Plan
from graphmodel.scenario import Scenario, Slip
from simulations.batch import reach
from simulations.whatif import answer, prepare

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from simulations.batch import Reach
    from simulations.scenarios import Baseline

_FIRST = date(2026, 1, 1)
#: A milestone waits for two of so many before it.
_WINDOW = 40


@cache
def milestones(size: int) -> Baseline:
    """Return dated milestones, each five days or more behind two earlier ones, one in ten due."""
    dice = Random(size)
    days: list[int] = []
    items: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    for number in range(size):
        window = range(max(0, number - _WINDOW), number)
        before = dice.sample(window, min(2, len(window)))
        days.append(max((days[one] + 5 for one in before), default=0) + dice.choice([0, 0, 5, 20]))
        finish = _FIRST + timedelta(days=days[-1])
        item: dict[str, Any] = {"id": f"i{number}", "kind": "milestone", "title": f"No. {number}"}
        item["planned"] = {"finish": finish.isoformat()}
        if dice.random() < 0.1:
            item["due"] = (finish + timedelta(days=dice.randint(0, 60))).isoformat()
        items.append(item)
        links += [{"from": f"i{one}", "to": f"i{number}", "lag": "5d"} for one in before]
    document = {"schema": "knockon/plan@1", "id": "milestones", "items": items, "links": links}
    return prepare(Plan.model_validate(document))


def check(baseline: Baseline, found: Reach, some: slice) -> None:
    """Assert that some of the effects are those of what-ifs of their own."""
    assert len(found.effects) == len(baseline.compiled.ids)
    assert found.effects[0].newly_late_if_work > 0
    for effect in found.effects[some]:
        alone = answer(baseline, Scenario(changes=(Slip(item=effect.id, by=found.by),)))
        assert (effect.moved, effect.newly_late) == (alone.summary.moved, alone.summary.newly_late)
        assert effect.moved_if_work == alone.summary.moved_if_work
        assert effect.newly_late_if_work == alone.summary.newly_late_if_work
        assert effect.first_newly_late == alone.first_newly_late
        assert effect.first_newly_late_if_work == alone.first_newly_late_if_work
        assert effect.total_knock_on_if_work_days == sum(
            one.knock_on_if_work_days for one in alone.items if not one.changed
        )


@pytest.mark.parametrize("is_compiled", [True, False])
def test_500_slips_on_500_items(benchmark: BenchmarkFixture, is_compiled: bool) -> None:
    baseline = milestones(500)
    check(baseline, benchmark(reach, baseline, "1m", compiled=is_compiled), slice(None, None, 50))


def test_10_000_slips_on_10_000_items(benchmark: BenchmarkFixture) -> None:
    baseline = milestones(10_000)
    reach(baseline, "1m", items=["i0"], compiled=True)  # loads the kernels
    options = {"compiled": True}
    found = benchmark.pedantic(reach, (baseline, "1m"), options)  # type: ignore[no-untyped-call]
    check(baseline, found, slice(8_000, None, 1_000))

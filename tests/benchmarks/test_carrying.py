"""How long the next month's version of a plan takes (limits: CSIP 0.5 s, 10,000 items 5 s)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from loaders.carrying import carry_over
from loaders.papers import read_paper
from tests.loaders.made_up_months import Paper

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

LIMIT_OF_CSIP = 0.5
LIMIT_OF_TEN_THOUSAND = 5.0


def test_the_csip_of_next_month(benchmark: BenchmarkFixture, csip_paper: Path) -> None:
    plan = read_paper(csip_paper).plan
    carried = benchmark(carry_over, plan, plan)
    assert carried.plan == plan
    benchmark.extra_info["limit_seconds"] = LIMIT_OF_CSIP


@pytest.mark.parametrize("size", [1, 10, 1000], ids=lambda size: f"{size}-actions")
def test_ten_thousand_items_of_which_a_fifth_changed(
    benchmark: BenchmarkFixture, size: int
) -> None:
    parts = 10_000 // size
    numbers = {f"A{number}": number for number in range(1, size + 1)}
    actions = {
        name: [10**6 + number * 10**4 + place for place in range(parts)]
        for name, number in numbers.items()
    }
    before = Paper(actions, numbers)
    after = before.copy("b")
    fresh = iter(range(10**9, 2 * 10**9))
    for contents in after.actions.values():
        reworded = contents[::10]
        after.wordings |= dict.fromkeys(reworded, 1)
        contents[5::20] = [next(fresh) for _ in contents[5::20]]  # gone, and others new
        contents.reverse()
    old, new = before.read(), after.read()
    carried = benchmark(carry_over, old, new)
    times = Counter(problem.code for problem in carried.problems)
    changes = (times["item-reworded"], times["item-added"], times["item-removed"])
    others = sum(len(contents[5::20]) for contents in before.actions.values())
    assert changes == (1000, others, others)
    benchmark.extra_info["limit_seconds"] = LIMIT_OF_TEN_THOUSAND

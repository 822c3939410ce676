"""How long circles take to find on a national portfolio: 100,000 items, 150,000 links."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest

from graphmodel.cycles import find_cycle
from graphmodel.items import Item
from graphmodel.links import Link
from graphmodel.plan import Plan
from graphmodel.selection import LinkSelection, select_links

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

_THEMES, _ACTIONS, _MILESTONES = 100, 100, 9


@pytest.fixture(scope="module")
def portfolio() -> Plan:
    """Return themes of actions of milestones; links run forward, every tenth proposal back."""
    chance = random.Random(7)
    items, leaves = [], []
    for theme in range(_THEMES):
        items.append(Item(id=f"T{theme}", kind="theme", title="t"))
        for action in range(_ACTIONS):
            above = f"T{theme}.{action}"
            items.append(Item(id=above, kind="action", title="a", parent=f"T{theme}"))
            leaves += [f"{above}.{number}" for number in range(_MILESTONES)]
            items += [
                Item(id=leaf, kind="milestone", title="m", parent=above)
                for leaf in leaves[-_MILESTONES:]
            ]
    last = len(leaves) - 1
    links = []
    for _ in range(150_000):
        tail = chance.randrange(last)
        links.append(Link(from_=leaves[tail], to=leaves[min(last, tail + chance.randint(1, 60))]))
    for number in range(5_000):
        tail = chance.randrange(30, last - 300)
        head = tail - chance.randint(1, 30) if number % 10 == 0 else tail + chance.randint(1, 300)
        links.append(
            Link(
                from_=leaves[tail],
                to=leaves[head],
                state="proposed",
                confidence=chance.choice([0.2, 0.5]),
            )
        )
    plan = Plan(id="portfolio", items=tuple(items), links=tuple(links))
    assert len(plan.items) == 100_100
    assert plan.index.position
    return plan


def test_find_no_cycle(benchmark: BenchmarkFixture, portfolio: Plan) -> None:
    accepted = portfolio.links[:150_000]
    assert benchmark(find_cycle, portfolio, accepted) is None


def test_find_a_long_cycle(benchmark: BenchmarkFixture, portfolio: Plan) -> None:
    closing = Link(from_="T99.99.8", to="T0.0.0")
    links = [*portfolio.links[:150_000], Link(from_="T0.0.0", to="T99.99.8"), closing]
    found = benchmark(find_cycle, portfolio, links)
    assert found is not None
    assert found.steps == ("T0.0.0 → T99.99.8 (FS)", "T99.99.8 → T0.0.0 (FS)")


def test_select_proposed_links(benchmark: BenchmarkFixture, portfolio: Plan) -> None:
    def select() -> LinkSelection:
        return select_links(portfolio, use="proposed", min_confidence=0.0)

    chosen = benchmark(select)
    assert len(chosen.links) + len(chosen.skipped) == 155_000
    assert chosen.skipped
    assert find_cycle(portfolio, chosen.links) is None

"""How long a store in a file takes to save a plan and to give it back; the answers are asserted.

The limits are those of the issue: 50 ms to save the delivery plan of a council, 5 s for 100,000
items. A save is over when the disk has it, so these are seconds of the clock on the wall.
"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

import pytest

from graphmodel.stores.local import LocalStore
from loaders.load import load
from tests.benchmarks.graphs import make_plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_benchmark.fixture import BenchmarkFixture

    from graphmodel.plan import Plan

#: Versions in a store of some years.
MANY = 100


@pytest.fixture
def store(tmp_path: Path) -> Iterator[LocalStore]:
    with LocalStore(tmp_path / "knockon.store", create=True) as opened:
        yield opened


def versions_of(plan: Plan) -> Iterator[Plan]:
    return (plan.model_copy(update={"version": str(number)}) for number in count(1))


def test_saving_a_council_plan(
    benchmark: BenchmarkFixture, csip_paper: Path, store: LocalStore
) -> None:
    benchmark.extra_info["limit_seconds"] = 0.05
    versions = versions_of(load([csip_paper]).plan)
    saved = benchmark(lambda: store.save(next(versions)))
    assert saved.items == 344
    newest = store.load(saved.plan)
    assert (newest.version, len(newest.items)) == (str(saved.number), 344)


def test_saving_100_000_items(benchmark: BenchmarkFixture, store: LocalStore) -> None:
    benchmark.extra_info["limit_seconds"] = 5
    versions = versions_of(make_plan(100_000))
    saved = benchmark.pedantic(  # type: ignore[no-untyped-call]
        lambda: store.save(next(versions)), rounds=3
    )
    assert (saved.number, saved.items, saved.links) == (3, 100_000, 199_997)


def test_taking_out_100_000_items(benchmark: BenchmarkFixture, store: LocalStore) -> None:
    plan = make_plan(100_000)
    store.save(plan)
    assert benchmark.pedantic(store.load, ("large",), rounds=2) == plan  # type: ignore[no-untyped-call]


def test_opening_a_store_of_100_versions(
    benchmark: BenchmarkFixture, csip_paper: Path, store: LocalStore
) -> None:
    """Opening looks at every page."""
    versions = versions_of(load([csip_paper]).plan)
    for _ in range(MANY):
        store.save(next(versions))

    def look() -> int:
        with LocalStore(store.path) as opened:
            return len(opened.versions())

    assert benchmark(look) == MANY

"""How long a large plan takes to go to a real Neo4j server and come back.

Limits are for 100,000 items and 200,000 links: 60 s to push, 30 s to pull, and a second push of the
unchanged plan in a fifth of the first. A tenth of that is measured unless KNOCKON_NEO4J_ITEMS says
how many.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.benchmarks.graphs import make_plan
from tests.neo4j.fixtures import wipe

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from graphmodel.stores.neo4j_store import Neo4jStore

ITEMS = int(os.environ.get("KNOCKON_NEO4J_ITEMS") or 10_000)
PUSH_SECONDS = 60 * ITEMS / 100_000
PULL_SECONDS = 30 * ITEMS / 100_000


def test_push(benchmark: BenchmarkFixture, neo4j_store: Neo4jStore) -> None:
    plan = make_plan(ITEMS)
    benchmark.extra_info["limit_seconds"] = PUSH_SECONDS
    version = benchmark.pedantic(  # type: ignore[no-untyped-call]
        neo4j_store.save, args=(plan,), setup=lambda: wipe(neo4j_store), rounds=2
    )
    assert (version.number, version.items) == (1, ITEMS)
    counted = neo4j_store.connection.rows(
        "MATCH (i:Item) WITH count(i) AS items MATCH ()-[r:DEPENDS_ON]->() "
        "RETURN items, count(r) AS links"
    )
    assert counted == [{"items": ITEMS, "links": len(plan.links)}]


def test_push_of_what_is_there(benchmark: BenchmarkFixture, neo4j_store: Neo4jStore) -> None:
    plan = make_plan(ITEMS)
    first = neo4j_store.save(plan)
    benchmark.extra_info["limit_seconds"] = PUSH_SECONDS / 5
    assert benchmark(neo4j_store.save, plan) == first


def test_push_of_a_few_changes(benchmark: BenchmarkFixture, neo4j_store: Neo4jStore) -> None:
    plan = make_plan(ITEMS)
    neo4j_store.save(plan)
    items = list(plan.items)
    items[1] = items[1].model_copy(update={"title": "Changed"})
    changed = plan.model_copy(update={"items": tuple(items)})
    benchmark.extra_info["limit_seconds"] = PUSH_SECONDS
    version = benchmark.pedantic(neo4j_store.save, args=(changed,), rounds=1)  # type: ignore[no-untyped-call]
    assert version.number == 2
    written = neo4j_store.connection.rows(
        "MATCH (i:Item) WHERE i.from_version = 2 RETURN count(i) AS items"
    )
    assert written == [{"items": 1}]


def test_pull(benchmark: BenchmarkFixture, neo4j_store: Neo4jStore) -> None:
    plan = make_plan(ITEMS)
    neo4j_store.save(plan)
    benchmark.extra_info["limit_seconds"] = PULL_SECONDS
    loaded = benchmark.pedantic(neo4j_store.load, args=(plan.id,), rounds=2)  # type: ignore[no-untyped-call]
    assert loaded == plan

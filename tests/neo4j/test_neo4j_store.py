"""Plans on a real Neo4j server: they come back whole, and can be asked about as a graph."""

from __future__ import annotations

import gzip
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings

from graphmodel.errors import StoreError
from graphmodel.plan import Plan
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from graphmodel.stores.neo4j_schema import STORED_NODES, TYPES
from loaders.load import load
from loaders.schedules.xer import read_xer
from tests.graphmodel.storemodel import BEGIN, StoreMachine
from tests.laws import examples
from tests.neo4j.fixtures import open_again, wipe
from tests.oracle.entities import DOCUMENTS

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.stores.neo4j_store import Neo4jStore
    from tests.neo4j.server import Server

#: The server is shared, so is the function's store: each example begins by emptying it.
SHARED = settings(
    max_examples=examples(12),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


SMALL: dict[str, Any] = {
    "id": "wex",
    "title": "Wexcombe",
    "as_of": "2026-09-30",
    "x_own": {"a": [1, None]},
    "sources": [{"id": "s1", "title": "Paper"}],
    "items": [
        {"id": "T", "kind": "theme", "title": "Homes"},
        {
            "id": "T.1",
            "kind": "action",
            "title": "Review",
            "parent": "T",
            "planned": {"start": "2026-04-01", "finish": "2026-06-30T12:30"},
            "due": "2026-07-31",
            "tags": ["a", "b"],
            "source": {"source": "s1", "line": 7, "quote": "Review the homes."},
        },
        {"id": "T.2", "kind": "milestone", "title": "Decide", "parent": "T"},
    ],
    "links": [
        {"from": "T.1", "to": "T.2", "lag": "2w"},
        {"from": "T.1", "to": "T.2", "type": "SS", "state": "proposed", "confidence": 0.5},
    ],
    "officers": [{"id": "dh", "title": "Director of Homes", "directorate": "Homes"}],
    "assignments": [
        {"officer": "dh", "item": "T", "role": "accountable"},
        {"officer": "dh", "item": "T.1"},
    ],
    "boards": [{"id": "cab", "title": "Cabinet", "oversees": ["T"]}],
    "gates": [{"item": "T.2", "board": "cab"}],
    "metrics": [{"id": "m", "item": "T", "title": "Homes let"}],
    "relations": [{"from": "cab", "to": "wex", "type": "approves"}],
}


def small(**changes: Any) -> Plan:
    return Plan.model_validate({**SMALL, **changes})


def test_a_plan_comes_back_equal_and_can_be_asked_about(neo4j_store: Neo4jStore) -> None:
    plan = small()
    version = neo4j_store.save(plan, note=" first ", author="Ann")
    assert (version.number, version.items, version.links) == (1, 3, 2)
    assert (version.note, version.as_of) == ("first", date(2026, 9, 30))
    assert neo4j_store.load("wex") == plan
    assert neo4j_store.versions() == (version,)
    rows = neo4j_store.connection.rows
    found = rows(
        "MATCH (o:Officer)-[:RESPONSIBLE_FOR]->(i:Item:Action)-[:PART_OF]->(t:Theme) "
        "RETURN o.title AS officer, i.planned_start AS start, i.planned_finish AS finish, "
        "i.due AS due, i.tags AS tags, i.source_quote AS quote, i.directorate AS directorate"
    )[0]
    assert found["officer"] == "Director of Homes"
    assert found["start"].to_native() == date(2026, 4, 1)
    assert found["finish"].to_native() == datetime(2026, 6, 30, 12, 30)
    assert found["due"].to_native() == date(2026, 7, 31)
    assert (found["tags"], found["quote"]) == (["a", "b"], "Review the homes.")
    assert found["directorate"] == "Homes"
    # The successor depends on the predecessor; the gate belongs to the item.
    links = rows("MATCH (a)-[r:DEPENDS_ON]->(b) RETURN a.id AS a, b.id AS b, r.type AS type")
    assert sorted(map(tuple, (row.values() for row in links))) == [
        ("T.2", "T.1", "FS"),
        ("T.2", "T.1", "SS"),
    ]
    types = rows("MATCH ()-[r]->() RETURN type(r) AS type, count(r) AS number")
    assert {row["type"]: row["number"] for row in types} == {
        "PART_OF": 2, "DEPENDS_ON": 2, "ACCOUNTABLE_FOR": 1, "RESPONSIBLE_FOR": 1, "GATED_BY": 1,
        "OVERSEES": 1, "MEASURES": 1, "RELATES_TO": 1, "CITES": 1, "WAITS_FOR": 2,
        "VERSION_OF": 1,
    }  # fmt: skip


def test_the_same_plan_is_not_kept_twice(neo4j_store: Neo4jStore) -> None:
    first = neo4j_store.save(small())
    assert neo4j_store.save(small(), note="again", after=7) == first
    assert len(neo4j_store.versions("wex")) == 1


def test_what_a_version_no_longer_holds_is_closed_not_lost(neo4j_store: Neo4jStore) -> None:
    before = small()
    items = [dict(one) for one in SMALL["items"]]
    items[1]["title"] = "Review again"
    items.insert(1, {"id": "T.0", "kind": "milestone", "title": "Begin", "parent": "T"})
    after = small(items=items, links=SMALL["links"][1:], gates=[])
    neo4j_store.save(before)
    neo4j_store.save(after)
    assert neo4j_store.load("wex", 1) == before
    assert neo4j_store.load("wex", 2) == after
    states = neo4j_store.connection.rows(
        "MATCH (i:Item) RETURN i.id AS id, i.title AS title, i.from_version AS since, "
        "i.to_version AS until ORDER BY id, since"
    )
    assert [tuple(row.values()) for row in states] == [
        ("T", "Homes", 1, None),
        ("T.0", "Begin", 2, None),
        ("T.1", "Review", 1, 1),
        ("T.1", "Review again", 2, None),
        ("T.2", "Decide", 1, None),
    ]
    gate = neo4j_store.connection.rows("MATCH ()-[g:GATED_BY]->() RETURN g.to_version AS until")
    assert gate == [{"until": 1}]


def test_a_plan_that_goes_back_is_a_third_version(neo4j_store: Neo4jStore) -> None:
    plans = [small(), small(title="Other", links=[]), small()]
    numbers = [neo4j_store.save(plan).number for plan in plans]
    assert numbers == [1, 2, 3]
    assert [neo4j_store.load("wex", number) for number in numbers] == plans
    assert neo4j_store.delete("wex", 3) == 1
    assert [neo4j_store.load("wex", number) for number in (1, 2)] == plans[:2]
    open_links = neo4j_store.connection.rows(
        "MATCH ()-[r:DEPENDS_ON]->() WHERE r.to_version IS NULL RETURN count(r) AS n"
    )
    assert open_links == [{"n": 0}]  # the newest version has none
    assert neo4j_store.save(plans[2]).number == 4
    assert neo4j_store.delete("wex") == 3
    assert neo4j_store.connection.rows("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


@pytest.mark.parametrize(
    "text",
    ['it\'s "quoted"', "`back` \\ticks}", "😀 — naïve", "$plan // x", "y" * 10_000],
    ids=["quotes", "backticks", "emoji", "cypher", "long"],
)
def test_data_is_never_read_as_cypher(neo4j_store: Neo4jStore, text: str) -> None:
    name = text[:150]
    plan = Plan.model_validate(
        {
            "id": name,
            "title": text,
            "items": [
                {"id": name, "kind": "action", "title": text, "tags": [text]},
                {"id": "B", "kind": "milestone", "title": text, "x_`own": text},
            ],
            "links": [{"id": name, "from": name, "to": "B", "reason": text}],
            "relations": [{"from": name, "to": "B", "type": text}],
        }
    )
    neo4j_store.save(plan, note=text, author=text)
    assert neo4j_store.load(name) == plan
    scenario = Scenario(name=text, changes=(Slip(item="B", by=parse_span("2m")),))
    neo4j_store.save_scenario(name, scenario)
    assert [one.scenario for one in neo4j_store.scenarios(name)] == [scenario]


@SHARED
@given(document=DOCUMENTS)
def test_any_plan_comes_back_equal(neo4j_store: Neo4jStore, document: dict[str, Any]) -> None:
    wipe(neo4j_store)
    plan = Plan.model_validate(document)
    neo4j_store.save(plan)
    assert neo4j_store.load(plan.id) == plan


@SHARED
@given(first=DOCUMENTS, second=DOCUMENTS)
def test_any_two_versions_lie_side_by_side(
    neo4j_store: Neo4jStore, first: dict[str, Any], second: dict[str, Any]
) -> None:
    wipe(neo4j_store)
    plans = [Plan.model_validate({**one, "id": "csip"}) for one in _renamed(first, second)]
    numbers = [neo4j_store.save(plan).number for plan in plans]
    assert [neo4j_store.load("csip", number) for number in numbers] == plans


def _renamed(*documents: dict[str, Any]) -> list[dict[str, Any]]:
    """Leave relations to the plan itself out: its id is changed."""
    return [{key: one[key] for key in one if key != "relations"} for one in documents]


def test_the_csip_comes_back_whole(neo4j_store: Neo4jStore, csip_paper: Path) -> None:
    plan = load([csip_paper]).plan
    neo4j_store.save(plan)
    assert neo4j_store.load(plan.id) == plan


def test_a_schedule_of_4217_activities_comes_back_whole(
    neo4j_store: Neo4jStore, corpora: Path, tmp_path: Path
) -> None:
    plan = read_xer(_unpack(corpora, tmp_path)).plan
    assert sum(item.kind in {"activity", "milestone"} for item in plan.items) == 4217
    neo4j_store.save(plan)
    loaded = neo4j_store.load(plan.id)
    assert loaded == plan


def test_somebody_who_changed_it_there_is_told_of(neo4j_store: Neo4jStore) -> None:
    neo4j_store.save(small())
    neo4j_store.connection.write(
        lambda tx: tx.run("MATCH (i:Item {id: 'T.2'}) DETACH DELETE i").consume()
    )
    with pytest.raises(StoreError, match=r"not what was saved|cannot be used"):
        neo4j_store.load("wex")


def test_labels_and_indexes_are_there(neo4j_store: Neo4jStore) -> None:
    found = neo4j_store.connection.rows(
        "SHOW INDEXES YIELD name, labelsOrTypes, state WHERE name STARTS WITH 'knockon' "
        "RETURN labelsOrTypes[0] AS label, state"
    )
    assert {row["label"] for row in found} >= {kind.label for kind in STORED_NODES}
    assert "DEPENDS_ON" in TYPES


def test_it_is_a_store_like_any_other(neo4j_store: Neo4jStore, neo4j_server: Server) -> None:
    class OnNeo4j(StoreMachine):
        def open_store(self) -> Neo4jStore:
            store = open_again(neo4j_server)
            store._clock = self.clock
            if self.time == BEGIN and not self.kept:
                wipe(store)
            return store

    from hypothesis.stateful import run_state_machine_as_test  # noqa: PLC0415

    run_state_machine_as_test(
        OnNeo4j,
        settings=settings(
            max_examples=examples(6),
            stateful_step_count=20,
            suppress_health_check=list(HealthCheck),
        ),
    )


def _unpack(corpora: Path, folder: Path) -> Path:
    packed = corpora / "mpxj-cpm" / "p6-xer-viewer" / "Hotel Project.xer.gz"
    path = folder / "hotel.xer"
    path.write_bytes(gzip.decompress(packed.read_bytes()))
    return path


def test_scenarios_are_kept_and_taken_out(neo4j_store: Neo4jStore) -> None:
    neo4j_store.save(small())
    scenario = Scenario(name="Slip", changes=(Slip(item="T.1", by=parse_span("2w")),))
    assert neo4j_store.save_scenario("wex", scenario, author=" Ann ").author == "Ann"
    neo4j_store.delete_scenario("wex", "Slip")
    assert neo4j_store.scenarios("wex") == ()
    with pytest.raises(StoreError, match='no scenario "Slip"'):
        neo4j_store.delete_scenario("wex", "Slip")
    with pytest.raises(StoreError, match="the only one"):
        neo4j_store.delete("wex", 1)
    with pytest.raises(StoreError, match="holds no version 5"):
        neo4j_store.delete("wex", 5)


def test_a_list_of_days_and_hours_is_kept_as_text(neo4j_store: Neo4jStore) -> None:
    dates = ["2026-05-01", "2026-06-01T09:00"]
    board = {"id": "cab", "meetings": {"dates": dates, "rule": "FREQ=MONTHLY;BYDAY=3TU"}}
    plan = Plan.model_validate({"id": "p", "start": "2026-04-01", "boards": [board]})
    neo4j_store.save(plan)
    assert neo4j_store.load("p") == plan
    kept = neo4j_store.connection.rows("MATCH (b:Board) RETURN b.meetings_dates AS dates")
    assert kept == [{"dates": dates}]

"""Risk answers written back to Neo4j say what the simulation says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from graphmodel.plan import Plan
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from knockon.cli.main import run
from queries.cypher_library import ask, find_question
from queries.risk_graph import write_risk
from queries.scenario_graph import write_back
from simulations.risk.simulate import simulate
from simulations.whatif import what_if
from tests.neo4j.fixtures import open_again

if TYPE_CHECKING:
    import pytest

    from graphmodel.stores.neo4j_store import Neo4jStore
    from tests.neo4j.server import Server

WEEKS: dict[str, Any] = {"distribution": "triangular", "low": "4w", "mode": "5w", "high": "12w"}
PLAN: dict[str, Any] = {
    "id": "homes",
    "title": "Homes",
    "start": "2026-04-01",
    "must_finish": "2026-07-31",
    "items": [
        {"id": "A", "kind": "activity", "title": "Survey", "duration": "5w", "uncertainty": WEEKS},
        {"id": "B", "kind": "activity", "title": "Repair", "duration": "6w", "due": "2026-06-30"},
        {"id": "C", "kind": "activity", "title": "Train", "duration": "1w", "due": "2026-04-20"},
    ],
    "links": [{"from": "A", "to": "B"}],
    "officers": [{"id": "dh", "title": "Director of Homes"}],
    "assignments": [{"officer": "dh", "item": "A"}],
    "risks": [
        {
            "id": "asbestos",
            "title": "Asbestos",
            "probability": 0.4,
            "impacts": [
                {"item": "B", "delay": {"distribution": "uniform", "low": "2w", "high": "4w"}}
            ],
        }
    ],
}


def asked(store: Neo4jStore, name: str, **given: str) -> list[dict[str, Any]]:
    answer = ask(store, find_question(name), "homes", 1, given)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def test_the_odds_and_what_drives_them(neo4j_store: Neo4jStore) -> None:
    plan = Plan.model_validate(PLAN)
    neo4j_store.save(plan)
    slip = Scenario(name="Slip", changes=(Slip(item="A", by=parse_span("3w")),))
    write_back(neo4j_store, what_if(plan, slip), 1)
    write_risk(neo4j_store, simulate(plan, iterations=50), 1)
    answer = simulate(plan, iterations=400, seed=7)
    write_risk(neo4j_store, answer, 1)  # in the place of the one before

    odds = {one["target"]: one for one in asked(neo4j_store, "likely_late")}
    assert {name: (one["p_on_time"], one["p50"], one["p80"]) for name, one in odds.items()} == {
        one.id: (one.p_on_time, one.p50, one.p80) for one in answer.targets
    }
    assert {"homes", "B", "C"} == set(odds)
    assert (odds["B"]["iterations"], odds["B"]["seed"]) == (400, 7)
    # 6 weeks after 4 to 12: 30 June is kept where the survey takes under seven and no asbestos.
    assert 0 < odds["B"]["p_on_time"] < 1
    assert odds["C"]["p_on_time"] == 1  # nothing about it is uncertain
    late = asked(neo4j_store, "likely_late", below="1")
    assert {one["target"] for one in late} == {"homes", "B"}

    drivers = {one["driver"]: one for one in asked(neo4j_store, "risk_drivers")}
    assert {name: one["cost_days"] for name, one in drivers.items()} == {
        **{one.id: one.cost_days for one in answer.items if one.id != "C"},
        **{one.id: one.cost_days for one in answer.officers},
        **{one.id: one.cost_days for one in answer.risks},
    }
    assert drivers["A"]["cost_days"] > 0
    assert drivers["A"]["criticality_index"] == 1  # B waits for it in every iteration
    only = asked(neo4j_store, "risk_drivers", kind="Risk")
    assert [(one["driver"], one["probability"]) for one in only] == [("asbestos", 0.4)]
    # Beside it the scenario stands as it was, and is the only one.
    assert [one.scenario.name for one in neo4j_store.scenarios("homes")] == ["Slip"]
    assert asked(neo4j_store, "newly_late", scenario="Slip")
    neo4j_store.delete("homes")
    assert neo4j_store.connection.rows("MATCH (n) RETURN count(n) AS n") == [{"n": 0}]


def test_the_command_runs_the_plan_and_writes_back(
    neo4j_store: Neo4jStore,
    neo4j_server: Server,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("KNOCKON_STORE", neo4j_server.uri)
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    with open_again(neo4j_server) as store:
        store.save(Plan.model_validate(PLAN))
    assert run(["cypher", "likely_late", "homes", "--risk", "100", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)["rows"]
    assert rows[0]["target"] in {"homes", "B"}
    assert rows[0]["iterations"] == 100
    assert run(["cypher", "likely_late", "homes", "--param", "below=2"]) == 2
    assert "no number from 0 to 1" in capsys.readouterr().err

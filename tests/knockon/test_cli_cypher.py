"""``knockon cypher`` as a person uses it, on a real server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.planfile import write_plan
from knockon.cli.main import run
from tests.neo4j.test_neo4j_store import small

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.stores.neo4j_store import Neo4jStore
    from tests.neo4j.server import Server


@pytest.fixture
def served(
    neo4j_store: Neo4jStore, neo4j_server: Server, monkeypatch: pytest.MonkeyPatch
) -> Neo4jStore:
    """Give a server that the environment names, with a plan on it."""
    monkeypatch.setenv("KNOCKON_STORE", neo4j_server.uri)
    monkeypatch.setenv("NEO4J_USERNAME", neo4j_server.user)
    monkeypatch.setenv("NEO4J_PASSWORD", neo4j_server.password)
    neo4j_store.save(small())
    return neo4j_store


def told(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["cypher", *args]) == 0
    return capsys.readouterr().out


def refused(capsys: pytest.CaptureFixture[str], *args: str) -> str:
    assert run(["cypher", *args]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_the_list_names_every_question(capsys: pytest.CaptureFixture[str]) -> None:
    listed = told(capsys, "--list")
    assert listed == told(capsys)
    for name in ("upstream", "bottleneck_owners", "newly_late", "version_dates"):
        assert f"\n{name}\n" in listed
    assert all(len(line) <= 80 for line in listed.splitlines())
    packed = json.loads(told(capsys, "--list", "--json"))
    assert {"name", "about", "parameters", "cypher"} <= set(packed["questions"][0])
    assert "MATCH (asked:Item" in told(capsys, "upstream", "--show")


def test_an_answer_in_words_and_for_machines(
    served: Neo4jStore, capsys: pytest.CaptureFixture[str]
) -> None:
    words = told(capsys, "upstream", "wex", "--param", "item=T.2")
    assert "wex, version 1: 1 row." in words
    assert "from: T.1; to: T.2" in words
    packed = json.loads(told(capsys, "upstream", "wex", "--param", "item=T.2", "--json"))
    assert packed["version"] == 1
    row: dict[str, Any] = packed["rows"][0]
    assert (row["from"], row["to"], row["type"], row["lag"]) == ("T.1", "T.2", "FS", "2w")
    dated = json.loads(told(capsys, "loose-ends", "wex", "--json"))["rows"]
    assert [one["item"] for one in dated] == ["T.2"]


def test_a_plan_file_stands_for_its_plan_in_the_store(
    served: Neo4jStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_plan(small(), tmp_path / "plan.json")
    assert "1 row" in told(capsys, "gates_by_board", str(tmp_path / "plan.json"))


def test_a_scenario_is_written_back_and_asked_about(
    served: Neo4jStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = {
        "schema": "knockon/scenario@1",
        "name": "Late review",
        "changes": [{"op": "slip", "item": "T.1", "by": "3m"}],
    }
    (tmp_path / "slip.json").write_text(json.dumps(scenario), encoding="utf-8")
    args = ("newly_late", "wex", "--scenario", str(tmp_path / "slip.json"), "--json")
    rows = json.loads(told(capsys, *args))["rows"]
    assert [(one["item"], one["newly_late"]) for one in rows] == [("T.1", True)]
    assert [one.scenario.name for one in served.scenarios("wex")] == ["Late review"]


def test_what_cannot_be_asked_is_one_sentence(
    served: Neo4jStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert 'holds no plan "wx": did you mean "wex"?' in refused(capsys, "why", "wx")
    assert "holds no version 7" in refused(capsys, "loose_ends", "wex", "--version", "7")
    asked = ("version_dates", "wex", "--param", "against=5")
    assert 'holds no version 5 of "wex"' in refused(capsys, *asked)
    assert "must be told item" in refused(capsys, "upstream", "wex")
    assert 'no item "T.9"' in refused(capsys, "upstream", "wex", "--param", "item=T.9")
    assert "nothing of the kind" in told(capsys, "crossings", "wex")
    assert "Homes let" in told(
        capsys, "metrics_on_officer", "wex", "--param", "officer=director of homes"
    )
    assert "is no parameter" in refused(capsys, "upstream", "wex", "--param", "item")
    assert "Say of which plan" in refused(capsys, "upstream")
    local = str(tmp_path / "local.store")
    assert run(["push", "examples/wexcombe-csip.txt", "--store", local]) == 0
    capsys.readouterr()
    assert "asked of a Neo4j server" in refused(capsys, "upstream", "csip", "--store", local)

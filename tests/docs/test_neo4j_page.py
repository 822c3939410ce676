"""The page on Neo4j says what the store does; its dashboard asks what a server understands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmodel.kinds import EDGE_KINDS, NODE_KINDS
from tests.neo4j.test_neo4j_store import small
from tools.neo4j_model import PAGE, fill

if TYPE_CHECKING:
    from graphmodel.stores.neo4j_store import Neo4jStore

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "neo4j"


def read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def test_the_model_on_the_page_is_that_of_the_table() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert fill(page) == page
    for kind in NODE_KINDS:
        assert f"| `{kind.label}` |" in page
    for relation in EDGE_KINDS:
        assert all(f"`{one}`" in page for one in relation.types)


def test_the_perspective_shows_labels_and_types_that_there_are() -> None:
    perspective = read("bloom-perspective.json")
    labels = {kind.label for kind in NODE_KINDS} | {"Scenario"}
    labels |= {one for kind in NODE_KINDS for one in kind.sorts.values()}
    types = {one for relation in EDGE_KINDS for one in relation.types} | {"MOVES"}
    assert {one["name"] for one in perspective["categories"]} <= labels
    assert {one["name"] for one in perspective["relationshipTypes"]} <= types


def test_every_report_of_the_dashboard_has_an_answer(neo4j_store: Neo4jStore) -> None:
    neo4j_store.save(small())
    reports = [one for page in read("neodash-dashboard.json")["pages"] for one in page["reports"]]
    for report in reports:
        rows = neo4j_store.connection.values(report["query"], neodash_plan_id="wex", input="w")
        assert rows, report["title"]
    for template in read("bloom-perspective.json")["templates"]:
        assert neo4j_store.connection.values(template["cypher"], plan="wex", item="T.1")

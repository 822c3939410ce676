"""The page on Neo4j says what the store does; what it hands out asks what a server understands."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from graphmodel.kinds import EDGE_KINDS, NODE_KINDS
from graphmodel.plan import Plan
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from queries.risk_graph import write_risk
from queries.scenario_graph import write_back
from simulations.risk.simulate import simulate
from simulations.whatif import what_if
from tests.neo4j.test_neo4j_risk import PLAN
from tools.neo4j_model import PAGE, fill
from tools.neo4j_views import PERSPECTIVE, make_perspective

if TYPE_CHECKING:
    from graphmodel.stores.neo4j_store import Neo4jStore

#: Columns of NeoDash's grid, and the reports of its own that the dashboard uses.
GRID = 24
REPORTS = {"select", "table", "pie", "bar", "graph"}
BOARD = {"boards": [{"id": "cab", "title": "Cabinet"}], "gates": [{"item": "B", "board": "cab"}]}
#: A plan in which every search phrase and every report finds something.
FULL: dict[str, Any] = {
    **PLAN,
    **BOARD,
    "items": [
        {"id": "T", "kind": "theme", "title": "Homes"},
        *({**item, "parent": "T"} for item in PLAN["items"]),
    ],
}
CHOSEN = {"plan": "homes", "scenario": "Slip", "officer": "Director of Homes", "board": "Cabinet"}
ITEMS = {"what waits for": "A", "what holds up": "B", "what is part of": "T"}


def read(name: str) -> Any:
    return json.loads((PERSPECTIVE.parent / name).read_text(encoding="utf-8"))


def fill_store(store: Neo4jStore) -> None:
    """Save a plan with a scenario and the odds written back."""
    plan = Plan.model_validate(FULL)
    store.save(plan)
    slip = Scenario(name="Slip", changes=(Slip(item="A", by=parse_span("3w")),))
    write_back(store, what_if(plan, slip), 1)
    write_risk(store, simulate(plan, iterations=50), 1)


def told_in(cypher: str) -> set[str]:
    return set(re.findall(r"\$(\w+)", cypher))


def test_the_model_on_the_page_is_that_of_the_table() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert fill(page) == page
    for kind in NODE_KINDS:
        assert f"| `{kind.label}` |" in page
    for relation in EDGE_KINDS:
        assert all(f"`{one}`" in page for one in relation.types)


def test_the_perspective_is_that_of_the_table() -> None:
    assert PERSPECTIVE.read_text(encoding="utf-8") == make_perspective()
    perspective = read(PERSPECTIVE.name)
    labels = {kind.label for kind in NODE_KINDS} | {"Scenario"}
    labels |= {one for kind in NODE_KINDS for one in kind.sorts.values()}
    assert {one["name"] for one in perspective["categories"]} == labels - {"Item"}
    types = {one for relation in EDGE_KINDS for one in relation.types}
    assert {one["name"] for one in perspective["relationshipTypes"]} > types
    for template in perspective["templates"]:
        named = [one["name"].removeprefix("$") for one in template["params"]]
        assert set(named) == told_in(template["text"]) == told_in(template["cypher"])


def test_every_search_phrase_finds_something(neo4j_store: Neo4jStore) -> None:
    fill_store(neo4j_store)
    for template in read(PERSPECTIVE.name)["templates"]:
        item = next((one for text, one in ITEMS.items() if template["text"].startswith(text)), None)
        given = {**CHOSEN, "item": item}
        rows = neo4j_store.connection.values(template["cypher"], **given)
        assert rows, template["text"]
        for param in template["params"]:  # what it suggests to a person is there
            label, key = param["suggestionLabel"], param["suggestionProp"]
            wanted = given[param["name"].removeprefix("$")]
            query = f"MATCH (n:{label} {{{key}: $wanted}}) RETURN n.{key}"
            assert neo4j_store.connection.values(query, wanted=wanted)


def test_every_report_of_the_dashboard_has_an_answer(neo4j_store: Neo4jStore) -> None:
    fill_store(neo4j_store)
    pages = read("neodash-dashboard.json")["pages"]
    reports = [one for page in pages for one in page["reports"]]
    given = {"neodash_plan_id": "homes", "neodash_scenario_name": "Slip"}
    asked_for = {
        one["settings"]["parameterName"] for one in reports if one["settings"].get("parameterName")
    }
    assert asked_for == set(given)
    for report in reports:
        assert report["type"] in REPORTS
        assert told_in(report["query"]) <= {*given, "input"}
        columns, rows = neo4j_store.connection.table(report["query"], **given, input="")
        assert rows, report["title"]
        chosen = {value for key, value in report["selection"].items() if key in {"index", "value"}}
        assert chosen <= set(columns)
        assert bool(chosen) == (report["type"] in {"pie", "bar"})
        if report["type"] == "select":
            assert columns == ["value", "display"]


def test_the_reports_of_a_page_lie_side_by_side() -> None:
    for page in read("neodash-dashboard.json")["pages"]:
        taken: set[tuple[int, int]] = set()
        for report in page["reports"]:
            cells = {
                (report["x"] + right, report["y"] + down)
                for right in range(report["width"])
                for down in range(report["height"])
            }
            assert max(x for x, _ in cells) < GRID
            assert not cells & taken, report["title"]
            taken |= cells

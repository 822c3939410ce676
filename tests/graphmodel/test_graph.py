"""The graph of a plan: what its nodes and edges are, and who waits for whom."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

import graphmodel.graph
import graphmodel.words
from graphmodel.entity import Entity
from graphmodel.errors import UnknownIdError
from graphmodel.graph import PlanGraph
from graphmodel.kinds import EDGE_KINDS, NODE_KINDS, Node
from graphmodel.planfile import parse_plan
from tests.knockon.council import council

if TYPE_CHECKING:
    from graphmodel.kinds import Key
    from graphmodel.links import LinkState
    from graphmodel.plan import Plan


@pytest.fixture(scope="module")
def graph() -> PlanGraph:
    return PlanGraph.of(council())


def _plan(items: list[dict[str, Any]], links: list[dict[str, Any]], **rest: Any) -> Plan:
    full = [{"kind": "milestone", "title": item["id"], **item} for item in items]
    content = {"schema": "knockon/plan@1", "id": "p", "items": full, "links": links, **rest}
    return parse_plan(json.dumps(content))


@pytest.mark.parametrize("module", [graphmodel.graph, graphmodel.words])
def test_examples_in_docstrings(module: Any) -> None:
    result = doctest.testmod(module)
    assert result.attempted
    assert not result.failed


def test_nodes_are_the_plans_entities(graph: PlanGraph) -> None:
    plan = graph.plan
    kinds = [data["kind"] for _, data in graph.nx.nodes(data=True)]
    assert kinds == (
        ["item"] * 6 + ["officer"] * 2 + ["board"] * 2 + ["metric", "risk", "source", "plan"]
    )
    assert graph.nx.nodes["A.1"]["entity"] is plan.index.item("A.1")
    assert graph.nx.nodes[Node("board", "cab")]["entity"] is plan.boards[1]
    assert graph.nx.nodes[Node("plan", "wex")]["entity"] is plan


EDGES: dict[str, list[tuple[Key, Key]]] = {
    "part_of": [("A", "T"), ("A.1", "A"), ("A.2", "A"), ("A.3", "A"), ("A.4", "A")],
    "precedes": [("A.1", "A.2"), ("A.3", "A.4"), ("A.4", "A.1")],
    "assigned_to": [(Node("officer", "cx"), "T"), (Node("officer", "dasc"), "A")],
    "succeeded_by": [],
    "gates": [(Node("board", "cab"), "A.2")],
    "oversees": [(Node("board", "ib"), "T")],
    "reports_to": [(Node("board", "ib"), Node("board", "cab"))],
    "relates_to": [(Node("board", "ib"), Node("plan", "wex"))],
    "measures": [(Node("metric", "m1"), "A")],
    "hits": [(Node("risk", "r1"), "A.1")],
    "stated_in": [("A.1", Node("source", "s1"))],
}


@pytest.mark.parametrize("relation", [kind.name for kind in EDGE_KINDS])
def test_edges_of_each_relation(graph: PlanGraph, relation: str) -> None:
    edges: Any = graph.nx.edges(data="relation")
    found = [(start, end) for start, end, name in edges if name == relation]
    assert sorted(found, key=str) == EDGES[relation]


def test_node_and_edge_data_is_one_frozen_entity_and_its_kind(graph: PlanGraph) -> None:
    for _, data in graph.nx.nodes(data=True):
        assert set(data) == {"kind", "entity"}
        assert isinstance(data["entity"], Entity)
    for _, _, data in graph.nx.edges(data=True):
        assert set(data) == {"relation", "entity"}
        assert isinstance(data["entity"], Entity)


def test_edges_join_the_kinds_they_declare(graph: PlanGraph) -> None:
    declared = {kind.name: kind for kind in EDGE_KINDS}
    for start, end, data in graph.nx.edges(data=True):
        assert graph.nx.nodes[start]["kind"] in declared[data["relation"]].starts
        assert graph.nx.nodes[end]["kind"] in declared[data["relation"]].ends


def test_tables_are_well_formed() -> None:
    nodes, edges = {kind.name for kind in NODE_KINDS}, [kind.name for kind in EDGE_KINDS]
    assert len(nodes) == len(NODE_KINDS)
    assert len(set(edges)) == len(edges)
    for kind in EDGE_KINDS:
        assert set(kind.starts) | set(kind.ends) <= nodes
        assert kind.about.endswith(".")


def test_an_officer_and_an_item_may_share_an_id() -> None:
    plan = _plan([{"id": "A"}], [], officers=[{"id": "A"}], boards=[{"id": "A"}])
    assert list(PlanGraph.of(plan).nx) == ["A", Node("officer", "A"), Node("board", "A")]


def test_an_officer_is_succeeded() -> None:
    plan = _plan([], [], officers=[{"id": "new"}, {"id": "old", "successor": "new"}])
    ((start, end, data),) = PlanGraph.of(plan).nx.edges(data=True)
    assert (start, end) == (Node("officer", "old"), Node("officer", "new"))
    assert data["relation"] == "succeeded_by"


def test_a_relation_means_the_board_where_an_item_has_the_same_id() -> None:
    plan = _plan(
        [{"id": "X"}],
        [],
        boards=[{"id": "X"}],
        officers=[{"id": "Y"}],
        relations=[{"from": "X", "to": "Y", "type": "informs"}],
    )
    edges = list(PlanGraph.of(plan).nx.edges())
    assert edges == [(Node("board", "X"), Node("officer", "Y"))]


def test_parallel_links_are_parallel_edges() -> None:
    links = [{"from": "a", "to": "b"}, {"from": "a", "to": "b", "type": "SS"}]
    graph = PlanGraph.of(_plan([{"id": "a"}, {"id": "b"}], links))
    assert [data["entity"].type for *_, data in graph.nx.edges(data=True)] == ["FS", "SS"]
    assert [link.type for link in graph.predecessors_of("b")] == ["FS", "SS"]


def test_the_graph_is_frozen_and_a_copy_is_not(graph: PlanGraph) -> None:
    with pytest.raises(nx.NetworkXError):
        graph.nx.add_node("new")
    mine: nx.MultiDiGraph[Key] = nx.MultiDiGraph(graph.nx)
    mine.add_node("new")
    assert "new" not in graph.nx


def test_two_builds_stand_in_the_same_order() -> None:
    first, second = PlanGraph.of(council()).nx, PlanGraph.of(council()).nx
    assert list(first.nodes) == list(second.nodes)
    assert list(first.edges(keys=True)) == list(second.edges(keys=True))


def test_dependencies_by_state_and_confidence(graph: PlanGraph) -> None:
    def edges(*states: Any, least: float = 0.0) -> list[tuple[Any, Any]]:
        return list(graph.dependencies(states or ("accepted",), least).edges())

    assert edges() == [("A.1", "A.2")]
    assert edges("accepted", "proposed") == [("A.1", "A.2"), ("A.4", "A.1")]
    assert edges("accepted", "proposed", least=0.7) == [("A.1", "A.2"), ("A.4", "A.1")]
    assert edges("accepted", "proposed", least=0.71) == [("A.1", "A.2")]
    assert edges("rejected", least=1.0) == [("A.3", "A.4")]
    assert list(graph.dependencies()) == ["T", "A", "A.1", "A.2", "A.3", "A.4"]


def test_predecessors_and_successors(graph: PlanGraph) -> None:
    assert [link.from_ for link in graph.predecessors_of("A.2")] == ["A.1"]
    assert [link.to for link in graph.successors_of("A.1")] == ["A.2"]
    assert graph.successors_of("A.4") == ()
    proposed: tuple[LinkState, ...] = ("proposed",)
    assert [link.to for link in graph.successors_of("A.4", proposed)] == ["A.1"]


def test_upstream_and_downstream(graph: PlanGraph) -> None:
    assert graph.upstream("A.2") == ("A.1",)
    assert graph.downstream("A.1") == ("A.2", "A", "T")
    both: tuple[LinkState, ...] = ("accepted", "proposed")
    assert graph.upstream("A.2", both) == ("A.1", "A.4")
    assert set(graph.upstream("T")) == {"A", "A.1", "A.2", "A.3", "A.4"}


def test_path_between(graph: PlanGraph) -> None:
    assert graph.path_between("A.1", "T") == ("A.1", "A", "T")
    assert graph.path_between("T", "A.1") == ()
    assert graph.path_between("A.4", "A.2") == ()
    assert graph.path_between("A.4", "A.2", ("accepted", "proposed")) == ("A.4", "A.1", "A.2")


@pytest.mark.parametrize("method", ["predecessors_of", "successors_of", "upstream", "downstream"])
def test_an_unknown_item_is_named(graph: PlanGraph, method: str) -> None:
    with pytest.raises(UnknownIdError, match=r'no item.* "A\.9"'):
        getattr(graph, method)("A.9")


def test_a_path_to_an_unknown_item_is_an_error(graph: PlanGraph) -> None:
    with pytest.raises(UnknownIdError, match=r'no item "nix"'):
        graph.path_between("A", "nix")


FAMILY = [{"id": "p"}, {"id": "P"}, {"id": "P.1", "parent": "P"}, {"id": "P.2", "parent": "P"}]


@pytest.mark.parametrize(
    ("mode", "kind", "waiting"),
    [
        ("finish", "FS", {"P"}),  # 5.3.4: the parent's finish alone
        ("leaves", "FS", {"P", "P.1", "P.2"}),  # 5.3.4: the start of every leaf
        ("leaves", "SS", {"P", "P.1", "P.2"}),
        ("leaves", "FF", {"P"}),  # a finish-type link bounds the parent's finish
    ],
)
def test_a_link_into_a_parent_holds_what_the_option_says(
    mode: str, kind: str, waiting: set[str]
) -> None:
    plan = _plan(FAMILY, [{"from": "p", "to": "P", "type": kind}], options={"parent_links": mode})
    assert set(PlanGraph.of(plan).waits().successors("p")) == waiting


def test_a_register_row_between_two_parents_holds_the_leaves() -> None:
    items = [*FAMILY, {"id": "p.1", "parent": "p"}]
    plan = _plan(items, [{"from": "p", "to": "P", "origin": "register"}])
    assert PlanGraph.of(plan).downstream("p.1") == ("p", "P", "P.1", "P.2")


@given(
    st.integers(2, 12).flatmap(
        lambda size: st.sets(
            st.tuples(st.integers(0, size - 1), st.integers(0, size - 1)).filter(
                lambda ends: ends[0] < ends[1]
            )
        ).map(lambda edges: (size, edges))
    )
)
def test_upstream_and_downstream_are_those_of_networkx(
    case: tuple[int, set[tuple[int, int]]],
) -> None:
    size, edges = case
    links = [{"from": f"i{a}", "to": f"i{b}"} for a, b in edges]
    graph = PlanGraph.of(_plan([{"id": f"i{number}"} for number in range(size)], links))
    other: nx.DiGraph[int] = nx.DiGraph()
    other.add_edges_from(edges)
    other.add_nodes_from(range(size))
    for number in range(size):
        up, down = graph.upstream(f"i{number}"), graph.downstream(f"i{number}")
        assert set(up) == {f"i{one}" for one in nx.ancestors(other, number)}
        assert set(down) == {f"i{one}" for one in nx.descendants(other, number)}
        assert len(up) == len(set(up))


def test_networkx_is_imported_only_when_a_graph_is_built() -> None:
    code = "import sys, graphmodel.graph; raise SystemExit('networkx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

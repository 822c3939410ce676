"""Routes, common causes, loose ends, weak links and borders, on maps read by eye and by laws."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import UnknownIdError
from graphmodel.graph import PlanGraph
from graphmodel.kinds import Node
from graphmodel.mapquestions import group_of
from graphmodel.planfile import parse_plan
from tests.knockon.council import council

if TYPE_CHECKING:
    from graphmodel.plan import Plan


def draw(links: str, *, parents: dict[str, str] | None = None, **rest: Any) -> Plan:
    """A plan of one-letter items, in the order of the alphabet, and links such as ``ab bc``."""
    above = parents or {}
    names = sorted({*links.replace(" ", ""), *above, *above.values()})
    items = [
        {"id": one, "kind": "milestone", "title": one, "parent": above.get(one)} for one in names
    ]
    joined = [{"from": pair[0], "to": pair[1]} for pair in links.split()]
    content = {"schema": "knockon/plan@1", "id": "p", "items": items, "links": joined, **rest}
    return parse_plan(json.dumps(content))


def test_all_routes_shortest_first() -> None:
    graph = PlanGraph.of(draw("ab bd ac cd ad de"))
    assert graph.routes_between("a", "d") == (("a", "d"), ("a", "b", "d"), ("a", "c", "d"))
    assert graph.routes_between("a", "d", most=1) == (("a", "d"),)
    assert graph.routes_between("d", "a") == ()
    assert graph.routes_between("a", "a") == ()


def test_routes_run_through_the_breakdown_and_links_side_by_side_are_one() -> None:
    graph = PlanGraph.of(draw("ab ab", parents={"b": "z"}))
    assert graph.routes_between("a", "z") == (("a", "b", "z"),)


def test_what_two_items_both_wait_for_nearest_first() -> None:
    graph = PlanGraph.of(draw("ab bc bd ce df"))
    assert graph.common_upstream("e", "f") == ("b", "a")
    assert graph.common_upstream("a", "f") == ()


def test_of_two_items_in_a_chain_neither_is_a_common_cause() -> None:
    assert PlanGraph.of(draw("ab bc")).common_upstream("b", "c") == ("a",)


@pytest.mark.parametrize("ids", [("a", "x"), ("x", "a")])
def test_unknown_items_are_told(ids: tuple[str, str]) -> None:
    graph = PlanGraph.of(draw("ab"))
    for ask in (graph.common_upstream, graph.routes_between):
        with pytest.raises(UnknownIdError, match='no item "x"'):
            ask(*ids)


def test_objectives_and_metrics_that_hang_on_an_item() -> None:
    items = [
        {"id": "T", "kind": "theme", "title": "T"},
        {"id": "T1", "kind": "objective", "title": "T1", "parent": "T"},
        {"id": "T2", "kind": "objective", "title": "T2", "parent": "T"},
        {"id": "a", "kind": "milestone", "title": "a", "parent": "T1"},
        {"id": "b", "kind": "milestone", "title": "b", "parent": "T2"},
        {"id": "c", "kind": "milestone", "title": "c", "parent": "T2"},
    ]
    metrics = [{"id": one, "item": one, "title": one} for one in ("T1", "T2", "T")]
    graph = PlanGraph.of(draw("ab", items=items, metrics=metrics))
    objectives, found = graph.effects_of("a")
    assert objectives == ("T1", "T2")
    assert [metric.id for metric in found] == ["T1", "T2", "T"]
    objectives, found = graph.effects_of("c")
    assert objectives == ("T2",)
    assert [metric.id for metric in found] == ["T2", "T"]


def test_loose_ends_are_leaves_that_nothing_waits_for_either_way() -> None:
    plan = draw("ab zc", parents={"d": "z", "e": "y"})  # c waits for z, so for its part d
    assert PlanGraph.of(plan).loose_ends() == ("b", "c", "e")


def test_links_whose_loss_splits_the_map() -> None:
    # two triangles joined by one link, and a tail of one item
    graph = PlanGraph.of(draw("ab bc ac cd de ef df fg"))
    assert [(one.link.name, one.cut_off) for one in graph.splitting_links()] == [
        ("c → d (FS)", ("a", "b", "c"))
    ]


def test_a_link_with_another_beside_it_splits_nothing() -> None:
    assert PlanGraph.of(draw("ab bc cd bc")).splitting_links() == ()
    assert len(PlanGraph.of(draw("ab bc cd")).splitting_links()) == 1


@given(st.lists(st.sampled_from(list(combinations("abcdefghij", 2))), max_size=20))
def test_a_link_splits_the_map_if_its_loss_makes_more_parts(pairs: list[tuple[str, str]]) -> None:
    plan = draw(" ".join("".join(pair) for pair in pairs), parents={"k": "l"})
    found = {(one.link.from_, one.link.to): one for one in PlanGraph.of(plan).splitting_links()}
    whole: nx.MultiGraph[str] = nx.MultiGraph(pairs)
    for pair in set(pairs):
        less = whole.copy()
        less.remove_edge(*pair)
        sides = [nx.node_connected_component(less, end) for end in pair]
        splits = sides[0] != sides[1]
        cut_off = min(map(len, sides))
        assert (pair in found) == (splits and cut_off > 1)
        if pair in found:
            assert len(found[pair].cut_off) == cut_off
            assert set(found[pair].cut_off) in sides


def test_links_across_themes() -> None:
    plan = draw("ab bc", parents={"a": "x", "b": "x", "c": "y"})
    (crossing,) = PlanGraph.of(plan).crossings("theme")
    assert (crossing.link.name, crossing.from_, crossing.to) == ("b → c (FS)", "x", "y")


def test_links_across_directorates_and_what_belongs_to_none() -> None:
    plan = draw(
        "ab bc cd",
        parents={"d": "z"},
        officers=[
            {"id": "o", "title": "O", "directorate": "Adults"},
            {"id": "p", "title": "P", "directorate": "Homes"},
        ],
        assignments=[
            {"officer": "o", "item": "a"},
            {"officer": "p", "item": "b"},
            {"officer": "o", "item": "c"},
            {"officer": "p", "item": "c"},
        ],
    )
    assert [group_of(plan, one, "directorate") for one in "abcd"] == ["Adults", "Homes", None, None]
    (crossing,) = PlanGraph.of(plan).crossings("directorate")
    assert (crossing.from_, crossing.to) == ("Adults", "Homes")


def test_a_stated_division_stands_in_for_a_directorate() -> None:
    items = [
        {"id": "a", "kind": "action", "title": "a", "division": "Finance"},
        {"id": "b", "kind": "milestone", "title": "b", "parent": "a"},
    ]
    assert group_of(draw("", items=items), "b", "directorate") == "Finance"


def test_a_plan_of_a_portfolio_is_no_theme() -> None:
    items = [
        {"id": "p", "kind": "plan", "title": "p"},
        {"id": "t", "kind": "theme", "title": "t", "parent": "p"},
        {"id": "a", "kind": "milestone", "title": "a", "parent": "t"},
    ]
    plan = draw("", items=items)
    assert [group_of(plan, one, "theme") for one in ("a", "t", "p")] == ["t", "t", "p"]


def test_proposed_links_are_looked_at_where_asked() -> None:
    graph = PlanGraph.of(council())
    assert len(graph.crossings("theme")) == 0
    assert len(graph.loose_ends()) >= len(graph.loose_ends(("accepted", "proposed")))


def test_what_officers_boards_and_metrics_wait_for_and_hold_up() -> None:
    plan = draw(
        "ab bc cd xb",
        officers=[{"id": "o", "title": "Head of B"}],
        assignments=[{"officer": "o", "item": "b"}, {"officer": "o", "item": "c"}],
        boards=[{"id": "y", "title": "Board", "oversees": ["c"]}],
        metrics=[{"id": "m", "item": "d", "title": "Metric"}],
    )
    graph = PlanGraph.of(plan)
    assert (set(graph.upstream("Head of B")), graph.downstream("o")) == ({"a", "x"}, ("d",))
    assert (graph.upstream("y")[0], graph.downstream("Board")) == ("b", ("d",))
    assert graph.upstream("m")[:2] == ("c", "b")


def test_the_golden_thread_as_keys() -> None:
    plan = draw(
        "",
        parents={"a": "z"},
        sources=[{"id": "s", "title": "Council plan"}],
        boards=[{"id": "y", "title": "Board"}],
        relations=[
            {"from": "p", "to": "s", "type": "part_of"},
            {"from": "z", "to": "y", "type": "supports"},
            {"from": "s", "to": "a", "type": "supports"},
            {"from": "p", "to": "y", "type": "informs"},
        ],
    )
    graph = PlanGraph.of(plan)
    assert graph.golden_thread("a") == (
        "a", "z", Node("plan", "p"), Node("board", "y"), Node("source", "s"), "a",
    )  # fmt: skip
    with pytest.raises(UnknownIdError, match='no item "x"'):
        graph.golden_thread("x")

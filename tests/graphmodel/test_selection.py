"""Which links are used: rejected never, proposed by falling confidence while no circle closes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import CycleError
from graphmodel.items import Item
from graphmodel.links import Link
from graphmodel.ordering import EventOrder
from graphmodel.plan import Plan
from graphmodel.selection import select_links

if TYPE_CHECKING:
    from collections.abc import Iterable


def make_plan(
    names: Iterable[str], links: list[Link], parents: dict[str, str] | None = None
) -> Plan:
    items = tuple(
        Item(id=name, kind="action", title=name, parent=(parents or {}).get(name)) for name in names
    )
    return Plan(id="p", items=items, links=tuple(links))


def link(ends: str, state: str = "accepted", confidence: float = 1.0) -> Link:
    return Link.model_validate(
        {"from": ends[0], "to": ends[1], "state": state, "confidence": confidence}
    )


def test_proposed_links_come_in_by_falling_confidence() -> None:
    links = [
        link("ba", "proposed", 0.4),
        link("bc", "proposed", 0.6),
        link("ab"),
        link("ca", "proposed", 0.5),
        link("ac", "rejected"),
        link("cd", "proposed", 0.5),
    ]
    chosen = select_links(make_plan("abcd", links), use="proposed")
    assert chosen.links == (links[1], links[2], links[5])
    assert [problem.code for problem in chosen.skipped] == ["proposed-link-cycle"] * 2
    assert chosen.skipped[0].items == ("a", "b", "c")
    assert chosen.skipped[0].message == (
        "The proposed link c → a (FS), confidence 0.5, is not used: it would close a circle: "
        "a → b (FS); b → c (FS); c → a (FS)."
    )
    assert chosen.skipped[1].items == ("a", "b")


def test_equal_confidence_counts_in_the_order_of_the_file() -> None:
    links = [link("ab", "proposed", 0.5), link("ba", "proposed", 0.5)]
    assert select_links(make_plan("ab", links), use="proposed").links == (links[0],)
    assert select_links(make_plan("ab", links[::-1]), use="proposed").links == (links[1],)


def test_accepted_links_only_unless_asked() -> None:
    links = [link("ab"), link("bc", "proposed"), link("cd", "rejected")]
    assert select_links(make_plan("abcd", links)).links == (links[0],)


def test_least_confidence_is_for_proposed_links_alone() -> None:
    links = [link("ab", confidence=0.1), link("bc", "proposed", 0.79), link("cd", "proposed", 0.8)]
    chosen = select_links(make_plan("abcd", links), use="proposed", min_confidence=0.8)
    assert chosen.links == (links[0], links[2])
    assert chosen.skipped == ()


@pytest.mark.parametrize("use", ["accepted", "proposed"])
def test_accepted_links_in_a_circle_are_an_error(use: str) -> None:
    plan = make_plan("abc", [link("ab"), link("bc"), link("ca")])
    with pytest.raises(CycleError, match="3 items") as caught:
        select_links(plan, use=use)  # type: ignore[arg-type]
    assert caught.value.steps == ("a → b (FS)", "b → c (FS)", "c → a (FS)")


def test_a_proposed_link_may_not_close_a_circle_through_a_parent() -> None:
    plan = make_plan("apq", [link("aq"), link("qp", "proposed")], parents={"p": "a"})
    chosen = select_links(plan, use="proposed")
    assert chosen.links == (plan.links[0],)
    assert "p is part of a" in chosen.skipped[0].message


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")).filter(
            lambda pair: pair[0] != pair[1]
        ),
        max_size=60,
    ),
    st.permutations("abcdefgh"),
)
def test_adding_one_by_one_agrees_with_networkx(pairs: list[tuple[str, str]], names: str) -> None:
    """A link is refused exactly when networkx already knows a path from its end to its start."""
    order = EventOrder(make_plan(names, []))
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(names)
    for tail, head in pairs:
        closes = nx.has_path(graph, head, tail)
        refused = order.add(link(tail + head))
        assert (refused is not None) == closes
        if refused is None:
            graph.add_edge(tail, head)
        else:
            assert len(refused.items) == nx.shortest_path_length(graph, head, tail) + 1
            assert link(tail + head).name in refused.steps
    assert nx.is_directed_acyclic_graph(graph)


def test_an_order_can_leave_out_what_closes_circles() -> None:
    """The first links of the file stay; a link refused later is told with those that stayed."""
    links = [link("ab"), link("bc"), link("ca"), link("ba")]
    order = EventOrder.leaving_out(make_plan("abcd", links), links)
    assert order.add(link("ac")) is None
    refused = order.add(link("ca"))
    assert refused is not None
    assert refused.steps == ("a → c (FS)", "c → a (FS)")

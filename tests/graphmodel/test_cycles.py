"""Circles of dependencies: found when networkx finds one, and told step by step."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.cycles import find_cycle
from graphmodel.events import bounds_leaves
from graphmodel.items import Item
from graphmodel.links import LINK_TYPES, Link
from graphmodel.plan import Options, Plan
from graphmodel.references import link_fault


def make_plan(parents: dict[str, str | None], links: list[Link], **options: str) -> Plan:
    items = tuple(
        Item(id=name, kind="action", title=f"Work {name}", parent=parent)
        for name, parent in parents.items()
    )
    return Plan(id="p", items=items, links=tuple(links), options=Options.model_validate(options))


def link(tail: str, head: str, kind: str = "FS", **more: object) -> Link:
    return Link.model_validate({"from": tail, "to": head, "type": kind, **more})


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a breakdown of up to twelve items with links of every type and origin."""
    size = draw(st.integers(1, 12))
    parents: dict[str, str | None] = {}
    for number in range(size):
        above = draw(st.one_of(st.none(), st.sampled_from(list(parents)))) if parents else None
        parents[f"i{number}"] = above
    names = draw(st.permutations(list(parents)))
    pairs = [(a, b) for a in names for b in names if link_fault(a, b, parents) is None]
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=14)) if pairs else []
    links = [
        link(
            tail,
            head,
            draw(st.sampled_from(LINK_TYPES)),
            origin=draw(st.sampled_from(["register", "stated"])),
            state=draw(st.sampled_from(["accepted", "accepted", "proposed", "rejected"])),
            confidence=draw(st.sampled_from([0.2, 0.5, 0.9, 1.0])),
        )
        for tail, head in chosen
    ]
    mode = draw(st.sampled_from([{}, {"parent_links": "leaves"}, {"scheduling_mode": "p6"}]))
    return make_plan({name: parents[name] for name in names}, links, **mode)


def waits(plan: Plan, links: list[Link]) -> nx.DiGraph[str]:
    """Return who waits for whom, built from the rules alone: parents for parts, ends for starts."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(item.id for item in plan.items)
    graph.add_edges_from((item.id, item.parent) for item in plan.items if item.parent)
    breakdown = graph.copy()
    has_parts = {item.parent for item in plan.items}
    for one in links:
        graph.add_edge(one.from_, one.to)
        whole = plan.options != Options() or (one.origin == "register" and one.from_ in has_parts)
        if whole and one.type in {"FS", "SS"}:
            leaves = nx.ancestors(breakdown, one.to) - has_parts
            graph.add_edges_from((one.from_, leaf) for leaf in leaves)
    return graph


@given(plans())
def test_a_cycle_is_found_exactly_when_networkx_finds_one(plan: Plan) -> None:
    links = [one for one in plan.links if one.state == "accepted"]
    acyclic = nx.is_directed_acyclic_graph(waits(plan, links))
    assert (find_cycle(plan, links) is None) == acyclic


@given(plans())
def test_each_step_told_is_a_link_or_a_part(plan: Plan) -> None:
    found = find_cycle(plan, plan.links)
    if found is None:
        return
    names = {one.name for one in plan.links}
    parts = {f"{item.id} is part of {item.parent}" for item in plan.items if item.parent}
    held = {
        f"{item.id} is held by what {item.parent} waits for, being part of it"
        for item in plan.items
    }
    assert set(found.steps) <= names | parts | held
    assert set(found.steps) & names, "parts alone never run in a circle"
    assert len(set(found.items)) == len(found.items) <= len(found.steps)


def test_two_links_and_a_part_make_a_circle() -> None:
    plan = make_plan({"A": None, "A1": "A", "B": None}, [link("A", "B"), link("B", "A1", "SS")])
    found = find_cycle(plan, plan.links)
    assert found is not None
    assert found.items == ("A", "B", "A1")
    assert found.steps == ("A → B (FS)", "B → A1 (SS)", "A1 is part of A")
    assert str(found) == (
        "These 3 items wait for each other in a circle: A → B (FS); B → A1 (SS); "
        "A1 is part of A. Remove or turn round one of these links."
    )


def test_a_part_may_wait_for_what_its_parent_does_not() -> None:
    """A link into a parent bounds its finish only, so a part can still come before (5.3.4)."""
    parents = {"A": None, "A1": "A", "B": None, "B1": "B"}
    links = [link("A", "B"), link("B1", "A1")]
    assert find_cycle(make_plan(parents, links), links) is None


@pytest.mark.parametrize("options", [{"parent_links": "leaves"}, {"scheduling_mode": "ms-project"}])
def test_with_parent_links_on_leaves_every_part_waits(options: dict[str, str]) -> None:
    parents = {"A": None, "A1": "A", "B": None, "B1": "B"}
    links = [link("A", "B"), link("B1", "A1")]
    found = find_cycle(make_plan(parents, links, **options), links)
    assert found is not None
    assert found.steps == (
        "A → B (FS)",
        "B1 is held by what B waits for, being part of it",
        "B1 → A1 (FS)",
        "A1 is part of A",
    )


def test_a_register_link_between_parents_holds_every_leaf() -> None:
    parents = {"A": None, "A1": "A", "B": None, "B1": "B"}
    register = link("A", "B", origin="register")
    plan = make_plan(parents, [register])
    assert bounds_leaves(plan, register)
    assert not bounds_leaves(plan, link("A", "B"))
    assert not bounds_leaves(plan, link("A", "B", "FF", origin="register"))
    assert not bounds_leaves(plan, link("A1", "B", origin="register"))
    assert not bounds_leaves(plan, link("A", "B1", origin="register"))
    assert find_cycle(plan, [register, link("B1", "A1")]) is not None


def test_the_circle_told_is_a_short_one() -> None:
    """A chain of 200 closed at its end, with a short cut: the circle told has three items."""
    names = [f"n{number}" for number in range(200)]
    links = [link(a, b) for a, b in pairwise(names)]
    links += [link(names[-1], names[0]), link(names[1], names[-1])]
    found = find_cycle(make_plan(dict.fromkeys(names), links), links)
    assert found is not None
    assert found.items == ("n0", "n1", "n199")


def test_what_merely_follows_a_circle_is_not_named() -> None:
    links = [link("a", "b"), link("b", "a", "SS"), link("b", "c"), link("z", "a")]
    found = find_cycle(make_plan(dict.fromkeys("zabc"), links), links)
    assert found is not None
    assert set(found.items) == {"a", "b"}

"""Project crashing by least-cost flow: worked examples, and networkx as the other program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from simulations.recovery.crash import Arc, crash, reach
from tests.laws import examples

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def by_networkx(size: int, arcs: Sequence[Arc], needs: Mapping[int, int]) -> int:
    """Return the optimum as the cost of the dual flow, found by the network simplex method.

    The dual of the crash problem: a circulation in which an arc carries its weight at the cost of
    its slack, more at slack + most, and each target hands back what it is worth to it.
    """
    graph: nx.MultiDiGraph[int] = nx.MultiDiGraph()
    graph.add_nodes_from(range(size))
    for arc in arcs:
        if arc.most:
            graph.add_edge(arc.tail, arc.head, weight=arc.slack, capacity=arc.weight)
        graph.add_edge(arc.tail, arc.head, weight=arc.slack + arc.most)
    for event, need in needs.items():
        graph.add_edge(event, 0, weight=-need)
    cost: int = nx.network_simplex(graph)[0]
    return -cost


def forward(size: int, arcs: Sequence[Arc], cuts: Sequence[int]) -> list[int]:
    """Return how far each event comes forward with these cuts."""
    return reach(
        size,
        [Arc(arc.tail, arc.head, arc.slack + cut) for arc, cut in zip(arcs, cuts, strict=True)],
    )


@st.composite
def networks(draw: st.DrawFn) -> tuple[int, list[Arc], dict[int, int]]:
    """Return an acyclic network in which every event hangs on an earlier one."""
    size = draw(st.integers(2, 8))
    arcs = []
    for head in range(1, size):
        tails = draw(st.lists(st.integers(0, head - 1), min_size=1, max_size=3))
        for tail in tails:
            slack = draw(st.integers(0, 4))
            most = draw(st.sampled_from([0, 0, 1, 2, 5, 9]))
            weight = draw(st.integers(0, 5)) if most else 0
            arcs.append(Arc(tail, head, slack, most, weight))
    needs = draw(st.dictionaries(st.integers(1, size - 1), st.integers(1, 9), min_size=1))
    return size, arcs, needs


@settings(max_examples=examples(300))
@given(networks())
def test_the_cost_is_that_of_the_dual_flow(case: tuple[int, list[Arc], dict[int, int]]) -> None:
    size, arcs, needs = case
    note(str(case))
    found = crash(size, arcs, needs)
    most = reach(size, arcs)
    if any(most[event] < need for event, need in needs.items()):
        assert found is None
        return
    assert found is not None
    assert found.cost == by_networkx(size, arcs, needs)
    assert found.cost == sum(arc.weight * cut for arc, cut in zip(arcs, found.cuts, strict=True))
    assert all(0 <= cut <= arc.most for arc, cut in zip(arcs, found.cuts, strict=True))
    after = forward(size, arcs, found.cuts)
    assert all(after[event] >= need for event, need in needs.items())


def test_the_cheaper_of_two_in_a_row_is_cut_first_and_then_the_other() -> None:
    row = [Arc(0, 1, 0, 3, 2), Arc(1, 2, 0, 5, 7)]
    assert crash(3, row, {2: 2}) == (4, [2, 0])
    assert crash(3, row, {2: 4}) == (13, [3, 1])
    assert crash(3, row, {2: 9}) is None


def test_what_two_chains_share_is_cut_once() -> None:
    """A fork: 3 before it, or 2 in each of the branches, which is 4."""
    fork = [Arc(0, 1, 0, 9, 3), Arc(1, 2, 0, 9, 2), Arc(1, 3, 0, 9, 2)]
    assert crash(4, fork, {2: 5, 3: 5}) == (15, [5, 0, 0])
    assert crash(4, fork, {2: 5, 3: 2}) == (12, [2, 3, 0])


def test_slack_on_a_branch_is_used_before_anything_is_cut() -> None:
    merge = [Arc(0, 1, 0, 9, 1), Arc(0, 2, 3, 9, 1), Arc(1, 3, 0), Arc(2, 3, 0)]
    assert crash(4, merge, {3: 5}) == (7, [5, 2, 0, 0])


def test_the_wheatstone_bridge_is_cut_through_where_that_is_least() -> None:
    """Four ways from 0 to 3; the least cut through all late ones is 0-1 and 0-2, at 1 + 2."""
    bridge = [
        Arc(0, 1, 0, 9, 1),
        Arc(0, 2, 0, 9, 2),
        Arc(1, 2, 0, 9, 9),
        Arc(1, 3, 0, 9, 4),
        Arc(2, 3, 0, 9, 4),
    ]
    assert crash(4, bridge, {3: 1}) == (3, [1, 1, 0, 0, 0])


@pytest.mark.parametrize("needs", [{}, {1: 0}, {1: -3}])
def test_nothing_needed_costs_nothing(needs: dict[int, int]) -> None:
    assert crash(2, [Arc(0, 1, 0, 5, 1)], needs) == (0, [0])


def test_what_is_free_is_cut_as_far_as_needed_at_no_cost() -> None:
    found = crash(3, [Arc(0, 1, 0, 4, 0), Arc(1, 2, 0, 9, 1)], {2: 6})
    assert found is not None
    assert found.cost == 2

"""Betweenness: what networkx says of the same graph, and what it is by its definition."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries import betweenness as module
from queries.betweenness import betweenness
from tests.laws import examples


@settings(max_examples=examples(100))
@given(data=st.data(), size=st.integers(1, 9))
def test_as_networkx_says(data: st.DataObject, size: int) -> None:
    nodes = st.integers(0, size - 1)
    edges = data.draw(st.sets(st.tuples(nodes, nodes).filter(lambda one: one[0] != one[1])))
    after = [sorted(to for start, to in edges if start == node) for node in range(size)]
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(range(size))
    graph.add_edges_from(edges)
    known = nx.betweenness_centrality(graph)
    assert betweenness(after) == pytest.approx([known[node] for node in range(size)])


@pytest.mark.parametrize(
    ("after", "scores"),
    [
        ([], []),
        ([[]], [0]),
        ([[1], []], [0, 0]),
        ([[1], [2], []], [0, 1 / 2, 0]),  # one of two ordered pairs of others
        ([[1, 2], [3], [3], []], [0, 1 / 12, 1 / 12, 0]),  # half of one of six pairs each
        ([[1], [2], [0]], [1 / 2, 1 / 2, 1 / 2]),
    ],
)
def test_by_hand(after: list[list[int]], scores: list[float]) -> None:
    assert betweenness(after) == pytest.approx(scores)


def test_beyond_the_limit_every_so_many_nodes_are_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    ring = [[(node + 1) % 30] for node in range(30)]
    exact = betweenness(ring)
    monkeypatch.setattr(module, "EXACT", 10)
    estimated = betweenness(ring)
    # On a ring every node is alike: over the 30 of them the mean is the same.
    assert sum(estimated) / 30 == pytest.approx(exact[0])
    assert len(set(estimated)) > 1, "only ten nodes were asked"

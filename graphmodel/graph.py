"""The plan as a networkx graph: one frozen entity on every node and every edge.

Node and edge kinds are declared in `graphmodel.kinds`. networkx is imported only when a graph is
built, so that commands which need none start at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

from graphmodel.belonging import find_served
from graphmodel.kinds import EDGE_KINDS, NODE_KINDS, Key, Node
from graphmodel.mapquestions import (
    find_common,
    find_crossings,
    find_effects,
    find_loose_ends,
    find_routes,
    find_splitting,
)
from graphmodel.subjects import find_subject
from graphmodel.waiting import build_waits

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from networkx import MultiDiGraph

    from graphmodel.links import Link, LinkState
    from graphmodel.mapquestions import Boundary, Crossing, Splitting
    from graphmodel.measures import Metric
    from graphmodel.plan import Plan

__all__ = ["PlanGraph"]

_ACCEPTED: tuple[LinkState, ...] = ("accepted",)


@dataclass(frozen=True, slots=True)
class PlanGraph:
    """A plan together with its ``networkx.MultiDiGraph``.

    Nodes carry ``kind`` and ``entity``, edges ``relation`` and ``entity``; the names are those of
    `graphmodel.kinds`, the entities the plan's own frozen records. Items are keyed by their id,
    everything else by ``Node(kind, id)``. Nodes and edges stand in the order of the plan, and
    links of every state are in. The graph is frozen; ``nx.MultiDiGraph(graph.nx)`` is yours to
    change.

    Wherever links are chosen, ``states`` names the states to follow and ``min_confidence`` (0 to
    1) is asked of proposed links only: a decision outweighs a guess.

    Examples
    --------
    >>> from graphmodel.graph import PlanGraph
    >>> from graphmodel.plan import Plan
    >>> plan = Plan.model_validate({
    ...     "id": "move",
    ...     "items": [
    ...         {"id": "A", "kind": "action", "title": "Move house"},
    ...         {"id": "A.1", "kind": "milestone", "title": "Pack", "parent": "A"},
    ...         {"id": "A.2", "kind": "milestone", "title": "Drive", "parent": "A"},
    ...     ],
    ...     "links": [{"from": "A.1", "to": "A.2"}],
    ...     "officers": [{"id": "A", "title": "The driver"}],
    ...     "assignments": [{"officer": "A", "item": "A.2"}],
    ... })
    >>> graph = PlanGraph.of(plan)
    >>> list(graph.nx)
    ['A', 'A.1', 'A.2', Node(kind='officer', id='A')]
    >>> graph.nx.nodes["A.1"]["entity"].title
    'Pack'
    >>> [edge for edge in graph.nx.edges(data="relation") if edge[0] == "A.1"]
    [('A.1', 'A', 'part_of'), ('A.1', 'A.2', 'precedes')]
    >>> graph.upstream("A"), graph.downstream("A.1")
    (('A.1', 'A.2'), ('A.2', 'A'))
    >>> graph.path_between("A.1", "A")
    ('A.1', 'A')
    """

    plan: Plan
    nx: MultiDiGraph[Key]

    @classmethod
    def of(cls, plan: Plan) -> PlanGraph:
        """Build the graph of a plan: its nodes in plan order, then its edges kind by kind."""
        import networkx as nx  # noqa: PLC0415 - heavy

        graph: MultiDiGraph[Key] = nx.MultiDiGraph(name=plan.id)
        for kind in NODE_KINDS:
            for one in kind.entities(plan):
                graph.add_node(kind.key(one.id), kind=kind.name, entity=one)
        for relation in EDGE_KINDS:
            for start, end, entity in relation.edges(plan):
                graph.add_edge(start, end, relation=relation.name, entity=entity)
        return cls(plan, nx.freeze(graph))

    def dependencies(
        self, states: Collection[LinkState] = _ACCEPTED, min_confidence: float = 0.0
    ) -> MultiDiGraph[Key]:
        """Return a view of the items and the links in these states, and nothing else."""
        import networkx as nx  # noqa: PLC0415 - heavy

        wanted = {id(link) for link in self._links(states, min_confidence)}
        adjacent = self.nx.adj

        def is_wanted(start: Any, end: Any, number: Any) -> bool:
            return id(adjacent[start][end][number]["entity"]) in wanted

        view: MultiDiGraph[Key] = nx.subgraph_view(
            self.nx, filter_node=lambda key: not isinstance(key, Node), filter_edge=is_wanted
        )
        return view

    def predecessors_of(
        self, item: str, states: Collection[LinkState] = _ACCEPTED
    ) -> tuple[Link, ...]:
        """Return the links into an item, its predecessors in the order of the plan."""
        self.plan.index.item(item)
        return _chosen(self.nx.in_edges(item, data=True), states)

    def successors_of(
        self, item: str, states: Collection[LinkState] = _ACCEPTED
    ) -> tuple[Link, ...]:
        """Return the links out of an item, its successors in the order of the plan."""
        self.plan.index.item(item)
        return _chosen(self.nx.out_edges(item, data=True), states)

    def waits(
        self, states: Collection[LinkState] = _ACCEPTED, min_confidence: float = 0.0
    ) -> MultiDiGraph[str]:
        """Return who waits for whom (`graphmodel.waiting`), built afresh: change it as you like."""
        return build_waits(self.plan, self._links(states, min_confidence))

    def upstream(self, of: str, states: Collection[LinkState] = _ACCEPTED) -> tuple[str, ...]:
        """Return everything an item waits for, directly or not, nearest first.

        ``of`` may also be an officer, a board or a metric, by id or title; they stand for their
        items (`graphmodel.subjects`), which are not among what is returned.
        """
        return self._reach(of, states, reverse=True)

    def downstream(self, of: str, states: Collection[LinkState] = _ACCEPTED) -> tuple[str, ...]:
        """Return everything that waits for an item, directly or not, nearest first.

        ``of`` may be what `upstream` takes. What waits for a part of an item alone, and not for the
        item, is not among it; ask the part, or `queries.dependencies.trace`.
        """
        return self._reach(of, states, reverse=False)

    def path_between(
        self, start: str, end: str, states: Collection[LinkState] = _ACCEPTED
    ) -> tuple[str, ...]:
        """Return one shortest route along which ``end`` waits for ``start``, empty if none does."""
        import networkx as nx  # noqa: PLC0415 - heavy

        for item in (start, end):
            self.plan.index.item(item)
        try:
            return tuple(nx.shortest_path(self.waits(states), start, end))
        except nx.NetworkXNoPath:
            return ()

    def routes_between(
        self,
        start: str,
        end: str,
        states: Collection[LinkState] = _ACCEPTED,
        *,
        most: int = 100,
    ) -> tuple[tuple[str, ...], ...]:
        """Return up to ``most`` routes along which ``end`` waits for ``start``, shortest first."""
        for item in (start, end):
            self.plan.index.item(item)
        return find_routes(self.waits(states), start, end, most)

    def common_upstream(
        self, one: str, other: str, states: Collection[LinkState] = _ACCEPTED
    ) -> tuple[str, ...]:
        """Return what two items both wait for, nearest first: where to look if both are late."""
        for item in (one, other):
            self.plan.index.item(item)
        return find_common(self.waits(states), one, other)

    def effects_of(
        self, item: str, states: Collection[LinkState] = _ACCEPTED
    ) -> tuple[tuple[str, ...], tuple[Metric, ...]]:
        """Return the objectives and the output metrics that hang on an item, in plan order.

        They are those of the item itself, of everything above it and of everything that waits for
        it. A metric of a parent counts where the parent waits, as it does for each of its parts.
        """
        return find_effects(self.plan, {item, *self.downstream(item, states)})

    def loose_ends(
        self, states: Collection[LinkState] = _ACCEPTED, min_confidence: float = 0.0
    ) -> tuple[str, ...]:
        """Return the items without parts that nothing waits for."""
        return find_loose_ends(self.plan, self._links(states, min_confidence))

    def splitting_links(
        self, states: Collection[LinkState] = _ACCEPTED, min_confidence: float = 0.0
    ) -> tuple[Splitting, ...]:
        """Return the links whose loss would split the map, those that cut off most first."""
        return find_splitting(self.plan, tuple(self._links(states, min_confidence)))

    def crossings(
        self,
        by: Boundary,
        states: Collection[LinkState] = _ACCEPTED,
        min_confidence: float = 0.0,
    ) -> tuple[Crossing, ...]:
        """Return the links from one theme or directorate into another, in plan order."""
        return find_crossings(self.plan, self._links(states, min_confidence), by)

    def _links(self, states: Collection[LinkState], min_confidence: float = 0.0) -> Iterator[Link]:
        for link in self.plan.links:
            unsure = link.state == "proposed" and link.confidence < min_confidence
            if link.state in states and not unsure:
                yield link

    def golden_thread(self, item: str) -> tuple[Key, ...]:
        """Return what an item serves, nearest first: from itself up to the plan, and beyond.

        Beyond its outermost parent come what the papers say that the plan, or that parent, is part
        of or supports (`graphmodel.belonging.find_served`). `queries.thread` tells who answers for
        each level and which output metrics show it.
        """
        self.plan.index.item(item)
        line = (item, *self.plan.index.ancestors(item))
        return (*line, *(key for key, _ in find_served(self.plan, line[-1])))

    def _reach(self, of: str, states: Collection[LinkState], *, reverse: bool) -> tuple[str, ...]:
        import networkx as nx  # noqa: PLC0415 - heavy

        waits, starts = self.waits(states), find_subject(self.plan, of).items
        layers = nx.bfs_layers(waits.reverse(copy=False) if reverse else waits, starts)
        return tuple(item for layer in islice(layers, 1, None) for item in layer)


def _chosen(
    edges: Iterable[tuple[Key, Key, dict[str, Any]]], states: Collection[LinkState]
) -> tuple[Link, ...]:
    links = (data["entity"] for _, _, data in edges if data["relation"] == "precedes")
    return tuple(link for link in links if link.state in states)

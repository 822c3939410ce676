"""Who waits for whom: the dependencies and the breakdown read as one graph (DESIGN 5.3.3, 5.3.4).

An edge ``a → b`` says that ``b`` waits for ``a``:

* along a link, predecessor to successor;
* along the breakdown, child to parent, because a parent finishes no earlier than its children;
* where a link holds every leaf below a parent (`graphmodel.events.bounds_leaves`), from its
  predecessor to each of these leaves as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.events import bounds_leaves

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from graphmodel.links import Link
    from graphmodel.plan import Plan

__all__ = ["build_waits"]


def build_waits(plan: Plan, links: Iterable[Link]) -> nx.MultiDiGraph[str]:
    """Return the graph of who waits for whom among a plan's items, over these links of it.

    Edges carry ``relation`` (``precedes`` or ``part_of``) and ``entity`` (the link, or the child).
    On an edge to a leaf that waits for what holds its parent, the link's own ``to`` is the parent.
    """
    import networkx as nx  # noqa: PLC0415 - heavy

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(name=plan.id)
    graph.add_nodes_from(item.id for item in plan.items)
    for link in links:
        graph.add_edge(link.from_, link.to, relation="precedes", entity=link)
        if bounds_leaves(plan, link):
            for leaf in plan.index.leaves(link.to):
                graph.add_edge(link.from_, leaf, relation="precedes", entity=link)
    for item in plan.items:
        if item.parent is not None:
            graph.add_edge(item.id, item.parent, relation="part_of", entity=item)
    return graph

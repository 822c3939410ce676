"""Questions about the dependency map as a whole, and about how two items hang together.

Each works on the graph of who waits for whom (`graphmodel.waiting`) or on the links alone, and
answers with ids and links of the plan, in the plan's own order unless told otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    import networkx as nx

    from graphmodel.links import Link
    from graphmodel.measures import Metric
    from graphmodel.plan import Plan

__all__ = [
    "Boundary",
    "Crossing",
    "Splitting",
    "find_common",
    "find_crossings",
    "find_effects",
    "find_loose_ends",
    "find_routes",
    "find_splitting",
    "group_of",
]

Boundary = Literal["theme", "directorate"]


@dataclass(frozen=True, slots=True)
class Splitting:
    """A link without which the map falls apart; ``cut_off`` is the smaller part, in plan order."""

    link: Link
    cut_off: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """A link that runs from one theme or directorate into another."""

    link: Link
    from_: str
    to: str


def find_routes(
    waits: nx.MultiDiGraph[str], start: str, end: str, most: int, *, shortest: bool = False
) -> tuple[tuple[str, ...], ...]:
    """Return up to ``most`` routes along which ``end`` waits for ``start``, the shortest first.

    Only what lies between the two is walked, so that no step leads nowhere. With ``shortest``,
    only routes of the least length are returned; else they come in order of length (Yen 1971).
    """
    import networkx as nx  # noqa: PLC0415 - heavy

    if start == end:
        return ()
    between = (nx.descendants(waits, start) | {start}) & (nx.ancestors(waits, end) | {end})
    if end not in between:
        return ()
    plain = nx.DiGraph(waits.subgraph(between))
    walk = nx.all_shortest_paths if shortest else nx.shortest_simple_paths
    return tuple(tuple(route) for route in islice(walk(plain, start, end), most))


def find_common(waits: nx.MultiDiGraph[str], one: str, other: str) -> tuple[str, ...]:
    """Return what both items wait for, nearest to both first (fewest steps in all)."""
    import networkx as nx  # noqa: PLC0415 - heavy

    backwards = waits.reverse(copy=False)
    near = nx.single_source_shortest_path_length(backwards, one)
    far = nx.single_source_shortest_path_length(backwards, other)
    both = [item for item in waits if item in near and item in far and item not in (one, other)]
    return tuple(sorted(both, key=lambda item: near[item] + far[item]))


def find_effects(plan: Plan, reached: Container[str]) -> tuple[tuple[str, ...], tuple[Metric, ...]]:
    """Return the objectives among these items, and the output metrics of any, in plan order."""
    objectives = (item.id for item in plan.items if item.kind == "objective" and item.id in reached)
    return tuple(objectives), tuple(one for one in plan.metrics if one.item in reached)


def find_loose_ends(plan: Plan, links: Iterable[Link]) -> tuple[str, ...]:
    """Return the items without parts that nothing waits for: neither for them nor their parents."""
    index = plan.index
    leads = {link.from_ for link in links}
    return tuple(
        item.id
        for item in plan.items
        if index.is_leaf(item.id) and leads.isdisjoint((item.id, *index.ancestors(item.id)))
    )


def find_splitting(plan: Plan, links: Sequence[Link]) -> tuple[Splitting, ...]:
    """Return the links whose loss splits the map of links, those that cut off most first.

    These are the bridges of the undirected graph of links (Tarjan 1974); two links side by side
    between the same items are none. A link that cuts off a single item is left out: the end of a
    chain is no weak spot.
    """
    import networkx as nx  # noqa: PLC0415 - heavy

    graph: nx.Graph[Any] = nx.Graph()
    beside: dict[frozenset[str], list[Link]] = {}
    for link in links:
        graph.add_edge(link.from_, link.to)
        beside.setdefault(frozenset((link.from_, link.to)), []).append(link)
    position = plan.index.position
    found = []
    for ends in nx.bridges(graph):
        link, *others = beside[frozenset(ends)]
        if others:
            continue
        part = _smaller_side(graph, link.from_, link.to)
        if len(part) > 1:
            found.append(Splitting(link, tuple(sorted(part, key=position.__getitem__))))
    return tuple(
        sorted(found, key=lambda one: (-len(one.cut_off), position[one.link.from_], one.link.to))
    )


def _smaller_side(graph: nx.Graph[Any], start: str, end: str) -> set[str]:
    """Return the smaller of the two parts that a bridge joins, of two alike that behind ``end``.

    Both are walked at the same pace, so that it costs what the smaller holds.
    """
    sides = [_walk(graph, end, start), _walk(graph, start, end)]
    seen: list[set[str]] = [set(), set()]
    while True:
        for side, walk in enumerate(sides):
            item = next(walk, None)
            if item is None:
                return seen[side]
            seen[side].add(item)


def _walk(graph: nx.Graph[Any], start: str, shut: str) -> Iterator[str]:
    """Yield what is reached from ``start`` without the edge to ``shut``."""
    stack, seen = [start], {start}
    while stack:
        one = stack.pop()
        yield one
        for near in graph[one]:
            if near not in seen and not (one == start and near == shut):
                seen.add(near)
                stack.append(near)


def group_of(plan: Plan, item: str, by: Boundary) -> str | None:
    """Return the theme or directorate that an item belongs to; None where the plan names none.

    The theme is the outermost theme, objective or action above it. The directorate is that of the
    officers responsible for it, where the plan knows one for all of them, else the nearest division
    stated on the item or above it.
    """
    if by == "theme":
        line = (item, *plan.index.ancestors(item))
        return next((one for one in reversed(line) if plan.index.items[one].kind != "plan"), item)
    known = {officer.directorate for officer in plan.index.officers_of(item)}
    if len(known) == 1 and (only := known.pop()) is not None:
        return only
    for one in (item, *plan.index.ancestors(item)):
        division = plan.index.items[one].division
        if division is not None:
            return division
    return None


def find_crossings(plan: Plan, links: Iterable[Link], by: Boundary) -> tuple[Crossing, ...]:
    """Return the links whose ends belong to different themes or directorates, in plan order.

    A link with an end of which the plan names none is left out.
    """
    found = []
    for link in links:
        start, end = (group_of(plan, one, by) for one in (link.from_, link.to))
        if start is not None and end is not None and start != end:
            found.append(Crossing(link, start, end))
    return tuple(found)

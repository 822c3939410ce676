"""Writing a version into Neo4j: in batches, each done once, seen by nobody until the last.

A version exists once its ``Version`` node does, which is written at the very end. Until then what
belongs to it has a number that no question asks for. A push that was cut off is taken up by the
next: what stands already is found again, what does not belong is taken out.

Relationships find their ends by what the server calls them (``elementId``), told when the nodes
were made: a search by id is as fast as the statistics that the server had when it planned it, and
on an empty database they lead it to look at every node for every row.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from graphmodel.stores.neo4j_changes import decide
from graphmodel.stores.neo4j_entries import End
from graphmodel.stores.neo4j_reading import read_edges, read_nodes
from graphmodel.stores.neo4j_schema import LISTS, PLAN, STORED_NODES, labels_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from graphmodel.kinds import NodeKind
    from graphmodel.stores.neo4j_changes import Changes, Stored
    from graphmodel.stores.neo4j_entries import Edge, NodeEntry, PlanEntries
    from graphmodel.stores.neo4j_pen import Pen

    #: What finds or makes a node or relationship, and its properties.
    _Row = tuple[Any, ...]

__all__ = ["write_entries"]


def write_entries(
    pen: Pen, entries: PlanEntries, newest: int, number: int, *, is_new: bool, handle: str
) -> None:
    """Write everything of version ``number`` but the node that makes it one.

    ``newest`` is the newest version that is whole, 0 where there is none; ``is_new`` says that
    nothing of this plan was ever written; ``handle`` finds the plan's own node.
    """
    nodes = {} if is_new else read_nodes(pen.connection, pen.plan, newest)
    relations = {} if is_new else read_edges(pen.connection, pen.plan, newest)
    since: dict[End, int] = {}
    handles = {End(PLAN, pen.plan): handle}
    closing: list[Changes[NodeEntry]] = []
    for kind in STORED_NODES:
        wanted = list(entries.nodes(kind.name))
        changes = decide(nodes.get(kind.name, []), wanted, newest, number)
        _mark(pen, changes.drop, _DROP_NODE, 0)
        made = _create_nodes(pen, kind, changes, number)
        for one in wanted:
            end, kept = End(kind.name, one.id), changes.kept.get(one.key)
            since[end] = kept.from_version if kept else number
            standing = kept or changes.done.get(one.key)
            handles[end] = standing.handle if standing else made[one.id]
        closing.append(changes)
    edges_closing: list[Changes[Edge]] = []
    for name, edges in entries.all_edges():
        ends = {one.key: (since.get(one.start, 0), since.get(one.end, 0)) for one in edges}
        edge_changes = decide(
            relations.get(name, []), edges, newest, number, ends=ends, ordered=name in LISTS
        )
        _mark(pen, edge_changes.drop, _DROP_EDGE, newest)
        _create_edges(pen, edge_changes, handles, number)
        edges_closing.append(edge_changes)
    # What is no longer held is closed at the end: the newest whole version holds it still.
    for edge_changes in edges_closing:
        _mark(pen, edge_changes.close, _CLOSE_EDGE, newest)
        _mark(pen, edge_changes.reopen, _REOPEN_EDGE, newest)
    for changes in closing:
        _mark(pen, changes.close, _CLOSE_NODE, newest)
        _mark(pen, changes.reopen, _REOPEN_NODE, newest)


_CREATE_NODE: Final = """
UNWIND $rows AS row
CREATE (n:{labels} {{plan: $plan, id: row[0], from_version: $version}})
SET n += $same
SET n += row[1]
RETURN collect([n.id, elementId(n)]) AS made
"""
_MADE: Final = """
MATCH (n:{label} {{plan: $plan}}) WHERE n.from_version = $version RETURN n.id, elementId(n)
"""

_CREATE_EDGE: Final = """
UNWIND $rows AS row
MATCH (start) WHERE elementId(start) = row[0]
MATCH (end) WHERE elementId(end) = row[1]
CREATE (start)-[r:{type}]->(end)
SET r = $same
SET r += row[2]
"""

# All rows at once: row by row, a server that still takes its database to be empty looks at every
# relationship for each of them.
_FIND_NODE: Final = "MATCH (n) WHERE elementId(n) IN $rows "
_DROP_NODE: Final = _FIND_NODE + "DETACH DELETE n"
_CLOSE_NODE: Final = _FIND_NODE + "SET n.to_version = $newest"
_REOPEN_NODE: Final = _FIND_NODE + "REMOVE n.to_version"
_FIND_EDGE: Final = "MATCH ()-[r]->() WHERE elementId(r) IN $rows "
_DROP_EDGE: Final = _FIND_EDGE + "DELETE r"
_CLOSE_EDGE: Final = _FIND_EDGE + "SET r.to_version = $newest"
_REOPEN_EDGE: Final = _FIND_EDGE + "REMOVE r.to_version"


def _mark(pen: Pen, states: Iterable[Stored], query: str, newest: int) -> None:
    pen.run(query, [one.handle for one in states], newest=newest)


def _create_nodes(
    pen: Pen, kind: NodeKind, changes: Changes[NodeEntry], number: int
) -> dict[str, str]:
    """Write new states of nodes of a kind; return what finds each, by its id."""
    groups: dict[str, list[_Row]] = defaultdict(list)
    for one, position in changes.create:
        told = one.properties() | {"position": position}
        groups[labels_of(one.kind, one.sort)].append((one.id, told))
    made: dict[str, str] = {}
    for labels, rows in groups.items():
        for found in pen.tell(_CREATE_NODE.format(labels=labels), rows, version=number):
            if found is None:
                query = _MADE.format(label=kind.label)
                made.update(pen.connection.values(query, plan=pen.plan, version=number))  # type: ignore[arg-type]
            else:
                made.update(found[0][0])
    return made


def _create_edges(
    pen: Pen, changes: Changes[Edge], handles: Mapping[End, str], number: int
) -> None:
    groups: dict[str, list[_Row]] = defaultdict(list)
    for one, position in changes.create:
        told = one.properties() | {"nth": one.nth, "from_version": number}
        if position is not None:
            told["position"] = position
        groups[one.type].append((handles[one.start], handles[one.end], told))
    for name, rows in groups.items():
        pen.tell(_CREATE_EDGE.format(type=name), rows)

"""Reading from Neo4j: what states it holds of a plan, and the plan of a version.

Rows come a thousand at a time, as one list: for each row of its own the driver asks the network
twice, which is most of the time that it takes.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from graphmodel.kinds import EDGE_KINDS, NODE_KINDS
from graphmodel.stores.neo4j_changes import Stored
from graphmodel.stores.neo4j_entries import End
from graphmodel.stores.neo4j_schema import (
    LISTS,
    STORED_NODES,
    TYPES,
    VALID,
    kind_of,
    starts_of,
)

if TYPE_CHECKING:
    from neo4j import ManagedTransaction

    from graphmodel.stores.neo4j_connection import Connection

__all__ = ["read_edges", "read_nodes", "read_text"]

#: A state that the newest version holds, or that an interrupted push wrote or closed since.
_OPEN: Final = "({0}.to_version IS NULL OR {0}.to_version >= $newest)"

#: Rows, as a list of their columns, a thousand at a time.
_BUNDLED: Final = """
WITH collect([{0}]) AS rows
UNWIND range(0, size(rows) - 1, 1000) AS place
RETURN rows[place..place + 1000]
"""

_NODES: Final = f"""
MATCH (n:{{label}} {{{{plan: $plan}}}}) WHERE {_OPEN.format("n")}
{_BUNDLED.format("n.id, n.digest, n.from_version, n.to_version, n.position, elementId(n)")}
"""

_STATE: Final = """
type(r), a.id, labels(b), b.id, r.nth, r.digest, r.from_version, r.to_version, r.position,
a.from_version, b.from_version, elementId(r)
"""

_EDGES: Final = f"""
MATCH (a:{{label}} {{{{plan: $plan}}}})-[r:{"|".join(TYPES)}]->(b) WHERE {_OPEN.format("r")}
{_BUNDLED.format(_STATE)}
"""

_NODE_TEXTS: Final = f"""
MATCH (n:{{label}} {{{{plan: $plan}}}}) WHERE {VALID.format("n")}
{_BUNDLED.format("n.position, n.json")}
"""

_EDGE_TEXTS: Final = f"""
MATCH (a:{{label}} {{{{plan: $plan}}}})-[r:{{types}}]->() WHERE {VALID.format("r")}
{_BUNDLED.format("r.position, r.json")}
"""

#: The kind of relation that each type belongs to; a type of its own stands for itself.
_RELATIONS: Final = {name: kind.name for kind in EDGE_KINDS for name in kind.types}


def read_nodes(connection: Connection, plan: str, newest: int) -> dict[str, list[Stored]]:
    """Return the states of a plan's nodes, by kind."""
    return {
        kind.name: [
            Stored(key, digest, since, until, position, None, handle)
            for key, digest, since, until, position, handle in connection.read(
                partial(_rows, _NODES.format(label=kind.label), plan=plan, newest=newest)
            )
        ]
        for kind in STORED_NODES
    }


def read_edges(connection: Connection, plan: str, newest: int) -> dict[str, list[Stored]]:
    """Return the states of a plan's relationships, by kind (`graphmodel.kinds`)."""
    found: dict[str, list[Stored]] = defaultdict(list)
    for kind in NODE_KINDS:
        query = _EDGES.format(label=kind.label)
        rows = connection.read(partial(_rows, query, plan=plan, newest=newest))
        for name, start, labels, end, nth, *state, first, last, handle in rows:
            key = (name, End(kind.name, start), End(kind_of(labels), end), nth)
            digest, since, until, position = state
            found[_RELATIONS.get(name, name)].append(
                Stored(key, digest, since, until, position, (first or 0, last or 0), handle)
            )
    return found


def read_text(tx: ManagedTransaction, plan: str, number: int, head: str) -> str:
    """Return the plan file's text of a version; ``head`` is the JSON of what no node holds."""
    parts = [head.removesuffix("}")]
    for kind in STORED_NODES:
        query = _NODE_TEXTS.format(label=kind.label)
        parts.append(_list(LISTS[kind.name], _rows(query, tx, plan=plan, version=number)))
    for relation in EDGE_KINDS:
        if relation.name in LISTS:
            placed: list[list[Any]] = []
            for label in starts_of(relation):
                query = _EDGE_TEXTS.format(label=label, types="|".join(relation.types))
                placed.extend(_rows(query, tx, plan=plan, version=number))
            parts.append(_list(LISTS[relation.name], placed))
    return "".join(parts) + "}"


def _list(key: str, placed: list[list[Any]]) -> str:
    """Return a list of the plan file; each text is given with its position in it."""
    placed.sort()
    return f',"{key}":[{",".join(text for _, text in placed)}]'


def _rows(query: str, tx: ManagedTransaction, **parameters: Any) -> list[list[Any]]:
    """Return the rows of a query that gives them in bundles."""
    return [row for bundle in tx.run(query, parameters) for row in bundle[0]]

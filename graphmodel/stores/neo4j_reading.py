"""Reading from Neo4j: what states it holds of a plan, and the plan of a version."""

from __future__ import annotations

from collections import defaultdict
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
    from collections.abc import Iterator

    from neo4j import ManagedTransaction

    from graphmodel.stores.neo4j_connection import Connection

__all__ = ["read_edges", "read_nodes", "read_text"]

#: A state that the newest version holds, or that an interrupted push wrote or closed since.
_OPEN: Final = "({0}.to_version IS NULL OR {0}.to_version >= $newest)"

_NODES: Final = f"""
MATCH (n:{{label}} {{{{plan: $plan}}}}) WHERE {_OPEN.format("n")}
RETURN n.id, n.digest, n.from_version, n.to_version, n.position, elementId(n)
"""

_EDGES: Final = f"""
MATCH (a:{{label}} {{{{plan: $plan}}}})-[r:{"|".join(TYPES)}]->(b) WHERE {_OPEN.format("r")}
RETURN type(r), a.id, labels(b), b.id, r.nth, r.digest, r.from_version, r.to_version, r.position,
  a.from_version, b.from_version, elementId(r)
"""

_NODE_TEXTS: Final = f"""
MATCH (n:{{label}} {{{{plan: $plan}}}}) WHERE {VALID.format("n")}
RETURN n.json ORDER BY n.position
"""

_EDGE_TEXTS: Final = f"""
MATCH (a:{{label}} {{{{plan: $plan}}}})-[r:{{types}}]->() WHERE {VALID.format("r")}
RETURN r.position, r.json
"""

#: The kind of relation that each type belongs to; a type of its own stands for itself.
_RELATIONS: Final = {name: kind.name for kind in EDGE_KINDS for name in kind.types}


def read_nodes(connection: Connection, plan: str, newest: int) -> dict[str, list[Stored]]:
    """Return the states of a plan's nodes, by kind."""
    return {
        kind.name: [
            Stored(key, digest, since, until, position, None, handle)
            for key, digest, since, until, position, handle in connection.values(
                _NODES.format(label=kind.label), plan=plan, newest=newest
            )
        ]
        for kind in STORED_NODES
    }


def read_edges(connection: Connection, plan: str, newest: int) -> dict[str, list[Stored]]:
    """Return the states of a plan's relationships, by kind (`graphmodel.kinds`)."""
    found: dict[str, list[Stored]] = defaultdict(list)
    for kind in NODE_KINDS:
        query = _EDGES.format(label=kind.label)
        for name, start, labels, end, nth, *state, first, last, handle in connection.values(
            query, plan=plan, newest=newest
        ):
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
        texts = [text for (text,) in _values(tx, query, plan=plan, version=number)]
        parts.append(_list(LISTS[kind.name], texts))
    for relation in EDGE_KINDS:
        if relation.name in LISTS:
            placed: list[tuple[float, str]] = []
            for label in starts_of(relation):
                query = _EDGE_TEXTS.format(label=label, types="|".join(relation.types))
                placed.extend(
                    (position, text)
                    for position, text in _values(tx, query, plan=plan, version=number)
                )
            placed.sort()
            parts.append(_list(LISTS[relation.name], [text for _, text in placed]))
    return "".join(parts) + "}"


def _list(key: str, texts: list[str]) -> str:
    return f',"{key}":[{",".join(texts)}]'


def _values(tx: ManagedTransaction, query: str, **parameters: Any) -> Iterator[list[Any]]:
    return (one.values() for one in tx.run(query, parameters))

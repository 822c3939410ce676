"""What a plan looks like in Neo4j: labels, relationship types, constraints, indexes.

All of it comes from `graphmodel.kinds`, the one table of entities and relations. A node or a
relationship is one state of an entity: it holds from ``from_version`` to ``to_version``, both
included, and ``to_version`` is null while the newest version still holds it. What changes is closed
and written anew, so that every version stays what it was.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from graphmodel.kinds import EDGE_KINDS, NODE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.kinds import EdgeKind

__all__ = [
    "LISTS",
    "PLAN",
    "STORED_NODES",
    "TYPES",
    "VALID",
    "WAITS_FOR",
    "kind_of",
    "label_of",
    "labels_of",
    "scenario_key",
    "schema_statements",
    "starts_of",
]

#: The one kind whose node is there once, whatever the version.
PLAN: Final = "plan"
#: Kinds of nodes that have versions.
STORED_NODES: Final = tuple(kind for kind in NODE_KINDS if kind.name != PLAN)

#: Derived from the breakdown and the links: a parent waits for its parts, and a part for what holds
#: its parent's parts (DESIGN 5.3.4). With DEPENDS_ON it tells everything that waits.
WAITS_FOR: Final = "WAITS_FOR"

#: Where in a plan file entities of a kind stand that are kept whole, nodes and edges.
LISTS: Final = {
    "item": "items",
    "officer": "officers",
    "board": "boards",
    "metric": "metrics",
    "risk": "risks",
    "source": "sources",
    "precedes": "links",
    "assigned_to": "assignments",
    "gates": "gates",
    "relates_to": "relations",
}

#: Whether a node or relationship is part of version ``$version``.
VALID: Final = "{0}.from_version <= $version AND coalesce({0}.to_version, $version) >= $version"

#: Every type of relationship that holds for some versions.
TYPES: Final = (*(one for kind in EDGE_KINDS for one in kind.types), WAITS_FOR)

_BY_NAME: Final = {kind.name: kind for kind in NODE_KINDS}
_BY_LABEL: Final = {kind.label: kind.name for kind in NODE_KINDS}


def label_of(kind: str) -> str:
    """Return the label of every node of a kind."""
    return _BY_NAME[kind].label


def labels_of(kind: str, sort: str | None = None) -> str:
    """Return the labels of a node as a pattern has them: ``Item:Milestone``."""
    known = _BY_NAME[kind]
    further = known.sorts.get(sort or "")
    return known.label if further is None else f"{known.label}:{further}"


def kind_of(labels: list[str]) -> str:
    """Return the kind of a node with these labels."""
    return next(_BY_LABEL[label] for label in labels if label in _BY_LABEL)


def starts_of(relation: EdgeKind) -> tuple[str, ...]:
    """Return the labels of the nodes that relationships of a kind leave in Neo4j."""
    kinds = relation.ends if relation.turned else relation.starts
    return tuple(_BY_NAME[kind].label for kind in kinds)


def scenario_key(name: str) -> str:
    """Return what a scenario is known by: an index holds no name of any length."""
    return blake2b(name.encode("utf-8"), digest_size=12).hexdigest()


def schema_statements() -> Iterator[tuple[str, str]]:
    """Yield the name of each constraint and index, and the statement that sees to it."""
    yield _unique("knockon_plan", "Plan", "id")
    yield _unique("knockon_version", "Version", "plan", "number")
    yield _unique("knockon_scenario", "Scenario", "plan", "key")
    for kind in STORED_NODES:
        yield _unique(f"knockon_{kind.name}", kind.label, "plan", "id", "from_version")
    for kind in NODE_KINDS:
        yield _index(f"knockon_{kind.name}_plan", kind.label, "plan")
    yield _index("knockon_item_due", "Item", "plan", "due")


def _unique(name: str, label: str, *keys: str) -> tuple[str, str]:
    told = _keys(keys)
    return (
        name,
        f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE ({told}) IS UNIQUE",
    )


def _index(name: str, label: str, *keys: str) -> tuple[str, str]:
    return name, f"CREATE INDEX {name} IF NOT EXISTS FOR (n:{label}) ON ({_keys(keys)})"


def _keys(keys: tuple[str, ...]) -> str:
    return ", ".join(f"n.{key}" for key in keys)

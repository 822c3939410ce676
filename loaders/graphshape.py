"""How a plan lies in a GraphML file: which attributes its nodes and edges have, and their names.

Shared by the writer (`loaders.writers.graphml`) and the reader (`loaders.graphml`).

1. Items keep their ids as nodes; any other node is called ``officer::ID``, ``board::ID``, … (no id
   of an item has two colons). ``node`` says what a node is, ``ref`` its id in the plan,
   ``relation`` what an edge is; ``label`` is there for people. The names are those of
   `graphmodel.kinds`.
2. What an edge says its node does not repeat: parents, successors, what boards oversee and report
   to. Edges are numbered (``e0``, ``e1``, …) in the order of the plan.
3. ``id`` and ``label`` mean something else to programs that draw graphs; so ``ref`` is the id of a
   link or gate, and ``label_in_paper`` what the plan calls the label of an item.
4. What is neither node nor edge is told of the graph itself: calendars, blackouts, options, ….
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.items import Item
from graphmodel.links import Link
from graphmodel.measures import Impact, Metric, Risk
from graphmodel.people import Assignment, Board, Gate, Officer, Relation

if TYPE_CHECKING:
    from graphmodel.entity import Entity

__all__ = [
    "EDGE_ENTITIES",
    "EDGE_FIELDS",
    "NODE_ENTITIES",
    "RENAMED",
    "EdgeEntity",
    "EdgeField",
    "NodeEntity",
]


@dataclass(frozen=True, slots=True)
class NodeEntity:
    """A kind of node: the list of the plan file that it is in, its model, what edges tell of it."""

    group: str
    model: type[Entity]
    by_edges: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class EdgeEntity:
    """A relation whose edges are entities: their list, their model, the keys of their two ends.

    Where ``start`` is None the list is a field of the node that the edge comes from.
    """

    group: str
    model: type[Entity]
    start: str | None
    end: str


@dataclass(frozen=True, slots=True)
class EdgeField:
    """A relation that is a field of the node its edges come from; ``many``: a list of ids."""

    name: str
    many: bool = False


NODE_ENTITIES: Final = {
    "item": NodeEntity("items", Item, frozenset({"parent"})),
    "officer": NodeEntity("officers", Officer, frozenset({"successor"})),
    "board": NodeEntity("boards", Board, frozenset({"oversees", "reports_to"})),
    "metric": NodeEntity("metrics", Metric, frozenset({"item"})),
    "risk": NodeEntity("risks", Risk, frozenset({"impacts"})),
}

EDGE_ENTITIES: Final = {
    "precedes": EdgeEntity("links", Link, "from", "to"),
    "assigned_to": EdgeEntity("assignments", Assignment, "officer", "item"),
    "gates": EdgeEntity("gates", Gate, "board", "item"),
    "relates_to": EdgeEntity("relations", Relation, "from", "to"),
    "hits": EdgeEntity("impacts", Impact, None, "item"),
}

EDGE_FIELDS: Final = {
    "part_of": EdgeField("parent"),
    "succeeded_by": EdgeField("successor"),
    "oversees": EdgeField("oversees", many=True),
    "reports_to": EdgeField("reports_to"),
    "measures": EdgeField("item"),
}

#: Keys of the plan file that are called something else in a graph.
RENAMED: Final = {"id": "ref", "label": "label_in_paper"}

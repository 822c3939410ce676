"""What the graph of a plan is made of: one table of node kinds, one of edge kinds.

`graphmodel.graph` builds from these two tables, and `graphmodel.stores.neo4j_schema` takes its
labels and relationship types from them, so an entity or a relation is declared once, here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from graphmodel.entity import Entity
    from graphmodel.items import Item, Source, SourceFile
    from graphmodel.measures import Metric, Risk
    from graphmodel.people import Board, Officer, Role
    from graphmodel.plan import Plan

__all__ = [
    "EDGE_KINDS",
    "ITEM_SORTS",
    "NODE_KINDS",
    "ROLE_TYPES",
    "EdgeKind",
    "Key",
    "Node",
    "NodeKind",
]


class Node(NamedTuple):
    """Key of a node that is not an item, so that an officer and an item may share an id."""

    kind: str
    id: str


#: Items are keyed by their id, everything else by a `Node`.
Key: TypeAlias = str | Node

_Edge: TypeAlias = "tuple[Key, Key, Entity]"


@dataclass(frozen=True, slots=True)
class NodeKind:
    """A kind of node: its name, what it stands for, and the plan's entities of that kind.

    ``label`` is what a graph database calls it; ``sorts`` the further label of an entity by its
    own ``kind``, where the kinds differ in more than a word.
    """

    name: str
    label: str
    entities: Callable[[Plan], Iterable[Item | Officer | Board | Metric | Risk | SourceFile | Plan]]
    about: str
    sorts: Mapping[str, str] = field(default_factory=dict)

    def key(self, entity_id: str) -> Key:
        """Return the key of the node of this kind that holds the entity of this id."""
        return entity_id if self.name == "item" else Node(self.name, entity_id)


@dataclass(frozen=True, slots=True)
class EdgeKind:
    """A kind of edge: its name, the node kinds at its ends, where it comes from, what it says.

    ``edges`` yields (start, end, entity) in the order of the plan; the entity is the one that
    states the relation, which for ``part_of`` is the child, for ``hits`` the risk's impact.
    ``type`` is what a graph database calls it, ``by_role`` where the entity's role tells more;
    with ``turned`` it reads from end to start there: the successor depends on the predecessor.
    """

    name: str
    type: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    edges: Callable[[Plan], Iterator[_Edge]]
    about: str
    turned: bool = False
    by_role: Mapping[Role, str] = field(default_factory=dict)

    @property
    def types(self) -> tuple[str, ...]:
        """Every type that a graph database may call it."""
        return tuple(self.by_role.values()) or (self.type,)


def _named_plan(plan: Plan) -> Iterable[Plan]:
    named = any(plan.id in (relation.from_, relation.to) for relation in plan.relations)
    return (plan,) if named else ()


#: The second label of an item, by its kind; "Plan" is taken by the plan itself.
ITEM_SORTS: Final[Mapping[str, str]] = {
    "plan": "Project",
    "theme": "Theme",
    "objective": "Objective",
    "action": "Action",
    "milestone": "Milestone",
    "activity": "Activity",
}

#: What an officer's role on an item is called in a graph database.
ROLE_TYPES: Final[Mapping[Role, str]] = {
    "responsible": "RESPONSIBLE_FOR",
    "delivery_lead": "DELIVERY_LEAD_FOR",
    "accountable": "ACCOUNTABLE_FOR",
    "portfolio": "PORTFOLIO_OF",
    "sponsor": "SPONSORS",
}

NODE_KINDS: Final = (
    NodeKind(
        "item",
        "Item",
        lambda plan: plan.items,
        "Anything in the breakdown, theme to milestone.",
        ITEM_SORTS,
    ),
    NodeKind(
        "officer",
        "Officer",
        lambda plan: plan.officers,
        "An office, member, group or outside body.",
    ),
    NodeKind(
        "board", "Board", lambda plan: plan.boards, "A body that decides, assures or advises."
    ),
    NodeKind(
        "metric", "Metric", lambda plan: plan.metrics, "An output metric with baseline and target."
    ),
    NodeKind(
        "risk", "Risk", lambda plan: plan.risks, "An event that may delay several items at once."
    ),
    NodeKind("source", "Document", lambda plan: plan.sources, "A document that facts come from."),
    NodeKind(
        "plan", "Plan", _named_plan, "The plan itself, a node only where a relation names it."
    ),
)


def _parts(plan: Plan) -> Iterator[_Edge]:
    return ((item.id, item.parent, item) for item in plan.items if item.parent is not None)


def _links(plan: Plan) -> Iterator[_Edge]:
    return ((link.from_, link.to, link) for link in plan.links)


def _assignments(plan: Plan) -> Iterator[_Edge]:
    return ((Node("officer", one.officer), one.item, one) for one in plan.assignments)


def _successions(plan: Plan) -> Iterator[_Edge]:
    for officer in plan.officers:
        if officer.successor is not None:
            yield Node("officer", officer.id), Node("officer", officer.successor), officer


def _gates(plan: Plan) -> Iterator[_Edge]:
    return ((Node("board", gate.board), gate.item, gate) for gate in plan.gates)


def _oversights(plan: Plan) -> Iterator[_Edge]:
    for board in plan.boards:
        for item in board.oversees:
            yield Node("board", board.id), item, board


def _reports(plan: Plan) -> Iterator[_Edge]:
    for board in plan.boards:
        if board.reports_to is not None:
            yield Node("board", board.id), Node("board", board.reports_to), board


def _relations(plan: Plan) -> Iterator[_Edge]:
    known: dict[str, Key] = {plan.id: Node("plan", plan.id)}
    # Where an id is several things, bodies and offices are meant before items and documents.
    known.update((source.id, Node("source", source.id)) for source in plan.sources)
    known.update((item.id, item.id) for item in plan.items)
    known.update((officer.id, Node("officer", officer.id)) for officer in plan.officers)
    known.update((board.id, Node("board", board.id)) for board in plan.boards)
    return ((known[one.from_], known[one.to], one) for one in plan.relations)


def _measures(plan: Plan) -> Iterator[_Edge]:
    return ((Node("metric", metric.id), metric.item, metric) for metric in plan.metrics)


def _hits(plan: Plan) -> Iterator[_Edge]:
    for risk in plan.risks:
        for impact in risk.impacts:
            yield Node("risk", risk.id), impact.item, impact


def _places(plan: Plan) -> Iterator[_Edge]:
    for kind in NODE_KINDS:
        if kind.name not in _PLACED:
            continue
        for one in kind.entities(plan):
            place: Source | None = getattr(one, "source", None)
            if place is not None:
                yield kind.key(one.id), Node("source", place.source), place


_PLACED: Final = ("item", "officer", "board", "metric", "risk")
_ANY: Final = ("item", "officer", "board", "source", "plan")

EDGE_KINDS: Final = (
    EdgeKind("part_of", "PART_OF", ("item",), ("item",), _parts, "A child is part of its parent."),
    EdgeKind(
        "precedes",
        "DEPENDS_ON",
        ("item",),
        ("item",),
        _links,
        "A dependency: predecessor to successor.",
        turned=True,
    ),
    EdgeKind(
        "assigned_to",
        "ASSIGNED_TO",
        ("officer",),
        ("item",),
        _assignments,
        "An officer holds a role.",
        by_role=ROLE_TYPES,
    ),
    EdgeKind(
        "succeeded_by",
        "SUCCEEDED_BY",
        ("officer",),
        ("officer",),
        _successions,
        "Who holds it next.",
    ),
    EdgeKind(
        "gates",
        "GATED_BY",
        ("board",),
        ("item",),
        _gates,
        "The item needs the board's approval.",
        turned=True,
    ),
    EdgeKind(
        "oversees",
        "OVERSEES",
        ("board",),
        ("item",),
        _oversights,
        "The board watches over the item.",
    ),
    EdgeKind(
        "reports_to",
        "REPORTS_TO",
        ("board",),
        ("board",),
        _reports,
        "A board reports to a higher one.",
    ),
    EdgeKind(
        "relates_to", "RELATES_TO", _ANY, _ANY, _relations, "A relation in the words of a paper."
    ),
    EdgeKind(
        "measures",
        "MEASURES",
        ("metric",),
        ("item",),
        _measures,
        "The metric shows the item's effect.",
    ),
    EdgeKind(
        "hits", "HITS", ("risk",), ("item",), _hits, "The risk delays the item if it happens."
    ),
    EdgeKind(
        "stated_in",
        "CITES",
        _PLACED,
        ("source",),
        _places,
        "Where the fact stands, with its words.",
    ),
)

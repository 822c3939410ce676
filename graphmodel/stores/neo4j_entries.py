"""A plan as what Neo4j is to hold: nodes and relationships, each with its digest and its JSON.

The digest tells whether a stored state is still that of the plan. The JSON is what the plan file
holds, so that a plan comes back as it was; the properties beside it are for questions.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphmodel.events import bounds_leaves
from graphmodel.kinds import EDGE_KINDS, Node
from graphmodel.mapquestions import group_of
from graphmodel.stores.neo4j_properties import describe, describe_evidence
from graphmodel.stores.neo4j_schema import LISTS, STORED_NODES, WAITS_FOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.entity import Entity
    from graphmodel.kinds import EdgeKind, Key
    from graphmodel.plan import Plan

__all__ = ["Edge", "End", "NodeEntry", "PlanEntries", "compact"]

#: Raised whenever other properties are written, so that the next push writes them everywhere.
_FORM: Final = b"1"
#: Fields of entities that name the ends of a relationship.
_ENDS: Final = frozenset({"to", "item", "board", "officer"})


class End(NamedTuple):
    """A node at the end of a relationship: its kind and its id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class NodeEntry:
    """A node: its entity, the entity's JSON, and what is said of it that the entity does not hold.

    ``sort`` is the entity's own kind, which gives items a second label.
    """

    kind: str
    id: str
    sort: str | None
    entity: Entity
    json: str
    more: dict[str, Any]
    digest: str

    @property
    def key(self) -> str:
        """What it is known by among the nodes of its kind."""
        return self.id

    def properties(self) -> dict[str, Any]:
        """Return everything but the version it belongs to."""
        return {**describe(self.entity), **self.more, "json": self.json, "digest": self.digest}


@dataclass(frozen=True, slots=True)
class Edge:
    """A relationship, from ``start`` to ``end`` as Neo4j has them.

    ``nth`` counts relationships of one type between the same two nodes. ``json`` is None where the
    relationship says nothing that its nodes do not hold.
    """

    type: str
    start: End
    end: End
    nth: int
    entity: Entity
    json: str | None
    more: dict[str, Any]
    digest: str

    @property
    def key(self) -> tuple[str, End, End, int]:
        """What it is known by among the relationships of a plan."""
        return self.type, self.start, self.end, self.nth

    def properties(self) -> dict[str, Any]:
        """Return everything but the version it belongs to."""
        if self.json is None:
            return {**self.more, "digest": self.digest}
        return {**_say(self.entity), **self.more, "json": self.json, "digest": self.digest}


class PlanEntries:
    """Everything of a plan that goes into Neo4j.

    ``head`` is the JSON of what stands in no node: the plan's own keys, calendars, corrections.
    """

    def __init__(self, plan: Plan, text: str) -> None:
        self.plan = plan
        content: dict[str, Any] = json.loads(text)
        self._told = {kind: content.pop(key, []) for kind, key in LISTS.items()}
        self.head = compact(content)

    def nodes(self, kind: str) -> Iterator[NodeEntry]:
        """Yield the nodes of a kind, in the order of the plan."""
        known = next(one for one in STORED_NODES if one.name == kind)
        for entity, told in zip(known.entities(self.plan), self._told[kind], strict=True):
            more: dict[str, Any] = {}
            if kind == "item":
                for by in ("theme", "directorate"):
                    group = group_of(self.plan, entity.id, by)
                    if group is not None:
                        more[by] = group
            text = compact(told)
            sort = getattr(entity, "kind", None) if known.sorts else None
            yield NodeEntry(kind, entity.id, sort, entity, text, more, _digest(text, more))

    def edges(self, relation: EdgeKind) -> Iterator[Edge]:
        """Yield the relationships of a kind, in the order of the plan."""
        told = iter(self._told[relation.name]) if relation.name in LISTS else None
        seen: Counter[tuple[str, End, End]] = Counter()
        for start, end, entity in relation.edges(self.plan):
            text = None if told is None else compact(next(told))
            role: Any = getattr(entity, "role", None)
            name = relation.by_role.get(role, relation.type)
            ends = _end(start), _end(end)
            if relation.turned:
                ends = ends[1], ends[0]
            more = self._more(relation.name, entity)
            yield self._edge(seen, name, ends, entity, text, more)

    def waits(self) -> Iterator[Edge]:
        """Yield what waits beside the ends of links: parents for parts, parts for what holds all.

        They say what `graphmodel.waiting.build_waits` says.
        """
        seen: Counter[tuple[str, End, End]] = Counter()
        for link in self.plan.links:
            if bounds_leaves(self.plan, link):
                more = _say(link) | describe_evidence(link) | {"holds": link.to}
                for leaf in self.plan.index.leaves(link.to):
                    ends = End("item", leaf), End("item", link.from_)
                    yield self._edge(seen, WAITS_FOR, ends, link, None, more)
        for item in self.plan.items:
            if item.parent is not None:
                ends = End("item", item.parent), End("item", item.id)
                yield self._edge(seen, WAITS_FOR, ends, item, None, {"part": True})

    def all_edges(self) -> Iterator[tuple[str, list[Edge]]]:
        """Yield the relationships of each kind under its name, those that wait at last."""
        for relation in EDGE_KINDS:
            yield relation.name, list(self.edges(relation))
        yield WAITS_FOR, list(self.waits())

    @staticmethod
    def _edge(
        seen: Counter[tuple[str, End, End]],
        name: str,
        ends: tuple[End, End],
        entity: Entity,
        text: str | None,
        more: dict[str, Any],
    ) -> Edge:
        key = (name, *ends)
        nth = seen[key]
        seen[key] += 1
        return Edge(name, *ends, nth, entity, text, more, _digest(text or "", more))

    @staticmethod
    def _more(relation: str, entity: Any) -> dict[str, Any]:
        """Return what a relationship says beside its entity, or where it has no JSON of its own."""
        if relation in {"precedes", "gates"}:
            return describe_evidence(entity)
        if relation in {"hits", "stated_in"}:
            return _say(entity)
        return {}


def compact(value: Any) -> str:
    """Return plain data as JSON without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _say(entity: Entity) -> dict[str, Any]:
    """Return the properties of a relationship, without the ends that it joins."""
    return {name: value for name, value in describe(entity).items() if name not in _ENDS}


def _end(key: Key) -> End:
    return End(key.kind, key.id) if isinstance(key, Node) else End("item", key)


def _digest(text: str, more: dict[str, Any]) -> str:
    told = text + "".join(f"\0{key}\0{value}" for key, value in more.items())
    return blake2b(_FORM + told.encode("utf-8"), digest_size=12).hexdigest()

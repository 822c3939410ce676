"""A plan as a GraphML file, which yEd, Gephi and networkx open; the shape: `loaders.graphshape`."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, Final

from graphmodel.files import write_bytes
from graphmodel.kinds import EDGE_KINDS, NODE_KINDS, Node
from loaders.graphshape import EDGE_ENTITIES, NODE_ENTITIES, RENAMED
from loaders.scalars import flatten
from loaders.writers.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Container
    from pathlib import Path

    from networkx import MultiDiGraph

    from graphmodel.entity import Entity
    from graphmodel.kinds import Key
    from graphmodel.plan import Plan

__all__ = ["write_graphml"]

#: Told although they are defaults: what people choose and colour nodes and edges by.
_SHOWN: Final[dict[str, set[str]]] = {
    "item": {"status"},
    "officer": {"kind"},
    "board": {"kind"},
    "precedes": {"type", "lag", "origin", "state", "confidence"},
    "assigned_to": {"role"},
    "gates": {"decision", "order", "state"},
    "hits": {"mode"},
}

#: Lists of the plan that are nodes or edges; all else is told of the graph itself.
_DRAWN: Final = {
    *(entity.group for entity in NODE_ENTITIES.values()),
    *(entity.group for entity in EDGE_ENTITIES.values()),
}

#: Every fact would hang on the document that it stands in; it names it as an attribute instead.
_UNDRAWN: Final = "stated_in"


def write_graphml(plan: Plan, path: Path) -> tuple[str, ...]:
    """Write a plan as GraphML; return what of its texts had to be changed.

    Raises
    ------
    FileError
        The file cannot be written.
    """
    import networkx as nx  # noqa: PLC0415 - heavy

    texts = Texts()
    stream = io.BytesIO()
    nx.write_graphml(_build(plan, texts), stream)
    # A line end CR that is not written as a reference is read as LF.
    write_bytes(path, stream.getvalue().replace(b"\r", b"&#13;"))
    return texts.tell()


def _build(plan: Plan, texts: Texts) -> MultiDiGraph[str]:
    import networkx as nx  # noqa: PLC0415 - heavy

    whole = plan.model_dump(mode="json", by_alias=True, exclude_defaults=True, exclude=_DRAWN)
    graph: MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph.update(_attributes({"schema": plan.schema_, **whole}, texts))
    for kind in NODE_KINDS:
        if kind.name in NODE_ENTITIES:
            for one in kind.entities(plan):
                graph.add_node(_name(kind.key(one.id)), **_describe_node(kind.name, one, texts))
    number = 0
    for relation in EDGE_KINDS:
        if relation.name == _UNDRAWN:
            continue
        for start, end, entity in relation.edges(plan):
            for key in (start, end):
                _ensure(graph, key)
            told = _describe_edge(relation.name, entity, texts)
            graph.add_edge(_name(start), _name(end), f"e{number}", **told)
            number += 1
    return graph


def _name(key: Key) -> str:
    return f"{key.kind}::{key.id}" if isinstance(key, Node) else key


def _ensure(graph: MultiDiGraph[str], key: Key) -> None:
    """Add the node of a document or of the plan itself, where a relation names it."""
    if isinstance(key, Node) and _name(key) not in graph:
        graph.add_node(_name(key), node=key.kind, ref=key.id, label=key.id)


def _describe_node(kind: str, entity: Any, texts: Texts) -> dict[str, Any]:
    told = _dump(entity, kind, without=NODE_ENTITIES[kind].by_edges)
    words = f"{entity.id} {getattr(entity, 'title', '')}".strip() if kind == "item" else ""
    label = Texts().fit(words or getattr(entity, "title", "") or entity.id)  # the title is counted
    return {"node": kind, "label": label, **_attributes(told, texts)}


def _describe_edge(relation: str, entity: Entity, texts: Texts) -> dict[str, Any]:
    form = EDGE_ENTITIES.get(relation)
    if form is None:
        return {"relation": relation}
    told = _dump(entity, relation, without={form.start, form.end})
    return {"relation": relation, **_attributes(told, texts)}


def _dump(entity: Entity, kind: str, without: Container[str | None]) -> dict[str, Any]:
    dumped = entity.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    shown = _SHOWN.get(kind)
    if shown is not None:
        dumped = entity.model_dump(mode="json", by_alias=True, include=shown) | dumped
    return {key: value for key, value in dumped.items() if key not in without}


def _attributes(told: dict[str, Any], texts: Texts) -> dict[str, Any]:
    named = {RENAMED.get(key, key): value for key, value in told.items()}
    return {
        texts.fit(name): texts.fit(value) if isinstance(value, str) else value
        for name, value in flatten(named).items()
    }

"""Plans read from GraphML files that `loaders.writers.graphml` wrote, whoever saved them since.

What a drawing program adds (positions, colours, nodes and edges that say nothing of a plan) is told
and not used. Document types, in which harmful entities would be declared, are refused.
"""

from __future__ import annotations

import io
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast
from xml.parsers import expat

from graphmodel.errors import FileError, PlanError
from graphmodel.files import read_bytes
from graphmodel.plan import PLAN_SCHEMA, Plan
from graphmodel.planfile import parse_plan
from graphmodel.problems import Place, Problem
from graphmodel.words import count
from loaders.graphshape import EDGE_ENTITIES, EDGE_FIELDS, NODE_ENTITIES, RENAMED
from loaders.loaded import Loaded
from loaders.scalars import unflatten
from loaders.text import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from networkx import MultiDiGraph

    from graphmodel.entity import Entity

__all__ = ["read_graphml"]

#: Attributes that are there for people and programs, not of the plan.
_DRAWN: Final = frozenset({"node", "relation", "label", "id", "node_default", "edge_default"})

#: Ids and names that a message lists.
_LISTED: Final = 5


def read_graphml(path: str | Path) -> Loaded:
    """Read a plan from GraphML.

    Raises
    ------
    FileError
        The file cannot be read, is no GraphML or a damaged one, or declares a document type.
    PlanError
        It is a graph, but not of a plan, or of one that breaks the rules of the plan file.
    """
    path = Path(path)
    content = read_bytes(path)
    _check(path, content)
    reading = _Reading(path, _parse(path, content))
    return reading.load()


def _check(path: Path, content: bytes) -> None:
    """Raise `FileError` for what is no XML, and for document types."""

    def refuse(*_: Any) -> None:
        raise FileError(
            f'"{path}" declares a document type, which no graph of a plan has: it is not read.'
        )

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(content, True)  # noqa: FBT003 - expat's own signature
    except expat.ExpatError as error:
        raise FileError(f'"{path}" is no readable GraphML ({error}).') from None


def _parse(path: Path, content: bytes) -> MultiDiGraph[str]:
    import networkx as nx  # noqa: PLC0415 - heavy

    try:
        graph: Any = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    except (nx.NetworkXException, LookupError, ValueError, TypeError, AttributeError) as error:
        reason = shorten(str(error).strip('"'))
        raise FileError(f'"{path}" is no readable GraphML ({reason}).') from None
    if not graph.is_directed():
        raise FileError(f'"{path}" is a graph without directions: a plan says what comes first.')
    return cast("MultiDiGraph[str]", graph)


class _Reading:
    """One graph being read: the plan file that it makes, and what has no place in it."""

    def __init__(self, path: Path, graph: MultiDiGraph[str]) -> None:
        self.path = path
        self.graph = graph
        self.problems: list[Problem] = []
        self.unused: dict[str, int] = defaultdict(int)
        self.plan: dict[str, Any] = {}
        self.entities: dict[str, dict[str, Any]] = {}
        self.refs: dict[str, str] = {}

    def load(self) -> Loaded:
        self.plan = self._read(self.graph.graph, Plan)
        self._read_nodes()
        if not self.entities and "schema" not in self.graph.graph:
            raise PlanError(
                f'"{self.path}" is a graph, but not of a plan: no node says what it is.'
            )
        self._read_edges()
        self._tell_unused()
        named = {"schema": PLAN_SCHEMA, "id": self.path.stem, **self.plan}
        plan = parse_plan(json.dumps(named), name=f'"{self.path.name}"')
        note = (
            f"{self.path.name} holds {count(len(plan.items), 'item')}, "
            f"{count(len(plan.links), 'link')} and {count(len(plan.officers), 'officer')}."
        )
        return Loaded(plan, tuple(self.problems), (note,))

    def _read(self, attributes: Mapping[str, Any], model: type[Entity]) -> dict[str, Any]:
        """Return what attributes say of an entity, without what no entity of the kind has."""
        known = {info.alias or name for name, info in model.model_fields.items()}
        kept: dict[str, Any] = {}
        back = {graph: plan for plan, graph in RENAMED.items()}
        for name, value in attributes.items():
            if name in _DRAWN:
                continue
            head, dot, rest = name.partition(".")
            own = back.get(head, head)
            if own in known or own.startswith("x_") or own == "rest":
                kept[f"{own}{dot}{rest}"] = value
            else:
                self.unused[name] += 1
        try:
            return unflatten(kept)
        except ValueError as error:
            raise PlanError(f'"{self.path}" cannot be used: {error}.') from None

    def _read_nodes(self) -> None:
        odd: list[str] = []
        for name, data in self.graph.nodes(data=True):
            kind = data.get("node")
            self.refs[name] = str(data.get("ref", name))
            form = NODE_ENTITIES.get(str(kind))
            if form is not None:
                entity = self._read(data, form.model)
                entity.setdefault("id", name)
                self.entities[name] = entity
                self.plan.setdefault(form.group, []).append(entity)
            elif kind not in {"source", "plan"}:
                odd.append(str(data.get("label", name)))
        self._tell(odd, "node", "are not of the plan", "is not of the plan")

    def _read_edges(self) -> None:
        odd: list[str] = []
        edges = sorted(self.graph.edges(data=True, keys=True), key=lambda edge: _order(edge[2]))
        for start, end, _, data in edges:
            relation = data.get("relation")
            if not self._place(relation, start, end, data):
                odd.append(f"{self.refs[start]} → {self.refs[end]}")
        self._tell(odd, "edge", "say no relation", "says no relation")

    def _place(self, relation: Any, start: str, end: str, data: Mapping[str, Any]) -> bool:
        """Give an edge its place in the plan; False where it has none."""
        form = EDGE_ENTITIES.get(relation)
        if form is not None:
            entity = self._read(data, form.model)
            entity[form.end] = self.refs[end]
            if form.start is not None:
                entity[form.start] = self.refs[start]
                self.plan.setdefault(form.group, []).append(entity)
                return True
            if start in self.entities:
                self.entities[start].setdefault(form.group, []).append(entity)
                return True
            return False
        field = EDGE_FIELDS.get(relation)
        if field is None or start not in self.entities:
            return False
        if field.many:
            self.entities[start].setdefault(field.name, []).append(self.refs[end])
        else:
            self.entities[start][field.name] = self.refs[end]
        return True

    def _tell(self, odd: list[str], noun: str, many: str, one: str) -> None:
        if odd:
            shown = ", ".join(map(shorten, odd[:_LISTED]))
            more = " and more" if len(odd) > _LISTED else ""
            what = f"{count(len(odd), noun)} {one if len(odd) == 1 else many}"
            message = f"{what}, and {'is' if len(odd) == 1 else 'are'} not used ({shown}{more})."
            self.problems.append(
                Problem("not-placed", "warning", message, (), Place(self.path.name))
            )

    def _tell_unused(self) -> None:
        if self.unused:
            names = ", ".join(sorted(self.unused))
            message = f"Nothing is read from the attributes {names}."
            self.problems.append(
                Problem("unused-attribute", "info", message, (), Place(self.path.name))
            )


def _order(key: Any) -> tuple[int, int]:
    """Return the place of an edge in the order of the plan; edges drawn since come last."""
    match = re.fullmatch(r"e(\d+)", str(key))
    return (0, int(match[1])) if match else (1, 0)

"""Entities as properties of nodes and relationships, so that they can be asked about in Cypher.

Dates become dates, times of day local date-times, spans their text; a single entity inside another
gives properties with its name before theirs (``planned_finish``), a list of plain values a list.
Lists of entities have no property: the JSON that is kept beside holds everything.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from graphmodel.entity import Entity
from graphmodel.moments import write_moment
from graphmodel.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["describe", "describe_evidence"]

#: Whole numbers that Neo4j can hold.
_LARGEST: Final = 2**63 - 1


def describe(entity: Entity) -> dict[str, Any]:
    """Return the properties of an entity; what is None is left out."""
    return dict(_properties(entity, ""))


def describe_evidence(entity: Any) -> dict[str, Any]:
    """Return the words that speak for a link or gate, as lists side by side."""
    if not entity.evidence:
        return {}
    return {
        "quotes": [one.source.quote or "" for one in entity.evidence],
        "quote_sides": [one.side for one in entity.evidence],
        "quote_documents": [one.source.source for one in entity.evidence],
        "quote_lines": [_fitting(one.source.line) or 0 for one in entity.evidence],
    }


@cache
def _names(model: type[Entity]) -> tuple[tuple[str, str], ...]:
    """Return the fields of a model, each with the name of its property; ends are no properties."""
    return tuple((name, name) for name in model.model_fields if name not in {"from_", "schema_"})


def _properties(entity: Entity, prefix: str) -> Iterator[tuple[str, Any]]:
    for field, name in _names(type(entity)):
        value = getattr(entity, field)
        if value is None or value == ():
            continue
        named = name if not prefix or name == prefix else f"{prefix}_{name}"
        if isinstance(value, Entity):
            yield from _properties(value, named)
            continue
        told = _list(value) if isinstance(value, tuple) else _single(value)
        if told is not None:
            yield named, told


def _single(value: Any) -> Any:
    """Return a value as Neo4j holds it; None where it cannot."""
    if isinstance(value, Span):
        return str(value)
    if isinstance(value, int):
        return _fitting(value)
    return value if isinstance(value, (str, float, date)) else None


def _fitting(value: int | None) -> int | None:
    return value if value is not None and -_LARGEST <= value <= _LARGEST else None


def _list(values: tuple[Any, ...]) -> list[Any] | None:
    """Return a list of one type, which is all that Neo4j keeps in a property."""
    if all(isinstance(value, date) for value in values):
        if len({isinstance(value, datetime) for value in values}) > 1:
            return [write_moment(value) for value in values]
        return list(values)
    if all(isinstance(value, (str, Span)) for value in values):
        return [str(value) for value in values]
    return None

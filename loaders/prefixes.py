"""The ids of a plan under its own prefix, as a portfolio keeps them apart: ``csip:SI1.1.3``.

Every entity is walked through, so that whatever names something of the plan goes on naming it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar, cast

from graphmodel.calendars import Calendar
from graphmodel.entity import Entity
from graphmodel.errors import PlanError
from graphmodel.items import Item, Source, SourceFile
from graphmodel.links import Link
from graphmodel.measures import Correction, Impact, Metric, Risk, Stated
from graphmodel.people import Assignment, Blackout, Board, Gate, Officer, Relation
from graphmodel.plan import Correlation, Project
from graphmodel.scenario import (
    AddLink,
    AddMeeting,
    Away,
    CancelItem,
    CancelMeeting,
    Complete,
    MoveMeeting,
    Reassign,
    RemoveLink,
    SetDates,
    Slip,
    SlipGroup,
    WaivePapersLead,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["LONGEST_ID", "NamedKind", "named_ids", "rename"]

NamedKind = Literal[
    "source", "calendar", "item", "link", "officer", "board", "gate", "metric", "risk", "tag",
    "any",
]  # fmt: skip

E = TypeVar("E", bound=Entity)

LONGEST_ID: Final = 200

#: The fields of each entity that hold ids, and of what.
_FIELDS: Final[dict[type[Entity], dict[str, NamedKind]]] = {
    Source: {"source": "source"},
    SourceFile: {"id": "source"},
    Calendar: {"id": "calendar", "parent": "calendar"},
    Project: {"item": "item", "calendar": "calendar"},
    Correlation: {"a": "item", "b": "item"},
    Item: {"id": "item", "parent": "item", "calendar": "calendar", "tags": "tag"},
    Link: {"id": "link", "from_": "item", "to": "item"},
    Officer: {"id": "officer", "successor": "officer"},
    Assignment: {"officer": "officer", "item": "item"},
    Board: {"id": "board", "reports_to": "board", "oversees": "item"},
    Gate: {"id": "gate", "item": "item", "board": "board"},
    Blackout: {"boards": "board", "tags": "tag"},
    Metric: {"id": "metric", "item": "item"},
    Relation: {"from_": "any", "to": "any"},
    Correction: {"item": "item"},
    Stated: {"item": "item"},
    Risk: {"id": "risk"},
    Impact: {"item": "item"},
    Slip: {"item": "item"},
    SlipGroup: {"officer": "officer", "board": "board", "tag": "tag", "parent": "item"},
    SetDates: {"item": "item"},
    AddLink: {"from_": "item", "to": "item"},
    RemoveLink: {"from_": "item", "to": "item"},
    CancelMeeting: {"board": "board"},
    MoveMeeting: {"board": "board"},
    AddMeeting: {"board": "board"},
    Away: {"officer": "officer"},
    Reassign: {"item": "item", "officer": "officer", "to": "officer"},
    Complete: {"item": "item"},
    CancelItem: {"item": "item"},
    WaivePapersLead: {"gate": "gate"},
}


def named_ids(entity: Entity) -> Iterator[tuple[NamedKind, str]]:
    """Yield the ids that an entity itself names, its own among them; not those of its parts."""
    for name, kind in _FIELDS.get(type(entity), {}).items():
        value = getattr(entity, name)
        for one in value if isinstance(value, tuple) else (value,):
            if one is not None:
                yield kind, one


def rename(entity: E, names: Mapping[NamedKind, Mapping[str, str]]) -> E:
    """Return an entity in which every id has its new name; ids without one stay.

    ``names`` holds the new ids by kind; ``any`` is for relations, which join whatever has an id.

    Raises
    ------
    PlanError
        An id becomes longer than ids may be.
    """
    fields = _FIELDS.get(type(entity), {})
    changed: dict[str, Any] = {}
    for name in entity.model_fields_set:
        old = getattr(entity, name)
        kind = fields.get(name)
        new = _renamed(old, names.get(kind, {})) if kind else _walked(old, names)
        if new is not old:
            changed[name] = new
    return entity.model_copy(update=changed) if changed else entity


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, tuple):
        return tuple(cast("str", _renamed(one, names)) for one in value) if value else value
    new = names.get(value, value)
    if new is not None and len(new) > LONGEST_ID:
        raise PlanError(
            f'"{new[:40]}…" is longer than {LONGEST_ID} characters, which is the most an id may '
            "have: give the plan or the item a shorter id."
        )
    return new


def _walked(value: Any, names: Mapping[NamedKind, Mapping[str, str]]) -> Any:
    if isinstance(value, Entity):
        return rename(value, names)
    if isinstance(value, tuple) and value and isinstance(value[0], Entity):
        new = tuple(rename(one, names) for one in value)
        return value if all(map(_same, value, new)) else new
    return value


def _same(one: Any, other: Any) -> bool:
    return one is other

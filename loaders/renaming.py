"""Entities of a plan under other ids: those of a version before, or of a reading, made final.

A *renaming* says what each id is called now. What is not in it is gone, and an entity that cannot
do without it is not renamed but ``None``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from graphmodel.entity import Entity
from graphmodel.items import Source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.links import Link
    from graphmodel.measures import Correction, Metric, Risk, Stated
    from graphmodel.people import Assignment, Blackout, Board, Gate, Officer, Relation

__all__ = ["Renaming"]

E = TypeVar("E", bound=Entity)

#: Fields of changes that name an item; ``parent`` of a slip of a group is one too.
_ITEM_FIELDS = {
    **dict.fromkeys(("slip", "set", "complete", "cancel_item"), ("item",)),
    "reassign": ("item",),
    "slip_group": ("parent",),
    **dict.fromkeys(("add_link", "remove_link"), ("from_", "to")),
}
_OFFICER_FIELDS = {"slip_group": ("officer",), "away": ("officer",), "reassign": ("officer", "to")}
_BOARD_OPS = frozenset({"cancel_meeting", "move_meeting", "add_meeting", "slip_group"})


@dataclass(frozen=True)
class Renaming:
    """Ids now by ids then, for each kind of thing; sources that are missing keep their id."""

    items: Mapping[str, str]
    officers: Mapping[str, str] = field(default_factory=dict)
    boards: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    plan: tuple[str, str] | None = None

    def link(self, link: Link) -> Link | None:
        """Return a link between the same items, or None where one of them is gone."""
        return self._move(self.cite(link), from_=self.items, to=self.items)

    def gate(self, gate: Gate) -> Gate | None:
        """Return a gate on the same item, or None where item or board is gone."""
        return self._move(self.cite(gate), item=self.items, board=self.boards)

    def assignment(self, assignment: Assignment) -> Assignment | None:
        """Return an assignment to the same item, or None where it or the officer is gone."""
        return self._move(self.cite(assignment), item=self.items, officer=self.officers)

    def metric(self, metric: Metric) -> Metric | None:
        """Return a metric of the same item, or None where it is gone."""
        return self._move(self.cite(metric), item=self.items)

    def correction(self, correction: Correction) -> Correction | None:
        """Return a correction of the same item, or None where it is gone."""
        return self._move(correction, item=self.items)

    def stated(self, stated: Stated) -> Stated | None:
        """Return a total stated of the same item, or None where it is gone."""
        return self._move(self.cite(stated), item=self.items)

    def officer(self, officer: Officer) -> Officer:
        """Return an officer under its id of now; a successor who is gone is left out."""
        return _set(
            self.cite(officer),
            id=self.officers.get(officer.id, officer.id),
            successor=self.officers.get(officer.successor or ""),
        )

    def board(self, board: Board) -> Board:
        """Return a board under its id of now; what is gone is no longer overseen or reported to."""
        return _set(
            self.cite(board),
            id=self.boards.get(board.id, board.id),
            reports_to=self.boards.get(board.reports_to or ""),
            oversees=tuple(self.items[item] for item in board.oversees if item in self.items),
        )

    def blackout(self, blackout: Blackout) -> Blackout:
        """Return a blackout of the same boards, those that are there."""
        boards = tuple(self.boards[one] for one in blackout.boards if one in self.boards)
        return _set(blackout, boards=boards)

    def relation(self, relation: Relation) -> Relation | None:
        """Return a relation of the same two ends, or None where one of them is gone."""
        ends = [self._end(end) for end in (relation.from_, relation.to)]
        if ends[0] is None or ends[1] is None:
            return None
        return _set(self.cite(relation), from_=ends[0], to=ends[1])

    def _end(self, end: str) -> str | None:
        if self.plan is not None and end == self.plan[0]:
            return self.plan[1]
        for ids in (self.boards, self.officers, self.items, self.sources):
            if end in ids:
                return ids[end]
        return None

    def risk(self, risk: Risk) -> tuple[Risk, list[str]]:
        """Return a risk to what is left of its items, and in words what it no longer hits."""
        lost: list[str] = []
        impacts: list[Any] = []
        for impact in risk.impacts:
            moved = self._move(impact, item=self.items)
            if moved is None:
                lost.append(impact.item)
            else:
                impacts.append(moved)
        effects: list[Any] = []
        for effect in risk.effects:
            moved = self._effect(effect)
            if moved is None:
                lost.append(f'its effect "{effect.op}"')
            else:
                effects.append(moved)
        changed = _set(self.cite(risk), impacts=tuple(impacts), effects=tuple(effects))
        return changed, lost

    def _effect(self, effect: Any) -> Any:
        fields: dict[str, Mapping[str, str]] = {}
        fields |= dict.fromkeys(_ITEM_FIELDS.get(effect.op, ()), self.items)
        fields |= dict.fromkeys(_OFFICER_FIELDS.get(effect.op, ()), self.officers)
        if effect.op in _BOARD_OPS:
            fields["board"] = self.boards
        named = {name: ids for name, ids in fields.items() if getattr(effect, name, None)}
        return self._move(effect, **named)

    def cite(self, entity: E) -> E:
        """Return an entity that names its sources, however deep they stand, by their ids of now."""
        if all(one == other for one, other in self.sources.items()):
            return entity
        changed: E = self._cite(entity)
        return changed

    def _cite(self, value: Any) -> Any:
        if isinstance(value, Source):
            return _set(value, source=self.sources.get(value.source, value.source))
        if isinstance(value, Entity):
            found = {
                name: cited
                for name in value.model_fields_set
                if (old := getattr(value, name, None)) is not None
                and isinstance(old, (Entity, tuple))
                and (cited := self._cite(old)) is not old
            }
            return value.model_copy(update=found) if found else value
        if isinstance(value, tuple):
            parts = tuple(self._cite(part) for part in value)
            return parts if any(a is not b for a, b in zip(parts, value, strict=True)) else value
        return value

    def _move(self, entity: E, **fields: Mapping[str, str]) -> E | None:
        found: dict[str, str] = {}
        for name, ids in fields.items():
            now = ids.get(getattr(entity, name))
            if now is None:
                return None
            found[name] = now
        return _set(entity, **found)


def _set(entity: E, **fields: Any) -> E:
    changes = {name: value for name, value in fields.items() if getattr(entity, name) != value}
    return entity.model_copy(update=changes) if changes else entity

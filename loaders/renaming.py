"""Entities of a plan under other ids: those of a version before, or of a reading, made final.

A *renaming* says what each item, officer, board and source is called now. What is not in it is
gone, and an entity that cannot do without it is not renamed but ``None``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeVar

from graphmodel.entity import Entity
from loaders.prefixes import named_ids, rename

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.measures import Risk
    from graphmodel.people import Board
    from loaders.prefixes import NamedKind

__all__ = ["Renaming"]

E = TypeVar("E", bound=Entity)

#: What must be there where something names it.
_NEEDED: Final[frozenset[NamedKind]] = frozenset({"item", "officer", "board", "any"})


@dataclass(frozen=True)
class Renaming:
    """Ids now by ids then, for each kind of thing, and the plan's own."""

    items: Mapping[str, str]
    officers: Mapping[str, str]
    boards: Mapping[str, str]
    sources: Mapping[str, str]
    plan: tuple[str, str]

    @cached_property
    def _names(self) -> dict[NamedKind, Mapping[str, str]]:
        # Where an id is several things, a relation means bodies and offices before items.
        things = {**self.sources, **self.items, **self.officers, **self.boards}
        return {
            "item": self.items,
            "officer": self.officers,
            "board": self.boards,
            "source": self.sources,
            "any": {self.plan[0]: self.plan[1], **things},
        }

    def name(self, entity: E) -> E:
        """Return an entity in which everything that is there is called as it is now."""
        return rename(entity, self._names)

    def carry(self, entity: E) -> E | None:
        """Return the same, or None where what the entity itself names is gone."""
        return self.name(entity) if self._is_whole(entity) else None

    def _is_whole(self, entity: Entity) -> bool:
        return all(
            kind not in _NEEDED or name in self._names[kind] for kind, name in named_ids(entity)
        )

    def board(self, board: Board) -> Board:
        """Return a board; what is gone is no longer overseen."""
        there = tuple(item for item in board.oversees if item in self.items)
        if there != board.oversees:
            board = board.model_copy(update={"oversees": there})
        return self.name(board)

    def risk(self, risk: Risk) -> tuple[Risk, list[str]]:
        """Return a risk to what is left of its items, and in words what it no longer hits."""
        impacts = tuple(one for one in risk.impacts if self._is_whole(one))
        effects = tuple(one for one in risk.effects if self._is_whole(one))
        lost = [one.item for one in risk.impacts if one not in impacts]
        lost += [f'its effect "{one.op}"' for one in risk.effects if one not in effects]
        changes: dict[str, Any] = {"impacts": impacts, "effects": effects} if lost else {}
        return self.name(risk.model_copy(update=changes) if changes else risk), lost

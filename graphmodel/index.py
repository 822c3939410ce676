"""Look-ups in a plan: by id, along the breakdown, and from items to the people who own them."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from graphmodel.breakdown import ancestors_of
from graphmodel.errors import UnknownIdError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphmodel.items import Item
    from graphmodel.people import Board, Officer, Role
    from graphmodel.plan import Plan, Project

    _Named = TypeVar("_Named", bound=Officer | Board)

__all__ = ["PlanIndex", "close_ids"]


def close_ids(wanted: str, ids: Iterable[str]) -> list[str]:
    """Return up to three ids that look like ``wanted``, best first."""
    folded: dict[str, str] = {}
    for known in ids:
        folded.setdefault(known.casefold(), known)
    near = difflib.get_close_matches(wanted.casefold(), folded, n=3, cutoff=0.6)
    return [folded[key] for key in near]


def _find(what: str, known: Sequence[_Named], wanted: str) -> _Named:
    """Return who has an id; failing that, the first who has it as a title or other spelling."""
    folded = wanted.casefold()
    for one in known:
        if wanted == one.id:
            return one
    for one in known:
        if folded in {name.casefold() for name in (one.name, *one.also)}:
            return one
    names = (name for one in known for name in (one.id, one.name, *one.also))
    raise UnknownIdError(what, wanted, close_ids(wanted, names))


@dataclass(frozen=True, eq=False)  # else two equal plans would compare their indexes for ever
class PlanIndex:
    """Dictionaries over one plan; positions are those of the plan's own lists."""

    plan: Plan
    items: Mapping[str, Item]
    position: dict[str, int]
    parents: dict[str, str | None]
    children: dict[str, tuple[str, ...]]

    @classmethod
    def of(cls, plan: Plan) -> PlanIndex:
        """Index a plan in one sweep over its items."""
        below: dict[str, list[str]] = {}
        for item in plan.items:
            if item.parent is not None:
                below.setdefault(item.parent, []).append(item.id)
        return cls(
            plan,
            {item.id: item for item in plan.items},
            {item.id: number for number, item in enumerate(plan.items)},
            {item.id: item.parent for item in plan.items},
            {parent: tuple(parts) for parent, parts in below.items()},
        )

    def item(self, wanted: str) -> Item:
        """Return the item of this id.

        Raises
        ------
        UnknownIdError
            There is none; close ids are named.
        """
        try:
            return self.items[wanted]
        except KeyError:
            raise UnknownIdError("item", wanted, close_ids(wanted, self.items)) from None

    def project_of(self, item: str) -> Project | None:
        """Return the project of a portfolio that an item belongs to, or None."""
        if not self._projects:
            return None
        way = [item, *ancestors_of(item, self.parents)]
        return next((self._projects[one] for one in way if one in self._projects), None)

    @cached_property
    def _projects(self) -> dict[str, Project]:
        return {project.item: project for project in self.plan.projects}

    def officer(self, wanted: str) -> Officer:
        """Return the officer of this id, title or other spelling, or raise `UnknownIdError`."""
        return _find("officer", self.plan.officers, wanted)

    def board(self, wanted: str) -> Board:
        """Return the board of this id, title or other spelling, or raise `UnknownIdError`."""
        return _find("board", self.plan.boards, wanted)

    def ancestors(self, item: str) -> list[str]:
        """Return what an item is part of, nearest first."""
        return ancestors_of(item, self.parents)

    def leaves(self, item: str) -> Iterator[str]:
        """Yield the items below ``item`` that have no parts of their own (itself, if it is one)."""
        stack = [item]
        while stack:
            one = stack.pop()
            parts = self.children.get(one)
            if parts:
                stack.extend(reversed(parts))
            else:
                yield one

    def is_leaf(self, item: str) -> bool:
        """Return whether an item has no parts."""
        return item not in self.children

    def top(self, item: str) -> str:
        """Return the outermost item that ``item`` is part of (a theme, as a rule), or itself."""
        above = self.ancestors(item)
        return above[-1] if above else item

    def officers_of(self, item: str, role: Role = "responsible") -> tuple[Officer, ...]:
        """Return who holds a role on an item: assigned to it, else to its nearest ancestor."""
        for one in (item, *self.ancestors(item)):
            found = self._assigned.get((one, role))
            if found:
                return found
        return ()

    @cached_property
    def _assigned(self) -> dict[tuple[str, Role], tuple[Officer, ...]]:
        by_id = {officer.id: officer for officer in self.plan.officers}
        assigned: dict[tuple[str, Role], list[Officer]] = {}
        for one in self.plan.assignments:
            assigned.setdefault((one.item, one.role), []).append(by_id[one.officer])
        return {key: tuple(officers) for key, officers in assigned.items()}

"""By what a reader may sort a map into lanes and filter it: theme, owner, board, status and more.

Each is one *facet*: the values there are, and which of them each item has. An item under several
boards, or with several owners, has several; its lane is the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.mapquestions import group_of
from viz.words import STATUS_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graphmodel.plan import Plan
    from viz.itemrows import ItemRow

__all__ = ["Facet", "find_facets"]

#: What stands in the place of a lane's name for what has no value, by facet.
_NONE: Final = {
    "theme": "Not part of a theme",
    "part": "No further part",
    "directorate": "No directorate named",
    "owner": "Nobody is named",
    "board": "No board",
    "status": "",
    "rag": "No RAG rating",
}


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to tell items apart.

    ``keys`` and ``names`` say what values there are, in the order in which lanes stand; ``of`` has
    the places of each item's values in them, in the order of the items.
    """

    key: str
    none: str
    keys: tuple[str, ...]
    names: tuple[str, ...]
    of: tuple[tuple[int, ...], ...]


def find_facets(plan: Plan, items: Sequence[ItemRow], *, parts: bool = False) -> tuple[Facet, ...]:
    """Return every facet that tells anything: what no item has a value of is left out.

    ``parts`` asks for what the themes of a large plan hold as one more facet.
    """
    titles = {one.id: one.item.title for one in items}
    boards = _boards(plan)

    def on_owners(one: ItemRow) -> list[tuple[str, str]]:
        return [(officer.id, officer.name) for officer in plan.index.officers_of(one.id)]

    def on_directorate(one: ItemRow) -> list[tuple[str, str]]:
        found = group_of(plan, one.id, "directorate")
        return [] if found is None else [(found, found)]

    def on_part(one: ItemRow) -> list[tuple[str, str]]:
        line = [one.id, *plan.index.ancestors(one.id)]
        at = line.index(one.lane) if one.lane else len(line)
        part = line[at - 1] if at else ""
        if not parts or part not in titles or plan.index.is_leaf(part):
            return []
        return [(part, f"{part} {titles[part]}")]

    found = (
        _facet("theme", items, lambda one: [(one.lane, titles[one.lane])] if one.lane else []),
        _facet("part", items, on_part),
        _facet("directorate", items, on_directorate, by_name=True),
        _facet("owner", items, on_owners, by_name=True),
        _facet("board", items, boards, by_name=True),
        _facet("status", items, lambda one: [(one.item.status, STATUS_WORDS[one.item.status])]),
        _facet("rag", items, _on_rag),
    )
    return tuple(one for one in found if one.keys)


def _on_rag(one: ItemRow) -> list[tuple[str, str]]:
    rag = one.item.rag
    return [(rag, rag[:1].upper() + rag[1:])] if rag else []


def _facet(
    key: str,
    items: Sequence[ItemRow],
    values: Callable[[ItemRow], list[tuple[str, str]]],
    *,
    by_name: bool = False,
) -> Facet:
    """Return a facet; its values stand in the order of the plan, or of their names."""
    given = [values(one) for one in items]
    names = {value: name for found in given for value, name in found}
    keys = sorted(names, key=lambda one: names[one].casefold()) if by_name else list(names)
    place = {value: number for number, value in enumerate(keys)}
    of = tuple(tuple(dict.fromkeys(place[value] for value, _ in found)) for found in given)
    return Facet(key, _NONE[key], tuple(keys), tuple(names[one] for one in keys), of)


def _boards(plan: Plan) -> Callable[[ItemRow], list[tuple[str, str]]]:
    """Return what tells the boards that decide on an item or oversee it, nearest first."""
    own: dict[str, dict[str, None]] = {}
    for gate in plan.gates:
        if gate.state == "accepted":
            own.setdefault(gate.item, {})[gate.board] = None
    for board in plan.boards:
        for item in board.oversees:
            own.setdefault(item, {})[board.id] = None
    names = {board.id: board.name for board in plan.boards}

    def of(one: ItemRow) -> list[tuple[str, str]]:
        if not own:
            return []
        line = (one.id, *plan.index.ancestors(one.id))
        return [(board, names[board]) for key in line for board in own.get(key, ())]

    return of

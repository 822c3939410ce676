"""Names and places of items read from sheets: ids, parents that are named, kinds.

An id is the one that is printed; else, below an item with a printed id, the next free number of it
("SI1.1.3.1"); else the words of the title. Of two equal ids the second becomes ``~2``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from graphmodel.breakdown import find_parent_circle
from graphmodel.problems import Problem
from loaders.columns import fold
from loaders.ids import IdGiver, make_slug, split_printed_id
from loaders.text import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphmodel.items import Kind
    from graphmodel.problems import Place
    from loaders.item_rows import ItemRow

__all__ = ["Node", "Outline", "settle_outline"]

#: Kinds that rows above others have, by depth.
_DEPTHS: Final[tuple[Kind, ...]] = ("theme", "objective", "action")

#: Headings under which titles are activities, as in planning tools.
_TOOL_TITLES: Final = frozenset(
    {"taskname", "task", "activity", "activityname", "summary", "subject", "name", "step"}
)


@dataclass(eq=False, slots=True)
class Node:
    """An item in the making; ``row`` is the row it stands in, None where only its title does."""

    title: str
    place: Place
    wanted: str | None = None
    kind: Kind | None = None
    row: ItemRow | None = None
    parent: Node | None = None
    id: str = ""
    depth: int = 0
    is_parent: bool = False


@dataclass(slots=True)
class Outline:
    """The items of all sheets in order, what references may call them, and what is wrong."""

    nodes: list[Node] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    by_name: dict[str, Node] = field(default_factory=dict)

    def report(self, code: str, severity: Any, message: str, place: Place, *items: str) -> None:
        """Keep a problem."""
        self.problems.append(Problem(code, severity, message, items, place))


def settle_outline(outline: Outline) -> None:
    """Give every item its id, its parent where one is named, and its kind."""
    _name_printed(outline)
    _find_parents(outline)
    _name_others(outline)
    _break_circle(outline)
    for node in outline.nodes:
        if node.parent is not None:
            node.parent.is_parent = True
    _set_depths(outline.nodes)


def _name_printed(outline: Outline) -> None:
    """Give out printed ids first, so that no made one takes them."""
    giver = IdGiver()
    first: dict[str, Node] = {}
    for node in outline.nodes:
        if node.wanted is None:
            continue
        node.id = giver.claim(node.wanted, "~")
        if node.id == node.wanted:
            first[node.id] = node
        else:
            message = (
                f"The id {node.wanted} is given twice (first in {first[node.wanted].place}): "
                f"the second is kept as {node.id}."
            )
            outline.report("id-twice", "error", message, node.place, node.wanted, node.id)
    outline.by_name = dict(first)


def _name_others(outline: Outline) -> None:
    giver = IdGiver(node.id for node in outline.nodes if node.id)
    numbers: dict[str, int] = {}
    for node in outline.nodes:
        if node.id:
            continue
        above = "" if node.parent is None else node.parent.id
        if split_printed_id(above) == (above, ""):
            wanted = above
            while wanted == above or wanted in giver:
                numbers[above] = numbers.get(above, 0) + 1
                wanted = f"{above}.{numbers[above]}"
            node.id = giver.claim(wanted)
        else:
            node.id = giver.claim(make_slug(node.title) or "item")


def _find_parents(outline: Outline) -> None:
    """Find parents that are named: by a column, a WBS code, or the beginning of an id."""
    codes: dict[str, Node] = {}
    aliases: dict[str, Node] = {}
    titles: dict[str, Node | None] = {}
    by_title = any(node.row is not None and "parent" in node.row.values for node in outline.nodes)
    for node in outline.nodes:
        values = node.row.values if node.row is not None else {}
        if "wbs" in values:
            codes.setdefault(values["wbs"], node)
        if "alias" in values:
            aliases.setdefault(values["alias"], node)
        if by_title:
            key = fold(node.title)
            titles[key] = None if key in titles else node
    for code, node in (codes | aliases).items():
        outline.by_name.setdefault(code, node)
    for node in outline.nodes:
        values = node.row.values if node.row is not None else {}
        named = values.get("parent")
        if named is not None:
            _set_named(outline, node, named, titles)
        elif "wbs" in values:
            above = _shorter(values["wbs"], codes)
            node.parent = node.parent if above is None else above
        elif "level" not in values and (node.parent is None or node.parent.row is None):
            above = _shorter(node.id, outline.by_name) if node.id == node.wanted else None
            node.parent = above or node.parent


def _set_named(outline: Outline, node: Node, named: str, titles: Mapping[str, Node | None]) -> None:
    words = clean(named)
    number = re.search(r"#(\S+?)(?::|\s|$)", words)
    tries: Iterable[str] = (
        words,
        *([number[1]] if number else []),
        words.split(" ")[0].rstrip(":"),
    )
    found = next((outline.by_name[one] for one in tries if one in outline.by_name), None)
    found = found or titles.get(fold(words))
    if words.casefold() in {"none", "-", "n/a"}:
        return
    if found is None or found is node:
        column = node.row.column("parent") if node.row is not None else 0
        table = node.row.table if node.row is not None else None
        place = node.place if table is None else table.sheet.place(node.row.row.number, column)  # type: ignore[union-attr]
        what = "itself" if found is node else f'"{shorten(words)}", which no row is'
        message = f"{node.title and shorten(node.title)} is to be part of {what}; it has no parent."
        outline.report("unknown-parent", "warning", message, place)
        return
    node.parent = found


def _shorter(code: str, known: Mapping[str, Node]) -> Node | None:
    """Return the item whose code is the longest beginning of a code, part by part."""
    while "." in code:
        code = code.rpartition(".")[0]
        if code in known:
            return known[code]
    return None


def _break_circle(outline: Outline) -> None:
    """Take the parent away from one item of each circle."""
    parents = {node.id: node.parent.id if node.parent else None for node in outline.nodes}
    by_id = {node.id: node for node in outline.nodes}
    while circle := find_parent_circle(parents):
        node = by_id[circle[0]]
        message = f"These items are each other's parents: {', '.join(circle)}; {node.id} has none."
        outline.report("parent-circle", "error", message, node.place, *circle)
        node.parent = None
        parents[node.id] = None


def _set_depths(nodes: Sequence[Node]) -> None:
    """Count for each item how many stand above it, and settle kinds that no column tells."""
    for node in nodes:
        depth, above = 0, node.parent
        while above is not None:
            depth, above = depth + 1, above.parent
        node.depth = depth
        if node.kind is None:
            node.kind = _DEPTHS[min(depth, 2)] if node.is_parent else _leaf_kind(node)


def _leaf_kind(node: Node) -> Kind:
    if node.row is None:
        return "action"
    return _title_kind(node.row.table.headings[node.row.column("title")])


@lru_cache(maxsize=64)
def _title_kind(heading: str) -> Kind:
    return "activity" if fold(heading) in _TOOL_TITLES else "action"

"""From rows to items in their breakdown.

What an item is part of is told, in this order, by: a column that names the parent; the level of an
outline; a WBS code; columns of theme, objective and action (blank cells go on with the one above);
a heading that stands alone in its row; an id that begins with another's ("SI1.1.3" is part of
"SI1.1"); the sheet, where several sheets hold items.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphmodel.entity import is_id
from loaders.columns import fold
from loaders.ids import split_printed_id
from loaders.item_columns import LEVELS
from loaders.item_names import Node, Outline, settle_outline
from loaders.text import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.items import Kind
    from graphmodel.problems import Place
    from loaders.headers import Table
    from loaders.item_rows import ItemRow

__all__ = ["build_outline"]

#: Columns of titles, outermost first; the last that is filled is what the row is about.
_TITLES: Final = (*LEVELS[:-1], "title", LEVELS[-1])

#: Part of the titles of a column that have an id before them where it is not by chance.
_NEARLY: Final = 0.8

#: Names of sheets that say nothing of what stands in them.
_PLAIN_SHEETS: Final = re.compile(
    r"(?:sheet|tab|table)?\d*|(?:the)?(?:improvement|delivery|action|project)?(?:plan|tracker|log)"
    r"|actions?|milestones?|tasks?|items?|activities|data|export|issues?|workpackages?"
)


def build_outline(tables: Sequence[tuple[Table, Sequence[ItemRow]]]) -> Outline:
    """Return the items that the rows of tables stand for."""
    outline = Outline()
    several = len(tables) > 1
    for table, rows in tables:
        head = _sheet_node(table) if several else None
        if head is not None:
            outline.nodes.append(head)
        _SheetOutline(outline, table, head).read(rows)
    settle_outline(outline)
    return outline


def _sheet_node(table: Table) -> Node | None:
    name = table.sheet.name or ""
    if _PLAIN_SHEETS.fullmatch(fold(name)):
        return None
    return Node(clean(name), table.sheet.place(1), kind="theme")


class _SheetOutline:
    """The items of one sheet: what stands above the row that is read."""

    def __init__(self, outline: Outline, table: Table, head: Node | None) -> None:
        self.outline = outline
        self.table = table
        self.head = head
        self.section: Node | None = None
        self.upper: dict[str, Node] = {}
        self.held: dict[tuple[int, str, str], Node] = {}
        self.seen: dict[tuple[int, str, str], Node] = {}
        self.stack: list[tuple[int, Node]] = []
        columns = {column.field: place for place, column in table.known.items()}
        self.titles = [(level, columns[level]) for level in _TITLES if level in columns]
        self.columns = columns
        self.structured = bool(table.fields & {"level", "wbs", "parent"})

    def read(self, rows: Sequence[ItemRow]) -> None:
        self.id_level = self._find_id_level(rows)
        self.printed = {level for level, _ in self.titles if self._begin_with_ids(rows, level)}
        for number, row in enumerate(rows):
            if self._is_section(row):
                self._open_section(row, rows[number + 1 :][:1])
            else:
                self._add(row)

    def _find_id_level(self, rows: Sequence[ItemRow]) -> str:
        """Return which column of titles the ids belong to: the last, unless they repeat above it.

        "Ref, Action, Milestone" with one ref for all the milestones of an action is the action's.
        """
        last = self.titles[-1][0]
        if len(self.titles) < len("AB") or "id" not in self.columns:
            return last
        upper = self.titles[-2][0]
        ids: dict[str, str] = {}
        filled = [row.values for row in rows if last in row.values]
        named = [(one["id"], one.get(upper, "")) for one in filled if "id" in one]
        if len({name for name, _ in named}) == len(filled):
            return last
        for name, words in named:
            if words and ids.setdefault(name, words) != words:
                return last
        return upper

    def _begin_with_ids(self, rows: Sequence[ItemRow], level: str) -> bool:
        """Return whether titles have ids before them ("SI1 Homes"): nearly all of them do.

        One among many is the name of something ("A40 bridge").
        """
        if "id" in self.columns and level == self.id_level:
            return False  # the ids have a column of their own
        texts = {row.values[level] for row in rows if level in row.values}
        begun = [text for text in texts if (split := split_printed_id(clean(text))) and split[1]]
        return len(begun) >= _NEARLY * len(texts) > 0

    def _split(self, level: str, title: str) -> tuple[str | None, str]:
        """Return the id before a title, if titles of this column have one, and the title."""
        split = split_printed_id(title) if level in self.printed else None
        return split if split is not None and split[1] else (None, title)

    def _is_section(self, row: ItemRow) -> bool:
        """Return whether a row has one cell, and that is no item without a date."""
        if self.structured or len(row.values) > 1:
            return False
        filled = [place for place, text in enumerate(row.row.cells) if text]
        if len(filled) != 1:
            return False
        place = filled[0]
        if "id" in row.values:
            return True
        if place not in {place for _, place in self.titles}:
            return True
        return "id" in self.columns or self._is_merged(row.row.number, place)

    def _is_merged(self, number: int, place: int) -> bool:
        return any(
            top <= number <= bottom and left <= place < right
            for top, left, bottom, right in self.table.sheet.merged
        )

    def _open_section(self, row: ItemRow, following: Sequence[ItemRow]) -> None:
        column = next(place for place, text in enumerate(row.row.cells) if text)
        place = self.table.sheet.place(row.row.number, column)
        words = clean(row.row.cells[column])
        if not following:
            message = f'"{shorten(words)}" stands alone below the last item'
            self.outline.report("not-placed", "info", f"{message}; it is not used.", place)
            return
        name, title = split_printed_id(words) or (None, words)
        above = self.section if name is not None else None
        while above is not None and not (name or "").startswith(f"{above.wanted}."):
            above = above.parent
        node = Node(title or words, place, name, "objective" if above else "theme")
        node.parent = above or self.head
        self.section = node
        self.upper, self.held, self.seen = {}, {}, {}
        self.outline.nodes.append(node)

    def _add(self, row: ItemRow) -> None:
        values = row.values
        filled = [(level, column) for level, column in self.titles if level in values]
        if not filled:
            self._add_untitled(row)
            return
        above: Node | None = self.section or self.head
        for level, column in self.titles:
            if (level, column) == filled[-1]:
                break
            above = self._find_upper(row, level, column, above) or above
        level, column = filled[-1]
        title = values[level] if level != "milestone" else clean(values[level])
        is_last = level == self.titles[-1][0]
        wanted = values.get(f"{level}_id") or (values.get("id") if self._owns_id(level) else None)
        place = self.table.sheet.place(row.row.number, column)
        key = (id(above), level, "" if is_last else fold(title))
        node = None if is_last else self.held.get(key)
        if node is not None and node.row is None:
            node.row = row
            node.wanted = node.wanted or wanted
        else:
            node = self._make(row, title, wanted, level, place)
            node.parent = above
            self.outline.nodes.append(node)
        if not is_last:
            self._hold(level, node, key)
        self._nest(row, node)

    def _owns_id(self, level: str) -> bool:
        """Return whether the id of a row is that of its last title, at this level."""
        order: list[str] = [one for one, _ in self.titles]
        return order.index(level) <= order.index(self.id_level)

    def _make(self, row: ItemRow, title: str, wanted: str | None, level: str, place: Place) -> Node:
        if wanted is None and level in self.printed and "wbs" not in row.values:
            wanted, title = self._split(level, title)
        kind: Kind | None = row.values.get("kind")
        if row.values.get("flag"):
            kind = "milestone"
        if kind is None and level != "title":
            kind = level  # type: ignore[assignment]
        return Node(title, place, wanted or self._code(row), kind, row)

    def _code(self, row: ItemRow) -> str | None:
        code = row.values.get("wbs")
        return code if code and "id" not in self.columns and is_id(code) else None

    def _find_upper(self, row: ItemRow, level: str, column: int, above: Node | None) -> Node | None:
        """Return the item of an upper column: named in this row, or in one before it."""
        words = row.values.get(level)
        if words is None:
            return self.upper.get(level)
        same = (id(above), level, words)
        node = self.seen.get(same)
        if node is not None:
            self._hold(level, node, None)
            return node
        title = clean(words)
        key = (id(above), level, fold(title))
        node = self.held.get(key)
        if node is None:
            wanted = row.values.get(f"{level}_id")
            if wanted is None and level == self.id_level:
                wanted = row.values.get("id")
            place = self.table.sheet.place(row.row.number, column)
            if wanted is None:
                wanted, title = self._split(level, title)
            node = Node(title, place, wanted, None if level == "title" else level)  # type: ignore[arg-type]
            node.parent = above
            self.outline.nodes.append(node)
        self._hold(level, node, key)
        self.seen[same] = node
        return node

    def _hold(self, level: str, node: Node, key: tuple[int, str, str] | None) -> None:
        if self.upper.get(level) is node:
            return
        if key is not None:
            self.held[key] = node
        order: list[str] = [one for one, _ in self.titles]
        for lower in order[order.index(level) + 1 :]:
            self.upper.pop(lower, None)
        self.upper[level] = node

    def _nest(self, row: ItemRow, node: Node) -> None:
        """Put a row below the last one of a lower level of the outline."""
        level = row.values.get("level")
        if level is None:
            return
        while self.stack and self.stack[-1][0] >= level:
            self.stack.pop()
        if self.stack:
            node.parent = self.stack[-1][1]
        self.stack.append((level, node))

    def _add_untitled(self, row: ItemRow) -> None:
        name = row.values.get("id")
        place = self.table.sheet.place(row.row.number, self.columns.get("id", 0))
        if name is None:
            shown = next((text for text in row.row.cells if text), None)
            if shown is not None:
                message = f'The row of "{shorten(clean(shown))}" has no title'
                self.outline.report("not-placed", "warning", f"{message}; it is not used.", place)
            return
        message = f"{name} has no title; its id is used for one."
        self.outline.report("title-missing", "warning", message, place, name)
        node = self._make(row, name, name, "title", place)
        node.parent = self.section or self.head
        self.outline.nodes.append(node)
        self._nest(row, node)

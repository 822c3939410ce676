"""One page of a PDF: its tables by their rulings, and the lines outside them.

1. A table is what rulings close into two cells or more; a single box is a frame around text.
2. Where a page ends inside a table, the lower ruling may be missing: the foot of upright rulings
   that end together closes it, and so does their head.
3. A character belongs to the cell its middle lies in. A cell that reaches over several rows or
   columns of the table's grid covers them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Final

from loaders.pdf_lines import read_lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.pdf_lines import Line

__all__ = ["Box", "Page", "RuledRow", "RuledTable", "merge_near", "read_page"]

#: Rulings that are meant to meet may miss each other by this much.
_NEAR: Final = 3.0

#: What stands for a character whose font does not say which it is.
_UNKNOWN: Final = "(cid:"


@dataclass(slots=True)
class Box:
    """A cell: its edges, its lines, and whether it began in a row above (the lines are shared)."""

    left: float
    right: float
    lines: list[Line]
    goes_on: bool = False


@dataclass(slots=True)
class RuledRow:
    """A row of a table."""

    boxes: list[Box]
    page: int

    @property
    def texts(self) -> list[str]:
        """The words of its cells, to compare rows by."""
        return [" ".join(line.text for line in box.lines) for box in self.boxes]


@dataclass(slots=True)
class RuledTable:
    """A table, and where it begins on its page."""

    rows: list[RuledRow]
    top: float

    @property
    def edges(self) -> list[float]:
        """The left edges of its columns, and the right edge of the last."""
        boxes = [box for row in self.rows for box in row.boxes]
        return [*merge_near(box.left for box in boxes), max(box.right for box in boxes)]


@dataclass(slots=True)
class Page:
    """What stands on a page; ``unread`` counts characters nobody can read."""

    number: int
    height: float
    lines: list[Line] = field(default_factory=list)
    tables: list[RuledTable] = field(default_factory=list)
    has_pictures: bool = False
    unread: int = 0
    turned: int = 0


def read_page(page: Any) -> Page:
    """Read a page that pdfplumber opened."""
    found = Page(page.page_number, float(page.height), has_pictures=bool(page.images))
    shown = page.dedupe_chars().chars  # bold is faked by printing twice
    upright = [one for one in shown if one.get("upright", True)]
    readable = [one for one in upright if not one["text"].startswith(_UNKNOWN)]
    found.turned = sum(not one["text"].isspace() for one in shown if not one.get("upright", True))
    found.unread = len(upright) - len(readable)
    blanks = [one for one in readable if one["text"].isspace()]
    left = list(readable)
    for table in _find_tables(page):
        inside, left = _split(left, table.bbox)
        ruled, loose = _read_table(table.cells, inside, blanks, found.number)
        found.tables.append(ruled)
        left += loose
    found.lines = read_lines(left, found.number, blanks)
    return found


def _find_tables(page: Any) -> list[Any]:
    settings = {"explicit_horizontal_lines": _close_cut(page.edges)} if page.edges else {}
    return [table for table in page.find_tables(settings) if len(table.cells) > 1]


def _close_cut(edges: Iterable[dict[str, Any]]) -> list[float]:
    """Return the heights at which two upright rulings or more end without one across (rule 2)."""
    upright = [one for one in edges if one["orientation"] == "v"]
    level = [one["top"] for one in edges if one["orientation"] == "h"]
    if len(upright) < len("||"):
        return []
    ends = [max(one["bottom"] for one in upright), min(one["top"] for one in upright)]
    return [
        end
        for end in ends
        if sum(min(abs(one["top"] - end), abs(one["bottom"] - end)) < _NEAR for one in upright) > 1
        and not any(abs(top - end) < _NEAR for top in level)
    ]


def _split(
    characters: Sequence[dict[str, Any]], area: tuple[float, float, float, float]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the characters whose middle lies in an area, and the others (rule 3)."""
    left, top, right, bottom = area
    inside: list[dict[str, Any]] = []
    outside: list[dict[str, Any]] = []
    for one in characters:
        across = left <= (one["x0"] + one["x1"]) / 2 < right
        down = top <= (one["top"] + one["bottom"]) / 2 < bottom
        (inside if across and down else outside).append(one)
    return inside, outside


def _read_table(
    cells: Sequence[tuple[float, float, float, float]],
    characters: list[dict[str, Any]],
    blanks: Sequence[dict[str, Any]],
    page: int,
) -> tuple[RuledTable, list[dict[str, Any]]]:
    """Return a table, and the characters inside it that no cell holds."""
    boxes: list[tuple[float, float, Box]] = []
    for cell in sorted(cells):
        inside, characters = _split(characters, cell)
        boxes.append((cell[1], cell[3], Box(cell[0], cell[2], read_lines(inside, page, blanks))))
    rows = []
    for top in merge_near(cell[1] for cell in cells):
        row = [
            box if begin >= top - _NEAR else replace(box, goes_on=True)
            for begin, end, box in boxes
            if begin <= top + _NEAR and end > top + _NEAR
        ]
        rows.append(RuledRow(sorted(row, key=lambda box: box.left), page))
    return RuledTable(rows, min(cell[1] for cell in cells)), characters


def merge_near(values: Iterable[float]) -> list[float]:
    """Return values in order, those that are nearly the same once."""
    merged: list[float] = []
    for value in sorted(Counter(values)):
        if not merged or value - merged[-1] > _NEAR:
            merged.append(value)
    return merged

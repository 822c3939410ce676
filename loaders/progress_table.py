"""The table of a theme progress report: one theme a row, which page ends cut into many rows.

1. The head names the columns; it stands again on each page. A row with words under "Theme" begins
   a theme, a row without goes on with the one above. A theme that is named again goes on too.
2. Every column is a list of entries: paragraphs, and bullets with their level. The sign of a bullet
   tells its level where a page end has cut the list it stood in: ○ is 2, ▪ is 3; an entry below
   such a one is that much deeper, any other has the depth of its list.
3. The first entry of a row goes on with the last of the row above if that one ends with a dash, or
   it begins with a small letter, or it is a paragraph in plain type and the other has no full stop.
   Where a reader of documents has put the two rows together, a paragraph in plain type below a
   bullet goes on with it by the dash or the small letter alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from loaders.blocks import Table, read_blocks
from loaders.markup import read_parts, read_words

if TYPE_CHECKING:
    from loaders.blocks import Row
    from loaders.markup import Part

__all__ = ["Column", "Entry", "ProgressTable", "ThemeRow", "read_head", "read_table"]

Column = Literal["theme", "summary", "achievements", "milestones"]

_HEADS: Final[tuple[tuple[Column, re.Pattern[str]], ...]] = (
    ("theme", re.compile(r"themes?\b", re.IGNORECASE)),
    ("summary", re.compile(r"(?:summary|progress|update)\b", re.IGNORECASE)),
    ("achievements", re.compile(r"(?:key\s+)?achievements?\b", re.IGNORECASE)),
    ("milestones", re.compile(r"(?:key\s+)?milestones?\b", re.IGNORECASE)),
)
#: A longer cell is no head of a column.
_HEAD_WORDS: Final = 6

_LEVELS: Final = {"○": 2, "◦": 2, "▪": 3, "■": 3}
_STOP = re.compile(r"[.:;!?…]$")
_DASH = re.compile(r"[-\u2013\u2014]$")
_LABEL = re.compile(r".*:$|(?:of the )?(?:\d+|zero|no)\s.*", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class Entry:
    """A paragraph (level 0) or bullet (from 1), the line it begins on, and what goes on below."""

    line: int
    text: str
    level: int = 0
    strong: bool = False
    continued: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class ThemeRow:
    """A theme: its title and the entries of each of its columns."""

    line: int
    title: str
    columns: dict[Column, list[Entry]] = field(default_factory=dict)
    again: list[int] = field(default_factory=list)


@dataclass(slots=True)
class ProgressTable:
    """The themes in order; ``period`` is what the head says of the time of the achievements."""

    themes: list[ThemeRow] = field(default_factory=list)
    period: tuple[int, str] | None = None
    loose: list[tuple[int, str, str]] = field(default_factory=list)


def read_head(cells: tuple[str, ...]) -> tuple[Column | None, ...] | None:
    """Return the columns of a row that is the head of such a table, else ``None``."""
    words = [read_words(cell) for cell in cells]
    found = [next((name for name, form in _HEADS if form.match(one)), None) for one in words]
    short = all(len(one.split()) <= _HEAD_WORDS for one in words)
    if found[:1] != ["theme"] or not short or not {"summary", "milestones"} <= set(found):
        return None
    return tuple(name if name not in found[:place] else None for place, name in enumerate(found))


def read_table(text: str) -> ProgressTable:
    """Read every row of a paper into its themes; rules 1-3 above."""
    table = ProgressTable()
    columns: tuple[Column | None, ...] | None = None
    for block in read_blocks(text):
        if not isinstance(block, Table):
            table.loose.append((block.line, block.text, "stands outside the tables"))
            continue
        for row in block.rows:
            head = read_head(row.cells)
            if head is not None:
                columns = head
                _read_period(table, row, head)
            elif columns is None:
                table.loose.append((row.line, _words(row), "stands above the head of the table"))
            else:
                _read_row(table, row, columns)
    return table


def _read_period(table: ProgressTable, row: Row, head: tuple[Column | None, ...]) -> None:
    for column, cell in zip(head, row.cells, strict=True):
        inside = re.search(r"\(([^()]*)\)", read_words(cell))
        if column == "achievements" and inside is not None and table.period is None:
            table.period = (row.line, inside[1])
        elif column is None:
            table.loose.append((row.line, read_words(cell), "heads a column that is not known"))


def _read_row(table: ProgressTable, row: Row, columns: tuple[Column | None, ...]) -> None:
    title = read_words(row.cells[0])
    if title:
        theme = next((one for one in table.themes if _same(one.title, title)), None)
        if theme is None:
            theme = ThemeRow(row.line, title)
            table.themes.append(theme)
        else:
            theme.again.append(row.line)
    elif table.themes:
        theme = table.themes[-1]
    else:
        table.loose.append((row.line, _words(row), "stands before any theme"))
        return
    for place, cell in enumerate(row.cells[1:], start=1):
        column = columns[place] if place < len(columns) else None
        if column is not None:
            _extend(theme.columns.setdefault(column, []), row.line, read_parts(cell))
        elif read_words(cell):
            table.loose.append((row.line, read_words(cell), "stands in a further column"))


def _extend(entries: list[Entry], line: int, parts: tuple[Part, ...]) -> None:
    signed = (0, 0)  # the depth and the level of the last bullet whose sign tells its level
    for number, part in enumerate(parts):
        if entries and _goes_on(entries[-1], part, first=number == 0):  # rule 3
            above = entries[-1]
            joint = "" if _is_cut_word(above.text, part.text) else " "
            above.text = f"{above.text}{joint}{part.text}"
            above.continued.append((line, part.text))
            continue
        level = 0 if part.kind == "text" else max(1, part.level)  # rule 2
        if level and part.sign in _LEVELS:
            signed = (level, _LEVELS[part.sign])
            level = signed[1]
        elif signed[0] < level:
            level += signed[1] - signed[0]
        entries.append(Entry(line, part.text, level, part.strong))


def _goes_on(above: Entry, part: Part, *, first: bool) -> bool:
    if _STOP.search(above.text):
        return False
    is_open = _DASH.search(above.text) is not None or part.text[:1].islower()
    is_plain = part.kind == "text" and not part.strong and not _LABEL.fullmatch(part.text)
    if first:
        return is_open or is_plain
    return is_open and is_plain and above.level > 0


def _is_cut_word(above: str, below: str) -> bool:
    """Return whether a hyphen at the end cuts a word ("sub-", "regional meetings")."""
    return above.endswith("-") and above[-2:-1].isalpha() and below[:1].islower()


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _words(row: Row) -> str:
    return " ".join(words for cell in row.cells if (words := read_words(cell)))

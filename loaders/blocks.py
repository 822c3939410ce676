"""The text of a paper as blocks: headings, paragraphs, and tables with rows and cells.

This is the form in which papers come out of a converter from PDF: a table row is a line whose
cells are separated by tabs, a blank line ends a table or paragraph, rules of dashes stand between
a table's head and body.

1. A line with a tab is a row; rows on consecutive lines are one table.
2. A row or line of dashes alone is a rule: it ends a paragraph, not a table, and says nothing.
3. Other consecutive lines are one paragraph, whose line number is that of its first line.
4. A line is like a heading if it begins with ``#``, or if it is short, starts with a capital, a
   digit or a bracket and has no full stop, comma, colon or semicolon at its end. Lines that are
   all like headings are one heading each; a sentence broken over lines ends with a full stop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from loaders.markup import read_words
from loaders.text import clean, split_lines

__all__ = ["HEADING_WORDS", "Block", "Heading", "Paragraph", "Row", "Table", "read_blocks"]

#: A longer line without an end is a sentence cut off, not a heading.
HEADING_WORDS: Final = 15

_RULE = re.compile(r"[\s|:]*-{2,}[-\s|:]*")
_HEADING = re.compile(r"[A-Z0-9(\"'\u2018\u201c].*[^.,;:]", re.DOTALL)
_MARK = re.compile(r"#{1,6}\s+")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and the line it stands on (from 1)."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and the line it begins on."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells as they stand, without empty ones at its end."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows on consecutive lines."""

    rows: tuple[Row, ...]

    @property
    def line(self) -> int:
        """The line of the first row."""
        return self.rows[0].line


Block = Heading | Paragraph | Table


def read_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of a text in order; every word of it stands in one of them."""
    blocks: list[Block] = []
    rows: list[Row] = []
    plain: list[tuple[int, str]] = []
    for number, line in enumerate(split_lines(text), start=1):
        row = _read_row(number, line)
        is_rule = _RULE.fullmatch(line) is not None
        is_plain = row is None and not is_rule and bool(clean(line))
        if rows and row is None and not is_rule:
            blocks.append(Table(tuple(rows)))
            rows.clear()
        if plain and not is_plain:
            blocks.extend(_read_plain(plain))
            plain.clear()
        if row is not None and not is_rule:
            rows.append(row)
        elif is_plain:
            plain.append((number, line))
    return (*blocks, *([Table(tuple(rows))] if rows else _read_plain(plain)))


def _read_row(number: int, line: str) -> Row | None:
    cells = [cell.strip() for cell in line.split("\t")] if "\t" in line else []
    while cells and not clean(cells[-1]):
        cells.pop()
    return Row(number, tuple(cells)) if cells else None


def _read_plain(lines: list[tuple[int, str]]) -> list[Block]:
    """Return the headings, or the one paragraph, that consecutive plain lines are (rules 3, 4)."""
    words = [(number, clean(read_words(line))) for number, line in lines]
    words = [(number, text) for number, text in words if text]
    if not words:
        return []
    if all(_is_like_heading(text) for _, text in words):
        return [Heading(number, _MARK.sub("", text, count=1)) for number, text in words]
    return [Paragraph(words[0][0], " ".join(text for _, text in words))]


def _is_like_heading(text: str) -> bool:
    if _MARK.match(text):
        return True
    return len(text.split()) <= HEADING_WORDS and _HEADING.fullmatch(text) is not None

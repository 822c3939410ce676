"""Markdown (CommonMark, with GitHub's tables) as paragraphs and tables, without other packages.

1. Marks of emphasis, links and code are taken off their words; HTML inside counts as in a web page.
2. A table is a row with ``|`` above a row of dashes, and the rows below it; lines with tabs are a
   table as in the text of a paper.
3. An entry of a list takes the indented lines below it along; its depth follows its indent.
4. Front matter is left out; comments and addresses of links are no text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from loaders.document_findings import Tally
from loaders.document_parts import Cell, Document, Grid, GridRow, Para
from loaders.documents_html import read_fragment
from loaders.markdown_inline import read_inline, restore, split_cells
from loaders.text import split_lines

if TYPE_CHECKING:
    from loaders.document_parts import Part

__all__ = ["read_markdown"]

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*?))??(?:[ \t]+#+)?[ \t]*")
_RULE = re.compile(r" {0,3}([-*_])(?:[ \t]*\1){2,}[ \t]*")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*")
_DASHES = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_ENTRY = re.compile(r"([ \t]*)([-*+]|\d{1,9}[.)])[ \t]+(\S.*)")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(?!.*`).*")
_NOTE = re.compile(r" {0,3}\[\^([^\]\s]+)\]:[ \t]*(.*)")
_ADDRESS = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\S+.*")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_QUOTE = re.compile(r"\A(?: {0,3}> ?)+")
_TABLE = re.compile(r"\s*<(?:table|div|ul|ol)\b", re.IGNORECASE)
_TAB: Final = 4


def read_markdown(text: str) -> Document:
    """Read Markdown; each part's origin is its line in ``text``."""
    bare = _COMMENT.sub(lambda comment: "\n" * comment.group().count("\n"), text)
    reader = _Reader(split_lines(bare))
    while reader.place < len(reader.lines):
        reader.read_line()
    reader.flush()
    reader.tally.report(reader.document)
    return reader.document


class _Reader:
    """Goes through the lines; ``plain`` are those of the paragraph or entry being read."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.place = 0
        self.document = Document()
        self.tally = Tally()
        self.plain: list[str] = []
        self.begin = 1
        self.entry: tuple[int, str] | None = None
        self.indents: list[int] = []
        self.skip_front_matter()

    def skip_front_matter(self) -> None:
        if self.lines[0].rstrip() != "---" or not self.lines[1:] or not self.lines[1].strip():
            return
        ends = [n for n, line in enumerate(self.lines) if n and line.rstrip() in {"---", "..."}]
        for _ in range(ends[0] - 1 if ends else 0):
            self.tally.meet("front")
        self.place = ends[0] + 1 if ends else 0

    def read_line(self) -> None:
        """Read one line, and those that belong to it."""
        line = _QUOTE.sub("", self.lines[self.place])
        entry, note = _ENTRY.fullmatch(line), _NOTE.fullmatch(line)
        if not line.strip():
            self.end_paragraph()
        elif self.read_block(line):
            pass
        elif entry:
            self.begin_entry(entry)
        elif note:
            self.flush()
            self.plain, self.begin = [f"Footnote {note[1]}: {note[2]}"], self.place + 1
        elif self.plain or not _ADDRESS.fullmatch(line):
            self.add_plain(line)
        self.place += 1

    def read_block(self, line: str) -> bool:
        """Read what is no paragraph and no list, from this line on; say whether there was any."""
        following = self.lines[self.place + 1] if self.place + 1 < len(self.lines) else ""
        heading, entry = _HEADING.fullmatch(line), _ENTRY.fullmatch(line)
        is_row = "\t" in (entry[3] if entry else line).strip()
        if _FENCE.fullmatch(line):
            self.read_fence(line)
        elif heading:
            self.add_heading(heading[2] or "", len(heading[1]), self.place + 1)
        elif self.plain and self.entry is None and _UNDERLINE.fullmatch(line):
            words, self.plain = " ".join(self.plain), []
            self.add_heading(words, 1 if "=" in line else 2, self.begin)
        elif _RULE.fullmatch(line):
            self.flush()
        elif is_row or ("|" in line and _is_rule(following)):
            self.read_table(piped=not is_row)
        elif _TABLE.match(line):
            self.read_html()
        else:
            return False
        return True

    def end_paragraph(self) -> None:
        """End a paragraph at a blank line; the list around it may go on."""
        self.flush(keep_list=True)

    def add_plain(self, line: str) -> None:
        if not self.plain:
            self.begin = self.place + 1
            if not line.startswith((" ", "\t")):
                self.indents.clear()
        self.plain.append(line.strip() + ("\n" if line.endswith(("  ", "\\")) else ""))

    def begin_entry(self, entry: re.Match[str]) -> None:
        self.flush(keep_list=True)
        indent = len(entry[1].expandtabs(_TAB))
        while self.indents and indent < self.indents[-1]:
            self.indents.pop()
        if not self.indents or indent > self.indents[-1]:
            self.indents.append(indent)
        label = entry[2] if entry[2][0].isdigit() else ""
        self.entry, self.begin = (len(self.indents), label), self.place + 1
        self.add_plain(f" {entry[3]}")

    def add_heading(self, words: str, level: int, line: int) -> None:
        self.flush()
        for part in self.read_words(words, line):
            if isinstance(part, Para):
                part = Para(part.text.replace("\n", " "), level, origin=line)  # noqa: PLW2901
            self.add(part)

    def read_fence(self, line: str) -> None:
        self.flush()
        fence = line.strip()[:3]
        begin = self.place + 1
        rest = self.lines[begin:]
        ends = [n for n, one in enumerate(rest) if one.strip().startswith(fence)]
        block = rest[: ends[0]] if ends else rest
        self.add(Para("\n".join(block), origin=begin + 1))
        self.place = begin + len(block)

    def read_table(self, *, piped: bool) -> None:
        self.flush()
        rows = []
        mark = "|" if piped else "\t"
        while self.place < len(self.lines) and mark in self.lines[self.place].strip():
            line = _QUOTE.sub("", self.lines[self.place])
            cells = split_cells(line) if piped else line.split("\t")
            parts = [tuple(self.read_words(cell, self.place + 1, depth=1)) for cell in cells]
            row = tuple(Cell(one, number) for number, one in enumerate(parts))
            rows.append(GridRow(row, self.place + 1))
            self.place += 1
        self.place -= 1
        del rows[1 : 2 if piped else 1]  # the rule below the head
        self.add(Grid(tuple(rows)))

    def read_html(self) -> None:
        """Read a block of HTML up to a blank line outside its tables."""
        self.flush()
        begin = self.place
        depth = 0
        while self.place < len(self.lines):
            line = self.lines[self.place].lower()
            depth += line.count("<table") - line.count("</table")
            if not line.strip() and depth <= 0:
                break
            self.place += 1
        block = "\n".join(self.lines[begin : self.place])
        for part in read_fragment(block, begin + 1, self.tally):
            self.add(part)
        self.place -= 1

    def read_words(self, text: str, line: int, *, depth: int = 0) -> list[Part]:
        """Return the paragraphs that a text of Markdown and HTML is, in a table or outside."""
        parts = read_fragment(read_inline(text), line, self.tally, depth=depth)
        return [_restore(part) for part in parts]

    def add(self, part: Part) -> None:
        self.document.parts.append(part)
        self.tally.part = len(self.document.parts)

    def flush(self, *, keep_list: bool = False) -> None:
        """Keep the paragraph or entry read so far."""
        joined = " ".join(self.plain).replace("\\\n", "\n").replace("\n", "<br>")
        level, label = self.entry or (0, "")
        for part in self.read_words(joined, self.begin) if joined else ():
            if isinstance(part, Para) and level:
                part = Para(part.text.replace("\n", " "), 0, level, label, self.begin)  # noqa: PLW2901
            self.add(part)
        self.plain.clear()
        self.entry = None
        if not keep_list:
            self.indents.clear()


def _is_rule(line: str) -> bool:
    return "-" in line and "|" in line and _DASHES.fullmatch(_QUOTE.sub("", line)) is not None


def _restore(part: Part) -> Part:
    if isinstance(part, Para):
        return Para(restore(part.text), part.heading, part.entry, part.label, part.origin)
    rows = tuple(
        GridRow(
            tuple(
                Cell(tuple(map(_restore, cell.parts)), cell.column, cell.width, cell.goes_on)
                for cell in row.cells
            ),
            row.origin,
        )
        for row in part.rows
    )
    return Grid(rows)

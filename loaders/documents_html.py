"""Web pages as paragraphs and tables, with the standard library alone.

1. Scripts, styles, heads of pages, controls and what is hidden are left out.
2. Of marked changes (``<ins>``, ``<del>``) the new wording counts.
3. Paragraphs inside an entry of a list are one entry; a list inside it is the next level.
4. A cell that spans rows or columns covers them on the table's grid.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from loaders.document_findings import Tally
from loaders.document_parts import (
    BOLD,
    MAX_NESTING,
    PLAIN,
    Cell,
    Document,
    Grid,
    GridRow,
    Para,
    unwrap,
)
from loaders.html_tree import Element, read_tree
from loaders.numerals import write_letters, write_roman

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document_parts import Part

__all__ = ["read_fragment", "read_html"]

_SKIPPED: Final = frozenset(
    [
        "script",
        "style",
        "head",
        "template",
        "noscript",
        "svg",
        "iframe",
        "object",
        "canvas",
        "audio",
        "video",
        "select",
        "button",
        "textarea",
        "datalist",
        "map",
    ]
)
_BLOCKS: Final = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "header",
        "hr",
        "html",
        "legend",
        "main",
        "nav",
        "p",
        "pre",
        "section",
        "summary",
    ]
)
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE
)
_WIDEST: Final = 1000
_TALLEST: Final = 65_534


def read_html(text: str) -> Document:
    """Read a web page; each part's origin is its line in ``text``."""
    document = Document()
    tally = Tally()
    for part in _Blocks(tally).read(read_tree(text)):
        document.parts.append(part)
        tally.part = len(document.parts)
    tally.report(document)
    return document


def read_fragment(text: str, line: int, tally: Tally, *, depth: int = 0) -> list[Part]:
    """Read a stretch of HTML inside another document.

    ``line`` is where it begins there, ``depth`` how many tables are around it.
    """
    return list(_Blocks(tally, depth).read(read_tree(text, line)))


class _Blocks:
    """Reads the blocks of an element; ``depth`` counts the tables around it."""

    def __init__(self, tally: Tally, depth: int = 0) -> None:
        self.tally = tally
        self.depth = depth
        self.words: list[str] = []
        self.line: int | None = None
        self.heading = 0
        self.entry: tuple[int, str] | None = None
        self.level = 0

    def read(self, element: Element) -> Iterator[Part]:
        self.line = element.line
        yield from self._visit_all(element)
        yield from self._flush()

    def _flush(self) -> Iterator[Part]:
        """Yield the paragraph read so far; an entry has its sign once."""
        text = "\n".join(line.strip() for line in "".join(self.words).split("\n")).strip()
        self.words.clear()
        if text:
            level, label = self.entry or (0, "")
            self.entry = None
            yield Para(text, self.heading, level, label, self.line)
        self.line = None

    def _visit_all(self, element: Element) -> Iterator[Part]:
        for child in element.children:
            if isinstance(child, str):
                self.words.append(_SPACE.sub(" ", child))
                self.line = self.line or (element.line if child.strip() else None)
            else:
                self.line = self.line or child.line
                yield from self._visit(child)

    def _visit(self, element: Element) -> Iterator[Part]:
        name = element.name
        if name in _SKIPPED:
            return
        if _is_hidden(element):
            self.tally.meet("hidden")
        elif name in {"del", "ins", "br", "img", "b", "strong"}:
            yield from self._read_mark(element)
        elif name == "table":
            yield from self._flush()
            yield from self._read_table(element)
        elif name in {"ul", "ol"}:
            yield from self._read_list(element)
        elif name in _HEADINGS:
            yield from self._read_heading(element)
        elif name in _BLOCKS or name == "li":
            yield from self._read_block(element)
        else:
            yield from self._visit_all(element)

    def _read_mark(self, element: Element) -> Iterator[Part]:
        if element.name == "br":
            self.words.append(" " if self.entry else "\n")
        elif element.name == "img":
            self.tally.meet("picture")
        elif element.name in {"b", "strong"}:
            marks = (BOLD, PLAIN) if self.depth and _has_words(element) else ("", "")
            self.words.append(marks[0])
            yield from self._visit_all(element)
            self.words.append(marks[1])
        else:
            self.tally.meet("tracked")  # rule 2
            if element.name == "ins":
                yield from self._visit_all(element)

    def _read_block(self, element: Element) -> Iterator[Part]:
        if self.entry and element.name in _BLOCKS:  # rule 3
            self.words.append(" ")
            yield from self._visit_all(element)
            self.words.append(" ")
            return
        yield from self._flush()
        self.line = element.line
        yield from self._visit_all(element)
        yield from self._flush()

    def _read_heading(self, element: Element) -> Iterator[Part]:
        yield from self._flush()
        self.line, self.heading = element.line, int(element.name[1])
        yield from self._visit_all(element)
        yield from self._flush()
        self.heading = 0

    def _read_list(self, element: Element) -> Iterator[Part]:
        yield from self._flush()
        self.level += 1
        number = _read_span(element, "start", 1) - 1
        for child in element.children:
            if isinstance(child, Element) and child.name == "li":
                number = _read_span(child, "value", number + 1)
                label = _write_label(element, number) if element.name == "ol" else ""
                yield from self._flush()
                self.line, self.entry = child.line, (self.level, label)
                yield from () if _is_hidden(child) else self._visit_all(child)
                yield from self._flush()
                self.entry = None
            elif isinstance(child, Element):
                yield from self._visit(child)
            elif child.strip():
                self.words.append(_SPACE.sub(" ", child))
        yield from self._flush()
        self.level -= 1

    def _read_table(self, table: Element) -> Iterator[Part]:
        if self.depth:
            self.tally.meet("nested")
        if self.depth >= MAX_NESTING:
            yield Para(_SPACE.sub(" ", " ".join(_find_words(table))), origin=table.line)
            return
        yield from _Blocks(self.tally, self.depth).read(_gather_stray(table))
        rows = []
        spans: dict[int, _Span] = {}
        for row in _find_rows(table):
            cells = tuple(self._read_cells(row, spans))
            if _is_hidden(row):
                self.tally.meet("hidden")
            else:
                rows.append(GridRow(cells, row.line))
        if rows:
            yield from unwrap(Grid(tuple(rows)))

    def _read_cells(self, row: Element, spans: dict[int, _Span]) -> Iterator[Cell]:
        """Yield the cells of a row, with those that reach into it from above (rule 4)."""
        column = 0
        own = [one for one in row.children if isinstance(one, Element)]
        for element in (one for one in own if one.name in {"td", "th"}):
            while column in spans:
                cell = _reach(spans, column)
                yield cell
                column += cell.width
            width = min(max(1, _read_span(element, "colspan", 1)), _WIDEST)
            height = _read_span(element, "rowspan", 1) or _TALLEST
            hidden = _is_hidden(element)
            reader = _Blocks(self.tally, self.depth + 1)
            parts = () if hidden else tuple(reader.read(element))
            if height > 1:
                spans[column] = _Span(parts, width, height - 1)
            yield Cell(parts, column, width)
            column += width
        for last in sorted(one for one in spans if one >= column):
            yield _reach(spans, last)


class _Span:
    """A cell that reaches into the rows below: for how many more."""

    def __init__(self, parts: tuple[Part, ...], width: int, rows: int) -> None:
        self.parts = parts
        self.width = width
        self.rows = rows


def _reach(spans: dict[int, _Span], column: int) -> Cell:
    span = spans[column]
    span.rows -= 1
    if not span.rows:
        del spans[column]
    return Cell(span.parts, column, span.width, goes_on=True)


_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def _gather_stray(table: Element) -> Element:
    """Return what stands in a table outside its cells, caption first: browsers show it above."""
    stray = Element("div", line=table.line)
    pending = [table]
    while pending:
        for child in pending.pop(0).children:
            if isinstance(child, Element) and child.name in {"thead", "tbody", "tfoot", "tr"}:
                pending.append(child)
            elif isinstance(child, str) or child.name not in {"td", "th", "col", "colgroup"}:
                stray.children.append(child)
    return stray


def _find_rows(table: Element) -> Iterator[Element]:
    for child in table.children:
        if isinstance(child, Element) and child.name == "tr":
            yield child
        elif isinstance(child, Element) and child.name in {"thead", "tbody", "tfoot"}:
            yield from (
                one for one in child.children if isinstance(one, Element) and one.name == "tr"
            )


def _has_words(element: Element) -> bool:
    """Return whether an element has words and nothing else: marks must not span paragraphs."""
    inline = all(isinstance(child, str) for child in element.children)
    return inline and any(word.strip() for word in _find_words(element))


def _find_words(element: Element) -> Iterator[str]:
    """Yield the words below an element (which are never deeper than the tree allows)."""
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.name not in _SKIPPED and not _is_hidden(child):
            yield from _find_words(child)


def _is_hidden(element: Element) -> bool:
    style = element.attributes.get("style", "")
    return "hidden" in element.attributes or _HIDDEN.search(style) is not None


def _read_span(element: Element, name: str, default: int) -> int:
    """Return a whole number that an attribute gives, within bounds."""
    text = element.attributes.get(name, "").strip()
    short = text.isascii() and text.isdecimal() and len(text) <= len("65534")
    return min(int(text), _TALLEST) if short else default


def _write_label(element: Element, number: int) -> str:
    kind = element.attributes.get("type", "1")
    if number < 1 or kind not in {"a", "A", "i", "I"}:
        return f"{number}."
    letters = write_letters(number) if kind in "aA" else write_roman(number)
    return f"{letters.upper() if kind.isupper() else letters}."

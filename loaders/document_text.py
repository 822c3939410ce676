"""Paragraphs and tables as the text that `loaders.blocks` and `loaders.markup` read.

1. A paragraph is a line with a blank line after it; lines broken on purpose stay lines of their
   own. A heading has its marks ("##"), an entry of a list its number or a dash.
2. A row of a table is a line of cells with tabs between them; rows without words are left out.
3. A cell of one paragraph holds its words; more paragraphs are ``<p>``, broken lines ``<br/>``,
   bold words ``<b>``, and entries of lists ``<li>`` in ``<ul>``; two or more lines that begin with
   a dash or star are entries too, the list typed by hand. A list's plain counting ("1.", "b)") is
   its order and is not kept in a cell; a number of several levels ("1.1", "SI1.2.3") is a name and
   begins the words. So does a bullet that is not the plain one ("○"): where a page end cut a list,
   it alone tells how deep an entry stood.
4. Of cells merged sideways the first column has the words. A row with fewer cells than one above
   keeps to the columns of that row if its first cell does; else it is a form of its own.
5. A cell merged downwards counts for every row it stands beside, unless the row begins with such a
   cell: then that row goes on with the one above.
6. A table in a cell is one paragraph for each of its rows, ``|`` between the cells.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from loaders.document_parts import BOLD, PLAIN, Grid, Para
from loaders.markup import SIGNS, write_words
from loaders.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from loaders.document_parts import Cell, Document, GridRow, Part

__all__ = ["Lines", "write_cell", "write_lines"]

_TYPED = re.compile(r"\s*[-*\u2013]\s+(?=\S)")
_MARKS: Final = {ord(BOLD): "<b>", ord(PLAIN): "</b>"}
_TELLING: Final = frozenset(SIGNS) - {"•"}
_NO_MARKS: Final = dict.fromkeys(_MARKS)
_COUNTING = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]+)[.):]?\)?")


class Lines:
    """Lines of text, the page or line of the file each comes from, and where each part begins."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.origins: list[int | None] = []
        self.begins: list[int] = []

    def add(self, line: str, origin: int | None) -> None:
        """Keep a line."""
        self.lines.append(line)
        self.origins.append(origin)


def write_lines(document: Document) -> Lines:
    """Return the lines of a document (rules 1-6 above)."""
    lines = Lines()
    for part in document.parts:
        lines.begins.append(len(lines.lines) + 1)
        if isinstance(part, Grid):
            written = list(_write_rows(part))
        else:
            written = [(line, part.origin) for line in _write_paragraph(part)]
        for line, origin in written:
            lines.add(line, origin)
        if written:
            lines.add("", written[-1][1])
    return lines


def _write_paragraph(part: Para) -> list[str]:
    words = [write_words(text) for line in part.text.split("\n") if (text := clean(line))]
    if not words:
        return []
    if part.heading:
        return [" ".join(["#" * min(part.heading, 6), *filter(None, [part.label]), *words])]
    if part.entry:
        return [f"{part.label or '-'} {' '.join(words)}"]
    return words


def _write_rows(grid: Grid) -> Iterable[tuple[str, int | None]]:
    above: list[tuple[int, ...]] = []
    for row in grid.rows:
        cells = _place(row, above)
        texts = [write_cell(cell.parts) if cell is not None else "" for cell in cells]
        if any(texts):
            yield "\t".join(texts if len(texts) > 1 else [*texts, ""]), row.origin


def _place(row: GridRow, above: list[tuple[int, ...]]) -> list[Cell | None]:
    """Return the cells of a row by column (rules 4 and 5); ``above`` gains the row's columns."""
    own = tuple(cell.column for cell in row.cells)
    wider = next((one for one in reversed(above) if set(own) < set(one)), None)
    columns = own
    if wider is not None and len(own) > 1 and own[:2] == wider[:2]:
        columns = wider
    elif own not in above:
        above.append(own)
    begins = bool(row.cells) and not row.cells[0].goes_on
    shown = {cell.column: cell for cell in row.cells if begins or not cell.goes_on}
    return [shown.get(column) for column in columns]


def write_cell(parts: Sequence[Part]) -> str:
    """Return what stands in a cell as simple HTML (rules 3 and 6)."""
    paragraphs = _find_typed([para for para in _flatten(parts) if clean(para.text)])
    if len(paragraphs) == 1 and not _is_entry(paragraphs[0]):
        inside = _write_inline(paragraphs[0])
        return inside.translate(_MARKS if "<br/>" in inside else _NO_MARKS)
    pieces: list[str] = []
    depth = 0
    for para in paragraphs:
        level = para.entry if _is_entry(para) else 0
        pieces += ["</li> </ul>"] * (depth - level)
        pieces += ["</li>"] if 0 < level <= depth else ["<ul>"] * (level - depth)
        pieces.append(
            f"<li>{_write_sign(para)}{_write_inline(para)}"
            if level
            else f"<p>{_write_inline(para)}</p>"
        )
        depth = level
    return " ".join([*pieces, *["</li> </ul>"] * depth]).translate(_MARKS)


def _find_typed(paragraphs: list[Para]) -> list[Para]:
    """Return paragraphs with the lines of a list typed by hand as its entries (rule 3)."""
    lines = [
        (para, line)
        for para in paragraphs
        for line in ([para.text] if para.entry else para.text.split("\n"))
    ]
    typed = [not para.entry and _TYPED.match(line) is not None for para, line in lines]
    if sum(typed) < len("--"):
        return paragraphs
    return [
        Para(_TYPED.sub("", line, count=1), entry=1) if is_typed else replace(para, text=line)
        for (para, line), is_typed in zip(lines, typed, strict=True)
        if clean(line)
    ]


def _flatten(parts: Sequence[Part]) -> Iterable[Para]:
    for part in parts:
        if isinstance(part, Para):
            yield part
            continue
        for row in part.rows:
            cells = [list(_flatten(cell.parts)) for cell in row.cells if not cell.goes_on]
            filled = [cell for cell in cells if any(clean(para.text) for para in cell)]
            if len(filled) == 1:
                yield from filled[0]
            elif filled:
                yield Para(" | ".join(" ".join(_spoken(p) for p in cell) for cell in filled))


def _spoken(para: Para) -> str:
    text = para.text.translate(_NO_MARKS)
    return clean(text if not para.label or _is_entry(para) else f"{para.label} {text}")


def _is_entry(para: Para) -> bool:
    return bool(para.entry) and (not para.label or _COUNTING.fullmatch(para.label) is not None)


def _write_sign(para: Para) -> str:
    return f"{para.sign} " if para.sign in _TELLING else ""


def _write_inline(para: Para) -> str:
    words = [write_words(text) for line in para.text.split("\n") if (text := clean(line))]
    inside = "<br/>".join(words)
    return inside if not para.label or _is_entry(para) else f"{para.label} {inside}"

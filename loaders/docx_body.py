"""The body of a Word document in its order: paragraphs, tables, text boxes, changes and notes.

1. Tracked changes count as accepted: what is inserted or moved in stays, what is deleted or moved
   away goes; a deleted paragraph mark joins its paragraph to the next one.
2. Hidden text is left out, rows that are hidden too.
3. A text box stands behind the paragraph it is anchored in.
4. A table of contents is left out: the headings stand where they belong.
5. Of content in two forms the first, newer one counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from loaders.document_findings import Tally
from loaders.document_parts import BOLD, MAX_NESTING, PLAIN, Cell, Grid, GridRow, Para, unwrap
from loaders.docx_names import MC, M, W, find_value, is_on, read_number
from loaders.symbols import read_symbols

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.document_parts import Part
    from loaders.docx_lists import Lists
    from loaders.docx_styles import Styles

__all__ = ["BodyReader"]

_WRAPPERS: Final = frozenset(
    W + name
    for name in (
        *("ins", "moveTo", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo"),
        *("rt", "rubyBase"),
    )
)
_DROPPED: Final = {f"{W}del", f"{W}moveFrom"}
_TRACKED: Final = {f"{W}ins", f"{W}moveTo", *_DROPPED}
_WIDEST: Final = 1000

_MARKS: Final = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
}


class BodyReader:
    """Reads block by block; ``tally`` has what it left out, ``notes`` those the text refers to."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self.styles = styles
        self.lists = lists
        self.tally = Tally()
        self.notes: list[tuple[str, str]] = []
        self.paragraph: Any = None
        self.boxes: list[Any] = []
        self.marked = False

    def read_blocks(self, parent: Any, depth: int = 0) -> Iterator[Part]:
        """Yield what stands below an element; ``depth`` counts the tables around it."""
        joined = ""
        for child in self._open(parent):
            if child.tag == f"{W}tbl":
                yield from unwrap(self.read_table(child, depth))
            elif child.tag == f"{W}p" and self.styles.is_contents(child):
                self.tally.meet("contents")
            elif child.tag == f"{W}p":
                text, boxes = joined + self.read_text(child, marked=depth > 0), self.boxes
                joined = text if self._is_mark_deleted(child) else ""
                if not joined:
                    yield self._make_paragraph(child, text)
                for box in boxes:
                    yield from self.read_blocks(box, depth)
            elif child.tag == f"{W}altChunk":
                self.tally.meet("chunk")
        if joined:
            yield Para(joined)

    def _open(self, parent: Any) -> Iterator[Any]:
        """Yield the children of an element, with those of what only wraps them."""
        for child in parent:
            if child.tag in _TRACKED:
                self.tally.meet("tracked")
            if child.tag in _DROPPED:
                continue
            if child.tag == f"{W}sdt":
                gallery = child.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
                if gallery is not None and gallery.get(f"{W}val") == "Table of Contents":
                    self.tally.meet("contents")
                    continue
                content = child.find(f"{W}sdtContent")
                yield from () if content is None else self._open(content)
            elif child.tag == f"{MC}AlternateContent":
                chosen = next(iter(child), None)
                yield from () if chosen is None else self._open(chosen)
            elif child.tag in _WRAPPERS:
                yield from self._open(child)
            else:
                yield child

    def _make_paragraph(self, paragraph: Any, text: str) -> Para:
        heading = self.styles.find_heading(paragraph)
        listed = self.styles.find_list(paragraph)
        if listed is None or not text.strip():  # an empty paragraph shows no number
            return Para(text, heading)
        label = self.lists.count(*listed)
        if label is None:
            return Para(text, heading)
        entry = 0 if heading else listed[1] + 1
        sign = self.lists.find_sign(*listed) if entry else ""
        return Para(text, heading, entry, read_symbols(label).strip(), sign=sign)

    def _is_mark_deleted(self, paragraph: Any) -> bool:
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        gone = mark is not None and any(mark.find(tag) is not None for tag in _DROPPED)
        if gone:
            self.tally.meet("tracked")
        return gone

    def read_text(self, paragraph: Any, *, marked: bool) -> str:
        """Return the words of a paragraph, its bold ones marked if that is asked for.

        ``boxes`` holds the text boxes anchored in it then.
        """
        self.paragraph, self.boxes, self.marked = paragraph, [], marked
        return "".join(self._read_inline(paragraph))

    def _read_inline(self, parent: Any) -> Iterator[str]:
        for child in self._open(parent):
            if child.tag == f"{W}r":
                if not self.styles.is_hidden(child, self.paragraph):
                    words = "".join(self._read_run(child))
                    bold = (
                        self.marked and words.strip() and self.styles.is_bold(child, self.paragraph)
                    )
                    yield f"{BOLD}{words}{PLAIN}" if bold else words
                elif child.find(f"{W}t") is not None:
                    self.tally.meet("hidden")
            elif child.tag in {f"{M}oMath", f"{M}oMathPara"}:
                yield "".join(one.text or "" for one in child.iter(f"{M}t"))

    def _read_run(self, run: Any) -> Iterator[str]:
        for child in self._open(run):
            if child.tag == f"{W}t":
                yield read_symbols(child.text or "")
            elif child.tag in _MARKS:
                yield _MARKS[child.tag]
            elif child.tag == f"{W}sym":
                code = child.get(f"{W}char") or "0"
                yield read_symbols(chr(int(code, 16)))
            elif child.tag in {f"{W}footnoteReference", f"{W}endnoteReference"}:
                kind = "footnote" if child.tag == f"{W}footnoteReference" else "endnote"
                self.notes.append((kind, child.get(f"{W}id") or ""))
            elif child.tag in {f"{W}drawing", f"{W}pict", f"{W}object"}:
                self._read_drawing(child)
            elif child.tag == f"{W}ruby":
                yield from self._read_inline(child)

    def _read_drawing(self, drawing: Any) -> None:
        boxes = list(drawing.iter(f"{W}txbxContent"))
        self.boxes += boxes
        if not boxes:
            self.tally.meet("picture")

    def read_table(self, table: Any, depth: int) -> Grid:
        """Return a table; one inside too many others is a single cell of its plain words."""
        if depth:
            self.tally.meet("nested")
        if depth >= MAX_NESTING:
            words = " ".join(one.text or "" for one in table.iter(f"{W}t"))
            return Grid((GridRow((Cell((Para(words),), 0),)),))
        merged: dict[int, tuple[Part, ...]] = {}
        rows = []
        for row in self._open(table):
            if row.tag != f"{W}tr" or self._is_left_out(row):
                continue
            rows.append(GridRow(tuple(self._read_cells(row, merged, depth))))
        return Grid(tuple(rows))

    def _is_left_out(self, row: Any) -> bool:
        properties = row.find(f"{W}trPr")
        if is_on(properties, "hidden"):
            self.tally.meet("hidden")
            return True
        if properties is not None and properties.find(f"{W}ins") is not None:
            self.tally.meet("tracked")
        if properties is not None and properties.find(f"{W}del") is not None:
            self.tally.meet("tracked")
            return True
        return False

    def _read_cells(
        self, row: Any, merged: dict[int, tuple[Part, ...]], depth: int
    ) -> Iterator[Cell]:
        column = min(read_number(row, "trPr", "gridBefore"), _WIDEST)
        for cell in self._open(row):
            if cell.tag != f"{W}tc":
                continue
            width = min(max(1, read_number(cell, "tcPr", "gridSpan", default=1)), _WIDEST)
            parts = tuple(self.read_blocks(cell, depth + 1))
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            goes_on = merge is not None and merge.get(f"{W}val") != "restart" and column in merged
            if goes_on:
                parts = merged[column]
            elif merge is not None:
                merged[column] = parts
            else:
                merged.pop(column, None)
            if find_value(cell, "tcPr", "hMerge") != "continue":
                yield Cell(parts, column, width, goes_on)
            column += width

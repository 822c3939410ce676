"""PDF documents with text in them as paragraphs and tables; through pdfplumber.

Recipe: pages → lines and ruled tables → without running heads → tables that pages cut put
together → paragraphs. Text is read from top to bottom: columns of newspaper kind are not told
apart, and tables without rulings are read as lines.
"""

from __future__ import annotations

import logging
from collections import Counter
from io import BytesIO
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import FileError, MissingExtraError
from graphmodel.files import read_bytes
from graphmodel.words import count
from loaders.document_parts import Cell, Document, Grid, GridRow
from loaders.pdf_margins import take_margins
from loaders.pdf_page import Page, merge_near, read_page
from loaders.pdf_paragraphs import Area, Typesetting, read_paragraphs
from loaders.pdf_tables import continue_table
from loaders.text import shorten
from loaders.watching import watched

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from loaders.pdf_lines import Line
    from loaders.pdf_page import Box, RuledTable

__all__ = ["read_pdf"]

#: A page with this share of characters that nobody can read has no text.
_UNREAD: Final = 0.2

_NEAR: Final = 3.0


def read_pdf(path: Path) -> Document:
    """Read a PDF; each part's origin is its page.

    Raises
    ------
    FileError
        The file cannot be opened, is damaged or protected by a password, or has no text.
    MissingExtraError
        pdfplumber is not installed.
    """
    content = read_bytes(path)
    try:
        import pdfplumber  # noqa: PLC0415 - heavy
        from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError("pdfplumber", "documents", "Reading a PDF") from None
    logging.getLogger("pdfminer").setLevel(logging.ERROR)  # its remarks on fonts help nobody here
    try:
        with pdfplumber.open(BytesIO(content)) as pdf:
            pages = [_read_and_close(page) for page in watched(pdf.pages, every=1)]
    except Exception as error:  # noqa: BLE001 - of a damaged file pdfminer raises anything
        if any(isinstance(one, PDFPasswordIncorrect) for one in (error, *error.args)):
            raise FileError(
                f'"{path}" is protected by a password: save it as a PDF without one.'
            ) from None
        raise FileError(
            f'"{path}" is not a readable PDF: print it to a new PDF, or give the Word file.'
        ) from None
    if not any(page.lines or page.tables for page in pages):
        raise FileError(
            f'"{path}" has no text in it, as when pages were scanned: have the text recognised '
            "(OCR) and save it again, or give the Word file."
        )
    return _Builder(pages).build()


def _read_and_close(page: Any) -> Page:
    found = read_page(page)
    page.close()  # a long document would keep every character in memory
    return found


class _Builder:
    """Makes the document of its pages."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = pages
        self.document = Document()

    def build(self) -> Document:
        """Return the parts in order, and what was left out or put together."""
        margins = take_margins(self.pages)
        lines = [line for page in self.pages for line in page.lines]
        right = max((line.right for line in lines), default=0.0)
        cells = [area for page in self.pages for area in _find_cells(page)]
        setting = Typesetting([*cells, *(Area(page.lines, right, cut=True) for page in self.pages)])
        blocks = self.stitch(setting)
        for block in blocks:
            if isinstance(block, list):
                self.document.parts += read_paragraphs(block, right, setting, headings=True)
            else:
                self.document.parts.append(_make_grid(block, setting))
        self.report_pages()
        self.report_margins(margins)
        return self.document

    def stitch(self, setting: Typesetting) -> list[list[Line] | RuledTable]:
        """Return runs of lines and tables in order, those that a page end cut as one."""
        blocks: list[list[Line] | RuledTable] = []
        heads = _find_heads(self.pages)
        for page in self.pages:
            for place, block in enumerate(_order(page)):
                last = blocks[-1] if blocks else None
                if isinstance(block, list):
                    if isinstance(last, list):
                        last += block
                    else:
                        blocks.append(block)
                    continue
                joined = None
                if place == 0 and last is not None and not isinstance(last, list):
                    joined = continue_table(last, block, heads, blanks_tell=setting.tells)
                if joined is None:
                    blocks.append(block)
                elif joined:
                    message = (
                        "The first row of the page goes on with the last one of the page before: "
                        "the two were put together."
                    )
                    self.document.report("row-joined", "info", message, page=page.number)
        return blocks

    def report_pages(self) -> None:
        """Say which pages have no text, or text that cannot be read."""
        for page in self.pages:
            empty = not page.lines and not page.tables
            areas = [page.lines, *(area.lines for area in _find_cells(page))]
            read = sum(len(line.text) for line in chain.from_iterable(areas))
            if (empty and page.has_pictures) or page.unread > _UNREAD * (read + page.unread):
                message = (
                    f"Page {page.number} has no text that can be read, as when a page was scanned: "
                    "what it shows is not in the plan."
                )
                self.document.report("page-not-text", "warning", message, page=page.number)
            elif page.turned:
                message = f"Text that runs up or down page {page.number} was left out."
                self.document.report("turned-text", "info", message, page=page.number)

    def report_margins(self, margins: dict[str, list[int]]) -> None:
        """Say what was left out at the head and foot of pages."""
        for text, numbers in margins.items():
            pages = count(len(set(numbers)), "page")
            what = f'"{shorten(text)}" at the head or foot of' if text else "Page numbers on"
            verb = "was" if text else "were"
            message = f"{what} {pages} {verb} left out."
            self.document.report("page-margin-left-out", "info", message)


def _find_cells(page: Page) -> Iterator[Area]:
    """Yield the lines of each cell; the last row of a table may go on on the next page."""
    for table in page.tables:
        for row in table.rows:
            for box in row.boxes:
                if not box.goes_on:
                    yield Area(box.lines, _reach(box), cut=row is table.rows[-1])


def _find_heads(pages: Sequence[Page]) -> set[tuple[str, ...]]:
    """Return the texts of rows that stand in a document several times, with words in each cell."""
    tables = [table for page in pages for table in page.tables]
    rows = Counter(tuple(row.texts) for table in tables for row in table.rows)
    return {texts for texts, times in rows.items() if times > 1 and all(texts)}


def _reach(box: Box) -> float:
    """Return where a cell's text ends: as far from its right edge as it begins from its left."""
    padding = min((line.left for line in box.lines), default=box.left) - box.left
    return box.right - min(max(padding, 0.0), 2 * _NEAR)


def _make_grid(table: RuledTable, setting: Typesetting) -> Grid:
    """Return a table with its cells' paragraphs."""
    columns = merge_near(box.left for row in table.rows for box in row.boxes)
    rows = []
    for row in table.rows:
        cells = []
        for box in row.boxes:
            column = sum(one < box.left - _NEAR for one in columns)
            width = sum(box.left - _NEAR <= one < box.right - _NEAR for one in columns)
            parts = tuple(read_paragraphs(box.lines, _reach(box), setting))
            cells.append(Cell(parts, column, max(1, width), box.goes_on))
        rows.append(GridRow(tuple(cells), row.page))
    return Grid(tuple(rows))


def _order(page: Page) -> list[list[Line] | RuledTable]:
    """Return the tables of a page and the runs of lines between them, from top to bottom."""
    ordered: list[list[Line] | RuledTable] = []
    lines = list(page.lines)
    for table in sorted(page.tables, key=lambda one: one.top):
        before = [line for line in lines if line.top < table.top]
        lines = lines[len(before) :]
        ordered += [before, table] if before else [table]
    return [*ordered, lines] if lines else ordered

"""What every reader of documents finds: paragraphs, and tables as cells on a grid.

Word, PDF, HTML and Markdown are read into these; `loaders.document_text` writes them as the text
that the readers of papers know.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from graphmodel.problems import Severity

__all__ = [
    "BOLD",
    "MAX_NESTING",
    "PLAIN",
    "Cell",
    "Document",
    "Finding",
    "Grid",
    "GridRow",
    "Para",
    "Part",
    "unwrap",
]

#: Where bold words begin and end in the text of a paragraph: characters that no document has.
BOLD: Final = "\ue200"
PLAIN: Final = "\ue201"

#: Tables inside tables that are followed; what lies deeper is read as plain words.
MAX_NESTING: Final = 8


@dataclass(frozen=True, slots=True)
class Para:
    r"""A paragraph.

    Parameters
    ----------
    text
        Its words; ``\n`` where a line is broken on purpose. In cells, bold words stand between
        ``BOLD`` and ``PLAIN``: papers tell the heads of their lists by it.
    heading
        The level of a heading from 1, 0 for any other paragraph.
    entry
        How deep in lists an entry of a list stands, from 1; 0 for any other paragraph.
    label
        The number that the list prints before an entry or heading (``1.1``); empty for a bullet.
    origin
        The page, or the line of the file, it begins on.
    sign
        The bullet that is printed before an entry, where the form tells which.
    """

    text: str
    heading: int = 0
    entry: int = 0
    label: str = ""
    origin: int | None = None
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: what stands in it, the first column of the grid it covers, and how many it covers.

    ``goes_on`` says that it is the lower part of a cell that was merged downwards; its parts are
    those of the whole cell then.
    """

    parts: tuple[Part, ...]
    column: int
    width: int = 1
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a table and the page or line it begins on."""

    cells: tuple[Cell, ...]
    origin: int | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    rows: tuple[GridRow, ...]


Part = Para | Grid


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of a document before lines are counted: it stands at a part, or on a page."""

    code: str
    severity: Severity
    message: str
    part: int | None = None
    page: int | None = None


@dataclass(slots=True)
class Document:
    """The parts of a document in its order, and what is wrong with it."""

    parts: list[Part] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def report(
        self,
        code: str,
        severity: Severity,
        message: str,
        part: int | None = None,
        page: int | None = None,
    ) -> None:
        """Keep a problem; ``part`` counts from 0, ``page`` from 1."""
        self.findings.append(Finding(code, severity, message, part, page))


def unwrap(grid: Grid) -> tuple[Part, ...]:
    """Return a table, or what stands in it where it is a frame: one cell with tables in it."""
    cells = [cell for row in grid.rows for cell in row.cells]
    is_frame = len(cells) == 1 and any(isinstance(part, Grid) for part in cells[0].parts)
    return cells[0].parts if is_frame else (grid,)

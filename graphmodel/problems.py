"""What is wrong with a document or a plan, as records that name their source.

Loaders collect problems and go on; they raise only where no plan can be made (DESIGN section 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["SEVERITIES", "Place", "Problem", "Severity"]

Severity = Literal["error", "warning", "info"]

#: Worst first; the order problems are listed in.
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file something stands: a line, a page (from 1), or a cell such as ``Links!C7``."""

    file: str
    line: int | None = None
    cell: str | None = None
    page: int | None = None

    def __str__(self) -> str:
        """Return ``paper.pdf, page 3, line 41`` or ``links.xlsx, cell Links!C7``."""
        if self.cell is not None:
            return f"{self.file}, cell {self.cell}"
        page = "" if self.page is None else f", page {self.page}"
        line = "" if self.line is None else f", line {self.line}"
        return f"{self.file}{page}{line}"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding: a stable code, how bad, one sentence, the items it is about, and where."""

    code: str
    severity: Severity
    message: str
    items: tuple[str, ...] = ()
    source: Place | None = None

    def __str__(self) -> str:
        """Return the sentence with its place."""
        return self.message if self.source is None else f"{self.message} ({self.source})"

"""What readers of documents leave out or read in a way that people should know of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.words import count

if TYPE_CHECKING:
    from graphmodel.problems import Severity
    from loaders.document_parts import Document

__all__ = ["Met", "Tally"]

Met = Literal["tracked", "hidden", "contents", "picture", "chunk", "nested", "front"]


@dataclass(frozen=True, slots=True)
class _Kind:
    code: str
    severity: Severity
    one: str
    many: str
    fate: str


_KINDS: Final[dict[Met, _Kind]] = {
    "tracked": _Kind(
        "tracked-changes",
        "warning",
        "tracked change",
        "tracked changes",
        "read as accepted: accept or reject the changes in the document to be sure",
    ),
    "hidden": _Kind(
        "hidden-text", "warning", "stretch of hidden text", "stretches of hidden text", "left out"
    ),
    "contents": _Kind(
        "contents-left-out",
        "info",
        "part of a table of contents",
        "parts of a table of contents",
        "left out",
    ),
    "picture": _Kind(
        "picture-not-read",
        "info",
        "picture",
        "pictures",
        "not read: words in pictures are not in the plan",
    ),
    "chunk": _Kind(
        "part-not-read", "warning", "inserted document", "inserted documents", "not read"
    ),
    "nested": _Kind(
        "nested-table",
        "info",
        "table inside a table's cell",
        "tables inside a table's cell",
        "read as lines of that cell",
    ),
    "front": _Kind(
        "front-matter-left-out", "info", "line of front matter", "lines of front matter", "left out"
    ),
}


class Tally:
    """How often something was met, and in which part of the document first.

    The reader keeps ``part``, the number of parts read so far.
    """

    def __init__(self) -> None:
        self.part = 0
        self.seen: dict[Met, tuple[int, int]] = {}

    def meet(self, what: Met) -> None:
        """Count something."""
        times, first = self.seen.get(what, (0, self.part))
        self.seen[what] = (times + 1, first)

    def report(self, document: Document) -> None:
        """Tell of everything met, one problem for each kind."""
        for what, (times, first) in self.seen.items():
            kind = _KINDS[what]
            verb = "was" if times == 1 else "were"
            message = f"{count(times, kind.one, kind.many)} {verb} {kind.fate}."
            document.report(kind.code, kind.severity, message, first)

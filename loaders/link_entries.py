"""One row of a register of links, before the plan is looked at.

The columns are declared in `loaders.link_columns`; what the plan makes of a row is decided in
`loaders.merging`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.links import LinkState, LinkType, Origin
    from graphmodel.problems import Place
    from graphmodel.spans import Span
    from loaders.register_rows import RegisterRow

__all__ = ["Entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What one row says of a link; None where its cell is blank. ``state`` is accepted if blank."""

    place: Place
    tail: str
    head: str
    type: LinkType = "FS"
    lag: Span | None = None
    reason: str | None = None
    state: LinkState = "accepted"
    confidence: float | None = None
    tail_title: str | None = None
    head_title: str | None = None
    by: str | None = None
    at: date | None = None
    why: str | None = None
    id: str | None = None
    rule: str | None = None
    origin: Origin | None = None

    @classmethod
    def of(cls, row: RegisterRow) -> Entry:
        """Return what a row of the register Links says."""
        return cls(place=row.place("tail"), **row.values)

"""The columns of a register of links, declared: field, accepted headings, how a cell is read."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from graphmodel.links import LINK_TYPES
from graphmodel.spans import ZERO, Span, parse_span
from loaders.columns import Column
from loaders.register_cells import choose, read_id, read_moment, read_text, share

if TYPE_CHECKING:
    from graphmodel.spans import Unit

__all__ = ["COLUMNS", "ORIGINS", "STATES"]

_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "FS": ("fs", "finish to start", "finish start", "end to start"),
    "SS": ("ss", "start to start", "start start"),
    "FF": ("ff", "finish to finish", "finish finish", "end to end"),
    "SF": ("sf", "start to finish", "start finish", "start to end"),
}

#: Words for each state of a link or gate.
STATES: Final[dict[str, tuple[str, ...]]] = {
    "accepted": ("accepted", "accept", "agreed", "approved", "confirmed", "yes", "y"),
    "proposed": ("proposed", "suggested", "candidate", "open", "pending", "to review", "draft"),
    "rejected": ("rejected", "reject", "refused", "declined", "not accepted", "no", "n"),
}

#: Where a link or gate comes from.
ORIGINS: Final[dict[str, tuple[str, ...]]] = {
    name: (name,) for name in ("stated", "register", "phase", "sequence", "inferred", "schedule")
}

_REASONS: Final = ("reason", "rationale", "why it depends", "because", "justification")


def _parse_lag(text: str) -> Span:
    clean = text.replace("\N{MINUS SIGN}", "-")
    if re.fullmatch(r"[+-]?0+(\.0+)?", clean):
        return ZERO
    if re.fullmatch(r"[+-]?[\d.]+", clean):
        raise ValueError(
            f'"{clean}" has no unit: write {clean}d for calendar days or {clean}wd for working days'
        )
    return parse_span(clean, words=True)


def _parse_lag_in(unit: Unit) -> Any:
    """Return a parser for a column whose heading gives the unit; a cell may give its own."""

    def parse(text: str) -> Span:
        clean = text.replace("\N{MINUS SIGN}", "-")
        if re.fullmatch(r"[+-]?\d+(\.\d+)?", clean):
            return parse_span(f"{Decimal(clean):f}{unit}")
        return parse_span(clean, words=True)

    return parse


#: Field, accepted headings (the likelier first), parser; a blank cell takes `Entry`'s default.
COLUMNS: Final[tuple[Column, ...]] = (
    Column(
        "tail",
        ("from", "from id", "from item", "predecessor", "predecessor id", "predecessors", "pred"),
        read_id,
        needed=True,
        about="The id of the item that comes first.",
    ),
    Column(
        "tail_title",
        ("from title", "from name", "predecessor title", "predecessor name"),
        read_text,
        about="Its title. It is held against the id, so that a mistyped id does no harm.",
    ),
    Column(
        "head",
        ("to", "to id", "to item", "successor", "successor id", "successors", "succ"),
        read_id,
        needed=True,
        about="The id of the item that waits for it.",
    ),
    Column(
        "head_title",
        ("to title", "to name", "successor title", "successor name"),
        read_text,
        about="Its title, held against the id.",
    ),
    Column(
        "type",
        ("type", "link type", "dependency type", "relationship type", "relationship", "relation"),
        choose(_TYPES, "type of link"),
        about="FS: starts after the finish; SS: starts after the start; FF: finishes after the "
        "finish; SF: finishes after the start. Blank: FS.",
        choices=LINK_TYPES,
    ),
    Column(
        "lag",
        ("lag", "lag/lead", "lead/lag"),
        _parse_lag,
        about="How much later, with its unit: 10d, 10wd, 2w, 1m; -5d for a lead. Blank: none.",
    ),
    Column("lag", ("lag days", "lag in days", "lag calendar days", "lag d"), _parse_lag_in("d")),
    Column("lag", ("lag weeks", "lag in weeks", "lag w"), _parse_lag_in("w")),
    Column("lag", ("lag months", "lag in months", "lag m"), _parse_lag_in("m")),
    Column("lag", ("lag working days", "lag in working days", "lag wd"), _parse_lag_in("wd")),
    Column(
        "reason",
        (*_REASONS, "notes", "note", "comments", "comment"),
        read_text,
        about="Why one waits for the other.",
    ),
    Column(
        "state",
        ("state", "status", "decision"),
        choose(STATES, "state"),
        about="Only accepted links move dates. Reject a link here; do not delete its row.",
        choices=tuple(STATES),
    ),
    Column(
        "confidence",
        ("confidence", "certainty"),
        share("confidence"),
        about="How sure it is: 80% or 0.8.",
    ),
    Column(
        "by",
        ("decided by", "accepted by", "reviewed by", "reviewer"),
        read_text,
        about="Who decided.",
    ),
    Column(
        "at",
        ("decided on", "decided at", "decision date", "reviewed on"),
        read_moment,
        about="The day of the decision.",
    ),
    Column(
        "why", ("why", "decided why", "decision reason"), read_text, about="Why it was decided so."
    ),
    Column(
        "id",
        ("id", "link id", "link"),
        read_id,
        about="An id for the link itself. Leave it blank if you need none.",
    ),
    Column("rule", ("rule", "rule id"), read_text, about="The rule that proposed it, if one did."),
    Column(
        "origin",
        ("origin",),
        choose(ORIGINS, "origin of a link"),
        about="Where it comes from. Leave it blank in new rows.",
        choices=tuple(ORIGINS),
    ),
)

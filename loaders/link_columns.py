"""The columns of a register of links, declared: field, accepted headings, how a cell is read."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from graphmodel.entity import is_id
from graphmodel.partial import parse_partial
from graphmodel.spans import ZERO, Span, parse_span
from loaders.columns import Column, fold

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.spans import Unit

__all__ = ["COLUMNS"]

_TYPES: Final[dict[str, tuple[str, ...]]] = {
    "FS": ("fs", "finish to start", "finish start", "end to start"),
    "SS": ("ss", "start to start", "start start"),
    "FF": ("ff", "finish to finish", "finish finish", "end to end"),
    "SF": ("sf", "start to finish", "start finish", "start to end"),
}

_STATES: Final[dict[str, tuple[str, ...]]] = {
    "accepted": ("accepted", "accept", "agreed", "approved", "confirmed", "yes", "y"),
    "proposed": ("proposed", "suggested", "candidate", "open", "pending", "to review", "draft"),
    "rejected": ("rejected", "reject", "refused", "declined", "not accepted", "no", "n"),
}

_REASONS: Final = ("reason", "rationale", "why it depends", "because", "justification")


def _choose(table: dict[str, tuple[str, ...]], what: str) -> Any:
    """Return a parser that takes any wording of a table for its key."""
    by_word = {fold(word): key for key, words in table.items() for word in words}

    def parse(text: str) -> str:
        if fold(text) in by_word:
            return by_word[fold(text)]
        *most, last = table
        raise ValueError(f'"{text[:40]}" is not a {what}: write {", ".join(most)} or {last}')

    return parse


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


def _parse_confidence(text: str) -> float:
    match = re.fullmatch(r"(\d+(?:\.\d+)?|\.\d+)\s*(%?)", text)
    value = float(match[1]) / (100 if match[2] else 1) if match else -1.0
    if 0 <= value <= 1:
        return value
    raise ValueError(f'"{text[:40]}" is not a confidence: write 80% or 0.8')


def _parse_day(text: str) -> date:
    partial = parse_partial(text)
    if partial.reading == "whole" and partial.planned.precision == "day" and partial.planned.finish:
        return partial.planned.finish
    raise ValueError(f'"{text[:40]}" is not a day: write it like 2026-09-30')


def _parse_id(text: str) -> str:
    if is_id(text):
        return text
    raise ValueError(
        f'"{text[:40]}" is not an id: an id is one line of up to 200 characters, '
        'with ":" only after the id of a plan'
    )


def _parse_text(text: str) -> str:
    return text


#: Field, accepted headings (the likelier first), parser; a blank cell takes `Entry`'s default.
COLUMNS: Final[tuple[Column, ...]] = (
    Column(
        "tail",
        ("from", "from id", "from item", "predecessor", "predecessor id", "predecessors", "pred"),
        _parse_id,
        needed=True,
    ),
    Column(
        "head",
        ("to", "to id", "to item", "successor", "successor id", "successors", "succ"),
        _parse_id,
        needed=True,
    ),
    Column(
        "type",
        ("type", "link type", "dependency type", "relationship type", "relationship", "relation"),
        _choose(_TYPES, "type of link"),
    ),
    Column("lag", ("lag", "lag/lead", "lead/lag"), _parse_lag),
    Column("lag", ("lag days", "lag in days", "lag calendar days", "lag d"), _parse_lag_in("d")),
    Column("lag", ("lag weeks", "lag in weeks", "lag w"), _parse_lag_in("w")),
    Column("lag", ("lag months", "lag in months", "lag m"), _parse_lag_in("m")),
    Column("lag", ("lag working days", "lag in working days", "lag wd"), _parse_lag_in("wd")),
    Column("reason", (*_REASONS, "notes", "note", "comments", "comment"), _parse_text),
    Column("state", ("state", "status", "decision"), _choose(_STATES, "state")),
    Column("confidence", ("confidence", "certainty"), _parse_confidence),
    Column(
        "tail_title",
        ("from title", "from name", "predecessor title", "predecessor name"),
        _parse_text,
    ),
    Column(
        "head_title",
        ("to title", "to name", "successor title", "successor name"),
        _parse_text,
    ),
    Column("by", ("decided by", "accepted by", "reviewed by", "reviewer"), _parse_text),
    Column("at", ("decided on", "decided at", "decision date", "reviewed on"), _parse_day),
    Column("why", ("why", "decided why", "decision reason"), _parse_text),
    Column("id", ("id", "link id", "link"), _parse_id),
    Column("rule", ("rule", "rule id"), _parse_text),
)

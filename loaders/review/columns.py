"""The columns of a register of decisions: what is proposed, why, and what people say to it."""

from __future__ import annotations

from typing import Any, Final

from loaders.columns import Column
from loaders.link_columns import COLUMNS as LINK_COLUMNS
from loaders.register_cells import (
    choose,
    read_count,
    read_id,
    read_last_day,
    read_moment,
    read_text,
    read_words,
    share,
)

__all__ = ["CANDIDATES", "COLUMNS", "DECISIONS"]

#: What a row may propose, and the words for it.
CANDIDATES: Final[dict[str, tuple[str, ...]]] = {
    "link": ("link", "dependency"),
    "gate": ("gate", "approval"),
    "outside event": ("outside event", "event", "external event"),
}

#: Words for each decision; "open" leaves a proposal as it is, as a blank cell does.
DECISIONS: Final[dict[str, tuple[str, ...]]] = {
    "accept": ("accept", "accepted", "agreed", "approved", "confirmed", "yes", "y", "ok"),
    "reject": ("reject", "rejected", "refused", "declined", "no", "n"),
    "reverse": ("reverse", "reversed", "swap", "other way round", "wrong way round"),
    "open": ("open", "proposed", "undecided", "to review", "?", "-"),
}


def _as_links(field: str, about: str) -> Column:
    """Return a column that is read as in a register of links."""
    like = next(column for column in LINK_COLUMNS if column.field == field)
    return Column(field, like.headings, like.parse, about=about, choices=like.choices)


def _given(field: str, heading: str, about: str, parse: Any = read_text) -> Column:
    return Column(field, (heading,), parse, about=about)


COLUMNS: Final[tuple[Column, ...]] = (
    Column(
        "candidate",
        ("candidate",),
        choose(CANDIDATES, "kind of candidate"),
        needed=True,
        about="link: the second item waits for the first; gate: the item needs a board's approval; "
        "outside event: something that items wait for.",
        choices=tuple(CANDIDATES),
    ),
    Column(
        "tail",
        ("from",),
        read_id,
        needed=True,
        about="The item that comes first; of a gate the item; of an outside event itself.",
    ),
    _given("tail_title", "From title", "Its title. It is held against the id."),
    _given("tail_date", "From date", "When it finishes by the plan.", read_last_day),
    _given("head", "To", "The item that waits; of a gate the board.", read_words),
    _given("head_title", "To title", "Its title. It is held against the id."),
    _given("head_date", "To date", "When it finishes by the plan.", read_last_day),
    _as_links("type", "FS: starts after the finish; SS, FF, SF. Change it if it is wrong."),
    _as_links("lag", "How much later, with its unit: 10d, 2w, 1m."),
    _given("order", "Order", "Of several boards for one item, which comes first.", read_count),
    _given("confidence", "Confidence", "How sure the rule is.", share("confidence")),
    _given("rule", "Rule", "The rule that proposed it."),
    _given("reason", "Reason", "Why one waits for the other."),
    _given("evidence_from", "Evidence from", "The words of the paper on the first."),
    _given("evidence_to", "Evidence to", "The words of the paper on the second."),
    _given("clash", "Clash", "Dates or other links say otherwise."),
    Column(
        "decision",
        ("decision",),
        choose(DECISIONS, "decision"),
        about="accept, reject, or reverse (the second comes first). Blank: not decided yet.",
        choices=("accept", "reject", "reverse"),
    ),
    _given("by", "Decided by", "Who decided."),
    _given("at", "Decided at", "When it was decided.", read_moment),
    _given("why", "Why", "Why it was decided so."),
)

"""The columns of a register of risks, declared: field, accepted headings, how a cell is read."""

from __future__ import annotations

from typing import Final

from loaders.change_cells import OPERATIONS, read_change
from loaders.columns import Column
from loaders.register_cells import choose, read_id, read_length, read_words, share
from loaders.uncertainty_cells import DISTRIBUTIONS, PARAMETERS, read_uncertainty

__all__ = ["COLUMNS", "SPREAD"]

_MODES: Final[dict[str, tuple[str, ...]]] = {
    "parallel": ("parallel", "in parallel", "alongside"),
    "series": ("series", "in series", "added", "on top"),
}

#: Distributions that have columns of their own for low, most likely and high.
SPREAD: Final = tuple(
    name for name in DISTRIBUTIONS if set(PARAMETERS[name]) <= {"low", "mode", "high"}
)

COLUMNS: Final = (
    Column(
        "id",
        ("id", "risk id", "risk ref", "ref", "reference", "risk no", "risk number"),
        read_id,
        about="A short id that stays the same: R1. The rows of one risk have one id.",
    ),
    Column(
        "title",
        ("title", "risk", "risk title", "risk description", "description", "name", "event"),
        read_words,
        about="What may happen.",
    ),
    Column(
        "probability",
        ("probability", "likelihood", "chance", "likelihood %", "probability %"),
        share("probability"),
        about="How likely it is: 30% or 0.3.",
    ),
    Column(
        "item",
        ("item", "item id", "hits", "affects", "impact on", "milestone", "action"),
        read_id,
        about="The id of an item that it delays. One row for each.",
    ),
    Column(
        "item_title",
        ("item title", "hits title", "milestone title"),
        read_words,
        about="Its title, held against the id.",
    ),
    Column(
        "mode",
        ("mode", "impact mode"),
        choose(_MODES, "mode"),
        about="Series: the delay comes on top of others. Parallel: the longest counts. Blank: "
        "parallel.",
        choices=tuple(_MODES),
    ),
    Column(
        "distribution",
        ("distribution", "shape"),
        choose({name: (name,) for name in SPREAD}, "distribution"),
        about="The shape of the delay between low and high. Blank: triangular.",
        choices=SPREAD,
    ),
    Column(
        "low",
        ("low", "delay low", "minimum", "best case", "optimistic", "min delay"),
        read_length,
        about="The shortest delay: 2w.",
    ),
    Column(
        "likely",
        ("most likely", "likely", "delay most likely", "delay likely", "mode delay", "expected"),
        read_length,
        about="The most likely delay: 1m.",
    ),
    Column(
        "high",
        ("high", "delay high", "maximum", "worst case", "pessimistic", "max delay"),
        read_length,
        about="The longest delay: 3m.",
    ),
    Column(
        "delay",
        ("delay", "impact", "delay if it happens"),
        read_uncertainty,
        about="Instead of low, most likely and high: one length (2w), a range (2w to 3m), or a "
        "distribution (lognormal mean=3w sd=1w).",
    ),
    Column(
        "effect",
        ("effect", "change", "effects"),
        read_change,
        about=f"What else it does, in a row of its own: {', '.join(OPERATIONS)}. For instance: "
        "cancel meeting board=TCOB date=2026-10-20.",
    ),
)

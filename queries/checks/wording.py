"""Dates, days, ids and quotes in the sentences of checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import write_moment
from graphmodel.words import count, join_words

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.items import Item

__all__ = ["list_ids", "quote", "tell_date", "tell_working_days"]

#: Characters of a text that a sentence quotes.
_QUOTED = 60

#: Ids that a sentence names before it says how many more there are.
_NAMED = 5


def tell_date(item: Item, day: date) -> str:
    """Return a date of an item in the plan's own words where they mean it, and as ``2026-09-30``.

    Examples
    --------
    "Sept 2026 (2026-09-30)", or "2026-09-30" where the plan has no words for that day.
    """
    written, words = write_moment(day), item.planned.text
    if words is None or day != item.planned.finish or words == written:
        return written
    return f"{words} ({written})"


def tell_working_days(days: float) -> str:
    """Return working days, whole ones without a point."""
    return count(int(days), "working day") if days == int(days) else f"{days:,.1f} working days"


def list_ids(ids: list[str]) -> str:
    """Return ids as ``a, b and c``, of a long list the first few and how many more."""
    if len(ids) > _NAMED + 1:
        return f"{', '.join(ids[:_NAMED])} and {len(ids) - _NAMED:,} more"
    return join_words(ids)


def quote(text: str) -> str:
    """Return the words of a text, or their beginning, in quotation marks."""
    words = " ".join(text.split())
    if len(words) > _QUOTED:
        words = f"{words[: _QUOTED - 1].rstrip()}…"
    return f'"{words}"'

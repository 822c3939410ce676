"""How the cells of registers are read: one function for each kind of column.

Each takes the text of a cell that is not blank and raises `ValueError` with a sentence where it
cannot be read.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeVar

from graphmodel.entity import is_id
from graphmodel.errors import DateError
from graphmodel.moments import parse_moment
from graphmodel.partial import parse_partial
from loaders.columns import fold
from loaders.lengths import parse_length
from loaders.text import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from graphmodel.spans import Span

__all__ = [
    "choose",
    "read_count",
    "read_days",
    "read_id",
    "read_ids",
    "read_last_day",
    "read_length",
    "read_moment",
    "read_text",
    "read_words",
    "share",
    "show_share",
]

K = TypeVar("K")

_SHARE: Final = re.compile(r"(\d+(?:\.\d+)?(?:e-\d\d?)?|\.\d+)\s*(%?)")
_PARTS: Final = re.compile(r"\s*[;\n\r]\s*")
_DAYS: Final = re.compile(r"\s*[;,\n\r]\s*")


def choose(table: Mapping[K, tuple[str, ...]], what: str) -> Callable[[str], K]:
    """Return a parser that takes any wording of a table for its key."""
    by_word = {fold(word): key for key, words in table.items() for word in words}

    def parse(text: str) -> K:
        if fold(text) in by_word:
            return by_word[fold(text)]
        *most, last = (str(key).replace("_", " ") for key in table)
        raise ValueError(f'"{text[:40]}" is not a {what}: write {", ".join(most)} or {last}')

    return parse


def read_text(text: str) -> str:
    """Return a cell as it stands."""
    return text


def read_words(text: str) -> str:
    """Return the words of a cell in one line."""
    return clean(text)


def read_id(text: str) -> str:
    """Read an id."""
    if is_id(text):
        return text
    raise ValueError(
        f'"{text[:40]}" is not an id: an id is one line of up to 200 characters, '
        'with ":" only after the id of a plan'
    )


def read_ids(text: str) -> tuple[str, ...]:
    """Read ids or names parted by semicolons or line ends, each once."""
    return tuple(dict.fromkeys(words for part in _PARTS.split(text) if (words := clean(part))))


def share(what: str) -> Callable[[str], float]:
    """Return a parser of a part of 1, written ``80%`` or ``0.8``; ``what`` it is called."""

    def parse(text: str) -> float:
        match = _SHARE.fullmatch(text)
        value = float(match[1]) / (100 if match[2] else 1) if match else -1.0
        if 0 <= value <= 1:
            return value
        raise ValueError(f'"{text[:40]}" is not a {what}: write 80% or 0.8')

    return parse


def show_share(value: float) -> str:
    """Return a part of 1 as `share` reads it, to the last digit."""
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def read_count(text: str) -> int:
    """Read a number of an order, 1 or more."""
    number = int(text) if text.isdecimal() and len(text) < len("1000000") else 0
    if number > 0:
        return number
    raise ValueError(f'"{text[:40]}" is not a place in an order: write 1, 2, 3')


def read_length(text: str) -> Span:
    """Read a length of time with its unit: ``10wd``, ``2 weeks``."""
    length = parse_length(text)
    if length.amount < 0:
        raise ValueError(f'"{text[:40]}" is a negative length of time')
    return length


def read_moment(text: str) -> date:
    """Read a day, or a day with a time: ``30/09/2026``, ``2026-09-30T17:00``."""
    try:
        return parse_moment(text)
    except DateError:
        partial = parse_partial(text)
    planned = partial.planned
    if partial.reading == "whole" and planned.precision == "day" and planned.finish is not None:
        return planned.finish
    raise ValueError(f'"{shorten(text)}" is not a day: write it like 2026-09-30')


def read_last_day(text: str) -> date:
    """Read a day, or the last day of the month, quarter or year that a cell names."""
    try:
        return read_moment(text)
    except ValueError:
        partial = parse_partial(text)
    if partial.reading == "whole" and partial.planned.finish is not None:
        return partial.planned.finish
    raise ValueError(f'"{shorten(text)}" is not a date: write it like 2026-09-30 or March 2027')


def read_days(text: str) -> tuple[date, ...]:
    """Read days parted by semicolons, commas or line ends."""
    try:
        return (read_moment(text),)  # "Tuesday, 30 September 2026" is one
    except ValueError:
        return tuple(read_moment(part) for part in _DAYS.split(text) if part)

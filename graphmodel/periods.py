"""The years that a plan is for, and the day before which nothing of it should lie.

The period begins on 1 January of its first year, or on 1 April where targets are set for 31 March
of its last year: then the years are financial years.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from graphmodel.stretches import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["begin_period", "read_years"]

_YEARS = re.compile(r"(\d{4})\s*(?:[-/]|to)\s*(\d{4}|\d\d)", re.IGNORECASE)


def read_years(words: str) -> tuple[int, int] | None:
    """Return the first and last year of a text such as "2026 - 2028"; None for any other."""
    match = _YEARS.fullmatch(fold(words))
    if match is None:
        return None
    begin = int(match[1])
    end = int(match[2]) if len(match[2]) == len("2028") else begin // 100 * 100 + int(match[2])
    return (begin, end) if begin <= end else None


def begin_period(years: tuple[int, int] | None, targets: Iterable[date | None]) -> date | None:
    """Return the first day of a period; ``targets``: when the plan's targets are to be met."""
    if years is None or years[0] == 0:
        return None
    is_financial = years[1] > years[0] and date(years[1], 3, 31) in set(targets)
    return date(years[0], 4 if is_financial else 1, 1)

"""Words for when an item is planned, chosen so that a reader of sheets makes the same of them.

`graphmodel.partial` reads the words; what is written here is read by it before it is used.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from graphmodel.moments import write_moment
from graphmodel.partial import parse_partial
from loaders.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.items import Planned, Precision

__all__ = ["word_planned"]

_SEASONS: Final = {5: "Spring", 8: "Summer", 11: "Autumn"}
_THIRDS: Final = {4: "early", 8: "mid", 12: "late"}
_APRIL: Final = 4


def word_planned(planned: Planned) -> tuple[date | str | None, date | str | None]:
    """Return the cells of planned start and planned finish.

    The plan's own words go before words made here, and these before a bare day: a day says less
    than "April 2027".
    """
    words = _own_words(planned) or _made_words(planned)
    if words is not None:
        return None, words
    finish = planned.finish
    if finish is None:
        return planned.start, None
    return planned.start, _word_end(finish, planned.precision) or finish


def _own_words(planned: Planned) -> str | None:
    """Return the words of the plan where they say all there is; a day is told as a day."""
    if planned.text is None or planned.precision == "day":
        return None
    words = clean(planned.text)
    return words if _says(words, planned) else None


def _made_words(planned: Planned) -> str | None:
    """Return words for what two cells with days cannot say."""
    if planned.precision in {"ongoing", "complete"}:
        lead = planned.precision.capitalize()
        candidates: tuple[str, ...] = (lead,)
        if planned.precision == "ongoing" and planned.start is not None:
            candidates = (f"{lead} from {write_moment(planned.start)}",)
        elif planned.precision == "complete" and planned.finish is not None:
            candidates = (f"{lead} {write_moment(planned.finish)}",)
    elif planned.precision == "range" and planned.start is not None and planned.finish is not None:
        candidates = (f"{write_moment(planned.start)} to {write_moment(planned.finish)}",)
    else:
        return None
    return next((words for words in candidates if _says(words, planned)), None)


def _says(words: str, planned: Planned) -> bool:
    """Return whether words are read as these dates."""
    read = parse_partial(words).planned
    return (read.start, read.finish, read.precision) == (
        planned.start,
        planned.finish,
        planned.precision,
    )


@lru_cache(maxsize=4096)
def _word_end(finish: date, precision: Precision) -> str | None:
    """Return a month, quarter, … that ends on a day, None where there is none."""
    for words in _unit_words(finish, precision):
        read = parse_partial(words).planned
        if (read.finish, read.precision) == (finish, precision):
            return words
    return None


def _unit_words(finish: date, precision: Precision) -> Iterator[str]:
    year, month = finish.year, finish.month
    first = year if month >= _APRIL else year - 1  # of the financial year
    financial = f"{first}/{(first + 1) % 100:02}"
    if precision == "month":
        yield f"{finish:%B %Y}"
        yield from (f"{part} {finish:%B %Y}" for part in ("early", "mid"))
    elif precision == "quarter":
        yield f"Q{(month - _APRIL) % 12 // 3 + 1} {financial}"
    elif precision == "half_year":
        yield f"H{(month - _APRIL) % 12 // 6 + 1} {financial}"
    elif precision == "season":
        if month in _SEASONS:
            yield f"{_SEASONS[month]} {year}"
        yield f"Winter {financial}"
        if month in _THIRDS:
            yield f"{_THIRDS[month]} {year}"
    elif precision == "year":
        yield f"{year}"
        yield f"FY {financial}"

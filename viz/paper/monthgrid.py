"""A timeline as a table: a column for each month, or for several, and marks where dates fall."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.moments import add_months
from viz.words import show_date, show_month

if TYPE_CHECKING:
    from datetime import date

    from viz.timeline import Timeline, TimelineRow

__all__ = ["MonthGrid", "MonthRow", "lay_out_months"]

#: No more columns than this, and the months that one may stand for.
_COLUMNS: Final = 12
_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class MonthRow:
    """One item: its dates in words, and a mark or nothing for each column."""

    id: str
    title: str
    before: str
    after: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MonthGrid:
    """Columns of ``step`` months, named by the one each begins with, and the rows under them."""

    step: int
    heads: tuple[str, ...]
    rows: tuple[MonthRow, ...]


def lay_out_months(timeline: Timeline) -> MonthGrid:
    """Return the dates of a timeline as marks: ○ before, ● after, ► if the gaps are work."""
    days = [day for row in timeline.rows for day in row.ends]
    months = [_number(day) for day in days]
    step = next(one for one in _STEPS if (max(months) - min(months) // one * one) // one < _COLUMNS)
    first = min(months) // step * step
    columns = (max(months) - first) // step + 1
    start = min(days).replace(day=1)
    begin = add_months(start, first - _number(start))
    heads = tuple(show_month(add_months(begin, step * place)) for place in range(columns))
    return MonthGrid(step, heads, tuple(_row(row, first, step, columns) for row in timeline.rows))


def _number(day: date) -> int:
    return day.year * _YEAR + day.month - 1


def _row(row: TimelineRow, first: int, step: int, columns: int) -> MonthRow:
    before, after, latest = row.ends
    marks = [""] * columns
    for day, mark in ((before, "○"), (after, "●"), (latest, "►")):
        if mark != "►" or latest != after:
            marks[(_number(day) - first) // step] += mark
    ends = dict.fromkeys(show_date(day) for day in (after, latest))
    return MonthRow(row.id, row.title, show_date(before), " to ".join(ends), tuple(marks))

"""Working minutes of a calendar between two moments, for gaps in the work on a task."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from graphmodel.worktime import WEEK

if TYPE_CHECKING:
    from graphmodel.worktime import WorkTable

__all__ = ["worked_between"]


def worked_between(table: WorkTable, begin: int, end: int) -> int:
    """Return the working minutes from one instant to another; negative where ``end`` is before."""
    return _worked(table, end) - _worked(table, begin)


def _worked(table: WorkTable, instant: int) -> int:
    """Return the working minutes from where the table begins; outside it the week repeats."""
    weeks = 0
    if instant < table.low:
        weeks = -((table.low - instant + WEEK - 1) // WEEK)
    elif instant > table.high:
        weeks = (instant - table.high + WEEK - 1) // WEEK
    inside = instant - weeks * WEEK
    row = bisect_right(table.begin, inside) - 1
    done = 0
    if row >= 0:
        done = table.before[row] + min(inside, table.finish[row]) - table.begin[row]
    return weeks * table.week + done

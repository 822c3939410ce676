"""Working minutes of a calendar between two moments, for gaps in the work on a task."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from graphmodel.worktime import WEEK

if TYPE_CHECKING:
    from graphmodel.worktime import WorkTable

__all__ = ["work_ahead", "worked_between"]


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


def work_ahead(table: WorkTable, begin: int, minutes: int) -> int:
    """Return the earliest instant by which so much work is done after ``begin``."""
    wanted = _worked(table, begin) + minutes
    weeks = 0
    if wanted > table.total:
        weeks = (wanted - table.total + table.week - 1) // table.week
    elif wanted <= 0:
        weeks = -(-wanted // table.week + 1)
    inside = wanted - weeks * table.week
    row = max(0, bisect_left(table.before, inside) - 1)
    return table.begin[row] + inside - table.before[row] + weeks * WEEK

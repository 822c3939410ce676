"""Our schedule of a project held against the one its own program made, to the minute.

Two instants are equal where a task's calendar has the same working minutes before both: the end of
one shift is the beginning of the next (17:00 on Friday, 08:00 on Monday).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.moments import finish_instant
from simulations.schedule import schedule
from tests.corpora.mpxj_calendars import read_instant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from graphmodel.plan import Plan
    from simulations.results import ScheduledItem
    from tests.corpora.mpxj import Answer, Dump

__all__ = ["DATES", "Difference", "find_differences"]

#: The dates that are compared, by our names.
DATES: Final = ("start", "finish", "late_start", "late_finish")
_MINUTE: Final = 60.0


@dataclass(frozen=True)
class Difference:
    """One answer that is not the original program's; slacks are in working hours."""

    item: str
    field: str
    theirs: str
    ours: str

    def __str__(self) -> str:
        """Return the difference on one line."""
        return f"task {self.item}: {self.field} is {self.ours}, there {self.theirs}"


def find_differences(
    dump: Dump, plan: Plan | None = None, uids: Mapping[str, str] | None = None
) -> list[Difference]:
    """Schedule a project and return every answer in which we differ from its own program.

    ``plan`` stands in for what the program was given; where its ids are its own, ``uids`` gives
    each item's id in the dump, and a task of the dump that no item stands for differs too.
    """
    plan = plan or dump.plan
    days = {one.id: one.hours_per_day * _MINUTE for one in plan.calendars}
    found: list[Difference] = []
    missing = dict(dump.answers) if uids is not None else {}
    for row in schedule(plan).items:
        uid = row.id if uids is None else uids[row.id]
        answer = dump.answers.get(uid)
        if answer is not None:
            missing.pop(uid, None)
            item, given = plan.index.item(row.id), dump.plan.index.item(uid)
            found.extend(
                _compare(
                    row,
                    answer,
                    dump.hours[given.calendar or dump.plan.calendar or ""].worked,
                    day=days[item.calendar or plan.calendar or ""],
                    is_fact=item.status == "complete",
                )
            )
    return found + [Difference(uid, "task", "there", "missing") for uid in missing]


def _compare(
    row: ScheduledItem,
    answer: Answer,
    worked: Callable[[float], float],
    *,
    day: float,
    is_fact: bool,
) -> Iterator[Difference]:
    """Yield the differences of one task; what is complete has no late dates and no slack of ours.

    MS Project shows the actual dates in their place, and no slack: that must be so.
    """
    for field in DATES:
        theirs, ours = getattr(answer, field), getattr(row, field)
        if is_fact and ours is None:
            ours = getattr(row, field.removeprefix("late_"))
        if theirs is not None and (
            ours is None or abs(worked(read_instant(theirs)) - worked(_minute_of(ours))) >= 1
        ):
            yield Difference(row.id, field, theirs, str(ours))
    floats = {"slack": row.total_float_days, "free": row.free_float_days}
    for field, days in floats.items():
        theirs, ours = getattr(answer, field), 0 if is_fact and days is None else days
        if theirs is not None and (ours is None or abs(theirs - ours * day) >= 1):
            in_hours = None if ours is None else ours * day / _MINUTE
            yield Difference(row.id, field, str(theirs / _MINUTE), str(in_hours))


def _minute_of(shown: date) -> int:
    """Return the instant of a shown date; without a time of day it is the end of that day."""
    return finish_instant(shown)

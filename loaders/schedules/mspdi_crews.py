"""Tasks of MS Project worked when both their own calendar and that of their people allow it.

An item has one calendar: such a task is read on its own, and that is told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.words import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loaders.schedules.journal import Journal
    from loaders.schedules.tasks import Task, WorkCalendar
    from loaders.schedules.xml_records import Record

__all__ = ["tell_both"]


def tell_both(
    tasks: Iterable[Task],
    rows: Iterable[Record],
    calendars: Iterable[WorkCalendar],
    journal: Journal,
) -> None:
    """Tell the tasks with a calendar of their own whose people have others, once for all."""
    by_uid = {one.uid: one for one in calendars}
    both = [
        task
        for task, row in zip(tasks, rows, strict=True)
        if task.calendar is not None
        and row["IgnoreResourceCalendar"] != "1"
        and any(_plain(one, by_uid) != _plain(task.calendar, by_uid) for one in task.crew)
    ]
    if both:
        journal.tell(
            "calendar-and-people",
            "warning",
            f"{count(len(both), 'task')} with a calendar and people on others: MS Project works "
            "them when both do, here their own calendar is followed, and dates may differ.",
            both[0].line,
            tuple(one.id for one in both),
        )


def _plain(uid: str, by_uid: Mapping[str, WorkCalendar]) -> str:
    """Return a calendar, or the one it is based on where it says nothing itself."""
    seen: set[str] = set()
    while uid in by_uid and uid not in seen:
        seen.add(uid)
        one = by_uid[uid]
        if one.week or one.special or one.weeks or one.parent is None:
            break
        uid = one.parent
    return uid

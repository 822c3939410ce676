"""The one way from a schedule of another program to a plan, whatever file it was read from.

Recipe: names → breakdown → calendars → items → links → people → plan. Summaries become themes,
objectives and actions, tasks become activities and milestones; deadlines are due dates, the first
baseline holds the planned dates. Nothing raises: what a plan cannot hold is told and left out.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmodel.files import fingerprint
from graphmodel.items import SourceFile
from graphmodel.plan import Plan
from graphmodel.words import count
from loaders.draft import SOURCE
from loaders.loaded import Loaded
from loaders.schedules.breakdown import Breakdown
from loaders.schedules.calendars import CalendarBook
from loaders.schedules.items import ItemMaker
from loaders.schedules.journal import Journal
from loaders.schedules.limits import Limits
from loaders.schedules.naming import fit_id, name_tasks
from loaders.schedules.people import find_people
from loaders.schedules.relations import make_links

if TYPE_CHECKING:
    from graphmodel.items import Item
    from loaders.schedules.people import People
    from loaders.schedules.tasks import Schedule

__all__ = ["assemble"]


def assemble(schedule: Schedule, path: str | Path) -> Loaded:
    """Make a plan of a schedule read from the file ``path``.

    Problems are the reader's (`Schedule.problems`) and then those of the assembly, by line.

    Raises
    ------
    FileError
        The file can no longer be read.
    """
    path = Path(path)
    journal = Journal(path.name)
    breakdown = Breakdown.of(schedule.tasks, name_tasks(schedule.tasks, journal), journal)
    parents = breakdown.parents()
    book = CalendarBook(schedule, journal)
    for place, task in enumerate(schedule.tasks):
        if task.kind != "summary":
            book.of_task(task, breakdown.names[place])
    limits = Limits(book.shortest_week, book.longest_day, journal)
    maker = ItemMaker(breakdown, book, limits, journal)
    people = find_people(schedule, breakdown, journal)
    items = (maker.make(place, parents[name]) for place, name in breakdown.names.items())
    plan = Plan.model_validate(
        {
            "id": fit_id(schedule.id, "schedule"),
            "title": schedule.title,
            "start": journal.moment(schedule.start, "The start of the project"),
            "must_finish": journal.moment(schedule.must_finish, "The must-finish-by date"),
            "status_date": journal.moment(schedule.status, "The status date"),
            "options": _options(schedule),
            "sources": (
                SourceFile(
                    id=SOURCE, title=schedule.title, file=path.name, sha256=fingerprint(path)
                ),
            ),
            "items": tuple(_with_used(item, people) for item in items),
            "links": tuple(make_links(schedule.relations, breakdown, parents, limits, journal)),
            "calendar": book.default,
            "calendars": tuple(book.calendars.values()),
            "officers": people.officers,
            "assignments": people.assignments,
            **schedule.facts,
        }
    )
    notes = list(schedule.notes)
    if book.unused:
        notes.append(f"{count(book.unused, 'calendar')} that nothing uses left out.")
    found = sorted(journal.problems, key=lambda one: (one.source and one.source.line) or 0)
    return Loaded(plan, (*schedule.problems, *found), tuple(notes))


def _options(schedule: Schedule) -> dict[str, Any]:
    stated = {
        "lag_calendar": schedule.lag_calendar,
        "progress": schedule.progress,
        "critical": schedule.critical,
    }
    return {"scheduling_mode": schedule.mode, **stated}


def _with_used(item: Item, people: People) -> Item:
    used = people.used.get(item.id)
    return item if used is None else item.model_copy(update={"x_materials": list(used)})

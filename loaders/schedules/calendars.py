"""Calendars of a schedule as those of a plan: the ones in use, and one for each crew.

A task without a calendar of its own is worked whenever one of those who work on it does: such a
crew of several calendars becomes one calendar, the union of theirs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from graphmodel.calendars import Calendar, Weekday
from graphmodel.errors import PlanError
from graphmodel.moments import DAY
from graphmodel.worktime import WorkTable, work_table
from loaders.ids import free_id, make_slug
from loaders.schedules.shifts import unite, write_exceptions, write_shifts

if TYPE_CHECKING:
    from loaders.schedules.journal import Journal
    from loaders.schedules.tasks import Schedule, Task, WorkCalendar

__all__ = ["CalendarBook"]

_WEEK: Final[tuple[Weekday, ...]] = get_args(Weekday)
_OFFICE: Final = [["08:00", "12:00"], ["13:00", "17:00"]]


class CalendarBook:
    """The calendars of a plan, made as they are asked for.

    Attributes
    ----------
    default
        Id of the schedule's own calendar.
    calendars
        Those in use, parents before children.
    tables
        Their working time.
    """

    def __init__(self, schedule: Schedule, journal: Journal) -> None:
        self._schedule = schedule
        self._journal = journal
        self._stated = {one.uid: one for one in reversed(schedule.calendars)}
        self._ids: dict[str, str] = {}
        self._crews: dict[tuple[str, ...], str] = {}
        self.calendars: dict[str, Calendar] = {}
        self.tables: dict[str, WorkTable] = {}
        self._unknown: set[str] = set()
        self._assumed: str | None = None
        self.default = self._find_default()
        if schedule.keeps_calendars:
            for one in schedule.calendars:
                self._keep(one.uid)

    def of_task(self, task: Task, item: str) -> str | None:
        """Return the id of the calendar a task is worked on, None where it is the schedule's."""
        if task.calendar is not None:
            found = self._known(task.calendar, task, item)
        else:
            crew = dict.fromkeys(self._plain(one) for one in task.crew if one in self._stated)
            found = self._crew(tuple(sorted(crew)))
        return None if found == self.default else found

    def table_of(self, task: Task, item: str) -> WorkTable:
        """Return the working time of a task's calendar."""
        return self.tables[self.of_task(task, item) or self.default]

    @property
    def unused(self) -> int:
        """How many of the schedule's calendars nothing in the plan uses."""
        return len(self._stated.keys() - self._ids.keys())

    @property
    def shortest_week(self) -> int:
        """Working minutes of an ordinary week of the calendar with the fewest."""
        return min(table.week for table in self.tables.values())

    @property
    def longest_day(self) -> int:
        """Working minutes that a working day stands for, on the calendar with the most."""
        return max(table.day_minutes for table in self.tables.values())

    def _find_default(self) -> str:
        wanted = self._schedule.calendar
        if wanted in self._stated:
            return self._keep(wanted)
        self._journal.tell(
            "calendar-missing",
            "warning",
            "The schedule names no calendar of its own that the file holds: Monday to Friday with "
            "8 hours a day is assumed.",
        )
        return self._standard()

    def _known(self, uid: str, task: Task, item: str) -> str:
        if uid in self._stated:
            return self._keep(uid)
        if uid not in self._unknown:
            self._unknown.add(uid)
            self._journal.tell(
                "calendar-missing",
                "warning",
                f'"{item}" is worked on the calendar {uid}, which the file does not hold: the '
                "schedule's own is used for all that name it.",
                task.line,
                (item,),
            )
        return self.default

    def _keep(self, uid: str) -> str:
        """Return the id of a stated calendar, adding it and its parents to the plan."""
        if uid in self._ids:
            return self._ids[uid]
        for one in reversed(self._line(uid)):
            wanted = make_slug(one.name) or f"calendar-{make_slug(one.uid)}"
            name = free_id(wanted, self.calendars)
            self._ids[one.uid] = self._add(self._translate(one, name), one)
        return self._ids[uid]

    def _line(self, uid: str) -> list[WorkCalendar]:
        """Return a calendar and its parents that are not yet kept, nearest first."""
        line: dict[str, WorkCalendar] = {}
        above: str | None = uid
        while above in self._stated and above not in line and above not in self._ids:
            line[above] = self._stated[above]
            above = line[above].parent
        if above is not None and above not in self._ids:
            last = list(line.values())[-1]
            why = "is its own parent" if above in line else "is based on one the file does not hold"
            self._journal.tell(
                "calendar-missing",
                "warning",
                f'The calendar "{last.name}" {why}: it is read without it.',
                last.line,
            )
        return list(line.values())

    def _translate(self, one: WorkCalendar, name: str) -> dict[str, Any]:
        parent = self._ids.get(one.parent or "")
        return {
            "id": name,
            "parent": parent,
            "x_title": one.name or None,
            **self._lengths(one),
            "week": {day: write_shifts(shifts) for day, shifts in one.week.items()},
            "exceptions": list(write_exceptions(one)),
        }

    def _lengths(self, one: WorkCalendar | None = None) -> dict[str, float]:
        """Return how long a day and a week are: nothing outlandish, so that spans stay spans."""
        schedule = self._schedule
        day = (one.minutes_per_day if one else None) or schedule.minutes_per_day
        week = (one.minutes_per_week if one else None) or schedule.minutes_per_week
        return {
            "hours_per_day": day / 60 if 0 < day <= DAY else 8.0,
            "hours_per_week": week / 60 if 0 < week <= 7 * DAY else 40.0,
        }

    def _add(self, raw: dict[str, Any], stated: WorkCalendar) -> str:
        """Keep a calendar if work can be done on it; return the id that stands for it."""
        try:
            return self._make(raw)
        except PlanError:
            self._journal.tell(
                "calendar-without-work",
                "warning",
                f'The calendar "{stated.name}" has no working time in an ordinary week: Monday to '
                "Friday with 8 hours a day is used in its place.",
                stated.line,
            )
            return self._standard()

    def _standard(self) -> str:
        if self._assumed is None:
            self._assumed = free_id("standard", self.calendars)
            week = dict.fromkeys(_WEEK[:5], _OFFICE)
            self._make({"id": self._assumed, "week": week, **self._lengths()})
        return self._assumed

    def _make(self, raw: dict[str, Any]) -> str:
        calendar = Calendar.model_validate(raw)
        self.tables[calendar.id] = work_table(
            {**self.calendars, calendar.id: calendar}, calendar.id
        )
        self.calendars[calendar.id] = calendar
        return calendar.id

    def _plain(self, uid: str) -> str:
        """Return a calendar, or the one it is based on where it states nothing itself."""
        seen = {uid}
        one = self._stated[uid]
        while (
            not (one.week or one.special or one.weeks)
            and one.parent in self._stated
            and one.parent not in seen
        ):
            one = self._stated[one.parent]
            seen.add(one.uid)
        return one.uid

    def _crew(self, uids: tuple[str, ...]) -> str:
        if not uids:
            return self.default
        parts = tuple(dict.fromkeys(self._keep(uid) for uid in uids))
        if len(parts) == 1:
            return parts[0]
        if parts not in self._crews:
            name = free_id("-and-".join(parts)[:100], self.calendars)
            raw = {"id": name, **self._lengths(), **unite(self.calendars, parts)}
            self._crews[parts] = self._make(raw)
        return self._crews[parts]

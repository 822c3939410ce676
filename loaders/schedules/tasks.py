"""A schedule as any scheduling program holds it: what its reader hands to the assembly.

Readers of files (Primavera XER, MS Project XML, MPXJ) fill these records and know nothing of plans;
the assembly makes a plan of them and knows nothing of files. Everything here is as the file states
it, dangling and doubled ids too: the assembly says what is wrong with them. What a reader itself
cannot understand it adds to `Schedule.problems`.

Things name each other by ``uid``, the number (as text) a program gives them inside one file; a
summary and a task never share one. Lengths are spans (`graphmodel.spans`); `work_span` makes those
of working minutes. Moments are ``datetime`` (or ``date`` where the file knows no hour).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from graphmodel.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from graphmodel.calendars import Weekday
    from graphmodel.items import Status
    from graphmodel.links import LinkType
    from graphmodel.people import Role
    from graphmodel.problems import Problem

__all__ = [
    "Bound",
    "Kept",
    "Relation",
    "Resource",
    "Schedule",
    "Shifts",
    "SpecialDays",
    "Task",
    "WorkCalendar",
    "WorkWeek",
    "Works",
    "work_span",
]

#: Shifts of a day, as minutes from its midnight; an end at or before its start is on the day after.
Shifts = tuple[tuple[int, int], ...]


def work_span(minutes: float, *, elapsed: bool = False) -> Span:
    """Return minutes of work (``elapsed``: of the wall clock) as a span."""
    if elapsed:
        return Span((Decimal(str(minutes)) / 60).quantize(Decimal("1e-9")).normalize() + 0, "eh")
    return Span(Decimal(round(minutes)), "min")


@dataclass(frozen=True, slots=True)
class SpecialDays:
    """Days whose hours differ from the week's, both ends included: none for a holiday."""

    first: date
    last: date
    shifts: Shifts = ()


@dataclass(frozen=True, slots=True)
class WorkWeek:
    """Another ordinary week for a season; a weekday left out is worked as in the calendar's own.

    An exception of the same calendar beats it.
    """

    first: date
    last: date
    days: Mapping[Weekday, Shifts]


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkCalendar:
    """A calendar; a weekday left out of ``week`` is taken from ``parent``.

    Minutes per day and week are null where the calendar does not say: then the schedule's count.
    """

    uid: str
    name: str
    parent: str | None = None
    minutes_per_day: float | None = None
    minutes_per_week: float | None = None
    week: Mapping[Weekday, Shifts] = field(default_factory=dict)
    special: tuple[SpecialDays, ...] = ()
    weeks: tuple[WorkWeek, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Bound:
    """A date constraint in the field's codes; ``hard`` pins it before its predecessors."""

    type: Literal["SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "ALAP"]
    date: date | None = None
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A baseline: dates kept to compare with."""

    name: str | None
    start: date | None
    finish: date | None
    duration: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A row of the schedule, in the order of the file: a task, a milestone, a summary.

    Attributes
    ----------
    id
        The id people know it by, where the program has one; else the uid.
    parent
        Uid of the summary it is part of.
    calendar
        Uid of its own calendar; null: the schedule's, or those of its ``crew``.
    crew
        Uids of the calendars of those who work on a task without a calendar of its own: it is
        worked whenever one of them works.
    start, finish
        The dates the program shows; those of a ``fixed`` task stand, others are only compared with.
    scheduling
        ``fixed`` for MS Project's manual tasks; a fixed summary keeps what it holds from starting
        before its ``start``.
    resumes
        When suspended work goes on: what remains of it runs from there at the earliest.
    gaps
        Stretches in which nobody works on it although somebody has and somebody will.
    external
        Whether it is a task of another project, there because links lead to it.
    facts
        What the plan has no place for, as ``x_`` keys of the item.
    """

    uid: str
    id: str
    title: str
    kind: Literal["task", "start_milestone", "finish_milestone", "loe", "summary"] = "task"
    parent: str | None = None
    label: str | None = None
    calendar: str | None = None
    crew: tuple[str, ...] = ()
    duration: Span | None = None
    remaining: Span | None = None
    percent: float | None = None
    status: Status = "not_started"
    start: date | None = None
    finish: date | None = None
    actual_start: date | None = None
    actual_finish: date | None = None
    forecast: date | None = None
    resumes: date | None = None
    bounds: tuple[Bound, ...] = ()
    deadline: date | None = None
    baselines: tuple[Kept, ...] = ()
    scheduling: Literal["logic", "fixed"] = "logic"
    levelling_delay: Span | None = None
    gaps: tuple[tuple[datetime, datetime], ...] = ()
    tags: tuple[str, ...] = ()
    external: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A dependency of ``succ`` on ``pred``, both uids of tasks."""

    pred: str
    succ: str
    type: LinkType
    lag: Span
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """Who or what works: people, roles and equipment become officers, the rest facts of items."""

    uid: str
    title: str
    kind: Literal["person", "role", "equipment", "material", "cost"] = "person"
    facts: Mapping[str, Any] = field(default_factory=dict)
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Works:
    """A resource's assignment to a task, both uids."""

    resource: str
    task: str
    role: Role = "responsible"
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """One project of a file, as the program that wrote it holds it.

    Attributes
    ----------
    id, title
        Short name and name of the project.
    status
        The status date (P6: data date), if it holds undone work back.
    calendar
        Uid of the project's calendar.
    minutes_per_day, minutes_per_week
        How long a working day and week are for calendars that do not say.
    lag_calendar, progress, critical
        The file's own choices, null where the mode's presets hold.
    keeps_calendars
        Whether calendars that nothing uses are kept too.
    facts
        What the plan has no place for, as ``x_`` keys of the plan.
    problems
        What the reader could not understand, each with its place.
    """

    mode: Literal["p6", "ms-project"]
    id: str
    title: str | None = None
    start: date | None = None
    status: date | None = None
    must_finish: date | None = None
    calendar: str | None = None
    minutes_per_day: float = 480
    minutes_per_week: float = 2400
    lag_calendar: Literal["successor", "predecessor", "project", "elapsed"] | None = None
    progress: Literal["retained_logic", "progress_override"] | None = None
    critical: Literal["total_float", "longest_path"] | None = None
    calendars: tuple[WorkCalendar, ...] = ()
    keeps_calendars: bool = False
    tasks: tuple[Task, ...] = ()
    relations: tuple[Relation, ...] = ()
    resources: tuple[Resource, ...] = ()
    works: tuple[Works, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()

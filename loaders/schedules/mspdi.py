"""MS Project's XML (MSPDI, .xml), read without Java.

Recipe: records → outline → calendars, tasks, links, people → neutral schedule → plan. The file is
read in a stream; what it says that is not used is named in the notes.

A task's id is the number that people see in Project's first column and in its predecessors
(``12FS+5d``). It changes when rows are inserted above, so ``x_uid`` keeps the number that Project
never gives twice. In a file that knockon wrote, ids, kinds and dates are those of its plan
(`loaders.schedules.mspdi_marks`).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from graphmodel.collector import collector_paused
from graphmodel.errors import FileError
from graphmodel.words import count
from loaders.schedules.assembly import assemble
from loaders.schedules.journal import Journal
from loaders.schedules.mspdi_calendars import CalendarReader
from loaders.schedules.mspdi_crews import tell_both
from loaders.schedules.mspdi_marks import PROJECT_CHECK
from loaders.schedules.mspdi_outline import read_outline
from loaders.schedules.mspdi_parts import Parts
from loaders.schedules.mspdi_relations import read_relations
from loaders.schedules.mspdi_restore import Marked, restore
from loaders.schedules.mspdi_tasks import TaskReader
from loaders.schedules.mspdi_values import Day, Values
from loaders.schedules.tasks import Bound, Schedule
from loaders.schedules.xml_records import read_records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loaders.loaded import Loaded
    from loaders.schedules.mspdi_outline import Outline
    from loaders.schedules.mspdi_relations import Relations
    from loaders.schedules.tasks import Task
    from loaders.schedules.xml_records import Record

__all__ = ["read_mspdi"]

_ROOT: Final = "Project"
_WHOLE: Final = "0"
#: Options of the project kept as facts, where they are not what Project begins with.
_OPTIONS: Final = {
    "HonorConstraints": "1",
    "NewTasksAreManual": "0",
    "MoveCompletedEndsBack": "0",
    "MoveCompletedEndsForward": "0",
    "MoveRemainingStartsBack": "0",
    "MoveRemainingStartsForward": "0",
    "SplitsInProgressTasks": "1",
    "ProjectExternallyEdited": "0",
}
_TEXTS: Final = {
    "x_author": "Author",
    "x_company": "Company",
    "x_manager": "Manager",
    "x_subject": "Subject",
    "x_category": "Category",
    "x_saved": "LastSaved",
}


def read_mspdi(path: str | Path) -> Loaded:
    """Read a schedule in MS Project's XML into a plan.

    Raises
    ------
    FileError
        The file cannot be opened, is no such XML, holds what no schedule has (a document type), or
        holds no task.
    """
    path = Path(path)
    with collector_paused():
        reader = _Reader(path)
        schedule, outline = reader.read()
        loaded = assemble(schedule, path)
        return reader.restore(loaded, outline)


class _Reader:
    """Reads one file."""

    def __init__(self, path: Path) -> None:
        self._journal = Journal(path.name)
        self._values = Values(self._journal)
        self._root, self._parts = read_records(
            path, _ROOT, lambda: Parts(self._values), self._journal
        )
        day, week = (self._whole(name) for name in ("MinutesPerDay", "MinutesPerWeek"))
        self._values.day = Day(day or 480, week or 2400)

    def read(self) -> tuple[Schedule, Outline]:
        """Return the schedule, and the rows it was read from."""
        root, values, parts, journal = self._root, self._values, self._parts, self._journal
        outline = read_outline(parts.tasks, values, journal)
        if not outline.rows:
            why = f" ({journal.problems[0].message.rstrip('.')})" if journal.problems else ""
            raise FileError(
                f'"{journal.file}" holds no task{why}: save the project as XML again, with its '
                "tasks."
            )
        reader = CalendarReader(values, journal)
        known = {uid for uid, _ in outline.rows}
        self._tell_options()
        links = read_relations(outline.rows, known, values, journal)
        works = tuple(one for one in parts.people.works if one.task != _WHOLE)
        notes = list(self._notes(outline, len(parts.people.works) - len(works)))
        calendars = tuple(reader.read(one) for one in parts.calendars)
        tasks = tuple(self._tasks(outline, links))
        is_ours = outline.whole is not None and bool(parts.fields.marks(outline.whole))
        start = self._start(tasks, expected=not is_ours)
        tell_both(tasks, (row for _, row in outline.rows), calendars, journal)
        schedule = Schedule(
            mode="ms-project",
            id=root["Title"] or Path(journal.file).stem,
            title=root["Title"] or (outline.whole["Name"] if outline.whole else "") or None,
            start=start,
            status=values.date(root, "StatusDate"),
            must_finish=values.date(root, "FinishDate") if self._is_from_finish() else None,
            calendar=root["CalendarUID"] or None,
            minutes_per_day=values.day.minutes,
            minutes_per_week=values.day.week,
            calendars=calendars,
            keeps_calendars=is_ours,
            tasks=tasks,
            relations=links.relations,
            resources=tuple(parts.people.resources),
            works=works,
            facts=dict(self._facts(outline.whole)),
            problems=tuple(journal.problems),
            notes=tuple(notes),
        )
        return schedule, outline

    def restore(self, loaded: Loaded, outline: Outline) -> Loaded:
        """Return the plan as knockon wrote it, where it wrote the file."""
        if outline.whole is None:
            return loaded
        fields = self._parts.fields
        marks = fields.marks(outline.whole)
        whole = Marked.of(marks, self._root.__getitem__, PROJECT_CHECK)
        if whole is None:
            return loaded
        rows = {uid: Marked.of(fields.marks(row), row.__getitem__) for uid, row in outline.rows}
        known = {uid: one for uid, one in rows.items() if one is not None}
        return restore(loaded, whole, known, self._parts.people.marked)

    def _tasks(self, outline: Outline, links: Relations) -> Iterator[Task]:
        """Yield the tasks; what holds a summary holds all that is part of it.

        Levelling delays what links let go. A task that waits for none keeps the start it was
        levelled to.
        """
        reader = TaskReader(
            self._values,
            self._parts.fields,
            self._parts.people,
            self._root["HonorConstraints"] != "0",
            self._parts.people.crews(),
        )
        summaries = outline.summaries
        linked = {one.succ for one in links.relations}
        held: dict[str, tuple[Bound, ...]] = {}
        for (uid, row), parent in zip(outline.rows, outline.parents, strict=True):
            task = reader.read(uid, row, parent, is_summary=uid in summaries)
            more = (*links.held.get(uid, ()), *held.get(parent or "", ()))
            if parent in linked:
                linked.add(uid)
            if uid in summaries:
                held[uid] = more if task.scheduling == "fixed" else (*task.bounds, *more)
            elif task.levelling_delay and task.start and uid not in linked:
                more = (*more, Bound("SNET", task.start))
            yield replace(task, bounds=(*task.bounds, *more)) if more else task

    def _start(self, tasks: Iterable[Task], *, expected: bool) -> datetime | None:
        """Return the start of the project, else that of its earliest task."""
        stated = self._values.date(self._root, "StartDate")
        if stated is not None or not expected:
            return stated
        starts = (one.actual_start or one.start for one in tasks)
        first = min((one for one in starts if isinstance(one, datetime)), default=None)
        taken = "nor does any task" if first is None else "that of its earliest task is taken"
        message = f"The project states no start: {taken}."
        self._journal.tell("start-missing", "warning", message, self._root.line)
        return first

    def _whole(self, name: str) -> int:
        number = self._values.number(self._root, name)
        return round(number) if number and 0 < number < 1e6 else 0  # noqa: PLR2004 - absurd

    def _is_from_finish(self) -> bool:
        return self._root["ScheduleFromStart"] == "0"

    def _tell_options(self) -> None:
        if self._values.flag(self._root, "MultipleCriticalPaths"):
            self._journal.tell(
                "option-not-used",
                "warning",
                "The project counts the float of each network of tasks by its own finish; knockon "
                "counts it by the finish of the whole, and floats may differ.",
                self._root.line,
            )

    def _facts(self, whole: Record | None) -> Iterator[tuple[str, Any]]:
        root = self._root
        yield "x_format", "MSPDI"
        yield from ((key, root[name]) for key, name in _TEXTS.items() if root[name])
        limit = self._values.number(root, "CriticalSlackLimit")
        if limit:
            yield "x_critical_float_hours", limit * self._values.day.minutes / 60
        options = {
            name: root[name] for name, usual in _OPTIONS.items() if root[name] not in {"", usual}
        }
        if options:
            yield "x_options", options
        if whole is not None:
            if whole["Notes"]:
                yield "x_notes", whole["Notes"]
            yield from self._parts.fields.facts(whole)

    def _notes(self, outline: Outline, on_whole: int) -> Iterator[str]:
        version = self._root["SaveVersion"]
        yield f"MS Project XML{f' of version {version}' if version else ''}."
        if self._is_from_finish():
            yield "The project is scheduled from its finish, which no task may pass."
        if outline.blank:
            yield f"{count(outline.blank, 'blank row')} left out."
        if on_whole:
            yield f"{count(on_whole, 'assignment')} to the project as a whole left out."
        yield from self._parts.notes()

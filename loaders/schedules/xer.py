"""Primavera P6's exchange files (.xer), read without Java.

Recipe: tables → project → breakdown, activities, links, people → neutral schedule → plan. The file
is read whole; what it says that is not used is named in the notes.

One project of a file becomes the plan: the one asked for, else the largest of those that were
exported (not of those sent along because links lead to them). The others are told, and `project`
chooses them; a project that is a baseline of another gives its activities their baselines.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphmodel.collector import collector_paused
from graphmodel.errors import FileError
from graphmodel.words import count
from loaders.schedules.assembly import assemble
from loaders.schedules.cells import Cells
from loaders.schedules.journal import Journal
from loaders.schedules.tasks import Schedule, Works
from loaders.schedules.xer_activities import WBS_SUMMARY, ActivityReader
from loaders.schedules.xer_calendars import read_calendars
from loaders.schedules.xer_facts import Facts
from loaders.schedules.xer_layout import check_layout
from loaders.schedules.xer_people import crews_of, read_assignments, read_resources
from loaders.schedules.xer_projects import (
    find_projects,
    group_rows,
    read_baselines,
    read_options,
)
from loaders.schedules.xer_relations import read_relations
from loaders.schedules.xer_tables import read_tables
from loaders.schedules.xer_wbs import Wbs, read_wbs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from loaders.loaded import Loaded
    from loaders.schedules.tasks import Task
    from loaders.schedules.xer_projects import Project
    from loaders.schedules.xer_tables import Row, Tables

__all__ = ["list_xer_projects", "read_xer"]


def list_xer_projects(path: str | Path) -> tuple[str, ...]:
    """Return the short names of a file's projects with activities, the one read first in front.

    Raises
    ------
    FileError
        As `read_xer`.
    """
    journal = Journal(Path(path).name)
    schedules, _ = find_projects(read_tables(Path(path), journal), journal)
    return tuple(one.name for one in schedules if one.activities)


def read_xer(path: str | Path, project: str | None = None) -> Loaded:
    """Read a Primavera XER file into a plan.

    Parameters
    ----------
    project
        Short name or number of the project to read, where the file holds several.

    Raises
    ------
    FileError
        The file cannot be opened, is no XER file, or holds no such project, or no activity.
    """
    path = Path(path)
    journal = Journal(path.name)
    with collector_paused():
        tables = read_tables(path, journal)
        schedule = _Reader(tables, journal, project).read()
        return assemble(schedule, path)


class _Reader:
    """Reads one project of a file's tables."""

    def __init__(self, tables: Tables, journal: Journal, wanted: str | None) -> None:
        self._tables = tables
        self._journal = journal
        self._cells = Cells(journal)
        check_layout(tables, journal)
        schedules, baselines = find_projects(tables, journal)
        self._project = _choose(schedules, wanted, journal)
        self._others = [one for one in schedules if one is not self._project]
        self._baselines = read_baselines(self._project, baselines, self._cells)

    def read(self) -> Schedule:
        tables, cells, project = self._tables, self._cells, self._project
        row = project.row
        facts = Facts(tables, self._journal)
        mark = row["name_sep_char"] or "."
        wbs = read_wbs(group_rows(tables["PROJWBS"]).get(project.key, ()), mark, facts)
        options = read_options(tables, project.key, cells, self._journal)
        assigned = group_rows(tables["TASKRSRC"]).get(project.key, [])
        crews = crews_of(tables, assigned)
        reader = ActivityReader(
            cells, wbs, facts, crews, self._baselines, options.expects, self._journal
        )
        held = {one.uid for one in wbs.summaries}
        spans = {
            one["task_id"]: one
            for one in project.activities
            if one["task_type"] == WBS_SUMMARY and wbs.parent(one["wbs_id"]) in held
        }
        tasks = tuple(reader.read(one) for one in project.activities if one["task_id"] not in spans)
        uids = {key: wbs.parent(one["wbs_id"]) or key for key, one in spans.items()}
        works = (*read_assignments(assigned, uids), *_owners(wbs))
        self._tell_others()
        links = read_relations(tables["TASKPRED"], project.key, tasks, uids, cells, self._journal)
        return Schedule(
            mode="p6",
            id=project.name,
            title=(wbs.root["wbs_name"] if wbs.root else "") or project.name,
            start=self._start(tasks),
            status=cells.date(row, "last_recalc_date"),
            must_finish=cells.date(row, "plan_end_date"),
            calendar=row["clndr_id"] or None,
            lag_calendar=options.lag_calendar,
            progress=options.progress,
            critical="longest_path" if row["critical_path_type"] == "CT_DrivPath" else None,
            calendars=read_calendars(tables, cells, self._journal),
            tasks=(*_with_spans(wbs, spans.values()), *tasks),
            relations=links.relations,
            resources=read_resources(tables, works),
            works=works,
            facts=dict(self._plan_facts(facts)),
            problems=tuple(self._journal.problems),
            notes=tuple(self._notes(links.turned)),
        )

    def _start(self, tasks: Iterable[Task]) -> datetime | None:
        """Return the project's planned start, else its data date, else the earliest start."""
        row = self._project.row
        stated = self._cells.date(row, "plan_start_date")
        stated = stated or self._cells.date(row, "last_recalc_date")
        if stated is not None:
            return stated
        starts = [one.actual_start or one.start for one in tasks]
        first = min((one for one in starts if isinstance(one, datetime)), default=None)
        self._journal.tell(
            "start-missing",
            "warning",
            f'The project "{self._project.name}" states no start: that of its earliest activity '
            "is taken.",
            row.line,
        )
        return first

    def _tell_others(self) -> None:
        for one in self._others:
            if one.activities:
                self._journal.tell(
                    "project-not-read",
                    "warning",
                    f'The project "{one.name}" with '
                    f"{count(len(one.activities), 'activity', 'activities')} is not read; the plan "
                    f'is the project "{self._project.name}".',
                    one.row.line,
                )

    def _plan_facts(self, facts: Facts) -> Iterator[tuple[str, Any]]:
        row = self._project.row
        yield "x_format", "XER"
        yield "x_uid", self._project.key
        limit = self._cells.number(row, "critical_drtn_hr_cnt")
        if limit:
            yield "x_critical_float_hours", limit
        yield from facts.of_project(self._project.key).items()

    def _notes(self, turned: int) -> Iterator[str]:
        header = self._tables.header
        version = f" {header[1]}" if len(header) > 1 else ""
        encoding = self._tables.encoding
        yield f'Primavera XER{version} in {encoding.upper()}, project "{self._project.name}".'
        if turned:
            yield (
                f"{count(turned, 'link')} of levels of effort turned round: they end with "
                "what they are said to hold back, and move nobody."
            )
        rest = [f"{name} ({rows})" for name, rows in self._tables.unused()]
        if rest:
            yield f"Tables not used, with their rows: {', '.join(rest)}."


def _choose(schedules: list[Project], wanted: str | None, journal: Journal) -> Project:
    """Return the project to read."""
    full = [one for one in schedules if one.activities]
    if wanted is not None:
        full = [one for one in schedules if wanted in {one.key, one.name}]
        if not full:
            names = ", ".join(f'"{one.name}"' for one in schedules[:10])
            raise FileError(
                f'"{journal.file}" holds no project "{wanted}": its projects are {names or "none"}.'
            )
    if not full:
        raise FileError(
            f'"{journal.file}" holds no project with activities: export it from Primavera again, '
            "with its activities."
        )
    return full[0]


def _owners(wbs: Wbs) -> Iterator[Works]:
    for summary, office in wbs.owners.items():
        yield Works(office, summary, role="accountable")


def _with_spans(wbs: Wbs, spans: Iterable[Row]) -> Iterator[Task]:
    """Yield the summaries; an activity that spans one gives it its code and its name."""
    said = {wbs.parent(row["wbs_id"]): row for row in spans}
    for one in wbs.summaries:
        row = said.get(one.uid)
        if row is None:
            yield one
        else:
            code = {"x_wbs_summary": {"id": row["task_code"], "title": row["task_name"]}}
            yield replace(one, facts={**one.facts, **code})

"""132 real projects with the baseline of their planning tool: calendars, earliest starts, ALAP."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from simulations.schedule import schedule
from tests.corpora.dslib import plan_asap, plan_clock, plan_placed, read_projects

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from tests.corpora.dslib import Activity, Project

MINUTE = timedelta(minutes=1)


@pytest.fixture(scope="module")
def projects(corpora: Path) -> tuple[Project, ...]:
    return read_projects(corpora)


def starts_right(project: Project, activity: Activity, start: date | None) -> bool:
    """Whether an activity starts on its baseline's minute.

    A milestone may stay at the end of the shift before: the tool has it at the start of the next.
    """
    assert isinstance(start, datetime)
    if activity.hours:
        return start == activity.start
    return project.calendar.hours_before(start) == activity.start_hours


def test_dates_from_hours_and_hours_from_dates(projects: tuple[Project, ...]) -> None:
    exact = [project for project in projects if project.calendar_exact]
    assert (len(projects), len(exact)) == (132, 117)
    assert sum(len(project.activities) for project in exact) == 7706
    for project in exact:
        calendar = project.calendar
        rows = {row.id: row for row in schedule(plan_clock(project)).items}
        for one in project.starts:
            place = project.name, one.id
            assert starts_right(project, one, rows[f"date {one.id}"].start), place
            ends = rows[f"length {one.id}"].finish
            assert isinstance(ends, datetime), place
            assert calendar.hours_before(ends) == one.start_hours, place
            assert calendar.hours_before(ends - MINUTE) < one.start_hours or not one.start_hours
            free = rows[f"hours {one.id}"].free_float_days
            assert free == pytest.approx(one.start_hours / len(calendar.hours)), place


def test_earliest_starts(projects: tuple[Project, ...]) -> None:
    exact = [project for project in projects if project.asap_exact]
    activities = sum(len(project.activities) for project in exact)
    links = sum(len(project.links) for project in exact)
    assert (len(exact), activities, links) == (34, 957, 1092)
    for project in exact:
        starts = {row.id: row.start for row in schedule(plan_asap(project)).items}
        for one in project.activities:
            assert starts_right(project, one, starts[one.id]), (project.name, one.id)


def test_as_late_as_possible(projects: tuple[Project, ...]) -> None:
    found = 0
    for project in projects:
        late = [one for one in project.activities if one.alap]
        starts = {row.id: row.start for row in schedule(plan_placed(project)).items} if late else {}
        for one in late:
            assert starts[one.id] == one.start, (project.name, one.id)
        found += len(late)
    assert found == 57

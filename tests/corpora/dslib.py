"""Real projects of the DSLIB (Batselier and Vanhoucke 2015), with the baseline their tool made.

The tool, ProTrack, counts everything in working hours from the project's start: an activity has
its duration, its lags and its baseline start in hours, and that start as a date too. Titles are the
activities' numbers: names in the corpus may be those of real people.
"""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

from graphmodel.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = [
    "Activity",
    "Project",
    "plan_asap",
    "plan_clock",
    "plan_placed",
    "plan_spread",
    "read_projects",
]

_Row = dict[str, str]

_WEEK: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Activity:
    """One activity.

    ``start`` is its baseline start, ``start_hours`` that in working hours, ``spread`` the number of
    its distribution in the tool's Monte Carlo.
    """

    id: str
    hours: int
    start: datetime
    start_hours: int
    alap: bool
    spread: str


@dataclass(frozen=True)
class Calendar:
    """Working hours of the day, working days of the week (Monday is 0), and holidays."""

    start: datetime
    hours: tuple[int, ...]
    weekdays: frozenset[int]
    holidays: frozenset[date]

    def hours_before(self, moment: datetime) -> float:
        """Count the working hours from the start to a moment: whole weeks, days, hours."""
        first, day = self.start.date(), moment.date()
        weeks, rest = divmod((day - first).days, 7)
        days = weeks * len(self.weekdays)
        days += sum((first.weekday() + number) % 7 in self.weekdays for number in range(rest))
        off = [one for one in self.holidays if one.weekday() in self.weekdays]
        whole = (days - sum(first <= one < day for one in off)) * len(self.hours)
        if day.weekday() not in self.weekdays or day in self.holidays:
            return whole
        now = moment.hour + moment.minute / 60
        return whole + sum(min(max(now - hour, 0), 1) for hour in self.hours)

    def as_plan(self) -> dict[str, Any]:
        """Return the calendar as a plan file has it."""
        shifts = [[f"{begin:02}:00", f"{end:02}:00"] for begin, end in _shifts(self.hours)]
        return {
            "id": "work",
            "hours_per_day": len(self.hours),
            "week": {_WEEK[day]: shifts for day in sorted(self.weekdays)},
            "exceptions": [
                {"from": day.isoformat(), "to": day.isoformat(), "hours": []}
                for day in sorted(self.holidays)
            ],
        }


def _shifts(hours: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Join hours of the day that follow each other to shifts, e.g. 8-12 and 13-17."""
    for _, run in groupby(enumerate(sorted(hours)), key=lambda pair: pair[1] - pair[0]):
        stretch = [hour for _, hour in run]
        yield stretch[0], stretch[-1] + 1


@dataclass(frozen=True)
class Project:
    """A project; ``links`` are predecessor, successor, type and lag in working hours.

    ``runs``: its duration in working hours in each run of the tool's Monte Carlo.
    """

    name: str
    calendar: Calendar
    calendar_exact: bool
    asap_exact: bool
    activities: list[Activity] = field(default_factory=list)
    links: list[tuple[str, str, str, int]] = field(default_factory=list)
    runs: list[int] = field(default_factory=list)

    @property
    def starts(self) -> list[Activity]:
        """One activity for each baseline start, milestones apart: most start with others."""
        return list({(one.start, not one.hours): one for one in self.activities}.values())


def read_projects(corpora: Path) -> tuple[Project, ...]:
    """Read every project with its activities and links."""
    folder = corpora / "dslib"
    calendars = json.loads((folder / "calendars.json").read_text(encoding="utf-8"))
    with (folder / "index.csv").open(encoding="utf-8", newline="") as file:
        projects = {
            row["project"]: _project(row, calendars[row["project"]]) for row in csv.DictReader(file)
        }
    for row in _rows(folder / "activities.csv.gz"):
        projects[row["project"]].activities.append(_activity(row))
    for row in _rows(folder / "relations.csv.gz"):
        link = (row["pred"], row["succ"], row["type"], int(row["lag_h"]))
        projects[row["project"]].links.append(link)
    for row in _rows(folder / "mc_runs.csv.gz"):
        projects[row["project"]].runs.append(int(row["project_duration_h"]))
    return tuple(projects.values())


def _rows(path: Path) -> Iterator[_Row]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _project(row: _Row, calendar: Mapping[str, Any]) -> Project:
    return Project(
        row["project"],
        Calendar(
            datetime.fromisoformat(calendar["start"]),
            tuple(calendar["working_hours"]),
            frozenset(range(7)) - frozenset(calendar["non_working_weekdays_mon0"]),
            frozenset(date.fromisoformat(day) for day in calendar["holidays"]),
        ),
        calendar_exact=row["calendar_exact"] == "1",
        asap_exact=row["asap_exact"] == "1",
    )


def _activity(row: _Row) -> Activity:
    return Activity(
        row["act_id"],
        int(row["dur_h"]),
        datetime.fromisoformat(row["baseline_start"]),
        int(row["start_h"]),
        alap=row["constraint"] == "ALAP",
        spread=row["dist"],
    )


def plan_asap(project: Project) -> Plan:
    """Return a project as a plan: durations and links only."""
    return _plan(project, map(_item, project.activities), project.links)


#: Low, mode and high of the tool's triangular distributions, in percent of the duration.
SPREADS: Final = {"2": (80, 100, 120), "3": (80, 110, 120), "4": (80, 90, 120)}
#: Durations that stand for a distribution, at equal steps of probability.
_STEPS: Final = 200


def plan_spread(project: Project) -> Plan:
    """Return a project with the durations that the tool's Monte Carlo draws from.

    The tool cuts each duration it draws to whole hours. So each distribution is given by its
    quantiles, cut likewise.
    """
    items = []
    for activity in project.activities:
        item = _item(activity)
        if activity.hours and activity.spread in SPREADS:
            hours = [int(one) for one in _quantiles(activity.hours, *SPREADS[activity.spread])]
            values = [f"{one}h" for one in hours]
            item["uncertainty"] = {"distribution": "empirical", "values": values}
        items.append(item)
    return _plan(project, items, project.links)


def _quantiles(hours: int, low: int, mode: int, high: int) -> Iterator[float]:
    """Yield quantiles of a triangular distribution in percent of so many hours."""
    cut = (mode - low) / (high - low)
    for step in range(_STEPS):
        share = (step + 0.5) / _STEPS
        if share < cut:
            percent = low + sqrt(share * (high - low) * (mode - low))
        else:
            percent = high - sqrt((1 - share) * (high - low) * (high - mode))
        yield hours * percent / 100


def plan_placed(project: Project) -> Plan:
    """Return a project with each activity held at its baseline start, but the ALAP ones free.

    The tool also moves activities by hand and for want of resources, which nothing in the links
    tells; held there, what remains to be found is where the ALAP activities go.
    """
    items = [
        _item(activity)
        | {
            "constraints": [
                {"type": "ALAP"}
                if activity.alap
                else {"type": "SNET", "date": activity.start.isoformat()}
            ]
        }
        for activity in project.activities
    ]
    return _plan(project, items, project.links)


def plan_clock(project: Project) -> Plan:
    """Return a plan whose answers are conversions between a project's dates and working hours.

    For each baseline start: ``date`` lags behind the plan's start by its working hours, so it
    starts at those hours as a date. ``length`` is as many hours of work, so its finish is.
    ``hours`` precedes an hour of work held at the baseline start, so its free float is that date
    in hours.
    """
    items: list[dict[str, Any]] = [{"id": "start", **_ACTIVITY, "duration": "0h"}]
    links = []
    for activity in project.starts:
        date_, length, hours, held = (f"{name} {activity.id}" for name in _CLOCK)
        held_at = {"type": "SNET", "date": activity.start.isoformat()}
        items += [
            {"id": date_, **_ACTIVITY, "duration": f"{activity.hours}h"},
            {"id": length, **_ACTIVITY, "duration": f"{activity.start_hours}h"},
            {"id": hours, **_ACTIVITY, "duration": "0h"},
            {"id": held, **_ACTIVITY, "duration": "1h", "constraints": [held_at]},
        ]
        links += [("start", date_, "FS", activity.start_hours), (hours, held, "FS", 0)]
    return _plan(project, items, links)


_ACTIVITY: Final = {"kind": "activity", "title": "-"}
_CLOCK: Final = ("date", "length", "hours", "held")


def _item(activity: Activity) -> dict[str, Any]:
    return {"id": activity.id, **_ACTIVITY, "duration": f"{activity.hours}h"}


def _plan(
    project: Project,
    items: Iterable[dict[str, Any]],
    links: Iterable[tuple[str, str, str, int]],
) -> Plan:
    return Plan.model_validate(
        {
            "schema": "knockon/plan@1",
            "id": project.name,
            "start": project.calendar.start.isoformat(),
            "calendar": "work",
            "calendars": [project.calendar.as_plan()],
            "items": list(items),
            "links": [
                {"from": before, "to": after, "type": kind, "lag": f"{lag}h"}
                for before, after, kind, lag in links
            ],
        }
    )

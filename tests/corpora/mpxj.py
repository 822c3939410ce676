"""Schedules of MS Project and P6 with the dates those programs gave them, as plans of our own.

The corpus holds, for each project, a dump of everything MPXJ read from the original file. A dump
becomes a plan with its inputs only (durations, links, constraints, calendars, progress) and, apart
from it, the answers: start, finish, late start, late finish and total slack of every task.

What neither dump nor source file says, no plan here can hold: splits, exact remaining durations.

Titles are made up from the tasks' numbers: names in the corpus may be those of real people.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from graphmodel.calendars import Calendar
from graphmodel.plan import Plan
from tests.corpora.mpxj_calendars import Hours, keep_calendars, read_instant, unite_calendars
from tests.corpora.mpxj_source import Source, read_source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

__all__ = ["Answer", "Dump", "list_projects", "read_dump"]

_Json = dict[str, Any]

_CONSTRAINTS: Final = {
    "START_NO_EARLIER_THAN": "SNET",
    "START_NO_LATER_THAN": "SNLT",
    "FINISH_NO_EARLIER_THAN": "FNET",
    "FINISH_NO_LATER_THAN": "FNLT",
    "MUST_START_ON": "MSO",
    "MUST_FINISH_ON": "MFO",
    "AS_LATE_AS_POSSIBLE": "ALAP",
}
_TYPES: Final = {
    "START_MILESTONE": "start_milestone",
    "FINISH_MILESTONE": "finish_milestone",
    "LEVEL_OF_EFFORT": "loe",
}
_LAG_CALENDARS: Final = {
    "PREDECESSOR": "predecessor",
    "SUCCESSOR": "successor",
    "PROJECT_DEFAULT": "project",
    "TWENTY_FOUR_HOUR": "elapsed",
}
_MANUAL: Final = "MANUALLY_SCHEDULED"
#: MPXJ's letters for the units of a lag that are not minutes of work, and ours.
_OTHER_LAGS: Final = {"%": "%", "eh": "eh", "ed": "d", "ew": "w"}


@dataclass(frozen=True)
class Answer:
    """What the original program says of a task, null where its file does not say.

    Dates are ISO, with a time of day; total ``slack`` and ``free`` slack are working minutes.
    """

    start: str | None
    finish: str | None
    late_start: str | None
    late_finish: str | None
    slack: float | None
    free: float | None


@dataclass(frozen=True)
class Dump:
    """One project of the corpus: what went into its schedule, and what came out."""

    name: str
    raw: _Json
    source: Source

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The original program's dates and slack of every task that is no summary, by item."""
        leaves = (task for task in _in_use(self.raw) if not task["summary"])
        return {str(task["uid"]): _answer(self.raw, task) for task in leaves}

    @cached_property
    def hours(self) -> dict[str, Hours]:
        """The working time of each calendar of the plan."""
        calendars = [Calendar.model_validate(one) for one in self._calendars]
        return {one.id: Hours.of(one, calendars) for one in calendars}

    @cached_property
    def plan(self) -> Plan:
        """What the original program was given."""
        raw, ids = self.raw, self._ids
        return Plan.model_validate(
            {
                "schema": "knockon/plan@1",
                "id": "dump",
                "start": raw["start"],
                "must_finish": raw["mustFinishBy"],
                "status_date": raw["status"],
                "calendar": ids[raw["calendar"],],
                "options": _options(raw),
                "calendars": self._calendars,
                "items": list(self._items()),
                "links": [_link(raw, relation) for relation in raw["relations"]],
            }
        )

    def _items(self) -> Iterator[_Json]:
        """Yield the tasks as items; summaries are parents, without dates of their own."""
        above: list[_Json] = []
        for task in _in_use(self.raw):
            while above and above[-1]["outline"] >= task["outline"]:
                above.pop()
            yield {
                "id": str(task["uid"]),
                "title": f"Task {task['uid']}",
                "parent": str(above[-1]["uid"]) if above else None,
                "calendar": self._ids.get(self._worked.get(task["uid"], ())),
                **({"kind": "action"} if task["summary"] else _leaf(self.raw, task, above)),
                **self._levelling(task),
            }
            above.append(task)

    def _levelling(self, task: _Json) -> _Json:
        """Return how levelling delayed a task, and where it holds the work on it up."""
        delay = self.source.delays.get(task["uid"], 0)
        names = self._worked.get(task["uid"], (self.raw["calendar"],))
        worked = self.hours[self._ids[names]].worked
        splits, idle = [], 0.0
        for stretch in self.source.gaps.get(task["uid"], ()):
            start, first, last = (worked(read_instant(text)) for text in (task["start"], *stretch))
            if last > first:
                after, gap = round(first - start - idle), round(last - first)
                splits.append({"after": f"{after}min", "gap": f"{gap}min"})
                idle += last - first
        return {"levelling_delay": f"{delay / 60:g}eh" if delay else None, "splits": splits}

    @cached_property
    def _worked(self) -> dict[int, tuple[str, ...]]:
        """The calendars of each task that is not worked on the project's own."""
        own = {task["uid"]: (task["calendar"],) for task in self.raw["tasks"] if task["calendar"]}
        worked = {**self.source.works, **own}
        return {task: names for task, names in worked.items() if names != (self.raw["calendar"],)}

    @cached_property
    def _ids(self) -> dict[tuple[str, ...], str]:
        """An id for each calendar in use, its parents, and each team of several calendars."""
        by_name = {calendar["name"]: calendar for calendar in self.raw["calendars"]}
        used = [(self.raw["calendar"],), *self._worked.values()]
        alone = [name for names in used for one in names for name in _line(one, by_name)]
        every = dict.fromkeys([*((name,) for name in alone), *used])
        return {names: f"calendar-{number}" for number, names in enumerate(every, start=1)}

    @cached_property
    def _calendars(self) -> list[_Json]:
        alone = {names[0]: key for names, key in self._ids.items() if len(names) == 1}
        kept = list(keep_calendars(self.raw, alone))
        teams = [
            unite_calendars(self.raw, key, [alone[name] for name in names], kept)
            for names, key in self._ids.items()
            if len(names) > 1
        ]
        return [*kept, *teams]


def list_projects(corpora: Path, *grades: str) -> list[str]:
    """Return the name of each project with one of these grades in the corpus's index."""
    index = json.loads((corpora / "mpxj-cpm" / "index.json").read_text(encoding="utf-8"))
    return [_name(entry) for entry in index if entry.get("grade") in grades]


def _name(entry: _Json) -> str:
    number = entry["project"]
    return str(entry["file"]) if number is None else f"{entry['file']}.{number}"


def read_dump(corpora: Path, name: str) -> Dump:
    """Read the dump of a project."""
    folder = corpora / "mpxj-cpm"
    with gzip.open(folder / "json" / f"{name}.json.gz", "rt", encoding="utf-8") as file:
        raw = json.load(file)
    return Dump(name, raw, read_source(folder, raw))


def _options(raw: _Json) -> _Json:
    """Return the scheduling mode of the original program, and the file's own choices."""
    options = {"scheduling_mode": "p6" if raw["app"] == "Primavera" else "ms-project"}
    if raw["relationshipLagCalendar"] is not None:
        options["lag_calendar"] = _LAG_CALENDARS[raw["relationshipLagCalendar"]]
    if raw["schedulingProgressedActivities"] == "PROGRESS_OVERRIDE":
        options["progress"] = "progress_override"
    return options


def _line(name: str | None, by_name: Mapping[str, _Json]) -> Iterator[str]:
    """Yield a calendar's name and those of its parents."""
    while name is not None:
        yield name
        name = by_name[name]["parent"]


def _in_use(raw: _Json) -> Iterable[_Json]:
    """Return the tasks without the row for the whole project, blank rows and switched-off tasks."""
    return (task for task in raw["tasks"] if task["outline"] and task["active"])


def _leaf(raw: _Json, task: _Json, above: Iterable[_Json]) -> _Json:
    """Return what a task is given: a manual one its dates too, which stand as they are."""
    minutes = round((task["durationHours"] or 0) * 60)
    leaf: _Json = {
        "kind": "activity" if minutes else "milestone",
        "type": _TYPES.get(task["type"], "task"),
        "duration": f"{minutes}min",
        "constraints": [*_constraints(raw, task), *_manual_starts(above)],
        "deadlines": [{"date": task["deadline"]}] if task["deadline"] else [],
        "actual_start": task["actualStart"],
        "actual_finish": task["actualFinish"],
    }
    if task["mode"] == _MANUAL:
        dates = {"start": task["start"], "finish": task["finish"], "precision": "day"}
        leaf |= {"scheduling": "fixed", "planned": dates}
    if task["actualFinish"]:
        leaf["status"] = "complete"
    elif task["actualStart"]:
        leaf |= {"status": "in_progress", "percent": float(task["pct"] or 0)}
    return leaf


def _constraints(raw: _Json, task: _Json) -> Iterator[_Json]:
    """Yield the constraint of a task; "must" pins where the file honours constraint dates."""
    kind = _CONSTRAINTS.get(task["constraint"])
    if kind is not None:
        pins = kind in {"MSO", "MFO"} and raw["honorConstraints"] == "True"
        yield {"type": kind, "date": task["constraintDate"], "hard": pins}


def _manual_starts(above: Iterable[_Json]) -> Iterator[_Json]:
    """Yield what manually scheduled summaries ask of what they hold: to start no earlier."""
    for summary in above:
        if summary["mode"] == _MANUAL:
            yield {"type": "SNET", "date": summary["start"]}


def _link(raw: _Json, relation: _Json) -> _Json:
    return {
        "from": str(relation["pred"]),
        "to": str(relation["succ"]),
        "type": relation["type"],
        "lag": _lag(raw, *relation["lag"]),
        "origin": "schedule",
    }


def _lag(raw: _Json, amount: float, unit: str) -> str:
    """Return a lag as a span: days and weeks are as long as the file says they are."""
    if unit in _OTHER_LAGS:
        return f"{amount:g}{_OTHER_LAGS[unit]}"
    return f"{round(_minutes(raw, amount, unit))}min"


def _minutes(raw: _Json, amount: float, unit: str) -> float:
    day, week = int(raw["minutesPerDay"]), int(raw["minutesPerWeek"])
    return amount * {"m": 1, "h": 60, "d": day, "w": week}[unit]


def _answer(raw: _Json, task: _Json) -> Answer:
    """Return the answers of a task; free slack without late dates is MPXJ's own invention."""
    hours, free = task["totalSlackHours"], task["freeSlack"]
    return Answer(
        start=task["start"],
        finish=task["finish"],
        late_start=task["lateStart"],
        late_finish=task["lateFinish"],
        slack=None if hours is None else hours * 60,
        free=_minutes(raw, *free) if free and task["lateFinish"] else None,
    )

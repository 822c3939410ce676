"""The tasks of MS Project's XML: lengths, progress, constraints, baselines, manual scheduling.

A task is known by the number people see beside it (``ID``), as in Project's column of predecessors;
its number in the file (``UID``), which stays the same when rows are inserted, is kept as ``x_uid``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from loaders.schedules.mspdi_calendars import NOBODY
from loaders.schedules.mspdi_marks import ID
from loaders.schedules.tasks import Bound, Kept, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from graphmodel.items import Status
    from loaders.schedules.mspdi_fields import OwnFields
    from loaders.schedules.mspdi_values import Values
    from loaders.schedules.mspdi_work import People
    from loaders.schedules.xml_records import Record

__all__ = ["TaskReader"]

_BoundType = Literal["SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "ALAP"]
_BOUNDS: Final[dict[str, _BoundType | None]] = {
    "0": None,
    "1": "ALAP",
    "2": "MSO",
    "3": "MFO",
    "4": "SNET",
    "5": "SNLT",
    "6": "FNET",
    "7": "FNLT",
}
_PINS: Final = frozenset({"MSO", "MFO"})
_NO_DATE: Final = frozenset({"ALAP"})
_USUAL_PRIORITY: Final = "500"
_ALL: Final = 100
#: Texts of a task kept as facts.
_TEXTS: Final = {
    "x_notes": "Notes",
    "x_contact": "Contact",
    "x_hyperlink": "HyperlinkAddress",
    "x_hyperlink_title": "Hyperlink",
    "x_subproject": "SubprojectName",
    "x_start_text": "StartText",
    "x_finish_text": "FinishText",
    "x_duration_text": "DurationText",
}
_CENTS: Final = 100


@dataclass(frozen=True)
class TaskReader:
    """Reads tasks.

    Attributes
    ----------
    honours
        Whether constraints beat links, so that "must" pins.
    crews
        Calendars of those who work on each task, by its number.
    """

    values: Values
    fields: OwnFields
    people: People
    honours: bool
    crews: Mapping[str, tuple[str, ...]]

    def read(self, uid: str, row: Record, parent: str | None, *, is_summary: bool) -> Task:
        """Return a task."""
        values = self.values
        status = self._status(row)
        is_begun = status == "in_progress"
        calendar = row["CalendarUID"]
        start, finish = values.date(row, "Start"), values.date(row, "Finish")
        is_fixed = self._is_fixed(row, has_dates=bool(start and finish), is_summary=is_summary)
        return Task(
            uid=uid,
            id=self.fields.marks(row).get(ID) or row["ID"] or uid,
            title=row["Name"],
            kind="summary" if is_summary else "task",
            parent=parent,
            label=row["WBS"] or None,
            calendar=None if calendar in {"", NOBODY} else calendar,
            crew=self.crews.get(uid, ()),
            duration=values.length(row, "Duration"),
            remaining=values.length(row, "RemainingDuration") if is_begun else None,
            percent=values.number(row, "PercentComplete") if is_begun else None,
            status=status,
            start=start,
            finish=finish,
            actual_start=values.date(row, "ActualStart"),
            actual_finish=values.date(row, "ActualFinish"),
            resumes=self._resumes(row) if is_begun else None,
            bounds=tuple(self._bounds(row, is_fixed=is_fixed)),
            deadline=values.date(row, "Deadline"),
            baselines=tuple(self._baselines(row)),
            scheduling="fixed" if is_fixed else "logic",
            levelling_delay=values.tenths(row, "LevelingDelay", "LevelingDelayFormat") or None,
            gaps=self.people.gaps(uid) if status != "complete" else (),
            external=values.flag(row, "ExternalTask"),
            facts={"x_uid": row["UID"], **dict(self._facts(row))},
            line=row.line,
        )

    def _status(self, row: Record) -> Status:
        if self.values.flag(row, "Active") or not row["Active"]:
            percent = self.values.number(row, "PercentComplete") or 0
            if row["ActualFinish"] or percent >= _ALL:
                return "complete"
            return "in_progress" if row["ActualStart"] or percent > 0 else "not_started"
        return "cancelled"

    def _is_fixed(self, row: Record, *, has_dates: bool, is_summary: bool) -> bool:
        """Return whether dates stand whatever pushes: those of manual tasks and other projects'."""
        if self.values.flag(row, "Manual"):
            return has_dates or is_summary
        return self.values.flag(row, "ExternalTask") and has_dates

    def _resumes(self, row: Record) -> datetime | None:
        """Return when what remains goes on, where that is later than where the work stopped."""
        stop, resume = self.values.date(row, "Stop"), self.values.date(row, "Resume")
        return resume if stop is not None and resume is not None and resume > stop else None

    def _bounds(self, row: Record, *, is_fixed: bool) -> Iterator[Bound]:
        kind = self.values.choice(row, "ConstraintType", _BOUNDS, None)
        if kind in _NO_DATE:
            yield Bound("ALAP")
        elif kind is not None:
            when = self.values.date(row, "ConstraintDate")
            if when is not None:
                yield Bound(kind, when, hard=self.honours and kind in _PINS)
        if self.values.flag(row, "Manual") and not is_fixed:
            yield from self._known_ends(row)

    def _known_ends(self, row: Record) -> Iterator[Bound]:
        """Yield what pins a manual task that has only one of its dates."""
        start, finish = self.values.date(row, "Start"), self.values.date(row, "Finish")
        if start is not None:
            yield Bound("MSO", start, hard=True)
        elif finish is not None:
            yield Bound("MFO", finish, hard=True)

    def _baselines(self, row: Record) -> Iterator[Kept]:
        found = {one["Number"] or "0": one for one in reversed(row.find("Baseline"))}
        for number in sorted(found, key=lambda text: (len(text), text)):
            one = found[number]
            yield Kept(
                "Baseline" if number == "0" else f"Baseline {number}",
                self.values.date(one, "Start"),
                self.values.date(one, "Finish"),
                self.values.length(one, "Duration"),
            )

    def _facts(self, row: Record) -> Iterator[tuple[str, Any]]:
        yield from ((key, row[name]) for key, name in _TEXTS.items() if row[name])
        if row["Priority"] not in {"", _USUAL_PRIORITY}:
            yield "x_priority", row["Priority"]
        work = self.values.minutes(row, "Work")
        if work:
            yield "x_work_hours", float(round(work / 60, 4))
        cost = self.values.number(row, "Cost")
        if cost:
            yield "x_cost", cost / _CENTS
        if self.values.flag(row, "Estimated"):
            yield "x_estimated", True
        if self.values.flag(row, "Milestone") and self.values.minutes(row, "Duration"):
            yield "x_milestone", True
        yield from self.fields.facts(row)

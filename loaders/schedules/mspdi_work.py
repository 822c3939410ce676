"""Who works on what in MS Project's XML, on whose calendars, and where the work stops for a while.

An assignment may be spread over days (``TimephasedData``): stretches without work between others
are the gaps of a split task. One that is not spread is taken to be worked from start to finish;
so two people who follow each other leave a gap too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.people import ROLES
from loaders.schedules.mspdi_calendars import NOBODY
from loaders.schedules.mspdi_marks import KIND
from loaders.schedules.mspdi_restore import Marked
from loaders.schedules.tasks import Resource, Works

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from graphmodel.people import Role
    from loaders.schedules.mspdi_fields import OwnFields
    from loaders.schedules.mspdi_values import Values
    from loaders.schedules.xml_records import Record

__all__ = ["People"]

_Stretch = tuple["datetime", "datetime"]

#: Number of the resource of a task that nobody is assigned to, up to 2003 and after.
_UNASSIGNED: Final = frozenset({"", "-65535", "-1"})
_NOBODY: Final = "0"
_MATERIAL: Final = "0"
_COST: Final = "2"
#: Kinds of spread work: what remains, what is done, and overtime done.
_WORKED: Final = frozenset({"1", "2", "3"})


@dataclass
class People:
    """Resources and assignments, kept as the file is read.

    Attributes
    ----------
    marked
        What knockon kept on resources, by their numbers.
    resources, works
        Who there is, and who works on what.
    """

    values: Values
    fields: OwnFields
    marked: dict[str, Marked] = field(default_factory=dict)
    resources: list[Resource] = field(default_factory=list)
    works: list[Works] = field(default_factory=list)
    _calendars: dict[str, str] = field(default_factory=dict)
    _spans: dict[str, list[_Stretch]] = field(default_factory=dict)

    def add_resource(self, row: Record) -> None:
        """Keep a resource; blank rows are none, nor is the row that stands for nobody."""
        if self.values.flag(row, "IsNull") or (row["UID"] == _NOBODY and not row["Name"]):
            return
        kind = self._kind(row)
        calendar = row["CalendarUID"]
        if kind == "person" and calendar not in {"", NOBODY}:
            self._calendars[row["UID"]] = calendar
        marked = Marked.of(self.fields.marks(row), row.__getitem__)
        if marked is not None:
            self.marked[row["UID"]] = marked
        self.resources.append(
            Resource(
                uid=row["UID"],
                title=row["Name"],
                kind=kind,
                facts={
                    "x_uid": row["UID"],
                    "x_initials": row["Initials"],
                    "x_group": row["Group"],
                    "x_email": row["EmailAddress"],
                    "x_notes": row["Notes"],
                    **dict(self.fields.facts(row)),
                },
                line=row.line,
            )
        )

    def add_assignment(self, row: Record) -> None:
        """Keep who works on what, and when."""
        task = row["TaskUID"]
        if row["ResourceUID"] not in _UNASSIGNED:
            said = self.fields.marks(row).get(KIND)
            role: Role = next((one for one in ROLES if one == said), "responsible")
            self.works.append(Works(row["ResourceUID"], task, role, line=row.line))
        self._spans.setdefault(task, []).extend(self._stretches(row))

    def crews(self) -> dict[str, tuple[str, ...]]:
        """Return the calendars of those who work on each task."""
        crews: dict[str, dict[str, None]] = {}
        for one in self.works:
            calendar = self._calendars.get(one.resource)
            if calendar is not None:
                crews.setdefault(one.task, {})[calendar] = None
        return {task: tuple(crew) for task, crew in crews.items()}

    def gaps(self, task: str) -> tuple[_Stretch, ...]:
        """Return the stretches between the first and the last work on a task without any."""
        return tuple(_between(self._spans.get(task, ())))

    def _kind(self, row: Record) -> Literal["person", "material", "cost"]:
        if self.values.flag(row, "IsCostResource") or row["Type"] == _COST:
            return "cost"
        return "material" if row["Type"] == _MATERIAL else "person"

    def _stretches(self, row: Record) -> Iterator[_Stretch]:
        spread = [one for one in row.find("TimephasedData") if one["Type"] in _WORKED]
        if any(self.values.minutes(one, "Value") for one in spread):
            parts = [one for one in spread if self.values.minutes(one, "Value")]
        else:
            parts = [row]
        for one in parts:
            start, finish = self.values.date(one, "Start"), self.values.date(one, "Finish")
            if start is not None and finish is not None:
                yield start, finish


def _between(spans: Iterable[_Stretch]) -> Iterator[_Stretch]:
    reached: datetime | None = None
    for begin, end in sorted(spans):
        if reached is not None and begin > reached:
            yield reached, begin
        reached = end if reached is None else max(reached, end)

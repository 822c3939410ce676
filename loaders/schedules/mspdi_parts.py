"""The parts of MS Project's XML as they come out of the file: what is kept, and what is left.

Tasks are kept with the elements that are read; assignments are the bulk of a large file and are
taken in as they come. Whatever says something and is not read is named in the notes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loaders.schedules.mspdi_fields import OwnFields
from loaders.schedules.mspdi_work import People

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loaders.schedules.mspdi_values import Values
    from loaders.schedules.xml_records import Record

__all__ = ["Parts"]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_READ: Final = {
    "Tasks": _names(
        "UID ID Name Active Manual IsNull WBS OutlineNumber OutlineLevel Start Finish Duration "
        "DurationFormat Estimated Milestone Priority ActualStart ActualFinish RemainingDuration "
        "PercentComplete Stop Resume ConstraintType ConstraintDate Deadline CalendarUID "
        "LevelingDelay LevelingDelayFormat ExternalTask Notes Contact Hyperlink HyperlinkAddress "
        "SubprojectName StartText FinishText DurationText Work Cost IgnoreResourceCalendar"
    ),
    "Resources": _names(
        "UID Name Type IsNull IsCostResource CalendarUID Initials Group EmailAddress Notes"
    ),
    "Assignments": _names("UID TaskUID ResourceUID Start Finish"),
}
#: Elements that follow from those that are read, name the row again, or say how it is shown.
_FOLLOWS: Final = {
    "Tasks": _names(
        "GUID CreateDate Summary Critical EarlyStart EarlyFinish LateStart LateFinish StartSlack "
        "FinishSlack FreeSlack TotalSlack StartVariance FinishVariance WorkVariance CV SV VAC "
        "ACWP BCWP BCWS ActualDuration ResumeValid ManualStart ManualFinish "
        "ManualDuration IsSubproject IsSubprojectReadOnly OverAllocated Rollup HideBar "
        "DisplayAsSummary IsPublished CommitmentType EarnedValueMethod FreeformDurationFormat "
        "DisplayOnTimeline PreLeveledStart PreLeveledFinish"
    ),
    "Resources": _names(
        "ID GUID CreationDate Start Finish MaxUnits PeakUnits OverAllocated CanLevel AccrueAt "
        "WorkGroup IsGeneric IsInactive IsEnterprise IsBudget BookingType StandardRateFormat "
        "OvertimeRateFormat CostVariance WorkVariance CV SV VAC ACWP BCWP BCWS"
    ),
    "Assignments": _names(
        "GUID CreationDate StartVariance FinishVariance WorkVariance CostVariance CV SV VAC ACWP "
        "BCWP BCWS Stop Resume Milestone HasFixedRateUnits FixedMaterial LevelingDelayFormat "
        "LinkedFields Overallocated RateScale BookingType"
    ),
}
#: Texts that say nothing.
_NOTHING: Final = frozenset({"", "0", "0.0", "0.00", "PT0H0M0S", "false"})
_WORDS: Final = {"Tasks": "tasks", "Resources": "resources", "Assignments": "assignments"}


class Parts:
    """What is kept of a file.

    Attributes
    ----------
    calendars, tasks
        The records of calendars, and of tasks in the order of the file.
    """

    def __init__(self, values: Values) -> None:
        self.values = values
        self.fields = OwnFields()
        self.people = People(values, self.fields)
        self.calendars: list[Record] = []
        self.tasks: list[Record] = []
        self._unused: dict[str, set[str]] = {name: set() for name in _WORDS}
        self._others: dict[str, int] = {}
        self._ways: dict[str, Callable[[Record], None]] = {
            "Calendars": self.calendars.append,
            "Tasks": self.tasks.append,
            "Resources": self.people.add_resource,
            "Assignments": self.people.add_assignment,
            "ExtendedAttributes": self.fields.define,
            "OutlineCodes": self.fields.define_code,
        }

    def take(self, container: str, record: Record) -> None:
        """Keep what is needed of a record."""
        way = self._ways.get(container)
        if way is None:
            self._others[container] = self._others.get(container, 0) + 1
            return
        if container in _READ:
            self._leave_out(container, record)
        way(record)

    def notes(self) -> Iterator[str]:
        """Yield a sentence for each kind of record on what it says that is not used."""
        for container, names in self._unused.items():
            if names:
                yield f"Not used of {_WORDS[container]}: {', '.join(sorted(names))}."
        if self._others:
            counts = ", ".join(f"{name} ({count})" for name, count in self._others.items())
            yield f"Parts of the file not used, with their entries: {counts}."

    def _leave_out(self, container: str, record: Record) -> None:
        cells, known, unused = record.cells, _READ[container], self._unused[container]
        for name in cells.keys() - known:
            text = cells.pop(name)
            if text.strip() not in _NOTHING and name not in _FOLLOWS[container]:
                unused.add(name)

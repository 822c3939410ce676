"""P6's activities: type, lengths, progress, constraints, expected finish, suspension."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from loaders.schedules.tasks import Bound, Kept, Task

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from graphmodel.items import Status
    from graphmodel.spans import Span
    from loaders.schedules.cells import Cells
    from loaders.schedules.journal import Journal
    from loaders.schedules.xer_facts import Facts
    from loaders.schedules.xer_tables import Row
    from loaders.schedules.xer_wbs import Wbs

__all__ = ["WBS_SUMMARY", "ActivityReader", "percent_of"]

#: The type of an activity that only spans what its WBS row holds.
WBS_SUMMARY: Final = "TT_WBS"

_Kind = Literal["task", "start_milestone", "finish_milestone", "loe"]
_TYPES: Final[dict[str, _Kind]] = {
    "TT_Task": "task",
    "TT_Rsrc": "task",
    "TT_Mile": "start_milestone",
    "TT_FinMile": "finish_milestone",
    "TT_LOE": "loe",
    WBS_SUMMARY: "loe",
}
_STATUSES: Final[dict[str, Status]] = {
    "TK_NotStart": "not_started",
    "TK_Active": "in_progress",
    "TK_Complete": "complete",
}
_BoundType = Literal["SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "ALAP"]
#: P6's constraints, and whether they pin: mandatory ones break logic, "on" gives way to it.
_BOUNDS: Final[dict[str, tuple[_BoundType, bool] | None]] = {
    "CS_MSOA": ("SNET", False),
    "CS_MSOB": ("SNLT", False),
    "CS_MEOA": ("FNET", False),
    "CS_MEOB": ("FNLT", False),
    "CS_MSO": ("MSO", False),
    "CS_MEO": ("MFO", False),
    "CS_MANDSTART": ("MSO", True),
    "CS_MANDFIN": ("MFO", True),
    "CS_ALAP": ("ALAP", False),
}


@dataclass(frozen=True)
class ActivityReader:
    """Reads rows of the table TASK of one project.

    Attributes
    ----------
    crews
        Calendars of those who work on an activity, for those scheduled by their resources.
    baselines
        Dates of the project's baselines by activity code.
    expects
        Whether the project is scheduled by expected finishes.
    """

    cells: Cells
    wbs: Wbs
    facts: Facts
    crews: Mapping[str, tuple[str, ...]]
    baselines: Mapping[str, tuple[Kept, ...]]
    expects: bool
    journal: Journal

    def read(self, row: Row) -> Task:
        """Return an activity."""
        cells, code = self.cells, row["task_code"]
        status = cells.choice(row, "status_code", _STATUSES, "not_started")
        kind = cells.choice(row, "task_type", _TYPES, "task")
        crew = self.crews.get(row["task_id"], ()) if row["task_type"] == "TT_Rsrc" else ()
        suspended, resumes = cells.date(row, "suspend_date"), cells.date(row, "resume_date")
        if suspended and not resumes and status == "in_progress":
            self.journal.tell(
                "suspended",
                "warning",
                f'"{code}" is suspended and has no resume date: what remains of it is taken to go '
                "on from the status date.",
                row.line,
                (code,),
            )
        remaining = cells.hours(row, "remain_drtn_hr_cnt")
        return Task(
            uid=row["task_id"],
            id=code or row["task_id"],
            title=row["task_name"] or code,
            kind=kind,
            parent=self.wbs.parent(row["wbs_id"]),
            calendar=None if crew else row["clndr_id"] or None,
            crew=crew,
            duration=self._duration(row, status, remaining),
            remaining=remaining if status == "in_progress" else None,
            percent=percent_of(row, cells) if status == "in_progress" else None,
            status=status,
            start=cells.date(row, "target_start_date"),
            finish=cells.date(row, "target_end_date"),
            actual_start=cells.date(row, "act_start_date"),
            actual_finish=cells.date(row, "act_end_date"),
            forecast=self._expected(row, status),
            resumes=resumes,
            bounds=tuple(self._bounds(row)),
            baselines=self.baselines.get(code, ()),
            tags=self.facts.tags(row["task_id"]),
            facts=dict(self._facts(row)),
            line=row.line,
        )

    def _duration(self, row: Row, status: Status, remaining: Span | None) -> Span | None:
        """Return the duration: what remains, which is what P6 schedules, of what has not begun."""
        planned = self.cells.hours(row, "target_drtn_hr_cnt")
        return planned if remaining is None or status != "not_started" else remaining

    def _expected(self, row: Row, status: Status) -> Any:
        expected = self.cells.date(row, "expect_end_date")
        return expected if self.expects and status != "complete" else None

    def _bounds(self, row: Row) -> Iterator[Bound]:
        for kind, when in (("cstr_type", "cstr_date"), ("cstr_type2", "cstr_date2")):
            said = self.cells.choice(row, kind, _BOUNDS, None)
            if said is not None:
                yield Bound(said[0], self.cells.date(row, when), said[1])
        early = self.cells.date(row, "external_early_start_date")
        late = self.cells.date(row, "external_late_end_date")
        if early:
            yield Bound("SNET", early)
        if late:
            yield Bound("FNLT", late)

    def _facts(self, row: Row) -> Iterator[tuple[str, Any]]:
        yield "x_uid", row["task_id"]
        yield from self.facts.of_task(row["task_id"])
        dates = {
            "x_expected_finish": "expect_end_date",
            "x_suspended": "suspend_date",
            "x_resumes": "resume_date",
        }
        yield from ((key, row[name]) for key, name in dates.items() if row[name])


def percent_of(row: Row, cells: Cells) -> float | None:
    """Return how much of an activity is done, counted as the activity itself counts it."""
    match row["complete_pct_type"]:
        case "CP_Phys":
            return cells.number(row, "phys_complete_pct")
        case "CP_Units":
            done = _sum(row, cells, "act_work_qty", "act_equip_qty")
            left = _sum(row, cells, "remain_work_qty", "remain_equip_qty")
            return 100 * done / (done + left) if done + left > 0 else None
        case _:
            whole = cells.number(row, "target_drtn_hr_cnt")
            rest = cells.number(row, "remain_drtn_hr_cnt")
            if not whole or rest is None:
                return None
            return max(0.0, 100 * (1 - rest / whole))


def _sum(row: Row, cells: Cells, *names: str) -> float:
    return sum(cells.number(row, name) or 0 for name in names)

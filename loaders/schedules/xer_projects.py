"""The projects of a XER file: which are schedules, which are baselines of others, their options."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.words import count
from loaders.schedules.tasks import Kept
from loaders.schedules.xer_tables import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from loaders.schedules.cells import Cells
    from loaders.schedules.journal import Journal
    from loaders.schedules.xer_tables import Tables

__all__ = ["Project", "find_projects", "group_rows", "read_baselines", "read_options"]

_LAGS: Final[dict[str, Literal["predecessor", "successor", "project", "elapsed"] | None]] = {
    "rcal_Predecessor": "predecessor",
    "rcal_Successor": "successor",
    "rcal_ProjDefault": "project",
    "rcal_24Hour": "elapsed",
    "rcal_24hour": "elapsed",
}

#: Options that have one value here: total float by finishes, open ends not critical, lags of
#: start-to-start links counted from the early start.
_USUAL: Final = {
    "sched_float_type": "FT_FF",
    "sched_open_critical_flag": "N",
    "sched_lag_early_start_flag": "Y",
}


@dataclass(frozen=True)
class Project:
    """A project of the file with the rows of its activities."""

    row: Row
    activities: tuple[Row, ...]

    @property
    def key(self) -> str:
        """Number of the project in the file."""
        return self.row["proj_id"]

    @property
    def name(self) -> str:
        """Short name of the project, by which P6 shows it."""
        return self.row["proj_short_name"] or self.key or "schedule"


def group_rows(rows: Iterable[Row], name: str = "proj_id") -> dict[str, list[Row]]:
    """Return rows by project."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row[name], []).append(row)
    return groups


def find_projects(tables: Tables, journal: Journal) -> tuple[list[Project], list[Project]]:
    """Return the projects that are schedules of their own, largest first, and the baselines.

    A baseline is a copy of another project (``orig_proj_id``); a project that was sent along only
    because links lead to it (``export_flag`` N) comes after those that were asked for.
    """
    activities = group_rows(tables["TASK"])
    rows = {row["proj_id"]: row for row in reversed(list(tables["PROJECT"]))}
    if len(rows) == 1 and "" in activities:  # the table TASK has no field for it
        activities.setdefault(next(iter(rows)), []).extend(activities.pop(""))
    for key, some in activities.items():
        if key not in rows:
            rows[key] = Row(some[0].line, {"proj_id": key})
            journal.tell(
                "project-missing",
                "warning",
                f"The project {key} of {count(len(some), 'activity', 'activities')} does not stand "
                "in the table PROJECT: its own dates and calendar are not known.",
                some[0].line,
            )
    seen = {key: Project(row, tuple(activities.get(key, ()))) for key, row in rows.items()}
    schedules = [one for one in seen.values() if one.row["orig_proj_id"] not in seen]
    baselines = [one for one in seen.values() if one.row["orig_proj_id"] in seen]
    schedules.sort(key=lambda one: (one.row["export_flag"] == "N", -len(one.activities)))
    return schedules, baselines


def read_baselines(
    project: Project, baselines: Iterable[Project], cells: Cells
) -> Mapping[str, tuple[Kept, ...]]:
    """Return the baseline dates of each activity by its code, the project's chosen one first."""
    chosen = project.row["sum_base_proj_id"]
    own = [one for one in baselines if one.row["orig_proj_id"] == project.key]
    own.sort(key=lambda one: one.key != chosen)
    kept: dict[str, list[Kept]] = {}
    for one in own:
        for row in one.activities:
            dates = cells.date(row, "target_start_date"), cells.date(row, "target_end_date")
            length = cells.hours(row, "target_drtn_hr_cnt")
            kept.setdefault(row["task_code"], []).append(Kept(one.name, *dates, length))
    return {code: tuple(some) for code, some in kept.items()}


@dataclass(frozen=True)
class SchedOptions:
    """How P6 schedules a project; null where the file does not say."""

    lag_calendar: Literal["predecessor", "successor", "project", "elapsed"] | None
    progress: Literal["retained_logic", "progress_override"] | None
    expects: bool


def read_options(tables: Tables, project: str, cells: Cells, journal: Journal) -> SchedOptions:
    """Return the options of a project; a file without any has P6's own."""
    row = next((one for one in tables["SCHEDOPTIONS"] if one["proj_id"] == project), None)
    if row is None:
        return SchedOptions(None, None, expects=True)
    for name, usual in _USUAL.items():
        if row[name] and row[name] != usual:
            _tell_option(name, row, usual, journal)
    overrides = row["sched_progress_override"] == "Y"
    if row["sched_retained_logic"] == "N" and not overrides:
        _tell_option("sched_retained_logic", row, "Y", journal)
    return SchedOptions(
        cells.choice(row, "sched_calendar_on_relationship_lag", _LAGS, None),
        "progress_override" if overrides else "retained_logic",
        expects=row["sched_use_expect_end_flag"] != "N",
    )


def _tell_option(name: str, row: Row, usual: str, journal: Journal) -> None:
    journal.tell(
        "option-not-used",
        "warning",
        f"The project is scheduled with {name} {row[name]}, which knockon does not know: it "
        f"schedules as with {usual}, and dates or floats may differ.",
        row.line,
    )

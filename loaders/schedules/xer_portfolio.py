"""A Primavera XER file with several projects, as a portfolio in which links cross projects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from graphmodel.collector import collector_paused
from graphmodel.items import Source
from graphmodel.links import Evidence, Link
from graphmodel.spans import ZERO
from loaders.changing import change_plan
from loaders.draft import SOURCE
from loaders.loaded import Loaded
from loaders.portfolio import join_plans
from loaders.schedules.cells import Cells
from loaders.schedules.journal import Journal
from loaders.schedules.xer import list_xer_projects, read_xer
from loaders.schedules.xer_relations import LINK_TYPES
from loaders.schedules.xer_tables import read_tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.plan import Plan

__all__ = ["read_xer_portfolio"]

#: What is told of one project alone, and is no longer so where all of them are read.
_OF_ONE = frozenset({"project-not-read", "link-to-other-project"})


def read_xer_portfolio(path: str | Path) -> Loaded:
    """Read every project of a Primavera XER file; one alone is a plan, several are a portfolio.

    Raises
    ------
    FileError
        As `loaders.schedules.xer.read_xer`.
    """
    path = Path(path)
    names = list_xer_projects(path)
    if len(names) <= 1:
        return read_xer(path)
    with collector_paused():
        read = [read_xer(path, name) for name in names]
        plan, problems, notes = join_plans([one.plan for one in read])
        journal = Journal(path.name)
        links = tuple(_crossing(path, plan, journal))
        if links:
            plan = change_plan(plan, {"links": plan.links + links})
    told = [problem for one in read for problem in one.problems if problem.code not in _OF_ONE]
    said = [note for one in read for note in one.notes]
    return Loaded(
        plan, (*told, *problems, *journal.problems), tuple(dict.fromkeys((*said, *notes)))
    )


def _crossing(path: Path, plan: Plan, journal: Journal) -> Iterator[Link]:
    """Yield the links between activities of two projects."""
    activities = {
        uid: item
        for item in plan.items
        if item.kind in {"activity", "milestone"} and (uid := (item.model_extra or {}).get("x_uid"))
    }
    cells = Cells(journal)
    for row in read_tables(path, journal)["TASKPRED"]:
        if not row["pred_proj_id"] or row["proj_id"] == row["pred_proj_id"]:
            continue
        ends = activities.get(row["pred_task_id"]), activities.get(row["task_id"])
        start, end = ends
        if start is None or end is None:
            journal.tell(
                "link-not-placed",
                "warning",
                "A relationship leads to or from a project that the file does not hold: it is "
                "left out; an activity keeps the external dates that the file states for it.",
                row.line,
                tuple(item.id for item in ends if item is not None),
            )
            continue
        source = Source(source=f"{end.id.partition(':')[0]}:{SOURCE}", line=row.line)
        yield Link(
            from_=start.id,
            to=end.id,
            type=cells.choice(row, "pred_type", LINK_TYPES, "FS"),
            lag=cells.hours(row, "lag_hr_cnt") or ZERO,
            origin="schedule",
            evidence=(Evidence(source=source),),
        )

"""Dates before and after as pictures, and the trend of what each report forecast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY, finish_instant
from viz.answer import is_moved, tells_something
from viz.itemrows import describe_items
from viz.paper.blocks import Column, Course, Named, Picture, Section, Text
from viz.paper.moves import slipped
from viz.paper.wording import make_table
from viz.timeline import lay_out_timeline
from viz.words import show_date

if TYPE_CHECKING:
    from datetime import date

    from queries.compare import Comparison
    from queries.report import Report
    from simulations.results import WhatIf
    from viz.paper.blocks import Block

__all__ = ["lay_out_pictures", "lay_out_trend"]

#: Rows of a picture.
_ROWS: Final = 16


@dataclass(frozen=True, slots=True)
class _Moved:
    """An item with a date before and a date after, as a `viz.timeline.Movement`."""

    id: str
    title: str
    is_parent: bool
    baseline_start: date | None
    baseline_finish: date | None
    start: date | None
    finish: date | None
    knock_on_days: float
    due: date | None
    late_before: bool
    newly_late: bool

    @property
    def finish_if_work(self) -> date | None:
        return self.finish

    @property
    def knock_on_if_work_days(self) -> float:
        return self.knock_on_days

    @property
    def newly_late_if_work(self) -> bool:
        return self.newly_late


def lay_out_pictures(report: Report) -> Section | None:
    """Return the section with the timelines; None where no date differs from another."""
    found: list[Picture | None] = []
    if report.answer is not None:
        found.append(_of_the_change(report.answer))
    if report.comparison is not None:
        found.append(_since(report.comparison))
    pictures = [one for one in found if one is not None]
    if not pictures:
        against = _against_the_plan(report)
        pictures = [] if against is None else [against]
    return Section("timeline", "Before and after", tuple(pictures)) if pictures else None


def _of_the_change(answer: WhatIf) -> Picture | None:
    moved = [one for one in answer.items if is_moved(one) and tells_something(one)]
    timeline = lay_out_timeline(moved, status_date=answer.plan.status_date, rows=_ROWS)
    if timeline is None:
        return None
    return Picture("What the change moves", timeline, "without the change", "with it")


def _since(comparison: Comparison) -> Picture | None:
    step, items = comparison.steps[-1], comparison.plan.index.items
    newly = set(step.newly_late)
    moved = [
        _Moved(
            id=one.id,
            title=items[one.id].title,
            is_parent=True,  # its start in the version before is not told
            baseline_start=None,
            baseline_finish=one.before,
            start=None,
            finish=one.after,
            knock_on_days=one.days,
            due=items[one.id].due,
            late_before=False,
            newly_late=one.id in newly,
        )
        for one in slipped(comparison)
        if one.id in items
    ]
    timeline = lay_out_timeline(moved, status_date=comparison.plan.status_date, rows=_ROWS)
    if timeline is None:
        return None
    before = f"forecast of {show_date(step.old.as_of, missing='the version before')}"
    return Picture("What moved since the version before", timeline, before, "forecast now")


def _against_the_plan(report: Report) -> Picture | None:
    moved = []
    for one in describe_items(report.plan, report.schedule):
        planned, finish = one.planned, one.finish
        if planned is None or finish is None or one.state == "done":
            continue
        days = (finish_instant(finish) - finish_instant(planned)) / DAY
        if days:
            moved.append(
                _Moved(
                    id=one.id,
                    title=one.item.title,
                    is_parent=True,
                    baseline_start=None,
                    baseline_finish=planned,
                    start=None,
                    finish=finish,
                    knock_on_days=days,
                    due=one.item.due,
                    late_before=one.state == "late",
                    newly_late=False,
                )
            )
    moved.sort(key=lambda one: -one.knock_on_days)
    timeline = lay_out_timeline(moved, status_date=report.plan.status_date, rows=_ROWS)
    if timeline is None:
        return None
    return Picture("Where the forecast differs from the plan", timeline, "planned", "forecast")


def lay_out_trend(report: Report) -> Section | None:
    """Return the section on the milestone trend; None where no report can be told from another."""
    if not report.trends:
        return None
    moved = sorted((one for one in report.trends if one.moves), key=lambda one: -abs(one.days))
    steady = len(report.trends) - len(moved)
    told = (
        f"The finish that each report forecast, the oldest first. {steady:,} of "
        f"{len(report.trends):,} dates have not moved."
    )
    blocks: list[Block] = [Text(told)]
    if moved:
        columns = (
            Column("Item", 46), Column("Finish forecast at each report", 50), Column("Moves", 8),
            Column("In all", 14, "days"),
        )  # fmt: skip
        rows = tuple(
            (
                Named(one.id, one.title),
                Course(tuple(point.finish for point in one.points)),
                one.moves,
                one.days,
            )
            for one in moved
        )
        blocks.append(
            make_table("Trend", "Dates that moved, the furthest first", columns, rows, 12)
        )
    return Section("trend", "Milestone trend", tuple(blocks))

"""The milestone trend: the date each item was forecast to finish on, report by report.

The data of a milestone trend analysis chart (reports along one axis, forecast dates along the
other): a line that runs level is on time, one that climbs is slipping. Points come from every
version compared and from the history that items carry of earlier reports.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from graphmodel.moments import finish_instant
from simulations.passes import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from graphmodel.items import Item
    from graphmodel.plan import Plan

__all__ = ["Point", "Trend", "find_trends"]


@dataclass(frozen=True, slots=True)
class Point:
    """What was said of an item at one report: the finish expected, and on what it rests.

    ``report`` is None where a version or an entry of a history names no day; such points stand in
    the order they are known in, before the next dated one.
    """

    report: date | None
    finish: date
    basis: Literal["planned", "forecast", "actual", "due"]


@dataclass(frozen=True, slots=True)
class Trend:
    """The line of one item, oldest report first, and how far it moved in all, in days."""

    id: str
    title: str
    due: date | None
    points: tuple[Point, ...]
    days: float
    moves: int


def find_trends(versions: Sequence[Plan]) -> tuple[Trend, ...]:
    """Return the trend of every item of the newest version with at least two points, in its order.

    Parameters
    ----------
    versions
        The same plan at one or more reports, oldest first, its items called alike.
    """
    newest = versions[-1]
    return tuple(trend for item in newest.items if (trend := _trend(item, versions)) is not None)


def _trend(item: Item, versions: Sequence[Plan]) -> Trend | None:
    points = list(_points(item.id, versions))
    if len(points) < len(("before", "after")):
        return None
    finishes = [finish_instant(point.finish) for point in points]
    days = whole(finishes[-1] - finishes[0])
    moves = sum(one != other for one, other in pairwise(finishes))
    return Trend(item.id, item.title, item.due, tuple(points), days, moves)


def _points(name: str, versions: Sequence[Plan]) -> Iterator[Point]:
    """Yield each report once: what a later version tells of an earlier report is a repetition."""
    told: set[date] = set()
    bare: set[date] = set()
    for version in versions:
        item = version.index.items.get(name)
        if item is None:
            continue
        for entry in item.history:
            finish = entry.forecast or (entry.planned and entry.planned.finish) or entry.due
            if finish is None or entry.as_of in told or (entry.as_of is None and finish in bare):
                continue
            (bare.add(finish) if entry.as_of is None else told.add(entry.as_of))
            basis: Literal["forecast", "planned", "due"] = "due"
            if entry.forecast is not None:
                basis = "forecast"
            elif entry.planned is not None and entry.planned.finish is not None:
                basis = "planned"
            yield Point(entry.as_of, finish, basis)
        point = _now(item, version.as_of or version.status_date)
        if point is not None and (point.report is None or point.report not in told):
            if point.report is not None:
                told.add(point.report)
            yield point


def _now(item: Item, report: date | None) -> Point | None:
    if item.actual_finish is not None:
        return Point(report, item.actual_finish, "actual")
    if item.forecast is not None:
        return Point(report, item.forecast, "forecast")
    if item.planned.finish is not None:
        return Point(report, item.planned.finish, "planned")
    return None if item.due is None else Point(report, item.due, "due")

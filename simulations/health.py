"""Findings of the compiler: what takes no part, what does not hold, what is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant, start_instant, write_moment
from graphmodel.places import find_place
from graphmodel.problems import Problem
from graphmodel.words import count
from simulations.codes import ABSENT, OPEN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from simulations.worktimes import WorkTimes

__all__ = ["note_calendars", "note_item", "note_link", "note_same_month"]


def note_item(plan: Plan, item: Item, how: int, status: date | None) -> Iterator[Problem]:
    """Yield a finding for an item on hold without a forecast, and for dates that cannot be so.

    ``status`` is the status date of its plan.
    """
    if item.status == "on_hold" and item.forecast is None:
        yield Problem(
            "on-hold-without-forecast",
            "warning",
            f"{item.name} is on hold and has no forecast: it is taken as not started.",
            (item.id,),
            find_place(plan, item.source),
        )
    planned = item.planned
    if (
        planned.start is not None
        and planned.finish is not None
        and how != ABSENT
        and start_instant(planned.start) >= finish_instant(planned.finish)
    ):
        yield Problem(
            "finish-before-start",
            "error",
            f"{item.name} is planned to finish on {write_moment(planned.finish)}, before it "
            f"starts on {write_moment(planned.start)}: only its finish is used.",
            (item.id,),
            find_place(plan, item.source),
        )
    if item.actual_finish is not None:
        yield from _odd_facts(plan, item, item.actual_finish, status)
    if how == ABSENT and item.mode == "fixed" and _is_open(item):
        yield Problem(
            "no-date",
            "warning",
            f"{item.name} has fixed dates, and none are stated: it takes no part.",
            (item.id,),
            find_place(plan, item.source),
        )


def _odd_facts(plan: Plan, item: Item, finish: date, status: date | None) -> Iterator[Problem]:
    """Yield a finding for an actual finish before the actual start, or after the status date."""
    words = f"{item.name} is said to have finished on {write_moment(finish)}"
    if item.actual_start is not None and start_instant(item.actual_start) >= finish_instant(finish):
        yield Problem(
            "finish-before-start",
            "error",
            f"{words}, before it started on {write_moment(item.actual_start)}: only its finish is "
            "used.",
            (item.id,),
            find_place(plan, item.source),
        )
    if status is not None and finish_instant(finish) > finish_instant(status):
        yield Problem(
            "finished-after-status-date",
            "warning",
            f"{words}, after the status date {write_moment(status)}: it counts as a fact "
            "all the same.",
            (item.id,),
            find_place(plan, item.source),
        )


def _is_open(item: Item) -> bool:
    """Return whether an item is neither complete nor cancelled nor told to go on for ever."""
    return item.status not in {"complete", "cancelled"} and item.planned.precision != "ongoing"


def note_link(plan: Plan, link: Link, before: int, after: int) -> Iterator[Problem]:
    """Yield a finding for a link that holds nothing (DESIGN 5.3.2).

    ``before`` and ``after`` say how its two ends get their dates.
    """
    items = plan.index.items
    absent = [one for one, how in ((link.from_, before), (link.to, after)) if how == ABSENT]
    if absent:
        yield Problem(
            "link-without-date",
            "warning",
            f"The link {link.name} holds nothing: "
            f"{' and '.join(_why_absent(items[one]) for one in absent)}"
            " and takes no part in the schedule.",
            (link.from_, link.to),
        )
    elif before == OPEN and link.type in {"FS", "FF"}:
        yield Problem(
            "link-from-open-end",
            "warning",
            f"The link {link.name} holds nothing: {items[link.from_].name} has a start and "
            "no finish.",
            (link.from_, link.to),
        )


def _why_absent(item: Item) -> str:
    match item.status:
        case "cancelled":
            return f"{item.name} is cancelled"
        case "complete":
            return f"{item.name} is complete without a date"
        case _ if item.planned.precision == "ongoing":
            return f"{item.name} is ongoing"
        case _:
            return f"{item.name} has no date"


def note_same_month(plan: Plan, inputs: Sequence[tuple[str, str]]) -> Iterator[Problem]:
    """Yield a finding for each input that is dated in the same month as the gate it feeds."""
    items = plan.index.items
    for source, target in inputs:
        yield Problem(
            "inputs-and-gate-in-one-month",
            "info",
            f"{items[source].name} and the decision on {items[target].name} are dated in one "
            "month: the input is taken to be ready in time for the meeting's papers.",
            (source, target),
            find_place(plan, items[target].source),
        )


def note_calendars(times: WorkTimes) -> Iterator[Problem]:
    """Yield a finding where working time had to be counted on the built-in calendar."""
    if times.assumed:
        more = len(times.assumed) - 1
        others = f" (and {count(more, 'other span')})" if more else ""
        yield Problem(
            "no-calendar",
            "warning",
            f"{times.assumed[0]}{others} counts working time, and the plan names no calendar: "
            "it is counted Monday to Friday without the bank holidays of England and Wales.",
        )

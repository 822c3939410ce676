"""Realism of what is reported: forecasts that keep moving, work that stays nearly done."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from graphmodel.moments import finish_instant, show_finish, write_moment
from graphmodel.reports import expected_finish, reports_of
from graphmodel.words import count
from queries.checks.rule import Check, Fault, Limit, NotApplicable, Tally

if TYPE_CHECKING:
    from datetime import date

    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["REPORTS"]

#: Reports from which a pattern is one.
REPORTS_NEEDED: Final = 3
#: Per cent from which work is nearly done.
NEARLY: Final = 90
#: Items from which many on one day are told.
MANY: Final = 10


def _find_moving(context: Context) -> Answer:
    reported, faults = 0, []
    for item in context.live:
        if item.status == "complete" or len(item.history) < REPORTS_NEEDED - 1:
            continue
        days = [
            day
            for one in reports_of(item, context.status_of(item.id))
            if (day := expected_finish(one)) is not None
        ]
        if len(days) < REPORTS_NEEDED:
            continue
        reported += 1
        moves = _count_moves(days)
        if moves >= REPORTS_NEEDED - 1:
            told = ", ".join(write_moment(day) for day in days[-moves - 1 :])
            message = f"{item.name} has been put off at each of its last {moves} reports: {told}."
            faults.append(Fault(message, (item.id,), context.place(item.source)))
    return Tally(reported, tuple(faults))


def _count_moves(days: list[date]) -> int:
    """Return at how many of the last reports in a row the date moved later."""
    moves = 0
    while moves + 1 < len(days) and _is_later(days[-moves - 1], days[-moves - 2]):
        moves += 1
    return moves


def _is_later(day: date, before: date) -> bool:
    return finish_instant(day) > finish_instant(before)


def _find_nearly_done(context: Context) -> Answer:
    reported, faults = 0, []
    for item in context.leaves:
        if item.status == "complete" or item.percent is None:
            continue
        reported += 1
        shares = [
            one.percent
            for one in reports_of(item, context.status_of(item.id))
            if one.percent is not None
        ]
        high = 0
        while high < len(shares) and shares[-high - 1] >= NEARLY:
            high += 1
        if high >= REPORTS_NEEDED:
            message = (
                f"{item.name} was said to be {NEARLY} % done or more at each of its last "
                f"{high} reports, and is unfinished."
            )
            faults.append(Fault(message, (item.id,), context.place(item.source)))
    return Tally(reported, tuple(faults))


def _find_past_forecasts(context: Context) -> Answer:
    forecast, faults = 0, []
    for item in context.live:
        today = context.status_of(item.id)
        if item.status == "complete" or item.forecast is None or today is None:
            continue
        forecast += 1
        if finish_instant(item.forecast) < finish_instant(today):
            message = (
                f"{item.name} is unfinished, and its forecast {write_moment(item.forecast)} is "
                f"past on {write_moment(today)}."
            )
            faults.append(Fault(message, (item.id,), context.place(item.source)))
    if context.as_of is None and not forecast:
        return NotApplicable("the plan has no status date")
    return Tally(forecast, tuple(faults))


def _find_one_day(context: Context) -> Answer:
    days: dict[date, list[str]] = {}
    for item in context.open_leaves:
        moment = item.forecast or item.planned.finish or item.due
        if moment is not None:
            days.setdefault(show_finish(finish_instant(moment)), []).append(item.id)
    total = sum(map(len, days.values()))
    if total < MANY:
        return NotApplicable(f"fewer than {MANY} unfinished items have a date")
    day, most = Counter({day: len(ids) for day, ids in days.items()}).most_common(1)[0]
    message = f"{count(most, 'item')} of {total:,} are to finish on {write_moment(day)}."
    crowded = (Fault(message, tuple(days[day])),) if _CROWD.value < most / total else ()
    return Tally(total, crowded, most, note=None if crowded else message)


_CROWD: Final = Limit(0.25)

REPORTS: Final = (
    Check(
        code="forecast-keeps-moving",
        family="realism",
        name="Forecasts that move at every report",
        severity="warning",
        definition=f"Unfinished items whose date (forecast, failing that planned finish, failing "
        f"that due date) moved later at each of the last {REPORTS_NEEDED - 1} reports or more.",
        denominator=f"unfinished items with a date in {REPORTS_NEEDED} reports or more",
        advice="Do not note the next date before somebody has said what will be different this "
        "time.",
        find=_find_moving,
    ),
    Check(
        code="nearly-done-for-long",
        family="realism",
        name="Work that stays nearly done",
        severity="warning",
        definition=f"Unfinished items said to be {NEARLY} % done or more at each of the last "
        f"{REPORTS_NEEDED} reports or more.",
        denominator="unfinished items of which a percentage is told",
        advice="Ask what is left, as steps that can be ticked off, and count those.",
        find=_find_nearly_done,
    ),
    Check(
        code="forecast-in-past",
        family="realism",
        name="Forecasts that have passed",
        severity="warning",
        definition="Unfinished items whose own forecast lies before the status date.",
        denominator="unfinished items with a forecast",
        advice="Ask for a new forecast, and what held the item up.",
        find=_find_past_forecasts,
    ),
    Check(
        code="finishes-on-one-day",
        family="realism",
        name="Much is to finish on one day",
        severity="warning",
        definition="The unfinished items that are to finish on the busiest day of all (forecast, "
        f"failing that planned finish, failing that due date). A plan with fewer than {MANY} dates "
        "is not judged.",
        denominator="unfinished items with a date",
        advice="Ask which of these dates were worked out, and which are only the end of a year.",
        find=_find_one_day,
        limit=_CROWD,
    ),
)

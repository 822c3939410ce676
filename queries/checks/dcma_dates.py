"""DCMA points 6 to 9: high and negative float, high duration, invalid dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.moments import day_of, write_moment
from graphmodel.words import count
from queries.checks.dcma_logic import PAMPHLET
from queries.checks.rule import Check, Fault, Limit, NotApplicable, Tally
from queries.checks.wording import tell_working_days
from simulations.codes import NEVER

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.items import Item
    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["DATES"]

#: Working days in two months, above which float and durations are high.
HIGH_DAYS: Final = 44
_NO_FLOATS: Final = NotApplicable("no unfinished activity has a date")


def _find_high_float(context: Context) -> Answer:
    floats = context.activities.floats
    if not floats:
        return _NO_FLOATS
    high = [item for item in context.activities.open if floats.get(item.id, 0) > HIGH_DAYS]
    faults = tuple(
        Fault(
            f"{item.name} has {tell_working_days(floats[item.id])} of total float.",
            (item.id,),
            context.place(item.source),
        )
        for item in high
    )
    return Tally(len(context.activities.open), faults, note=_note_floats(context))


def _find_negative_float(context: Context) -> Answer:
    floats = context.activities.floats
    if not floats:
        return _NO_FLOATS
    short = [item for item in context.activities.open if floats.get(item.id, 0) < 0]
    faults = tuple(
        Fault(
            f"{item.name} is {tell_working_days(-floats[item.id])} too late for what hangs on it.",
            (item.id,),
            context.place(item.source),
        )
        for item in short
    )
    return Tally(len(context.activities.open), faults, note=_note_floats(context))


def _note_floats(context: Context) -> str | None:
    activities = context.activities
    unknown = len(activities.open) - len(activities.floats)
    told = f"{count(unknown, 'of them has', 'of them have')} no float for want of a date."
    return " ".join(filter(None, [activities.note, told if unknown else None])) or None


def _find_high_duration(context: Context) -> Answer:
    activities = context.activities
    if not any(activities.lengths.values()):
        return NotApplicable("no unfinished activity has a length")
    long = [item for item in activities.open if activities.lengths.get(item.id, 0) > HIGH_DAYS]
    faults = tuple(
        Fault(
            f"{item.name} is to take {tell_working_days(activities.lengths[item.id])}.",
            (item.id,),
            context.place(item.source),
        )
        for item in long
    )
    return Tally(len(activities.open), faults, note=activities.note)


def _find_invalid_dates(context: Context) -> Answer:
    looked_at = [
        (item, day_of(today))
        for item in context.activities.every
        if (today := context.status_of(item.id)) is not None
    ]
    if not looked_at:
        return NotApplicable("the plan has no status date")
    faults = tuple(
        Fault(f"{item.name} {told}.", (item.id,), context.place(item.source))
        for item, today in looked_at
        if (told := " and ".join(_invalid(context, item, today)))
    )
    return Tally(len(looked_at), faults)


def _invalid(context: Context, item: Item, today: date) -> Iterator[str]:
    """Yield what is wrong with the dates of an activity on the status date."""
    for words, fact in (("started", item.actual_start), ("finished", item.actual_finish)):
        if fact is not None and day_of(fact) > today:
            yield f"is said to have {words} on {write_moment(fact)}, after the status date"
    if item.status == "complete":
        return
    start, finish = _forecast(context, item)
    if finish is not None and day_of(finish) < today:
        yield f"is to finish on {write_moment(finish)}, before the status date"
    elif start is not None and day_of(start) < today and not _has_begun(item):
        yield f"is to start on {write_moment(start)}, before the status date, and has not"


def _has_begun(item: Item) -> bool:
    return item.status == "in_progress" or item.actual_start is not None


def _forecast(context: Context, item: Item) -> tuple[date | None, date | None]:
    """Return when an unfinished activity is to start and finish.

    What keeps its own dates is asked for those, since the schedule moves undone work behind the
    status date (DESIGN 5.3.7); what follows its logic, for those of the schedule.
    """
    if item.mode != "logic":
        start = None if item.forecast is not None else item.planned.start
        return start, item.forecast or item.planned.finish
    passes, position = context.passes, context.activities.position(item)
    if passes.dates.finish[position] == NEVER:
        return None, item.forecast
    return passes.start(position), passes.finish(position)


DATES: Final = (
    Check(
        code="dcma-6-high-float",
        family="schedule",
        name="Float of more than 44 working days (DCMA 6)",
        severity="warning",
        definition="Unfinished activities with more than 44 working days of total float on their "
        "own calendar.",
        denominator="unfinished activities",
        advice="Look for the missing successor: work that can slip for months without moving "
        "anything is seldom linked to all that waits for it.",
        find=_find_high_float,
        limit=Limit(0.05),
        reference=f"{PAMPHLET}6",
    ),
    Check(
        code="dcma-7-negative-float",
        family="schedule",
        name="Negative float (DCMA 7)",
        severity="warning",
        definition="Unfinished activities with less than no total float: as the plan stands, a due "
        "date, a deadline or a constraint that hangs on them is missed.",
        denominator="unfinished activities",
        advice="Ask what will be done to recover, or have the date that is missed moved by those "
        "who may.",
        find=_find_negative_float,
        reference=f"{PAMPHLET}7",
    ),
    Check(
        code="dcma-8-high-duration",
        family="schedule",
        name="Activities longer than 44 working days (DCMA 8)",
        severity="warning",
        definition="Unfinished activities of more than 44 working days: by their first baseline, "
        "failing that by their duration, failing that by their planned dates. All of them: no "
        "plan file says what is still planned in outline only.",
        denominator="unfinished activities",
        advice="Break the work into steps that somebody can finish and report within two months.",
        find=_find_high_duration,
        limit=Limit(0.05),
        reference=f"{PAMPHLET}8",
    ),
    Check(
        code="dcma-9-invalid-dates",
        family="schedule",
        name="Facts after the status date, forecasts before it (DCMA 9)",
        severity="warning",
        definition="Activities with an actual start or finish after the day of the status date; "
        "unfinished ones whose forecast, own or scheduled finish lies before it, or that were to "
        "start before it and have not.",
        denominator="activities",
        advice="Give what is not done a new forecast; correct the dates of what is.",
        find=_find_invalid_dates,
        reference=f"{PAMPHLET}9",
    ),
)

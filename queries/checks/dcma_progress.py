"""DCMA points 10, 11, 13 and 14: resources, missed activities, CPLI, BEI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.moments import finish_instant, write_moment
from graphmodel.words import count
from queries.checks.dcma_logic import PAMPHLET
from queries.checks.rule import Check, Fault, Limit, NotApplicable, Tally
from simulations.codes import NEVER
from simulations.paths import latest_item

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.items import Item
    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["PROGRESS"]

_NO_STATUS: Final = NotApplicable("the plan has no status date")
_NO_BASELINE: Final = NotApplicable("the plan has no baseline")
_BY_DUE: Final = "The plan has no baseline: due dates stand in its place."


def _find_unassigned(context: Context) -> Answer:
    assigned = {one.item for one in context.plan.assignments}
    if not assigned:
        return NotApplicable("the plan assigns nobody")
    activities = context.activities
    work = activities.open
    if activities.has_durations:
        work = tuple(item for item in work if activities.lengths.get(item.id, 0) >= 1)
    faults = tuple(
        Fault(f"Nobody is assigned to {item.name}.", (item.id,), context.place(item.source))
        for item in work
        if assigned.isdisjoint((item.id, *context.index.ancestors(item.id)))
    )
    return Tally(len(work), faults)


class _Promises(NamedTuple):
    """When activities were to finish: by baseline, or by due date where the plan has none."""

    dates: dict[str, date]
    are_due: bool

    @property
    def note(self) -> str | None:
        return _BY_DUE if self.are_due else None


def _promises(context: Context) -> _Promises:
    every = context.activities.every
    kept = {item.id: day for item in every if (day := _baseline(item)) is not None}
    if kept or context.plan.options.scheduling_mode != "plan":
        return _Promises(kept, are_due=False)
    return _Promises({item.id: item.due for item in every if item.due is not None}, are_due=True)


def _baseline(item: Item) -> date | None:
    return next((one.finish for one in item.baselines if one.finish is not None), None)


def _find_missed(context: Context) -> Answer:
    today, promises = context.as_of, _promises(context)
    if today is None:
        return _NO_STATUS
    if not promises.dates:
        return _NO_BASELINE
    now = finish_instant(today)
    due = [
        (item, promises.dates[item.id])
        for item in context.activities.every
        if item.id in promises.dates and finish_instant(promises.dates[item.id]) <= now
    ]
    faults = tuple(
        Fault(f"{item.name} {told}.", (item.id,), context.place(item.source))
        for item, promised in due
        if (told := _missed(context, item, promised, now))
    )
    return Tally(len(due), faults, note=promises.note)


def _missed(context: Context, item: Item, promised: date, now: int) -> str | None:
    """Return how an activity missed the date it was to finish by; None where it did not."""
    by = finish_instant(promised)
    was = f"was to finish by {write_moment(promised)}"
    if item.status == "complete":
        finish = item.actual_finish
        if finish is None or finish_instant(finish) <= by:
            return None
        return f"{was} and finished on {write_moment(finish)}"
    if _expected(context, item, now) <= by:
        return None
    return f"{was} and is unfinished"


def _expected(context: Context, item: Item, now: int) -> int:
    """Return when an unfinished activity finishes: never before the status date."""
    return max(now, context.passes.dates.finish[context.activities.position(item)])


def _find_late_finish(context: Context) -> Answer:
    """Return the critical path length index: (length + float) / length."""
    if context.as_of is None:
        return _NO_STATUS
    passes = context.passes
    last = latest_item(passes)
    if last is None or passes.last_finish == NEVER:
        return NotApplicable("nothing in the plan has a date")
    item = context.index.items[passes.compiled.ids[last]]
    target = context.plan.must_finish or _baseline(item) or item.due
    if target is None:
        return NotApplicable("the plan has no date to finish by, and its last item no baseline")
    now, finish = finish_instant(context.as_of), passes.last_finish
    days_between = context.activities.days_between
    length = days_between(None, now, finish)
    if length <= 0:
        return NotApplicable("the plan finishes by its status date")
    room = days_between(None, finish, finish_instant(target))
    told = f"{'after' if room < 0 else 'before'} {write_moment(target)}"
    message = (
        f"The plan finishes {abs(room):,.4g} working days {told}, and {length:,.4g} working days "
        f"from now: an index of {(length + room) / length:.2f}."
    )
    fault = Fault(message, (item.id,), context.place(item.source))
    return Tally(length, (fault,) if room < 0 else (), length + room, note=message)


def _find_behind(context: Context) -> Answer:
    """Return the baseline execution index: finished / should be finished."""
    today, promises = context.as_of, _promises(context)
    if today is None:
        return _NO_STATUS
    if not promises.dates:
        return _NO_BASELINE
    now = finish_instant(today)
    every = context.activities.every
    if promises.are_due:
        every = tuple(item for item in every if item.id in promises.dates)
    missing = sum(item.id not in promises.dates for item in every)
    due = [
        item
        for item in every
        if item.id in promises.dates and finish_instant(promises.dates[item.id]) <= now
    ]
    faults = tuple(
        Fault(
            f"{item.name} was to finish by {write_moment(promises.dates[item.id])}, and has not.",
            (item.id,),
            context.place(item.source),
        )
        for item in due
        if item.status != "complete"
    )
    done = sum(item.status == "complete" for item in every)
    none = f"{count(missing, 'activity has', 'activities have')} no baseline and counts as due."
    told = [promises.note, none if missing else None]
    return Tally(len(due) + missing, faults, done, note=" ".join(filter(None, told)) or None)


PROGRESS: Final = (
    Check(
        code="dcma-10-resources",
        family="schedule",
        name="Work that nobody is assigned to",
        severity="info",
        definition="Unfinished activities of a working day or more (in a plan of dates: all) to "
        "which, and to whose parents, nobody is assigned in any role. The pamphlet gives no limit: "
        "the share is told and judged by nobody.",
        denominator="unfinished activities with work in them",
        advice="Name who does the work, or who answers for it.",
        find=_find_unassigned,
        limit=None,
        reference=f"{PAMPHLET}10",
    ),
    Check(
        code="dcma-11-missed",
        family="schedule",
        name="Activities that missed their baseline finish",
        severity="warning",
        definition="Of the activities whose first baseline (in a plan of dates without baselines: "
        "whose due date) has them finished by the status date, those that finished later, or are "
        "unfinished and can only finish later.",
        denominator="activities that were to be finished by the status date",
        advice="Ask for the cause and a forecast of each; see what waits for it with knockon "
        "trace.",
        find=_find_missed,
        limit=Limit(0.05),
        reference=f"{PAMPHLET}11",
    ),
    Check(
        code="dcma-13-cpli",
        family="schedule",
        name="Critical path length index below 0.95",
        severity="warning",
        definition="(Length + float) / length. Length: working days from the status date to the "
        "plan's finish. Float: working days from there to the date the plan must finish by, "
        "failing that the first baseline's finish of the item that finishes last, failing that "
        "its due date.",
        denominator="working days from the status date to the plan's finish",
        advice="Find time on the critical path (knockon schedule), or have the date moved.",
        find=_find_late_finish,
        limit=Limit(0.95, "at_least"),
        reference=f"{PAMPHLET}13",
    ),
    Check(
        code="dcma-14-bei",
        family="schedule",
        name="Baseline execution index below 0.95",
        severity="warning",
        definition="Activities that are complete, whenever they were to be, by those whose first "
        "baseline has them finished by the status date, with those that have no baseline finish. "
        "In a plan of dates without baselines: by due date, of the activities that have one.",
        denominator="activities that should be finished",
        advice="Ask what keeps work from being finished as fast as planned.",
        find=_find_behind,
        limit=Limit(0.95, "at_least"),
        reference=f"{PAMPHLET}14",
    ),
)

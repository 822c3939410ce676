"""DCMA points 10, 11, 13 and 14: resources, missed activities, CPLI, BEI."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.moments import finish_instant, show_finish, write_moment
from graphmodel.words import count
from queries.checks.dcma_logic import PAMPHLET
from queries.checks.rule import Check, Fault, Limit, NotApplicable, Tally
from queries.checks.wording import tell_working_days
from simulations.codes import NEVER
from simulations.paths import latest_item

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.items import Item
    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["PROGRESS"]

#: What both indexes are held against.
_INDEX: Final = Limit(0.95, "at_least")


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


class _Promise(NamedTuple):
    """An activity with when it was to finish, if that is said, and the status date, as instants."""

    item: Item
    day: date | None
    now: int

    @property
    def is_due(self) -> bool:
        """Whether it was to be finished by the status date."""
        return self.day is not None and finish_instant(self.day) <= self.now


class _Promises(NamedTuple):
    """What was promised: by baseline, or by the own dates of a plan of dates without any."""

    each: list[_Promise]
    note: str | None


def _promises(context: Context) -> _Promises | NotApplicable:
    every = [
        (item, finish_instant(today))
        for item in context.activities.every
        if (today := context.status_of(item.id)) is not None
    ]
    if not every:
        return NotApplicable("the plan has no status date")
    kept = [_Promise(item, _baseline(item), now) for item, now in every]
    if any(one.day is not None for one in kept):
        return _Promises(kept, None)
    own = [_Promise(item, _own_date(item), now) for item, now in every]
    dated = [one for one in own if one.day is not None]
    if not dated or context.activities.has_durations:
        return NotApplicable("the plan has no baseline")
    return _Promises(dated, "The plan is one of dates: its own dates stand for a baseline.")


def _baseline(item: Item) -> date | None:
    return next((one.finish for one in item.baselines if one.finish is not None), None)


def _own_date(item: Item) -> date | None:
    """Return the date a plan of dates approved: the due date, failing that the planned finish."""
    return item.due or item.planned.finish


def _find_missed(context: Context) -> Answer:
    promises = _promises(context)
    if isinstance(promises, NotApplicable):
        return promises
    due = [one for one in promises.each if one.is_due]
    faults = tuple(
        Fault(f"{one.item.name} {told}.", (one.item.id,), context.place(one.item.source))
        for one in due
        if (told := _missed(context, one))
    )
    return Tally(len(due), faults, note=promises.note)


def _missed(context: Context, one: _Promise) -> str | None:
    """Return how an activity missed the date it was to finish by; None where it did not."""
    item, by = one.item, _instant(one.day)
    if item.status == "complete":
        if _instant(item.actual_finish) <= by:
            return None
        return (
            f"was to finish by {_shown(by)} and finished on {_shown(_instant(item.actual_finish))}"
        )
    expected = max(one.now, context.passes.dates.finish[context.activities.position(item)])
    return None if expected <= by else f"was to finish by {_shown(by)} and is unfinished"


def _find_late_finish(context: Context) -> Answer:
    """Return the critical path length index: (length + float) / length."""
    passes = context.passes
    last = latest_item(passes)
    if last is None:
        return NotApplicable("nothing in the plan has a date")
    item = context.index.items[passes.compiled.ids[last]]
    today, target = context.status_of(item.id), _target(context, item)
    if today is None:
        return NotApplicable("the plan has no status date")
    if target is None:
        return NotApplicable("the plan has no date to finish by, and its last item no baseline")
    finish, days_between = passes.last_finish, context.activities.days_between
    length = days_between(item, finish_instant(today), finish)
    if length <= 0:
        return NotApplicable("the plan finishes by its status date")
    room = days_between(item, finish, finish_instant(target))
    message = _tell_index(length, room, finish, finish_instant(target))
    fault = Fault(message, (item.id,), context.place(item.source))
    if _INDEX.allows((length + room) / length):
        return Tally(length, (), length + room, note=message)
    return Tally(length, (fault,), length + room)


def _target(context: Context, item: Item) -> date | None:
    """Return the date that the plan of its last item is to finish by."""
    project = context.index.project_of(item.id)
    own = None if project is None else project.must_finish
    return own or context.plan.must_finish or _baseline(item) or item.due


def _tell_index(length: float, room: float, finish: int, target: int) -> str:
    where = (
        "on" if not room else f"{tell_working_days(abs(room))} {'after' if room < 0 else 'before'}"
    )
    return (
        f"The plan finishes on {show_finish(finish)}, {tell_working_days(length)} from the status "
        f"date and {where} {show_finish(target)}: an index of {(length + room) / length:.2f}."
    )


def _find_behind(context: Context) -> Answer:
    """Return the baseline execution index: finished / should be finished."""
    promises = _promises(context)
    if isinstance(promises, NotApplicable):
        return promises
    missing = sum(one.day is None for one in promises.each)
    due = [one for one in promises.each if one.is_due]
    behind = tuple(one.item.id for one in due if one.item.status != "complete")
    done = sum(one.item.status == "complete" for one in promises.each)
    none = f"{count(missing, 'activity has', 'activities have')} no baseline and counts as due."
    if missing > 1:
        none = none.replace("counts", "count")
    note = " ".join(filter(None, [promises.note, none if missing else None])) or None
    total = len(due) + missing
    if not total or _INDEX.allows(done / total):
        return Tally(total, (), done, note=note)
    message = (
        f"{count(done, 'activity is', 'activities are')} complete, and {total:,} should be: an "
        f"index of {done / total:.2f}."
    )
    return Tally(total, (Fault(message, behind),), done, note=note)


def _instant(day: date | None) -> int:
    return NEVER if day is None else finish_instant(day)


def _shown(instant: int) -> str:
    return write_moment(show_finish(instant, hours=True))


PROGRESS: Final = (
    Check(
        code="dcma-10-resources",
        family="schedule",
        name="Work that nobody is assigned to (DCMA 10)",
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
        name="Activities that missed their baseline (DCMA 11)",
        severity="warning",
        definition="Of the activities whose first baseline (in a plan of dates without baselines: "
        "whose due date, failing that planned finish) has them finished by the status date, those "
        "that finished later, or are unfinished and can only finish later.",
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
        name="Critical path length index below 0.95 (DCMA 13)",
        severity="warning",
        definition="(Length + float) / length. Length: working days from the status date to the "
        "plan's finish, on the calendar of the item that finishes last. Float: working days from "
        "there to the date the plan must finish by, "
        "failing that the first baseline's finish of the item that finishes last, failing that "
        "its due date.",
        denominator="working days from the status date to the plan's finish",
        advice="Find time on the critical path (knockon schedule), or have the date moved.",
        find=_find_late_finish,
        limit=_INDEX,
        reference=f"{PAMPHLET}13",
    ),
    Check(
        code="dcma-14-bei",
        family="schedule",
        name="Baseline execution index below 0.95 (DCMA 14)",
        severity="warning",
        definition="Activities that are complete, whenever they were to be, by those whose first "
        "baseline has them finished by the status date, with those that have no baseline finish. "
        "In a plan of dates without baselines: by due date, failing that planned finish, of the "
        "activities that have one.",
        denominator="activities that should be finished",
        advice="Ask what keeps work from being finished as fast as planned.",
        find=_find_behind,
        limit=_INDEX,
        reference=f"{PAMPHLET}14",
    ),
)

"""Paper quality, dates: what is dated too late, too early, against itself, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.moments import finish_instant, start_instant, write_moment
from graphmodel.periods import begin_period, read_years
from queries.checks.rule import Check, Fault, NotApplicable, Tally
from queries.checks.wording import quote, tell_date

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from queries.checks.context import Context
    from queries.checks.rule import Answer

__all__ = ["DATES"]


def _late_parts(context: Context) -> Answer:
    faults, looked_at = [], 0
    for item in context.live:
        finish = item.planned.finish
        if finish is None or item.status == "complete":
            continue
        above = _due_above(context, item)
        if above is None or above.due is None:
            continue
        looked_at += 1
        if finish_instant(finish) > finish_instant(above.due):
            message = (
                f"{item.name} is planned for {tell_date(item, finish)}, after the due date of "
                f"{above.id} ({write_moment(above.due)})."
            )
            faults.append(Fault(message, (item.id, above.id), context.place(item.source)))
    return Tally(looked_at, tuple(faults))


def _due_above(context: Context, item: Item) -> Item | None:
    """Return the nearest item above one that has a due date."""
    above = (context.index.items[one] for one in context.index.ancestors(item.id))
    return next((one for one in above if one.due is not None), None)


def _before_start(context: Context) -> Answer:
    starts = _Starts(context.plan)
    faults, looked_at = [], 0
    for item in context.live:
        planned = item.planned
        begins = starts.of(item)
        if begins is None or item.status == "complete" or not (planned.finish or planned.start):
            continue
        looked_at += 1
        first = start_instant(begins)
        early: date | None = None
        if planned.finish is not None and finish_instant(planned.finish) <= first:
            early = planned.finish
        elif (
            planned.start is not None
            and item.status == "not_started"
            and start_instant(planned.start) < first
        ):
            early = planned.start
        if early is not None:
            message = (
                f"{item.name} is planned for {tell_date(item, early)}, before the plan begins "
                f"({write_moment(begins)})."
            )
            faults.append(Fault(message, (item.id,), context.place(item.source)))
    if not looked_at and not starts.known:
        return NotApplicable("the plan says neither a start nor the years it is for")
    return Tally(looked_at, tuple(faults))


class _Starts:
    """The day each part of a plan begins on: its own start, failing that its first year's."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._whole = plan.start or _period_start(plan)
        self.known = self._whole is not None or any(one.start for one in plan.projects)

    def of(self, item: Item) -> date | None:
        project = self._plan.index.project_of(item.id) if self._plan.projects else None
        return self._whole if project is None else project.start


def _period_start(plan: Plan) -> date | None:
    period = (plan.model_extra or {}).get("x_period")
    years = read_years(period) if isinstance(period, str) else None
    return begin_period(years, [one.target.by for one in plan.metrics if one.target is not None])


def _finish_before_start(context: Context) -> Answer:
    both = sum(
        (item.planned.start is not None and item.planned.finish is not None)
        or (item.actual_start is not None and item.actual_finish is not None)
        for item in context.live
    )
    return Tally(
        both,
        tuple(
            Fault(one.message, one.items, one.source)
            for one in context.schedule.findings
            if one.code == "finish-before-start"
        ),
    )


def _undated(context: Context) -> Answer:
    items = [item for item in context.open_leaves if item.status != "on_hold"]
    faults = tuple(
        Fault(f"{item.name} has no date.", (item.id,), context.place(item.source))
        for item in items
        if not _has_date(item)
    )
    return Tally(len(items), faults)


def _has_date(item: Item) -> bool:
    return (
        item.planned.finish is not None
        or item.planned.start is not None
        or item.planned.precision == "ongoing"
        or item.mode == "logic"
        or any(one is not None for one in (item.due, item.forecast, item.actual_start))
        or any(one.date is not None for one in item.constraints)
    )


def _ongoing(context: Context) -> Answer:
    faults, looked_at = [], 0
    for item in context.live:
        planned = item.planned
        if item.status == "complete" or planned.precision == "none":
            continue
        looked_at += 1
        is_open = planned.precision == "from" and planned.finish is None
        if planned.precision == "ongoing" or is_open:
            words = quote(planned.text) if planned.text else "open-ended"
            faults.append(
                Fault(
                    f"{item.name} is dated {words}: it has no end to be held to.",
                    (item.id,),
                    context.place(item.source),
                )
            )
    return Tally(looked_at, tuple(faults))


DATES: Final = (
    Check(
        code="due-before-milestone",
        family="paper",
        name="Dated after what it is part of is due",
        severity="warning",
        definition=(
            "An open item, such as a milestone, whose planned finish lies after the due date of "
            "the nearest item above it that has one, such as its action."
        ),
        denominator="open dated items below an item with a due date",
        advice="Move the due date, bring the milestone forward, or move it to a later action.",
        find=_late_parts,
    ),
    Check(
        code="date-before-start",
        family="paper",
        name="Dated before the plan begins",
        severity="warning",
        definition=(
            "An open item that is planned to finish before the plan begins, or one not started "
            "that is planned to start before. A plan begins at its start; one without at the first "
            "of the years it is for: on 1 April if its targets are set for 31 March of the last, "
            "otherwise on 1 January."
        ),
        denominator="open dated items",
        advice="Say whether it is done, and when; otherwise give it a date that is still ahead.",
        find=_before_start,
    ),
    Check(
        code="finish-before-start",
        family="paper",
        name="Finish before start",
        severity="error",
        definition=(
            "An item whose planned finish lies before its planned start, or whose actual finish "
            "lies before its actual start."
        ),
        denominator="items with both a start and a finish",
        advice="Put the wrong one of the two dates right; only the finish is used until then.",
        find=_finish_before_start,
    ),
    Check(
        code="date-missing",
        family="paper",
        name="No date",
        severity="warning",
        definition=(
            "An open item without parts, not on hold, that has no planned, due, forecast or "
            "actual date, no date constraint, is not called ongoing, and has no duration from "
            "which links could give it a date."
        ),
        denominator="open items without parts",
        advice="Give it a date, or a duration and a link; it takes no part in any forecast now.",
        find=_undated,
    ),
    Check(
        code="ongoing",
        family="paper",
        name="No end: ongoing",
        severity="info",
        definition=(
            'An open item dated "ongoing" or in other words of that meaning, or with a start and '
            'no end such as "from April 2028 onwards".'
        ),
        denominator="open items with a date or a word in its place",
        advice="Say by when what will be seen, or move it out of the plan into everyday business.",
        find=_ongoing,
    ),
)

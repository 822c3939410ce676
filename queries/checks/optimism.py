"""Realism of dates: what slippage of tracked plans would do to the room that this plan leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.errors import KnockonError
from graphmodel.moments import DAY, finish_instant
from graphmodel.words import count
from queries.checks.rule import Check, Fault, Limit, NotApplicable, Tally
from simulations.fitclass import choose_reference
from simulations.trackrecord import learn
from simulations.unsaid import Unsaid, expected, tell_dates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.items import Item
    from queries.checks.context import Context
    from queries.checks.rule import Answer
    from simulations.reference import FittedClass

__all__ = ["OPTIMISM"]

#: Chance to be on time from which an item's room is enough.
ENOUGH: Final = 0.8
_MOST: Final = Limit(0.5)


def _find_optimism(context: Context) -> Answer:
    try:
        reference = learn(choose_reference(context.plan), context.plan)
    except KnockonError as error:
        return NotApplicable(str(error).rstrip("."))
    if reference.dates is None:
        return NotApplicable("no reference class speaks of dates")
    unsaid = Unsaid(context.plan, reference)
    held = list(_held_items(context, unsaid))
    chances = [_chance_late(item, day, unsaid, reference.dates) for item, day in held]
    tight = [item.id for (item, _), late in zip(held, chances, strict=True) if late > 1 - ENOUGH]
    message = (
        f"{count(len(tight), 'item')} of {len(held):,} leave too little room before the date they "
        f"are held to: going by {tell_dates(reference.dates)}, about {sum(chances):,.0f} would "
        f"be late without waiting for anything else. The plan itself expects "
        f"{chances.count(1.0):,} to be."
    )
    optimistic = len(tight) > _MOST.value * len(held)
    faults = (Fault(message, tuple(tight)),) if optimistic else ()
    return Tally(len(held), faults, len(tight), note=None if optimistic else message)


def _held_items(context: Context, unsaid: Unsaid) -> Iterator[tuple[Item, date]]:
    """Yield the open dated items that the class speaks for, and the date each is held to."""
    for item in context.open_leaves:
        if item.uncertainty is None and unsaid.kind(item) == "dates":
            day = _held_to(context, item)
            if day is not None:
                yield item, day


def _held_to(context: Context, item: Item) -> date | None:
    """Return an item's due date, else its first deadline, else those of the nearest above it."""
    for one in (item.id, *context.index.ancestors(item.id)):
        above = context.index.items[one]
        if above.due is not None:
            return above.due
        if above.deadlines:
            return min((deadline.date for deadline in above.deadlines), key=finish_instant)
    project = context.index.project_of(item.id)
    return context.plan.must_finish if project is None else project.must_finish


def _chance_late(item: Item, day: date, unsaid: Unsaid, fitted: FittedClass) -> float:
    """Return the chance that an item ends after a day by its own slip; 1: it is expected to."""
    finish = expected(item)
    assert finish is not None  # noqa: S101 - only those with one are asked for
    room = (finish_instant(day) - finish_instant(finish)) / DAY
    if room < 0:
        return 1.0
    to_go = unsaid.to_go(item)
    return fitted.chance(to_go) * fitted.moves(to_go).beyond(room)


OPTIMISM: Final = (
    Check(
        code="optimism",
        family="realism",
        name="Most dates leave no room for slippage",
        severity="warning",
        definition="Open items that would keep the date they are held to with a chance below "
        f"{100 * ENOUGH:.0f} %, if they slip as likely and as far as those of the plan's reference "
        "class, what they wait for left aside. That date is their own due date or first deadline, "
        "failing that one of the nearest item above them, failing that the plan's finish.",
        denominator="open items without parts that have a date, a date to keep, no known length of "
        "work and no uncertainty of their own",
        advice="Put the dates that matter a few months after the work; or, where items slip less "
        "than those of others, say so in the plan (docs/reference-class.md).",
        find=_find_optimism,
        limit=_MOST,
    ),
)

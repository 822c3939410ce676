"""A plan's own record: what its reports show of how dates moved, weighed against a class."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from graphmodel.moments import DAY, finish_instant
from graphmodel.reports import expected_finish
from simulations.reference import YEAR, Record
from simulations.shrinkage import Normal, Spread, shrink_mean, shrink_share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from simulations.reference import FittedClass, Rate, Reference

__all__ = ["Watched", "learn", "watch"]


@dataclass(frozen=True, slots=True)
class Watched:
    """An item as its reports tell it, from the first that is dated to what it says now.

    Attributes
    ----------
    to_go
        Days from the first report until the finish that it expected.
    watched
        Days from the first report to now.
    slip
        Days its finish is later now than in the first report; 0: it is not.
    is_complete
        Whether it is finished.
    """

    id: str
    to_go: float
    watched: float
    slip: float
    is_complete: bool

    def exposure(self, rate: Rate) -> float:
        """Return which part of its step it was watched for: all of it, if it slipped or ended.

        The step is the rest of the horizon's band, or a year where that is without end.
        """
        if self.slip or self.is_complete:
            return 1.0
        step = self.to_go - rate.from_
        return min(self.watched / (step if rate.to is not None else min(step, YEAR)), 1.0)


def watch(plan: Plan) -> tuple[Watched, ...]:
    """Return what the reports of a plan show, item by item, in its order.

    Told are items without parts whose first dated report expected them after its own day. What is
    unfinished past its date has slipped to today at least; what is complete on a day that nobody
    told is left out, and so are cancelled items and outside events.
    """
    watched = (_watch(plan, item) for item in plan.items if plan.index.is_leaf(item.id))
    return tuple(one for one in watched if one is not None)


def _watch(plan: Plan, item: Item) -> Watched | None:
    reports = [
        (entry.as_of, finish)
        for entry in item.history
        if entry.as_of is not None and (finish := expected_finish(entry)) is not None
    ]
    if not reports or item.external or item.status == "cancelled":
        return None
    first, promised = min(reports, key=lambda one: finish_instant(one[0]))
    project = plan.index.project_of(item.id)
    today = (project and project.status_date) or plan.status_date or plan.as_of
    now = finish_instant(today or max((day for day, _ in reports), key=finish_instant))
    done = item.status == "complete"
    finish = item.actual_finish if done else expected_finish(item)
    began, due = finish_instant(first), finish_instant(promised)
    if finish is None or now <= began or due <= began:
        return None
    ends = finish_instant(finish) if done else max(finish_instant(finish), now)
    return Watched(
        id=item.id,
        to_go=(due - began) / DAY,
        watched=(now - began) / DAY,
        slip=max(ends - due, 0) / DAY,
        is_complete=done,
    )


def learn(reference: Reference, plan: Plan) -> Reference:
    """Return the reference with what the plan's own reports show, weighed by how much they show.

    The plan is a group of the class. Its chance to slip in each band is the class's, weighing
    ``strength`` items, with its own counts added (beta-binomial); an item that has not slipped
    counts for the part of its step that was watched. How far it slips in the middle is drawn from
    the class's towards its own (normal-normal); the spread stays the class's. Durations are left as
    they are.
    """
    if reference.dates is None:
        return reference
    record = watch(plan)
    if not record:
        return reference
    return replace(reference, dates=_learn(reference.dates, record))


def _learn(fitted: FittedClass, record: Sequence[Watched]) -> FittedClass:
    own = Record(len(record), tuple(sorted(one.slip for one in record if one.slip)))
    rates = []
    for rate in fitted.rates:
        inside = [one for one in record if fitted.rate(one.to_go) is rate]
        weight = min(fitted.strength, rate.chance.a + rate.chance.b)
        chance = shrink_share(
            sum(one.slip > 0 for one in inside),
            sum(one.exposure(rate) for one in inside),
            rate.chance.mean,
            weight,
        )
        moves = rate.moves.around(_centre(rate, fitted.spread, own.slips))
        rates.append(replace(rate, chance=chance if inside else rate.chance, moves=moves))
    return replace(fitted, rates=tuple(rates), own=own)


def _centre(rate: Rate, spread: Spread, slips: Sequence[float]) -> Normal:
    """Return the mean of the logarithms of slips: the class's, with the plan's own."""
    moves = rate.moves
    if not slips or math.isinf(spread.between):
        return moves.centre
    mean = sum(map(math.log, slips)) / len(slips)
    own = Normal(mean, moves.spread**2 / len(slips))
    return shrink_mean(own, Spread(moves.centre.mean, spread.between))

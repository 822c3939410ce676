"""What a reference class says of the items that a plan says nothing about (DESIGN 5.6)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.items import Uncertainty
from graphmodel.moments import DAY, finish_instant, start_instant
from graphmodel.spans import Span
from graphmodel.words import count
from simulations.owndates import is_begun

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.calendars import Calendar
    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from simulations.refclasses import Basis
    from simulations.reference import FittedClass, Rate, Reference

__all__ = [
    "Unsaid",
    "days_to_go",
    "expected",
    "tell_dates",
    "tell_reference",
    "uncertainty_for",
]

#: Equally likely values that stand for how long work takes against its plan.
_VALUES: Final = 100
#: The week that elapsed days are turned into working hours by, where no calendar says otherwise.
_HOURS_PER_DAY: Final = 8.0
_HOURS_PER_WEEK: Final = 40.0
_DAYS_PER_WEEK: Final = 7
_MINUTES_PER_HOUR: Final = 60
_MONTH: Final = 30.4375
#: Days from which a length is told in months.
_IN_MONTHS: Final = 45


@dataclass(frozen=True, eq=False)  # no slots: what is worked out is kept
class Unsaid:
    """A plan and the reference that speaks where it is silent.

    Who asks of many items asks one of these: what they have in common is worked out once.
    """

    plan: Plan
    reference: Reference

    def uncertainty(self, item: Item) -> Uncertainty | None:
        """Return what the reference says of an item, or None; see `uncertainty_for`."""
        kind = None if item.uncertainty is not None else self.kind(item)
        if kind == "durations" and self.reference.durations is not None:
            return self._longer(self.reference.durations, self.planned_hours(item))
        if kind == "dates" and self.reference.dates is not None:
            return self._later(self.reference.dates, self.to_go(item), self._sharers(item))
        return None

    def kind(self, item: Item) -> Basis | None:
        """Return what may be uncertain about an item: its date, its duration, or nothing.

        A duration where the engine works with one: of what follows its logic, of begun work, of an
        activity's dates without a gate. What is done, fixed or derived from links has nothing.
        """
        is_over = item.status in {"complete", "cancelled"}
        if is_over or item.external or item.type == "loe" or not self.plan.index.is_leaf(item.id):
            return None
        if self._has_length(item):
            return None if item.mode == "fixed" else "durations"
        if item.mode == "logic" or expected(item) is None:
            return None
        return "dates"

    def _has_length(self, item: Item) -> bool:
        if is_begun(item) and item.remaining is not None:
            return bool(item.remaining)
        if item.mode != "planned" or (is_begun(item) and item.duration is not None):
            return bool(item.duration)
        if item.id in self._gated or (item.duration is None and item.kind != "activity"):
            return False
        return not is_begun(item) and bool(item.duration or _span_days(item))

    @cached_property
    def _gated(self) -> frozenset[str]:
        return frozenset(gate.item for gate in self.plan.gates if gate.state == "accepted")

    def to_go(self, item: Item) -> float | None:
        """Return the days from today until an item is expected; None where nobody can tell."""
        project = self.plan.index.project_of(item.id)
        today = None if project is None else project.status_date
        return days_to_go(item, today or self.today)

    @cached_property
    def today(self) -> date | None:
        """The status date, else the date the plan speaks of, its start, its earliest date."""
        said = self.plan.status_date or self.plan.as_of or self.plan.start
        if said is not None:
            return said
        planned = (one.planned.start or one.planned.finish for one in self.plan.items)
        return min((one for one in planned if one is not None), key=start_instant, default=None)

    def planned_hours(self, item: Item) -> float:
        """Return the working hours of an item's duration, else of what remains, else of its dates.

        Elapsed time counts by the hours of its calendar's week.
        """
        span = item.duration or item.remaining
        calendar = self._calendar(item)
        per_week = _HOURS_PER_WEEK if calendar is None else calendar.hours_per_week
        if span is None:
            return _span_days(item) / _DAYS_PER_WEEK * per_week
        if span.unit == "wd":
            per_day = _HOURS_PER_DAY if calendar is None else calendar.hours_per_day
            return float(span.amount) * per_day
        if not span.is_elapsed:
            return span.minutes / _MINUTES_PER_HOUR
        days = span.months * _MONTH + span.minutes / DAY
        return days / _DAYS_PER_WEEK * per_week

    def _calendar(self, item: Item) -> Calendar | None:
        project = self.plan.index.project_of(item.id)
        plans = self.plan.calendar if project is None else project.calendar
        return self._calendars.get(item.calendar or plans or "")

    @cached_property
    def _calendars(self) -> dict[str, Calendar]:
        return {one.id: one for one in self.plan.calendars}

    @cached_property
    def _made(self) -> dict[tuple[str, float], Uncertainty]:
        """What was said already, by kind and chance or band: many items share it."""
        return {}

    def _sharers(self, item: Item) -> int:
        """Return among how many items the chance of slipping is shared: those of its action."""
        return self._dated_parts[self._action(item)]

    def _action(self, item: Item) -> str:
        """Return the action that an item belongs to, or itself: what reports count."""
        items = self.plan.index.items
        line = (item.id, *self.plan.index.ancestors(item.id))
        return next((one for one in line if items[one].kind == "action"), item.id)

    @cached_property
    def _dated_parts(self) -> Counter[str]:
        return Counter(self._action(item) for item in self.plan.items if self.kind(item) == "dates")

    def _later(self, fitted: FittedClass, days: float | None, sharers: int) -> Uncertainty:
        chance = round(1 - (1 - fitted.chance(days)) ** (1 / sharers), 4)
        rate = fitted.rate(days)
        key = f"dates {rate.from_}", chance
        if key not in self._made:
            values = tuple(_span(max(value, 1.0), "d") for value in rate.moves.values)
            delay = Uncertainty(distribution="empirical", values=values)
            self._made[key] = Uncertainty(distribution="hurdle", probability=chance, delay=delay)
        return self._made[key]

    def _longer(self, fitted: FittedClass, hours: float) -> Uncertainty:
        rate = fitted.rate(hours)
        key = "durations", rate.from_
        if key not in self._made:
            self._made[key] = Uncertainty(distribution="empirical", values=_durations(rate))
        return self._made[key]


def _durations(rate: Rate) -> tuple[Span, ...]:
    """Return equally likely durations in per cent of the planned one: shorter, as planned, longer.

    Where the chance to take longer was updated, that to take less shrinks or grows with the rest.
    """
    longer = round(rate.chance.mean * _VALUES)
    shorter = 0 if rate.cuts is None else min(round(rate.early * _VALUES), _VALUES - longer)
    less = [] if rate.cuts is None else [
        100 - rate.cuts.quantile(1 - (one + 1 / 2) / shorter) for one in range(shorter)
    ]  # fmt: skip
    more = [100 + rate.moves.quantile((one + 1 / 2) / longer) for one in range(longer)]
    same = [100.0] * (_VALUES - longer - shorter)
    return tuple(_span(max(one, 0.0), "%") for one in [*less, *same, *more])


def _span(value: float, unit: Literal["d", "%"]) -> Span:
    return Span(Decimal(round(value)), unit)


def expected(item: Item) -> date | None:
    """Return when an item is expected to finish: its forecast, else its planned finish."""
    return item.forecast or item.planned.finish


def _span_days(item: Item) -> float:
    """Return the days from planned start to planned finish; 0 where one is missing."""
    start, finish = item.planned.start, item.planned.finish
    if start is None or finish is None:
        return 0.0
    return max(finish_instant(finish) - start_instant(start), 0) / DAY


def days_to_go(item: Item, today: date | None) -> float | None:
    """Return the days from the end of today until an item is expected to finish."""
    finish = expected(item)
    if finish is None or today is None:
        return None
    return (finish_instant(finish) - finish_instant(today)) / DAY


def uncertainty_for(item: Item, plan: Plan, reference: Reference) -> Uncertainty | None:
    """Return how uncertain an item is by its reference class, where the plan does not say it.

    1. An item whose date may move: a hurdle on its own delay. The chance is that of slipping
       between today and its date (`FittedClass.chance`), the delay is in days, and none is
       negative: dates that move earlier do not move a dated plan, whose dates stand unless
       something pushes them. Reports count actions, not their milestones: an action's n open
       dated parts share its chance p, so that each slips with 1 - (1 - p)^(1/n) and at least one
       of them with p.
    2. An item that works with a duration (`Unsaid.kind`): that duration in per cent of what is
       planned (of begun work, of what remains), equally likely values, shorter ones too: what
       follows its logic starts sooner.
    3. None: what has parts, is complete, cancelled, fixed, an outside event, a level of effort, has
       no date (or no length), or says itself how uncertain it is.

    Parameters
    ----------
    reference
        As `simulations.reference.choose_reference` gives it.
    """
    return Unsaid(plan, reference).uncertainty(item)


def tell_reference(plan: Plan, reference: Reference) -> str | None:
    """Return the sentence that says where uncertainty comes from; None: all from the plan.

    "Nothing in the plan says how uncertain it is: slippage is taken from council improvement plans
    (68 items, 26 slipped, median 6 months)."
    """
    unsaid = Unsaid(plan, reference)
    kinds = [(item, unsaid.kind(item)) for item in plan.items]
    silent = Counter(kind for item, kind in kinds if kind and item.uncertainty is None)
    says = bool(plan.risks) or any(item.uncertainty for item, kind in kinds if kind)
    parts = []
    total = 0
    if silent["dates"] and reference.dates is not None:
        parts.append(f"slippage is taken from {tell_dates(reference.dates)}")
        total += silent["dates"]
    if silent["durations"] and reference.durations is not None:
        parts.append(f"durations are taken from {_tell_durations(reference.durations)}")
        total += silent["durations"]
    if not parts:
        return None
    head = "Nothing in the plan says how uncertain it is"
    if says:
        told = count(total, "of its items is", "of its items are")
        head = f"The plan does not say how uncertain {told}"
    return f"{head}: {', and '.join(parts)}."


def tell_dates(fitted: FittedClass) -> str:
    """Return a class of dates with what was counted of it, and the plan's own reports."""
    counted = (
        f"{fitted.title} ({count(round(fitted.items), 'item')}, {round(fitted.later):,} slipped, "
        f"median {_tell_days(fitted.middle)})"
    )
    if fitted.own is None:
        return counted
    return f"{counted}, weighed with the plan's own reports ({_tell_own(fitted)})"


def _tell_own(fitted: FittedClass) -> str:
    own = fitted.own
    assert own is not None  # noqa: S101 - asked before
    told = f"{count(own.items, 'item')}, {len(own.slips):,} slipped"
    if not own.slips:
        return told
    return f"{told}, median {_tell_days(own.middle)}"


def _tell_durations(fitted: FittedClass) -> str:
    return (
        f"{fitted.title} ({count(round(fitted.items), 'activity', 'activities')}, "
        f"{round(fitted.later):,} took longer, median {fitted.middle:.0f} % longer)"
    )


def _tell_days(days: float) -> str:
    if days < _IN_MONTHS:
        return count(round(days), "day")
    return count(round(days / _MONTH), "month")

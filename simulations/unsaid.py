"""What a reference class says of the items that a plan says nothing about (DESIGN 5.6)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.items import Uncertainty
from graphmodel.moments import DAY, finish_instant, start_instant
from graphmodel.spans import Span
from graphmodel.words import count

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.calendars import Calendar
    from graphmodel.items import Item
    from graphmodel.plan import Plan
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
        if item.uncertainty is not None or not self.can_slip(item):
            return None
        if item.duration is not None:
            hours = self.planned_hours(item)
            return None if self.reference.durations is None or not hours else self._longer(hours)
        if self.reference.dates is None or expected(item) is None:
            return None
        return self._later(self.to_go(item))

    def can_slip(self, item: Item) -> bool:
        """Return whether an item is open work of the plan's own, without parts."""
        return (
            item.status not in {"complete", "cancelled"}
            and not item.external
            and item.type != "loe"
            and self.plan.index.is_leaf(item.id)
        )

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

    def planned_hours(self, item: Item) -> float | None:
        """Return the working hours of an item's duration; None where it has no length of its own.

        Elapsed time counts by the hours of its calendar's week.
        """
        span = item.duration
        if span is None or span.unit == "%":
            return None
        calendar = self._calendar(item)
        if span.unit == "wd":
            per_day = _HOURS_PER_DAY if calendar is None else calendar.hours_per_day
            return float(span.amount) * per_day
        if not span.is_elapsed:
            return span.minutes / _MINUTES_PER_HOUR
        per_week = _HOURS_PER_WEEK if calendar is None else calendar.hours_per_week
        days = span.months * _MONTH + (span.minutes / DAY)
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

    def _later(self, days: float | None) -> Uncertainty:
        fitted = self.reference.dates
        assert fitted is not None  # noqa: S101 - asked before
        chance = round(fitted.chance(days), 4)
        rate = fitted.rate(days)
        key = f"dates {rate.from_}", chance
        if key not in self._made:
            values = tuple(_span(max(value, 1.0), "d") for value in rate.moves.values)
            delay = Uncertainty(distribution="empirical", values=values)
            self._made[key] = Uncertainty(distribution="hurdle", probability=chance, delay=delay)
        return self._made[key]

    def _longer(self, hours: float) -> Uncertainty:
        fitted = self.reference.durations
        assert fitted is not None  # noqa: S101 - asked before
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


def days_to_go(item: Item, today: date | None) -> float | None:
    """Return the days from the end of today until an item is expected to finish."""
    finish = expected(item)
    if finish is None or today is None:
        return None
    return (finish_instant(finish) - finish_instant(today)) / DAY


def uncertainty_for(item: Item, plan: Plan, reference: Reference) -> Uncertainty | None:
    """Return how uncertain an item is by its reference class, where the plan does not say it.

    1. An item without a duration: a hurdle on its own delay. The chance is that of slipping between
       today and its date (`FittedClass.chance`), the delay is in days, and none is negative: dates
       that move earlier do not move a dated plan, whose dates stand unless something pushes them.
    2. An item with a duration: that duration in per cent of what is planned (of begun work, of what
       remains), equally likely values, shorter ones too: what follows its logic starts sooner.
    3. None: what has parts, is complete, cancelled, an outside event, a level of effort, has no
       date (or no length), or says itself how uncertain it is.

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
    silent = {"dates": 0, "durations": 0}
    said = 0
    for item in plan.items:
        if not unsaid.can_slip(item):
            continue
        said += item.uncertainty is not None
        if unsaid.uncertainty(item) is not None:
            silent["dates" if item.duration is None else "durations"] += 1
    parts = []
    if silent["dates"] and reference.dates is not None:
        parts.append(f"slippage is taken from {tell_dates(reference.dates)}")
    if silent["durations"] and reference.durations is not None:
        parts.append(f"durations are taken from {_tell_durations(reference.durations)}")
    if not parts:
        return None
    total = sum(silent.values())
    head = "Nothing in the plan says how uncertain it is"
    if said or plan.risks:
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

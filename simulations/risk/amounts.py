"""An uncertainty of the plan file as parameters in minutes: what a draw is sampled by."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from graphmodel.errors import PlanError
from graphmodel.moments import DAY
from graphmodel.spans import MONTH_DAYS, Span
from graphmodel.worktime import WEEK
from simulations.kernels.draws import (
    CERTAIN,
    EMPIRICAL,
    EXPONENTIAL,
    LOGNORMAL,
    LONGEST,
    NORMAL,
    PERT,
    TRIANGULAR,
    UNIFORM,
)
from simulations.kernels.normal import log

if TYPE_CHECKING:
    from graphmodel.items import Uncertainty
    from simulations.worktimes import WorkTimes

__all__ = ["Amount", "Unit", "read_amount"]

#: What each distribution is told by.
_NEEDS: Final[dict[str, tuple[str, ...]]] = {
    "triangular": ("low", "mode", "high"),
    "pert": ("low", "mode", "high"),
    "uniform": ("low", "high"),
    "normal": ("mean", "sd"),
    "lognormal": ("mean", "sd"),
    "exponential": ("mean",),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """What minutes are counted in.

    Attributes
    ----------
    times
        The calendars of the plan.
    cal
        The calendar whose minutes are wanted; -1 for the wall.
    calendar
        The calendar that working time is told in; None for the plan's.
    whole
        What a percentage is of: the item's own remaining duration in these minutes.
    where
        How a message begins, such as ``The uncertainty of A1``.
    """

    times: WorkTimes
    cal: int
    calendar: str | None
    whole: int
    where: str

    def minutes(self, span: Span) -> Decimal:
        """Return a span in minutes, with fractions.

        Calendar time on a working calendar, and working time on the wall, are taken at the ratio
        of an ordinary week: where 40 hours are worked in it, 7d are 5wd.
        """
        if span.unit == "%":
            if not self.whole:
                raise PlanError(
                    f"{self.where} is told in percent, and there is no duration left for it to be "
                    "a part of: tell it as a span, such as 10d."
                )
            return span.amount * self.whole / 100
        if span.is_elapsed:
            return self._of_wall(span) * self._week(self.cal) / WEEK
        if self.cal >= 0:
            return span.amount * self._size(span.unit, self.cal)
        cal = self.times.number(self.times.named(self.calendar, self.where))
        return span.amount * self._size(span.unit, cal) * WEEK / self._week(cal)

    def _of_wall(self, span: Span) -> Decimal:
        sizes = {"d": Decimal(DAY), "w": Decimal(7 * DAY), "eh": Decimal(60)}
        sizes["m"] = MONTH_DAYS * DAY
        return span.amount * sizes[span.unit]

    def _size(self, unit: str, cal: int) -> Decimal:
        table = self.times.tables[cal]
        hour = Decimal(table.hour_minutes)
        return {"wd": Decimal(table.day_minutes), "h": hour, "min": hour / 60}[unit]

    def _week(self, cal: int) -> int:
        return WEEK if cal < 0 else self.times.tables[cal].week


@dataclass(frozen=True, slots=True)
class Amount:
    """One distribution in minutes (`simulations.kernels.draws`).

    Attributes
    ----------
    kind, params
        Distribution and parameters; of an empirical one they are left to ``values``.
    zero
        The probability that it is zero instead.
    mode
        Where the mode of a PERT distribution lies between low (0) and high (1).
    values
        Values of an empirical distribution, ascending.
    correlate
        The group it belongs to, if any.
    """

    kind: int
    params: tuple[float, ...]
    zero: float = 0.0
    mode: float = 0.0
    values: tuple[float, ...] = ()
    correlate: str | None = None


def read_amount(uncertainty: Uncertainty, unit: Unit) -> Amount:
    """Return an uncertainty as a distribution in minutes.

    Raises
    ------
    PlanError
        A parameter is missing, out of order, negative or too long; the message names the item.
    """
    amount = _read(uncertainty, unit)
    return replace(amount, correlate=uncertainty.correlate)


def _read(uncertainty: Uncertainty, unit: Unit) -> Amount:
    name = uncertainty.distribution
    if name == "hurdle":
        return _hurdle(uncertainty, unit)
    if name == "empirical":
        return _empirical(uncertainty, unit)
    told = {key: getattr(uncertainty, key) for key in _NEEDS[name]}
    missing = [key for key, span in told.items() if span is None]
    if missing:
        raise PlanError(
            f"{unit.where} is {name} and does not say its {' and '.join(missing)}: "
            f"give {', '.join(_NEEDS[name])}."
        )
    given = {key: _positive(span, key, unit) for key, span in told.items()}
    if "low" in given:
        _check_order(told, given, unit)
        return _between(name, given)
    if "sd" in given:
        return _around(name, given, unit)
    return Amount(EXPONENTIAL, (given["mean"], 0.0, 0.0)) if given["mean"] else _certain(0.0)


def _positive(span: Span, key: str, unit: Unit) -> float:
    """Return a parameter in minutes; refuse what is below zero or beyond 300 years."""
    minutes = float(unit.minutes(span))
    if minutes < 0:
        raise PlanError(f"{unit.where} has the {key} {span}, below zero: give it zero or more.")
    if minutes > LONGEST:
        raise PlanError(f"{unit.where} has the {key} {span}, longer than 300 years: shorten it.")
    return minutes


def _check_order(told: dict[str, Span], given: dict[str, float], unit: Unit) -> None:
    keys = list(given)
    for lower, higher in pairwise(keys):
        if given[lower] > given[higher]:
            raise PlanError(
                f"{unit.where} has a {lower} of {told[lower]}, above its {higher} of "
                f"{told[higher]}: exchange the two."
            )


def _certain(minutes: float) -> Amount:
    return Amount(CERTAIN, (minutes, 0.0, 0.0))


def _between(name: str, given: dict[str, float]) -> Amount:
    low, high = given["low"], given["high"]
    if low == high:
        return _certain(low)
    if name == "uniform":
        return Amount(UNIFORM, (low, high, 0.0))
    mode = given["mode"]
    if name == "triangular":
        return Amount(TRIANGULAR, (low, mode, high))
    return Amount(PERT, (low, high, 0.0), mode=(mode - low) / (high - low))


def _around(name: str, given: dict[str, float], unit: Unit) -> Amount:
    mean, sd = given["mean"], given["sd"]
    if not sd:
        return _certain(mean)
    if name == "normal":
        return Amount(NORMAL, (mean, sd, 0.0))
    if not mean:
        raise PlanError(f"{unit.where} is lognormal with a mean of zero: give it a longer mean.")
    spread = log(1.0 + (sd / mean) * (sd / mean))
    return Amount(LOGNORMAL, (log(mean) - 0.5 * spread, math.sqrt(spread), 0.0))


def _empirical(uncertainty: Uncertainty, unit: Unit) -> Amount:
    if not uncertainty.values:
        raise PlanError(f"{unit.where} is empirical and has no values: give at least one.")
    values = sorted(_positive(span, "value", unit) for span in uncertainty.values)
    return Amount(EMPIRICAL, (0.0, float(len(values)), 0.0), values=tuple(values))


def _hurdle(uncertainty: Uncertainty, unit: Unit) -> Amount:
    chance, delay = uncertainty.probability, uncertainty.delay
    if chance is None or delay is None:
        lacks = "probability" if chance is None else "delay"
        raise PlanError(
            f"{unit.where} is a hurdle and does not say its {lacks}: give probability and delay."
        )
    if isinstance(delay, Span):
        amount = _certain(_positive(delay, "delay", unit))
    else:
        amount = _read(delay, unit)
    return replace(amount, zero=1.0 - (1.0 - amount.zero) * chance)

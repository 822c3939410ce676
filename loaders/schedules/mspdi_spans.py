"""Spans of a plan as MS Project writes them: minutes with the code of the unit people see."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.spans import MONTH_DAYS, Span

if TYPE_CHECKING:
    from graphmodel.spans import Unit

__all__ = ["ELAPSED", "Lag", "Length", "duration_text", "lag_of", "length_of"]

#: Codes of units, and the minutes of one; those of a working day come with its calendar.
_WORKING: Final[dict[Unit, int]] = {"min": 3, "h": 5, "wd": 7}
_WALL: Final[dict[Unit, tuple[int, int]]] = {
    "eh": (6, 60),
    "d": (8, 1440),
    "w": (10, 10080),
    "m": (12, 43200),
}
_PERCENT: Final = 19
#: Code of elapsed hours.
ELAPSED: Final = 6
_DAYS: Final = 7
_WHOLE_DAYS: Final[dict[Unit, Decimal]] = {"d": Decimal(1), "w": Decimal(7), "m": MONTH_DAYS}


class Length(NamedTuple):
    """A duration in minutes and the code of its unit; ``whole_days``: it counts days off too."""

    minutes: int
    code: int
    whole_days: bool = False


class Lag(NamedTuple):
    """A lag as Project counts it, the code of its unit, and whether that is the lag exactly."""

    amount: int
    code: int
    exact: bool


def duration_text(minutes: int) -> str:
    """Return minutes as Project writes a duration."""
    return f"PT{minutes // 60}H{minutes % 60}M0S"


def length_of(span: Span, day: int, whole_day: int) -> Length:
    """Return a duration.

    Parameters
    ----------
    day, whole_day
        Minutes of a working day on the item's calendar, and on the one where every day counts.
    """
    if span.unit in _WHOLE_DAYS:
        return Length(_round(span.amount * _WHOLE_DAYS[span.unit] * whole_day), _DAYS, True)  # noqa: FBT003
    if span.unit == "eh":
        return Length(_round(span.amount * 60), ELAPSED)
    return Length(_round(span.amount * _minutes(span.unit, day)), _WORKING.get(span.unit, 3))


def lag_of(span: Span, day: int) -> Lag:
    """Return a lag in tenths of a minute (a share of the predecessor in per cent)."""
    if span.unit == "%":
        exact, code = span.amount, _PERCENT
    elif span.unit in _WALL:
        code, size = _WALL[span.unit]
        exact = span.amount * size * 10
    else:
        exact, code = span.amount * _minutes(span.unit, day) * 10, _WORKING[span.unit]
    amount = _round(exact)
    return Lag(amount, code, exact == amount and (span.unit != "m" or not amount))


def _minutes(unit: Unit, day: int) -> int:
    return {"h": 60, "wd": day}.get(unit, 1)


def _round(exact: Decimal) -> int:
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP))

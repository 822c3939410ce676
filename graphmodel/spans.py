"""Spans of time: one grammar for lags, durations, slips and papers leads (DESIGN 5.2).

======  =============================================================  ==================
unit    meaning                                                        in words
======  =============================================================  ==================
``d``   calendar days                                                  ``10 days``
``w``   weeks of seven calendar days                                   ``2 weeks``
``m``   calendar months, added to the shown date                       ``3 months``
``wd``  working days, each the calendar's ``hours_per_day``            ``10 working days``
``h``   working hours                                                  ``8 working hours``
``min`` working minutes                                                ``30 working minutes``
``eh``  elapsed hours on the wall clock                                ``8 elapsed hours``
``%``   of the predecessor's duration (lags), of the own (uncertainty) ``50 %``
======  =============================================================  ==================

Fractions are allowed (``1.5w``); a minus sign makes a lag a lead. The command line and registers
also take words and years: ``2 months``, ``8 weeks``, ``1y`` (`parse_span` with ``words=True``).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Literal, get_args

from graphmodel.errors import SpanError

__all__ = ["MONTH_DAYS", "ZERO", "Span", "Unit", "parse_span"]

Unit = Literal["d", "w", "m", "wd", "h", "min", "eh", "%"]

#: Mean length of a calendar month in days, used where a month has no date to be added to.
MONTH_DAYS: Final = Decimal("30.4375")

#: No span may reach past the years 1900 to 2200 that dates are held to.
_LIMIT_DAYS: Final = 3600 * MONTH_DAYS

_PER_DAY: Final[dict[str, Decimal]] = {
    "d": Decimal(1),
    "w": Decimal(7),
    "m": MONTH_DAYS,
    "wd": Decimal(1),
    "h": Decimal(1) / 8,
    "min": Decimal(1) / 480,
    "eh": Decimal(1) / 24,
    "%": Decimal(1),
}

_WORDS: Final[dict[str, tuple[Unit, int]]] = {
    "day": ("d", 1),
    "days": ("d", 1),
    "calendar day": ("d", 1),
    "calendar days": ("d", 1),
    "week": ("w", 1),
    "weeks": ("w", 1),
    "wk": ("w", 1),
    "wks": ("w", 1),
    "fortnight": ("w", 2),
    "fortnights": ("w", 2),
    "month": ("m", 1),
    "months": ("m", 1),
    "mon": ("m", 1),
    "mons": ("m", 1),
    "quarter": ("m", 3),
    "quarters": ("m", 3),
    "y": ("m", 12),
    "yr": ("m", 12),
    "yrs": ("m", 12),
    "year": ("m", 12),
    "years": ("m", 12),
    "working day": ("wd", 1),
    "working days": ("wd", 1),
    "workday": ("wd", 1),
    "workdays": ("wd", 1),
    "working hour": ("h", 1),
    "working hours": ("h", 1),
    "hour": ("h", 1),
    "hours": ("h", 1),
    "working minute": ("min", 1),
    "working minutes": ("min", 1),
    "minute": ("min", 1),
    "minutes": ("min", 1),
    "elapsed hour": ("eh", 1),
    "elapsed hours": ("eh", 1),
    "percent": ("%", 1),
}

_NAMES: Final[dict[str, tuple[str, str]]] = {
    "d": ("day", "days"),
    "w": ("week", "weeks"),
    "m": ("month", "months"),
    "wd": ("working day", "working days"),
    "h": ("working hour", "working hours"),
    "min": ("working minute", "working minutes"),
    "eh": ("elapsed hour", "elapsed hours"),
    "%": ("%", "%"),
}

_NUMBER = r"(?P<amount>[+-]?\d{1,9}(?:\.\d{1,9})?)"
_STRICT = re.compile(
    rf"{_NUMBER}(?P<unit>{'|'.join(sorted(get_args(Unit), key=len, reverse=True))})", re.ASCII
)
_LOOSE = re.compile(rf"{_NUMBER}\s*(?P<unit>%|[a-z][a-z ]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: ``amount`` of ``unit``; negative amounts are leads."""

    amount: Decimal
    unit: Unit

    def __str__(self) -> str:
        """Return the span in the grammar above, e.g. ``10wd``."""
        return f"{_plain(self.amount)}{self.unit}"

    def __bool__(self) -> bool:
        """Return whether the span has any length."""
        return bool(self.amount)

    @property
    def words(self) -> str:
        """The span for people: ``2 months``, ``1 day``, ``-3 working days``."""
        one, many = _NAMES[self.unit]
        return f"{_plain(self.amount)} {one if abs(self.amount) == 1 else many}"

    @property
    def months(self) -> int:
        """Whole calendar months in it; the rest is in `minutes`."""
        return int(self.amount) if self.unit == "m" else 0

    @property
    def minutes(self) -> int:
        """Minutes on the wall clock (``d w eh``, part of a month), or at work (``wd h min``).

        A part of a month is taken as whole days of a mean month, so that dates stay dates. One
        working day counts as 1; multiply by the calendar's day where the unit is ``wd``.
        """
        match self.unit:
            case "d":
                exact = self.amount * 1440
            case "w":
                exact = self.amount * 10080
            case "eh" | "h":
                exact = self.amount * 60
            case "m":
                part = (self.amount - int(self.amount)) * MONTH_DAYS
                exact = part.quantize(Decimal(1), ROUND_HALF_UP) * 1440
            case _:
                exact = self.amount
        return int(exact.quantize(Decimal(1), ROUND_HALF_UP))

    @property
    def in_days(self) -> float:
        """The length in days as people add them up: a working day, or 8 working hours, is one."""
        return float(self.amount * _PER_DAY[self.unit])

    @property
    def is_elapsed(self) -> bool:
        """Whether the span runs on the wall clock or calendar, not on working time."""
        return self.unit in {"d", "w", "m", "eh"}


#: No time at all, the default lag.
ZERO: Final = Span(Decimal(0), "d")


def parse_span(text: str, *, words: bool = False) -> Span:
    """Read a span such as ``10wd``; with ``words`` also ``2 months``, ``8 weeks``, ``1y``.

    Raises
    ------
    SpanError
        The text is not a span, or is longer than 300 years.
    """
    clean = text.strip()
    match = _STRICT.fullmatch(clean)
    if match is not None:
        span = Span(Decimal(match["amount"]).normalize() + 0, match["unit"])  # type: ignore[arg-type]
    else:
        span = _parse_words(clean) if words else _fail(text, words=words)
    if abs(span.amount) * _PER_DAY[span.unit] > _LIMIT_DAYS:
        raise SpanError(f'"{text.strip()}" is longer than 300 years: give a shorter span.')
    return span


def _parse_words(text: str) -> Span:
    match = _LOOSE.fullmatch(text)
    if match is None:
        return _fail(text, words=True)
    name = " ".join(match["unit"].lower().split())
    if name in get_args(Unit):
        unit, times = name, 1
    elif name in _WORDS:
        unit, times = _WORDS[name]
    else:
        return _fail(text, words=True)
    return Span((Decimal(match["amount"]) * times).normalize() + 0, unit)  # type: ignore[arg-type]


def _fail(text: str, *, words: bool) -> Span:
    examples = "2m, 8w, 10d or 10wd" + (', or "2 months"' if words else "")
    raise SpanError(f'"{text.strip()[:60]}" is not a span of time: write it like {examples}.')


def _plain(number: Decimal) -> str:
    """Write a decimal without exponent or trailing zeros."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

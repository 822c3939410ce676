"""What MS Project's XML writes in its elements: flags, lengths and lags with their units.

Durations are ISO 8601 (``PT16H30M0S``), lags and delays tenths of a minute; beside each stands the
code of the unit people see. Lengths of elapsed units run on the wall clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from graphmodel.spans import ZERO, Span
from loaders.schedules.cells import Cells
from loaders.schedules.tasks import work_span

if TYPE_CHECKING:
    from graphmodel.spans import Unit
    from loaders.schedules.cells import Fields
    from loaders.schedules.journal import Journal

__all__ = ["Day", "Values"]

_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<D>\d+)D)?(?:T(?:(?P<H>\d+(?:\.\d*)?)H)?(?:(?P<M>\d+(?:\.\d*)?)M)?"
    r"(?:(?P<S>\d+(?:\.\d*)?)S)?)?",
    re.ASCII,
)
_PARTS: Final = {"D": Decimal(1440), "H": Decimal(60), "M": Decimal(1), "S": 1 / Decimal(60)}
#: Added to the code of a unit where the length is an estimate ("5d?").
_ESTIMATE: Final = 32
#: Code for no unit: that of the project's durations, which is days.
_NO_UNIT: Final = 21
_DAYS: Final = 7
_PERCENT: Final = 19
_ELAPSED_PERCENT: Final = 20
#: Elapsed units, by code, as units of the wall clock and their minutes; a month is 30 days.
_ELAPSED: Final[dict[int, tuple[Unit, int]]] = {
    4: ("eh", 60),
    6: ("eh", 60),
    8: ("d", 1440),
    10: ("w", 10080),
    12: ("d", 1440),
}
_HOUR_CODE: Final = 5
#: Working units of a day and more.
_DAY_CODES: Final = frozenset({_DAYS, 9, 11})
#: Decimals a span can have.
_FINEST: Final = Decimal("1e-9")


@dataclass(frozen=True)
class Day:
    """How many working minutes the file counts as a day and as a week."""

    minutes: int = 480
    week: int = 2400


class Values(Cells):
    """Reads elements of MS Project's XML."""

    def __init__(self, journal: Journal) -> None:
        super().__init__(journal)
        self.day = Day()
        self._read: dict[str, Decimal] = {}

    def flag(self, row: Fields, name: str) -> bool:
        """Return whether an element says yes."""
        return row[name] in {"1", "true"}

    def minutes(self, row: Fields, name: str) -> Decimal | None:
        """Return an ISO duration in minutes."""
        text = row[name]
        if not text:
            return None
        if text not in self._read:
            match = _DURATION.fullmatch(text)
            if match is None or text.endswith(("P", "T")):
                self.refuse(row, name, "duration")
                return None
            given = (Decimal(match[key]) * size for key, size in _PARTS.items() if match[key])
            self._read[text] = sum(given, Decimal(0)) * (-1 if match["sign"] else 1)
        return self._read[text]

    def length(self, row: Fields, name: str, unit: str = "DurationFormat") -> Span | None:
        """Return an ISO duration as a span in the unit that stands beside it."""
        minutes = self.minutes(row, name)
        return None if minutes is None else self._span(minutes, self._code(row, unit))

    def tenths(self, row: Fields, name: str, unit: str) -> Span | None:
        """Return tenths of a minute as a span in the unit that stands beside them."""
        number = self.number(row, name)
        if number is None:
            return None
        return self._span(Decimal(str(number)) / 10, self._code(row, unit))

    def lag(self, row: Fields) -> Span:
        """Return the lag of a link; a share of the predecessor is a whole number of per cent."""
        code = self._code(row, "LagFormat")
        if code in {_PERCENT, _ELAPSED_PERCENT}:
            number = self.number(row, "LinkLag") or 0
            return Span(Decimal(str(number)).normalize() + 0, "%") if number else ZERO
        span = self.tenths(row, "LinkLag", "LagFormat")
        return span or ZERO

    def _code(self, row: Fields, name: str) -> int:
        text = row[name]
        code = int(text) if text.isdecimal() and len(text) < len("1000") else 0
        if code > _NO_UNIT:
            code -= _ESTIMATE
        return _DAYS if code == _NO_UNIT else code

    def _span(self, minutes: Decimal, code: int) -> Span:
        """Return minutes in the unit of a code, or in minutes where that comes out odd."""
        if code in _ELAPSED:
            unit, size = _ELAPSED[code]
            return _exact(minutes / size, unit) or work_span(float(minutes), elapsed=True)
        whole = Decimal(round(minutes))
        if code == _HOUR_CODE:
            return _exact(whole / 60, "h") or Span(whole, "min")
        if code in _DAY_CODES:
            return _exact(whole / self.day.minutes, "wd") or Span(whole, "min")
        return Span(whole, "min")


def _exact(amount: Decimal, unit: Unit) -> Span | None:
    """Return a span if it needs few decimals to be exact."""
    short = amount.quantize(_FINEST) if abs(amount) < 10**9 else amount
    return Span(short.normalize() + 0, unit) if short == amount else None

"""Calendar months on instants (DESIGN 5.2): forward, and the latest instant that fits a bound.

Months are added to the *shown* date of the end they leave: a finish instant shows the day it ends,
a start instant the day it begins. Integer arithmetic only, after the civil-calendar algorithms of
Howard Hinnant (``days_from_civil``), so that the same source can be compiled.
"""

from __future__ import annotations

from typing import Final

from graphmodel.moments import DAY
from simulations.kernels.registry import kernel

__all__ = ["latest_before_months", "shift_months"]

_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
#: A month's clamping never moves a day further than this.
_REACH: Final = 4


@kernel
def _length(year: int, month: int) -> int:
    if month == 2 and (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)):  # noqa: PLR2004
        return 29
    return _LENGTHS[month - 1]


@kernel
def _days(year: int, month: int, of_month: int) -> int:
    """Return days since 1970-01-01 of a civil date."""
    if month <= 2:  # noqa: PLR2004 - the algorithm's year begins in March
        year -= 1
    era = year // 400
    of_era = year - era * 400
    of_year = (153 * (month + (-3 if month > 2 else 9)) + 2) // 5 + of_month - 1  # noqa: PLR2004
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


@kernel
def _civil(day: int) -> tuple[int, int, int]:
    """Return year, month and day of month of days since 1970-01-01."""
    day += 719468
    era = day // 146097
    of_era = day - era * 146097
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    of_month = of_year - (153 * shifted + 2) // 5 + 1
    month = shifted + 3 if shifted < 10 else shifted - 9  # noqa: PLR2004
    year = year_of_era + era * 400
    if month <= 2:  # noqa: PLR2004
        year += 1
    return year, month, of_month


@kernel
def _shift_day(day: int, months: int) -> int:
    """Move a day number by months; the last day of a month stays the last day."""
    year, month, of_month = _civil(day)
    is_last = of_month == _length(year, month)
    index = year * 12 + month - 1 + months
    year, month = index // 12, index % 12 + 1
    length = _length(year, month)
    return _days(year, month, length if is_last else min(of_month, length))


@kernel
def shift_months(instant: int, months: int, is_start: int) -> int:
    """Return ``instant`` moved by calendar months, keeping its time of day.

    ``is_start``: 1 for an instant that is shown as the day it begins, 0 for the day it ends.
    """
    day = instant // DAY if is_start else (instant - 1) // DAY
    return _shift_day(day, months) * DAY + instant - day * DAY


@kernel
def latest_before_months(bound: int, months: int, is_start: int) -> int:
    """Return the latest date whose image, moved by ``months``, is not after ``bound``.

    It comes back with the bound's own time of day, so that whole days stay whole days.
    """
    day = bound // DAY if is_start else (bound - 1) // DAY
    of_day = bound - day * DAY
    back = _shift_day(day, -months) + _REACH
    while _shift_day(back, months) > day:
        back -= 1
    return back * DAY + of_day

"""An axis of dates: first days of months at round steps, days where it is short."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from graphmodel.moments import add_months

if TYPE_CHECKING:
    from viz.charts.chart import Spec

__all__ = ["date_axis", "find_ticks"]

#: Steps that labels may be apart.
_MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_DAYS: Final = (1, 2, 7, 14)
#: A span of fewer days has labels with the day.
_SHORT: Final = 75
_MONTH: Final = 30.4
_YEAR: Final = 12


def find_ticks(first: date, last: date, most: int) -> tuple[date, ...]:
    """Return about ``most`` round days at the most from one day to another, both included."""
    span = (last - first).days
    if span < _SHORT:
        step = next((one for one in _DAYS if span // one < most), _DAYS[-1])
        return tuple(first + timedelta(days=one) for one in range(0, span + 1, step))[-most - 1 :]
    months = next((one for one in _MONTHS if span / _MONTH / one <= most), _MONTHS[-1])
    # Every step counts from January, so that quarters begin where people expect them.
    step = min(months, _YEAR)
    day = first.replace(month=1 + (first.month - 1) // step * step, day=1)
    found = []
    while day <= last:
        if day >= first:
            found.append(day)
        try:
            day = add_months(day, months)
        except ValueError:  # beyond the years a date can hold
            break
    return tuple(found)


def date_axis(first: date, last: date, most: int) -> Spec:
    """Return the encoding of a horizontal axis of days."""
    form = "%-d %b" if (last - first).days < _SHORT else "%b %Y"
    return {
        "field": "day",
        "type": "temporal",
        "scale": {"type": "utc", "domain": [first.isoformat(), last.isoformat()], "nice": False},
        "axis": {
            "values": [one.isoformat() for one in find_ticks(first, last, most)],
            "format": form,
            "grid": False,
            "labelFlush": True,
            "labelPadding": 11,  # clear of the lowest label of the other axis
            "labelOverlap": True,
        },
    }

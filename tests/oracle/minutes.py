"""Working time counted minute by minute, straight from the words of DESIGN 5.2."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from graphmodel.calendars import Calendar

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Minutes", "calendar", "calendars", "earliest", "latest"]

_EPOCH = date(1970, 1, 1)
_NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def calendar(**fields: Any) -> Calendar:
    """Make a calendar from what a plan file would hold."""
    return Calendar.model_validate({"id": "c"} | fields)


def _hours_on(calendars: Mapping[str, Calendar], name: str, day: date) -> list[tuple[int, int]]:
    """Return the shifts that start on a day, in minutes from its midnight."""
    shifts: list[tuple[str, ...]] | None = None
    above: str | None = name
    while above is not None and shifts is None:
        covering = [
            one
            for one in calendars[above].exceptions
            if date(*one.from_.timetuple()[:3]) <= day <= date(*one.to.timetuple()[:3])
        ]
        if covering:
            shifts = [shift for one in covering for shift in one.hours]
        above = calendars[above].parent
    above = name
    while above is not None and shifts is None:
        stated: Any = calendars[above].week.get(_NAMES[day.weekday()])  # type: ignore[call-overload]
        shifts = None if stated is None else list(stated)
        above = calendars[above].parent
    return [_minutes(*shift) for shift in shifts or ()]


def _minutes(begin: str, finish: str) -> tuple[int, int]:
    first, last = (
        int(clock.split(":")[0]) * 60 + int(clock.split(":")[1]) for clock in (begin, finish)
    )
    while last <= first:
        last += 1440
    return first, last


@dataclass(frozen=True)
class Minutes:
    """The minutes from ``low`` to before ``high``, each worked or not."""

    low: int
    worked: bytes

    @classmethod
    def of(cls, calendars: Mapping[str, Calendar], name: str, low: int, high: int) -> Minutes:
        """Look at every day, and at the one before, whose last shift may run past midnight."""
        worked = bytearray(high - low)
        for day in range(low // 1440 - 1, high // 1440 + 1):
            for begin, finish in _hours_on(calendars, name, _EPOCH + timedelta(day)):
                first = min(max(day * 1440 + begin - low, 0), len(worked))
                last = min(max(day * 1440 + finish - low, 0), len(worked))
                worked[first:last] = b"\1" * (last - first)
        return cls(low, bytes(worked))

    def works(self, instant: int) -> bool:
        """Return whether the minute that begins at an instant is worked."""
        return bool(self.worked[instant - self.low])

    @cached_property
    def counts(self) -> list[int]:
        """Return the working minutes from ``low`` to each instant up to the last."""
        return [0, *accumulate(self.worked)]

    def edges(self) -> list[int]:
        """Return the instants at which work begins or stops."""
        pairs = zip(self.worked, self.worked[1:], strict=False)
        return [self.low + at for at, (one, next_) in enumerate(pairs, 1) if one != next_]


def earliest(counts: list[int], work: int) -> int:
    """Return the earliest index with at least ``work`` before it."""
    return bisect_left(counts, work)


def latest(counts: list[int], work: int) -> int:
    """Return the latest index with at most ``work`` before it."""
    return bisect_right(counts, work) - 1


# -- Random calendars ---------------------------------------------------------------------------

_clocks = st.builds(
    "{:02}:{:02}".format, st.integers(0, 23), st.sampled_from([0, 0, 0, 15, 30, 59])
) | st.just("24:00")
_shifts = st.lists(st.tuples(_clocks, _clocks).map(list), max_size=3)
_MONDAY = date(2026, 3, 30)


@st.composite
def _exceptions(draw: st.DrawFn, monday: date) -> dict[str, Any]:
    first = monday + timedelta(draw(st.integers(0, 17)))
    last = first + timedelta(draw(st.integers(0, 4)))
    return {"from": first, "to": last, "hours": draw(st.just([]) | _shifts)}


@st.composite
def calendars(draw: st.DrawFn) -> dict[str, Calendar]:
    """Draw the calendar ``c``, perhaps with a parent ``p``; its ordinary week holds some work."""
    monday = _MONDAY + timedelta(7 * draw(st.sampled_from([0, 5, 1500, -6500, 9000])))
    drawn: dict[str, Calendar] = {}
    parent = None
    for name in draw(st.sampled_from([["c"], ["p", "c"]])):
        week: dict[str, Any] = draw(st.dictionaries(st.sampled_from(_NAMES), _shifts, max_size=7))
        if name == "c" and not any(week.values()):
            week[draw(st.sampled_from(_NAMES))] = [["22:00", "06:00"]]
        drawn[name] = calendar(
            id=name,
            parent=parent,
            week=week,
            exceptions=draw(st.lists(_exceptions(monday), max_size=4)),
        )
        parent = name
    return drawn

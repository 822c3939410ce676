"""Working time of a calendar as a table of intervals (DESIGN 5.2, 5.3.3).

How the hours of a day are found:

1. The nearest calendar going up from the one asked for (itself, its parent, …) with an exception
   on that day decides; failing that, the nearest that states that weekday (no hours there: a day
   off). No calendar states it: a day off. So a parent's holiday holds although the child states
   its own hours for that weekday, and a child's exception beats its parent's, working or not.
2. Within one calendar an exception with hours beats a holiday on the same day, in whatever order
   they stand; several with hours add up.
3. An exception covers every day from ``from`` to ``to``; a ``to`` at midnight ends the day before.
4. A shift that does not end after it starts runs past midnight (``00:00`` to ``00:00`` is a whole
   day) and belongs to the day it starts: a holiday takes away only the shift that starts on it.
5. Overlapping and adjoining shifts are one stretch of work.

The built-in ``england`` counts whole days: a working day is 24 hours of its table, so that dates
never show hours, and ``hours_per_day`` (8) working hours are such a day. A calendar that takes its
days from it (``"parent": "england"``) does so too as long as it states no hours itself; once it
does, the days it still takes from England are worked from 09:00 to 17:00.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Final, get_args

from graphmodel.calendars import Weekday
from graphmodel.england import ENGLAND, england_calendar, england_years
from graphmodel.errors import PlanError
from graphmodel.moments import DAY, finish_instant, start_instant, write_moment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphmodel.calendars import Calendar, CalendarException, Shift

__all__ = ["WEEK", "WorkTable", "work_table"]

#: Minutes in a week.
WEEK: Final = 7 * DAY

_WEEKDAYS: Final[tuple[Weekday, ...]] = get_args(Weekday)
#: 1970-01-01, day number 0, was a Thursday.
_FIRST_WEEKDAY: Final = 3

#: The shifts of a day: minutes from its midnight, sorted by where they begin; may overlap.
_Hours = tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class WorkTable:
    """The working time of one calendar, in minutes.

    The table holds every day that differs from the week, with an ordinary week before the first
    and after the last of them. Outside it the ordinary week repeats for ever: move an instant by
    whole weeks (`WEEK` of wall time, `week` of work) until it lies inside.

    Attributes
    ----------
    begin, finish
        Stretches of work as instants, ascending, none touching the next; half-open.
    before
        Working minutes from `low` to each `begin`.
    low, high
        Where the table begins and ends, each a Monday 00:00. The weeks ``[low, low + WEEK)`` and
        ``[high - WEEK, high)`` are ordinary weeks; they may be the same one.
    total, week
        Working minutes of the table, and of an ordinary week.
    day_minutes
        Working minutes that ``1wd`` stands for.
    hour_minutes
        Working minutes that ``1h`` stands for: 60, but 180 where whole days of 8 hours count.
    has_hours
        Whether dates on this calendar have a time of day.
    last_holiday_year
        Last year whose bank holidays are known, for the built-in calendar and those that take
        their days from it; None where the plan states every holiday itself.
    """

    begin: list[int]
    finish: list[int]
    before: list[int]
    low: int
    high: int
    total: int
    week: int
    day_minutes: int
    hour_minutes: int
    has_hours: bool
    last_holiday_year: int | None


def work_table(calendars: Mapping[str, Calendar], wanted: str) -> WorkTable:
    """Return the working time of the calendar ``wanted``; takes time linear in days.

    Raises
    ------
    PlanError
        The calendar or a parent of it is not among ``calendars``, parents run in a circle, an
        exception ends before it starts, or an ordinary week holds no work.
    """
    chain = _chain(calendars, wanted)
    is_england = chain[-1] is england_calendar()
    has_hours = not is_england or any(_states_hours(one) for one in chain[:-1])
    week, exceptions = _week(chain), _exceptions(chain)
    if not has_hours:
        whole: _Hours = ((0, DAY),)
        week = tuple(whole if hours else () for hours in week)
        exceptions = {day: whole if hours else () for day, hours in exceptions.items()}
    if not any(week):
        raise PlanError(
            f'Calendar "{wanted}" has no working time in an ordinary week: give a weekday hours, '
            'such as "mon": [["09:00", "17:00"]].'
        )
    begin, finish, low, high = _lay_out(week, exceptions)
    before = [0, *accumulate(end - start for start, end in zip(begin, finish, strict=True))]
    total = before.pop()
    hours_per_day = chain[0].hours_per_day
    return WorkTable(
        begin=begin,
        finish=finish,
        before=before,
        low=low,
        high=high,
        total=total,
        week=sum(
            max(0, min(end, low + WEEK) - start) for start, end in zip(begin, finish, strict=True)
        ),
        day_minutes=max(1, round(hours_per_day * 60)) if has_hours else DAY,
        # Cut to a whole minute, so that a day's hours never reach into the day after.
        hour_minutes=60 if has_hours else int(DAY / hours_per_day),
        has_hours=has_hours,
        last_holiday_year=england_years()[1] if is_england else None,
    )


def _chain(calendars: Mapping[str, Calendar], wanted: str) -> list[Calendar]:
    """Return the calendar and its parents, nearest first."""
    chain: dict[str, Calendar] = {}
    name: str | None = wanted
    while name is not None:
        if name in chain:
            circle = list(chain)[list(chain).index(name) :]
            raise PlanError(
                f"These calendars are each other's parents: {', '.join(circle)}; "
                "take the parent away from one of them."
            )
        calendar = calendars.get(name)
        if calendar is None and name == ENGLAND:
            calendar = england_calendar()
        if calendar is None:
            asker = f'Calendar "{list(chain)[-1]}"' if chain else "The plan"
            raise PlanError(
                f'{asker} names the calendar "{name}", which the plan does not hold: '
                f'add it, or use the built-in "{ENGLAND}".'
            )
        chain[name] = calendar
        name = calendar.parent
    return list(chain.values())


def _states_hours(calendar: Calendar) -> bool:
    return any(calendar.week.values()) or any(one.hours for one in calendar.exceptions)


def _week(chain: Sequence[Calendar]) -> tuple[_Hours, ...]:
    """Return the hours of each weekday, Monday first (rule 1)."""
    stated: dict[Weekday, _Hours] = {}
    for calendar in reversed(chain):
        stated.update({day: _hours(shifts) for day, shifts in calendar.week.items()})
    return tuple(stated.get(day, ()) for day in _WEEKDAYS)


def _exceptions(chain: Sequence[Calendar]) -> dict[int, _Hours]:
    """Return the hours of each day that differs from the week, by day number (rule 1)."""
    days: dict[int, _Hours] = {}
    for calendar in reversed(chain):
        days.update(_own_exceptions(calendar))
    return days


def _own_exceptions(calendar: Calendar) -> dict[int, _Hours]:
    """Return what a calendar states itself: hours add up, a holiday adds none (rule 2)."""
    ranges: dict[_Hours, list[tuple[int, int]]] = {}
    for exception in calendar.exceptions:
        ranges.setdefault(_hours(exception.hours), []).append(_range(exception, calendar.id))
    days: dict[int, _Hours] = {}
    for hours, spans in ranges.items():
        for day in _days(spans):
            there = days.get(day)
            days[day] = tuple(sorted(there + hours)) if there else hours
    return days


def _range(exception: CalendarException, calendar: str) -> tuple[int, int]:
    """Return the first and last day number of an exception (rule 3)."""
    first = start_instant(exception.from_) // DAY
    if start_instant(exception.to) // DAY < first:
        raise PlanError(
            f'Calendar "{calendar}" has an exception from {write_moment(exception.from_)} to '
            f"{write_moment(exception.to)}, which ends before it starts: exchange the two dates."
        )
    return first, max(first, (finish_instant(exception.to) - 1) // DAY)


def _days(spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    """Yield each day of the spans once, however much they overlap."""
    following: int | None = None
    for first, last in sorted(spans):
        yield from range(first if following is None else max(first, following), last + 1)
        following = last + 1 if following is None else max(following, last + 1)


def _hours(shifts: Iterable[Shift]) -> _Hours:
    """Return shifts as minutes from midnight; the end may lie on the day after (rule 4)."""
    read = ((_minute(begin), _minute(finish)) for begin, finish in shifts)
    # At most to the midnight after the next day, where a shift begins at 24:00.
    return tuple(
        sorted((begin, end + DAY * max(0, (begin - end) // DAY + 1)) for begin, end in read)
    )


def _minute(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def _lay_out(
    week: Sequence[_Hours], exceptions: Mapping[int, _Hours]
) -> tuple[list[int], list[int], int, int]:
    """Return where work begins and finishes, and the instants the table runs from and to.

    A shift that starts on the last exception may run into the day after: the ordinary week at
    the end is the first whole one after that day.
    """
    low_day = last_monday = _monday(0)
    if exceptions:
        low_day, last_monday = _monday(min(exceptions)) - 7, _monday(max(exceptions) + 1) + 7
    low, high = low_day * DAY, last_monday * DAY + WEEK
    # The Sunday before may have a shift that runs past midnight into the table.
    begin, finish = _stretches(week, exceptions, range(low_day - 1, last_monday + 7))
    inside = [row for row in range(len(begin)) if finish[row] > low and begin[row] < high]
    return (
        [max(begin[row], low) for row in inside],
        [min(finish[row], high) for row in inside],
        low,
        high,
    )


def _monday(day: int) -> int:
    """Return the Monday on or before a day number."""
    return day - (day + _FIRST_WEEKDAY) % 7


def _stretches(
    week: Sequence[_Hours], exceptions: Mapping[int, _Hours], days: range
) -> tuple[list[int], list[int]]:
    """Return where work begins and finishes over some days, joined where it touches (rule 5)."""
    begin: list[int] = []
    finish: list[int] = []
    reached = days.start * DAY - 1
    for day in days:
        hours = exceptions.get(day)
        if hours is None:
            hours = week[(day + _FIRST_WEEKDAY) % 7]
        midnight = day * DAY
        for start, end in hours:
            if midnight + start > reached:
                begin.append(midnight + start)
                finish.append(midnight + end)
                reached = midnight + end
            elif midnight + end > reached:
                finish[-1] = reached = midnight + end
    return begin, finish

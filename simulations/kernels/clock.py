"""Working time as kernels: how much work lies before an instant, and when work is done.

For a calendar, W(t) is its working minutes before the instant t. Two functions go back (DESIGN
5.3.3), a Galois connection each with W:

* `at_least`: the earliest t with W(t) >= w. The side of a finish: the end of a shift.
* `at_most`: the latest t with W(t) <= w. The side of a start: the beginning of a shift.

Since instants are whole minutes, ``at_least(w) = at_most(w - 1) + 1``. Where the calendar is ``-1``
every minute counts, and all of these are the identity.

Rows are found in constant time: each table is cut into about as many equal slices, by time and by
work, as it has rows. A mark for each slice says which row its first instant (or minute of work)
lies in, and a binary search settles the few rows, mostly none, between one mark and the next. The
width of a slice is a power of two, so that a shift of bits finds it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simulations.kernels.registry import kernel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from graphmodel.worktime import WorkTable

__all__ = [
    "Clock",
    "add_table",
    "at_least",
    "at_most",
    "back_to_finish",
    "make_clock",
    "take_work",
    "to_finish",
    "to_start",
    "work_between",
    "work_of",
]

#: Minutes in a week.
_WEEK: Final = 10080


class Clock(NamedTuple):
    """The working time of several calendars, each a table of rows, one after the other.

    A row is a stretch of work. Each table begins with a row of no length, so that every instant of
    it has a row at or before it. Outside its table a calendar's working time repeats every week.

    Attributes
    ----------
    begin, finish, before
        Rows: instants, and the working minutes of the table before the row.
    low, high
        Instants that a table runs from and to, by table.
    total, week
        Working minutes of a table, and of an ordinary week.
    times, works
        Marks: the last row that begins at or before the first instant of a slice; the last with
        no more work before it than the first minute of work of a slice.
    times_first, works_first
        Where the marks of a table begin.
    times_shift, works_shift
        The width of a slice is two to the power of this.
    """

    begin: Sequence[int]
    finish: Sequence[int]
    before: Sequence[int]
    low: Sequence[int]
    high: Sequence[int]
    total: Sequence[int]
    week: Sequence[int]
    times: Sequence[int]
    times_first: Sequence[int]
    times_shift: Sequence[int]
    works: Sequence[int]
    works_first: Sequence[int]
    works_shift: Sequence[int]


def make_clock(tables: Iterable[WorkTable]) -> Clock:
    """Return tables one after the other, as lists; table k is the calendar k of the kernels."""
    clock = Clock(*([] for _ in Clock._fields))
    for table in tables:
        clock = add_table(clock, table)
    return clock


def add_table(clock: Clock, table: WorkTable) -> Clock:
    """Return a clock with one more table at its end; the numbers of the others stay."""
    begin = [*clock.begin, table.low, *table.begin]
    before = [*clock.before, 0, *table.before]
    rows = range(len(clock.begin), len(begin))
    times_shift = _slice_shift(table.high - table.low, len(rows))
    works_shift = _slice_shift(table.total, len(rows))
    return Clock(
        begin=begin,
        finish=[*clock.finish, table.low, *table.finish],
        before=before,
        low=[*clock.low, table.low],
        high=[*clock.high, table.high],
        total=[*clock.total, table.total],
        week=[*clock.week, table.week],
        times=[*clock.times, *_marks(begin, rows, table.low, table.high, times_shift)],
        times_first=[*clock.times_first, len(clock.times)],
        times_shift=[*clock.times_shift, times_shift],
        works=[*clock.works, *_marks(before, rows, 0, table.total, works_shift)],
        works_first=[*clock.works_first, len(clock.works)],
        works_shift=[*clock.works_shift, works_shift],
    )


def _slice_shift(length: int, rows: int) -> int:
    """Return the largest power of two not above the mean length of a row, as an exponent."""
    return max(1, length // rows).bit_length() - 1


def _marks(keys: Sequence[int], rows: range, low: int, high: int, shift: int) -> Iterator[int]:
    """Yield the last row whose key is not above the first value of each slice from low to high."""
    row = rows.start
    for value in range(low, high + (1 << shift), 1 << shift):
        while row + 1 < rows.stop and keys[row + 1] <= value:
            row += 1
        yield row


@kernel
def _last_row(keys: Sequence[int], row: int, last: int, value: int) -> int:
    """Return the last row from ``row`` to ``last`` whose key is not above ``value``."""
    while row < last:
        middle = (row + last + 1) >> 1
        if keys[middle] <= value:
            row = middle
        else:
            last = middle - 1
    return row


@kernel
def _row_at(clock: Clock, table: int, instant: int) -> int:
    """Return the last row that begins at or before an instant of the table."""
    mark = clock.times_first[table] + ((instant - clock.low[table]) >> clock.times_shift[table])
    return _last_row(clock.begin, clock.times[mark], clock.times[mark + 1], instant)


@kernel
def _row_of(clock: Clock, table: int, work: int) -> int:
    """Return the last row with no more than ``work`` before it; work from 0 to below the total."""
    mark = clock.works_first[table] + (work >> clock.works_shift[table])
    return _last_row(clock.before, clock.works[mark], clock.works[mark + 1], work)


@kernel
def _weeks_out(low: int, high: int, length: int, value: int) -> int:
    """Return how many lengths to take from a value for it to lie from low to below high."""
    if value < low:
        return (value - low) // length
    if value >= high:
        return (value - high) // length + 1
    return 0


@kernel
def work_of(clock: Clock, calendar: int, instant: int) -> int:
    """Return W(instant): the working minutes before it, counted from the table's first instant."""
    if calendar < 0:
        return instant
    weeks = _weeks_out(clock.low[calendar], clock.high[calendar], _WEEK, instant)
    instant -= weeks * _WEEK
    row = _row_at(clock, calendar, instant)
    inside = min(instant, clock.finish[row]) - clock.begin[row]
    return clock.before[row] + inside + weeks * clock.week[calendar]


@kernel
def at_most(clock: Clock, calendar: int, work: int) -> int:
    """Return the latest instant with ``work`` before it: where its next minute begins."""
    if calendar < 0:
        return work
    weeks = _weeks_out(0, clock.total[calendar], clock.week[calendar], work)
    work -= weeks * clock.week[calendar]
    row = _row_of(clock, calendar, work)
    return clock.begin[row] + work - clock.before[row] + weeks * _WEEK


@kernel
def at_least(clock: Clock, calendar: int, work: int) -> int:
    """Return the earliest instant with ``work`` before it: where its last minute ends."""
    if calendar < 0:
        return work
    return at_most(clock, calendar, work - 1) + 1


@kernel
def add_work(clock: Clock, calendar: int, instant: int, minutes: int) -> int:
    """Return the earliest instant by which ``minutes`` of work have passed since ``instant``."""
    if calendar < 0:
        return instant + minutes
    return at_least(clock, calendar, work_of(clock, calendar, instant) + minutes)


@kernel
def take_work(clock: Clock, calendar: int, instant: int, minutes: int) -> int:
    """Return the latest instant from which ``minutes`` of work pass before ``instant``."""
    if calendar < 0:
        return instant - minutes
    return at_most(clock, calendar, work_of(clock, calendar, instant) - minutes)


@kernel
def work_between(clock: Clock, calendar: int, begin: int, end: int) -> int:
    """Return the working minutes from one instant to another, negative where ``end`` is before."""
    if calendar < 0:
        return end - begin
    return work_of(clock, calendar, end) - work_of(clock, calendar, begin)


@kernel
def to_start(clock: Clock, calendar: int, instant: int) -> int:
    """Return the instant if it is working time, else the next that is."""
    return at_most(clock, calendar, work_of(clock, calendar, instant))


@kernel
def to_finish(clock: Clock, calendar: int, instant: int) -> int:
    """Return the instant if it is working time or the end of a shift, else the next working one."""
    work = work_of(clock, calendar, instant)
    if at_least(clock, calendar, work) == instant:
        return instant
    return at_most(clock, calendar, work)


@kernel
def back_to_finish(clock: Clock, calendar: int, instant: int) -> int:
    """Return the instant if work goes on just before it, else the end of the shift before."""
    return at_least(clock, calendar, work_of(clock, calendar, instant))

"""Working time in the kernels: against a count minute by minute, and laws that hold anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.moments import parse_moment, start_instant
from graphmodel.worktime import WEEK, work_table
from simulations.jit import compiled
from simulations.kernels.clock import (
    Clock,
    at_least,
    at_most,
    back_to_finish,
    make_clock,
    to_finish,
    to_start,
    work_of,
)
from tests.oracle.minutes import Minutes, calendar, calendars, earliest, latest

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.calendars import Calendar

OFFICE_WEEK = {
    day: [["08:00", "12:00"], ["13:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")
}
#: Weeks on either side of a table that are counted too.
ROUND = 2 * WEEK

#: Instants from long before 1900 to long after 2200.
far = st.integers(-(10**8), 3 * 10**8)


def clock_of(*drawn: dict[str, Calendar]) -> Clock:
    return make_clock([work_table(one, "c") for one in drawn])


def at(text: str) -> int:
    return start_instant(parse_moment(text))


# -- Against a count minute by minute -----------------------------------------------------------


@given(drawn=calendars(), other=calendars(), data=st.data())
def test_the_kernels_agree_with_a_count(
    drawn: dict[str, Calendar], other: dict[str, Calendar], data: st.DataObject
) -> None:
    clock = clock_of(other, drawn, other)
    low, high = clock.low[1], clock.high[1]
    counted = Minutes.of(drawn, "c", low - ROUND, high + ROUND)
    edges = [edge for edge in counted.edges() if low - WEEK <= edge <= high + WEEK]
    instants = data.draw(st.lists(st.integers(low - WEEK, high + WEEK), max_size=20))
    for instant in (*edges, low, high, *instants):
        for near in (instant - 1, instant, instant + 1):
            agree(clock, counted, near)


def agree(clock: Clock, counted: Minutes, instant: int) -> None:
    """Compare all kernels on calendar 1 at one instant with what the counted minutes say."""
    counts, low = counted.counts, counted.low
    start = counts[clock.low[1] - low]
    work = work_of(clock, 1, instant)
    assert work == counts[instant - low] - start
    for wanted in (work, work + 1):
        assert at_least(clock, 1, wanted) == low + earliest(counts, wanted + start)
        assert at_most(clock, 1, wanted) == low + latest(counts, wanted + start)
    following = low + counted.worked.index(1, instant - low)
    assert to_start(clock, 1, instant) == following
    ends = counted.works(instant - 1)
    assert to_finish(clock, 1, instant) == (instant if ends else following)
    assert back_to_finish(clock, 1, instant) == low + counted.worked.rindex(1, 0, instant - low) + 1


def test_a_day_of_many_short_shifts_beside_long_ones() -> None:
    shifts = [
        [f"{hour:02}:{minute:02}", f"{hour:02}:{minute + 1:02}"]
        for hour in range(24)
        for minute in range(0, 58, 2)
    ]
    week = {"mon": [["00:00", "24:00"]], "tue": [["00:00", "24:00"]], "thu": [["09:00", "17:00"]]}
    crowded = calendar(
        week=week, exceptions=[{"from": "2026-06-03", "to": "2026-06-03", "hours": shifts}]
    )
    clock = clock_of({"c": crowded}, {"c": crowded})
    counted = Minutes.of({"c": crowded}, "c", clock.low[1] - ROUND, clock.high[1] + ROUND)
    for instant in range(at("2026-06-02T23:00"), at("2026-06-04T18:00"), 7):
        agree(clock, counted, instant)


# -- Laws -----------------------------------------------------------------------------------------


@given(drawn=calendars(), instant=far, work=st.integers(-(10**7), 10**8))
def test_at_least_and_at_most_are_adjoint_to_work(
    drawn: dict[str, Calendar], instant: int, work: int
) -> None:
    clock = clock_of(drawn)
    done = work_of(clock, 0, instant)
    assert (at_least(clock, 0, work) <= instant) == (work <= done)
    assert (instant <= at_most(clock, 0, work)) == (done <= work)
    assert work_of(clock, 0, at_least(clock, 0, work)) == work
    assert work_of(clock, 0, at_most(clock, 0, work)) == work


@given(drawn=calendars(), instant=far)
def test_moving_to_working_time_passes_no_work(drawn: dict[str, Calendar], instant: int) -> None:
    clock = clock_of(drawn)

    def work(at: int) -> int:
        return work_of(clock, 0, at)

    start, finish = to_start(clock, 0, instant), back_to_finish(clock, 0, instant)
    assert finish <= instant <= start
    assert work(finish) == work(instant) == work(start)
    assert work(start + 1) == work(start) + 1  # the minute that begins there is worked
    assert work(finish - 1) == work(finish) - 1  # and the one that ends there
    ends = work(instant - 1) < work(instant)
    assert to_finish(clock, 0, instant) == (instant if ends else start)


@given(drawn=calendars(), instant=far, longer=st.integers(0, 10**7))
def test_work_never_runs_backwards_nor_faster_than_the_wall(
    drawn: dict[str, Calendar], instant: int, longer: int
) -> None:
    clock = clock_of(drawn)
    work = work_of(clock, 0, instant + longer) - work_of(clock, 0, instant)
    assert 0 <= work <= longer


@given(drawn=calendars(), weeks=st.integers(-20_000, 20_000), minute=st.integers(0, WEEK - 1))
def test_outside_the_table_every_week_is_alike(
    drawn: dict[str, Calendar], weeks: int, minute: int
) -> None:
    clock = clock_of(drawn)
    edge = clock.low[0] if weeks < 0 else clock.high[0] - WEEK
    moved = work_of(clock, 0, edge + minute + weeks * WEEK)
    assert moved == work_of(clock, 0, edge + minute) + weeks * clock.week[0]


@given(value=far, minutes=far)
def test_without_a_calendar_every_minute_counts(value: int, minutes: int) -> None:
    clock = make_clock([])
    kernels = (work_of, at_least, at_most, to_start, to_finish, back_to_finish)
    assert [kernel(clock, -1, value) for kernel in kernels] == [value] * len(kernels)
    assert at_least(clock, -1, work_of(clock, -1, value) + minutes) == value + minutes


@pytest.mark.parametrize(
    "kernel", [work_of, at_least, at_most, to_start, to_finish, back_to_finish]
)
def test_compiled_kernels_say_the_same(kernel: Callable[[Clock, int, int], int]) -> None:
    columns: list[Any] = [np.asarray(column, np.int64) for column in BUILT_IN]
    arrays = Clock(*columns)
    fast = compiled(kernel)
    for table in (-1, 0, 1):
        for value in (*range(at("2026-04-01"), at("2026-04-09"), 97), -(10**8), 3 * 10**8):
            assert fast(arrays, table, value) == kernel(BUILT_IN, table, value)


# -- Real days ------------------------------------------------------------------------------------

BUILT_IN = make_clock(
    [work_table({}, "england"), work_table({"c": calendar(week=OFFICE_WEEK)}, "c")]
)


@pytest.mark.parametrize(
    ("start", "days", "finish"),
    [
        ("2026-04-02", 1, "2026-04-03"),  # Maundy Thursday ends where Good Friday begins
        ("2026-04-03", 1, "2026-04-08"),  # from Good Friday: Tuesday after Easter
        ("2026-12-24", 2, "2026-12-30"),  # Christmas Friday, Boxing Day given on Monday
        ("2022-06-01", 2, "2022-06-07"),  # the holidays of June 2022
        ("2026-01-01", 253, "2027-01-01"),
        ("1905-01-02", 5, "1905-01-07"),  # before the data: weekdays only
        ("2199-12-30", 10, "2200-01-11"),  # after them: a Monday, to the end of a Friday
    ],
)
def test_working_days_in_england(start: str, days: int, finish: str) -> None:
    work = work_of(BUILT_IN, 0, at(start)) + days * 1440
    assert at_least(BUILT_IN, 0, work) == at(finish)


@pytest.mark.parametrize(
    ("instant", "start", "finish", "back"),
    [
        ("2026-06-05T17:00", "2026-06-08T08:00", "2026-06-05T17:00", "2026-06-05T17:00"),
        ("2026-06-05T18:00", "2026-06-08T08:00", "2026-06-08T08:00", "2026-06-05T17:00"),
        ("2026-06-08T00:00", "2026-06-08T08:00", "2026-06-08T08:00", "2026-06-05T17:00"),
        ("2026-06-08T08:00", "2026-06-08T08:00", "2026-06-08T08:00", "2026-06-05T17:00"),
        ("2026-06-08T08:01", "2026-06-08T08:01", "2026-06-08T08:01", "2026-06-08T08:01"),
        ("2026-06-08T12:00", "2026-06-08T13:00", "2026-06-08T12:00", "2026-06-08T12:00"),
        ("2026-06-08T12:30", "2026-06-08T13:00", "2026-06-08T13:00", "2026-06-08T12:00"),
    ],
)
def test_moving_to_working_time(instant: str, start: str, finish: str, back: str) -> None:
    moment = at(instant)
    assert to_start(BUILT_IN, 1, moment) == at(start)
    assert to_finish(BUILT_IN, 1, moment) == at(finish)
    assert back_to_finish(BUILT_IN, 1, moment) == at(back)


def test_a_week_of_40_hours_from_a_tuesday() -> None:
    start = at("2026-06-09T10:00")
    work = work_of(BUILT_IN, 1, start) + 40 * 60
    assert at_least(BUILT_IN, 1, work) == at("2026-06-16T10:00")
    assert at_most(BUILT_IN, 1, work - 40 * 60) == start

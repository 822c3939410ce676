"""Dates and instants: what is read, what is shown, and months that keep the last day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import DateError
from graphmodel.moments import (
    DAY,
    add_months,
    check_year,
    finish_instant,
    parse_moment,
    show_finish,
    show_start,
    start_instant,
    write_moment,
)

FIRST, LAST = date(1900, 1, 1), date(2200, 12, 31)
days = st.dates(FIRST, LAST)
times = st.datetimes(datetime(1900, 1, 1), datetime(2200, 12, 30, 23, 59)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


# -- Reading and writing ----------------------------------------------------------------------


@given(moment=days | times)
def test_written_moments_read_back(moment: date) -> None:
    again = parse_moment(write_moment(moment))
    assert again == moment
    assert type(again) is type(moment)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-09-30", date(2026, 9, 30)),
        (" 2026-09-30 ", date(2026, 9, 30)),
        ("2026-09-30T17:00", datetime(2026, 9, 30, 17)),
        ("2026-09-30 17:00", datetime(2026, 9, 30, 17)),
        ("2026-09-30T17:00:00", datetime(2026, 9, 30, 17)),
        ("2026-09-30T17:00:00.000", datetime(2026, 9, 30, 17)),
        ("2028-02-29", date(2028, 2, 29)),
    ],
)
def test_dates_that_can_be_read(text: str, moment: date) -> None:
    assert parse_moment(text) == moment


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "is not a date: write it like 2026-09-30"),
        ("30/09/2026", '"30/09/2026" is not a date'),
        ("2026-9-30", "is not a date"),
        ("2026-09", "is not a date"),
        ("\uff12026-09-30", "is not a date"),
        ("20260930", "is not a date"),
        ("2026-09-30T17:00Z", "is not a date"),
        ("2026-09-30T17:00:30", "is not a date"),
        ("2026-02-29", '"2026-02-29" is not a day of the calendar: check day and month.'),
        ("2026-13-01", "is not a day of the calendar"),
        ("2026-09-30T24:00", "is not a day of the calendar"),
        ("0000-01-01", "is not a day of the calendar"),
        ("1899-12-31", "1899-12-31 lies outside the years 1900 to 2200: check the year."),
        ("2201-01-01", "lies outside the years 1900 to 2200"),
    ],
)
def test_dates_that_cannot_be_read(text: str, sentence: str) -> None:
    with pytest.raises(DateError) as caught:
        parse_moment(text)
    assert sentence in str(caught.value)


def test_the_years_knockon_works_with() -> None:
    assert check_year(FIRST) == FIRST
    assert check_year(LAST) == LAST
    for outside in (FIRST - timedelta(days=1), LAST + timedelta(days=1)):
        with pytest.raises(DateError):
            check_year(outside)


# -- Instants ---------------------------------------------------------------------------------


@given(day=days)
def test_a_finish_and_the_start_of_the_next_day_are_one_instant(day: date) -> None:
    assert finish_instant(day) == start_instant(day) + DAY
    if day < LAST:
        assert finish_instant(day) == start_instant(day + timedelta(days=1))


@given(moment=times)
def test_a_time_of_day_is_one_instant_for_start_and_finish(moment: datetime) -> None:
    expected = (moment - datetime(1970, 1, 1)) // timedelta(minutes=1)
    assert start_instant(moment) == finish_instant(moment) == expected


@given(day=days)
def test_shown_dates_are_the_days_put_in(day: date) -> None:
    assert show_start(start_instant(day)) == day
    assert show_finish(finish_instant(day)) == day


@given(moment=times)
def test_shown_times_are_the_times_put_in(moment: datetime) -> None:
    instant = start_instant(moment)
    assert show_start(instant, hours=True) == moment
    assert show_start(instant) == moment.date()
    at_midnight = (moment - timedelta(days=1)).date()
    shown = show_finish(instant, hours=True)
    assert shown == (moment if instant % DAY else at_midnight)


def test_midnight_is_shown_as_the_day_that_ends() -> None:
    instant = start_instant(date(2026, 10, 1))
    assert show_finish(instant) == date(2026, 9, 30)
    assert show_finish(instant + 1) == date(2026, 10, 1)
    assert show_finish(instant, hours=True) == date(2026, 9, 30)
    assert show_start(instant) == date(2026, 10, 1)


def test_the_count_starts_in_1970() -> None:
    assert start_instant(date(1970, 1, 1)) == 0
    assert start_instant(datetime(1970, 1, 2, 0, 1)) == 1441
    assert start_instant(date(1969, 12, 31)) == -1440


# -- Months -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [  # the first three are those of DESIGN 5.2
        (date(2026, 2, 28), 1, date(2026, 3, 31)),
        (date(2026, 9, 30), 2, date(2026, 11, 30)),
        (date(2026, 1, 30), 1, date(2026, 2, 28)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 28), 1, date(2028, 3, 28)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 2, 28), 24, date(2028, 2, 29)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 4, 30), -1, date(2026, 3, 31)),
        (date(2026, 3, 30), -1, date(2026, 2, 28)),
        (date(2026, 6, 10), 0, date(2026, 6, 10)),
    ],
)
def test_months_by_hand(day: date, months: int, moved: date) -> None:
    assert add_months(day, months) == moved


def is_last(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


middle_days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
some_months = st.integers(-500, 500)


@given(day=middle_days, months=some_months)
def test_months_agree_with_dateutil_but_for_the_last_day(day: date, months: int) -> None:
    theirs = day + relativedelta(months=months)
    if is_last(day):
        theirs += relativedelta(day=31)
    assert add_months(day, months) == theirs


@given(day=middle_days, months=some_months)
def test_the_last_day_stays_the_last_day(day: date, months: int) -> None:
    last = day + relativedelta(day=31)
    assert is_last(add_months(last, months))
    assert add_months(add_months(last, months), -months) == last


@given(day=middle_days, months=some_months, later=st.integers(1, 60))
def test_a_later_day_never_moves_to_an_earlier_one(day: date, months: int, later: int) -> None:
    assert add_months(day + timedelta(days=later), months) >= add_months(day, months)

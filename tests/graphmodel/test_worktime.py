"""Working time of calendars: against a count minute by minute, and the words of DESIGN 5.2."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from dateutil.easter import easter
from hypothesis import given

from graphmodel.england import bank_holidays, england_calendar, england_years
from graphmodel.errors import PlanError
from graphmodel.moments import start_instant
from graphmodel.worktime import WEEK, WorkTable, work_table
from tests.oracle.minutes import Minutes, calendar, calendars

if TYPE_CHECKING:
    from graphmodel.calendars import Calendar

OFFICE = [["09:00", "12:30"], ["13:30", "17:00"]]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
OFFICE_WEEK = dict.fromkeys(WEEKDAYS, OFFICE)
NO_WORK = (
    'Calendar "c" has no working time in an ordinary week: give a weekday hours, '
    'such as "mon": [["09:00", "17:00"]].'
)
NOT_HELD = (
    'names the calendar "{}", which the plan does not hold: add it, or use the built-in "england".'
)


def table_of(**fields: Any) -> WorkTable:
    return work_table({"c": calendar(**fields)}, "c")


def at(text: str) -> int:
    return start_instant(datetime.fromisoformat(text))


def stretches(table: WorkTable, first: str, last: str) -> list[tuple[str, str]]:
    """Return the stretches of work that begin from one day to another, both included."""
    low, high = at(first), at(last) + 1440
    return [
        (show(begin), show(finish))
        for begin, finish in zip(table.begin, table.finish, strict=True)
        if low <= begin < high
    ]


def work_between(table: WorkTable, first: str, last: str) -> int:
    """Return the working minutes from one midnight to another."""
    return sum(
        max(0, min(finish, at(last)) - max(begin, at(first)))
        for begin, finish in zip(table.begin, table.finish, strict=True)
    )


def show(instant: int) -> str:
    return f"{datetime(1970, 1, 1) + timedelta(minutes=instant):%d %H:%M}"


def holiday(first: str, last: str | None = None, hours: Any = ()) -> dict[str, Any]:
    return {"from": first, "to": last or first, "hours": list(hours)}


# -- Any calendar -------------------------------------------------------------------------------


@given(drawn=calendars())
def test_the_table_holds_the_minutes_that_are_worked(drawn: dict[str, Calendar]) -> None:
    table = work_table(drawn, "c")
    counted = Minutes.of(drawn, "c", table.low, table.high)
    edges = [edge for edge in counted.edges() if table.low < edge < table.high]
    held = sorted({*table.begin, *table.finish} - {table.low, table.high})
    assert held == edges
    assert all(counted.works(begin) for begin in table.begin)
    counts = counted.counts
    assert table.before == [counts[begin - table.low] for begin in table.begin]
    assert table.total == counts[-1]


@given(drawn=calendars())
def test_the_ordinary_week_goes_on_at_both_ends(drawn: dict[str, Calendar]) -> None:
    table = work_table(drawn, "c")
    assert (table.low - at("2026-03-30")) % WEEK == (table.high - table.low) % WEEK == 0
    before = Minutes.of(drawn, "c", table.low - 3 * WEEK, table.low + WEEK).worked
    after = Minutes.of(drawn, "c", table.high - WEEK, table.high + 3 * WEEK).worked
    ordinary = before[-WEEK:]
    assert before == after == ordinary * 4
    assert table.week == sum(ordinary)


# -- Hours of a day (the rules of graphmodel.worktime) ------------------------------------------


def test_a_night_shift_belongs_to_the_day_it_starts() -> None:
    table = table_of(
        week={"mon": [["22:00", "06:00"]], "tue": [["22:00", "06:00"]]},
        exceptions=[holiday("2026-06-02")],  # a Tuesday
    )
    assert stretches(table, "2026-06-01", "2026-06-10") == [
        ("01 22:00", "02 06:00"),
        ("08 22:00", "09 06:00"),
        ("09 22:00", "10 06:00"),
    ]


def test_a_night_shift_of_the_last_exception_runs_into_the_next_week() -> None:
    table = table_of(
        week=OFFICE_WEEK, exceptions=[holiday("2026-06-07", hours=[["20:00", "10:00"]])]
    )
    assert stretches(table, "2026-06-07", "2026-06-08") == [
        ("07 20:00", "08 12:30"),
        ("08 13:30", "08 17:00"),
    ]
    assert table.week == 5 * 7 * 60


@pytest.mark.parametrize(
    "shift",
    [["00:00", "24:00"], ["00:00", "00:00"], ["24:00", "00:00"], ["24:00", "24:00"]],
)
def test_a_whole_day(shift: list[str]) -> None:
    assert table_of(week={"wed": [shift]}).week == 1440


def test_round_the_clock_is_one_stretch() -> None:
    days = {day: [["00:00", "24:00"]] for day in (*WEEKDAYS, "sat", "sun")}
    table = table_of(week=days, exceptions=[holiday("2026-06-02")])
    assert [len(table.begin), table.begin[0], table.finish[-1]] == [2, table.low, table.high]
    assert [table.week, table.total] == [WEEK, table.high - table.low - 1440]


def test_overlapping_shifts_count_once() -> None:
    table = table_of(week={"mon": [["13:00", "17:00"], ["08:00", "14:00"], ["09:00", "10:00"]]})
    assert table.week == 9 * 60


@pytest.mark.parametrize("order", [1, -1])
def test_a_working_exception_beats_a_holiday_in_any_order(order: int) -> None:
    both = [
        holiday("2026-12-24", "2027-01-01"),
        holiday("2026-12-29", hours=[["10:00", "12:00"]]),
        holiday("2026-12-29", "2026-12-30", hours=[["11:00", "15:00"]]),
    ]
    table = table_of(week=OFFICE_WEEK, exceptions=both[::order])
    assert stretches(table, "2026-12-24", "2027-01-03") == [
        ("29 10:00", "29 15:00"),
        ("30 11:00", "30 15:00"),
    ]


def test_a_child_takes_over_what_it_does_not_state() -> None:
    parent = calendar(
        id="p",
        week=OFFICE_WEEK,
        exceptions=[holiday("2026-12-25", "2026-12-28"), holiday("2026-12-31", hours=OFFICE[:1])],
    )
    child = calendar(
        parent="p",
        week={"mon": [["10:00", "16:00"]], "fri": []},
        exceptions=[holiday("2026-12-28", hours=[["08:00", "09:00"]]), holiday("2026-12-31")],
    )
    table = work_table({"p": parent, "c": child}, "c")
    assert stretches(table, "2026-12-24", "2027-01-04") == [
        ("24 09:00", "24 12:30"),
        ("24 13:30", "24 17:00"),
        ("28 08:00", "28 09:00"),  # the child's exception beats the parent's holiday
        ("29 09:00", "29 12:30"),
        ("29 13:30", "29 17:00"),
        ("30 09:00", "30 12:30"),
        ("30 13:30", "30 17:00"),  # 31: the child's holiday beats the parent's exception; 1: off
        ("04 10:00", "04 16:00"),
    ]
    monday = work_table({"p": parent, "c": calendar(parent="p", week={"mon": OFFICE})}, "c")
    assert stretches(monday, "2026-12-28", "2026-12-28") == []  # the parent's holiday holds


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-06-01", "2026-06-02", 2),
        ("2026-06-01T00:00", "2026-06-02T23:59", 2),
        ("2026-06-01T00:00", "2026-06-03T00:00", 2),
        ("2026-06-01T09:00", "2026-06-01T17:00", 1),
        ("2026-06-01T00:00", "2026-06-01T00:00", 1),
        ("2026-06-01", "2026-06-01T00:00", 1),
    ],
)
def test_the_days_an_exception_covers(first: str, last: str, days: int) -> None:
    table = table_of(week=OFFICE_WEEK, exceptions=[holiday(first, last)])
    weeks = (table.high - table.low) // WEEK
    assert table.total == weeks * table.week - days * 7 * 60


def test_exceptions_over_all_years_that_overlap() -> None:
    off = [holiday(f"{1900 + nth}-01-01", f"{2200 - nth % 3}-12-31") for nth in range(290)]
    minute = [["00:00", "00:01"]]
    on = [holiday(f"{1900 + nth}-06-15", "2200-12-31", minute) for nth in range(290)]
    table = table_of(week=OFFICE_WEEK, exceptions=off + on)
    days = (date(2200, 12, 31) - date(1900, 6, 15)).days + 1
    assert work_between(table, "1900-01-01", "2201-01-01") == days


# -- What a working day and hour are ------------------------------------------------------------


@pytest.mark.parametrize(("hours", "minutes"), [(8, 480), (7.4, 444), (0.001, 1)])
def test_a_working_day_of_a_calendar_with_hours(hours: float, minutes: int) -> None:
    table = table_of(week=OFFICE_WEEK, hours_per_day=hours)
    assert [table.day_minutes, table.hour_minutes] == [minutes, 60]
    assert table.has_hours
    assert table.last_holiday_year is None


def test_england_counts_whole_days() -> None:
    table = work_table({}, "england")
    assert [table.day_minutes, table.hour_minutes, table.week] == [1440, 180, 5 * 1440]
    assert not table.has_hours
    assert table.last_holiday_year == england_years()[1]
    assert stretches(table, "2026-03-30", "2026-04-14") == [
        ("30 00:00", "03 00:00"),  # Good Friday 3 April, Easter Monday 6 April
        ("07 00:00", "11 00:00"),
        ("13 00:00", "18 00:00"),
    ]


def test_the_working_days_of_2026_in_england() -> None:
    table = work_table({}, "england")
    assert work_between(table, "2026-01-01", "2027-01-01") == (261 - 8) * 1440


def test_a_calendar_that_adds_holidays_to_england_counts_whole_days_too() -> None:
    closed = calendar(parent="england", exceptions=[holiday("2026-12-29", "2026-12-31")])
    table = work_table({"c": closed}, "c")
    assert [table.day_minutes, table.hour_minutes, table.has_hours] == [1440, 180, False]
    assert stretches(table, "2026-12-21", "2027-01-04") == [
        ("21 00:00", "25 00:00"),
        ("04 00:00", "09 00:00"),
    ]
    short = closed.model_copy(update={"hours_per_day": 7.4})
    assert work_table({"c": short}, "c").hour_minutes == 194  # 7.4 of them stay within a day


def test_a_calendar_with_hours_of_its_own_takes_days_from_england() -> None:
    child = calendar(parent="england", week={"thu": OFFICE}, hours_per_day=7.5)
    table = work_table({"c": child}, "c")
    assert [table.day_minutes, table.hour_minutes, table.has_hours] == [450, 60, True]
    assert table.last_holiday_year == england_years()[1]
    assert stretches(table, "2026-12-24", "2026-12-29") == [
        ("24 09:00", "24 12:30"),
        ("24 13:30", "24 17:00"),
        ("29 09:00", "29 17:00"),
    ]


def test_a_working_exception_is_an_hour_of_ones_own() -> None:
    child = calendar(parent="england", exceptions=[holiday("2026-12-25", hours=OFFICE)])
    table = work_table({"c": child}, "c")
    assert table.has_hours
    assert stretches(table, "2026-12-24", "2026-12-25") == [
        ("24 09:00", "24 17:00"),
        ("25 09:00", "25 12:30"),
        ("25 13:30", "25 17:00"),
    ]


def test_a_plan_may_replace_england() -> None:
    own = calendar(id="england", week=OFFICE_WEEK)
    table = work_table({"england": own}, "england")
    assert table.has_hours
    assert table.last_holiday_year is None
    assert stretches(table, "2026-04-03", "2026-04-03") == []  # outside the table: no exception
    assert table.total == (table.high - table.low) // WEEK * 5 * 7 * 60


# -- Bank holidays ------------------------------------------------------------------------------

#: Days that proclamations added, and days they moved: (was, became).
ADDED = (
    "1981-07-29",
    "1999-12-31",
    "2002-06-03",
    "2011-04-29",
    "2012-06-05",
    "2022-06-03",
    "2022-09-19",
    "2023-05-08",
)
MOVED = {
    "1995-05-01": "1995-05-08",
    "2002-05-27": "2002-06-04",
    "2012-05-28": "2012-06-04",
    "2020-05-04": "2020-05-08",
    "2022-05-30": "2022-06-02",
}


def mondays(year: int, month: int) -> list[date]:
    days = (date(year, month, 1) + timedelta(nth) for nth in range(31))
    return [day for day in days if day.month == month and day.weekday() == 0]


def off_the_weekend(*days: date) -> set[date]:
    """Return the days, each on a weekend put off to the next day that is neither."""
    free: set[date] = {day for day in days if day.weekday() < 5}
    for day in sorted(set(days) - free):
        later = day
        while later.weekday() > 4 or later in free:
            later += timedelta(1)
        free.add(later)
    return free


@pytest.mark.parametrize("year", range(england_years()[0], england_years()[1] + 1))
def test_bank_holidays_are_those_of_the_law(year: int) -> None:
    by_law = off_the_weekend(date(year, 1, 1)) | off_the_weekend(
        date(year, 12, 25), date(year, 12, 26)
    )
    by_law |= {easter(year) - timedelta(2), easter(year) + timedelta(1)}
    by_law |= {mondays(year, 5)[0], mondays(year, 5)[-1], mondays(year, 8)[-1]}
    by_law -= {date.fromisoformat(was) for was in MOVED}
    proclaimed = map(date.fromisoformat, (*MOVED.values(), *ADDED))
    by_law |= {day for day in proclaimed if day.year == year}
    assert {day for day in bank_holidays() if day.year == year} == by_law


def test_the_data_say_truly_what_years_they_hold() -> None:
    first, last = england_years()
    assert {day.year for day in bank_holidays()} == set(range(first, last + 1))
    assert (first, last) == (1978, 2050)
    assert list(bank_holidays()) == sorted(bank_holidays())
    assert all(day.weekday() < 5 for day in bank_holidays())


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2026-04-03", "Good Friday"),
        ("2026-12-28", "Boxing Day (substitute day)"),
        ("2022-01-03", "New Year's Day (substitute day)"),
        ("2021-12-27", "Christmas Day (substitute day)"),
        ("2022-12-27", "Christmas Day (substitute day)"),
        ("2023-05-08", "Coronation of King Charles III"),
    ],
)
def test_names_of_bank_holidays(day: str, name: str) -> None:
    assert bank_holidays()[date.fromisoformat(day)] == name


def test_england_reads_like_a_calendar_of_a_plan() -> None:
    written = england_calendar().model_dump_json(by_alias=True)
    assert type(england_calendar()).model_validate_json(written) == england_calendar()


# -- What cannot be used ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("held", "sentence"),
    [
        ({"c": calendar()}, NO_WORK),
        ({"c": calendar(parent="england", week={day: [] for day in WEEKDAYS})}, NO_WORK),
        ({}, f"The plan {NOT_HELD.format('c')}"),
        ({"c": calendar(parent="x")}, f'Calendar "c" {NOT_HELD.format("x")}'),
        (
            {
                "c": calendar(parent="a"),
                "a": calendar(id="a", parent="b"),
                "b": calendar(id="b", parent="a"),
            },
            (
                "These calendars are each other's parents: a, b; "
                "take the parent away from one of them."
            ),
        ),
        (
            {"c": calendar(week=OFFICE_WEEK, exceptions=[holiday("2026-12-28", "2026-12-25")])},
            (
                'Calendar "c" has an exception from 2026-12-28 to 2026-12-25, which ends before '
                "it starts: exchange the two dates."
            ),
        ),
    ],
)
def test_calendars_that_cannot_be_used(held: dict[str, Calendar], sentence: str) -> None:
    with pytest.raises(PlanError) as caught:
        work_table(held, "c")
    assert str(caught.value) == sentence

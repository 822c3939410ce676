"""Calendars of MS Project: weekdays, exceptions that recur, work weeks, shifts round the clock.

The days on which Project's own examples recur are compared in `test_mspdi_corpus`.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.loaders.mspdi_text import (
    OFFICE,
    calendar,
    codes,
    day,
    document,
    element,
    item,
    load,
    run,
    task,
)

if TYPE_CHECKING:
    from graphmodel.calendars import CalendarException


def period(first: str, last: str) -> str:
    return element("TimePeriod", FromDate=f"{first}T00:00:00", ToDate=f"{last}T23:59:00")


def off(first: str, last: str, **rule: object) -> str:
    """Return an exception without work."""
    return element("Exception", period(first, last), DayWorking=0, **rule)


def special(*exceptions: str) -> tuple[CalendarException, ...]:
    """Return the exceptions of the plan's calendar where the file has these."""
    standard = calendar(1, "Standard", element("Exceptions", *exceptions))
    loaded = load(document(task(1), calendars=[standard]))
    assert loaded.problems == ()
    (one,) = loaded.plan.calendars
    return one.exceptions


def days(*exceptions: str) -> list[str]:
    return [f"{one.from_:%d %b}" for one in special(*exceptions)]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({"Type": 7, "Period": 10}, ["01 Jan", "11 Jan", "21 Jan", "31 Jan", "10 Feb"]),
        (
            {"Type": 6, "DaysOfWeek": 34, "Period": 2},
            ["02 Jan", "12 Jan", "16 Jan", "26 Jan", "30 Jan", "09 Feb"],
        ),
        ({"Type": 4, "MonthDay": 31, "Period": 1}, ["31 Jan"]),
        ({"Type": 5, "MonthItem": 5, "MonthPosition": 4}, ["27 Jan"]),
        ({"Type": 5, "MonthItem": 1, "MonthPosition": 0}, ["01 Jan", "02 Feb"]),
        ({"Type": 5, "MonthItem": 2, "MonthPosition": 4}, ["31 Jan"]),
        ({"Type": 5, "MonthItem": 0, "MonthPosition": 1}, ["02 Jan", "02 Feb"]),
        ({"Type": 2, "Month": 1, "MonthDay": 3}, ["03 Feb"]),
        ({"Type": 3, "Month": 0, "MonthItem": 4, "MonthPosition": 2}, ["19 Jan"]),
        (
            {"Type": 8},
            [
                "01 Jan",
                "02 Jan",
                *(f"{n:02d} Jan" for n in range(5, 10)),
                *(f"{n:02d} Jan" for n in range(12, 17)),
                *(f"{n:02d} Jan" for n in range(19, 24)),
                *(f"{n:02d} Jan" for n in range(26, 31)),
                *(f"{n:02d} Feb" for n in range(2, 7)),
                "09 Feb",
                "10 Feb",
            ],
        ),
        (
            {"Type": 7, "Period": 1, "EnteredByOccurrences": 1, "Occurrences": 3},
            ["01 Jan", "02 Jan", "03 Jan"],
        ),
    ],
)
def test_exceptions_that_recur(rule: dict[str, object], found: list[str]) -> None:
    """All run from 1 January to 10 February 2026."""
    assert days(off("2026-01-01", "2026-02-10", **rule)) == found


def test_the_last_day_of_shorter_months() -> None:
    exceptions = off("2026-01-01", "2026-04-30", Type=4, MonthDay=31)
    assert days(exceptions) == ["31 Jan", "28 Feb", "31 Mar", "30 Apr"]


def test_an_exception_of_several_days_and_one_with_hours() -> None:
    hours = element("WorkingTimes", element("WorkingTime", FromTime="10:00:00", ToTime="00:00:00"))
    half = element("Exception", period("2026-01-10", "2026-01-10"), hours, DayWorking=1, Type=1)
    open_day = element("Exception", period("2026-01-11", "2026-01-11"), DayWorking=1)
    found = special(off("2026-01-05", "2026-01-07", Type=1), half, open_day)
    assert [(one.from_, one.to, one.hours) for one in found] == [
        (date(2026, 1, 5), date(2026, 1, 7), ()),
        (date(2026, 1, 10), date(2026, 1, 10), (("10:00", "24:00"),)),
        (date(2026, 1, 11), date(2026, 1, 11), (("08:00", "12:00"), ("13:00", "17:00"))),
    ]


def test_exceptions_as_project_2003_wrote_them() -> None:
    old = element("WeekDay", period("2026-01-06", "2026-01-07"), DayType=0, DayWorking=0)
    week = [day(n, *(("08:00:00", "16:00:00") if 2 <= n <= 6 else ())) for n in range(1, 8)]
    standard = calendar(1, "Standard", days=[*week, old])
    loaded = load(document(task(1, 16), calendars=[standard]))
    assert run(loaded)["1"] == ("05 08:00", "08 16:00")


def test_work_weeks_and_calendars_based_on_others() -> None:
    """In the week of the 12th, Mondays are free and Tuesdays short; a holiday beats that."""
    short = [day(2), day(3, "08:00:00", "10:00:00"), day(4, "08:00:00", "10:00:00")]
    weeks = element(
        "WorkWeeks",
        element("WorkWeek", period("2026-01-12", "2026-01-16"), element("WeekDays", *short)),
    )
    free = element("Exceptions", off("2026-01-14", "2026-01-14", Type=1))
    based = calendar(2, "Based", free, weeks, base=1)
    loaded = load(document(task(1, 50, CalendarUID=2), calendars=[OFFICE, based]))
    # 40 hours to Friday 9th, 2 on Tuesday 13th, none on the 14th, 8 on Thursday 15th.
    assert run(loaded)["1"] == ("05 08:00", "15 17:00")
    assert [one.parent for one in loaded.plan.calendars] == [None, "standard"]


def test_nights_and_round_the_clock() -> None:
    night = ["00:00:00", "03:00:00", "04:00:00", "08:00:00", "23:00:00", "00:00:00"]
    clock = ["00:00:00", "00:00:00"]
    loaded = load(
        document(
            task(1, 8, CalendarUID=2),
            task(2, 24, CalendarUID=3),
            calendars=[
                OFFICE,
                calendar(2, "Nights", days=[day(n, *night) for n in range(1, 8)]),
                calendar(3, "Round the clock", days=[day(n, *clock) for n in range(1, 8)]),
            ],
            StartDate="2026-01-05T00:00:00",
        )
    )
    assert run(loaded)["1"] == ("05 00:00", "05 00:00")  # to the midnight that ends the 5th
    assert item(loaded, 2).calendar == "round-the-clock"
    (watch,) = [one for one in loaded.plan.calendars if one.id == "nights"]
    assert watch.week["mon"] == (("00:00", "03:00"), ("04:00", "08:00"), ("23:00", "24:00"))


@pytest.mark.parametrize(
    "rule",
    [
        {"Type": 12},
        {"Type": 6, "DaysOfWeek": 0},
        {"Type": 6},
        {"Type": 7, "Period": 0},
        {"Type": 4, "MonthDay": 32},
        {"Type": 2, "Month": 12, "MonthDay": 1},
        {"Type": 5, "MonthItem": 10, "MonthPosition": 0},
        {"Type": 3, "Month": 1, "MonthItem": 1, "MonthPosition": "first"},
        {"Type": 7, "EnteredByOccurrences": 1, "Occurrences": 0},
    ],
)
def test_rules_that_cannot_be_read_are_told(rule: dict[str, object]) -> None:
    exceptions = element("Exceptions", off("2026-01-05", "2026-01-09", Name="Flood", **rule))
    loaded = load(document(task(1), calendars=[calendar(1, "Standard", exceptions)]))
    (told,) = loaded.problems
    assert told.message == (
        'The calendar "Standard" cannot be read in full: the rule by which the exception "Flood" '
        "recurs is unclear."
    )


def test_periods_that_end_before_they_begin_or_last_for_ever() -> None:
    exceptions = element(
        "Exceptions",
        off("2026-01-09", "2026-01-05"),
        off("1000-01-01", "1899-12-31"),
        off("2199-01-01", "9999-12-31", Type=7, Period=7),
    )
    loaded = load(document(task(1), calendars=[calendar(1, "Standard", exceptions)]))
    assert codes(loaded) == ["calendar-damaged"]
    assert "ends before it begins (and 1 fault more)" in loaded.problems[0].message
    (one,) = loaded.plan.calendars
    assert len(one.exceptions) == 105
    assert one.exceptions[-1].to <= date(2200, 12, 31)


@given(st.integers(1, 127), st.integers(1, 5), st.dates(date(2026, 1, 1), date(2026, 3, 1)))
def test_weekly_rules_by_counting(bits: int, every: int, first: date) -> None:
    """A day counts if its bit is set and its week, from Sunday, is the first or so many later."""
    last = date.fromordinal(first.toordinal() + 40)
    sunday = first.toordinal() - first.isoweekday() % 7
    wanted = [
        f"{date.fromordinal(number):%d %b}"
        for number in range(first.toordinal(), last.toordinal() + 1)
        if bits >> date.fromordinal(number).isoweekday() % 7 & 1
        and (number - sunday) // 7 % every == 0
    ]
    rule = off(first.isoformat(), last.isoformat(), Type=6, DaysOfWeek=bits, Period=every)
    assert days(rule) == wanted

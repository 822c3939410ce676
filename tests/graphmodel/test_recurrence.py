"""Meeting rules: what they may say, and the days they stand for."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from graphmodel.moments import DAY, finish_instant, show_finish, start_instant
from graphmodel.recurrence import LAST_INSTANT, expand_rule, rule_fault

if TYPE_CHECKING:
    from collections.abc import Iterator

APRIL = date(2026, 4, 1)


def meetings(rule: str, anchor: date, last: date) -> list[date]:
    assert rule_fault(rule, anchor) is None
    instants = expand_rule(rule, anchor, finish_instant(last))
    assert instants is not None
    return [show_finish(instant, hours=True) for instant in instants]


# 1 April 2026 is a Wednesday, 1 January 2027 a Friday.
@pytest.mark.parametrize(
    ("rule", "last", "days"),
    [
        ("FREQ=MONTHLY;BYDAY=3TU", "2026-07-01", "2026-04-21 2026-05-19 2026-06-16"),
        ("RRULE:freq=monthly;byday=-1fr", "2026-06-01", "2026-04-24 2026-05-29"),
        ("FREQ=MONTHLY", "2026-06-01", "2026-04-01 2026-05-01 2026-06-01"),
        ("FREQ=WEEKLY;INTERVAL=2", "2026-05-01", "2026-04-01 2026-04-15 2026-04-29"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=2", "2026-12-31", "2026-04-07 2026-04-14"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2032-12-31", "2028-02-29 2032-02-29"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-09-01", "2026-05-31 2026-07-31 2026-08-31"),
        ("FREQ=DAILY;UNTIL=20260403", "2026-06-01", "2026-04-01 2026-04-02 2026-04-03"),
        # The first of the first Tuesday and the first Wednesday.
        ("FREQ=MONTHLY;BYDAY=1TU,1WE;BYSETPOS=1", "2026-06-30", "2026-04-01 2026-05-05 2026-06-02"),
        # Mondays and, besides, the last Tuesday.
        (
            "FREQ=MONTHLY;BYDAY=MO,-1TU",
            "2026-04-30",
            "2026-04-06 2026-04-13 2026-04-20 2026-04-27 2026-04-28",
        ),
    ],
)
def test_days_of_a_rule(rule: str, last: str, days: str) -> None:
    found = meetings(rule, APRIL, date.fromisoformat(last))
    assert " ".join(map(str, found)) == days


def test_a_time_of_day_comes_from_the_rule_alone() -> None:
    begin = datetime(2026, 4, 1, 8, 30)
    assert meetings("FREQ=MONTHLY;COUNT=2", begin, date(2027, 1, 1)) == [APRIL, date(2026, 5, 1)]
    rule = "FREQ=MONTHLY;COUNT=2;BYHOUR=9,14;BYMINUTE=30"
    assert meetings(rule, begin, date(2027, 1, 1)) == [
        datetime(2026, 4, 1, 9, 30),
        datetime(2026, 4, 1, 14, 30),
    ]


def test_the_day_it_ends_on_is_part_of_it_whatever_the_time() -> None:
    rule = "FREQ=WEEKLY;BYHOUR=14;UNTIL=20260408"
    assert meetings(rule, APRIL, date(2027, 1, 1))[-1] == datetime(2026, 4, 8, 14)
    rule = "FREQ=WEEKLY;BYHOUR=14;UNTIL=20260408T120000"
    assert meetings(rule, APRIL, date(2027, 1, 1))[-1] == datetime(2026, 4, 1, 14)


def test_a_rule_without_an_end_goes_on_to_the_year_2200() -> None:
    found = meetings("FREQ=MONTHLY;BYDAY=3TU", APRIL, date(2200, 12, 31))
    assert len(found) == 9 + 174 * 12, "9 months of 2026 and 174 years, one meeting each"
    assert found[-1] == date(2200, 12, 16), "1 December 2200 is a Monday"
    assert meetings("FREQ=MONTHLY;UNTIL=23001231", APRIL, date(2200, 12, 31))[-1].year == 2200


def test_what_was_asked_for_is_not_computed_again() -> None:
    once = expand_rule("FREQ=WEEKLY;BYDAY=WE", APRIL, LAST_INSTANT)
    assert expand_rule("FREQ=WEEKLY;BYDAY=WE", APRIL, LAST_INSTANT) is once


EXAMPLE = "write it like FREQ=MONTHLY;BYDAY=3TU."

FAULTS = """
third Tuesday
    is "third Tuesday", which is no iCalendar RRULE: {EXAMPLE}
FREQ=
    is "FREQ=", which is no iCalendar RRULE: {EXAMPLE}
FREQ=DAILY;
    is "FREQ=DAILY;", which is no iCalendar RRULE: {EXAMPLE}
FREQ=DAILY;FREQ=DAILY
    is "FREQ=DAILY;FREQ=DAILY", which is no iCalendar RRULE: {EXAMPLE}
BYDAY=TU
    does not say FREQ=DAILY, WEEKLY, MONTHLY or YEARLY: {EXAMPLE}
FREQ=OFTEN
    does not say FREQ=DAILY, WEEKLY, MONTHLY or YEARLY: {EXAMPLE}
FREQ=HOURLY
    asks for several meetings a day (FREQ=HOURLY): {EXAMPLE}
FREQ=DAILY;BYSECOND=3
    has the part "BYSECOND=3", which cannot be: {EXAMPLE}
FREQ=DAILY;INTERVAL=0
    has the part "INTERVAL=0", which cannot be: {EXAMPLE}
FREQ=DAILY;COUNT=0
    has the part "COUNT=0", which cannot be: {EXAMPLE}
FREQ=DAILY;BYMONTH=13
    has the part "BYMONTH=13", which cannot be: {EXAMPLE}
FREQ=DAILY;BYMONTH=-1
    has the part "BYMONTH=-1", which cannot be: {EXAMPLE}
FREQ=DAILY;BYMONTHDAY=1,32
    has the part "BYMONTHDAY=1,32", which cannot be: {EXAMPLE}
FREQ=MONTHLY;BYDAY=3XX
    has the part "BYDAY=3XX", which cannot be: {EXAMPLE}
FREQ=MONTHLY;BYDAY=0TU
    has the part "BYDAY=0TU", which cannot be: {EXAMPLE}
FREQ=MONTHLY;WKST=2MO
    has the part "WKST=2MO", which cannot be: {EXAMPLE}
FREQ=MONTHLY;BYDAY=6TU
    asks for 6TU, and no month has so many: {EXAMPLE}
FREQ=YEARLY;BYMONTH=12;BYDAY=-6TU
    asks for -6TU, and no month has so many: {EXAMPLE}
FREQ=WEEKLY;BYDAY=MO,3TU
    asks for 3TU with FREQ=WEEKLY: weekdays have a number in months and years only.
FREQ=DAILY;COUNT=3;UNTIL=20270101
    ends twice, by UNTIL and by COUNT: keep one of them.
FREQ=DAILY;UNTIL=20270230
    ends on "20270230", which is no day: write UNTIL=20271231.
FREQ=DAILY;UNTIL=soon
    ends on "SOON", which is no day: write UNTIL=20271231.
FREQ=DAILY;UNTIL=20270101T000000Z
    ends in UTC (UNTIL=20270101T000000Z), and boards meet in local time: write UNTIL=20271231.
DTSTART;TZID=Europe/London:20260401T100000 RRULE:FREQ=DAILY
    is "DTSTART;TZID=Europe/London:20260401T100000 RRULE:FREQ=DAILY": boards meet in local time and
    rules are counted from the plan's start; {EXAMPLE}
FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30
    (FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30) never meets from 2026-04-01 on: correct it or take it
    away.
FREQ=DAILY;UNTIL=20260331
    (FREQ=DAILY;UNTIL=20260331) never meets from 2026-04-01 on: correct it or take it away.
"""


def faults() -> Iterator[tuple[str, str]]:
    for case in re.split(r"\n(?=\S)", FAULTS.strip()):
        rule, *sentence = case.splitlines()
        words = " ".join(line.strip() for line in sentence)
        yield rule, words.replace("{EXAMPLE}", EXAMPLE)


@pytest.mark.parametrize(("rule", "fault"), list(faults()))
def test_what_is_no_rule_for_meetings(rule: str, fault: str) -> None:
    assert rule_fault(rule, APRIL) == fault


def test_a_rule_over_several_lines_makes_one_sentence() -> None:
    fault = rule_fault("FREQ=DAILY;WKST=MO\nEXDATE:20260401\n", APRIL)
    assert fault == f'has the part "WKST=MO EXDATE:20260401", which cannot be: {EXAMPLE}'


def test_without_a_day_to_count_from_only_the_parts_are_checked() -> None:
    assert rule_fault("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", None) is None
    assert rule_fault("FREQ=HOURLY", None) is not None


def test_a_first_meeting_after_the_year_2200_is_none() -> None:
    fault = rule_fault("FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", date(2200, 1, 2))
    assert fault is not None
    assert "never meets from 2200-01-02 on" in fault


WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


@given(
    anchor=st.dates(date(1900, 1, 1), date(2199, 12, 31)),
    weekday=st.sampled_from(WEEKDAYS),
    number=st.integers(1, 4) | st.just(-1),
)
def test_every_month_has_one_numbered_weekday(anchor: date, weekday: str, number: int) -> None:
    """The days are found in the weeks that the calendar module prints."""
    expected = []
    for months in range(14):
        year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
        weeks = calendar.Calendar().monthdayscalendar(year, month + 1)
        days = [week[WEEKDAYS.index(weekday)] for week in weeks]
        held = [day for day in days if day]
        expected.append(date(year, month + 1, held[number - 1 if number > 0 else number]))
    last = anchor + timedelta(days=365)
    expected = [day for day in expected if anchor <= day <= last]
    assert meetings(f"FREQ=MONTHLY;BYDAY={number}{weekday}", anchor, last) == expected


NUMBERS = {
    "INTERVAL": st.integers(1, 30).map(str),
    "BYMONTH": st.lists(st.integers(1, 12), min_size=1, max_size=3),
    "BYWEEKNO": st.lists(st.integers(-53, 53).filter(bool), min_size=1, max_size=3),
    "BYYEARDAY": st.lists(st.integers(-366, 366).filter(bool), min_size=1, max_size=3),
    "BYMONTHDAY": st.lists(st.integers(-31, 31).filter(bool), min_size=1, max_size=3),
    "BYSETPOS": st.lists(st.integers(-3, 3).filter(bool), min_size=1, max_size=2),
    "BYHOUR": st.lists(st.integers(0, 23), min_size=1, max_size=2),
    "BYDAY": st.lists(
        st.builds(
            "{}{}".format, st.sampled_from(["", 1, 5, -1, -5, 53]), st.sampled_from(WEEKDAYS)
        ),
        min_size=1,
        max_size=3,
    ),
}  # fmt: skip


@given(
    frequency=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
    parts=st.dictionaries(st.sampled_from(sorted(NUMBERS)), st.none(), max_size=4),
    data=st.data(),
)
def test_a_rule_without_fault_can_be_expanded(
    frequency: str, parts: dict[str, None], data: st.DataObject
) -> None:
    words = [f"FREQ={frequency}"]
    for key in parts:
        value = data.draw(NUMBERS[key])
        words.append(f"{key}={value if isinstance(value, str) else ','.join(map(str, value))}")
    rule = ";".join(words)
    assume(rule_fault(rule, APRIL) is None)
    until = finish_instant(date(2040, 12, 31))
    found = expand_rule(rule, APRIL, until)
    assert found is not None
    assert list(found) == sorted(set(found))
    assert all(instant > start_instant(APRIL) or "BYHOUR" in parts for instant in found)
    assert all(instant % DAY == 0 or "BYHOUR" in parts for instant in found)

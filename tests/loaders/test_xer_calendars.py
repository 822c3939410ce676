"""P6's calendars: weeks, shifts and days of their own out of nested brackets."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.schedules.cells import Cells
from loaders.schedules.journal import Journal
from loaders.schedules.tasks import SpecialDays
from loaders.schedules.xer_calendars import read_calendars
from loaders.schedules.xer_tables import parse_tables
from tests.loaders.xer_text import clndr_data, write_xer

if TYPE_CHECKING:
    from loaders.schedules.tasks import WorkCalendar

SUNDAY_FIRST = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]


def read(data: str, **cells: str) -> tuple[WorkCalendar, list[str]]:
    """Read one calendar; with the messages of its problems."""
    journal = Journal("c.xer")
    row = {"clndr_id": "10", "clndr_name": "Days", "clndr_data": data, **cells}
    tables = parse_tables(write_xer({"CALENDAR": [row]}), journal)
    (found,) = read_calendars(tables, Cells(journal), journal)
    return found, [one.message for one in journal.problems]


def test_weekdays_are_numbered_from_sunday() -> None:
    found, problems = read(clndr_data({2: [("08:00", "12:00"), ("13:00", "17:00")], 7: []}))
    assert found.week["mon"] == ((480, 720), (780, 1020))
    assert {day for day, shifts in found.week.items() if not shifts} == {
        "sun",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
    }
    assert problems == []


def test_days_are_numbered_as_in_excel() -> None:
    """Excel's day 44197 is 1 January 2021, 44561 is 31 December 2021."""
    found, problems = read(
        clndr_data({2: [("08:00", "16:00")]}, {44197: [], 44561: [("09:00", "12:00")]})
    )
    new_year, old_year = date(2021, 1, 1), date(2021, 12, 31)
    assert found.special == (
        SpecialDays(new_year, new_year),
        SpecialDays(old_year, old_year, ((540, 720),)),
    )
    assert problems == []


def test_finish_may_stand_before_start_and_lines_may_run_on() -> None:
    data = "(0||CalendarData()((0||DaysOfWeek()((0||3()((0||0(f|16:00|s|08:00)())))))))"
    found, problems = read(data)
    assert found.week == {"tue": ((480, 960),)}
    assert problems == []


@pytest.mark.parametrize(
    ("begin", "end", "shifts"),
    [
        ("00:00", "00:00", ((0, 1440),)),  # the whole day
        ("16:00", "00:00", ((960, 1440),)),  # until midnight
        ("22:00", "06:00", ((1320, 360),)),  # past midnight
        ("08:00", "08:00", ()),  # no length
        ("8:00 AM", "4:30 PM", ((480, 990),)),
        ("12:00 AM", "12:00 PM", ((0, 720),)),
    ],
)
def test_clock_times(begin: str, end: str, shifts: tuple[tuple[int, int], ...]) -> None:
    found, problems = read(clndr_data({4: [(begin, end)]}))
    assert found.week["wed"] == shifts
    assert problems == []


def test_a_calendar_based_on_another_states_what_differs() -> None:
    found, problems = read("", base_clndr_id="5", day_hr_cnt="7.5", week_hr_cnt="37,5")
    assert (found.parent, found.week, found.special) == ("5", {}, ())
    assert (found.minutes_per_day, found.minutes_per_week) == (450, 2250)
    assert problems == []


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("", "it states no week."),
        ("garbage", "its brackets do not match (and 1 faults more)."),
        ("(0||CalendarData()((0||DaysOfWeek()((0||2()(", "its brackets do not match."),
        (clndr_data({2: [("08:00", "25:00")]}), '"s|08:00|f|25:00" is no shift.'),
        (clndr_data({2: [("08:00", "16:75")]}), '"s|08:00|f|16:75" is no shift.'),
        (clndr_data({2: [("08:00", "16:00")]}, {9999999: []}), '"9999999" is no day number.'),
        (clndr_data({2: [("08:00", "16:00")]}, {0: []}), '"0" is no day number.'),
        (clndr_data({2: []}).replace("||2()", "||9()"), '"9" is no day of the week.'),
    ],
)
def test_garbage_is_told(data: str, fault: str) -> None:
    _, problems = read(data)
    assert problems == [f'The calendar "Days" cannot be read in full: {fault}']


CLOCKS = st.integers(0, 1439).map(lambda minute: f"{minute // 60:02d}:{minute % 60:02d}")


@given(
    st.dictionaries(
        st.integers(1, 7), st.lists(st.tuples(CLOCKS, CLOCKS).filter(lambda one: one[0] != one[1]))
    ),
    st.dictionaries(st.integers(2, 109000), st.lists(st.just(("09:00", "12:00")), max_size=1)),
)
def test_calendars_come_back(
    days: dict[int, list[tuple[str, str]]], special: dict[int, list[tuple[str, str]]]
) -> None:
    found, problems = read(clndr_data(days, special))
    assert problems == []
    for number, day in enumerate(SUNDAY_FIRST, start=1):
        shifts = next(hours for name, hours in found.week.items() if name == day)
        written = [(_write(begin), _write(end)) for begin, end in shifts]
        assert written == list(days.get(number, []))
    first = date(1899, 12, 30)
    assert [(one.first - first).days for one in found.special] == list(special)
    assert all(one.first + timedelta(days=0) == one.last for one in found.special)


def _write(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"


@given(st.text("()|0123sfd:CalendrDtofWkExcpi \x7f", max_size=200))
def test_no_garbage_raises(data: str) -> None:
    read(data)

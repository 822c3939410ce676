"""Dates without a year, read from the month of the report."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.report_dates import add_years, find_month, find_report_month, read_period, read_when

OCTOBER = date(2022, 10, 31)

CASES = [
    # words, start, finish, precision, months without a year
    ("On track for Nov Council.", None, "2022-11-30", "month", ("Nov",)),
    ("Due in October", None, "2022-10-31", "month", ("October",)),
    ("Due in September", None, "2023-09-30", "month", ("September",)),
    ("Due Nov 2023", None, "2023-11-30", "month", ()),
    ("Due Nov 22", None, "2022-11-30", "month", ()),
    ("on 3 Nov", None, "2022-11-03", "day", ("Nov",)),
    ("From Nov", "2022-11-01", None, "from", ("Nov",)),
    ("August \u2013 December 2022", "2022-08-01", "2022-12-31", "range", ()),
    ("due in November/December.", "2022-11-01", "2022-12-31", "range", ("November", "December")),
    ("due in December/January", "2022-12-01", "2023-01-31", "range", ("December", "January")),
    ("in November/December 22", "2022-11-01", "2022-12-31", "range", ()),
    ("to commence late November", "2022-11-21", None, "from", ("November",)),
    ("Mid 2023", None, "2023-08-31", "season", ()),
    ("rolled out in 2023", None, "2023-12-31", "year", ()),
    ("on 1/4/23", None, "2023-04-01", "day", ()),
    ("an error in July's table", None, None, "none", ()),
    ("we may or may not", None, None, "none", ()),
    ("date tbc", None, None, "none", ()),
]


@pytest.mark.parametrize(("words", "start", "finish", "precision", "added"), CASES)
def test_words(
    words: str, start: str | None, finish: str | None, precision: str, added: tuple[str, ...]
) -> None:
    when = read_when(words, OCTOBER)
    assert (when.planned.start and when.planned.start.isoformat()) == start
    assert (when.planned.finish and when.planned.finish.isoformat()) == finish
    assert (when.planned.precision, when.without_year) == (precision, added)
    assert when.planned.text == words


def test_a_number_far_from_the_reports_year_is_a_day() -> None:
    assert add_years("on March 14", OCTOBER) == ("on March 2023 14", ("March",))


def test_without_the_reports_month_nothing_is_added() -> None:
    assert read_when("Due in May", None).planned.finish is None
    assert add_years("Due in May", None) == ("Due in May", ())


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 11))
def test_a_month_is_the_next_from_the_reports_own(report: date, month: int) -> None:
    names = "January February March April May June July August September October November December"
    when = read_when(f"due in {names.split()[month]}", report).planned.finish
    assert when is not None
    assert when.month == month + 1
    assert 0 <= (when.year - report.year) * 12 + when.month - report.month < 12


def test_report_month() -> None:
    assert find_report_month("Progress Summary October 2022") == OCTOBER
    assert find_report_month("Progress Summary") is None


@pytest.mark.parametrize(
    ("label", "month"), [("September:", 9), ("MAY", 5), ("Sept.", 9), ("Soon", None), ("", None)]
)
def test_labels(label: str, month: int | None) -> None:
    assert find_month(label) == month


def test_periods() -> None:
    assert read_period("Aug-Oct") == {8, 9, 10}
    assert read_period("Nov to Jan") == {11, 12, 1}
    assert read_period("June") == {6}
    assert read_period("this quarter") == frozenset()

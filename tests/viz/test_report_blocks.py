"""Cells in words, heat tables that are cut, dates in sentences, timelines as columns of months."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viz.paper.blocks import (
    Cell,
    Course,
    Heat,
    HeatRow,
    Loud,
    Named,
    Spread,
    show_cell,
    tell_rest,
)
from viz.paper.monthgrid import lay_out_months
from viz.paper.page import trace
from viz.timeline import Timeline, TimelineRow
from viz.words import say_dates

MAY, JUNE = date(2027, 5, 15), date(2027, 6, 28)


@pytest.mark.parametrize(
    ("cell", "unit", "words"),
    [
        (None, "", ""),
        ("plain", "days", "plain"),
        (Loud("late"), "", "late"),
        (Named("A", "Title"), "", "A Title"),
        (Named("A", ""), "", "A"),
        (1234, "", "1,234"),
        (1.5, "", "1.5"),
        (1, "days", "1 day"),
        (59.0, "days", "59 days"),
        (Spread(15, 59), "days", "15 to 59 days"),
        (Spread(59, 59.0), "days", "59 days"),
        (Spread(MAY, JUNE), "", "15 May 2027 to 28 Jun 2027"),
        (Spread(JUNE, MAY), "", "15 May 2027 to 28 Jun 2027"),
        (Spread(MAY, MAY), "", "15 May 2027"),
        (Spread(MAY, None), "", "15 May 2027"),
        (Spread(None, None), "", ""),
        (Course((MAY, JUNE)), "", "15 May 2027 → 28 Jun 2027"),
        (MAY, "", "15 May 2027"),
        (datetime(2027, 5, 15, 14, 0), "", "15 May 2027 14:00"),
    ],
)
def test_cells_in_words(cell: Cell, unit: str, words: str) -> None:
    assert show_cell(cell, unit) == words


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("due 2026-08-06.", "due 6 Aug 2026."),
        ("(2026-08-06, 2026-09-03)", "(6 Aug 2026, 3 Sep 2026)"),
        ("on 2026-12-15T14:00: the", "on 15 Dec 2026 14:00: the"),
        ("status-2026-05-31.csv", "status-2026-05-31.csv"),
        ("2026-05-31.csv, line 4", "2026-05-31.csv, line 4"),
        ("months/2026-05-31/plan", "months/2026-05-31/plan"),
        ("no 2026-13-45 day", "no 2026-13-45 day"),
        ("A2026-08-06 and 2026-08-067", "A2026-08-06 and 2026-08-067"),
    ],
)
def test_dates_in_sentences_are_those_people_write(sentence: str, said: str) -> None:
    assert say_dates(sentence) == said


@pytest.mark.parametrize(
    ("shown", "total", "words"),
    [
        (3, 3, ""),
        (15, 1200, "The first 15 of 1,200 rows; the workbook (.xlsx) has them all."),
    ],
)
def test_what_a_table_leaves_out_is_told(shown: int, total: int, words: str) -> None:
    assert tell_rest(shown, total) == words


MONTHS = tuple(date(2026 + n // 12, 1 + n % 12, 1) for n in range(20))


def cut(values: tuple[int, ...], first: int, width: int) -> Heat:
    rows = (HeatRow("a", values),)
    return Heat("Load", "", "Officer", MONTHS[: len(values)], rows, first=first, width=width)


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=20),
    st.integers(0, 19),
    st.integers(1, 12),
)
def test_a_cut_heat_table_loses_nothing(values: list[int], first: int, width: int) -> None:
    heat = cut(tuple(values), min(first, len(values) - 1), width)
    (row,) = heat.shown
    inside = heat.inside(row)
    assert len(inside) == len(heat.months_shown)
    assert heat.earlier(row) + sum(inside) + heat.later(row) == sum(values)
    assert heat.has_earlier == bool(heat.earlier(row))
    assert heat.has_later == bool(heat.later(row))
    shades = [heat.shade(value) for value in inside]
    assert all((shade == 0) == (value == 0) for shade, value in zip(shades, inside, strict=True))
    assert max(shades) == (4 if any(inside) else 0)


def row(*ends: date) -> TimelineRow:
    before, after, latest = ends
    return TimelineRow(
        id="a", title="A", before=0, after=0, latest=0, before_start=None, after_start=None,
        due=None, label="", label_at=0, label_side="start", words="", late="",
        ends=(before, after, latest),
    )  # fmt: skip


def test_a_timeline_as_months() -> None:
    rows = (
        row(date(2027, 1, 31), date(2027, 3, 31), date(2027, 3, 31)),
        row(date(2027, 3, 1), date(2027, 3, 15), date(2027, 5, 1)),
    )
    grid = lay_out_months(Timeline((), rows, None, 0))
    assert grid.step == 1
    assert grid.heads == ("Jan 2027", "Feb 2027", "Mar 2027", "Apr 2027", "May 2027")
    assert [one.marks for one in grid.rows] == [("○", "", "●", "", ""), ("", "", "○●", "", "►")]
    assert [(one.before, one.after) for one in grid.rows] == [
        ("31 Jan 2027", "31 Mar 2027"),
        ("1 Mar 2027", "15 Mar 2027 to 1 May 2027"),
    ]


def test_a_long_timeline_has_columns_of_several_months() -> None:
    rows = (row(date(2026, 4, 30), date(2027, 12, 31), date(2027, 12, 31)),)
    grid = lay_out_months(Timeline((), rows, None, 0))
    assert grid.step == 2
    assert (grid.heads[0], grid.heads[-1]) == ("Mar 2026", "Nov 2027")
    assert (grid.rows[0].marks[0], grid.rows[0].marks[-1]) == ("○", "●")


DAYS = st.dates(date(1950, 1, 1), date(2150, 12, 31))


@given(st.lists(st.tuples(DAYS, DAYS, DAYS), min_size=1, max_size=6))
def test_any_timeline_fits_twelve_columns(ends: list[tuple[date, date, date]]) -> None:
    grid = lay_out_months(Timeline((), tuple(row(*one) for one in ends), None, 0))
    assert 1 <= len(grid.heads) <= 12
    for (_, after, latest), one in zip(ends, grid.rows, strict=True):
        assert len(one.marks) == len(grid.heads)
        assert "".join(sorted("".join(one.marks))) == "".join(
            sorted("○●" + ("►" if latest != after else ""))
        )


def test_a_later_forecast_stands_higher() -> None:
    points = trace([date(2027, 1, 31), date(2027, 3, 31), date(2027, 2, 28)])
    xs, ys = [x for x, _ in points], [y for _, y in points]
    assert xs == sorted(set(xs))
    assert ys[1] < ys[2] < ys[0]
    level = {y for _, y in trace([MAY, MAY])}
    assert len(level) == 1

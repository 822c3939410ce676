"""Dates that durations and lags add up to are held to the years 1900 to 2200 (DESIGN 5.1)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from graphmodel.errors import PlanError
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from simulations.whatif import what_if
from tests.simulations.sketch import activity, link, milestone, row, run, sketch

AFTER = "{} Work would fall after the year 2200, outside the years knockon works with"
THIN = {"id": "thin", "week": {"mon": [["09:00", "09:01"]]}}


#: Plans that run beyond, and how: what their message begins with follows.
ENDLESS = [
    {"id": "c", "parent": "england", "exceptions": [{"from": "2026-01-01", "to": "2200-12-31"}]}
]
CLOSED = [{"start": "2026-01-01", "finish": "2200-12-31", "tags": ["x"]}]
LAST = [{"type": "SNET", "date": "2200-12-31"}]
PAIR = [activity("a", "1d"), activity("b", "1d")]
CHAIN = [link("a", "b"), link("b", "c")]


@pytest.mark.parametrize(
    ("items", "links", "rest", "message"),
    [
        # The first of a chain, predecessors first, however the file lists them.
        ([activity(one, "60000d") for one in "cba"], CHAIN, {}, AFTER.format("b")),
        (PAIR, [link("a", "b", "FS", "3000m")], {}, AFTER.format("b")),
        ([activity("a", "3600m")], [], {}, AFTER.format("a")),
        ([activity("a", "2d")], [], {"start": "2200-12-31"}, AFTER.format("a")),
        (
            [activity("a", "2wd", calendar="england")],
            [],
            {"start": "2200-12-31"},
            AFTER.format("a"),
        ),
        ([activity("a", "9wd", calendar="c")], [], {"calendars": ENDLESS}, AFTER.format("a")),
        ([activity("a", "5d", tags=["x"])], [], {"blackouts": CLOSED}, AFTER.format("a")),
        ([activity("a", "2d", constraints=LAST)], [], {}, AFTER.format("a")),
    ],
)
def test_a_schedule_outside_the_years_is_refused(
    items: list[dict[str, Any]], links: list[dict[str, Any]], rest: dict[str, Any], message: str
) -> None:
    with pytest.raises(PlanError) as caught:
        run(items, links, **rest)
    assert str(caught.value).startswith(message)


def test_a_lead_to_before_the_first_year_is_refused() -> None:
    """51 years before 1950."""
    items = [milestone("a", "1950-01-01"), milestone("b")]
    with pytest.raises(PlanError, match="b Mark would fall before 1900, outside the years"):
        run(items, [link("a", "b", "FS", "-612m")], start=None)


def test_late_dates_before_the_first_year_are_refused() -> None:
    """It must be done by 1960, and takes 110 years."""
    with pytest.raises(PlanError, match="late dates of a Work lie outside the years 1900 to 2200"):
        run([activity("a", "40000d")], start="1950-01-01", must_finish="1960-01-01")


def test_the_last_day_is_inside() -> None:
    answer = run([activity("a", "1d")], start="2200-12-31")
    assert row(answer, "a").start == row(answer, "a").finish == date(2200, 12, 31)
    answer = run([activity("a", "1d")], start="1900-01-01")
    assert row(answer, "a").finish == date(1900, 1, 1)


def test_a_slip_beyond_the_last_year_is_refused() -> None:
    plan = sketch([activity("a", "1d"), activity("b", "1d")], [link("a", "b")])
    scenario = Scenario(changes=(Slip(item="a", by=parse_span("200y", words=True)),))
    with pytest.raises(PlanError, match="a Work would fall after the year 2200"):
        what_if(plan, scenario)


@pytest.mark.parametrize(
    ("items", "links", "message"),
    [
        ([activity("a", "80000wd", calendar="thin")], [], 'The duration of "a" is longer than'),
        (
            [activity("a", "1d"), activity("b", "1d", calendar="thin")],
            [link("a", "b", "FS", "-20000h")],
            "The lag of the link a → b (FS - 20000 working hours) is longer than",
        ),
        (
            [activity("a", "9000d"), activity("b", "1d")],
            [link("a", "b", "FS", "100000%")],
            "The lag of the link a → b (FS + 100000 %) is longer than",
        ),
    ],
)
def test_no_span_is_longer_than_the_years(
    items: list[dict[str, Any]], links: list[dict[str, Any]], message: str
) -> None:
    """A minute of work each Monday makes 300 years out of 33 working days."""
    with pytest.raises(PlanError) as caught:
        run(items, links, calendars=[THIN])
    assert str(caught.value) == f"{message} 300 years on its calendar: give a shorter span."


def test_spans_of_almost_300_years_are_counted_exactly() -> None:
    """1 January 1900 was a Monday: the 15,000th minute of work is on the 15,000th Monday."""
    first = date(1900, 1, 1)
    answer = run([activity("a", "109000d")], start="1900-01-01")
    assert row(answer, "a").finish == first + timedelta(days=108_999)
    calendars = [{**THIN, "hours_per_day": 1 / 60}]
    answer = run(
        [activity("a", "15000wd", calendar="thin")], start="1900-01-01", calendars=calendars
    )
    assert row(answer, "a").finish == datetime(1900, 1, 1, 9, 1) + timedelta(weeks=14_999)

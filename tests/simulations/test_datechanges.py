"""What a scenario makes of items: dates set, work completed, work dropped (DESIGN 4, 5.4)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import DateError, ScenarioError
from graphmodel.spans import parse_span
from tests.simulations.wexcombe import edit, plan_of, plan_with

if TYPE_CHECKING:
    from graphmodel.items import Item
    from graphmodel.plan import Plan


def set_item(plan: Plan, **fields: Any) -> Item:
    edited = edit(plan, {"op": "set", "item": "X", **fields})
    assert edited.structural
    assert edited.changed == {"X"}
    return edited.build().index.items["X"]


def test_an_item_on_its_logic_starts_no_earlier_than_set() -> None:
    constraints = [
        {"type": "SNET", "date": "2026-06-01"},
        {"type": "FNLT", "date": "2026-09-30"},
        {"type": "SNET", "date": "2026-07-01"},
    ]
    item = set_item(plan_of(duration="10wd", constraints=constraints), start="2026-05-11")
    assert [(one.type, str(one.date)) for one in item.constraints] == [
        ("FNLT", "2026-09-30"),
        ("SNET", "2026-05-11"),
    ]
    assert str(item.duration) == "10wd"


def test_what_must_start_on_a_day_must_start_on_the_day_set() -> None:
    pinned = [{"type": "MSO", "date": "2026-06-01", "hard": True}]
    item = set_item(plan_of(duration="10d", constraints=pinned), start="2026-05-11")
    assert [(one.type, str(one.date), one.hard) for one in item.constraints] == [
        ("MSO", "2026-05-11", True)
    ]


def test_an_item_on_its_logic_finishes_no_earlier_than_set() -> None:
    constraints = [{"type": "FNET", "date": "2026-12-01"}, {"type": "MFO", "date": "2026-12-02"}]
    plan = plan_of(duration="10d", constraints=constraints, forecast="2027-01-01")
    item = set_item(plan, finish="2026-10-30")
    assert [(one.type, str(one.date)) for one in item.constraints] == [("MFO", "2026-10-30")]
    assert item.forecast == date(2026, 10, 30)


@pytest.mark.parametrize("duration", ["15wd", "12h", "3m", "0d"])
def test_an_item_on_its_logic_takes_any_length(duration: str) -> None:
    item = set_item(plan_of(duration="10wd"), duration=duration)
    assert item.duration == parse_span(duration)


def test_start_and_finish_give_the_length() -> None:
    item = set_item(plan_of(duration="10d"), start="2026-05-11", finish="2026-05-20")
    assert str(item.duration) == "10d", "both days included"
    # 09:00 to 17:30 are eight hours and a half.
    item = set_item(plan_of(duration="2d"), start="2026-05-11T09:00", finish="2026-05-11T17:30")
    assert str(item.duration) == "8.5eh"
    with pytest.raises(ScenarioError) as caught:
        set_item(plan_of(duration="10wd"), start="2026-05-11", finish="2026-05-20")
    assert str(caught.value) == (
        "X Work lasts 10 working days: set its start and duration, or its finish alone."
    )


def test_of_begun_work_as_much_more_remains() -> None:
    begun = {"status": "in_progress", "actual_start": "2026-04-01", "duration": "10wd"}
    item = set_item(plan_of(**begun, remaining="4wd"), duration="12wd")
    assert (str(item.duration), str(item.remaining)) == ("12wd", "6wd")
    item = set_item(plan_of(**begun, remaining="4wd"), duration="5wd")
    assert str(item.remaining) == "0wd"
    item = set_item(plan_of(**begun, percent=50), duration="12wd")
    assert (item.remaining, item.percent) == (None, 50), "half of 12 days remain"
    with pytest.raises(ScenarioError) as caught:
        set_item(plan_of(**begun, remaining="32h"), duration="12wd")
    assert str(caught.value) == (
        "X Work has 32 working hours left of its work: set its finish instead of its duration."
    )


PLANNED = {"planned": {"start": "2026-12-01", "finish": "2027-01-31", "precision": "range"}}


@pytest.mark.parametrize(
    ("fields", "change", "dates"),
    [
        # 62 days: the length stays, but where two are given.
        (PLANNED, {"finish": "2027-02-10"}, "2026-12-11 2027-02-10"),
        (PLANNED, {"start": "2026-12-11"}, "2026-12-11 2027-02-10"),
        (PLANNED, {"start": "2027-01-01", "finish": "2027-01-01"}, "2027-01-01 2027-01-01"),
        (PLANNED, {"duration": "2w"}, "2026-12-01 2026-12-14"),
        (PLANNED, {"duration": "2w", "finish": "2027-01-31"}, "2027-01-18 2027-01-31"),
        (PLANNED, {"duration": "1m", "start": "2027-01-15"}, "2027-01-15 2027-02-14"),
        ({"planned": {"finish": "2027-01-31"}}, {"finish": "2027-01-15"}, "None 2027-01-15"),
        # "From January 2027 on" gets an end, and keeps its beginning.
        ({"planned": {"start": "2027-01-01"}}, {"finish": "2027-06-30"}, "2027-01-01 2027-06-30"),
        ({"planned": {"start": "2027-01-01"}}, {"finish": "2026-06-30"}, "None 2026-06-30"),
        ({"planned": {"start": "2027-01-01"}}, {"start": "2027-02-01"}, "2027-02-01 None"),
    ],
)
def test_own_dates_that_are_set(fields: dict[str, Any], change: dict[str, Any], dates: str) -> None:
    item = set_item(plan_of(**fields, forecast="2027-03-31"), **change)
    assert f"{item.planned.start} {item.planned.finish}" == dates
    assert item.forecast is None, "the date set takes its place"


@pytest.mark.parametrize(
    ("fields", "change", "sentence"),
    [
        (
            PLANNED,
            {"start": "2027-01-01", "finish": "2027-01-31", "duration": "2w"},
            "X Work is set to start, finish and last: two of these say the third.",
        ),
        (
            PLANNED,
            {"duration": "10wd"},
            "The duration set for X Work must be calendar time above zero, such as 6w.",
        ),
        (
            {"duration": "10wd"},
            {"duration": "-1wd"},
            "The duration set for X Work must be a length of time, such as 6w or 10wd.",
        ),
        (
            {"duration": "10wd"},
            {"duration": "50%"},
            "The duration set for X Work must be a length of time, such as 6w or 10wd.",
        ),
        (
            {"duration": "10wd", "actual_start": "2026-05-01"},
            {"start": "2026-05-04"},
            ("X Work was begun on 2026-05-01: its start is a fact, set its finish or duration."),
        ),
        (
            {},
            {"start": "2026-05-04"},
            "X Work has no planned start to replace: set its finish, or start and finish.",
        ),
        (
            {},
            {"duration": "2w"},
            "X Work has no date to count a duration from: set one too.",
        ),
        (
            {"status": "cancelled"},
            {"finish": "2026-05-04"},
            "X Work is cancelled: it cannot be set.",
        ),
    ],
)
def test_dates_that_cannot_be_set(
    fields: dict[str, Any], change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        set_item(plan_of(**fields), **change)
    assert str(caught.value) == sentence


def test_dates_stay_within_the_years() -> None:
    with pytest.raises(DateError, match="lies outside the years 1900 to 2200"):
        set_item(plan_of(**PLANNED), duration="200m", start="2199-01-01")


def test_what_is_complete_is_complete_in_all_its_parts() -> None:
    edited = edit(plan_with(), {"op": "complete", "item": "A", "on": "2027-02-28"})
    done = {one.id: str(one.actual_finish) for one in edited.build().items if one.actual_finish}
    assert done == {"A": "2027-02-28", "A.1": "2027-01-31", "A.2": "2027-02-28"}, (
        "each on its own date, by the end of February at the latest; A.3 was done before"
    )
    assert edited.changed == {"A", "A.1", "A.2"}


@pytest.mark.parametrize(
    ("fields", "change", "sentence"),
    [
        ({}, {}, "X Work has no date: say when it was completed, as in X=2027-03-31."),
        (
            {"actual_start": "2026-05-01", "planned": {"finish": "2026-06-30"}},
            {"on": "2026-04-30"},
            "X Work was begun on 2026-05-01: it cannot be completed on 2026-04-30.",
        ),
        ({"status": "complete"}, {}, "X Work is finished: it cannot be completed."),
    ],
)
def test_what_cannot_be_completed(
    fields: dict[str, Any], change: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(ScenarioError) as caught:
        edit(plan_of(**fields), {"op": "complete", "item": "X", **change})
    assert str(caught.value) == sentence


def test_what_is_cancelled_takes_its_parts_along_but_not_the_facts() -> None:
    edited = edit(plan_with(), {"op": "cancel_item", "item": "T"})
    assert {one.id: one.status for one in edited.build().items} == {
        "T": "cancelled",
        "A": "cancelled",
        "A.1": "cancelled",
        "A.2": "cancelled",
        "A.3": "complete",
        "L": "not_started",
    }
    assert edited.changed == {"T", "A", "A.1", "A.2"}

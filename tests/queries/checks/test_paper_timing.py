"""Paper quality: after vesting day, and months with more than they can hold."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from queries.checks.vesting import VestingDay, find_vesting_day
from tests.queries.checks.faulty_plans import action, found, make, milestone, result

VESTING = {
    "id": "V", "kind": "milestone", "title": "Vesting day", "external": True,
    "planned": {"finish": "2028-04-01", "precision": "day"},
}  # fmt: skip


def test_after_vesting_day() -> None:
    plan = make(
        VESTING,
        action(due="2028-04-02"),
        milestone("on", "2028-04-01"),
        milestone("late", "2028-04-02"),
        milestone("done", "2028-05-31", status="complete"),
    )
    assert found(plan, "after-vesting-day") == [("A",), ("late",)]
    assert result(plan, "after-vesting-day").denominator == 3
    assert "after vesting day (2028-04-01, as V says)" in (
        result(plan, "after-vesting-day").findings[0].message
    )


def test_without_a_vesting_day_nothing_is_after_it() -> None:
    plan = make(action(), milestone("m", "2090-01-01"))
    assert result(plan, "after-vesting-day").why_not == "the plan names no vesting day"


@pytest.mark.parametrize(
    "item",
    [
        VESTING,
        {**VESTING, "planned": {"start": "2028-04-01"}},
        {**VESTING, "planned": {}, "due": "2028-04-01"},
        {**VESTING, "external": False, "title": "Vesting day (1 April 2028)"},
        {**VESTING, "external": False, "title": "New council: vesting day is 1 April 2028"},
        {**VESTING, "external": False, "title": "On 1 April 2028, vesting day, all staff move"},
        {**VESTING, "external": False, "title": "Ready by 1 April 2028 (the vesting date)"},
        {**VESTING, "external": False, "title": "Vesting day soon; vesting-day: 1 April 2028"},
        {
            **VESTING,
            "external": False,
            "title": "Shadow council",
            "planned": {"text": "From May 2027 elections to 1 April 2028 (vesting day)"},
        },
        {
            **VESTING,
            "external": False,
            "title": "Hand over",
            "deadlines": [{"date": "2028-04-01", "kind": "vesting day"}],
        },
    ],
)
def test_how_a_plan_names_its_vesting_day(item: dict[str, Any]) -> None:
    assert find_vesting_day(make(item)) == VestingDay(date(2028, 4, 1), "V")


@pytest.mark.parametrize(
    "item",
    [
        {**VESTING, "planned": {}},
        {**VESTING, "external": False},
        {**VESTING, "external": False, "title": "Vesting day in April 2028"},
        {**VESTING, "external": False, "title": "Vesting day"},
        {**VESTING, "external": False, "title": "Harvest day: 1 April 2028"},
        {**VESTING, "external": False, "title": "Budget set on 1 March 2028 before vesting day"},
        {**VESTING, "external": False, "title": "Vesting day plan, to be ready 1 March 2028"},
        {**VESTING, "external": False, "deadlines": [{"date": "2028-04-01", "kind": "grant ends"}]},
        {**VESTING, "external": False, "deadlines": [{"date": "2028-04-01"}]},
    ],
)
def test_what_is_no_vesting_day(item: dict[str, Any]) -> None:
    assert find_vesting_day(make(item)) is None


def month(number: int, count: int, **keys: Any) -> list[dict[str, Any]]:
    """Return so many milestones in a month of 2026."""
    return [milestone(f"m{number}.{one}", f"2026-{number:02}-28", **keys) for one in range(count)]


def test_too_much_in_one_month() -> None:
    # The months hold 10, 3, 3, 3 and 4: the median is 3, and 10 is more than three times that.
    plan = make(action(), *month(1, 10), *month(2, 3), *month(3, 3), *month(4, 3), *month(5, 4))
    (finding,) = result(plan, "month-overloaded").findings
    assert finding.items == tuple(f"m1.{one}" for one in range(10))
    assert finding.message == (
        "10 of 23 dated actions and milestones fall in Jan 2026; the median month has 3."
    )
    assert result(plan, "month-overloaded").denominator == 5


@pytest.mark.parametrize(
    "items",
    [
        [*month(1, 9), *month(2, 1), *month(3, 1)],  # fewer than ten
        [*month(1, 10), *month(2, 4), *month(3, 3), *month(4, 4), *month(5, 4)],  # not 3 medians
        [*month(1, 10, planned={"finish": "2026-03-31", "precision": "quarter"}), *month(2, 1)],
        [*month(1, 10, kind="activity"), *month(2, 1)],
        [*month(1, 10, status="cancelled"), *month(2, 1)],
    ],
)
def test_months_that_hold_what_they_can(items: list[dict[str, Any]]) -> None:
    assert found(make(action(), *items), "month-overloaded") == []


def test_a_plan_without_dates_has_no_months() -> None:
    assert result(make(action(), milestone("m")), "month-overloaded").why_not == (
        "there are no months with a milestone"
    )


def test_owners_of_a_crowded_month_are_counted() -> None:
    plan = make(
        action(), *month(1, 12), *month(2, 1),
        officers=[{"id": "o"}], assignments=[{"officer": "o", "item": "A"}],
    )  # fmt: skip
    # Two months, 12 and 1: the median is 6.5, so that 12 is not more than 19.5.
    assert found(plan, "month-overloaded") == []
    plan = make(
        action(), *month(1, 12), *month(2, 1), *month(3, 1),
        officers=[{"id": "o"}], assignments=[{"officer": "o", "item": "A"}],
    )  # fmt: skip
    (finding,) = result(plan, "month-overloaded").findings
    assert "fall in Jan 2026 (1 owner); the median month has 1." in finding.message


def test_a_small_share_of_a_long_plan_is_not_too_much() -> None:
    # 10 of 99 are less than an eighth, though the median month has one.
    rest = [one for number in range(4, 13) for one in month(number, 1)]
    plan = make(action(), *month(1, 10), *month(2, 40), *month(3, 40), *rest)
    assert [one[0] for one in found(plan, "month-overloaded")] == ["m2.0", "m3.0"]

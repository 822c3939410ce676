"""Calendar months in lags, durations and slips (DESIGN 5.2), each date counted by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graphmodel.plan import Plan
from graphmodel.scenario import Scenario
from simulations.schedule import schedule
from simulations.whatif import what_if


def plan(items: list[dict[str, Any]], *links: dict[str, Any], **rest: Any) -> Plan:
    full = [{"kind": "activity", "title": item["id"], **item} for item in items]
    return Plan.model_validate(
        {"schema": "knockon/plan@1", "id": "p", "items": full, "links": links, **rest}
    )


def milestone(name: str, finish: str) -> dict[str, Any]:
    return {"id": name, "planned": {"finish": finish}}


LATER = [
    ("2026-02-28", "1m", date(2026, 3, 31)),
    ("2026-09-30", "2m", date(2026, 11, 30)),
    ("2026-01-30", "1m", date(2026, 2, 28)),
    ("2026-01-31", "1m", date(2026, 2, 28)),
    ("2026-03-15", "3m", date(2026, 6, 15)),
    ("2027-12-31", "2m", date(2028, 2, 29)),
    ("2026-05-31", "-3m", date(2026, 2, 28)),
    ("2026-04-30", "-1m", date(2026, 3, 31)),
]


@pytest.mark.parametrize(("finish", "lag", "reached"), LATER)
def test_a_lag_in_months(finish: str, lag: str, reached: date) -> None:
    items = [milestone("a", finish), {"id": "b"}]
    after = schedule(plan(items, {"from": "a", "to": "b", "lag": lag})).items[1]
    assert (after.start, after.finish) == (reached, reached)


@pytest.mark.parametrize(("finish", "by", "reached"), [row for row in LATER if row[1][0] != "-"])
def test_a_slip_in_months(finish: str, by: str, reached: date) -> None:
    scenario = Scenario.model_validate({"changes": [{"op": "slip", "item": "a", "by": by}]})
    (row,) = what_if(plan([milestone("a", finish)]), scenario).items
    assert row.finish == reached
    assert row.knock_on_days == (reached - date.fromisoformat(finish)).days


@pytest.mark.parametrize(
    ("start", "duration", "finish"),
    [  # from D to the day before D + n months
        ("2026-04-01", "1m", date(2026, 4, 30)),
        ("2026-04-15", "2m", date(2026, 6, 14)),
        ("2026-01-31", "1m", date(2026, 2, 27)),
        ("2026-02-28", "1m", date(2026, 3, 30)),
        ("2027-11-30", "3m", date(2028, 2, 28)),
        ("2026-04-01", "1.5m", date(2026, 5, 15)),
    ],
)
def test_a_duration_in_months(start: str, duration: str, finish: date) -> None:
    (row,) = schedule(plan([{"id": "a", "duration": duration}], start=start)).items
    assert (row.start, row.finish) == (date.fromisoformat(start), finish)


@pytest.mark.parametrize(
    ("finish", "duration", "start"),
    [
        ("2026-12-31", "4m", date(2026, 9, 1)),
        ("2026-12-31", "1m", date(2026, 12, 1)),
        ("2027-02-28", "1m", date(2027, 2, 1)),
        ("2027-01-15", "4m", date(2026, 9, 16)),
        # No start leads to 29 Mar exactly: 28 Feb + 1m is 31 Mar, so the latest that fits is taken.
        ("2027-03-29", "1m", date(2027, 2, 27)),
    ],
)
def test_a_duration_in_months_held_at_its_finish(finish: str, duration: str, start: date) -> None:
    """The start moves with the finish so that the activity still lasts its months."""
    items = [milestone("a", finish), {"id": "b", "duration": duration}]
    held = plan(items, {"from": "a", "to": "b", "type": "FF"}, start="2026-01-01")
    row = schedule(held).items[1]
    assert (row.start, row.finish) == (start, date.fromisoformat(finish))
    assert row.driven_by == ("a",)


def test_a_slip_keeps_the_months_of_a_duration() -> None:
    """A month to 31 Jan, slipped by a month, is the month to 28 Feb: it starts on 1 Feb."""
    scenario = Scenario.model_validate({"changes": [{"op": "slip", "item": "a", "by": "1m"}]})
    (row,) = what_if(plan([{"id": "a", "duration": "1m"}], start="2026-01-01"), scenario).items
    assert (row.start, row.finish) == (date(2026, 2, 1), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("must_finish", "late_finish"),
    [  # B takes a day, a month after A: the latest start of A whose image fits, 10 days long
        ("2026-05-28", date(2026, 5, 7)),
        ("2026-05-29", date(2026, 5, 8)),
        # 29 Apr + 1m is 29 May, 30 Apr + 1m is already 31 May: the 29th is the latest for 30 May.
        ("2026-05-30", date(2026, 5, 8)),
        ("2026-05-31", date(2026, 5, 9)),
    ],
)
def test_the_late_pass_takes_the_latest_date_that_fits(must_finish: str, late_finish: date) -> None:
    late = plan(
        [{"id": "a", "duration": "10d"}, {"id": "b", "duration": "1d"}],
        {"from": "a", "to": "b", "type": "SS", "lag": "1m"},
        start="2026-01-01",
        must_finish=must_finish,
    )
    row = schedule(late).items[0]
    assert row.late_finish == late_finish
    assert row.total_float_days == (late_finish - date(2026, 1, 10)).days

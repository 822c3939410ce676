"""What cannot be negative, and shifts that are none: refused where a plan is read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graphmodel.errors import PlanError
from graphmodel.planfile import parse_plan, plan_schema


def plan_with(item: dict[str, Any], **rest: Any) -> str:
    whole = {"id": "a", "kind": "activity", "title": "Work", **item}
    return json.dumps({"schema": "knockon/plan@1", "id": "p", "items": [whole], **rest})


@pytest.mark.parametrize(
    ("item", "rest", "where"),
    [
        ({"duration": "-5d"}, {}, 'item "a", field "duration"'),
        ({"remaining": "-5d"}, {}, 'item "a", field "remaining"'),
        ({"levelling_delay": "-5d"}, {}, 'item "a", field "levelling_delay"'),
        ({"splits": [{"after": "1d", "gap": "-5d"}]}, {}, 'item "a", field "splits.0.gap"'),
        ({"splits": [{"after": "-5d", "gap": "1d"}]}, {}, 'item "a", field "splits.0.after"'),
        ({"baselines": [{"duration": "-5d"}]}, {}, 'item "a", field "baselines.0.duration"'),
        ({}, {"boards": [{"id": "b", "papers_lead": "-5d"}]}, 'board "b", field "papers_lead"'),
    ],
)
def test_a_length_is_never_negative(item: dict[str, Any], rest: dict[str, Any], where: str) -> None:
    with pytest.raises(PlanError) as caught:
        parse_plan(plan_with(item, **rest))
    assert caught.value.faults == (f"{where}: -5d is a negative length of time.",)


def test_a_lag_may_be_negative_and_a_length_nothing() -> None:
    other = {"id": "b", "kind": "milestone", "title": "Mark", "duration": "0d"}
    link = {"from": "a", "to": "b", "lag": "-5d"}
    text = {"schema": "knockon/plan@1", "id": "p", "items": [{**other, "id": "a"}, other]}
    plan = parse_plan(json.dumps({**text, "links": [link]}))
    assert str(plan.links[0].lag) == "-5d"
    assert not plan.items[0].duration


def test_the_schema_says_so() -> None:
    definitions = plan_schema()["$defs"]
    choices = definitions["Item"]["properties"]["duration"]["anyOf"]
    assert all("-" not in one.get("pattern", "") for one in choices)
    assert any(
        "-" in one["pattern"] for one in definitions["Link"]["properties"]["lag"]["anyOf"][:1]
    )


@pytest.mark.parametrize(
    "shift", [["09:00"], ["09:00", "25:00"], ["9:00", "17:00"], "09:00-17:00", [9, 17], None]
)
def test_a_shift_is_two_times_of_day(shift: Any) -> None:
    calendar = {"id": "c", "week": {"mon": [shift]}}
    with pytest.raises(PlanError) as caught:
        parse_plan(plan_with({}, calendars=[calendar]))
    sentence = (
        'calendar "c", field "week.mon.0": a shift is two times of day from 00:00 to 24:00, such '
        'as ["09:00", "17:00"].'
    )
    assert caught.value.faults == (sentence,)

"""Scenario files: what is written is read back the same, whatever the change."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graphmodel.planfile import dump_plan, dump_scenario, parse_plan, parse_scenario

CHANGES: list[dict[str, Any]] = [
    {"op": "slip", "item": "a", "by": "2m"},
    {"op": "slip", "item": "a", "by": "2m", "own": True},
    {"op": "slip_group", "officer": "o", "by": "1w"},
    {"op": "set", "item": "a", "finish": "2027-01-31"},
    {"op": "add_link", "from": "a", "to": "b", "type": "SS", "lag": "-2w"},
    {"op": "remove_link", "from": "a", "to": "b"},
    {"op": "cancel_meeting", "board": "b", "date": "2027-01-31"},
    {"op": "move_meeting", "board": "b", "date": "2027-01-31", "to": "2027-02-07"},
    {"op": "add_meeting", "board": "b", "date": "2027-01-31"},
    {"op": "away", "officer": "o", "from": "2027-01-01", "to": "2027-01-31"},
    {"op": "reassign", "item": "a", "officer": "o", "to": "p"},
    {"op": "complete", "item": "a", "on": "2027-01-31"},
    {"op": "cancel_item", "item": "a"},
    {"op": "waive_papers_lead", "gate": "g"},
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change["op"])
def test_every_change_is_written_as_it_was_read(change: dict[str, Any]) -> None:
    content = {"schema": "knockon/scenario@1", "name": "winter", "changes": [change]}
    scenario = parse_scenario(json.dumps(content))
    assert json.loads(dump_scenario(scenario)) == content
    assert parse_scenario(dump_scenario(scenario)) == scenario


def test_the_effects_of_a_risk_keep_what_they_are() -> None:
    risk = {"id": "r", "probability": 0.2, "effects": CHANGES}
    items = [{"id": one, "kind": "action", "title": one} for one in ("a", "b")]
    document = {"schema": "knockon/plan@1", "id": "p", "items": items, "risks": [risk]}
    plan = parse_plan(json.dumps(document))
    assert json.loads(dump_plan(plan))["risks"] == [risk]
    assert parse_plan(dump_plan(plan)) == plan

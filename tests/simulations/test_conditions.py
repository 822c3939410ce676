"""Every change in plain English, as the condition of a sentence."""

from __future__ import annotations

import json
from typing import Any, get_args

import pytest

from graphmodel.planfile import parse_scenario
from graphmodel.scenario import Change
from simulations.conditions import describe_change
from tests.simulations.wexcombe import plan_with

WORDS: list[tuple[dict[str, Any], str]] = [
    ({"op": "slip", "item": "A.1", "by": "2m"}, "A.1 “Consult” slips 2 months"),
    (
        {"op": "slip", "item": "A", "by": "1w", "own": True},
        "A “Model”'s own finish slips 1 week",
    ),
    (
        {"op": "slip_group", "officer": "dasc", "by": "1w"},
        "everything unfinished of Director of Adults slips 1 week",
    ),
    (
        {
            "op": "slip_group",
            "officer": "cx",
            "by": "1w",
            "roles": ["accountable", "delivery_lead"],
        },
        "everything unfinished of Chief Executive as accountable or delivery lead slips 1 week",
    ),
    (
        {"op": "slip_group", "board": "cab", "by": "1w"},
        "everything unfinished of Cabinet slips 1 week",
    ),
    (
        {"op": "set", "item": "A.1", "start": "2027-01-01", "duration": "6w"},
        "A.1 “Consult” is set to start on 2027-01-01 and last 6 weeks",
    ),
    ({"op": "add_link", "from": "A", "to": "L"}, "L “Build” has to wait for A “Model”"),
    (
        {"op": "add_link", "from": "A", "to": "L", "type": "SS", "lag": "10wd"},
        "L “Build” has to wait for A “Model” (SS + 10 working days)",
    ),
    (
        {"op": "add_link", "from": "A", "to": "L", "lag": "-1w"},
        "L “Build” has to wait for A “Model” (FS - 1 week)",
    ),
    ({"op": "remove_link", "from": "A", "to": "L"}, "L “Build” need not wait for A “Model”"),
    (
        {"op": "remove_link", "from": "A", "to": "L", "type": "FF"},
        "L “Build” need not wait for A “Model” (FF)",
    ),
    (
        {"op": "cancel_meeting", "board": "cab", "date": "2026-05-05"},
        "Cabinet does not meet on 2026-05-05",
    ),
    (
        {"op": "move_meeting", "board": "cab", "date": "2026-05-05", "to": "2026-05-12"},
        "Cabinet meets on 2026-05-12 instead of 2026-05-05",
    ),
    (
        {"op": "add_meeting", "board": "cab", "date": "2026-05-12T14:00"},
        "Cabinet meets on 2026-05-12T14:00 as well",
    ),
    (
        {"op": "away", "officer": "dasc", "from": "2027-01-04", "to": "2027-01-29"},
        "Director of Adults is away from 2027-01-04 to 2027-01-29",
    ),
    (
        {"op": "away", "officer": "dasc", "from": "2027-01-04", "to": "2027-01-04"},
        "Director of Adults is away on 2027-01-04",
    ),
    (
        {"op": "reassign", "item": "A.1", "officer": "dasc", "to": "cx"},
        "A.1 “Consult” passes from Director of Adults to Chief Executive",
    ),
    ({"op": "complete", "item": "A.1"}, "A.1 “Consult” is complete"),
    (
        {"op": "complete", "item": "A.1", "on": "2027-01-15"},
        "A.1 “Consult” is complete on 2027-01-15",
    ),
    ({"op": "cancel_item", "item": "A.1"}, "A.1 “Consult” is cancelled"),
    (
        {"op": "waive_papers_lead", "gate": "g1"},
        "papers for A.2 “Decide” may reach Cabinet on the day it meets",
    ),
    (
        {"op": "waive_papers_lead", "gate": "A.2"},
        "papers for A.2 “Decide” may reach Cabinet on the day it meets",
    ),
]


@pytest.mark.parametrize(("change", "words"), WORDS)
def test_a_change_in_words(change: dict[str, Any], words: str) -> None:
    scenario = parse_scenario(json.dumps({"schema": "knockon/scenario@1", "changes": [change]}))
    assert describe_change(plan_with(), scenario.changes[0]) == words


def test_every_kind_of_change_has_its_words() -> None:
    union, _ = get_args(Change)
    kinds = {kind.model_fields["op"].default for kind in get_args(union)}
    assert {change["op"] for change, _ in WORDS} == kinds

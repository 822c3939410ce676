"""A small plan with boards, gates and officers, for what scenarios make of it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from graphmodel.planfile import parse_plan, parse_scenario
from simulations.changes import edit_plan

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from simulations.changes import Edited

__all__ = ["PLAN", "edit", "plan_of", "plan_with"]

PLAN: dict[str, Any] = {
    "schema": "knockon/plan@1",
    "id": "wex",
    "start": "2026-04-01",
    "officers": [
        {"id": "dasc", "title": "Director of Adults"},
        {"id": "head", "title": "Head of Service"},
        {"id": "cx", "title": "Chief Executive"},
    ],
    "boards": [
        {
            "id": "cab",
            "title": "Cabinet",
            "meetings": {"rule": "FREQ=MONTHLY;BYDAY=1TU", "dates": ["2026-05-19"]},
            "papers_lead": "10wd",
        },
        {"id": "ib", "title": "Improvement Board"},
    ],
    "items": [
        {"id": "T", "kind": "theme", "title": "Adults"},
        {"id": "A", "kind": "action", "title": "Model", "parent": "T"},
        {
            "id": "A.1",
            "kind": "milestone",
            "title": "Consult",
            "parent": "A",
            "planned": {"start": "2026-12-01", "finish": "2027-01-31", "precision": "range"},
        },
        {
            "id": "A.2",
            "kind": "milestone",
            "title": "Decide",
            "parent": "A",
            "planned": {"finish": "2027-04-30", "precision": "month"},
        },
        {
            "id": "A.3",
            "kind": "milestone",
            "title": "Prepare",
            "parent": "A",
            "status": "complete",
            "planned": {"finish": "2026-05-31"},
        },
        {"id": "L", "kind": "activity", "title": "Build", "duration": "10wd"},
    ],
    "links": [{"from": "A.1", "to": "A.2"}],
    "gates": [
        {"id": "g1", "item": "A.2", "board": "cab"},
        {"item": "L", "board": "ib"},
        {"item": "L", "board": "cab", "order": 2, "papers_lead": "5d"},
        {"id": "g4", "item": "A.1", "board": "cab", "state": "rejected"},
    ],
    "assignments": [
        {"officer": "dasc", "item": "A"},
        {"officer": "cx", "item": "A", "role": "accountable"},
        {"officer": "cx", "item": "T"},
        {"officer": "head", "item": "L"},
        {"officer": "dasc", "item": "L"},
    ],
}


def plan_with(**changes: Any) -> Plan:
    return parse_plan(json.dumps({**PLAN, **changes}))


def plan_of(**fields: Any) -> Plan:
    """Return a plan of one item, X."""
    item = {"id": "X", "kind": "activity", "title": "Work", **fields}
    return parse_plan(json.dumps({"schema": "knockon/plan@1", "id": "p", "items": [item]}))


def edit(plan: Plan, *changes: dict[str, Any]) -> Edited:
    scenario = {"schema": "knockon/scenario@1", "changes": list(changes)}
    return edit_plan(plan, parse_scenario(json.dumps(scenario)), plan.links)

"""The example that an empty template shows: a small plan of a council that there is not."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from graphmodel.plan import Plan

__all__ = ["example_plan"]

_ITEMS: Final[list[dict[str, Any]]] = [
    {"id": "H", "kind": "theme", "title": "Housing"},
    {"id": "H1", "kind": "objective", "title": "Fewer families in hotels", "parent": "H"},
    {
        "id": "H1.1",
        "kind": "action",
        "title": "Lease homes for families",
        "parent": "H1",
        "planned": {"finish": "2027-03-31", "precision": "month", "text": "March 2027"},
        "due": "2027-03-31",
        "status": "in_progress",
        "rag": "amber",
        "division": "Housing",
    },
    {
        "id": "H1.1.1",
        "kind": "milestone",
        "title": "Lease agreed with the landlords",
        "parent": "H1.1",
        "planned": {"finish": "2026-10-30", "precision": "day"},
        "status": "in_progress",
        "percent": 40.0,
        "forecast": "2026-11-27",
        "cause": "The valuer started late",
    },
    {
        "id": "H1.1.2",
        "kind": "milestone",
        "title": "Lease approved",
        "parent": "H1.1",
        "planned": {"finish": "2026-12-31", "precision": "month", "text": "Dec 2026"},
    },
    {
        "id": "H1.1.3",
        "kind": "activity",
        "title": "Ask families about the homes",
        "parent": "H1.1",
        "planned": {"start": "2027-01-11", "finish": "2027-02-12", "precision": "day"},
        "tags": ["consultation"],
    },
]

_EXAMPLE: Final[dict[str, Any]] = {
    "id": "example",
    "title": "Example plan",
    "items": _ITEMS,
    "links": [
        {
            "from": "H1.1.1",
            "to": "H1.1.2",
            "lag": "10wd",
            "origin": "register",
            "reason": "The board decides on the lease itself",
            "decided": {"by": "Planner", "at": "2026-09-01"},
        },
        {"from": "H1.1.2", "to": "H1.1.3", "type": "FS", "origin": "register"},
        {
            "from": "H1.1.1",
            "to": "H1.1.3",
            "type": "SS",
            "lag": "-1w",
            "origin": "register",
            "state": "proposed",
            "confidence": 0.5,
        },
    ],
    "officers": [
        {
            "id": "head-of-housing",
            "title": "Head of Housing",
            "also": ["Housing Lead"],
            "directorate": "Communities",
            "successor": "director-of-homes",
        },
        {"id": "director-of-homes", "title": "Director of Homes"},
    ],
    "assignments": [
        {"officer": "head-of-housing", "item": "H1.1"},
        {"officer": "director-of-homes", "item": "H1", "role": "accountable"},
    ],
    "boards": [
        {
            "id": "HB",
            "title": "Homes Board",
            "oversees": ["H1"],
            "chair": "Director of Homes",
            "members": ["Head of Housing", "Head of Finance"],
            "meetings": {
                "dates": ["2026-11-17"],
                "rule": "FREQ=MONTHLY;BYDAY=3TU",
                "cancelled": ["2026-12-15"],
            },
            "papers_lead": "10wd",
        }
    ],
    "gates": [
        {"id": "G1", "item": "H1.1.2", "board": "HB", "reason": "Leases above the limit need it"}
    ],
    "blackouts": [
        {
            "start": "2027-03-22",
            "finish": "2027-05-06",
            "reason": "pre-election period",
            "boards": ["HB"],
            "tags": ["consultation"],
        }
    ],
    "metrics": [
        {
            "id": "H1/M1",
            "item": "H1",
            "title": "Families in hotels",
            "unit": "families",
            "direction": "down",
            "frequency": "monthly",
            "baseline": {"value": 120.0, "text": "120", "as_of": "Apr 2026"},
            "target": {"value": 30.0, "text": "30", "by": "2028-03-31"},
            "actuals": [
                {"value": 112.0, "text": "112", "as_of": "Aug 2026"},
                {"value": 104.0, "text": "104", "as_of": "Sept 2026"},
            ],
        }
    ],
    "risks": [
        {
            "id": "R1",
            "title": "A landlord withdraws",
            "probability": 0.3,
            "impacts": [
                {
                    "item": "H1.1.1",
                    "delay": {
                        "distribution": "triangular",
                        "low": "2w",
                        "mode": "1m",
                        "high": "3m",
                    },
                }
            ],
            "effects": [{"op": "cancel_meeting", "board": "HB", "date": "2027-01-19"}],
        }
    ],
    "corrections": [
        {
            "item": "H1.1",
            "field": "due",
            "value": "2027-03-31",
            "why": "Minutes of the Homes Board",
            "who": "Planner",
            "when": "2026-09-01",
        }
    ],
}


@cache
def example_plan() -> Plan:
    """Return the example; every sheet of a template has a row of it."""
    return Plan.model_validate(_EXAMPLE)

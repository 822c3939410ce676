"""A small plan with boards whose answers can be worked out by hand.

Cabinet meets on 8 September, 10 November, 12 January, 9 March and 11 May, with papers 14 days
ahead: 25 August, 27 October, 29 December, 27 April. No election is held but one: from 1 March to
6 May 2027 Cabinet does not meet, and no consultation begins. So 9 March falls out.

``T.2`` waits for ``T.1``, which is ready on 18 December, 11 days before papers are due. ``U.2`` is
planned for March and waits for ``T.3`` (28 February). ``U.3`` is to be consulted on in April.
"""

from __future__ import annotations

from typing import Any

from graphmodel.plan import Plan

__all__ = ["BOARDS", "board_plan"]


def _milestone(one: str, finish: str, precision: str = "month", **rest: Any) -> dict[str, Any]:
    planned = {"finish": finish, "precision": precision}
    parent = one.partition(".")[0]
    item = {"id": one, "kind": "milestone", "title": f"Title of {one}", "parent": parent}
    return item | {"planned": planned} | rest


def _link(before: str, after: str) -> dict[str, Any]:
    return {"from": before, "to": after}


BOARDS: dict[str, Any] = {
    "schema": "knockon/plan@1",
    "id": "wex",
    "title": "Improvement plan",
    "start": "2026-04-01",
    "status_date": "2026-08-31",
    "boards": [
        {
            "id": "cab",
            "title": "Cabinet",
            "papers_lead": "14d",
            "oversees": ["T"],
            "meetings": {
                "dates": ["2026-09-08", "2026-11-10", "2027-01-12", "2027-03-09", "2027-05-11"]
            },
        },
        {
            "id": "ib",
            "title": "Improvement Board",
            "papers_lead": "7d",
            "oversees": ["T", "U"],
            "meetings": {"dates": ["2026-10-20", "2026-12-15T14:00"]},
        },
        {"id": "ec", "title": "Executive Board"},
        {"id": "sc", "title": "Scrutiny", "oversees": ["U"]},
    ],
    "items": [
        {"id": "T", "kind": "theme", "title": "Adults", "due": "2027-02-28"},
        _milestone("T.1", "2026-12-18", "day"),
        _milestone("T.2", "2027-01-31", due="2027-01-31"),
        _milestone("T.3", "2027-02-28", due="2027-02-28"),
        {"id": "U", "kind": "theme", "title": "Housing"},
        _milestone("U.1", "2026-12-31"),
        _milestone("U.2", "2027-03-31"),
        _milestone("U.3", "2027-04-30", "range", tags=["consultation"]),
        _milestone("U.4", "2026-05-31", status="complete"),
        _milestone("U.5", "2028-05-31"),
        _milestone("U.6", "2026-10-31"),
        _milestone("U.7", "2027-03-31"),
        _milestone("U.8", "2027-05-10", "day"),
        _milestone("U.9", "2026-10-31", status="cancelled"),
    ],
    "links": [
        _link("T.1", "T.2"),
        _link("T.2", "T.3"),
        _link("T.3", "U.2"),
        _link("U.1", "U.5"),
        _link("U.4", "U.6"),
        _link("U.3", "U.8"),
    ],
    "gates": [
        {"item": "T.2", "board": "cab"},
        {"item": "U.1", "board": "ib"},
        {"item": "U.2", "board": "cab"},
        {"item": "U.4", "board": "cab"},
        {"item": "U.5", "board": "ib"},
        {"item": "U.6", "board": "ib"},
        {"item": "U.7", "board": "cab", "id": "g7"},
        {"item": "U.9", "board": "cab"},
        {"item": "T.3", "board": "ec", "state": "proposed"},
    ],
    "blackouts": [
        {
            "start": "2027-03-01",
            "finish": "2027-05-06",
            "reason": "pre-election period",
            "boards": ["cab"],
            "tags": ["consultation"],
        }
    ],
}
BOARDS["items"][7]["planned"]["start"] = "2027-04-01"


def board_plan(**changes: Any) -> Plan:
    """Return the plan, some of its keys replaced."""
    return Plan.model_validate({**BOARDS, **changes})

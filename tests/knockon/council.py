"""A small council plan whose answers can be worked out by hand.

``A.1`` finishes on 31 Jan 2027 and ``A.2`` needs 45 more days: 17 Mar. ``A.2`` is planned for
30 Apr, which leaves 44 days. Two months' slip takes ``A.1`` to 31 Mar, 59 days on: ``A.2`` is
ready on 15 May, 15 days late; if its 44 days are work, on 28 Jun, 59 days late.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from graphmodel.planfile import parse_plan

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan

_HOSTILE = "<script>alert(1)</script> [bold]x[/bold] \x1b[31m\u202eover\u202c"

COUNCIL: dict[str, Any] = {
    "schema": "knockon/plan@1",
    "id": "wex",
    "title": "Improvement plan",
    "organisation": "Wexcombe",
    "start": "2026-04-01",
    "sources": [{"id": "s1", "file": "paper.txt"}],
    "officers": [
        {"id": "dasc", "title": "Director of Adult Social Care"},
        {"id": "cx", "title": "Chief Executive"},
    ],
    "boards": [
        {"id": "ib", "title": "Improvement Board", "oversees": ["T"], "reports_to": "cab"},
        {"id": "cab", "title": "Cabinet"},
    ],
    "items": [
        {"id": "T", "kind": "theme", "title": "Adult Social Care"},
        {
            "id": "A",
            "kind": "action",
            "title": "Bring in the new model across every team, locality and function we run",
            "parent": "T",
            "division": "Adults",
            "due": "2027-04-30",
        },
        {
            "id": "A.1",
            "kind": "milestone",
            "title": "Consult staff “properly”",
            "parent": "A",
            "tags": ["consultation"],
            "planned": {"start": "2026-12-01", "finish": "2027-01-31", "text": "Dec to Jan 2027"},
            "source": {"source": "s1", "line": 41, "quote": "Consult staff"},
        },
        {
            "id": "A.2",
            "kind": "milestone",
            "title": "Start the integrated teams",
            "parent": "A",
            "planned": {"finish": "2027-04-30", "text": "Apr 2027"},
        },
        {
            "id": "A.3",
            "kind": "milestone",
            "title": "Find a partner",
            "parent": "A",
            "status": "complete",
            "planned": {"finish": "2026-05-31"},
        },
        {
            "id": "A.4",
            "kind": "milestone",
            "title": _HOSTILE,
            "parent": "A",
            "planned": {"finish": "2026-06-30"},
        },
    ],
    "links": [
        {
            "from": "A.1",
            "to": "A.2",
            "lag": "45d",
            "origin": "register",
            "reason": "The outcome takes weeks",
            "evidence": [
                {"side": "from", "source": {"source": "s1", "line": 41, "quote": "Consult"}}
            ],
        },
        {"from": "A.4", "to": "A.1", "origin": "sequence", "state": "proposed", "confidence": 0.7},
        {"from": "A.3", "to": "A.4", "state": "rejected"},
    ],
    "assignments": [
        {"officer": "dasc", "item": "A"},
        {"officer": "cx", "item": "T", "role": "accountable"},
    ],
    "gates": [{"board": "cab", "item": "A.2", "state": "proposed"}],
    "metrics": [
        {
            "id": "m1",
            "item": "A",
            "title": "Long stays",
            "baseline": {"value": 31, "text": "31", "as_of": "Jan 2026"},
            "target": {"value": 28},
        }
    ],
    "relations": [{"from": "ib", "to": "wex", "type": "assures"}],
    "risks": [
        {
            "id": "r1",
            "probability": 0.3,
            "impacts": [
                {"item": "A.1", "delay": {"distribution": "uniform", "low": "1w", "high": "4w"}}
            ],
        }
    ],
}


def council(**changes: Any) -> Plan:
    """Return the plan, some of its keys replaced."""
    return parse_plan(json.dumps({**COUNCIL, **changes}))


def write_council(path: Path, **changes: Any) -> str:
    """Write the plan to a file and return its name."""
    path.write_text(json.dumps({**COUNCIL, **changes}), encoding="utf-8")
    return str(path)

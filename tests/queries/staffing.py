"""A small plan with officers whose loads can be worked out by hand.

Ann has A.1 (June) and, with Bob, A.2 (end of July). Bob has B.1 (end of July), B.2 (open-ended from
August) and B.3 (no date). Cat and a group have E (end of September). C belongs to the group alone,
D to nobody. A.1 → A.2 → B.1 → E, and A.3, which is complete, → B.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.oracle.small import build, fs

if TYPE_CHECKING:
    from graphmodel.plan import Plan

__all__ = ["staffed"]

ITEMS: list[dict[str, Any]] = [
    {"id": "T", "kind": "theme"},
    {"id": "A", "kind": "action", "parent": "T", "due": "2026-09-30"},
    {"id": "A.1", "parent": "A", "planned": {"start": "2026-06-01", "finish": "2026-06-30"}},
    {"id": "A.2", "parent": "A", "planned": {"finish": "2026-07-31"}},
    {"id": "A.3", "parent": "A", "planned": {"finish": "2026-06-15"}, "status": "complete"},
    {"id": "U", "kind": "theme"},
    {"id": "B", "kind": "action", "parent": "U", "due": "2026-08-31"},
    {"id": "B.1", "parent": "B", "planned": {"finish": "2026-07-31"}},
    {"id": "B.2", "parent": "B", "planned": {"start": "2026-08-01", "precision": "from"}},
    {"id": "B.3", "parent": "B"},
    {"id": "C", "kind": "action", "planned": {"finish": "2026-08-31"}},
    {"id": "D", "kind": "action", "planned": {"finish": "2026-08-31"}},
    {"id": "E", "kind": "action", "planned": {"finish": "2026-09-30"}},
]

PEOPLE: dict[str, Any] = {
    "officers": [
        {"id": "ann", "title": "Director Ann", "also": ["Dir. A"], "directorate": "Adults"},
        {"id": "bob", "title": "Director Bob"},
        {"id": "cat", "title": "Head Cat"},
        {"id": "all", "title": "All Directors", "kind": "group"},
        {"id": "cx", "title": "Chief Executive"},
    ],
    "assignments": [
        {"officer": "ann", "item": "A"},
        {"officer": "ann", "item": "A.2"},
        {"officer": "bob", "item": "A.2"},
        {"officer": "bob", "item": "B"},
        {"officer": "all", "item": "C"},
        {"officer": "cat", "item": "E"},
        {"officer": "all", "item": "E"},
        {"officer": "cx", "item": "T", "role": "accountable"},
        {"officer": "ann", "item": "U", "role": "delivery_lead"},
    ],
}

LINKS = (fs("A.1", "A.2"), fs("A.2", "B.1"), fs("B.1", "E"), fs("A.3", "B.1"))


def staffed(**changes: Any) -> Plan:
    """Return the plan, some of its keys replaced."""
    return build(changes.pop("items", ITEMS), *changes.pop("links", LINKS), **{**PEOPLE, **changes})

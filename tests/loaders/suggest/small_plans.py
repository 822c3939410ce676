"""Small plans of our own for the finders that read titles."""

from __future__ import annotations

from typing import Any

from graphmodel.plan import Plan

BOARDS: tuple[dict[str, Any], ...] = (
    {"id": "cab", "title": "Cabinet"},
    {"id": "eb", "title": "Executive Board"},
    {"id": "cb", "title": "Capital Board"},
    {"id": "hib", "title": "Harbour Improvement Board"},
    {"id": "dib", "title": "Docks' Improvement Board"},
    {"id": "clt", "title": "Corporate Leadership Team", "also": ["CLT"]},
    {"id": "fc", "title": "Full Council"},
)


def make_plan(*items: dict[str, Any], **more: Any) -> Plan:
    """Return a plan of these items; each is a milestone with a source line unless it says else."""
    full = []
    for number, item in enumerate(items, start=1):
        finish = item.pop("finish", None)
        planned = {} if finish is None else {"planned": {"finish": finish, "precision": "month"}}
        source = {"source": "s1", "line": number}
        full.append({"kind": "milestone", "source": source} | planned | item)
    return Plan.model_validate(
        {"id": "p", "sources": [{"id": "s1"}], "items": full, "boards": BOARDS} | more
    )

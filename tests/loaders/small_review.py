"""A small plan with a proposal of every kind: two links, a gate, an outside event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from graphmodel.links import Decision
from graphmodel.plan import Plan

WHEN = datetime(2026, 11, 30, 20, 15)
ANN = Decision(by="Ann", at=WHEN, why="Agreed with the owner")

DATES = {"A1": "2026-06-30", "A2": "2026-09-30", "B1": "2026-12-31"}
TITLES = {
    "A": "Adult care",
    "A1": "Choose a partner for the new model",
    "A2": "Consult the staff on new roles",
    "B": "Buildings",
    "B1": "Close the first office in the north",
}


def quote(side: str, words: str, line: int) -> dict[str, Any]:
    """Return evidence as a plan file holds it."""
    return {"side": side, "source": {"source": "s1", "line": line, "quote": words}}


def link(start: str, end: str, **more: Any) -> dict[str, Any]:
    """Return a proposed link as a plan file holds it, found by a rule."""
    values = {
        "from": start,
        "to": end,
        "origin": "inferred",
        "state": "proposed",
        "confidence": 0.8,
        "rule": "words",
        "reason": "It says so.",
        "evidence": [quote("from", "Partner chosen", 4), quote("to", "then staff", 5)],
    }
    return values | more


def gate(**more: Any) -> dict[str, Any]:
    """Return a proposed gate as a plan file holds it."""
    values = {
        "item": "B1",
        "board": "TB",
        "origin": "inferred",
        "state": "proposed",
        "confidence": 0.6,
        "reason": "The plan names it.",
        "evidence": [quote("both", "agreed by the board", 9)],
        "x_rule": "gate",
    }
    return values | more


EVENT: dict[str, Any] = {
    "id": "EXT-vote",
    "kind": "milestone",
    "title": "Elections to the new council",
    "external": True,
    "planned": {"finish": "2027-05-06", "precision": "day"},
    "source": {"source": "s1", "line": 12, "quote": "elections on 6 May 2027"},
}


def make_plan(**more: Any) -> Plan:
    """Return the plan; links: A1 → A2 (0.8), A2 → B1 (0.5, clash), the event → B1 (0.9)."""
    items: list[dict[str, Any]] = [
        {"id": name, "kind": "action", "title": title}
        | ({"parent": name[0]} if len(name) > 1 else {})
        | ({"planned": {"finish": DATES[name], "precision": "day"}} if name in DATES else {})
        for name, title in TITLES.items()
    ]
    values: dict[str, Any] = {
        "id": "p",
        "start": "2026-04-01",
        "sources": [{"id": "s1", "file": "paper.txt"}],
        "items": [*items, EVENT],
        "boards": [{"id": "TB", "title": "Transformation Board"}],
        "links": [
            link("A1", "A2"),
            link("A2", "B1", confidence=0.5, rule="order", x_clash=True),
            link("EXT-vote", "B1", confidence=0.9, rule="event"),
        ],
        "gates": [gate()],
    }
    return Plan.model_validate(values | more)

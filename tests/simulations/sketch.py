"""Small plans in few words, for schedules worked out by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from graphmodel.planfile import parse_plan
from simulations.schedule import schedule

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from simulations.results import Schedule, ScheduledItem

__all__ = ["OFFICE", "activity", "found", "link", "milestone", "row", "run", "sketch"]

#: A calendar from Monday to Friday, 09:00 to 17:00.
OFFICE: Final[dict[str, Any]] = {
    "id": "office",
    "week": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")},
}
_ASKED = ("to", "gaps", "threshold_days", "paths")


def sketch(items: list[dict[str, Any]], links: list[dict[str, Any]], **rest: Any) -> Plan:
    """Return a plan of these items; it starts on Monday 1 June 2026 unless told."""
    plan = {"schema": "knockon/plan@1", "id": "p", "start": "2026-06-01"}
    return parse_plan(json.dumps({**plan, "items": items, "links": links, **rest}))


def run(
    items: list[dict[str, Any]], links: list[dict[str, Any]] | None = None, **rest: Any
) -> Schedule:
    """Schedule a plan of these items."""
    asked = {key: rest.pop(key) for key in _ASKED if key in rest}
    return schedule(sketch(items, links or [], **rest), **asked)


def activity(one: str, duration: str, **rest: Any) -> dict[str, Any]:
    """Return an activity whose title is ``Work``."""
    return {"id": one, "kind": "activity", "title": "Work", "duration": duration, **rest}


def milestone(one: str, finish: str | None = None, **rest: Any) -> dict[str, Any]:
    """Return a milestone whose title is ``Mark``."""
    planned = {} if finish is None else {"planned": {"finish": finish}}
    return {"id": one, "kind": "milestone", "title": "Mark", **planned, **rest}


def link(before: str, after: str, kind: str = "FS", lag: str = "0d") -> dict[str, Any]:
    """Return a link."""
    return {"from": before, "to": after, "type": kind, "lag": lag}


def row(answer: Schedule, one: str) -> ScheduledItem:
    """Return one item's row."""
    return next(item for item in answer.items if item.id == one)


def found(answer: Schedule, code: str) -> list[Problem]:
    """Return the findings of one code."""
    return [one for one in answer.findings if one.code == code]

"""Small iCalendar files, and plans with the boards they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphmodel.plan import Plan
from loaders.calendar_events import read_calendar
from loaders.calendar_merging import merge_calendars

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.people import Meetings
    from graphmodel.problems import Problem

__all__ = ["LONDON_ZONE", "event", "ics", "meetings_of", "plan_of_boards", "put", "write"]

#: The time zone as Google and Apple write it.
LONDON_ZONE = """
BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
TZNAME:BST
DTSTART:19700329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
TZNAME:GMT
DTSTART:19701025T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


def plan_of_boards(*boards: dict[str, Any], **rest: Any) -> Plan:
    """Return a plan with these boards, Cabinet alone unless told."""
    known = list(boards) or [{"id": "cab", "title": "Cabinet", "also": ["The Executive"]}]
    items = [{"id": "A", "kind": "action", "title": "A", "planned": {"finish": "2027-01-31"}}]
    document = {"schema": "knockon/plan@1", "id": "p", "start": "2026-04-01"}
    return Plan.model_validate({**document, "items": items, "boards": known, **rest})


def event(*lines: str, uid: str = "u1", title: str | None = "Cabinet") -> str:
    """Return the text of an event."""
    named = [] if title is None else [f"SUMMARY:{title}"]
    return "\n".join(["BEGIN:VEVENT", f"UID:{uid}", *named, *lines, "END:VEVENT"])


def ics(*parts: str, name: str | None = None) -> str:
    """Return the text of a calendar with these events."""
    named = [] if name is None else [f"X-WR-CALNAME:{name}"]
    head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//test//EN", *named]
    text = "\n".join([*head, *(part.strip() for part in parts), "END:VCALENDAR", ""])
    return text.replace("\n", "\r\n")


def write(folder: Path, content: str | bytes, name: str = "meetings.ics") -> Path:
    """Write a calendar and return its path."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def put(plan: Plan, *paths: Path) -> tuple[Plan, list[Problem]]:
    """Return the plan with calendars put into it, and the problems."""
    merged, problems, _ = merge_calendars(plan, [read_calendar(path) for path in paths])
    return merged, list(problems)


def meetings_of(folder: Path, *parts: str, name: str = "meetings.ics") -> Meetings:
    """Return Cabinet's meetings after a calendar that has nothing wrong."""
    merged, problems = put(plan_of_boards(), write(folder, ics(*parts), name))
    assert problems == []
    return merged.boards[0].meetings

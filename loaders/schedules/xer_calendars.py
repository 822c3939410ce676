"""P6's calendars: the nested brackets of ``clndr_data`` as weeks, shifts and exceptions.

A node reads ``(0||name(attributes)(nodes))``. Below ``DaysOfWeek`` the nodes 1 to 7 are the days
from Sunday on, below ``Exceptions`` each node is a day (``d|`` and its number as in Excel); either
holds its shifts as nodes with start ``s|`` and finish ``f|``, none on a day off.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from loaders.schedules.tasks import SpecialDays, WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.calendars import Weekday
    from loaders.schedules.cells import Cells
    from loaders.schedules.journal import Journal
    from loaders.schedules.tasks import Shifts
    from loaders.schedules.xer_tables import Row, Tables

__all__ = ["read_calendars"]

_NODE = re.compile(r"\(\d*\|\|(?P<name>[^()]*)\((?P<attributes>[^()]*)\)\s*\(|\)\s*\)")
_CLOCK = re.compile(r"\s*(\d{1,2}):(\d\d)(?::\d\d)?\s*(?:([ap])\.?m\.?)?\s*", re.IGNORECASE)
_DAYS: Final[dict[str, Weekday]] = {
    "1": "sun",
    "2": "mon",
    "3": "tue",
    "4": "wed",
    "5": "thu",
    "6": "fri",
    "7": "sat",
}
#: Day 0 of P6's (and Excel's) day numbers.
_EPOCH: Final = date(1899, 12, 30)
#: Day numbers of the years 1900 to 2200.
_FIRST: Final = (date(1900, 1, 1) - _EPOCH).days
_LAST: Final = (date(2200, 12, 31) - _EPOCH).days
_DAY: Final = 1440
_NOON: Final = 12


@dataclass(slots=True)
class _Node:
    name: str
    attributes: str
    nodes: list[_Node] = field(default_factory=list)


def read_calendars(tables: Tables, cells: Cells, journal: Journal) -> tuple[WorkCalendar, ...]:
    """Read the table CALENDAR; what is damaged is told, the rest is read."""
    return tuple(_read(row, cells, journal) for row in tables["CALENDAR"])


def _read(row: Row, cells: Cells, journal: Journal) -> WorkCalendar:
    faults: list[str] = []
    root = _parse(row["clndr_data"].replace("\x7f", " "), faults)
    day, week = cells.number(row, "day_hr_cnt"), cells.number(row, "week_hr_cnt")
    stated = {one.name.strip(): one for one in _flatten(root)}
    days = _week(stated, faults)
    if not days and not row["base_clndr_id"]:
        faults.append("it states no week")
    special = tuple(_special(stated, faults))
    if faults:
        journal.tell(
            "calendar-damaged",
            "warning",
            f'The calendar "{row["clndr_name"]}" cannot be read in full: {faults[0]}'
            + (f" (and {len(faults) - 1} faults more)." if len(faults) > 1 else "."),
            row.line,
        )
    return WorkCalendar(
        uid=row["clndr_id"],
        name=row["clndr_name"],
        parent=row["base_clndr_id"] or None,
        minutes_per_day=day * 60 if day else None,
        minutes_per_week=week * 60 if week else None,
        week=days,
        special=special,
        line=row.line,
    )


def _parse(text: str, faults: list[str]) -> _Node:
    """Return the nodes of a text below one root; brackets that do not match are a fault."""
    root = _Node("", "")
    open_ones = [root]
    for match in _NODE.finditer(text):
        if match["name"] is not None:
            node = _Node(match["name"], match["attributes"])
            open_ones[-1].nodes.append(node)
            open_ones.append(node)
        elif len(open_ones) > 1:
            open_ones.pop()
    if text.strip() and (len(open_ones) > 1 or not root.nodes):
        faults.append("its brackets do not match")
    return root


def _flatten(root: _Node) -> Iterator[_Node]:
    """Yield the sections: the nodes of the outermost node, and that itself."""
    for outer in root.nodes:
        yield outer
        yield from outer.nodes


def _week(stated: dict[str, _Node], faults: list[str]) -> dict[Weekday, Shifts]:
    section = stated.get("DaysOfWeek")
    days: dict[Weekday, Shifts] = {}
    for node in section.nodes if section else ():
        day = _DAYS.get(node.name.strip())
        if day is None:
            faults.append(f'"{node.name[:20]}" is no day of the week')
        else:
            days[day] = _shifts(node, faults)
    return days


def _special(stated: dict[str, _Node], faults: list[str]) -> Iterator[SpecialDays]:
    section = stated.get("Exceptions")
    for node in section.nodes if section else ():
        text = _attributes(node).get("d", "")
        if text.isdecimal() and len(text) < len("1000000") and _FIRST <= int(text) <= _LAST:
            day = _EPOCH + timedelta(days=int(text))
            yield SpecialDays(day, day, _shifts(node, faults))
        else:
            faults.append(f'"{text[:20]}" is no day number')


def _shifts(node: _Node, faults: list[str]) -> Shifts:
    """Return the shifts of a day; one without length is none, 00:00 at its end is midnight."""
    found: list[tuple[int, int]] = []
    for one in node.nodes:
        said = _attributes(one)
        begin, end = _clock(said.get("s", "")), _clock(said.get("f", ""))
        if begin is None or end is None:
            faults.append(f'"{one.attributes[:30]}" is no shift')
        elif begin != (end or _DAY) and (begin, end) != (_DAY, 0):
            found.append((begin, end or _DAY))
    return tuple(found)


def _attributes(node: _Node) -> dict[str, str]:
    parts = node.attributes.split("|")
    return {key.strip(): value.strip() for key, value in zip(parts[::2], parts[1::2], strict=False)}


def _clock(text: str) -> int | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hour, minute = int(match[1]), int(match[2])
    if match[3] is not None:
        hour = hour % _NOON + (_NOON if match[3].lower() == "p" else 0)
    return hour * 60 + minute if hour * 60 + minute <= _DAY and minute < 60 else None  # noqa: PLR2004

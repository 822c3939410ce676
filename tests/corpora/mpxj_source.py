"""What a dump leaves out of an MS Project file: who works when, and how levelling moved a task.

MS Project works a task without a calendar of its own whenever one of its people or machines
works. The corpus keeps, beside each dump, the file it was read from or a conversion of it to MS
Project's XML (MSPDI), and that says.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from tests.corpora.mpxj_calendars import adds_nothing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

__all__ = ["Source", "read_source"]

_Json = dict[str, Any]

_NAMESPACE: Final = {"p": "http://schemas.microsoft.com/project"}
#: MSPDI's resource type for people and machines, as against materials and costs.
_WORKS: Final = "1"
#: MSPDI's code of elapsed days, the unit in which levelling delays come.
_ELAPSED_DAYS: Final = "8"
#: MSPDI writes levelling delays in tenths of a minute.
_TENTHS: Final = 10


@dataclass(frozen=True)
class Source:
    """What is known of tasks beyond the dump, each by the task's number.

    Attributes
    ----------
    works
        Names of the calendars of those who work on it; one that states nothing of its own counts
        as the one it is based on.
    gaps
        First and last instant of each stretch in which nobody works on it although somebody has
        and somebody will: levelling may hold one of two people back.
    delays
        Levelling delays in wall minutes.
    """

    works: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    gaps: Mapping[int, Sequence[tuple[str, str]]] = field(default_factory=dict)
    delays: Mapping[int, int] = field(default_factory=dict)


def read_source(folder: Path, raw: _Json) -> Source:
    """Read the file beside a dump, where there is one that says more than the dump."""
    path = _mspdi(folder, raw)
    if path is None:
        return Source()
    text = path.read_bytes()
    root = ET.fromstring(gzip.decompress(text) if path.suffix == ".gz" else text)
    return Source(_read_works(root, raw), _read_gaps(root), _read_delays(root))


def _mspdi(folder: Path, raw: _Json) -> Path | None:
    if raw["fileType"] == "MSPDI":
        return folder / str(raw["source"])
    if raw["fileType"] == "MPP":
        return folder / "mspdi-converted" / f"{raw['source']}.xml.gz"
    return None


def _read_works(root: ET.Element, raw: _Json) -> dict[int, tuple[str, ...]]:
    by_name = {calendar["name"]: calendar for calendar in raw["calendars"]}
    by_number = {calendar["uid"]: calendar for calendar in raw["calendars"]}
    of_resource: dict[str, str] = {}
    for resource in root.iterfind("p:Resources/p:Resource", _NAMESPACE):
        calendar = by_number.get(_text(resource, "CalendarUID"))
        while calendar is not None and adds_nothing(calendar):
            calendar = by_name.get(calendar["parent"])
        if calendar is not None and _text(resource, "Type") == _WORKS:
            of_resource[_text(resource, "UID")] = calendar["name"]
    works: dict[int, set[str]] = {}
    for assignment in root.iterfind("p:Assignments/p:Assignment", _NAMESPACE):
        name = of_resource.get(_text(assignment, "ResourceUID"))
        if name is not None:
            works.setdefault(int(_text(assignment, "TaskUID")), set()).add(name)
    return {task: tuple(sorted(names)) for task, names in works.items()}


def _read_gaps(root: ET.Element) -> dict[int, list[tuple[str, str]]]:
    spans: dict[int, list[tuple[str, str]]] = {}
    for assignment in root.iterfind("p:Assignments/p:Assignment", _NAMESPACE):
        span = _text(assignment, "Start"), _text(assignment, "Finish")
        if all(span):
            spans.setdefault(int(_text(assignment, "TaskUID")), []).append(span)
    return {task: gaps for task, stretches in spans.items() if (gaps := _between(stretches))}


def _between(spans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the stretches between the first start and the last finish that no span covers."""
    gaps: list[tuple[str, str]] = []
    (_, reached), *others = sorted(spans)
    for begin, end in others:
        if begin > reached:
            gaps.append((reached, begin))
        reached = max(reached, end)
    return gaps


def _read_delays(root: ET.Element) -> dict[int, int]:
    delays: dict[int, int] = {}
    for task in root.iterfind("p:Tasks/p:Task", _NAMESPACE):
        minutes = int(_text(task, "LevelingDelay") or 0) // _TENTHS
        if minutes:
            assert _text(task, "LevelingDelayFormat") == _ELAPSED_DAYS
            delays[int(_text(task, "UID"))] = minutes
    return delays


def _text(element: ET.Element, tag: str) -> str:
    return element.findtext(f"p:{tag}", "", _NAMESPACE)

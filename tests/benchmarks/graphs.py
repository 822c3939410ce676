"""Large test plans, the same for a seed on every machine: activities with two successors each.

Activities are numbered so that links run forward; a successor lies within the next 1,000, as in a
schedule put together of many smaller ones. Durations are 1 to 20 days.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from graphmodel.planfile import parse_plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphmodel.plan import Plan

__all__ = ["Graph", "make_graph", "make_plan", "write_plan_file"]

#: How far ahead a successor may lie.
REACH: Final = 1000
#: Activities written at a time.
_BATCH: Final = 10_000

#: Five days of eight hours, a lunch break, and a fortnight off every Christmas.
WORKING: Final[dict[str, Any]] = {
    "id": "site",
    "week": {
        day: [["08:00", "12:00"], ["13:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri")
    },
    "exceptions": [
        {"from": f"{year}-12-21", "to": f"{year + 1}-01-03", "hours": []}
        for year in range(2026, 2046)
    ],
}


@dataclass(frozen=True)
class Graph:
    """Activities 0 … n - 1 and the links between them; the last one follows from all.

    Attributes
    ----------
    durations
        Whole days by activity.
    sources, targets
        Ends of each link; no pair occurs twice.
    """

    durations: list[int]
    sources: list[int]
    targets: list[int]

    @property
    def length(self) -> int:
        """The days of the longest chain, by the recurrence every textbook gives."""
        finishes = [0] * len(self.durations)
        into: list[list[int]] = [[] for _ in self.durations]
        for source, target in zip(self.sources, self.targets, strict=True):
            into[target].append(source)
        for number, duration in enumerate(self.durations):
            finishes[number] = duration + max((finishes[one] for one in into[number]), default=0)
        return max(finishes)


@cache
def make_graph(size: int, seed: int = 2026) -> Graph:
    """Return ``size`` activities with 2 · size - 3 links."""
    chance = np.random.default_rng(seed)
    numbers = np.arange(size - 1)
    room = np.minimum(REACH, size - 1 - numbers)
    first = chance.integers(1, room + 1)
    second = chance.integers(1, np.maximum(room, 2))
    second += second >= first
    two = room > 1  # the last but one has only one activity ahead of it
    sources = np.concatenate([numbers, numbers[two]])
    targets = np.concatenate([numbers + first, (numbers + second)[two]])
    return Graph(
        durations=chance.integers(1, 21, size).tolist(),
        sources=sources.tolist(),
        targets=targets.tolist(),
    )


def make_plan(size: int, *, calendar: bool = False) -> Plan:
    """Return the graph as a plan that starts on 1 April 2026."""
    return parse_plan("".join(_pieces(make_graph(size), calendar=calendar)))


def write_plan_file(path: Path, size: int, *, calendar: bool = False) -> Path:
    """Write the graph as a plan file, a batch at a time; return the path."""
    with path.open("w", encoding="utf-8") as stream:
        stream.writelines(_pieces(make_graph(size), calendar=calendar))
    return path


def _pieces(graph: Graph, *, calendar: bool) -> Iterator[str]:
    """Yield the text of a plan file; with a calendar, durations are working days on it."""
    unit = "wd" if calendar else "d"
    head: dict[str, Any] = {"schema": "knockon/plan@1", "id": "large", "start": "2026-04-01"}
    if calendar:
        head |= {"calendar": "site", "calendars": [WORKING]}
    yield json.dumps(head)[:-1]
    items = (
        f'{{"id": "A{number}", "kind": "activity", "title": "Activity {number}", '
        f'"duration": "{days}{unit}"}}'
        for number, days in enumerate(graph.durations)
    )
    yield ',\n "items": ['
    yield from _joined(items)
    links = (
        f'{{"from": "A{source}", "to": "A{target}"}}'
        for source, target in zip(graph.sources, graph.targets, strict=True)
    )
    yield '],\n "links": ['
    yield from _joined(links)
    yield "]}\n"


def _joined(entries: Iterator[str]) -> Iterator[str]:
    """Yield entries with commas between them, a batch at a time."""
    batch: list[str] = []
    before = ""
    for entry in entries:
        batch.append(entry)
        if len(batch) == _BATCH:
            yield before + ",\n  ".join(batch)
            before, batch = ",\n  ", []
    if batch:
        yield before + ",\n  ".join(batch)

"""Where things stand on the map: x is the date, y a row in a lane (UX section 2).

Three steps, each pure and testable alone:

1. `pack_rows` puts boxes that share a lane into as few rows as possible: greedily by left edge,
   which needs exactly as many rows as boxes overlap at the worst place; among the rows that are
   free it takes one near the rows of the boxes it is linked to (barycentre), so that lines are
   short, and else the topmost.
2. `lay_out` packs the parts of each group below it and the groups of each lane.
3. `stack` turns rows into y, given which groups are open. The page's script does the same when a
   reader opens one; a browser test holds the two together.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

__all__ = [
    "CLOSED_ROW",
    "LANE_FOOT",
    "LANE_HEAD",
    "ROW",
    "Box",
    "Group",
    "Lane",
    "Layout",
    "lay_out",
    "pack_rows",
    "stack",
]

#: Height of one row and of a lane's heading, in map units (pixels at zoom 1).
ROW: Final = 42.0
LANE_HEAD: Final = 46.0
#: Space below the last row of a lane.
LANE_FOOT: Final = 8.0
#: Height of the one row of a closed lane: marks without labels.
CLOSED_ROW: Final = 30.0

#: How many rows either side of the wished one are tried; keeps packing close to O(n log n).
_NEIGHBOURHOOD: Final = 6


@dataclass(frozen=True, slots=True)
class Box:
    """What takes up a row from ``left`` to ``right``; ``near`` names the keys it is linked to."""

    key: str
    left: float
    right: float
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A box with parts that open below it; a single item is a group without parts."""

    box: Box
    parts: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """A band of the map: one theme and the groups in it."""

    key: str
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    """Rows of everything: a group's row counts in its lane, a part's row below its group (from 1).

    ``depth`` is how many rows a group's parts need when it is open.
    """

    lanes: tuple[Lane, ...]
    row: dict[str, int]
    depth: dict[str, int]
    group_of: dict[str, str]
    lane_of: dict[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Stacked:
    """The y of every item, and the top and bottom of every lane."""

    y: dict[str, float]
    bands: dict[str, tuple[float, float]]


def pack_rows(boxes: Iterable[Box], *, gap: float = 0.0) -> dict[str, int]:
    """Give each box a row so that boxes in one row are at least ``gap`` apart.

    The number of rows is the least possible: the largest number of boxes (each ``gap`` longer) over
    any one x. Boxes that begin together keep their order from the top down, links aside.
    """
    rows: dict[str, int] = {}
    ends: list[float] = []
    busy: list[tuple[float, int]] = []  # (end, row), some out of date
    free: list[int] = []  # rows, some taken since
    for box in sorted(boxes, key=lambda one: one.left):
        while busy and busy[0][0] <= box.left:
            end, row = heapq.heappop(busy)
            if ends[row] == end:
                heapq.heappush(free, row)
        near = _near_row(box, rows, ends)
        row = _first_row(box, ends, free) if near is None else near
        ends[row] = max(box.left, box.right) + gap
        heapq.heappush(busy, (ends[row], row))
        rows[box.key] = row
    return rows


def _near_row(box: Box, rows: Mapping[str, int], ends: Sequence[float]) -> int | None:
    """Return a free row near the mean row of the linked boxes that have one, or None."""
    linked = [rows[key] for key in box.near if key in rows]
    if not linked:
        return None
    wished = round(sum(linked) / len(linked))
    for step in range(_NEIGHBOURHOOD + 1):
        for row in (wished - step, wished + step):
            if 0 <= row < len(ends) and ends[row] <= box.left:
                return row
    return None


def _first_row(box: Box, ends: list[float], free: list[int]) -> int:
    """Return the topmost free row, or a new one where none is free."""
    while free and ends[free[0]] > box.left:
        heapq.heappop(free)
    if free:
        return heapq.heappop(free)
    ends.append(0.0)
    return len(ends) - 1


def lay_out(lanes: Sequence[Lane], *, gap: float = 0.0) -> Layout:
    """Pack every group's parts and every lane's groups; 400 items take a few milliseconds."""
    row: dict[str, int] = {}
    depth: dict[str, int] = {}
    group_of: dict[str, str] = {}
    lane_of: dict[str, str] = {}
    for lane in lanes:
        for group in lane.groups:
            key = group.box.key
            below = pack_rows(group.parts, gap=gap)
            row |= {part: at + 1 for part, at in below.items()}
            depth[key] = max(below.values(), default=-1) + 1
            group_of |= dict.fromkeys(below, key) | {key: key}
            lane_of |= dict.fromkeys(below, lane.key) | {key: lane.key}
        row |= pack_rows((_reach(group) for group in lane.groups), gap=gap)
    return Layout(tuple(lanes), row, depth, group_of, lane_of)


def _reach(group: Group) -> Box:
    """Return the box of a group with all its parts, so that opening it pushes nothing sideways."""
    boxes = (group.box, *group.parts)
    return Box(
        group.box.key,
        min(box.left for box in boxes),
        max(box.right for box in boxes),
        group.box.near,
    )


def stack(
    layout: Layout, *, opened: AbstractSet[str], closed_lanes: AbstractSet[str] = frozenset()
) -> Stacked:
    """Return the y of everything (the middle of its row) and where each lane begins and ends.

    Parts of a group that is not open lie on the group itself; everything in a closed lane lies on
    the lane's one row.
    """
    y: dict[str, float] = {}
    bands: dict[str, tuple[float, float]] = {}
    top = 0.0
    for lane in layout.lanes:
        first = top + LANE_HEAD
        tops = _row_tops(lane, layout, opened) if lane.key not in closed_lanes else None
        for group in lane.groups:
            key = group.box.key
            base = first + (tops[layout.row[key]] + ROW / 2 if tops else CLOSED_ROW / 2)
            y[key] = base
            opens = tops is not None and key in opened
            for part in group.parts:
                y[part.key] = base + layout.row[part.key] * ROW if opens else base
        bottom = first + (tops[-1] if tops else CLOSED_ROW) + LANE_FOOT
        bands[lane.key] = (top, bottom)
        top = bottom
    return Stacked(y, bands)


def _row_tops(lane: Lane, layout: Layout, opened: AbstractSet[str]) -> list[float]:
    """Return where each row of a lane begins below its heading, and where the last one ends."""
    heights: list[float] = []
    for group in lane.groups:
        key = group.box.key
        row, height = layout.row[key], ROW * (1 + (layout.depth[key] if key in opened else 0))
        heights.extend([ROW] * (row + 1 - len(heights)))
        heights[row] = max(heights[row], height)
    tops = [0.0]
    for height in heights or [ROW]:
        tops.append(tops[-1] + height)
    return tops

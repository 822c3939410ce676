"""The dependency map as numbers: what is drawn, where, and what is linked to what.

Pure Python and no pyvis here: the result is a frozen record that the adapter in `viz.network`
turns into nodes and edges, and the page's script into a picture.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from viz.layout import Box, Group, Lane, Layout, lay_out, stack

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from graphmodel.plan import Plan
    from viz.itemrows import ItemRow
    from viz.linkrows import LinkRow

__all__ = [
    "BAR_LABEL",
    "CHARACTER",
    "GAP",
    "LANES_LIMIT",
    "MARK",
    "MARK_LABEL",
    "OPEN_LIMIT",
    "Calendar",
    "MapData",
    "Mark",
    "Shift",
    "find_extent",
    "map_out",
]

#: Above this many items a map opens with its actions closed, above the second its themes too.
OPEN_LIMIT: Final = 300
LANES_LIMIT: Final = 2000

#: A plan's whole length is drawn about this wide (map units, pixels at zoom 1), within limits.
_WIDTH: Final = 1400.0
_PER_DAY: Final = (1.2, 24.0)

#: Half of a milestone's diamond, and the space kept between two things in a row.
MARK: Final = 8.0
GAP: Final = 10.0

#: Width a character of a label is given, so that most labels fit at the zoom a map opens with, and
#: the least and most that labels of bars (one line) and of milestones (two lines) are given.
CHARACTER: Final = 9.0
BAR_LABEL: Final = (90.0, 420.0)
MARK_LABEL: Final = (110.0, 290.0)


@dataclass(frozen=True, slots=True)
class Shift:
    """Where a moved item stood ``before``, and the ``latest`` it may come to stand."""

    before: date | None
    latest: date | None


@dataclass(frozen=True, slots=True)
class Calendar:
    """The time axis: ``origin`` is a first of a month, ``per_day`` map units a day."""

    origin: date
    last: date
    per_day: float

    def start(self, moment: date) -> float:
        """Return the x at which a day begins, or of the time of day."""
        days = moment.toordinal() - self.origin.toordinal()
        if isinstance(moment, datetime):
            return self.per_day * (days + (moment.hour * 60 + moment.minute) / 1440)
        return self.per_day * days

    def finish(self, moment: date) -> float:
        """Return the x at which a day ends, or of the time of day."""
        whole = 0 if isinstance(moment, datetime) else self.per_day
        return self.start(moment) + whole


@dataclass(frozen=True, slots=True)
class Mark:
    """One drawn item: ``number`` is its place in the table, ``group`` the number it opens under.

    ``left`` and ``right`` are x, equal for what has no length; the label ends before ``reach``.
    """

    number: int
    lane: int
    group: int
    row: int
    depth: int
    left: float
    right: float
    reach: float
    y: float
    ghost: float | None
    latest: float | None


@dataclass(frozen=True, slots=True)
class MapData:
    """What stands where; ``lanes`` are titles, ``edges`` two items and a link by number."""

    calendar: Calendar
    lanes: tuple[str, ...]
    marks: tuple[Mark, ...]
    edges: tuple[tuple[int, int, int], ...]
    opens: bool
    opens_lanes: bool
    layout: Layout = field(repr=False)


def map_out(
    plan: Plan,
    items: Sequence[ItemRow],
    links: Sequence[LinkRow],
    *,
    shifts: Mapping[str, Shift] | None = None,
) -> MapData | None:
    """Place every dated item; None where nothing has a date."""
    shown = {one.id: number for number, one in enumerate(items) if one.is_dated}
    if not shown:
        return None
    moves = shifts or {}
    calendar = _calendar([items[number] for number in shown.values()], moves.values())
    groups = _group(plan, items, shown, links)
    near = _neighbours(groups, links)
    spans = {
        key: _place(items[shown[key]], calendar, near.get(key, ()), moves.get(key))
        for key in groups
    }
    lanes = _lanes(items, shown, groups, {key: span.box for key, span in spans.items()})
    layout = lay_out(lanes, gap=GAP)
    opens, opens_lanes = len(items) <= OPEN_LIMIT, len(items) <= LANES_LIMIT
    edges = tuple(
        (shown[one.link.from_], shown[one.link.to], number)
        for number, one in enumerate(links)
        if one.link.from_ in groups and one.link.to in groups
    )
    return MapData(
        calendar=calendar,
        lanes=_lane_titles(lanes, items),
        marks=tuple(_marks(layout, groups, spans, shown, opens=opens, opens_lanes=opens_lanes)),
        edges=edges,
        opens=opens,
        opens_lanes=opens_lanes,
        layout=layout,
    )


def _marks(
    layout: Layout,
    groups: Mapping[str, str],
    spans: Mapping[str, _Span],
    shown: Mapping[str, int],
    *,
    opens: bool,
    opens_lanes: bool,
) -> Iterator[Mark]:
    """Yield every drawn item where it stands while the map opens."""
    lane_number = {lane.key: number for number, lane in enumerate(layout.lanes)}
    opened = set(layout.depth) if opens else set()
    closed_lanes = set() if opens_lanes else set(lane_number)
    y = stack(layout, opened=opened, closed_lanes=closed_lanes).y
    for key, group in groups.items():
        span = spans[key]
        yield Mark(
            number=shown[key],
            lane=lane_number[layout.lane_of[key]],
            group=shown[group],
            row=layout.row[key],
            depth=layout.depth.get(key, 0),
            left=span.left,
            right=span.right,
            reach=span.box.right,
            y=y[key],
            ghost=span.ghost,
            latest=span.latest,
        )


def _calendar(items: Iterable[ItemRow], shifts: Iterable[Shift]) -> Calendar:
    """Return an axis from the first month anything lies in to the last."""
    days = [day for one in items for day in (one.start, one.finish, one.planned) if day is not None]
    days += [day for one in shifts for day in (one.before, one.latest) if day is not None]
    ordinals = [day.toordinal() for day in days]
    first, last = date.fromordinal(min(ordinals)), date.fromordinal(max(ordinals))
    origin = first.replace(day=1)
    low, high = _PER_DAY
    per_day = min(high, max(low, _WIDTH / ((last - origin).days + 1)))
    return Calendar(origin, last, per_day)


def _group(
    plan: Plan, items: Sequence[ItemRow], shown: Mapping[str, int], links: Sequence[LinkRow]
) -> dict[str, str]:
    """Return what is drawn and the group it opens under (itself, where it opens under nothing).

    Drawn are the items without parts, the items they are parts of, and whatever has a link; a theme
    is a lane, so it is drawn only if it has links.
    """
    index = plan.index
    linked = {end for one in links for end in (one.link.from_, one.link.to)}
    is_leaf = {key: not any(part in shown for part in index.children.get(key, ())) for key in shown}
    groups: dict[str, str] = {}
    holders: set[str] = set()
    for key, number in shown.items():
        if not is_leaf[key]:
            continue
        parent = index.parents[key]
        if parent is not None and parent in shown and parent != items[number].lane:
            groups[key] = parent
            holders.add(parent)
        else:
            groups[key] = key
    groups |= {key: key for key in shown if key in holders or (key in linked and not is_leaf[key])}
    return {key: groups[key] for key in shown if key in groups}


def _neighbours(groups: Mapping[str, str], links: Sequence[LinkRow]) -> dict[str, tuple[str, ...]]:
    """Return what each item is linked to: parts to parts, and groups to groups through them."""
    near: dict[str, dict[str, None]] = {}
    for one in links:
        for here, there in ((one.link.from_, one.link.to), (one.link.to, one.link.from_)):
            if here in groups and there in groups:
                near.setdefault(here, {})[there] = None
                near.setdefault(groups[here], {})[groups[there]] = None
    return {key: tuple(found) for key, found in near.items()}


def _lanes(
    items: Sequence[ItemRow],
    shown: Mapping[str, int],
    groups: Mapping[str, str],
    boxes: Mapping[str, Box],
) -> list[Lane]:
    parts: dict[str, list[Box]] = {}
    for key, group in groups.items():
        if group != key:
            parts.setdefault(group, []).append(boxes[key])
    lanes: dict[str, list[Group]] = {}
    for key, holder in groups.items():
        if holder == key:
            whole = Group(boxes[key], tuple(parts.get(key, ())))
            lanes.setdefault(items[shown[key]].lane, []).append(whole)
    last = lanes.pop("", None)  # what is under no theme shares a last lane
    found = [Lane(key, tuple(inside)) for key, inside in lanes.items()]
    return found if last is None else [*found, Lane("", tuple(last))]


def _lane_titles(lanes: Sequence[Lane], items: Sequence[ItemRow]) -> tuple[str, ...]:
    titles = {one.id: one.item.title for one in items}
    rest = "Not part of a theme" if len(lanes) > 1 else "All items"
    return tuple(titles[lane.key] if lane.key else rest for lane in lanes)


def find_extent(
    fact: ItemRow, calendar: Calendar, shift: Shift | None
) -> tuple[float, float, float | None, float | None]:
    """Return the x of an item's start and finish, of where it stood before and of the latest."""
    left, right = _extent(fact, calendar)
    before = shift.before if shift else _planned_before(fact)
    ghost = None if before is None else calendar.finish(before)
    latest = None if shift is None or shift.latest is None else calendar.finish(shift.latest)
    return left, right, ghost, latest


def _extent(fact: ItemRow, calendar: Calendar) -> tuple[float, float]:
    """Return the x of an item's start and finish; equal for a milestone and an open end."""
    if fact.finish is None or fact.start is None:
        alone = fact.finish or fact.start
        at = calendar.origin if alone is None else alone
        x = calendar.start(at) if fact.finish is None else calendar.finish(at)
        return x, x
    if fact.item.type == "start_milestone":
        return calendar.start(fact.start), calendar.start(fact.start)
    right = calendar.finish(fact.finish)
    # A point has one shown date for both ends; what has a length starts before it ends.
    left = calendar.start(fact.start)
    return (right if fact.start == fact.finish else min(left, right)), right


@dataclass(frozen=True, slots=True)
class _Span:
    """An item's x from start to finish, its ghost, its latest, and the space all take up."""

    left: float
    right: float
    ghost: float | None
    latest: float | None
    box: Box


def _place(fact: ItemRow, calendar: Calendar, near: tuple[str, ...], shift: Shift | None) -> _Span:
    """Return where an item stands, and the space it, its ghost and its label take up in a row."""
    left, right, ghost, latest = find_extent(fact, calendar, shift)
    first = min(x for x in (left, ghost) if x is not None)
    last = max(x for x in (right, latest) if x is not None)
    text = CHARACTER * (len(fact.id) + 1 + len(fact.item.title))
    if left == right:  # the label stands right of the diamond, on two lines
        low, high = MARK_LABEL
        label = min(high, max(low, text / 2 + 24))
        box = Box(fact.id, first - MARK, last + MARK + label, near)
    else:
        low, high = BAR_LABEL
        box = Box(fact.id, first, max(last, left + min(high, max(low, text))), near)
    return _Span(left, right, ghost, latest, box)


def _planned_before(fact: ItemRow) -> date | None:
    """Return the planned finish where the forecast lies elsewhere: it is drawn as a ghost."""
    return None if fact.planned == fact.finish else fact.planned

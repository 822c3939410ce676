"""Random plans for the scheduling laws (hypothesis strategies).

Plans are acyclic by construction: items are lined up at random with parts before wholes, and links
run along that line only. A plan holds either times of day or months, not both (see `scheduler`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from graphmodel.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PlanShape", "days", "plans", "write"]

_FIRST = date(2026, 1, 1)
_HORIZON = 550
_KINDS = ("theme", "objective", "action", "milestone")
_DEEPEST = len(_KINDS)

Draw = Any  # hypothesis' draw function takes a strategy of T and returns a T


@dataclass(frozen=True)
class PlanShape:
    """What the plans of a strategy may hold."""

    months: bool = True
    hours: bool = True
    percent_lags: bool = True
    statuses: bool = True
    dues: bool = True
    must_finish: bool = True
    #: Zero-length items that are shown as the day that begins at their instant (5.1).
    start_points: bool = True
    max_items: int = 10


@dataclass(frozen=True)
class _Style:
    """What one plan holds, drawn from its shape."""

    months: bool
    hours: bool
    shape: PlanShape
    status_date: date | None


def plans(shape: PlanShape | None = None) -> st.SearchStrategy[Plan]:
    """Return a strategy for plans with every feature of issue 2's engine, or those of ``shape``."""
    return _documents(shape or PlanShape()).map(Plan.model_validate)


@st.composite
def _documents(draw: Draw, shape: PlanShape) -> dict[str, Any]:
    fine = draw(st.sampled_from(["days", "months", "hours"]))
    status = draw(st.none() | st.integers(0, 300)) if shape.statuses else None
    style = _Style(
        months=shape.months and fine == "months",
        hours=shape.hours and fine == "hours",
        shape=shape,
        status_date=None if status is None else _FIRST + timedelta(days=status),
    )
    parents = draw(_breakdowns(shape.max_items))
    items = [_item(draw, style, number, parents) for number in range(len(parents))]
    document: dict[str, Any] = {"schema": "knockon/plan@1", "id": "p", "items": items}
    document["links"] = _links(draw, style, parents)
    if style.status_date is not None:
        document["status_date"] = write(style.status_date)
    if draw(st.booleans()) or any(_needs_start(item) for item in items):
        first = draw(st.integers(-30, 120))
        if status is not None:
            first = min(first, status)
        document["start"] = write(_FIRST + timedelta(days=first))
    if shape.must_finish and draw(st.integers(0, 3)) == 0:
        document["must_finish"] = write(draw(days(200)))
    return document


def _needs_start(item: dict[str, Any]) -> bool:
    return item.get("scheduling") == "logic" or "duration" in item


# -- The breakdown and the links along it ---------------------------------------------------


@st.composite
def _breakdowns(draw: Draw, most: int) -> list[int | None]:
    """Return the parent of each item (an earlier one), 1 to 4 levels deep."""
    count = draw(st.integers(1, most) | st.integers(most // 2, most))
    parents: list[int | None] = []
    depths: list[int] = []
    for number in range(count):
        above = [one for one in range(number) if depths[one] < _DEEPEST]
        parent = draw(st.none() | st.sampled_from(above)) if above else None
        parents.append(parent)
        depths.append(1 if parent is None else depths[parent] + 1)
    return parents


def _links(draw: Draw, style: _Style, parents: list[int | None]) -> list[dict[str, Any]]:
    line = _line_up(draw(st.permutations(range(len(parents)))), parents)
    pairs = [
        (before, after)
        for place, before in enumerate(line)
        for after in line[place + 1 :]
        if after not in _above(before, parents)
    ]
    if not pairs:
        return []
    count = draw(st.integers(0, 2 * len(parents)))
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=count, max_size=count))
    return [_link(draw, style, before, after) for before, after in chosen]


def _line_up(order: list[int], parents: list[int | None]) -> list[int]:
    """Return the items in this order, but every part before the whole."""
    line: list[int] = []

    def place(item: int) -> None:
        if item not in line:
            for part in order:
                if parents[part] == item:
                    place(part)
            line.append(item)

    for item in order:
        place(item)
    return line


def _above(item: int, parents: list[int | None]) -> list[int]:
    parent = parents[item]
    return [] if parent is None else [parent, *_above(parent, parents)]


def _link(draw: Draw, style: _Style, before: int, after: int) -> dict[str, Any]:
    link: dict[str, Any] = {"from": _id(before), "to": _id(after)}
    types = ["FS", "FS", "FF", "SF"] + ["SS"] * style.shape.start_points
    link["type"] = draw(st.sampled_from(types))
    if draw(st.booleans()):
        link["lag"] = draw(_spans(style, low=-20, percent=style.shape.percent_lags))
    state = draw(st.sampled_from(["accepted", "accepted", "accepted", "proposed", "rejected"]))
    if state != "accepted":
        link["state"] = state
        link["confidence"] = draw(st.sampled_from([0.5, 0.8, 1.0]))
    return link


# -- Items ------------------------------------------------------------------------------------


def _item(draw: Draw, style: _Style, number: int, parents: list[int | None]) -> dict[str, Any]:
    parent = parents[number]
    depth = len(_above(number, parents))
    item: dict[str, Any] = {"id": _id(number), "title": f"Item {number}", "kind": _KINDS[depth]}
    if parent is not None:
        item["parent"] = _id(parent)
    is_leaf = number not in parents
    writers = _LEAVES if is_leaf else _PARENTS
    draw(st.sampled_from(writers))(draw, style, item)
    if style.shape.statuses:
        if is_leaf:
            _progress(draw, style, item)
        elif draw(st.integers(0, 4)) == 0:
            item["status"] = "in_progress"
    if style.shape.dues and draw(st.integers(0, 2)) == 0:
        item["due"] = write(draw(days(60)))
    return item


def _finish_only(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    item["planned"] = {"finish": write(draw(days())), "precision": "day"}
    if style.shape.statuses and draw(st.integers(0, 4)) == 0:
        item["forecast"] = write(draw(days()))
    elif style.hours and draw(st.booleans()):
        item["planned"]["finish"] = write(draw(_moments()))


def _start_and_finish(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    start = draw(days())
    finish = start + timedelta(days=draw(st.integers(0, 90)))
    item["planned"] = {"start": write(start), "finish": write(finish), "precision": "range"}
    if style.shape.statuses and draw(st.integers(0, 4)) == 0:
        item["forecast"] = write(finish + timedelta(days=draw(st.integers(-30, 60))))


def _undated(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    if draw(st.booleans()):
        item["planned"] = {"precision": "none", "text": "to be confirmed"}


def _from_onwards(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    item["planned"] = {"start": write(draw(days())), "precision": "from"}


def _ongoing(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    item["planned"] = {"precision": "ongoing"}


def _with_duration(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    item["duration"] = draw(_spans(style, low=0 if style.shape.start_points else 10))
    if draw(st.integers(0, 3)) == 0:  # planned dates that mode logic does not look at
        item["planned"] = {"finish": write(draw(days()))}


def _planned_with_duration(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    _start_and_finish(draw, style, item)
    item["duration"] = draw(_spans(style, low=0))
    item["scheduling"] = "planned"


_LEAVES: list[Callable[[Draw, _Style, dict[str, Any]], None]] = [
    _finish_only,
    _finish_only,
    _finish_only,
    _start_and_finish,
    _with_duration,
    _with_duration,
    _undated,
    _planned_with_duration,
    _from_onwards,
    _ongoing,
]
_PARENTS = [_finish_only, _start_and_finish, _undated]


def _progress(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    """Give a leaf a status, and what goes with it."""
    precision = item.get("planned", {}).get("precision")
    if precision == "ongoing":
        return
    status = draw(
        st.sampled_from(["not_started"] * 5 + ["in_progress", "complete", "on_hold", "cancelled"])
    )
    if status == "complete":
        _complete(draw, style, item)
    elif status == "in_progress" and (precision == "from" or not _is_dated(item)):
        return
    elif status == "in_progress":
        _begin(draw, style, item)
    item["status"] = status


def _is_dated(item: dict[str, Any]) -> bool:
    return "duration" in item or "finish" in item.get("planned", {})


def _complete(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    item.pop("forecast", None)
    if draw(st.booleans()):
        finish = (style.status_date or _FIRST + timedelta(300)) - timedelta(
            days=draw(st.integers(0, 120))
        )
        item["actual_finish"] = write(finish)
        if draw(st.booleans()):
            item["actual_start"] = write(finish - timedelta(days=draw(st.integers(0, 60))))
    elif "finish" not in item.get("planned", {}):
        item["planned"] = {"precision": "complete", "text": "Complete"}


def _begin(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    logic = _needs_start(item) and item.get("scheduling") != "planned"
    known = style.status_date or _FIRST + timedelta(200)
    if logic or draw(st.booleans()):
        item["actual_start"] = write(known - timedelta(days=draw(st.integers(0, 90))))
    if "scheduling" in item or draw(st.booleans()):
        item["remaining"] = draw(_spans(style, low=0))
    if draw(st.booleans()) and not item.get("duration", "").endswith("m"):
        item["percent"] = draw(
            st.sampled_from([0, 100] if style.months else [0, 10, 35, 50, 75, 100])
        )


# -- Dates and spans --------------------------------------------------------------------------


def _id(number: int) -> str:
    return f"{chr(ord('a') + number)}"


def days(first: int = 0) -> st.SearchStrategy[date]:
    """Return a strategy for days: any, but ends and beginnings of months more often."""
    anywhere = st.integers(first, _HORIZON).map(lambda number: _FIRST + timedelta(days=number))
    at_turns = st.builds(
        lambda month, by: date(2026 + month // 12, month % 12 + 1, 1) + timedelta(days=by),
        st.integers(max(first // 30, 1), 17),
        st.sampled_from([-3, -2, -1, -1, 0]),
    )
    return anywhere | at_turns


def _moments() -> st.SearchStrategy[datetime]:
    return st.builds(
        datetime.combine, days(), st.sampled_from([time(0), time(9, 30), time(12), time(17)])
    )


@st.composite
def _spans(draw: Draw, style: _Style, *, low: int, percent: bool = False) -> str:
    units = ["d", "d", "w"]
    if style.months:
        units += ["m", "m"]
    if style.hours:
        units += ["eh"]
    if percent and style.hours:
        units += ["%"]
    unit = draw(st.sampled_from(units))
    top, bottom = {
        "d": (60, low),
        "w": (8, low // 7),
        "m": (4, low // 10),
        "eh": (60, low),
        "%": (150, 5 * low),
    }[unit]
    amount = str(draw(st.integers(bottom, top)))
    if (unit == "m" or (style.hours and unit == "d")) and draw(st.integers(0, 3)) == 0:
        amount += ".5"
    return f"{amount}{unit}"


def write(moment: date) -> str:
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%dT%H:%M")
    return moment.isoformat()

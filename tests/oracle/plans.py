"""Random plans and scenarios for the scheduling laws (hypothesis strategies).

Plans are acyclic by construction: items are lined up at random with parts before wholes, and links
run along that line only. A plan holds either times of day or months, not both (see `scheduler`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from graphmodel.plan import Plan
from graphmodel.scenario import Scenario
from tests.oracle.scenarios import can_slip
from tests.oracle.scheduler import Oracle

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["PlanShape", "plans", "slip_scenarios"]

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
        document["status_date"] = _write(style.status_date)
    if draw(st.booleans()) or any(_needs_start(item) for item in items):
        first = draw(st.integers(-30, 120))
        if status is not None:
            first = min(first, status)
        document["start"] = _write(_FIRST + timedelta(days=first))
    if shape.must_finish and draw(st.integers(0, 3)) == 0:
        document["must_finish"] = _write(draw(_days(200)))
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
    link["type"] = draw(st.sampled_from(["FS", "FS", "SS", "FF", "SF"]))
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
        item["due"] = _write(draw(_days(60)))
    return item


def _finish_only(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    item["planned"] = {"finish": _write(draw(_days())), "precision": "day"}
    if style.shape.statuses and draw(st.integers(0, 4)) == 0:
        item["forecast"] = _write(draw(_days()))
    elif style.hours and draw(st.booleans()):
        item["planned"]["finish"] = _write(draw(_moments()))


def _start_and_finish(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    start = draw(_days())
    finish = start + timedelta(days=draw(st.integers(0, 90)))
    item["planned"] = {"start": _write(start), "finish": _write(finish), "precision": "range"}
    if style.shape.statuses and draw(st.integers(0, 4)) == 0:
        item["forecast"] = _write(finish + timedelta(days=draw(st.integers(-30, 60))))


def _undated(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    if draw(st.booleans()):
        item["planned"] = {"precision": "none", "text": "to be confirmed"}


def _from_onwards(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    item["planned"] = {"start": _write(draw(_days())), "precision": "from"}


def _ongoing(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    item["planned"] = {"precision": "ongoing"}


def _with_duration(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    item["duration"] = draw(_spans(style, low=0))
    if draw(st.integers(0, 3)) == 0:  # planned dates that mode logic does not look at
        item["planned"] = {"finish": _write(draw(_days()))}


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
        item["actual_finish"] = _write(finish)
        if draw(st.booleans()):
            item["actual_start"] = _write(finish - timedelta(days=draw(st.integers(0, 60))))
    elif "finish" not in item.get("planned", {}):
        item["planned"] = {"precision": "complete", "text": "Complete"}


def _begin(draw: Draw, style: _Style, item: dict[str, Any]) -> None:
    logic = _needs_start(item) and item.get("scheduling") != "planned"
    known = style.status_date or _FIRST + timedelta(200)
    if logic or draw(st.booleans()):
        item["actual_start"] = _write(known - timedelta(days=draw(st.integers(0, 90))))
    if "scheduling" in item or draw(st.booleans()):
        item["remaining"] = draw(_spans(style, low=0))
    if draw(st.booleans()) and not item.get("duration", "").endswith("m"):
        item["percent"] = draw(st.sampled_from([0, 100] if style.months else [0, 10, 35, 50, 75, 100]))


# -- Scenarios --------------------------------------------------------------------------------


@st.composite
def slip_scenarios(draw: Draw, plan: Plan, *, sets: bool = False, months: bool = True) -> Scenario:
    """Return a scenario of slips (single, several, group) and, where asked for, sets.

    What cannot be slipped because it is finished, or has no finish, is left alone.
    """
    oracle = Oracle(plan)
    can = [item for item in plan.items if can_slip(item) and oracle.place(item.id).start]
    leaves = [item for item in can if plan.index.is_leaf(item.id)]
    groups = [
        item
        for item in can
        if any(plan.index.parents[leaf.id] == item.id for leaf in leaves)
    ]
    spans = st.integers(0, 100).map(lambda days: f"{days}d") | st.sampled_from(["1w", "2w"])
    if months and not _has_times(plan):
        spans |= st.sampled_from(["1m", "2m", "3m"])
    choices = []
    if leaves:
        choices.append(_slips(leaves, spans))
    if groups:
        choices += [_slips(groups, spans), _own_slips(groups, spans), _groups(groups, spans)]
    dated = [item for item in leaves if item.mode == "planned" and item.planned.finish is not None]
    if sets and dated:
        choices.append(_sets(dated))
    changes = draw(st.lists(st.one_of(choices), min_size=1, max_size=3)) if choices else []
    return Scenario.model_validate({"schema": "knockon/scenario@1", "changes": changes})


def _slips(items: list[Any], spans: Any) -> Any:
    return st.builds(lambda item, by: {"op": "slip", "item": item.id, "by": by}, _of(items), spans)


def _own_slips(items: list[Any], spans: Any) -> Any:
    return _slips(items, spans).map(lambda change: {**change, "own": True})


def _groups(items: list[Any], spans: Any) -> Any:
    return st.builds(
        lambda item, by: {"op": "slip_group", "parent": item.id, "by": by}, _of(items), spans
    )


def _sets(items: list[Any]) -> Any:
    return st.builds(
        lambda item, day: {"op": "set", "item": item.id, "finish": _write(day)}, _of(items), _days()
    )


def _of(items: list[Any]) -> Any:
    return st.sampled_from(items)


def _has_times(plan: Plan) -> bool:
    """Return whether the plan holds anything finer than a day."""
    spans = [link.lag for link in plan.links]
    moments: list[date | None] = []
    for item in plan.items:
        spans += [span for span in (item.duration, item.remaining) if span is not None]
        moments.append(item.planned.finish)
        if item.duration is not None and item.percent is not None:
            return True
    return any(isinstance(moment, datetime) for moment in moments) or any(
        span.unit in {"eh", "%"} or (span.unit != "m" and span.minutes % 1440) for span in spans
    )


# -- Dates and spans --------------------------------------------------------------------------


def _id(number: int) -> str:
    return f"{chr(ord('a') + number)}"


def _days(first: int = 0) -> st.SearchStrategy[date]:
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
        datetime.combine, _days(), st.sampled_from([time(0), time(9, 30), time(12), time(17)])
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


def _write(moment: date) -> str:
    if isinstance(moment, datetime):
        return moment.strftime("%Y-%m-%dT%H:%M")
    return moment.isoformat()

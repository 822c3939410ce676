"""What one item of a random plan says of itself: dates, duration, progress, constraints."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from tests.oracle.dice import FIRST, Dice, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    #: Writes dates or a duration into an item.
    Writer = Callable[[Dice, "Style", dict[str, Any]], None]

__all__ = ["PlanShape", "Style", "draw_item", "draw_span"]

_KINDS = ("theme", "objective", "action", "milestone")


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
    calendars: bool = True
    constraints: bool = True
    #: Boards with gates, blackouts, officers.
    boards: bool = True
    #: Fixed dates, levels of effort, splits, levelling delays.
    kinds: bool = True
    #: Scheduling modes other than that of plans.
    modes: bool = True
    #: Durations, mostly in working time, rather than planned dates.
    work: bool = False
    #: Most leaves have begun or are done.
    begun: bool = False
    max_items: int = 10


@dataclass(frozen=True)
class Style:
    """What one plan holds, drawn from its shape."""

    months: bool
    hours: bool
    calendars: bool
    shape: PlanShape
    status_date: date | None
    options: dict[str, str] = field(default_factory=dict)

    @property
    def is_plan(self) -> bool:
        """Whether it is scheduled as papers are, not as P6 or MS Project do."""
        return self.options.get("scheduling_mode", "plan") == "plan"

    @property
    def counts_months(self) -> bool:
        """Whether begun work may be told in months: not where it runs on from its actual start."""
        return self.is_plan and self.options.get("unstarted") != "unmoved"

    @property
    def holds_leaves(self) -> bool:
        """Whether links into a parent hold the leaves below it."""
        said = self.options.get("parent_links")
        return said == "leaves" or (said is None and not self.is_plan)


def draw_item(dice: Dice, style: Style, number: int, parents: list[int | None]) -> dict[str, Any]:
    """Return one item; a leaf has a status, a parent now and then."""
    parent, depth, above = parents[number], 0, parents[number]
    while above is not None:
        depth, above = depth + 1, parents[above]
    name = chr(ord("a") + number)
    item: dict[str, Any] = {"id": name, "title": f"Item {number}", "kind": _KINDS[min(depth, 3)]}
    if parent is not None:
        item["parent"] = chr(ord("a") + parent)
    is_leaf = number not in parents
    if not is_leaf:
        writers = _PARENTS if style.is_plan else [_undated]
    else:
        is_scheduled = not style.is_plan or (style.shape.work and not dice.once_in(3))
        writers = _SCHEDULED if is_scheduled else _LEAVES
    dice.pick(writers)(dice, style, item)
    if style.shape.statuses:
        if is_leaf:
            _progress(dice, style, item)
        elif style.is_plan and dice.once_in(5):
            item["status"] = "in_progress"
    if style.shape.dues and dice.once_in(3):
        item["due"] = write(dice.day(60))
    if is_leaf and style.shape.constraints and dice.once_in(3):
        _constrain(dice, style, item)
    if is_leaf and style.shape.kinds and dice.once_in(3):
        _special(dice, style, item)
    return item


# -- Own dates and durations ------------------------------------------------------------------


def _finish_only(dice: Dice, style: Style, item: dict[str, Any]) -> None:
    item["planned"] = {"finish": write(dice.day()), "precision": "day"}
    if style.shape.statuses and dice.once_in(5):
        item["forecast"] = write(dice.day())
    elif style.hours and dice.once_in(2):
        item["planned"]["finish"] = write(dice.moment())


def _start_and_finish(dice: Dice, style: Style, item: dict[str, Any]) -> None:
    start = dice.day()
    finish = start + timedelta(days=dice.number(0, 90))
    item["planned"] = {"start": write(start), "finish": write(finish), "precision": "range"}
    if style.shape.statuses and dice.once_in(5):
        item["forecast"] = write(finish + timedelta(days=dice.number(-30, 60)))


def _undated(dice: Dice, style: Style, item: dict[str, Any]) -> None:
    if dice.once_in(2):
        item["planned"] = {"precision": "none", "text": "to be confirmed"}


def _from_onwards(dice: Dice, style: Style, item: dict[str, Any]) -> None:
    item["planned"] = {"start": write(dice.day()), "precision": "from"}


def _ongoing(dice: Dice, style: Style, item: dict[str, Any]) -> None:
    item["planned"] = {"precision": "ongoing"}


def _with_duration(dice: Dice, style: Style, item: dict[str, Any]) -> None:
    item["duration"] = draw_span(dice, style, low=0 if style.shape.start_points else 10)
    if dice.once_in(4):  # planned dates that mode logic does not look at
        item["planned"] = {"finish": write(dice.day())}


def _point(dice: Dice, style: Style, item: dict[str, Any]) -> None:
    """A milestone of a schedule: zero length, now and then of a type of its own."""
    if not style.shape.start_points:
        _with_duration(dice, style, item)
        return
    item["duration"] = dice.pick(["0d", "0wd"] if style.calendars else ["0d"])
    kind = dice.pick([None, "start_milestone", "finish_milestone"])
    if kind is not None:
        item["type"] = kind


def _planned_with_duration(dice: Dice, style: Style, item: dict[str, Any]) -> None:
    _start_and_finish(dice, style, item)
    item["duration"] = draw_span(dice, style, low=0)
    item["scheduling"] = "planned"


_LEAVES: list[Writer] = [
    _finish_only,
    _finish_only,
    _finish_only,
    _start_and_finish,
    _with_duration,
    _with_duration,
    _point,
    _undated,
    _planned_with_duration,
    _from_onwards,
    _ongoing,
]
_SCHEDULED: list[Writer] = [_with_duration, _with_duration, _with_duration, _point]
_PARENTS: list[Writer] = [_finish_only, _start_and_finish, _undated]


# -- Constraints and kinds --------------------------------------------------------------------


def _constrain(dice: Dice, style: Style, item: dict[str, Any]) -> None:
    """Give a leaf that has a length or a date of its own one or two constraints."""
    if not _is_dated(item):
        return
    kinds = ["SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO", "deadline"]
    if item.get("type") == "start_milestone":
        kinds = ["SNET", "SNLT", "MSO"]
    # ALAP below a parent: what its parent's start or own slip holds would have to move with it.
    if "parent" not in item and item.get("type") != "start_milestone":
        kinds += ["ALAP", "ALAP"]
    chosen = dice.some(kinds, 1, 2)
    constraints: list[dict[str, Any]] = []
    for kind in chosen:
        moment = write(dice.moment() if style.hours and dice.once_in(2) else dice.day(30))
        if kind == "deadline":
            item["deadlines"] = [{"date": moment}]
        elif kind == "ALAP":
            constraints.append({"type": kind})
        else:
            constraints.append({"type": kind, "date": moment})
            if kind in {"MSO", "MFO"} and len(chosen) == 1 and dice.once_in(2):
                constraints[-1]["hard"] = True
    if constraints:
        item["constraints"] = constraints


def _special(dice: Dice, style: Style, item: dict[str, Any]) -> None:
    """Turn a leaf into something special: fixed, level of effort, split, levelled."""
    kind = dice.pick(["fixed", "loe", "split", "level"])
    planned, begun = item.get("planned", {}), item.get("status", "not_started") != "not_started"
    alap = any(one["type"] == "ALAP" for one in item.get("constraints", ()))
    logic = "duration" in item and "scheduling" not in item
    open_end = planned.get("precision") == "from"
    if kind == "fixed" and "finish" in planned and not begun and not alap:
        item["scheduling"] = "fixed"
    elif kind == "loe" and not (style.calendars or "type" in item or begun or open_end):
        item["type"] = "loe"
        item.pop("constraints", None)
    elif kind == "split" and logic and not begun and not item["duration"].endswith("m"):
        item["splits"] = _splits(dice, style, item["duration"])
    elif kind == "level" and logic and not alap and not item["duration"].startswith("0"):
        item["levelling_delay"] = draw_span(dice, style, low=0, months=False)


def _splits(dice: Dice, style: Style, duration: str) -> list[dict[str, str]]:
    """Gaps at places inside the work, counted in the duration's own unit."""
    amount = float(duration.rstrip("abcdefghijklmnopqrstuvwxyz"))
    unit = duration.lstrip("0123456789.")
    places = {dice.number(1, max(int(amount), 1)) for _ in range(dice.number(0, 2))}
    return [
        {"after": f"{place}{unit}", "gap": draw_span(dice, style, low=0, months=False)}
        for place in sorted(places)
        if place < amount
    ]


# -- Progress ---------------------------------------------------------------------------------


def _progress(dice: Dice, style: Style, item: dict[str, Any]) -> None:
    """Give a leaf a status, and what goes with it."""
    precision = item.get("planned", {}).get("precision")
    if precision == "ongoing":
        return
    often = 1 if style.shape.begun else 5
    rest = ["in_progress", "in_progress", "complete"] if style.shape.begun else ["in_progress"]
    status = dice.pick(["not_started"] * often + [*rest, "complete", "on_hold", "cancelled"])
    if status == "complete":
        _complete(dice, style, item)
    elif status == "in_progress" and (precision == "from" or not _can_begin(item)):
        return
    elif status == "in_progress":
        _begin(dice, style, item)
    item["status"] = status


def _is_dated(item: dict[str, Any]) -> bool:
    return "duration" in item or "finish" in item.get("planned", {})


def _can_begin(item: dict[str, Any]) -> bool:
    """A point that has begun is a contradiction, an item without dates has nothing to go on."""
    return _is_dated(item) and not item.get("duration", "1").startswith("0")


def _complete(dice: Dice, style: Style, item: dict[str, Any]) -> None:
    item.pop("forecast", None)
    if dice.once_in(2) or not style.is_plan:
        finish = (style.status_date or FIRST + timedelta(300)) - timedelta(days=dice.number(0, 120))
        item["actual_finish"] = write(finish)
        if dice.once_in(2):
            item["actual_start"] = write(finish - timedelta(days=dice.number(0, 60)))
    elif "finish" not in item.get("planned", {}):
        item["planned"] = {"precision": "complete", "text": "Complete"}


def _begin(dice: Dice, style: Style, item: dict[str, Any]) -> None:
    logic = "duration" in item and item.get("scheduling") != "planned"
    known = style.status_date or FIRST + timedelta(200)
    if logic or "start" in item.get("planned", {}) or dice.once_in(2):
        item["actual_start"] = write(known - timedelta(days=dice.number(0, 90)))
    if "actual_start" not in item:
        return
    like = item.get("duration", "0d")
    if "scheduling" in item or (
        dice.once_in(2) and (style.counts_months or not like.endswith("m"))
    ):
        work, months = _is_work(like), style.counts_months
        item["remaining"] = draw_span(dice, style, low=10, work=work, months=months)
    if dice.once_in(2) and not item.get("duration", "").endswith("m"):
        item["percent"] = dice.pick([0, 10, 35, 50, 75] if style.hours else [0])


def _is_work(span: str) -> bool:
    return span.endswith(("wd", "min")) or (span.endswith("h") and not span.endswith("eh"))


# -- Spans --------------------------------------------------------------------------------------


def draw_span(
    dice: Dice,
    style: Style,
    *,
    low: int,
    percent: bool = False,
    months: bool = True,
    work: bool | None = None,
) -> str:
    """Return a span in the units of a style; ``work`` keeps to working or to wall time."""
    units = ["d", "d", "w"]
    if style.months and months:
        units += ["m", "m"]
    if style.hours:
        units += ["eh"]
    if style.calendars and work is not False:
        working = ["wd", "wd", "wd"] + (["h", "h", "min"] if style.hours else [])
        units = working if work or (style.shape.work and not dice.once_in(3)) else units + working
    if percent and style.hours:
        units += ["%"]
    unit = dice.pick(units)
    top, bottom = {
        "d": (60, low),
        "w": (8, low // 7),
        "m": (4, low // 10),
        "wd": (25, low),
        "h": (60, low),
        "min": (600, 10 * low),
        "eh": (60, low),
        "%": (150, 5 * low),
    }[unit]
    amount = str(dice.number(bottom, top))
    halves = unit == "m" or (style.hours and unit in {"d", "wd"})
    if halves and dice.once_in(4):
        amount += ".5"
    return f"{amount}{unit}"

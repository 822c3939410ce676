"""Random plans for the scheduling laws (hypothesis strategies).

Plans are acyclic by construction: items are lined up at random with parts before wholes, and links
run along that line only. A plan holds either times of day or months, not both (see `forward`).
What an item says of itself is drawn in `drawing`, calendars in `weeks`, boards in `councils`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from graphmodel.plan import Plan
from tests.oracle.councils import add_boards
from tests.oracle.dice import FIRST, Dice, write
from tests.oracle.drawing import PlanShape, Style, draw_item, draw_span
from tests.oracle.weeks import add_calendars

__all__ = ["COUNCIL", "PLAIN", "PROGRESS", "SCHEDULE", "PlanShape", "plans"]

#: Levels of the breakdown.
_DEEPEST = 4

#: Wall time only: what a council's paper holds without boards, calendars and constraints.
PLAIN = PlanShape(calendars=False, constraints=False, boards=False, kinds=False, modes=False)
#: Months, boards, blackouts; few calendars.
COUNCIL = PlanShape(hours=False, kinds=False, modes=False, percent_lags=False)
#: As from P6 or MS Project: working calendars, constraints, splits.
SCHEDULE = PlanShape(boards=False, months=False, work=True)
#: The same, most of it begun or done.
PROGRESS = replace(SCHEDULE, begun=True)

_SHAPES = (PLAIN, COUNCIL, COUNCIL, SCHEDULE, SCHEDULE, PROGRESS, PlanShape())


@st.composite
def plans(draw: st.DrawFn, shape: PlanShape | None = None) -> Plan:
    """Return a plan with any of the features, or with those of ``shape``."""
    dice = Dice(draw)
    return Plan.model_validate(_document(dice, shape or dice.pick(_SHAPES)))


def _document(dice: Dice, shape: PlanShape) -> dict[str, Any]:
    style = _style(dice, shape)
    parents = _breakdown(dice, shape.max_items)
    items = [draw_item(dice, style, number, parents) for number in range(len(parents))]
    document: dict[str, Any] = {"schema": "knockon/plan@1", "id": "p", "items": items}
    document["options"] = style.options
    document["links"] = _links(dice, style, parents)
    for link in document["links"]:
        if link["type"] in {"FF", "SF"}:  # a delay of the start beside what holds the finish
            items[ord(link["to"]) - ord("a")].pop("levelling_delay", None)
    if style.status_date is not None:
        document["status_date"] = write(style.status_date)
    if any(_needs_start(item) for item in items) or dice.once_in(2):
        first = dice.number(-30, 120)
        if style.status_date is not None:
            first = min(first, (style.status_date - FIRST).days)
        document["start"] = write(FIRST + timedelta(days=first))
    if shape.must_finish and dice.once_in(4):
        document["must_finish"] = write(dice.day(200))
    if style.calendars:
        add_calendars(dice, document, whole_days=not style.hours)
    if shape.boards and not style.hours:
        add_boards(dice, document)
    return document


def _style(dice: Dice, shape: PlanShape) -> Style:
    """Draw what the plan as a whole is like."""
    fine = dice.pick(["days", "hours"] if shape.work else ["days", "months", "hours"])
    options: dict[str, str] = {}
    if shape.modes:
        options["scheduling_mode"] = dice.pick(["plan", "p6", "ms-project"])
        for key, choices in _CHOICES.items():
            if dice.once_in(5):
                options[key] = dice.pick(choices)
    dated = shape.statuses and dice.once_in(2)
    return Style(
        months=shape.months and fine == "months",
        hours=shape.hours and fine == "hours",
        calendars=shape.calendars and (dice.once_in(2) or shape.work),
        shape=shape,
        status_date=FIRST + timedelta(days=dice.number(0, 300)) if dated else None,
        options=options,
    )


_CHOICES = {
    "lag_calendar": ["successor", "predecessor", "project", "elapsed"],
    "progress": ["retained_logic", "progress_override"],
    "unstarted": ["after_status_date", "from_status_date", "unmoved"],
    "parent_links": ["finish", "leaves"],
}


def _needs_start(item: dict[str, Any]) -> bool:
    return item.get("scheduling") == "logic" or "duration" in item


# -- The breakdown and the links along it ---------------------------------------------------


def _breakdown(dice: Dice, most: int) -> list[int | None]:
    """Return the parent of each item (an earlier one), 1 to 4 levels deep."""
    parents: list[int | None] = []
    depths: list[int] = []
    for number in range(dice.number(1, most)):
        above = [None, None, *(one for one in range(number) if depths[one] < _DEEPEST)]
        parent = dice.pick(above)
        parents.append(parent)
        depths.append(1 if parent is None else depths[parent] + 1)
    return parents


def _links(dice: Dice, style: Style, parents: list[int | None]) -> list[dict[str, Any]]:
    line = _line_up(dice.shuffle(range(len(parents))), parents)
    place = {item: number for number, item in enumerate(line)}
    first = [min(place[one] for one in _below(item, parents)) for item in range(len(parents))]
    pairs = [
        (before, after)
        for before in line
        for after in line
        if place[before] < (first[after] if style.holds_leaves else place[after])
        and after not in _above(before, parents)
        and before not in _above(after, parents)
    ]
    count = dice.number(0, 2 * len(parents)) if pairs else 0
    return [_link(dice, style, *dice.pick(pairs)) for _ in range(count)]


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


def _below(item: int, parents: list[int | None]) -> list[int]:
    """Return an item and what lies below it."""
    return [one for one in range(len(parents)) if item in [one, *_above(one, parents)]]


def _link(dice: Dice, style: Style, before: int, after: int) -> dict[str, Any]:
    link: dict[str, Any] = {"from": chr(ord("a") + before), "to": chr(ord("a") + after)}
    types = ["FS", "FS", "FF", "SF"] + ["SS"] * style.shape.start_points
    link["type"] = dice.pick(types)
    if dice.once_in(2):
        link["lag"] = draw_span(dice, style, low=-20, percent=style.shape.percent_lags)
    state = dice.pick(["accepted", "accepted", "accepted", "proposed", "rejected"])
    if state != "accepted":
        link["state"] = state
        link["confidence"] = dice.pick([0.5, 0.8, 1.0])
    return link

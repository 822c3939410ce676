"""Random plans and scenarios with Python's answers, for the engine of the page to be held against."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graphmodel.errors import KnockonError
from graphmodel.moments import DAY, finish_instant
from graphmodel.scenario import Scenario
from knockon.payloads import pack
from queries.portable import make_portable
from simulations.codes import NEVER
from simulations.whatif import answer, prepare
from tests.oracle.dice import FIRST, Dice, write
from tests.oracle.plans import plans

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.plan import Plan
    from simulations.results import MovedItem, Threshold, WhatIf
    from simulations.scenarios import Baseline

__all__ = ["Vectors", "build_vectors", "expect"]

#: Scenarios for each plan: a plan costs more than a scenario.
_SCENARIOS = 3


@dataclass
class Vectors:
    """Vectors as the page takes them, Python's answers, and the plans, for whoever looks into one."""

    given: list[dict[str, Any]] = field(default_factory=list)
    expected: list[list[Any]] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)
    refused: int = 0


def build_vectors(examples: int) -> Vectors:
    """Return vectors of so many random plans; those that are no plans, or not portable, are told."""
    vectors = Vectors()

    @settings(
        max_examples=examples,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        plan = data.draw(plans())
        baseline = prepare(plan)
        portable = make_portable(baseline)
        if portable.data is None:
            vectors.refused += 1
            return
        dice = Dice(data.draw)
        changes = [_changes(dice, plan, portable.data) for _ in range(_SCENARIOS)]
        vectors.given.append({"pack": portable.data, "scenarios": changes})
        vectors.expected.append([expect(baseline, one) for one in changes])
        vectors.plans.append(plan.model_dump_json(by_alias=True))

    collect()
    return vectors


def _changes(dice: Dice, plan: Plan, data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return one to three changes that a page can make."""
    kinds: list[Callable[[], dict[str, Any] | None]] = [
        lambda: {"op": "slip", "item": dice.pick(plan.items).id, "by": _span(dice)},
        lambda: {"op": "slip", "item": dice.pick(plan.items).id, "by": _span(dice), "own": True},
        lambda: {"op": "slip_group", "parent": dice.pick(plan.items).id, "by": _span(dice)},
        lambda: _group(dice, data),
        lambda: _set(dice, data),
        lambda: _set(dice, data),
    ]
    made = [dice.pick(kinds)() for _ in range(dice.number(1, 3))]
    return [one for one in made if one is not None]


def _span(dice: Dice) -> str:
    return f"{dice.number(0, 90)}d" if dice.once_in(2) else dice.pick(["1w", "6w", "1m", "2m", "5m"])


def _group(dice: Dice, data: dict[str, Any]) -> dict[str, Any] | None:
    known = [("officer", one[0]) for one in data["officers"]]
    known += [("board", one[0]) for one in data["boards"]]
    if not known:
        return None
    kind, name = dice.pick(known)
    return {"op": "slip_group", kind: name, "by": _span(dice)}


def _set(dice: Dice, data: dict[str, Any]) -> dict[str, Any] | None:
    known = list(data["settable"].items())
    if not known:
        return None
    position, (start, _) = dice.pick(known)
    end = "start" if start is not None and dice.once_in(3) else "finish"
    day = write(FIRST + timedelta(days=dice.number(-60, 700)))
    return {"op": "set", "item": data["ids"][position], end: day}


def expect(baseline: Baseline, changes: list[dict[str, Any]]) -> Any:
    """Return what Python answers, in minutes; None where it refuses the changes."""
    document = {"schema": "knockon/scenario@1", "changes": changes}
    scenario = Scenario.model_validate(document)
    try:
        run = baseline.run(scenario)
        found = answer(baseline, scenario)
    except KnockonError:
        return None
    at = [run.compiled.at[one] for one in baseline.compiled.ids]
    passes = [run.after("spare"), run.after("work")]
    return {
        "dates": [
            [
                [_plain(one.dates.start[place]) for place in at],
                [_plain(one.dates.finish[place]) for place in at],
                [one.dates.shown[place] for place in at],
            ]
            for one in passes
        ],
        "items": [_row(one) for one in found.items],
        "summary": list(pack(found.summary).values()),
        "thresholds": [
            _threshold(one)
            for one in (found.next_to_move, found.first_newly_late, found.first_newly_late_if_work)
        ],
        "board": _board(found),
    }


def _plain(instant: int) -> int | None:
    return None if instant == NEVER else instant


def _row(item: MovedItem) -> list[Any]:
    return [
        item.id,
        item.changed,
        item.is_parent,
        round(item.knock_on_days * DAY),
        round(item.knock_on_if_work_days * DAY),
        item.late_before,
        item.newly_late,
        item.newly_late_if_work,
        None if item.off_plan_days is None else round(item.off_plan_days * DAY),
    ]


def _threshold(one: Threshold | None) -> list[Any] | None:
    return None if one is None else [one.item, one.at_days]


def _board(found: WhatIf) -> list[str] | None:
    """Return the first board to hear of anything that moves, and the day."""
    heard = [
        (finish_instant(one.first_board_meeting), one.first_board, one.first_board_meeting)
        for one in found.items
        if one.first_board_meeting is not None
        and (one.knock_on_days or one.knock_on_if_work_days)
    ]
    if not heard:
        return None
    _, board, meeting = min(heard, key=lambda one: one[0])
    return [str(board), write(meeting)]

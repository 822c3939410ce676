"""Random plans and scenarios with Python's answers, to hold the engine of the page against."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as repeat
from hypothesis import strategies as st

from graphmodel.errors import KnockonError
from graphmodel.moments import DAY, finish_instant
from graphmodel.scenario import Scenario
from knockon.payloads import pack
from queries.portable import make_portable
from queries.portable_sets import tell_settable
from simulations.codes import NEVER
from simulations.whatif import answer, prepare
from tests.oracle.dice import FIRST, Dice, write
from tests.oracle.plans import COUNCIL, plans
from tests.oracle.small import build, fs

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
    """Vectors as the page takes them, Python's answers, and the plans to look into."""

    given: list[dict[str, Any]] = field(default_factory=list)
    expected: list[list[Any]] = field(default_factory=list)
    plans: list[str] = field(default_factory=list)
    refused: int = 0


def build_vectors(examples: int, seed: int | None = None) -> Vectors:
    """Return vectors of so many random plans, the same for a seed; what is refused is counted."""
    vectors = Vectors()

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def collect(data: st.DataObject) -> None:
        plan = data.draw(_plans())
        baseline = prepare(plan)
        portable = make_portable(baseline)
        if portable.data is None:
            vectors.refused += 1
            return
        changes = data.draw(_scenarios(plan, baseline, portable.data))
        vectors.given.append({"pack": portable.data, "scenarios": changes})
        vectors.expected.append([expect(baseline, one) for one in changes])
        vectors.plans.append(plan.model_dump_json(by_alias=True))

    if seed is not None:
        collect = repeat(seed)(collect)
    collect()
    return vectors


@st.composite
def _plans(draw: st.DrawFn) -> Plan:
    dice = Dice(draw)
    shape = dice.pick(["chains", "council", "any"])
    if shape == "chains":
        return _chains(dice)
    return draw(plans(COUNCIL if shape == "council" else None))


@st.composite
def _scenarios(
    draw: st.DrawFn, plan: Plan, baseline: Baseline, data: dict[str, Any]
) -> list[list[dict[str, Any]]]:
    changes = _Changes(Dice(draw), plan, baseline, data)
    return [changes.scenario() for _ in range(_SCENARIOS)]


def _chains(dice: Dice) -> Plan:
    """Return actions whose milestones wait for each other across months, as papers have them."""
    items: list[dict[str, Any]] = []
    for action in "abc"[: dice.number(1, 3)]:
        day = dice.day(60)
        items.append({"id": action, "kind": "action"})
        for step in range(dice.number(2, 5)):
            finish = {"finish": write(day), "precision": dice.pick(["month", "day"])}
            items.append({"id": f"{action}{step}", "parent": action, "planned": finish})
            if dice.once_in(3):
                items[-1]["due"] = write(day + timedelta(days=dice.number(0, 40)))
            day += timedelta(days=dice.number(0, 70))
        items[-1]["tags"] = ["consultation"]
        if dice.once_in(2):
            items[-2 - step]["due"] = write(day)
    leaves = [one for one in items if "parent" in one]
    leaves.sort(key=lambda one: str(one["planned"]["finish"]))
    links = [
        fs(
            before["id"],
            after["id"],
            type=dice.pick(["FS", "FS", "FS", "FF"]),
            lag=dice.pick(["0d", "0d", "10d", "1m", "10wd", "-5d"]),
        )
        for place, after in enumerate(leaves)
        for before in dice.some(leaves[:place], 0, 2)
    ]
    boards = [{
        "id": "board", "oversees": ["a"], "papers_lead": dice.pick(["0d", "10wd", "1m", "7d"]),
        "meetings": {"rule": dice.pick(["FREQ=MONTHLY;BYDAY=3TU", "FREQ=MONTHLY;INTERVAL=2"])},
    }]  # fmt: skip
    gated = [one["id"] for one in dice.some(leaves, 0, 2)]
    first = dice.day(60)
    return build(
        items,
        *links,
        start="2026-01-05",
        status_date=write(dice.day()) if dice.once_in(3) else None,
        boards=boards,
        gates=[{"item": one, "board": "board"} for one in gated],
        blackouts=[{
            "start": write(first), "finish": write(first + timedelta(days=45)),
            "boards": ["board"], "tags": ["consultation"],
        }],
        officers=[{"id": "o", "title": "Officer"}],
        assignments=[{"officer": "o", "item": items[0]["id"]}],
    )  # fmt: skip


class _Changes:
    """Draws changes that a page can make."""

    def __init__(self, dice: Dice, plan: Plan, baseline: Baseline, data: dict[str, Any]) -> None:
        self.dice = dice
        self.ids = [item.id for item in plan.items]
        compiled = baseline.compiled
        columns = tell_settable(compiled, [plan.index.items[one] for one in compiled.ids])
        self.settable = [
            (one, begins != NEVER)
            for one, can_set, begins in zip(
                compiled.ids, columns["settable"], columns["begins"], strict=True
            )
            if can_set
        ]
        self.groups = [("officer", one[0]) for one in data["officers"]]
        self.groups += [("board", one[0]) for one in data["boards"]]

    def scenario(self) -> list[dict[str, Any]]:
        """Return one to three changes."""
        kinds: list[Callable[[], dict[str, Any] | None]] = [
            self.slip,
            self.slip,
            lambda: {**self.slip(), "own": True},
            lambda: {"op": "slip_group", "parent": self.dice.pick(self.ids), "by": self.span()},
            self.group,
            self.set_dates,
            self.set_dates,
        ]
        made = [self.dice.pick(kinds)() for _ in range(self.dice.number(1, 3))]
        return [one for one in made if one is not None]

    def slip(self) -> dict[str, Any]:
        return {"op": "slip", "item": self.dice.pick(self.ids), "by": self.span()}

    def span(self) -> str:
        if self.dice.once_in(2):
            return f"{self.dice.number(0, 90)}d"
        return self.dice.pick(["1w", "6w", "1m", "2m", "5m"])

    def group(self) -> dict[str, Any] | None:
        if not self.groups:
            return None
        kind, name = self.dice.pick(self.groups)
        return {"op": "slip_group", kind: name, "by": self.span()}

    def set_dates(self) -> dict[str, Any] | None:
        if not self.settable:
            return None
        one, has_start = self.dice.pick(self.settable)
        end = "start" if has_start and self.dice.once_in(3) else "finish"
        day = write(FIRST + timedelta(days=self.dice.number(-60, 700)))
        return {"op": "set", "item": one, end: day}


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
        "paths": [list(one.path) for one in found.items],
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
        if one.first_board_meeting is not None and (one.knock_on_days or one.knock_on_if_work_days)
    ]
    if not heard:
        return None
    _, board, meeting = min(heard, key=lambda one: one[0])
    return [str(board), write(meeting)]

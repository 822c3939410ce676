"""The smallest set of cures against trying every set, on small networks with and without gates.

The sets are enumerated here as changes of a scenario, dearer ones last; nothing of the search is
used to find them.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from hypothesis import event, given, note, settings
from hypothesis import strategies as st

from graphmodel.planfile import dump_plan
from graphmodel.scenario import (
    AddLink,
    AddMeeting,
    RemoveLink,
    Scenario,
    SetDates,
    Slip,
    WaivePapersLead,
)
from graphmodel.spans import parse_span
from simulations.recovery.run import recover
from simulations.whatif import answer, prepare
from tests.laws import examples
from tests.simulations.cured import with_dues
from tests.simulations.sketch import OFFICE, sketch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.plan import Plan
    from graphmodel.scenario import Change
    from simulations.results import Gaps
    from simulations.scenarios import Baseline

FIRST = date(2026, 6, 1)
#: The most that a set may cost for all cheaper ones to be tried.
MOST = 4


class Step(NamedTuple):
    """One cure: what it costs, and its changes."""

    cost: int
    changes: tuple[Change, ...]


def day(number: int) -> str:
    return (FIRST + timedelta(days=number)).isoformat()


def draw_plan(dice: Random, *, gates: bool, work: bool) -> Plan:
    """Return two to four items, most of them linked, most of them due when they are forecast."""
    size = dice.randint(2, 4)
    items = [_draw_item(dice, number, work=work) for number in range(size)]
    unit = "wd" if work else "d"
    links = [
        {
            "from": f"i{before}",
            "to": f"i{after}",
            "type": dice.choice(["FS", "FS", "FS", "SS", "FF"]),
            "lag": f"{dice.choice([0, 0, 1, 2])}{unit}",
        }
        for after in range(size)
        for before in range(after)
        if dice.random() < 0.45
    ]
    rest: dict[str, Any] = {}
    if work:
        rest = {"calendars": [OFFICE], "calendar": "office"}
    points = [item for item in items if set(item.get("planned", ())) == {"finish", "precision"}]
    if gates and points:
        rest |= _draw_gates(dice, dice.choice(points)["id"])
    plan = sketch(items, links, **rest)
    return with_dues(plan, [dice.choice([-1, -1, 0, 0, 1]) for _ in range(size)])


def _draw_item(dice: Random, number: int, *, work: bool) -> dict[str, Any]:
    item: dict[str, Any] = {"id": f"i{number}", "kind": "activity", "title": "Work"}
    kind = dice.random()
    if work or kind < 0.5:
        return item | {"duration": f"{dice.randint(0, 3)}{'wd' if work else 'd'}"}
    if kind < 0.75:
        return item | {"planned": {"finish": day(dice.randint(0, 8)), "precision": "day"}}
    begins = dice.randint(0, 6)
    span = {"start": day(begins), "finish": day(begins + dice.randint(0, 3)), "precision": "range"}
    return item | {"planned": span}


def _draw_gates(dice: Random, item: str) -> dict[str, Any]:
    days = sorted({day(dice.randint(0, 16)) for _ in range(4)})
    board = {"id": "x", "meetings": {"dates": days}, "papers_lead": dice.choice([None, "1d", "2d"])}
    return {"boards": [board], "gates": [{"id": "g", "item": item, "board": "x"}]}


def steps_of(plan: Plan) -> list[list[Step]]:
    """Return what can be done to each thing, in steps of a day up to a cost of `MOST`."""
    found = [list(_shorter(plan, item.id)) for item in plan.items]
    found.extend(list(_overlaps(plan, number)) for number in range(len(plan.links)))
    found.extend(list(_boards(plan)))
    return [one for one in found if one]


def _shorter(plan: Plan, one: str) -> Iterator[Step]:
    item = plan.index.items[one]
    planned = item.planned
    for amount in range(1, MOST + 1):
        if item.duration is not None and item.duration.amount >= amount:
            left = parse_span(f"{item.duration.amount - amount}{item.duration.unit}")
            yield Step(amount, (SetDates(item=one, duration=left),))
        elif planned.start is not None and planned.finish is not None:
            finish = planned.finish - timedelta(days=amount)
            if finish >= planned.start:
                yield Step(amount, (SetDates(item=one, start=planned.start, finish=finish),))


def _overlaps(plan: Plan, number: int) -> Iterator[Step]:
    link = plan.links[number]
    key = {"from": link.from_, "to": link.to, "type": link.type}
    for amount in range(1, MOST + 1):
        lag = f"{link.lag.amount - amount}{link.lag.unit}"
        added = AddLink.model_validate({**key, "lag": lag})
        yield Step(amount, (RemoveLink.model_validate(key), added))


def _boards(plan: Plan) -> Iterator[list[Step]]:
    """Yield an extra meeting on any day, at the days to the next, and a waiver at its lead."""
    for board in plan.boards:
        days = board.meetings.dates
        extra = []
        for after in days:
            for amount in range(1, MOST + 1):
                on = after - timedelta(days=amount)
                if on not in days and min(one for one in days if one >= on) == after:
                    extra.append(Step(amount, (AddMeeting(board=board.id, date=on),)))
        yield extra
        if board.papers_lead:
            yield [Step(int(board.papers_lead.amount), (WaivePapersLead(gate="g"),))]


def newly_late(baseline: Baseline, scenario: Scenario, gaps: Gaps) -> set[str]:
    rows = answer(baseline, scenario).items
    return {
        row.id for row in rows if (row.newly_late if gaps == "spare" else row.newly_late_if_work)
    }


def cheapest(baseline: Baseline, scenario: Scenario, gaps: Gaps, below: float) -> float | None:
    """Return what the cheapest set that mends everything costs, if it is less than ``below``."""
    late = newly_late(baseline, scenario, gaps)
    wanted = set(late)
    groups = [[Step(0, ()), *steps] for steps in steps_of(baseline.plan)]
    best: float | None = None
    for chosen in _sets(groups, min(below, MOST + 1)):
        cost = sum(step.cost for step in chosen)
        if best is not None and cost >= best:
            continue
        changes = [change for step in chosen for change in step.changes]
        tried = scenario.model_copy(update={"changes": (*scenario.changes, *changes)})
        if not newly_late(baseline, tried, gaps) & wanted:
            best = cost
    return best


def _sets(groups: list[list[Step]], below: float) -> Iterator[tuple[Step, ...]]:
    """Yield every choice of one step from each group that costs less than ``below``."""
    if not groups:
        yield ()
        return
    for step in groups[0]:
        if step.cost < below:
            for rest in _sets(groups[1:], below - step.cost):
                yield (step, *rest)


def check(plan: Plan, scenario: Scenario) -> None:
    baseline = prepare(plan)
    recovery = recover(baseline, scenario)
    best = recovery.spare.smallest_set
    if not recovery.spare.late or (best is not None and best.cannot_mend):
        event("nothing, or not all of it, to mend")
        return
    if best is None:
        event("nothing mends it")
        assert cheapest(baseline, scenario, "spare", 3) is None
        return
    if best.cost > MOST:
        event("too dear to try everything cheaper")
        return
    note(str(best))
    found = cheapest(baseline, scenario, "spare", best.cost)
    event("proven" if best.is_smallest else "not proven")
    if best.is_smallest:
        assert found is None
    if best.at_least is not None:
        assert found is None or found >= best.at_least


few = settings(max_examples=examples(150))
seeds = st.integers(0, 100_000)


@pytest.mark.parametrize("gates", [False, True], ids=["plain", "gates"])
@few
@given(seed=seeds)
def test_no_set_costs_less_than_the_smallest(gates: bool, seed: int) -> None:
    dice = Random(seed)
    plan = draw_plan(dice, gates=gates, work=False)
    slipped = f"i{dice.randrange(len(plan.items))}"
    note(dump_plan(plan))
    slip = Slip(item=slipped, by=parse_span(f"{dice.randint(1, 4)}d"))
    check(plan, Scenario(changes=(slip,)))


@few
@given(seed=seeds)
def test_what_is_claimed_on_a_calendar_holds(seed: int) -> None:
    dice = Random(seed)
    plan = draw_plan(dice, gates=False, work=True)
    note(dump_plan(plan))
    slip = Slip(item="i0", by=parse_span(f"{dice.randint(1, 4)}d"))
    check(plan, Scenario(changes=(slip,)))

"""Laws of the answer about boards, on random plans: cliffs are exact, and agree with what-ifs.

The scheduler of tests/oracle, which knows nothing of the engine, judges each cliff: a slip of so
many days makes the gate miss its meeting, one day less does not, and no other input breaks sooner.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, event, given, note, reject, settings
from hypothesis import strategies as st

from graphmodel.errors import PlanError
from graphmodel.moments import finish_instant
from graphmodel.planfile import dump_plan
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from queries.boards import review_boards
from simulations.schedule import schedule
from simulations.whatif import answer, prepare
from tests.laws import examples
from tests.oracle.plans import COUNCIL, PlanShape, plans
from tests.oracle.scenarios import WhatIfOracle, can_slip
from tests.oracle.scheduler import Oracle
from tests.oracle.slips import slip_scenarios
from tests.queries.gated_plans import gated_plans

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from queries.boards_cliffs import Cliff
    from queries.boards_gates import GateFacts
    from simulations.results import Gaps
    from simulations.scenarios import Baseline

often = settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
councils = st.one_of(gated_plans(), gated_plans(), plans(COUNCIL))
#: A slip that no cliff of these plans lies beyond.
FAR = 800


def ready(plan: Plan) -> Baseline:
    """Make a plan ready; one whose meeting rule has nothing to be counted from is refused."""
    try:
        return prepare(plan)
    except PlanError:
        reject()


def slip(item: str, days: int) -> Scenario:
    """An item's own finish, so many days later."""
    return Scenario(changes=(Slip(item=item, by=parse_span(f"{days}d"), own=True),))


def passed(
    plan: Plan, gate: GateFacts, item: str, days: int, gaps: Gaps = "spare"
) -> datetime | None:
    """When the last gate of an item is passed after a slip, as the oracle has it."""
    return WhatIfOracle(plan, slip(item, days), gaps).after.place(gate.item).finish


def single_gates(plan: Plan) -> set[str]:
    """The items whose one gate says when they finish."""
    accepted = [gate.item for gate in plan.gates if gate.state == "accepted"]
    return {item for item in accepted if accepted.count(item) == 1}


@often
@given(st.one_of(councils, councils, plans(PlanShape(modes=False))))
def test_one_day_less_than_a_cliff_moves_nothing(plan: Plan) -> None:
    review = review_boards(ready(plan))
    note(dump_plan(plan))
    for gate in review.gates:
        rules: list[tuple[Gaps, Cliff | None]] = [
            ("spare", gate.cliff),
            ("work", gate.cliff_if_work),
        ]
        for gaps, cliff in rules:
            if cliff is not None and gate.item in single_gates(plan):
                event("a cliff")
                judge(plan, gate, gaps, cliff)


def judge(plan: Plan, gate: GateFacts, gaps: Gaps, cliff: Cliff) -> None:
    """Hold a cliff against the oracle."""
    now = Oracle(plan, gaps).place(gate.item).finish
    then = passed(plan, gate, cliff.input, cliff.slip_days, gaps)
    assert now is not None
    assert then is not None
    assert then > now
    assert passed(plan, gate, cliff.input, cliff.slip_days - 1, gaps) == now
    if cliff.cost_days is not None:
        assert abs((then - now).total_seconds() / 86400 - cliff.cost_days) < 1e-9
    for other in gate.inputs:
        if can_slip(plan.index.items[other]) and cliff.slip_days > 1:
            assert passed(plan, gate, other, cliff.slip_days - 1, gaps) == now


@often
@given(councils)
def test_a_gate_without_a_cliff_has_a_reason(plan: Plan) -> None:
    for gate in review_boards(ready(plan)).gates:
        if gate.state != "meeting":
            assert gate.cliff is None
            continue
        assert (gate.cliff is None) == (gate.no_cliff is not None)
        if gate.no_cliff == "no-input":
            assert gate.inputs == ()
        if gate.no_cliff == "inputs-done":
            over = {"complete", "cancelled"}
            items = [plan.index.items[one] for one in gate.inputs]
            assert all(one.status in over or one.type == "loe" for one in items)
        if gate.no_cliff == "no-slip" and gate.item in single_gates(plan):
            now = Oracle(plan).place(gate.item).finish
            for other in gate.inputs:
                if can_slip(plan.index.items[other]):
                    assert passed(plan, gate, other, FAR) == now


@often
@given(councils)
def test_what_a_cliff_makes_newly_late_is_what_the_what_if_says(plan: Plan) -> None:
    prepared = ready(plan)
    for gate in review_boards(prepared).gates:
        for cliff, late in ((gate.cliff, "newly_late"), (gate.cliff_if_work, "newly_late_if_work")):
            if cliff is not None:
                found = answer(prepared, slip(cliff.input, cliff.slip_days))
                rows = [one for one in found.items if one.id != cliff.input]
                assert set(cliff.newly_late) == {one.id for one in rows if getattr(one, late)}


@often
@given(councils)
def test_gates_fall_where_the_schedule_has_them(plan: Plan) -> None:
    rows = {row.id: row for row in schedule(plan).items}
    unknown = {one.items[0] for one in schedule(plan).findings if one.code == "no-meeting-known"}
    for gate in review_boards(ready(plan)).gates:
        if gate.item in single_gates(plan) and gate.state in {"meeting", "no-meeting-known"}:
            finish = rows[gate.item].finish
            assert gate.forecast is not None
            assert finish is not None
            assert finish_instant(gate.forecast) == finish_instant(finish)
            assert (gate.state == "no-meeting-known") == (gate.item in unknown)


@often
@given(councils)
def test_papers_are_due_when_the_oracle_says_so(plan: Plan) -> None:
    gates = review_boards(ready(plan)).gates
    oracle = Oracle(plan)
    for gate in gates:
        if gate.papers_due is not None and gate.item in single_gates(plan):
            held = oracle.gates_of(plan.index.items[gate.item])[0]
            meeting = oracle.place(gate.item).finish
            assert meeting is not None
            due = datetime(1970, 1, 1) + timedelta(minutes=finish_instant(gate.papers_due))
            assert due == oracle.deadline(held, meeting)


@often
@given(st.data())
def test_boards_see_a_change_when_the_what_if_says_so(data: st.DataObject) -> None:
    plan = data.draw(councils)
    change = data.draw(slip_scenarios(plan))
    prepared = ready(plan)
    view = review_boards(prepared, change).scenario
    assert view is not None
    found = answer(prepared, change)
    moved = [one for one in found.items if one.knock_on_days or one.knock_on_if_work_days]
    heard = [one for one in moved if one.first_board_meeting is not None]
    if view.first_board is None:
        assert not heard
    else:
        first = min(
            finish_instant(one.first_board_meeting)
            for one in heard
            if one.first_board_meeting is not None
        )
        assert view.first_board.meeting is not None
        assert finish_instant(view.first_board.meeting) == first
    named = {one for hearing in view.hearings for one in hearing.items}
    assert {one.id for one in heard} <= named <= {one.id for one in moved}
    knock_on = {one.id: one.knock_on_days for one in found.items}
    for move in view.gates:
        if move.item in single_gates(plan):
            assert move.days == knock_on[move.item]

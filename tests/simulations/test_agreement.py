"""The engine and the slow, obvious scheduler of tests/oracle agree on random plans."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from graphmodel.planfile import dump_plan, dump_scenario
from simulations.schedule import schedule
from simulations.whatif import what_if
from tests.laws import examples
from tests.oracle import facts
from tests.oracle.basis import links_used
from tests.oracle.dates import Side, finish_of, show, start_of
from tests.oracle.plans import COUNCIL, PLAIN, PROGRESS, SCHEDULE, PlanShape, plans
from tests.oracle.scenarios import WhatIfOracle
from tests.oracle.scheduler import Oracle
from tests.oracle.slips import scenarios

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.plan import Plan
    from simulations.results import Gaps, MovedItem, ScheduledItem

GAPS: tuple[Gaps, ...] = ("spare", "work")

#: Wall time alone, a council's plan with boards, a schedule as from P6 or MS Project, the same
#: with most of its work begun or done, and everything at once.
SHAPES = {
    "plain": PLAIN,
    "council": COUNCIL,
    "schedule": SCHEDULE,
    "progress": PROGRESS,
    "everything": PlanShape(),
}
every_shape = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)

#: Plans are drawn key by key, which hypothesis takes for slow.
often = settings(max_examples=examples(80), suppress_health_check=[HealthCheck.too_slow])


def days(number: float | None) -> float | None:
    """A whole number of minutes in days, free of the noise of division."""
    return None if number is None else round(number * 1440) / 1440


def told(row: ScheduledItem) -> dict[str, object]:
    return {
        "start": row.start,
        "finish": row.finish,
        "total float": days(row.total_float_days),
        "free float": days(row.free_float_days),
        "interfering float": days(row.interfering_float_days),
        "driven by": set(row.driven_by),
    }


def expected(oracle: Oracle, row: ScheduledItem) -> dict[str, object]:
    """What the oracle says, in dates or in dates with time as the engine shows them."""
    placed = oracle.place(row.id)
    total, free = oracle.total_float(row.id), oracle.free_float(row.id)
    interfering = None if total is None or free is None else total - free
    return {
        "start": shown_as(row.start, placed.start, placed.start_side),
        "finish": shown_as(row.finish, placed.finish, placed.finish_side),
        "total float": days(total),
        "free float": days(free),
        "interfering float": days(interfering),
        "driven by": oracle.driven_by(row.id),
    }


def shown_as(like: date | None, instant: datetime | None, side: Side) -> date | None:
    if instant is None:
        return None
    return instant if isinstance(like, datetime) else show(instant, side)


FACTS = ("start", "finish", "driven by")


def compare(row: ScheduledItem, oracle: Oracle) -> None:
    """A complete item has no float that matters: only its dates are compared."""
    mine, theirs = expected(oracle, row), told(row)
    if facts.is_done(oracle.items[row.id]):
        mine, theirs = ({key: one[key] for key in FACTS} for one in (mine, theirs))
    else:
        compare_late(row, oracle)
    assert theirs == mine, row.id


def compare_late(row: ScheduledItem, oracle: Oracle) -> None:
    """Late finishes are the same day, or the same in working time where a calendar governs."""
    late, placed = oracle.late_finish(row.id), oracle.place(row.id)
    if late is None or row.late_finish is None:
        assert row.late_finish is late is None, row.id
        return
    calendar = oracle.governs(oracle.items[row.id])
    sides: tuple[Side, ...] = (placed.finish_side,) if calendar is None else ("start", "finish")
    same = row.late_finish in {shown_as(row.late_finish, late, side) for side in sides}
    if calendar is not None and not same:
        ends = (start_of(row.late_finish), finish_of(row.late_finish))
        same = any(calendar.between(one, late) == 0 for one in ends)
    assert same, (row.id, row.late_finish, late)


@every_shape
@often
@given(data=st.data(), gaps=st.sampled_from(GAPS))
def test_dates_and_floats_agree(shape: PlanShape, data: st.DataObject, gaps: Gaps) -> None:
    plan = data.draw(plans(shape))
    note(dump_plan(plan))
    oracle = Oracle(plan, gaps)
    answer = schedule(plan, gaps=gaps)
    for row in answer.items:
        compare(row, oracle)
        if not oracle.is_loe(oracle.items[row.id]):
            assert row.critical == oracle.is_critical(row.id), row.id


@settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans(), least=st.sampled_from([0.0, 0.5, 0.7, 1.0]))
def test_proposed_links_count_where_asked_for(plan: Plan, least: float) -> None:
    note(dump_plan(plan))
    oracle = Oracle(plan, links=links_used(plan, "proposed", least))
    answer = schedule(plan, links="proposed", min_confidence=least)
    for row in answer.items:
        compare(row, oracle)


@every_shape
@often
@given(data=st.data())
def test_knock_on_agrees_under_both_rules_for_gaps(shape: PlanShape, data: st.DataObject) -> None:
    plan = data.draw(plans(shape))
    scenario = data.draw(scenarios(plan))
    note(dump_plan(plan))
    note(dump_scenario(scenario))
    spare, work = (WhatIfOracle(plan, scenario, gaps) for gaps in GAPS)
    rows = what_if(plan, scenario, include_all=True).items
    dated = {item.id for item in plan.items if spare.before.place(item.id).start is not None}
    assert {row.id for row in rows} == dated
    for row in rows:
        compare_moves(row, spare, work)


def compare_moves(row: MovedItem, spare: WhatIfOracle, work: WhatIfOracle) -> None:
    assert (days(row.knock_on_days), days(row.knock_on_if_work_days)) == (
        days(spare.knock_on(row.id)),
        days(work.knock_on(row.id)),
    ), row.id
    for told_finish, oracle in (
        (row.baseline_finish, spare.before),
        (row.finish, spare.after),
        (row.finish_if_work, work.after),
    ):
        placed = oracle.place(row.id)
        assert told_finish == shown_as(told_finish, placed.finish, placed.finish_side), row.id
    assert (row.late_before, row.newly_late, row.newly_late_if_work) == (
        spare.late_before(row.id),
        spare.newly_late(row.id),
        work.newly_late(row.id),
    ), row.id
    if spare.before.items[row.id].due is None:
        assert days(row.off_plan_days) == days(spare.off_plan(row.id)), row.id

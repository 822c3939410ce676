"""The engine and the slow, obvious scheduler of tests/oracle agree on random plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from graphmodel.planfile import dump_plan, dump_scenario
from simulations.schedule import schedule
from simulations.whatif import what_if
from tests.oracle import facts
from tests.oracle.dates import Side, show
from tests.oracle.forward import links_used
from tests.oracle.plans import plans
from tests.oracle.scenarios import WhatIfOracle
from tests.oracle.scheduler import Oracle
from tests.oracle.slips import slip_scenarios

if TYPE_CHECKING:
    from datetime import date, datetime

    from graphmodel.plan import Plan
    from simulations.results import Gaps, MovedItem, ScheduledItem

GAPS: tuple[Gaps, ...] = ("spare", "work")

#: Plans are drawn key by key, which hypothesis takes for slow.
often = settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])


def days(number: float | None) -> float | None:
    """A whole number of minutes in days, free of the noise of division."""
    return None if number is None else round(number * 1440) / 1440


def told(row: ScheduledItem) -> dict[str, object]:
    return {
        "start": row.start,
        "finish": row.finish,
        "late finish": row.late_finish,
        "total float": days(row.total_float_days),
        "free float": days(row.free_float_days),
        "interfering float": days(row.interfering_float_days),
        "driven by": set(row.driven_by),
    }


def expected(oracle: Oracle, name: str) -> dict[str, object]:
    placed = oracle.place(name)
    total, free = oracle.total_float(name), oracle.free_float(name)
    interfering = None if total is None or free is None else total - free
    return {
        "start": placed.shown_start,
        "finish": placed.shown_finish,
        "late finish": shown(oracle.late_finish(name), placed.finish_side),
        "total float": days(total),
        "free float": days(free),
        "interfering float": days(interfering),
        "driven by": oracle.driven_by(name),
    }


def shown(instant: datetime | None, side: Side) -> date | None:
    return None if instant is None else show(instant, side)


FACTS = ("start", "finish", "driven by")


def compare(row: ScheduledItem, oracle: Oracle) -> None:
    """A complete item has no float that matters: only its dates are compared."""
    mine, theirs = expected(oracle, row.id), told(row)
    if facts.is_done(oracle.items[row.id]):
        mine, theirs = ({key: one[key] for key in FACTS} for one in (mine, theirs))
    assert theirs == mine, row.id


@pytest.mark.parametrize("gaps", GAPS)
@often
@given(plan=plans())
def test_dates_and_floats_agree(plan: Plan, gaps: Gaps) -> None:
    note(dump_plan(plan))
    oracle = Oracle(plan, gaps)
    for row in schedule(plan, gaps=gaps).items:
        compare(row, oracle)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(plan=plans(), least=st.sampled_from([0.0, 0.5, 0.7, 1.0]))
def test_proposed_links_count_where_asked_for(plan: Plan, least: float) -> None:
    note(dump_plan(plan))
    oracle = Oracle(plan, links=links_used(plan, "proposed", least))
    answer = schedule(plan, links="proposed", min_confidence=least)
    for row in answer.items:
        compare(row, oracle)


@often
@given(data=st.data())
def test_knock_on_agrees_under_both_rules_for_gaps(data: st.DataObject) -> None:
    plan = data.draw(plans())
    scenario = data.draw(slip_scenarios(plan, sets=True))
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
    assert (row.baseline_finish, row.finish, row.finish_if_work) == (
        spare.before.place(row.id).shown_finish,
        spare.after.place(row.id).shown_finish,
        work.after.place(row.id).shown_finish,
    ), row.id
    assert (row.late_before, row.newly_late, row.newly_late_if_work) == (
        spare.late_before(row.id),
        spare.newly_late(row.id),
        work.newly_late(row.id),
    ), row.id
    if spare.before.items[row.id].due is None:
        assert days(row.off_plan_days) == days(spare.off_plan(row.id)), row.id

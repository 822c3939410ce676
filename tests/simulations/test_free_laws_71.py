"""Every cure does what it says: on random plans, by fresh what-ifs and by the slow oracle.

A cure is put into the scenario as its changes say. Then the item is in time and nothing is late
that was not; with one unit less of the cure it is late, or something else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, note, reject, settings
from hypothesis import strategies as st

from graphmodel.errors import ScenarioError
from graphmodel.planfile import dump_plan, dump_scenario
from graphmodel.scenario import Scenario
from graphmodel.spans import parse_span
from simulations.recovery.run import recover
from simulations.whatif import answer, prepare
from tests.oracle.plans import COUNCIL, PLAIN, PROGRESS, SCHEDULE, PlanShape, plans
from tests.oracle.scenarios import WhatIfOracle
from tests.oracle.slips import scenarios
from tests.simulations.cured import apply_cure, is_gap, lesser, with_dues
from tests.simulations.sketch import link, milestone, sketch

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.plan import Plan
    from simulations.results import Gaps

    #: What is newly late in a scenario.
    Late = Callable[[Scenario], set[str]]

SHAPES = {
    "plain": PLAIN,
    "council": COUNCIL,
    "schedule": SCHEDULE,
    "progress": PROGRESS,
    "everything": PlanShape(),
}
every_shape = pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
days_to_due = st.lists(st.integers(-1, 12), min_size=3, max_size=6)
often = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def by_engine(plan: Plan, gaps: Gaps) -> Late:
    """Return what finds newly late items by a what-if of its own."""
    baseline = prepare(plan)

    def late(scenario: Scenario) -> set[str]:
        rows = answer(baseline, scenario).items
        return {
            row.id
            for row in rows
            if (row.newly_late if gaps == "spare" else row.newly_late_if_work)
        }

    return late


def by_oracle(plan: Plan, gaps: Gaps) -> Late:
    """Return what finds newly late items by the oracle."""

    def late(scenario: Scenario) -> set[str]:
        oracle = WhatIfOracle(plan, scenario, gaps)
        return {item.id for item in plan.items if item.due and oracle.newly_late(item.id)}

    return late


def check(plan: Plan, scenario: Scenario, find: Callable[[Plan, Gaps], Late]) -> None:
    try:
        recovery = recover(plan, scenario)
    except ScenarioError:  # two of its changes take the same link away
        reject()
    for rule in (recovery.spare, recovery.work):
        find_late = find(plan, rule.gaps)
        late = find_late(scenario)
        assert {item.id for item in rule.late} == late
        for item in rule.late:
            for cure in item.cures:
                note(f"{rule.gaps}: {cure}")
                after = find_late(apply_cure(scenario, cure))
                assert item.id not in after
                assert after <= late
                less = lesser(cure, is_gap=is_gap(plan, cure))
                if less is not None:
                    after = find_late(apply_cure(scenario, cure, less))
                    assert item.id in after or not after <= late, less
        best = rule.smallest_set
        if best is not None:
            note(f"{rule.gaps}: {best}")
            after = find_late(best.scenario)
            assert after <= late
            assert not after & set(best.mends)
            assert {*best.mends, *best.cannot_mend} == late
            mended = {item.id for item in rule.late if item.cures} - set(best.mends)
            kinds = {cure.kind for item in rule.late for cure in item.cures if item.id in mended}
            assert kinds <= {"bring_back"}


@pytest.mark.parametrize("other", ["accepted", "proposed"])
@pytest.mark.parametrize("find", [by_engine, by_oracle])
def test_less_of_a_wait_leaves_what_is_work_as_it_was(
    find: Callable[[Plan, Gaps], Late], other: str
) -> None:
    """Z has 33 days of work from 28 June, when A is written to be far enough, to 31 July.

    A link beside the one that is overlapped is told from it by its type where it is in use.
    """
    beside = link("A", "Z", "FS" if other == "proposed" else "FF", "-9d") | {"state": other}
    plan = sketch(
        [milestone("A", "2026-06-30"), milestone("Z", "2026-07-31", due="2026-07-31")],
        [link("A", "Z", lag="-2d"), beside],
    )
    slip = Scenario.model_validate(
        {"schema": "knockon/scenario@1", "changes": [{"op": "slip", "item": "A", "by": "1d"}]}
    )
    (late,) = recover(plan, slip).work.late
    cure = next(one for one in late.cures if one.kind == "overlap")
    assert (cure.by, cure.after) == (parse_span("1d"), parse_span("-3d"))
    newly = find(plan, "work")
    assert newly(slip) == {"Z"}
    assert newly(apply_cure(slip, cure)) == set()


@every_shape
@often
@given(data=st.data(), gaps=days_to_due)
def test_every_cure_does_what_it_says(
    shape: PlanShape, data: st.DataObject, gaps: list[int]
) -> None:
    plan = with_dues(data.draw(plans(shape)), gaps)
    scenario = data.draw(scenarios(plan))
    note(dump_plan(plan))
    note(dump_scenario(scenario))
    check(plan, scenario, by_engine)


@pytest.mark.parametrize("shape", [PLAIN, COUNCIL, SCHEDULE], ids=["plain", "council", "schedule"])
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), gaps=days_to_due)
def test_the_oracle_agrees(shape: PlanShape, data: st.DataObject, gaps: list[int]) -> None:
    plan = with_dues(data.draw(plans(shape)), gaps)
    scenario = data.draw(scenarios(plan))
    note(dump_plan(plan))
    note(dump_scenario(scenario))
    check(plan, scenario, by_oracle)

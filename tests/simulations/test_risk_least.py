"""Recovery of the odds costs what stands before a target, and gives what whole runs give."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from graphmodel.errors import KnockonError
from graphmodel.planfile import dump_plan
from simulations.recovery.levers import Pull
from simulations.risk.aims import Aim
from simulations.risk.cured import CuredRuns
from simulations.risk.curelevers import find_levers
from simulations.risk.leastpulls import find_singles, least_amount
from simulations.risk.model import prepare_risk
from simulations.risk.running import run_chunk
from simulations.risk.targets import Target, find_targets
from simulations.whatif import prepare
from tests.oracle.plans import COUNCIL, PLAIN, SCHEDULE, plans
from tests.simulations.test_risk_agreement import uncertain

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.plan import Plan
    from simulations.recovery.levers import Lever
    from simulations.risk.model import RiskModel

SIZE = 12
picks = st.lists(st.integers(0, 9), min_size=12, max_size=12)
any_plan = st.one_of(plans(PLAIN), plans(COUNCIL), plans(SCHEDULE))
law = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(
    st.lists(st.integers(0, 900), min_size=1, max_size=60),
    st.integers(1, 5_000),
    st.integers(1, 500),
)
@settings(max_examples=200)
def test_the_least_amount_is_the_first_that_is_enough(
    wins: list[int], late: int, unit: int
) -> None:
    """Each unit wins some minutes, none, or as many as it likes; the last is enough."""
    left = [late - sum(wins[:amount]) for amount in range(len(wins) + 1)]
    assume(left[-1] <= 0)
    tried = []

    def lateness(amount: int) -> int:
        tried.append(amount)
        return left[amount]

    found = least_amount(lateness, late, len(wins), unit)
    assert found == next(amount for amount, minutes in enumerate(left) if minutes <= 0)
    assert len(tried) <= 4 * math.ceil(math.log2(len(wins) + 1)) + 2


def made(plan: Plan) -> RiskModel:
    """Return a plan made ready, whatever has a finish being a target."""
    try:
        baseline = prepare(plan)
        passes = baseline.passes["spare"]
        model = prepare_risk(baseline, iterations=SIZE)
        finishes = zip(passes.compiled.ids, passes.dates.finish, strict=True)
        ids = [one for one, finish in finishes if finish > 0]
        return model.with_targets(find_targets(passes, ids[-4:]))
    except KnockonError:
        assume(False)
        raise


@given(any_plan, picks)
@law
def test_only_what_stands_before_a_target_moves_it(plan: Plan, drawn: list[int]) -> None:
    model = made(uncertain(plan, drawn))
    note(dump_plan(model.plan))
    whole = run_chunk(model, 0, SIZE)
    for target, row in zip(model.targets, whole, strict=True):
        assert CuredRuns(model, target, None).kept((), SIZE).tolist() == row.tolist()


def late_aims(model: RiskModel, find: Callable[[RiskModel, Target], CuredRuns]) -> list[Aim]:
    """Return each target as if it had to be over a day before the plan begins."""
    found = []
    for target, row in zip(model.targets, run_chunk(model, 0, SIZE), strict=True):
        early = Target(target.id, target.item, date(2020, 1, 1), "due")
        found.append(Aim(find(model, early), early, 0.8, row))
    return found


def runs(model: RiskModel, target: Target) -> CuredRuns:
    return CuredRuns(model, target, None)


@given(any_plan, picks)
@law
def test_a_cure_in_the_compiled_plan_is_the_cure_in_the_plan(plan: Plan, drawn: list[int]) -> None:
    """The plan is edited as the cure says, read anew and simulated whole: the same finishes."""
    model = made(uncertain(plan, drawn))
    note(dump_plan(model.plan))
    for aim in late_aims(model, runs):
        for lever in find_levers(aim):
            if _is_of_certain_work(model.plan, lever):
                continue
            note(lever.name)
            pull = Pull(lever, lever.most)
            found = aim.runs.finishes([pull], SIZE)
            edited = model.baseline.run(aim.runs.scenario([pull])).edited
            anew = edited.build().model_copy(update={"links": tuple(edited.links)})
            whole = prepare_risk(prepare(anew), iterations=SIZE, targets=[aim.target.id])
            assert found is not None
            assert found.tolist() == run_chunk(whole, 0, SIZE)[0].tolist()


def _is_of_certain_work(plan: Plan, lever: Lever) -> bool:
    """Return whether a cure shortens what is told in days, whose uncertainty moves along."""
    cure = lever.cure(1)
    if cure.kind != "shorten" or cure.item is None:
        return False
    return plan.index.items[cure.item].uncertainty is not None


@given(any_plan, picks, st.integers(1, 40))
@law
def test_where_all_together_are_not_enough_none_alone_is(
    plan: Plan, drawn: list[int], days: int
) -> None:
    """What is not tried alone would not have been enough: each is tried here to the utmost."""
    model = made(uncertain(plan, drawn))
    note(dump_plan(model.plan))
    for aim in late_aims(model, runs):
        late = aim.finish - days * 1440
        aim.target = Target(
            aim.target.id, aim.target.item, date.fromordinal(719_163 + late // 1440), "due"
        )
        if aim.target.instant >= aim.finish:
            continue
        levers = find_levers(aim)
        singles = {pull.lever.name for pull in find_singles(aim, levers)}
        for lever in levers:
            enough = aim.is_back([Pull(lever, lever.most)], aim.all)
            assert (lever.name in singles) == enough, lever.name

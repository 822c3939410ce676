"""Recovery at the P80: cures known by hand, each simulated again as a plan of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphmodel.planfile import parse_plan
from simulations.risk.model import prepare_risk
from simulations.risk.recovering import recover_risk
from simulations.risk.simulate import simulate
from simulations.whatif import prepare
from tests.simulations.riskplans import risky, triangular, work

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from simulations.risk.recoveries import LateTarget, RiskRecovery

SIZE = 200


def recovered(plan: Plan, iterations: int = SIZE, **asked: Any) -> RiskRecovery:
    return recover_risk(prepare_risk(prepare(plan), iterations=iterations, **asked))


def sure(days: float) -> dict[str, Any]:
    return triangular(days, days, days)


def words(target: LateTarget) -> dict[str, float]:
    """Return the single cures by what they are about, with their days."""
    return {f"{one.cure.kind} {one.cure.item}": one.cure.days for one in target.cures}


def test_a_chain_that_is_four_days_late_for_certain() -> None:
    """A takes 12 and B 12 instead of 10: 24 days, due after 20."""
    items = [work("A", sure(12)), work("B", sure(12), due="2026-01-20")]
    (late,) = recovered(risky(items, "A-B")).targets
    assert (late.id, late.late_days, str(late.p80)) == ("B", 4.0, "2026-01-24")
    assert words(late) == {"shorten A": 4.0, "shorten B": 4.0, "overlap B": 4.0}
    assert late.smallest_set is not None
    assert (late.smallest_set.cost, late.smallest_set.at_least) == (4.0, 4.0)
    assert late.smallest_set.is_smallest


def test_two_paths_need_a_cure_each() -> None:
    items = [
        work("A", sure(13)),
        work("B", sure(12)),
        {"id": "M", "kind": "milestone", "title": "Mark", "duration": "0d", "due": "2026-01-10"},
    ]
    (late,) = recovered(risky(items, "A-M B-M")).targets
    assert late.cures == ()
    found = late.smallest_set
    assert found is not None
    assert sum(cure.days for cure in found.cures) == found.cost == 5.0
    assert found.at_least == 3.0
    assert not found.is_smallest
    assert str(found.p80) == "2026-01-10"

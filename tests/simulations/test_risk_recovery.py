"""Recovery at the P80: cures known by hand, each simulated again as a plan of its own."""

from __future__ import annotations

import json
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
    assert (late.id, late.late_days, str(late.finish)) == ("B", 4.0, "2026-01-24")
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
    assert str(found.finish) == "2026-01-10"


def test_where_no_item_can_be_kept_to_the_plan_the_wait_can_be_less() -> None:
    """A fact is ten days late: only the wait for it can be less."""
    items = [
        work("A", status="complete", actual_start="2026-01-01", actual_finish="2026-01-20"),
        {"id": "M", "kind": "milestone", "title": "Mark", "duration": "0d", "due": "2026-01-10"},
    ]
    late = recovered(risky([*items, work("B", sure(3))], "A-M")).targets[0]
    assert (late.late_days, late.keep, words(late)) == (10.0, (), {"overlap M": 10.0})


def test_what_nothing_brings_back_says_how_near_it_comes() -> None:
    """A mark with a date of its own after its due date: nothing is there to be done."""
    mark = {"id": "M", "kind": "milestone", "title": "Mark", "due": "2026-01-10"}
    plan = risky([mark | {"planned": {"finish": "2026-01-15"}}, work("B", sure(3))])
    (late,) = recovered(plan).targets
    assert (late.cures, late.smallest_set, late.keep) == ((), None, ())
    assert str(late.best_finish) == "2026-01-15"


def test_items_kept_to_the_plan_bring_it_back() -> None:
    """Both have to be: either alone leaves M late."""
    items = [
        work("A", sure(13)),
        work("B", sure(12)),
        {"id": "M", "kind": "milestone", "title": "Mark", "duration": "0d", "due": "2026-01-10"},
    ]
    (late,) = recovered(risky(items, "A-M B-M")).targets
    assert sorted(late.keep) == ["A", "B"]


def test_every_cure_does_what_it_says_in_a_plan_of_its_own() -> None:
    """The plan is written out with the cures in it, and simulated by itself: the P80 is in time.

    With one day less of a cure it is not.
    """
    items = [
        work("A", triangular(8, 10, 20)),
        work("B", triangular(8, 10, 16)),
        work("C", triangular(5, 10, 25)),
        work("D", triangular(8, 10, 14), due="2026-02-05"),
    ]
    plan = risky(items, "A-D B-C C-D")
    (late,) = recovered(plan).targets
    assert late.cures
    due = "2026-02-05"

    def p80(days: dict[str, int], lags: dict[str, int]) -> str:
        cured = [
            work(
                one["id"],
                triangular(
                    *(
                        max(int(str(one["uncertainty"][key])[:-1]) - days.get(one["id"], 0), 0)
                        for key in ("low", "mode", "high")
                    )
                ),
            )
            for one in items
        ]
        links = [
            {"from": a, "to": b, "lag": f"{-lags.get(a + b, 0)}d"} for a, b in ("AD", "BC", "CD")
        ]
        document = {"schema": "knockon/plan@1", "id": "plan", "start": "2026-01-01"}
        text = json.dumps({**document, "items": cured, "links": links})
        answer = simulate(parse_plan(text), iterations=SIZE, targets=["D"])
        return str(answer.targets[0].p80)

    for one in late.cures:
        cure, amount = one.cure, int(one.cure.days)
        at = "".join(cure.link[:2]) if cure.link else str(cure.item)
        for less, is_back in ((0, True), (1, False)):
            told = {at: amount - less}
            found = p80({}, told) if cure.link else p80(told, {})
            assert (found <= due) == is_back, (cure.words, less)
    best = late.smallest_set
    assert best is not None
    assert best.cost <= min(one.cure.days for one in late.cures)
    days = {str(cure.item): int(cure.days) for cure in best.cures if not cure.link}
    lags = {"".join(cure.link[:2]): int(cure.days) for cure in best.cures if cure.link}
    assert p80(days, lags) == str(best.finish) <= due


def test_nothing_late_has_nothing_to_mend() -> None:
    found = recovered(risky([work("A", sure(5), due="2026-03-01")]))
    assert (found.of_targets, found.targets) == (1, ())
    assert recovered(risky([work("A", sure(5))])).of_targets == 0

"""What can go wrong with the uncertainty of a plan, and what a result says of itself."""

from __future__ import annotations

import json
from typing import Any

import pytest

from graphmodel.errors import KnockonError, PlanError, ScenarioError, UnknownIdError
from knockon.payloads import pack_answer
from simulations.risk.simulate import simulate
from tests.simulations.riskplans import item_of, normal, odds, risky, triangular, work

MARK: dict[str, Any] = {
    "id": "M",
    "kind": "milestone",
    "title": "Mark",
    "planned": {"finish": "2026-02-10"},
}


@pytest.mark.parametrize(
    ("uncertainty", "words"),
    [
        (triangular(5, 3, 9), r"of A Work A has a low of 5d, above its mode of 3d: exchange"),
        (triangular(1, 9, 3), "has a mode of 9d, above its high of 3d"),
        ({"distribution": "triangular", "low": "1d", "high": "2d"}, "does not say its mode"),
        ({"distribution": "normal", "mean": "5d", "sd": "-1d"}, "has the sd -1d, below zero"),
        ({"distribution": "uniform", "low": "-5d", "high": "2d"}, "has the low -5d, below zero"),
        ({"distribution": "lognormal", "mean": "0d", "sd": "1d"}, "mean of zero"),
        ({"distribution": "empirical"}, "has no values"),
        ({"distribution": "hurdle", "delay": "3d"}, "does not say its probability"),
        ({"distribution": "hurdle", "probability": 0.5}, "does not say its delay"),
        ({"distribution": "exponential", "mean": "3000%"}, None),
    ],
)
def test_an_uncertainty_that_cannot_be(uncertainty: dict[str, Any], words: str | None) -> None:
    if words is None:
        assert odds([work("A", uncertainty)], iterations=8).targets[0].mean_days > 10
        return
    with pytest.raises(PlanError, match=words):
        odds([work("A", uncertainty)], iterations=8)


def test_percent_of_nothing() -> None:
    late = {"distribution": "uniform", "low": "10%", "high": "20%"}
    with pytest.raises(PlanError, match="M Mark is told in percent, and there is no duration"):
        odds([MARK | {"uncertainty": late}], iterations=8)


def test_a_probability_beyond_one() -> None:
    with pytest.raises(Exception, match="less than or equal to 1"):
        risky([work("A")], risks=[{"id": "r", "probability": 1.3}])


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"iterations": 0}, "0 iterations cannot be run: ask for 1 to"),
        ({"iterations": -5}, "-5 iterations"),
        ({"seed": -1}, "seed -1 cannot be used"),
        ({"workers": 0}, "0 workers"),
        ({"until_days": 0}, "more than zero"),
        ({"sampling": "sobol"}, '"sobol" is no way of sampling'),
        ({"sampling": "latin", "until_days": 1}, "leave out until_days"),
        ({"targets": []}, "No target is named"),
        ({"targets": ["A", "plan"], "iterations": 60_000_000}, "name 0 targets at most|targets in"),
    ],
)
def test_options_that_cannot_be(options: dict[str, Any], words: str) -> None:
    with pytest.raises(PlanError, match=words):
        odds([work("A", triangular(1, 2, 3))], **{"iterations": 8, **options})


def test_a_target_that_is_not_there() -> None:
    with pytest.raises(UnknownIdError, match='no item "AA"'):
        odds([work("A")], iterations=8, targets=["AA"])


def test_a_target_without_a_finish() -> None:
    open_ended = {"id": "O", "kind": "action", "title": "On", "planned": {"start": "2026-03-01"}}
    with pytest.raises(PlanError, match="O On has no finish"):
        odds([work("A"), open_ended], iterations=8, targets=["O"])
    with pytest.raises(PlanError, match="Nothing in the plan has a finish"):
        odds([open_ended], iterations=8)


def test_nothing_is_left() -> None:
    done = [work("A", status="complete", actual_finish="2026-01-05"), work("B", status="cancelled")]
    with pytest.raises(PlanError, match="complete or cancelled: nothing is left"):
        odds(done, iterations=8)
    with pytest.raises(PlanError, match="has no items"):
        odds([], iterations=8)


# -- Correlations -----------------------------------------------------------------------------


def correlated(*pairs: tuple[str, str, float], **risk: Any) -> dict[str, Any]:
    rows = [{"a": a, "b": b, "rho": rho} for a, b, rho in pairs]
    return {"options": {"risk": {"correlations": rows, **risk}}}


THREE = [work(one, normal(50, 5)) for one in "ABC"]


def test_impossible_correlations_are_named_and_weakened() -> None:
    """-0.6 between each two of three: the least possible is -1/2."""
    pairs = [("A", "B", -0.6), ("B", "C", -0.6), ("A", "C", -0.6)]
    with pytest.raises(PlanError) as caught:
        odds(THREE, iterations=8, **correlated(*pairs))
    message = str(caught.value)
    for words in ("A with B -0.6", "B with C -0.6", "A with C -0.6", "-0.49, -0.49, -0.49"):
        assert words in message
    odds(THREE, iterations=8, **correlated(*((a, b, -0.5) for a, b, _ in pairs)))


def test_pairs_beside_common_causes() -> None:
    officers: dict[str, Any] = {
        "officers": [{"id": "o", "title": "O"}],
        "assignments": [{"officer": "o", "item": one} for one in "ABC"],
    }
    with pytest.raises(PlanError, match="beside what officers and themes share"):
        odds(THREE, iterations=8, **correlated(("A", "B", -0.9), owner_correlation=0.5), **officers)
    odds(THREE, iterations=8, **correlated(("A", "B", 0.1), owner_correlation=0.5), **officers)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (correlated(("A", "A", 0.5)), "with itself"),
        (correlated(("A", "B", 0.5), ("B", "A", 0.4)), "twice, as 0.5 and as 0.4"),
        (correlated(owner_correlation=0.7, theme_correlation=0.6), "more than 1 together"),
    ],
)
def test_correlations_that_cannot_be(options: dict[str, Any], words: str) -> None:
    with pytest.raises(PlanError, match=words):
        odds(THREE, iterations=8, **options)


def test_pairs_of_what_is_certain_are_idle() -> None:
    result = odds([*THREE, work("D")], iterations=8, **correlated(("A", "D", 0.5)))
    assert result.told == 3


# -- Risks with effects -----------------------------------------------------------------------


def test_effects_that_cannot_be_carried_out_name_the_risk() -> None:
    effect = {"op": "remove_link", "from": "A", "to": "B"}
    risks = [{"id": "gone", "probability": 1.0, "effects": [effect]}]
    with pytest.raises(ScenarioError, match='When the risk "gone" happens: There is no link A'):
        odds([work("A"), work("B")], iterations=8, risks=risks)


def test_too_many_combinations_of_effects(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulations.risk.variants.MOST_VARIANTS", 3)
    risks = [
        {"id": f"r{n}", "probability": 0.5, "effects": [{"op": "slip", "item": "A", "by": f"{n}d"}]}
        for n in range(1, 6)
    ]
    with pytest.raises(ScenarioError, match="in more than 3 different ways"):
        odds([work("A")], iterations=200, risks=risks)


def test_effects_may_slip_items() -> None:
    risks = [{"id": "r", "probability": 0.5, "effects": [{"op": "slip", "item": "A", "by": "10d"}]}]
    target = odds([work("A", triangular(1, 2, 3))], iterations=4_000, risks=risks).targets[0]
    assert target.mean_days == pytest.approx(2 + 5, abs=4 * target.mean_se_days)


# -- Results ----------------------------------------------------------------------------------


def test_without_any_uncertainty_every_iteration_is_the_plan() -> None:
    result = odds([work("A"), work("B")], "A-B", iterations=20)
    target = result.targets[0]
    assert (target.p10, target.p90, target.finish) == (target.finish,) * 3
    assert (target.mean_days, target.sd_days, target.p80_se_days) == (20, 0, 0)
    assert [finding.code for finding in result.findings] == ["nothing-uncertain"]
    assert [one.criticality_index for one in result.items] == [1, 1]
    assert result.p_all_on_time is None


def test_default_targets() -> None:
    """The plan's finish, and what has a due date and is not done."""
    items = [
        work("A", triangular(5, 10, 20), due="2026-01-12"),
        work("B", status="complete", actual_finish="2026-01-05", due="2026-01-09"),
        work("C", due="2026-01-31"),
    ]
    result = odds(items, iterations=40, must_finish="2026-01-15")
    assert [one.id for one in result.targets] == ["plan", "A", "C"]
    assert [one.against for one in result.targets] == ["must_finish", "due", "due"]
    assert result.targets[2].p_on_time == 1
    assert result.main == "plan"
    assert result.targets[0].curve[-1].share == 1


def test_dates_are_days_unless_the_calendar_has_hours() -> None:
    """Of a paper's milestone the day it falls on is told, though samples are whole minutes."""
    late = {"distribution": "uniform", "low": "1d", "high": "9d"}
    target = odds([MARK | {"uncertainty": late}], iterations=400, targets=["M"]).targets[0]
    assert [type(one).__name__ for one in (target.p10, target.p80)] == ["date", "date"]
    assert target.p10.isoformat() == "2026-02-12"  # 1.8 days after the end of the 10th
    office = {"id": "o", "week": {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed")}}
    items = [work("A", {"distribution": "uniform", "low": "9h", "high": "15h"}, duration="9h")]
    target = odds(items, iterations=400, calendar="o", calendars=[office]).targets[0]
    assert target.p50.isoformat()[:14] in {"2026-01-06T12:", "2026-01-06T13:"}


def test_a_named_target_is_the_main_one() -> None:
    items = [work("A", triangular(5, 10, 20)), work("B", duration="90d")]
    result = odds(items, iterations=40, targets=["A", "plan"])
    assert result.main == "A"
    assert [one.id for one in result.targets] == ["A", "plan"]
    assert {one.id: one.criticality_index for one in result.items} == {"A": 1}
    planned = odds([MARK], iterations=8, targets=["M"]).targets[0]
    assert (planned.against, planned.p_on_time) == ("planned", 1)


def test_the_reference_speaks_where_the_plan_is_silent() -> None:
    from graphmodel.items import Uncertainty  # noqa: PLC0415

    late = Uncertainty.model_validate({"distribution": "uniform", "low": "0d", "high": "20d"})
    plan = risky([MARK, MARK | {"id": "N", "uncertainty": triangular(1, 2, 3)}])
    result = simulate(plan, iterations=2_000, reference=lambda _: late)
    assert (result.told, result.assumed) == (1, 1)
    assert {one.id: one.uncertain for one in result.items} == {"M": "reference", "N": "plan"}
    assert item_of(result, "M").criticality_index > 0.8


def test_uncertainty_of_what_never_moves_is_a_finding() -> None:
    items = [
        work("A", triangular(1, 2, 3)),
        work("L", triangular(1, 2, 3), type="loe"),
        work("F", triangular(1, 2, 3), scheduling="fixed", planned={"start": "2026-01-05"}),
    ]
    result = odds(items, iterations=8)
    unused = [one.items for one in result.findings if one.code == "uncertainty-unused"]
    assert unused == [("L",), ("F",)]


def test_a_run_ends_when_the_p80_is_known() -> None:
    items = [work("A", normal(50, 5))]
    close = odds(items, iterations=64_000, until_days=0.5)
    assert close.converged
    assert close.iterations < 64_000
    assert 1.96 * close.targets[0].p80_se_days <= 0.5
    far = odds(items, iterations=500, until_days=0.001)
    assert (far.converged, far.iterations) == (False, 500)
    assert odds(items, iterations=500).converged is None


def test_more_iterations_go_on_from_fewer() -> None:
    """A run that stops early is the beginning of the longer one."""
    items = [work("A", normal(50, 5))]
    stopped = odds(items, iterations=64_000, until_days=0.5)
    again = odds(items, iterations=stopped.iterations)
    assert stopped.targets == again.targets


def test_workers_change_nothing() -> None:
    items = [work(one, triangular(5, 10, 20)) for one in "ABCD"] + [
        MARK | {"id": "M", "uncertainty": triangular(0, 5, 90)}
    ]
    one, three = (
        odds(items, "A-B B-C C-D D-M", iterations=3_000, workers=workers) for workers in (1, 3)
    )
    assert one.targets == three.targets
    assert one.items == three.items
    assert one.merges == three.merges


def test_progress_is_told() -> None:
    heard: list[tuple[int, int]] = []
    plan = risky([work("A", triangular(5, 10, 20))])
    simulate(plan, iterations=2_000, progress=lambda done, total: heard.append((done, total)))
    assert heard[-1] == (2_000, 2_000)
    assert heard == sorted(heard)


def test_costs_of_a_large_plan_are_those_of_what_is_most_critical(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items = [work("A", normal(50, 5)), work("B", normal(48, 5)), work("C", normal(10, 1))]
    mark = MARK | {"uncertainty": triangular(1, 2, 3)}  # not for the fast path
    whole = [odds([*items, *rest], iterations=1_000) for rest in ([], [mark])]
    for name, value in (("FAST_BUDGET", 0), ("SLOW_BUDGET", 0), ("MOST_GROUPS", 0)):
        monkeypatch.setattr(f"simulations.risk.analysis.{name}", value)
    monkeypatch.setattr("simulations.risk.costs._FEWEST", 1)
    for full, rest in zip(whole, ([], [mark]), strict=True):
        result = odds([*items, *rest], iterations=1_000)
        known = {one.id: one.cost_days for one in result.items if one.cost_days is not None}
        assert known == {"A": item_of(full, "A").cost_days}
        assert full.limits is None
        assert result.limits is not None
        assert (result.limits.cost_items, result.limits.of_items) == (1, 3 + len(rest))


def test_targets_are_kept_as_far_as_memory_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulations.risk.simulate.MOST_SAMPLES", 20)
    items = [work(one, normal(50, 5), due="2026-02-10") for one in "ABC"]
    result = odds(items, iterations=10)
    assert [one.id for one in result.targets] == ["plan", "A"]
    assert result.limits is not None
    assert (result.limits.targets, result.limits.of_targets) == (2, 4)


def test_histograms_are_right_to_within_a_bin() -> None:
    """The item's own percentiles, full samples beside: the plan's finish is the item's."""
    for calendar in (None, "england"):
        items = [
            work("A", {"distribution": "uniform", "low": "20wd", "high": "60wd"}, duration="30wd")
        ]
        result = odds(items, iterations=4_000, calendar=calendar)
        exact, found = result.targets[0], item_of(result, "A")
        assert found.bin_days is not None
        for name in ("p10", "p50", "p80", "p90"):
            apart = abs((getattr(found, name) - getattr(exact, name)).days)
            assert apart <= 2 * found.bin_days + 3  # a weekend may lie between


def test_a_result_is_plain_data() -> None:
    items = [work(one, triangular(5, 10, 20), due="2026-01-14") for one in "ABC"]
    risks = [{"id": "r", "probability": 0.5, "impacts": [{"item": "A", "delay": normal(9, 2)}]}]
    result = odds(
        items,
        "A-C B-C",
        iterations=200,
        risks=risks,
        officers=[{"id": "o"}],
        assignments=[{"officer": "o", "item": "A"}],
    )
    packed = json.loads(json.dumps(pack_answer(result)))
    assert packed["plan"] == "plan"
    assert {"id", "p_on_time", "p10", "p50", "p80", "p90"} <= packed["targets"][0].keys()
    assert {"p80_days", "mean_days", "sd_days", "p80_se_days"} <= packed["targets"][0].keys()
    assert {"id", "criticality_index", "cost_days"} <= packed["items"][0].keys()
    assert packed["merges"][0]["item"] == "C"


def test_every_error_is_one_sentence() -> None:
    cases: list[tuple[list[dict[str, Any]], int]] = [
        ([work("A", triangular(5, 3, 9))], 8),
        (THREE, 0),
    ]
    for items, iterations in cases:
        with pytest.raises(KnockonError) as caught:
            odds(items, iterations=iterations)
        assert "\n" not in str(caught.value)
        assert str(caught.value).endswith(".")

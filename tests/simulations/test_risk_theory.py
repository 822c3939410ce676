"""Exact and published cases of stochastic networks; tolerances are four standard errors."""

from __future__ import annotations

from math import exp, factorial, sqrt
from typing import TYPE_CHECKING, Any

import pytest

from tests.simulations.riskplans import item_of, normal, odds, triangular, work

if TYPE_CHECKING:
    from simulations.risk.results import RiskResult, TargetOdds

N = 40_000

#: A minute, to which samples are rounded, in days.
MINUTE = 1 / 1440


def finish(result: RiskResult) -> TargetOdds:
    return result.targets[0]


def check_mean(target: TargetOdds, mean: float, sd: float | None = None) -> None:
    assert target.mean_days == pytest.approx(mean, abs=4 * target.mean_se_days + MINUTE)
    if sd is not None:
        assert target.sd_days == pytest.approx(sd, abs=4 * target.sd_se_days + MINUTE)


# -- The latest of several --------------------------------------------------------------------


@pytest.mark.parametrize("k", [2, 5, 10])
def test_the_latest_of_uniforms(k: int) -> None:
    """U(0, 100 d): the mean is 100 k / (k + 1), the p-quantile 100 p^(1/k)."""
    uniform = {"distribution": "uniform", "low": "0d", "high": "100d"}
    target = finish(odds([work(f"A{n}", uniform) for n in range(k)], iterations=N))
    check_mean(target, 100 * k / (k + 1), 100 * sqrt(k / (k + 1) ** 2 / (k + 2)))
    for share, days in ((0.1, target.p10_days), (0.5, target.p50_days), (0.9, target.p90_days)):
        assert days == pytest.approx(100 * share ** (1 / k), abs=2)
    exact = 100 * 0.8 ** (1 / k)
    assert target.p80_days == pytest.approx(exact, abs=4 * target.p80_se_days)


@pytest.mark.parametrize("k", [2, 5, 10])
def test_the_latest_of_exponentials(k: int) -> None:
    """Of mean 10 d: 10 (1 + 1/2 + … + 1/k), variance 100 (1 + 1/4 + … + 1/k²)."""
    exponential = {"distribution": "exponential", "mean": "10d"}
    target = finish(odds([work(f"A{n}", exponential) for n in range(k)], iterations=N))
    steps = range(1, k + 1)
    check_mean(target, sum(10 / n for n in steps), sqrt(sum(100 / n**2 for n in steps)))


def test_a_chain_of_exponentials() -> None:
    """Three in a row are an Erlang distribution."""
    exponential = {"distribution": "exponential", "mean": "10d"}
    items = [work(one, exponential) for one in "ABC"]
    items.append(
        {"id": "M", "kind": "milestone", "title": "End", "duration": "0d", "due": "2026-02-09"}
    )
    target = odds(items, "A-B B-C C-M", iterations=N).targets[1]
    check_mean(target, 30, 10 * sqrt(3))
    on_time = 1 - exp(-4) * sum(4**n / factorial(n) for n in range(3))
    assert target.p_on_time == pytest.approx(on_time, abs=4 * (target.p_on_time_se or 0))


def test_the_wheatstone_bridge() -> None:
    """Five unit exponentials: mean 83/24, standard deviation 1.699162 (a day is a unit of 1)."""
    exponential = {"distribution": "exponential", "mean": "100d"}
    items = [work(one, exponential) for one in "ABCDE"]
    # A from 1 to 2, B from 1 to 3, C from 2 to 3, D from 2 to 4, E from 3 to 4.
    target = finish(odds(items, "A-C A-D C-E B-E", iterations=N))
    check_mean(target, 100 * 83 / 24, 169.9162)


# -- Clark 1961: the greater of two normals ---------------------------------------------------


def test_two_equal_normals() -> None:
    target = finish(odds([work("A", normal(20, 2)), work("B", normal(20, 2))], iterations=N))
    check_mean(target, 21.12838, 1.65129)


def test_two_correlated_normals() -> None:
    risk = {"correlations": [{"a": "A", "b": "B", "rho": 0.5}]}
    target = finish(
        odds(
            [work("A", normal(20, 3)), work("B", normal(18, 4))],
            iterations=N,
            options={"risk": risk},
        )
    )
    check_mean(target, 20.65420, 3.04803)


@pytest.mark.parametrize("rho", [-1.0, -0.5, 0.9, 1.0])
def test_the_sum_of_correlated_normals(rho: float) -> None:
    """The variance of a sum is 9 + 16 + 2·rho·12; a correlation of -1 or 1 is allowed."""
    risk = {"correlations": [{"a": "A", "b": "B", "rho": rho}]}
    items = [work("A", normal(50, 3)), work("B", normal(60, 4))]
    target = finish(odds(items, "A-B", iterations=N, options={"risk": risk}))
    check_mean(target, 110, sqrt(25 + 24 * rho))


def test_officers_and_themes_are_common_causes() -> None:
    """Two items of an officer and a theme: rho 0.3 + 0.2; of the officer 0.3; of neither 0."""
    themes = [{"id": one, "kind": "theme", "title": one} for one in ("S", "T")]
    items = [
        work("A", normal(50, 5), parent="S"),
        work("B", normal(50, 5), parent="S"),
        work("C", normal(50, 5), parent="T"),
        work("D", normal(50, 5), parent="T"),
    ]
    officers = [{"id": one, "title": one} for one in ("o", "q")]
    held = [{"officer": "q" if item["id"] == "D" else "o", "item": item["id"]} for item in items]
    sums = {"A-B": 0.5, "A-C": 0.3, "A-D": 0.0, "C-D": 0.2}
    for pair, rho in sums.items():
        target = finish(
            odds(
                [*themes, *(one for one in items if one["id"] in pair)],
                pair,
                iterations=N,
                officers=officers,
                assignments=[one for one in held if one["item"] in pair],
                options={"risk": {"owner_correlation": 0.3, "theme_correlation": 0.2}},
            )
        )
        check_mean(target, 100, sqrt(50 + 50 * rho))


def test_a_group_rolls_one_die() -> None:
    items = [
        work("A", normal(50, 3) | {"correlate": "weather"}),
        work("B", normal(60, 4) | {"correlate": "weather"}),
    ]
    check_mean(finish(odds(items, "A-B", iterations=N)), 110, 7)


# -- Hulett: one path, and the same path several times ----------------------------------------

PATH = (triangular(20, 30, 60), triangular(30, 40, 65), triangular(18, 25, 50))


def hulett(paths: int, **options: Any) -> RiskResult:
    """Return Hulett's path of three activities, ``paths`` times side by side."""
    items = [work(f"{p}{n}", spread) for p in range(paths) for n, spread in enumerate(PATH)]
    links = " ".join(f"{p}0-{p}1 {p}1-{p}2" for p in range(paths))
    items.append(
        {"id": "end", "kind": "milestone", "title": "End", "duration": "0d", "due": "2026-04-05"}
    )
    links += " " + " ".join(f"{p}2-end" for p in range(paths))
    return odds(items, links, iterations=N, targets=["end"], **options)


def test_hulett_one_path() -> None:
    target = finish(hulett(1))
    check_mean(target, 112.667)
    assert target.p80_days == pytest.approx(123.90, abs=4 * target.p80_se_days)
    assert target.p_on_time == pytest.approx(0.0862, abs=4 * (target.p_on_time_se or 0))


@pytest.mark.parametrize(("paths", "mean"), [(2, 120.13), (3, 124.03)])
def test_hulett_paths_side_by_side(paths: int, mean: float) -> None:
    check_mean(finish(hulett(paths)), mean)


def test_merge_bias() -> None:
    """Of k equal paths: the mean of the latest less the mean of one."""
    for paths, mean in ((2, 120.13), (3, 124.03)):
        result = hulett(paths)
        point = next(one for one in result.merges if one.item == "end")
        assert point.arms == paths
        assert point.bias_days == pytest.approx(mean - 112.667, abs=0.35)


def test_criticality_of_equal_paths() -> None:
    result = hulett(2)
    shares = [item_of(result, one).criticality_index for one in ("00", "01", "02")]
    assert shares[0] == shares[1] == shares[2] == pytest.approx(0.5, abs=0.01)
    assert item_of(result, "end").criticality_index == 1
    others = item_of(result, "10").criticality_index
    assert shares[0] + others == pytest.approx(1, abs=0.001)  # ties are to the minute


def test_tied_paths_all_count() -> None:
    """Two certain paths of one length are both critical, always."""
    items = [work("A", triangular(1, 2, 4)), work("B"), work("C"), work("D", triangular(1, 2, 3))]
    result = odds(items, "A-B A-C B-D C-D", iterations=400)
    assert [item_of(result, one).criticality_index for one in "ABCD"] == [1, 1, 1, 1]


# -- Independent delays against due dates: the product formula --------------------------------


def test_the_product_formula() -> None:
    """P(all done by day z) is the product of each chance to use no more than its room."""
    delays = {"A": 40.0, "B": 25.0, "C": 60.0}
    finishes = {"A": "2026-01-30", "B": "2026-02-10", "C": "2026-01-20"}
    items: list[dict[str, Any]] = [
        {
            "id": one,
            "kind": "milestone",
            "title": one,
            "planned": {"finish": finishes[one]},
            "uncertainty": {"distribution": "exponential", "mean": f"{mean}d"},
        }
        for one, mean in delays.items()
    ]
    items.append(
        {
            "id": "end",
            "kind": "milestone",
            "title": "end",
            "planned": {"finish": "2026-02-10"},
            "due": "2026-02-28",
        }
    )
    target = odds(items, "A-end B-end C-end", iterations=N, targets=["end"]).targets[0]
    rooms = {"A": 29, "B": 18, "C": 39}
    product = 1.0
    for one, mean in delays.items():
        product *= 1 - exp(-rooms[one] / mean)
    assert target.p_on_time == pytest.approx(product, abs=4 * (target.p_on_time_se or 0))


# -- Discrete risks ---------------------------------------------------------------------------


def certain(delay: str) -> dict[str, Any]:
    return {"distribution": "empirical", "values": [delay]}


def events(*modes: str, probability: float = 0.4) -> list[dict[str, Any]]:
    return [
        {
            "id": f"r{number}",
            "probability": probability,
            "impacts": [{"item": "A", "mode": mode, "delay": certain(f"{10 * (number + 1)}d")}],
        }
        for number, mode in enumerate(modes)
    ]


def test_risks_in_series_add_up() -> None:
    target = finish(odds([work("A")], risks=events("series", "series"), iterations=N))
    check_mean(target, 10 + 0.4 * 10 + 0.4 * 20, sqrt(0.24 * (100 + 400)))


def test_of_risks_in_parallel_the_longest_counts() -> None:
    target = finish(odds([work("A")], risks=events("parallel", "parallel"), iterations=N))
    check_mean(target, 10 + 0.4 * 20 + 0.6 * 0.4 * 10)


def test_a_risk_in_parallel_with_an_own_delay() -> None:
    """The own delay of 15 d swallows a risk of 10 d, not one of 20 d; one in series is added."""
    mark = {
        "id": "A",
        "kind": "milestone",
        "title": "A",
        "planned": {"finish": "2026-01-10"},
        "uncertainty": certain("15d"),
    }
    for modes, mean in ((["parallel"], 25), (["parallel", "parallel"], 27), (["series"], 29)):
        check_mean(finish(odds([mark], risks=events(*modes), iterations=N)), mean)


def test_one_risk_hits_several_items_at_once() -> None:
    hits = [{"item": one, "delay": certain("30d")} for one in "AB"]
    risks = [{"id": "r", "probability": 0.25, "impacts": hits}]
    target = finish(odds([work("A"), work("B")], "A-B", risks=risks, iterations=N))
    check_mean(target, 20 + 0.25 * 60, sqrt(0.25 * 0.75) * 60)


def test_a_risk_takes_a_link_away_or_adds_one() -> None:
    """A branch: with the link 30 d, without it 20 d; both links cut when both risks happen."""
    items = [work("A"), work("B", duration="20d")]
    risks = [
        {"id": "r", "probability": 0.3, "effects": [{"op": "remove_link", "from": "A", "to": "B"}]},
        {"id": "s", "probability": 0.5, "effects": [{"op": "remove_link", "from": "A", "to": "B"}]},
    ]
    result = odds(items, "A-B", risks=risks, iterations=N)
    check_mean(finish(result), 20 + 10 * 0.7 * 0.5)
    assert [one.happened for one in result.risks] == pytest.approx([0.3, 0.5], abs=0.01)
    added = [
        {"id": "r", "probability": 0.3, "effects": [{"op": "add_link", "from": "A", "to": "B"}]}
    ]
    check_mean(finish(odds(items, risks=added, iterations=N)), 20 + 10 * 0.3)


def test_a_cancelled_meeting_costs_a_cycle() -> None:
    """The board meets every four weeks: a cancelled meeting is four, with probability 0.3."""
    gated = {"id": "G", "kind": "milestone", "title": "G", "planned": {"finish": "2026-02-10"}}
    board = {"id": "b", "meetings": {"dates": ["2026-02-17", "2026-03-17", "2026-04-14"]}}
    cancel = {"op": "cancel_meeting", "board": "b", "date": "2026-02-17"}
    result = odds(
        [gated],
        boards=[board],
        gates=[{"item": "G", "board": "b"}],
        risks=[{"id": "r", "probability": 0.3, "effects": [cancel]}],
        iterations=N,
        targets=["G"],
    )
    check_mean(finish(result), 48 + 0.3 * 28)
    assert result.risks[0].cost_days == 28


def test_a_missed_meeting() -> None:
    """Papers come U(0, 20 d) late and there are 5 d to spare: 3 of 4 meetings are missed."""
    paper = {"id": "P", "kind": "milestone", "title": "P", "planned": {"finish": "2026-02-12"}}
    paper["uncertainty"] = {"distribution": "uniform", "low": "0d", "high": "20d"}
    gated = {"id": "G", "kind": "milestone", "title": "G", "planned": {"finish": "2026-02-17"}}
    board = {"id": "b", "meetings": {"dates": ["2026-02-17", "2026-03-17"]}}
    result = odds(
        [paper, gated],
        "P-G",
        boards=[board],
        gates=[{"item": "G", "board": "b"}],
        iterations=N,
        targets=["G"],
    )
    gate = result.gates[0]
    assert gate.meeting.isoformat() == "2026-02-17"
    assert gate.p_missed == pytest.approx(0.75, abs=4 * gate.p_missed_se)
    check_mean(finish(result), 48 + 0.75 * 28)


# -- What things cost -------------------------------------------------------------------------


def test_leaving_out_an_item_of_a_chain() -> None:
    """A normal sum: P80 is mean + 0.8416 sd; without A its mean is the plain duration."""
    items = [work("A", normal(50, 6), duration="45d"), work("B", normal(60, 8), duration="60d")]
    result = odds(items, "A-B", iterations=N)
    z = 0.8416212
    exact = (110 + z * 10) - (45 + 60 + z * 8)
    assert item_of(result, "A").cost_days == pytest.approx(exact, abs=0.3)
    assert item_of(result, "B").cost_days == pytest.approx(10 * z - 6 * z, abs=0.3)
    ranks = [item_of(result, one).cruciality for one in "AB"]
    # Spearman of a bivariate normal: 6/pi asin(rho/2), rho 0.6 and 0.8.
    assert ranks == pytest.approx([0.5819, 0.7858], abs=0.015)


def test_leaving_out_an_officer_is_leaving_out_the_items() -> None:
    items = [work("A", normal(50, 6)), work("B", normal(60, 8)), work("C", normal(9, 1))]
    held = [{"officer": "o", "item": "A"}, {"officer": "o", "item": "B"}]
    result = odds(
        items,
        "A-B B-C",
        officers=[{"id": "o", "title": "Officer"}],
        assignments=held,
        iterations=N,
    )
    z = 0.8416212
    exact = (119 + z * sqrt(101)) - (20 + 9 + z)
    assert result.officers[0].cost_days == pytest.approx(exact, abs=0.3)
    assert (result.officers[0].items, result.officers[0].name) == (2, "Officer")


def test_a_risk_costs_what_it_adds() -> None:
    """A delay of 30 d with probability 0.9 moves every percentile above P10 by nearly that."""
    risks = [
        {"id": "r", "probability": 0.9, "impacts": [{"item": "A", "delay": certain("30d")}]},
        {"id": "never", "probability": 0.0, "impacts": [{"item": "A", "delay": certain("30d")}]},
    ]
    result = odds([work("A", normal(50, 0.01))], risks=risks, iterations=2_000)
    assert [one.id for one in result.risks] == ["r"]
    assert result.risks[0].cost_days == pytest.approx(30, abs=0.05)
    assert result.risks[0].cruciality is not None
    assert result.risks[0].cruciality > 0.3


def test_joint_probability_is_that_of_all_together() -> None:
    """Two independent ones multiply; the same die twice does not."""
    late = {"distribution": "uniform", "low": "0d", "high": "10d"}
    marks = [
        {
            "id": one,
            "kind": "milestone",
            "title": one,
            "planned": {"finish": "2026-02-10"},
            "due": "2026-02-14",
            "uncertainty": late,
        }
        for one in "AB"
    ]
    assert odds(marks, iterations=N).p_all_on_time == pytest.approx(0.16, abs=0.01)
    same = [mark | {"uncertainty": late | {"correlate": "g"}} for mark in marks]
    assert odds(same, iterations=N).p_all_on_time == pytest.approx(0.4, abs=0.01)

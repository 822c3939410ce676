"""The sampling error of what something costs: cases known by theory, and many seeds."""

from __future__ import annotations

import math
from statistics import NormalDist, fmean, stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.errors import PlanError
from simulations.risk.certainty import CONFIDENCE, is_clear, split_costs
from simulations.risk.differences import Paired
from simulations.risk.results import OfficerRisk
from tests.simulations.riskplans import item_of, normal, odds, triangular, work

STANDARD = NormalDist()


def both_below(point: float, rho: float) -> float:
    """Return the probability that two standard normals of a correlation are below a point.

    By Simpson's rule over the first, the second being normal given the first.
    """
    steps, low = 4_000, -8.0
    width, rest = (point - low) / steps, math.sqrt(1.0 - rho * rho)

    def at(one: float) -> float:
        return STANDARD.pdf(one) * STANDARD.cdf((point - rho * one) / rest)

    inner = sum((4 if place % 2 else 2) * at(low + place * width) for place in range(1, steps))
    return (at(low) + inner + at(point)) * width / 3.0


def normal_error(share: float, own: float, other: float, size: int) -> float:
    """Return the standard error of the P of a sum of two normals less that of the second alone.

    Sample quantiles a and b of n pairs have variances p (1 - p) / (n f^2), and their covariance is
    (P(X <= a, Y <= b) - p^2) / (n f g), f and g being the densities there.
    """
    whole, point = math.hypot(own, other), STANDARD.inv_cdf(share)
    dense = [STANDARD.pdf(point) / sd for sd in (whole, other)]
    shared = both_below(point, other / whole) - share * share
    alone = share * (1.0 - share)
    variance = alone / dense[0] ** 2 + alone / dense[1] ** 2 - 2 * shared / (dense[0] * dense[1])
    return math.sqrt(variance / size)


@pytest.mark.parametrize("percentile", [50, 80, 95])
def test_two_normals_in_a_row(percentile: int) -> None:
    """N(100, 10) and N(100, 20): without the first, the P is that of N(100, 20) later by 100."""
    size, share = 20_000, percentile / 100
    items = [work("A", normal(100, 10)), work("B", normal(100, 20), duration="100d")]
    items[0]["duration"] = "100d"
    found = item_of(odds(items, "A-B", iterations=size, percentile=percentile), "A")
    expected = STANDARD.inv_cdf(share) * (math.hypot(10, 20) - 20)
    error = normal_error(share, 10, 20, size)
    assert found.cost_se_days == pytest.approx(error, rel=0.15)
    assert found.cost_days == pytest.approx(expected, abs=3.5 * error)


def drawn(kind: str, size: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Return finishes in minutes with and without one of two causes of delay."""
    chance = np.random.default_rng(seed)
    if kind == "normal":
        other = chance.normal(20_000, 2_000, size)
        own = chance.normal(10_000, 1_000, size)
    else:  # the step of a hurdle just where P80 is, on a little that always differs
        other = chance.uniform(0, 1_000, size)
        own = np.where(chance.random(size) < 0.2, 14_400.0, 0.0)
    return (own + other).astype(np.int64), other.astype(np.int64)


@pytest.mark.parametrize(("kind", "close"), [("normal", 0.2), ("step", 0.35)])
def test_the_error_is_what_other_rolls_differ_by(kind: str, close: float) -> None:
    gains = [
        Paired(samples, 0.8).gain(left)
        for samples, left in (drawn(kind, 1_000, seed) for seed in range(300))
    ]
    spread = stdev(one.minutes for one in gains)
    assert spread > 0
    assert math.sqrt(fmean(one.error**2 for one in gains)) == pytest.approx(spread, rel=close)


def test_what_changes_nothing_is_known_to_cost_nothing() -> None:
    """B is never long enough to matter: leaving it out changes no iteration."""
    items = [work("A", triangular(20, 30, 60)), work("B", triangular(1, 2, 3))]
    found = odds(items, iterations=500)
    idle = item_of(found, "B")
    assert (idle.cost_days, idle.cost_se_days) == (0, 0.0)
    assert not is_clear(idle)
    assert is_clear(item_of(found, "A"))


def test_one_iteration_knows_no_error() -> None:
    (item,) = odds([work("A", triangular(20, 30, 60))], iterations=1).items
    assert item.cost_se_days == 0.0


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=2, max_size=40),
    st.sampled_from([0.05, 0.5, 0.8, 0.95]),
)
@settings(max_examples=60)
def test_a_gain_is_the_difference_of_two_order_statistics(
    pairs: list[tuple[int, int]], share: float
) -> None:
    before, after = (np.array(one, np.int64) for one in zip(*pairs, strict=True))
    gain = Paired(before, share).gain(after)
    place = math.ceil(share * len(pairs) - 1e-9 * len(pairs)) - 1
    assert gain.minutes == sorted(before.tolist())[place] - sorted(after.tolist())[place]
    most = max(*before.tolist(), *after.tolist())
    assert 0.0 <= gain.error <= 2 * most
    assert Paired(before, share).gain(before) == (0, 0.0)


def test_costs_within_their_error_are_counted_and_left_out() -> None:
    officers = [
        OfficerRisk("a", "A", 1, 10.0, 5.0),
        OfficerRisk("b", "B", 1, 10.0, 5.2),
        OfficerRisk("c", "C", 1, 0, 5.0),
        OfficerRisk("d", "D", 1, None, None),
        OfficerRisk("e", "E", 1, 12.0, 0.0),
    ]
    costly, unclear = split_costs(officers)
    assert CONFIDENCE * 5.0 < 10.0 < CONFIDENCE * 5.2
    assert ([one.id for one in costly], unclear) == (["e", "a"], 1)


HURDLE = {"distribution": "hurdle", "probability": 0.25, "delay": "80d"}


def test_costs_and_targets_are_told_at_the_percentile_asked_for() -> None:
    """A is 80 days late in 1 of 4 runs: at P70 it costs nothing, at P80 and P90 all 80 days."""
    mark = {"id": "A", "kind": "milestone", "title": "Mark", "planned": {"finish": "2026-03-01"}}
    items = [mark | {"uncertainty": HURDLE}, work("B", triangular(1, 2, 3))]
    days = {}
    for percentile in (70, 80, 90):
        answer = odds(items, iterations=2_000, targets=["A"], percentile=percentile, act=1)
        (target,) = answer.targets
        assert answer.percentile == percentile
        assert target.at_percentile == (target.p90 if percentile > 70 else target.p50)
        assert answer.acts is not None
        cost = item_of(answer, "A").cost_days
        assert answer.acts.bought_days == answer.acts.at_most_days == cost
        days[percentile] = cost
    assert days == {70: 0, 80: 80, 90: 80}


def test_what_is_late_is_late_at_the_percentile_asked_for() -> None:
    mark = {"id": "A", "kind": "milestone", "title": "Mark", "planned": {"finish": "2026-03-01"}}
    items = [mark | {"uncertainty": HURDLE, "due": "2026-03-01"}]
    late = {}
    for percentile in (70, 90):
        recovery = odds(items, iterations=500, percentile=percentile, recover=True).recovery
        assert recovery is not None
        late[percentile] = [one.late_days for one in recovery.targets]
    assert late == {70: [], 90: [80]}


@pytest.mark.parametrize("percentile", [0, 100, -1])
def test_there_is_no_such_percentile(percentile: int) -> None:
    with pytest.raises(PlanError, match=f"no percentile {percentile}"):
        odds([work("A", triangular(1, 2, 3))], iterations=5, percentile=percentile)

"""Small samples that lean on a class: published cases, sums by hand, and simulated groups."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulations.shrinkage import (
    JEFFREYS,
    Beta,
    Normal,
    Spread,
    class_strength,
    crowding,
    group_correlation,
    shrink_mean,
    shrink_share,
    spread_between,
)

#: Colditz et al. (1994), 13 trials of a vaccine: cases and others, vaccinated, then not.
BCG = [
    (4, 119, 11, 128),
    (6, 300, 29, 274),
    (3, 228, 11, 209),
    (62, 13536, 248, 12619),
    (33, 5036, 47, 5761),
    (180, 1361, 372, 1079),
    (8, 2537, 10, 619),
    (505, 87886, 499, 87892),
    (29, 7470, 45, 7232),
    (17, 1699, 65, 1600),
    (186, 50448, 141, 27197),
    (5, 2493, 3, 2338),
    (27, 16886, 29, 17825),
]


def test_the_spread_of_thirteen_trials_is_as_published() -> None:
    """The R package metafor prints tau² 0.3088 and the mean -0.7141 for them (method DL)."""
    means = [math.log(a / (a + b) / (c / (c + d))) for a, b, c, d in BCG]
    variances = [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in BCG]
    spread = spread_between(means, variances)
    assert spread.between == pytest.approx(0.3088, abs=0.00005)
    assert spread.mean == pytest.approx(-0.7141, abs=0.00005)


def test_four_tumours_in_fourteen_rats() -> None:
    """Gelman et al., 5.1: the prior Beta(1.4, 8.6) and 4 of 14 make Beta(5.4, 18.6)."""
    posterior = shrink_share(4, 14, centre=0.14, strength=10)
    assert (posterior.a, posterior.b) == pytest.approx((5.4, 18.6))
    assert posterior.mean == pytest.approx(0.225)


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        ([(4, 0), (4, 2), (4, 3), (4, 3)], 1 / 3),  # variance 6, less 3, by 16 - 4 - 3
        ([(4, 1), (4, 2), (4, 3)], 0),  # variance 2 is what chance gives
        ([(4, 0), (4, 2), (4, 4)], 1),
        ([(4, 2), (4, 2), (4, 2)], 0),  # less than chance gives
        ([(4, 0), (4, 4)], 0),  # two groups tell nothing
        ([(4, 0), (4, 0), (4, 0)], 0),  # nothing happened
        ([(1, 0), (1, 1), (1, 0)], 0),  # single items have nothing in common
        ([(0, 0)], 0),
        ([], 0),
    ],
)
def test_how_alike_items_of_a_group_are(groups: list[tuple[float, float]], expected: float) -> None:
    assert group_correlation(groups) == pytest.approx(expected)


def test_the_correlation_of_simulated_groups_is_found() -> None:
    """Shares from Beta(2, 6) have the correlation 1 / (2 + 6 + 1)."""
    dice = np.random.default_rng(7)
    sizes = dice.integers(5, 40, 1500)
    events = dice.binomial(sizes, dice.beta(2, 6, 1500))
    found = group_correlation(list(zip(sizes.tolist(), events.tolist(), strict=True)))
    assert found == pytest.approx(1 / 9, abs=0.012)


@pytest.mark.parametrize(
    ("correlation", "strength"), [(0.2, 4), (1.0, 0), (0.0, 1000), (0.0005, 1000)]
)
def test_how_much_a_class_weighs(correlation: float, strength: float) -> None:
    assert class_strength(correlation) == pytest.approx(strength)


def test_a_hundred_items_of_two_groups_count_for_fewer() -> None:
    """Kish: 1 + (50 - 1) x 0.1; of unequal groups the mean size is (80² + 20²) / 100 = 68."""
    assert crowding([50, 50], 0.1) == pytest.approx(5.9)
    assert crowding([80, 20], 0.1) == pytest.approx(7.7)
    assert crowding([0.5, 0.5], 0.1) == 1
    assert crowding([], 0.1) == 1


def test_intervals_of_shrunk_shares_hold_what_they_should() -> None:
    """Where groups are drawn from the class, 95 of 100 shares lie inside their interval."""
    dice = np.random.default_rng(11)
    shares = dice.beta(3, 6, 600)
    inside = 0
    for share in shares:
        items = int(dice.integers(3, 30))
        posterior = shrink_share(dice.binomial(items, share), items, centre=1 / 3, strength=9)
        low, high = posterior.interval()
        inside += low <= share <= high
    assert inside / 600 == pytest.approx(0.95, abs=0.025)


def test_jeffreys_intervals_cover_on_average() -> None:
    """Brown, Cai and DasGupta (2001): close to 95 %, for shares that are not near 0 or 1."""
    dice = np.random.default_rng(13)
    inside = 0
    for share in dice.uniform(0.1, 0.9, 600):
        hits = dice.binomial(25, share)
        low, high = Beta(hits + JEFFREYS.a, 25 - hits + JEFFREYS.b).interval()
        inside += low <= share <= high
    assert inside / 600 == pytest.approx(0.95, abs=0.025)


def test_the_mean_square_of_a_share() -> None:
    assert Beta(1, 1).mean_square == pytest.approx(1 / 3)


def test_a_mean_is_drawn_to_the_class_by_both_variances() -> None:
    drawn = shrink_mean(Normal(5.0, 0.25), Spread(3.0, 0.75))
    assert drawn.mean == pytest.approx(4.5)
    assert drawn.variance == pytest.approx(0.1875)


def test_a_mean_known_for_certain_stays() -> None:
    assert shrink_mean(Normal(5.0, 0.0), Spread(3.0, 0.0)) == Normal(5.0, 0.0)


def test_two_groups_do_not_tell_how_groups_spread() -> None:
    spread = spread_between([1.0, 3.0], [0.1, 0.1])
    assert math.isinf(spread.between)
    assert shrink_mean(Normal(5.0, 1.0), spread) == Normal(5.0, 1.0)


@given(st.floats(0, 50), st.floats(0, 50), st.floats(0.01, 0.99), st.floats(0.1, 500))
def test_a_shrunk_share_lies_between_its_own_and_that_of_the_class(
    events: float, others: float, centre: float, strength: float
) -> None:
    items = events + others
    mean = shrink_share(events, items, centre, strength).mean
    own = events / items if items else centre
    assert min(own, centre) - 1e-9 <= mean <= max(own, centre) + 1e-9

"""How far things move: quantiles by hand, and what comes next after a few sizes."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
import pytest

from simulations.moves import Moves, fit_moves, spread_of
from simulations.refclasses import Sizes
from simulations.shrinkage import Normal, spread_between

APART = spread_between([], [])


def sizes(*values: float) -> Sizes:
    return Sizes(count=len(values), values=values)


def moves(*values: float) -> Moves:
    return Moves(len(values), Normal(0, 1), 1, values)


def test_quantiles_stand_between_the_values() -> None:
    """Four values have the ranks 1/8, 3/8, 5/8 and 7/8."""
    four = moves(10, 20, 40, 80)
    assert [four.quantile(chance) for chance in (0.0, 1 / 8, 0.25, 0.5, 5 / 8, 1.0)] == [
        10, 10, 15, 30, 40, 80,
    ]  # fmt: skip
    assert (four.mean, four.middle, four.beyond(20), four.beyond(19)) == (37.5, 30, 0.5, 0.75)
    assert moves(7).quantile(0.9) == 7


def test_few_sizes_are_spread_by_students_t() -> None:
    """Of 1, e and e² the mean log is 1 and its spread 1: the next is 1 + t x 2/√3, two degrees.

    With two degrees the quantile of t has a closed form: (2p - 1) / √(2p(1 - p)).
    """
    fitted = fit_moves(sizes(1, math.e, math.e**2), APART, None)
    assert (fitted.centre.mean, fitted.spread) == pytest.approx((1, 1))
    chances = [(rank + 0.5) / 40 for rank in range(40)]
    students = [(2 * one - 1) / math.sqrt(2 * one * (1 - one)) for one in chances]
    expected = [math.exp(1 + one * 2 / math.sqrt(3)) for one in students]
    assert fitted.values == pytest.approx(expected)
    low, high = fitted.interval()
    assert math.log(high) - 1 == pytest.approx(4.3027 / math.sqrt(3), abs=1e-3)
    assert 1 - math.log(low) == pytest.approx(4.3027 / math.sqrt(3), abs=1e-3)


def test_what_comes_next_after_five_sizes_is_held_as_often_as_told() -> None:
    dice = np.random.default_rng(3)
    below = {0.5: 0, 0.8: 0, 0.9: 0}
    for _ in range(500):
        *seen, following = dice.lognormal(5, 0.6, 6).tolist()
        fitted = fit_moves(sizes(*sorted(seen)), APART, None)
        for chance in below:
            below[chance] += following < fitted.quantile(chance)
    for chance, hits in below.items():
        assert hits / 500 == pytest.approx(chance, abs=0.045)


def test_intervals_of_the_middle_hold_it() -> None:
    """Few sizes by Student's t, many between order statistics."""
    dice = np.random.default_rng(5)
    for count, rounds in ((6, 1000), (60, 1000)):
        inside = 0
        for _ in range(rounds):
            seen = sorted(dice.lognormal(4, 1.0, count).tolist())
            low, high = fit_moves(sizes(*seen), APART, None).interval()
            inside += low <= math.exp(4) <= high
        assert inside / rounds == pytest.approx(0.95, abs=0.025)


def test_many_sizes_speak_for_themselves() -> None:
    many = [float(one) for one in range(1, 41)]
    assert fit_moves(sizes(*many), APART, None).values == pytest.approx(many)


def test_equal_sizes_stay_as_they_are() -> None:
    assert fit_moves(sizes(30, 30, 30), APART, None).values == pytest.approx((30, 30, 30))


@pytest.mark.parametrize("own", [(100,), (50, 100, 100, 200)])
def test_up_to_four_sizes_have_the_spread_of_the_larger_class(own: tuple[float, ...]) -> None:
    """Their logarithms count with its variance; nothing says here how classes differ."""
    larger = fit_moves(sizes(*[float(one) for one in range(1, 41)]), APART, None)
    fitted = fit_moves(sizes(*own), APART, larger)
    assert fitted.centre.mean == pytest.approx(math.log(100))
    assert fitted.centre.variance == pytest.approx(larger.spread**2 / len(own))
    ratio = fitted.values[30] / fitted.values[10]
    assert ratio == pytest.approx(larger.values[30] / larger.values[10])
    assert fitted.count == len(own)


def test_the_middle_is_drawn_to_that_of_other_classes() -> None:
    """Log means 0 (variance 1) and classes at 2 with variance 1 between them: half way."""
    classes = spread_of(
        [Sizes(count=1000, values=(1,), log_mean=mean, log_sd=1.0) for mean in (1.0, 2.0, 3.0)]
    )
    assert classes.mean == pytest.approx(2.0)
    assert classes.between == pytest.approx(1.0, abs=0.002)
    own = Sizes(count=4, values=(0.5, 1, 1, 2), log_mean=0.0, log_sd=2.0)
    assert fit_moves(own, classes, None).centre.mean == pytest.approx(1.0, abs=0.002)


def test_a_percentile_of_the_normal_law_is_near_students_for_many() -> None:
    dice = np.random.default_rng(17)
    seen = sorted(dice.lognormal(0, 1, 29).tolist())
    fitted = fit_moves(sizes(*seen), APART, None)
    exact = fitted.centre.mean + NormalDist().inv_cdf(0.9) * fitted.spread
    assert math.log(fitted.quantile(0.9)) == pytest.approx(exact, abs=0.1)

"""Quantiles of the beta and of Student's t distribution: closed forms and printed tables."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulations.quantiles import beta_below, beta_quantile, t_quantile

SHARES = st.floats(0.001, 0.999)
SHAPES = st.floats(0.2, 300)


@given(SHARES, st.integers(1, 40))
def test_the_least_and_the_largest_of_uniforms(share: float, count: int) -> None:
    assert beta_below(share, 1, count) == pytest.approx(1 - (1 - share) ** count, abs=1e-12)
    assert beta_below(share, count, 1) == pytest.approx(share**count, abs=1e-12)


@given(SHARES)
def test_the_arcsine_distribution(share: float) -> None:
    expected = 2 / math.pi * math.asin(math.sqrt(share))
    assert beta_below(share, 0.5, 0.5) == pytest.approx(expected, abs=1e-12)


@given(st.integers(1, 30), st.integers(1, 30), SHARES)
def test_a_beta_variable_counts_as_a_binomial_does(a: int, b: int, share: float) -> None:
    trials = a + b - 1
    at_least = sum(
        math.comb(trials, hits) * share**hits * (1 - share) ** (trials - hits)
        for hits in range(a, trials + 1)
    )
    assert beta_below(share, a, b) == pytest.approx(at_least, abs=1e-11)


@given(st.floats(0.005, 0.995), SHAPES, SHAPES)
def test_a_quantile_is_the_inverse(chance: float, a: float, b: float) -> None:
    share = beta_quantile(chance, a, b)
    if 1e-12 < share < 1 - 1e-12:  # else the share cannot be told from 0 or 1
        assert beta_below(share, a, b) == pytest.approx(chance, abs=1e-6)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_the_ends(share: float) -> None:
    assert beta_below(share, 2, 3) == share


@pytest.mark.parametrize(
    ("chance", "freedom", "printed"),
    [  # Student's table as every handbook prints it
        (0.975, 1, 12.706),
        (0.975, 4, 2.776),
        (0.95, 4, 2.132),
        (0.99, 10, 2.764),
        (0.975, 30, 2.042),
        (0.9, 120, 1.289),
    ],
)
def test_students_table(chance: float, freedom: int, printed: float) -> None:
    assert t_quantile(chance, freedom) == pytest.approx(printed, abs=0.0006)
    assert t_quantile(1 - chance, freedom) == pytest.approx(-printed, abs=0.0006)


def test_the_middle_of_students_t() -> None:
    assert t_quantile(0.5, 3) == 0

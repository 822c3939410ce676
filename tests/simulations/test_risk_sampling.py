"""Dice and distributions: known answers, exact quantiles, uniformity, strata."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulations.kernels.beta import SHAPE_SIZE, beta_below, beta_quantile, fill_shape
from simulations.kernels.draws import PARAMETERS, Scratch, roll, sample
from simulations.kernels.normal import exp, log, normal_below, normal_quantile
from simulations.kernels.philox import fill_words, philox
from simulations.risk.amounts import Amount
from simulations.risk.boxes import box
from simulations.risk.dice import Dealer
from simulations.risk.odds import Spread, midranks, rank_correlation
from tests.simulations.riskplans import odds, triangular, work

if TYPE_CHECKING:
    from simulations.kernels.draws import Program

#: From the file of known answers that the authors of Philox publish with it (Random123).
KNOWN = (
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((0xFFFFFFFF,) * 4, (0xFFFFFFFF,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
)


@pytest.mark.parametrize(("counter", "key", "words"), KNOWN)
def test_known_answers(
    counter: tuple[int, int, int, int], key: tuple[int, int], words: tuple[int, ...]
) -> None:
    assert philox(*counter, *key) == words


def test_a_word_depends_on_its_iteration_alone() -> None:
    whole = [0] * 40
    fill_words(7, 8, 9, 10, 0, 40, whole)
    part = [0] * 12
    fill_words(7, 8, 9, 10, 16, 12, part)
    assert part == whole[16:28]
    assert tuple(whole[4:8]) == philox(1, 0, 9, 10, 7, 8)


def program(
    *amounts: Amount, seed: int = 1, strata: int = 0, terms: Any = None
) -> tuple[Program, list[int]]:
    dealer = Dealer()
    draws = [
        dealer.add(amount, terms or ((f"item:{number}", 1.0),))
        for number, amount in enumerate(amounts)
    ]
    return box(dealer.program(seed, strata), is_large=False), draws


def rolls_of(made: Program, draw: int, first: int, count: int) -> np.ndarray:
    space = Scratch(np.zeros(count, np.uint32).tolist(), [0.0] * count, [0.0] * count)
    roll(made, draw, first, count, space)
    return np.array(space.rolls)


def test_rolls_are_uniform_and_independent() -> None:
    """Chi squared with 63 degrees over 64 bins, and correlations of dice and of neighbours."""
    size = 8_000
    made, draws = program(*(Amount(0, (0.0, 0.0, 0.0)) for _ in range(6)))
    rows = [rolls_of(made, draw, 0, size) for draw in draws]
    for row in rows:
        counts = np.bincount((row * 64).astype(int), minlength=64)
        chi = float(((counts - size / 64) ** 2).sum() / (size / 64))
        assert 30 < chi < 110  # beyond about 1 in 10,000 to either side
        assert abs(np.corrcoef(row[1:], row[:-1])[0, 1]) < 4 / math.sqrt(size)
        assert row.min() > 0
        assert row.max() < 1
    apart = np.corrcoef(rows) - np.eye(len(rows))
    assert np.abs(apart).max() < 4 / math.sqrt(size)


def test_a_seed_of_its_own_gives_rolls_of_its_own() -> None:
    amount = Amount(0, (0.0, 0.0, 0.0))
    one, other = (rolls_of(program(amount, seed=seed)[0], 0, 0, 400) for seed in (1, 1 << 40))
    assert not set(one) & set(other)


@pytest.mark.parametrize("strata", [1, 7, 100, 1000])
def test_a_latin_hypercube_has_one_roll_in_each_stratum(strata: int) -> None:
    made, _ = program(Amount(0, (0.0, 0.0, 0.0)), Amount(0, (0.0, 0.0, 0.0)), strata=strata)
    count = -(-strata // 4) * 4
    orders = []
    for draw in (0, 1):
        places = (rolls_of(made, draw, 0, count)[:strata] * strata).astype(int)
        assert sorted(places.tolist()) == list(range(strata))
        orders.append(places.tolist())
    assert strata < 7 or orders[0] != orders[1]
    if strata == 1000:
        assert abs(np.corrcoef(orders)[0, 1]) < 4 / math.sqrt(1000)


# -- Functions in basic arithmetic ------------------------------------------------------------


@given(st.floats(1e-300, 1e300))
def test_logarithm(value: float) -> None:
    assert log(value) == pytest.approx(math.log(value), rel=1e-14, abs=1e-15)


@given(st.floats(-690, 690))
def test_exponential(value: float) -> None:
    assert exp(value) == pytest.approx(math.exp(value), rel=1e-14)


@given(st.floats(1e-15, 1 - 1e-15))
def test_normal_quantile(share: float) -> None:
    assert normal_quantile(share) == pytest.approx(
        NormalDist().inv_cdf(share), rel=1e-12, abs=1e-12
    )


@given(st.floats(-40, 40))
def test_normal_distribution(value: float) -> None:
    expected = 0.5 * math.erfc(-value / math.sqrt(2))
    assert normal_below(value) == pytest.approx(expected, rel=1e-6, abs=1e-14)


@pytest.mark.parametrize("mode", [0.0, 0.1, 0.25, 0.5, 0.8, 1.0])
def test_the_inverse_beta_table(mode: float) -> None:
    """Put into the distribution again it gives the share; at mode 0 it has a closed form."""
    table = [0.0] * SHAPE_SIZE
    fill_shape(mode, table, 0)
    a, b = 1 + 4 * mode, 5 - 4 * mode
    scale = math.lgamma(6) - math.lgamma(a) - math.lgamma(b)
    shares = [2.0**-33, 1e-6, 0.001, 0.01, *np.linspace(0.02, 0.98, 49), 0.999, 1 - 1e-7]
    for share in shares:
        value = beta_quantile(table, 0, float(share))
        assert beta_below(a, b, scale, value) == pytest.approx(share, rel=1e-5, abs=2e-7)
        if mode == 0.0:
            assert value == pytest.approx(1 - (1 - share) ** 0.2, abs=1e-6)


# -- Distributions ----------------------------------------------------------------------------


def sampled(uncertainty: dict[str, Any], size: int = 20_000) -> tuple[float, float]:
    """Return mean and standard deviation in days of an activity's sampled durations."""
    target = odds([work("A", uncertainty)], iterations=size).targets[0]
    return target.mean_days, target.sd_days


@pytest.mark.parametrize(
    ("uncertainty", "mean", "sd"),
    [
        (triangular(20, 30, 60), 110 / 3, math.sqrt((400 + 900 + 3600 - 600 - 1200 - 1800) / 18)),
        ({"distribution": "uniform", "low": "1w", "high": "5w"}, 21, 28 / math.sqrt(12)),
        ({"distribution": "pert", "low": "10d", "mode": "20d", "high": "60d"}, 25, None),
        ({"distribution": "normal", "mean": "50d", "sd": "5d"}, 50, 5),
        ({"distribution": "lognormal", "mean": "50d", "sd": "25d"}, 50, 25),
        ({"distribution": "exponential", "mean": "20d"}, 20, 20),
        ({"distribution": "empirical", "values": ["10d", "20d", "20d", "50d"]}, 25, 15),
        (
            {"distribution": "hurdle", "probability": 0.25, "delay": "40d"},
            10,
            40 * math.sqrt(0.1875),
        ),
        (
            {
                "distribution": "hurdle",
                "probability": 0.5,
                "delay": {"distribution": "hurdle", "probability": 0.5, "delay": "40d"},
            },
            10,
            40 * math.sqrt(0.1875),
        ),
        ({"distribution": "uniform", "low": "50%", "high": "250%"}, 15, 20 / math.sqrt(12)),
        ({"distribution": "empirical", "values": ["1m"]}, 30.4375, 0),
    ],
)
def test_moments(uncertainty: dict[str, Any], mean: float, sd: float | None) -> None:
    found = sampled(uncertainty)
    if sd is None:  # PERT: the variance is (mean - low)(high - mean) / 7
        sd = math.sqrt((mean - 10) * (60 - mean) / 7)
    assert found[0] == pytest.approx(mean, abs=4 * sd / math.sqrt(20_000) + 0.001)
    assert found[1] == pytest.approx(sd, rel=0.05, abs=0.001)


def test_a_normal_duration_is_cut_at_zero() -> None:
    """Mean of max(0, N(0 +, 10)): 10 / sqrt(2 pi) at a mean of nearly nothing."""
    mean, _ = sampled({"distribution": "normal", "mean": "0d", "sd": "10d"})
    assert mean == pytest.approx(10 / math.sqrt(2 * math.pi), abs=0.2)


def test_samples_rise_with_the_roll() -> None:
    made, draws = program(
        Amount(2, (10.0, 20.0, 90.0)),
        Amount(5, (3.0, 1.0, 0.0)),
        Amount(6, (50.0, 0.0, 0.0), zero=0.3),
        Amount(3, (5.0, 99.0, 0.0), mode=0.3),
    )
    shares = np.linspace(0.001, 0.999, 500)
    for draw in draws:
        minutes = [0] * len(shares)
        sample(made, draw, len(shares), Scratch([], shares.tolist(), []), minutes)
        assert minutes == sorted(minutes)
        assert len(set(minutes)) > 20
    assert len(made.params) == PARAMETERS * len(draws)


def test_working_time_and_calendar_time_meet_at_an_ordinary_week() -> None:
    """Told in 14d, ten days of work take as long as told in 10wd: a Friday evening."""
    calendar = {"calendar": "england", "start": "2026-06-01"}
    ends = [
        odds(
            [work("A", {"distribution": "empirical", "values": [span]}, duration="5wd")],
            iterations=4,
            **calendar,
        ).targets[0]
        for span in ("10wd", "14d")
    ]
    assert {one.p50.isoformat() for one in ends} == {"2026-06-12"}


# -- Statistics -------------------------------------------------------------------------------


def test_percentiles_are_order_statistics() -> None:
    spread = Spread.of(np.array([50, 10, 40, 20, 30]))
    assert [spread.percentile(share) for share in (0.0, 0.2, 0.21, 0.8, 1.0)] == [
        10,
        10,
        20,
        40,
        50,
    ]
    assert spread.on_time(30) == 0.6
    assert spread.mean_after(10) == 20
    assert spread.deviation() == pytest.approx(math.sqrt(250))
    assert Spread.of(np.array([7])).deviation() == 0


def test_the_error_of_a_percentile() -> None:
    """Of a normal sample: sqrt(p q / n) over the density at the percentile."""
    values = np.random.default_rng(5).normal(0, 100_000, 40_000).astype(np.int64)
    spread = Spread.of(values)
    density = NormalDist(0, 100_000).pdf(NormalDist(0, 100_000).inv_cdf(0.8))
    exact = math.sqrt(0.16 / 40_000) / density
    assert spread.percentile_error(0.8) == pytest.approx(exact, rel=0.2)
    assert spread.deviation_error() == pytest.approx(100_000 / math.sqrt(80_000), rel=0.05)


def test_rank_correlation() -> None:
    """By hand: ranks 1 2 3 4 against 1 2 4 3 is 0.8; ties take the mean rank."""
    assert midranks(np.array([30, 10, 20, 20])).tolist() == [8, 2, 5, 5]
    ranks = midranks(np.array([1, 2, 9, 5]))
    assert rank_correlation(midranks(np.array([3, 4, 5, 6])), ranks) == pytest.approx(0.8)
    assert rank_correlation(np.array([5, 5, 5, 5]), ranks) is None


def test_latin_sampling_knows_the_mean_better() -> None:
    """The means of six seeds differ far less than those of random sampling."""
    items = [work(one, triangular(20, 30, 60)) for one in "ABC"]
    spreads = {}
    for sampling in ("random", "latin"):
        means = [
            odds(items, "A-B B-C", iterations=200, seed=seed, sampling=sampling)
            .targets[0]
            .mean_days
            for seed in range(6)
        ]
        spreads[sampling] = float(np.std(means))
    assert spreads["latin"] < spreads["random"] / 5

"""Bounds without iterations: exact cases, and simulations that lie between them."""

from __future__ import annotations

import math
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphmodel.errors import PlanError
from simulations.risk.model import prepare_risk
from simulations.risk.quick import QuickTarget, look_quickly
from simulations.risk.simulate import simulate
from simulations.whatif import prepare
from tests.laws import examples
from tests.simulations.riskplans import normal, risky, triangular, work

START = date(2026, 1, 1)


def uniform(low: float, high: float) -> dict[str, Any]:
    return {"distribution": "uniform", "low": f"{low}d", "high": f"{high}d"}


def looked(items: list[dict[str, Any]], links: str = "", **rest: Any) -> QuickTarget:
    plan = risky(items, links, **rest)
    return look_quickly(prepare_risk(prepare(plan), iterations=1)).targets[0]


def days(day: date | None) -> int:
    """Return the days from the plan's start to the end of a day."""
    assert day is not None
    return (day - START).days + 1


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_the_latest_of_uniform_lengths(size: int) -> None:
    """P(max of k ≤ t) = (t/1000)^k is the late bound, P(one ≤ t) = t/1000 the early one."""
    found = looked([work(f"A{number}", uniform(0, 1000)) for number in range(size)])
    assert days(found.p80_to) == pytest.approx(1000 * 0.8 ** (1 / size), abs=6)
    assert days(found.p80_from) == pytest.approx(800, abs=6)


def test_a_chain_is_bounded_closely() -> None:
    """Two uniform lengths: P(sum ≤ t) = 1 - (2000 - t)²/2,000,000 beyond 1000 days."""
    found = looked([work("A", uniform(0, 1000)), work("B", uniform(0, 1000))], "A-B")
    exact = 2000 - math.sqrt(0.2 * 2_000_000)
    assert days(found.p80_from) <= exact + 1
    assert days(found.p80_to) >= exact
    assert days(found.p80_to) - days(found.p80_from) <= 15


def test_chances_of_being_on_time() -> None:
    """Two lengths, each within 600 of 1000 days with 0.6: together 0.36, at the most 0.6."""
    items = [work("A", uniform(0, 1000)), work("B", uniform(0, 1000))]
    by = str(START + timedelta(days=599))
    found = looked(items, must_finish=by)
    assert found.p_on_time_at_least == pytest.approx(0.36, abs=0.01)
    assert found.p_on_time_at_most == pytest.approx(0.6, abs=0.01)


def test_the_wheatstone_bridge_lies_between() -> None:
    """Five exponential lengths in a bridge: the simulated percentiles lie between the bounds."""
    mean = {"distribution": "exponential", "mean": "100d"}
    items = [work(one, mean) for one in "ABCDE"]
    links = "A-C A-D B-E C-E"
    found = looked(items, links)
    odds = simulate(risky(items, links), iterations=4_000).targets[0]
    assert found.p50_from is not None and found.p50_to is not None  # noqa: PT018
    assert found.p80_from is not None and found.p80_to is not None  # noqa: PT018
    assert found.p50_from <= odds.p50 <= found.p50_to
    assert found.p80_from <= odds.p80 <= found.p80_to
    assert days(found.p80_to) - days(found.p80_from) < 120


def test_a_date_that_is_kept_to_the_day_is_in_time() -> None:
    """Not rounded into the next day: due on the planned date, late with 0.3."""
    delay = {"distribution": "uniform", "low": "10d", "high": "4000d"}
    told = {"distribution": "hurdle", "probability": 0.3, "delay": delay}
    mark = {"id": "M", "kind": "milestone", "title": "Mark", "uncertainty": told}
    day = "2026-02-10"
    found = looked([mark | {"planned": {"finish": day}}], must_finish=day)
    assert found.p_on_time_at_least == pytest.approx(0.7, abs=0.005)
    assert found.p_on_time_at_most == pytest.approx(0.7, abs=0.005)


SHAPES = [uniform(2, 30), triangular(1, 5, 40), normal(12, 4), uniform(9, 9)]


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_simulations_lie_between_the_bounds(data: st.DataObject) -> None:
    """Lengths, delays of dates, parents and lags; the margin is four sampling errors."""
    names = "ABCDEF"
    items: list[dict[str, Any]] = [{"id": "P", "kind": "theme", "title": "Whole"}]
    for one in names:
        told = data.draw(st.sampled_from(SHAPES))
        rest = {"parent": "P"} if data.draw(st.booleans()) else {}
        if data.draw(st.booleans()):
            items.append(work(one, told, **rest))
        else:
            planned = {"finish": str(START + timedelta(days=data.draw(st.integers(5, 60))))}
            mark = {"id": one, "kind": "milestone", "title": one, "planned": planned}
            items.append(mark | {"uncertainty": told} | rest)
    pairs = [a + "-" + b for a, b in pairwise(names)]
    links = " ".join(pair for pair in pairs if data.draw(st.booleans()))
    gone = None if any(item.get("parent") for item in items) else items.pop(0)
    assert gone is None or gone["id"] == "P"
    found = looked(items, links)
    odds = simulate(risky(items, links), iterations=400).targets[0]
    for name, error in (("p50", odds.p50_se_days), ("p80", odds.p80_se_days)):
        margin = timedelta(days=1 + 4 * error)
        low, high = getattr(found, f"{name}_from"), getattr(found, f"{name}_to")
        assert low - margin <= getattr(odds, name) <= high + margin, name


@pytest.mark.parametrize(
    ("items", "rest", "words"),
    [
        ([work("A", uniform(1, 2))], {"risks": [{"id": "r", "probability": 0.5}]}, 'risk "r"'),
        (
[work(one, uniform(1, 2) | {"correlate": "x"}) for one in "AB"],
            {},
            "some are correlated",
        ),
        (
            [work("A", uniform(1, 2), constraints=[{"type": "SNET", "date": "2026-02-01"}])],
            {},
            "A Work A has more",
        ),
        ([work("A", uniform(1, 2), constraints=[{"type": "ALAP"}])], {}, "as late as possible"),
    ],
)  # fmt: skip
def test_what_the_bounds_do_not_hold_for_is_refused(
    items: list[dict[str, Any]], rest: dict[str, Any], words: str
) -> None:
    with pytest.raises(PlanError, match=words):
        looked(items, **rest)

"""How fast a schedule and a what-if are on a plan of a council's size, answers asserted."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from loaders.load import load
from loaders.suggest.suggest import suggest
from simulations.schedule import schedule
from simulations.whatif import answer, prepare, what_if

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

    from graphmodel.plan import Plan

EXAMPLES = Path(__file__).parents[2] / "examples"
SLIP = Scenario(changes=(Slip(item="SI1.1.3.7", by=parse_span("2m")),))


@cache
def example() -> Plan:
    """Return the shipped example: 344 items and its reviewed links."""
    return load([EXAMPLES / "wexcombe-csip.txt", EXAMPLES / "wexcombe-links.csv"]).plan


def test_whatif_on_a_prepared_plan(benchmark: BenchmarkFixture) -> None:
    prepared = prepare(example())
    found = benchmark(answer, prepared, SLIP)
    assert found.items[0].knock_on_days == 59
    assert found.summary.moved_if_work == 5


def test_whatif_from_a_plan(benchmark: BenchmarkFixture) -> None:
    found = benchmark(what_if, example(), SLIP)
    assert found.summary.newly_late_if_work > 0


@cache
def suggested() -> Plan:
    """Return the example with what its words suggest as well."""
    return suggest(example()).plan


@pytest.mark.parametrize("if_proposed", [None, 0.5])
def test_whatif_that_says_what_proposed_links_would_change(
    benchmark: BenchmarkFixture, if_proposed: float | None
) -> None:
    """The second kind may take a tenth of a second longer than the first."""
    benchmark.extra_info["limit_seconds"] = 0.1 if if_proposed is None else 0.2
    found = benchmark(what_if, suggested(), SLIP, if_proposed=if_proposed)
    assert (found.if_proposed is None) == (if_proposed is None)
    assert found.summary.moved_if_work == 5
    if found.if_proposed is not None:
        assert found.if_proposed.links > 20


def test_schedule_of_the_example(benchmark: BenchmarkFixture) -> None:
    found = benchmark(schedule, example())
    assert len(found.items) == 344
    assert str(found.finish) == "2028-09-30"


def test_compiling_the_example(benchmark: BenchmarkFixture) -> None:
    prepared = benchmark(prepare, example())
    assert prepared.compiled.ids[-1] in example().index.items
    assert len(prepared.compiled.links) == len(
        [link for link in example().links if link.state == "accepted"]
    )

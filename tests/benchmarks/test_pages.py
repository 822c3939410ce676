"""How long it takes to place the items of a map, to draw one, and to look for foreign packages."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from knockon import guard
from knockon.cli.pages import make_map
from simulations.schedule import schedule
from tests.viz.driving import visit
from tests.viz.large import build_large
from tests.viz.samples import build_plan, build_schedule
from viz.layout import Box, Group, Lane, lay_out, stack
from viz.network import draw_map

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Browser
    from pytest_benchmark.fixture import BenchmarkFixture

    from viz.layout import Layout

GAP = 5.0


def many(amount: int, lanes: int) -> list[Lane]:
    """Items like a plan's: four parts to a group, links to the group before."""
    made: dict[int, list[Group]] = {lane: [] for lane in range(lanes)}
    for number in range(amount // 5):
        x = float(number * 37 % 1400)
        parts = tuple(
            Box(f"g{number}p{n}", x + 60 * n, x + 60 * n + 190, (f"g{number}p{n - 1}",))
            for n in range(4)
        )
        box = Box(f"g{number}", x, x + 300, (f"g{number - 3}", f"g{number - 16}"))
        made[number % lanes].append(Group(box, parts))
    return [Lane(f"lane{key}", tuple(groups)) for key, groups in made.items()]


def place(lanes: Sequence[Lane]) -> Layout:
    layout = lay_out(lanes, gap=GAP)
    stack(layout, opened=set(layout.depth))
    return layout


@pytest.mark.parametrize(
    ("amount", "lanes", "limit"),
    [(400, 16, 0.01), (10_000, 16, 1.0), (10_000, 1, 1.0)],
    ids=["a-council", "ten-thousand", "ten-thousand-in-one-lane"],
)
def test_items_are_placed(
    benchmark: BenchmarkFixture, amount: int, lanes: int, limit: float
) -> None:
    layout = benchmark(place, many(amount, lanes))
    assert sum(Counter(layout.lane_of.values()).values()) == amount
    benchmark.extra_info["limit_seconds"] = limit


def test_a_map_is_drawn(benchmark: BenchmarkFixture) -> None:
    plan = build_plan()
    page = benchmark(draw_map, plan, build_schedule(), links=plan.links)
    assert "<html" in page[:500]
    benchmark.extra_info["limit_seconds"] = 0.4


def test_foreign_packages_are_looked_for(benchmark: BenchmarkFixture) -> None:
    """It is done each time that knockon starts."""
    assert benchmark(guard.check_foreign_packages) is None
    benchmark.extra_info["limit_seconds"] = 0.002


def time_opening(benchmark: BenchmarkFixture, browser: Browser, path: Path) -> int:
    """Open a map, from the address to the first frame drawn; return how many items it holds."""

    def open_it() -> int:
        with visit(browser, path) as found:
            found.run("() => new Promise(requestAnimationFrame)")
            held: int = found.run("() => knockon.app.model.all.size")
            return held

    opened: int = benchmark.pedantic(open_it, rounds=2)  # type: ignore[no-untyped-call]
    return opened


def test_the_map_of_a_council_opens(
    benchmark: BenchmarkFixture, browser: Browser, tmp_path: Path
) -> None:
    """404 items with what-if, without a graphics card."""
    path = tmp_path / "map.html"
    path.write_text(make_map(build_plan()), encoding="utf-8")
    dated = [one for one in build_schedule().items if one.finish is not None]
    assert time_opening(benchmark, browser, path) == len(dated)
    benchmark.extra_info["limit_seconds"] = 2.0


def test_a_map_of_fifty_thousand_items_opens(
    benchmark: BenchmarkFixture, browser: Browser, tmp_path: Path
) -> None:
    plan = build_large(50_000, themes=20)
    dates = schedule(plan)
    path = tmp_path / "map.html"
    path.write_text(draw_map(plan, dates, links=plan.links), encoding="utf-8")
    dated = [one for one in dates.items if one.finish is not None]
    assert time_opening(benchmark, browser, path) == len(dated)
    benchmark.extra_info["limit_seconds"] = 5.0

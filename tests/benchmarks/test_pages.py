"""How long it takes to place the items of a map, to draw one, and to open each kind of page."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from knockon import guard
from knockon.cli.pages import make_map, make_report
from knockon.local.desk import Desk
from knockon.reporting import report
from queries.odds import ask_odds
from simulations.schedule import schedule
from simulations.whatif import what_if
from tests.knockon.local.browsed import browse, serve_desk
from tests.viz.driving import visit
from tests.viz.large import build_large
from tests.viz.samples import CHANGED, build_plan, build_schedule, slip
from viz.layout import Box, Group, Lane, lay_out, stack
from viz.network import draw_map
from viz.paper.odds import lay_out_risk
from viz.paper.page import draw_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from playwright.sync_api import Browser
    from pytest_benchmark.fixture import BenchmarkFixture

    from viz.layout import Layout

GAP = 5.0

#: Runs of a risk analysis: as many do for a page of the same shape.
RUNS = 200

#: The files of a council's plan that people are sent, beside the map.
FILES: dict[str, Callable[[], str]] = {
    "answer": lambda: make_report(what_if(build_plan(), slip(CHANGED, "2m"))),
    "report": lambda: draw_report(report(build_plan(), iterations=RUNS)),
    "risk": lambda: draw_report(lay_out_risk(ask_odds(build_plan(), iterations=RUNS))),
}

#: Pages of the local page below a plan, one of each kind.
SERVED = ("", "/map", f"/what-if?what={CHANGED}&by=2m", "/items", "/owners", "/review")


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


@pytest.mark.parametrize("kind", FILES)
def test_a_file_of_a_council_opens(
    benchmark: BenchmarkFixture, browser: Browser, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / f"{kind}.html"
    path.write_text(FILES[kind](), encoding="utf-8")
    assert path.stat().st_size <= 1_000_000
    benchmark.extra_info["bytes"] = path.stat().st_size

    def open_it() -> str:
        with visit(browser, path) as found:
            found.run("() => new Promise(requestAnimationFrame)")
            return found.page.inner_text(".headline >> nth=0")

    headline: str = benchmark.pedantic(open_it, rounds=2)  # type: ignore[no-untyped-call]
    assert headline.endswith(".")
    benchmark.extra_info["limit_seconds"] = 2.0


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The local page with a council's plan."""
    desk = Desk()
    key = desk.lobby.put(build_plan()).key
    with serve_desk(desk) as found:
        yield f"{found}/plans/{key}"


@pytest.mark.parametrize("path", SERVED, ids=lambda path: path.partition("?")[0][1:] or "overview")
def test_a_page_that_is_served_opens(
    benchmark: BenchmarkFixture, browser: Browser, address: str, path: str
) -> None:
    """By a browser that has nothing of it yet; what is worked out of a plan is kept."""
    wanted = address + path

    def open_it() -> str:
        with browse(browser, address.partition("/plans")[0]) as page:
            answer = page.goto(wanted)
            assert answer is not None
            assert answer.ok
            page.evaluate("() => new Promise(requestAnimationFrame)")
            return page.inner_text("h1")

    assert benchmark.pedantic(open_it, rounds=2)  # type: ignore[no-untyped-call]
    benchmark.extra_info["limit_seconds"] = 2.0

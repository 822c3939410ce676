"""How long what-if in a page takes: to pack the plan, and to answer a slider that is moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from knockon.cli.pages import make_map
from queries.portable import make_portable
from simulations.whatif import prepare, what_if
from tests.viz.driving import visit
from tests.viz.samples import CHANGED, build_plan, slip

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser
    from pytest_benchmark.fixture import BenchmarkFixture

_SLIDE = """(months) => {
  const slider = document.getElementById("w-slider-0");
  slider.value = months;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
}"""


def test_a_plan_is_packed_for_a_page(benchmark: BenchmarkFixture) -> None:
    baseline = prepare(build_plan())
    found = benchmark(make_portable, baseline)
    assert found.data is not None
    assert len(found.data["ids"]) == len(build_plan().items)
    benchmark.extra_info["limit_seconds"] = 0.2


def test_a_slider_is_moved_and_everything_drawn(
    benchmark: BenchmarkFixture, browser: Browser, tmp_path: Path
) -> None:
    """From the event to the next frame drawn: 404 items, map, timeline, table and sentence."""
    path = tmp_path / "map.html"
    path.write_text(make_map(build_plan()), encoding="utf-8")
    with visit(browser, path) as found:
        found.page.click("#w-open")
        found.page.fill("#w-find", CHANGED)
        found.page.keyboard.press("Enter")
        months = iter(range(10_000))

        def slide() -> None:
            found.run(_SLIDE, 1 + next(months) % 12)

        benchmark(slide)
        found.run(_SLIDE, 2)
        moved = found.run("() => knockon.whatif.answer.items.map((one) => one.id)")
        found.assert_quiet()
    assert moved == [one.id for one in what_if(build_plan(), slip(CHANGED, "2m")).items]
    benchmark.extra_info["limit_seconds"] = 0.1

"""The what-if page in a real browser."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from simulations.recovery.run import recover
from tests.viz.driving import drawn_frames, violations, visit
from tests.viz.samples import build_schedule, build_still_whatif, build_whatif
from viz.report import draw_whatif

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser


@pytest.fixture(scope="module", params=["moves", "still", "mended"])
def report_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    answer = build_still_whatif() if request.param == "still" else build_whatif()
    recovery = recover(answer.plan, answer.scenario) if request.param == "mended" else None
    path = tmp_path_factory.mktemp("report") / "report.html"
    page = draw_whatif(answer, recovery=recovery, baseline=build_schedule())
    path.write_text(page, encoding="utf-8")
    return path


def test_it_opens_quietly_and_meets_the_accessibility_rules(
    browser: Browser, report_file: Path
) -> None:
    with visit(browser, report_file) as found:
        drawn_frames(found.page)
        assert violations(found) == []
        found.page.locator("summary", has_text="The same as tables").click()
        found.page.locator("#items a").nth(2).click()
        assert violations(found, "#map-app") == []
        found.assert_quiet()


@pytest.mark.parametrize("width", [320, 390, 1366])
def test_the_page_never_scrolls_sideways(browser: Browser, report_file: Path, width: int) -> None:
    with visit(browser, report_file) as found:
        found.page.set_viewport_size({"width": width, "height": 640})
        found.page.locator("summary", has_text="The same as tables").click()
        drawn_frames(found.page)
        assert found.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_answer_is_on_the_first_screen(browser: Browser, report_file: Path) -> None:
    with visit(browser, report_file) as found:
        for heading in ("What becomes late", "Both ends of the answer"):
            box = found.page.get_by_role("heading", name=heading).bounding_box()
            assert box is not None
            assert box["y"] < 500


def test_the_map_opens_where_it_happens(browser: Browser, report_file: Path) -> None:
    with visit(browser, report_file) as found:
        drawn_frames(found.page)
        seen = found.run(
            """() => { const { view } = knockon.app.scene(), { model } = knockon.app;
              const mark = model.markOf.get(model.data.focus[0]);
              return [view.x(mark.right), view.width, view.y(mark.y), view.height] }"""
        )
        assert 0 < seen[0] < seen[1]
        assert 0 < seen[2] < seen[3]


def test_an_item_of_the_answer_leads_to_the_map(browser: Browser, report_file: Path) -> None:
    with visit(browser, report_file) as found:
        link = found.page.locator("section[aria-labelledby=moves] th a").first
        link.click()
        assert found.page.inner_text("#details-title").startswith(link.inner_text())


def test_names_of_months_do_not_run_into_each_other(browser: Browser, report_file: Path) -> None:
    with visit(browser, report_file) as found:
        for width in (320, 700, 1366):
            found.page.set_viewport_size({"width": width, "height": 640})
            boxes = [
                box
                for month in found.page.locator(".t-month").all()
                if month.is_visible() and (box := month.bounding_box())
            ]
            for left, right in pairwise(boxes):
                assert left["x"] + left["width"] < right["x"]


def test_without_scripts_the_answer_is_whole(browser: Browser, report_file: Path) -> None:
    with visit(browser, report_file, java_script_enabled=False) as found:
        assert found.page.is_visible(".headline")
        assert found.page.locator(".t-chart").first.is_visible()
        assert found.page.is_hidden("#map-app")
        assert found.page.locator("#items tbody tr").count() > 2


def test_print_leaves_the_map_out(browser: Browser, report_file: Path) -> None:
    with visit(browser, report_file) as found:
        found.page.emulate_media(media="print")
        assert found.page.is_hidden("#map-app")
        assert found.page.is_visible(".headline")
        assert found.page.is_visible(".timeline")

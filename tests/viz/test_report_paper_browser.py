"""The report to a board in a real browser."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.viz.driving import drawn_frames, violations, visit
from tests.viz.papers import board_paper, hostile_paper, since_paper, whatif_paper
from viz.paper.page import draw_report

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

PAPERS = (whatif_paper, since_paper, board_paper, hostile_paper)


@pytest.fixture(scope="module", params=PAPERS, ids=lambda one: one.__name__)
def paper_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paper") / "the report.html"
    path.write_text(draw_report(request.param()), encoding="utf-8")
    return path


def test_it_opens_quietly_and_meets_the_accessibility_rules(
    browser: Browser, paper_file: Path
) -> None:
    with visit(browser, paper_file) as found:
        assert violations(found) == []
        assert found.page.evaluate("window.pwned") is None
        found.assert_quiet()


@pytest.mark.parametrize("width", [320, 390, 1366])
def test_the_page_never_scrolls_sideways(browser: Browser, paper_file: Path, width: int) -> None:
    with visit(browser, paper_file) as found:
        found.page.set_viewport_size({"width": width, "height": 640})
        drawn_frames(found.page)
        assert found.page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_answer_and_the_figures_are_on_the_first_screen(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "report.html"
    path.write_text(draw_report(whatif_paper()), encoding="utf-8")
    with visit(browser, path) as found:
        for part in (".headline", ".figures", ".contents"):
            box = found.page.locator(part).bounding_box()
            assert box is not None
            assert box["y"] + box["height"] < 768


def test_words_of_a_timeline_stay_inside_it_and_clear_of_its_marks(
    browser: Browser, paper_file: Path
) -> None:
    with visit(browser, paper_file) as found:
        for row in found.page.locator(".t-row:not(.t-head) svg.t-chart").all():
            chart, label = row.bounding_box(), row.locator(".t-label").bounding_box()
            assert chart is not None
            assert label is not None
            assert chart["x"] <= label["x"]
            assert label["x"] + label["width"] <= chart["x"] + chart["width"]
            for mark in row.locator(".t-due").all():
                due = mark.bounding_box()
                assert due is not None
                apart = due["x"] + due["width"] <= label["x"]
                assert apart or due["x"] >= label["x"] + label["width"]


def test_names_of_months_do_not_run_into_each_other(browser: Browser, paper_file: Path) -> None:
    with visit(browser, paper_file) as found:
        for chart in found.page.locator(".t-head svg").all():
            boxes = [
                box
                for month in chart.locator(".t-month").all()
                if month.is_visible() and (box := month.bounding_box())
            ]
            for left, right in pairwise(boxes):
                assert left["x"] + left["width"] < right["x"]


def test_forced_colours_keep_every_mark(browser: Browser, paper_file: Path) -> None:
    with visit(browser, paper_file, forced_colors="active") as found:
        assert violations(found) == []
        marks = found.page.locator(".t-after path, .t-stays path").all()
        fills = {mark.evaluate("(one) => getComputedStyle(one).fill") for mark in marks}
        paper = found.page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert paper not in fills


def test_print_leaves_out_what_only_a_screen_needs(browser: Browser, paper_file: Path) -> None:
    with visit(browser, paper_file, java_script_enabled=False) as found:
        found.page.emulate_media(media="print")
        assert found.page.is_hidden(".contents")
        assert found.page.is_visible(".headline")
        assert found.page.locator("main table").first.is_visible()


def test_sections_are_reached_from_the_list(browser: Browser, paper_file: Path) -> None:
    with visit(browser, paper_file) as found:
        found.page.locator(".contents a").last.click()
        heading = found.page.locator("#method").bounding_box()
        assert heading is not None
        assert 0 <= heading["y"] < 768

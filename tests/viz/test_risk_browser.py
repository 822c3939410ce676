"""The risk page in a real browser: quiet, accessible, narrow, forced colours, words that fit."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from tests.viz.driving import drawn_frames, violations, visit
from tests.viz.oddsrecords import PAPERS, SHAPES, shapes_paper
from viz.paper.page import draw_report

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

#: Boxes of the words in every chart that is seen, and of the charts themselves.
_BOXES = """() => [...document.querySelectorAll("svg.chart")].filter((one) => one.checkVisibility())
  .map((one) => ({
    name: one.querySelector("title").textContent,
    frame: one.getBoundingClientRect().toJSON(),
    words: [...one.querySelectorAll(".c-words text, .c-label text")]
      .map((text) => ({ text: text.textContent, ...text.getBoundingClientRect().toJSON() })),
  }))"""


@pytest.fixture(scope="module", params=PAPERS)
def risk_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("risk") / "the risk.html"
    path.write_text(draw_report(PAPERS[request.param]()), encoding="utf-8")
    return path


def test_it_opens_quietly_meets_the_rules_and_never_scrolls_sideways(
    browser: Browser, risk_file: Path
) -> None:
    with visit(browser, risk_file) as found:
        assert violations(found) == []
        for width in (1366, 360, 320):
            found.page.set_viewport_size({"width": width, "height": 640})
            drawn_frames(found.page)
            assert found.page.evaluate("document.documentElement.scrollWidth") <= width
            charts = found.page.evaluate(_BOXES)
            assert charts
            assert_apart(charts)
        assert violations(found) == []  # as narrow as it gets
        assert found.page.evaluate("window.pwned") is None
        found.assert_quiet()


def test_words_stay_inside_the_picture_and_apart_whatever_the_curve(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "shapes.html"
    path.write_text(draw_report(shapes_paper()), encoding="utf-8")
    with visit(browser, path) as found:
        for width in (1366, 340):
            found.page.set_viewport_size({"width": width, "height": 640})
            drawn_frames(found.page)
            charts = found.page.evaluate(_BOXES)
            assert [one["name"] for one in charts] == list(SHAPES)
            assert_apart(charts)


def assert_apart(charts: list[dict[str, Any]]) -> None:
    """Assert that no words leave their chart or lie on others."""
    for chart in charts:
        frame = chart["frame"]
        for word in chart["words"]:
            where = f"{chart['name']}: {word['text']}"
            assert word["left"] >= frame["left"] - 1, where
            assert word["right"] <= frame["right"] + 1, where
            assert word["top"] >= frame["top"] - 1, where
        for one, other in combinations(chart["words"], 2):
            apart = (
                one["right"] <= other["left"] or other["right"] <= one["left"]
                or one["bottom"] <= other["top"] + 2 or other["bottom"] <= one["top"] + 2
            )  # fmt: skip
            assert apart, f"{chart['name']}: {one['text']} on {other['text']}"


def test_forced_colours_keep_every_line_and_bar(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "risk.html"
    path.write_text(draw_report(PAPERS["slipping"]()), encoding="utf-8")
    with visit(browser, path, forced_colors="active", java_script_enabled=True) as found:
        assert violations(found) == []
        paper = found.page.evaluate("getComputedStyle(document.body).backgroundColor")
        for part, what in (
            (".c-curve path", "stroke"), (".c-upright line", "stroke"), (".c-bar path", "fill"),
            (".c-point path", "fill"), (".c-words text", "fill"), (".c-label text", "fill"),
        ):  # fmt: skip
            seen = {
                one.evaluate(f"(one) => getComputedStyle(one).{what}")
                for one in found.page.locator(part).all()
            }
            assert seen, part
            assert not seen & {paper, "none"}, part


def test_without_scripts_and_in_print_the_answer_and_its_pictures_are_there(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "risk.html"
    path.write_text(draw_report(PAPERS["slipping"]()), encoding="utf-8")
    with visit(browser, path, java_script_enabled=False) as found:
        answer = found.page.locator(".answer .headline").bounding_box()
        assert answer is not None
        assert answer["y"] + answer["height"] < 400
        assert found.page.get_by_role("img").count() == 4
        found.page.emulate_media(media="print")
        assert found.page.locator("svg.chart.wide").first.is_visible()
        assert found.page.locator("svg.chart.narrow").first.is_hidden()

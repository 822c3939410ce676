"""What axe cannot tell of a page: text spacing, large text, where the focus goes and what hides it.

docs/accessibility.md names these tests for the criteria that they hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knockon.cli.pages import make_report
from knockon.reporting import report, write_report
from simulations.whatif import what_if
from tests.viz.driving import CUT, FOCUS, SPACING, drawn_frames, violations, visit
from tests.viz.oddsrecords import PAPERS
from tests.viz.samples import CHANGED, build_plan, slip
from viz.paper.page import draw_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.viz.driving import Visit

WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture(scope="module", params=["map with what-if", "answer", "report", "risk"])
def page_file(
    request: pytest.FixtureRequest, whatif_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    path = tmp_path_factory.mktemp("pages") / "a page.html"
    if request.param == "map with what-if":
        return whatif_file
    if request.param == "answer":
        answer = what_if(build_plan(), slip(CHANGED, "2m"))
        path.write_text(make_report(answer), encoding="utf-8")
    elif request.param == "risk":
        path.write_text(draw_report(PAPERS["slipping"]()), encoding="utf-8")
    else:
        write_report(report(build_plan(), iterations=200), path)
    return path


@pytest.fixture
def page(browser: Browser, page_file: Path) -> Iterator[Visit]:
    with visit(browser, page_file) as found:
        if found.page.locator("#w-open").count():
            found.page.click("#w-open")
        yield found


def test_text_spacing_and_large_text_cut_nothing(page: Visit) -> None:
    page.run(SPACING)
    drawn_frames(page.page)
    assert page.run(CUT) == []
    assert page.run(WIDTH) <= 1366
    page.page.reload()
    page.run("document.documentElement.style.fontSize = '200%'")
    drawn_frames(page.page)
    assert page.run(CUT) == []
    assert page.run(WIDTH) <= 1366
    page.page.set_viewport_size({"width": 768, "height": 1366})
    assert page.run(WIDTH) <= 768


def test_tab_goes_through_the_whole_page_and_never_out_of_sight(page: Visit) -> None:
    """The middle of a long table is passed over: its rows are alike."""
    page.page.reload()  # the place that Tab starts from is the top again
    names: list[str] = []
    for forward, most in ((True, 60), (False, 60)):
        for _ in range(most):
            page.page.keyboard.press("Tab" if forward else "Shift+Tab")
            found = page.run(FOCUS)
            if found is None:
                break
            assert not found["hidden"], found
            assert found["outline"] == "solid", found
            names.append(found["name"])
        page.run("() => { document.activeElement.blur(); scrollTo(0, 1e9); }")
    assert names[0].startswith("A  Skip to the content")
    assert len(set(names)) > 8


def test_tab_leaves_the_map_either_way(browser: Browser, whatif_file: Path) -> None:
    with visit(browser, whatif_file) as found:
        for key in ("Tab", "Shift+Tab"):
            found.page.focus("#canvas")
            found.page.keyboard.press("ArrowRight")
            found.page.focus("#canvas")
            found.page.keyboard.press(key)
            assert found.run("document.activeElement.id") != "canvas"


def test_what_opens_takes_the_focus_and_what_closes_gives_it_back(
    browser: Browser, whatif_file: Path
) -> None:
    with visit(browser, whatif_file) as found:
        found.page.focus("#w-open")
        found.page.keyboard.press("Enter")
        assert found.run("document.activeElement.id") == "w-title"
        found.page.focus("#w-close")
        found.page.keyboard.press("Enter")
        assert found.run("document.activeElement.id") == "w-open"


def test_a_field_that_cannot_be_used_says_why_beside_it(
    browser: Browser, whatif_file: Path
) -> None:
    with visit(browser, whatif_file) as found:
        found.page.click("#w-open")
        found.page.fill("#w-find", CHANGED)
        found.page.keyboard.press("Enter")
        found.page.fill("#w-amount-0", "")
        field = found.page.locator("#w-amount-0")
        assert field.get_attribute("aria-invalid") == "true"
        why = field.get_attribute("aria-describedby")
        assert why is not None
        assert found.page.inner_text(f"#{why}") == "Type a whole number from 0 to 120."
        assert violations(found, "#map-app") == []
        found.page.fill("#w-amount-0", "3")
        assert field.get_attribute("aria-invalid") is None
        assert found.page.is_hidden(f"#{why}")
        found.page.select_option("#w-kind-0", "finish")
        found.page.locator("#w-date-0").fill("")
        assert "whole date" in found.page.inner_text("#w-date-0-why")

"""The local page in a real browser: accessible, by keyboard, narrow, without scripts, quiet."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from knockon.local.desk import Desk
from knockon.local.riskruns import RiskRun
from tests.knockon.council import council
from tests.knockon.local.browsed import broken_rules, browse, reach, serve_desk, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A served desk with the council's plan."""
    desk = Desk()
    desk.lobby.put(council(), files=["paper.txt"])
    with serve_desk(desk) as found:
        yield found


def test_what_if_by_keyboard_alone(browser: Browser, address: str) -> None:
    with browse(browser, address) as page:
        page.goto(f"{address}/")
        reach(page, "Improvement plan")
        page.keyboard.press("Enter")
        page.wait_for_url("**/plans/wex")
        reach(page, "What if")
        page.keyboard.press("Enter")
        page.wait_for_url("**/what-if")
        reach(page, "what1", by="id")
        page.keyboard.type("A.1")
        page.keyboard.press("Tab")
        page.keyboard.type("2 months")
        page.keyboard.press("Enter")
        page.wait_for_selector("text=becomes late by 15 to 59 days")


def test_the_map_answers_in_the_page(browser: Browser, address: str) -> None:
    with browse(browser, address) as page:
        page.goto(f"{address}/plans/wex/map")
        page.wait_for_selector("html.ready", state="attached")
        page.get_by_role("button", name="What if it slips?").click()
        page.get_by_label("Choose an item that changes").fill("A.1")
        page.locator("#w-found button").first.click()
        assert page.locator("#w-sentence").inner_text().startswith("If A.1")
        assert broken_rules(page) == []


def test_without_scripts_the_essentials_work(browser: Browser, address: str) -> None:
    with browse(browser, address, java_script_enabled=False) as page:
        page.goto(f"{address}/plans/wex")
        page.get_by_role("link", name="What if", exact=True).click()
        page.locator("#what1").fill("A.1")
        page.locator("#by1").fill("2m")
        page.get_by_role("button", name="What moves?").click()
        assert page.get_by_text("becomes late by 15 to 59 days").count() == 2
        page.goto(f"{address}/plans/wex/items")
        page.get_by_label("Number, words or owner").fill("integrated")
        page.get_by_role("button", name="Show").click()
        assert page.locator("tbody tr").count() == 1
        page.goto(f"{address}/plans/wex/map")
        assert not page.locator("#map-app").is_visible()
        assert page.locator("#items tbody tr").count() == 6


def test_risk_shows_how_far_it_is_and_is_cancelled(
    browser: Browser, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    monkeypatch.setattr(RiskRun, "_simulate", lambda run: _wait(run, go))
    with browse(browser, address) as page:
        page.goto(f"{address}/plans/wex/risk")
        page.get_by_role("button", name="Run it").click()
        page.wait_for_selector("text=4,000 of 10,000 runs done.")
        assert page.locator("progress").evaluate("(bar) => bar.value / bar.max") == 0.4
        assert broken_rules(page) == []
        page.get_by_role("button", name="Cancel").click()
        page.wait_for_selector("text=This was cancelled")
        assert broken_rules(page) == []
    go.set()


def _wait(run: RiskRun, go: threading.Event) -> None:
    run.done = 4_000
    go.wait(60)


def test_a_finished_risk_comes_by_itself(browser: Browser, address: str) -> None:
    with browse(browser, address) as page:
        page.goto(f"{address}/plans/wex/risk")
        page.get_by_label("Runs, up to 100,000").fill("200")
        page.get_by_role("button", name="Run it").click()
        page.wait_for_selector("text=How likely are the dates?", timeout=400_000)
        assert broken_rules(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert width_of(page) <= 320


def test_two_people_at_once_do_not_mix(browser: Browser, address: str) -> None:
    with browse(browser, address) as mine, browse(browser, address) as yours:
        mine.goto(f"{address}/")
        yours.goto(f"{address}/")
        mine.locator("li", has_text="Improvement plan").get_by_role("button").click()
        mine.wait_for_load_state()
        assert mine.get_by_role("link", name="Improvement plan", exact=True).count() == 0
        yours.reload()
        assert yours.get_by_role("link", name="Improvement plan", exact=True).count() == 1


def test_a_page_from_elsewhere_reads_and_sends_nothing(browser: Browser, address: str) -> None:
    other = address.replace("127.0.0.1", "localhost")  # another site to a browser
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"{other}/api/plans")
        got = page.evaluate(
            """async (address) => {
              const tried = [];
              for (const [method, path] of [["GET", "/api/plans"], ["POST", "/plans/wex/close"]])
                try { tried.push((await fetch(address + path, {method})).status); }
                catch (error) { tried.push(error.name); }
              return tried;
            }""",
            address,
        )
        assert got == ["TypeError", "TypeError"]
        page.goto(f"{address}/")
        assert page.get_by_role("link", name="Improvement plan", exact=True).count() == 1

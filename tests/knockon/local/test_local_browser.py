"""The local page in a real browser: accessible, by keyboard, narrow, without scripts, quiet."""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from knockon.local.app import make_app
from knockon.local.desk import Desk
from knockon.local.riskruns import RiskRun
from tests.knockon.council import council
from tests.viz.driving import LAPTOP, Visit, violations
from tests.viz.hostile import build_hostile_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

PAGES = ("/", "/plans/wex", "/plans/wex/map", "/plans/wex/what-if",
         "/plans/wex/what-if?what=A.1&by=2m&cures=true", "/plans/wex/what-if?what=x&by=2m",
         "/plans/wex/items", "/plans/wex/item?id=A.2", "/plans/wex/owners", "/plans/wex/boards",
         "/plans/wex/risk", "/plans/wex/check", "/plans/wex/files", "/api", "/nowhere")  # fmt: skip

_WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A served desk with the council's plan and a hostile one."""
    desk = Desk()
    desk.lobby.put(build_hostile_plan())
    desk.lobby.put(council(), files=["paper.txt"])
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        server = uvicorn.Server(
            uvicorn.Config(make_app(desk, port=port), log_level="error", ws="none")
        )
        thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join(10)


@contextmanager
def browse(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Open a fresh context; at its end, nothing was fetched from elsewhere and no rule broken."""
    noted: list[str] = []
    with browser.new_context(**{"viewport": LAPTOP, **options}) as context:
        page = context.new_page()
        page.add_init_script(_WATCH)
        page.on("request", lambda one: noted.append(one.url) if _is_foreign(one.url) else None)
        page.on("pageerror", lambda error: noted.append(str(error)))
        page.on("dialog", lambda dialog: noted.append(dialog.message))
        page.on(
            "console",
            lambda said: noted.append(said.text) if "Content Security" in said.text else None,
        )

        def _is_foreign(url: str) -> bool:
            return not url.startswith((address, "data:", "blob:"))

        yield page
        assert noted == []


def broken_rules(page: Page) -> list[str]:
    found: list[str] = page.evaluate("window.violations")
    return found + violations(Visit(page, Path()))


def width_of(page: Page) -> int:
    width: int = page.evaluate("document.documentElement.scrollWidth")
    return width


def test_every_page_is_accessible_and_reflows(browser: Browser, address: str) -> None:
    with browse(browser, address) as page:
        for path in PAGES:
            page.set_viewport_size(LAPTOP)
            page.goto(address + path)
            assert broken_rules(page) == [], path
            page.set_viewport_size({"width": 320, "height": 640})
            assert width_of(page) <= 320, path


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


def reach(page: Page, wanted: str, *, by: str = "textContent") -> None:
    """Press Tab until the focus is on what is wanted, which must be seen to have it."""
    for _ in range(60):
        page.keyboard.press("Tab")
        found = page.evaluate(f"document.activeElement.{by}.trim()")
        if found == wanted:
            style = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert style == "solid"
            return
    raise AssertionError(f"{wanted} is not reached")


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
        page.wait_for_selector("text=How likely are the dates?", timeout=60_000)
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


def test_hostile_text_does_nothing(browser: Browser, address: str) -> None:
    with browse(browser, address) as page:
        for path in ("", "/map", "/items", "/item?id=A%26%3C", "/owners", "/check"):
            page.goto(f"{address}/plans/hostile{path}")
            page.mouse.move(300, 300)
            assert page.evaluate("window.pwned") is None
            assert page.evaluate("window.violations") == []


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

"""Every page that is served, walked in a real browser: each of them must pass each of these tests.

docs/accessibility.md names these tests for the local page. A page that is not in `PAGES` fails the
first of them, so that none is forgotten.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from knockon.local.app import ROUTES
from knockon.local.desk import Desk
from tests.knockon.council import COUNCIL, council
from tests.knockon.local.browsed import broken_rules, browse, reach, serve_desk, width_of
from tests.loaders.small_review import make_plan
from tests.viz.driving import CUT, FOCUS, LAPTOP, SPACING
from tests.viz.hostile import build_hostile_plan

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, ViewportSize

#: A window of 1280 x 1024 at 400 %, in CSS pixels.
ZOOMED: ViewportSize = {"width": 320, "height": 256}

#: Addresses below a plan, for every page and the states that change it most. Scenarios 1 and 2 and
#: the risk analysis are made by the fixture.
OF_A_PLAN = (
    "", "/map", "/what-if", "/what-if?what=A.1&by=2m&cures=true", "/what-if?what=x&by=2m",
    "/items", "/items?q=nothing+like+it", "/item?id=A.2", "/owners", "/officer?id=dasc",
    "/officer?id=cx", "/boards", "/board?id=ib", "/board?id=cab", "/risk", "/risk/RUN", "/check",
    "/review", "/compare", "/compare?with=wex", "/problems", "/files", "/scenarios",
    "/scenarios/1", "/scenarios/1/answer", "/scenarios/pair?first=1&second=2",
)  # fmt: skip
PAGES = ("/", "/open", *(f"/plans/wex-2{one}" for one in OF_A_PLAN), "/api", "/nowhere",
         "/plans/p/review")  # fmt: skip

#: Controls without an edge that is seen, or words that are not, where colours are forced.
UNSEEN = """() => {
  const ground = getComputedStyle(document.body).backgroundColor;
  const found = [];
  for (const one of document.querySelectorAll("button, select, textarea, a.button, input"
      + ":not([type=hidden], [type=file], [type=range])")) {
    const style = getComputedStyle(one);
    if (one.matches("[type=checkbox]") && style.appearance === "auto") continue; // the system's own
    if (one.checkVisibility() && (style.borderTopStyle === "none" || style.borderTopWidth === "0px"
        || style.borderTopColor === style.backgroundColor && style.backgroundColor === ground))
      found.push(`no edge: ${one.outerHTML.slice(0, 90)}`);
  }
  for (const one of document.querySelectorAll("h1, h2, h3, p, li, a, td, th, label, dd, summary")) {
    const style = getComputedStyle(one);
    if (one.checkVisibility() && one.textContent.trim() && style.color === style.backgroundColor)
      found.push(`no words: ${one.outerHTML.slice(0, 90)}`);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A served desk: two versions of the council's plan, one with proposals, a hostile one."""
    desk = Desk()
    desk.lobby.put(build_hostile_plan())
    desk.lobby.put(make_plan())
    desk.lobby.put(council(as_of="2026-08-31"))
    items = [dict(one) for one in COUNCIL["items"]]
    items[2]["planned"] = {"start": "2026-12-01", "finish": "2027-03-31"}
    desk.lobby.put(council(as_of="2026-09-30", items=items), files=["paper.txt"])
    with serve_desk(desk) as found:
        yield found


def prepare(page: Page, address: str, plan: str = "wex-2") -> str:
    """Make two scenarios and a risk analysis of a plan; return where that analysis is."""
    page.goto(address)  # from here on it has a shelf of its own
    at = f"{address}/plans/{plan}"
    asked = {"origin": address, "sec-fetch-site": "same-origin"}
    for name in ("Late", "Later"):
        made = page.request.post(
            f"{address}/api/plans/{plan}/scenarios",
            headers=asked,
            data={"schema": "knockon/scenario@1", "name": name, "changes": [
                {"op": "slip", "item": next(iter(_items(page, address, plan))), "by": "2m"}]},
        )  # fmt: skip
        assert made.ok, made.text()
    begun = page.request.post(f"{at}/risk", headers=asked, form={"iterations": 20, "seed": 1})
    assert begun.ok, begun.text()
    run = re.search(r"/risk/([^/?]+)", begun.url)
    assert run is not None
    for _ in range(4_000):
        told = page.request.get(f"{at}/risk/{run[1]}/progress").json()
        if told["state"] != "running":
            break
        page.wait_for_timeout(100)
    return run[1]


def go(page: Page, address: str, path: str) -> None:
    """Go to a page, which must be there unless it is one that says what is wrong."""
    answer = page.goto(address + path)
    assert answer is not None
    faults = {"/nowhere": 404, "/plans/wex-2/what-if?what=x&by=2m": 422}
    assert answer.status == faults.get(path, 200), path


def _items(page: Page, address: str, plan: str) -> Iterator[str]:
    rows = page.request.get(f"{address}/api/plans/{plan}/items").json()["items"]
    return (one["id"] for one in rows if one["kind"] == "milestone" and one["status"] != "complete")


def test_every_page_is_walked() -> None:
    walked = [path.partition("?")[0] for path in PAGES]
    for name in ROUTES:
        for route in import_module(name).router.routes:
            if route.endpoint.__name__.startswith(("show_", "list_")) and "GET" in route.methods:
                if route.path.startswith("/api/"):
                    continue
                like = re.compile(re.sub(r"\{[^}]+\}", r"[\\w-]+", route.path) + "$")
                assert any(map(like.match, walked)), route.path


def test_every_page_meets_the_rules_reflows_and_cuts_nothing(
    browser: Browser, address: str
) -> None:
    """As it opens; at 400 %; with the text spacing of criterion 1.4.12; with text of 200 %."""
    with browse(browser, address) as page:
        run = prepare(page, address)
        for path in PAGES:
            go(page, address, path.replace("RUN", run))
            assert broken_rules(page) == [], path
            page.set_viewport_size(ZOOMED)
            assert width_of(page) <= ZOOMED["width"], path
            page.set_viewport_size(LAPTOP)
            page.evaluate(SPACING)
            assert page.evaluate("getComputedStyle(document.body).letterSpacing") != "normal"
            assert page.evaluate(CUT) == [], path
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            assert page.evaluate(CUT) == [], path
            assert width_of(page) <= LAPTOP["width"], path


def test_every_page_keeps_edges_words_and_focus_where_colours_are_forced(
    browser: Browser, address: str
) -> None:
    with browse(browser, address, forced_colors="active", reduced_motion="reduce") as page:
        run = prepare(page, address)
        for path in PAGES:
            go(page, address, path.replace("RUN", run))
            assert page.evaluate(UNSEEN) == [], path
            if path != "/":  # the bar above is walked once
                page.evaluate("document.getElementById('main').focus()")
            for _ in range(9):
                page.keyboard.press("Tab")
                found = page.evaluate(FOCUS)
                if found is None:
                    break
                assert found["outline"] == "solid", (path, found)
                assert not found["hidden"], (path, found)


def test_every_page_says_what_it_has_to_without_scripts(browser: Browser, address: str) -> None:
    with browse(browser, address, java_script_enabled=False) as page:
        run = prepare(page, address)
        for path in PAGES:
            go(page, address, path.replace("RUN", run))
            assert page.locator("h1").count() == 1, path
            main = page.locator("main")
            assert len(main.inner_text()) > 40, path
            # Nothing stands there that only a script could make work.
            assert page.locator("main button:visible:not(form button)").count() == 0, path
            assert page.locator("canvas:visible, [role=application]:visible").count() == 0, path
            if path.startswith("/plans/"):
                assert page.get_by_role("navigation", name="Pages of this plan").is_visible(), path


def test_hostile_text_is_inert_on_every_page(browser: Browser, address: str) -> None:
    with browse(browser, address) as page:
        run = prepare(page, address, "hostile")
        for path in OF_A_PLAN:
            told = path.replace("RUN", run).replace("A.1", "%3Cb%3E1").replace("A.2", "%3Cb%3E2")
            told = (
                told.replace("dasc", "o")
                .replace("=cx", "=p")
                .replace("=ib", "=b")
                .replace("=cab", "=q")
            )
            assert (answer := page.goto(f"{address}/plans/hostile{told}")) is not None
            assert answer.status in {200, 422}, path
            page.mouse.move(300, 300)
            page.keyboard.press("Tab")
            assert page.evaluate("[window.pwned ?? null, window.violations]") == [None, []], path


def test_the_main_tasks_by_keyboard_alone(browser: Browser, address: str) -> None:
    """From the list of plans to an officer, a scenario with a change, and a comparison."""
    with browse(browser, address) as page:
        page.goto(f"{address}/plans/wex-2")
        follow(page, "Owners", "**/owners")
        follow(page, "Director of Adult Social Care", "**/officer?id=dasc")
        follow(page, "What if everything unfinished here slips a month?", "**/what-if?*")
        assert page.locator(".headline").first.inner_text().startswith("If everything")
        follow(page, "Scenarios", "**/scenarios")
        reach(page, "name", by="name")
        page.keyboard.type("Later")
        page.keyboard.press("Enter")
        page.wait_for_url("**/scenarios/1*")
        reach(page, "item", by="name")
        page.keyboard.type("A.1")
        page.keyboard.press("Enter")
        page.wait_for_load_state()
        follow(page, "Compare", "**/compare")
        reach(page, "with", by="name")
        page.keyboard.type("Improvement plan, 31 Aug")
        reach(page, "Compare")
        page.keyboard.press("Enter")
        page.wait_for_url("**/compare?with=wex&*")
        assert "59 days" in page.locator("table").first.inner_text()


def follow(page: Page, words: str, to: str) -> None:
    """Go to a link with Tab and follow it with Enter."""
    reach(page, words)
    page.keyboard.press("Enter")
    page.wait_for_url(to)

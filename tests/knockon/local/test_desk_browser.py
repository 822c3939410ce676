"""Opening, review, comparing and scenarios in a real browser: by keyboard, narrow, no scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from knockon.local.desk import Desk
from tests.knockon.council import COUNCIL, council
from tests.knockon.local.browsed import broken_rules, browse, serve_desk, width_of
from tests.loaders.small_review import make_plan
from tests.viz.driving import LAPTOP

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, FilePayload, Page

PLAN: FilePayload = {
    "name": "plan.json",
    "mimeType": "application/json",
    "buffer": json.dumps(COUNCIL).encode(),
}
TORN: FilePayload = {"name": "<b>torn.docx", "mimeType": "a/b", "buffer": b"PK\x03\x04 torn"}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A served desk: a small plan with proposals, two versions of the council's."""
    desk = Desk()
    desk.lobby.put(council(as_of="2026-08-31"))
    items = [dict(one) for one in COUNCIL["items"]]
    items[2]["planned"] = {"start": "2026-12-01", "finish": "2027-03-31"}
    desk.lobby.put(council(as_of="2026-09-30", items=items))
    desk.lobby.put(make_plan())
    with serve_desk(desk) as found:
        yield found


def is_sound(page: Page) -> None:
    """Assert that a page is accessible, breaks no rule of its policy, and reflows."""
    assert broken_rules(page) == [], page.url
    page.set_viewport_size({"width": 320, "height": 640})
    assert width_of(page) <= 320, page.url
    page.set_viewport_size(LAPTOP)


def test_files_are_sent_with_a_bar_and_faults_told_in_place(browser: Browser, address: str) -> None:
    with browse(browser, address) as page:
        page.goto(f"{address}/open")
        page.get_by_label("Files of one plan").set_input_files([TORN])
        assert page.locator("#chosen li").inner_text() == "<b>torn.docx (1 kB)"
        page.get_by_role("button", name="Open").click()
        page.wait_for_selector("#fault:not([hidden])")
        assert page.evaluate("document.activeElement.id") == "fault"
        assert "torn.docx" in page.locator("#fault p").inner_text()
        is_sound(page)
        page.get_by_label("Files of one plan").set_input_files([PLAN])
        page.get_by_role("button", name="Open").click()
        page.wait_for_url("**/plans/wex-3")
        page.goto(f"{address}/plans/wex-3/problems")
        is_sound(page)


def test_files_are_dropped_in(browser: Browser, address: str) -> None:
    with browse(browser, address) as page:
        page.goto(f"{address}/")
        page.evaluate(
            """(text) => {
              const data = new DataTransfer();
              data.items.add(new File([text], "dropped.json"));
              for (const kind of ["dragover", "drop"])
                document.body.dispatchEvent(
                  new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
            }""",
            json.dumps(COUNCIL),
        )
        assert "dropped.json" in page.locator("#chosen").inner_text()
        page.keyboard.press("Enter")
        page.wait_for_url("**/plans/wex-3")


def test_review_by_keys(browser: Browser, address: str) -> None:
    from playwright.sync_api import expect  # noqa: PLC0415 - 0.5 s that most runs save

    with browse(browser, address) as page:
        page.goto(f"{address}/plans/p/review?order=plan")
        page.keyboard.press("a")  # the focus is elsewhere: no key does anything
        page.wait_for_timeout(100)
        assert "0 of 5 decided" in page.locator("#review").inner_text()
        page.locator("#review").focus()
        page.keyboard.type("aws agreed ")  # typed ahead: accept, then a note with an s in it
        expect(page.locator("#why")).to_have_value("s agreed ")
        assert "1 of 5 decided" in page.locator("#review").inner_text()
        expect(page.locator(".said")).to_have_text("Accepted. Next: A1 → A2.")
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.id") == "review"
        page.keyboard.press("t")
        assert page.locator("#kind").input_value() == "SS"
        page.keyboard.press("a")
        page.wait_for_selector("text=2 of 5 decided")
        page.keyboard.press("u")
        page.wait_for_selector("text=1 of 5 decided")
        page.keyboard.type("rvsr")
        page.wait_for_selector("text=That was the last one. 1 proposal was skipped.")
        is_sound(page)
        states = page.evaluate(
            """async () => (await (await fetch("/api/plans/p/proposals?state=all")).json())
              .proposals.map((one) => one.name + " " + one.state).sort()"""
        )
        assert states == [
            "gates-0 rejected", "items-5 accepted",
            "links-0 rejected", "links-1 accepted", "links-2 proposed",
        ]  # fmt: skip
        page.locator("summary", has_text="What is decided").click()
        is_sound(page)


def test_review_and_opening_without_scripts(browser: Browser, address: str) -> None:
    with browse(browser, address, java_script_enabled=False) as page:
        page.goto(f"{address}/plans/p/review?order=plan&at=links-0")
        assert not page.locator("kbd").first.is_visible()
        page.get_by_label("Why, if that is worth keeping").fill("It is so")
        page.get_by_role("button", name="Reject").click()
        assert "1 of 5 decided" in page.locator("#review").inner_text()
        page.get_by_role("button", name="Undo the last").click()
        assert "0 of 5 decided" in page.locator("#review").inner_text()
        page.goto(f"{address}/open")
        page.locator("#files").set_input_files([TORN])
        page.get_by_role("button", name="Open").click()
        assert "torn.docx" in page.locator("#fault").inner_text()
        page.locator("#files").set_input_files([PLAN])
        page.get_by_role("button", name="Open").click()
        page.wait_for_url("**/plans/wex-3")


def test_two_tabs_and_two_people(browser: Browser, address: str) -> None:
    with browse(browser, address) as mine, browse(browser, address) as yours:
        tab = mine.context.new_page()
        for page in (mine, tab, yours):
            page.goto(f"{address}/plans/p/review?order=plan&at=links-0#review")
        mine.keyboard.press("a")
        mine.wait_for_selector("text=1 of 5 decided")
        tab.keyboard.press("r")
        tab.wait_for_selector("text=changed elsewhere")
        assert "accepted" in tab.locator("#review").inner_text().lower()
        yours.reload()
        assert "0 of 5 decided" in yours.locator("#review").inner_text()


def test_comparing_and_scenarios(browser: Browser, address: str) -> None:
    with browse(browser, address) as page:
        page.goto(f"{address}/plans/wex-2/compare")
        page.get_by_label("Older version", exact=True).select_option("wex")
        page.get_by_role("button", name="Compare", exact=True).click()
        assert "59 days" in page.locator("table").first.inner_text()
        page.goto(f"{address}/plans/wex/scenarios")
        page.get_by_label("Name", exact=True).fill("<i>Late</i>")
        page.get_by_role("button", name="Make it").click()
        page.get_by_label("Item", exact=True).fill("A.1")
        page.get_by_label("How much later").fill("2")
        page.get_by_role("button", name="Add it").click()
        assert "15 to 59 days" in page.locator("table").first.inner_text()
        page.get_by_role("button", name="Copy").click()
        page.get_by_label("What happens").select_option("away")
        page.get_by_role("button", name="Choose").click()
        page.get_by_label("From", exact=True).fill("2027-01-01")
        page.get_by_label("To, that day included").fill("2027-02-28")
        page.get_by_role("button", name="Add it").click()
        is_sound(page)
        page.get_by_role("button", name="Compare").click()
        assert "later in the" in page.locator("table").first.inner_text()
        page.get_by_role("link", name="All scenarios").click()
        assert page.get_by_role("link", name="<i>Late</i>", exact=True).count() == 1

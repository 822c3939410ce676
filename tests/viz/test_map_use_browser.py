"""Using the map: by keyboard, by mouse, and from the page around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.viz.driving import drawn_frames

if TYPE_CHECKING:
    from tests.viz.driving import Visit


def test_a_keyboard_finds_an_item_and_walks_its_links(opened: Visit) -> None:
    page = opened.page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    while page.evaluate("document.activeElement.id") != "find":
        page.keyboard.press("Tab")
    page.keyboard.type("si1.1.3.5")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "details-title"
    panel = page.inner_text("#panel")
    assert "SI1.1.3.5 Agree the structure after the consultation" in panel
    assert "must finish first, then 45 days" in panel
    page.get_by_role("button", name="SI1.1.3.6 Fill the posts").focus()
    page.keyboard.press("Enter")
    assert page.inner_text("#details-title").startswith("SI1.1.3.6")
    assert page.evaluate("document.activeElement.id") == "details-title"
    assert "SI1.1.3.6" in page.inner_text("#says")


def test_the_reason_of_a_link_is_in_the_panel(opened: Visit) -> None:
    page = opened.page
    page.fill("#find", "SI1.1.3.5")
    page.keyboard.press("Enter")
    page.locator("#panel summary").first.click()
    why = page.locator("#panel details[open]").inner_text()
    assert "The consultation takes 45 days and its outcome weeks more." in why
    assert "line 71" in why
    assert "decided by CPMO on 12 Jun 2026" in why
    source = page.locator("#panel blockquote").last.inner_text()
    assert source == "Agree the structure after the consultation (Dec 2026)"
    assert "Delivery plan, line" in page.inner_text("#panel")


def test_arrows_on_the_map_follow_links_and_items(opened: Visit) -> None:
    page = opened.page
    opened.run("(n) => knockon.app.choose(n, {move: true})", opened.number_of("SI1.1.3.5"))
    page.focus("#canvas")
    page.keyboard.press("ArrowLeft")
    assert page.inner_text("#details-title").startswith("SI1.1.3.4")
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#details-title").startswith("SI1.1.3.5")
    page.keyboard.press("Home")
    first = page.inner_text("#details-title")
    page.keyboard.press("ArrowDown")
    assert page.inner_text("#details-title") != first
    page.keyboard.press("ArrowUp")
    assert page.inner_text("#details-title") == first
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "details-title"
    page.focus("#canvas")
    page.keyboard.press("Escape")
    assert page.is_hidden("#details")
    assert page.is_visible("#legend")
    opened.assert_quiet()


def test_results_of_a_search_can_be_walked_and_left(opened: Visit) -> None:
    page = opened.page
    page.fill("#find", "director of finance")
    assert page.locator("#found button").count() > 3
    assert "found" in page.inner_text("#says")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement === document.querySelectorAll('#found button')[1]")
    page.keyboard.press("Escape")
    assert page.is_hidden("#found")
    assert page.evaluate("document.activeElement.id") == "find"
    page.fill("#find", "no such thing at all")
    assert "Nothing found" in page.inner_text("#found")


def test_an_action_opens_and_closes(opened: Visit) -> None:
    page = opened.page
    page.fill("#find", "SI1.1.3")
    page.keyboard.press("Enter")
    number = opened.number_of("SI1.1.3")
    assert not opened.run("(n) => knockon.app.model.open.has(n)", number)
    page.get_by_role("button", name="Open on the map").click()
    assert opened.run("(n) => knockon.app.model.open.has(n)", number)
    assert (
        page.evaluate("document.getElementById('level').selectedOptions[0].text") == "Some opened"
    )
    page.get_by_role("button", name="Close on the map").click()
    assert not opened.run("(n) => knockon.app.model.open.has(n)", number)
    lane = page.locator("#lane-buttons button").first
    assert lane.get_attribute("aria-expanded") == "true"
    lane.click()
    drawn_frames(page)
    assert lane.get_attribute("aria-expanded") == "false"


def test_proposed_links_appear_when_asked_for(opened: Visit) -> None:
    before = opened.run("() => knockon.app.model.drawnLinks().length")
    assert "And proposed (142)" in opened.page.inner_text("#links-shown")
    opened.page.select_option("#links-shown", "all")
    assert opened.run("() => knockon.app.model.drawnLinks().length") > before
    looks = opened.run("""() => {
      knockon.app.setLevel("all");
      const linkOf = new Map(knockon.app.model.links.map((link) => [link.number, link]));
      const drawn = knockon.app.network.body.data.edges.get();
      return drawn.map((edge) => [linkOf.get(edge.id), edge.dashes, edge.label]);
    }""")
    for link, dashes, label in looks:
        assert bool(dashes) == (link["state"] == "proposed" or bool(link["clash"]))
        assert ("✕" in (label or "")) == bool(link["clash"])


def test_zoom_and_span_have_buttons(opened: Visit) -> None:
    scale = "() => knockon.app.network.getScale()"
    begun = opened.run(scale)
    opened.page.get_by_role("button", name="Zoom in").click()
    assert opened.run(scale) == pytest.approx(begun * 1.3)
    opened.page.get_by_role("button", name="Zoom out").click()
    assert opened.run(scale) == pytest.approx(begun)
    for _ in range(20):
        opened.page.get_by_role("button", name="Zoom out").click()
    opened.page.get_by_role("button", name="Whole span").click()
    drawn_frames(opened.page)
    left, right = opened.run(
        """() => {
          const { view, model } = knockon.app.scene();
          return [view.x(0), view.x(model.width)];
        }"""
    )
    assert left >= 0
    assert right <= opened.run("() => document.getElementById('canvas').clientWidth")


def test_a_wheel_moves_the_map_and_then_the_page(opened: Visit) -> None:
    page = opened.page
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 200, box["y"] + 200)
    page.mouse.wheel(0, 400)
    drawn_frames(page)
    assert page.evaluate("window.scrollY") == 0
    moved = opened.run("() => knockon.app.network.getViewPosition().y")
    for _ in range(12):  # also where the name of a theme lies under the pointer
        page.mouse.wheel(0, 400)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    drawn_frames(page)
    assert opened.run("() => knockon.app.network.getViewPosition().y") > moved
    page.wait_for_function("window.scrollY > 0")


def test_a_click_chooses_and_a_drag_moves(opened: Visit) -> None:
    page = opened.page
    number = opened.number_of("SI1.1.3")
    x, y = opened.run(
        """(n) => { const m = knockon.app.model.markOf.get(n), v = knockon.app.scene().view;
          return [v.x(m.left) + 40, v.y(m.y) - 6] }""",
        number,
    )
    box = page.locator("#canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + x, box["y"] + y)
    assert page.inner_text("#details-title").startswith("SI1.1.3")
    begun = opened.run("() => knockon.app.network.getViewPosition()")
    page.mouse.move(box["x"] + 500, box["y"] + 400)
    page.mouse.down()
    page.mouse.move(box["x"] + 420, box["y"] + 300, steps=5)
    page.mouse.up()
    ended = opened.run("() => knockon.app.network.getViewPosition()")
    assert ended["y"] > begun["y"]
    assert page.inner_text("#details-title").startswith("SI1.1.3")  # a drag chooses nothing


def test_a_row_of_the_table_leads_to_the_map(opened: Visit) -> None:
    opened.page.locator("#items a", has_text="SI1.1.3.5").first.click()
    assert opened.page.inner_text("#details-title").startswith("SI1.1.3.5")
    assert opened.run("() => knockon.app.state.chosen") == opened.number_of("SI1.1.3.5")

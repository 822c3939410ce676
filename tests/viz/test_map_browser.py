"""The map in a real browser: quiet, quick, usable by keyboard, and the same as the tables."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from simulations.schedule import schedule
from tests.viz.driving import LAPTOP, drawn_frames, violations, visit
from tests.viz.hostile import PAYLOADS, build_hostile_plan
from tests.viz.samples import build_plan, build_schedule
from viz.layout import stack
from viz.network import draw_map, view_plan

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.viz.driving import Visit


def test_it_opens_quietly_from_a_file_without_a_network(opened: Visit) -> None:
    drawn_frames(opened.page)
    opened.assert_quiet()


def test_it_meets_the_accessibility_rules_in_every_state(opened: Visit) -> None:
    assert violations(opened) == []
    opened.page.fill("#find", "consult")
    assert violations(opened, "#map-app") == []
    opened.page.fill("#find", "SI1.1.3.5")
    opened.page.keyboard.press("Enter")
    opened.page.locator("#panel summary").first.click()
    assert violations(opened, "#map-app") == []
    opened.page.select_option("#pick", "0")
    opened.page.select_option("#level", "lanes")
    assert violations(opened, "#map-app") == []


def test_the_page_places_things_where_python_does(opened: Visit) -> None:
    plan = build_plan()
    view = view_plan(plan, build_schedule(), plan.links)
    assert view.chart is not None
    layout = view.chart.layout
    read = """() => ({
      y: Object.fromEntries(knockon.app.model.marks.map((mark) => [mark.number, mark.y])),
      lanes: knockon.app.model.lanes.map((lane) => [lane.top, lane.bottom]),
    })"""
    every = {lane.key for lane in layout.lanes}
    for level, wanted in {
        "groups": stack(layout, opened=set()),
        "all": stack(layout, opened=set(layout.depth)),
        "lanes": stack(layout, opened=set(), closed_lanes=every),
    }.items():
        opened.run("(level) => knockon.app.setLevel(level)", level)
        found = opened.run(read)
        expected = {
            str(n): wanted.y[one.id] for n, one in enumerate(view.items) if one.id in wanted.y
        }
        assert found["y"] == pytest.approx(expected)
        bands = [edge for band in wanted.bands.values() for edge in band]
        assert [edge for lane in found["lanes"] for edge in lane] == pytest.approx(bands)


def test_links_of_closed_actions_are_drawn_once_with_their_number(opened: Visit) -> None:
    counted = opened.run("() => knockon.app.model.drawnLinks().map((one) => one.count)")
    shown = opened.run("() => knockon.app.model.drawnLinks().length")
    opened.run("() => knockon.app.setLevel('all')")
    accepted = [link for link in build_plan().links if link.state == "accepted"]
    assert opened.run("() => knockon.app.model.drawnLinks().length") == len(accepted)
    parents = build_plan().index.parents
    pairs = {
        (parents[link.from_], parents[link.to])
        for link in accepted
        if parents[link.from_] != parents[link.to]
    }
    assert shown == len(pairs)
    assert sum(counted) == sum(parents[link.from_] != parents[link.to] for link in accepted)


OVERLAPS = """(scale) => {
  const { app, labelPlace, wrapLabel } = knockon;
  const ctx = document.createElement("canvas").getContext("2d");
  app.camera.moveTo({ x: 300, y: 400 }, scale);
  const scene = app.scene();
  const boxes = [];
  for (const mark of app.model.marks) {
    if (app.model.isRolled(mark)) continue;
    const place = labelPlace(scene, mark);
    if (!place || !place.many) continue;
    const text = wrapLabel(ctx, scene.text(mark.number), place);
    const lines = Math.max(1, text.rest.length);
    ctx.font = `bold ${place.size}px Arial`;
    const id = ctx.measureText(text.id).width + 5;
    ctx.font = `${place.size}px Arial`;
    const widths = text.rest.map((line, n) => ctx.measureText(line).width + (n ? 0 : id));
    const right = place.left + Math.max(id, ...widths);
    const tall = lines * place.line;
    const top = place.top === undefined ? place.middle - tall / 2 : place.top;
    boxes.push({ id: text.id, left: place.left, right, top, bottom: top + tall });
  }
  const hits = [];
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  boxes.forEach((a, n) => boxes.slice(0, n).forEach((b) => meet(a, b) && hits.push([a.id, b.id])));
  return { scale: scene.view.scale, labels: boxes.length, hits };
}"""


@pytest.mark.parametrize("level", ["groups", "all"])
def test_labels_never_overlap(opened: Visit, level: str) -> None:
    opened.run("(level) => knockon.app.setLevel(level)", level)
    drawn_frames(opened.page)
    told = 0
    for scale in (0.3, 0.45, 0.62, 0.8, 1.0, 1.4, 2.0, 3.0):
        found = opened.run(OVERLAPS, scale)
        assert found["hits"] == []
        told += found["labels"]
    assert told > 500


#: Where the axis writes years and the flag of the data date, as it is moved along under the view.
_YEARS = """(wide) => {
  const found = [];
  for (let offset = -40; offset < 500; offset += 7) {
    const said = [];
    const known = { measureText: (text) => ({ width: 7 * text.length }),
      fillText: (text, x) => said.push([text, x]) };
    const ctx = new Proxy(known, { get: (it, key) => it[key] ?? (() => {}), set: () => true });
    const axis = { origin: [2026, 1], perDay: 0.6, status: 198, statusWords: "Position at 27 Nov" };
    const view = { scale: 1, width: wide, wx: (x) => x + offset, x: (x) => x - offset };
    knockon.paintAxis(ctx, { model: { axis }, view, colours: {} });
    found.push(said.filter(([text]) => /^20|^Pos/.test(text)));
  }
  return found;
}"""


@pytest.mark.parametrize("width", [280, 960])
def test_years_stand_whole_and_clear_of_the_data_date(opened: Visit, width: int) -> None:
    flagged = 0
    for said in opened.run(_YEARS, width):
        words = sorted((x - 6, x + 7 * len(text) + 6) for text, x in said if text[0] == "P")
        words += [(x, x + 30) for text, x in said if text[0] == "2"]
        flagged += any(text[0] == "P" for text, _ in said)
        assert all(left >= 0 and right <= width + 4 for left, right in words), said
        for one, other in combinations(words, 2):
            assert one[1] <= other[0] or other[1] <= one[0], said
    assert flagged > 20


@pytest.mark.parametrize("width", [320, 390, 1366])
def test_the_page_never_scrolls_sideways(browser: Browser, map_file: Path, width: int) -> None:
    with visit(browser, map_file) as found:
        found.page.set_viewport_size({"width": width, "height": 640})
        found.page.fill("#find", "SI1.1.3.5")
        found.page.keyboard.press("Enter")
        drawn_frames(found.page)
        assert found.page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_tables_are_there(browser: Browser, map_file: Path) -> None:
    with visit(browser, map_file, java_script_enabled=False) as found:
        assert found.page.locator("#items tbody tr").count() == len(build_plan().items)
        assert found.page.locator("#links tbody tr").count() == len(build_plan().links)
        assert found.page.is_visible("#items")
        assert found.page.is_hidden("#map-app")
        assert "switched off here" in found.page.inner_text("noscript")


def test_forced_colours_reach_the_canvas(browser: Browser, map_file: Path) -> None:
    pixel = """() => {
      const canvas = document.querySelector("#canvas canvas");
      const [x, y] = [canvas.width - 30, canvas.height - 30];
      return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data].slice(0, 3);
    }"""
    with visit(browser, map_file, forced_colors="active", color_scheme="dark") as found:
        drawn_frames(found.page)
        assert found.run(pixel) == [0, 0, 0]
    with visit(browser, map_file) as found:
        drawn_frames(found.page)
        assert min(found.run(pixel)) > 230


def test_nothing_glides_where_motion_is_unwelcome(browser: Browser, map_file: Path) -> None:
    with visit(browser, map_file, reduced_motion="reduce") as found:
        last = found.number_of("IP9.2.3")
        found.run("(n) => knockon.app.choose(n, {move: true})", last)
        y = "() => knockon.app.network.getViewPosition().y"
        at_once = found.run(y)
        drawn_frames(found.page)
        assert found.run(y) == at_once


def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    plan = build_hostile_plan()
    path = tmp_path / "hostile.html"
    html = draw_map(plan, schedule(plan), links=plan.links, title=PAYLOADS[0])
    path.write_text(html, encoding="utf-8")
    with visit(browser, path) as found:
        page = found.page
        page.select_option("#links-shown", "all")
        page.select_option("#lanes", "owner")
        page.click("#f-open")
        page.select_option("#f-owner", index=1)
        assert PAYLOADS[2] in page.inner_text("#f-owner")
        page.click("#f-clear")
        for number in range(len(plan.items)):
            found.run("(n) => knockon.app.choose(n, {focus: true, move: true})", number)
            for summary in page.locator("#panel summary").all():
                summary.click()
        page.fill("#find", "<")
        drawn_frames(page)
        assert page.evaluate("window.pwned") is None
        assert (
            page.locator("#panel img, #panel script, #panel iframe, #found img, .lanes img").count()
            == 0
        )
        title = page.locator("#i4 th span").inner_text()
        assert title == "<img src=x onerror=window.pwned=3>"
        found.assert_quiet()


def test_the_marks_of_each_state_differ_in_shape(browser: Browser, map_file: Path) -> None:
    # Drawn in one colour they must still be told apart: not by colour alone (WCAG 1.4.1).
    draw = """(state) => {
      const canvas = document.createElement("canvas");
      Object.assign(canvas, { width: 40, height: 40 });
      const ctx = canvas.getContext("2d");
      const colours = new Proxy({}, { get: (_, name) => (name === "paper" ? "#fff" : "#000") });
      const mark = { number: 0, group: 0, lane: 0, left: 20, right: 20, y: 20, state };
      const model = { sizes: { mark: 8, row: 42 }, lanes: [{}], open: new Set(), parts: new Map(),
        row: 42, isRolled: () => false, hasLength: () => false, isGroup: () => false };
      const view = { scale: 1, x: (at) => at, y: (at) => at };
      knockon.paintPoint(ctx, { model, view, colours, lit: null }, mark);
      return [...ctx.getImageData(0, 0, 40, 40).data].join();
    }"""
    with visit(browser, map_file) as found:
        pictures: set[Any] = {
            found.run(draw, state) for state in ("late", "critical", "tight", "free", "done")
        }
    assert len(pictures) == 5


def test_the_laptop_shows_map_and_details_without_scrolling(opened: Visit) -> None:
    for part in ("#canvas", "#panel"):
        box = opened.page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= LAPTOP["height"]
        assert box["height"] > 400

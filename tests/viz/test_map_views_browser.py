"""The map in a real browser: other lanes, filters, chains, addresses, plans too large to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from knockon.cli.pages import make_map
from simulations.schedule import schedule
from tests.viz.driving import drawn_frames, violations, visit
from tests.viz.large import build_large
from tests.viz.samples import CHANGED, build_plan, build_schedule
from viz.network import draw_map, find_highlights, view_plan

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.viz.driving import Visit

SHOWN = "() => knockon.app.model.marks.map((mark) => knockon.app.textOf(mark.number).id)"
LANES = """() => knockon.app.model.lanes.map((lane) =>
  [lane.title, lane.marks.map((mark) => knockon.app.textOf(mark.number).id)])"""
OVERLAPS = """() => {
  const { app } = knockon;
  const boxes = app.model.marks.filter((mark) => !app.model.isRolled(mark));
  const meet = (a, b) => a.y === b.y && a.from < b.reach && b.from < a.reach;
  const pairs = boxes.flatMap((a, n) => boxes.slice(0, n).map((b) => [a, b]));
  return pairs.filter(([a, b]) => meet(a, b)).map(([a, b]) => [a.number, b.number]);
}"""


def owners_of(item: str) -> list[str]:
    return [officer.name for officer in build_plan().index.officers_of(item)]


def below(top: str) -> set[str]:
    """Return the ids of everything of the sample plan under an item, with itself."""
    index = build_plan().index
    return {one.id for one in build_plan().items if top in (one.id, *index.ancestors(one.id))}


def find(found: Visit, item: str) -> None:
    found.page.fill("#find", item)
    found.page.keyboard.press("Enter")


# --- lanes ----------------------------------------------------------------------------------------


def test_lanes_may_be_owners_and_are_packed_anew(opened: Visit) -> None:
    before = set(opened.run(SHOWN))
    opened.page.select_option("#lanes", "owner")
    lanes = opened.run(LANES)
    titles = [title for title, _ in lanes]
    assert titles == sorted(titles, key=str.casefold)
    assert {item for _, items in lanes for item in items} == before
    for title, items in lanes:
        assert all(title in owners_of(item) for item in items)
    opened.run("() => knockon.app.setLevel('all')")
    assert opened.run(OVERLAPS) == []
    assert opened.page.locator("#lane-buttons button").count() == len(lanes)
    opened.page.select_option("#lanes", "theme")
    assert len(opened.run(LANES)) == 16


def test_a_level_of_objectives_closes_actions_into_them(opened: Visit) -> None:
    opened.page.select_option("#level", "objectives")
    groups = opened.run(
        """() => [...knockon.app.model.parts].map(([number, parts]) =>
          [knockon.app.textOf(number).id, parts.map((one) => knockon.app.textOf(one.number).id)])"""
    )
    kinds = {one.id: one.kind for one in build_plan().items}
    assert {kinds[group] for group, _ in groups} == {"objective"}
    assert all(set(parts) <= below(group) for group, parts in groups)
    assert opened.page.input_value("#level") == "objectives"
    # Links between milestones of one objective are inside it, the others are counted at its edge.
    tally = opened.run(
        """() => {
          const { model, textOf } = knockon.app;
          const [number] = model.parts.keys();
          return [textOf(number).id, model.crossings((one) => one.group === number)];
        }"""
    )
    inside = below(tally[0])
    accepted = [one for one in build_plan().links if one.state == "accepted"]
    assert tally[1] == {
        "into": sum(one.to in inside and one.from_ not in inside for one in accepted),
        "out": sum(one.from_ in inside and one.to not in inside for one in accepted),
    }


# --- filters --------------------------------------------------------------------------------------


def test_a_filter_hides_and_says_how_much(opened: Visit) -> None:
    page = opened.page
    page.click("#f-open")
    assert page.evaluate("document.activeElement.id") == "f-title"
    page.select_option("#f-theme", "=SI1")
    theme, amount = below("SI1"), len(build_plan().items)
    told = f"The filter is on: {len(theme)} of {amount} items, {amount - len(theme)} hidden."
    assert page.inner_text("#shown-words") == told
    assert set(opened.run(SHOWN)) <= theme
    rows = page.locator("#items tbody tr:visible th a").all_text_contents()
    assert set(rows) == theme
    page.select_option("#f-status", "=complete")
    done = {one.id for one in build_plan().items if one.status == "complete"} & theme
    assert f" {len(done)} of {amount} items" in page.inner_text("#shown-words")
    leaves = {one for one in opened.run(SHOWN) if build_plan().index.is_leaf(one)}
    assert leaves == {one for one in done if build_plan().index.is_leaf(one)}
    page.click("#shown-all")
    assert page.is_hidden("#shown")
    assert page.locator("#items tbody tr:visible").count() == amount
    assert page.evaluate("location.hash") == ""
    opened.assert_quiet()


def test_the_next_ninety_days_are_counted_from_the_data_date(opened: Visit) -> None:
    opened.page.click("#f-open")
    assert "1 Jul 2026 to 28 Sep 2026" in opened.page.inner_text("#filter")
    opened.page.get_by_label("Finishes in the next 90 days").check()
    found = opened.run("() => [...knockon.app.model.matched].map((n) => knockon.app.textOf(n).id)")
    soon = {
        one.id
        for one in build_schedule().items
        if one.finish is not None and "2026-07-01" <= one.finish.isoformat()[:10] <= "2026-09-28"
    }
    assert set(found) == soon
    assert soon


def test_what_a_filter_hides_is_told_and_can_be_brought_back(opened: Visit) -> None:
    page = opened.page
    page.click("#f-open")
    page.select_option("#f-theme", "=SI2")
    page.locator("#found").wait_for(state="hidden")
    find(opened, CHANGED)
    assert "The filter hides it on the map." in page.inner_text("#details")
    page.locator("#details").get_by_role("button", name="Show everything").click()
    assert "hides it" not in page.inner_text("#details")
    assert page.is_hidden("#shown")


# --- chains ---------------------------------------------------------------------------------------


def test_a_chain_may_be_cut_to_steps_and_to_links_that_set_dates(opened: Visit) -> None:
    page = opened.page
    find(opened, CHANGED)
    page.select_option("#chain-show", "after")
    after = "() => [...knockon.app.state.chain.items].map((n) => knockon.app.textOf(n).id)"
    steps = {
        "1": {"SI1.1.3.5"},
        "2": {"SI1.1.3.6", "SI1.3.1.4", "IP5.3.1.3"},
        "3": {"SI1.1.3.7", "IP1.2.1.4"},
    }
    reached = {CHANGED}
    for steps_told, added in steps.items():
        page.select_option("#chain-steps", steps_told)
        reached |= added
        assert reached <= set(opened.run(after))
        later = set().union(*(more for key, more in steps.items() if key > steps_told))
        assert not later & set(opened.run(after))
    page.select_option("#chain-steps", "all")
    page.select_option("#chain-along", "driving")
    driven = {(before, one.id) for one in build_schedule().items for before in one.driven_by}
    links = opened.run(
        """() => [...knockon.app.state.chain.links].map((n) => knockon.app.model.links[n])
          .map((link) => [knockon.app.textOf(link.from).id, knockon.app.textOf(link.to).id])"""
    )
    assert {tuple(one) for one in links} <= driven
    assert page.evaluate("document.activeElement.id") == "chain-along"


def test_a_chain_may_stand_alone(opened: Visit) -> None:
    page = opened.page
    find(opened, CHANGED)
    page.select_option("#chain-show", "after")
    page.get_by_label("Hide everything else").check()
    chain = set(
        opened.run("() => [...knockon.app.state.chain.items].map((n) => knockon.app.textOf(n).id)")
    )
    leaves = {one for one in opened.run(SHOWN) if build_plan().index.is_leaf(one)}
    assert leaves == {one for one in chain if build_plan().index.is_leaf(one)}
    told = page.inner_text("#shown-words")
    assert told.startswith(f"Only the chain of {CHANGED} is shown: {len(chain)} of ")
    assert opened.run(OVERLAPS) == []
    page.get_by_label("Hide everything else").uncheck()
    assert page.is_hidden("#shown")


def test_proposed_links_count_in_a_chain_once_they_are_drawn(opened: Visit) -> None:
    proposed = next(one for one in build_plan().links if one.state == "proposed")
    find(opened, proposed.from_)
    items = "() => [...knockon.app.state.chain.items].map((n) => knockon.app.textOf(n).id)"
    assert proposed.to not in opened.run(items)
    opened.page.select_option("#links-shown", "all")
    assert proposed.to in opened.run(items)
    assert "accepted and proposed links" in opened.page.inner_text("#details")
    opened.page.select_option("#links-shown", "none")
    assert opened.run("() => knockon.app.lines.edges.length") == 0


def test_the_critical_and_the_nearly_critical_can_be_picked_out(opened: Visit) -> None:
    names = opened.page.locator("#pick option").all_inner_texts()[1:]
    view = view_plan(build_plan(), build_schedule(), build_plan().links)
    told = find_highlights(view, build_schedule())
    assert names == [f"{name} ({len(ids)})" for name, ids in told]
    opened.page.select_option("#pick", "0")
    lit = opened.run("() => [...knockon.app.state.pick.items].map((n) => knockon.app.textOf(n).id)")
    assert set(lit) == set(build_schedule().longest_path)


# --- the address ----------------------------------------------------------------------------------


#: Has the page note each address that it writes.
_NOTE_ADDRESSES = """() => {
  window.written = [];
  const write = history.replaceState.bind(history);
  history.replaceState = (...told) => {
    window.written.push(told[2]);
    write(...told);
  };
}"""


def test_an_address_shows_the_same_again(browser: Browser, map_file: Path, opened: Visit) -> None:
    page = opened.page
    page.select_option("#lanes", "owner")
    page.click("#f-open")
    page.select_option("#f-theme", "=SI1")
    page.get_by_label("Finishes in the next 90 days").check()
    find(opened, CHANGED)
    page.select_option("#chain-show", "after")
    page.select_option("#chain-steps", "2")
    link = page.locator("#details a", has_text=f"Link to {CHANGED}")
    assert link.get_attribute("href") == f"#item={CHANGED}&show=after"
    address = page.evaluate("location.hash")
    assert address == f"#item={CHANGED}&show=after&steps=2&lanes=owner&theme=SI1&soon=1"
    state = """() => {
      const { model, state: { filter, how, chosen, chain } } = knockon.app;
      return [filter, how, chosen, model.lanesBy, [...model.shown], [...chain.items]];
    }"""
    with visit(browser, map_file) as again:
        again.run(_NOTE_ADDRESSES)
        again.page.evaluate("(hash) => { location.hash = hash; }", address)
        drawn_frames(again.page)
        assert again.run(state) == opened.run(state)
        assert set(again.run("window.written")) <= {address}  # nothing is told on the way
        assert again.page.input_value("#lanes") == "owner"
        again.page.evaluate("location.hash = '#table'")
        assert again.run(state) == opened.run(state)


def test_an_address_may_say_nonsense(opened: Visit) -> None:
    nonsense = "#item=none&show=x&steps=9&lanes=x&owner=%E0%A4&theme=nobody&level=x&pick=x"
    opened.page.evaluate("(hash) => { location.hash = hash; }", nonsense)
    drawn_frames(opened.page)
    assert opened.run("() => [knockon.app.state.chosen, knockon.app.model.shown]") == [None, None]
    opened.assert_quiet()


# --- for everybody --------------------------------------------------------------------------------


def test_a_keyboard_filters_and_narrows_a_chain(opened: Visit) -> None:
    page = opened.page

    def tab_to(name: str) -> None:
        for _ in range(60):
            if page.evaluate("document.activeElement.id") == name:
                return
            page.keyboard.press("Tab")
        pytest.fail(f"{name} cannot be reached by Tab")

    tab_to("lanes")
    page.keyboard.press("o")
    assert opened.run("() => knockon.app.model.lanesBy") == "owner"
    tab_to("f-open")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "f-title"
    tab_to("f-theme")
    page.keyboard.press("ArrowDown")
    assert page.is_visible("#shown")
    assert "items" in page.inner_text("#says")
    find(opened, CHANGED)
    tab_to("chain-steps")
    page.keyboard.press("1")
    assert "&steps=1&" in page.evaluate("location.hash")
    tab_to("chain-only")
    page.keyboard.press("Space")
    assert "Only the chain of" in page.inner_text("#shown-words")


def test_it_meets_the_accessibility_rules_filtered_and_narrowed(opened: Visit) -> None:
    page = opened.page
    page.select_option("#lanes", "owner")
    page.click("#f-open")
    page.select_option("#f-theme", "=SI1")
    assert violations(opened, "#map-app") == []
    find(opened, CHANGED)
    page.get_by_label("Hide everything else").check()
    assert violations(opened, "#map-app") == []
    controls = page.locator("#map-app :is(button, input, select):visible").all()
    for control in controls:
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
    page.set_viewport_size({"width": 320, "height": 640})
    page.click("#f-open")
    drawn_frames(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_rows_keep_their_height_when_far_out(opened: Visit) -> None:
    opened.page.set_viewport_size({"width": 360, "height": 740})
    opened.page.click("#span")
    for _ in range(20):  # until the glide has come to rest
        drawn_frames(opened.page)
        if opened.run("() => !knockon.app.camera.gliding && knockon.app.model.stretch > 2"):
            break
    scale, row = opened.run("() => [knockon.app.scene().view.scale, knockon.app.model.row]")
    assert scale < 0.3
    assert scale * row == pytest.approx(0.62 * 42, rel=0.03)  # as at the least zoom that is read
    told = opened.run(
        """() => {
          const ctx = document.createElement("canvas").getContext("2d");
          const scene = knockon.app.scene();
          const told = (mark) => {
            const place = knockon.labelPlace(scene, mark);
            return place?.many ? knockon.wrapLabel(ctx, scene.text(mark.number), place).id : "";
          };
          return scene.model.marks.filter((mark) => !scene.model.isRolled(mark)).map(told);
        }"""
    )
    assert sum(bool(one) for one in told) > 0.9 * len(told)


# --- very many items ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.html"
    path.write_text(make_map(build_large(2600)), encoding="utf-8")
    return path


@pytest.fixture
def large(browser: Browser, large_file: Path) -> Iterator[Visit]:
    with visit(browser, large_file) as found:
        yield found


def test_too_many_items_are_counted_until_one_is_found(large: Visit) -> None:
    page = large.page
    assert page.is_visible("#counted")
    lane = large.run("() => [knockon.app.model.lanes[0].closed, knockon.app.model.lanes.length]")
    assert lane == [True, 5]
    counted = large.run(
        """() => {
          const { model, view } = knockon.app.scene();
          const found = knockon.countStretches(model.axis, view, model.lanes[0].finishes);
          return found.map(([, , amount]) => amount);
        }"""
    )
    assert sum(counted) == large.run("() => knockon.app.model.lanes[0].marks.length")
    find(large, "T3.3.5")
    chain = {f"T3.3.{step}" for step in (3, 4, 5, 6, 7)}
    shown = {one for one in large.run(SHOWN) if one.count(".") == 2}
    assert shown == chain
    assert "waits for this to finish" in page.inner_text("#details")
    page.locator("#details summary").first.click()
    assert "Phases." in page.locator("#details details").first.inner_text()
    assert page.is_hidden("#counted")
    page.click("#shown-all")
    assert page.is_visible("#counted")
    page.click("#w-open")
    page.fill("#w-find", "T3.3.5")
    page.keyboard.press("Enter")
    assert page.inner_text("#w-sentence").startswith("If T3.3.5 “Step 5 of package 3")
    assert page.locator("#w-moved tr").count() >= 1
    large.assert_quiet()


def test_a_large_table_is_read_page_by_page(large: Visit) -> None:
    page = large.page
    assert page.locator("#items tbody tr").count() == 100
    assert page.inner_text("#items-place") == "Items 1 to 100 of 2,600"
    page.click("#items-after")
    assert page.inner_text("#items-place") == "Items 101 to 200 of 2,600"
    number = 150
    assert page.locator(f"#i{number} th a").inner_text() == build_large(2600).items[number].id
    page.locator(f"#i{number} th a").click()
    assert large.run("() => knockon.app.state.chosen") == number
    page.click("#f-open")
    page.select_option("#f-owner", "=o3")
    owned = sum(
        "o3" in [officer.id for officer in build_large(2600).index.officers_of(one.id)]
        for one in build_large(2600).items
    )
    assert f"{owned} of 2,600 items" in page.inner_text("#shown-words")
    assert violations(large) == []


def test_a_large_plan_is_in_the_page_without_scripts_as_far_as_it_is_of_use(
    browser: Browser, large_file: Path
) -> None:
    with visit(browser, large_file, java_script_enabled=False) as found:
        wholes = [one for one in build_large(2600).items if one.kind != "milestone"]
        assert found.page.locator("#items tbody tr").count() == len(wholes)
        assert "knockon show" in found.page.inner_text("main")


def test_a_page_of_counts_needs_no_theme(browser: Browser, tmp_path: Path) -> None:
    plan = build_large(2300, themes=1)
    stones = [one for one in plan.items if one.kind == "milestone"]
    alone = tuple(one.model_copy(update={"parent": None}) for one in stones)
    flat = plan.model_copy(update={"items": alone, "assignments": ()})
    path = tmp_path / "flat.html"
    path.write_text(draw_map(flat, schedule(flat), links=flat.links), encoding="utf-8")
    with visit(browser, path) as found:
        lane = found.page.locator("#lane-buttons button")
        assert "All items" in lane.inner_text()
        assert lane.get_attribute("aria-expanded") == "false"
        lane.click()
        assert "too many to draw one by one" in found.page.inner_text("#says")
        assert lane.get_attribute("aria-expanded") == "false"
        found.assert_quiet()

"""What-if in the map file, in a real browser: the same answers as Python, by keyboard, offline."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from graphmodel.planfile import write_plan
from graphmodel.scenario import Scenario
from knockon.cli.main import cli
from knockon.cli.pages import make_map
from loaders.load import load
from simulations.whatif import what_if
from tests.oracle.small import build, fs
from tests.viz.driving import drawn_frames, violations, visit
from tests.viz.hostile import PAYLOADS, build_hostile_plan
from tests.viz.samples import CHANGED, build_plan, slip
from viz.words import show_date, show_range

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from simulations.results import WhatIf
    from tests.viz.driving import Visit


def ask(found: Visit, item: str = CHANGED, months: int = 2) -> None:
    """Open what-if and slip an item."""
    page = found.page
    if page.is_hidden("#whatif"):
        page.click("#w-open")
    page.fill("#w-find", item)
    page.keyboard.press("Enter")
    page.locator("#w-changes input[type=number]").last.fill(str(months))


def read_rows(page: Page, table: str = "moved") -> dict[str, list[str]]:
    """Return the cells of the table of what moves, by id."""
    rows = page.locator(f"#w-{table} tr").all()
    return {
        str(row.locator("th a").text_content()): row.locator("td").all_text_contents()
        for row in rows
    }


def order(answer: WhatIf, *, first: bool) -> list[str]:
    """Return what stands in the first table, or what only follows its parts."""
    return [
        one.id
        for one in answer.items
        if first is (not one.is_parent or one.changed or one.newly_late or one.newly_late_if_work)
    ]


def expected_sentence(answer: WhatIf, condition: str) -> str:
    """Return what the page has to say, from Python's counts."""

    def effect(moved: int, late: int) -> str:
        items = "1 other item moves" if moved == 1 else f"{moved} other items move"
        become = {0: "none becomes", 1: "1 becomes"}.get(late, f"{late} become")
        return f"{items} and {become} newly late"

    told = answer.summary
    spare = effect(told.moved, told.newly_late)
    work = effect(told.moved_if_work, told.newly_late_if_work)
    return f"{condition}, {spare} if gaps are spare; if they are work, {work}."


def test_the_file_can_be_sent(whatif_file: Path) -> None:
    assert whatif_file.stat().st_size <= 1_000_000  # of 404 items


def test_the_delivery_plan_can_be_sent(csip_paper: Path) -> None:
    page = make_map(load([csip_paper]).plan)
    assert '"whatif":{' in page
    assert len(page.encode("utf-8")) <= 1_000_000


def test_a_keyboard_is_enough(asked: Visit) -> None:
    page = asked.page
    while page.evaluate("document.activeElement.id") != "w-open":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "w-title"
    while page.evaluate("document.activeElement.id") != "w-find":
        page.keyboard.press("Tab")
    page.keyboard.type(CHANGED)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "w-slider-0"
    page.keyboard.press("ArrowRight")  # one month more than the month it begins with
    assert page.input_value("#w-amount-0") == "2"
    condition = (
        "If SI1.1.3.4 “Consult staff and unions on the adult social care model” slips 2 months "
        "(61 days)"
    )
    answer = what_if(build_plan(), slip(CHANGED, "2m"))
    assert page.inner_text("#w-sentence") == expected_sentence(answer, condition)
    page.locator("#w-says", has_text="If SI1.1.3.4").wait_for(state="attached")
    assert page.inner_text("#w-says") == page.inner_text("#w-sentence")
    asked.assert_quiet()


def test_the_table_says_what_python_says(asked: Visit) -> None:
    ask(asked)
    answer = what_if(build_plan(), slip(CHANGED, "2m"))
    found = read_rows(asked.page)
    assert list(found) == order(answer, first=True)
    wholes = read_rows(asked.page, "wholes")
    assert list(wholes) == order(answer, first=False)
    found |= wholes
    for one in answer.items:
        owner, was, becomes, by, late = found[one.id]
        assert owner == " and ".join(one.owners)
        assert one.finish_if_work is not None
        if_work = one.finish_if_work - timedelta(days=one.knock_on_if_work_days)
        both = [show_date(one.baseline_finish)]
        if if_work != one.baseline_finish:
            both.append(f"{show_date(if_work)} if gaps are work")
        assert was == ", or ".join(both)
        days = [show_date(one.finish)]
        if one.finish_if_work != one.finish:
            days.append(f"{show_date(one.finish_if_work)} if gaps are work")
        assert becomes == ", or ".join(days)
        assert by == f"{show_range(one.knock_on_days, one.knock_on_if_work_days)} later"
        wanted = "Newly late" if one.newly_late or one.newly_late_if_work else "No due date"
        if one.due is not None and not (one.newly_late or one.newly_late_if_work):
            wanted = "Late already" if one.late_before else "In time"
        assert late.startswith(wanted)
    ways = asked.page.locator("#w-moved .via").all_text_contents()
    told = [one.path[:-1] for one in answer.items if one.id in order(answer, first=True)]
    assert ways == [f"through {' → '.join(path)}" for path in told if path]
    assert answer.next_to_move is not None
    more = asked.page.inner_text("#w-more")
    assert f"Next to move: {answer.next_to_move.item}" in more
    assert f"at a slip of {answer.next_to_move.at_days} days" in more


def test_only_marks_that_move_are_moved_on_the_map(asked: Visit) -> None:
    asked.run(
        """() => {
          window.touched = new Set();
          knockon.app.network.body.data.nodes.on("update", (_, { items }) =>
            items.forEach((id) => window.touched.add(Number(id.slice(0, -1)))));
        }"""
    )
    ask(asked)
    asked.run("() => window.touched.clear()")
    asked.page.fill("#w-amount-0", "5")
    answer = what_if(build_plan(), slip(CHANGED, "5m"))
    moved = {asked.number_of(one.id) for one in answer.items}
    touched = set(asked.run("() => [...window.touched]"))
    assert touched <= moved
    assert asked.number_of(CHANGED) in touched
    number = asked.number_of("SI1.1.3.5")
    mark = asked.run("(n) => ({ ...knockon.app.model.markOf.get(n) })", number)
    per_day = asked.run("() => knockon.app.model.axis.perDay")
    (item,) = [one for one in answer.items if one.id == "SI1.1.3.5"]
    assert mark["right"] - mark["ghost"] == pytest.approx(item.knock_on_days * per_day)
    asked.page.click("#w-reset")
    home = asked.run("(n) => ({ ...knockon.app.model.markOf.get(n) })", number)
    assert home["right"] == pytest.approx(mark["ghost"])
    assert home["ghost"] is None


def test_the_timeline_has_a_row_for_each_with_its_words(asked: Visit) -> None:
    ask(asked)
    labels = [
        one.get_attribute("aria-label")
        for one in asked.page.locator("#w-timeline [role=img]").all()
    ]
    answer = what_if(build_plan(), slip(CHANGED, "2m"))
    leaves = [one for one in answer.items if not one.is_parent]
    assert [str(label).split(":")[0] for label in labels] == [one.id for one in leaves]
    assert labels[0] == (
        "SI1.1.3.4: 31 Oct 2026 before, 31 Dec 2026 after; 61 days later. No due date; 61 days "
        "after its planned date; part of SI1.1.3, due 31 Jul 2027."
    )


def test_several_changes_are_listed_removed_undone_and_reset(asked: Visit) -> None:
    page = asked.page
    ask(asked)
    page.select_option("#w-group", index=1)
    chosen = page.locator("#w-group option:checked").inner_text().rpartition(" (")[0]
    page.click("#w-add")
    assert page.locator("#w-changes li").count() == 2
    assert f"everything unfinished of {chosen} slips 1 month" in page.inner_text("#w-sentence")
    page.get_by_role("button", name=f"Remove the change of {CHANGED}").click()
    assert page.locator("#w-changes li").count() == 1
    assert CHANGED not in page.inner_text("#w-sentence")
    page.click("#w-undo")
    assert page.locator("#w-changes li").count() == 2
    page.click("#w-reset")
    assert page.locator("#w-changes li").count() == 0
    assert page.is_hidden("#w-results")
    page.click("#w-undo")
    assert page.locator("#w-changes li").count() == 2
    page.click("#w-undo")  # the officer
    page.click("#w-undo")  # the two months, typed as one
    assert page.input_value("#w-amount-0") == "1"
    page.click("#w-undo")
    assert page.is_disabled("#w-undo")
    asked.assert_quiet()


def test_a_date_can_be_set_instead(asked: Visit) -> None:
    page = asked.page
    ask(asked)
    page.select_option("#w-kind-0", "finish")
    assert page.input_value("#w-date-0") == "2026-10-31"
    page.fill("#w-date-0", "2027-01-15")
    change = {"op": "set", "item": CHANGED, "finish": "2027-01-15"}
    answer = what_if(build_plan(), Scenario.model_validate({"changes": [change]}))
    assert list(read_rows(page)) == order(answer, first=True)
    assert page.inner_text("#w-sentence").startswith("If SI1.1.3.4 “Consult staff and unions")
    assert "is set to finish on 15 Jan 2027" in page.inner_text("#w-sentence")


def test_two_scenarios_stand_side_by_side(asked: Visit) -> None:
    page = asked.page
    ask(asked)
    page.click("#w-begin")
    page.fill("#w-name", "Six months")
    page.fill("#w-amount-0", "6")
    head = [one.inner_text() for one in page.locator("#w-comparison-head th").all()]
    assert head == ["Item", "Was", "Scenario A", "Six months"]
    answers = [what_if(build_plan(), slip(CHANGED, by)) for by in ("2m", "6m")]
    ids = {one.id for answer in answers for one in answer.items}
    rows = page.locator("#w-comparison-body tr:not(.changed)").all()
    assert {row.locator("th a").inner_text() for row in rows} == ids
    first = dict(
        zip(head[2:], page.locator("#w-comparison-body .changed td").all()[1:], strict=True)
    )
    assert "slips 2 months" in first["Scenario A"].inner_text()
    assert "slips 6 months" in first["Six months"].inner_text()
    page.get_by_role("button", name="Scenario A").click()
    assert page.input_value("#w-amount-0") == "2"
    page.select_option("#w-beside", "")
    assert page.is_hidden("#w-comparison")
    page.click("#w-drop")
    assert page.input_value("#w-name") == "Six months"


def test_the_downloaded_scenario_gives_the_command_the_same_answer(
    asked: Visit, tmp_path: Path
) -> None:
    page = asked.page
    page.click("#w-open")
    page.fill("#w-name", "Late consultation & <more>")
    ask(asked)
    page.select_option("#w-group", index=1)
    page.click("#w-add")
    page.select_option("#w-unit-1", "w")
    page.fill("#w-amount-1", "3")
    ask(asked, "SI2.1.1", 1)
    with page.expect_download() as waiting:
        page.click("#w-save")
    assert waiting.value.suggested_filename == "late-consultation-more.json"
    scenario = tmp_path / "scenario.json"
    waiting.value.save_as(scenario)
    plan = tmp_path / "plan.json"
    write_plan(build_plan(), plan)
    done = CliRunner().invoke(cli, ["whatif", str(plan), "--scenario", str(scenario), "--json"])
    assert done.exit_code == 0, done.output
    answer = json.loads(done.output)
    assert len(answer["changes"]) == 3
    shown = page.evaluate("() => Object.values(knockon.whatif.answer.summary)")
    ids = page.evaluate("() => knockon.whatif.answer.items.map((one) => one.id)")
    assert ids == [one["id"] for one in answer["items"]]
    assert shown == list(answer["summary"].values())
    assert json.loads(scenario.read_text(encoding="utf-8"))["name"] == "Late consultation & <more>"


def test_what_is_chosen_on_the_map_is_offered(asked: Visit) -> None:
    page = asked.page
    number = asked.number_of(CHANGED)
    asked.run("(n) => knockon.app.choose(n, {focus: true, move: true})", number)
    page.locator("#details").get_by_role("button", name="What if it slips?").click()
    assert page.is_visible("#whatif")
    assert page.locator("#w-changes li").count() == 1
    other = asked.number_of("SI1.1.3.6")
    asked.run("(n) => knockon.app.choose(n)", other)
    assert page.is_hidden("#details")
    page.get_by_role("button", name="Change SI1.1.3.6").click()
    assert page.locator("#w-changes li").count() == 2
    page.click("#w-close")
    assert page.is_visible("#details")
    assert "In “Scenario A”:" in page.inner_text("#details")
    assert page.is_visible("#w-answer")


def test_what_moves_may_stand_alone(asked: Visit) -> None:
    page = asked.page
    ask(asked)
    page.get_by_label("Hide what does not move").check()
    seen = """() => knockon.app.model.marks.map((mark) => knockon.app.textOf(mark.number).id)"""

    def moving(by: str) -> set[str]:
        found = what_if(build_plan(), slip(CHANGED, by)).items
        return {one.id for one in found if build_plan().index.is_leaf(one.id)}

    assert moving("0m") < moving("2m")
    for months in (2, 0, 2):
        page.fill("#w-amount-0", str(months))
        leaves = {one for one in asked.run(seen) if build_plan().index.is_leaf(one)}
        assert leaves == moving(f"{months}m")
        assert page.inner_text("#shown-words").startswith("Only what the scenario moves is shown:")
    page.click("#shown-all")
    assert page.is_hidden("#shown")
    assert not page.is_checked("#w-only")
    asked.assert_quiet()


def test_what_is_over_is_refused_in_words(asked: Visit) -> None:
    done = next(one for one in build_plan().items if one.status == "complete")
    asked.page.click("#w-open")
    asked.page.fill("#w-find", done.id)
    asked.page.keyboard.press("Enter")
    refused = f"{done.id} cannot be changed: it is finished or dropped."
    assert asked.page.inner_text("#w-chosen") == refused
    assert asked.page.locator("#w-changes li").count() == 0


def test_it_meets_the_accessibility_rules_in_every_state(asked: Visit) -> None:
    page = asked.page
    page.click("#w-open")
    assert violations(asked, "#map-app") == []
    page.fill("#w-find", "consult")
    assert violations(asked, "#map-app") == []
    ask(asked)
    page.click("#w-begin")
    page.fill("#w-amount-0", "6")
    page.select_option("#w-group", index=1)
    page.click("#w-add")
    assert violations(asked) == []
    page.fill("#w-amount-0", "")
    assert page.get_attribute("#w-amount-0", "aria-invalid") == "true"
    page.click("#w-close")
    asked.run("(n) => knockon.app.choose(n)", asked.number_of(CHANGED))
    assert violations(asked, "#map-app") == []


@pytest.mark.parametrize("width", [320, 390, 1366])
def test_nothing_scrolls_sideways(browser: Browser, whatif_file: Path, width: int) -> None:
    with visit(browser, whatif_file) as found:
        found.page.set_viewport_size({"width": width, "height": 640})
        ask(found)
        found.page.click("#w-begin")
        found.page.fill("#w-amount-0", "6")
        drawn_frames(found.page)
        assert found.page.evaluate("document.documentElement.scrollWidth") <= width


def test_controls_are_large_enough_and_show_their_focus(asked: Visit) -> None:
    ask(asked)
    asked.page.click("#w-begin")
    controls = asked.page.locator("#whatif :is(button, input, select):visible").all()
    assert len(controls) > 12
    for control in controls:
        box = control.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 24
        if control.is_enabled():
            asked.page.keyboard.press("Tab")  # so that focus is shown as to who uses a keyboard
            control.focus()
            assert control.evaluate("(one) => getComputedStyle(one).outlineStyle") == "solid"


def test_forced_colours_leave_no_control_without_an_edge(
    browser: Browser, whatif_file: Path
) -> None:
    with visit(browser, whatif_file, forced_colors="active", reduced_motion="reduce") as found:
        ask(found)
        drawn_frames(found.page)
        seen = found.run(
            """() => [...document.querySelectorAll("#whatif :is(button, select), #w-open")]
              .filter((one) => one.offsetParent && !one.matches(".to"))
              .map((one) => getComputedStyle(one).borderTopStyle)"""
        )
        assert set(seen) == {"solid"}
        assert violations(found, "#whatif") == []


def test_hostile_text_stays_text(browser: Browser, tmp_path: Path) -> None:
    plan = build_hostile_plan()
    path = tmp_path / "hostile.html"
    path.write_text(make_map(plan, title=PAYLOADS[0]), encoding="utf-8")
    with visit(browser, path) as found:
        page = found.page
        page.click("#w-open")
        for number in range(2, len(PAYLOADS)):
            found.run("(n) => knockon.whatif.addItem(n)", number)
        page.select_option("#w-group", index=1)
        page.click("#w-add")
        page.fill("#w-name", PAYLOADS[7])
        page.click("#w-begin")
        page.fill("#w-name", PAYLOADS[1])
        drawn_frames(page)
        assert page.locator("#w-changes li").count() > 10
        assert page.evaluate("window.pwned") is None
        parts = "#whatif, #w-answer, #w-results, #w-comparison"
        assert page.locator(f":is({parts}) :is(img, script, iframe, b b)").count() == 0
        assert PAYLOADS[2] in page.inner_text("#w-sentence")
        found.assert_quiet()


def test_a_page_that_does_not_arrive_at_the_plans_dates_offers_nothing(
    browser: Browser, whatif_file: Path, tmp_path: Path
) -> None:
    page = whatif_file.read_text(encoding="utf-8")
    path = tmp_path / "broken.html"
    path.write_text(re.sub(r'"checks":\[\d+', '"checks":[1', page), encoding="utf-8")
    with visit(browser, path) as found:
        assert "What-if is switched off" in found.page.inner_text("#map-app")
        assert found.page.locator("#w-open").count() == 0
        assert found.page.is_hidden("#whatif")


def late_as_possible() -> Any:
    constraint = {"type": "ALAP"}
    return build(
        [{"id": "a", "duration": "5d", "constraints": [constraint]}, {"id": "b", "duration": "9d"}],
        fs("a", "b"),
    )


def test_a_plan_with_rules_it_has_not_is_told_so(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "late.html"
    path.write_text(make_map(late_as_possible()), encoding="utf-8")
    with visit(browser, path) as found:
        note = found.page.locator(".note", has_text="offers no what-if").inner_text()
        assert "1 item is to be as late as possible (such as a" in note
        assert found.page.locator("#w-open").count() == 0
        found.assert_quiet()


def test_the_board_that_hears_first_is_named(browser: Browser, tmp_path: Path) -> None:
    plan = build(
        [
            {"id": "a", "planned": {"finish": "2026-09-30"}},
            {"id": "b", "planned": {"finish": "2026-10-31"}, "due": "2026-10-31"},
        ],
        fs("a", "b"),
        status_date="2026-06-30",
        boards=[{
            "id": "cab", "title": "Cabinet", "oversees": ["b"], "papers_lead": "7d",
            "meetings": {"dates": ["2026-07-02", "2026-07-16", "2026-08-20"]},
        }],
    )  # fmt: skip
    path = tmp_path / "board.html"
    path.write_text(make_map(plan), encoding="utf-8")
    with visit(browser, path) as found:
        ask(found, "a", 2)
        # Papers for 2 July were due on 25 June, before the status date.
        assert found.page.inner_text("#w-sentence") == (
            "If a “a” slips 2 months (61 days), 1 other item moves and 1 becomes newly late, "
            "whether gaps are spare or work. First seen by Cabinet on 16 Jul 2026."
        )
        assert read_rows(found.page)["b"][-1] == "Cabinet on 16 Jul 2026"
        assert found.page.inner_text("#w-more").startswith("Newly late: b.")

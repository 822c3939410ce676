"""The map's page and the pyvis network behind it."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from graphmodel.items import Item
from graphmodel.plan import Plan
from graphmodel.problems import Place, Problem
from simulations.schedule import schedule
from tests.oracle.small import build
from tests.viz.hostile import PAYLOADS, build_hostile_plan
from tests.viz.reading import PageParts, read_page
from tests.viz.samples import accepted, build_plan, build_schedule
from viz.layout import stack
from viz.network import draw_map, find_highlights, tell_data_date, to_pyvis, view_plan


@pytest.fixture(scope="module")
def html() -> str:
    plan = build_plan()
    return draw_map(plan, build_schedule(), links=plan.links)


@pytest.fixture(scope="module")
def parts(html: str) -> PageParts:
    return read_page(html)


def test_a_map_of_four_hundred_items_fits_an_e_mail(html: str) -> None:
    assert len(build_plan().items) >= 400
    assert len(html.encode("utf-8")) <= 1_000_000


def test_the_first_line_says_how_much_there_is(parts: PageParts) -> None:
    assert (
        "293 milestones, 66 actions and 16 themes; 125 accepted links and 142 proposed ones. "
        "The plan ends on 31 Mar 2028. " in parts.words
    )
    # One due date is missed; what has no room is counted from the schedule itself.
    over = {one.id for one in build_plan().items if one.status == "complete"}
    none = {one.id for one in build_schedule().items if one.critical} - over
    view = view_plan(build_plan(), build_schedule(), build_plan().links)
    (late,) = [one.id for one in view.items if one.state == "late"]
    assert f"1 item is late and {len(none - {late})} have no room to slip." in parts.words


@pytest.mark.parametrize(
    ("due", "told"),
    [
        ("2026-09-01", "1 item is late."),
        ("2026-09-30", "1 item has no room to slip."),
        ("2027-09-30", ""),
    ],
)
def test_the_first_line_says_only_what_there_is(due: str, told: str) -> None:
    item = {"id": "a", "planned": {"finish": "2026-09-30"}, "due": due}
    plan = build([item], must_finish="2028-01-01")
    words = read_page(draw_map(plan, schedule(plan), links=())).words
    assert f"The plan ends on 30 Sep 2026. {told} Also as a table".replace("  ", " ") in words


def test_everything_on_the_map_is_in_the_tables(parts: PageParts) -> None:
    plan = build_plan()
    rows = {attrs.get("id") for tag, attrs in parts.tags if tag == "tr"}
    assert {f"i{n}" for n in range(len(plan.items))} <= rows
    assert {f"l{n}" for n in range(len(plan.links))} <= rows
    assert all(item.title in parts.words for item in plan.items)
    assert len(parts.data["items"]["finish"]) == len(plan.items)


def test_items_without_a_date_are_listed_with_the_reason(parts: PageParts) -> None:
    undated = [one for one in build_plan().items if one.planned.precision == "ongoing"]
    assert f"Not on the map: {len(undated)} items without a date" in parts.words
    assert f"{undated[0].title}: ongoing, without an end date" in parts.words
    finish = parts.data["items"]["finish"]
    order = [one.id for one in build_plan().items]
    assert {n for n, day in enumerate(finish) if day is None} >= {
        order.index(one.id) for one in undated
    }


def test_rejected_links_are_nowhere() -> None:
    plan = build_plan()
    links = tuple(link.model_copy(update={"state": "rejected"}) for link in plan.links)
    found = read_page(draw_map(plan, build_schedule(), links=links))
    assert not any(found.data["links"].values())
    assert not any(attrs.get("id") == "links" for _, attrs in found.tags)


def test_links_carry_what_the_picture_shows(parts: PageParts) -> None:
    columns = parts.data["links"]
    drawn = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    plan = build_plan()
    for one, link in zip(drawn, plan.links, strict=True):
        assert plan.items[one["from"]].id == link.from_
        assert plan.items[one["to"]].id == link.to
        assert parts.data["linkTypes"][one["type"]] == link.type
        assert parts.data["linkStates"][one["state"]] == link.state
    # The sample holds a proposed pair of phases that the plan dates the wrong way round.
    (clash,) = [link for one, link in zip(drawn, plan.links, strict=True) if one["clash"]]
    assert clash.reason == "Phases clash."


def test_the_status_date_is_drawn_only_if_there_is_one(parts: PageParts) -> None:
    assert parts.data["axis"]["statusWords"] == "Position at 30 Jun 2026"
    plan = build_plan().model_copy(update={"status_date": None})
    found = read_page(draw_map(plan, schedule(plan), links=()))
    assert found.data["axis"]["status"] is None


def test_highlights_hold_the_schedules_own_paths() -> None:
    view = view_plan(build_plan(), build_schedule(), build_plan().links)
    found = dict(find_highlights(view, build_schedule()))
    assert found["What sets the end date (longest path)"] == list(build_schedule().longest_path)
    no_room = [one.id for one in build_schedule().items if one.critical]
    done = {one.id for one in build_plan().items if one.status == "complete"}
    late = {one.id for one in view.items if one.state == "late"}
    assert found["No room: any slip hurts"] == [one for one in no_room if one not in done | late]


def test_findings_are_told_with_their_place() -> None:
    plan = build_plan()
    found = (
        Problem("a", "error", "A <b>wrong</b> date.", (), Place("paper.txt", 41)),
        Problem("b", "info", "An assumption."),
    )
    parts = read_page(draw_map(plan, replace(build_schedule(), findings=found), links=()))
    assert "Error: A <b>wrong</b> date. (paper.txt, line 41)" in parts.words
    assert "What the calculation found: 2 notes" in parts.words
    assert ("details", {"class": "fold", "open": None}) in parts.tags


def test_a_plan_without_dates_still_makes_a_page() -> None:
    plan = Plan(id="p", items=(Item(id="a", kind="milestone", title="Some day"),))
    parts = read_page(draw_map(plan, schedule(plan), links=()))
    assert "No item of this plan has a date, so there is no map to draw." in parts.words
    assert "Some day" in parts.words
    assert parts.scripts == []
    assert parts.outside() == []


def test_an_empty_plan_still_makes_a_page() -> None:
    plan = Plan(id="p")
    assert "there is no map to draw" in read_page(draw_map(plan, schedule(plan), links=())).words


def test_hostile_text_is_text() -> None:
    plan = build_hostile_plan()
    found = read_page(draw_map(plan, schedule(plan), links=plan.links, title=PAYLOADS[0]))
    for payload in PAYLOADS:
        assert " ".join(payload.split()) in found.words
    assert PAYLOADS[0] in found.words.split("What waits")[0]  # the heading
    assert not {"img", "iframe", "b onload", "textarea"} & {tag for tag, _ in found.tags}
    quotes = [one for one in found.data["quotes"].values() if len(one) == 4]
    assert len(quotes) == len(PAYLOADS)  # the title is not repeated


def test_the_raw_network_holds_every_item_and_link() -> None:
    plan = build_plan()
    network = to_pyvis(plan, build_schedule(), links=accepted(plan))
    view = view_plan(plan, build_schedule(), accepted(plan))
    assert view.chart is not None
    assert len(network.nodes) == len(view.chart.marks) == len(network.node_ids)
    assert len(network.edges) == len(accepted(plan))
    assert network.get_node(plan.items[3].id)["title"] == plan.items[3].title
    options = json.loads(network.get_network_data()[-1])
    assert options["physics"] == {"enabled": False}
    # pyvis can still be asked for its own page: nothing in the data breaks its template.
    assert "vis.DataSet" in network.generate_html()


def test_positions_come_from_the_layout() -> None:
    plan = build_plan()
    view = view_plan(plan, build_schedule(), plan.links)
    assert view.chart is not None
    y = stack(view.chart.layout, opened=set()).y
    nodes = {node["id"]: node for node in to_pyvis(plan, build_schedule(), links=()).nodes}
    assert len(plan.items) > 300  # so that actions are closed
    shared = nodes.keys() & y.keys()
    assert len(shared) == len(nodes)
    x = [(one.finish, nodes[one.id]["x"]) for one in view.items if one.id in nodes and one.finish]
    for (day, left), (later, right) in zip(sorted(x), sorted(x)[1:], strict=False):
        assert left <= right or day == later


def test_the_age_of_the_data_is_told() -> None:
    plan = build_plan()
    assert tell_data_date(plan) == "Progress is as of 30 Jun 2026."
    undated = plan.model_copy(update={"status_date": None})
    assert tell_data_date(undated).startswith("The plan is as of 30 Jun 2026;")
    bare = undated.model_copy(update={"as_of": None})
    assert tell_data_date(bare).startswith("The plan names no data date")

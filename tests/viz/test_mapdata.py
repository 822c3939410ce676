"""Where items stand on the map."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphmodel.items import Item, Planned
from graphmodel.links import Link
from graphmodel.plan import Plan
from simulations.schedule import schedule
from tests.laws import examples
from tests.oracle.plans import plans
from viz.itemrows import describe_items
from viz.layout import ROW
from viz.linkrows import describe_links
from viz.mapdata import OPEN_LIMIT, Calendar, MapData, Mark, Shift, map_out

PLAN = Plan(
    id="p",
    items=(
        Item(id="P", kind="plan", title="The whole"),
        Item(id="T", kind="theme", title="Homes", parent="P"),
        Item(id="O", kind="objective", title="Repairs", parent="T"),
        Item(id="A", kind="action", title="Rebase", parent="O"),
        Item(
            id="A.1",
            kind="milestone",
            title="First",
            parent="A",
            planned=Planned(finish=date(2026, 9, 30), precision="month"),
        ),
        Item(
            id="A.2",
            kind="milestone",
            title="Second",
            parent="A",
            planned=Planned(finish=date(2026, 12, 31), precision="month"),
        ),
        Item(
            id="W",
            kind="activity",
            title="Work on its own",
            planned=Planned(start=date(2026, 10, 1), finish=date(2026, 10, 31), precision="range"),
        ),
        Item(id="U", kind="milestone", title="Some day", parent="A"),
    ),
)


def chart_of(plan: Plan, *links: Link, **shifts: Shift) -> MapData:
    dates = schedule(plan)
    items = describe_items(plan, dates)
    chart = map_out(plan, items, describe_links(plan, items, dates, links), shifts=shifts)
    assert chart is not None
    return chart


def marks_of(plan: Plan, chart: MapData) -> dict[str, Mark]:
    ids = [one.id for one in plan.items if one.kind != "plan"]
    return {ids[mark.number]: mark for mark in chart.marks}


def test_days_begin_and_end_where_the_calendar_says() -> None:
    calendar = Calendar(date(2026, 9, 1), date(2026, 12, 31), per_day=2)
    assert calendar.start(date(2026, 9, 1)) == 0
    assert calendar.finish(date(2026, 9, 30)) == calendar.start(date(2026, 10, 1)) == 60
    assert calendar.finish(datetime(2026, 9, 1, 12)) == 1


def test_drawn_are_leaves_and_what_they_are_parts_of() -> None:
    chart = chart_of(PLAN)
    marks = marks_of(PLAN, chart)
    assert set(marks) == {"A", "A.1", "A.2", "W"}
    assert marks["A.1"].group == marks["A"].number == marks["A"].group
    assert marks["W"].group == marks["W"].number


def test_lanes_are_themes_and_a_last_one_for_the_rest() -> None:
    chart = chart_of(PLAN)
    assert list(chart.lanes) == ["Homes", "Not part of a theme"]
    assert marks_of(PLAN, chart)["W"].lane == 1


def test_a_plan_without_themes_has_one_lane() -> None:
    plan = Plan(id="p", items=PLAN.items[6:7])
    assert list(chart_of(plan).lanes) == ["All items"]


def test_a_whole_that_has_links_is_drawn_as_well() -> None:
    link = Link(from_="O", to="W")
    chart = chart_of(PLAN, link)
    marks = marks_of(PLAN, chart)
    assert set(marks) == {"O", "A", "A.1", "A.2", "W"}
    assert chart.edges == ((marks["O"].number, marks["W"].number, 0),)


def test_links_of_undated_items_are_not_drawn() -> None:
    assert chart_of(PLAN, Link(from_="A.1", to="U")).edges == ()


def test_lengths_run_from_start_to_finish_and_milestones_have_none() -> None:
    chart = chart_of(PLAN)
    marks, day = marks_of(PLAN, chart), chart.calendar.per_day
    assert chart.calendar.origin == date(2026, 9, 1)
    assert marks["A.1"].left == marks["A.1"].right == pytest.approx(30 * day)
    assert marks["W"].left == pytest.approx(30 * day)
    assert marks["W"].right == pytest.approx(61 * day)
    # A whole begins with its first part and ends with its last.
    assert marks["A"].right == pytest.approx(122 * day)


def test_a_shift_is_drawn_from_before_to_the_latest() -> None:
    shift = Shift(before=date(2026, 8, 31), latest=date(2027, 1, 31))
    chart = chart_of(PLAN, **{"A.1": shift})
    mark, day = marks_of(PLAN, chart)["A.1"], chart.calendar.per_day
    assert chart.calendar.origin == date(2026, 8, 1)
    assert mark.ghost == pytest.approx(31 * day)
    assert mark.latest == pytest.approx(184 * day)
    assert mark.latest is not None
    assert mark.reach > mark.latest


def test_a_forecast_beside_the_plan_leaves_a_ghost() -> None:
    late = PLAN.items[4].model_copy(update={"forecast": date(2026, 11, 30)})
    plan = PLAN.model_copy(update={"items": (*PLAN.items[:4], late, *PLAN.items[5:])})
    chart = chart_of(Plan.model_validate(plan.model_dump(by_alias=True)))
    mark, day = marks_of(plan, chart)["A.1"], chart.calendar.per_day
    assert mark.ghost == pytest.approx(30 * day)
    assert mark.right == pytest.approx(91 * day)


def test_nothing_dated_draws_nothing() -> None:
    plan = Plan(id="p", items=(Item(id="a", kind="milestone", title="Some day"),))
    assert map_out(plan, describe_items(plan, None), ()) is None


@pytest.mark.parametrize(("amount", "opens"), [(OPEN_LIMIT - 1, True), (OPEN_LIMIT, False)])
def test_large_plans_open_with_their_actions_closed(amount: int, opens: bool) -> None:
    action = Item(id="A", kind="action", title="Action")
    parts = tuple(
        Item(
            id=f"m{n}",
            kind="milestone",
            title="Part",
            parent="A",
            planned=Planned(finish=date(2026, 1, 1) + timedelta(days=n % 300), precision="day"),
        )
        for n in range(amount)
    )
    chart = chart_of(Plan(id="p", items=(action, *parts)))
    ys = {mark.y for mark in chart.marks}
    assert chart.opens is opens
    assert (len(ys) > 1) is opens


@given(st.lists(st.dates(date(2000, 1, 1), date(2100, 1, 1)), min_size=1, max_size=30))
def test_x_follows_the_date(days: list[date]) -> None:
    items = tuple(
        Item(
            id=f"m{n}",
            kind="milestone",
            title="One",
            planned=Planned(finish=day, precision="day"),
        )
        for n, day in enumerate(days)
    )
    plan = Plan(id="p", items=items)
    chart = map_out(plan, describe_items(plan, None), ())
    assert chart is not None
    placed = sorted((days[mark.number], mark.right) for mark in chart.marks)
    for (day, x), (later, right) in pairwise(placed):
        assert (day < later) == (x < right)
    assert all(0 <= x <= chart.calendar.finish(chart.calendar.last) for _, x in placed)


@settings(max_examples=examples(60))
@given(plans())
def test_any_plan_can_be_placed(plan: Plan) -> None:
    dates = schedule(plan)
    items = describe_items(plan, dates)
    chart = map_out(plan, items, describe_links(plan, items, dates, plan.links))
    drawable = {one.id for one in items if one.is_dated and one.id not in plan.index.children}
    shown = {items[mark.number].id for mark in chart.marks} if chart else set()
    assert drawable <= shown
    for mark in chart.marks if chart else ():
        assert mark.left <= mark.right <= mark.reach
        assert mark.y >= ROW / 2
    for start, end, number in chart.edges if chart else ():
        link = plan.links[number] if len(plan.links) > number else None
        assert link is None or {start, end} <= set(range(len(items)))

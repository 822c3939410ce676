"""The oracle's gates, blackouts and scenarios, held against cases by hand (DESIGN 5.3.5, 5.4)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.scenario import Scenario
from tests.oracle.scenarios import WhatIfOracle
from tests.oracle.scheduler import Oracle
from tests.oracle.small import Items, build, fs, june, lies

if TYPE_CHECKING:
    from graphmodel.plan import Plan

# -- Gates (5.3.5) --------------------------------------------------------------------------------

BOARD = {"id": "x", "title": "Board", "meetings": {"dates": ["2026-09-08", "2026-09-22"]}}
GATE = {"id": "g1", "item": "g", "board": "x"}


def month(name: str, finish: str, **rest: Any) -> dict[str, Any]:
    return {"id": name, "planned": {"finish": finish, "precision": "month"}, **rest}


def board(*dates: str, **rest: Any) -> dict[str, Any]:
    return {"id": "x", "title": "Board", "meetings": {"dates": list(dates)}, **rest}


@pytest.mark.parametrize(
    ("dates", "finish"),
    [
        (["2026-09-08", "2026-09-22"], date(2026, 9, 22)),  # the last one in September
        (["2026-08-31", "2026-10-13"], date(2026, 10, 13)),  # none in it: the first after
        (["2026-08-31"], date(2026, 9, 30)),  # none known: the planned date stands
    ],
)
def test_the_meeting_of_a_gate(dates: list[str], finish: date) -> None:
    plan = build([month("g", "2026-09-30")], boards=[board(*dates)], gates=[GATE])
    assert Oracle(plan).place("g").shown_finish == finish


def test_a_rule_is_counted_from_the_plans_start_and_cancelled_days_fall_out() -> None:
    meetings = {"rule": "FREQ=MONTHLY;BYDAY=3TU", "cancelled": ["2026-09-15"]}
    boards = [{"id": "x", "title": "Board", "meetings": meetings}]
    plan = build([month("g", "2026-09-30")], boards=boards, gates=[GATE])
    assert Oracle(plan).place("g").shown_finish == date(2026, 10, 20)


def test_an_input_of_the_same_month_counts_as_ready_for_the_papers() -> None:
    """As written the gate stays at its meeting; the input may slip until the papers deadline."""
    plan = build(
        [month("i", "2026-09-30"), month("g", "2026-09-30")],
        fs("i", "g"),
        boards=[board("2026-09-22", "2026-10-20", papers_lead="7d")],
        gates=[GATE],
        must_finish="2026-10-31",
    )
    oracle = Oracle(plan)
    assert oracle.place("g").shown_finish == date(2026, 9, 22)
    # 15 September is counted for 30 September: one day later is one day too late.
    slip = Scenario.model_validate({"changes": [{"op": "slip", "item": "i", "by": "1d"}]})
    assert WhatIfOracle(plan, slip).after.place("g").shown_finish == date(2026, 10, 20)
    # Late: papers by 13 October, and the 15 days that it was allowed.
    assert oracle.late_finish("i") == datetime(2026, 10, 29)
    assert oracle.total_float("i") == 28


def test_an_input_of_another_month_pushes_the_gate_by_a_cycle() -> None:
    plan = build(
        [
            {"id": "i", "planned": {"finish": "2026-09-18", "precision": "day"}},
            month("g", "2026-09-30"),
        ],
        fs("i", "g"),
        boards=[board("2026-09-22", "2026-10-20", papers_lead="3wd")],
        gates=[GATE],
    )
    oracle = Oracle(plan)
    # Fri 18 September and three working days are Wed 23: too late for Tue 22.
    assert oracle.place("g").shown_finish == date(2026, 10, 20)
    assert oracle.driven_by("g") == set()


def test_boards_are_passed_in_order() -> None:
    boards = [
        board("2026-09-10", "2026-10-08"),
        {**board("2026-09-03", "2026-09-24"), "id": "y"},
    ]
    gates = [GATE, {"id": "g2", "item": "g", "board": "y", "order": 2}]
    item = {
        "id": "g",
        "planned": {"start": "2026-09-01", "finish": "2026-09-12", "precision": "range"},
    }
    oracle = Oracle(build([item], boards=boards, gates=gates))
    assert oracle.place("g").shown_finish == date(2026, 9, 24)


def test_no_board_meets_in_a_blackout_that_names_it() -> None:
    blackouts = [{"start": "2026-09-20", "finish": "2026-10-05", "boards": ["x"]}]
    plan = build([month("g", "2026-09-30")], boards=[BOARD], gates=[GATE], blackouts=blackouts)
    assert Oracle(plan).place("g").shown_finish == date(2026, 9, 8)


def test_what_a_blackout_names_waits_for_the_day_after() -> None:
    blackouts = [{"start": "2026-06-01", "finish": "2026-06-10", "tags": ["consultation"]}]
    items: Items = [
        {"id": "a", "duration": "5d", "tags": ["consultation"]},
        {
            "id": "m",
            "planned": {"finish": "2026-06-05", "precision": "day"},
            "tags": ["consultation"],
        },
        {"id": "b", "duration": "5d"},
    ]
    oracle = Oracle(build(items, blackouts=blackouts))
    assert lies(oracle, "a") == june(11, 15)
    assert lies(oracle, "m") == june(11, 11)
    assert lies(oracle, "b") == june(1, 5)


# -- What-if (5.4) --------------------------------------------------------------------------------


def ask(plan: Plan, *changes: dict[str, Any]) -> Oracle:
    scenario = Scenario.model_validate({"changes": list(changes)})
    return WhatIfOracle(plan, scenario).after


OWNED = build(
    [
        {"id": "p", "kind": "action"},
        {
            "id": "a",
            "parent": "p",
            "planned": {"start": "2026-06-08", "finish": "2026-06-17", "precision": "range"},
        },
        {"id": "b", "parent": "p", "planned": {"finish": "2026-06-30", "precision": "day"}},
    ],
    fs("a", "b"),
    officers=[{"id": "o"}, {"id": "q"}],
    assignments=[{"officer": "o", "item": "p"}],
)


@pytest.mark.parametrize(
    ("change", "finishes"),
    [
        ({"op": "slip", "item": "a", "by": "20d"}, (date(2026, 7, 7), date(2026, 7, 7))),
        ({"op": "slip", "item": "p", "by": "1d"}, (date(2026, 6, 18), date(2026, 7, 1))),
        ({"op": "slip_group", "officer": "o", "by": "2d"}, (date(2026, 6, 19), date(2026, 7, 2))),
        (
            # 8 to 17 June has three days (15 to 17) inside 15 to 21 June; the point b has none.
            {"op": "away", "officer": "o", "from": "2026-06-15", "to": "2026-06-21"},
            (date(2026, 6, 24), date(2026, 6, 30)),
        ),
        ({"op": "set", "item": "a", "start": "2026-06-29"}, (date(2026, 7, 8), date(2026, 7, 8))),
        (
            {"op": "set", "item": "a", "duration": "3d"},
            (date(2026, 6, 10), date(2026, 6, 30)),
        ),
        (
            {"op": "complete", "item": "a", "on": "2026-06-05"},
            (date(2026, 6, 5), date(2026, 6, 30)),
        ),
    ],
)
def test_changes(change: dict[str, Any], finishes: tuple[date, date]) -> None:
    after = ask(OWNED, change)
    assert (after.place("a").shown_finish, after.place("b").shown_finish) == finishes


def test_a_reassigned_item_goes_with_its_new_owner() -> None:
    after = ask(
        OWNED,
        {"op": "slip_group", "officer": "q", "by": "10d"},
        {"op": "reassign", "item": "b", "officer": "o", "to": "q"},
    )
    assert lies(after, "a") == june(8, 17)
    assert after.place("b").shown_finish == date(2026, 7, 10)


@pytest.mark.parametrize(
    ("change", "finish"),
    [
        ({"op": "cancel_meeting", "board": "x", "date": "2026-10-20"}, date(2026, 11, 17)),
        (
            {"op": "move_meeting", "board": "x", "date": "2026-10-20", "to": "2026-10-13"},
            date(2026, 10, 13),
        ),
        ({"op": "add_meeting", "board": "x", "date": "2026-10-06"}, date(2026, 10, 6)),
        ({"op": "waive_papers_lead", "gate": "g1"}, date(2026, 9, 22)),
    ],
)
def test_changes_of_boards(change: dict[str, Any], finish: date) -> None:
    plan = build(
        [
            {"id": "i", "planned": {"finish": "2026-09-18", "precision": "day"}},
            month("g", "2026-09-30"),
        ],
        fs("i", "g"),
        boards=[board("2026-09-22", "2026-10-20", "2026-11-17", papers_lead="7d")],
        gates=[GATE],
    )
    assert Oracle(plan).place("g").shown_finish == date(2026, 10, 20)
    assert ask(plan, change).place("g").shown_finish == finish

"""Schedules of small plans worked out by hand: what holds, what drives, what is found."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import CycleError, PlanError, UnknownIdError
from graphmodel.planfile import parse_plan
from simulations.schedule import schedule

if TYPE_CHECKING:
    from simulations.results import Schedule, ScheduledItem


def run(
    items: list[dict[str, Any]], links: list[dict[str, Any]] | None = None, **rest: Any
) -> Schedule:
    """Schedule a plan of these items; kind and title may be left out."""
    full = [{"kind": "milestone", "title": f"Item {item['id']}", **item} for item in items]
    options = {key: rest.pop(key) for key in ("to", "gaps", "threshold_days") if key in rest}
    plan = {"schema": "knockon/plan@1", "id": "p", "items": full, "links": links or [], **rest}
    return schedule(parse_plan(json.dumps(plan)), **options)


def row(answer: Schedule, one: str) -> ScheduledItem:
    return next(item for item in answer.items if item.id == one)


def codes(answer: Schedule) -> list[str]:
    return [finding.code for finding in answer.findings]


def by(finish: str, **rest: Any) -> dict[str, Any]:
    return {"planned": {"finish": finish}, **rest}


def activity(one: str, duration: str, **rest: Any) -> dict[str, Any]:
    return {"id": one, "kind": "activity", "duration": duration, **rest}


def test_empty_plan() -> None:
    answer = run([])
    assert answer.finish is None
    assert answer.longest_path == ()
    assert answer.critical_path is None


def test_activities_follow_each_other_day_by_day() -> None:
    answer = run(
        [activity("a", "30d"), activity("b", "2d")],
        [{"from": "a", "to": "b"}],
        start="2026-09-01",
    )
    assert (row(answer, "a").start, row(answer, "a").finish) == (
        date(2026, 9, 1),
        date(2026, 9, 30),
    )
    assert (row(answer, "b").start, row(answer, "b").finish) == (
        date(2026, 10, 1),
        date(2026, 10, 2),
    )
    assert row(answer, "a").held_by == ("plan_start",)
    assert row(answer, "b").driven_by == ("a",)
    assert answer.longest_path == ("a", "b")
    assert row(answer, "a").critical


def test_milestone_after_finish_falls_on_that_day_and_after_start_on_the_day_that_begins() -> None:
    items = [activity("a", "30d"), activity("m", "0d"), activity("s", "0d")]
    answer = run(
        items,
        [{"from": "a", "to": "m"}, {"from": "a", "to": "s", "type": "SS", "lag": "30d"}],
        start="2026-09-01",
    )
    assert row(answer, "m").finish == date(2026, 9, 30), "held by a finish: the day that ends"
    assert row(answer, "s").finish == date(2026, 10, 1), "held by a start: the day that begins"
    assert row(answer, "s").start == date(2026, 10, 1)


def test_milestone_put_into_a_chain_moves_nobody() -> None:
    items = [activity("a", "30d"), activity("m", "0d"), activity("b", "5d")]
    direct = run(items, [{"from": "a", "to": "b"}], start="2026-09-01")
    chained = run(items, [{"from": "a", "to": "m"}, {"from": "m", "to": "b"}], start="2026-09-01")
    assert row(direct, "b").start == row(chained, "b").start == date(2026, 10, 1)


def test_duration_in_months_ends_the_day_before() -> None:
    answer = run([activity("a", "3m")], start="2026-10-01")
    assert row(answer, "a").finish == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("finish", "lag", "expected"),
    [
        ("2027-02-28", "1m", date(2027, 3, 31)),
        ("2026-09-30", "2m", date(2026, 11, 30)),
        ("2027-01-30", "1m", date(2027, 2, 28)),
        ("2027-01-31", "1m", date(2027, 2, 28)),
    ],
)
def test_month_lag_keeps_the_last_day(finish: str, lag: str, expected: date) -> None:
    answer = run([by(finish, id="a"), {"id": "b"}], [{"from": "a", "to": "b", "lag": lag}])
    assert row(answer, "b").finish == expected
    assert row(answer, "b").derived


def test_percent_lag_is_of_the_predecessors_duration() -> None:
    answer = run(
        [activity("a", "30d"), activity("b", "5d")],
        [{"from": "a", "to": "b", "type": "SS", "lag": "50%"}],
        start="2026-09-01",
    )
    assert row(answer, "b").start == date(2026, 9, 16)


def test_finish_to_finish_moves_the_start_along() -> None:
    items = [
        {"id": "a", "planned": {"start": "2026-09-01", "finish": "2026-12-31"}},
        {"id": "b", "planned": {"start": "2026-09-01", "finish": "2026-10-31"}},
    ]
    answer = run(items, [{"from": "a", "to": "b", "type": "FF"}])
    assert (row(answer, "b").start, row(answer, "b").finish) == (
        date(2026, 11, 1),
        date(2026, 12, 31),
    )


def test_start_to_finish() -> None:
    answer = run(
        [
            by("2026-12-31", id="a", planned={"start": "2026-12-01", "finish": "2026-12-31"}),
            by("2026-10-31", id="b"),
        ],
        [{"from": "a", "to": "b", "type": "SF"}],
    )
    assert row(answer, "b").finish == date(2026, 11, 30), "b cannot finish before a starts"


def test_parent_spans_its_parts_and_takes_their_least_float() -> None:
    answer = run(
        [
            {"id": "p", "kind": "action", "planned": {"finish": "2026-10-31"}},
            {"id": "x", "parent": "p", "planned": {"start": "2026-09-01", "finish": "2026-11-30"}},
            {"id": "y", "parent": "p", "planned": {"finish": "2026-12-31"}},
            {"id": "z", "planned": {"finish": "2027-01-31"}},
        ]
    )
    parent = row(answer, "p")
    assert (parent.start, parent.finish) == (date(2026, 9, 1), date(2026, 12, 31))
    assert parent.total_float_days == 31
    assert parent.held_by == ()


def test_link_into_a_parent_bounds_its_finish() -> None:
    items = [
        by("2027-03-31", id="a"),
        {"id": "p", "kind": "action", "planned": {"finish": "2026-12-31"}},
        by("2026-12-31", id="p.1", parent="p"),
    ]
    answer = run(items, [{"from": "a", "to": "p"}])
    assert row(answer, "p").finish == date(2027, 3, 31)
    assert row(answer, "p.1").finish == date(2026, 12, 31)
    leaves = run(items, [{"from": "a", "to": "p"}], options={"parent_links": "leaves"})
    assert row(leaves, "p.1").finish == date(2027, 3, 31)
    assert row(leaves, "p.1").driven_by == ("a",)


def test_register_row_between_parents_bounds_the_leaves() -> None:
    items = [
        {"id": "a", "kind": "action"},
        by("2027-03-31", id="a.1", parent="a"),
        {"id": "p", "kind": "action"},
        by("2026-12-31", id="p.1", parent="p"),
    ]
    stated = run(items, [{"from": "a", "to": "p"}])
    assert row(stated, "p.1").finish == date(2026, 12, 31)
    register = run(items, [{"from": "a", "to": "p", "origin": "register"}])
    assert row(register, "p.1").finish == date(2027, 3, 31)


def test_open_ended_item_can_be_pushed_and_holds_no_finish() -> None:
    items = [
        by("2028-06-30", id="a"),
        {"id": "o", "planned": {"start": "2028-04-01", "precision": "from"}},
        by("2028-05-31", id="z"),
    ]
    answer = run(items, [{"from": "a", "to": "o"}, {"from": "o", "to": "z"}])
    assert (row(answer, "o").start, row(answer, "o").finish) == (date(2028, 7, 1), None)
    assert row(answer, "z").finish == date(2028, 5, 31)
    assert "link-from-open-end" in codes(answer)


@pytest.mark.parametrize(
    ("item", "words"),
    [
        ({"planned": {"precision": "ongoing"}}, "b Item b is ongoing"),
        ({"status": "cancelled", "planned": {"finish": "2026-10-31"}}, "b Item b is cancelled"),
        ({"status": "complete"}, "b Item b is complete without a date"),
    ],
)
def test_what_takes_no_part_holds_nobody(item: dict[str, Any], words: str) -> None:
    items = [by("2026-12-31", id="a"), {"id": "b", **item}, by("2026-11-30", id="c")]
    answer = run(items, [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}])
    assert row(answer, "b").finish is None
    assert row(answer, "c").finish == date(2026, 11, 30)
    found = [finding.message for finding in answer.findings if finding.code == "link-without-date"]
    assert len(found) == 2
    assert all(words in message for message in found)


def test_item_with_nothing_has_no_date() -> None:
    answer = run([{"id": "a"}, by("2026-12-31", id="b")])
    assert row(answer, "a").finish is None
    assert row(answer, "a").total_float_days is None
    assert codes(answer) == ["no-date"]


def test_forecast_moves_start_and_finish() -> None:
    planned = {"start": "2026-10-01", "finish": "2026-10-31"}
    answer = run([{"id": "a", "planned": planned, "forecast": "2026-11-30"}])
    assert (row(answer, "a").start, row(answer, "a").finish) == (
        date(2026, 10, 31),
        date(2026, 11, 30),
    )
    assert row(answer, "a").held_by == ("forecast",)


def test_fact_never_moves() -> None:
    done = by("2026-10-31", id="b", status="complete", actual_finish="2026-10-15")
    answer = run([by("2026-12-31", id="a"), done], [{"from": "a", "to": "b"}])
    finished = row(answer, "b")
    assert finished.finish == date(2026, 10, 15)
    assert finished.held_by == ("actual",)
    assert finished.driven_by == ()
    assert not finished.critical


def test_begun_work_runs_from_the_status_date() -> None:
    begun = activity("a", "20d", status="in_progress", actual_start="2026-09-01", percent=50)
    answer = run([begun], start="2026-09-01", status_date="2026-09-30")
    assert (row(answer, "a").start, row(answer, "a").finish) == (
        date(2026, 9, 1),
        date(2026, 10, 10),
    )
    assert row(answer, "a").held_by == ("status_date",)


def test_retained_logic_holds_the_rest_and_override_does_not() -> None:
    items = [
        by("2026-12-31", id="p"),
        activity("a", "20d", status="in_progress", actual_start="2026-09-01", remaining="10d"),
    ]
    links = [{"from": "p", "to": "a"}]
    rest = {"start": "2026-09-01", "status_date": "2026-09-30"}
    retained = run(items, links, **rest)
    assert row(retained, "a").finish == date(2027, 1, 10)
    assert row(retained, "a").driven_by == ("p",)
    override = run(items, links, options={"progress": "progress_override"}, **rest)
    assert row(override, "a").finish == date(2026, 10, 10)
    assert row(override, "a").driven_by == ()


def test_on_hold_is_not_started_and_said_so() -> None:
    answer = run([by("2026-12-31", id="a", status="on_hold", actual_start="2026-09-01")])
    assert "on-hold-without-forecast" in codes(answer)


def test_links_that_break_the_plans_own_date_are_found() -> None:
    answer = run([by("2026-12-31", id="a"), by("2026-11-30", id="b")], [{"from": "a", "to": "b"}])
    found = next(one for one in answer.findings if one.code == "links-break-plan-date")
    assert found.message == "b Item b cannot keep its own date: a holds it 31 days longer."
    assert found.items == ("b", "a")


def test_lead_is_cut_at_the_plans_start() -> None:
    answer = run(
        [activity("a", "5d"), activity("b", "5d")],
        [{"from": "a", "to": "b", "lag": "-10d"}],
        start="2026-09-01",
    )
    assert row(answer, "b").start == date(2026, 9, 1)
    assert "lead-cut" in codes(answer)


def test_due_date_caps_the_late_finish() -> None:
    answer = run(
        [by("2026-10-31", id="a", due="2026-10-31"), by("2026-12-31", id="b", due="2027-01-31")],
        [{"from": "a", "to": "b"}],
    )
    assert row(answer, "a").total_float_days == 0
    assert row(answer, "a").free_float_days == 61
    assert row(answer, "b").total_float_days == 31
    assert row(answer, "a").interfering_float_days == -61


def test_must_finish_allows_negative_float() -> None:
    answer = run([by("2026-12-31", id="a")], must_finish="2026-12-01")
    assert row(answer, "a").total_float_days == -30
    assert row(answer, "a").critical


def test_critical_by_threshold_and_by_longest_path() -> None:
    items = [activity("a", "10d"), activity("b", "8d"), activity("c", "5d")]
    links = [{"from": "a", "to": "c"}, {"from": "b", "to": "c"}]
    strict = run(items, links, start="2026-09-01")
    assert [item.id for item in strict.items if item.critical] == ["a", "c"]
    near = run(items, links, start="2026-09-01", threshold_days=2)
    assert [item.id for item in near.items if item.critical] == ["a", "b", "c"]
    longest = run(items, links, start="2026-09-01", options={"critical": "longest_path"})
    assert [item.id for item in longest.items if item.critical] == ["a", "c"]


def test_buffered_path_goes_on_where_nothing_drives() -> None:
    items = [by("2026-09-30", id="a"), by("2026-10-31", id="b"), by("2026-12-31", id="c")]
    answer = run(items, [{"from": "a", "to": "b"}, {"from": "b", "to": "c"}], to="c")
    assert answer.critical_path is not None
    assert answer.critical_path.items == ("c",)
    assert answer.buffered_path is not None
    assert [(step.item, step.float_days) for step in answer.buffered_path.steps] == [
        ("a", None),
        ("b", 31),
        ("c", 61),
    ]


def test_path_to_an_unknown_item() -> None:
    with pytest.raises(UnknownIdError, match='no item "zz"'):
        run([by("2026-12-31", id="a")], to="zz")


def test_circle_names_every_item_and_step() -> None:
    items = [
        {"id": "p", "kind": "action"},
        by("2026-12-31", id="p.1", parent="p"),
        by("2026-12-31", id="b"),
    ]
    with pytest.raises(CycleError) as caught:
        run(items, [{"from": "p", "to": "b"}, {"from": "b", "to": "p.1"}])
    assert set(caught.value.items) == {"p", "p.1", "b"}
    assert "p.1 is part of p" in str(caught.value)


def test_durations_need_a_start() -> None:
    with pytest.raises(PlanError, match='Nothing says when the plan starts: give it a "start"'):
        run([activity("a", "5d")])
    answer = run([activity("a", "5d"), by("2026-09-30", id="b")])
    assert row(answer, "a").start == date(2026, 9, 30), "the earliest own date"


def test_gaps_as_work_give_a_milestone_its_length() -> None:
    items = [by("2026-09-30", id="a"), by("2026-12-31", id="b")]
    answer = run(items, [{"from": "a", "to": "b", "lag": "30d"}], gaps="work")
    assert row(answer, "b").start == date(2026, 10, 31)
    assert row(answer, "b").finish == date(2026, 12, 31)
    assert row(answer, "a").total_float_days == 0


def test_parent_of_one_milestone_starts_on_the_day_it_shows() -> None:
    answer = run([{"id": "p", "kind": "action"}, by("2026-12-31", id="p.1", parent="p")])
    assert (row(answer, "p").start, row(answer, "p").finish) == (
        date(2026, 12, 31),
        date(2026, 12, 31),
    )

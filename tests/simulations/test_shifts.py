"""How far forecasts moved between two versions, and whose doing it was."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from graphmodel.plan import Plan
from graphmodel.scenario import Scenario, SetDates
from simulations.shifts import compare_forecasts
from simulations.whatif import what_if
from tests.laws import examples
from tests.oracle.plans import PLAIN, plans
from tests.oracle.small import build, fs

if TYPE_CHECKING:
    from simulations.shifts import Shift

often = settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])


def ends(**finishes: str) -> list[dict[str, Any]]:
    """Items that finish on days of 2026, such as ``a="06-30"``."""
    return [{"id": one, "planned": {"finish": f"2026-{day}"}} for one, day in finishes.items()]


def parts(shift: Shift) -> tuple[float | None, float | None, float | None, str | None]:
    return shift.own_days, shift.arrived_days, shift.waiting_days, shift.through


def shifts(old: Plan, new: Plan) -> dict[str, Shift]:
    return {shift.id: shift for shift in compare_forecasts(old, new).shifts}


def test_a_slip_is_its_own_and_arrives_at_what_waits() -> None:
    links = (fs("a", "b"), fs("b", "c"))
    old = build(ends(a="06-30", b="07-05", c="12-31"), *links)
    new = build(ends(a="07-15", b="07-05", c="12-31"), *links)
    found = shifts(old, new)
    assert list(found) == ["a", "b"]
    assert (found["a"].days, found["a"].before, found["a"].after) == (
        15, date(2026, 6, 30), date(2026, 7, 15),
    )  # fmt: skip
    assert parts(found["a"]) == (15, 0, 0, None)
    assert found["b"].days == 10  # five days of room
    assert parts(found["b"]) == (0, 10, 0, "a")


def test_a_slip_that_is_partly_its_own() -> None:
    old = build(ends(a="06-30", b="07-05"), fs("a", "b"))
    new = build(ends(a="07-15", b="08-04"), fs("a", "b"))
    assert parts(shifts(old, new)["b"]) == (20, 10, 0, "a")


def test_a_new_link_carries_what_it_demands() -> None:
    old = build(ends(a="06-30", b="06-20"))
    new = build(ends(a="06-30", b="06-20"), fs("a", "b", lag="5d"))
    assert parts(shifts(old, new)["b"]) == (0, 15, 0, "a")


def test_a_missed_meeting_is_waiting() -> None:
    boards = [{"id": "x", "meetings": {"dates": ["2026-07-10", "2026-09-10"]}, "papers_lead": "5d"}]
    rest: dict[str, Any] = {"boards": boards, "gates": [{"board": "x", "item": "g"}]}
    gate = {"id": "g", "planned": {"start": "2026-07-10", "finish": "2026-07-10"}}
    old = build([*ends(a="07-03"), gate], fs("a", "g"), **rest)
    new = build([*ends(a="07-08"), gate], fs("a", "g"), **rest)
    shift = shifts(old, new)["g"]
    assert shift.days == 62
    # ready 5 days after 8 July is 3 days after the meeting of 10 July; the rest is waiting
    assert parts(shift) == (0, 3, 59, "a")


def test_what_came_forward_and_parents_have_no_parts() -> None:
    items = [{"id": "P", "kind": "action"}, *ends(a="06-30", b="06-30")]
    items[1]["parent"] = "P"
    later = [items[0], {**items[1], "planned": {"finish": "2026-07-10"}}, *ends(b="06-10")]
    found = shifts(build(items), build(later))
    assert (found["b"].days, parts(found["b"])) == (-20, (None, None, None, None))
    assert (found["P"].days, found["P"].is_parent, parts(found["P"])) == (
        10, True, (None, None, None, None),
    )  # fmt: skip


def test_what_only_one_version_holds_is_left_out() -> None:
    assert shifts(build(ends(a="06-30")), build(ends(b="06-30"))) == {}


def test_the_longest_path_of_both_versions() -> None:
    links = (fs("a", "b"), fs("c", "d"))
    old = compare_forecasts(
        build(ends(a="06-30", b="06-30", c="06-10", d="06-10"), *links),
        build(ends(a="06-30", b="06-30", c="07-10", d="07-10"), *links),
    )
    assert (old.finish_before, old.finish_after) == (date(2026, 6, 30), date(2026, 7, 10))
    assert (old.longest_before, old.longest_after) == (("a", "b"), ("c", "d"))
    assert (set(old.critical_before), set(old.critical_after)) == ({"a", "b"}, {"c", "d"})


def test_plans_without_dates() -> None:
    plan = build([{"id": "a"}])
    found = compare_forecasts(plan, plan)
    assert (found.finish_before, found.longest_before, found.shifts) == (None, (), ())


def test_on_a_calendar_a_weekend_is_not_the_items_own_doing() -> None:
    calendar = [{"id": "w", "week": {d: [["09:00", "17:00"]] for d in ("mon", "tue", "wed")}}]
    items = [
        {"id": "a", "duration": "1wd", "scheduling": "logic"},
        {"id": "b", "duration": "1wd", "scheduling": "logic"},
    ]
    longer = [{**items[0], "duration": "3wd"}, items[1]]
    rest: dict[str, Any] = {"calendars": calendar, "calendar": "w"}
    found = shifts(build(items, fs("a", "b"), **rest), build(longer, fs("a", "b"), **rest))
    assert (found["a"].days, parts(found["a"])) == (2, (2, 0, 0, None))
    assert (found["b"].days, parts(found["b"])) == (6, (0, 6, 0, "a"))  # from Tuesday to Monday


@often
@given(data=st.data())
def test_the_parts_add_up_and_what_did_not_move_itself_has_none_of_its_own(
    data: st.DataObject,
) -> None:
    plan = data.draw(plans(PLAIN))
    movable = [
        item.id
        for item in plan.items
        if plan.index.is_leaf(item.id)
        and item.status == "not_started"
        and item.mode == "planned"
        and item.planned.finish is not None
        and item.forecast is None
    ]
    assume(movable)
    chosen = data.draw(st.sampled_from(movable))
    planned = plan.index.items[chosen].planned
    assert planned.finish is not None
    finish = planned.finish + timedelta(days=data.draw(st.integers(1, 200)))
    moved = plan.index.items[chosen].model_copy(update={"forecast": finish})
    items = tuple(moved if item.id == chosen else item for item in plan.items)
    new = Plan.model_validate({**{n: getattr(plan, n) for n in Plan.model_fields}, "items": items})
    for shift in compare_forecasts(plan, new).shifts:
        if shift.own_days is None or shift.arrived_days is None or shift.waiting_days is None:
            continue
        assert shift.own_days + shift.arrived_days + shift.waiting_days == shift.days
        assert min(shift.own_days, shift.arrived_days, shift.waiting_days) >= 0
        if shift.id == chosen:
            assert shift.arrived_days == 0
        else:
            assert shift.own_days == 0


def test_what_arrived_is_what_a_what_if_with_the_old_date_finds() -> None:
    """Another way to the same answer: the new plan with the old date of one item put back."""
    links = (fs("a", "b", lag="10d"), fs("b", "c"), fs("a", "c", type="FF", lag="3d"))
    old = build(ends(a="06-30", b="07-12", c="07-20"), *links)
    new = build(ends(a="07-20", b="08-20", c="09-30"), *links)
    found = shifts(old, new)
    for item, stood in (("b", "2026-07-12"), ("c", "2026-07-20")):
        back = Scenario(changes=(SetDates(item=item, finish=date.fromisoformat(stood)),))
        (row,) = [one for one in what_if(new, back, include_all=True).items if one.id == item]
        assert row.finish is not None
        arrived = (row.finish - date.fromisoformat(stood)).days
        assert found[item].arrived_days == arrived > 0

"""What must hold for every plan, whatever its dates are: the laws of schedule and what-if."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from graphmodel.items import Item
from graphmodel.plan import Plan
from graphmodel.planfile import dump_plan, dump_scenario
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from simulations.schedule import schedule
from simulations.whatif import what_if
from tests.laws import examples
from tests.oracle.dates import finish_of, show, start_of
from tests.oracle.plans import COUNCIL, PLAIN, PlanShape, plans
from tests.oracle.scenarios import can_slip
from tests.oracle.scheduler import Oracle
from tests.oracle.slips import slip_scenarios

if TYPE_CHECKING:
    from datetime import date, datetime

    from simulations.results import MovedItem

often = settings(max_examples=examples(100), suppress_health_check=[HealthCheck.too_slow])

#: Whole days, no lag in months or percent: a slip of n days moves what it drives by n days.
DAYS_ONLY = replace(
    PLAIN, months=False, hours=False, percent_lags=False, dues=False, must_finish=False
)

#: A part of a duration that grows can pull a successor with a lead forward; such plans are odd.
NO_PERCENT = PlanShape(percent_lags=False)

#: The same instant is always shown as the same day, and nothing moves late because it may.
ONE_SIDED = PlanShape(
    percent_lags=False, start_points=False, constraints=False, kinds=False, modes=False
)

#: Nothing has happened yet, every day counts.
UNTOUCHED = replace(PLAIN, statuses=False, percent_lags=False)


def slip(item: str, days: int) -> Scenario:
    return Scenario(changes=(Slip(item=item, by=parse_span(f"{days}d")),))


def change(plan: Plan, **update: object) -> Plan:
    """Return a plan with some fields replaced, made anew: a copy would keep the old look-ups."""
    fields = {name: getattr(plan, name) for name in Plan.model_fields}
    return Plan.model_validate(fields | update)


def all_moves(plan: Plan, scenario: Scenario) -> dict[str, MovedItem]:
    return {row.id: row for row in what_if(plan, scenario, include_all=True).items}


def knock_on(row: MovedItem) -> tuple[float, float]:
    return row.knock_on_days, row.knock_on_if_work_days


@often
@given(plan=plans())
def test_no_change_no_knock_on(plan: Plan) -> None:
    answer = what_if(plan, Scenario())
    assert answer.items == ()
    assert answer.summary.moved == answer.summary.moved_if_work == 0
    assert answer.summary.newly_late == answer.summary.newly_late_if_work == 0
    rows = what_if(plan, Scenario(), include_all=True).items
    assert all(knock_on(row) == (0, 0) for row in rows)


@often
@given(data=st.data())
def test_a_slip_of_nothing_moves_nothing(data: st.DataObject) -> None:
    plan = data.draw(plans())
    chosen = choose_leaf(data, plan)
    assert all(knock_on(row) == (0, 0) for row in all_moves(plan, slip(chosen, 0)).values())


@often
@given(data=st.data())
def test_slips_never_make_anything_earlier(data: st.DataObject) -> None:
    plan = data.draw(plans(NO_PERCENT))
    scenario = data.draw(slip_scenarios(plan))
    note(dump_plan(plan))
    note(dump_scenario(scenario))
    for row in all_moves(plan, scenario).values():
        assert min(knock_on(row)) >= 0, row.id


@often
@given(data=st.data())
def test_a_longer_slip_never_makes_anything_earlier(data: st.DataObject) -> None:
    plan = data.draw(plans(NO_PERCENT))
    chosen = choose_leaf(data, plan)
    first = data.draw(st.integers(0, 120))
    second = first + data.draw(st.integers(1, 60))
    note(dump_plan(plan))
    shorter = all_moves(plan, slip(chosen, first))
    longer = all_moves(plan, slip(chosen, second))
    for name, row in shorter.items():
        assert knock_on(longer[name])[0] >= knock_on(row)[0], name
        assert knock_on(longer[name])[1] >= knock_on(row)[1], name


@often
@given(data=st.data())
def test_removing_a_link_never_delays(data: st.DataObject) -> None:
    """As long as it leaves every item its date: a part without one can let its parent start later.

    Only with gaps as spare: how much work there is between two dates is read from the links.
    """
    plan = data.draw(plans(ONE_SIDED))
    used = [place for place, link in enumerate(plan.links) if link.state == "accepted"]
    assume(used)
    removed = data.draw(st.sampled_from(used))
    note(dump_plan(plan))
    before = dated(plan)
    after = dated(change(plan, links=plan.links[:removed] + plan.links[removed + 1 :]))
    assume(before.keys() == after.keys())
    for name, (start, finish) in after.items():
        assert start <= before[name][0], name
        assert finish is None or finish <= (before[name][1] or finish), name


def dated(plan: Plan) -> dict[str, tuple[datetime, datetime | None]]:
    """Return the instants that rows are shown as, dates and dates with time alike."""
    return {
        row.id: (start_of(row.start), None if row.finish is None else finish_of(row.finish))
        for row in schedule(plan).items
        if row.start is not None
    }


@often
@given(data=st.data())
def test_the_order_of_the_file_changes_no_date(data: st.DataObject) -> None:
    plan = data.draw(plans())
    items = tuple(data.draw(st.permutations(plan.items)))
    links = tuple(data.draw(st.permutations(plan.links)))
    note(dump_plan(plan))
    assert dates_and_floats(plan) == dates_and_floats(change(plan, items=items, links=links))


def dates_and_floats(plan: Plan) -> dict[str, Any]:
    return {
        row.id: (
            (row.start, row.finish, row.late_start, row.late_finish),
            (row.total_float_days, row.free_float_days, row.critical),
            (set(row.driven_by), set(row.held_by)),
        )
        for row in schedule(plan).items
    }


@often
@given(data=st.data())
def test_a_milestone_put_into_a_chain_moves_nobody(data: st.DataObject) -> None:
    """DESIGN 5.1: it takes the instant that it is handed, and hands it on."""
    plan = data.draw(plans(UNTOUCHED))
    used = [
        place
        for place, link in enumerate(plan.links)
        if link.state == "accepted" and link.type == "FS" and not link.lag
    ]
    assume(used)
    chosen = data.draw(st.sampled_from(used))
    link = plan.links[chosen]
    note(f"{link.name}\n{dump_plan(plan)}")
    point = Item(id="point", kind="milestone", title="Put between")
    between = (
        link.model_copy(update={"to": "point"}),
        link.model_copy(update={"from_": "point"}),
    )
    chained = change(
        plan,
        items=(*plan.items, point),
        links=(*plan.links[:chosen], *between, *plan.links[chosen + 1 :]),
    )
    after = instants(chained)
    after.pop("point")
    assert after == instants(plan)


def instants(plan: Plan) -> dict[str, tuple[date | None, date | None]]:
    return {row.id: (row.start, row.finish) for row in schedule(plan).items}


@often
@given(data=st.data())
def test_gates_are_monotone(data: st.DataObject) -> None:
    """A later input never gives an earlier meeting."""
    plan = data.draw(plans(COUNCIL))
    gates = {gate.item for gate in plan.gates if gate.state == "accepted"}
    inputs = [link.from_ for link in plan.links if link.state == "accepted" and link.to in gates]
    inputs += [item.id for item in plan.items if item.parent in gates]
    oracle = Oracle(plan)
    can = [
        one
        for one in dict.fromkeys(inputs)
        if plan.index.is_leaf(one)
        and can_slip(plan.index.item(one))
        and oracle.place(one).finish is not None
    ]
    assume(can)
    chosen = data.draw(st.sampled_from(can))
    first = data.draw(st.integers(0, 60))
    second = first + data.draw(st.integers(1, 60))
    note(f"slip {chosen} by {first} and {second} days\n{dump_plan(plan)}")
    shorter, longer = (all_moves(plan, slip(chosen, by)) for by in (first, second))
    for name in gates & shorter.keys():
        assert knock_on(shorter[name]) <= knock_on(longer[name]), name


# -- Float is room ----------------------------------------------------------------------------


@st.composite
def plans_in_time(draw: st.DrawFn) -> Plan:
    """Return a plan in whole days in which nothing is late and no due is after the plan's finish.

    SS and SF links out of parents are left out: a parent's start only moves with its first part.
    """
    plan = draw(plans(DAYS_ONLY))
    links = tuple(
        link for link in plan.links if plan.index.is_leaf(link.from_) or link.type in {"FS", "FF"}
    )
    plan = change(plan, links=links)
    oracle = Oracle(plan)
    end = oracle.plan_finish()
    dues: dict[str, date] = {}
    for item in plan.items:
        finish = oracle.place(item.id).finish
        if finish is not None and end is not None and draw(st.booleans()):
            room = draw(st.integers(0, (end - finish).days))
            dues[item.id] = show(finish, "finish") + timedelta(days=room)
    items = tuple(item.model_copy(update={"due": dues.get(item.id)}) for item in plan.items)
    return change(plan, items=items)


@often
@given(plan=plans_in_time())
def test_nothing_late_no_negative_float(plan: Plan) -> None:
    note(dump_plan(plan))
    for row in schedule(plan).items:
        if row.total_float_days is not None and plan.index.item(row.id).status != "complete":
            assert row.total_float_days >= 0, row.id


@often
@given(data=st.data())
def test_float_is_the_largest_slip_that_harms_nothing(data: st.DataObject) -> None:
    plan = data.draw(plans_in_time())
    held_by_start = {link.from_ for link in plan.links if link.type in {"SS", "SF"}}
    rows = {
        row.id: row.total_float_days
        for row in schedule(plan).items
        if row.total_float_days is not None
        and row.total_float_days >= 0
        and row.id not in held_by_start
        and plan.index.is_leaf(row.id)
        and can_slip(plan.index.item(row.id))
    }
    assume(rows)
    chosen = data.draw(st.sampled_from(sorted(rows)))
    room = rows[chosen]
    assert room == int(room)
    note(f"slip {chosen} with a total float of {room}\n{dump_plan(plan)}")
    assert not harms(plan, slip(chosen, int(room)))
    assert harms(plan, slip(chosen, int(room) + 1))


def harms(plan: Plan, scenario: Scenario) -> bool:
    """Whether anything becomes newly late or the plan's finish moves.

    Instants, not shown dates, tell whether the finish moves: the oracle's, and the knock-on.
    """
    oracle = Oracle(plan)
    end = oracle.plan_finish()
    assert end is not None
    for row in what_if(plan, scenario, include_all=True).items:
        finish = oracle.place(row.id).finish
        moved = timedelta(days=row.knock_on_days)
        if row.newly_late or (finish is not None and finish + moved > end):
            return True
    return False


def choose_leaf(data: st.DataObject, plan: Plan) -> str:
    """Draw a leaf that can slip, or give the example up."""
    dated = {row.id for row in schedule(plan).items if row.finish is not None}
    leaves = [
        item.id
        for item in plan.items
        if item.id in dated and plan.index.is_leaf(item.id) and can_slip(item)
    ]
    assume(leaves)
    return str(data.draw(st.sampled_from(leaves)))

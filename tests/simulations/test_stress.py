"""The stress test of officers: what a group slip of each alone would say, items and boards too."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from graphmodel.errors import ScenarioError
from graphmodel.moments import finish_instant
from graphmodel.planfile import dump_plan
from graphmodel.scenario import Scenario, SlipGroup
from graphmodel.spans import parse_span
from simulations import sweeps
from simulations.batch import reach
from simulations.stress import stress_officers
from simulations.whatif import answer, prepare
from simulations.witness import Hit, Reached
from tests.laws import examples
from tests.oracle.officers import with_officers
from tests.oracle.plans import PlanShape, plans
from tests.oracle.small import build, fs

if TYPE_CHECKING:
    from graphmodel.people import Role
    from graphmodel.plan import Plan
    from simulations.results import WhatIf
    from simulations.scenarios import Baseline
    from simulations.witness import Stress

often = settings(max_examples=examples(80), suppress_health_check=[HealthCheck.too_slow])

#: See `tests.simulations.test_batch`: a longer slip moves nothing earlier.
STEADY = PlanShape(percent_lags=False, start_points=False)
ROLES: list[tuple[Role, ...]] = [("responsible",), ("responsible", "accountable")]
SPANS = st.sampled_from(["1d", "10d", "1m", "100d"])


def alone(baseline: Baseline, found: Stress, by: str, roles: tuple[Role, ...]) -> WhatIf:
    slip = SlipGroup(officer=found.effect.id, by=parse_span(by), roles=roles)
    return answer(baseline, Scenario(changes=(slip,)))


def hits_of(plan: Plan, told: WhatIf, roles: tuple[Role, ...], *, work: bool) -> Any:
    """Count moved items and minutes by officer, from the rows of a what-if."""
    items: Counter[str] = Counter()
    minutes: Counter[str] = Counter()
    for one in told.items:
        days = one.knock_on_if_work_days if work else one.knock_on_days
        if one.changed or one.is_parent or not days:
            continue
        holders = {o.id for role in roles for o in plan.index.officers_of(one.id, role)}
        for holder in holders:
            items[holder] += 1
            minutes[holder] += round(days * 1440)
    return {one: (items[one], minutes[one]) for one in items}


@often
@given(data=st.data(), by=SPANS)
def test_each_stress_is_what_the_group_slip_says(data: st.DataObject, by: str) -> None:
    plan = with_officers(data, data.draw(plans(STEADY)))
    roles: tuple[Role, ...] = data.draw(st.sampled_from(ROLES))
    note(dump_plan(plan))
    baseline = prepare(plan)
    position = plan.index.position
    for one in stress_officers(baseline, by, roles=roles, in_full={"x", "y", "z"}).officers:
        told = alone(baseline, one, by, roles)
        others = [row for row in told.items if not row.changed]
        own = [row for row in told.items if row.changed]
        moved = {
            row.id
            for row in others
            if not row.is_parent and (row.knock_on_days or row.knock_on_if_work_days)
        }
        late = {row.id for row in others if row.newly_late or row.newly_late_if_work}
        assert one.reached is not None
        assert one.reached.moves == tuple(sorted(moved, key=position.__getitem__))
        assert one.reached.late == tuple(sorted(late, key=position.__getitem__))
        assert one.own_late == sum(row.newly_late for row in own)
        assert one.own_late_if_work == sum(row.newly_late_if_work for row in own)
        spare = {h.officer: (h.items, round(h.days * 1440)) for h in one.reached.hits if h.items}
        work = {
            h.officer: (h.items_if_work, round(h.days_if_work * 1440))
            for h in one.reached.hits
            if h.items_if_work
        }
        assert spare == hits_of(plan, told, roles, work=False)
        assert work == hits_of(plan, told, roles, work=True)
        assert one.officers_hit == len({*spare, *work})


@often
@given(data=st.data(), by=SPANS)
def test_boards_are_those_of_what_moves(data: st.DataObject, by: str) -> None:
    plan = with_officers(data, data.draw(plans(PlanShape(hours=False, kinds=False, modes=False))))
    note(dump_plan(plan))
    baseline = prepare(plan)
    index = plan.index
    for one in stress_officers(baseline, by).officers:
        told = alone(baseline, one, by, ("responsible",))
        moved = [row for row in told.items if row.knock_on_days or row.knock_on_if_work_days]
        near = {up for row in moved for up in (row.id, *index.ancestors(row.id))}
        seeing = {
            *(board.id for board in plan.boards if near & {*board.oversees}),
            *(gate.board for gate in plan.gates if gate.item in near and gate.state == "accepted"),
        }
        assert {hearing.id for hearing in one.boards} == seeing
        known = {hearing.id: hearing.meeting for hearing in one.boards if hearing.meeting}
        for row in moved:  # a board may hear of one item at a later meeting than of another
            if row.first_board_id is not None and row.first_board_meeting is not None:
                heard = finish_instant(known[row.first_board_id])
                assert heard <= finish_instant(row.first_board_meeting)
        meetings = [hearing.meeting for hearing in one.boards]
        ahead = [meeting for meeting in meetings if meeting is not None]
        assert ahead == sorted(ahead)
        assert meetings[: len(ahead)] == ahead, "those without a meeting come last"
        assert bool(ahead) == any(row.first_board_id for row in moved)


@often
@given(data=st.data(), by=SPANS)
def test_the_effects_and_their_order_are_those_of_reach(data: st.DataObject, by: str) -> None:
    plan = with_officers(data, data.draw(plans()))
    baseline = prepare(plan)
    found = stress_officers(baseline, by)
    told = reach(baseline, by, of="officers")
    assert tuple(one.effect for one in found.officers) == told.effects
    assert (found.by, found.roles, found.links_used) == (told.by, told.roles, told.links_used)
    assert found.findings == told.findings


@often
@given(data=st.data())
def test_compiled_kernels_list_the_same(data: st.DataObject) -> None:
    plan = with_officers(data, data.draw(plans()))
    note(dump_plan(plan))
    baseline = prepare(plan)
    stress = partial(stress_officers, baseline, "1m", in_full={"x", "y", "z"})
    assert stress(compiled=True).officers == stress(compiled=False).officers


def test_short_lists_are_told_piece_by_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    """Room for one case at a time gives the same answer as room for all."""
    full = {"ann", "bob", "cat"}
    whole = stress_officers(prepare(chain()), "1m", in_full=full).officers
    monkeypatch.setattr(sweeps, "_LISTED", 1)
    assert stress_officers(prepare(chain()), "1m", in_full=full).officers == whole


# -- Worked by hand -----------------------------------------------------------------------------


def chain() -> Plan:
    """Ann's a before Bob's b before what Bob and Cat share, with boards over both themes."""
    return build(
        [
            {"id": "T", "kind": "theme"},
            {"id": "a", "parent": "T", "planned": {"finish": "2026-06-30"}},
            {"id": "U", "kind": "theme", "due": "2026-08-15"},
            {"id": "b", "parent": "U", "planned": {"finish": "2026-07-10"}},
            {"id": "c", "parent": "U", "planned": {"finish": "2026-07-31"}, "due": "2026-07-31"},
            {"id": "free", "planned": {"finish": "2026-07-31"}},
        ],
        fs("a", "b"),
        fs("b", "c", lag="14d"),
        officers=[{"id": "ann"}, {"id": "bob"}, {"id": "cat"}],
        assignments=[
            {"officer": "ann", "item": "T"},
            {"officer": "bob", "item": "U"},
            {"officer": "bob", "item": "c"},
            {"officer": "cat", "item": "c"},
            {"officer": "cat", "item": "free"},
        ],
        boards=[
            {"id": "late", "oversees": ["U"], "meetings": {"dates": ["2026-07-20"]}},
            {"id": "never", "title": "Never Board", "oversees": ["T"]},
            {"id": "soon", "oversees": ["b"], "meetings": {"dates": ["2026-06-20"]}},
        ],
    )


def test_who_is_hit_and_who_hears() -> None:
    test = stress_officers(prepare(chain()), "1m", in_full={"ann", "bob"})
    found = {one.effect.id: one for one in test.officers}
    ann = found["ann"]
    # 30 June + 1 month = 31 July, the last days of months. b: 10 July to 31 July, 21 days; c: 14
    # days after that is 14 August, 14 days past 31 July, its due date. If gaps are work, b takes
    # the 10 days after 30 June and ends on 10 August (31 days); c, 7 days after 14 days' lag,
    # on 31 August (31 days), and then U misses 15 August.
    assert ann.reached == Reached(
        moves=("b", "c"),
        late=("U", "c"),
        hits=(Hit("bob", 2, 35, 2, 62), Hit("cat", 1, 14, 1, 31)),
    )
    assert ann.officers_hit == 2
    assert (ann.effect.newly_late, ann.effect.newly_late_if_work) == (1, 2)
    assert [(one.id, str(one.meeting)) for one in ann.boards] == [
        ("soon", "2026-06-20"),
        ("late", "2026-07-20"),
        ("never", "None"),
    ]
    assert ann.boards[2].title == "Never Board"
    assert (ann.own_late, ann.own_late_if_work) == (0, 0)
    bob = found["bob"]
    assert bob.reached == Reached((), ("U",), ()), "U on 31 August, not 15"
    assert bob.own_late == 1, "c itself"
    assert [one.id for one in bob.boards] == ["soon", "late"]
    assert found["cat"].reached is None, "nobody asked"


def test_only_those_asked_for() -> None:
    found = stress_officers(prepare(chain()), "1m", only={"cat"}).officers
    assert [one.effect.id for one in found] == ["cat"]
    assert found[0].effect.slipped == 2


def test_what_cannot_be_slipped_is_said() -> None:
    with pytest.raises(ScenarioError, match="would bring it forward"):
        stress_officers(prepare(chain()), "-1m")


def test_as_late_as_possible_is_heard_of_too() -> None:
    plan = build(
        [
            {"id": "dig", "duration": "10d", "constraints": [{"type": "ALAP"}]},
            {"id": "wait", "duration": "20d"},
            {"id": "open", "duration": "5d", "due": "2026-06-30"},
        ],
        fs("dig", "open"),
        fs("wait", "open"),
        officers=[{"id": "x"}, {"id": "y"}],
        assignments=[
            {"officer": "x", "item": "wait"},
            {"officer": "y", "item": "dig"},
            {"officer": "y", "item": "open"},
        ],
        boards=[{"id": "b", "oversees": ["dig"], "meetings": {"dates": ["2026-06-09"]}}],
    )
    baseline = prepare(plan)
    assert baseline.compiled.has_alap
    (found,) = stress_officers(baseline, "10d", only={"x"}, in_full={"x"}).officers
    # wait ends on 20 June; ten days on, open ends on 5 July, and dig, as late as can be, follows.
    assert found.reached == Reached(("dig", "open"), ("open",), (Hit("y", 2, 20, 2, 20),))
    assert [one.id for one in found.boards] == ["b"]

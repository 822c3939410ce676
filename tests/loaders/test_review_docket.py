"""Decisions on proposals, made one at a time, refused where they break a plan, taken back."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.items import Item
from graphmodel.links import Decision, Link
from graphmodel.planfile import dump_plan, parse_plan
from loaders.review.docket import Docket
from loaders.review.proposals import (
    Proposal,
    decision_of,
    list_all,
    list_decided,
    list_open,
    state_of,
)
from tests.loaders.small_review import ANN, WHEN, link, make_plan

EVENT = Proposal("items", 5)
FIRST, SECOND, THIRD = (Proposal("links", place) for place in range(3))
GATE = Proposal("gates", 0)


def get_link(docket: Docket, proposal: Proposal) -> Link:
    found = docket.get(proposal)
    assert isinstance(found, Link)
    return found


def test_proposals_come_surest_first_and_events_before_what_hangs_on_them() -> None:
    assert list_open(make_plan()) == [EVENT, THIRD, FIRST, GATE, SECOND]


def test_clashes_can_come_first() -> None:
    assert list_open(make_plan(), order="clashes")[0] == SECOND


def test_the_order_of_the_plan_can_be_kept() -> None:
    assert list_open(make_plan(), order="plan") == [EVENT, FIRST, SECOND, THIRD, GATE]


def test_doubtful_ones_and_other_rules_can_be_left_out() -> None:
    assert list_open(make_plan(), min_confidence=0.8) == [EVENT, THIRD, FIRST]
    assert list_open(make_plan(), rules=["gate", "order"]) == [GATE, SECOND]


def test_an_accepted_link_keeps_what_the_rule_said_and_who_decided() -> None:
    plan = make_plan()
    docket = Docket(plan)
    docket.decide(FIRST, "accept", ANN)
    expected = plan.links[0].model_copy(update={"state": "accepted", "decided": ANN})
    assert docket.plan().links == (expected, *plan.links[1:])


def test_a_rejected_gate_stays_as_rejected() -> None:
    docket = Docket(make_plan())
    docket.decide(GATE, "reject", ANN)
    (gate,) = docket.plan().gates
    assert (gate.state, gate.decided, gate.confidence) == ("rejected", ANN, 0.6)


def test_a_reversed_link_has_its_ends_and_its_evidence_turned() -> None:
    docket = Docket(make_plan())
    docket.decide(FIRST, "reverse", ANN)
    turned = get_link(docket, FIRST)
    assert (turned.from_, turned.to, turned.state) == ("A2", "A1", "accepted")
    sides = {part.source.line: part.side for part in turned.evidence}
    assert sides == {4: "to", 5: "from"}
    assert turned.model_extra == {"x_was": {"reversed": True}, "x_clash": True}  # dates: A1 first
    assert turned.reason == "It says so. A reviewer has turned it round."


def test_a_reversed_clash_is_none_any_more_where_the_dates_agree() -> None:
    against = link("B1", "A1", x_clash=True)  # B1 is due after A1
    docket = Docket(make_plan(links=[against]))
    docket.decide(FIRST, "reverse", ANN)
    turned = get_link(docket, FIRST)
    assert (turned.from_, turned.type) == ("A1", "FS")
    assert "x_clash" not in (turned.model_extra or {})


def test_a_reversed_link_gets_the_type_that_the_dates_allow() -> None:
    long = {"start": "2026-05-01", "finish": "2026-08-31"}
    items = [
        {"id": "A", "kind": "action", "title": "a", "planned": {"finish": "2026-06-30"}},
        {"id": "B", "kind": "action", "title": "b", "planned": long},
    ]
    docket = Docket(make_plan(items=items, links=[link("B", "A")], gates=[]))
    docket.decide(FIRST, "reverse", ANN)
    turned = get_link(docket, FIRST)
    assert (turned.from_, turned.to, turned.type) == ("A", "B", "FF")
    assert turned.model_extra == {"x_was": {"reversed": True, "type": "FS"}}


def test_a_type_can_be_changed_with_the_decision() -> None:
    docket = Docket(make_plan())
    docket.decide(FIRST, "accept", ANN, "SS")
    now = get_link(docket, FIRST)
    assert (now.type, now.model_extra) == ("SS", {"x_was": {"type": "FS"}})


def test_gates_and_events_have_no_direction() -> None:
    docket = Docket(make_plan())
    assert docket.decide(GATE, "reverse", ANN) == (
        "A gate has no direction to reverse: accept or reject it."
    )
    assert docket.decide(EVENT, "reverse", ANN) == (
        "An outside event has no direction to reverse: accept or reject it."
    )
    assert docket.plan() == make_plan()


def test_a_rejected_event_is_cancelled_and_takes_its_proposals_along() -> None:
    docket = Docket(make_plan())
    docket.decide(EVENT, "reject", ANN)
    plan = docket.plan()
    event = plan.index.items["EXT-vote"]
    assert (event.status, state_of(event), decision_of(event)) == ("cancelled", "rejected", ANN)
    assert [one.state for one in plan.links] == ["proposed", "proposed", "rejected"]
    assert plan.links[2].decided == ANN


def test_a_rejected_event_leaves_what_was_decided_before() -> None:
    docket = Docket(make_plan())
    docket.decide(THIRD, "accept", ANN)
    docket.decide(EVENT, "reject", ANN)
    assert docket.plan().links[2].state == "accepted"


def test_a_gate_on_a_rejected_event_goes_with_it() -> None:
    from tests.loaders.small_review import gate  # noqa: PLC0415 - a plan of its own

    docket = Docket(make_plan(gates=[gate(item="EXT-vote")]))
    docket.decide(EVENT, "reject", ANN)
    assert docket.plan().gates[0].state == "rejected"


def test_an_accepted_event_stays_as_it_is() -> None:
    docket = Docket(make_plan())
    docket.decide(EVENT, "accept", ANN)
    event = docket.plan().index.items["EXT-vote"]
    assert (event.status, state_of(event)) == ("not_started", "accepted")
    assert [one.state for one in docket.plan().links] == ["proposed"] * 3


def test_a_circle_is_refused_with_its_steps() -> None:
    links = [link("A1", "A2", state="accepted"), link("A2", "A1", rule="order")]
    docket = Docket(make_plan(links=links))
    fault = docket.decide(SECOND, "accept", ANN)
    assert isinstance(fault, str)
    assert "it would close a circle: A1 → A2 (FS); A2 → A1 (FS)" in fault
    assert docket.is_open(SECOND)


def test_reversing_into_a_link_that_is_there_is_refused() -> None:
    docket = Docket(make_plan(links=[link("A1", "A2"), link("A2", "A1", rule="order")]))
    fault = docket.decide(SECOND, "reverse", ANN)
    assert fault == "The plan has the link A1 → A2 (FS) already, proposed: decide on that one."


def test_a_circle_may_be_rejected() -> None:
    docket = Docket(make_plan(links=[link("A1", "A2", state="accepted"), link("A2", "A1")]))
    assert not isinstance(docket.decide(SECOND, "reject", ANN), str)


@given(st.lists(st.tuples(st.integers(0, 4), st.sampled_from(["accept", "reject", "reverse"]))))
def test_taking_every_decision_back_gives_the_plan_that_was(
    steps: list[tuple[int, str]],
) -> None:
    plan = make_plan()
    docket = Docket(plan)
    places = [EVENT, FIRST, SECOND, THIRD, GATE]
    before = []
    for place, verdict in steps:
        made = docket.decide(places[place], verdict, ANN)  # type: ignore[arg-type]
        if not isinstance(made, str):
            before.append(made)
    for changes in reversed(before):
        docket.put(changes)
    assert docket.plan() == plan


@pytest.mark.parametrize("verdict", ["accept", "reject", "reverse"])
@pytest.mark.parametrize("proposal", [EVENT, FIRST, SECOND, THIRD, GATE])
def test_a_decision_can_be_taken_back_after_the_plan_was_written(
    proposal: Proposal, verdict: str
) -> None:
    plan = make_plan()
    docket = Docket(plan)
    docket.decide(proposal, verdict, ANN)  # type: ignore[arg-type]
    later = Docket(parse_plan(dump_plan(docket.plan())))
    later.take_back(proposal)
    assert later.plan().links == plan.links
    assert later.plan().gates == plan.gates
    assert later.plan().items == plan.items


def test_the_last_decision_of_a_person_is_found() -> None:
    docket = Docket(make_plan())
    early = Decision(by="Ann", at=WHEN, x_number=1)
    docket.decide(THIRD, "accept", Decision(by="Ann", at=WHEN, x_number=2))
    docket.decide(FIRST, "accept", early)
    docket.decide(GATE, "accept", Decision(by="Ben", at=datetime(2026, 12, 1, 9, 0)))
    assert docket.last_of("Ann") == THIRD
    assert docket.last_of("Ben") == GATE
    assert docket.last_of("Eve") is None
    assert docket.next_number() == 3


def test_decisions_of_registers_have_no_time_and_are_not_taken_back() -> None:
    docket = Docket(make_plan())
    docket.decide(FIRST, "accept", Decision(by="Ann", at=date(2026, 11, 30)))
    assert docket.last_of("Ann") is None


def test_what_is_decided_is_listed_and_what_nobody_proposed_is_not() -> None:
    stated = {"from": "A", "to": "B"}
    plan = make_plan(links=[stated, link("A1", "A2", state="rejected")])
    assert list_decided(plan) == [SECOND]
    assert list_all(plan) == [EVENT, FIRST, SECOND, GATE]


def test_a_decision_without_a_name_is_a_decision() -> None:
    docket = Docket(make_plan())
    docket.decide(EVENT, "accept", None)
    event = docket.get(EVENT)
    assert isinstance(event, Item)
    assert (state_of(event), decision_of(event)) == ("accepted", Decision())

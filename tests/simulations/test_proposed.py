"""How an answer would change if proposed links were true: worked by hand on a chain of months.

A ends on 31 Jan 2027, B on 30 Apr, C on 30 Jun (due then). Accepted: A → B with 45 days: 44 are
left. Proposed: B → C (0.9) with no lag: 61 days are left. A slips two months (59 days): B moves by
15 days; it takes C along only if the gap before C is work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.plan import Plan
from graphmodel.scenario import Scenario
from simulations.results import Difference
from simulations.whatif import prepare, what_if

if TYPE_CHECKING:
    from simulations.results import WhatIf

NOTHING = Difference((), (), (), (), ())
SLIP: tuple[dict[str, Any], ...] = ({"op": "slip", "item": "A", "by": "2m"},)


DAYS = {"A": "2027-01-31", "B": "2027-04-30", "C": "2027-06-30", "D": "2027-05-15"}


def milestone(name: str, **more: Any) -> dict[str, Any]:
    planned = {"finish": DAYS[name]}
    return {"id": name, "kind": "milestone", "title": f"Do {name}", "planned": planned, **more}


def plan_of(*links: dict[str, Any], **more: Any) -> Plan:
    items = [milestone("A"), milestone("B"), milestone("C", due="2027-06-30")]
    first = {"from": "A", "to": "B", "lag": "45d"}
    values = {"id": "p", "start": "2026-04-01", "items": items, "links": [first, *links]}
    return Plan.model_validate(values | more)


def proposed(start: str, end: str, confidence: float = 0.9, **more: Any) -> dict[str, Any]:
    return {"from": start, "to": end, "state": "proposed", "confidence": confidence, **more}


def scenario(*changes: dict[str, Any]) -> Scenario:
    return Scenario.model_validate({"changes": changes or SLIP})


def test_what_else_moves_and_becomes_late_is_told_by_name() -> None:
    answer = what_if(plan_of(proposed("B", "C")), scenario())
    found = answer.if_proposed
    assert found is not None
    assert (found.min_confidence, found.links, found.left_out) == (0.8, 1, 0)
    assert found.spare == NOTHING
    assert found.work == Difference(("C",), (), (), ("C",), ())
    assert answer.sentences[-1] == (
        "If the only proposed link of confidence 0.8 or more was true, the answer would be the "
        "same if the gaps are spare; if they are work, 1 more item would move (C) and C would "
        "become newly late."
    )


def test_the_answer_itself_rests_on_accepted_links() -> None:
    answer = what_if(plan_of(proposed("B", "C")), scenario())
    bare = what_if(plan_of(), scenario())
    assert answer.items == bare.items
    assert (answer.links_used.accepted, answer.links_used.proposed) == (1, 0)
    assert answer.sentences[0] == bare.sentences[0]


def test_several_links_and_either_way() -> None:
    links = (proposed("B", "C", lag="61d"), proposed("A", "C", lag="150d"))
    answer = what_if(plan_of(*links), scenario())
    found = answer.if_proposed
    assert found is not None
    # B moves to 15 May: C to 15 Jul by the first. A is on 31 Mar: C on 28 Aug by the second.
    assert found.spare == Difference(("C",), (), (), ("C",), ())
    assert found.work == Difference(("C",), (), (), ("C",), ())
    assert answer.sentences[-1] == (
        "If the 2 proposed links of confidence 0.8 or more were true, 1 more item would move (C) "
        "and C would become newly late."
    )


def test_an_item_that_moves_either_way_moves_further() -> None:
    answer = what_if(plan_of(proposed("A", "B", lag="60d", type="FF")), scenario())
    found = answer.if_proposed
    assert found is not None
    # By 45 days B is on 15 May, by 60 days on 30 May.
    assert found.spare == Difference((), ("B",), (), (), ())


def test_an_item_moves_less_where_a_proposed_link_holds_it_already() -> None:
    items = [milestone(name) for name in DAYS]
    found = what_if(plan_of(proposed("D", "B"), items=items), scenario()).if_proposed
    assert found is not None
    assert found.spare == Difference((), (), ("B",), (), ())  # it is on 15 May without the slip


def test_a_due_date_that_is_missed_without_the_change_is_not_newly_missed() -> None:
    items = [milestone("A"), milestone("B", due="2027-05-10"), milestone("D")]
    answer = what_if(plan_of(proposed("D", "B"), items=items), scenario())
    assert [one.id for one in answer.items if one.newly_late] == ["B"]
    found = answer.if_proposed
    assert found is not None
    assert found.spare.no_longer_newly_late == ("B",)
    assert "B would not become newly late" in answer.sentences[-1]


@pytest.mark.parametrize(
    ("links", "asked", "used"),
    [
        ((), 0.8, None),
        ((proposed("B", "C", 0.79),), 0.8, None),
        ((proposed("B", "C", 0.8),), 0.8, 1),
        ((proposed("B", "C", 0.3), proposed("A", "C", 0.5)), 0.3, 2),
        ((proposed("B", "C"),), None, None),
        ((proposed("B", "C", state="rejected"),), 0.0, None),
    ],
)
def test_links_count_from_the_confidence_asked_for(
    links: tuple[dict[str, Any], ...], asked: float | None, used: int | None
) -> None:
    found = what_if(plan_of(*links), scenario(), if_proposed=asked).if_proposed
    assert (None if found is None else found.links) == used


def test_nothing_is_told_where_proposed_links_are_in_use_or_nothing_changes() -> None:
    plan = plan_of(proposed("B", "C"))
    used = what_if(plan, scenario(), links="proposed", min_confidence=0.5)
    assert used.if_proposed is None
    assert used.min_confidence == 0.5
    assert used.sentences[-1] == (
        "This rests on 1 accepted link and 1 proposed link of confidence 0.5 or more."
    )
    assert what_if(plan, Scenario()).if_proposed is None


def test_a_link_that_closes_a_circle_is_left_out_and_counted() -> None:
    links = (proposed("B", "A", 0.95), proposed("B", "C"))
    found = what_if(plan_of(*links), scenario()).if_proposed
    assert found is not None
    assert (found.links, found.left_out) == (1, 1)
    assert what_if(plan_of(proposed("B", "A")), scenario()).if_proposed is None


def test_a_link_that_the_scenario_adds_comes_before_proposed_ones() -> None:
    add = {"op": "add_link", "from": "C", "to": "B"}
    found = what_if(plan_of(proposed("B", "C"), proposed("A", "C")), scenario(add)).if_proposed
    assert found is not None
    assert (found.links, found.left_out) == (1, 1)


def test_a_link_that_the_scenario_turns_round_leaves_nothing_to_tell() -> None:
    turn = (
        {"op": "remove_link", "from": "A", "to": "B"},
        {"op": "add_link", "from": "B", "to": "A"},
    )
    plan = plan_of(proposed("A", "C", 0.8), proposed("C", "B", 0.9))
    assert what_if(plan, scenario(*turn)).if_proposed is None


def test_a_plan_made_ready_says_which_confidence_it_has() -> None:
    assert prepare(plan_of(), "proposed", 0.7).min_confidence == 0.7
    assert prepare(plan_of()).min_confidence is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from("ABCD"),
            st.sampled_from("ABCD"),
            st.sampled_from(["FS", "SS", "FF"]),
            st.integers(0, 100),
            st.sampled_from([0.5, 0.8, 0.9]),
        ).filter(lambda link: link[0] < link[1]),
        max_size=6,
    ),
    st.sampled_from("ABCD"),
    st.integers(1, 120),
)
def test_it_is_what_the_answer_is_once_they_are_accepted(
    drawn: list[tuple[str, str, str, int, float]], slipped: str, days: int
) -> None:
    items = [milestone(name, due=DAYS[name]) for name in DAYS]
    links = [
        proposed(start, end, sure, type=kind, lag=f"{lag}d")
        for start, end, kind, lag, sure in drawn
    ]
    change = scenario({"op": "slip", "item": slipped, "by": f"{days}d"})
    answer = what_if(plan_of(*links, items=items), change)
    accepted = [{**one, "state": "accepted"} for one in links if one["confidence"] >= 0.8]
    later = what_if(plan_of(*accepted, items=items), change)
    if answer.if_proposed is None:
        assert not accepted
        return
    assert answer.if_proposed.links == len(accepted)
    for gaps, found in (("spare", answer.if_proposed.spare), ("work", answer.if_proposed.work)):
        before, after = by_item(answer, gaps), by_item(later, gaps)
        assert set(found.also_move) == {one for one in after if after[one] and not before[one]}
        further = {one for one in after if before[one] and after[one] > before[one]}
        assert set(found.move_further) == further
        assert set(found.move_less) == {one for one in after if after[one] < before[one]}
        late, was = newly_late(later, gaps), newly_late(answer, gaps)
        assert set(found.newly_late) == late - was
        assert set(found.no_longer_newly_late) == was - late


def by_item(answer: WhatIf, gaps: str) -> dict[str, float]:
    rows = {one.id: one for one in answer.items if not one.changed}
    changed = {one.id for one in answer.items if one.changed}
    return {
        name: 0.0
        if name not in rows
        else (rows[name].knock_on_days if gaps == "spare" else rows[name].knock_on_if_work_days)
        for name in DAYS
        if name not in changed
    }


def newly_late(answer: WhatIf, gaps: str) -> set[str]:
    return {
        one.id
        for one in answer.items
        if not one.changed and (one.newly_late if gaps == "spare" else one.newly_late_if_work)
    }

"""What every change of a scenario moves, worked out by hand (DESIGN 4, 5.3.5, 5.4).

Cabinet meets on first Tuesdays (6 April, 4 May, 1 June 2027) and wants its papers seven days
before. The paper is ready on 15 March, in time for April's decision; the roll-out may begin when
it is taken, and is planned from 12 April to 30 June.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from graphmodel.planfile import parse_plan, parse_scenario
from simulations.whatif import what_if

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from simulations.results import MovedItem, WhatIf

PLAN: dict[str, Any] = {
    "schema": "knockon/plan@1",
    "id": "wex",
    "start": "2026-04-01",
    "officers": [{"id": "doc", "title": "Head of Policy"}, {"id": "dasc", "title": "Director"}],
    "boards": [
        {
            "id": "cab",
            "title": "Cabinet",
            "meetings": {"rule": "FREQ=MONTHLY;BYDAY=1TU"},
            "papers_lead": "7d",
        }
    ],
    "items": [
        {"id": "paper", "kind": "milestone", "title": "Paper", "planned": {"finish": "2027-03-15"}},
        {
            "id": "decision",
            "kind": "milestone",
            "title": "Decision",
            "planned": {"finish": "2027-04-30", "precision": "month"},
        },
        {
            "id": "rollout",
            "kind": "milestone",
            "title": "Roll-out",
            "planned": {"start": "2027-04-12", "finish": "2027-06-30", "precision": "range"},
        },
        {"id": "build", "kind": "activity", "title": "Build", "duration": "10d"},
    ],
    "links": [{"from": "paper", "to": "decision"}, {"from": "decision", "to": "rollout"}],
    "gates": [{"id": "g1", "item": "decision", "board": "cab"}],
    "assignments": [
        {"officer": "doc", "item": "paper"},
        {"officer": "dasc", "item": "decision"},
        {"officer": "dasc", "item": "rollout"},
    ],
}


def plan_with(**changes: Any) -> Plan:
    return parse_plan(json.dumps({**PLAN, **changes}))


def ask(*changes: dict[str, Any], **keys: Any) -> WhatIf:
    scenario = {"schema": "knockon/scenario@1", "changes": list(changes)}
    return what_if(plan_with(**keys), parse_scenario(json.dumps(scenario)))


def rows(*changes: dict[str, Any], **keys: Any) -> dict[str, MovedItem]:
    return {item.id: item for item in ask(*changes, **keys).items}


def moved(*changes: dict[str, Any], **keys: Any) -> dict[str, float]:
    """Return the knock-on of what moves, in days, gaps read as spare."""
    return {
        one: row.knock_on_days for one, row in rows(*changes, **keys).items() if row.knock_on_days
    }


def cancel(day: str) -> dict[str, Any]:
    return {"op": "cancel_meeting", "board": "cab", "date": day}


def slip(item: str, by: str) -> dict[str, Any]:
    return {"op": "slip", "item": item, "by": by}


def away(officer: str, first: str, last: str) -> dict[str, Any]:
    return {"op": "away", "officer": officer, "from": first, "to": last}


def test_a_cancelled_meeting_costs_a_cycle() -> None:
    found = rows(cancel("2027-04-06"))
    assert found["decision"].baseline_finish == date(2027, 4, 6)
    assert found["decision"].finish == date(2027, 5, 4)
    # The roll-out begins the day after: 5 May instead of 12 April.
    assert found["rollout"].start == date(2027, 5, 5)
    assert {one: row.knock_on_days for one, row in found.items()} == {"decision": 28, "rollout": 23}


def test_nobody_but_the_board_is_named_by_a_cancelled_meeting() -> None:
    answer = ask(cancel("2027-04-06"))
    assert not any(item.changed for item in answer.items)
    assert answer.summary.moved == 2
    assert {item.id: item.path for item in answer.items} == {
        "decision": ("decision",),
        "rollout": ("decision", "rollout"),
    }


def test_a_meeting_that_no_gate_waits_for_moves_nothing() -> None:
    answer = ask(cancel("2027-03-02"))
    assert not answer.items
    assert answer.sentences[0] == (
        "If Cabinet does not meet on 2027-03-02: nothing moves, "
        "whether the gaps between dates are spare or work."
    )


def test_a_moved_meeting_takes_its_gates_along() -> None:
    change = {"op": "move_meeting", "board": "cab", "date": "2027-04-06"}
    assert moved({**change, "to": "2027-04-13"}) == {"decision": 7, "rollout": 2}
    # 30 March lies before the window of April, so the decision waits for 4 May.
    assert moved({**change, "to": "2027-03-30"}) == {"decision": 28, "rollout": 23}


def test_an_extra_meeting_saves_part_of_a_cycle() -> None:
    extra = {"op": "add_meeting", "board": "cab", "date": "2027-04-20"}
    assert moved(cancel("2027-04-06"), extra) == {"decision": 14, "rollout": 9}


def test_papers_that_come_late_miss_the_meeting_unless_the_lead_is_waived() -> None:
    # 15 March and 18 days are 2 April; papers for 6 April are due on 30 March.
    late = slip("paper", "18d")
    assert moved(late) == {"paper": 18, "decision": 28, "rollout": 23}
    waived = {"op": "waive_papers_lead", "gate": "g1"}
    assert moved(waived, late) == {"paper": 18}
    assert moved(late, {**waived, "gate": "decision"}) == {"paper": 18}
    # 23 days are 7 April: too late even on the day.
    assert moved(waived, slip("paper", "23d"))["decision"] == 28


def test_what_should_be_finished_in_an_absence_waits_for_the_return() -> None:
    found = rows(away("doc", "2027-03-08", "2027-03-19"))
    assert found["paper"].finish == date(2027, 3, 19)
    assert found["paper"].knock_on_days == 4
    assert found["paper"].changed


def test_work_inside_an_absence_is_done_after_it() -> None:
    # Ten of its days, 21 to 30 June, lie inside: 2 July and 10 days are 12 July.
    found = rows(away("dasc", "2027-06-21", "2027-07-02"))
    assert found["rollout"].finish == date(2027, 7, 12)
    assert found["rollout"].knock_on_days == 12
    assert set(found) == {"rollout"}


def test_an_absence_counts_both_its_days() -> None:
    assert moved(away("doc", "2027-03-15", "2027-03-16")) == {"paper": 1}
    assert moved(away("doc", "2027-03-08", "2027-03-15")) == {}
    assert moved(away("doc", "2027-03-16", "2027-03-31")) == {}
    assert moved(away("doc", "2027-03-01", "2027-03-14")) == {}


def test_a_gate_waits_for_the_next_meeting_after_an_absence() -> None:
    assert moved(away("dasc", "2027-04-05", "2027-04-09")) == {"decision": 28, "rollout": 23}


def test_whoever_takes_over_is_not_away() -> None:
    taken = {"op": "reassign", "item": "paper", "officer": "doc", "to": "dasc"}
    assert moved(taken, away("doc", "2027-03-08", "2027-03-19"), assignments=[
        *PLAN["assignments"], {"officer": "doc", "item": "build"}
    ]) == {}  # fmt: skip
    found = rows(taken)
    assert found["paper"].owners == ("Director",), "whom to tell is who has it now"
    assert found["paper"].knock_on_days == 0


def test_sets_come_first_then_slips() -> None:
    earlier = {"op": "set", "item": "paper", "finish": "2027-03-01"}
    assert moved(slip("paper", "10d"), earlier) == {"paper": -4}


def test_a_start_that_is_set_holds_work_on_its_logic() -> None:
    # Ten days from 1 April are the 10th; from 11 May the 20th.
    assert moved({"op": "set", "item": "build", "start": "2026-05-11"}) == {"build": 40}
    held = [*PLAN["items"][:3], {**PLAN["items"][3], "constraints": [
        {"type": "SNET", "date": "2026-06-01"}
    ]}]  # fmt: skip
    forward = {"op": "set", "item": "build", "start": "2026-05-11"}
    assert moved(forward, items=held) == {"build": -21}
    assert moved(forward, slip("build", "1w"), items=held) == {"build": -14}


def test_a_length_that_is_set_may_be_working_time() -> None:
    # Working days of April 2026: 1, 2, then 7, 8 and 9 after Easter.
    found = rows({"op": "set", "item": "build", "duration": "5wd"})
    assert found["build"].finish == date(2026, 4, 9)


def test_start_and_finish_that_are_set_are_both_kept() -> None:
    found = rows({"op": "set", "item": "build", "start": "2026-05-11", "finish": "2026-05-15"})
    assert (found["build"].start, found["build"].finish) == (date(2026, 5, 11), date(2026, 5, 15))


def test_what_is_complete_or_dropped_holds_nobody() -> None:
    late = slip("paper", "60d")
    # 15 March and 60 days are 14 May; papers a week ahead, so 1 June.
    assert moved(late) == {"paper": 60, "decision": 56, "rollout": 51}
    done = {"op": "complete", "item": "decision", "on": "2027-04-01"}
    assert moved(late, done) == {"paper": 60, "decision": -5}
    assert moved(late, {"op": "cancel_item", "item": "decision"}) == {"paper": 60}


def test_the_first_board_to_hear() -> None:
    # On 1 March papers for the meeting of the 2nd were due on 23 February.
    answer = ask(slip("paper", "60d"), status_date="2027-03-01")
    found = {item.id: item for item in answer.items}
    decision = found["decision"]
    assert (decision.first_board, decision.first_board_id, decision.first_board_meeting) == (
        "Cabinet",
        "cab",
        date(2027, 4, 6),
    )
    assert found["rollout"].first_board is None
    assert "The first board to hear of it is Cabinet, on 2027-04-06." in answer.sentences


def test_a_cancelled_meeting_is_not_the_first_to_hear() -> None:
    answer = ask(cancel("2027-04-06"), status_date="2027-03-01")
    found = {item.id: item for item in answer.items}
    assert found["decision"].first_board_meeting == date(2027, 5, 4)


def test_changes_of_every_kind_together() -> None:
    """The meeting of April falls out, one on 20 April is added, and the paper needs no lead.

    The paper slips to 20 April and is decided that day. The roll-out, then held to 21 April,
    should end on 9 July, in its director's leave of 5 to 9 July. The leave looks at the plan as it
    was, though: 30 June lies before it, and so nothing waits.
    """
    found = moved(
        slip("paper", "36d"),
        cancel("2027-04-06"),
        {"op": "add_meeting", "board": "cab", "date": "2027-04-20"},
        {"op": "waive_papers_lead", "gate": "g1"},
        away("dasc", "2027-07-05", "2027-07-09"),
    )
    assert found == {"paper": 36, "decision": 14, "rollout": 9}

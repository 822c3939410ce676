"""What-ifs on small plans whose answers can be worked out by hand (DESIGN 5.4)."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import CycleError, KnockonError, ScenarioError, UnknownIdError
from graphmodel.planfile import parse_plan, parse_scenario
from simulations.whatif import answer, prepare, what_if

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from simulations.results import MovedItem, WhatIf

# The plan of DESIGN 5.4: a consultation, teams that wait for it 89 days later, and a structure in
# another action that waits for the teams.
TOM: dict[str, Any] = {
    "schema": "knockon/plan@1",
    "id": "tom",
    "items": [
        {"id": "T", "kind": "theme", "title": "Adults"},
        {
            "id": "A",
            "kind": "action",
            "title": "Operating model",
            "parent": "T",
            "due": "2027-04-30",
            "planned": {"finish": "2027-04-30", "precision": "month"},
        },
        {
            "id": "A.1",
            "kind": "milestone",
            "title": "Consultation",
            "parent": "A",
            "planned": {"start": "2026-12-01", "finish": "2027-01-31", "precision": "range"},
        },
        {
            "id": "A.2",
            "kind": "milestone",
            "title": "Teams",
            "parent": "A",
            "planned": {"finish": "2027-04-30", "precision": "month"},
        },
        {
            "id": "B",
            "kind": "action",
            "title": "Commissioning",
            "parent": "T",
            "due": "2027-05-31",
            "planned": {"finish": "2027-05-31", "precision": "month"},
        },
        {
            "id": "B.1",
            "kind": "milestone",
            "title": "Structure",
            "parent": "B",
            "planned": {"finish": "2027-05-31", "precision": "month"},
        },
    ],
    "links": [{"from": "A.1", "to": "A.2"}, {"from": "A.2", "to": "B.1"}],
    "officers": [{"id": "dasc", "title": "Director of Adults"}, {"id": "doc", "title": "Head"}],
    "assignments": [{"officer": "dasc", "item": "A"}, {"officer": "doc", "item": "B.1"}],
}


def plan_with(**changes: Any) -> Plan:
    """Return the plan above, whole keys replaced."""
    return parse_plan(json.dumps({**TOM, **changes}))


def ask(plan: Plan, *changes: dict[str, Any], **options: Any) -> WhatIf:
    scenario = {"schema": "knockon/scenario@1", "changes": list(changes)}
    return what_if(plan, parse_scenario(json.dumps(scenario)), **options)


def by_id(result: WhatIf) -> dict[str, MovedItem]:
    return {item.id: item for item in result.items}


SLIP = {"op": "slip", "item": "A.1", "by": "2m"}


def test_two_months_eat_59_of_89_days() -> None:
    result = ask(plan_with(), SLIP)
    rows = by_id(result)
    assert rows["A.1"].finish == date(2027, 3, 31)
    assert rows["A.1"].start == date(2027, 1, 29), "its length of 62 days stays"
    assert [(b.from_, b.to, b.before_days, b.after_days) for b in result.buffers] == [
        ("A.1", "A.2", 89, 30)
    ]
    assert (result.next_to_move and result.next_to_move.at_days) == 90
    assert (result.next_to_move and result.next_to_move.item) == "A.2"
    assert (result.first_newly_late and result.first_newly_late.at_days) == 90
    assert (result.first_newly_late and result.first_newly_late.item) == "A"


def test_work_moves_the_chain_by_all_of_it() -> None:
    result = ask(plan_with(), SLIP)
    rows = by_id(result)
    assert {one: row.knock_on_days for one, row in rows.items() if row.knock_on_days} == {"A.1": 59}
    assert {one: row.knock_on_if_work_days for one, row in rows.items()} == {
        "A.1": 59,
        "A.2": 59,
        "B.1": 59,
        "A": 59,
        "B": 59,
        "T": 59,
    }
    assert [one for one, row in rows.items() if row.newly_late_if_work] == ["A", "B"]
    assert not any(row.newly_late for row in rows.values())
    summary = result.summary
    assert (summary.moved, summary.moved_parents, summary.newly_late) == (0, 0, 0)
    assert (summary.moved_if_work, summary.newly_late_if_work) == (2, 2)


def test_path_runs_from_the_change_to_the_item() -> None:
    rows = by_id(ask(plan_with(), SLIP))
    assert rows["A.1"].path == ("A.1",)
    assert rows["B"].path == ("A.1", "A.2", "B.1", "B")


def test_owners_are_inherited() -> None:
    rows = by_id(ask(plan_with(), SLIP))
    assert rows["A.2"].owners == ("Director of Adults",)
    assert rows["B.1"].owners == ("Head",)
    assert rows["T"].owners == ()


def test_item_without_due_names_what_it_endangers() -> None:
    rows = by_id(ask(plan_with(), SLIP | {"by": "100d"}))
    assert rows["A.2"].off_plan_days == 11
    assert rows["A.2"].endangers == "A"
    assert rows["A"].newly_late
    assert not rows["A.2"].newly_late, "it has no due date of its own"


def test_late_already_is_not_newly_late() -> None:
    items = [dict(item) for item in TOM["items"]]
    items[1]["due"] = "2027-03-31"
    result = ask(plan_with(items=items), SLIP | {"by": "100d"})
    row = by_id(result)["A"]
    assert row.late_before
    assert not row.newly_late
    assert "A was late already, before this change." in result.sentences


def test_no_change_moves_nothing() -> None:
    result = ask(plan_with())
    assert result.items == ()
    assert result.sentences[0] == "Nothing is changed, so nothing moves."


def test_slip_of_nothing_moves_nothing() -> None:
    assert by_id(ask(plan_with(), SLIP | {"by": "0d"}))["A.1"].knock_on_days == 0


def test_all_lists_what_stands_still() -> None:
    rows = by_id(ask(plan_with(), SLIP, include_all=True))
    assert set(rows) == {"T", "A", "A.1", "A.2", "B", "B.1"}


def test_group_slip_moves_each_leaf_once() -> None:
    rows = by_id(ask(plan_with(), {"op": "slip", "item": "A", "by": "1m"}))
    assert rows["A.1"].finish == date(2027, 2, 28)
    assert rows["A.2"].finish == date(2027, 5, 31), "baseline + 1 month, not the sum of two slips"
    assert rows["A.1"].changed
    assert rows["A"].changed
    assert rows["B.1"].knock_on_days == 0
    assert rows["A"].newly_late


def test_own_finish_of_a_parent() -> None:
    rows = by_id(ask(plan_with(), {"op": "slip", "item": "A", "by": "1m", "own": True}))
    assert rows["A"].finish == date(2027, 5, 31)
    assert "A.2" not in rows


def test_slips_add_up_along_a_chain() -> None:
    second = {"op": "slip", "item": "A.2", "by": "10d"}
    rows = by_id(ask(plan_with(), SLIP | {"by": "99d"}, second))
    assert rows["A.2"].knock_on_days == 20, "10 pushed by the chain and 10 of its own"


def test_slip_by_officer() -> None:
    change = {"op": "slip_group", "officer": "Director of Adults", "by": "2w"}
    result = ask(plan_with(), change)
    assert {one for one, row in by_id(result).items() if row.changed} == {"A.1", "A.2"}
    assert result.summary.newly_late == 1, "the action A, due with its last milestone"


def test_set_brings_forward_but_not_before_its_links() -> None:
    change = {"op": "set", "item": "A.2", "finish": "2027-01-15"}
    rows = by_id(ask(plan_with(), change))
    assert rows["A.2"].finish == date(2027, 1, 31), "held by the consultation"
    assert rows["A.2"].knock_on_days == -89


def test_set_keeps_the_length() -> None:
    rows = by_id(ask(plan_with(), {"op": "set", "item": "A.1", "finish": "2027-02-10"}))
    assert rows["A.1"].start == date(2026, 12, 11)
    rows = by_id(ask(plan_with(), {"op": "set", "item": "A.1", "start": "2026-12-11"}))
    assert rows["A.1"].finish == date(2027, 2, 10)


def test_set_duration_keeps_the_start() -> None:
    rows = by_id(ask(plan_with(), {"op": "set", "item": "A.1", "duration": "3m"}))
    assert rows["A.1"].start == date(2026, 12, 1)
    assert rows["A.1"].finish == date(2027, 2, 28)


def test_links_can_be_added_and_removed() -> None:
    added = {"op": "add_link", "from": "B.1", "to": "A.1"}
    with pytest.raises(CycleError) as caught:
        ask(plan_with(), added)
    assert set(caught.value.items) == {"A.1", "A.2", "B.1"}
    removed = {"op": "remove_link", "from": "A.1", "to": "A.2"}
    rows = by_id(ask(plan_with(), SLIP | {"by": "100d"}, removed))
    assert "A.2" not in rows


def test_complete_and_cancelled_items_hold_nobody() -> None:
    done = {"op": "complete", "item": "A.1", "on": "2026-12-20"}
    assert by_id(ask(plan_with(), done))["A.1"].finish == date(2026, 12, 20)
    rows = by_id(ask(plan_with(), {"op": "cancel_item", "item": "A.2"}, SLIP | {"by": "200d"}))
    assert "B.1" not in rows


def test_proposed_links_are_used_on_request() -> None:
    links = [{"from": "A.1", "to": "A.2", "state": "proposed", "confidence": 0.7}]
    plan = plan_with(links=links)
    slip = SLIP | {"by": "100d"}
    assert "A.2" not in by_id(ask(plan, slip))
    used = ask(plan, slip, links="proposed", min_confidence=0.7)
    assert by_id(used)["A.2"].knock_on_days == 11
    assert used.links_used.proposed == 1
    assert ask(plan, SLIP, links="proposed", min_confidence=0.8).links_used.proposed == 0


def test_headline_tells_both_ends() -> None:
    assert ask(plan_with(), SLIP).sentences[:3] == (
        (
            "If A.1 “Consultation” slips 2 months (59 days): nothing else moves if the gaps are "
            "spare; if they are work, 2 items move by 59 days and A and B become newly late."
        ),
        (
            "30 of 89 days are left before A.2 “Teams”, the next to move: "
            "it moves at a slip of 90 days."
        ),
        (
            "Something else first becomes newly late at a slip of 90 days: A “Operating model” "
            "(if the gaps are work at 1 day: A)."
        ),
    )


@pytest.mark.parametrize(
    ("change", "error", "sentence"),
    [
        (
            {"op": "slip", "item": "A.9", "by": "1m"},
            UnknownIdError,
            'The plan has no item "A.9". Did you mean A.2 or A.1?',
        ),
        (
            {"op": "slip", "item": "A.1", "by": "-1m"},
            ScenarioError,
            "A slip of A.1 by -1 month would bring it forward: set its finish instead.",
        ),
        (
            {"op": "slip", "item": "A.1", "by": "5wd"},
            ScenarioError,
            "A slip of A.1 by 5 working days is not calendar time: give days, weeks or months.",
        ),
        (
            {"op": "set", "item": "A.1", "start": "2027-05-01", "finish": "2027-04-30"},
            ScenarioError,
            (
                "A.1 Consultation cannot be set to finish on 2027-04-30, "
                "before it starts on 2027-05-01."
            ),
        ),
        (
            {"op": "set", "item": "A.2", "start": "2027-05-01"},
            ScenarioError,
            "A.2 Teams has no planned start to replace: set its finish, or start and finish.",
        ),
        (
            {"op": "remove_link", "from": "A.1", "to": "B.1"},
            ScenarioError,
            "There is no link A.1 → B.1 in use: there is nothing to remove.",
        ),
        (
            {"op": "add_link", "from": "A.1", "to": "A.2"},
            ScenarioError,
            "The link A.1 → A.2 (FS) is in use already.",
        ),
        (
            {"op": "add_link", "from": "A.1", "to": "A"},
            ScenarioError,
            'The link A.1 → A joins "A.1" to "A", which it is part of: remove it.',
        ),
        (
            {"op": "slip_group", "tag": "consultation", "by": "1m"},
            ScenarioError,
            'Nothing unfinished belongs to the tag "consultation": there is nothing to slip.',
        ),
    ],
)
def test_change_that_cannot_be_made(
    change: dict[str, Any], error: type[KnockonError], sentence: str
) -> None:
    with pytest.raises(error) as caught:
        ask(plan_with(), change)
    assert str(caught.value) == sentence


def test_finished_item_cannot_slip() -> None:
    items = [dict(item) for item in TOM["items"]]
    items[2]["status"] = "complete"
    with pytest.raises(ScenarioError, match=r"A\.1 Consultation is finished: it cannot be slipped"):
        ask(plan_with(items=items), SLIP)


def test_item_without_date_cannot_slip() -> None:
    items = [*TOM["items"], {"id": "X", "kind": "milestone", "title": "Some day"}]
    with pytest.raises(ScenarioError, match="X Some day has no date: there is nothing to slip"):
        ask(plan_with(items=items), {"op": "slip", "item": "X", "by": "1m"})


def test_scenario_for_another_plan() -> None:
    scenario = parse_scenario('{"schema": "knockon/scenario@1", "plan": "other"}')
    with pytest.raises(ScenarioError, match=r'for the plan "other", and this is "tom"'):
        what_if(plan_with(), scenario)


def test_prepared_plan_answers_alike() -> None:
    plan = plan_with()
    prepared = prepare(plan)
    scenario = parse_scenario(json.dumps({"schema": "knockon/scenario@1", "changes": [SLIP]}))
    assert answer(prepared, scenario) == answer(prepared, scenario) == what_if(plan, scenario)


def test_thresholds_through_a_month_lag() -> None:
    """A lag of a month from 28 February lands on 31 March: no straight line leads to the answer."""
    links = [{"from": "A.1", "to": "A.2", "lag": "1m"}]
    result = ask(plan_with(links=links), SLIP | {"by": "1d"})
    # 1 month after 30 March is 30 April, which A.2 keeps; after 31 March it is 30 April too;
    # after 1 April it is 1 May. 1 April is 60 days after 31 January.
    assert (result.next_to_move and result.next_to_move.at_days) == 60


def test_the_change_is_told_to_be_late_itself() -> None:
    result = ask(plan_with(), {"op": "slip", "item": "A", "by": "1m"})
    assert "A itself misses its due date." in result.sentences
    assert result.summary.newly_late == 0, "the changed items are counted apart"


def test_paths_are_told_for_what_moves_furthest(monkeypatch: pytest.MonkeyPatch) -> None:
    everything = ask(plan_with(), SLIP).items
    assert all(item.path[-1] == item.id for item in everything)
    monkeypatch.setattr("simulations.whatif.PATHS_TOLD", 1)
    first, *others = ask(plan_with(), SLIP).items
    assert first == everything[0]
    assert others
    assert [item.path for item in others] == [()] * len(others)

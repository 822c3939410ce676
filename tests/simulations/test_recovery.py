"""Recovery by hand: every kind of cure on a small plan, its amount, its changes, whom it asks."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import ScenarioError, UnknownIdError
from graphmodel.planfile import parse_scenario
from simulations.recovery.run import recover
from simulations.recovery.wording import is_same, pick_cures, tell_cure, tell_late
from simulations.whatif import prepare, what_if
from tests.simulations.sketch import OFFICE, activity, link, milestone, sketch
from tests.simulations.wexcombe import PLAN, plan_with

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from simulations.recovery.results import Cure, LateItem, Recovery, RuleRecovery


def scenario(*changes: dict[str, Any]) -> Scenario:
    return parse_scenario(json.dumps({"schema": "knockon/scenario@1", "changes": list(changes)}))


def slip(item: str, by: str, **rest: Any) -> dict[str, Any]:
    return {"op": "slip", "item": item, "by": by, **rest}


def late_item(rule: RuleRecovery, one: str) -> LateItem:
    return next(item for item in rule.late if item.id == one)


def cures_of(found: Recovery, one: str) -> dict[tuple[str, str | None], Cure]:
    """Return an item's single cures by kind and item; gaps spare."""
    return {(cure.kind, cure.item): cure for cure in late_item(found.spare, one).cures}


def changes_of(cure: Cure) -> list[dict[str, Any]]:
    return [
        change.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        for change in cure.changes
    ]


def newly_late(plan: Plan, asked: Scenario) -> set[str]:
    return {row.id for row in what_if(plan, asked).items if row.newly_late}


# -- A chain of work: A (1-10 June), B (11-20 June), C (21-25 June), due on 25 June ---------------


def chain(**last: Any) -> Plan:
    return sketch(
        [
            activity("A", "10d"),
            activity("B", "10d"),
            activity("C", "5d", due="2026-06-25", **last),
        ],
        [link("A", "B"), link("B", "C")],
    )


def test_each_cure_of_a_chain_wins_back_the_days_that_are_lost() -> None:
    found = recover(chain(), scenario(slip("A", "4d")))
    item = late_item(found.spare, "C")
    assert (item.due, item.finish, item.late_days) == (date(2026, 6, 25), date(2026, 6, 29), 4)
    cures = cures_of(found, "C")
    assert set(cures) == {
        ("shorten", "A"),
        ("shorten", "B"),
        ("shorten", "C"),
        ("overlap", "B"),
        ("overlap", "C"),
        ("bring_back", "A"),
    }
    assert changes_of(cures["shorten", "B"]) == [{"op": "set", "item": "B", "duration": "6d"}]
    assert changes_of(cures["overlap", "C"]) == [
        {"op": "remove_link", "from": "B", "to": "C", "type": "FS"},
        {"op": "add_link", "from": "B", "to": "C", "lag": "-4d"},
    ]
    back = cures["bring_back", "A"]
    assert changes_of(back) == []
    assert back.replaces is not None
    assert {cure.days for cure in cures.values()} == {4}


def test_the_smallest_set_of_a_chain_is_one_cure_and_others_are_as_small() -> None:
    best = recover(chain(), scenario(slip("A", "4d"))).spare.smallest_set
    assert best is not None
    assert [cure.item for cure in best.cures] == ["A"]
    assert (best.cost, best.at_least, best.is_smallest, best.has_equals) == (4, 4, True, True)
    assert newly_late(chain(), best.scenario) == set()


def test_a_price_moves_the_set_to_what_costs_less() -> None:
    costs = {"A": 3.0, "B": 0.5, "C": 2}
    best = recover(chain(), scenario(slip("A", "4d")), costs=costs).spare.smallest_set
    assert best is not None
    # A link has the price of what waits: B, at a half, by its length or by its wait.
    assert best.cost == 2
    assert {cure.item for cure in best.cures} == {"B"}
    assert best.is_smallest


def test_a_link_can_have_a_price_of_its_own() -> None:
    costs = {"A": 2.0, "B": 2.0, "C": 2.0, "B>C": 1.5}
    best = recover(chain(), scenario(slip("A", "4d")), costs=costs).spare.smallest_set
    assert best is not None
    assert [cure.link for cure in best.cures] == [("B", "C", "FS")]
    assert best.cost == 6


def test_what_two_late_items_share_is_mended_once() -> None:
    plan = sketch(
        [
            activity("A", "10d"),
            activity("B", "5d", due="2026-06-15"),
            activity("C", "5d", due="2026-06-17"),
        ],
        [link("A", "B"), link("A", "C", lag="1d")],
    )
    found = recover(plan, scenario(slip("A", "4d"))).spare
    best = found.smallest_set
    assert best is not None
    # B lacks 4 days and C 3: 4 off A mend both; 4 + 3 in the branches would be 7.
    assert [(cure.item, cure.days) for cure in best.cures] == [("A", 4)]
    assert best.mends == ("B", "C")
    assert [item.id for item in found.late] == ["B", "C"]  # the latest first


def test_work_that_is_too_short_to_win_it_back_alone_is_no_single_cure() -> None:
    found = recover(chain(), scenario(slip("A", "8d")))
    assert ("shorten", "C") not in cures_of(found, "C")
    assert cures_of(found, "C")["shorten", "B"].after is not None


# -- Lengths -------------------------------------------------------------------------------------


def shortened(plan: Plan, by: str = "4d", item: str = "A") -> Cure:
    return cures_of(recover(plan, scenario(slip(item, by))), "Z")["shorten", "Z"]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"duration": "2w"}, {"duration": "10d"}),
        ({"duration": "1m"}, {"duration": "26d"}),  # 11 June to 10 July: 30 days
        ({"duration": "240eh"}, {"duration": "144eh"}),
        ({"duration": "10d", "status": "in_progress", "percent": 0}, None),
        (
            {"planned": {"start": "2026-06-11", "finish": "2026-06-20", "precision": "range"}},
            {"start": "2026-06-11", "finish": "2026-06-16"},
        ),
    ],
)
def test_lengths_of_every_kind_are_shortened(
    fields: dict[str, Any], expected: dict[str, Any] | None
) -> None:
    item = {"id": "Z", "kind": "activity", "title": "Work", "due": "2026-07-10", **fields}
    plan = sketch([activity("A", "10d"), item], [link("A", "Z")])
    finish = next(row.finish for row in what_if(plan, scenario(), include_all=True).items[-1:])
    item["due"] = str(finish)
    plan = sketch([activity("A", "10d"), item], [link("A", "Z")])
    cure = shortened(plan)
    if expected is not None:
        assert changes_of(cure) == [{"op": "set", "item": "Z", **expected}]
    assert newly_late(plan, scenario(slip("A", "4d"), *changes_of(cure))) == set()


def test_of_begun_work_no_more_is_taken_than_remains() -> None:
    begun = activity("Z", "10d", status="in_progress", actual_start="2026-06-03", remaining="6d")
    plan = sketch([begun | {"due": "2026-06-16"}], [], status_date="2026-06-10")
    found = recover(plan, scenario(slip("Z", "6d")))
    cure = cures_of(found, "Z")["shorten", "Z"]
    assert changes_of(cure) == [{"op": "set", "item": "Z", "duration": "4d"}]
    assert recover(plan, scenario(slip("Z", "7d"))).spare.smallest_set is None


def test_working_days_are_told_as_such() -> None:
    plan = sketch(
        [activity("A", "5wd"), activity("Z", "5wd", due="2026-06-12T17:00")],
        [link("A", "Z")],
        calendars=[OFFICE],
        calendar="office",
    )
    found = recover(plan, scenario(slip("A", "3d")))
    cures = cures_of(found, "Z")
    # Friday 5 June + 3 days is Monday 8 June: one working day is lost.
    assert str(cures["shorten", "Z"].by) == "1wd"
    added = cures["overlap", "Z"].changes[-1]
    assert added.model_dump(mode="json", by_alias=True)["lag"] == "-1wd"


def test_a_gap_that_is_work_can_be_shortened_and_its_date_stays() -> None:
    plan = sketch(
        [milestone("A", "2026-06-30"), milestone("Z", "2026-07-31", due="2026-07-31")],
        [link("A", "Z")],
    )
    found = recover(plan, scenario(slip("A", "10d")))
    assert found.spare.late == ()
    (item,) = found.work.late
    cure = next(cure for cure in item.cures if cure.kind == "shorten")
    assert changes_of(cure) == [
        {"op": "set", "item": "Z", "start": "2026-07-11", "finish": "2026-07-31"}
    ]
    assert not is_same(found)


# -- Lags ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lag", "expected"),
    [("6d", "2d"), ("2w", "10d"), ("1m", "26d"), ("-2d", "-6d"), ("50%", "1d")],
)
def test_lags_of_every_kind_are_reduced(lag: str, expected: str) -> None:
    """4 days less: of a month from 10 June, which is 30 days; of half of 10 days."""

    def plan_due(due: str | None) -> Plan:
        return sketch(
            [activity("A", "10d"), activity("Z", "5d", due=due)], [link("A", "Z", lag=lag)]
        )

    finish = what_if(plan_due(None), scenario(), include_all=True).items[-1].finish
    plan = plan_due(str(finish))
    cure = cures_of(recover(plan, scenario(slip("A", "4d"))), "Z")["overlap", "Z"]
    added = cure.changes[-1].model_dump(mode="json", by_alias=True)
    assert added["lag"] == expected


def test_an_overlap_that_is_none_says_so() -> None:
    plan = sketch(
        [activity("W", "20d"), activity("A", "2d"), activity("Z", "9d", due="2026-07-01")],
        [link("W", "A"), link("A", "Z")],
    )
    cure = cures_of(recover(plan, scenario(slip("A", "5d"))), "Z")["overlap", "Z"]
    assert cure.by is not None
    assert cure.by.amount == 5
    assert cure.words.endswith("(FS - 5 days), which is before that begins")


def test_a_lead_goes_no_further_than_the_plans_start() -> None:
    plan = sketch([activity("A", "2d"), activity("Z", "9d", due="2026-06-11")], [link("A", "Z")])
    # Z cannot begin before the plan does on 1 June, so that 9 + 6 days come to 15 June at best.
    found = recover(plan, scenario(slip("Z", "6d")))
    assert ("overlap", "Z") not in cures_of(found, "Z")


# -- The scenario's own changes --------------------------------------------------------------------


def test_a_slip_of_months_is_brought_back_in_days() -> None:
    plan = sketch([milestone("Z", "2026-06-30", due="2026-07-20")], [])
    cure = cures_of(recover(plan, scenario(slip("Z", "1m"))), "Z")["bring_back", "Z"]
    # To 31 July: 11 days late; 20 of the 31 days may stay.
    assert changes_of(cure) == [slip("Z", "20d")]
    assert cure.words.endswith("itself back by 11 days, so that it slips 20 days at most")


def test_a_group_a_date_and_an_absence_are_brought_back() -> None:
    officers = {"officers": [{"id": "o", "title": "Office"}]}
    plan = sketch(
        [milestone("Z", "2026-06-30", due="2026-07-05", tags=["t"])],
        [],
        **officers,
        assignments=[{"officer": "o", "item": "Z"}],
    )
    group = recover(plan, scenario({"op": "slip_group", "tag": "t", "by": "9d"}))
    (cure,) = late_item(group.spare, "Z").cures
    assert changes_of(cure) == [{"op": "slip_group", "tag": "t", "by": "5d"}]
    later = recover(plan, scenario({"op": "set", "item": "Z", "finish": "2026-07-12"}))
    (cure,) = late_item(later.spare, "Z").cures
    assert changes_of(cure) == [{"op": "set", "item": "Z", "finish": "2026-07-05"}]
    away = {"op": "away", "officer": "o", "from": "2026-06-29", "to": "2026-07-08"}
    gone = recover(plan, scenario(away))
    (cure,) = late_item(gone.spare, "Z").cures
    assert changes_of(cure) == [away | {"to": "2026-07-05"}]
    assert cure.asks == ("Office",)
    whole = recover(plan, scenario({"op": "slip_group", "officer": "o", "by": "9d"}))
    assert late_item(whole.spare, "Z").cures[0].asks == ("Office",)


# -- Boards and officers -------------------------------------------------------------------------


def council(**due: str) -> Plan:
    items = [item | ({"due": due[key]} if (key := _key(item)) in due else {}) for item in _ITEMS]
    return plan_with(items=items)


_ITEMS: list[dict[str, Any]] = PLAN["items"]


def _key(item: dict[str, Any]) -> str:
    return str(item["id"]).replace(".", "")


def test_a_board_can_meet_once_more_earlier_or_take_papers_late() -> None:
    """Cabinet decides A.2 on 6 April; papers 10 working days ahead, bank holidays on the way."""
    plan = council(A2="2027-05-03")
    found = recover(plan, scenario(slip("A.1", "76d")))
    # A.1 ends on 17 April: papers on 4 May at the earliest, when Cabinet meets; a day late.
    assert late_item(found.spare, "A.2").finish == date(2027, 5, 4)
    cures = cures_of(found, "A.2")
    once_more = cures["extra_meeting", "A.2"]
    assert changes_of(once_more) == [{"op": "add_meeting", "board": "cab", "date": "2027-04-30"}]
    assert (once_more.on, once_more.until) == (date(2027, 4, 30), date(2027, 5, 3))
    assert once_more.asks == ("Cabinet",)
    earlier = cures["move_meeting", "A.2"]
    assert changes_of(earlier) == [
        {"op": "move_meeting", "board": "cab", "date": "2027-05-04", "to": "2027-04-30"}
    ]
    assert ("waive_papers_lead", "A.2") not in cures  # the meeting before is on 6 April


def test_a_waived_papers_lead_reaches_the_meeting_before() -> None:
    plan = council(A2="2027-05-10")
    found = recover(plan, scenario(slip("A.1", "80d")))
    waived = cures_of(found, "A.2")["waive_papers_lead", "A.2"]
    assert changes_of(waived) == [{"op": "waive_papers_lead", "gate": "g1"}]
    assert tell_cure(waived) == (
        "Let the papers for A.2 “Decide” reach Cabinet on the day it meets, "
        "10 working days later than it asks (asks Cabinet)."
    )


def test_a_board_does_not_meet_in_a_blackout() -> None:
    blackout = {"start": "2027-04-28", "finish": "2027-05-01", "boards": ["cab"]}
    items = [item | ({"due": "2027-05-03"} if item["id"] == "A.2" else {}) for item in _ITEMS]
    plan = plan_with(items=items, blackouts=[blackout])
    cure = cures_of(recover(plan, scenario(slip("A.1", "76d"))), "A.2")["extra_meeting", "A.2"]
    assert cure.on == date(2027, 5, 2)


def test_what_waits_for_a_return_passes_to_who_else_holds_a_role() -> None:
    plan = council(A1="2027-01-31")
    away = {"op": "away", "officer": "dasc", "from": "2027-01-15", "to": "2027-03-31"}
    found = recover(plan, scenario(away))
    cure = cures_of(found, "A.1")["reassign", "A.1"]
    assert changes_of(cure) == [{"op": "reassign", "item": "A.1", "officer": "dasc", "to": "cx"}]
    assert cure.asks == ("Chief Executive", "Director of Adults")
    best = found.spare.smallest_set
    assert best is not None
    assert [one.kind for one in best.cures] == ["reassign"]
    assert newly_late(plan, best.scenario) == set()


def test_with_nobody_else_on_the_item_the_least_loaded_office_stands_in() -> None:
    plan = sketch(
        [
            milestone("Z", "2026-06-30", due="2026-06-30"),
            milestone("Y", "2026-06-30"),
            milestone("X", "2026-06-30"),
        ],
        [],
        officers=[
            {"id": "o", "title": "Office", "directorate": "North"},
            {"id": "p", "title": "Busy"},
            {"id": "m", "title": "Member", "kind": "member"},
            {"id": "q", "title": "Free"},
            {"id": "r", "title": "Near", "directorate": "North"},
        ],
        assignments=[
            {"officer": "o", "item": "Z"},
            {"officer": "p", "item": "Y"},
            {"officer": "r", "item": "X"},
        ],
    )
    away = {"op": "away", "officer": "o", "from": "2026-06-29", "to": "2026-07-08"}
    cure = cures_of(recover(plan, scenario(away)), "Z")["reassign", "Z"]
    assert cure.asks[0] == "Near"  # of the same directorate, though not the freest
    also = {"op": "away", "officer": "r", "from": "2026-08-01", "to": "2026-08-02"}
    with_two = recover(plan, scenario(away, also))
    assert cures_of(with_two, "Z")["reassign", "Z"].asks[0] == "Free"


def test_all_that_waits_for_one_return_can_pass_on() -> None:
    """Two items of one officer: both pass on, and then the absence holds nothing any more."""
    plan = sketch(
        [milestone(one, "2026-06-30", due="2026-06-30") for one in ("Y", "Z")],
        [],
        officers=[{"id": "o", "title": "Office"}, {"id": "p", "title": "Other"}],
        assignments=[{"officer": "o", "item": "Y"}, {"officer": "o", "item": "Z"}],
    )
    away = {"op": "away", "officer": "o", "from": "2026-06-30", "to": "2026-07-08"}
    best = recover(plan, scenario(away)).spare.smallest_set
    assert best is not None
    assert [(cure.kind, cure.item) for cure in best.cures] == [("reassign", "Y"), ("reassign", "Z")]
    # Each is held up by 8 days.
    assert (best.cost, best.is_smallest) == (16, True)
    assert newly_late(plan, best.scenario) == set()


def test_where_nobody_else_is_there_nobody_takes_over() -> None:
    plan = sketch(
        [milestone("Z", "2026-06-30", due="2026-06-30")],
        [],
        officers=[{"id": "o", "title": "Office", "successor": "m"}, {"id": "m", "kind": "member"}],
        assignments=[{"officer": "o", "item": "Z"}],
    )
    away = {"op": "away", "officer": "o", "from": "2026-06-30", "to": "2026-07-08"}
    cures = late_item(recover(plan, scenario(away)).spare, "Z").cures
    assert [cure.kind for cure in cures] == ["bring_back"]
    assert cures[0].words == "have Office back 8 days earlier, on the day after 2026-06-30"


# -- Nothing to mend, nothing that mends -----------------------------------------------------------


def test_nothing_late_says_so() -> None:
    found = recover(chain(), scenario(slip("A", "0d")))
    assert found.spare.late == ()
    assert found.spare.smallest_set is None
    assert found.spare.sentences == (
        "Nothing becomes late if the gaps between dates are spare: there is nothing to mend.",
    )


def test_what_is_late_without_the_scenario_is_not_mended() -> None:
    plan = sketch([milestone("Z", "2026-07-31", due="2026-06-30")], [])
    assert recover(plan, scenario(slip("Z", "5d"))).spare.late == ()


def test_a_fact_holds_what_nothing_mends() -> None:
    plan = sketch([milestone("Z", "2026-06-30", due="2026-06-30")], [])
    done = recover(plan, scenario({"op": "complete", "item": "Z", "on": "2026-07-02"}))
    (item,) = done.spare.late
    assert item.cures == ()
    assert item.held_by == ("Z “Mark” is complete on 2026-07-02, which is a fact",)
    assert done.spare.sentences[1:] == ("Nothing that was found mends Z “Mark”.",)
    assert tell_late(plan, item) == (
        "Z “Mark” is late by 2 days. No single cure mends it: "
        "Z “Mark” is complete on 2026-07-02, which is a fact."
    )


def test_only_bringing_the_change_back_is_said() -> None:
    plan = sketch([milestone("Z", "2026-06-30", due="2026-06-30")], [])
    found = recover(plan, scenario(slip("Z", "5d")))
    assert found.spare.sentences[1:] == ("Only bringing the change itself back mends Z “Mark”.",)


def test_what_holds_an_item_is_named_by_its_kind() -> None:
    """A fixed date, a date of its own, a constraint.

    Three new links make Z wait for it, so that none of them alone can be overlapped.
    """
    fixed = milestone("F", "2026-07-10", scheduling="fixed")
    own = milestone("P", "2026-07-12")
    bound = activity("S", "1d", constraints=[{"type": "SNET", "date": "2026-07-14"}])
    plan = sketch([fixed, own, bound, milestone("Z", "2026-06-30", due="2026-06-30")], [])
    for before, words in (
        ("F", "F “Mark” keeps the fixed dates it is given"),
        ("P", "P “Mark” keeps its planned date on 2026-07-12"),
        ("S", "S “Work” is held by a constraint on 2026-07-14"),
    ):
        new = {"op": "add_link", "from": before, "to": "Z", "type": "SF", "lag": "400d"}
        again = {"op": "add_link", "from": before, "to": "Z", "type": "SS", "lag": "400d"}
        found = recover(plan, scenario(new | {"type": "FF"}, again, new))
        cures = late_item(found.spare, "Z").cures
        assert cures == ()
        assert words in late_item(found.spare, "Z").held_by


def test_some_can_be_mended_and_some_cannot() -> None:
    plan = sketch(
        [activity("A", "10d", due="2026-06-10"), activity("Z", "5d", due="2026-06-15")],
        [link("A", "Z")],
    )
    found = recover(plan, scenario(slip("A", "12d"))).spare
    best = found.smallest_set
    assert best is not None
    assert (best.mends, best.cannot_mend) == (("Z",), ("A",))
    assert found.sentences[1] == "Only bringing the change itself back mends A “Work”."
    assert found.sentences[2].startswith("The least that mends 1 of them: ")


def test_a_prepared_plan_is_taken_with_the_links_chosen_there() -> None:
    proposed = link("A", "Z") | {"state": "proposed", "confidence": 0.9}
    plan = sketch([activity("A", "10d"), activity("Z", "5d", due="2026-06-15")], [proposed])
    asked = scenario(slip("A", "2d"))
    assert recover(plan, asked).spare.late == ()
    found = recover(prepare(plan, "proposed"), asked)
    assert [item.id for item in found.spare.late] == ["Z"]


@pytest.mark.parametrize(
    ("costs", "error", "words"),
    [
        ({"Q": 1.0}, UnknownIdError, '"Q"'),
        ({"A": -1.0}, ScenarioError, "from 0 to a million, not -1"),
        ({"A": float("nan")}, ScenarioError, "not nan"),
    ],
)
def test_a_cost_must_be_a_number_for_something_in_the_plan(
    costs: dict[str, float], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        recover(chain(), scenario(slip("A", "4d")), costs=costs)


def test_some_cures_of_every_kind_are_picked_in_their_order() -> None:
    cures = late_item(recover(chain(), scenario(slip("A", "4d"))).spare, "C").cures
    picked = pick_cures(cures, 4)
    assert [cure.kind for cure in picked] == ["shorten", "shorten", "overlap", "bring_back"]
    assert pick_cures(cures, 99) == list(cures)

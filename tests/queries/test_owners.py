"""Who holds what, and what hangs on it: a plan worked out by hand, and laws on any plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from graphmodel.errors import ScenarioError, UnknownIdError
from graphmodel.planfile import dump_plan
from loaders.load import load
from queries.owners import GroupHeld, survey_owners
from queries.owners_alone import Alone
from queries.owners_handovers import HandOver
from queries.owners_holding import MonthLoad
from simulations.batch import reach
from simulations.results import LinksUsed, Threshold
from simulations.whatif import prepare
from simulations.witness import Hit, Reached
from tests.laws import examples
from tests.oracle.officers import with_officers
from tests.oracle.plans import plans
from tests.oracle.small import build, fs
from tests.queries.staffing import ITEMS, LINKS, staffed

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.people import Role
    from graphmodel.plan import Plan
    from queries.owners import Owner

some = settings(max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])


def owners(plan: Plan, **options: Any) -> dict[str, Owner]:
    return {one.id: one for one in survey_owners(plan, **options).officers}


# -- Worked by hand: see tests.queries.staffing ---------------------------------------------------


def test_who_holds_how_much() -> None:
    found = survey_owners(staffed())
    assert (found.open_items, found.held, found.joint, found.unheld) == (8, 6, 1, 1)
    assert found.groups == (GroupHeld("all", "All Directors", 2, 1),)
    held = {one.id: (one.open_items, one.share, one.joint) for one in found.officers}
    # A.2 is of two; E is Cat's alone as a load, yet a group is named beside her.
    assert held == {"ann": (2, 1.5, 1), "bob": (4, 3.5, 1), "cat": (1, 1, 1)}
    assert found.officers[0].items == ("A.1", "A.2")
    assert found.officers[1].roles == {"responsible": 4}
    assert found.officers[0].roles == {"responsible": 2, "delivery_lead": 3}


def test_the_effect_ranks_and_the_count_stands_beside_it() -> None:
    found = survey_owners(staffed()).officers
    assert [(one.id, one.rank, one.rank_by_count) for one in found] == [
        ("ann", 1, 2),
        ("bob", 2, 1),
        ("cat", 3, 3),
    ]


def test_the_load_by_month() -> None:
    found = owners(staffed())
    june, july, august, september = (date(2026, month, 1) for month in (6, 7, 8, 9))
    ann = found["ann"].load
    assert ann.months == (MonthLoad(june, 1, 1), MonthLoad(july, 1, 1))
    assert ann.peak == MonthLoad(june, 1, 1), "the first of two equal months"
    bob = found["bob"].load
    # B.2 goes on to the plan's last month, that of E; B.3 has no date.
    assert bob.months == (
        MonthLoad(july, 2, 2),
        MonthLoad(august, 0, 1),
        MonthLoad(september, 0, 1),
    )
    assert (bob.items, bob.open_ended, bob.undated) == (4, 1, 1)
    assert bob.peak == MonthLoad(july, 2, 2)


def test_float() -> None:
    # E is last, so it has no float. B.1 must keep B's due, 31 August; so must A.2 before it, and
    # A.1 before that: 31, 31 and 62 days.
    ann = owners(staffed())["ann"].float_held
    assert (ann.items, ann.critical, ann.near_critical) == (2, 0, 0)
    assert (ann.least_days, ann.median_days, ann.total_days, ann.short_days) == (31, 46.5, 93, 0)
    assert owners(staffed(), near_days=31)["ann"].float_held.near_critical == 1
    cat = owners(staffed())["cat"].float_held
    assert (cat.critical, cat.near_critical, cat.least_days) == (1, 0, 0)


def test_hand_overs() -> None:
    found = owners(staffed())
    # A.2 and B.1 are both Bob's: nothing is handed over to him. A.3 is done.
    assert found["ann"].hands_to == (HandOver("ann", "bob", (("A.1", "A.2"),), 31),)
    assert found["bob"].waits_for == found["ann"].hands_to
    assert found["bob"].hands_to == (HandOver("bob", "cat", (("B.1", "E"),), 61),)
    assert [found[one].links_out for one in ("ann", "bob", "cat")] == [1, 1, 0]
    # Of two ordered pairs of others, Ann to Cat leads over Bob, Cat to Ann over nobody.
    assert [found[one].betweenness for one in ("ann", "bob", "cat")] == [0, 0.5, 0]


def test_who_is_alone_at_the_highest_level() -> None:
    found = owners(staffed())
    assert found["bob"].alone_on == (Alone("U", "theme", "U", 3),), "and not on B as well"
    assert found["ann"].alone_on == found["cat"].alone_on == ()


def test_the_stress_of_ann() -> None:
    answer = survey_owners(staffed(), "1m", in_full=["ann"])
    ann = answer.officers[0]
    assert ann.stress is not None
    # A.2 goes to 31 August and takes B.1 along, 31 days; B is due that day. If gaps are work, E
    # takes the 61 days after B.1 and goes to 31 October. Of the due dates, B's is the first to be
    # missed: a day after 31 August, 32 days from 31 July.
    assert ann.stress.effect.moved == 1
    assert ann.stress.effect.moved_if_work == 2
    assert ann.stress.effect.first_newly_late == Threshold("B", 32)
    assert ann.stress.officers_hit == 2, "Bob and Cat; a group is nobody"
    assert ann.stress.reached == Reached(
        moves=("B.1", "E"),
        late=(),
        hits=(Hit("bob", 1, 31, 1, 31), Hit("all", 0, 0, 1, 31), Hit("cat", 0, 0, 1, 31)),
    )
    assert answer.officers[1].stress is not None
    assert answer.officers[1].stress.reached is None


def test_each_has_one_plain_sentence() -> None:
    told = {one.id: one.sentence for one in survey_owners(staffed()).officers}
    assert told == {
        "ann": "If 2 open items slip 1 month, 1 to 2 other items of 2 officers move by 31 to 62 "
        "days in all.",
        "bob": "If the 3 open items that have dates slip 1 month, 0 to 1 other item of 1 officer "
        "moves by 0 to 31 days in all; nobody else is named for the theme U “U”.",
        "cat": "If 1 open item slips 1 month, nothing else moves, because no link leads from it "
        "to others.",
    }


def test_due_dates_missed_are_told_with_the_first() -> None:
    told = {one.id: one.sentence for one in survey_owners(staffed(), "40d").officers}
    assert told["ann"].startswith(
        "If 2 open items slip 40 days, 1 other due date is missed (the first, B, from 32 days on) "
        "and 1 to 2 other items of 2 officers move by 40 to 80 days in all"
    )
    items = [*ITEMS[:-1], {**ITEMS[-1], "due": "2026-10-10"}]
    told = {one.id: one.sentence for one in survey_owners(staffed(items=items)).officers}
    assert told["cat"].startswith(
        "If 1 open item slips 1 month, 1 of them misses its own due date."
    )


def test_room_enough_is_told_too() -> None:
    items = [{**one, "due": "2027-01-31"} if one["id"] == "E" else one for one in ITEMS]
    told = {one.id: one.sentence for one in survey_owners(staffed(items=items), "1w").officers}
    # A slip of 7 days of Bob's moves nothing else if gaps are spare; if they are work, E by 7.
    assert told["bob"].startswith("If the 3 open items that have dates slip 1 week, 0 to 1 other")
    links = [*LINKS[:2], fs("B.1", "E", lag="-200d")]
    told = {
        one.id: one.sentence
        for one in survey_owners(staffed(items=items, links=links), "1w").officers
    }
    assert told["bob"] == (
        "If the 3 open items that have dates slip 1 week, nothing else moves, and no other due "
        "date is missed before 32 days (B); nobody else is named for the theme U “U”."
    )


def test_the_whole_in_words() -> None:
    assert " ".join(survey_owners(staffed()).sentences) == (
        "3 officers are responsible for 6 of 8 open items. 1 item has several officers: it counts "
        "in full for all of them, and in equal parts in the shares. 1 item belongs to All "
        "Directors together, which is nobody's load. 1 open item has no responsible officer. This "
        "rests on 4 accepted links."
    )


@pytest.mark.parametrize(
    ("role", "officer", "items", "words"),
    [
        ("accountable", "cx", 2, "1 officer is accountable for 2 of 8 open items."),
        ("delivery_lead", "ann", 3, "1 officer is the delivery lead of 3 of 8 open items."),
    ],
)
def test_roles_are_kept_apart(role: Role, officer: str, items: int, words: str) -> None:
    found = survey_owners(staffed(), roles=[role])
    assert [(one.id, one.open_items) for one in found.officers] == [(officer, items)]
    assert found.sentences[0] == words


def test_several_roles_count_an_item_once() -> None:
    found = survey_owners(staffed(), roles=["responsible", "delivery_lead"])
    held = {one.id: (one.open_items, one.share) for one in found.officers}
    # Ann leads the delivery of Bob's three, half of each; A.2 is half hers too.
    assert held == {"ann": (5, 3), "bob": (4, 2), "cat": (1, 1)}
    assert found.sentences[0] == (
        "3 officers hold 6 of 8 open items as responsible officer or delivery lead."
    )


def test_officers_are_found_by_any_of_their_names() -> None:
    found = survey_owners(staffed())
    for name in ("ann", "director ann", "DIR. A"):
        one = found.officer(name)
        assert one is not None
        assert one.id == "ann"
    assert found.officer("cx") is None, "holds nothing as responsible officer"
    with pytest.raises(UnknownIdError, match="Did you mean Director Ann"):
        found.officer("Director An")


def test_proposed_links_count_where_they_are_chosen() -> None:
    links = [*LINKS[:2], fs("B.1", "E", state="proposed", confidence=0.6)]
    plan = staffed(links=links)
    assert owners(plan)["bob"].hands_to == ()
    found = survey_owners(prepare(plan, "proposed"))
    assert found.links_used == LinksUsed(2, 1)
    assert [len(one.hands_to) for one in found.officers if one.id == "bob"] == [1]


# -- Parents, chains, portfolios ------------------------------------------------------------------


def test_a_parent_stands_for_the_officers_of_its_open_items() -> None:
    links = [fs("A", "B", type="FF"), fs("T", "E")]
    found = owners(staffed(links=links))
    # A is of Ann and, by A.2, of Bob; B is Bob's: he holds some of both ends. T is as A.
    assert [one.to for one in found["ann"].hands_to] == ["cat"]
    assert found["ann"].hands_to[0].links == (("T", "E"),)
    assert [one.to for one in found["bob"].hands_to] == ["cat"]
    assert found["bob"].links_out == 1
    assert found["ann"].links_out == 2


def test_a_parents_officer_who_holds_nothing_below_it_hands_nothing_over() -> None:
    plan = build(
        [{"id": "A", "kind": "action"}, {"id": "A.1", "parent": "A"}, {"id": "B"}],
        fs("A", "B"),
        officers=[{"id": "ann"}, {"id": "bob"}, {"id": "all", "kind": "group"}],
        assignments=[
            {"officer": "ann", "item": "A"},
            {"officer": "all", "item": "A.1"},
            {"officer": "bob", "item": "B"},
        ],
    )
    (bob,) = survey_owners(plan).officers
    assert (bob.id, bob.waits_for) == ("bob", ())


def test_alone_on_a_critical_chain() -> None:
    def plan(*officers: str) -> Plan:
        items = [{"id": one, "duration": "10d"} for one in ("a", "b", "c", "short")]
        items[-1]["duration"] = "1d"
        return build(
            items,
            fs("a", "b"),
            fs("b", "c"),
            officers=[{"id": "ann"}, {"id": "bob"}],
            assignments=[
                {"officer": officer, "item": item["id"]}
                for officer, item in zip(officers, items, strict=True)
            ],
        )

    alone = owners(plan("ann", "ann", "ann", "bob"))
    assert alone["ann"].alone_on_chains == (("a", "b", "c"),)
    assert alone["bob"].alone_on_chains == (), "one item is no chain, and it has float"
    shared = owners(plan("ann", "bob", "ann", "bob"))
    assert [one.alone_on_chains for one in shared.values()] == [(), ()]


def test_a_chain_through_a_parent_and_by_the_longest_path() -> None:
    plan = build(
        [
            {"id": "P", "kind": "action"},
            {"id": "a", "parent": "P", "duration": "10d"},
            {"id": "b", "duration": "5d"},
            {"id": "c", "duration": "12d"},
        ],
        fs("P", "b"),
        options={"critical": "longest_path"},
        officers=[{"id": "ann"}, {"id": "bob"}],
        assignments=[
            {"officer": "ann", "item": "a"},
            {"officer": "ann", "item": "b"},
            {"officer": "bob", "item": "c"},
        ],
    )
    found = owners(plan)
    assert found["ann"].alone_on_chains == (("a", "b"),)
    assert found["ann"].float_held.critical == 2
    bob = found["bob"].float_held
    assert (bob.critical, bob.near_critical, bob.least_days) == (0, 1, 3), "15 days against 12"


# -- Plans with little in them --------------------------------------------------------------------


def test_no_officers() -> None:
    found = survey_owners(staffed(officers=[], assignments=[]))
    assert found.officers == ()
    assert found.unheld == 8
    assert "names no officers" in found.sentences[0]


def test_officers_who_hold_nothing() -> None:
    found = survey_owners(staffed(assignments=[]))
    assert found.officers == ()
    assert found.sentences == ("No officer holds any of the 8 open items as responsible officer.",)


def test_only_a_group() -> None:
    found = survey_owners(staffed(assignments=[{"officer": "all", "item": "A"}]))
    assert (found.officers, found.held, found.unheld) == ((), 0, 6)
    assert found.sentences[1] == (
        "2 items belong to All Directors together, which is nobody's load."
    )


def test_everything_complete() -> None:
    found = survey_owners(staffed(items=[{**one, "status": "complete"} for one in ITEMS]))
    assert found.officers == ()
    assert found.sentences == (
        "Nothing in the plan is open: there is nothing that anybody still has to do.",
    )


def test_an_empty_plan() -> None:
    found = survey_owners(build([]))
    assert (found.open_items, found.officers, len(found.sentences)) == (0, (), 1)


def test_nothing_has_a_date() -> None:
    plan = build(
        [{"id": "a"}, {"id": "b"}],
        officers=[{"id": "x"}, {"id": "y"}],
        assignments=[
            {"officer": "x", "item": "a"},
            {"officer": "y", "item": "b"},
            {"officer": "y", "item": "a"},
        ],
    )
    x, y = survey_owners(plan).officers
    assert (x.rank, x.stress, x.load.peak, x.load.months) == (None, None, None, ())
    assert (x.load.undated, x.float_held.items, x.float_held.least_days) == (1, 0, None)
    assert x.sentence == "The open item has no date that could slip."
    assert y.sentence == "No open item has a date that could slip."
    assert (y.rank_by_count, x.rank_by_count) == (1, 2)


def test_one_item() -> None:
    plan = build(
        [{"id": "a", "planned": {"finish": "2026-06-30"}}],
        officers=[{"id": "x"}],
        assignments=[{"officer": "x", "item": "a"}],
    )
    (one,) = survey_owners(plan).officers
    assert (one.rank, one.rank_by_count, one.share, one.betweenness) == (1, 1, 1, 0)
    assert (one.alone_on, one.hands_to, one.waits_for) == ((), (), ())


def test_an_open_end_after_everything_else() -> None:
    plan = build(
        [
            {"id": "a", "planned": {"finish": "2026-06-30"}},
            {"id": "b", "planned": {"start": "2026-09-01", "precision": "from"}},
        ],
        officers=[{"id": "x"}],
        assignments=[{"officer": "x", "item": "b"}],
    )
    assert owners(plan)["x"].load.months == (MonthLoad(date(2026, 9, 1), 0, 1),)
    assert owners(plan)["x"].load.peak is None


def test_what_cannot_be_slipped_is_one_sentence() -> None:
    with pytest.raises(ScenarioError, match="would bring it forward"):
        survey_owners(staffed(), "-1m")


# -- Laws -----------------------------------------------------------------------------------------


@some
@given(data=st.data())
def test_laws_of_loads(data: st.DataObject) -> None:
    plan = with_officers(data, data.draw(plans()))
    note(dump_plan(plan))
    found = survey_owners(plan)
    assert sum(one.share for one in found.officers) == pytest.approx(found.held)
    assert found.held + found.unheld == found.open_items, "there are no groups"
    for one in found.officers:
        load = one.load
        assert one.open_items == len(one.items) == load.items == one.roles["responsible"]
        assert sum(each.finishing for each in load.months) == (
            load.items - load.undated - load.open_ended
        )
        assert all(each.finishing <= each.active for each in load.months)
        assert one.share <= one.open_items
        assert one.float_held.critical + one.float_held.near_critical <= one.open_items
        assert 0 <= one.betweenness <= 1


@some
@given(data=st.data())
def test_laws_of_ranks(data: st.DataObject) -> None:
    plan = with_officers(data, data.draw(plans()))
    found = survey_owners(plan)
    ranked = [one for one in found.officers if one.stress is not None]
    told = reach(plan, "1m", of="officers").effects
    assert tuple(one.stress.effect for one in ranked if one.stress is not None) == told
    ranks = [one.rank for one in ranked]
    assert ranks == sorted(ranks, key=lambda rank: rank or 0)
    assert not ranks or ranks[0] == 1
    for one in found.officers:
        more = sum(other.open_items > one.open_items for other in found.officers)
        assert one.rank_by_count == more + 1


@some
@given(data=st.data())
def test_laws_of_standing_alone_and_handing_over(data: st.DataObject) -> None:
    plan = with_officers(data, data.draw(plans()))
    note(dump_plan(plan))
    index = plan.index
    open_items = {
        one.id
        for one in plan.items
        if index.is_leaf(one.id) and one.status not in {"complete", "cancelled"}
    }

    def is_alone(officer: str, item: str) -> bool:
        below = [one for one in index.leaves(item) if one in open_items]
        holders = [[who.id for who in index.officers_of(one)] for one in below]
        return bool(below) and all(held == [officer] for held in holders)

    for one in survey_owners(plan).officers:
        expected = [
            item.id
            for item in plan.items
            if not index.is_leaf(item.id)
            and is_alone(one.id, item.id)
            and not (item.parent is not None and is_alone(one.id, item.parent))
        ]
        assert [each.item for each in one.alone_on] == expected
        for each in one.hands_to:
            assert each.from_ == one.id != each.to
            assert {*each.links} <= {(link.from_, link.to) for link in plan.accepted_links}
        for chain in one.alone_on_chains:
            assert len(chain) > 1
            assert {*chain} <= {*one.items}


# -- The real plan --------------------------------------------------------------------------------


def test_the_officers_of_a_real_paper(csip_paper: Path) -> None:
    """Counted in the paper by hand: IP4 has 11 actions, all the Assistant Chief Executive's."""
    found = survey_owners(load([str(csip_paper)]).plan)
    first = found.officers[0]
    assert first.title == "Assistant Chief Executive"
    assert (first.rank, first.rank_by_count) == (1, 1)
    assert first.alone_on[0].item == "IP4"
    assert [one.title for one in found.groups] == ["All Corporate Directors"]
    housing = found.officer("Strategic Director of Housing")
    assert housing is not None
    assert [one.item for one in housing.alone_on] == ["SI5"]
    assert found.links_used.accepted == 4

"""The same thing under several items: which items share one, and which comes first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.papers import read_paper
from loaders.suggest.shared_names import MOST_HOLDERS, find_shared
from loaders.suggest.shared_orders import (
    RULES,
    SHARED_ACTION,
    SHARED_DATES,
    SHARED_STAGE,
    SHARED_USE,
)
from tests.laws import examples
from tests.loaders.suggest.small_plans import make_plan

if TYPE_CHECKING:
    from pathlib import Path

    from graphmodel.plan import Plan
    from loaders.suggest.candidates import Candidate
    from loaders.suggest.rules import Rule

_THEMES: tuple[dict[str, Any], ...] = (
    {"id": "H", "kind": "theme", "title": "Harbour"},
    {"id": "L", "kind": "theme", "title": "Lighthouses"},
    {"id": "H1", "kind": "action", "title": "Keep it deep", "parent": "H"},
    {"id": "H2", "kind": "action", "title": "Keep it safe", "parent": "H"},
    {"id": "L1", "kind": "action", "title": "Keep them lit", "parent": "L"},
)


def plan_of(*items: tuple[str, str, str], **more: Any) -> Plan:
    """Return a plan of (id, title, finish); the parent is the id up to its last point."""
    own = [
        {"id": name, "title": title, "parent": name.rpartition(".")[0]}
        | ({"finish": finish} if finish else {})
        for name, title, finish in items
    ]
    return make_plan(*map(dict, _THEMES), *own, **more)


def shape(plan: Plan) -> list[tuple[str, str, Rule]]:
    return [(one.before, one.after, one.rule) for one in find_shared(plan)]


def only(plan: Plan) -> Candidate:
    (one,) = find_shared(plan)
    return one


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Redesign tug crews as part of the berth allocation model", "part of"),
        ("Shifts of tug crews aligned to the berth allocation model", "part of"),
        ("Shifts of tug crews in line with the berth allocation model", "part of"),
        ("Plan shifts using the berth allocation model", "uses"),
        ("Plan shifts in light of the berth allocation model", "uses"),
        ("Embed shifts in the berth allocation model", "uses"),
    ],
)
def test_what_is_made_comes_before_what_uses_it(title: str, words: str) -> None:
    plan = plan_of(
        ("H1.1", "Develop the berth allocation model", "2026-06-30"),
        ("H2.1", title, "2026-09-30"),
    )
    one = only(plan)
    assert (one.before, one.after, one.rule) == ("H1.1", "H2.1", SHARED_USE)
    assert words in one.words
    assert one.words.startswith('Both name "berth allocation model", and ')
    assert one.strength == 1.0
    assert [(part.side, part.source.line) for part in one.evidence] == [("from", 6), ("to", 7)]


@pytest.mark.parametrize(
    "title",
    [
        "Crew sessions to inform the berth allocation model",
        "Enable delivery of the berth allocation model",
        "Crew training in preparation for the berth allocation model",
    ],
)
def test_what_prepares_a_thing_comes_before_it(title: str) -> None:
    plan = plan_of(
        ("H1.1", "Implement the berth allocation model", "2026-09-30"),
        ("H2.1", title, "2026-06-30"),
    )
    one = only(plan)
    assert (one.before, one.after, one.rule) == ("H2.1", "H1.1", SHARED_USE)


def test_a_part_may_begin_when_the_whole_has_begun_where_that_goes_on_for_longer() -> None:
    plan = plan_of(
        ("H1.1", "Implement the berth allocation model", "2027-04-30"),
        ("H2.1", "Redesign tug crews as part of the berth allocation model", "2026-09-30"),
    )
    one = only(plan)
    assert (one.before, one.after, one.type) == ("H1.1", "H2.1", "SS")
    assert one.strength < 1


def test_what_is_used_before_it_is_made_is_no_reason() -> None:
    plan = plan_of(
        ("H1.1", "Implement the berth allocation model", "2027-04-30"),
        ("H2.1", "Plan shifts using the berth allocation model", "2026-09-30"),
    )
    assert shape(plan) == []


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Develop the tug crew strategy", "Tug crew strategy agreed"),
        ("Agree the tug crew strategy", "Implement the tug crew strategy"),
        ("Tug crew strategy approved", "Tug crew strategy rolled out"),
        ("Procurement of the tug crew system", "Tug crew system launched"),
    ],
)
@pytest.mark.parametrize("finish", ["", "2026-06-30"])
def test_an_earlier_stage_comes_before_a_later_one(first: str, then: str, finish: str) -> None:
    plan = plan_of(("L1.1", then, finish), ("H1.1", first, finish))
    assert shape(plan_of(("H2.1", then, finish), ("H1.1", first, finish))) == [
        ("H1.1", "H2.1", SHARED_STAGE)
    ]
    assert [one[:2] for one in shape(plan)] == [("H1.1", "L1.1")]  # under another theme as well


def test_completed_recommendations_come_before_they_are_implemented() -> None:
    plan = plan_of(
        ("H1.1", "Completion of silt report and recommendations", ""),
        ("H2.1", "Crews briefed, and silt recommendations implemented", ""),
    )
    assert shape(plan) == [("H1.1", "H2.1", SHARED_STAGE)]


def test_dates_decide_where_words_do_not() -> None:
    plan = plan_of(
        ("H1.1", "Berth register shared with pilots", "2026-05-31"),
        ("H2.1", "Berth register shared with owners", "2026-07-31"),
    )
    assert shape(plan) == [("H1.1", "H2.1", SHARED_DATES)]


def test_what_is_complete_comes_first() -> None:
    items = (("H1.1", "Berth register for pilots", ""), ("H2.1", "Berth register for crews", ""))
    plan = plan_of(*items)
    assert shape(plan) == []
    done = plan.items[6].model_copy(update={"status": "complete"})
    plan = plan.model_copy(update={"items": (*plan.items[:6], done)})
    # told apart by what stands after "for", they are two registers
    assert shape(plan) == []


def test_what_is_complete_comes_before_what_is_not() -> None:
    plan = plan_of(
        ("H1.1", "Berth register in place", ""), ("H2.1", "Crews read the berth register", "")
    )
    done = plan.items[5].model_copy(update={"status": "complete"})
    plan = plan.model_copy(update={"items": (*plan.items[:5], done, plan.items[6])})
    assert [one[:2] for one in shape(plan)] == [("H1.1", "H2.1")]


def test_in_one_month_and_stage_neither_comes_first() -> None:
    plan = plan_of(
        ("H1.1", "Berth register shared with pilots", "2026-05-31"),
        ("H2.1", "Berth register shared with owners", "2026-05-31"),
    )
    assert shape(plan) == []


def test_things_that_are_narrowed_down_differently_are_two() -> None:
    plan = plan_of(
        ("H1.1", "Agree the Dredging Improvement Plan", "2026-05-31"),
        ("L1.1", "Implement the Lantern Improvement Plan", "2026-07-31"),
    )
    assert shape(plan) == []


def test_a_bare_name_is_that_of_its_theme() -> None:
    plan = plan_of(
        ("H1.1", "Agree the Harbour Improvement Plan", "2026-05-31"),
        ("H2.1", "Implement the Improvement Plan", "2026-07-31"),
        ("L1.1", "Implement the Improvement Plan", "2026-07-31"),
    )
    assert shape(plan) == [("H1.1", "H2.1", SHARED_STAGE)]


def test_one_of_several_that_a_title_names_together() -> None:
    plan = plan_of(
        ("H1.1", "Agree the Lighthouses Improvement Plan", "2026-05-31"),
        ("H2.1", "Implement the Ferries, Lighthouses and Harbour Improvement Plans", "2026-07-31"),
    )
    assert shape(plan) == [("H1.1", "H2.1", SHARED_STAGE)]


def test_plans_of_two_years_are_less_surely_one() -> None:
    def strength(year: str) -> float:
        plan = plan_of(
            ("H1.1", "Agree tug crew plan 2026/27", "2026-05-31"),
            ("H2.1", f"Implement tug crew plan {year}", "2026-07-31"),
        )
        return only(plan).strength

    assert strength("2027/28") < strength("2026/27") == strength("")


def test_parents_and_parts_share_nothing_with_each_other() -> None:
    plan = make_plan(
        {"id": "A", "kind": "action", "title": "Develop the tug crew plan"},
        {"id": "A.1", "title": "Implement the tug crew plan", "parent": "A"},
    )
    assert shape(plan) == []


def test_an_action_stands_back_where_a_part_of_it_names_the_thing() -> None:
    plan = plan_of(
        ("H1.1", "Agree the tug crew plan", "2026-05-31"),
        ("L1.1", "Implement the tug crew plan", "2026-07-31"),
    )
    action = plan.items[3].model_copy(update={"title": "Deliver the tug crew plan"})
    assert action.id == "H2"
    part = plan.items[5].model_copy(update={"id": "H2.1", "parent": "H2"})
    parts = plan.model_copy(
        update={"items": (*plan.items[:3], action, plan.items[4], part, plan.items[6])}
    )
    assert shape(parts) == [("H2.1", "L1.1", SHARED_STAGE)]


def test_two_actions_on_one_thing() -> None:
    under = make_plan(
        {"id": "T", "kind": "theme", "title": "Tugs"},
        {"id": "A", "kind": "action", "title": "Agree the tug crew plan", "parent": "T"},
        {"id": "B", "kind": "action", "title": "Implement the tug crew plan", "parent": "T"},
        {"id": "A.1", "title": "Hire a clerk", "parent": "A"},
        {"id": "B.1", "title": "Buy a boat", "parent": "B"},
    )
    assert shape(under) == [("A", "B", SHARED_ACTION)]


def test_the_nearest_maker_is_waited_for() -> None:
    plan = plan_of(
        ("H1.1", "Berth register drafted", "2026-03-31"),
        ("H1.2", "Berth register agreed", "2026-05-31"),
        ("H2.1", "Berth register embedded", "2026-08-31"),
    )
    assert [one[:2] for one in shape(plan)] == [("H1.1", "H1.2"), ("H1.2", "H2.1")]


def test_bodies_are_made_and_then_looked_at_but_not_used() -> None:
    plan = plan_of(
        ("H1.1", "Launch the tug safety board", "2026-03-31"),
        ("H1.2", "Papers shared through the tug safety board", "2026-05-31"),
        ("H2.1", "Evaluation of the tug safety board", "2026-08-31"),
    )
    assert shape(plan) == [("H1.1", "H2.1", SHARED_STAGE)]


def test_one_sentence_said_of_two_things_is_no_order() -> None:
    title = "Develop a yearly training programme for {} that builds skills, trust, pride and habits"
    plan = plan_of(
        ("H1.1", title.format("crews"), "2026-03-31"),
        ("H2.1", title.format("pilots"), "2026-05-31"),
    )
    assert shape(plan) == []


def test_themes_cancelled_and_outside_items_are_left_out() -> None:
    plan = make_plan(
        {"id": "T", "kind": "theme", "title": "Agree the tug crew plan"},
        {"id": "a", "title": "Agree the tug crew plan", "status": "cancelled", "parent": "T"},
        {"id": "b", "title": "Agree the tug crew plan", "external": True, "parent": "T"},
        {"id": "c", "title": "Implement the tug crew plan", "parent": "T"},
    )
    assert shape(plan) == []


@pytest.mark.parametrize(
    "titles",
    [
        ["Agree the tug crew plan"] * 1000,
        ["Plan", "", "Tugs", "AGREE"] * 250,
        ["AGREE THE TUG CREW PLAN", "IMPLEMENT THE TUG CREW PLAN"] * 500,
    ],
)
def test_no_flood_from_equal_one_word_or_capital_titles(titles: list[str]) -> None:
    items = ({"id": f"i{n}", "title": one} for n, one in enumerate(titles))
    assert shape(make_plan(*items)) == []


def test_a_thing_that_many_items_name_is_a_topic() -> None:
    def found(number: int) -> int:
        titles = [f"Use the tug crew plan in port {n}" for n in range(number - 1)]
        items = [(f"H2.{n}", title, f"2027-{n % 12 + 1:02}-28") for n, title in enumerate(titles)]
        return len(shape(plan_of(("H1.1", "Agree the tug crew plan", "2026-01-31"), *items)))

    assert found(MOST_HOLDERS) == MOST_HOLDERS - 1
    assert found(MOST_HOLDERS + 1) == 0


_PIECES = st.sampled_from(
    [
        *("Agree", "Implement", "Review of", "the", "berth", "Berth", "register", "tug crew plan"),
        *("as part of", "to inform", "and", ",", "approved", "TCP", "2026/27", "board"),
    ]
)


@settings(max_examples=examples(80), deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(_PIECES, max_size=8).map(" ".join),
            st.sampled_from(["", "2026-03-31", "2026-09-30"]),
        ),
        max_size=12,
    )
)
def test_few_for_each_item_and_never_both_ways(items: list[tuple[str, str]]) -> None:
    plan = plan_of(*((f"H{n % 2 + 1}.{n}", *one) for n, one in enumerate(items)))
    found = list(find_shared(plan))
    pairs = [(one.before, one.after) for one in found]
    assert len(set(pairs)) == len(pairs)
    assert all(0 < one.strength <= 1 for one in found)
    assert max(Counter(after for _, after in pairs).values(), default=0) <= 3
    dates = {item.id: item.planned.finish for item in plan.items}
    for one in found:
        before, after = dates[one.before], dates[one.after]
        if before is not None and after is not None and one.type != "SS":
            assert before <= after


def test_rules_say_what_they_need() -> None:
    assert len({rule.id for rule in RULES}) == len(RULES)
    assert all(rule.why and rule.needs and 0 < rule.confidence < 1 for rule in RULES)


def test_things_of_the_csip(csip_paper: Path) -> None:
    """Dependencies read by eye in the paper."""
    found = {(one.before, one.after): one for one in find_shared(read_paper(csip_paper).plan)}
    assert {
        ("SI1.1.3", "SI1.3.1.12"),  # lines 45 and 76: as part of the operating model
        ("SI1.1.3", "SI1.3.1.13"),
        ("IP1.2.2.5", "SI1.1.3"),  # lines 265 and 45
        ("IP3.1.1.1", "IP3.1.1.2"),  # line 289: the board, then its evaluation
        ("SI1.3.1.2", "SI1.3.1.11"),  # line 76
        ("IP5.2.2.3", "SI5.2.3.1"),  # lines 337 and 198
    } <= found.keys()
    # Two directorates have an operating model and an improvement plan each.
    assert found.keys().isdisjoint({("SI2.1.4", "SI1.1.3"), ("SI2.1.3", "SI1.1.2")})
    places = [part.source.line for part in found["IP5.2.2.3", "SI5.2.3.1"].evidence]
    assert places == [337, 198]


def test_things_of_the_progress_report(papers: Path) -> None:
    (paper,) = papers.glob("003_*.txt")
    pairs = {(one.before, one.after) for one in find_shared(read_paper(paper).plan)}
    assert {
        ("CO.4", "SD.5"),
        ("CO.4", "PC.17"),  # by the abbreviation of its name
        ("PC.13", "PC.9"),
        ("OC.17", "OC.4.1"),
        ("DM.11", "PC.5.1"),
    } <= pairs

"""What the engine of suggestions keeps, draws, marks and leaves out, whatever the rules find."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings

from graphmodel.cycles import find_cycle
from graphmodel.errors import UnknownRuleError
from graphmodel.items import Planned
from graphmodel.moments import start_instant
from graphmodel.planfile import dump_plan, parse_plan
from loaders.sequences import propose_links
from loaders.suggest.candidates import Candidate
from loaders.suggest.drawing import draw_links
from loaders.suggest.due import begin_instant, due_instant
from loaders.suggest.registry import RULES, rules
from loaders.suggest.stated_words import STATED
from loaders.suggest.suggest import Suggestions, suggest
from loaders.suggest.weighing import Weighed, gather, weigh
from tests.laws import examples
from tests.loaders.suggest.small_actions import find_link, make_action, make_plan, worded_plans

if TYPE_CHECKING:
    from graphmodel.plan import Plan

STEPS = (
    ("Review of the digital demonstrator", "2026-04-30"),
    ("Agree the digital demonstrator", "2026-06-30"),
    ("Implement the digital demonstrator", "2026-09-30"),
)


def ends(found: Suggestions) -> set[tuple[str, str]]:
    return {(link.from_, link.to) for link in found.new}


def test_a_suggestion_says_who_waits_why_and_how_surely() -> None:
    found = suggest(make_action(*STEPS))
    link = find_link(found.new, "A.1", "A.2")
    assert (link.state, link.type, link.decided) == ("proposed", "FS", None)
    assert link.rule in RULES
    assert 0.5 < link.confidence < 1
    assert link.reason is not None
    assert "review comes before agreement" in link.reason.lower()
    assert 'both are about "digital demonstrator"' in link.reason
    sides = {(part.side, part.source.line) for part in link.evidence}
    assert sides == {("from", 11), ("to", 12)}
    assert found.rules["A.1", "A.2"][0] == link.rule
    assert len(found.rules["A.1", "A.2"]) > 1


def test_all_links_of_the_answer_stand_in_its_plan_as_proposals() -> None:
    found = suggest(make_action(*STEPS))
    assert found.new
    assert all(link in found.plan.links for link in found.new)
    assert found.plan.accepted_links == ()
    assert found.links == found.plan.links
    assert sum(found.counts.values()) == len(found.new) + len(found.gates)
    assert list(found.counts) == [rule.id for rule in rules()]


@settings(max_examples=examples(60), deadline=None)
@given(worded_plans())
def test_suggesting_again_changes_nothing(plan: Plan) -> None:
    once = suggest(plan)
    again = suggest(once.plan)
    assert again.plan == once.plan
    assert again.new == once.new
    assert again.items == once.items
    assert parse_plan(dump_plan(once.plan)) == once.plan


@settings(max_examples=examples(60), deadline=None)
@given(worded_plans())
def test_decisions_stay_and_their_pairs_get_nothing_new(plan: Plan) -> None:
    found = suggest(plan)
    kept = [
        link for link in plan.links if link.state != "proposed" or link.decided or not link.rule
    ]
    assert all(link in found.plan.links for link in kept)
    taken = {frozenset((link.from_, link.to)) for link in kept}
    assert not [link for link in found.new if frozenset((link.from_, link.to)) in taken]
    assert len({frozenset((link.from_, link.to)) for link in found.new}) == len(found.new)


@settings(max_examples=examples(60), deadline=None)
@given(worded_plans())
def test_suggestions_that_are_no_clash_close_no_circle_and_move_nothing(plan: Plan) -> None:
    found = suggest(plan)
    clear = [link for link in found.new if not (link.model_extra or {}).get("x_clash")]
    if find_cycle(plan, plan.accepted_links) is None:
        assert find_cycle(found.plan, [*plan.accepted_links, *clear]) is None
    finish = {item.id: item.planned.finish for item in found.plan.items}
    for link in clear:
        first, last = finish[link.from_], finish[link.to]
        assert first is None or last is None or first <= last


def test_a_rejected_pair_is_not_proposed_again_either_way() -> None:
    plan = make_action(*STEPS)
    for pair in (("A.1", "A.2"), ("A.2", "A.1")):
        no = {"from": pair[0], "to": pair[1], "state": "rejected", "rule": "stages"}
        found = suggest(make_action(*STEPS, links=[no]))
        assert ("A.1", "A.2") not in ends(found)
        assert ("A.1", "A.2") in ends(suggest(plan))


def test_what_a_document_proposed_stays_and_what_a_rule_proposed_is_drawn_anew() -> None:
    stated = {"from": "A.1", "to": "A.2", "state": "proposed", "rule": "stated", "confidence": 0.7}
    old = {"from": "A.3", "to": "A.2", "state": "proposed", "rule": "stages", "origin": "inferred"}
    found = suggest(make_action(*STEPS, links=[stated, old]))
    assert find_link(found.plan.links, "A.1", "A.2").confidence == 0.7
    assert ("A.3", "A.2") not in {(link.from_, link.to) for link in found.plan.links}


def test_the_order_of_a_list_is_graded_again() -> None:
    plan = make_action(
        ("Improve our offer for carers", "2026-04-30"),
        ("Increase visits to libraries", "2026-05-31"),
        ("More recognition weeks", "2026-05-31"),
    )
    loaded = plan.model_copy(update={"links": propose_links(plan)})
    assert {link.confidence for link in loaded.links} == {0.5}
    found = suggest(loaded)
    assert all(link.confidence < 0.3 for link in found.links)
    assert found.links == found.new


def test_dates_that_say_otherwise_are_kept_as_a_clash_with_both_dates() -> None:
    plan = make_action(
        ("Agree the depot strategy subject to the tram consultation", "2026-05-31"),
        ("Tram consultation", "2026-09-30"),
    )
    found = suggest(plan)
    link = find_link(found.new, "A.2", "A.1")
    assert link.model_extra == {"x_clash": True}
    assert link.confidence <= 0.2
    assert link.reason is not None
    assert "2026-09-30" in link.reason
    assert "2026-05-31" in link.reason
    (note,) = found.notes
    assert note.startswith("1 suggestion contradicts the dates or other links")


def test_what_would_close_a_circle_with_accepted_links_is_a_clash() -> None:
    back = {"from": "A.3", "to": "A.1", "state": "accepted", "origin": "register"}
    plan = make_action(*((title, "2026-06-30") for title, _ in STEPS), links=[back])
    found = suggest(plan)
    assert found.new
    circle = [link for link in found.new if (link.model_extra or {}).get("x_clash")]
    assert circle
    assert all("circle" in (link.reason or "") for link in circle)
    clear = [link for link in found.new if link not in circle]
    assert find_cycle(found.plan, [*found.plan.accepted_links, *clear]) is None


def test_overlapping_steps_get_a_link_between_their_finishes() -> None:
    plan = make_action(
        ("Agree the brokerage model", "2026-12-31"), ("Implement the brokerage model", "2027-02-28")
    )
    starts = {"A.1": "2026-10-01", "A.2": "2026-11-01"}
    items = [item.model_dump(by_alias=True, mode="json") for item in plan.items]
    for item in items:
        if item["id"] in starts:
            item["planned"] |= {"start": starts[item["id"]], "precision": "range"}
    assert find_link(suggest(make_plan(items)).new, "A.1", "A.2").type == "FF"


def _weigh(one: Candidate) -> list[Weighed]:
    return weigh(gather([one]), lambda *_: 0.0)


def test_words_may_say_that_one_begins_when_the_other_has() -> None:
    plan = make_action(("Tools", "2026-09-30"), ("Rollout", "2026-06-30"), ("Advice", None))
    may_begin = Candidate("A.2", "A.1", STATED, "it goes with it", (), 1.0, "SS")
    (one,) = draw_links(plan, _weigh(may_begin))
    assert (one.link.type, one.link.model_extra) == ("SS", {})
    assert one.link.reason == "It goes with it, and they begin in this order."
    (other,) = draw_links(plan, _weigh(replace(may_begin, before="A.1", after="A.2")))
    assert (other.link.type, other.link.model_extra) == ("SS", {"x_clash": True})
    assert "A.1 begins 2026-10-01, A.2 begins 2026-07-01" in (other.link.reason or "")
    (open_,) = draw_links(plan, _weigh(replace(may_begin, after="A.3")))
    assert "no date to check it by" in (open_.link.reason or "")
    (both,) = draw_links(plan, _weigh(replace(may_begin, type="FF")))
    assert both.link.type == "FF"


def test_a_parent_begins_with_its_first_part() -> None:
    plan = make_action(("Tools", "2026-09-30"), ("Rollout", "2026-06-30"))
    assert begin_instant(plan, "A") == due_instant(plan.index.items["A.2"])
    started = plan.index.items["A"].model_copy(update={"planned": Planned(start=date(2026, 4, 1))})
    items = tuple(started if item.id == "A" else item for item in plan.items)
    again = plan.model_copy(update={"items": items})
    assert begin_instant(again, "A") == start_instant(date(2026, 4, 1))
    assert begin_instant(make_action(("Tools", None)), "A") is None


def test_what_is_cancelled_waits_for_nothing() -> None:
    plan = make_action(*STEPS)
    items = [
        item.model_copy(update={"status": "cancelled"}) if item.id == "A.2" else item
        for item in plan.items
    ]
    found = suggest(plan.model_copy(update={"items": tuple(items)}))
    assert {"A.2"}.isdisjoint(*ends(found))


def test_rules_are_switched_off_and_on() -> None:
    plan = make_action(*STEPS)
    assert {link.rule for link in suggest(plan, only=["same-thing"]).new} == {"same-thing"}
    off = suggest(plan, without=["same-thing", "stages"])
    assert {"same-thing", "stages"}.isdisjoint({link.rule for link in off.new})
    assert "stages" not in off.counts
    assert suggest(plan, only=[]).new == ()
    with pytest.raises(
        UnknownRuleError, match=r'There is no rule "stage"\. The rules are: .*stages'
    ):
        suggest(plan, without=["stage"])
    with pytest.raises(UnknownRuleError, match="sequenc"):
        suggest(plan, only=["sequenc"])


def test_a_rule_that_is_off_counts_for_nothing_and_one_used_alone_is_as_sure() -> None:
    plan = make_action(("Review the fleet", "2026-04-30"), ("Publish fleet list", "2026-06-30"))
    every = find_link(suggest(plan).new, "A.1", "A.2").confidence
    off = find_link(suggest(plan, without=["stages"]).new, "A.1", "A.2").confidence
    alone = find_link(suggest(plan, only=["stages"]).new, "A.1", "A.2").confidence
    assert off < every
    assert 0.5 < alone <= every


def test_the_links_of_the_answer_are_those_of_the_plan_and_the_new_ones() -> None:
    kept = {"from": "A.1", "to": "A.2", "state": "accepted", "origin": "register"}
    found = suggest(make_action(*STEPS, links=[kept]))
    assert ("A.1", "A.2") in ends(found) | {(one.from_, one.to) for one in found.links}
    assert ("A.1", "A.2") not in ends(found)
    assert len(found.links) == len(found.new) + 1


def test_an_item_gets_the_best_and_what_is_left_out_is_told() -> None:
    steps = [(f"Review of the digital demonstrator in ward {n}", "2026-04-30") for n in range(6)]
    plan = make_action(*steps, ("Implement the digital demonstrator", "2026-09-30"))
    everything = suggest(plan, most=99)
    found = suggest(plan, most=1)
    uses = Counter(end for link in found.new for end in (link.from_, link.to))
    assert max(uses.values()) == 1
    assert sum(found.left_out.values()) == len(everything.new) - len(found.new) > 0
    assert "left out" in found.notes[0]
    best = max(link.confidence for link in everything.new)
    assert found.new[0].confidence == best
    assert everything.left_out == {}


def test_a_thousand_equal_titles_make_no_flood() -> None:
    plan = make_action(*[("Review of the digital demonstrator", "2026-04-30")] * 1000)
    found = suggest(plan)
    uses = Counter(end for link in found.new for end in (link.from_, link.to))
    assert max(uses.values(), default=0) <= 12
    steps = [(f"{verb} the depot", f"20{26 + n % 9}-04-30")
             for n in range(500) for verb in ("Review", "Implement")]  # fmt: skip
    found = suggest(make_action(*steps))
    uses = Counter(end for link in found.new for end in (link.from_, link.to))
    assert 0 < max(uses.values()) <= 12


@pytest.mark.parametrize("title", ["Depot", "?", "…", "1", "REVIEW", "of the", "Phase", "B.1"])
def test_titles_that_say_little_are_no_fault(title: str) -> None:
    found = suggest(make_action((title, "2026-04-30"), (title, None), (title, "2026-05-31")))
    assert all(link.confidence < 0.5 for link in found.new)


def test_capitals_say_the_same_as_small_letters() -> None:
    small = suggest(make_action(*STEPS))
    capitals = suggest(make_action(*((title.upper(), finish) for title, finish in STEPS)))
    assert [(link.from_, link.to, link.confidence) for link in capitals.new] == [
        (link.from_, link.to, link.confidence) for link in small.new
    ]


def test_plans_without_anything_to_say_get_a_sentence() -> None:
    for plan in (make_plan([]), make_plan([{"id": "A", "kind": "action", "title": "Alone"}])):
        found = suggest(plan)
        assert (found.new, found.gates, found.items) == ((), (), ())
        assert found.plan == plan
        assert found.notes == (
            "Nothing in the words, dates or order of the plan suggests a dependency.",
        )


def test_a_schedule_that_says_itself_what_waits_gets_no_list_order() -> None:
    link = {"from": "A.1", "to": "A.3", "origin": "schedule"}
    other = {"from": "A.2", "to": "A.3", "origin": "schedule"}
    assert ends(suggest(make_action(*STEPS, links=[link, other]), only=["sequence"])) == set()


def test_the_steps_done_are_told() -> None:
    told: list[tuple[int, int]] = []
    suggest(make_action(*STEPS), progress=lambda done, steps: told.append((done, steps)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1]
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def election(*, decided: dict[str, str] | None = None) -> Plan:
    plan = make_action(("Review of the depot in light of the May 2027 elections", "2027-06-30"))
    if decided is None:
        return plan
    found = suggest(plan)
    (event,) = found.items
    status = "cancelled" if decided["state"] == "rejected" else "not_started"
    changed = event.model_copy(update={"status": status, "x_decided": decided})
    return plan.model_copy(update={"items": (*plan.items, changed)})


def test_an_outside_event_becomes_an_item_with_its_links() -> None:
    found = suggest(election())
    (event,) = found.items
    assert event.external
    assert event in found.plan.items
    assert (event.id, "A.1") in ends(found)


def test_a_rejected_event_is_not_proposed_again() -> None:
    plan = election(decided={"state": "rejected", "by": "a planner"})
    found = suggest(plan)
    assert found.plan.items == plan.items
    assert not [link for link in found.new if link.from_.startswith("EXT-")]


def test_an_event_that_people_corrected_keeps_what_they_wrote() -> None:
    found = suggest(election())
    (event,) = found.items
    other = event.model_copy(update={"title": "All-out elections"})
    items = tuple(other if item.id == event.id else item for item in found.plan.items)
    again = suggest(found.plan.model_copy(update={"items": items}))
    assert again.items == (other,)
    assert again.plan.items == items


def test_an_event_that_nothing_waits_for_any_more_goes() -> None:
    found = suggest(election())
    assert suggest(found.plan, without=["event", "event-due"]).items == ()
    left = suggest(found.plan, without=["event", "event-due"]).plan
    assert not [item for item in left.items if item.external]

"""What usually leads to what: pairs known from council work, and what must not be taken for one."""

from __future__ import annotations

import pytest

from graphmodel.plan import Plan
from loaders.suggest.lead_table import LEADS, _read
from loaders.suggest.leads import find_leads
from loaders.suggest.plan_words import PlanWords
from loaders.suggest.suggest import see_pairs, suggest
from tests.loaders.suggest.small_actions import find_link, make_action

KNOWN = (
    ("Stock condition survey of all homes", "Major works programme agreed"),
    ("Define functions and roles of the service", "Workforce sizing"),
    ("New structure charts agreed", "Job descriptions rewritten"),
    ("Consultation with trade unions opens", "Appointments to the new teams"),
    ("Skills audit of planners", "Training programme for planners"),
    ("Supplier appointed", "Mobilise the service"),
    ("Options appraisal", "Cabinet decision"),
    ("Contracts Register completed", "Savings from category plans"),
    ("Budget consultation and draft budget", "Full Council sets the budget"),
    ("Penetration test", "Faults closed, remediation complete"),
)


def make_apart(first: str, second: str, *, parents: tuple[str, str] = ("One", "Two")) -> Plan:
    """Make a plan of two themes with an action and a step each, due in this order."""
    items = []
    for number, (title, parent) in enumerate(zip((first, second), parents, strict=True), start=1):
        theme, action = f"T{number}", f"T{number}.1"
        finish = {"finish": f"2026-0{number}-28", "precision": "month"}
        items += [
            {"id": theme, "kind": "theme", "title": f"Theme {number}"},
            {"id": action, "kind": "action", "title": parent, "parent": theme},
            {
                "id": f"{action}.1",
                "kind": "milestone",
                "title": title,
                "parent": action,
                "planned": finish,
                "source": {"source": "s", "line": number},
            },
        ]
    others = [
        {"id": f"T3.{number}", "kind": "milestone", "title": f"Paint fence {number}"}
        for number in range(1, 30)
    ]
    return Plan.model_validate(
        {
            "schema": "knockon/plan@1",
            "id": "apart",
            "sources": [{"id": "s", "title": "Paper"}],
            "items": items + others,
        }
    )


def pairs(plan: Plan) -> set[tuple[str, str]]:
    return {(one.before, one.after) for one in find_leads(plan, PlanWords(plan))}


@pytest.mark.parametrize(("first", "second"), KNOWN)
def test_what_is_known_to_lead_does_and_not_the_other_way(first: str, second: str) -> None:
    plan = make_action((first, "2026-04-30"), (second, "2026-06-30"))
    (found,) = (one for one in find_leads(plan, PlanWords(plan)) if one.before == "A.1")
    assert (found.after, found.rule.id) == ("A.2", "leads-to")
    assert [one.side for one in found.evidence] == ["from", "to"]
    swapped = make_action((second, "2026-04-30"), (first, "2026-06-30"))
    assert ("A.2", "A.1") not in pairs(swapped)


def test_more_words_of_a_pair_make_surer() -> None:
    titles = ("Survey", "Report"), ("Staff survey results", "Action plan")
    strengths = []
    for first, second in titles:
        plan = make_action((first, "2026-04-30"), (second, "2026-06-30"))
        (found,) = find_leads(plan, PlanWords(plan))
        strengths.append(found.strength)
    assert 0 < strengths[0] < strengths[1] <= 1


def test_the_rule_makes_surer_and_can_be_switched_off() -> None:
    plan = make_action(
        ("Agree new structure charts", "2026-04-30"), ("Job descriptions written", "2026-06-30")
    )
    with_it = find_link(suggest(plan).new, "A.1", "A.2")
    assert with_it.reason is not None
    assert "posts follow the structure" in with_it.reason.casefold()
    others = suggest(plan, without=["leads-to"]).new
    less = {(one.from_, one.to): one.confidence for one in others}.get(("A.1", "A.2"), 0.0)
    assert less < with_it.confidence
    assert all(one.rule != "leads-to" for one in others)


def test_actions_apart_need_a_rare_word_in_common() -> None:
    first, second = "Turbine condition survey", "Turbine works programme"
    assert pairs(make_apart(first, second)) == {("T1.1.1", "T2.1.1")}
    assert pairs(make_apart(first, "Heating works programme")) == set()


def test_the_word_may_stand_in_the_title_of_the_action() -> None:
    plan = make_apart(
        "Condition survey", "Works programme", parents=("Turbine safety", "Turbine renewal")
    )
    assert ("T1.1.1", "T2.1.1") in pairs(plan)
    features = see_pairs(plan)["T1.1.1", "T2.1.1"]
    assert features["actions alike"] > 0
    assert features["words of the actions"] > 0
    assert features["leads in like actions"] > 0


def test_what_is_due_before_leads_to_nothing_apart() -> None:
    plan = make_apart("Turbine works programme", "Turbine condition survey")
    assert pairs(plan) == set()


def test_a_flood_is_held_back() -> None:
    steps = [("Survey of depots", "2026-04-30")] * 60 + [("Depot report", "2026-06-30")] * 60
    plan = make_action(*steps)
    ends = [end for one in suggest(plan).new for end in (one.from_, one.to)]
    assert max(ends.count(item.id) for item in plan.items) <= 12


def test_every_row_says_why_and_holds_words_on_both_sides() -> None:
    assert len(LEADS) > 100
    assert len({lead.why for lead in LEADS}) > 90
    for lead in LEADS:
        assert lead.before
        assert lead.after
        assert all(lead.before + lead.after), lead.why


def test_a_row_without_its_sides_is_refused() -> None:
    with pytest.raises(ValueError, match="should begin with"):
        _read("because\n  survey\n  after: report")

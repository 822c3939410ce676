"""GAO's ten practices: what a plan offers on each, and never a grade."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.checks.run import run_checks
from tests.queries.asking import office
from tests.simulations.sketch import activity, link, milestone, sketch

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from queries.checks.practices import Practice


def weigh(plan: Plan) -> dict[int, dict[str, str]]:
    practices = run_checks(plan, families=["schedule"]).practices
    return {one.number: figures(one) for one in practices}


def figures(practice: Practice) -> dict[str, str]:
    return {figure.what: figure.value for figure in practice.figures}


def test_evidence_of_a_small_schedule() -> None:
    items = [
        {"id": "T", "kind": "theme", "title": "Theme"},
        activity("a", "10wd", parent="T", uncertainty={"distribution": "uniform", "low": "1wd"}),
        activity("b", "50wd", parent="T", baselines=[{"finish": "2026-06-05"}]),
        milestone("m", duration="0d", constraints=[{"type": "FNET", "date": "2026-06-02"}]),
        activity("hers", "5d", external=True),
    ]
    links = [link("a", "b"), link("b", "m"), {**link("hers", "a"), "state": "proposed"}]
    plan = sketch(items, links, status_date="2026-05-29", **office())
    found = weigh(plan)
    assert list(found) == list(range(1, 11))
    assert found[1] == {
        "activities": "2",
        "milestones": "1",
        "levels of effort": "0",
        "items with parts": "1",
        "items of others that the plan waits for": "1",
    }
    assert found[2]["accepted links"] == "2"
    assert found[2]["links proposed and not decided on"] == "1"
    assert found[2]["activities without predecessor or successor"] == "1 of 2"
    assert found[3]["activities that nobody is assigned to"] == "not applicable"
    assert found[4]["their median length in working days"] == "30"
    assert found[5]["down: items that are part of another"] == "2 of 3"
    assert found[6]["items on the longest path"] == "3"
    assert found[6]["of them with a date constraint"] == "1"
    assert found[7]["their median float in working days"] == "0"
    assert found[8]["items whose uncertainty is stated"] == "1 of 3"
    assert found[9]["status date"] == "2026-05-29"
    assert found[10]["items with a baseline"] == "1 of 3"
    # 60 working days from 1 June end on 21 August; nothing says when the milestone is to be.
    assert found[10]["critical path length index"] == "not applicable"
    assert found[10]["baseline execution index"] == "0.00"


def test_a_plan_whose_links_run_in_a_circle_still_has_evidence() -> None:
    items = [activity("a", "1d"), activity("b", "1d")]
    found = weigh(sketch(items, [link("a", "b"), link("b", "a")]))
    assert found[6]["items on the longest path"] == "0"
    assert found[7]["unfinished activities with a float"] == "0 of 2"
    assert found[4]["unfinished activities with a length"] == "0 of 2"


def test_practices_go_with_the_schedule_family() -> None:
    plan = sketch([activity("a", "1d")], [])
    assert run_checks(plan, families=["realism"]).practices == ()
    assert run_checks(sketch([], [])).practices == ()
    one = run_checks(plan, codes=["dcma-1-logic"]).practices
    assert "activities with invalid dates" not in figures(one[8])

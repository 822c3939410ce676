"""The rules for the steps of one action: stages, the same thing, the list, the means."""

from __future__ import annotations

from loaders.suggest.suggest import see_pairs, suggest
from tests.loaders.suggest.small_actions import find_link, make_action, make_plan, pairs_of


def test_a_step_waits_for_the_nearest_earlier_stages() -> None:
    plan = make_action(
        ("Map the fleet", "2026-04-30"),
        ("Agree the routes", "2026-06-30"),
        ("Consult residents", "2026-07-31"),
    )
    assert pairs_of(plan, "stages") == {("A.1", "A.2"), ("A.1", "A.3"), ("A.2", "A.3")}
    found = suggest(plan, only=["stages"]).new
    assert find_link(found, "A.2", "A.3").confidence > find_link(found, "A.1", "A.3").confidence


def test_stages_of_the_same_thing_are_surer_than_of_different_ones() -> None:
    same = make_action(("Review brokerage", "2026-04-30"), ("Implement brokerage", "2026-06-30"))
    other = make_action(("Review brokerage", "2026-04-30"), ("Implement parking", "2026-06-30"))
    sure = find_link(suggest(same, only=["stages"]).new, "A.1", "A.2")
    unsure = find_link(suggest(other, only=["stages"]).new, "A.1", "A.2")
    assert sure.confidence > 0.8
    assert unsure.confidence <= 0.5


def test_equal_dates_weaken() -> None:
    later = make_action(
        ("Draft fleet policy", "2026-04-30"), ("Approve fleet policy", "2026-06-30")
    )
    equal = make_action(
        ("Draft fleet policy", "2026-06-30"), ("Approve fleet policy", "2026-06-30")
    )
    links = [suggest(plan).new for plan in (later, equal)]
    first, second = (find_link(found, "A.1", "A.2").confidence for found in links)
    assert second < first


def test_an_earlier_stage_that_is_due_later_is_a_clash_only_if_listed_first() -> None:
    listed = make_action(("Review brokerage", "2026-09-30"), ("Implement brokerage", "2026-06-30"))
    (link,) = suggest(listed, only=["stages"]).new
    assert (link.from_, link.to, link.model_extra) == ("A.1", "A.2", {"x_clash": True})
    other = make_action(("Implement brokerage", "2026-06-30"), ("Review brokerage", "2026-09-30"))
    assert pairs_of(other, "stages") == set()
    assert pairs_of(other, "same-thing") == {("A.1", "A.2")}


def test_what_is_done_comes_first_where_dates_are_missing() -> None:
    items = [
        {"id": "A", "kind": "action", "title": "Deliver"},
        {"id": "A.1", "kind": "milestone", "title": "Asset system implemented", "parent": "A"},
        {
            "id": "A.2",
            "kind": "milestone",
            "title": "Asset system procured",
            "parent": "A",
            "status": "complete",
        },
    ]
    link = find_link(suggest(make_plan(items), only=["same-thing"]).new, "A.2", "A.1")
    assert link.reason is not None
    assert link.reason.endswith("one of the two has no date to check it by.")


def test_a_list_of_one_piece_of_work_is_a_chain_and_a_mere_list_is_not() -> None:
    months = ("2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31")
    work = (
        "Map the bin routes",
        "Redesign the bin routes",
        "Agree the bin routes",
        "Train the crews",
        "Implement the new routes",
    )
    chain = suggest(make_action(*zip(work, months, strict=True)), only=["sequence"])
    sure = {(link.from_, link.to) for link in chain.new if link.confidence > 0.5}
    assert {(f"A.{n}", f"A.{n + 1}") for n in range(1, 5)} <= sure
    assert all(link.origin == "sequence" for link in chain.new)
    mere = ("Fleet", "Libraries", "Depots", "Crews", "Bins")
    for dates in (months, months[:1] * 5):
        found = suggest(make_action(*zip(mere, dates, strict=True)))
        assert all(link.confidence < 0.5 for link in found.new)


def test_items_under_a_heading_are_no_steps_of_one_work() -> None:
    months = ("2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31", "2026-08-31")
    items = [{"id": "T", "kind": "theme", "title": "Streets"}] + [
        {
            "id": f"T.{n}",
            "kind": "milestone",
            "title": title,
            "parent": "T",
            "planned": {"finish": month, "precision": "month"},
        }
        for n, (title, month) in enumerate(
            zip(("Fleet", "Routes", "Crews", "Bins", "Map"), months, strict=True)
        )
    ]
    assert all(link.confidence < 0.3 for link in suggest(make_plan(items)).new)


def test_steps_that_begin_alike_are_done_side_by_side() -> None:
    months = ("2026-04-30", "2026-05-31")
    alike = make_action(("Launch the survey", months[0]), ("Launch the showcases", months[1]))
    other = make_action(("Launch the survey", months[0]), ("Open the showcases", months[1]))
    first, second = (
        find_link(suggest(plan, only=["sequence"]).new, "A.1", "A.2").confidence
        if pairs_of(plan, "sequence")
        else 0.0
        for plan in (alike, other)
    )
    assert first < second


def test_the_means_come_before_the_work_they_are_for() -> None:
    plan = make_action(
        ("Form a dedicated audit team", "2026-05-31"),
        ("Agree plan for external recruitment", "2026-06-30"),
        ("Paint the depot", "2026-06-30"),
        ("Audit traded services", "2026-06-30"),
        ("Complete recruitment", "2026-11-30"),
    )
    found = suggest(plan, only=["means"])
    assert {(link.from_, link.to) for link in found.new} == {("A.1", "A.4"), ("A.2", "A.5")}
    assert '"dedicated audit team" is for it' in (find_link(found.new, "A.1", "A.4").reason or "")


def test_the_means_may_be_due_with_the_work() -> None:
    plan = make_action(
        ("Form a dedicated audit team", "2026-06-30"), ("Audit traded services", "2026-06-30")
    )
    assert "rule means" in see_pairs(plan)["A.1", "A.2"]


def test_the_means_are_no_means_for_what_is_due_earlier_or_not_named() -> None:
    plan = make_action(
        ("Agree plan for recruitment", "2026-06-30"),
        ("Complete recruitment", "2026-05-31"),
        ("Develop the plan", "2026-06-30"),
        ("Paint the depot, with a plan for recruitment", "2026-06-30"),
    )
    assert pairs_of(plan, "means") == set()

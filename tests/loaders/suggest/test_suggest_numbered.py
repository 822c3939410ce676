"""Numbered steps, versions and reviews; ids and offices that titles name."""

from __future__ import annotations

from typing import Any

import pytest

from loaders.phases import find_phases
from loaders.suggest.suggest import suggest
from tests.loaders.suggest.small_actions import make_action, make_plan, pairs_of

EARLY, LATE = "2026-04-30", "2026-09-30"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Phase 1 - Engagement", "Phase 2 - Governance"),
        ("PHASE ONE", "PHASE TWO"),
        ("Housing Wave 1 moves", "Housing wave 2 moves"),
        ("Municipal Year - Part 1 Engagement", "Part 2 engagement"),
        ("Rollout of sensors, tranche I", "Rollout of sensors, tranche II"),
    ],
)
def test_numbered_steps_follow_each_other(one: str, other: str) -> None:
    for plan in (make_action((one, EARLY), (other, LATE)), make_action((one, None), (other, None))):
        assert pairs_of(plan, "numbered") == {("A.1", "A.2")}
    (link,) = suggest(make_action((one, EARLY), (other, LATE)), only=["numbered"]).links
    assert link.origin == "phase"


def test_only_the_next_number_follows_and_only_of_the_same_word() -> None:
    plan = make_action(("Phase 1", EARLY), ("Phase 3", LATE), ("Stage 2", LATE))
    assert pairs_of(plan, "numbered") == set()


def test_the_same_thing_is_found_under_other_parents() -> None:
    items: list[dict[str, Any]] = [
        {"id": name, "kind": "action", "title": title}
        for name, title in (("A", "Sensors"), ("B", "Buildings"), ("C", "Parks"))
    ]
    titles = {
        "A.1": "Sensor rollout phase 1",
        "B.1": "Sensor rollout phase 2",
        "C.1": "Trees phase 2",
    }
    items += [
        {"id": name, "kind": "milestone", "title": title, "parent": name[0]}
        for name, title in titles.items()
    ]
    assert pairs_of(make_plan(items), "numbered") == {("A.1", "B.1")}


def test_a_thousand_first_phases_are_no_flood() -> None:
    steps = [(f"Phase {1 + n % 2}", EARLY) for n in range(1000)]
    found = pairs_of(make_action(*steps), "numbered")
    assert 0 < len(found) <= 6000


def test_numbers_in_titles_are_read_with_their_place() -> None:
    text = "Awaab's Law Phase 2, after wave three; phases 1-3, year 2026, step 1 and 2"
    read = [(str(one.phase), text[one.begin : one.end]) for one in find_phases(text)]
    assert read == [("Phase 2", "Phase 2"), ("Wave 3", "wave three")]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Draft parking charter", "Final parking charter"),
        ("Interim parking charter published", "Full parking charter published"),
        ("Pilot of parking sensors", "Roll-out of parking sensors"),
        ("DRAFT PARKING CHARTER", "REVISED PARKING CHARTER"),
    ],
)
def test_versions_of_one_thing_follow_each_other(one: str, other: str) -> None:
    assert pairs_of(make_action((one, EARLY), (other, LATE)), "versions") == {("A.1", "A.2")}


def test_versions_of_different_things_do_not() -> None:
    assert (
        pairs_of(make_action(("Draft charter", EARLY), ("Final leaflet", LATE)), "versions")
        == set()
    )
    both = make_action(("Draft and final charter", EARLY), ("Final charter", LATE))
    assert pairs_of(both, "versions") == set()


@pytest.mark.parametrize(
    "title",
    [
        "One-year review of the Commercial Board",
        "Annual evaluation of the Commercial Board",
        "12 month review of the commercial board",
        "Post-implementation review of the Commercial Board",
    ],
)
def test_a_review_waits_for_what_it_reviews(title: str) -> None:
    plan = make_action(("Launch of the Commercial Board", EARLY), (title, LATE))
    assert pairs_of(plan, "review-after") == {("A.1", "A.2")}


def test_what_is_due_with_its_review_is_not_what_is_reviewed() -> None:
    plan = make_action(
        ("Launch of the Commercial Board", LATE),
        ("Annual evaluation of the Commercial Board", LATE),
    )
    assert pairs_of(plan, "review-after") == set()
    plan = make_action(("Launch of trams", EARLY), ("Annual evaluation of the Board", LATE))
    assert pairs_of(plan, "review-after") == set()


@pytest.mark.parametrize(
    ("title", "pair"),
    [
        ("Open the depot (see B1.2)", ("B1.2", "A.1")),
        ("Open the depot as set out in action B1.2.", ("B1.2", "A.1")),
        ("Survey that feeds into B1.2", ("A.1", "B1.2")),
        ("Survey ahead of action B1.2", ("A.1", "B1.2")),
        ("Open the depot, see 4.2", ("4.2", "A.1")),
        ("Open the depot (4.2)", ("4.2", "A.1")),
    ],
)
def test_an_id_in_a_title_is_a_reference(title: str, pair: tuple[str, str]) -> None:
    others = [{"id": name, "kind": "action", "title": "Paint"} for name in ("B1.2", "4.2")]
    plan = make_action((title, LATE))
    plan = make_plan([item.model_dump(by_alias=True) for item in plan.items] + others)
    assert pairs_of(plan, "reference") == {pair}


@pytest.mark.parametrize(
    "title", ["Save £4.2 million", "Rise by 4.2", "A.1 opens", "Improve A", "Nothing"]
)
def test_other_numbers_and_the_items_own_ids_are_none(title: str) -> None:
    others = [{"id": "4.2", "kind": "action", "title": "Paint"}]
    plan = make_action((title, LATE))
    plan = make_plan([item.model_dump(by_alias=True) for item in plan.items] + others)
    assert pairs_of(plan, "reference") == set()


def test_an_office_that_helps_may_be_waited_for_where_something_is_shared() -> None:
    items: list[dict[str, Any]] = [
        {"id": "T", "kind": "theme", "title": "Care"},
        {"id": "A", "kind": "action", "title": "Adaptations", "parent": "T"},
        {"id": "B", "kind": "action", "title": "Support", "parent": "T"},
        {
            "id": "A.1",
            "kind": "milestone",
            "title": "Join up stairlift grants, working with Adult Social Care",
            "parent": "A",
        },
        {"id": "B.1", "kind": "milestone", "title": "Stairlift grants reviewed", "parent": "B"},
        {"id": "B.2", "kind": "milestone", "title": "Carers survey", "parent": "B"},
    ]
    plan = make_plan(
        items,
        officers=[
            {"id": "asc", "title": "Director of Adult Social Care"},
            {"id": "x", "title": "Mayor"},
        ],
        assignments=[{"officer": "asc", "item": "B"}],
    )
    (link,) = suggest(plan, only=["office"]).new
    assert (link.from_, link.to) == ("B.1", "A.1")
    assert link.confidence < 0.5

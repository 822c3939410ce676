"""What is seen of a pair, read by hand, and the weights that make a likelihood of it."""

from __future__ import annotations

import math

import pytest

from loaders.suggest.pair_features import Features, PairReader
from loaders.suggest.plan_words import PlanWords
from loaders.suggest.registry import RULES
from loaders.suggest.suggest import see_pairs, suggest
from loaders.suggest.weights import APART, LISTED, believe
from tests.loaders.suggest.small_actions import make_action, make_plan

STEPS = (
    ("Review of the depot budget", "2026-04-30"),
    ("Agree the new depot", "2026-06-30"),
    ("Paint the fence", "2026-06-30"),
    ("Improved waiting times", None),
    ("Final report on the tram", "2026-09-30"),
)


def see(before: str, after: str) -> Features:
    plan = make_action(*STEPS)
    return PairReader(plan, PlanWords(plan)).read(before, after, ())


def test_neighbours_with_rising_dates_and_stages() -> None:
    seen = see("A.1", "A.2")
    assert seen.listed
    told = {"always", "next", "rising", "stage ahead", "points back", "shared words", "taken up"}
    assert told <= seen.keys()
    assert {"second", "one date", "one verb", "long", "joined", "open alike"}.isdisjoint(seen)
    assert seen["opening of the first"] == pytest.approx(1 / 6)  # the depot, but no deeds
    assert seen["opening of the second"] == pytest.approx(1 / 6)
    assert seen["first alone"] == pytest.approx(1 / 8)  # the budget
    assert seen["second alone"] == pytest.approx(1 / 8)  # "new"; "agree" is a deed
    assert seen["steep"] == pytest.approx(2 / 3 - 0.5)  # two of three neighbours with dates rise


def test_equal_dates_missing_dates_places_and_the_end_of_a_list() -> None:
    assert {"next", "one date"} <= see("A.2", "A.3").keys()
    assert "stage ahead" not in see("A.2", "A.3")  # the fence tells of no stage
    assert {"second", "undated", "outcome after"} <= see("A.2", "A.4").keys()
    assert {"third", "closes the list"} <= see("A.2", "A.5").keys()
    assert "far" in see("A.1", "A.5")
    assert {"listed after", "one date"} <= see("A.3", "A.2").keys()


def test_nothing_is_seen_of_what_is_due_earlier() -> None:
    seen = see("A.2", "A.1")
    assert seen.falls
    assert not seen


def test_items_of_different_actions_are_told_by_what_they_share() -> None:
    items = [
        {"id": "T", "kind": "theme", "title": "Streets"},
        {"id": "A", "kind": "action", "title": "Depots", "parent": "T"},
        {"id": "B", "kind": "action", "title": "Fleet", "parent": "T"},
        {"id": "A.1", "kind": "milestone", "title": "Tram depot lease signed", "parent": "A"},
        {"id": "B.1", "kind": "milestone", "title": "Open the tram depot", "parent": "B"},
        {"id": "B.2", "kind": "milestone", "title": "Vans", "parent": "B", "status": "complete"},
    ]
    plan = make_plan(items)
    reader = PairReader(plan, PlanWords(plan))
    seen = reader.read("A.1", "B.1", ())
    assert not seen.listed
    assert {"one theme", "undated", "taken up", "shared words", "rarest word"} <= seen.keys()
    assert {"one list", "next", "near", "listed after"}.isdisjoint(seen)
    assert "done before" in reader.read("B.2", "A.1", ())
    assert reader.read("A.1", "B.2", ()).falls
    pairs = {(link.from_, link.to) for link in suggest(plan, only=["alike"]).new}
    assert pairs <= {("A.1", "B.1"), ("B.1", "A.1")}
    assert {("A.1", "B.1"), ("B.1", "A.1")} <= see_pairs(plan).keys()


def test_places_in_a_list_under_a_heading() -> None:
    titles = ("Tram depot survey", "Tram depot plan", "Swans", "Tram depot opened")
    items = [{"id": "T", "kind": "theme", "title": "Streets"}] + [
        {"id": f"T.{number}", "kind": "milestone", "title": title, "parent": "T"}
        for number, title in enumerate(titles, start=1)
    ]
    plan = make_plan(items)
    reader = PairReader(plan, PlanWords(plan))
    places = {"next", "near", "listed after"}
    for before, after, place in (
        ("T.1", "T.2", {"next"}),
        ("T.1", "T.4", {"near"}),
        ("T.2", "T.1", {"listed after"}),
    ):
        seen = reader.read(before, after, ())
        assert not seen.listed
        assert "one list" in seen
        assert places & seen.keys() == place


def test_entries_that_open_alike_and_titles_that_join_go_on_and_count() -> None:
    plan = make_action(
        ("Improve the trams and buses", "2026-04-30"),
        ("Improve 12 parks", "2026-05-31"),
        ("Swans", "2026-06-30"),
    )
    reader = PairReader(plan, PlanWords(plan))
    seen = reader.read("A.1", "A.2", ())
    assert seen["open alike"] == pytest.approx(1 / 3)  # of three entries one opens as another does
    assert seen["joined"] == pytest.approx(0.5)
    assert {"first goes on", "second numbered"} <= seen.keys()
    assert "first numbered" not in seen
    assert "first numbered" in reader.read("A.2", "A.3", ())


def test_the_topic_of_a_list_is_what_its_action_is_called() -> None:
    plan = make_plan(
        [
            {"id": "A", "kind": "action", "title": "Tram depot"},
            {"id": "A.1", "kind": "milestone", "title": "Tram survey", "parent": "A"},
            {"id": "A.2", "kind": "milestone", "title": "Depot lease", "parent": "A"},
            {"id": "A.3", "kind": "milestone", "title": "Tram timetable", "parent": "A"},
            {"id": "A.4", "kind": "milestone", "title": "Swans", "parent": "A"},
        ]
    )
    reader = PairReader(plan, PlanWords(plan))
    told = {"one topic", "on the topic"}
    assert told & reader.read("A.1", "A.2", ()).keys() == {"on the topic"}
    assert told <= reader.read("A.1", "A.3", ()).keys()
    assert told.isdisjoint(reader.read("A.1", "A.4", ()))


def test_the_likelihood_is_the_logistic_of_the_weighted_sum() -> None:
    weights = {one.feature: one.value for one in LISTED}
    seen = Features({"always": 1.0, "next": 1.0, "like": 0.5, "unheard of": 9.0}, listed=True)
    total = weights["always"] + weights["next"] + weights["like"] / 2
    assert believe(seen) == pytest.approx(1 / (1 + math.exp(-total)))
    total -= weights["next"]
    assert believe(seen, ["sequence"]) == pytest.approx(1 / (1 + math.exp(-total)))


def test_the_tables_name_each_feature_once_and_rules_that_there_are() -> None:
    for table in (LISTED, APART):
        names = [one.feature for one in table]
        assert len(set(names)) == len(names)
        assert all(one.meaning for one in table)
        assert {one.rule for one in table} <= {"", *RULES}
        assert table[0].feature == "always"
        assert table[0].value < -2  # most pairs are no dependency


def test_more_evidence_of_the_plain_kinds_makes_surer() -> None:
    weights = {one.feature: one.value for one in LISTED}
    for plain in ("next", "rising", "stage ahead", "course ahead", "like", "coherent"):
        assert weights[plain] > 0
    for doubt in ("outcome before", "far"):
        assert weights[doubt] < 0

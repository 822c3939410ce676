"""Things that titles name, and what narrows them down."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.suggest.phrases import LEAST, Phrase, PhraseReader, find_years
from loaders.suggest.plan_words import PlanWords
from loaders.suggest.stems import stem
from tests.laws import examples
from tests.loaders.suggest.small_plans import make_plan

_LOWER = [f"the crews of berth {n} keep watch over silt, sand and stone" for n in range(5)]


def read(title: str, *others: str, **more: Any) -> list[Phrase]:
    """Return the things that a title names in a plan with these other titles."""
    titles = [title, *others, *_LOWER]
    plan = make_plan(*({"id": f"i{n}", "title": one} for n, one in enumerate(titles)), **more)
    return list(PhraseReader(plan, PlanWords(plan)).read(plan.items[0]))


def names(title: str, *others: str, **more: Any) -> list[str]:
    """Return the words of a title that are the names of things."""
    return [title[one.begin : one.end] for one in read(title, *others, **more)]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Develop and agree the new harbour safety plan", ["harbour safety plan"]),
        ("Publish tide tables and berth register", ["berth register"]),
        ("Updated crane strategy approved by the town", ["crane strategy"]),
        ("Review of silt recharges and dredging budgets", ["silt recharges", "dredging budgets"]),
        ("Design recruitment plans", ["recruitment plans"]),
        ("Dredging training delivery", ["Dredging training"]),
        (
            "Berth Register opportunities analysis",
            ["Berth Register", "Berth Register opportunities analysis"],
        ),
        ("Agree the plan", []),
        ("Develop plan", []),
        ("Mend the wall", []),
        ("", []),
    ],
)
def test_things_end_in_a_noun_for_something_made(title: str, expected: list[str]) -> None:
    assert names(title) == expected


def test_capitals_make_a_name_in_the_middle_of_a_title() -> None:
    assert names("Open the Old Customs House to visitors") == ["Old Customs House"]
    assert names("Open the old customs house to visitors") == []


@pytest.mark.parametrize(
    "more",
    [
        {"organisation": "Old Customs House"},
        {"officers": [{"id": "o", "title": "Old Customs House"}]},
    ],
)
def test_names_of_the_council_and_its_offices_are_no_things(more: dict[str, Any]) -> None:
    assert names("Open the Old Customs House to visitors", **more) == []


def test_dates_are_no_names() -> None:
    assert names("Mend the wall by 31 March 2027 and May 2027") == []


def test_where_most_titles_have_capitals_they_say_nothing() -> None:
    titles = [f"OPEN CUSTOMS HOUSE {n} AND MEND WALL" for n in range(40)]
    assert names("Open the Old Customs House to visitors", *titles) == []
    assert names("AGREE THE HARBOUR PLAN", *titles) == ["HARBOUR PLAN"]


def test_abbreviations_stand_for_their_words() -> None:
    spelled = "Berth Allocation Model (BAM) drawn up"
    (short,) = read("Crews work to the BAM", spelled)
    (long,) = read("Agree the berth allocation model", spelled)
    assert short.words == long.words == tuple(map(stem, ("berth", "allocation", "model")))
    assert short.is_name


def test_an_abbreviation_behind_its_words_is_no_second_name() -> None:
    assert names("Agree the Berth Allocation Model (BAM) for crews") == ["Berth Allocation Model"]


def test_plurals_of_abbreviations() -> None:
    spelled = "Berth Allocation Model (BAM) drawn up"
    assert [one.words for one in read("Agree the BAMs", spelled)] == [
        tuple(map(stem, ("berth", "allocation", "model")))
    ]


def test_initials_of_a_name_with_capitals_are_its_abbreviation() -> None:
    (short,) = read("Crews are shown the PAF", "Agree the Port Access Framework early")
    assert short.words == tuple(map(stem, ("port", "access", "framework")))


def test_names_joined_by_and_are_several() -> None:
    (one,) = read("Refresh the Ferries, Crane and Dredging Improvement Plans")
    assert one.words == tuple(map(stem, ("dredging", "improvement", "plans")))
    assert one.others == (frozenset({stem("crane")}), frozenset({stem("ferries")}))


def test_what_stands_after_for_narrows_a_thing_down() -> None:
    (one,) = read("Agree an operating model for tug crews")
    assert one.about == frozenset({stem("tug"), stem("crews")})
    assert read("Agree an operating model in May")[0].about == frozenset()


def test_the_second_of_two_things_shares_the_words_of_the_first() -> None:
    first, second = read("Review of tug crew reports and budgets")
    assert first.words == tuple(map(stem, ("tug", "crew", "reports")))
    assert second.words == tuple(map(stem, ("tug", "crew", "budgets")))


def test_boards_and_teams_are_bodies() -> None:
    assert read("Set up a tug crew team")[0].is_body is True
    assert read("Re-launch of Capital Board")[0].is_body is True
    assert read("Agree the tug crew plan")[0].is_body is False


def test_financial_years() -> None:
    assert find_years("Plan for 2026/27 and 27/28") == frozenset({"26", "27"})
    assert find_years("Plan by March 2027") == frozenset()


@settings(max_examples=examples(80), deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Agree",
                "the",
                "BAM",
                "(BAM)",
                "berth",
                "Berth",
                "Model",
                "plan",
                "and",
                ",",
                "of",
                "-",
            ]
        ),
        max_size=14,
    ).map(" ".join)
)
def test_every_thing_stands_where_it_says(title: str) -> None:
    for one in read(title, "Berth Allocation Model (BAM)"):
        assert 0 <= one.begin < one.end <= len(title)
        assert title[one.begin : one.end] == title[one.begin : one.end].strip()
        assert len(one.words) >= LEAST
        assert one.opens <= one.begin

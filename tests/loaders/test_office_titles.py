from __future__ import annotations

import pytest

from loaders.office_titles import (
    COMMON,
    are_alike,
    office_key,
    split_offices,
    split_portfolios,
)


@pytest.mark.parametrize(
    ("cell", "titles"),
    [
        ("Head of Docks", ["Head of Docks"]),
        ("<p>Head of Docks</p> <p>Chief Diver</p>", ["Head of Docks", "Chief Diver"]),
        ("Head of Docks / Chief Diver", ["Head of Docks", "Chief Diver"]),
        ("Head of Docks/Director of Quays", ["Head of Docks", "Director of Quays"]),
        ("Director of Docks & Director of Quays", ["Director of Docks", "Director of Quays"]),
        ("Dock Recovery Director, Director of Quays and Assistant Chief Diver",
         ["Dock Recovery Director", "Director of Quays", "Assistant Chief Diver"]),
        ("Directors of Docks and Sea & Ice", ["Director of Docks", "Director of Sea & Ice"]),
        ("Strategic Directors for Docks & Quays",
         ["Strategic Director for Docks", "Strategic Director for Quays"]),
        # One office each, whatever commas and conjunctions it holds.
        ("Head of Docks, Tides & Principal Diver", ["Head of Docks, Tides & Principal Diver"]),
        ("Director of Docks and Quays", ["Director of Docks and Quays"]),
        ("Corporate Director for Sea, Wind and Resident Services.",
         ["Corporate Director for Sea, Wind and Resident Services"]),
        ("Head of Sea and Executive Support", ["Head of Sea and Executive Support"]),
        ("SRO for the Quay Programme", ["SRO for the Quay Programme"]),
        ("TBC", []),
        ("Vacant", []),
        ("", []),
    ],
)  # fmt: skip
def test_offices_of_a_cell(cell: str, titles: list[str]) -> None:
    found = split_offices(cell)
    assert [title.words for title in found] == titles
    assert all(title.kind == "office" for title in found)


@pytest.mark.parametrize(
    "cell",
    [
        *("All Corporate Directors", "Corporate Directors"),
        *("Directors of Docks, Quays and Piers", "Heads of Docks and Quays and Piers"),
    ],
)
def test_groups_and_words_that_cannot_be_taken_apart(cell: str) -> None:
    assert [(title.words, title.kind) for title in split_offices(cell)] == [(cell, "group")]


def test_a_group_beside_an_office() -> None:
    office, group = split_offices("Chief Diver / All Directors")
    assert (office.kind, group.kind) == ("office", "group")


def test_portfolios_that_the_paper_names_alone() -> None:
    alone = {office_key(words, {}) for words in ("Ports, Trade and Sea", "Housing", "Fish")}
    found = split_portfolios("Ports, Trade and Sea and Housing & Fish", alone)
    assert [title.words for title in found] == ["Ports, Trade and Sea", "Housing", "Fish"]
    whole = split_portfolios("Housing and Ports", alone)
    assert [(title.words, title.kind) for title in whole] == [("Housing and Ports", "member")]
    assert split_portfolios("N/A", alone) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Director for HR and EDI",
         "Director of Human Resources and Equality, Diversity and Inclusion", True),
        ("Director of Children's Docks", "Director for children\u2019s docks", True),
        ("Head of Docks & Quays", "Head of the Docks and Quays.", True),
        ("Head of QT", "Head of the Quay Team", True),
        ("Head of Docks", "Head of Dock", False),
        ("Director of Docks", "Head of Docks", False),
        ("Director of Family Docks", "Director of Family Dock Services", False),
    ],
)  # fmt: skip
def test_spellings_of_one_office(one: str, other: str, *, same: bool) -> None:
    spelled = {**COMMON, "QT": "Quay Team"}
    assert (office_key(one, spelled) == office_key(other, spelled)) is same


def test_offices_that_may_be_one() -> None:
    def key(words: str) -> tuple[str, ...]:
        return office_key(words, {})

    assert are_alike(key("Director of Family Docks"), key("Director of Family Docks Services"))
    assert not are_alike(key("Director of Docks"), key("Head of Docks and Quays"))
    assert not are_alike(key("Director of Docks"), key("Director of Docks"))
    assert not are_alike(key("Director of Docks"), key("Director of Quays"))
    assert not are_alike(key("Director of Sea"), key("Director of Sea, Wind, Sun and Rain"))

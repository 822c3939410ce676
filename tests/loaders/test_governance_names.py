from __future__ import annotations

import pytest

from loaders.bodies import Passage
from loaders.governance_names import find_names, name_key


def names_in(*texts: str) -> list[tuple[str, str]]:
    names = find_names([Passage(number, text) for number, text in enumerate(texts, start=1)])
    return [(one.kind, one.title) for one in names.named.values()]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Harbour Watch Clinics and the Dock Group",
         [("body", "Harbour Watch Clinics"), ("body", "Dock Group")]),
        ("the Tide Forum and Moon Forum", [("body", "Tide Forum"), ("body", "Moon Forum")]),
        ("an Extraordinary Meeting of City Council", [("body", "City Council")]),
        ("Commissioners and the Executive", [("body", "Commissioners"), ("body", "Executive")]),
        ("the Executive leadership and the Executive Members", [("office", "Executive Members")]),
        ("the Council's Dock Board\u2019s chair", [("body", "Dock Board")]),
        ("the Head of Docks and Tides, the Mayor and Leader of the Council",
         [("office", "Head of Docks and Tides"), ("office", "Mayor"),
          ("office", "Leader of the Council")]),
        ("the Secretary of State for Ships, Crews and Ports on Monday",
         [("office", "Secretary of State for Ships, Crews and Ports")]),
        ("senior officers and councillors", [("office", "senior officers"),
                                             ("office", "councillors")]),
        ("a Sailor Network", [("office", "Sailor Network")]),
        ("its Crew and Cargo Plan, a Rope Strategy and Directions",
         [("document", "Crew and Cargo Plan"), ("document", "Rope Strategy"),
          ("document", "Directions")]),
        ("the Plan, a board, Plans and Groups", []),
    ],
)  # fmt: skip
def test_what_is_named(text: str, found: list[tuple[str, str]]) -> None:
    assert sorted(names_in(text)) == sorted(found)


def test_joint_names_are_two_where_one_is_named_alone() -> None:
    names = find_names(
        [
            Passage(1, "The Dock and Tide Plans, and the Mast and Sail Plans."),
            Passage(2, "The Dock Plan. The Executive and Crew Scrutiny Committee. The Executive."),
        ]
    )
    assert [(one.kind, one.title) for one in names.named.values()] == [
        ("document", "Dock Plans"), ("document", "Tide Plans"),
        ("document", "Mast and Sail Plans"), ("body", "Executive"),
        ("body", "Crew Scrutiny Committee"),
    ]  # fmt: skip
    assert [one.title for one in names.joint["Dock and Tide Plans"]] == ["Dock Plans", "Tide Plans"]


def test_abbreviations_give_the_id_whichever_comes_first() -> None:
    names = find_names(
        [
            Passage(1, "CLT met. SROs did."),
            Passage(2, "The Crew Landing Leadership Team met."),
            Passage(3, "The Corporate Leadership Team (CLT) and the Long-Term Dock Plan (LTDP)."),
            Passage(4, "Senior Rope Officers (SROs) pull."),
        ]
    )
    found = {one.id: (one.title, one.letters, one.line) for one in names.named.values()}
    assert found["clt"] == ("Corporate Leadership Team", "CLT", 1)
    assert found["ltdp"] == ("Long-Term Dock Plan", "LTDP", 3)
    assert found["sro"] == ("Senior Rope Officers", "SRO", 4)


def test_words_that_open_a_sentence_are_no_part_of_a_name() -> None:
    assert names_in("Using Dock Plans helps.", "Good Dock Plans are rare; Dock Plans are not.") == [
        ("document", "Dock Plans"),
    ]
    assert ("office", "Corporate Directors") in names_in(
        "Corporate Directors came.", "All Directors came, and so did the Corporate Directors."
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dock Plans", "the Dock Plan"),
        ("Long-Term Plan", "Long Term Plan"),
        ("Dock & Tide Board", "Dock and Tide Board"),
        ("Heads of Service", "Head of Service"),
        ("Quay Strategies", "Quay Strategy"),
        ("Children\u2019s Board", "Children's Board"),
    ],
)
def test_spellings_of_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)
    assert name_key("***") == ""

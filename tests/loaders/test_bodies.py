from __future__ import annotations

import pytest

from loaders.bodies import Passage, find_bodies, find_kind, name_bodies
from loaders.draft import Draft


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("It reports to the Harbour Recovery Board (HRB) and the Audit Committee.",
         ["Harbour Recovery Board", "Audit Committee"]),
        ("the internal Quay Board, Tide Panel and others", ["Quay Board", "Tide Panel"]),
        ("The Adults and Children\u2019s Internal Dock Boards meet",
         ["Adults Internal Dock Board", "Children\u2019s Internal Dock Board"]),
        ("Sign off Capital and Executive boards", ["Capital Board", "Executive Board"]),
        ("Health and Tide Committee", ["Health and Tide Committee"]),
        ("the Joint Committee(s) or Quay Executive", ["Joint Committee", "Quay Executive"]),
        ("Annual talks with CLT and Cabinet", ["CLT", "Cabinet"]),
        ("the Shadow Council and the Corporate Leadership Team",
         ["Shadow Council", "Corporate Leadership Team"]),
        # Offices, classes of bodies, and what is written small are no bodies.
        ("Assistant Chief Executive, Cabinet Member, Scrutiny Committees", []),
        ("a board, the residents' panel, Boarding and Boards", []),
        ("The Board agrees", []),
        ("Agree the plan. Establish Tide Board soon", ["Tide Board"]),
    ],
)  # fmt: skip
def test_bodies_in_a_sentence(text: str, names: list[str]) -> None:
    assert [one.words for one in find_bodies(Passage(1, text))] == names


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Executive Board", "decision"),
        ("Cabinet", "decision"),
        ("Dock Assurance Board", "assurance"),
        ("Children's Internal Partnership Improvement Board", "assurance"),
        ("Executive Panel", "advisory"),
        ("Harbour Growth Board", "external"),
        ("Joint Committee", "external"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert find_kind(name) == kind


def test_boards_with_their_first_place_and_abbreviation() -> None:
    draft = Draft("paper.txt")
    passages = [
        Passage(4, "Watched. The Harbour Recovery Board (HRB) meets."),
        Passage(9, "Brief Harbour Recovery Board. Refresh the Tide Panel"),
        Passage(11, "Big Harbour Recovery Board"),
    ]
    boards = name_bodies(draft, passages, {"HRB": "Harbour Recovery Board"})
    assert [(one.id, one.title, one.also) for one in boards] == [
        ("hrb", "Harbour Recovery Board", ("HRB",)),
        # A word that opens a sentence before a name known elsewhere is no part of it.
        ("tide-panel", "Tide Panel", ()),
    ]
    first = boards[0].source
    assert first is not None
    assert (first.line, first.quote) == (4, "The Harbour Recovery Board (HRB) meets.")
    assert boards[0].members == ()
    assert boards[0].meetings.dates == ()


def test_bodies_that_may_be_one_are_told_apart() -> None:
    draft = Draft("paper.txt")
    passages = [Passage(1, "the Adults Dock Board"), Passage(5, "the Adults Internal Dock Board")]
    assert len(name_bodies(draft, passages, {})) == 2
    (problem,) = draft.problems
    assert (problem.code, problem.severity, problem.source and problem.source.line) == (
        "boards-alike", "info", 5,
    )  # fmt: skip


def test_two_bodies_that_share_an_and() -> None:
    """Names joined by "and" are two; a contract is no team, a month no part of a name."""
    text = (
        "Tolls go to Cabinet and Leadership Team, the Tide Board and Care Panel, and SLT contract"
    )
    found = [one.words for one in find_bodies(Passage(1, text))]
    assert found == ["Cabinet", "Leadership Team", "Tide Board", "Care Panel"]
    assert [one.words for one in find_bodies(Passage(1, "In May"))] == []
    june = find_bodies(Passage(1, "In June Tide Committee met. SLT agreed."))
    assert [one.words for one in june] == ["Tide Committee", "SLT"]


def test_an_abbreviation_is_the_body_that_is_spelled_out() -> None:
    passages = [Passage(1, "The Harbour Leadership Team (SLT)."), Passage(2, "Agreed by SLT.")]
    boards = name_bodies(Draft("paper.txt"), passages, {"SLT": "Harbour Leadership Team"})
    assert [(one.id, one.title) for one in boards] == [("slt", "Harbour Leadership Team")]

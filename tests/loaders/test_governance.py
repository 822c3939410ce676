"""Governance papers of our own, whole and broken, in several layouts."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from graphmodel.errors import FileError
from graphmodel.planfile import dump_plan, parse_plan
from loaders import governance
from loaders.papers import FAMILIES, read_paper
from tests.loaders.governance_paper import (
    LINES,
    TABLE,
    TEXT,
    board,
    find_untold,
    places,
    read_lines,
    triples,
)

if TYPE_CHECKING:
    from pathlib import Path

COVER = [
    "Port Committee, 3 June 2026",  # 1
    "",
    "Report\ttitle: Who watches the quay",
    "Corporate Director:\tAda Reef, Corporate Director of Ports\tWards affected: Old Town",
    "Report author(s) and\tBo Keel, Head of Tides,",  # 5
    "contact details:\t0100 555 0100",
    "Directtor(s)\tCy Mast",
    "Other contributors\t",
    "Recommendations:\t",
    "1.\tTo like the report",  # 10
    "2.\tTo read it twice",
    "",
    "The Port Committee meets quarterly. It is chaired by the Mayor. The Mayor reports to Cabinet.",
    "Cabinet holds the Head of Tides to account.",
]

MERELY_PLANS = """
Cabinet approved the Dock Plan in May 2026.

The Tide Panel has oversight of the Dock Plan.

The Dock Plan informs the Berth Plan. The chair is red.

Cabinet approved the Berth Plan in June 2026.
"""
APPROVED = "Cabinet approved the Dock Plan on 3 May 2026."


def test_a_paper_in_numbered_paragraphs() -> None:
    plan, problems = read_lines(LINES)
    assert (plan.id, plan.organisation) == (
        "governance-of-the-harbour-strategy", "Westmere Borough Council",
    )  # fmt: skip
    hob = board(plan, "hob")
    assert (hob.title, hob.chair, hob.reports_to) == (
        "Harbour Oversight Board", "Leader of the Council", "cabinet",
    )  # fmt: skip
    assert hob.members == ("Chief Executive", "Head of Docks")
    assert (hob.model_extra or {})["x_cadence"] == "fortnightly"
    assert triples(plan) == [
        ("quay-plan", "evolves_into", "hs"),
        ("leader-of-the-council", "chairs", "hob"),
        ("chief-executive", "member_of", "hob"),
        ("head-of-docks", "member_of", "hob"),
        ("tide-panel", "reports_to", "hob"),
        ("hob", "reports_to", "cabinet"),
        ("hob", "holds_to_account", "corporate-directors"),
        ("dock-plans", "informs", "hs"),
        ("cabinet", "approves", "berth-plan"),
    ]
    assert [(one.id, one.title) for one in plan.items if one.kind == "objective"] == [
        ("hs.1", "deep water"), ("hs.2", "dry feet"),
    ]  # fmt: skip
    assert plan.index.items["hs.refresh"].planned.finish == date(2027, 5, 31)
    assert [(one.item, one.measure, one.value) for one in plan.stated] == [("hs", "aims", 2)]
    assert (plan.index.items["hs"].model_extra or {})["x_approved"] == "2025-03-04"
    assert places(problems) == [
        ("paper-undated", 1), ("approval-open", 5), ("approval-without-date", 15),
        ("not-placed", 21),
    ]  # fmt: skip


def test_a_paper_of_tables_and_labelled_lines() -> None:
    plan, problems = read_lines(TABLE)
    assert [(one.id, one.chair, one.members, one.reports_to) for one in plan.boards] == [
        ("dredging-board", "Mayor", ("Head of Silt", "Head of Sand"), "cabinet"),
        ("cabinet", None, (), None),
        ("tide-panel", None, ("Head of Moon",), "dredging-board"),
        ("silt-forum", "Head of Silt", ("Head of Sand", "Mayor"), "tide-panel"),
        ("crew-huddle", "Bosun", ("Cooks and Divers",), "tide-panel"),
    ]
    extras = {one.id: one.model_extra or {} for one in plan.boards}
    assert [extras[name]["x_cadence"] for name in ("tide-panel", "silt-forum", "crew-huddle")] == [
        "as needed", "monthly", "six-monthly",
    ]  # fmt: skip
    assert extras["crew-huddle"]["x_columns"] == {"Colour": "red"}
    assert [one["source"]["line"] for one in extras["silt-forum"]["x_purpose"]] == [14]
    assert [one["source"]["line"] for one in (plan.model_extra or {})["x_tables"]] == [3]
    lines = {(one.type, one.to): one.source and one.source.line for one in plan.relations}
    assert lines["reports_to", "cabinet"] == 4
    assert lines["member_of", "silt-forum"] == 11
    assert places(problems) == [
        ("paper-undated", 1), ("board-open", 5), ("reports-to-several", 6), ("not-placed", 16),
    ]  # fmt: skip


def test_a_paper_with_a_first_page() -> None:
    plan, problems = read_lines(COVER)
    assert (plan.title, plan.as_of) == ("Who watches the quay", date(2026, 6, 3))
    committee = board(plan, "port-committee")
    assert (committee.chair, committee.meetings.dates) == ("Mayor", (date(2026, 6, 3),))
    assert [(one.id, (one.model_extra or {}).get("x_holder")) for one in plan.officers] == [
        ("mayor", None), ("head-of-tides", "Bo Keel"),
        ("corporate-director-of-ports", "Ada Reef"), ("cy-mast", None),
    ]  # fmt: skip
    cover = [(one["field"], one["text"]) for one in (plan.model_extra or {})["x_cover"]]
    assert ("wards", "Old Town") in cover
    assert cover[-2:] == [
        ("recommendations", "1. To like the report"), ("recommendations", "2. To read it twice"),
    ]  # fmt: skip
    assert ("label-broken", 7) in places(problems)
    assert ("cover-open", 8) in places(problems)


@pytest.mark.parametrize("lines", [LINES, TABLE, COVER])
def test_every_word_is_told_and_the_plan_survives(lines: list[str]) -> None:
    plan, problems = read_lines(lines)
    assert find_untold("\n".join(lines), plan, problems) == ([], [])
    assert parse_plan(dump_plan(plan)) == plan
    claims = [one.name for one in FAMILIES if one.recognise("\n".join(lines)) is not None]
    assert claims == [governance.FAMILY.name]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The Tide Panel reports to Cabinet.",
        "The fish chair was sold to account for the loss.",
        # Three kinds of relation on four lines, and none that only such papers state.
        MERELY_PLANS,
        # Deliverables stand in a table.
        TEXT + "\n\nMilestone\tStatus\nWall built\tlate",
    ],
)
def test_papers_that_are_not_about_governance(text: str) -> None:
    assert governance.recognise(text) is None


def test_text_that_names_nothing_is_refused() -> None:
    with pytest.raises(FileError, match=r'"paper\.txt" names no board, office or plan'):
        governance.read("all of it is in small letters", "paper.txt")


def test_a_truncated_paper_says_where_it_ends() -> None:
    for end in range(40, len(TEXT), 23):
        text = TEXT[:end]
        plan, problems = governance.read(text, "paper.txt")
        assert find_untold(text, plan, problems) == ([], [])
    cut = TEXT[: TEXT.index("which meets") + 8]
    _, problems = governance.read(cut, "paper.txt")
    assert ("sentence-cut", 7) in places(problems)


def test_missing_sections_leave_the_rest() -> None:
    plan, _ = read_lines(LINES[:10])
    assert [one.id for one in plan.items] == ["hs", "quay-plan"]
    plan, problems = read_lines(LINES[15:])
    assert [one.id for one in plan.boards] == []
    assert ("paper-undated", 1) in places(problems)


def test_two_bodies_of_one_name() -> None:
    table = [
        "Board\tChair",
        "Tide Panel\tMayor",
        "Quay Board\tBosun",
        "Tide Panel\tCook",
        "Tide Panel\tDiver",
    ]
    plan, problems = read_lines(table)
    assert [(one.id, one.chair) for one in plan.boards] == [
        ("tide-panel", "Mayor"), ("quay-board", "Bosun"), ("tide-panel~2", "Cook"),
        ("tide-panel~3", "Diver"),
    ]  # fmt: skip
    assert [one for one in places(problems) if one[0] == "board-twice"] == [
        ("board-twice", 4), ("board-twice", 5),
    ]  # fmt: skip


def test_circular_reporting_lines() -> None:
    text = (
        "The Tide Panel reports to the Quay Board. The Quay Board reports to the Silt Forum.\n"
        "The Silt Forum reports to the Tide Panel. The Dock Panel reports to the Tide Panel."
    )
    plan, problems = governance.read(text, "paper.txt")
    assert {one.id: one.reports_to for one in plan.boards} == {
        "tide-panel": None, "quay-board": None, "silt-forum": None, "dock-panel": "tide-panel",
    }  # fmt: skip
    assert len(plan.relations) == 4  # what the paper says is kept
    circles = [one for one in problems if one.code == "reporting-circle"]
    assert [one.source and one.source.line for one in circles] == [2]
    assert '"Tide Panel", "Quay Board", "Silt Forum"' in circles[0].message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The Tide Panel is chaired by the Mayor. The Head of Docks chairs the Tide Panel.",
         "chair-differs"),
        ("The Tide Panel meets monthly. The Tide Panel meets quarterly.", "cadence-differs"),
        (f"{APPROVED} The Dock Plan was approved by Cabinet on 4 May 2026.",
         "approval-dates-differ"),
        (f"{APPROVED} The Quay Board approved the Dock Plan on 3 May 2026.",
         "approval-two-bodies"),
        ("The Tide Panel oversees the Dock Plan.", "chair-missing"),
        ("The Quay Board and the Quay Oversight Board meet.", "names-alike"),
        ("The Board decides.  The Tide Panel does not. The Mayor is told in May, or in June.",
         "body-unnamed"),
        ("The Mayor is told in June.", "date-without-year"),
        ("The Mayor''s hat.", "quote-doubled"),
        ("The Dock Watch Panel (DWP) met. The Dock Watch Panel (DPW) met.",
         "abbreviation-differs"),
        ("1.1 The Mayor came.\n1.3 The Mayor went.", "paragraph-missing"),
        ("1.1 The Mayor came.\n1.1 The Mayor went.", "paragraph-twice"),
        ("1.4 The Mayor came.", "paragraphs-unnumbered"),
        ("The Dock Plan has three aims:\n\n- silt\n- sand.", "count-differs"),
        ("The Dock Plan is shown below:\n\nThe Mayor came.", "list-missing"),
        ("The Mayor came and then went\n\non to see the Tide Panel.", "sentence-continued"),
        ("The Mayor came to the quay and then went to the", "sentence-cut"),
    ],
)  # fmt: skip
def test_defects(text: str, code: str) -> None:
    plan, problems = governance.read(text, "paper.txt")
    assert code in {one for one, _ in places(problems)}
    assert find_untold(text, plan, problems) == ([], [])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("The Tide Panel is chaired by the Mayor. The Mayor chairs the Tide Panel.",
         "chair-differs"),
        ("The Tide Panel meets monthly. Reports are made monthly at the Tide Panel.",
         "cadence-differs"),
        (f"{APPROVED} Cabinet approved the 2027/28 Dock Plan on 4 May 2027.",
         "approval-dates-differ"),
        ("The Tide Panel, chaired by the Mayor, oversees the Dock Plan.", "chair-missing"),
        ("The Dock Plan has three aims:\n\n- silt\n- sand\n- mud.", "count-differs"),
        ("The Mayor is told in June 2026.", "date-without-year"),
        ("1.9 The Mayor came.\n1.10 The Mayor went.\n2.1 The Mayor slept.", "paragraph-missing"),
        ("The Mayor came.\n\nThe Tide Panel did not.", "sentence-continued"),
    ],
)  # fmt: skip
def test_what_just_misses_a_defect(text: str, code: str) -> None:
    _, problems = governance.read(text, "paper.txt")
    assert code not in {one for one, _ in places(problems)}


def test_kinds_of_quotes_line_ends_and_encodings_make_no_difference(tmp_path: Path) -> None:
    text = TEXT.replace("Nobody likes", "Nobody\u2019s \u201cown\u201d view of HOB\u2019s chair is")
    plans = []
    for encoding, ending in (("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("cp1252", "\r\n")):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(text.replace("\n", ending).encode(encoding))
        loaded = read_paper(path)
        assert ("encoding" in {one.code for one in loaded.problems}) == (encoding == "cp1252")
        assert "governance paper" in loaded.notes[0]
        plans.append(loaded.plan.model_copy(update={"sources": ()}))
    assert plans[0] == plans[1] == plans[2]
    straight = text.translate(str.maketrans("\u2019\u201c\u201d", '\'""'))
    plan, _ = governance.read(straight, "paper.txt")
    assert triples(plan) == triples(plans[0])
    assert [one.id for one in plan.boards] == [one.id for one in plans[0].boards]


def test_what_a_row_or_label_does_not_say() -> None:
    lines = [
        "Board\tChair\tReports to",
        "\tMayor\t",
        "Tide Panel\tvacant\tTide Panel",
        "",
        "Chair: Mayor",
    ]
    plan, problems = read_lines(lines)
    panel = board(plan, "tide-panel")
    assert (panel.chair, panel.reports_to) == (None, None)
    said = {one.id: one.model_extra or {} for one in plan.officers}
    assert said["mayor"]["x_said"][0]["source"]["line"] == 5  # of no body that the prose has named
    assert ("not-placed", 2) in places(problems)
    assert ("board-open", 3) in places(problems)
    plan, _ = read_lines(["Chair: Mayor"])
    assert (plan.boards, triples(plan)) == ((), [])


def test_lists_and_what_they_belong_to() -> None:
    lines = [
        *("- The Dock Plan says two things:", "- Ropes are long.", "- Knots are hard.", ""),
        *("We want cake:", "", "- with cream", "- with jam.", ""),
        *("The Tide Panel hears of:", "", "- ropes", "- knots.", ""),
        *("There are two aims:", "", "(a) speed", "(b) rest"),
    ]
    plan, problems = read_lines(lines)
    heard = (board(plan, "tide-panel").model_extra or {})["x_contents"]
    assert [one["source"]["line"] for one in heard] == [12, 13]
    assert [one.id for one in plan.items] == ["dock-plan", "dock-plan.a", "dock-plan.b"]
    # What a bullet leads to cannot be told from the bullets after it; "we" are no body.
    assert "x_contents" not in (plan.index.items["dock-plan"].model_extra or {})
    assert {("list-missing", 1), ("not-placed", 7), ("not-placed", 8)} <= {*places(problems)}
    assert find_untold("\n".join(lines), plan, problems) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "Tide Panel\nChair: The Tide Panel",
        "The Tide Panel reports to the Tide Panel.",
        "Reports go via the Tide Panel and the Tide Panel.",
        "The Dock Plan became the Dock Plan.",
    ],
)
def test_what_is_said_of_itself_is_kept_as_said(text: str) -> None:
    plan, problems = governance.read(text, "paper.txt")
    assert plan.relations == ()
    assert find_untold(text, plan, problems) == ([], [])


def test_a_row_whose_name_has_no_letters() -> None:
    plan, _ = read_lines(["Board\tChair", "***\tMayor"])
    assert [(one.id, one.title, one.chair) for one in plan.boards] == [("body", "***", "Mayor")]

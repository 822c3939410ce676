"""One officer and one board as a page of blocks; values by hand from tests/knockon/council.py."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import UnknownIdError
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from queries.boards import review_boards
from queries.owners import survey_owners
from simulations.schedule import schedule
from tests.knockon.council import COUNCIL, council
from viz.itemrows import describe_items
from viz.paper.blocks import Bullets, Named, Paper, Spread, Table, Text
from viz.paper.board import view_board
from viz.paper.officer import view_officer

if TYPE_CHECKING:
    from graphmodel.plan import Plan

#: The council's plan with a second officer, who waits for the first.
TWO: dict[str, Any] = {
    "assignments": [
        {"officer": "dasc", "item": "A"},
        {"officer": "cx", "item": "A.2"},
        {"officer": "cx", "item": "T", "role": "accountable"},
    ],
}


def officer(plan: Plan, wanted: str) -> Paper:
    found = survey_owners(plan, in_full=(plan.index.officer(wanted).id,))
    return view_officer(found, wanted, describe_items(plan, schedule(plan)))


def board(plan: Plan, wanted: str) -> Paper:
    return view_board(review_boards(plan, board=wanted), describe_items(plan, schedule(plan)))


def table(paper: Paper, name: str) -> Table:
    (found,) = (
        one
        for section in paper.sections
        for one in section.blocks
        if isinstance(one, Table) and one.name == name
    )
    return found


def texts(paper: Paper, section: str) -> list[str]:
    (found,) = (one for one in paper.sections if one.key == section)
    told: list[str] = []
    for one in found.blocks:
        told += [one.text] if isinstance(one, Text) else []
        told += one.entries if isinstance(one, Bullets) else ()
    return told


def ids(found: Table) -> list[str]:
    return [row[0].id for row in found.rows if isinstance(row[0], Named)]


def test_an_officer_has_what_is_open_and_nothing_that_is_done() -> None:
    paper = officer(council(), "Director of Adult Social Care")
    assert paper.title == "Director of Adult Social Care"
    assert ids(table(paper, "Items")) == ["A.1", "A.2", "A.4"]
    assert next((one.value, one.label) for one in paper.figures.figures) == ("3", "open items")
    assert "place 1 of 1 by open items" in " ".join(paper.summary)
    months = {str(row[0]): row[1] for row in table(paper, "Months").rows}
    assert {month: n for month, n in months.items() if n} == {
        "Jun 2026": 1, "Jan 2027": 1, "Apr 2027": 1,
    }  # fmt: skip
    assert ids(table(paper, "Alone")) == ["T"]  # all of it is the Director's


def test_an_officer_sees_who_waits_and_whose_items_move() -> None:
    paper = officer(council(**TWO), "dasc")
    assert ids(table(paper, "Items")) == ["A.1", "A.4"]
    # A.1 ends on 31 Jan; a month on it is 28 Feb, and A.2 needs 45 days after it: 14 Apr, so
    # nothing moves if the 44 days are spare; if they are work, A.2 moves by the same 28 days.
    assert table(paper, "Hits").rows == (("Chief Executive", "0 to 1", Spread(0.0, 28.0)),)
    assert table(paper, "Late").rows[0][1] is not None
    assert [row[0] for row in table(paper, "Gives to").rows] == ["Chief Executive"]
    assert table(paper, "Gives to").rows[0][3] == "A.1 → A.2"
    assert [row[0] for row in table(officer(council(**TWO), "cx"), "Takes from").rows] == [
        "Director of Adult Social Care"
    ]


def test_an_officer_without_anything_is_told_of_in_a_sentence() -> None:
    paper = officer(council(), "cx")
    assert paper.headline == (
        "Holds nothing open as responsible officer. Open items held: 3 as accountable officer."
    )
    assert paper.sections == ()
    with pytest.raises(UnknownIdError):
        officer(council(), "nobody")


def test_a_group_is_nobodys_load() -> None:
    officers = [*COUNCIL["officers"], {"id": "all", "title": "All Directors", "kind": "group"}]
    held = [{"officer": "all", "item": "A"}]
    paper = officer(council(officers=officers, assignments=held), "all")
    assert paper.headline.startswith("This is a group, so its 3 open items are nobody's load")


def test_a_board_has_what_it_oversees_and_how_it_stands_to_others() -> None:
    paper = board(council(), "Improvement Board")
    assert ids(table(paper, "Items")) == ["T", "A", "A.1", "A.2", "A.3", "A.4"]
    assert texts(paper, "relations") == [
        "It reports to Cabinet.", "Improvement Board assures Improvement plan.",
    ]  # fmt: skip
    assert texts(paper, "meetings")[0].startswith("No meeting is known")


def test_a_board_tells_its_meetings_and_decisions_without_its_own_name() -> None:
    boards = [
        {
            "id": "cab", "title": "Cabinet", "papers_lead": "5d",
            "meetings": {"dates": ["2026-11-17", "2027-05-11", "2027-06-15"]},
        }
    ]  # fmt: skip
    gates = [{"board": "cab", "item": "A.2"}]
    plan = council(boards=boards, gates=gates, relations=[], status_date="2026-10-31")
    paper = board(plan, "cab")
    assert [(one.value, one.label) for one in paper.figures.figures] == [
        ("1", "decision to come"), ("3", "meetings known"),
        ("17 Nov 2026", "next meeting"), ("12 Nov 2026", "its papers are due"),
    ]  # fmt: skip
    # A.2 is planned for 30 Apr: the first meeting after that is 11 May.
    meetings = table(paper, "Meetings")
    assert [column.heading for column in meetings.columns] == [
        "Meeting", "Papers due", "Decides on",
    ]  # fmt: skip
    assert [row[2] for row in meetings.rows] == ["", "A.2", ""]
    decisions = table(paper, "Cliffs")
    assert "Board" not in [column.heading for column in decisions.columns]
    assert ids(decisions) == ["A.2"]
    assert texts(paper, "meetings") == ["Papers are due 5 days before a meeting."]


def test_a_board_whose_meetings_are_over_says_when_the_last_was() -> None:
    boards = [{"id": "cab", "title": "Cabinet", "meetings": {"dates": ["2026-05-05"]}}]
    paper = board(council(boards=boards, gates=[], relations=[], status_date="2026-10-31"), "cab")
    assert texts(paper, "meetings") == ["The last known meeting was on 5 May 2026."]


def test_an_officer_whose_items_have_no_dates_has_no_months_and_no_slip() -> None:
    items = [
        {"id": "T", "kind": "theme", "title": "T"},
        {"id": "u", "kind": "milestone", "title": "Some day", "parent": "T"},
        {
            "id": "v", "kind": "milestone", "title": "From then on", "parent": "T",
            "planned": {"start": "2026-10-01", "precision": "from", "text": "From October 2026"},
        },
    ]  # fmt: skip
    held = [{"officer": "dasc", "item": "T"}]
    plan = council(items=items, links=[], gates=[], metrics=[], risks=[], assignments=held)
    paper = officer(plan, "dasc")
    assert ids(table(paper, "Items")) == ["u", "v"]
    assert "1 of them has no date. 1 of them has a start but no end." in texts(paper, "months")
    undated = council(items=items[:2], links=[], gates=[], metrics=[], risks=[], assignments=held)
    assert [one.key for one in officer(undated, "dasc").sections] == ["held", "months", "alone"]
    assert "busiest" not in " ".join(one.label for one in paper.figures.figures)


def test_an_officer_alone_on_a_chain_without_room_is_told_so() -> None:
    # Both end on the day that A is due, and A.2 waits for A.1: neither can slip by a day.
    items = [dict(one) for one in COUNCIL["items"]]
    items[3]["planned"] = {"finish": "2027-04-30"}
    items[2]["planned"] = {"start": "2026-12-01", "finish": "2027-04-30"}
    links = [{"from": "A.1", "to": "A.2"}]
    told = texts(officer(council(items=items, links=links), "dasc"), "alone")
    assert told[0].removeprefix("Alone on a chain without room: ") == (
        "A.1 Consult staff “properly”; A.2 Start the integrated teams."
    )


def test_an_officer_who_is_not_told_of_in_full_has_no_list_of_what_moves() -> None:
    plan = council(**TWO)
    paper = view_officer(survey_owners(plan), "dasc", describe_items(plan, schedule(plan)))
    (effect,) = (one for one in paper.sections if one.key == "effect")
    assert [one.name for one in effect.blocks if isinstance(one, Table)] == ["Boards"]


def test_what_a_board_sees_of_a_change_stands_with_its_decisions() -> None:
    plan = council()
    change = Scenario(plan="wex", changes=(Slip(item="A.1", by=parse_span("2m")),))
    review = review_boards(plan, change, board="ib")
    paper = view_board(review, describe_items(plan, schedule(plan)))
    assert texts(paper, "decisions")[0].startswith("If A.1")


def test_an_officer_and_a_group_may_be_written_otherwise() -> None:
    officers = [
        {"id": "dasc", "title": "Director", "also": ["DASC"], "directorate": "Adults"},
        {"id": "cx", "title": "Chief Executive"},
    ]
    paper = officer(council(officers=officers), "DASC")
    assert paper.summary[-2:] == ("Directorate: Adults.", "Also written: DASC.")

"""Boards by hand: gates by meeting, cliffs, agendas, blackouts, and who sees a change first."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.errors import UnknownIdError
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import parse_span
from queries.boards import review_boards
from tests.queries.board_plan import BOARDS, board_plan

if TYPE_CHECKING:
    from queries.boards import BoardReview
    from queries.boards_gates import GateFacts
    from queries.boards_meetings import Agenda


def gate(review: BoardReview, item: str) -> GateFacts:
    return next(one for one in review.gates if one.item == item)


def agendas(review: BoardReview, board: str) -> dict[date, Agenda]:
    facts = next(one for one in review.boards if one.id == board)
    return {one.meeting: one for one in facts.meetings}


@pytest.fixture(scope="module")
def review() -> BoardReview:
    return review_boards(board_plan())


# -- Gates and cliffs -----------------------------------------------------------------------------


def test_a_slip_of_twelve_days_costs_119(review: BoardReview) -> None:
    """18 December and 11 days are 29 December, when papers are due; 9 March is blacked out."""
    found = gate(review, "T.2")
    assert (found.state, found.meeting) == ("meeting", date(2027, 1, 12))
    assert found.papers_due == date(2026, 12, 29)
    assert (found.window_start, found.window_finish) == (date(2027, 1, 1), date(2027, 1, 31))
    assert found.window_has_meeting is True
    assert found.inputs == ("T.1",)
    cliff = found.cliff
    assert cliff is not None
    assert (cliff.input, cliff.input_finish) == ("T.1", date(2026, 12, 18))
    assert (cliff.slip_days, cliff.cost_days) == (12, 119)
    assert cliff.meeting == date(2027, 5, 11)
    assert cliff.newly_late == ("T", "T.2", "T.3")
    assert not cliff.same_month
    assert found.cliff_if_work is not None
    assert (found.cliff_if_work.slip_days, found.cliff_if_work.cost_days) == (12, 119)


def test_a_window_without_a_meeting_and_a_cliff_without_a_next_one(review: BoardReview) -> None:
    """28 February to 27 April are 58 days; nobody knows when Cabinet meets after 11 May."""
    found = gate(review, "U.2")
    assert (found.window_has_meeting, found.meeting) == (False, date(2027, 5, 11))
    assert found.cliff is not None
    assert (found.cliff.input, found.cliff.slip_days) == ("T.3", 59)
    assert (found.cliff.meeting, found.cliff.cost_days) == (None, None)


def test_a_gate_without_input_says_so(review: BoardReview) -> None:
    found = gate(review, "U.1")
    assert found.meeting == datetime(2026, 12, 15, 14)
    assert found.papers_due == datetime(2026, 12, 8, 14)
    assert (found.cliff, found.no_cliff, found.inputs) == (None, "no-input", ())


@pytest.mark.parametrize(
    ("item", "state", "reason", "forecast"),
    [
        ("U.4", "decided", None, date(2026, 5, 31)),
        ("U.5", "no-meeting-known", "no-meeting", date(2028, 5, 31)),
        ("U.6", "meeting", "inputs-done", date(2026, 10, 20)),
        ("U.7", "meeting", "no-input", date(2027, 5, 11)),
        ("U.9", "not-held", None, None),
    ],
)
def test_gates_without_a_cliff(
    review: BoardReview, item: str, state: str, reason: str | None, forecast: date | None
) -> None:
    found = gate(review, item)
    assert (found.state, found.no_cliff, found.cliff) == (state, reason, None)
    assert found.forecast == forecast


def test_cliffs_come_smallest_slip_first(review: BoardReview) -> None:
    assert [one.item for one in review.cliffs] == ["T.2", "U.2"]


def test_an_input_of_the_same_month_is_at_the_edge() -> None:
    """Papers for 22 September by the 15th: an input dated September alone counts as ready then."""
    plan = board_plan(
        boards=[
            {
                "id": "cab",
                "title": "Cabinet",
                "papers_lead": "7d",
                "meetings": {"dates": ["2026-09-22", "2026-10-20"]},
            }
        ],
        items=[
            {**BOARDS["items"][1], "id": one, "parent": None, "planned": september}
            for one, september in (
                ("i", {"finish": "2026-09-30", "precision": "month"}),
                ("g", {"finish": "2026-09-30", "precision": "month"}),
            )
        ],
        links=[{"from": "i", "to": "g"}],
        gates=[{"item": "g", "board": "cab"}],
        blackouts=[],
    )
    cliff = review_boards(plan).gates[0].cliff
    assert cliff is not None
    assert (cliff.slip_days, cliff.cost_days, cliff.same_month) == (1, 28, True)
    assert cliff.input_finish == date(2026, 9, 30)


def test_the_part_of_a_gated_action_is_its_input() -> None:
    """The parent decides on 20 October; its part, ready on 1 October, may slip 12 days.

    A part that is planned for the month counts as ready, so one day is too many.
    """
    items = [
        {"id": "A", "kind": "action", "title": "A", "planned": _OCTOBER},
        {
            "id": "A.1",
            "kind": "milestone",
            "title": "A.1",
            "parent": "A",
            "planned": {"finish": "2026-10-01", "precision": "day"},
        },
    ]
    plan = board_plan(
        items=items, links=[], gates=[{"item": "A", "board": "ib"}], blackouts=[], boards=_ib()
    )
    cliff = review_boards(plan).gates[0].cliff
    assert cliff is not None
    assert (cliff.input, cliff.slip_days, cliff.cost_days) == ("A.1", 13, 28)
    items[1]["planned"] = _OCTOBER
    plan = board_plan(
        items=items, links=[], gates=[{"item": "A", "board": "ib"}], blackouts=[], boards=_ib()
    )
    cliff = review_boards(plan).gates[0].cliff
    assert cliff is not None
    assert (cliff.slip_days, cliff.same_month) == (1, True)


_OCTOBER = {"finish": "2026-10-31", "precision": "month"}


def _ib() -> list[dict[str, Any]]:
    dates = {"dates": ["2026-10-20", "2026-11-17"]}
    board = {"id": "ib", "title": "Improvement Board", "papers_lead": "7d", "oversees": []}
    return [board | {"meetings": dates}]


# -- Meetings -------------------------------------------------------------------------------------


def test_the_agenda_of_each_meeting_to_come(review: BoardReview) -> None:
    found = agendas(review, "cab")
    assert list(found) == [
        date(2026, 9, 8),
        date(2026, 11, 10),
        date(2027, 1, 12),
        date(2027, 5, 11),
    ]
    january, may = found[date(2027, 1, 12)], found[date(2027, 5, 11)]
    assert january.papers_due == date(2026, 12, 29)
    assert (january.gates, january.items) == (("T.2",), ("T.1",))
    assert (may.gates, may.items) == (("U.2", "U.7"), ("T.3",))
    assert found[date(2026, 9, 8)].entries == 0
    assert not any(one.crowded for one in found.values())


def test_boards_say_what_they_gate_and_oversee(review: BoardReview) -> None:
    cabinet, _, executive, scrutiny = review.boards
    assert cabinet.gates == ("T.2", "U.2", "U.4", "U.7", "U.9")
    assert (cabinet.oversees, cabinet.papers_lead) == (("T",), "14d")
    assert (cabinet.last_meeting, cabinet.meets) == (date(2027, 5, 11), True)
    assert cabinet.next_meeting is not None
    assert cabinet.next_meeting.meeting == date(2026, 9, 8)
    assert (executive.proposed_gates, executive.meets) == (("T.3",), False)
    assert (scrutiny.oversees, scrutiny.meetings, scrutiny.next_meeting) == (("U",), (), None)


def test_three_decisions_crowd_a_meeting() -> None:
    gates = [{"item": one, "board": "cab"} for one in ("T.1", "T.2", "T.3", "U.2")]
    moved = [
        {**one, "planned": {"finish": "2027-01-31", "precision": "month"}}
        if one["id"] in {"T.1", "T.2", "T.3"}
        else one
        for one in BOARDS["items"]
    ]
    found = review_boards(board_plan(items=moved, gates=gates, links=[]))
    crowded = [one for one in agendas(found, "cab").values() if one.crowded]
    assert [(one.meeting, one.gates) for one in crowded] == [
        (date(2027, 1, 12), ("T.1", "T.2", "T.3"))
    ]
    assert any("1 meeting is crowded; the fullest is Cabinet on 2027-01-12" in one
               for one in found.sentences)  # fmt: skip


@pytest.mark.parametrize(
    ("sizes", "crowded"),
    [
        ((10, 1, 1), [True, False, False]),  # 10 things, and twice the mean is 8
        ((9, 1, 1), [False, False, False]),  # not many
        ((10, 10, 1), [False, False, False]),  # twice the mean is 14
    ],
)
def test_many_items_crowd_a_meeting(sizes: tuple[int, ...], crowded: list[bool]) -> None:
    dates = ["2026-10-20", "2027-01-12", "2027-02-12"]
    items: list[dict[str, Any]] = [{"id": "T", "kind": "theme", "title": "T"}]
    for day, size in zip(dates, sizes, strict=True):
        for number in range(size):
            item = {"id": f"{day}.{number}", "kind": "milestone", "title": "x", "parent": "T"}
            items.append(item | {"planned": {"finish": day, "precision": "day"}})
    boards = [{"id": "ib", "title": "IB", "oversees": ["T"], "meetings": {"dates": dates}}]
    plan = board_plan(items=items, boards=boards, links=[], gates=[], blackouts=[])
    found = review_boards(plan).boards[0].meetings
    assert tuple(one.entries for one in found) == sizes
    assert [one.crowded for one in found] == crowded


def test_a_rule_without_an_end_is_listed_for_a_year_beyond_the_plan() -> None:
    boards = [{**BOARDS["boards"][0], "meetings": {"rule": "FREQ=MONTHLY;BYDAY=2TU"}}]
    found = review_boards(board_plan(boards=boards, gates=[], blackouts=[]))
    meetings = found.boards[0].meetings
    assert found.boards[0].last_meeting is None
    assert meetings[0].meeting == date(2026, 9, 8)
    assert found.until == date(2029, 6, 1)  # 31 May 2028 and 366 days
    assert meetings[-1].meeting == date(2029, 5, 8)
    ended = {"rule": "FREQ=MONTHLY;BYDAY=2TU;COUNT=8"}
    boards = [{**BOARDS["boards"][0], "meetings": ended}]
    found = review_boards(board_plan(boards=boards, gates=[], blackouts=[]))
    assert found.boards[0].last_meeting == date(2026, 11, 10)  # April to November are eight


def test_what_a_paper_says_that_a_board_does() -> None:
    relations = [{"from": "sc", "to": "T", "type": "holds_to_account"}]
    found = review_boards(board_plan(relations=relations))
    assert [(one.type, one.to) for one in found.boards[3].relations] == [("holds_to_account", "T")]
    assert found.boards[0].relations == ()


# -- Blackouts ------------------------------------------------------------------------------------


def test_what_a_blackout_catches(review: BoardReview) -> None:
    """U.7 would be decided on 9 March; U.2 is not ready for it anyway; April is no time to ask."""
    (found,) = review.blackouts
    assert [(one.board, one.meeting) for one in found.meetings] == [("cab", date(2027, 3, 9))]
    caught = [(one.how, one.item, one.before, one.after, one.days) for one in found.caught]
    assert caught == [
        ("meeting", "U.7", date(2027, 3, 9), date(2027, 5, 11), 63),
        ("start", "U.3", date(2027, 4, 1), date(2027, 5, 7), 36),
    ]
    assert found.others == ("U.8",)


def test_a_blackout_that_does_nothing() -> None:
    blackouts = [{"start": "2026-12-24", "finish": "2027-01-03", "boards": ["cab"]}]
    found = review_boards(board_plan(blackouts=blackouts))
    assert found.blackouts[0].caught == ()
    assert found.blackouts[0].meetings == ()
    assert "Blackout, 2026-12-24 to 2027-01-03: takes away no meeting and moves nothing." in (
        found.sentences
    )


def test_a_blackout_can_make_a_decision_come_earlier() -> None:
    """Cabinet meets twice in March: the later one, in the blackout, is given up for the earlier."""
    boards = [{**BOARDS["boards"][0], "meetings": {"dates": ["2027-03-02", "2027-03-23"]}}]
    blackouts = [{**BOARDS["blackouts"][0], "start": "2027-03-20"}]
    gates = [{"item": "U.7", "board": "cab"}]
    found = review_boards(board_plan(boards=boards, blackouts=blackouts, gates=gates))
    caught = [one for one in found.blackouts[0].caught if one.how == "meeting"]
    assert [(one.before, one.after, one.days) for one in caught] == [
        (date(2027, 3, 23), date(2027, 3, 2), -21)
    ]


# -- A change -------------------------------------------------------------------------------------


def slip(item: str, by: str) -> Scenario:
    return Scenario(changes=(Slip(item=item, by=parse_span(by)),))


def test_the_board_whose_papers_are_still_open_sees_it_first() -> None:
    """Cabinet's papers for 8 September were due on the 25th of August, before the status date."""
    view = review_boards(board_plan(), slip("T.1", "2m")).scenario
    assert view is not None
    first, cabinet, scrutiny = view.hearings
    assert view.first_board == first
    assert (first.board, first.meeting) == ("ib", date(2026, 10, 20))
    assert first.papers_due == date(2026, 10, 13)
    assert set(first.items) == {"T.1", "T.2", "T", "T.3", "U.2"}
    assert (cabinet.board, cabinet.meeting) == ("cab", date(2026, 11, 10))
    assert cabinet.papers_due == date(2026, 10, 27)
    assert (scrutiny.board, scrutiny.meeting, scrutiny.items) == ("sc", None, ("U.2",))
    assert view.sentences[0].endswith(
        "Improvement Board sees it first, on 2026-10-20 (papers by 2026-10-13)."
    )


def test_decisions_that_a_change_moves() -> None:
    """18 February and 14 days are 4 March; U.2 is ready on 25 May, when no meeting is known."""
    view = review_boards(board_plan(), slip("T.1", "2m")).scenario
    assert view is not None
    moves = [(one.item, one.before, one.after, one.days, one.meeting) for one in view.gates]
    assert moves == [
        ("T.2", date(2027, 1, 12), date(2027, 5, 11), 119, True),
        ("U.2", date(2027, 5, 11), date(2027, 5, 25), 14, False),
    ]
    assert view.sentences[1] == "2 decisions move: T.2 and U.2."


def test_a_change_that_edits_the_plan() -> None:
    """A January meeting that is cancelled: the next that is held is 11 May."""
    scenario = Scenario.model_validate(
        {"changes": [{"op": "cancel_meeting", "board": "cab", "date": "2027-01-12"}]}
    )
    view = review_boards(board_plan(), scenario).scenario
    assert view is not None
    assert (view.gates[0].item, view.gates[0].after) == ("T.2", date(2027, 5, 11))


def test_a_change_that_no_board_hears_of() -> None:
    boards = [{"id": "ib", "title": "Improvement Board", "oversees": ["U"]}]
    view = review_boards(board_plan(boards=boards, gates=[], blackouts=[]), slip("T.3", "1d"))
    assert view.scenario is not None
    assert view.scenario.first_board is None
    assert (
        "it concerns Improvement Board, and no meeting to come is known"
        in (view.scenario.sentences[0])
    )
    view = review_boards(
        board_plan(boards=boards, gates=[], blackouts=[], links=[]), slip("T.1", "1d")
    )
    assert view.scenario is not None
    assert view.scenario.hearings == ()
    assert "no board gates or oversees anything that moves" in view.scenario.sentences[0]
    assert view.scenario.sentences[1] == "Every decision stays where it is."


def test_an_empty_scenario() -> None:
    view = review_boards(board_plan(), Scenario()).scenario
    assert view is not None
    assert view.sentences == ("Nothing is changed, so no board has anything to hear.",)


# -- Words and little plans -----------------------------------------------------------------------


_SENTENCES = """
Of 8 decisions, 5 fall on known meetings, 1 lies beyond the last known one, 1 is taken and 1 waits \
for no meeting. 1 proposed gate holds nothing yet.
The nearest cliff: with 12 days' slip of T.1 “Title of T.1”, T.2 “Title of T.2” misses Cabinet on \
2027-01-12 and waits 119 days, for 2027-05-11.
That makes T, T.2 and T.3 newly late.
2 decisions have no known input (U.1 and U.7): what would make them late, nobody has said.
2 decisions are planned for a time in which the board does not meet: U.2 and U.7.
Pre-election period, 2027-03-01 to 2027-05-06: takes away 1 meeting, moves 1 decision (U.7) and \
holds up 1 item (U.3).
No meeting of 2 boards is known: give a register of meetings or a calendar (.ics) beside the plan.
"""


def test_the_sentences(review: BoardReview) -> None:
    assert list(review.sentences) == _SENTENCES.strip().splitlines()


def test_one_board_alone(review: BoardReview) -> None:
    alone = review_boards(board_plan(), board="improvement board")
    assert [one.id for one in alone.boards] == ["ib"]
    assert [one.item for one in alone.gates] == ["U.1", "U.5", "U.6"]
    assert alone.blackouts == ()
    with pytest.raises(UnknownIdError, match='no board "cabinet office"'):
        review_boards(board_plan(), board="cabinet office")
    assert [one.id for one in review_boards(board_plan(), board="cab").boards] == ["cab"]
    assert len(review_boards(board_plan(), board="cab").blackouts[0].caught) == 1
    assert review.since == date(2026, 8, 31)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"boards": [], "gates": [], "blackouts": []}, "The plan names no board"),
        ({"gates": []}, "No item has an accepted gate, so no date waits for any of 4 boards."),
        (
            {"gates": [], "blackouts": [], "boards": [{"id": "x", "title": "Board X"}]},
            "No item has an accepted gate, so no date waits for this board.",
        ),
    ],
)
def test_plans_without_boards_or_gates(changes: dict[str, Any], said: str) -> None:
    found = review_boards(board_plan(**changes))
    assert found.sentences[0].startswith(said)
    assert found.cliffs == ()


def test_a_plan_without_dates() -> None:
    document = {
        "start": None,
        "status_date": None,
        "items": [{"id": "A", "kind": "action", "title": "A"}],
        "links": [],
        "boards": [{"id": "x", "title": "X", "meetings": {"rule": "FREQ=MONTHLY;BYDAY=1TU"}}],
        "gates": [],
        "blackouts": [],
    }
    found = review_boards(board_plan(**document))
    assert (found.since, found.boards[0].meets) == (None, False)
    assert found.sentences[-1].startswith("No meeting of X is known")
    document["boards"] = [{"id": "x", "title": "X", "meetings": {"dates": ["2026-10-20"]}}]
    document["gates"] = [{"item": "A", "board": "x"}]
    found = review_boards(board_plan(**document))
    assert (found.gates[0].state, found.boards[0].meetings[0].gates) == ("no-date", ())
    assert found.sentences == ("The only decision has no date.",)

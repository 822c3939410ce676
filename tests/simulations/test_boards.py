"""Which board hears first: papers in time, gates and oversight, inherited along the breakdown."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from graphmodel.moments import DAY
from graphmodel.planfile import parse_plan
from simulations.boards import FirstBoards, heard_from

if TYPE_CHECKING:
    from graphmodel.spans import Span

# Tuesdays: Cabinet on the first of each month (1 September, 6 October 2026), the board of officers
# on 8 and 22 September.
PLAN: dict[str, Any] = {
    "schema": "knockon/plan@1",
    "id": "wex",
    "start": "2026-04-01",
    "status_date": "2026-08-31",
    "boards": [
        {
            "id": "cab",
            "title": "Cabinet",
            "oversees": ["T"],
            "meetings": {"rule": "FREQ=MONTHLY;BYDAY=1TU"},
            "papers_lead": "14d",
        },
        {
            "id": "ob",
            "title": "Officers",
            "meetings": {"dates": ["2026-08-25", "2026-09-08", "2026-09-22T14:00"]},
        },
    ],
    "items": [
        {"id": "T", "kind": "theme", "title": "Adults"},
        {"id": "A", "kind": "action", "title": "Model", "parent": "T"},
        {"id": "A.1", "kind": "milestone", "title": "Consult", "parent": "A"},
        {"id": "A.2", "kind": "milestone", "title": "Decide", "parent": "A"},
        {"id": "B", "kind": "action", "title": "Alone"},
    ],
    "links": [],
    "gates": [{"id": "g", "item": "A.2", "board": "ob"}],
}


def calendar_days(lead: Span, meeting: int) -> int:
    """Every day counts, as in a plan without a calendar."""
    assert lead.unit == "d"
    return meeting - int(lead.amount) * DAY


def first(item: str, **changes: Any) -> tuple[str, date] | None:
    plan = parse_plan(json.dumps({**PLAN, **changes}))
    found = FirstBoards(plan, calendar_days).of_item(item)
    return None if found is None else (found.board.id, found.meeting)


def board(number: int, **changes: Any) -> dict[str, Any]:
    return {**PLAN["boards"][number], **changes}


def test_papers_must_still_be_in_time() -> None:
    # Papers for 1 September were due on 18 August, for 6 October they are due on 22 September.
    assert first("A.1") == ("cab", date(2026, 10, 6))
    assert first("A.1", status_date="2026-08-18") == ("cab", date(2026, 9, 1))
    assert first("A.1", status_date="2026-08-19") == ("cab", date(2026, 10, 6))


def test_the_boards_of_an_item_are_its_own_and_those_of_what_it_is_part_of() -> None:
    assert first("A.2") == ("ob", date(2026, 9, 8)), "its gate comes before the theme's board"
    assert first("T") == first("A") == ("cab", date(2026, 10, 6))
    assert first("B") is None, "no board gates or oversees it"
    on_the_whole = [{"id": "g", "item": "A", "board": "ob"}]
    assert first("A.1", gates=on_the_whole) == ("ob", date(2026, 9, 8))


def test_a_meeting_on_the_status_date_is_not_over() -> None:
    assert first("A.2", status_date="2026-08-25") == ("ob", date(2026, 8, 25))
    assert first("A.2", status_date="2026-08-26") == ("ob", date(2026, 9, 8))
    assert first("A.2", status_date="2026-09-09") == ("ob", datetime(2026, 9, 22, 14))
    # The officers meet no more; Cabinet meets on 3 November, papers by 20 October.
    assert first("A.2", status_date="2026-09-23") == ("cab", date(2026, 11, 3))


def test_only_accepted_gates_count() -> None:
    gates = [{"id": "g", "item": "A.2", "board": "ob", "state": "proposed"}]
    assert first("A.2", gates=gates) == ("cab", date(2026, 10, 6))


def test_a_gates_own_papers_lead_beats_its_boards() -> None:
    gate = {"id": "g", "item": "A.2", "board": "ob", "papers_lead": "10d"}
    assert first("A.2", gates=[gate]) == ("ob", datetime(2026, 9, 22, 14))
    slow = [board(0), board(1, papers_lead="10d")]
    assert first("A.2", boards=slow) == ("ob", datetime(2026, 9, 22, 14))
    waived = [{**gate, "papers_lead": "0d"}]
    assert first("A.2", boards=slow, gates=waived) == ("ob", date(2026, 9, 8))


def test_a_meeting_that_is_not_held_is_not_heard() -> None:
    cancelled = {"rule": "FREQ=MONTHLY;BYDAY=1TU", "cancelled": ["2026-10-06"]}
    assert first("T", boards=[board(0, meetings=cancelled), board(1)]) == ("cab", date(2026, 11, 3))
    purdah = [{"start": "2026-10-01", "finish": "2026-11-30", "boards": ["cab"]}]
    assert first("T", blackouts=purdah) == ("cab", date(2026, 12, 1))
    once = [board(0, meetings={"dates": ["2035-06-05"]}), board(1)]
    assert first("T", boards=once) == ("cab", date(2035, 6, 5)), "however far ahead"
    never = [board(0, meetings={}), board(1)]
    assert first("T", boards=never) is None


@pytest.mark.parametrize(
    ("keys", "meeting"),
    [
        ({"status_date": None, "as_of": "2026-08-26"}, date(2026, 9, 8)),
        ({"status_date": "2026-08-20", "as_of": "2026-09-30"}, date(2026, 8, 25)),
        ({"status_date": None, "start": "2026-09-01"}, date(2026, 9, 8)),
        ({"status_date": None, "start": "2026-09-08"}, date(2026, 9, 8)),
        ({"status_date": None, "start": None}, date(2026, 8, 25)),
    ],
)
def test_without_a_status_date_the_plan_says_when_it_is(
    keys: dict[str, Any], meeting: date
) -> None:
    boards = [board(0, oversees=[]), board(1)]
    assert first("A.2", boards=boards, **keys) == ("ob", meeting)


def test_on_one_day_the_board_listed_first() -> None:
    same = {"dates": ["2026-09-08"]}
    boards = [board(0, meetings=same, papers_lead=None), board(1, meetings=same)]
    assert first("A.2", boards=boards) == ("cab", date(2026, 9, 8))
    boards.reverse()
    assert first("A.2", boards=boards) == ("ob", date(2026, 9, 8))


def test_the_first_of_several_items() -> None:
    boards = FirstBoards(parse_plan(json.dumps(PLAN)), calendar_days)
    found = boards.of_items(["T", "A.2", "B"])
    assert found is not None
    assert (found.board.title, found.meeting) == ("Officers", date(2026, 9, 8))
    assert boards.of_items(["B"]) is None
    assert boards.of_items([]) is None


def test_a_portfolio_is_heard_from_the_latest_status_date() -> None:
    projects = [{"item": "T", "status_date": "2026-09-07"}, {"item": "B"}]
    plan = parse_plan(json.dumps({**PLAN, "status_date": None, "projects": projects}))
    assert heard_from(plan) == date(2026, 9, 7)
    # Cabinet's papers for 1 September and 6 October are due on 18 August and 22 September.
    assert first("T", status_date=None, projects=projects) == ("cab", date(2026, 10, 6))


def test_every_board_hears_of_what_it_gates_or_oversees() -> None:
    plan = parse_plan(json.dumps(PLAN))
    heard = FirstBoards(plan, calendar_days).by_board(["A.2", "A.1", "B"])
    assert [(one.board.id, one.meeting, one.papers_due, one.items) for one in heard] == [
        ("ob", date(2026, 9, 8), date(2026, 9, 8), ("A.2",)),
        ("cab", date(2026, 10, 6), date(2026, 9, 22), ("A.2", "A.1")),
    ]

"""Meetings in registers: dates, rules in words, and what is cancelled."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from graphmodel.people import Meetings
from graphmodel.spans import parse_span
from loaders.meeting_rules import read_rule
from tests.loaders.small_registers import accept, make_plan, merge, refuse, sheet

HEADER = "Board | Board title | Date | State | Rule | Cancelled dates | Papers lead"


def test_dates_and_cancelled_dates_are_gathered_by_board() -> None:
    rows = (
        "TB | Transformation Board | 20/10/2026 | | | |",
        "transformation board | | 17 Nov 2026; 2026-12-15T14:00 | meets | | | 10wd",
        "TB | | 2027-01-19 | cancelled | | |",
        "TB | | | | third Tuesday of the month | 16/2/2027 |",
    )
    (board,) = accept(make_plan(), sheet("Meetings", HEADER, *rows)).boards
    assert board.meetings == Meetings(
        dates=(date(2026, 10, 20), date(2026, 11, 17), datetime(2026, 12, 15, 14, 0)),
        rule="FREQ=MONTHLY;BYDAY=3TU",
        cancelled=(date(2027, 1, 19), date(2027, 2, 16)),
    )
    assert board.papers_lead == parse_span("10wd")


def test_what_is_known_stays_and_may_be_called_back() -> None:
    meetings = {"dates": ["2026-10-20"], "cancelled": ["2026-10-20", "2026-11-17"]}
    boards = [{"id": "TB", "title": "Transformation Board", "meetings": meetings}]
    rows = ("TB | | 2026-10-20 | meets | | |", "TB | | 2026-12-15 | | | |")
    (board,) = accept(make_plan(boards=boards), sheet("Meetings", HEADER, *rows)).boards
    assert board.meetings == Meetings(
        dates=(date(2026, 10, 20), date(2026, 12, 15)), cancelled=(date(2026, 11, 17),)
    )


@pytest.mark.parametrize(
    ("words", "wanted", "title"),
    [("TCOB", "TCOB", ""), ("Culture Board", "culture-board", "Culture Board")],
)
def test_a_board_that_nobody_knows_is_made_and_told(words: str, wanted: str, title: str) -> None:
    rows = (f"{words} | | 2026-10-20 | | | |", f"{words} | | 2026-11-17 | | | |")
    merged, (problem,) = merge(make_plan(), sheet("Meetings", HEADER, *rows))
    assert (problem.code, problem.severity) == ("board-new", "info")
    new = merged.index.board(wanted)
    assert (new.title, len(new.meetings.dates)) == (title, 2)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("TB | Audit Committee | 2026-10-20 | | | |", "title-does-not-fit"),
        ("TB | | | | | |", "missing-cell"),
        ("TB | | May 2027 | | | |", "unreadable-cell"),
        ("TB | | 31/02/2027 | | | |", "unreadable-cell"),
        ("TB | | | | when it suits | |", "unreadable-cell"),
        ("TB | | | | FREQ=HOURLY | |", "bad-rule"),
        ("TB | | | | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30 | |", "bad-rule"),
    ],
)
def test_rows_that_cannot_be_used(row: str, code: str) -> None:
    problem = refuse(make_plan(), sheet("Meetings", HEADER, row))
    assert (problem.code, problem.severity) == (code, "error")


def test_a_day_said_twice_and_a_day_contradicted() -> None:
    rows = (
        "TB | | 2026-10-20 | | | |",
        "TB | | 20 October 2026 | meets | | |",
        "TB | | 2026-10-20 | cancelled | | |",
        "TB | | | | every Tuesday | |",
        "TB | | | | Mondays | |",
    )
    merged, problems = merge(make_plan(), sheet("Meetings", HEADER, *rows))
    assert [(one.code, one.severity) for one in problems] == [
        ("duplicate-meeting", "warning"),
        ("meeting-contradiction", "error"),
        ("meeting-contradiction", "error"),
    ]
    assert "Meetings!C2" in problems[1].message
    assert merged.boards[0].meetings == Meetings(
        dates=(date(2026, 10, 20),), rule="FREQ=WEEKLY;BYDAY=TU"
    )


def test_a_bad_rule_leaves_the_old_one() -> None:
    boards = [{"id": "TB", "title": "T", "meetings": {"rule": "FREQ=MONTHLY;BYDAY=3TU"}}]
    problem = refuse(
        make_plan(boards=boards), sheet("Meetings", HEADER, "TB | | | | FREQ=SECONDLY | |")
    )
    assert problem.code == "bad-rule"


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Third Tuesday of each month", "FREQ=MONTHLY;BYDAY=3TU"),
        ("the last friday", "FREQ=MONTHLY;BYDAY=-1FR"),
        ("Monthly on the 1st Monday", "FREQ=MONTHLY;BYDAY=1MO"),
        ("second Tuesday of March, June & September", "FREQ=YEARLY;BYMONTH=3,6,9;BYDAY=2TU"),
        ("weekly on Thursday", "FREQ=WEEKLY;BYDAY=TH"),
        ("Wednesdays", "FREQ=WEEKLY;BYDAY=WE"),
        ("rrule:freq=monthly;byday=3tu", "FREQ=MONTHLY;BYDAY=3TU"),
    ],
)
def test_rules_in_words(words: str, rule: str) -> None:
    assert read_rule(words) == rule


@pytest.mark.parametrize(
    "words", ["monthly", "third Tuesday of Smarch", "fifth Monday", "as needed"]
)
def test_words_that_are_no_rule(words: str) -> None:
    with pytest.raises(ValueError, match="third Tuesday of the month"):
        read_rule(words)

"""When boards meet: dates, rules, what is cancelled, blackouts, and what scenarios change."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphmodel.errors import PlanError, ScenarioError
from graphmodel.meetings import (
    add_meeting,
    cancel_meeting,
    meeting_anchor,
    meeting_instants,
    move_meeting,
)
from graphmodel.moments import finish_instant, show_finish
from graphmodel.people import Blackout, Board, Meetings
from graphmodel.planfile import parse_plan

APRIL = date(2026, 4, 1)
#: Third Tuesdays: 21 April, 19 May, 16 June, 21 July 2026.
THIRD = "FREQ=MONTHLY;BYDAY=3TU"
PURDAH = Blackout(
    start=date(2026, 5, 5), finish=date(2026, 6, 4), boards=("cab",), reason="pre-election period"
)


def board(*dates: date, rule: str | None = None, cancelled: tuple[date, ...] = ()) -> Board:
    meetings = Meetings(dates=dates, rule=rule, cancelled=cancelled)
    return Board(id="cab", title="Cabinet", meetings=meetings)


def days(one: Board, *blackouts: Blackout, until: date = date(2026, 7, 31)) -> list[str]:
    """Return when a board meets, counted from April 2026."""
    instants = meeting_instants(one, anchor=APRIL, blackouts=blackouts, until=finish_instant(until))
    return [str(show_finish(instant, hours=True)) for instant in instants]


def test_dates_and_rule_add_up() -> None:
    both = board(date(2026, 6, 2), date(2026, 4, 21), date(2026, 1, 6), rule=THIRD)
    assert days(both) == [
        "2026-01-06",
        "2026-04-21",
        "2026-05-19",
        "2026-06-02",
        "2026-06-16",
        "2026-07-21",
    ], "ascending, 21 April once, and a listed date before the plan's start is a meeting too"
    assert days(board()) == []


def test_a_day_is_its_last_instant_and_a_time_that_minute() -> None:
    instants = meeting_instants(board(date(2026, 4, 21), datetime(2026, 4, 21, 14)), anchor=None)
    assert instants == [
        (date(2026, 4, 21).toordinal() - date(1970, 1, 1).toordinal()) * 1440 + 14 * 60,
        (date(2026, 4, 22).toordinal() - date(1970, 1, 1).toordinal()) * 1440,
    ]


def test_a_cancelled_day_takes_all_its_meetings_a_time_just_one() -> None:
    two = (datetime(2026, 4, 20, 9), datetime(2026, 4, 20, 14), date(2026, 4, 21))
    assert days(board(*two, cancelled=(date(2026, 4, 20),))) == ["2026-04-21"]
    assert days(board(*two, cancelled=(datetime(2026, 4, 20, 9),))) == [
        "2026-04-20 14:00:00",
        "2026-04-21",
    ]
    assert days(board(rule=THIRD, cancelled=(date(2026, 5, 19), date(2030, 1, 1)))) == [
        "2026-04-21",
        "2026-06-16",
        "2026-07-21",
    ]


def test_a_blackout_holds_for_the_boards_it_names_and_for_both_its_ends() -> None:
    listed = board(*(date(2026, month, day) for month, day in [(5, 4), (5, 5), (6, 4), (6, 5)]))
    assert days(listed, PURDAH) == ["2026-05-04", "2026-06-05"]
    assert len(days(listed, PURDAH.model_copy(update={"boards": ("other",)}))) == 4
    assert len(days(listed, PURDAH.model_copy(update={"boards": ()}))) == 4


def test_nothing_after_the_last_instant_that_is_wanted() -> None:
    one = board(date(2026, 4, 21), date(2026, 4, 22), rule=THIRD)
    assert days(one, until=date(2026, 4, 21)) == ["2026-04-21"]
    assert days(one, until=date(2026, 4, 20)) == []


@given(
    listed=st.lists(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=8),
    cancelled=st.lists(st.dates(date(2026, 1, 1), date(2026, 3, 31)), max_size=4),
    periods=st.lists(
        st.tuples(st.dates(date(2026, 1, 1), date(2026, 3, 31)), st.integers(0, 20)), max_size=3
    ),
    weekly=st.booleans(),
)
def test_meetings_are_days_looked_at_one_by_one(
    listed: list[date], cancelled: list[date], periods: list[tuple[date, int]], *, weekly: bool
) -> None:
    """A slow oracle over the days of one quarter; 1 January 2026 is a Thursday."""
    rule = "FREQ=WEEKLY;BYDAY=TH" if weekly else None
    blackouts = [
        Blackout(start=begin, finish=begin + timedelta(days=length), boards=("cab",))
        for begin, length in periods
    ]
    expected = []
    for number in range(90):
        day = date(2026, 1, 1) + timedelta(days=number)
        meets = day in listed or (weekly and number % 7 == 0)
        closed = any(one.start <= day <= one.finish for one in blackouts)
        if meets and day not in cancelled and not closed:
            expected.append(finish_instant(day))
    one = board(*listed, rule=rule, cancelled=tuple(cancelled))
    assert expected == meeting_instants(
        one,
        anchor=date(2026, 1, 1),
        blackouts=blackouts,
        until=finish_instant(date(2026, 3, 31)),
    )


def plan(boards: list[dict[str, Any]], **keys: Any) -> str:
    items = [{"id": "a", "kind": "action", "title": "A", "planned": {"finish": "2027-03-31"}}]
    document = {"schema": "knockon/plan@1", "id": "p", "items": items, "boards": boards, **keys}
    return json.dumps(document)


def test_rules_are_counted_from_the_plans_start_or_its_first_year() -> None:
    monthly = {"id": "cab", "meetings": {"rule": "FREQ=MONTHLY"}}
    assert meeting_anchor(parse_plan(plan([monthly], start="2026-04-15"))) == date(2026, 4, 15)
    assert meeting_anchor(parse_plan(plan([monthly]))) == date(2027, 1, 1)
    earlier = {"id": "b", "meetings": {"dates": ["2026-09-01T10:00"]}}
    assert meeting_anchor(parse_plan(plan([monthly, earlier]))) == date(2026, 1, 1)
    assert meeting_anchor(parse_plan(plan([monthly], items=[]))) is None
    assert meeting_anchor(parse_plan(plan([earlier]))) is None, "no rule needs one"


def test_a_rule_with_nothing_else_to_count_from_begins_with_the_listed_year() -> None:
    instants = meeting_instants(
        board(date(2026, 3, 3), rule="FREQ=MONTHLY"),
        anchor=None,
        until=finish_instant(date(2026, 3, 31)),
    )
    assert [str(show_finish(instant)) for instant in instants] == [
        "2026-01-01",
        "2026-02-01",
        "2026-03-01",
        "2026-03-03",
    ]
    with pytest.raises(PlanError) as caught:
        meeting_instants(board(rule=THIRD), anchor=None)
    assert str(caught.value) == (
        'The meeting rule of the board "Cabinet" has nothing to be counted from: '
        "give the plan a start."
    )


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("every month", 'is "every month", which is no iCalendar RRULE'),
        ("FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2", "never meets from 2026-04-01 on"),
        ("FREQ=HOURLY", "asks for several meetings a day"),
    ],
)
def test_a_plan_with_a_bad_rule_cannot_be_read(rule: str, fault: str) -> None:
    cabinet = {"id": "cab", "title": "Cabinet", "meetings": {"rule": rule}}
    with pytest.raises(PlanError) as caught:
        parse_plan(plan([cabinet], start="2026-04-01"))
    sentence = str(caught.value)
    assert 'The meeting rule of the board "Cabinet" ' in sentence
    assert fault in sentence
    assert sentence.count(". ") == 0, "one sentence"
    with pytest.raises(PlanError, match="The meeting rule of the board"):
        meeting_instants(board(rule=rule), anchor=APRIL)


def test_cancelling_takes_away_the_meetings_of_a_day() -> None:
    one = board(datetime(2026, 5, 12, 9), datetime(2026, 5, 12, 14), rule=THIRD)
    assert days(cancel_meeting(one, date(2026, 5, 12), anchor=APRIL)) == days(board(rule=THIRD))
    just_one = cancel_meeting(one, datetime(2026, 5, 12, 9), anchor=APRIL)
    assert "2026-05-12 14:00:00" in days(just_one)
    without = cancel_meeting(board(rule=THIRD), date(2026, 5, 19), anchor=APRIL)
    assert days(without) == ["2026-04-21", "2026-06-16", "2026-07-21"]


def test_adding_brings_back_what_was_cancelled_and_nothing_else() -> None:
    one = board(datetime(2026, 5, 12, 9), datetime(2026, 5, 12, 14), cancelled=(date(2026, 5, 12),))
    assert days(one) == []
    assert days(add_meeting(one, datetime(2026, 5, 12, 14), anchor=APRIL)) == [
        "2026-05-12 14:00:00"
    ]
    assert days(add_meeting(one, date(2026, 5, 12), anchor=APRIL)) == ["2026-05-12"]
    third = cancel_meeting(board(rule=THIRD), date(2026, 5, 19), anchor=APRIL)
    assert days(add_meeting(third, date(2026, 5, 19), anchor=APRIL)) == days(board(rule=THIRD))
    assert "2026-05-18" in days(add_meeting(third, date(2026, 5, 18), anchor=APRIL))


def test_a_moved_meeting_keeps_its_time_of_day() -> None:
    one = board(datetime(2026, 5, 12, 14, 30), rule=THIRD)
    moved = move_meeting(one, date(2026, 5, 12), date(2026, 5, 14), anchor=APRIL)
    assert days(moved) == [
        "2026-04-21",
        "2026-05-14 14:30:00",
        "2026-05-19",
        "2026-06-16",
        "2026-07-21",
    ]
    moved = move_meeting(one, date(2026, 5, 12), datetime(2026, 5, 12, 10), anchor=APRIL)
    assert "2026-05-12 10:00:00" in days(moved)
    moved = move_meeting(one, date(2026, 5, 19), date(2026, 5, 26), anchor=APRIL)
    assert "2026-05-26" in days(moved)
    assert "2026-05-19" not in days(moved)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (
            date(2026, 5, 20),
            (
                "Cabinet does not meet on 2026-05-20: "
                "its nearest meetings are 2026-05-19 and 2026-06-16."
            ),
        ),
        (
            datetime(2026, 5, 19, 14),
            (
                "Cabinet does not meet on 2026-05-19T14:00: "
                "its nearest meetings are 2026-04-21 and 2026-05-19."
            ),
        ),
        (
            date(2026, 4, 20),
            "Cabinet does not meet on 2026-04-20: its nearest meeting is 2026-04-21.",
        ),
    ],
)
def test_a_date_without_a_meeting_names_the_nearest(day: date, sentence: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        cancel_meeting(board(rule=THIRD), day, anchor=APRIL)
    assert str(caught.value) == sentence
    with pytest.raises(ScenarioError) as caught:
        move_meeting(board(rule=THIRD), day, date(2026, 8, 1), anchor=APRIL)
    assert str(caught.value) == sentence


def test_a_board_without_meetings_has_none_to_cancel() -> None:
    with pytest.raises(ScenarioError) as caught:
        cancel_meeting(board(), APRIL, anchor=APRIL)
    assert str(caught.value) == (
        "Cabinet has no known meeting: there is none to cancel or to move."
    )


def test_a_meeting_in_a_blackout_is_none() -> None:
    third = board(rule=THIRD)
    with pytest.raises(ScenarioError, match="nearest meetings are 2026-04-21 and 2026-06-16"):
        cancel_meeting(third, date(2026, 5, 19), anchor=APRIL, blackouts=[PURDAH])
    sentence = (
        "Cabinet cannot meet on 2026-06-04: no meetings from 2026-05-05 to 2026-06-04 "
        "(pre-election period)."
    )
    with pytest.raises(ScenarioError) as caught:
        add_meeting(third, date(2026, 6, 4), anchor=APRIL, blackouts=[PURDAH])
    assert str(caught.value) == sentence
    with pytest.raises(ScenarioError) as caught:
        move_meeting(third, date(2026, 6, 16), date(2026, 6, 4), anchor=APRIL, blackouts=[PURDAH])
    assert str(caught.value) == sentence
    added = add_meeting(third, date(2026, 6, 5), anchor=APRIL, blackouts=[PURDAH])
    assert "2026-06-05" in days(added, PURDAH)


def test_a_board_does_not_meet_twice_at_once() -> None:
    sentence = "Cabinet meets on 2026-05-19 already."
    with pytest.raises(ScenarioError) as caught:
        add_meeting(board(rule=THIRD), date(2026, 5, 19), anchor=APRIL)
    assert str(caught.value) == sentence
    for day in (date(2026, 6, 16), date(2026, 5, 19)):
        with pytest.raises(ScenarioError) as caught:
            move_meeting(board(rule=THIRD), day, date(2026, 5, 19), anchor=APRIL)
        assert str(caught.value) == sentence


def test_the_plan_keeps_its_board() -> None:
    one = board(date(2026, 5, 12), rule=THIRD)
    before = one.model_dump()
    cancel_meeting(one, date(2026, 5, 12), anchor=APRIL)
    move_meeting(one, date(2026, 5, 12), date(2026, 5, 13), anchor=APRIL)
    add_meeting(one, date(2026, 5, 13), anchor=APRIL)
    assert one.model_dump() == before


def test_a_daily_rule_goes_on_to_the_end_of_2200() -> None:
    instants = meeting_instants(board(rule="FREQ=DAILY"), anchor=APRIL)
    assert len(instants) == (date(2200, 12, 31) - APRIL).days + 1

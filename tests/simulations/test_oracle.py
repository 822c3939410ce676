"""The oracle itself, held against small cases worked out by hand (DESIGN 5.1 to 5.5).

Every expected date is counted on the calendar of 2026 (1 June is a Monday) from the words of the
rule that the case is about; nothing here asks the engine.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.oracle.holidays import bank_holidays
from tests.oracle.scheduler import Oracle
from tests.oracle.shifts import calendars_of
from tests.oracle.small import Items, build, fs, june, lies

FIVE = ("mon", "tue", "wed", "thu", "fri")
OFFICE: dict[str, Any] = {
    "id": "office",
    "week": {day: [["09:00", "17:00"]] for day in FIVE},
}
NIGHT: dict[str, Any] = {
    "id": "night",
    "week": {day: [["22:00", "06:00"]] for day in FIVE},
    "exceptions": [{"from": "2026-06-03", "to": "2026-06-03"}],
}


def snet(kind: str, day: str, **rest: Any) -> list[dict[str, Any]]:
    return [{"type": kind, "date": day, **rest}]


# -- Calendars (5.2) ------------------------------------------------------------------------------


def test_bank_holidays_of_a_plain_year_and_of_one_with_substitutes() -> None:
    assert bank_holidays(2026) == {
        *(date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4)),
        *(date(2026, 5, 25), date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28)),
    }
    assert {date(2022, 1, 3), date(2022, 12, 26), date(2022, 12, 27)} <= bank_holidays(2022)
    assert {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)} <= bank_holidays(2022)


@pytest.mark.parametrize(
    ("duration", "finish"),
    [
        ("5wd", 5),
        ("6wd", 8),  # over a weekend
        ("40h", 5),  # 8 hours are a day
        ("6d", 6),  # calendar days run through it
    ],
)
def test_durations_on_england(duration: str, finish: int) -> None:
    oracle = Oracle(build([{"id": "a", "duration": duration}]))
    assert lies(oracle, "a") == june(1, finish)


def test_a_bank_holiday_is_no_working_day() -> None:
    oracle = Oracle(build([{"id": "a", "duration": "2wd"}], start="2026-05-23"))  # a Saturday
    assert lies(oracle, "a") == (date(2026, 5, 26), date(2026, 5, 27))


def test_work_on_office_hours_goes_from_minute_to_minute() -> None:
    plan = build(
        [{"id": "a", "duration": "12h"}, {"id": "b", "duration": "30min"}],
        fs("a", "b"),
        calendar="office",
        calendars=[OFFICE],
    )
    oracle = Oracle(plan)
    first, second = oracle.place("a"), oracle.place("b")
    assert (first.start, first.finish) == (datetime(2026, 6, 1, 9), datetime(2026, 6, 2, 13))
    assert (second.start, second.finish) == (
        datetime(2026, 6, 2, 13),
        datetime(2026, 6, 2, 13, 30),
    )


def test_a_night_shift_belongs_to_the_day_it_starts() -> None:
    """The holiday on Wed 3 June takes away the shift from that evening to Thursday morning."""
    plan = build(
        [{"id": "a", "duration": "3wd", "calendar": "night"}],
        calendars=[NIGHT],
    )
    placed = Oracle(plan).place("a")
    assert (placed.start, placed.finish) == (datetime(2026, 6, 1, 22), datetime(2026, 6, 5, 6))


def test_a_child_calendar_keeps_its_parents_holidays() -> None:
    child = {"id": "child", "parent": "england", "week": OFFICE["week"]}
    work = calendars_of(build([], calendars=[child]))["child"]
    assert work.of_day(date(2026, 5, 25)) == ()
    assert work.of_day(date(2026, 5, 26)) == (
        (datetime(2026, 5, 26, 9), datetime(2026, 5, 26, 17)),
    )


def test_a_working_exception_beats_a_holiday() -> None:
    days = [
        {"from": "2026-06-01", "to": "2026-06-05"},
        {"from": "2026-06-03", "to": "2026-06-03", "hours": [["10:00", "12:00"]]},
    ]
    calendar = {**OFFICE, "exceptions": days}
    plan = build([{"id": "a", "duration": "3h"}], calendar="office", calendars=[calendar])
    placed = Oracle(plan).place("a")
    assert (placed.start, placed.finish) == (datetime(2026, 6, 3, 10), datetime(2026, 6, 8, 10))


def test_zero_lag_hands_the_instant_straight_to_the_successors_week() -> None:
    mondays = {"id": "mondays", "week": {"mon": [["00:00", "24:00"]]}, "hours_per_day": 24}
    plan = build(
        [{"id": "a", "duration": "2d"}, {"id": "b", "duration": "1wd", "calendar": "mondays"}],
        fs("a", "b"),
        calendars=[mondays],
    )
    assert lies(Oracle(plan), "b") == june(8, 8)


@pytest.mark.parametrize(
    ("which", "finish"),
    [
        # From Fri 5 June 24:00, two working days more.
        ("successor", date(2026, 6, 7)),  # a seven-day week: Sat, Sun
        ("predecessor", date(2026, 6, 9)),  # England: Mon, Tue
        ("project", date(2026, 6, 9)),  # nobody names one: England
        ("elapsed", date(2026, 6, 6)),  # 2 x 8 hours of the wall: Sat 16:00
    ],
)
def test_lag_calendars(which: str, finish: date) -> None:
    week = {day: [["00:00", "24:00"]] for day in (*FIVE, "sat", "sun")}
    plan = build(
        [
            {"id": "a", "duration": "5wd", "calendar": "england"},
            {"id": "b", "duration": "0d", "calendar": "seven"},
        ],
        fs("a", "b", lag="2wd"),
        calendars=[{"id": "seven", "week": week, "hours_per_day": 24}],
        options={"lag_calendar": which},
    )
    assert Oracle(plan).place("b").shown_finish == finish


def test_float_is_in_working_days_where_a_calendar_governs() -> None:
    oracle = Oracle(build([{"id": "a", "duration": "1wd"}, {"id": "b", "duration": "14d"}]))
    assert oracle.total_float("a") == 9  # two weeks have ten working days


# -- Constraints (5.3.2) --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("constraints", "placed", "room"),
    [
        (snet("SNET", "2026-06-04"), june(4, 6), 14),
        (snet("FNET", "2026-06-10"), june(8, 10), 10),
        (snet("SNLT", "2026-06-04"), june(1, 3), 3),
        (snet("FNLT", "2026-06-10"), june(1, 3), 7),
        (snet("MSO", "2026-06-04"), june(4, 6), 0),
        (snet("MFO", "2026-06-10"), june(8, 10), 0),
        (snet("MSO", "2026-05-25", hard=True), (date(2026, 5, 25), date(2026, 5, 27)), 0),
        ([{"type": "ALAP"}], june(18, 20), 0),
    ],
)
def test_constraints_on_three_days_beside_twenty(
    constraints: list[dict[str, Any]], placed: tuple[date, date], room: int
) -> None:
    items: Items = [
        {"id": "a", "duration": "3d", "constraints": constraints},
        {"id": "b", "duration": "20d"},
    ]
    oracle = Oracle(build(items))
    assert lies(oracle, "a") == placed
    assert oracle.total_float("a") == room


def test_a_hard_pin_gives_its_predecessor_negative_float() -> None:
    items: Items = [
        {"id": "a", "duration": "5d"},
        {"id": "b", "duration": "2d", "constraints": snet("MSO", "2026-06-03", hard=True)},
    ]
    oracle = Oracle(build(items, fs("a", "b")))
    assert lies(oracle, "b") == june(3, 4)
    assert (oracle.total_float("a"), oracle.total_float("b")) == (-3, 0)


def test_alap_moves_up_to_its_successor_and_nobody_else() -> None:
    items: Items = [
        {"id": "a", "duration": "2d", "constraints": [{"type": "ALAP"}]},
        {"id": "b", "duration": "3d", "constraints": snet("SNET", "2026-06-11")},
        {"id": "c", "duration": "20d"},
    ]
    oracle = Oracle(build(items, fs("a", "b")))
    assert lies(oracle, "a") == june(9, 10)
    assert lies(oracle, "b") == june(11, 13)
    assert oracle.free_float("a") == 0
    assert oracle.driven_by("b") == {"a"}


def test_alap_in_ms_project_goes_to_the_late_dates() -> None:
    items: Items = [
        {"id": "a", "duration": "2d", "constraints": [{"type": "ALAP"}]},
        {"id": "b", "duration": "3d"},
        {"id": "c", "duration": "20d"},
    ]
    oracle = Oracle(build(items, fs("a", "b"), options={"scheduling_mode": "ms-project"}))
    assert lies(oracle, "a") == june(16, 17)
    assert lies(oracle, "b") == june(18, 20)


def test_a_deadline_caps_the_late_finish_and_moves_nothing() -> None:
    items: Items = [
        {"id": "a", "duration": "5d", "deadlines": [{"date": "2026-06-03"}]},
        {"id": "b", "duration": "9d"},
    ]
    oracle = Oracle(build(items))
    assert lies(oracle, "a") == june(1, 5)
    assert oracle.total_float("a") == -2


def test_fixed_stands_whatever_pushes_and_loe_spans_its_links() -> None:
    items: Items = [
        {"id": "a", "duration": "10d"},
        {
            "id": "f",
            "scheduling": "fixed",
            "planned": {"start": "2026-06-03", "finish": "2026-06-04", "precision": "range"},
        },
        {"id": "z", "duration": "2d"},
        {"id": "l", "type": "loe", "duration": "1d"},
    ]
    links = [fs("a", "f"), fs("a", "z"), fs("a", "l", type="SS"), fs("z", "l", type="FF")]
    oracle = Oracle(build(items, *links))
    assert lies(oracle, "f") == june(3, 4)
    assert lies(oracle, "l") == june(1, 12)
    assert oracle.total_float("l") is None


def test_a_split_lengthens_the_span_and_a_levelling_delay_moves_the_start() -> None:
    items: Items = [
        {"id": "a", "duration": "4d", "splits": [{"after": "1d", "gap": "3d"}]},
        {"id": "b", "duration": "2d", "levelling_delay": "5d"},
    ]
    oracle = Oracle(build(items, fs("a", "b")))
    assert lies(oracle, "a") == june(1, 7)
    assert lies(oracle, "b") == june(13, 14)
    assert oracle.total_float("a") == 0


# -- Progress (5.3.7) -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "placed"),
    [("plan", june(11, 12)), ("p6", june(10, 11)), ("ms-project", june(1, 2))],
)
def test_what_has_not_begun_and_the_status_date(mode: str, placed: tuple[date, date]) -> None:
    plan = build(
        [{"id": "a", "duration": "2d"}],
        status_date="2026-06-10",
        options={"scheduling_mode": mode},
    )
    assert lies(Oracle(plan), "a") == placed


@pytest.mark.parametrize(
    ("progress", "finish"), [("retained_logic", 24), ("progress_override", 14)]
)
def test_the_rest_of_begun_work(progress: str, finish: int) -> None:
    """The rest of a runs from 11 to 20 June, the 4 days left of b from there or from 11 June."""
    items: Items = [
        {"id": "a", "duration": "20d", "percent": 50.0},
        {"id": "b", "duration": "9d", "remaining": "4d"},
    ]
    begun = {"status": "in_progress", "actual_start": "2026-06-03"}
    plan = build(
        [{**item, **begun} for item in items],
        fs("a", "b"),
        status_date="2026-06-10",
        options={"progress": progress},
    )
    oracle = Oracle(plan)
    assert lies(oracle, "a") == june(3, 20)
    assert lies(oracle, "b") == june(3, finish)


# -- Parents, floats ------------------------------------------------------------------------------


@pytest.mark.parametrize(("links", "start"), [("finish", 1), ("leaves", 11)])
def test_links_into_a_parent(links: str, start: int) -> None:
    items: Items = [
        {"id": "a", "duration": "10d"},
        {"id": "p", "kind": "action"},
        {"id": "c", "parent": "p", "duration": "2d"},
    ]
    oracle = Oracle(build(items, fs("a", "p"), options={"parent_links": links}))
    assert oracle.place("c").shown_start == date(2026, 6, start)
    assert oracle.place("p").shown_finish == date(2026, 6, 12 if links == "leaves" else 10)


def test_both_links_of_a_ladder_are_measured() -> None:
    """SS and FF between one pair: b starts with a and can only finish 2 days after it."""
    items = [{"id": "a", "duration": "10d"}, {"id": "b", "duration": "3d"}]
    links = [fs("a", "b", type="SS"), fs("a", "b", type="FF", lag="2d")]
    oracle = Oracle(build(items, *links))
    assert lies(oracle, "b") == june(10, 12)
    assert oracle.driven_by("b") == {"a"}
    assert [oracle.drives(hold) for hold in oracle.into["b"]] == [False, True]

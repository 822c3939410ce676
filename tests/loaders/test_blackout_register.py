"""Blackouts in registers."""

from __future__ import annotations

from datetime import date
from typing import Any

from graphmodel.people import Blackout
from tests.loaders.small_registers import accept, make_plan, merge, refuse, sheet

HEADER = "From | To | Reason | Boards | Tags"
ELECTION: dict[str, Any] = {"start": "2027-03-22", "finish": "2027-05-06", "reason": "election"}


def test_a_row_makes_a_blackout() -> None:
    row = "22/03/2027 | 6 May 2027 | election | Transformation Board | consultation; moves"
    (made,) = accept(make_plan(), sheet("Blackouts", HEADER, row)).blackouts
    assert made == Blackout(
        start=date(2027, 3, 22),
        finish=date(2027, 5, 6),
        reason="election",
        boards=("TB",),
        tags=("consultation", "moves"),
    )


def test_the_days_of_a_blackout_change_where_its_reason_says_which_it_is() -> None:
    plan = make_plan(blackouts=[ELECTION | {"tags": ["t"]}, {**ELECTION, "reason": "summer"}])
    row = "2027-03-22 | 2027-05-13 | election | TB |"
    first, second = accept(plan, sheet("Blackouts", HEADER, row)).blackouts
    assert (first.finish, first.tags, first.boards) == (date(2027, 5, 13), ("t",), ("TB",))
    assert second == plan.blackouts[1]


def test_two_blackouts_of_one_reason_are_known_by_their_days() -> None:
    plan = make_plan(blackouts=[ELECTION | {"tags": ["t"]}])
    rows = ("2027-03-22 | 2027-05-06 | election | | t", "2028-03-20 | 2028-05-04 | election | | t")
    blackouts = accept(plan, sheet("Blackouts", HEADER, *rows)).blackouts
    assert [one.start.year for one in blackouts] == [2027, 2028]


def test_a_blackout_that_holds_nothing_up_is_told() -> None:
    merged, (problem,) = merge(
        make_plan(), sheet("Blackouts", HEADER, "2027-03-22 | 2027-05-06 | election | |")
    )
    assert (problem.code, problem.severity) == ("blackout-without-effect", "warning")
    assert len(merged.blackouts) == 1


def test_boards_that_are_not_there_are_told_and_left_out() -> None:
    merged, (problem,) = merge(
        make_plan(), sheet("Blackouts", HEADER, "2027-03-22 | 2027-05-06 | election | TB; Zoo |")
    )
    assert (problem.code, merged.blackouts[0].boards) == ("unknown-board", ("TB",))


def test_a_blackout_cannot_end_before_it_starts() -> None:
    problem = refuse(make_plan(), sheet("Blackouts", HEADER, "2027-05-06 | 2027-03-22 | x | TB |"))
    assert (problem.code, problem.severity) == ("range-reversed", "error")


def test_a_repeated_row_is_told() -> None:
    row = "2027-03-22 | 2027-05-06 | election | TB |"
    merged, (problem,) = merge(make_plan(), sheet("Blackouts", HEADER, row, row))
    assert (problem.code, len(merged.blackouts)) == ("duplicate-blackout", 1)

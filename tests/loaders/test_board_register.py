"""Boards in registers."""

from __future__ import annotations

import pytest

from graphmodel.spans import parse_span
from tests.loaders.small_registers import accept, make_plan, merge, refuse, sheet

HEADER = "Id | Title | Also | Kind | Oversees | Chair | Members | Reports to | Papers lead"


def test_a_row_fills_every_field_of_a_board() -> None:
    rows = (
        "SC | Scrutiny Committee | Scrutiny | assurance | A; B | The Chair | One; Two | cab | 10wd",
        " | Cabinet | cab | | | | | |",
    )
    merged = accept(make_plan(), sheet("Boards", HEADER, *rows))
    board = merged.index.board("SC")
    assert (board.title, board.also, board.kind) == (
        "Scrutiny Committee",
        ("Scrutiny",),
        "assurance",
    )
    assert (board.oversees, board.chair, board.members) == (("A", "B"), "The Chair", ("One", "Two"))
    assert (board.reports_to, board.papers_lead) == ("cabinet", parse_span("10wd"))


def test_what_a_row_leaves_blank_stays() -> None:
    boards = [{"id": "TB", "title": "Transformation Board", "chair": "Chief", "papers_lead": "2w"}]
    plan = make_plan(boards=boards)
    merged = accept(plan, sheet("Boards", HEADER, "TB | | | | B | | | |"))
    assert merged.boards[0] == plan.boards[0].model_copy(update={"oversees": ("B",)})


def test_items_that_are_not_there_are_not_overseen() -> None:
    merged, (problem,) = merge(make_plan(), sheet("Boards", HEADER, "TB | | | | A; Z | | | |"))
    assert (problem.code, problem.severity) == ("unknown-item", "error")
    assert merged.boards[0].oversees == ("A",)


@pytest.mark.parametrize(("higher", "code"), [("Nobody", "unknown-board"), ("TB", "board-circle")])
def test_boards_that_cannot_be_reported_to(higher: str, code: str) -> None:
    problem = refuse(make_plan(), sheet("Boards", HEADER, f"TB | | | | | | | {higher} |"))
    assert (problem.code, problem.severity) == (code, "error")


def test_a_board_listed_twice_is_told() -> None:
    rows = ("TB | | | | | One | | |", "TB | | | | | Two | | |")
    merged, (problem,) = merge(make_plan(), sheet("Boards", HEADER, *rows))
    assert (problem.code, merged.boards[0].chair) == ("duplicate-board", "One")


def test_a_title_that_does_not_fit_is_a_problem() -> None:
    problem = refuse(make_plan(), sheet("Boards", HEADER, "TB | Audit Committee | | | | | | |"))
    assert problem.code == "title-does-not-fit"

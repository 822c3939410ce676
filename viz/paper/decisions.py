"""Decisions of boards: when each is due, how near its cliff is, and who hears of a change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.words import join_words
from viz.paper.blocks import Bullets, Column, Named, Section, Spread, Text
from viz.paper.wording import make_table
from viz.words import say_dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from queries.boards import BoardReview
    from queries.boards_gates import GateFacts
    from queries.boards_hearings import ScenarioView
    from viz.paper.blocks import Block, Cell

__all__ = ["lay_out_decisions"]

#: Entries of an agenda that are named before the rest is counted.
_NAMED: Final = 6

_STATES: Final = {
    "no-meeting-known": "no known meeting",
    "no-date": "no date",
    "decided": "decided",
    "not-held": "waits for no meeting",
}
_WHY: Final = {
    "no-input": "nobody has said what would make it late",
    "inputs-done": "what it waits for is done",
    "no-meeting": "its meeting is not known",
    "no-slip": "no slip moves it",
}


def lay_out_decisions(review: BoardReview) -> Section:
    """Return the section on gates and cliffs."""
    blocks: list[Block] = [Bullets(tuple(map(say_dates, review.sentences)))]
    if review.scenario is not None:
        blocks.extend(_after_the_change(review.scenario))
    blocks.extend(_cliffs(review))
    blocks.extend(_others(review))
    blocks.extend(_agendas(review))
    return Section("decisions", "Decisions, papers and cliffs", tuple(blocks))


def _after_the_change(view: ScenarioView) -> Iterator[Block]:
    yield Text(say_dates(" ".join(view.sentences)))
    if view.gates:
        columns = (
            Column("Decision", 46), Column("Board", 28), Column("Without it", 14),
            Column("With it", 18), Column("Moves by", 16, "days"),
        )  # fmt: skip
        rows = tuple(
            (
                Named(one.item, one.title),
                one.board_title,
                one.before,
                Spread(one.after, one.after_if_work),
                Spread(one.days, one.days_if_work),
            )
            for one in view.gates
        )
        yield make_table("Decisions moved", "Decisions that the change moves", columns, rows)


def _cliffs(review: BoardReview) -> Iterator[Block]:
    rows: list[tuple[Cell, ...]] = []
    for gate in review.cliffs:
        cliff = gate.cliff
        if cliff is not None:
            late = f"; {join_words(cliff.newly_late)} late then" if cliff.newly_late else ""
            rows.append(
                (
                    Named(gate.item, gate.title),
                    gate.board_title,
                    gate.meeting,
                    gate.papers_due,
                    cliff.slip_days,
                    cliff.cost_days,
                    f"{cliff.input} {cliff.input_title}{late}",
                )
            )
    if rows:
        columns = (
            Column("Decision", 40), Column("Board", 26), Column("Meeting", 14),
            Column("Papers due", 14), Column("Missed by a slip of", 12, "days"),
            Column("Which costs", 12, "days"), Column("Of", 40),
        )  # fmt: skip
        caption = "Cliffs: the least slip that misses a meeting, and the wait for the next one"
        yield make_table("Cliffs", caption, columns, tuple(rows))


def _others(review: BoardReview) -> Iterator[Block]:
    rows = tuple(
        (Named(gate.item, gate.title), gate.board_title, gate.forecast, gate.papers_due, _why(gate))
        for gate in review.gates
        if gate.cliff is None
    )
    if rows:
        columns = (
            Column("Decision", 46), Column("Board", 28), Column("Forecast", 14),
            Column("Papers due", 14), Column("Why it has no cliff", 34),
        )  # fmt: skip
        yield make_table("Other decisions", "Decisions without a cliff", columns, rows, 10)


def _why(gate: GateFacts) -> str:
    if gate.state != "meeting":
        return _STATES[gate.state]
    return "" if gate.no_cliff is None else _WHY[gate.no_cliff]


def _agendas(review: BoardReview) -> Iterator[Block]:
    """Yield the meetings to come that have something on them, in order of time."""
    found = sorted(
        (
            (agenda.papers_due, agenda.meeting, board.title, agenda)
            for board in review.boards
            for agenda in board.meetings
            if agenda.entries
        ),
        key=lambda one: (str(one[1]), one[2]),
    )
    rows = tuple(
        (
            title,
            meeting,
            papers,
            join_words([*agenda.gates[:_NAMED], *_more(len(agenda.gates))]),
            join_words([*agenda.items[:_NAMED], *_more(len(agenda.items))]),
            "crowded" if agenda.crowded else "",
        )
        for papers, meeting, title, agenda in found
    )
    if rows:
        columns = (
            Column("Board", 32), Column("Meeting", 14), Column("Papers due", 14),
            Column("Decides on", 30), Column("Hears of the finish of", 34), Column("Note", 10),
        )  # fmt: skip
        yield make_table("Meetings", "Meetings to come with something on them", columns, rows, 12)


def _more(number: int) -> list[str]:
    return [f"{number - _NAMED} more"] if number > _NAMED else []

"""One board as a page: what it decides and when, what it oversees, and when it meets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from graphmodel.spans import parse_span
from graphmodel.words import join_words
from viz.paper.blocks import Bullets, Column, Figure, Section, Table, Text
from viz.paper.decisions import lay_out_decisions
from viz.paper.views import list_rows, make_view
from viz.paper.wording import make_table
from viz.words import show_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from queries.boards import BoardReview
    from queries.boards_meetings import BoardFacts
    from viz.itemrows import ItemRow
    from viz.paper.blocks import Block, Paper

__all__ = ["view_board"]


def view_board(review: BoardReview, rows: Sequence[ItemRow]) -> Paper:
    """Return the page about the one board that a review was asked about.

    Parameters
    ----------
    review
        The answer of `queries.boards.review_boards` with ``board``.
    rows
        Every item of the plan (`viz.itemrows.describe_items`).
    """
    (board,) = review.boards
    decisions = lay_out_decisions(review)
    overseen = _overseen(review, board, rows)
    sections = (
        replace(decisions, title="Decisions", blocks=tuple(_own(decisions.blocks[1:]))),
        Section("oversees", "What it oversees", (list_rows(overseen),) if overseen else ()),
        Section("meetings", "When it meets", tuple(_meetings(board))),
        Section("relations", "How it stands to others", tuple(_relations(review, board))),
    )
    return make_view(
        review.plan, board.title, review.sentences, _figures(review, board),
        [one for one in sections if one.blocks],
    )  # fmt: skip


def _figures(review: BoardReview, board: BoardFacts) -> Iterator[Figure]:
    open_ = sum(one.state != "decided" for one in review.gates)
    yield Figure(f"{open_:,}", "decision to come" if open_ == 1 else "decisions to come")
    yield Figure(f"{len(board.meetings):,}", "meetings known")
    if board.next_meeting is not None:
        yield Figure(show_date(board.next_meeting.meeting), "next meeting")
        yield Figure(show_date(board.next_meeting.papers_due), "its papers are due")


def _overseen(review: BoardReview, board: BoardFacts, rows: Sequence[ItemRow]) -> list[ItemRow]:
    """Return what the board oversees with everything below it, in the order of the plan."""
    index, over = review.plan.index, set(board.oversees)
    return [one for one in rows if over.intersection((one.id, *index.ancestors(one.id)))]


def _own(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks on decisions without the board's own name; meetings have a section."""
    for one in blocks:
        if isinstance(one, Table):
            if one.name == "Meetings":
                continue
            kept = [n for n, column in enumerate(one.columns) if column.heading != "Board"]
            yield replace(
                one,
                columns=tuple(one.columns[n] for n in kept),
                rows=tuple(tuple(row[n] for n in kept) for row in one.rows),
            )
        else:
            yield one


def _meetings(board: BoardFacts) -> Iterator[Block]:
    rows = tuple(
        (one.meeting, one.papers_due, join_words(list(one.gates)), join_words(list(one.items)))
        for one in board.meetings
    )
    if rows:
        columns = (
            Column("Meeting", 14), Column("Papers due", 14), Column("Decides on", 40),
            Column("Hears of the finish of", 40),
        )  # fmt: skip
        yield make_table("Meetings", "Meetings to come", columns, rows)
    elif board.meets:
        yield Text(f"The last known meeting was on {show_date(board.last_meeting)}.")
    else:
        yield Text("No meeting is known: give a register of meetings or a calendar (.ics).")
    if board.papers_lead is not None:
        yield Text(f"Papers are due {parse_span(board.papers_lead).words} before a meeting.")


def _relations(review: BoardReview, board: BoardFacts) -> Iterator[Block]:
    titles = {one.id: one.name for one in review.plan.boards}
    titles |= {one.id: one.name for one in review.plan.officers}
    titles[review.plan.id] = review.plan.title or review.plan.id
    told = []
    if board.reports_to is not None:
        told.append(f"It reports to {titles.get(board.reports_to, board.reports_to)}.")
    for one in board.relations:
        ends = [titles.get(end, end) for end in (one.from_, one.to)]
        when = join_words([part for part in (one.on, one.cadence) if part])
        told.append(
            f"{ends[0]} {one.type.replace('_', ' ')} {ends[1]}{f' ({when})' if when else ''}."
        )
    if told:
        yield Bullets(tuple(told))

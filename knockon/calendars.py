"""Meetings of a plan as a calendar file: each with what is decided at it."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from graphmodel.words import count
from loaders.writers.calendar import MeetingNotes, write_meetings
from viz.words import show_date

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from loaders.writers.calendar import Written
    from queries.boards import BoardReview
    from queries.boards_gates import GateFacts
    from queries.boards_meetings import Agenda

__all__ = ["write_calendar"]


def write_calendar(review: BoardReview, path: str | Path) -> Written:
    """Write the meetings of the boards that were asked about as an iCalendar file.

    Each meeting holds the decisions that are forecast for it; days on which papers are due stand
    beside it as events of their own, for the meetings to come.

    Raises
    ------
    FileError
        The file cannot be written.
    """
    asked = {board.id for board in review.boards}
    boards = [board for board in review.plan.boards if board.id in asked]
    return write_meetings(review.plan, boards, path, until=review.until, notes=_notes(review))


def _notes(review: BoardReview) -> dict[tuple[str, date], MeetingNotes]:
    decided: dict[tuple[str, date], list[GateFacts]] = defaultdict(list)
    for gate in review.gates:
        if gate.meeting is not None:
            decided[gate.board, gate.meeting].append(gate)
    return {
        (board.id, one.meeting): _note(
            one, decided[board.id, one.meeting], has_lead=board.papers_lead is not None
        )
        for board in review.boards
        for one in board.meetings
    }


def _note(agenda: Agenda, gates: list[GateFacts], *, has_lead: bool) -> MeetingNotes:
    due = [agenda.papers_due] if has_lead else []
    due += [gate.papers_due for gate in gates if gate.papers_due is not None]
    days = {one.date() if isinstance(one, datetime) else one for one in due}
    meeting = agenda.meeting
    days.discard(meeting.date() if isinstance(meeting, datetime) else meeting)
    return MeetingNotes(tuple(_lines(agenda, gates)), tuple(sorted(days)))


def _lines(agenda: Agenda, gates: list[GateFacts]) -> Iterator[str]:
    if gates:
        yield "For decision:"
        for gate in gates:
            yield f"{gate.item}  {gate.title} (papers by {show_date(gate.papers_due)})"
    if agenda.items:
        verb = "finishes" if len(agenda.items) == 1 else "finish"
        yield f"{count(len(agenda.items), 'item')} it oversees {verb}: {', '.join(agenda.items)}"

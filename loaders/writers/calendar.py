"""Meetings written as an iCalendar file (RFC 5545), for Outlook, Google and a board's secretary.

One event for each meeting, and one of a whole day for each day on which papers are due. Times are
local wall times without a zone, as a plan's are; nothing has an alarm. A meeting keeps its UID for
as long as it is on its day, so a file that is written again changes what a calendar holds and adds
nothing twice. ``DTSTAMP`` is the plan's own date, never that of the machine.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Final

from graphmodel.files import write_bytes
from graphmodel.meetings import known_meetings
from graphmodel.moments import finish_instant, show_finish, write_moment
from graphmodel.recurrence import LAST_INSTANT
from loaders.calendar_events import BOARD_KEY, KIND_KEY, PAPERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from icalendar import Event

    from graphmodel.people import Board
    from graphmodel.plan import Plan

__all__ = ["MeetingNotes", "Written", "write_meetings"]

#: Control codes, which no text of a calendar may hold; a line end may stand in a description.
_CONTROLS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]+")
#: The day of a calendar whose plan states none.
_NO_DAY: Final = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class MeetingNotes:
    """What is written into one meeting: the lines of its description, and when papers are due."""

    lines: tuple[str, ...] = ()
    papers_due: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """How many meetings and days on which papers are due a calendar holds."""

    meetings: int
    papers: int


def write_meetings(
    plan: Plan,
    boards: Sequence[Board],
    path: str | Path,
    *,
    until: date | None = None,
    notes: Mapping[tuple[str, date], MeetingNotes] | None = None,
) -> Written:
    """Write the valid meetings of boards, and those that are cancelled as cancelled.

    Parameters
    ----------
    boards
        Those of the plan whose meetings are wanted.
    until
        The last day of which meetings are written of a rule that has no end; listed dates are
        written whenever they are.
    notes
        What to write into meetings, by the id of the board and the day or date with time.

    Raises
    ------
    FileError
        The file cannot be written.
    """
    from icalendar import Calendar, vText  # noqa: PLC0415 - heavy

    calendar = Calendar()
    calendar.add("prodid", "-//knockon//knockon//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar["X-WR-CALNAME"] = vText(_line(_name(plan, boards)))
    writer = _Writer(plan, notes or {})
    meetings = papers = 0
    for board in boards:
        for event in writer.meetings(board, until):
            calendar.add_component(event)
            meetings += 1
        for event in writer.papers(board):
            calendar.add_component(event)
            papers += 1
    write_bytes(path, calendar.to_ical())
    return Written(meetings, papers)


def _name(plan: Plan, boards: Sequence[Board]) -> str:
    return boards[0].name if len(boards) == 1 else f"Meetings: {plan.title or plan.id}"


class _Writer:
    """Makes the events of one plan."""

    def __init__(self, plan: Plan, notes: Mapping[tuple[str, date], MeetingNotes]) -> None:
        self.plan, self.notes = plan, notes
        stamp = plan.status_date or plan.as_of or plan.start or _NO_DAY
        day = stamp.date() if isinstance(stamp, datetime) else stamp
        self.stamp = datetime.combine(day, time.min, UTC)

    def meetings(self, board: Board, until: date | None) -> Iterator[Event]:
        """Yield the meetings of a board in order, cancelled ones among them."""
        valid = set(self._instants(board, until))
        meetings = board.meetings.model_copy(update={"cancelled": ()})
        planned = self._instants(board.model_copy(update={"meetings": meetings}), until)
        for instant in planned:
            moment = show_finish(instant, hours=True)
            yield self._meeting(board, moment, is_held=instant in valid)

    def _instants(self, board: Board, until: date | None) -> list[int]:
        """Return the valid meetings: listed ones whenever they are, those of a rule up to a day."""
        last = LAST_INSTANT if until is None else finish_instant(until)
        listed = board.meetings.model_copy(update={"rule": None})
        found = set(known_meetings(self.plan, board.model_copy(update={"meetings": listed})))
        return sorted(found.union(known_meetings(self.plan, board, last)))

    def _meeting(self, board: Board, moment: date, *, is_held: bool) -> Event:
        notes = self.notes.get((board.id, moment), MeetingNotes())
        event = self._event(board, "MEETING", moment, board.name)
        event.add("status", "CONFIRMED" if is_held else "CANCELLED")
        if notes.lines:
            event.add("description", "\n".join(map(_line, notes.lines)))
        return event

    def papers(self, board: Board) -> Iterator[Event]:
        """Yield a whole day for each day on which papers of a meeting are due."""
        for (wanted, moment), notes in self.notes.items():
            if wanted != board.id:
                continue
            for due in dict.fromkeys(notes.papers_due):
                day = due.date() if isinstance(due, datetime) else due
                title = f"Papers due: {board.name}, {write_moment(moment)}"
                event = self._event(board, PAPERS, day, title, write_moment(moment))
                event.add("transp", "TRANSPARENT")
                yield event

    def _event(self, board: Board, kind: str, moment: date, title: str, *more: str) -> Event:
        from icalendar import Event, vText  # noqa: PLC0415 - heavy

        event = Event()
        event.add("uid", self._uid(board.id, kind, write_moment(moment), *more))
        event.add("dtstamp", self.stamp)
        event.add("dtstart", moment)
        event.add("summary", _line(title))
        event[BOARD_KEY] = vText(board.id)
        event[KIND_KEY] = vText(kind)
        return event

    def _uid(self, *parts: str) -> str:
        """Return an id that the same meeting of the same plan has in every file."""
        key = "\x1f".join((self.plan.id, *parts)).encode("utf-8", "surrogatepass")
        return f"{hashlib.sha256(key).hexdigest()[:32]}@knockon"


def _line(text: str) -> str:
    """Return a text without control codes and line ends, as one line of a calendar's text."""
    plain = " ".join(_CONTROLS.sub(" ", text).split())
    return plain.encode("utf-8", "replace").decode("utf-8")

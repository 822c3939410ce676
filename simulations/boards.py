"""Which board hears of it first (DESIGN 5.4, ``first_board``).

Of the boards that gate or oversee a moved item, or anything it is part of, the first to hear of it
is the one with the earliest valid meeting on or after the status date for which papers can still
be handed in. The papers lead is the gate's own where the board is met through a gate that has one,
else the board's; only accepted gates count. Without a status date the plan's ``as_of`` stands for
it, then the plan's start; a plan with none of these has every meeting before it.

On one day, the board that the plan lists first comes first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.meetings import meeting_anchor, meeting_instants
from graphmodel.moments import DAY, finish_instant, show_finish, start_instant
from graphmodel.recurrence import LAST_INSTANT
from graphmodel.spans import ZERO, Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from graphmodel.people import Board
    from graphmodel.plan import Plan
    from simulations.compiled import Compiled
    from simulations.worktimes import WorkTimes

__all__ = [
    "BoardMeeting",
    "Deadline",
    "FirstBoards",
    "Heard",
    "Hearing",
    "count_deadlines",
    "heard_from",
    "heard_since",
]

#: From a papers lead and a meeting's instant to the latest instant at which papers are in time.
Deadline = Callable[[Span, int], int]

#: How far ahead meetings are looked for at first: a rule goes on for ever.
_AHEAD: Final = 3 * 366 * DAY
#: A meeting's instant and the number of its board: in order of time, then of the plan.
_Found = tuple[int, int]
#: The number of a board, and its papers lead where it is met this way.
_Seat = tuple[int, Span]


@dataclass(frozen=True, slots=True)
class BoardMeeting:
    """A board, and the day, or date with time, on which it meets."""

    board: Board
    meeting: date


@dataclass(frozen=True, slots=True)
class Hearing:
    """A board that gates or oversees something, and when it can first hear of it.

    ``meeting`` is None where no meeting is known for which papers can still be handed in.
    """

    id: str
    title: str
    meeting: date | None


@dataclass(frozen=True, slots=True)
class Heard:
    """What a board hears of: the items, and its first meeting whose papers are not due yet.

    ``meeting`` and ``papers_due``, the last day on which papers are in time, are None where no such
    meeting is known.
    """

    board: Board
    meeting: date | None
    papers_due: date | None
    items: tuple[str, ...]


def count_deadlines(times: WorkTimes) -> Deadline:
    """Return the deadlines of papers as the calendars of a plan count them."""

    def deadline(lead: Span, meeting: int) -> int:
        return times.deadline(times.measure(lead, None, "The papers lead of a board"), meeting)

    return deadline


class FirstBoards:
    """The first board to hear of each item, worked out as it is asked for.

    Parameters
    ----------
    plan
        The plan with the scenario's edits: a cancelled meeting is none, and a waived papers lead
        lets a board hear sooner.
    deadline
        Working time is counted by whoever asks: see `Deadline`.
    """

    def __init__(self, plan: Plan, deadline: Deadline) -> None:
        self._plan = plan
        self._deadline = deadline
        self._since = heard_since(plan)
        self._anchor = meeting_anchor(plan)
        self._seats = _seats(plan)
        self._first: dict[tuple[int, Span], _Found | None] = {}
        self._found: dict[str, _Found | None] = {}
        self._above: dict[str, frozenset[_Seat]] = {}

    @classmethod
    def of(cls, compiled: Compiled) -> FirstBoards:
        """Return the boards of a compiled plan, with papers leads counted as it counts them."""
        return cls(compiled.plan, count_deadlines(compiled.times))

    def of_item(self, item: str) -> BoardMeeting | None:
        """Return the first board to hear of an item, or None where no board can."""
        return self._told(self._of_item(item))

    def of_items(self, items: Iterable[str]) -> BoardMeeting | None:
        """Return the first board to hear of any of these items."""
        return self._told(_earliest(self._of_item(item) for item in items))

    def hearing(self, items: Iterable[str]) -> tuple[Hearing, ...]:
        """Return every board that gates or oversees any of these items, or what one is part of.

        The first to meet comes first, then the first in the plan; those without a meeting last.
        """
        if not self._seats:
            return ()
        first: dict[int, _Found | None] = {}
        for seat in frozenset().union(*{self.seats_of(item) for item in items}):
            board = seat[0]
            first[board] = _earliest([first.get(board), self._meeting(*seat)])
        ordered = sorted(first.items(), key=lambda one: one[1] or (LAST_INSTANT + 1, one[0]))
        return tuple(self._hearing(board, found) for board, found in ordered)

    def _hearing(self, board: int, found: _Found | None) -> Hearing:
        one = self._plan.boards[board]
        meeting = None if found is None else show_finish(found[0], hours=True)
        return Hearing(one.id, one.name, meeting)

    def by_board(self, items: Iterable[str]) -> tuple[Heard, ...]:
        """Return as `hearing` does who hears, with what each hears of and when papers are due."""
        told: dict[int, list[str]] = {}
        leads: dict[int, set[Span]] = defaultdict(set)
        for item in items:
            for board, lead in self.seats_of(item):
                told.setdefault(board, []).append(item)
                leads[board].add(lead)
        heard = [self._heard(board, leads[board], told[board]) for board in sorted(told)]
        heard.sort(key=lambda one: (one[0] is None, one[0] or 0))
        return tuple(one for _, one in heard)

    def _heard(self, board: int, leads: set[Span], items: list[str]) -> tuple[int | None, Heard]:
        """Return when a board hears of items, as an instant too."""
        meetings = [(found[0], lead) for lead in leads if (found := self._meeting(board, lead))]
        named, once = self._plan.boards[board], tuple(dict.fromkeys(items))
        if not meetings:
            return None, Heard(named, None, None, once)
        meeting = min(instant for instant, _ in meetings)
        due = max(self._deadline(lead, meeting) for instant, lead in meetings if instant == meeting)
        shown = show_finish(meeting, hours=True), show_finish(due, hours=True)
        return meeting, Heard(named, *shown, once)

    def seats_of(self, item: str) -> frozenset[tuple[int, Span]]:
        """Return the boards that gate or oversee an item or what it is part of, with papers leads.

        A board is told by its place in the plan. Whoever asks about many items that share one such
        set may ask `hearing` about any one of them.
        """
        known = self._above.get(item)
        if known is None:
            known = frozenset()
            for one in reversed([item, *self._plan.index.ancestors(item)]):
                own = self._seats.get(one)
                known = self._above.setdefault(one, known.union(own) if own else known)
        return known

    def _of_item(self, item: str) -> _Found | None:
        found: _Found | None = None
        for one in reversed([item, *self._plan.index.ancestors(item)]):
            if one not in self._found:
                seats = [self._meeting(*seat) for seat in self._seats.get(one, ())]
                self._found[one] = _earliest([found, *seats])
            found = self._found[one]
        return found

    def _meeting(self, board: int, lead: Span) -> _Found | None:
        """Return a board's first meeting whose papers are not due yet."""
        key = board, lead
        if key not in self._first:
            soon = min(LAST_INSTANT, (self._since or 0) + _AHEAD)
            found = self._search(board, lead, soon)
            self._first[key] = found or self._search(board, lead, LAST_INSTANT)
        return self._first[key]

    def _search(self, board: int, lead: Span, until: int) -> _Found | None:
        meetings = meeting_instants(
            self._plan.boards[board],
            anchor=self._anchor,
            blackouts=self._plan.blackouts,
            until=until,
        )
        since = self._since
        if since is None:
            return (meetings[0], board) if meetings else None
        for meeting in meetings[bisect_left(meetings, since) :]:
            if self._deadline(lead, meeting) >= since:
                return meeting, board
        return None

    def _told(self, found: _Found | None) -> BoardMeeting | None:
        if found is None:
            return None
        meeting, board = found
        return BoardMeeting(self._plan.boards[board], show_finish(meeting, hours=True))


def heard_from(plan: Plan) -> date | None:
    """Return the day from which boards hear: the status date, else ``as_of``, else the start."""
    return _status_day(plan) or plan.start


def heard_since(plan: Plan) -> int | None:
    """Return the instant that papers must not be due before; None where the plan has no date."""
    status = _status_day(plan)
    if status is not None:
        return finish_instant(status)
    return None if plan.start is None else start_instant(plan.start)


def _status_day(plan: Plan) -> date | None:
    """Return the day that the plan was last looked at; of a portfolio, that of the latest plan."""
    status = plan.status_date or plan.as_of
    if status is None and plan.projects:
        stated = [one.status_date for one in plan.projects if one.status_date is not None]
        status = max(stated, key=finish_instant, default=None)
    return status


def _seats(plan: Plan) -> dict[str, list[_Seat]]:
    """Return by item the boards that gate or oversee it, each with its papers lead."""
    number = {board.id: place for place, board in enumerate(plan.boards)}
    seats: dict[str, list[_Seat]] = defaultdict(list)
    for gate in plan.gates:
        if gate.state == "accepted":
            board = number[gate.board]
            lead = plan.boards[board].papers_lead if gate.papers_lead is None else gate.papers_lead
            seats[gate.item].append((board, lead or ZERO))
    for board, one in enumerate(plan.boards):
        for item in one.oversees:
            seats[item].append((board, one.papers_lead or ZERO))
    return seats


def _earliest(found: Iterable[_Found | None]) -> _Found | None:
    return min((one for one in found if one is not None), default=None)

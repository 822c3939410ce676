"""What boards meet on: the agenda of each coming meeting, its papers, and which are crowded.

A meeting's agenda is the gates that are forecast for it, and what the board oversees that finishes
in time for its papers and too late for those of the meeting before.

A meeting is *crowded* where it takes three decisions or more, or where there are at least ten
things on its agenda and twice as many as the board's meetings have on average.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from graphmodel.meetings import known_meetings
from graphmodel.moments import DAY, finish_instant
from graphmodel.recurrence import LAST_INSTANT
from graphmodel.spans import ZERO
from queries.boards_instants import shown
from simulations.boards import count_deadlines, heard_since
from simulations.codes import NEVER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graphmodel.people import Board, Relation
    from queries.boards_gates import GateFacts
    from simulations.scenarios import Baseline

__all__ = ["CROWD", "Agenda", "BoardFacts", "MeetingReader"]

#: Decisions from which a meeting is crowded.
CROWD: Final = 3
#: Entries of an agenda from which it can be crowded by their number alone, and how many times the
#: board's average that has to be.
_MANY: Final = 10
_TIMES: Final = 2
#: How far beyond the plan's last date meetings are listed: they are there to slip to.
_BEYOND: Final = 366 * DAY

_OVER: Final = frozenset({"complete", "cancelled"})


@dataclass(frozen=True, slots=True)
class Agenda:
    """One meeting of a board that is still to come.

    Attributes
    ----------
    papers_due
        The last day on which papers are in time, by the board's own rule.
    gates
        Ids of the items that the board is forecast to decide on, in the order of the plan.
    items
        Ids of what it oversees, without parts, that is forecast to finish in time for its papers
        and after those of the meeting before.
    crowded
        Whether there is more on it than on others; see above.
    """

    meeting: date
    papers_due: date
    gates: tuple[str, ...]
    items: tuple[str, ...]
    crowded: bool

    @property
    def entries(self) -> int:
        """How many things are on the agenda."""
        return len(self.gates) + len(self.items)


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """One board: what it gates and oversees, and its meetings from the status date on.

    Attributes
    ----------
    oversees
        Ids of the items that it is said to oversee.
    gates, proposed_gates
        Ids of the items with an accepted gate, and with one that nobody has accepted.
    relations
        What a paper says that it does: approves, challenges, holds to account, …
    papers_lead
        How long before a meeting papers are due, such as ``10wd``.
    meets
        Whether any meeting of it is known, those that are over included.
    last_meeting
        The last known meeting; None where its rule goes on for ever, or none is known.
    meetings
        Those from the status date on (else the plan's ``as_of``, else its start) until a year
        after the last date that the plan holds.
    """

    id: str
    title: str
    kind: str
    reports_to: str | None
    oversees: tuple[str, ...]
    gates: tuple[str, ...]
    proposed_gates: tuple[str, ...]
    relations: tuple[Relation, ...]
    papers_lead: str | None
    meets: bool
    last_meeting: date | None
    meetings: tuple[Agenda, ...]

    @property
    def next_meeting(self) -> Agenda | None:
        """The first meeting to come."""
        return self.meetings[0] if self.meetings else None


class MeetingReader:
    """Reads the boards of a plan that is made ready for what-ifs."""

    def __init__(self, baseline: Baseline, gates: Sequence[GateFacts]) -> None:
        self.baseline = baseline
        self.plan = baseline.plan
        self.gates = gates
        self.passes = baseline.passes["spare"]
        self.since = heard_since(self.plan)
        self._deadline = count_deadlines(baseline.compiled.times)

    def read(self, board: Board) -> BoardFacts:
        """Return what there is to say of a board."""
        is_endless = board.meetings.rule is not None and not _ends(board.meetings.rule)
        meetings = known_meetings(self.plan, board, self.horizon if is_endless else LAST_INSTANT)
        gates = [gate for gate in self.plan.gates if gate.board == board.id]
        return BoardFacts(
            id=board.id,
            title=board.name,
            kind=board.kind,
            reports_to=board.reports_to,
            oversees=board.oversees,
            gates=tuple(gate.item for gate in gates if gate.state == "accepted"),
            proposed_gates=tuple(gate.item for gate in gates if gate.state == "proposed"),
            relations=tuple(one for one in self.plan.relations if one.from_ == board.id),
            papers_lead=None if board.papers_lead is None else str(board.papers_lead),
            meets=bool(meetings),
            last_meeting=None if is_endless or not meetings else shown(meetings[-1]),
            meetings=self._agendas(board, meetings),
        )

    @cached_property
    def horizon(self) -> int:
        """The last instant of which meetings are listed."""
        stated = [
            finish_instant(one)
            for board in self.plan.boards
            for one in (*board.meetings.dates, board.meetings.since)
            if one is not None
        ]
        dates = self.passes.dates
        last = max(self.passes.last_finish, self.since or NEVER, *dates.passed, *stated)
        return LAST_INSTANT if last == NEVER else min(LAST_INSTANT, last + _BEYOND)

    def _agendas(self, board: Board, meetings: Sequence[int]) -> tuple[Agenda, ...]:
        """Return the meetings to come with what is on each."""
        first = 0 if self.since is None else bisect_left(meetings, self.since)
        coming = meetings[first : bisect_right(meetings, self.horizon)]
        due = [self._deadline(board.papers_lead or ZERO, one) for one in coming]
        items: list[list[str]] = [[] for _ in coming]
        for finish, one in self._overseen(board):
            place = bisect_left(due, finish)
            if place < len(coming):
                items[place].append(one)
        decided = [self._decided(board, shown(one)) for one in coming]
        sizes = [len(one) + len(two) for one, two in zip(decided, items, strict=True)]
        return tuple(
            Agenda(
                shown(meeting),
                shown(deadline),
                gates,
                tuple(parts),
                crowded=_is_crowded(len(gates), size, sizes),
            )
            for meeting, deadline, gates, parts, size in zip(
                coming, due, decided, items, sizes, strict=True
            )
        )

    def _decided(self, board: Board, meeting: date) -> tuple[str, ...]:
        found = (one.item for one in self.gates if (one.board, one.meeting) == (board.id, meeting))
        return tuple(dict.fromkeys(found))

    def _overseen(self, board: Board) -> list[tuple[int, str]]:
        """Return what a board oversees that is still to be done, by when it finishes.

        What it decides on stands among its gates.
        """
        index, compiled = self.plan.index, self.baseline.compiled
        gated = {gate.item for gate in self.gates if gate.board == board.id}
        below = (leaf for top in board.oversees for leaf in index.leaves(top))
        leaves = [leaf for leaf in dict.fromkeys(below) if leaf not in gated]
        finishes = self.passes.dates.finish
        return [
            (finish, leaf)
            for leaf in leaves
            if index.items[leaf].status not in _OVER
            and (finish := finishes[compiled.at[leaf]]) > (self.since or NEVER)
        ]


def _is_crowded(gates: int, size: int, sizes: Sequence[int]) -> bool:
    busy = [one for one in sizes if one]
    return gates >= CROWD or (size >= _MANY and size * len(busy) >= _TIMES * sum(busy))


def _ends(rule: str) -> bool:
    return "UNTIL=" in rule.upper() or "COUNT=" in rule.upper()

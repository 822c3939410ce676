"""Gates before the passes run: their meetings, their own date M, what counts as ready (5.3.5)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Final

from graphmodel.meetings import meeting_anchor, meeting_instants
from graphmodel.moments import DAY, finish_instant, show_finish, start_instant
from graphmodel.partial import window_start
from graphmodel.places import find_place
from graphmodel.problems import Problem
from graphmodel.recurrence import LAST_INSTANT
from graphmodel.spans import ZERO
from simulations.codes import BEGUN, DERIVED, LOGIC, NEVER, PARENT, PLANNED
from simulations.extras import merge_blackouts
from simulations.kernels.months import latest_before_months
from simulations.worktimes import NOTHING, Measured, WorkTimes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.items import Item
    from graphmodel.people import Board, Gate
    from graphmodel.plan import Plan
    from simulations.draft import Draft
    from simulations.owndates import Own

__all__ = ["GateRow", "Gating", "gate_window"]

#: Minutes of 30 years.
_GENERATION: Final = 30 * 366 * DAY
#: Items that a gate can hold; facts and fixed dates stand.
_HELD = frozenset({PLANNED, LOGIC, DERIVED, BEGUN, PARENT})


@dataclass(frozen=True, slots=True)
class GateRow:
    """One gate of an item: its own date (M, or a forecast), valid meetings, and papers lead."""

    gate: Gate
    own: int
    meetings: Sequence[int]
    lead: Measured


def gate_window(item: Item) -> tuple[int, int] | None:
    """Return the window of a gated item: the first instant, and the last; None without dates."""
    first, last = window_start(item.planned), item.planned.finish
    if first is None or last is None:
        return None
    return start_instant(first), finish_instant(last)


class Gating:
    """The accepted gates of a plan, by item.

    Attributes
    ----------
    rows
        The gates of each gated item in order.
    findings
        Windows without a meeting, and meetings nobody knows.
    """

    def __init__(self, plan: Plan, times: WorkTimes, draft: Draft) -> None:
        self.plan = plan
        self.times = times
        self.draft = draft
        self.rows: dict[str, tuple[GateRow, ...]] = {}
        self.findings: list[Problem] = []
        self._meetings: dict[tuple[str, frozenset[str]], list[int]] = {}
        gates: dict[str, list[Gate]] = {}
        position = plan.index.position
        for gate in plan.gates:
            if gate.state == "accepted" and draft.how[position[gate.item]] in _HELD:
                gates.setdefault(gate.item, []).append(gate)
        for one, found in gates.items():
            self._place(plan.index.items[one], sorted(found, key=lambda gate: gate.order))

    @cached_property
    def _horizon(self) -> int:
        """How far ahead meetings are looked for: as far again as the plan goes, and a generation.

        A rule goes on for ever; what lies beyond is told as a meeting nobody knows.
        """
        draft = self.draft
        first = max(ground.start for ground in draft.grounds)
        starts, finishes = max(draft.start), max(draft.finish)
        work = sum(draft.length)
        latest = max(first, starts, finishes, finish_instant(date(1970, 1, 1)))
        return min(LAST_INSTANT, latest + 4 * work + _GENERATION)

    @cached_property
    def _anchor(self) -> date | None:
        return meeting_anchor(self.plan)

    @cached_property
    def _boards(self) -> dict[str, Board]:
        return {board.id: board for board in self.plan.boards}

    def _place(self, item: Item, gates: list[Gate]) -> None:
        rows: list[GateRow] = []
        for gate in gates:
            meetings = self._valid(gate.board, item)
            meeting = self._own_meeting(item, gate, meetings)
            own = meeting if item.forecast is None else finish_instant(item.forecast)
            rows.append(GateRow(gate, own, meetings, self._lead(gate)))
        self.rows[item.id] = tuple(rows)

    def _valid(self, board: str, item: Item) -> list[int]:
        """Return a board's valid meetings, less those inside a blackout that names the item."""
        tags = frozenset(item.tags)
        key = (board, tags)
        if key not in self._meetings:
            found = meeting_instants(
                self._boards[board],
                anchor=self._anchor,
                blackouts=self.plan.blackouts,
                until=self._horizon,
            )
            tagged = [one for one in self.plan.blackouts if tags & set(one.tags)]
            for start, end in merge_blackouts(tagged):
                found = [meeting for meeting in found if not start < meeting <= end]
            self._meetings[key] = found
        return self._meetings[key]

    def _lead(self, gate: Gate) -> Measured:
        board = self._boards[gate.board]
        lead = gate.papers_lead if gate.papers_lead is not None else board.papers_lead
        calendar = self.draft.ground(self.plan.index.position[gate.item]).calendar
        return self.times.measure(lead or ZERO, calendar, f'The papers lead of "{board.name}"')

    def _own_meeting(self, item: Item, gate: Gate, meetings: Sequence[int]) -> int:
        """Return M: the last valid meeting in the window, else the first after it."""
        window = gate_window(item)
        if window is None:
            return NEVER
        first, last = window
        inside = bisect_right(meetings, last)
        if inside and first < meetings[inside - 1]:
            return meetings[inside - 1]
        if inside == len(meetings):
            return last  # no meeting is known: the planned date stands, the forward pass says so
        meeting, board = meetings[inside], self._boards[gate.board]
        self.findings.append(
            Problem(
                "no-meeting-in-window",
                "warning",
                f"{board.name} does not meet between {show_finish(first + 1)} and "
                f"{show_finish(last)}, when {item.name} is to be decided: the first meeting after "
                f"is on {show_finish(meeting)}.",
                (item.id,),
                find_place(self.plan, item.source),
            )
        )
        return meeting

    def own_date(self, one: str) -> int:
        """Return a gated item's own date: that of its last gate."""
        return max(row.own for row in self.rows[one])

    def with_gates(self, one: str, own: Own, item: Item) -> Own:
        """Return a gated item's own dates: it finishes at its meeting, not on its planned date.

        A planned window is not work: the length is from its planned start to the meeting, so that
        the start stays until the finish moves.
        """
        if own.how == BEGUN and item.mode != "logic" and item.remaining is None:
            return own._replace(finish=NEVER, rest=NOTHING)
        if own.how != PLANNED:
            return own._replace(finish=NEVER)
        meeting = self.own_date(one)
        length = 0
        if item.planned.start is not None and item.type == "task":
            length = max(0, meeting - start_instant(item.planned.start))
        return own._replace(finish=NEVER, length=Measured(0, length, -1))

    def allowance(self, source: Item, target: Item, own: int, lag: Measured) -> int | None:
        """Return the same-month allowance of an input: how much before its own date it counts.

        None where it is no such input: it has a forecast or an actual date, is not of month
        precision, or its planned finish lies outside the window.
        """
        if (
            source.status == "complete"
            or source.forecast is not None
            or source.actual_finish is not None
            or source.planned.precision != "month"
            or source.planned.finish is None
        ):
            return None
        window = gate_window(target)
        if window is None or not window[0] < finish_instant(source.planned.finish) <= window[1]:
            return None
        ready = min(
            self.times.deadline(row.lead, row.own)
            for row in self.rows[target.id]
            if row.own != NEVER
        )
        if lag.minutes:
            ready = self.times.take(ready, lag._replace(months=0))
        if lag.months:
            ready = latest_before_months(ready, lag.months, 0)
        return min(0, ready - own)

"""What a board can do: meet once more, meet earlier, take papers late."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from graphmodel.errors import ScenarioError
from graphmodel.meetings import add_meeting, meeting_anchor
from graphmodel.moments import DAY, finish_instant, start_instant, write_moment
from graphmodel.partial import window_start
from graphmodel.scenario import AddMeeting, MoveMeeting, WaivePapersLead
from graphmodel.spans import Span
from simulations.codes import NEVER
from simulations.conditions import quoted
from simulations.extras import merge_blackouts
from simulations.kernels.forward import place_item, schedule_item
from simulations.kernels.gates import has_gate
from simulations.kernels.shapes import Dates
from simulations.recovery.levers import Edit, Lever, finish_moment
from simulations.recovery.results import Cure

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.people import Board, Gate
    from simulations.recovery.levers import Pull
    from simulations.recovery.trials import Trials

__all__ = [
    "Meet",
    "Waive",
    "cure_of",
    "find_meetings",
    "find_waivers",
    "gates_of",
    "nominal",
    "own_floor",
]


class Meet(Lever):
    """A board decides a number of days earlier than at the meeting it decides at now.

    Parameters
    ----------
    gate
        Row of the gate.
    kind
        Whether the board meets once more, or moves that meeting.
    first
        The earliest instant at which the item can be decided.
    """

    def __init__(
        self,
        trials: Trials,
        position: int,
        gate: int,
        kind: Literal["extra_meeting", "move_meeting"],
        first: int,
    ) -> None:
        passes = trials.base
        self._trials = trials
        self._item = trials.run.edited.items[passes.compiled.ids[position]]
        self._board = trials.run.edited.boards[passes.compiled.gates[gate].board]
        self._now = passes.dates.passed[gate]
        net = passes.compiled.net
        self._meetings = net.meetings[net.g_from[gate] : net.g_to[gate]]
        self.kind = kind  # type: ignore[misc]  # a lever of two kinds
        self.place = position
        self.name = f"{kind} {self._board.id} {self._now}"
        self.price = (self._board.id, self._board.title)
        self.ask = self._board.id
        self.most = self._most(first)

    def _most(self, first: int) -> int:
        """Return the days to the earliest one on which the board can meet, 0 for none."""
        return next((days for days in range(self._days(first), 0, -1) if self.may_meet(days)), 0)

    def _days(self, first: int) -> int:
        """Return the most days earlier that are not before an instant."""
        if self.kind == "move_meeting":  # at its own time of day
            return (self._now - first) // DAY
        return -(-self._now // DAY) - -(-first // DAY)

    def moment(self, amount: int) -> date:
        """Return the day on which the board meets, so many days before the meeting now."""
        day = finish_moment(self._now) - timedelta(days=amount)
        if isinstance(day, datetime) and self.kind == "extra_meeting":
            return day.date()
        return day

    def may_meet(self, amount: int) -> bool:
        """Return whether the board can meet then, and decide this item."""
        edited, day = self._trials.run.edited, self.moment(amount)
        plan = edited.plan
        try:
            add_meeting(self._board, day, anchor=meeting_anchor(plan), blackouts=plan.blackouts)
        except ScenarioError:
            return False
        tags = set(self._item.tags)
        tagged = [one for one in plan.blackouts if tags & set(one.tags)] if tags else []
        instant = finish_instant(day)
        return not any(start < instant <= end for start, end in merge_blackouts(tagged))

    def worth(self, amount: int) -> float:
        """Return the days until the board would have met next anyway."""
        instant = finish_instant(self.moment(amount))
        anyway = [one for one in self._meetings if one >= instant]
        return (min(anyway, default=self._now) - instant) / DAY

    def edit(self, amount: int) -> Edit:
        """Return the meeting, on the day so much earlier."""
        board, to = self._board.id, self.moment(amount)
        if self.kind == "extra_meeting":
            return Edit((AddMeeting(board=board, date=to),))
        return Edit((MoveMeeting(board=board, date=finish_moment(self._now), to=to),))

    def cure(self, amount: int) -> Cure:
        """Return the meeting on the earliest day that suffices; ``amount`` days less will do."""
        return self.told(self.most, until=amount)

    def told(self, amount: int, until: int) -> Cure:
        """Return the meeting on one day, and how many days earlier than now it must be at least."""
        on, last = self.moment(amount), self.moment(until)
        now, name = write_moment(finish_moment(self._now)), self._board.name
        other = "" if amount == until else f", or on any day it can to {write_moment(last)}"
        once_more, instead = (" once more", "") if self.kind == "extra_meeting" else ("", now)
        words = f"have {name} meet{once_more} on {write_moment(on)}{other}"
        words += f", instead of {instead}" if instead else ""
        words += f", to decide {quoted(self._trials.plan, self._item.id)}"
        if once_more and self._now in self._meetings:
            words += f" before its meeting on {now}"
        return Cure(
            kind=self.kind,
            words=words,
            item=self._item.id,
            link=None,
            by=Span(Decimal(amount), "d"),
            days=amount,
            before=None,
            after=None,
            board=self._board.id,
            on=on,
            until=last,
            asks=(name,),
            ask_ids=(self._board.id,),
            replaces=None,
            changes=self.edit(amount).adds,
        )


class Waive(Lever):
    """The papers for a gate may reach the board on the day it meets."""

    kind = "waive_papers_lead"
    most = 1

    def __init__(self, trials: Trials, position: int, gate: Gate, lead: Span) -> None:
        self._trials, self._lead = trials, lead
        self._item = trials.base.compiled.ids[position]
        self._board = trials.run.edited.boards[gate.board]
        self._gate = gate.id or gate.item
        self.place = position
        self.name = f"waive {self._gate} {gate.board}"
        self.price = (self._board.id, self._board.title)

    def worth(self, amount: int) -> float:
        """Return the days of the papers lead."""
        return amount * self._lead.in_days

    def edit(self, amount: int) -> Edit:
        """Return the waiver."""
        return Edit((WaivePapersLead(gate=self._gate),) * amount)

    def cure(self, amount: int) -> Cure:
        """Return the waiver as it is told."""
        name, lead = self._board.name, self._lead
        return Cure(
            kind=self.kind,
            words=(
                f"let the papers for {quoted(self._trials.plan, self._item)} reach {name} on the "
                f"day it meets, {lead.words} later than it asks"
            ),
            item=self._item,
            link=None,
            by=lead,
            days=lead.in_days,
            before=lead,
            after=None,
            board=self._board.id,
            on=None,
            until=None,
            asks=(name,),
            ask_ids=(self._board.id,),
            replaces=None,
            changes=self.edit(amount).adds,
        )


def gates_of(trials: Trials, position: int) -> range:
    """Return the rows of the gates of an item."""
    net = trials.base.compiled.net
    if not has_gate(net, position):
        return range(0)
    row = net.extra[position]
    return range(net.x_gate[row], net.x_gate[row + 1])


def nominal(trials: Trials, position: int, gate: int, *, is_alone: bool = False) -> int:
    """Return when an item could be decided at a gate if its board met whenever it is asked to.

    ``is_alone``: if no link and no part held the item either.
    """
    passes = trials.base
    net = passes.compiled.net
    ends, own = list(net.g_to), list(net.g_own)
    ends[gate] = net.g_from[gate]
    own[gate] = own_floor(trials, position, gate)
    free = net._replace(g_to=ends, g_own=own)
    dates = Dates(*(one[:] for one in passes.dates))
    if is_alone:
        for part in passes.compiled.parts(position):
            dates.start[part] = dates.finish[part] = NEVER
        bounds = (NEVER, NEVER, NEVER)
        place_item(free, passes.lengths, trials.changes, dates, position, *bounds)
    else:
        schedule_item(free, passes.lengths, trials.changes, dates, position)
    return dates.passed[gate]


def own_floor(trials: Trials, position: int, gate: int) -> int:
    """Return the instant after which a gate's own date is no later than a meeting put there.

    Its own date is the last meeting in its window. Where that has none, it is the first after, and
    any meeting from the window's beginning on would take its place (5.3.5).
    """
    compiled = trials.base.compiled
    own = compiled.net.g_own[gate]
    item = trials.run.edited.items[compiled.ids[position]]
    first = window_start(item.planned)
    if item.forecast is not None or first is None or item.planned.finish is None:
        return own
    is_inside = own <= finish_instant(item.planned.finish)
    return own if is_inside else start_instant(first) + 1


def find_meetings(trials: Trials, position: int) -> Iterator[Meet]:
    """Yield the levers that have a gated item decided at an earlier meeting."""
    net, dates = trials.base.compiled.net, trials.base.dates
    for gate in gates_of(trials, position):
        now = dates.passed[gate]
        is_known = now in net.meetings[net.g_from[gate] : net.g_to[gate]]
        moves_own = own_floor(trials, position, gate) != net.g_own[gate]
        if now == NEVER or not (is_known or moves_own):
            continue  # beyond the last meeting that is known, nothing has to be waited for
        first = nominal(trials, position, gate)
        for kind in ("extra_meeting", "move_meeting") if is_known else ("extra_meeting",):
            lever = Meet(trials, position, gate, kind, first)
            if lever.most:
                yield lever


def find_waivers(trials: Trials, position: int) -> Iterator[Waive]:
    """Yield the levers that waive the papers lead of an item's gates."""
    compiled = trials.base.compiled
    rows = gates_of(trials, position)
    for row in rows:
        gate = compiled.gates[row]
        board: Board = trials.run.edited.boards[gate.board]
        lead = gate.papers_lead if gate.papers_lead is not None else board.papers_lead
        if lead and (gate.id is not None or len(rows) == 1):
            yield Waive(trials, position, gate, lead)


def cure_of(pull: Pull) -> Cure:
    """Return a pull as it is told."""
    if isinstance(pull.lever, Meet):
        return pull.lever.told(pull.amount, pull.amount)
    return pull.lever.cure(pull.amount)

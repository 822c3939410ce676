"""Each gate of a plan: the meeting it is forecast for, its papers, and its cliff (DESIGN 5.3.5).

A *cliff* is the least slip of what a gate waits for that makes it miss its meeting, and the days
until the next. It is searched for by what-ifs (`simulations.cliffs`), with the gaps between dates
as spare time and as work, so nothing about it is worked out a second time.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

from graphmodel.moments import finish_instant, show_finish, show_start
from queries.boards_instants import is_meeting, shown
from simulations.cliffs import can_slip, find_fall, gate_inputs
from simulations.codes import DONE, NEVER
from simulations.gating import gate_window
from simulations.kernels.gates import papers_deadline
from simulations.passes import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from graphmodel.items import Item
    from graphmodel.people import Board, Gate
    from simulations.cliffs import Fall
    from simulations.passes import Passes
    from simulations.results import Gaps
    from simulations.scenarios import Baseline

__all__ = ["Cliff", "GateFacts", "GateReader", "GateState", "NoCliff", "sort_cliffs"]

#: How it stands with a gate: it falls on a meeting; it lies beyond the last one that is known; the
#: item has no date; it is decided, as the item is complete; nothing waits for a meeting, as the
#: item is cancelled, ongoing or has dates that stand whatever happens.
GateState = Literal["meeting", "no-meeting-known", "no-date", "decided", "not-held"]

#: Why a gate has no cliff: nothing is known that it waits for; all of that is done; its own meeting
#: is not known; or no slip of up to ten years moves it.
NoCliff = Literal["no-input", "inputs-done", "no-meeting", "no-slip"]

_OVER: Final = frozenset({"complete", "cancelled"})


@dataclass(frozen=True, slots=True)
class Cliff:
    """The least slip of one input that makes a gate miss its meeting.

    Attributes
    ----------
    input
        The item that slips, the first in the plan of those with the same least slip.
    input_finish
        When it finishes as things stand.
    same_month
        Whether it counts as ready for the papers although its own date is later, because nothing
        but its month is known (DESIGN 5.3.5).
    slip_days
        Its slip in calendar days; one day less moves nothing.
    meeting
        The meeting at which the gate is passed then; None where none is known.
    cost_days
        Days from the meeting that is missed to that one; None where none is known.
    newly_late
        Ids of what is late then and was not before, the input itself aside.
    """

    input: str
    input_title: str
    input_finish: date | None
    same_month: bool
    slip_days: int
    meeting: date | None
    cost_days: float | None
    newly_late: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GateFacts:
    """One accepted gate: what is decided, by which board, when, and how safe that is.

    Attributes
    ----------
    id
        The gate's own id, where it has one.
    order
        The place of this gate among those of its item.
    window_start, window_finish
        What the planned date of the item covers; None where it has none.
    window_has_meeting
        Whether the board meets in it; None where that is not known.
    state
        How it stands with the gate.
    forecast
        When the item passes this gate: at a meeting; where none is known, on the day from which
        one would do; where it is decided, when it was.
    meeting, meeting_if_work
        The same where it is a meeting of the board, else None; and with the gaps between dates as
        work.
    papers_due
        The last day on which papers are in time for that meeting.
    inputs
        Ids of what the gate waits for and that has a date, in the order of the plan.
    late_days
        Days by which the forecast is after the item's due date; None where it is not.
    cliff, cliff_if_work
        With the gaps between dates as spare time, and as work; None where there is none.
    no_cliff
        Why there is none with the gaps as spare time.
    """

    id: str | None
    item: str
    title: str
    board: str
    board_title: str
    order: int
    decision: str
    window_start: date | None
    window_finish: date | None
    window_has_meeting: bool | None
    state: GateState
    forecast: date | None = None
    meeting: date | None = None
    meeting_if_work: date | None = None
    papers_due: date | None = None
    inputs: tuple[str, ...] = ()
    due: date | None = None
    late_days: float | None = None
    cliff: Cliff | None = None
    cliff_if_work: Cliff | None = None
    no_cliff: NoCliff | None = None


class GateReader:
    """Reads the accepted gates of a plan that is made ready for what-ifs."""

    def __init__(self, baseline: Baseline) -> None:
        self.baseline = baseline
        self.compiled = baseline.compiled
        self.passes = baseline.passes["spare"]
        self._boards = {board.id: board for board in baseline.plan.boards}
        self._rows = {id(gate): row for row, gate in enumerate(self.compiled.gates)}

    def read(self, board: str | None = None) -> Iterator[GateFacts]:
        """Yield the accepted gates, of one board or of all, in the order of the plan."""
        for gate in self.baseline.plan.gates:
            if gate.state == "accepted" and board in {None, gate.board}:
                yield self._facts(gate)

    def meetings(self, row: int) -> Sequence[int]:
        """Return the valid meetings of a gate as instants."""
        net = self.compiled.net
        return net.meetings[net.g_from[row] : net.g_to[row]]

    def _facts(self, gate: Gate) -> GateFacts:
        item = self.baseline.plan.index.items[gate.item]
        board = self._boards[gate.board]
        row = self._rows.get(id(gate))
        if row is None:
            state = self._idle_state(item)
            finish = self.passes.finish(self.compiled.at[item.id])
            return _open_facts(gate, item, board, state, finish if state == "decided" else None)
        passed = self.passes.dates.passed[row]
        if passed == NEVER:
            return _open_facts(gate, item, board, "no-date")
        return self._dated_facts(gate, item, row, passed)

    def _idle_state(self, item: Item) -> GateState:
        """Return how it stands with a gate that holds nothing."""
        how = self.compiled.net.how[self.compiled.at[item.id]]
        return "decided" if how == DONE or item.status == "complete" else "not-held"

    def _dated_facts(self, gate: Gate, item: Item, row: int, passed: int) -> GateFacts:
        meetings = self.meetings(row)
        is_known = is_meeting(meetings, passed)
        passed_if_work = self.baseline.passes["work"].dates.passed[row]
        papers = papers_deadline(self.compiled.net, row, passed) if is_known else NEVER
        inputs = gate_inputs(self.passes, row)
        late = 0 if item.due is None else passed - finish_instant(item.due)
        spare, reason = self._cliff("spare", row, inputs)
        return GateFacts(
            **_named(gate, item, self._boards[gate.board]),
            **_window(item, meetings),
            state="meeting" if is_known else "no-meeting-known",
            forecast=shown(passed),
            meeting=shown(passed) if is_known else None,
            meeting_if_work=shown(passed_if_work) if is_meeting(meetings, passed_if_work) else None,
            papers_due=None if papers == NEVER else shown(papers),
            inputs=tuple(self.compiled.ids[one] for one in inputs),
            due=item.due,
            late_days=whole(late) if late > 0 else None,
            cliff=spare,
            cliff_if_work=spare if self._gaps_agree else self._cliff("work", row, inputs)[0],
            no_cliff=reason,
        )

    @cached_property
    def _gaps_agree(self) -> bool:
        """Whether both rules for gaps give every item the same length."""
        return self.baseline.passes["work"].lengths == self.passes.lengths

    def _cliff(
        self, gaps: Gaps, row: int, inputs: Sequence[int]
    ) -> tuple[Cliff | None, NoCliff | None]:
        """Return the cliff of a gate under a rule for gaps, else why there is none."""
        passes = self.baseline.passes[gaps]
        if not inputs:
            return None, "no-input"
        if not is_meeting(self.meetings(row), passes.dates.passed[row]):
            return None, "no-meeting"
        if all(self._is_over(one) for one in inputs):
            return None, "inputs-done"
        open_inputs = [one for one in inputs if not self._is_over(one)]
        fall = find_fall(passes, row, open_inputs)
        return (None, "no-slip") if fall is None else (self._told(passes, row, fall), None)

    def _is_over(self, position: int) -> bool:
        item = self.baseline.plan.index.items[self.compiled.ids[position]]
        return item.status in _OVER or not can_slip(self.compiled, position)

    def _told(self, passes: Passes, row: int, fall: Fall) -> Cliff:
        ids = self.compiled.ids
        known = is_meeting(self.meetings(row), fall.passed)
        return Cliff(
            input=ids[fall.source],
            input_title=self.baseline.plan.index.items[ids[fall.source]].title,
            input_finish=passes.finish(fall.source),
            same_month=self._is_same_month(row, fall.source),
            slip_days=fall.days,
            meeting=shown(fall.passed) if known else None,
            cost_days=whole(fall.passed - passes.dates.passed[row]) if known else None,
            newly_late=tuple(self._newly_late(passes, fall)),
        )

    def _is_same_month(self, row: int, source: int) -> bool:
        net = self.compiled.net
        target = self.compiled.at[self.compiled.gates[row].item]
        into = self.compiled.into(target)
        if any(net.shift[edge] for edge in into if net.source[edge] == source):
            return True
        extra = net.extra[source]
        return net.parent[source] == target and extra >= 0 and bool(net.x_shift[extra])

    def _newly_late(self, passes: Passes, fall: Fall) -> Iterator[str]:
        """Yield what a fall makes late that was not, in the order of the plan."""
        before, after = passes.dates.finish, fall.after.dates.finish
        for position, due in self._dues:
            if before[position] <= due < after[position] and position != fall.source:
                yield self.compiled.ids[position]

    @cached_property
    def _dues(self) -> list[tuple[int, int]]:
        """Each item with a due date, by position, in the order of the plan."""
        at = self.compiled.at
        return [
            (at[item.id], finish_instant(item.due))
            for item in self.baseline.plan.items
            if item.due is not None
        ]


def _named(gate: Gate, item: Item, board: Board) -> dict[str, Any]:
    """Return what a gate is, as fields."""
    return {
        "id": gate.id,
        "item": item.id,
        "title": item.title,
        "board": board.id,
        "board_title": board.name,
        "order": gate.order,
        "decision": gate.decision,
    }


def _window(item: Item, meetings: Sequence[int]) -> dict[str, Any]:
    """Return the window of a gate, and whether there is a meeting in it, as fields."""
    window = gate_window(item)
    if window is None:
        return {"window_start": None, "window_finish": None, "window_has_meeting": None}
    first, last = window
    inside = bisect_right(meetings, first) < bisect_right(meetings, last)
    is_known = inside or bisect_right(meetings, last) < len(meetings)
    return {
        "window_start": show_start(first),
        "window_finish": show_finish(last),
        "window_has_meeting": inside if is_known else None,
    }


def _open_facts(
    gate: Gate, item: Item, board: Board, state: GateState, decided: date | None = None
) -> GateFacts:
    """Return what there is to say of a gate that nothing holds any more, or ever."""
    named, window = _named(gate, item, board), _window(item, ())
    return GateFacts(**named, **window, state=state, forecast=decided, due=item.due)


def sort_cliffs(gates: Iterable[GateFacts]) -> tuple[GateFacts, ...]:
    """Return the gates with a cliff, the smallest slip first, then the greatest cost."""
    return tuple(sorted((gate for gate in gates if gate.cliff is not None), key=_edge))


def _edge(gate: GateFacts) -> tuple[float, float]:
    slip, cost = (0, None) if gate.cliff is None else (gate.cliff.slip_days, gate.cliff.cost_days)
    return slip, -(float("inf") if cost is None else cost)

"""Each gate of a plan: the meeting it is forecast for, its papers, and its cliff (DESIGN 5.3.5)."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from graphmodel.moments import finish_instant, show_finish, show_start
from queries.boards_cliffs import CliffReader
from queries.boards_instants import is_meeting, shown, valid_meetings
from simulations.cliffs import gate_inputs
from simulations.codes import DONE, NEVER
from simulations.gating import gate_window
from simulations.kernels.gates import papers_deadline
from simulations.passes import whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from graphmodel.items import Item
    from graphmodel.people import Board, Gate
    from queries.boards_cliffs import Cliff, NoCliff
    from simulations.scenarios import Baseline

__all__ = ["GateFacts", "GateReader", "GateState", "sort_cliffs"]

#: How it stands with a gate: it falls on a meeting; it lies beyond the last one that is known; the
#: item has no date; it is decided, as the item is complete; nothing waits for a meeting, as the
#: item is cancelled, ongoing or has dates that stand whatever happens.
GateState = Literal["meeting", "no-meeting-known", "no-date", "decided", "not-held"]


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
        self._cliffs = CliffReader(baseline)
        self._boards = {board.id: board for board in baseline.plan.boards}
        self._rows = {id(gate): row for row, gate in enumerate(self.compiled.gates)}

    def read(self, board: str | None = None) -> Iterator[GateFacts]:
        """Yield the accepted gates, of one board or of all, in the order of the plan."""
        for gate in self.baseline.plan.gates:
            if gate.state == "accepted" and board in {None, gate.board}:
                yield self._facts(gate)

    def meetings(self, row: int) -> Sequence[int]:
        """Return the valid meetings of a gate as instants."""
        return valid_meetings(self.compiled, row)

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
        spare, reason = self._cliffs.find("spare", row, inputs)
        work = spare if self._cliffs.gaps_agree else self._cliffs.find("work", row, inputs)[0]
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
            cliff_if_work=work,
            no_cliff=reason,
        )


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

"""Gates: meetings, papers, and inputs dated in the same month (DESIGN 5.3.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.spans import ZERO
from tests.oracle import facts
from tests.oracle.dates import NOTHING, finish_of, latest
from tests.oracle.lags import Lags
from tests.oracle.meetings import Diary, window_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from graphmodel.items import Item
    from graphmodel.people import Gate
    from graphmodel.spans import Span
    from tests.oracle.basis import Hold

__all__ = ["Gates"]


class Gates(Lags):
    """Every method is one rule about items that boards must approve."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.diary = Diary(self.plan)

    def gates_of(self, item: Item) -> list[Gate]:
        """Return the accepted gates of an item in the order in which they are passed."""
        found = [
            gate for gate in self.plan.gates if gate.item == item.id and gate.state == "accepted"
        ]
        return [] if facts.is_done(item) else sorted(found, key=lambda gate: gate.order)

    # -- Papers -----------------------------------------------------------------------------

    def papers_lead(self, gate: Gate) -> Span:
        """Return the gate's lead, else its board's, else none."""
        if gate.papers_lead is not None:
            return gate.papers_lead
        return self.diary.boards[gate.board].papers_lead or ZERO

    def ready(self, gate: Gate, instant: datetime) -> datetime:
        """Return when a board can meet at the earliest on what is done at an instant."""
        return self.plus(instant, self.papers_lead(gate), "finish", self.plan_calendar)

    def deadline(self, gate: Gate, meeting: datetime) -> datetime:
        """Return how late the papers of a meeting can be done."""
        lead = self.papers_lead(gate)
        if not lead:
            return meeting
        return latest(lambda one: self.ready(gate, one), meeting, self.step_of(lead))

    # -- Meetings ---------------------------------------------------------------------------

    def meetings(self, item: Item, gate: Gate) -> tuple[datetime, ...]:
        """Return the valid meetings of a gate."""
        return self.diary.valid(gate.board, item.tags)

    def meeting_from(self, item: Item, gate: Gate, instant: datetime) -> datetime:
        """Return the first valid meeting on or after; beyond the last one nothing is invented."""
        return next((one for one in self.meetings(item, gate) if one >= instant), instant)

    def own_meeting(self, item: Item, gate: Gate) -> datetime | None:
        """Return M: the last valid meeting in the window, else the first after it.

        A forecast replaces it. Without planned dates there is no window and no M; beyond the last
        known meeting the planned finish stands in for it.
        """
        if item.forecast is not None:
            return finish_of(item.forecast)
        window = window_of(item)
        if window is None:
            return None
        first, last = window
        inside = [one for one in self.meetings(item, gate) if first < one <= last]
        later = [one for one in self.meetings(item, gate) if one > last]
        return inside[-1] if inside else next(iter(later), last)

    def own_date(self, item: Item) -> datetime | None:
        """Return where a gate lies if nothing pushes it: M, of several gates that of the last."""
        passed: datetime | None = None
        for gate in self.gates_of(item):
            nominal = self.own_meeting(item, gate)
            known = [one for one in (nominal, passed) if one is not None]
            passed = self.meeting_from(item, gate, max(known)) if known else None
        return passed

    # -- Inputs -----------------------------------------------------------------------------

    def given(
        self, item: Item, gate: Gate, name: str, fits: Callable[[datetime], datetime]
    ) -> timedelta:
        """Return by how much an input of the gate's own month counts as ready before its own date.

        An input (or child) of month precision without forecast or actual whose planned finish lies
        in the window counts, in the plan as written, as ready on the earlier of its own date and
        what ``fits`` makes of M's papers deadline: the deadline less the link's lag.
        """
        written = self.items[name]
        window, meeting = window_of(item), self.own_meeting(item, gate)
        planned = written.planned.finish
        if window is None or meeting is None or planned is None or facts.is_done(written):
            return NOTHING
        if written.mode == "logic" or written.planned.precision != "month":
            return NOTHING
        if written.forecast is not None:
            return NOTHING
        if written.actual_finish is not None or not window[0] < finish_of(planned) <= window[1]:
            return NOTHING
        own = (self.own_date(written) if self.gates_of(written) else None) or finish_of(planned)
        return max(own - fits(self.deadline(gate, meeting)), NOTHING)

    def link_gives(self, item: Item, gate: Gate, hold: Hold) -> timedelta:
        """Return what an FS or FF input is allowed."""
        if hold.type not in {"FS", "FF"}:
            return NOTHING
        return self.given(item, gate, hold.from_, lambda one: self.unlag(hold, one, "finish"))

    def child_gives(self, item: Item, gate: Gate, child: str) -> timedelta:
        """Return what a child is allowed."""
        return self.given(item, gate, child, lambda one: one)

    def input_bound(self, item: Item, gate: Gate, hold: Hold) -> datetime:
        """Return when an input lets the papers be done: its forecast less what it is allowed."""
        instant, side = self.leaves_at(hold)
        return self.lag(hold, instant - self.link_gives(item, gate, hold), side)

    def inputs(self, item: Item, gate: Gate) -> list[datetime]:
        """Return when each link and each child lets the papers be done."""
        bounds = [self.input_bound(item, gate, hold) for hold in self.binding(self.into[item.id])]
        for child in self.children.get(item.id, ()):
            finish = self.place(child).finish
            if finish is not None:
                bounds.append(finish - self.child_gives(item, gate, child))
        return bounds

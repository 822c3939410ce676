"""Cliffs: the least slip that makes a decision miss its meeting, and what that costs.

Each is searched for by what-ifs (`simulations.cliffs`), with the gaps between dates as spare time
and as work, so nothing about it is worked out a second time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.moments import finish_instant
from queries.boards_instants import is_meeting, shown, valid_meetings
from simulations.cliffs import can_slip, find_fall
from simulations.kernels.gates import has_gate
from simulations.passes import whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from simulations.cliffs import Fall
    from simulations.passes import Passes
    from simulations.results import Gaps
    from simulations.scenarios import Baseline

__all__ = ["Cliff", "CliffReader", "NoCliff"]

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
    input_is_decision
        Whether it waits for a meeting itself: then a slip takes it to a later one.
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
    input_is_decision: bool
    slip_days: int
    meeting: date | None
    cost_days: float | None
    newly_late: tuple[str, ...]


class CliffReader:
    """Finds the cliffs of gates in a plan that is made ready for what-ifs."""

    def __init__(self, baseline: Baseline) -> None:
        self.baseline = baseline
        self.compiled = baseline.compiled

    @cached_property
    def gaps_agree(self) -> bool:
        """Whether both rules for gaps give every item the same length."""
        return self.baseline.passes["work"].lengths == self.baseline.passes["spare"].lengths

    def find(
        self, gaps: Gaps, row: int, inputs: Sequence[int]
    ) -> tuple[Cliff | None, NoCliff | None]:
        """Return the cliff of a gate under a rule for gaps, else why there is none.

        Parameters
        ----------
        row
            The gate, by its place in `simulations.compiled.Compiled.gates`.
        inputs
            The positions of what it waits for (`simulations.cliffs.gate_inputs`).
        """
        passes = self.baseline.passes[gaps]
        if not inputs:
            return None, "no-input"
        if not is_meeting(valid_meetings(self.compiled, row), passes.dates.passed[row]):
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
        known = is_meeting(valid_meetings(self.compiled, row), fall.passed)
        return Cliff(
            input=ids[fall.source],
            input_title=self.baseline.plan.index.items[ids[fall.source]].title,
            input_finish=passes.finish(fall.source),
            same_month=self._is_same_month(row, fall.source),
            input_is_decision=has_gate(self.compiled.net, fall.source),
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

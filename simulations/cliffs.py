"""Cliffs: the least slip of what a gate waits for that makes it miss its meeting (DESIGN 5.3.5).

A board's decision is not late by a day: it is late by a cycle of meetings. What is slipped is one
input of the gate, an item that it waits for over a link or as its part, by whole calendar days:
the unit that every slip is told in. A parent's own finish is slipped, as ``ID:finish=SPAN`` does.

Each answer is one of the runs that a what-if makes: so many days move the gate, one day less does
not.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphmodel.moments import DAY
from simulations.cases import STAYS
from simulations.codes import NEVER
from simulations.kernels.bounds import latest_source
from simulations.kernels.floats import held_end
from simulations.kernels.gates import has_gate, meeting_before, papers_deadline
from simulations.thresholds import LONGEST_DAYS, least_days

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulations.compiled import Compiled
    from simulations.passes import Passes

__all__ = ["Fall", "can_slip", "find_fall", "gate_inputs"]


@dataclass(frozen=True, eq=False)
class Fall:
    """The least slip of one input that makes a gate miss its meeting.

    Attributes
    ----------
    source
        The position of the input.
    days
        Its slip in calendar days; one day less moves nothing.
    passed
        The instant at which the gate is passed then.
    after
        All dates then.
    """

    source: int
    days: int
    passed: int
    after: Passes


def gate_inputs(passes: Passes, row: int) -> list[int]:
    """Return the positions of what a gate waits for, in the order of the plan.

    Parameters
    ----------
    row
        The gate, by its place in `Compiled.gates`.
    """
    compiled = passes.compiled
    position = compiled.at[compiled.gates[row].item]
    sources = {compiled.net.source[edge] for edge in compiled.into(position)}
    sources.update(compiled.parts(position))
    known = (one for one in sources if passes.instant(one) != NEVER)
    return sorted(known, key=compiled.order_in_file.__getitem__)


def can_slip(compiled: Compiled, position: int) -> bool:
    """Return whether a slip can move an item: it is not over, and has dates of its own."""
    return compiled.net.how[position] not in STAYS


def find_fall(passes: Passes, row: int, inputs: Iterable[int]) -> Fall | None:
    """Return the least slip of any of these inputs that moves a gate to a later date.

    Of several inputs with the same least slip, the first. None where no slip of up to ten years of
    any of them moves the gate.

    Parameters
    ----------
    passes
        The dates with no change, under either rule for gaps.
    row
        The gate, by its place in `Compiled.gates`.
    """
    best: Fall | None = None
    for source in inputs:
        most = LONGEST_DAYS if best is None else best.days - 1
        if most and can_slip(passes.compiled, source):
            best = _Slipping(passes, row, source).search(most) or best
    return best


class _Slipping:
    """One input of a gate, slipped by so many days and so many."""

    def __init__(self, passes: Passes, row: int, source: int) -> None:
        self.passes, self.row, self.source = passes, row, source
        self.changes = passes.compiled.engine.no_changes()
        self.runs: dict[int, Passes] = {}

    def run(self, days: int) -> Passes:
        """Return the dates with so many days of slip."""
        if days not in self.runs:
            self.changes.slip[self.source] = days * DAY
            self.runs[days] = self.passes.after(self.changes, (self.source,))
        return self.runs[days]

    def misses(self, days: int) -> bool:
        """Return whether the gate is passed later than without the slip."""
        return self.run(days).dates.passed[self.row] > self.passes.dates.passed[self.row]

    def search(self, most: int) -> Fall | None:
        """Return the least slip of up to so many days, None if none of them is enough."""
        guess = min(self._guess(), most)
        if not self.misses(guess) and not self.misses(most):
            return None
        days = least_days(self.misses, guess, most=most)
        after = self.run(days)
        return Fall(self.source, days, after.dates.passed[self.row], after)

    def _guess(self) -> int:
        """Return the slip that is too late for the papers of the meeting, as a rule."""
        passes, net = self.passes, self.passes.compiled.net
        target = passes.compiled.at[passes.compiled.gates[self.row].item]
        limits = [
            latest_source(net, passes.dates, edge, held)
            for edge in passes.compiled.into(target)
            if net.source[edge] == self.source
            and (held := held_end(net, passes.lengths, passes.dates, edge)) != NEVER
        ]
        extra = net.extra[self.source]
        if net.parent[self.source] == target:
            allowed = net.x_shift[extra] if extra >= 0 else 0
            meeting = passes.dates.passed[self.row]
            limits.append(papers_deadline(net, self.row, meeting) - allowed)
        limit, now = min(limits, default=NEVER), passes.instant(self.source)
        if has_gate(net, self.source):  # it goes from meeting to meeting itself
            limit = meeting_before(net, net.x_gate[extra + 1] - 1, limit)
        return max(1, (limit - now) // DAY + 1)

"""How late everything may be, for what a scenario makes late to be in time.

The backward pass (DESIGN 5.5) from the due dates that are broken and from nothing else, over what
stands before them. A slip is given back on the way: what holds an item that slips must be earlier
by as much.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulations.codes import ABSENT, DONE, LOE, NEVER, OPEN, UNLIMITED
from simulations.columns import fill, kind_like
from simulations.kernels.backward import (
    allowed_finish,
    is_pinned,
    late_dates,
    latest_end,
    latest_open_start,
    parent_limit,
)
from simulations.kernels.months import latest_before_months
from simulations.kernels.shapes import BY_START

if TYPE_CHECKING:
    from simulations.recovery.trials import Trials

__all__ = ["Limits"]


class Limits:
    """The latest finish of everything that stands before something newly late.

    Attributes
    ----------
    of
        By position the latest finish, of an open-ended item the latest start.
    late
        Positions of what is later than that, in topological order.
    """

    def __init__(self, trials: Trials) -> None:
        self._passes = trials.base
        self._net = trials.base.compiled.net
        self._changes = trials.changes
        new = kind_like(self._net.how)
        self._starts = fill(new, NEVER, len(self._net.how))
        self._finishes = fill(new, NEVER, len(self._net.how))
        self.of: dict[int, int] = {}
        at = trials.base.compiled.at
        dues = {at[one]: trials.due[one] for one in trials.late}
        for position in sorted(self._before(list(dues)), reverse=True):
            self._limit(position, dues.get(position, UNLIMITED))
        self.late = tuple(
            sorted(
                position
                for position, limit in self.of.items()
                if self._passes.instant(position) > limit
            )
        )

    def _before(self, waiting: list[int]) -> set[int]:
        """Return these positions and everything that can hold them."""
        compiled, source = self._passes.compiled, self._net.source
        found = set(waiting)
        while waiting:
            position = waiting.pop()
            before = {source[edge] for edge in compiled.into(position)}
            before.update(compiled.parts(position))
            waiting.extend(before - found)
            found |= before
        return found

    def _limit(self, position: int, due: int) -> None:
        net, dates, lengths = self._net, self._passes.dates, self._passes.lengths
        starts, finishes = self._starts, self._finishes
        how = net.how[position]
        if due != UNLIMITED:
            self.of[position] = due
        if how in {ABSENT, DONE, LOE}:
            return
        if how == OPEN:
            start = latest_open_start(net, dates, starts, finishes, position)
            if start != UNLIMITED:
                self.of[position] = start
                starts[position] = self.before_slip(position, start)
            return
        late = min(due, parent_limit(net, dates, finishes, position, UNLIMITED))
        late = min(late, allowed_finish(net, lengths, dates, starts, finishes, position))
        if late == UNLIMITED or dates.finish[position] == NEVER:
            return
        self.of[position] = late
        if is_pinned(net, position):
            starts[position], finishes[position] = dates.start[position], dates.finish[position]
            return
        before = self.before_slip(position, late)
        starts[position], finishes[position] = late_dates(net, lengths, dates, position, before)

    def before_slip(self, position: int, instant: int) -> int:
        """Return the latest instant that the slip of an item carries to one no later than this."""
        instant -= self._changes.slip[position]
        months = self._changes.slip_months[position]
        if not months:
            return instant
        by_start = 1 if self._passes.dates.shown[position] & BY_START else 0
        return latest_before_months(instant, months, by_start)

    def end(self, edge: int) -> int:
        """Return the latest instant of the end that a link leaves."""
        return latest_end(self._net, self._passes.dates, self._starts, self._finishes, edge)

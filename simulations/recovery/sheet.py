"""A compiled plan with a few entries changed, and the dates that follow, without compiling.

Entries are changed on a copy of their column, made once, and put back after each trial; dates are
worked out again only where something before them moved. So a trial costs what it moves, not what
the plan holds.
"""

from __future__ import annotations

from dataclasses import replace
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Any

from simulations.kernels.forward import schedule_item
from simulations.kernels.shapes import Dates
from simulations.passes import Passes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulations.columns import Column
    from simulations.compiled import Compiled
    from simulations.kernels.shapes import Changes, Net

__all__ = ["Sheet"]


class Sheet:
    """Entries of a net that differ from those of a compiled plan, until they are put back.

    Attributes
    ----------
    touched
        Positions whose dates the entries can change by themselves.
    """

    def __init__(self, passes: Passes) -> None:
        self._passes = passes
        self._columns: dict[str, Column] = {}
        self._net = passes.compiled.net
        self._lengths: Column = passes.lengths[:]  # type: ignore[assignment]  # a column
        self._dates = Dates(*(one[:] for one in passes.dates))
        self._changed: list[tuple[Column, int, int]] = []
        self.touched: set[int] = set()

    @property
    def compiled(self) -> Compiled:
        """The plan as it was."""
        return self._passes.compiled

    def put(self, column: str, place: int, value: int) -> None:
        """Change one entry of a column of the net."""
        if column not in self._columns:
            self._columns[column] = getattr(self.compiled.net, column)[:]
            copied: dict[str, Any] = {column: self._columns[column]}
            self._net = self._net._replace(**copied)
        self._put(self._columns[column], place, value)

    def put_length(self, position: int, minutes: int) -> None:
        """Change the length of an item; gaps that are work stay work where it has none."""
        self.put("length", position, minutes)
        gap = self.compiled.work[position] if self._passes.gaps == "work" else 0
        self._put(self._lengths, position, minutes or gap)

    def _put(self, column: Column, place: int, value: int) -> None:
        self._changed.append((column, place, column[place]))
        column[place] = value

    def reset(self) -> None:
        """Put every entry back."""
        while self._changed:
            column, place, value = self._changed.pop()
            column[place] = value
        self.touched.clear()

    def passes(self) -> Passes:
        """Return the dates as they were, on the plan as it is now; they stand until a reset."""
        old = self._passes
        compiled = replace(self.compiled, net=self._clocked())
        return Passes(compiled, old.gaps, old.dates, self._lengths)

    def after(self, changes: Changes) -> Passes:
        """Return all dates under the scenario's slips and floors."""
        return self.passes().after(changes, self.touched)

    def moved(self, changes: Changes) -> dict[int, int]:
        """Return the new finish of all that moves under the scenario's slips and floors."""
        net, dates = self._clocked(), self._dates
        waiting = list(self.touched)
        heapify(waiting)
        queued = set(waiting)
        found: dict[int, int] = {}
        while waiting:
            position = heappop(waiting)
            before = dates.start[position], dates.finish[position], dates.shown[position]
            schedule_item(net, self._lengths, changes, dates, position)
            if before != (dates.start[position], dates.finish[position], dates.shown[position]):
                found[position] = dates.finish[position]
                for one in _follows(net, position):
                    if one not in queued:
                        queued.add(one)
                        heappush(waiting, one)
        self._restore(queued)
        return found

    def _restore(self, positions: Iterable[int]) -> None:
        """Put the dates back that were worked out again."""
        old, net = self._passes.dates, self._net
        for position in positions:
            for column, was in zip(self._dates[:3], old[:3], strict=True):
                column[position] = was[position]
            row = net.extra[position]
            if row >= 0:
                for gate in range(net.x_gate[row], net.x_gate[row + 1]):
                    self._dates.passed[gate] = old.passed[gate]

    def _clocked(self) -> Net:
        """Return the net with all calendars that entries may be counted on."""
        return self._net._replace(clock=self.compiled.times.clock)


def _follows(net: Net, position: int) -> list[int]:
    """Return what an item can move: what waits for it, and what it is part of."""
    numbers = range(net.leaving_at[position], net.leaving_at[position + 1])
    found = [net.target[net.leaving[number]] for number in numbers]
    if net.parent[position] >= 0:
        found.append(net.parent[position])
    return found

"""A compiled plan with a few entries changed, for a trial that needs no compiling."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulations.passes import Passes

if TYPE_CHECKING:
    from simulations.columns import Column
    from simulations.compiled import Compiled
    from simulations.kernels.shapes import Changes

__all__ = ["Sheet"]


class Sheet:
    """Entries of a net that differ from those of a compiled plan.

    Attributes
    ----------
    touched
        Positions whose dates the entries can change by themselves.
    """

    def __init__(self, passes: Passes) -> None:
        self._passes = passes
        self._columns: dict[str, Column] = {}
        self._lengths: Column | None = None
        self.touched: set[int] = set()

    @property
    def compiled(self) -> Compiled:
        """The plan as it was."""
        return self._passes.compiled

    def put(self, column: str, place: int, value: int) -> None:
        """Change one entry of a column of the net."""
        if column not in self._columns:
            self._columns[column] = getattr(self.compiled.net, column)[:]
        self._columns[column][place] = value

    def put_length(self, position: int, minutes: int) -> None:
        """Change the length of an item; gaps that are work stay work where it has none."""
        self.put("length", position, minutes)
        if self._lengths is None:
            self._lengths = self._passes.lengths[:]  # type: ignore[assignment]  # a column
        gap = self.compiled.work[position] if self._passes.gaps == "work" else 0
        self._lengths[position] = minutes or gap

    def passes(self) -> Passes:
        """Return the dates as they were, on the plan as it is now."""
        old = self._passes
        net = self.compiled.net._replace(clock=self.compiled.times.clock, **self._columns)
        lengths = old.lengths if self._lengths is None else self._lengths
        return Passes(replace(self.compiled, net=net), old.gaps, old.dates, lengths)

    def after(self, changes: Changes) -> Passes:
        """Return the dates under the scenario's slips and floors."""
        return self.passes().after(changes, self.touched)

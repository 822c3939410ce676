"""A scenario's run beside the baseline: what moves, and what is late, under both rules for gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant
from simulations.codes import NEVER

if TYPE_CHECKING:
    from graphmodel.items import Item
    from simulations.passes import Passes
    from simulations.results import Gaps
    from simulations.scenarios import Run

__all__ = ["Comparison"]


class Comparison:
    """A run beside its baseline, item by item; positions differ where the run was recompiled."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.plan = run.baseline.plan
        self.old: dict[Gaps, Passes] = dict(run.baseline.passes)
        self.new: dict[Gaps, Passes] = {gaps: run.after(gaps) for gaps in self.old}
        self.changed = run.edited.changed

    def moved(self, one: str, gaps: Gaps) -> int:
        """Return the knock-on of an item in minutes: between its finishes, else its starts.

        Starts are compared where one side has no finish; 0 where it has no date.
        """
        old, new = self.old[gaps], self.new[gaps]
        before, after = old.compiled.at[one], self.run.compiled.at[one]
        finishes = old.dates.finish[before], new.dates.finish[after]
        starts = old.dates.start[before], new.dates.start[after]
        for earlier, later in (finishes, starts):
            if NEVER not in {earlier, later}:
                return later - earlier
        return 0

    def is_late(self, item: Item, passes: Passes) -> bool:
        """Return whether an item finishes after its due date on one of the two sides."""
        if item.due is None:
            return False
        return passes.dates.finish[passes.compiled.at[item.id]] > finish_instant(item.due)

    def is_newly_late(self, item: Item, gaps: Gaps) -> bool:
        """Return whether an item misses its due date in the scenario, and not before it."""
        return self.is_late(item, self.new[gaps]) and not self.is_late(item, self.old[gaps])

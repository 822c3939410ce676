"""A compiled plan with its forward and backward pass: what schedule and what-if both start from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graphmodel.moments import DAY, show_finish, show_start
from simulations.backward import relationship_float, run_backward, total_floats
from simulations.codes import NEVER, PARENT
from simulations.forward import Changes, Dates, lengths_of, run_forward

if TYPE_CHECKING:
    from datetime import date

    from simulations.compiled import Compiled
    from simulations.results import Gaps

__all__ = ["Passes", "Step", "whole"]

#: A step back along a path: the position before, and the edge (None: it is a part).
Step = tuple[int, int | None]


def whole(minutes: int) -> float:
    """Return minutes as days, an ``int`` where they are whole days."""
    days, rest = divmod(minutes, DAY)
    return days if not rest else minutes / DAY


@dataclass(frozen=True, eq=False)
class Passes:
    """The dates of one compiled plan under one rule for gaps and one set of changes."""

    compiled: Compiled
    gaps: Gaps
    dates: Dates

    @classmethod
    def of(cls, compiled: Compiled, gaps: Gaps, changes: Changes | None = None) -> Passes:
        """Run the forward pass over everything."""
        blank = Dates.blank(len(compiled.ids))
        return cls(
            compiled, gaps, run_forward(compiled, blank, lengths_of(compiled, gaps), changes)
        )

    def after(self, changes: Changes) -> Passes:
        """Run the forward pass again over what lies after the changes."""
        dates = run_forward(
            self.compiled,
            self.dates.copy(),
            lengths_of(self.compiled, self.gaps),
            changes,
            self.reached_from(changes.positions()),
        )
        return Passes(self.compiled, self.gaps, dates)

    def reached_from(self, positions: set[int]) -> list[int]:
        """Return the positions and all that follows them along links and into parents, in order."""
        reached = set(positions)
        stack = list(positions)
        while stack:
            position = stack.pop()
            following = [self.compiled.target[edge] for edge in self.compiled.leaving[position]]
            following.append(self.compiled.parent[position])
            fresh = [one for one in following if one >= 0 and one not in reached]
            reached.update(fresh)
            stack.extend(fresh)
        return sorted(reached)

    @cached_property
    def late(self) -> tuple[list[int], list[int]]:
        """Late start and late finish instants by position."""
        return run_backward(self.compiled, self.dates)

    @cached_property
    def floats(self) -> list[int | None]:
        """Total float in minutes by position, None where there is none."""
        return total_floats(self.compiled, self.dates, self.late[1])

    def link_float(self, edge: int) -> int | None:
        """Return the relationship float of an edge in minutes."""
        return relationship_float(self.compiled, self.dates, edge)

    def instant(self, position: int) -> int:
        """Return the finish instant, of an open-ended item the start; what knock-on compares."""
        finish = self.dates.finish[position]
        return self.dates.start[position] if finish == NEVER else finish

    def start(self, position: int) -> date | None:
        """Return the shown start date; a parent's is that of its earliest part, or its own."""
        instant = self.dates.start[position]
        if instant == NEVER:
            return None
        if instant == self.dates.finish[position]:
            return self.show(position, instant)
        if self.compiled.how[position] == PARENT:
            parts = self.compiled.parts[position]
            shown = [self.start(part) for part in parts if self.dates.start[part] == instant]
            known = [one for one in shown if one is not None]
            if known:
                return min(known)
        return show_start(instant)

    def finish(self, position: int) -> date | None:
        """Return the shown finish date."""
        return self.show(position, self.dates.finish[position])

    def show(self, position: int, instant: int) -> date | None:
        """Return ``instant`` as the finish date of an item would be shown."""
        if instant == NEVER:
            return None
        return show_start(instant) if self.dates.by_start[position] else show_finish(instant)

    def driving(self, position: int) -> list[int]:
        """Return the edges that drive an item: their relationship float is 0 (DESIGN 5.5)."""
        into = self.compiled.into
        return [
            edge for edge in range(into[position], into[position + 1]) if self.link_float(edge) == 0
        ]

    def driving_parts(self, position: int) -> list[int]:
        """Return the parts that finish when their parent does."""
        finish = self.dates.finish[position]
        if finish == NEVER or self.compiled.how[position] != PARENT:
            return []
        return [part for part in self.compiled.parts[position] if self.dates.finish[part] == finish]

    def driving_steps(self, position: int) -> list[Step]:
        """Return the links that drive an item and the parts that finish with it."""
        source = self.compiled.source
        steps: list[Step] = [(source[edge], edge) for edge in self.driving(position)]
        steps.extend((part, None) for part in self.driving_parts(position))
        return steps

    @cached_property
    def beginnings(self) -> list[tuple[int, int]]:
        """Earliest start of any driving chain that ends at each position, and minus its steps."""
        begins: list[tuple[int, int]] = []
        for position, start in enumerate(self.dates.start):
            chains = [begins[one] for one, _ in self.driving_steps(position)]
            own = [(start, 0)] if start != NEVER else []
            longer = [(begin, steps - 1) for begin, steps in chains if begin != NEVER]
            begins.append(min(own + longer, default=(NEVER, 0)))
        return begins

"""A compiled plan with its forward and backward pass: what schedule and what-if both start from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from graphmodel.moments import DAY
from simulations.codes import BEGUN, DERIVED, DONE, LOE, NEVER, PARENT, PINNED
from simulations.columns import kind_like
from simulations.kernels.alap import is_alap
from simulations.kernels.backward import plan_finish
from simulations.kernels.bounds import edge_leaves, latest_source
from simulations.kernels.floats import NO_ROOM, held_end
from simulations.showing import Showing
from simulations.years import check_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from simulations.columns import Column
    from simulations.compiled import Compiled
    from simulations.kernels.shapes import Changes, Dates
    from simulations.results import Gaps

__all__ = ["Passes", "Step", "lengths_of", "whole"]

#: A step back along a path: the position before, and the edge (None: it is a part).
Step = tuple[int, int | None]


def whole(minutes: int, day: int = DAY) -> float:
    """Return minutes as days of ``day`` minutes, an ``int`` where they are whole days."""
    days, rest = divmod(minutes, day)
    return days if not rest else minutes / day


def lengths_of(compiled: Compiled, gaps: Gaps) -> Sequence[int]:
    """Return the length of every item under a rule for gaps (DESIGN 5.4)."""
    length = compiled.net.length
    if gaps == "spare":
        return length
    return kind_like(length)(work or own for work, own in zip(compiled.work, length, strict=True))


@dataclass(frozen=True, eq=False)
class Passes:
    """The dates of one compiled plan under one rule for gaps and one set of changes."""

    compiled: Compiled
    gaps: Gaps
    dates: Dates
    lengths: Sequence[int]

    @classmethod
    def of(cls, compiled: Compiled, gaps: Gaps, changes: Changes | None = None) -> Passes:
        """Run the forward pass over everything."""
        lengths = lengths_of(compiled, gaps)
        engine = compiled.engine
        dates = engine.forward(lengths, changes or engine.no_changes())
        check_years(compiled, dates)
        return cls(compiled, gaps, dates, lengths)

    def after(self, changes: Changes, positions: Iterable[int]) -> Passes:
        """Run the forward pass again over what changes at these positions reach."""
        dates = self.compiled.engine.forward_from(self.dates, self.lengths, changes, positions)
        return Passes(self.compiled, self.gaps, dates, self.lengths)

    @cached_property
    def last_finish(self) -> int:
        """The plan's finish: the latest of all but levels of effort; ``NEVER`` if there is none."""
        return plan_finish(self.compiled.net, self.dates)

    @cached_property
    def late(self) -> tuple[Column, Column]:
        """Late start and late finish instants by position."""
        late = self.compiled.engine.backward(self.lengths, self.dates)
        if self.compiled.rules.facts_have_late_dates:
            self._keep_facts(*late)
        return late

    def _keep_facts(self, starts: Column, finishes: Column) -> None:
        """Give facts late dates: an actual date can be no later than it was."""
        net = self.compiled.net
        for position, how in enumerate(net.how):
            if how == DONE:
                starts[position] = self.dates.start[position]
                finishes[position] = self.dates.finish[position]
            elif how == BEGUN and net.flags[position] & PINNED:
                starts[position] = self.dates.start[position]

    @cached_property
    def _floats(self) -> tuple[Column, Column]:
        return self.compiled.engine.total_floats(self.dates, self.late[1])

    def total_float(self, position: int) -> float | None:
        """Return total float in days: working days where a calendar counts the work."""
        return self.total_floats((position,))[0]

    def total_floats(self, positions: Iterable[int]) -> list[float | None]:
        """Return total float of these items in days, as `total_float` does."""
        minutes, units = self._floats
        days = self.compiled.engine.days
        return [
            None if (room := minutes[one]) == NO_ROOM else whole(room, days[units[one]])
            for one in positions
        ]

    def free_float(self, position: int) -> float | None:
        """Return free float in days of the item's calendar.

        The least room over the links out; where there are none, what is left of the plan, in
        MS Project the total float. What is as late as possible has used it up.
        """
        net, finish = self.compiled.net, self.dates.finish[position]
        if net.how[position] in {DONE, LOE} or finish == NEVER:
            return None
        rules = self.compiled.rules
        day = self.compiled.times.day(net.cal[position])
        room = self._free[position]
        if rules.alap_is_late and is_alap(net, position):
            return 0
        if rules.due_is_cap and room != NO_ROOM:
            return whole(max(0, room), day)
        if room != NO_ROOM:
            return whole(room, day)
        if rules.alap_is_late:
            return self.total_float(position)
        cal = net.cal[position]
        return whole(self.compiled.times.between(cal, finish, self.last_finish), day)

    @cached_property
    def _free(self) -> Column:
        return self.compiled.engine.free_floats(self.lengths, self.dates)

    @cached_property
    def _rooms(self) -> Column:
        return self.compiled.engine.link_rooms(self.lengths, self.dates)

    def link_float(self, edge: int) -> int | None:
        """Return the relationship float of an edge in minutes of its target's calendar."""
        room = self._rooms[edge]
        return None if room == NO_ROOM else room

    def link_days(self, edge: int) -> float | None:
        """Return the relationship float of an edge in days of its target's calendar."""
        room = self.link_float(edge)
        cal = self.compiled.net.cal[self.compiled.net.target[edge]]
        return None if room is None else whole(room, self.compiled.times.day(cal))

    def slip_room(self, edge: int) -> float | None:
        """Return the room on an edge as calendar days that its predecessor can slip.

        On a calendar a weekend counts, as it does in a slip; what drives has no room at all.
        """
        room = self.link_float(edge)
        net = self.compiled.net
        if room is None or net.cal[net.target[edge]] < 0:
            return None if room is None else whole(room)
        if not room:
            return 0
        held = held_end(net, self.lengths, self.dates, edge)
        leaves = edge_leaves(net, self.dates, edge) - net.shift[edge]
        return whole(latest_source(net, self.dates, edge, held) - leaves)

    def instant(self, position: int) -> int:
        """Return the finish instant, of an open-ended item the start; what knock-on compares."""
        finish = self.dates.finish[position]
        return self.dates.start[position] if finish == NEVER else finish

    def start(self, position: int) -> date | None:
        """Return the shown start; a parent's is that of its earliest part, or its own."""
        return self.showing.start(position, self.dates.start[position])

    def finish(self, position: int) -> date | None:
        """Return the shown finish."""
        return self.showing.finish(position, self.dates.finish[position])

    @cached_property
    def showing(self) -> Showing:
        """How instants are told as dates."""
        return Showing(self.compiled, self.dates)

    def is_derived(self, position: int) -> bool:
        """Return whether an item has no date or length of its own, but what it hangs on."""
        how = self.compiled.net.how[position]
        return how == DERIVED or (how == PARENT and self.compiled.own_date[position] == NEVER)

    def driving(self, position: int) -> list[int]:
        """Return the edges that drive an item: their relationship float is 0 (DESIGN 5.5)."""
        rooms = self._rooms
        return [edge for edge in self.compiled.into(position) if not rooms[edge]]

    def driving_parts(self, position: int) -> list[int]:
        """Return the parts that finish when their parent does."""
        finish = self.dates.finish[position]
        if finish == NEVER or self.compiled.net.how[position] != PARENT:
            return []
        net = self.compiled.net
        return [
            part
            for part in self.compiled.parts(position)
            if self.dates.finish[part] == finish and net.how[part] != LOE
        ]

    def driving_steps(self, position: int) -> list[Step]:
        """Return the links that drive an item and the parts that finish with it."""
        source = self.compiled.net.source
        steps: list[Step] = [(source[edge], edge) for edge in self.driving(position)]
        steps.extend((part, None) for part in self.driving_parts(position))
        return steps

    def beginning(self, position: int) -> tuple[int, int]:
        """Return the earliest start of any driving chain that ends here, and minus its steps."""
        known = self._beginnings
        fresh = {position} - known.keys()
        waiting = list(fresh)
        while waiting:
            before = {one for one, _ in self.driving_steps(waiting.pop())}
            before -= known.keys() | fresh
            fresh |= before
            waiting += before
        for one in sorted(fresh):  # what drives an item stands before it
            start = self.dates.start[one]
            chains = [known[step] for step, _ in self.driving_steps(one)]
            own = [(start, 0)] if start != NEVER else []
            longer = [(begin, steps - 1) for begin, steps in chains if begin != NEVER]
            known[one] = min(own + longer, default=(NEVER, 0))
        return known[position]

    @cached_property
    def _beginnings(self) -> dict[int, tuple[int, int]]:
        """What `beginning` has found so far."""
        return {}

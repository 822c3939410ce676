"""Several float paths to a target, ranked by how far each can slip before it moves it (DESIGN 5.5).

The *float to the target* of an item is the least sum of relationship floats over all chains from it
to the target: a shortest path in a graph without circles, found in one sweep against the order of
the plan. Paths are then peeled off: the first is the critical path to the target; each following
one begins where an item not yet on a path has the least float to the target, and runs back along
what drives it. An item that several chains share keeps its lowest number. All of it is linear in
items and links but for one sort.

Floats are added as whole numbers of one small unit that every calendar's minutes are multiples of,
so that sums over calendars with days of different lengths stay exact.
"""

from __future__ import annotations

from dataclasses import replace
from heapq import heappop, heappush
from math import lcm
from typing import TYPE_CHECKING, NamedTuple

from simulations.codes import ABSENT, DONE, LOE, NEVER, PARENT
from simulations.kernels.gates import has_gate, inputs_limit
from simulations.passes import whole
from simulations.paths import earliest_driver, latest_item, tell_step
from simulations.results import RankedPath

if TYPE_CHECKING:
    from simulations.passes import Passes
    from simulations.results import PathStep

__all__ = ["float_paths"]

#: What can neither be slipped nor hold anything: no path begins with it.
_IDLE = frozenset({ABSENT, DONE, LOE})


class _Head(NamedTuple):
    """Where a path may join: its float, then what breaks ties, and the step into what it joins."""

    float: int
    order: int
    position: int
    joins: int
    edge: int | None


class _Chain(NamedTuple):
    float: int
    trail: list[int]
    joins: PathStep | None
    after: int | None


def float_paths(passes: Passes, target: int | None, limit: int) -> tuple[RankedPath, ...]:
    """Return up to ``limit`` float paths.

    Parameters
    ----------
    target
        The position they lead to; None for the plan's finish, to which every item leads by the
        time between its own finish and the plan's.
    """
    first = latest_item(passes) if target is None else target
    if not limit or first is None or passes.instant(first) == NEVER:
        return ()
    peeler = _Peeler(passes, target)
    chains = peeler.peel(first)
    # Only links that a pinned date breaks have negative room: without them this is no change.
    ranked = [chains[0], *sorted(chains[1:], key=lambda chain: chain.float)]
    ids = passes.compiled.ids
    return tuple(
        RankedPath(
            number,
            whole(chain.float, peeler.day),
            tuple(ids[position] for position in chain.trail),
            chain.joins,
            None if chain.after is None else ids[chain.after],
        )
        for number, chain in enumerate(ranked[:limit], 1)
    )


class _Peeler:
    """The floats to one target, and the paths peeled off so far."""

    def __init__(self, passes: Passes, target: int | None) -> None:
        self.passes = passes
        self.compiled = passes.compiled
        self.days = self.compiled.engine.days
        self.day = lcm(*self.days)
        self.taken = [False] * len(self.compiled.ids)
        self.heads: list[_Head] = []
        self.floats: list[int | None] = [None] * len(self.taken)
        self.into: dict[int, list[tuple[int, int | None, int]]] = {}
        if target is None:
            self._lead_all_to_the_finish()
        else:
            self.floats[target] = 0
        self._spread()

    def peel(self, first: int) -> list[_Chain]:
        """Return the chain that ends with ``first``, then the others by float."""
        chains = [self._chain(_Head(self.floats[first] or 0, 0, first, -1, None))]
        while self.heads:
            head = heappop(self.heads)
            if not self.taken[head.position]:
                chains.append(self._chain(head))
        return chains

    def _chain(self, head: _Head) -> _Chain:
        """Take up an item and what drives it, back to what nothing drives or is taken."""
        trail = [head.position]
        while True:
            position = trail[-1]
            self.taken[position] = True
            self._offer(position)
            drivers = self.passes.driving_steps(position)
            step = earliest_driver(self.passes, [one for one in drivers if not self.taken[one[0]]])
            if step is None:
                break
            trail.append(step[0])
        driven = earliest_driver(self.passes, drivers)
        joins = None
        if head.joins >= 0:
            joins = tell_step(self.passes, head.joins, head.edge)
            if head.edge is None:
                room = self._part_room(head.joins, head.position)
                joins = replace(joins, float_days=whole(room, self.day))
        return _Chain(head.float, trail[::-1], joins, driven[0] if driven else None)

    def _lead_all_to_the_finish(self) -> None:
        finish = self.passes.dates.finish
        last = self.passes.last_finish
        for position, how in enumerate(self.compiled.net.how):
            if how not in _IDLE and how != PARENT and finish[position] != NEVER:
                self.floats[position] = self._between(position, finish[position], last)

    def _spread(self) -> None:
        """Fill the float to the target of everything that leads to it; note who leads itself."""
        own = list(self.floats)
        order = self.compiled.order_in_file
        for position in range(len(own) - 1, -1, -1):
            here = self.floats[position]
            if here is None:
                continue
            if here == own[position]:
                heappush(self.heads, _Head(here, order[position], position, -1, None))
            self.into[position] = steps = self._steps(position)
            for source, _, room in steps:
                before = self.floats[source]
                if before is None or here + room <= before:
                    self.floats[source] = here + room
                    if here + room == own[source]:
                        own[source] = None  # as good by a link: it joins there

    def _offer(self, position: int) -> None:
        """Put up what leads into a taken item, as far as this is its shortest way."""
        here = self.floats[position]
        if here is None:
            return
        how, order = self.compiled.net.how, self.compiled.order_in_file
        for source, edge, room in self.into[position]:
            is_free = not self.taken[source] and how[source] not in _IDLE
            if is_free and here + room == self.floats[source]:
                heappush(self.heads, _Head(here + room, order[source], source, position, edge))

    def _steps(self, position: int) -> list[tuple[int, int | None, int]]:
        """Return what leads into an item and holds anything: its position, the edge, the room."""
        net = self.compiled.net
        scale = self.day // self.days[net.cal[position]]
        steps: list[tuple[int, int | None, int]] = [
            (net.source[edge], edge, room * scale)
            for edge in self.compiled.into(position)
            if (room := self.passes.link_float(edge)) is not None
        ]
        if net.how[position] == PARENT and self._is_dated(position):
            dated = [part for part in self.compiled.parts(position) if self._is_dated(part)]
            steps += [(part, None, self._part_room(position, part)) for part in dated]
        return steps

    def _is_dated(self, position: int) -> bool:
        return self.passes.dates.finish[position] != NEVER

    def _part_room(self, parent: int, part: int) -> int:
        """Return how far a part may slip before its parent does, or misses its meeting."""
        net, dates = self.compiled.net, self.passes.dates
        limit = dates.finish[parent]
        if has_gate(net, parent):
            limit = inputs_limit(net, dates, parent, limit)
            row = net.extra[part]
            limit -= net.x_shift[row] if row >= 0 else 0
        return self._between(part, dates.finish[part], limit)

    def _between(self, position: int, start: int, finish: int) -> int:
        cal = self.compiled.net.cal[position]
        return self.compiled.times.between(cal, start, finish) * (self.day // self.days[cal])

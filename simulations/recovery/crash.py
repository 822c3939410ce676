"""The cheapest reductions that bring every target forward enough: project crashing, exactly.

An *event* can be brought forward as far as each arc that leads to it allows: as far as the arc's
tail is, plus the arc's slack, plus what is cut from the arc, up to its most and at its weight for
each minute. Wanted are the cheapest cuts that bring some events forward by what they need:

    minimise  Σ weight·cut   with   r(head) ≤ r(tail) + slack + cut,  r(target) ≥ need,  r(0) = 0

This is the linear time-cost trade-off of critical path planning (Kelley 1961, Operations Research
9, 296-320; Fulkerson 1961, Management Science 7, 167-178). Its dual is a flow of least cost, in
which an arc carries its weight at the cost of its slack and whatever more at the cost of slack and
most; each step sends flow along the chain that lacks most, whose bottleneck is a minimum cut
(Phillips and Dessouky 1977, Management Science 24, 393-400). Found here by shortest augmenting
paths with potentials, which are the r themselves. With integers given, cuts are integers.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["Arc", "Crash", "crash", "reach"]

_FREE: Final = 1 << 200


class Arc(NamedTuple):
    """From one event to the next: slack and most in minutes, weight for each minute cut."""

    tail: int
    head: int
    slack: int
    most: int = 0
    weight: int = 0


class Crash(NamedTuple):
    """The cost, and what is cut from each arc."""

    cost: int
    cuts: list[int]


def reach(size: int, arcs: Sequence[Arc]) -> list[int]:
    """Return how far each event can be brought forward if all is cut that can be."""
    leaving: list[list[Arc]] = [[] for _ in range(size)]
    for arc in arcs:
        leaving[arc.tail].append(arc)
    found = [_FREE] * size
    found[0] = 0
    queue = [(0, 0)]
    while queue:
        far, event = heappop(queue)
        if far > found[event]:
            continue
        for arc in leaving[event]:
            new = far + arc.slack + arc.most
            if new < found[arc.head]:
                found[arc.head] = new
                heappush(queue, (new, arc.head))
    return found


def crash(size: int, arcs: Sequence[Arc], needs: Mapping[int, int]) -> Crash | None:
    """Return the cheapest cuts; None where even all of them are not enough.

    Parameters
    ----------
    size
        The number of events; event 0 is what nothing brings forward.
    arcs
        Slack, most and weight are at least 0.
    needs
        By event, how far it has to be brought forward.
    """
    needs = {event: need for event, need in needs.items() if need > 0}
    if not needs:
        return Crash(0, [0] * len(arcs))
    most = reach(size, arcs)
    if any(most[event] < need for event, need in needs.items()):
        return None
    top = max(needs.values())
    flow = _Flow(size + 1)
    for arc in arcs:
        if arc.most:
            flow.add(arc.tail, arc.head, arc.slack, arc.weight)
        flow.add(arc.tail, arc.head, arc.slack + arc.most, _FREE)
    for event, need in needs.items():
        flow.add(event, size, top - need, _FREE)
    forward = flow.send(0, size, top)
    cuts = [
        max(0, forward[arc.head] - forward[arc.tail] - arc.slack) if arc.most else 0 for arc in arcs
    ]
    return Crash(sum(arc.weight * cut for arc, cut in zip(arcs, cuts, strict=True)), cuts)


class _Flow:
    """Arcs with costs and room; arc ``k`` and its way back, ``k ^ 1``, stand together."""

    def __init__(self, size: int) -> None:
        self.leaving: list[list[int]] = [[] for _ in range(size)]
        self.head: list[int] = []
        self.cost: list[int] = []
        self.room: list[int] = []

    def add(self, tail: int, head: int, cost: int, room: int) -> None:
        for one, other, price, left in ((tail, head, cost, room), (head, tail, -cost, 0)):
            self.leaving[one].append(len(self.head))
            self.head.append(other)
            self.cost.append(price)
            self.room.append(left)

    def send(self, source: int, sink: int, top: int) -> list[int]:
        """Send flow along shortest ways that cost less than ``top``; return the potentials."""
        potential = [0] * len(self.leaving)
        while True:
            left = top - (potential[sink] - potential[source])
            distance, way = self._shortest(source, potential, left)
            step = min(distance[sink], left)
            for event, far in enumerate(distance):
                potential[event] += min(far, step)
            if potential[sink] - potential[source] >= top:
                return [one - potential[source] for one in potential]
            self._push(source, sink, way)

    def _shortest(
        self, source: int, potential: Sequence[int], most: int
    ) -> tuple[list[int], dict[int, int]]:
        """Return distances up to ``most``, and the arc that each event is reached by."""
        distance = [_FREE] * len(self.leaving)
        distance[source] = 0
        way: dict[int, int] = {}
        queue = [(0, source)]
        while queue:
            far, event = heappop(queue)
            if far > distance[event]:
                continue
            if far >= most:
                break
            for arc in self.leaving[event]:
                if self.room[arc] <= 0:
                    continue
                head = self.head[arc]
                new = far + self.cost[arc] + potential[event] - potential[head]
                if new < distance[head]:
                    distance[head] = new
                    way[head] = arc
                    heappush(queue, (new, head))
        return distance, way

    def _push(self, source: int, sink: int, way: Mapping[int, int]) -> None:
        arcs = []
        event = sink
        while event != source:
            arcs.append(way[event])
            event = self.head[way[event] ^ 1]
        much = min(self.room[arc] for arc in arcs)
        for arc in arcs:
            self.room[arc] -= much
            self.room[arc ^ 1] += much

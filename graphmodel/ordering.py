"""An order of computing that stays right while links are added one at a time."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from graphmodel.cycles import find_cycle
from graphmodel.errors import CycleError
from graphmodel.events import EventGraph, sort_events

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.links import Link
    from graphmodel.plan import Plan

__all__ = ["EventOrder"]


class EventOrder:
    """A plan's events in an order of computing; a link that would close a circle is refused.

    Only the events whose ranks lie between the two ends of a new link are searched and moved, so
    that thousands of links can be tried on a large plan (Pearce and Kelly, "A dynamic topological
    sort algorithm for directed acyclic graphs", ACM JEA 11, 2006).
    """

    def __init__(self, plan: Plan, links: Iterable[Link] = ()) -> None:
        """Order a plan's breakdown and these links; raises `CycleError` if they run in a circle."""
        held = tuple(links)
        self._graph = EventGraph.of(plan, held)
        self._graph.remember(held)
        after = self._graph.after
        ordered = sort_events(after)
        if len(ordered) < len(after):
            found = find_cycle(plan, held)
            assert found is not None  # noqa: S101 - only a circle leaves events out
            raise found
        self._rank = [0] * len(after)
        for rank, event in enumerate(ordered):
            self._rank[event] = rank
        self._before: list[list[int]] = [[] for _ in after]
        for event, following in enumerate(after):
            for one in following:
                self._before[one].append(event)

    @classmethod
    def leaving_out(cls, plan: Plan, links: Iterable[Link]) -> EventOrder:
        """Order these links; where they run in circles, those that close one are left out."""
        held = tuple(links)
        try:
            return cls(plan, held)
        except CycleError:
            order = cls(plan)
            for link in held:
                order.add(link)
            return order

    def add(self, link: Link) -> CycleError | None:
        """Add a link, or return the error for the circle that it would close and leave it out."""
        tail, head = self._graph.arrow(link)
        if self._rank[head] <= self._rank[tail]:
            came_from = self._reach(head, tail)
            if tail in came_from:
                return self._closing(link, tail, head, came_from)
            self._reorder(self._reach_back(tail, head), list(came_from))
        self._graph.after[tail].append(head)
        self._before[head].append(tail)
        self._graph.by_arrow.setdefault((tail, head), link)
        return None

    def _reach(self, head: int, tail: int) -> dict[int, int]:
        """Return what waits for ``head`` up to the rank of ``tail``, each with its step before."""
        limit, rank = self._rank[tail], self._rank
        came_from = {head: head}
        queue = deque([head])
        while queue and tail not in came_from:
            event = queue.popleft()
            for following in self._graph.after[event]:
                if following not in came_from and rank[following] <= limit:
                    came_from[following] = event
                    queue.append(following)
        return came_from

    def _reach_back(self, tail: int, head: int) -> list[int]:
        """Return what ``tail`` waits for down to the rank of ``head``, itself included."""
        limit, rank = self._rank[head], self._rank
        found = {tail}
        stack = [tail]
        while stack:
            for event in self._before[stack.pop()]:
                if event not in found and rank[event] >= limit:
                    found.add(event)
                    stack.append(event)
        return list(found)

    def _reorder(self, earlier: list[int], later: list[int]) -> None:
        """Share out the ranks of both groups again, the earlier group first."""
        rank = self._rank
        ordered = [*sorted(earlier, key=rank.__getitem__), *sorted(later, key=rank.__getitem__)]
        for event, new in zip(ordered, sorted(rank[event] for event in ordered), strict=True):
            rank[event] = new

    def _closing(self, link: Link, tail: int, head: int, came_from: dict[int, int]) -> CycleError:
        back = [tail]
        while back[-1] != head:
            back.append(came_from[back[-1]])
        self._graph.by_arrow[tail, head] = link
        error = self._graph.circle_error(back[::-1])
        del self._graph.by_arrow[tail, head]  # an arrow that closes a circle was not there before
        return error

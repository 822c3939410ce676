"""Dependencies that run in a circle: found in linear time and told with every item on them.

DESIGN 5.3.8: a cycle is an error that names every item and link on it, part-of steps too.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from graphmodel.events import EventGraph, sort_events

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.errors import CycleError
    from graphmodel.links import Link
    from graphmodel.plan import Plan

__all__ = ["find_cycle"]

#: How many events a search for a shorter circle may visit in all: well under a second.
_SEARCH: Final = 500_000


def find_cycle(plan: Plan, links: Iterable[Link]) -> CycleError | None:
    """Return the error for one circle that these links and the breakdown make, or None.

    Time and memory are linear in items and links. The circle told is the shortest through any
    event of the first one found (through its first events, where the knot is very large).
    """
    held = links if isinstance(links, Sequence) else tuple(links)
    graph = EventGraph.of(plan, held)
    knot = _find_knot(graph.after)
    if not knot:
        return None
    circle = _shorten(_walk(knot), knot)
    graph.remember(held, frozenset(circle))
    return graph.circle_error(circle)


def _find_knot(after: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    """Return the events on circles, and between them, each with what waits for it there.

    Sorting takes away all that comes before the circles; what comes after them goes the same way
    when the arrows are turned round.
    """
    ordered = sort_events(after)
    if len(ordered) == len(after):
        return {}
    tied = set(range(len(after))).difference(ordered)
    before: list[list[int]] = [[] for _ in after]
    for event in tied:
        for following in after[event]:
            before[following].append(event)
    tied.difference_update(sort_events(before))
    return {event: [one for one in after[event] if one in tied] for event in sorted(tied)}


def _walk(knot: dict[int, list[int]]) -> list[int]:
    """Return the circle that the first arrow out of each event leads into."""
    trail: dict[int, int] = {}
    event = next(iter(knot))
    while event not in trail:
        trail[event] = len(trail)
        event = knot[event][0]
    return list(trail)[trail[event] :]


def _shorten(circle: list[int], knot: dict[int, list[int]]) -> list[int]:
    tries = 1 + _SEARCH // len(knot)
    best = circle
    for event in circle[:tries]:
        best = min(best, _shortest_through(event, knot), key=len)
    return best


def _shortest_through(start: int, knot: dict[int, list[int]]) -> list[int]:
    """Return the shortest circle through an event that lies on one (breadth first)."""
    came_from: dict[int, int] = {}
    queue = deque([start])
    while start not in came_from:
        event = queue.popleft()
        for following in knot[event]:
            if following not in came_from:
                came_from[following] = event
                queue.append(following)
    circle = [start]
    while came_from[circle[-1]] != start:
        circle.append(came_from[circle[-1]])
    return circle[::-1]

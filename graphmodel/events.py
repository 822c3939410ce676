"""What must be computed before what: the graph of items that the forward pass follows.

One event for each item, numbered as the plan lists them, and one more for each parent. An arrow
runs from what must be known first (DESIGN 5.3.3, 5.3.4):

* from a child to its parent, whose finish waits for it;
* from a link's predecessor to its successor, where a parent's event is its finish;
* where a link holds every leaf below a parent (`bounds_leaves`), from its predecessor to the
  parent's second event, its *opening*, and from the opening to the opening of each part, or to the
  part itself where it has none.

Starts and finishes share an event: an activity is not split, so what holds its finish moves its
start as well, and two links can wait for each other whatever their types.
"""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from graphmodel.errors import CycleError
from graphmodel.modes import rules_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from graphmodel.links import Link
    from graphmodel.plan import Plan

__all__ = ["EventGraph", "bounds_leaves", "sort_events"]


def bounds_leaves(plan: Plan, link: Link) -> bool:
    """Return whether a link into a parent holds the start of every leaf below it (DESIGN 5.3.4).

    So it does, for FS and SS, under ``parent_links: leaves``, and for a register row whose both
    ends are parents; every other link into a parent holds the parent's own finish.
    """
    if link.type not in {"FS", "SS"} or plan.index.is_leaf(link.to):
        return False
    project = plan.index.project_of(link.to)
    if rules_of((project or plan).options).parent_links == "leaves":
        return True
    return link.origin == "register" and not plan.index.is_leaf(link.from_)


@dataclass(frozen=True, slots=True)
class EventGraph:
    """The events of a plan: ``after`` lists, for each, what waits for it; ``names``, its item.

    ``by_arrow`` holds the links whose names are known: see `remember`.
    """

    plan: Plan
    position: dict[str, int]
    names: list[str]
    after: list[list[int]]
    openings: dict[int, int]
    by_arrow: dict[tuple[int, int], Link]

    @classmethod
    def of(cls, plan: Plan, links: Iterable[Link] = ()) -> EventGraph:
        """Build the graph of the plan's breakdown and of these links between its items."""
        position = plan.index.position
        size = len(position)
        openings = {
            position[parent]: size + number for number, parent in enumerate(plan.index.children)
        }
        after: list[list[int]] = [[] for _ in range(size + len(openings))]
        for number, above in enumerate(plan.index.parents.values()):
            if above is not None:
                parent = position[above]
                after[number].append(parent)
                after[openings[parent]].append(openings.get(number, number))
        names = [*position, *plan.index.children]
        graph = cls(plan, position, names, after, openings, {})
        for link in links:
            graph.add(link, position[link.from_], position[link.to])
        return graph

    def add(self, link: Link, source: int, target: int) -> int:
        """Add the arrow of a link between these two items; return the event it leads to."""
        if target in self.openings and bounds_leaves(self.plan, link):
            target = self.openings[target]
        self.after[source].append(target)
        return target

    def arrow(self, link: Link) -> tuple[int, int]:
        """Return the two events that a link joins, the one to be computed first before."""
        head = self.position[link.to]
        if head in self.openings and bounds_leaves(self.plan, link):
            head = self.openings[head]
        return self.position[link.from_], head

    def remember(self, links: Iterable[Link], among: Container[int] | None = None) -> None:
        """Keep these links, or those that leave one of these events, to tell circles in words."""
        for link in links:
            tail, head = self.arrow(link)
            if among is None or tail in among:
                self.by_arrow.setdefault((tail, head), link)

    def circle_error(self, circle: Sequence[int]) -> CycleError:
        """Return the error for a circle of events: every item on it, every step in words."""
        first = circle.index(min(circle))
        turned = [*circle[first:], *circle[:first]]
        steps = [
            self._step(event, following)
            for event, following in zip(turned, [*turned[1:], turned[0]], strict=True)
        ]
        return CycleError(list(dict.fromkeys(self.names[event] for event in turned)), steps)

    def _step(self, event: int, following: int) -> str:
        link = self.by_arrow.get((event, following))
        if link is not None:
            return link.name
        one, other = self.names[event], self.names[following]
        if event < len(self.position):
            return f"{one} is part of {other}"
        return f"{other} is held by what {one} waits for, being part of it"


def sort_events(after: Sequence[Sequence[int]]) -> list[int]:
    """Return the events so that each stands before what waits for it (Kahn 1962).

    Of the events that wait for nothing more, the one with the lowest number comes first, so the
    order keeps close to the plan's own. Events on a circle, and all that wait for them, are left
    out. Takes O(n log n).
    """
    waits = [0] * len(after)
    for following in after:
        for event in following:
            waits[event] += 1
    ready = [event for event, count in enumerate(waits) if not count]  # in order, so a heap
    ordered: list[int] = []
    while ready:
        event = heappop(ready)
        ordered.append(event)
        for one in after[event]:
            waits[one] -= 1
            if not waits[one]:
                heappush(ready, one)
    return ordered

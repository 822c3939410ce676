"""A slow, obvious scheduler: the forward pass, and here the late dates and floats (DESIGN 5.5)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.oracle import facts
from tests.oracle.dates import days_of, finish_of, latest
from tests.oracle.forward import Forward

if TYPE_CHECKING:
    from datetime import datetime

    from graphmodel.links import Link

__all__ = ["Oracle"]


class Oracle(Forward):
    """Dates and floats of a plan; every method is one rule and may call itself."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.late_finish = cache(self._late_finish)

    # -- Late dates (5.5) -------------------------------------------------------------------

    def plan_finish(self) -> datetime | None:
        """Return the latest finish of all items."""
        places = (self.place(name) for name in self.items)
        return max((one.finish for one in places if one.finish is not None), default=None)

    def _late_finish(self, name: str) -> datetime | None:
        """The least of the item's cap, what successors allow, and the parent's late finish."""
        placed = self.place(name)
        if placed.finish is None:
            return None
        limits = [self.cap(name), self.parent_late_finish(name)]
        limits += [self.finish_limit(link) for link in self.binding(self.out[name])]
        return min(limit for limit in limits if limit is not None)

    def cap(self, name: str) -> datetime | None:
        """Own due, else the plan's must_finish, else the plan's finish."""
        stated = self.items[name].due or self.plan.must_finish
        return self.plan_finish() if stated is None else finish_of(stated)

    def parent_late_finish(self, name: str) -> datetime | None:
        """Return the late finish of the parent, where that can still move."""
        parent = self.items[name].parent
        if parent is None or facts.is_done(self.items[parent]):
            return None
        return self.late_finish(parent)

    def finish_limit(self, link: Link) -> datetime | None:
        """Return how late the predecessor may finish for one link out of it."""
        limit = self.end_limit(link)
        if limit is None or link.type[0] == "F":
            return limit
        return self.finish_after(link.from_, limit)

    def finish_after(self, name: str, late_start: datetime) -> datetime | None:
        """What limits the late start limits the late finish; an actual start is no limit."""
        item, placed = self.items[name], self.place(name)
        if item.actual_start is not None:
            return None
        if name not in self.children and not facts.is_begun(item) and not facts.is_done(item):
            return self.run(item)(late_start)
        assert placed.start is not None
        assert placed.finish is not None
        return late_start + (placed.finish - placed.start)

    def end_limit(self, link: Link) -> datetime | None:
        """Return how late the end that a link leaves may lie: its image must fit."""
        allowed = self.allowed(link)
        if allowed is None:
            return None
        side = self.leaves(link)[1]
        return latest(lambda instant: self.uncut(link, instant, side), allowed, self.step)

    def allowed(self, link: Link) -> datetime | None:
        """Return how late the successor lets the bound of a link be."""
        item = self.items[link.to]
        if facts.is_open_ended(item):
            return self.late_start_open_ended(link.to)
        late = self.late_finish(link.to)
        return None if late is None else self.held_end(link, late)

    def late_start_open_ended(self, name: str) -> datetime | None:
        """An item without a finish is limited by what its start holds, and by nothing else."""
        limits = [self.end_limit(link) for link in self.binding(self.out[name])]
        return min((limit for limit in limits if limit is not None), default=None)

    def held_end(self, link: Link, finish: datetime) -> datetime:
        """Return the instant a link's bound acts on, for a successor that finishes at ``finish``.

        Into a parent that is its finish, whatever the type (5.3.4); into a begun item the instant
        from which its remaining work runs (5.3.7).
        """
        item = self.items[link.to]
        if item.id in self.children or link.type[1] == "F":
            return finish
        runs = self.remain(item) if facts.is_begun(item) else self.run(item)
        return latest(runs, finish, self.step)

    # -- Floats (5.5) -----------------------------------------------------------------------

    def total_float(self, name: str) -> float | None:
        """Late finish - finish in days; a parent's is the least of its children's and its own."""
        placed, late = self.place(name), self.late_finish(name)
        if placed.finish is None or late is None:
            return None
        floats = [days_of(late - placed.finish)]
        for child in self.children.get(name, ()):
            below = None if facts.is_done(self.items[child]) else self.total_float(child)
            floats += [] if below is None else [below]
        return min(floats)

    def relationship_float(self, link: Link) -> float:
        """Return the room in days between what a link asks for and where its successor is.

        A lead that is cut at the plan's start leaves as much room as it was cut by.
        """
        asked = self.uncut(link, *self.leaves(link))
        after = self.place(link.to)
        if after.finish is None or (link.type[1] == "S" and self.starts_when_told(link.to)):
            assert after.start is not None
            return days_of(after.start - asked)
        return days_of(self.held_end(link, after.finish) - asked)

    def holding(self, links: list[Link]) -> list[Link]:
        """Links that hold something; a parent without a finish of its own is held by none."""
        return [
            link
            for link in self.binding(links)
            if link.to not in self.children or self.place(link.to).finish is not None
        ]

    def starts_when_told(self, name: str) -> bool:
        """Whether a start-type bound holds the start itself: of a leaf that has not begun."""
        return name not in self.children and not facts.is_begun(self.items[name])

    def free_float(self, name: str) -> float | None:
        """Return the least relationship float over links out, else the plan's finish - finish."""
        placed, end = self.place(name), self.plan_finish()
        if placed.finish is None or end is None:
            return None
        floats = [self.relationship_float(link) for link in self.holding(self.out[name])]
        return min(floats, default=days_of(end - placed.finish))

    def driven_by(self, name: str) -> set[str]:
        """Predecessors whose links have a relationship float of 0."""
        return {
            link.from_
            for link in self.holding(self.into[name])
            if self.relationship_float(link) == 0
        }

"""A slow, obvious scheduler: the dates, the late dates, and here the floats (DESIGN 5.5)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.oracle import facts
from tests.oracle.constraints import is_alap
from tests.oracle.late import Late
from tests.oracle.places import Bound, Place

if TYPE_CHECKING:
    from datetime import datetime

    from graphmodel.items import Item
    from graphmodel.people import Gate
    from tests.oracle.basis import Hold

__all__ = ["Oracle"]


class Oracle(Late):
    """Dates and floats of a plan; every method is one rule and may call itself.

    ``early`` is the forward pass alone. Where ALAP moves items of a plan or of P6, they are here
    in their late places, with everybody else where the forward pass put them.
    """

    def __post_init__(self) -> None:
        super().__post_init__()
        self.moving: list[str] = []
        same = (self.plan, self.gaps, self.links, self.slips, self.floors, self.written)
        self.early = Late(*same)
        alap = [item.id for item in self.plan.items if is_alap(item)]
        if alap and self.choices.mode == "ms-project":
            others = {name: spans for name, spans in self.slips.items() if name not in alap}
            first = Late(self.plan, self.gaps, self.links, others, self.floors, self.written)
            late = {name: first.late_finish(name) for name in alap}
            self.early = Late(*same)
            self.early.held_late = {name: one for name, one in late.items() if one is not None}
        self._settled = cache(self._settle)

    def place(self, name: str) -> Place:
        """Return where an item lies in the end.

        While an ALAP item looks for its room, it and all parents lie where the forward pass put
        them: the room ends where successors are now.
        """
        if self.moving and (name in self.moving or name in self.children):
            return self.early.place(name)
        return self._settled(name)

    def passed_at(self, item: Item) -> list[tuple[Gate, datetime]]:
        """Return the meetings of the forward pass: ALAP moves no gate."""
        return self.early.passed_at(item)

    def plan_finish(self) -> datetime | None:
        """Return the plan's finish, which ALAP does not move."""
        return self.early.plan_finish()

    def _settle(self, name: str) -> Place:
        """ALAP leaves move as late as they can; what they are part of spans them again (5.3.4)."""
        placed, item = self.early.place(name), self.items[name]
        if name in self.children and not facts.is_done(item) and facts.takes_part(item):
            return self.around(placed, [self.place(child) for child in self.children[name]], name)
        if placed.finish is None or not self.moves_late(item):
            return placed
        self.moving.append(name)
        late = self.put_back(item, min(self.room(item)))
        self.moving.pop()
        assert late.finish is not None
        return late if late.finish > placed.finish else placed

    def around(self, placed: Place, below: list[Place], name: str) -> Place:
        """Span parts that moved: finish no earlier than each, start with the earliest."""
        if below == [self.early.place(child) for child in self.children[name]]:
            return placed
        ends = [one.finish for one in (placed, *below) if one.finish is not None]
        starts = [Bound(one.start, one.start_side) for one in below if one.start is not None]
        own = facts.own_start(self.items[name])
        if own is not None:
            starts.append(Bound(own, "start"))
        finish = max(ends)
        start = min((bound.instant for bound in starts), default=finish)
        side = placed.finish_side if finish == placed.finish else self.parent_side(below, finish)
        return self.spans(starts, start, finish, side)

    # -- Floats (5.5) -----------------------------------------------------------------------

    def total_float(self, name: str) -> float | None:
        """Late finish - finish in days; a parent's is the least of its children's and its own."""
        placed, late, item = self.place(name), self.late_finish(name), self.items[name]
        if placed.finish is None or late is None:
            return None
        floats = [self.days_of(item, placed.finish, late)]
        for child in self.children.get(name, ()):
            below = None if facts.is_done(self.items[child]) else self.total_float(child)
            floats += [] if below is None else [below]
        return min(floats)

    def is_critical(self, name: str) -> bool:
        """Total float of no more than nothing; a complete item never is."""
        room = self.total_float(name)
        return room is not None and room <= 0 and not facts.is_done(self.items[name])

    def asked_and_held(self, hold: Hold) -> list[tuple[datetime, datetime]]:
        """Return the bounds that a link asks for, each with where its successor is.

        A lead that is cut at the plan's start leaves as much room as it was cut by. Into a gate it
        is the bound plus papers lead against the meeting, for each of its boards.
        """
        item = self.items[hold.to]
        instant, side = self.leaves_at(hold)
        if not self.gates_of(item):
            held = self.allowed_now(hold)
            assert held is not None
            return [(self.uncut(hold, instant, side), held)]
        found: list[tuple[datetime, datetime]] = []
        finish = self.place(item.id).finish
        assert finish is not None
        for gate, passed in self.last_meetings(item, finish):
            bound = self.uncut(hold, instant - self.link_gives(item, gate, hold), side)
            if item.mode == "logic" and item.duration and hold.type[1] == "S":
                bound = self.run(item)(self.where_work_goes_on(item, bound))
            found.append((self.ready(gate, bound), passed))
        return found

    def relationship_float(self, hold: Hold, name: str) -> float:
        """Return how far the end that a link leaves can move with its successor where it is.

        It is the end of the predecessor, or of an item below it.
        """
        limit, placed = self.end_limit(hold, self.allowed_now), self.place(name)
        end = placed.finish if hold.type[0] == "F" else placed.start
        assert limit is not None
        assert end is not None
        return self.days_of(self.items[name], end, limit)

    def drives(self, hold: Hold) -> bool:
        """A link drives when no time, or no working time of the successor, is left on it."""
        item = self.items[hold.to]
        pairs = self.asked_and_held(hold)
        return any(self.days_of(item, asked, held) == 0 for asked, held in pairs)

    def holding(self, holds: list[Hold]) -> list[Hold]:
        """Links that hold something.

        A level of effort gives way, and a parent without a finish of its own is held by none.
        """
        return [
            hold
            for hold in self.binding(holds)
            if self.place(hold.to).start is not None
            and not self.is_loe(self.items[hold.to])
            and (hold.to not in self.children or self.place(hold.to).finish is not None)
        ]

    def free_float(self, name: str) -> float | None:
        """Return the least relationship float over links out, else the plan's finish - finish.

        Where links into parents hold their leaves, a leaf waits for the links out of its parents
        too. In P6 and MS Project none has room below 0, and MS Project gives an item without any
        its total float, and an ALAP item none.
        """
        placed, end, item = self.place(name), self.plan_finish(), self.items[name]
        if placed.finish is None or end is None or self.is_loe(item):
            return None
        if self.choices.mode == "ms-project" and is_alap(item) and not facts.is_begun(item):
            return 0.0
        floats = [self.relationship_float(hold, name) for hold in self.holding(self.out[name])]
        if self.choices.parent_links == "leaves":
            for one in self.ancestors(name):
                above = self.holding(self.out[one])
                floats += [self.relationship_float(hold, name) for hold in above]
        if not floats:
            is_total = self.choices.mode == "ms-project"
            return self.total_float(name) if is_total else self.days_of(item, placed.finish, end)
        return min(floats) if self.choices.mode == "plan" else max(min(floats), 0)

    def driven_by(self, name: str) -> set[str]:
        """Predecessors whose links drive."""
        return {hold.from_ for hold in self.holding(self.into[name]) if self.drives(hold)}

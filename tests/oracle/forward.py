"""The forward pass of the oracle: recursive, on `datetime`s, one short method for each rule.

It follows DESIGN 5.1 to 5.4 and knows nothing of the engine: where the two agree on random plans,
one of them would have to be wrong in the same way by accident. What an item looks up stands in
`basis`, how long it takes in `lengths`, how far links reach in `lags`, what boards do in `gates`,
where what has no ordinary dates lies in `special`; here each item is put into its place.

Plans that hold months must hold whole days only: a month added to a time of day is not monotone
(30 Jan 23:00 and 31 Jan 01:00 + 1m are 28 Feb 23:00 and 28 Feb 01:00).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.oracle import facts
from tests.oracle.basis import links_used
from tests.oracle.constraints import finish_floors, is_alap, pin, start_floors
from tests.oracle.dates import start_of
from tests.oracle.places import NOWHERE, Bound, Place, side_of
from tests.oracle.special import SIDES, Special

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from graphmodel.items import Item
    from tests.oracle.dates import Side

__all__ = ["Forward", "links_used"]


class Forward(Special):
    """Dates of a plan; every method is one rule, and may ask for the dates of other items."""

    #: Late finishes that take the place of the early ones: MS Project's ALAP (5.3.2).
    held_late: Mapping[str, datetime] = {}

    def __post_init__(self) -> None:
        super().__post_init__()
        self._places = cache(self._place)

    def place(self, name: str) -> Place:
        """Return where an item lies."""
        return self._places(name)

    def _place(self, name: str) -> Place:
        item = self.items[name]
        kinds: list[tuple[object, Callable[[Item], Place]]] = [
            (not facts.takes_part(item), lambda _: NOWHERE),
            (facts.is_done(item), self.place_done),
            (name in self.children, self.place_parent),
            (self.gates_of(item), self.place_gate),
            (facts.is_open_ended(item), self.place_open_ended),
            (item.type == "loe", self.place_loe),
            (item.mode == "fixed", self.place_fixed),
            (facts.is_begun(item), lambda one: self.slip(one, self.place_begun(one))),
            (True, self.place_ordinary),
        ]
        return next(place for holds, place in kinds if holds)(item)

    def place_ordinary(self, item: Item) -> Place:
        """Place what has not begun: slips after the logic, blackouts last (5.4, 5.3.6)."""
        return self.leave_blackouts(item, self.slip(item, self.place_unstarted(item)))

    def place_done(self, item: Item) -> Place:
        """Rule 1: facts."""
        finish = facts.done_finish(item, self.plan.status_date)
        start = facts.done_start(item, finish)
        if item.type == "start_milestone":
            return Place(start, finish, "start", "start")
        return Place.of(start, finish)

    # -- What has not begun (rules 2, 3, 5 of constraints, 7) -------------------------------

    def place_unstarted(self, item: Item) -> Place:
        """Own dates, constraints, links, levelling, the status date; a hard pin beats them all."""
        held = pin(item)
        if held is not None:
            return self.put(item, *(([held], []) if held.side == "start" else ([], [held])))
        on_start, on_finish = self.link_bounds(item)
        own = facts.own_finish(item)
        if item.mode == "planned" and own is None and not (on_start or on_finish):
            return NOWHERE
        if own is not None:
            on_finish.append(Bound(own, "finish"))
        on_start += start_floors(item)
        on_finish += finish_floors(item)
        start = self.plan_start()
        if item.mode == "logic" and start is not None and not self.starts_by_itself(on_start):
            on_start.append(Bound(start, "start"))
        if self.status_instant is not None:
            on_start.append(Bound(self.status_instant, self.status_side))
        return self.hold_late(item, self.level(item, self.put(item, on_start, on_finish)))

    def starts_by_itself(self, on_start: list[Bound]) -> bool:
        """In MS Project the plan's start holds only what nothing else holds the start of."""
        return self.choices.mode == "ms-project" and bool(on_start)

    def put(self, item: Item, on_start: list[Bound], on_finish: list[Bound]) -> Place:
        """Not split: when the finish is held later the start moves with it (5.3.3)."""
        if self.is_point(item):
            return self.put_point(item, on_start + on_finish)
        finishes = [self.into_work(item, bound.instant) for bound in on_finish]
        start = max((bound.instant for bound in on_start), default=None)
        if start is not None:
            start = self.where_work_goes_on(item, start)
            finishes.append(self.run(item)(start))
        finish = max(finishes)
        if start is None or self.run(item)(start) < finish:
            start = self.run_back(item, finish)
        return Place.of(start, finish)

    def put_point(self, item: Item, bounds: list[Bound]) -> Place:
        """A zero-length item has one instant, shown by the bound that holds it (5.1)."""
        moved = [self.point_in_work(item, bound) for bound in bounds]
        instant = max(bound.instant for bound in moved)
        side = side_of(instant, moved)
        floors = {self.plan_start()} | (
            {self.status_instant} if self.status_side == "start" else set()
        )
        if item.mode == "logic" and instant in floors:
            side = "start"  # nothing is shown before the plan's start or the status date
        return Place.of(instant, instant, SIDES.get(item.type) or side)

    def level(self, item: Item, placed: Place) -> Place:
        """Add a levelling delay to the start, where the item has a predecessor."""
        delay = item.levelling_delay
        if delay is None or placed.start is None or item.id not in self.has_predecessor:
            return placed
        later = self.delayed(item, placed.start)
        return placed if later == placed.start else self.put(item, [Bound(later, "start")], [])

    def hold_late(self, item: Item, placed: Place) -> Place:
        """ALAP in MS Project: the late dates take the place of the early ones."""
        late = self.held_late.get(item.id) if is_alap(item) else None
        if late is None or placed.finish is None or late <= placed.finish:
            return placed
        return self.put_back(item, late)

    # -- What has begun (rule 7) ------------------------------------------------------------

    def place_begun(self, item: Item) -> Place:
        """Remaining work runs from T, and no earlier than start-type bounds allow."""
        on_start, on_finish = self.link_bounds(item)
        own = facts.own_finish(item)
        if item.mode == "planned" and own is None and not (on_start or on_finish):
            return NOWHERE
        on_finish += finish_floors(item) + ([] if own is None else [Bound(own, "finish")])
        bounds = [self.moved_into_work(item, bound) for bound in on_finish]
        began = None if item.actual_start is None else start_of(item.actual_start)
        if began is not None and self.runs_on(item):
            ends = self.from_actual_start(item, began)
            bounds.append(Bound(ends, "start" if ends == began else "finish"))
            began_again = None
        else:
            began_again = began
        bounds += self.rest_of_work(item, on_start, began_again)
        finish = max(bound.instant for bound in bounds)
        if began is None:
            return Place.of(finish - facts.own_length(item), finish)
        return Place.of(min(began, finish), finish, side_of(finish, bounds))

    def moved_into_work(self, item: Item, bound: Bound) -> Bound:
        """Move a finish-type bound out of non-working time."""
        return Bound(self.into_work(item, bound.instant), bound.side)

    def rest_of_work(
        self, item: Item, on_start: list[Bound], began: datetime | None
    ) -> list[Bound]:
        """Return when the remaining work ends: it runs from T, links, and the actual start.

        Where none of the first two is there, own dates stand as they are.
        """
        resumes = list(on_start)
        if self.status_instant is not None:
            resumes.append(Bound(self.status_instant, self.status_side))
        if began is not None and (resumes or item.mode == "logic"):
            resumes.append(Bound(began, "start"))
        if not resumes:
            return []
        last = max(bound.instant for bound in resumes)
        side = side_of(last, resumes)
        finish = self.resumed_at(item, last)
        if side == "start" and self.remain(item)(last) == last:
            finish = last  # nothing is left of what has just begun
        side = side if finish == last else "finish"
        return [Bound(finish, side)]

    # -- Slips and blackouts ----------------------------------------------------------------

    def slip(self, item: Item, placed: Place) -> Place:
        """Add S to the finish after the logic; the length stays, so the start moves too (5.4)."""
        if item.id not in self.slips or placed.start is None or placed.finish is None:
            return placed
        finish = self.slipped(item, placed.finish, placed.finish_side)
        if finish == placed.finish:
            return placed
        if facts.is_begun(item):
            finish = self.into_work(item, finish)
            kept = item.actual_start is not None
            start = placed.start if kept else placed.start + (finish - placed.finish)
            return Place.of(start, finish, placed.finish_side)
        if self.is_point(item):
            return self.put_point(item, [Bound(finish, placed.finish_side)])
        finish = self.into_work(item, finish)
        start = placed.start if item.actual_start is not None else self.run_back(item, finish)
        return Place.of(start, finish, placed.finish_side)

    # -- Parents (rule 4) -------------------------------------------------------------------

    def place_parent(self, item: Item) -> Place:
        """No earlier than each child; links bound the finish; starts with the earliest."""
        below = [self.place(child) for child in self.children[item.id]]
        starts = [Bound(one.start, one.start_side) for one in below if one.start is not None]
        own_start, own_finish = facts.own_start(item), facts.own_finish(item)
        if own_start is not None:
            starts.append(Bound(own_start, "start"))
        start = min((bound.instant for bound in starts), default=None)
        if self.gates_of(item):
            finish = self.passes(item)
            return self.spans(starts, start, finish, "finish")
        bounds = [Bound(one.finish, one.finish_side) for one in below if one.finish is not None]
        into = self.binding(self.into[item.id])
        bounds += [Bound(self.bound(hold).instant, "finish") for hold in into]
        if own_finish is not None:
            bounds.append(Bound(own_finish, "finish"))
            if self.status_instant is not None:
                bounds.append(Bound(self.status_instant, "finish"))
        if not bounds:
            return self.spans(starts, start, None, "finish")
        finish = max(bound.instant for bound in bounds)
        only_linked = own_finish is None and all(one.finish is None for one in below)
        if only_linked and start is not None and finish <= start:
            return Place(start, None, side_of(start, starts))  # open-ended: links give no finish
        side = self.parent_side(below, finish)
        return self.spans(starts, start, self.slipped(item, finish, side), side)

    @staticmethod
    def spans(
        starts: list[Bound], start: datetime | None, finish: datetime | None, side: Side
    ) -> Place:
        """Return the place of a parent, whose start and finish may each be unknown."""
        if finish is None:
            return NOWHERE if start is None else Place(start, None, side_of(start, starts))
        if start is None or start >= finish:
            return Place.of(finish, finish, side)
        return Place(start, finish, side_of(start, starts), side)

    @staticmethod
    def parent_side(below: list[Place], finish: datetime) -> Side:
        """A parent is not shown to finish before a part that finishes at the same instant."""
        sides = [one.finish_side for one in below if one.finish == finish]
        return "start" if "start" in sides else "finish"

"""The forward pass of the oracle: recursive, on `datetime`s, one short method for each rule.

It follows DESIGN 5.1 to 5.4 for what needs neither calendars nor constraints, gates, blackouts,
splits, ``fixed`` or ``loe``, with ``parent_links: finish``. It knows nothing of the engine: where
the two agree on random plans, one of them would have to be wrong in the same way by accident.

Plans that hold months must hold whole days only: a month added to a time of day is not monotone
(30 Jan 23:00 and 31 Jan 01:00 + 1m are 28 Feb 23:00 and 28 Feb 01:00).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from graphmodel.spans import Span
from tests.oracle import facts
from tests.oracle.dates import (
    MINUTE,
    NOTHING,
    ONE_DAY,
    add,
    finish_of,
    latest,
    length_of,
    start_of,
)
from tests.oracle.places import NOWHERE, Bound, Place, side_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime, timedelta

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from simulations.results import Gaps
    from tests.oracle.dates import Side

__all__ = ["Forward", "links_used"]


def links_used(plan: Plan, links: str = "accepted", min_confidence: float = 0.0) -> list[Link]:
    """Accepted links, and where asked for those proposed with enough confidence (5.3.8).

    For plans in which the proposed links close no cycle.
    """
    return [
        link
        for link in plan.links
        if link.state == "accepted"
        or (links == "proposed" and link.state == "proposed" and link.confidence >= min_confidence)
    ]


@dataclass
class Forward:
    """Dates of a plan; every method is one rule, and may ask for the dates of other items.

    ``slips`` and ``floors`` are what a scenario adds (5.4): spans added to a finish, and instants
    that a finish may not lie before.
    """

    plan: Plan
    gaps: Gaps = "spare"
    links: list[Link] | None = None
    slips: Mapping[str, Iterable[Span]] = field(default_factory=dict)
    floors: Mapping[str, datetime] = field(default_factory=dict)

    def __post_init__(self) -> None:
        used = links_used(self.plan) if self.links is None else self.links
        self.items = {item.id: item for item in self.plan.items}
        self.into: dict[str, list[Link]] = defaultdict(list)
        self.out: dict[str, list[Link]] = defaultdict(list)
        for link in used:
            if self.holds(link):
                self.into[link.to].append(link)
                self.out[link.from_].append(link)
        self.children: dict[str, list[str]] = defaultdict(list)
        for item in self.plan.items:
            if item.parent is not None:
                self.children[item.parent].append(item.id)
        status = self.plan.status_date
        self.status_instant = None if status is None else finish_of(status)
        self.step = ONE_DAY if self._has_months() else MINUTE
        self.place = cache(self._place)

    # -- What holds -------------------------------------------------------------------------

    def holds(self, link: Link) -> bool:
        """Links at items that take no part are findings (5.3.2).

        A finish-type bound on an item without a finish, or any on a fact, holds nothing either.
        FS and FF from "from X onwards" hold nothing because there is no finish (see `binding`).
        """
        before, after = self.items[link.from_], self.items[link.to]
        if not (facts.takes_part(before) and facts.takes_part(after)) or facts.is_done(after):
            return False
        return not (facts.is_open_ended(after) and link.type in {"FF", "SF"})

    def plan_start(self) -> datetime | None:
        """Return the plan's start; without one, plans that need it take their first own date."""
        start = self.plan.start
        if start is None and any(item.mode == "logic" for item in self.plan.items):
            start = facts.first_own_date(self.plan)
        return None if start is None else start_of(start)

    def _has_months(self) -> bool:
        spans = [link.lag for link in self.plan.links]
        spans += [span for one in self.slips.values() for span in one]
        for item in self.plan.items:
            spans += [span for span in (item.duration, item.remaining) if span is not None]
        return any(span.unit == "m" for span in spans)

    # -- Forward pass (5.3) -----------------------------------------------------------------

    def _place(self, name: str) -> Place:
        item = self.items[name]
        if not facts.takes_part(item):
            return NOWHERE
        if facts.is_done(item):
            return self.place_done(item)
        if name in self.children:
            return self.place_parent(item)
        if facts.is_open_ended(item):
            return self.place_open_ended(item)
        if facts.is_begun(item):
            return self.slip(item, self.place_begun(item))
        return self.slip(item, self.place_unstarted(item))

    def place_done(self, item: Item) -> Place:
        """Rule 1: facts."""
        finish = facts.done_finish(item, self.status_instant)
        return Place.of(facts.done_start(item, finish), finish)

    def place_parent(self, item: Item) -> Place:
        """Rule 4: no earlier than each child; links bound the finish; starts with the earliest."""
        below = [self.place(child) for child in self.children[item.id]]
        starts = [Bound(one.start, one.start_side) for one in below if one.start is not None]
        own_start, own_finish = facts.own_start(item), facts.own_finish(item)
        if own_start is not None:
            starts.append(Bound(own_start, "start"))
        bounds = [Bound(one.finish, one.finish_side) for one in below if one.finish is not None]
        into = self.binding(self.into[item.id])
        bounds += [Bound(self.bound(link).instant, "finish") for link in into]
        if own_finish is not None:
            bounds += [Bound(own_finish, "finish"), *self.status_bound()]
        start = min((bound.instant for bound in starts), default=None)
        if not bounds:
            return NOWHERE if start is None else Place(start, None, side_of(start, starts))
        finish = max(bound.instant for bound in bounds)
        only_linked = own_finish is None and all(one.finish is None for one in below)
        if only_linked and start is not None and finish <= start:
            return Place(start, None, side_of(start, starts))  # open-ended: links give no finish
        side = self.parent_side(below, finish)
        finish = self.slipped(item, finish, side)
        if start is None or start >= finish:
            return Place.of(finish, finish, side)
        return Place(start, finish, side_of(start, starts), side)

    @staticmethod
    def parent_side(below: list[Place], finish: datetime) -> Side:
        """A parent is not shown to finish before a part that finishes at the same instant."""
        sides = [one.finish_side for one in below if one.finish == finish]
        return "start" if "start" in sides else "finish"

    def place_open_ended(self, item: Item) -> Place:
        """Keep a start that can be pushed, and no finish: "from X onwards" (5.3.2).

        What a slip or a group does to a finish it does to this start.
        """
        bounds = [self.bound(link) for link in self.binding(self.into[item.id])]
        bounds += self.status_bound()
        own = facts.own_start(item)
        if own is not None:
            bounds.append(Bound(own, "start"))
        if item.id in self.floors:
            bounds.append(Bound(self.floors[item.id], "start"))
        start = max(bound.instant for bound in bounds)
        return Place(self.slipped(item, start, "start"), None)

    def place_unstarted(self, item: Item) -> Place:
        """Rules 2, 3 and 7 for an item that has not begun."""
        on_start, on_finish = self.link_bounds(item)
        own = facts.own_finish(item)
        if item.mode == "planned" and own is None and not (on_start or on_finish):
            return NOWHERE
        if own is not None:
            on_finish.append(Bound(own, "finish"))
        start = self.plan_start()
        if item.mode == "logic" and start is not None:
            on_start.append(Bound(start, "start"))
        on_start += self.status_bound()
        return self.put(item, on_start, on_finish)

    def put(self, item: Item, on_start: list[Bound], on_finish: list[Bound]) -> Place:
        """Not split: when the finish is held later the start moves with it (5.3.3)."""
        finishes = [bound.instant for bound in on_finish]
        start = max((bound.instant for bound in on_start), default=None)
        if start is not None:
            finishes.append(self.run(item)(start))
        finish = max(finishes)
        if start is None or self.run(item)(start) < finish:
            start = self.run_back(item, finish)
        side = side_of(finish, on_start + on_finish)
        return Place.of(start, finish, "start" if item.type == "start_milestone" else side)

    def run_back(self, item: Item, finish: datetime) -> datetime:
        """Return the start of an item held at its finish: the latest whose image fits (5.2)."""
        return latest(self.run(item), finish, self.step)

    def place_begun(self, item: Item) -> Place:
        """Rule 7: remaining work runs from T, and no earlier than start-type bounds allow."""
        on_start, on_finish = self.link_bounds(item)
        own = facts.own_finish(item)
        if item.mode == "planned" and own is None and not (on_start or on_finish):
            return NOWHERE
        bounds = on_finish + ([] if own is None else [Bound(own, "finish")])
        resumes = on_start + self.status_bound()
        if resumes:
            resume = max(bound.instant for bound in resumes)
            bounds.append(Bound(self.remain(item)(resume), "finish"))
        if self.status_instant is None and item.mode == "logic" and item.actual_start is not None:
            bounds.append(Bound(self.run(item)(start_of(item.actual_start)), "finish"))
        finish = max(bound.instant for bound in bounds)
        if item.actual_start is not None:
            return Place.of(min(start_of(item.actual_start), finish), finish)
        return Place.of(finish - facts.own_length(item), finish)

    def slip(self, item: Item, placed: Place) -> Place:
        """Add S to the finish after the logic; the length stays, so the start moves too (5.4)."""
        if item.id not in self.slips or placed.start is None or placed.finish is None:
            return placed
        finish = self.slipped(item, placed.finish, placed.finish_side)
        if item.actual_start is not None:
            start = placed.start
        elif facts.is_begun(item):
            start = placed.start + (finish - placed.finish)
        else:
            start = self.run_back(item, finish)
        return Place.of(start, finish, placed.finish_side)

    def slipped(self, item: Item, finish: datetime, side: Side) -> datetime:
        """Slips of one item add up: months first, so that their order does not matter."""
        spans = list(self.slips.get(item.id, ()))
        months = sum(span.amount for span in spans if span.unit == "m")
        finish = add(finish, Span(Decimal(months), "m"), side)
        for span in spans:
            if span.unit != "m":
                finish = add(finish, span, side)
        return finish

    def binding(self, links: list[Link]) -> list[Link]:
        """Return those of the links whose predecessor has the date they leave."""
        found: list[Link] = []
        for link in links:
            before = self.place(link.from_)
            left = before.finish if link.type[0] == "F" else before.start
            if left is not None:
                found.append(link)
        return found

    def link_bounds(self, item: Item) -> tuple[list[Bound], list[Bound]]:
        """Return what links hold the start and the finish at; a floor holds the finish (5.4)."""
        into = self.binding(self.into[item.id])
        on_start = [self.bound(link) for link in into if link.type in {"FS", "SS"}]
        on_finish = [self.bound(link) for link in into if link.type in {"FF", "SF"}]
        if item.id in self.floors:
            on_finish.append(Bound(self.floors[item.id], "finish"))
        return on_start, on_finish

    def status_bound(self) -> list[Bound]:
        """Undone work lies after the status date's last instant (5.3.7)."""
        return [] if self.status_instant is None else [Bound(self.status_instant, "finish")]

    # -- Lengths ----------------------------------------------------------------------------

    def run(self, item: Item) -> Callable[[datetime], datetime]:
        """Return how an item that has not begun runs from a start to its finish (5.2, 5.3.2)."""
        duration = item.duration
        if item.mode == "logic" and duration is not None:
            return lambda start: add(start, duration, "start")
        length = self.gap_length(item) if self.has_gap(item) else self.planned_length(item)
        return lambda start: start + length

    def planned_length(self, item: Item) -> timedelta:
        """Return finish - start as planned, zero where only a finish is known (5.3.2)."""
        planned = item.planned
        if planned.start is None or planned.finish is None:
            return NOTHING
        return max(finish_of(planned.finish) - start_of(planned.start), NOTHING)

    def has_gap(self, item: Item) -> bool:
        """Only finish-only leaves get a work length, and only under that rule (5.4)."""
        return (
            self.gaps == "work"
            and item.id not in self.children
            and item.mode == "planned"
            and item.status in {"not_started", "on_hold"}
            and item.planned.start is None
            and item.planned.finish is not None
        )

    def gap_length(self, item: Item) -> timedelta:
        """Planned finish - the latest (planned finish + lag) of its accepted FS predecessors."""
        assert item.planned.finish is not None
        readies: list[datetime] = []
        for link in self.into[item.id]:
            planned = self.items[link.from_].planned.finish
            if link.type == "FS" and link.state == "accepted" and planned is not None:
                readies.append(self.uncut(link, finish_of(planned), "finish"))
        if not readies:
            return NOTHING
        return max(finish_of(item.planned.finish) - max(readies), NOTHING)

    def remain(self, item: Item) -> Callable[[datetime], datetime]:
        """``remaining``, else duration x (1 - percent), else the rest of the planned span (7)."""
        span = item.remaining
        if span is None and item.mode == "logic" and item.duration is not None:
            span = facts.part_of_span(item.duration, item.percent or 0)
        if span is not None:
            left = span
            return lambda resume: add(resume, left, "start")
        rest = self.rest_of_span(item)
        return lambda resume: resume + rest

    def rest_of_span(self, item: Item) -> timedelta:
        """Return the part of the own span after the status date; without one, all that is planned.

        Where only a finish is planned nothing is left: its length is zero (5.3.2).
        """
        planned, finish = self.planned_length(item), facts.own_finish(item)
        if self.status_instant is None or finish is None:
            return planned
        return max(min(planned, finish - self.status_instant), NOTHING)

    # -- Links (5.3.3) ----------------------------------------------------------------------

    def bound(self, link: Link) -> Bound:
        """Return the instant that a link holds its successor's start or finish at."""
        instant, side = self.leaves(link)
        return Bound(self.lag(link, instant, side), "start" if link.type == "SS" else "finish")

    def leaves(self, link: Link) -> tuple[datetime, Side]:
        """Return the end of the predecessor that a link leaves, and how it is shown."""
        before = self.place(link.from_)
        if link.type[0] == "F":
            assert before.finish is not None
            return before.finish, before.finish_side
        assert before.start is not None
        return before.start, before.start_side

    def lag(self, link: Link, instant: datetime, side: Side) -> datetime:
        """Add a lag; a lead is cut at the plan's start (5.3.3)."""
        held = self.uncut(link, instant, side)
        start = self.plan_start()
        if link.lag.amount < 0 and start is not None:
            held = max(held, min(instant, start))
        return held

    def uncut(self, link: Link, instant: datetime, side: Side) -> datetime:
        """Add a lag; how late an end may lie does not depend on where the plan starts."""
        if link.lag.unit == "%":
            return instant + self.share(link)
        return add(instant, link.lag, side)

    def share(self, link: Link) -> timedelta:
        """Return the part of the predecessor's duration that a lag in percent stands for (5.2).

        That is its whole duration, or planned span, however much of it is done and however a gap
        before it is read.
        """
        before = self.items[link.from_]
        if before.duration is not None:
            full = length_of(before.duration)
        else:
            full = self.planned_length(before)
        return round(full / MINUTE * float(link.lag.amount) / 100) * MINUTE

"""Where gates, fixed dates, levels of effort and open ends lie, and how bounds meet calendars."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from graphmodel.spans import Span
from tests.oracle import facts
from tests.oracle.constraints import finish_floors, start_floors
from tests.oracle.dates import finish_of, latest, start_of
from tests.oracle.gates import Gates
from tests.oracle.meetings import enforced, falls_inside, starts_inside
from tests.oracle.places import NOWHERE, Bound, Place, side_of
from tests.oracle.shifts import WORKING

if TYPE_CHECKING:
    from datetime import datetime

    from graphmodel.items import Item
    from graphmodel.people import Gate
    from tests.oracle.basis import Hold
    from tests.oracle.dates import Side

__all__ = ["SIDES", "Special"]

#: What milestones of a type are shown as, whatever holds them (5.1).
SIDES: dict[str, Side] = {"start_milestone": "start", "finish_milestone": "finish"}


class Special(Gates):
    """Every method is one rule for one kind of item, or one way to move an instant."""

    # -- Bounds ------------------------------------------------------------------------------

    def bound(self, hold: Hold) -> Bound:
        """Return the instant that a link holds its successor's start or finish at (5.3.3)."""
        instant, side = self.leaves_at(hold)
        return Bound(self.lag(hold, instant, side), "start" if hold.type == "SS" else "finish")

    def link_bounds(self, item: Item) -> tuple[list[Bound], list[Bound]]:
        """Return what links hold the start and the finish at; a floor holds the finish (5.4)."""
        into = self.binding(self.into[item.id])
        on_start = [self.bound(hold) for hold in into if hold.type in {"FS", "SS"}]
        on_finish = [self.bound(hold) for hold in into if hold.type in {"FF", "SF"}]
        if item.id in self.floors:
            on_finish.append(Bound(self.floors[item.id], "finish"))
        return on_start, on_finish

    def slipped(self, item: Item, finish: datetime, side: Side) -> datetime:
        """Slips of one item add up: months first and work last, so that their order is nothing."""
        spans = list(self.slips.get(item.id, ()))
        calendar = self.calendar_of(item)
        months = sum(span.amount for span in spans if span.unit == "m")
        finish = self.plus(finish, Span(Decimal(months), "m"), side, calendar)
        for span in sorted(spans, key=lambda one: one.unit in WORKING):
            if span.unit != "m":
                finish = self.plus(finish, span, side, calendar)
        return finish

    # -- Instants and calendars (5.3.3) -----------------------------------------------------

    def resumed_at(self, item: Item, instant: datetime) -> datetime:
        """Return when remaining work ends that can go on at an instant (5.3.7).

        Where none remains it ends there, as what is told to finish.
        """
        resume = self.where_work_goes_on(item, instant)
        finish = self.remain(item)(resume)
        return self.into_work(item, instant) if finish == resume else finish

    def where_work_goes_on(self, item: Item, instant: datetime) -> datetime:
        """Move a start to where work goes on."""
        calendar = self.governs(item)
        return instant if calendar is None else calendar.forward(instant)

    def into_work(self, item: Item, instant: datetime) -> datetime:
        """Move a finish out of non-working time, forward."""
        calendar = self.governs(item)
        return instant if calendar is None else calendar.into_work(instant)

    def point_in_work(self, item: Item, bound: Bound) -> Bound:
        """Move the bound of a zero-length item out of non-working time.

        A start-type bound goes to where work goes on, a finish-type one stays at the end of a
        shift, or goes back to that of the same day. What goes forward is shown as the day that
        begins there.
        """
        calendar = self.governs(item)
        if calendar is None:
            return bound
        if bound.side == "start" or item.type == "start_milestone":
            return Bound(calendar.forward(bound.instant), "start")
        moved = calendar.into_work(bound.instant)
        return Bound(moved, "start" if moved > bound.instant else bound.side)

    def put_back(self, item: Item, finish: datetime) -> Place:
        """Place an item as late as a finish allows."""
        calendar = self.governs(item)
        if self.is_point(item):
            instant = finish if calendar is None else calendar.back(finish)
            return Place.of(instant, instant, SIDES.get(item.type, "finish"))
        start = self.run_back(item, finish)
        return Place.of(start, finish if calendar is None else self.run(item)(start))

    def delayed(self, item: Item, start: datetime) -> datetime:
        """Return the start after a levelling delay."""
        assert item.levelling_delay is not None
        later = self.plus(start, item.levelling_delay, "start", self.calendar_of(item))
        return self.where_work_goes_on(item, later)

    def undelayed(self, item: Item, start: datetime) -> datetime:
        """Return the latest start before a levelling delay that leads to a start."""
        delay = item.levelling_delay
        if not delay or item.id not in self.has_predecessor:
            return start
        return latest(lambda one: self.delayed(item, one), start, self.step_of(delay))

    def leave_blackouts(self, item: Item, placed: Place) -> Place:
        """What a blackout names cannot start inside it, and waits for the day after (5.3.6)."""
        while placed.start is not None:
            point = placed.start == placed.finish and placed.start_side == "finish"
            inside = falls_inside if point else starts_inside
            found = [one for one in enforced(self.plan, item) if inside(placed.start, one)]
            if not found:
                break
            after = max(finish_of(one.finish) for one in found)
            if placed.finish is None:
                placed = Place(after, None)
            elif self.is_point(item):
                moved = self.point_in_work(item, Bound(after, "start"))
                placed = Place.of(moved.instant, moved.instant, moved.side)
            else:
                start = self.where_work_goes_on(item, after)
                placed = Place.of(start, self.run(item)(start))
        return placed

    # -- Kinds of items (5.3.2) -------------------------------------------------------------

    def place_open_ended(self, item: Item) -> Place:
        """Keep a start that can be pushed, and no finish: "from X onwards" (5.3.2).

        What a slip or a group does to a finish it does to this start.
        """
        bounds = [self.bound(hold).instant for hold in self.binding(self.into[item.id])]
        bounds += [bound.instant for bound in start_floors(item)]
        if self.status_instant is not None:
            bounds.append(self.status_instant)
        own = facts.own_start(item)
        if own is not None:
            bounds.append(own)
        if item.id in self.floors:
            bounds.append(self.floors[item.id])
        start = self.slipped(item, max(bounds), "start")
        return self.leave_blackouts(item, Place(start, None))

    def place_loe(self, item: Item) -> Place:
        """Span from start-side to finish-side links, own start failing the first (5.3.2)."""
        on_start, on_finish = self.link_bounds(item)
        start = max((bound.instant for bound in on_start), default=None)
        finish = max((bound.instant for bound in on_finish), default=None)
        if item.actual_start is not None:
            start = start_of(item.actual_start)
        elif start is None and item.planned.start is not None:
            start = start_of(item.planned.start)
        if start is None:
            start = finish
        if start is None:
            return NOWHERE
        by_finish = finish is not None and finish >= start
        start = self.where_work_goes_on(item, start)
        finish = None if finish is None else self.into_work(item, finish)
        side = "finish" if by_finish else side_of(start, on_start or [Bound(start, "start")])
        return Place.of(start, max(start, finish or start), side)

    def place_fixed(self, item: Item) -> Place:
        """Own dates stand whatever pushes; a duration fills a missing end (5.3.2)."""
        start, finish = facts.own_start(item), facts.own_finish(item)
        if start is None and finish is None:
            return NOWHERE
        calendar, duration = self.calendar_of(item), item.duration
        side: Side = "finish"
        if finish is None:
            assert start is not None
            finish = start if duration is None else self.plus(start, duration, "start", calendar)
            side = "start"
        if start is None:
            last = finish
            start = last
            if duration:
                start = latest(
                    lambda one: self.plus(one, duration, "start", calendar),
                    last,
                    self.step_of(duration),
                )
        start = min(start, finish)
        later = self.slipped(item, max(finish, self.floors.get(item.id, finish)), side)
        moved = start if item.actual_start is not None else start + (later - finish)
        return Place.of(moved, later, side)

    # -- Gates (5.3.5) ----------------------------------------------------------------------

    def place_gate(self, item: Item) -> Place:
        """Pass the boards; the length stays, so the start moves along with the finish."""
        finish = self.passes(item)
        if finish is None:
            return NOWHERE
        if item.mode == "logic" and item.duration:
            return Place.of(self.run_back(item, finish), finish)
        if item.actual_start is not None:
            return Place.of(min(start_of(item.actual_start), finish), finish)
        own = self.own_date(item) if item.forecast is None else finish_of(item.forecast)
        if item.planned.start is None or own is None:
            return Place.of(finish, finish)
        return Place.of(min(start_of(item.planned.start) + (finish - own), finish), finish)

    def passes(self, item: Item) -> datetime | None:
        """Return the instant at which an item has passed the last of its boards."""
        return max((instant for _, instant in self.passed_at(item)), default=None)

    def passed_at(self, item: Item) -> list[tuple[Gate, datetime]]:
        """Return each gate of an item with the instant at which it is passed."""
        found: list[tuple[Gate, datetime]] = []
        for gate in self.gates_of(item):
            nominal = self.nominal(item, gate)
            if nominal is None:
                return []
            nominal = self.slipped(item, nominal, "finish")
            earliest = max([nominal, *(instant for _, instant in found)])
            found.append((gate, self.meeting_from(item, gate, earliest)))
        return found

    def nominal(self, item: Item, gate: Gate) -> datetime | None:
        """Return the later of M and (logic + papers_lead); what else holds the item raises it."""
        known: list[datetime] = []
        own = self.own_meeting(item, gate)
        if own is not None:
            known.append(own)
        logic = self.logic(item, gate)
        if logic is not None:
            known.append(self.ready(gate, logic))
        if not known:
            return None
        known += [bound.instant for bound in (*start_floors(item), *finish_floors(item))]
        if self.status_instant is not None:
            known.append(self.status_instant)
        if item.id in self.floors:
            known.append(self.floors[item.id])
        return max(known)

    def logic(self, item: Item, gate: Gate) -> datetime | None:
        """Return what links and children alone allow, the duration of a "logic" gate included."""
        bounds = self.inputs(item, gate)
        if item.mode == "logic" and item.duration and item.id not in self.children:
            return self.logic_with_duration(item, gate)
        return max(bounds, default=None)

    def logic_with_duration(self, item: Item, gate: Gate) -> datetime | None:
        """Return when the work of a gate is done, as soon as the plan's start and links allow."""
        into = self.binding(self.into[item.id])
        bounds = [(hold.type, self.input_bound(item, gate, hold)) for hold in into]
        starts = [instant for kind, instant in bounds if kind in {"FS", "SS"}]
        finishes = [self.into_work(item, instant) for kind, instant in bounds if kind[1] == "F"]
        begin = self.plan_start()
        if begin is not None:
            starts.append(begin)
        if starts:
            finishes.append(self.run(item)(self.where_work_goes_on(item, max(starts))))
        return max(finishes, default=None)

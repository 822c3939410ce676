"""The backward pass of the oracle: how late items may finish (DESIGN 5.5), and ALAP (5.3.2)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.oracle import facts
from tests.oracle.constraints import finish_caps, is_alap, pin, start_caps
from tests.oracle.dates import finish_of, latest
from tests.oracle.forward import Forward

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from graphmodel.items import Item
    from graphmodel.people import Gate
    from tests.oracle.basis import Hold

    #: How late the successor of a link lets its bound be.
    Allowed = Callable[[Hold], datetime | None]

__all__ = ["Late"]


class Late(Forward):
    """Late dates; every method is one rule and may ask for the late dates of other items."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.late_finish = cache(self._late_finish)

    def plan_finish(self) -> datetime | None:
        """Return the latest finish of all items; a level of effort follows the others."""
        places = [self.place(name) for name, item in self.items.items() if item.type != "loe"]
        return max((one.finish for one in places if one.finish is not None), default=None)

    # -- Late finish ------------------------------------------------------------------------

    def _late_finish(self, name: str) -> datetime | None:
        """The least of the item's caps, what successors allow, and the parent's late finish."""
        placed, item = self.place(name), self.items[name]
        if placed.finish is None or self.is_loe(item):
            return None
        if self.stands(item):
            return placed.finish
        limits = [self.cap(item), *self.own_caps(item), self.parent_late_finish(item)]
        limits += [self.finish_limit(hold, self.allowed) for hold in self.binding(self.out[name])]
        return self.at_work(item, min(limit for limit in limits if limit is not None))

    def at_work(self, item: Item, limit: datetime) -> datetime:
        """Move a late finish back to the end of a shift; a point may lie where one begins.

        A point without room stays where it is.
        """
        calendar = self.governs(item)
        if calendar is None or (item.mode == "fixed" and not self.is_point(item)):
            return limit
        finish = self.place(item.id).finish
        assert finish is not None
        if self.is_point(item) and calendar.between(finish, limit) == 0:
            return finish
        stays = self.is_point(item) and item.type != "finish_milestone"
        return limit if stays and calendar.is_open(limit) else calendar.back(limit)

    def late_start(self, name: str) -> datetime | None:
        """Return the late start of a leaf that has not begun."""
        late = self.late_finish(name)
        return None if late is None else self.run_back(self.items[name], late)

    @staticmethod
    def is_loe(item: Item) -> bool:
        """A level of effort has no late dates, unless it is done."""
        return item.type == "loe" and not facts.is_done(item)

    def stands(self, item: Item) -> bool:
        """Pinned items have late dates equal to their early ones."""
        moves = not facts.is_done(item) and not facts.is_begun(item)
        return moves and item.id not in self.children and pin(item) is not None

    def cap(self, item: Item) -> datetime | None:
        """Own due, else the plan's must_finish, else its finish; p6, ms-project: the least."""
        must = self.plan.must_finish
        end = self.plan_finish() if must is None else finish_of(must)
        if item.due is None:
            return end
        due = finish_of(item.due)
        return due if self.choices.mode == "plan" or end is None else min(due, end)

    def own_caps(self, item: Item) -> list[datetime]:
        """Return what SNLT, FNLT, MSO, MFO and deadlines cap the late finish at."""
        caps = finish_caps(item)
        leaf = item.id not in self.children and item.mode != "fixed"
        if leaf and not facts.is_begun(item) and not facts.is_done(item):
            caps += [self.run(item)(one) for one in start_caps(item)]
        return caps

    def parent_late_finish(self, item: Item) -> datetime | None:
        """Return the parent's late finish, where that can still move; of a gate, its papers."""
        if item.parent is None or facts.is_done(self.items[item.parent]):
            return None
        parent = self.items[item.parent]
        late = self.late_finish(parent.id)
        if late is None or not self.gates_of(parent):
            return late
        return self.child_limit(parent, item.id, self.last_meetings(parent, late))

    def child_limit(
        self, parent: Item, child: str, meetings: list[tuple[Gate, datetime]]
    ) -> datetime:
        """Return how late a child lets the papers of all gates of its parent be done."""
        return min(
            self.deadline(gate, meeting) + self.child_gives(parent, gate, child)
            for gate, meeting in meetings
        )

    # -- Gates ------------------------------------------------------------------------------

    def last_meetings(self, item: Item, late: datetime) -> list[tuple[Gate, datetime]]:
        """Return the last meetings at which a gate can pass its boards to finish in time.

        The last valid one on or before the late finish, of an earlier board on or before that. It
        is the late finish itself (or the later board's meeting) where there is none, or where the
        item passes beyond the last known meeting already.
        """
        found: list[tuple[Gate, datetime]] = []
        limit = late
        for gate, passed in reversed(self.passed_at(item)):
            meetings = self.meetings(item, gate)
            known = [one for one in meetings if one <= limit]
            if known and passed <= meetings[-1]:
                limit = known[-1]
            found.append((gate, limit))
        return found

    # -- Links out --------------------------------------------------------------------------

    def finish_limit(self, hold: Hold, allowed: Allowed) -> datetime | None:
        """Return how late the predecessor may finish for one link out of it."""
        limit = self.end_limit(hold, allowed)
        if limit is None or hold.type[0] == "F":
            return limit
        return self.finish_after(hold.from_, limit)

    def finish_after(self, name: str, late_start: datetime) -> datetime | None:
        """What limits the late start limits the late finish; actual and fixed starts do not."""
        item, placed = self.items[name], self.place(name)
        leaf = name not in self.children
        if item.actual_start is not None or (leaf and item.mode == "fixed"):
            return None
        ordinary = leaf and not self.gates_of(item)
        if ordinary and not facts.is_begun(item) and not facts.is_done(item):
            return self.run(item)(late_start)
        assert placed.start is not None
        assert placed.finish is not None
        return late_start + (placed.finish - placed.start)

    def end_limit(self, hold: Hold, allowed: Allowed) -> datetime | None:
        """Return how late the end that a link leaves may lie: its image must fit."""
        item = self.items[hold.to]
        side = self.leaves_at(hold)[1]
        if self.gates_of(item):
            return self.gate_limit(hold, allowed)
        bound = allowed(hold)
        return None if bound is None else self.unlag(hold, bound, side)

    def gate_limit(self, hold: Hold, allowed: Allowed) -> datetime | None:
        """Before a gate: the meeting less papers lead, and back what an input was allowed."""
        item = self.items[hold.to]
        late = self.late_finish(item.id) if allowed == self.allowed else self.place(item.id).finish
        meetings = [] if late is None else self.last_meetings(item, late)
        side = self.leaves_at(hold)[1]
        limits = [
            self.unlag(hold, self.held_end(hold, self.deadline(gate, meeting)), side)
            + self.link_gives(item, gate, hold)
            for gate, meeting in meetings
        ]
        return min(limits, default=None)

    def allowed(self, hold: Hold) -> datetime | None:
        """Return how late the successor lets the bound of a link be, by its late dates.

        What has begun in MS Project: where it went on, at its actual start and what is done since.
        """
        item = self.items[hold.to]
        if facts.is_open_ended(item):
            return self.late_start_open_ended(item.id)
        if self.stands(item):
            return self.allowed_now(hold)
        late = self.late_finish(item.id)
        resumes = hold.type[1] == "S" and self.runs_on(item) and not self.is_point(item)
        if late is not None and resumes:
            return self.where_work_goes_on(item, self.resumed(item))
        return None if late is None else self.held_end(hold, late)

    def allowed_now(self, hold: Hold) -> datetime | None:
        """Return how late the bound of a link may be with the successor where it is."""
        item, placed = self.items[hold.to], self.place(hold.to)
        if self.is_loe(item):
            return None
        if placed.finish is None or (hold.type[1] == "S" and self.starts_when_told(item)):
            return None if placed.start is None else self.undelayed(item, placed.start)
        return self.held_end(hold, placed.finish)

    def late_start_open_ended(self, name: str) -> datetime | None:
        """An item without a finish is limited by what its start holds, and by nothing else."""
        limits = [self.end_limit(hold, self.allowed) for hold in self.binding(self.out[name])]
        return min((limit for limit in limits if limit is not None), default=None)

    def held_end(self, hold: Hold, finish: datetime) -> datetime:
        """Return the instant a link's bound acts on, for a successor that finishes at ``finish``.

        Into a parent that is its finish, whatever the type (5.3.4), and into a gate without a
        length of its own; into a begun item the instant from which its remaining work runs (5.3.7).
        """
        item = self.items[hold.to]
        if item.id in self.children or (self.gates_of(item) and item.mode != "logic"):
            return finish
        calendar = self.governs(item)
        at_work = finish
        if calendar is not None and not calendar.is_open(finish):
            at_work = calendar.back(finish)
        if facts.is_begun(item):
            return at_work if hold.type[1] == "F" else self.resumes(item, finish)
        if self.is_point(item):  # one with fixed dates may stand on a day off, and stays there
            return self.undelayed(item, finish if item.mode == "fixed" else at_work)
        if hold.type[1] == "S":
            return self.undelayed(item, self.run_back(item, finish))
        return self.finish_undelayed(item, at_work)

    def resumes(self, item: Item, finish: datetime) -> datetime:
        """Return the latest instant from which remaining work ends in time."""
        step = self.step_of(item.remaining or (item.duration if item.mode == "logic" else None))
        return latest(lambda one: self.resumed_at(item, one), finish, step)

    def finish_undelayed(self, item: Item, finish: datetime) -> datetime:
        """Return the latest finish-type bound that a levelling delay lets end in time."""
        if not item.levelling_delay or item.id not in self.has_predecessor:
            return finish

        def ends(bound: datetime) -> datetime:
            start = self.run_back(item, self.into_work(item, bound))
            return self.run(item)(self.delayed(item, start))

        return latest(ends, finish, self.step_of(item.levelling_delay))

    def starts_when_told(self, item: Item) -> bool:
        """Whether a start-type bound holds the start itself: of a leaf that has not begun."""
        return (
            item.id not in self.children
            and not self.gates_of(item)
            and (item.mode == "fixed" or not facts.is_begun(item))
        )

    # -- ALAP in plan and p6 (5.3.2) --------------------------------------------------------

    def moves_late(self, item: Item) -> bool:
        """ALAP moves a leaf that has not begun, has dates, and is not held otherwise."""
        return (
            is_alap(item)
            and self.choices.mode != "ms-project"
            and item.id not in self.children
            and facts.takes_part(item)
            and not facts.is_done(item)
            and not facts.is_begun(item)
            and not self.stands(item)
            and not self.is_loe(item)
            and not self.gates_of(item)
        )

    def room(self, item: Item) -> list[datetime]:
        """Return what ends an ALAP item's room: successors where they are, caps, the plan's end."""
        limits = [self.plan_finish(), *self.own_caps(item)]
        if item.due is not None:
            limits.append(finish_of(item.due))
        for name in (item.id, *self.ancestors(item.id)):
            holds = self.binding(self.out[name])
            limits += [self.finish_limit(hold, self.allowed_now) for hold in holds]
        return [limit for limit in limits if limit is not None]

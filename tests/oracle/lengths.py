"""How long things take: durations, splits, remaining work, work inside gaps (DESIGN 5.2, 5.3)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from tests.oracle import facts
from tests.oracle.basis import Basis, Hold
from tests.oracle.dates import MINUTE, NOTHING, finish_of, latest, length_of, start_of
from tests.oracle.shifts import WORKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime, timedelta

    from graphmodel.items import Item
    from graphmodel.people import Gate
    from graphmodel.spans import Span
    from tests.oracle.dates import Side

__all__ = ["Lengths"]


class Lengths(Basis):
    """Every method is one rule on how an item runs from a start to its finish, and back."""

    def run(self, item: Item) -> Callable[[datetime], datetime]:
        """Return how an item that has not begun runs from a start to its finish (5.2, 5.3.2)."""
        duration = item.duration
        if item.mode == "logic" and duration is not None:
            return lambda start: self.work(item, start, duration)
        length = self.own_length(item)
        return lambda start: start + length

    def run_back(self, item: Item, finish: datetime) -> datetime:
        """Return the start of an item held at its finish: the latest whose image fits (5.2)."""
        calendar, duration = self.governs(item), item.duration
        if calendar is not None and duration is not None and not item.splits:
            return calendar.latest(finish, -calendar.minutes(duration)) if duration else finish
        step = self.step_of(duration if item.mode == "logic" else None)
        return latest(self.run(item), finish, step)

    def own_length(self, item: Item) -> timedelta:
        """Return the length of an item that its planned dates, not a duration, give one.

        Of fixed dates, a duration may have filled in one.
        """
        if item.mode == "fixed" and not facts.is_done(item) and item.id not in self.children:
            placed = self.place(item.id)
            if placed.start is not None and placed.finish is not None:
                return placed.finish - placed.start
        return self.gap_length(item) if self.has_gap(item) else facts.planned_length(item)

    def is_point(self, item: Item) -> bool:
        """Whether an item that has not begun has zero length."""
        if item.mode == "logic" and item.duration is not None:
            return not item.duration
        return self.own_length(item) == NOTHING

    # -- Work with gaps in it ---------------------------------------------------------------

    def work(self, item: Item, start: datetime, span: Span, done: int = 0) -> datetime:
        """Do a span of work from an instant on, after ``done`` minutes of it.

        Splits are gaps at their place in the work: they lengthen the span, in working units on
        the item's calendar, in others on the wall.
        """
        if not item.splits or span.unit == "m":
            return self.plus(start, span, "start", self.calendar_of(item))
        return self.go_on(item, start, (done, self.measure(item, span)), span)

    def go_on(self, item: Item, start: datetime, minutes: tuple[int, int], like: Span) -> datetime:
        """Do some minutes of work after those done before it, gaps in their place."""
        done, left = minutes
        instant, reached, total = start, done, done + left
        for split in sorted(item.splits, key=lambda one: self.measure(item, one.after)):
            place = self.measure(item, split.after)
            if reached < place < total:
                instant = self.advance(item, instant, place - reached, like)
                instant = self.plus(instant, split.gap, "start", self.calendar_of(item))
                reached = place
        return self.advance(item, instant, total - reached, like)

    def measure(self, item: Item, span: Span) -> int:
        """Return a length in minutes: of work on the item's calendar, or on the wall."""
        if span.unit in WORKING:
            return self.calendar_of(item).minutes(span)
        return length_of(span) // MINUTE

    def advance(self, item: Item, instant: datetime, minutes: int, like: Span) -> datetime:
        """Go on for some minutes, of work if the span that they are part of is work."""
        if like.unit in WORKING:
            return self.calendar_of(item).earliest(instant, minutes) if minutes else instant
        return instant + minutes * MINUTE

    # -- Remaining work (5.3.7) -------------------------------------------------------------

    def remain(self, item: Item) -> Callable[[datetime], datetime]:
        """``remaining``, else duration x (1 - percent), else the rest of the planned span (7)."""
        span = item.remaining
        if span is None and item.mode == "logic" and item.duration is not None:
            span = facts.part_of_span(item.duration, item.percent or 0)
        if span is not None:
            left = span
            return lambda resume: self.work(item, resume, left, self.work_done(item, left))
        rest = self.rest_of_span(item)
        return lambda resume: resume + rest

    def work_done(self, item: Item, left: Span) -> int:
        """Return the minutes of the duration that are not left, for splits to have a place in."""
        if item.duration is None:
            return 0
        return max(self.measure(item, item.duration) - self.measure(item, left), 0)

    def rest_of_span(self, item: Item) -> timedelta:
        """Return the part of the own span after the status date; without one, all that is planned.

        Where only a finish is planned nothing is left: its length is zero (5.3.2).
        """
        planned, finish = facts.planned_length(item), facts.own_finish(item)
        if self.status_instant is None or finish is None:
            return planned
        return max(min(planned, finish - self.status_instant), NOTHING)

    # -- Gaps as work (5.4) -----------------------------------------------------------------

    def has_gap(self, item: Item) -> bool:
        """Only finish-only leaves get a work length, and only under that rule; gates never do."""
        return (
            self.gaps == "work"
            and item.id not in self.children
            and item.mode == "planned"
            and item.status in {"not_started", "on_hold"}
            and item.planned.start is None
            and item.planned.finish is not None
            and not self.gates_of(item)
        )

    def gap_length(self, item: Item) -> timedelta:
        """Planned finish - the latest (planned finish + lag) of its accepted FS predecessors."""
        if self.written is not None:
            return self.written.gap_length(self.written.items[item.id])
        own = item.planned.finish
        assert own is not None
        readies: list[datetime] = []
        for hold in self.into[item.id]:
            planned = self.items[hold.from_].planned.finish
            if hold.type == "FS" and hold.link.state == "accepted" and planned is not None:
                readies.append(self.uncut(hold, finish_of(planned), "finish"))
        if not readies:
            return NOTHING
        return max(finish_of(own) - max(readies), NOTHING)

    # -- What stands further on: gates (5.3.5), lags (5.3.3) --------------------------------

    def gates_of(self, item: Item) -> list[Gate]:
        """Return the gates that hold an item."""
        raise NotImplementedError

    def uncut(self, hold: Hold, instant: datetime, side: Side) -> datetime:
        """Add a lag to the end that a link leaves; nothing is cut here."""
        raise NotImplementedError

    # -- From the actual start, as MS Project does (5.3.7) ----------------------------------

    def from_actual_start(self, item: Item, began: datetime) -> datetime:
        """Actual start + duration; with ``remaining``: + duration x percent + remaining."""
        assert item.duration is not None
        if item.remaining is None:
            return self.run(item)(began)
        minutes = self.minutes_done(item) + self.measure(item, item.remaining)
        return self.go_on(item, began, (0, minutes), item.duration)

    def resumed(self, item: Item) -> datetime:
        """Return the actual start and what has been done since."""
        assert item.duration is not None
        assert item.actual_start is not None
        began = start_of(item.actual_start)
        return self.go_on(item, began, (0, self.minutes_done(item)), item.duration)

    def minutes_done(self, item: Item) -> int:
        """Return duration x percent."""
        assert item.duration is not None
        part = self.measure(item, item.duration) * Decimal(str(item.percent or 0)) / 100
        return int(part.quantize(Decimal(1), ROUND_HALF_UP))

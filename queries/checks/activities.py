"""What the rules of schedule health count: activities, the links between them, working days.

An *activity* is a part of the plan that work is done in: no heading, nothing with parts, no level
of effort, nothing cancelled or done by others. A milestone is one only in a plan of dates, in which
no activity has a duration (docs/schedule-health.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY, finish_instant, start_instant
from simulations.codes import NEVER
from simulations.passes import whole
from simulations.worktimes import DEFAULT_CALENDAR, WorkTimes

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.spans import Span
    from queries.checks.context import Context

__all__ = ["ENGLAND_NOTE", "Activities"]

#: What is told where working days had to be counted on the built-in calendar.
ENGLAND_NOTE: Final = (
    "Working days of what has no calendar: Monday to Friday without England's bank holidays."
)
_POINTS: Final = frozenset({"start_milestone", "finish_milestone"})


@dataclass(frozen=True, eq=False)  # no slots: what is looked at is kept once it is worked out
class Activities:
    """The activities of a plan under check; each property is worked out when first asked for."""

    context: Context

    @cached_property
    def has_durations(self) -> bool:
        """Whether any part of the plan has a duration: otherwise it is a plan of dates."""
        return any(_has_duration(item) for item in self.context.leaves)

    @cached_property
    def every(self) -> tuple[Item, ...]:
        """The activities, complete ones too, in the order of the file."""
        return tuple(
            item
            for item in self.context.leaves
            if item.type != "loe" and not (self.has_durations and _is_no_work(item))
        )

    @cached_property
    def open(self) -> tuple[Item, ...]:
        """Those that are not complete."""
        return tuple(item for item in self.every if item.status != "complete")

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Accepted links that still hold something: the successor is not complete.

        Neither end is cancelled or a level of effort.
        """
        items = self.context.index.items
        return tuple(link for link in self._held if items[link.to].status != "complete")

    @cached_property
    def with_predecessor(self) -> frozenset[str]:
        """Every item that has a predecessor: an accepted link leads to it."""
        return frozenset(link.to for link in self._held)

    @cached_property
    def with_successor(self) -> frozenset[str]:
        """Every item that has a successor: an accepted link leads from it."""
        return frozenset(link.from_ for link in self._held)

    @cached_property
    def _held(self) -> tuple[Link, ...]:
        """Accepted links of which neither end is cancelled or a level of effort."""
        items = self.context.plan.items
        over = {item.id for item in items if item.status == "cancelled" or item.type == "loe"}
        links = self.context.accepted_links
        return tuple(link for link in links if link.from_ not in over and link.to not in over)

    def position(self, item: Item) -> int:
        """Return where an item stands in the passes."""
        return self.context.passes.compiled.at[item.id]

    @cached_property
    def floats(self) -> dict[str, float]:
        """Total float of the open activities in working days; those without any left out."""
        passes = self.context.passes
        positions = [self.position(item) for item in self.open]
        cal, finish = passes.compiled.net.cal, passes.dates.finish
        return {
            item.id: days if cal[one] >= 0 else self._worked(item, finish[one], days)
            for item, one, days in zip(
                self.open, positions, passes.total_floats(positions), strict=True
            )
            if days is not None
        }

    def _worked(self, item: Item, finish: int, days: float) -> float:
        """Return float in calendar days after a finish as working days, with its sign."""
        return self.days_between(item, finish, finish + round(days * DAY))

    @cached_property
    def lengths(self) -> dict[str, float]:
        """How long each open activity is meant to take, in working days; 0 for a single date.

        Its first baseline says so, failing that its duration, failing that its planned dates; what
        has none of them is left out.
        """
        found = ((item.id, self._length(item)) for item in self.open)
        return {one: days for one, days in found if days is not None}

    def _length(self, item: Item) -> float | None:
        kept = next((one for one in item.baselines if one.finish is not None), None)
        if kept is not None and kept.duration is not None:
            return self._measure(item, kept.duration)
        if kept is not None and kept.start is not None and kept.finish is not None:
            return self._span(item, kept.start, kept.finish)
        if item.duration is not None:
            return self._measure(item, item.duration)
        planned = item.planned
        if planned.start is not None and planned.finish is not None:
            return self._span(item, planned.start, planned.finish)
        return None if planned.finish is None else 0

    def _span(self, item: Item, start: date, finish: date) -> float:
        return max(0, self.days_between(item, start_instant(start), finish_instant(finish)))

    def _measure(self, item: Item, span: Span) -> float:
        """Return a duration in working days; calendar time is laid from the scheduled start."""
        times, cal = self._clock(item)
        if not span.is_elapsed:
            return whole(times.minutes(span, cal), times.day(cal))
        start = self.context.passes.dates.start[self.position(item)]
        if start == NEVER:
            return 0
        ends = times.ahead(start, times.measure(span, None, item.id))
        return self.days_between(item, start, ends)

    def days_between(self, item: Item, start: int, finish: int) -> float:
        """Return working days between two instants on an item's calendar."""
        times, cal = self._clock(item)
        return whole(times.between(cal, start, finish), times.day(cal))

    def _clock(self, item: Item) -> tuple[WorkTimes, int]:
        """Return the calendar an item is scheduled on.

        Of what runs on the wall clock, its own calendar or its plan's; failing both the built-in.
        """
        compiled = self.context.passes.compiled
        cal = compiled.net.cal[self.position(item)]
        if cal >= 0:
            return compiled.times, cal
        named = self._named_calendar(item)
        return self._england if named is None else (compiled.times, compiled.times.number(named))

    def _named_calendar(self, item: Item) -> str | None:
        project = self.context.index.project_of(item.id)
        return item.calendar or (self.context.plan if project is None else project).calendar

    @cached_property
    def _england(self) -> tuple[WorkTimes, int]:
        times = WorkTimes({}, None)
        return times, times.number(DEFAULT_CALENDAR)

    def name_link(self, link: Link) -> str:
        """Return a link in words, a lag of working hours or minutes as working days."""
        if link.lag.unit not in {"h", "min"} or not link.lag:
            return link.name
        times, cal = self._clock(self.context.index.items[link.to])
        days = whole(abs(times.minutes(link.lag, cal)), times.day(cal))
        noun = "working day" if days == 1 else "working days"
        sign = "-" if link.lag.amount < 0 else "+"
        return f"{link.from_} → {link.to} ({link.type} {sign} {days:,.4g} {noun})"

    @cached_property
    def note(self) -> str | None:
        """What is told of figures in working days."""
        assumed = any(self._named_calendar(item) is None for item in self.open)
        return ENGLAND_NOTE if assumed else None


def _has_duration(item: Item) -> bool:
    return item.duration is not None and bool(item.duration) and item.type == "task"


def _is_no_work(item: Item) -> bool:
    """Return whether an item of a schedule is a point in time, or an empty heading."""
    if item.kind == "milestone" or item.type in _POINTS:
        return True
    if item.duration is None:
        return item.kind == "action" and item.planned.start is item.planned.finish is None
    return not item.duration

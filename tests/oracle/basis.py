"""What the rules of the oracle look up: items, links as they act, calendars, the status date."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.oracle import facts
from tests.oracle.choices import Choices
from tests.oracle.dates import MINUTE, ONE_DAY, add, finish_of, length_of, start_of
from tests.oracle.shifts import ENGLAND, WORKING, WorkTime, calendars_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime, timedelta

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from graphmodel.spans import Span
    from simulations.results import Gaps
    from tests.oracle.dates import Side
    from tests.oracle.places import Place

__all__ = ["Basis", "Hold", "links_used"]


@dataclass(frozen=True)
class Hold:
    """A link as it acts on one item: on its successor, or on a leaf below it (5.3.4)."""

    link: Link
    to: str

    @property
    def from_(self) -> str:
        """The predecessor."""
        return self.link.from_

    @property
    def type(self) -> str:
        """FS, SS, FF or SF."""
        return self.link.type


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
class Basis:
    """A plan and what a scenario adds (5.4).

    ``slips`` are spans added to a finish, ``floors`` instants that a finish may not lie before.
    ``written`` is the plan and its links before the scenario: they tell how much of a gap is work,
    whatever the scenario does to dates and links.
    """

    plan: Plan
    gaps: Gaps = "spare"
    links: list[Link] | None = None
    slips: Mapping[str, Iterable[Span]] = field(default_factory=dict)
    floors: Mapping[str, datetime] = field(default_factory=dict)
    written: Basis | None = None

    def __post_init__(self) -> None:
        self.items = {item.id: item for item in self.plan.items}
        self.children: dict[str, list[str]] = defaultdict(list)
        for item in self.plan.items:
            if item.parent is not None:
                self.children[item.parent].append(item.id)
        self.choices = Choices.of(self.plan.options)
        self.calendars = calendars_of(self.plan)
        self.status_instant = self._status_instant()
        self.into: dict[str, list[Hold]] = defaultdict(list)
        self.out: dict[str, list[Hold]] = defaultdict(list)
        self.has_predecessor: set[str] = set()
        for link in links_used(self.plan) if self.links is None else self.links:
            for name in self.targets(link):
                if self.items[link.from_].type != "loe":
                    self.has_predecessor.add(name)
                if self.holds(link, self.items[name]):
                    hold = Hold(link, name)
                    self.into[name].append(hold)
                    self.out[link.from_].append(hold)

    def place(self, name: str) -> Place:
        """Return where an item lies."""
        raise NotImplementedError

    def gap_length(self, item: Item) -> timedelta:
        """Return how much of the gap before a finish-only item is work (5.4)."""
        raise NotImplementedError

    # -- The breakdown ----------------------------------------------------------------------

    def leaves(self, name: str) -> list[str]:
        """Return what lies below an item and has no parts (the item itself, if it is a leaf)."""
        if name not in self.children:
            return [name]
        return [leaf for child in self.children[name] for leaf in self.leaves(child)]

    def ancestors(self, name: str) -> list[str]:
        """Return what an item is part of, nearest first."""
        parent = self.items[name].parent
        return [] if parent is None else [parent, *self.ancestors(parent)]

    # -- Links ------------------------------------------------------------------------------

    def targets(self, link: Link) -> list[str]:
        """Into a parent: its finish, or FS and SS the start of every leaf below it (5.3.4)."""
        to_parent = link.to in self.children
        register = link.origin == "register" and link.from_ in self.children
        leaves = self.choices.parent_links == "leaves" or register
        if to_parent and leaves and link.type in {"FS", "SS"}:
            return self.leaves(link.to)
        return [link.to]

    def holds(self, link: Link, after: Item) -> bool:
        """Links at items that take no part are findings (5.3.2).

        A finish-type bound on an item without a finish, or any on a fact, holds nothing either,
        nor does a link out of a level of effort. FS and FF from "from X onwards" hold nothing
        because there is no finish (see `binding`). What has begun is not held where progress
        overrides the logic (5.3.7).
        """
        before = self.items[link.from_]
        if not (facts.takes_part(before) and facts.takes_part(after)) or facts.is_done(after):
            return False
        if before.type == "loe" and not facts.is_done(before):
            return False
        if self.has_begun(after) and self.choices.progress == "progress_override":
            return False
        return not (facts.is_open_ended(after) and link.type in {"FF", "SF"})

    def has_begun(self, item: Item) -> bool:
        """Whether an item is a leaf whose work has begun, and goes on by logic or its own dates."""
        return facts.is_begun(item) and item.id not in self.children and item.mode != "fixed"

    def runs_on(self, item: Item) -> bool:
        """Whether begun work runs on from its actual start, no status date between (5.3.7)."""
        logic = item.mode == "logic" and item.actual_start is not None
        return self.is_unmoved and logic and self.has_begun(item)

    def binding(self, holds: list[Hold]) -> list[Hold]:
        """Return those of the links whose predecessor has the date they leave."""
        found: list[Hold] = []
        for hold in holds:
            before = self.place(hold.from_)
            left = before.finish if hold.type[0] == "F" else before.start
            if left is not None:
                found.append(hold)
        return found

    # -- Calendars (5.2) --------------------------------------------------------------------

    def calendar_of(self, item: Item) -> WorkTime:
        """Return the calendar that an item's working spans count on: own, the plan's, England."""
        name = item.calendar or self.plan.calendar
        return ENGLAND if name is None else self.calendars[name]

    @property
    def plan_calendar(self) -> WorkTime:
        """The plan's calendar, else the built-in one."""
        return ENGLAND if self.plan.calendar is None else self.calendars[self.plan.calendar]

    def governs(self, item: Item) -> WorkTime | None:
        """Return the calendar whose working time an item is placed on; None where every day counts.

        It is the item's where its work is counted on it: "logic" with a duration in working time,
        or "logic" of zero length where the item or the plan names a calendar. The float of fixed
        dates is counted on a calendar that is named, and a level of effort spans its work.
        """
        if item.id in self.children:
            return None
        named = item.calendar or self.plan.calendar
        works = item.duration is not None and item.duration.unit in WORKING
        apart = item.type == "loe" or item.mode == "fixed"
        if apart and not item.duration:
            return None if named is None else self.calendars[named]
        if item.duration is None or (item.mode == "planned" and not apart):
            return None
        if item.duration:
            return self.calendar_of(item) if works else None
        return None if named is None else self.calendars[named]

    def plus(self, instant: datetime, span: Span, side: Side, calendar: WorkTime) -> datetime:
        """Add a span to an instant: working units on a calendar, the others on the wall (5.2)."""
        if not span:
            return instant
        if span.unit in WORKING:
            return calendar.earliest(instant, calendar.minutes(span))
        return add(instant, span, side)

    @staticmethod
    def step_of(span: Span | None) -> timedelta:
        """Return how finely to search for what a span leads to: months only lead from day to day.

        A month added to a time of day is not monotone: 30 Jan 23:00 and 31 Jan 01:00 + 1m are
        28 Feb 23:00 and 28 Feb 01:00.
        """
        return ONE_DAY if span is not None and span.unit == "m" else MINUTE

    def days_of(self, item: Item, one: datetime, other: datetime) -> float:
        """Return the days from one instant to another, working days where a calendar governs."""
        calendar = self.governs(item)
        if calendar is None:
            return (other - one) / ONE_DAY
        return calendar.days(calendar.between(one, other))

    def full_length(self, item: Item) -> int | timedelta:
        """Return the whole duration: working minutes, or time on the wall (5.2)."""
        if item.duration is None:
            return facts.planned_length(item)
        if item.duration.unit in WORKING:
            return self.calendar_of(item).minutes(item.duration)
        return length_of(item.duration)

    # -- The plan's own dates ---------------------------------------------------------------

    def plan_start(self) -> datetime | None:
        """Return the plan's start; without one, plans that need it take their first own date."""
        start = self.plan.start
        if start is None and any(item.mode == "logic" for item in self.plan.items):
            start = facts.first_own_date(self.plan)
        return None if start is None else start_of(start)

    @property
    def is_unmoved(self) -> bool:
        """Whether the status date moves nothing (MS Project)."""
        return self.choices.unstarted == "unmoved"

    def _status_instant(self) -> datetime | None:
        """Undone work lies after T: its last instant, in p6 its first, or anywhere (5.3.7)."""
        status = self.plan.status_date
        if status is None or self.is_unmoved:
            return None
        return (
            start_of(status) if self.choices.unstarted == "from_status_date" else finish_of(status)
        )

    @property
    def status_side(self) -> Side:
        """How a point held by the status date is shown."""
        return "start" if self.choices.unstarted == "from_status_date" else "finish"

"""Links as edges between items: one bound each, or one on every leaf below a parent (5.3.3-4).

The links of a plan are taken up in one sweep; what later steps need of them stands in columns.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from graphmodel.events import EventGraph
from graphmodel.moments import finish_instant, start_instant
from graphmodel.spans import ZERO
from simulations.codes import ABSENT, LINK_CODES, LOE, OPEN
from simulations.health import note_link
from simulations.unused import note_lag
from simulations.worktimes import NOTHING, Measured, mean_minutes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from graphmodel.spans import Span
    from simulations.columns import NewColumn
    from simulations.draft import Draft
    from simulations.projects import Ground
    from simulations.worktimes import WorkTimes

__all__ = ["Edges", "measure_lag"]


_ODD = frozenset({ABSENT, LOE, OPEN})


class Edges:
    """The bounds that links set, in the order of the links.

    Attributes
    ----------
    source, target
        Places in the file of the items a bound runs between.
    code, lag, lag_months, lag_cal
        The bound.
    link
        Number of the link it comes from.
    events
        What must be computed before what, links included (`graphmodel.events`).
    proposed, fanned
        Numbers of the links that are proposed, and of those that hold the leaves below a parent.
    held
        1 for each item that a link names as its successor, by place in the file.
    idle, unused
        Findings on links that hold nothing, and on lags that do not count.
    """

    def __init__(
        self, plan: Plan, links: Iterable[Link], draft: Draft, times: WorkTimes, new: NewColumn
    ) -> None:
        """Take up these links; what leaves a level of effort holds nothing (5.3.2)."""
        self._plan = plan
        self._draft = draft
        self._times = times
        self._position = plan.index.position
        self._lags: dict[tuple[Span, str | None, str | None], Measured] = {}
        self.source, self.target, self.code = new(()), new(()), new(())
        self.lag, self.lag_months, self.lag_cal = new(()), new(()), new(())
        self.link = new(())
        self.events = EventGraph.of(plan)
        self.proposed: set[int] = set()
        self.fanned: set[int] = set()
        self.held = bytearray(len(draft.how))
        self.idle: list[Problem] = []
        self.unused: list[Problem] = []
        for number, link in enumerate(links):
            self._add(number, link)

    def _add(self, number: int, link: Link) -> None:
        source, target = self._position[link.from_], self._position[link.to]
        event = self.events.add(link, source, target)
        has_lag = link.lag is not ZERO and bool(link.lag)  # most links share the default
        if link.state != "accepted":
            self.proposed.add(number)
        self.held[target] = 1
        how = self._draft.how
        if how[source] in _ODD or how[target] == ABSENT:
            self.idle.extend(note_link(self._plan, link, how[source], how[target]))
        if how[source] == LOE or (has_lag and link.lag.unit == "%"):
            self.unused.extend(note_lag(self._plan, link, how[source]))
        if how[source] == LOE:
            return
        lag = self._lag(link, source, target) if has_lag else NOTHING
        if event == target:
            self._append(number, source, target, LINK_CODES[link.type], lag)
            return
        self.fanned.add(number)
        for one in self._plan.index.leaves(link.to):
            self._append(number, source, self._position[one], LINK_CODES[link.type], lag)

    def _append(self, number: int, source: int, target: int, code: int, lag: Measured) -> None:
        self.source.append(source)
        self.target.append(target)
        self.code.append(code)
        months, minutes, cal = lag
        self.lag_months.append(months)
        self.lag.append(minutes)
        self.lag_cal.append(cal)
        self.link.append(number)

    def _lag(self, link: Link, source: int, target: int) -> Measured:
        """Return a lag: on the wall, or on the calendar that ``lag_calendar`` names."""
        if link.lag.unit == "%":
            return self._share(link, source, target)
        ground = self._draft.ground(target)
        elapsed = ground.calendar if ground.rules.lag_calendar == "elapsed" else None
        key = (link.lag, self._calendar(source, target), elapsed)
        known = self._lags.get(key)
        if known is not None:
            return known
        where = f"The lag of the link {link.name}"
        lag = measure_lag(link.lag, ground, self._times, key[1], where)
        if link.lag.is_elapsed or key[1] is not None or self._times.default is not None:
            self._lags[key] = lag  # what has to be assumed is told anew each time
        return lag

    def _share(self, link: Link, source: int, target: int) -> Measured:
        """Return a lag that is a percentage of its predecessor's duration."""
        where = f"The lag of the link {link.name}"
        item = self._plan.index.items[link.from_]
        part = _duration(item, self._draft.calendars[source], self._times)
        share = Decimal(part.minutes) * link.lag.amount / 100
        minutes = int(share.quantize(Decimal(1), ROUND_HALF_UP))
        own = self._calendar(source, target)
        cal = -1 if part.cal < 0 else _number(own, self._draft.ground(target), self._times, where)
        return self._times.checked(Measured(0, minutes, cal), where)

    def _calendar(self, source: int, target: int) -> str | None:
        """Return the calendar that the item named by ``lag_calendar`` has of its own."""
        ground = self._draft.ground(target)  # a link goes by the rules of what it holds
        match ground.rules.lag_calendar:
            case "successor":
                return self._draft.calendars[target]
            case "predecessor":
                return self._draft.calendars[source]
            case "project":
                return ground.calendar
        return None


def measure_lag(
    span: Span, ground: Ground, times: WorkTimes, calendar: str | None, where: str
) -> Measured:
    """Return a lag that is no percentage: on the wall, or on the calendar ``lag_calendar`` names.

    ``ground`` is that of the link's target; ``calendar`` what the item so named has of its own.
    """
    if span.is_elapsed:
        return times.measure(span, None, where)
    cal = _number(calendar, ground, times, where)
    elapsed = ground.calendar if ground.rules.lag_calendar == "elapsed" else None
    return times.checked(Measured(0, times.minutes(span, cal, elapsed), cal), where)


def _number(own: str | None, ground: Ground, times: WorkTimes, where: str) -> int:
    if ground.rules.lag_calendar == "elapsed":
        return -1
    return times.number(times.named(own, where))


def _duration(item: Item, calendar: str | None, times: WorkTimes) -> Measured:
    """Return what a percentage of an item's duration is a part of, months as mean ones."""
    if item.duration is not None:
        span = times.measure(item.duration, calendar, f'The duration of "{item.id}"')
        return Measured(0, mean_minutes(span.months, span.minutes), span.cal)
    planned = item.planned
    if item.type != "task" or planned.start is None or planned.finish is None:
        return Measured(0, 0, -1)
    span_of_plan = finish_instant(planned.finish) - start_instant(planned.start)
    return Measured(0, max(0, span_of_plan), -1)

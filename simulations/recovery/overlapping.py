"""Overlapping: an item waits less for what it hangs on, as a shorter lag or a lead."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from graphmodel.moments import DAY
from graphmodel.scenario import AddLink, RemoveLink
from graphmodel.spans import Span
from simulations.codes import BEGUN, LOGIC, NEVER, SF, SS
from simulations.conditions import quoted
from simulations.edges import measure_lag
from simulations.kernels.bounds import edge_leaves, edge_reach
from simulations.recovery.levers import Edit, Lever, names_of
from simulations.recovery.results import Cure
from simulations.thresholds import LONGEST_DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphmodel.links import Link
    from simulations.recovery.sheet import Sheet
    from simulations.recovery.trials import Trials
    from simulations.worktimes import Measured

__all__ = ["Overlap", "find_overlaps"]


class Overlap(Lever):
    """A link waits a number of days less.

    ``edges`` are the bounds it sets, ``lag`` its lag now in the unit that is taken off.
    """

    kind = "overlap"

    def __init__(self, trials: Trials, link: Link, edges: Sequence[int], lag: Span) -> None:
        self._trials, self._link, self._edges, self._lag = trials, link, edges, lag
        net = trials.base.compiled.net
        self.number = trials.base.compiled.link[edges[0]]
        self.place = net.target[edges[0]]
        self.name = f"overlap {link.from_} > {link.to} {link.type}"
        self.price = (f"{link.from_}>{link.to}", link.to)
        one = self._measure(Span(Decimal(1), lag.unit))
        self.unit, self.cal = max(1, one.minutes), one.cal
        self.most = self._most()
        # A gate counts an input of its own month as ready by a date that the lag decides.
        self.is_whole = not any(net.shift[edge] for edge in edges)

    def _measure(self, span: Span) -> Measured:
        compiled = self._trials.base.compiled
        ground = compiled.grounds[compiled.net.project[compiled.at[self._link.to]]]
        name = _calendar(self._trials, self._link)
        return measure_lag(span, ground, compiled.times, name, f"The lag of {self._link.name}")

    def _most(self) -> int:
        """Return the units until the lead would be cut at the plan's start (5.3.3)."""
        passes = self._trials.base
        net, times = passes.compiled.net, passes.compiled.times
        begins = net.plan_start[net.project[self.place]]
        if begins == NEVER:
            return LONGEST_DAYS
        reach = max(edge_reach(net, passes.dates, edge) for edge in self._edges)
        return min(times.between(self.cal, begins, reach) // self.unit, LONGEST_DAYS * DAY)

    def _after(self, amount: int) -> Span:
        return Span(self._lag.amount - amount, self._lag.unit)

    def edit(self, amount: int) -> Edit:
        """Return the link taken away, and put back with less of a wait."""
        link = self._link
        removed = RemoveLink.model_validate({"from": link.from_, "to": link.to, "type": link.type})
        added = AddLink.model_validate(
            {"from": link.from_, "to": link.to, "type": link.type, "lag": self._after(amount)}
        )
        return Edit((removed, added))

    def patch(self, sheet: Sheet, amount: int) -> None:
        """Put the new lag in place of the old; what had none is no plain edge any more."""
        months, minutes, cal = self._measure(self._after(amount))
        compiled = sheet.compiled
        net = compiled.net
        for edge in self._edges:
            sheet.put("lag", edge, minutes)
            sheet.put("lag_months", edge, months)
            sheet.put("lag_cal", edge, cal)
            sheet.put("plain_source", edge, -1)
            source = net.source[edge]
            for number in range(net.leaving_at[source], net.leaving_at[source + 1]):
                if net.leaving[number] == edge:
                    sheet.put("plain_target", number, -1)
            sheet.touched.add(net.target[edge])

    def cure(self, amount: int) -> Cure:
        """Return the pull as it is told."""
        link, plan = self._link, self._trials.plan
        after = self._after(amount)
        by = Span(Decimal(amount), after.unit)
        asks, ask_ids = names_of(plan, link.to, link.from_)
        return Cure(
            kind=self.kind,
            words=(
                f"let {quoted(plan, link.to)} wait {by.words} less for {quoted(plan, link.from_)} "
                f"({_tell(link.type, after)}){self._doubt(amount)}"
            ),
            item=link.to,
            link=(link.from_, link.to, link.type),
            by=by,
            days=by.in_days,
            before=self._lag,
            after=after,
            board=None,
            on=None,
            until=None,
            asks=asks,
            ask_ids=ask_ids,
            replaces=None,
            changes=self.edit(amount).adds,
        )

    def _doubt(self, amount: int) -> str:
        """Say where it would not overlap with what it waits for, but come before it."""
        passes = self._trials.base
        net, dates = passes.compiled.net, passes.dates
        edge = self._edges[0]
        source = net.source[edge]
        start, finish = dates.start[source], dates.finish[source]
        if net.code[edge] in {SS, SF} or NEVER in {start, finish} or start == finish:
            return ""
        room = passes.compiled.times.between(self.cal, start, edge_reach(net, dates, edge))
        return ", which is before that begins" if amount * self.unit > room else ""


def find_overlaps(trials: Trials, numbers: Iterable[int]) -> list[Overlap]:
    """Return a lever for each of these links (by number) that a scenario can make wait less.

    A link that stands twice in the plan cannot be told from its like.
    """
    compiled = trials.base.compiled
    edges: dict[int, list[int]] = {number: [] for number in numbers}
    for edge, number in enumerate(compiled.link):
        if number in edges:
            edges[number].append(edge)
    twice: dict[tuple[str, str, str], int] = {}
    for link in compiled.links:
        key = (link.from_, link.to, link.type)
        twice[key] = twice.get(key, 0) + 1
    found = []
    for number, held in edges.items():
        link = compiled.links[number]
        lag = _lag(trials, link, held[0])
        if lag is None or twice[link.from_, link.to, link.type] > 1:
            continue
        lever = Overlap(trials, link, held, lag)
        if lever.most > 0:
            found.append(lever)
    return found


def _lag(trials: Trials, link: Link, edge: int) -> Span | None:
    """Return a link's lag in a unit that a day can be taken off; None where there is none."""
    compiled = trials.base.compiled
    net = compiled.net
    if not link.lag:
        return Span(Decimal(0), "wd" if _counts_work(trials, link, edge) else "d")
    if link.lag.unit == "w":
        return Span(link.lag.amount * 7, "d")
    if link.lag.unit == "m":  # as many days as they come to now
        dates = trials.base.dates
        waits = edge_reach(net, dates, edge) - edge_leaves(net, dates, edge)
        return None if waits % DAY else Span(Decimal(waits // DAY), "d")
    if link.lag.unit == "%":
        day, minutes = compiled.times.day(net.lag_cal[edge]), net.lag[edge]
        unit = "d" if net.lag_cal[edge] < 0 else "wd"
        return None if minutes % day else Span(Decimal(minutes // day), unit)  # type: ignore[arg-type]
    return link.lag


def _counts_work(trials: Trials, link: Link, edge: int) -> bool:
    """Return whether a lag of the link would naturally be told in working days."""
    compiled = trials.base.compiled
    net = compiled.net
    target = net.target[edge]
    if net.how[target] not in {LOGIC, BEGUN} or net.cal[target] < 0:
        return False
    rules = compiled.grounds[net.project[target]].rules
    if rules.lag_calendar == "elapsed":
        return False
    return _calendar(trials, link) is not None or compiled.times.default is not None


def _calendar(trials: Trials, link: Link) -> str | None:
    """Return the calendar that the item named by ``lag_calendar`` has of its own."""
    compiled = trials.base.compiled
    project = compiled.net.project[compiled.at[link.to]]
    ground = compiled.grounds[project]
    if ground.rules.lag_calendar == "project":
        return ground.calendar
    if ground.rules.lag_calendar == "elapsed":
        return None
    one = link.to if ground.rules.lag_calendar == "successor" else link.from_
    own = trials.run.edited.items[one].calendar
    place = compiled.net.project[compiled.at[one]]
    return own or (compiled.grounds[place].calendar if place else None)


def _tell(kind: str, lag: Span) -> str:
    """Return a link as it is written: its type, and its lag where it has one."""
    if not lag:
        return kind
    return f"{kind} {'-' if lag.amount < 0 else '+'} {lag.words.removeprefix('-')}"

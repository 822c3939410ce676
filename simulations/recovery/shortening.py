"""Shortening work: less of a duration, of a planned span, or of a gap that is work."""

from __future__ import annotations

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from graphmodel.errors import KnockonError
from graphmodel.moments import DAY
from graphmodel.scenario import SetDates
from graphmodel.spans import MONTH_DAYS, Span
from simulations.codes import BEGUN, LOGIC, NEVER, PINNED, PLANNED
from simulations.conditions import quoted
from simulations.datechanges import set_dates
from simulations.draft import own_on
from simulations.kernels.gates import has_gate
from simulations.recovery.levers import Edit, Lever, finish_moment, names_of, start_moment
from simulations.recovery.results import Cure

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.items import Item
    from simulations.recovery.sheet import Sheet
    from simulations.recovery.trials import Trials

__all__ = ["Shorten", "find_shortening"]


class Shorten(Lever):
    """An item takes fewer days.

    ``lasts`` says how long it takes after a pull, ``sets`` by which change.
    """

    kind = "shorten"

    def __init__(
        self,
        trials: Trials,
        position: int,
        most: int,
        lasts: Callable[[int], Span],
        sets: Callable[[int], SetDates],
    ) -> None:
        self._trials = trials
        self._item = trials.run.edited.items[trials.base.compiled.ids[position]]
        self._lasts, self._sets = lasts, sets
        self.place, self.most = position, most
        self.name = f"shorten {self._item.id}"
        self.price = (self._item.id,)
        span = Span(Decimal(1), lasts(0).unit)
        self.unit, self.cal = _minutes(trials, self._item, span)
        self.is_whole = _stands_alone(trials, self._item, position)

    def edit(self, amount: int) -> Edit:
        """Return the new duration or dates."""
        return Edit((self._sets(amount),))

    def patch(self, sheet: Sheet, amount: int) -> None:
        """Put the item's new own dates and length in place of the old."""
        compiled = sheet.compiled
        project = compiled.net.project[self.place]
        item = _changed(self._trials, self._item, self._sets(amount))
        own = own_on(item, compiled.grounds[project], project, compiled.times, is_parent=False)
        sheet.put("own_finish", self.place, own.finish)
        if own.how != LOGIC:
            sheet.put("own_start", self.place, own.start)
        sheet.put_length(self.place, own.length.minutes)
        sheet.put("months", self.place, own.length.months)
        sheet.put("cal", self.place, -1 if own.how == PLANNED else own.length.cal)
        for column, value in zip(("rest_months", "rest", "rest_cal"), own.rest, strict=True):
            sheet.put(column, self.place, value)
        sheet.touched.add(self.place)

    def cure(self, amount: int) -> Cure:
        """Return the pull as it is told."""
        before, after = self._lasts(0), self._lasts(amount)
        by = Span(before.amount - after.amount, before.unit)
        asks, ask_ids = names_of(self._trials.plan, self._item.id)
        return Cure(
            kind=self.kind,
            words=(
                f"shorten {quoted(self._trials.plan, self._item.id)} by {by.words}, "
                f"from {before.words} to {after.words}"
            ),
            item=self._item.id,
            link=None,
            by=by,
            days=by.in_days,
            before=before,
            after=after,
            board=None,
            on=None,
            until=None,
            asks=asks,
            ask_ids=ask_ids,
            replaces=None,
            changes=(self._sets(amount),),
        )


def find_shortening(trials: Trials, position: int) -> Shorten | None:
    """Return the lever that shortens an item, None where it has no length that could be less."""
    compiled = trials.base.compiled
    item = trials.run.edited.items[compiled.ids[position]]
    if compiled.net.how[position] not in {PLANNED, LOGIC, BEGUN}:
        return None
    try:
        if item.mode == "logic":
            found = _by_duration(trials, item, position)
        elif has_gate(compiled.net, position):
            return None  # a window to decide in is no work
        else:
            found = _by_dates(trials, item, position)
        if found is not None:
            _changed(trials, item, found.edit(1).adds[0])  # type: ignore[arg-type]  # a set
    except KnockonError:  # the changes of a scenario cannot shorten it
        return None
    return found


def _by_duration(trials: Trials, item: Item, position: int) -> Shorten | None:
    duration = item.duration
    if duration is None:
        return None
    if item.remaining is None:
        duration = _in_days(trials, duration, position)
    left = duration.amount if item.remaining is None else item.remaining.amount
    left = min(left, duration.amount)
    most = int(left.to_integral_value(ROUND_CEILING))
    if most < 1:
        return None
    span = duration

    def lasts(amount: int) -> Span:
        return Span(span.amount - min(Decimal(amount), left), span.unit)

    def sets(amount: int) -> SetDates:
        return SetDates(item=item.id, duration=lasts(amount))

    return Shorten(trials, position, most, lasts, sets)


def _in_days(trials: Trials, span: Span, position: int) -> Span:
    """Return weeks as days, and months as the days they come to where the work lies now."""
    if span.unit == "w":
        return Span(span.amount * 7, "d")
    if span.unit == "m":
        dates = trials.base.dates
        days = (dates.finish[position] - dates.start[position]) // DAY
        return Span(Decimal(days), "d")
    return span


def _by_dates(trials: Trials, item: Item, position: int) -> Shorten | None:
    compiled, passes = trials.base.compiled, trials.base
    net = compiled.net
    length, finish = passes.lengths[position], net.own_finish[position]
    most = (length - 1) // DAY
    if most < 1 or finish == NEVER:
        return None
    is_gap = not net.length[position]
    keeps_start = net.how[position] == BEGUN and net.flags[position] & PINNED

    def lasts(amount: int) -> Span:
        return Span(Decimal(length - amount * DAY) / DAY, "d")

    def sets(amount: int) -> SetDates:
        if is_gap:  # its date stays, and the work before it begins later
            begins, ends = finish - length + amount * DAY, finish
        else:
            begins, ends = finish - length, finish - amount * DAY
        start = None if keeps_start else start_moment(begins)
        return SetDates(item=item.id, start=start, finish=finish_moment(ends))

    return Shorten(trials, position, most, lasts, sets)


def _changed(trials: Trials, item: Item, change: SetDates) -> Item:
    """Return an item as a change sets it."""
    edited = replace(trials.run.edited, items={item.id: item}, changed=set())
    set_dates(edited, change)
    return edited.items[item.id]


def _minutes(trials: Trials, item: Item, unit: Span) -> tuple[int, int]:
    """Return the minutes of a unit of work, and the calendar they are counted on."""
    if unit.unit == "m":
        return int(MONTH_DAYS * DAY), -1
    compiled = trials.base.compiled
    at = compiled.at[item.id]
    project = compiled.net.project[at]
    calendar = item.calendar or (compiled.grounds[project].calendar if project else None)
    measured = compiled.times.measure(unit, calendar, f'The duration of "{item.id}"')
    return max(1, measured.minutes), measured.cal


def _stands_alone(trials: Trials, item: Item, position: int) -> bool:
    """Return whether a new length changes nothing in the compiled plan but the item's own row.

    Splits and gates are counted from it; the planned dates of an input decide what a gate allows
    it, and may say when the plan starts; percentages of it are lags.
    """
    compiled = trials.base.compiled
    net = compiled.net
    row = net.extra[position]
    if row >= 0 and (
        has_gate(net, position) or net.x_shift[row] or net.x_split[row] < net.x_split[row + 1]
    ):
        return False
    leaving = compiled.leaving(position)
    if any(compiled.links[compiled.link[edge]].lag.unit == "%" for edge in leaving):
        return False
    if item.mode == "logic":
        return True
    follows = [net.target[edge] for edge in leaving]
    if net.parent[position] >= 0:
        follows.append(net.parent[position])
    if any(has_gate(net, one) for one in follows):
        return False
    project, plan = net.project[position], trials.plan
    starts_anyway = compiled.grounds[project].start != NEVER or net.plan_start[project] == NEVER
    counts_from = plan.start is None and any(board.meetings.rule for board in plan.boards)
    return starts_anyway and not counts_from

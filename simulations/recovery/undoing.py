"""Bringing a change of the scenario itself back: less of a slip, of a later date, of an absence."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY, finish_instant, start_instant, write_moment
from graphmodel.scenario import Away, SetDates, Slip, SlipGroup
from graphmodel.spans import Span
from graphmodel.words import count
from simulations.changes import group_leaves
from simulations.codes import NEVER
from simulations.conditions import describe_change, quoted
from simulations.edited import is_over
from simulations.kernels.points import group_floor
from simulations.recovery.levers import Edit, Lever, names_of
from simulations.recovery.results import Cure

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from graphmodel.scenario import Change
    from simulations.recovery.trials import Trials

__all__ = ["BringBack", "find_returns"]

_ALL: Final = "that is, all of its slip"


class BringBack(Lever):
    """A change of the scenario comes to a number of days less."""

    kind = "bring_back"

    def __init__(self, trials: Trials, number: int, change: Change, most: int) -> None:
        self._trials, self._change = trials, change
        self.place = self.most = most
        self.name = f"bring back {number}"
        at = trials.base.compiled.at
        item = getattr(change, "item", None)
        self.place = at[item] if item is not None else -1

    def edit(self, amount: int) -> Edit:
        """Return the lesser change in place of the old; nothing where nothing is left of it."""
        if amount >= self.most and not isinstance(self._change, SetDates):
            return Edit((), self._change)
        return Edit((self._lesser(amount),), self._change)

    def _lesser(self, amount: int) -> Change:
        change = self._change
        match change:
            case Slip() | SlipGroup():
                return change.model_copy(update={"by": Span(Decimal(self.most - amount), "d")})
            case Away():
                return change.model_copy(update={"to": _earlier(change.to, amount)})
            case SetDates():
                moved = {
                    key: _earlier(value, amount)
                    for key in ("start", "finish")
                    if (value := getattr(change, key)) is not None
                }
                return change.model_copy(update=moved)
        raise NotImplementedError

    def cure(self, amount: int) -> Cure:
        """Return the pull as it is told."""
        change, plan = self._change, self._trials.plan
        edit = self.edit(amount)
        item = getattr(change, "item", None)
        asks, ask_ids = names_of(plan, *([] if item is None else [item]))
        if isinstance(change, Away) or (isinstance(change, SlipGroup) and change.officer):
            officer = plan.index.officer(str(change.officer))
            asks, ask_ids = (officer.name,), (officer.id,)
        before = change.by if isinstance(change, Slip | SlipGroup) else None
        left = edit.adds[0] if edit.adds else None
        return Cure(
            kind=self.kind,
            words=self._words(amount, left),
            item=item,
            link=None,
            by=Span(Decimal(amount), "d"),
            days=amount,
            before=before,
            after=left.by if isinstance(left, Slip | SlipGroup) else None,
            board=None,
            on=None,
            until=None,
            asks=asks,
            ask_ids=ask_ids,
            replaces=change,
            changes=edit.adds,
        )

    def _words(self, amount: int, left: Change | None) -> str:
        change, plan = self._change, self._trials.plan
        days = count(amount, "day")
        if isinstance(change, Slip):
            own = "'s own finish" if change.own else ""
            rest = f"so that it slips {left.by.words} at most" if isinstance(left, Slip) else _ALL
            return f"bring {quoted(plan, change.item)}{own} itself back by {days}, {rest}"
        if isinstance(change, SlipGroup):
            rest = f"{describe_change(plan, left)} at most" if left else "that is, all of it"
            return f"bring everything that slips together back by {days}: {rest}"
        if isinstance(change, Away):
            name = plan.index.officer(change.officer).name
            if not isinstance(left, Away):
                return f"have {name} not away at all"
            return f"have {name} back {days} earlier, on the day after {write_moment(left.to)}"
        return f"bring it back by {days}: {describe_change(plan, left or change)}"


def find_returns(trials: Trials) -> list[BringBack]:
    """Return a lever for each change of the scenario that comes to some days."""
    found = []
    for number, change in enumerate(trials.scenario.changes):
        most = max(_days_of(trials, change), default=0)
        if most > 0:
            found.append(BringBack(trials, number, change, most))
    return found


def _days_of(trials: Trials, change: Change) -> Iterator[int]:
    """Yield the days a change comes to, of each item it is about."""
    match change:
        case Slip():
            index = trials.plan.index
            leaves = [] if change.own else list(index.leaves(change.item))
            items = trials.run.edited.items
            open_leaves = [one for one in leaves if not is_over(items[one])]
            yield from _slipped(trials, open_leaves or [change.item], change.by)
        case SlipGroup():
            yield from _slipped(trials, group_leaves(trials.plan, change), change.by)
        case SetDates():
            yield from _later(trials, change)
        case Away():
            yield (finish_instant(change.to) - start_instant(change.from_)) // DAY


def _slipped(trials: Trials, leaves: Iterable[str], by: Span) -> Iterator[int]:
    if not by.months:
        yield -(-by.minutes // DAY)
        return
    passes = trials.run.baseline.passes[trials.gaps]
    for leaf in leaves:
        at = passes.compiled.at[leaf]
        floor = group_floor(passes.compiled.net, passes.dates, at, by.months, by.minutes)
        if floor != NEVER:
            yield -(-(floor - passes.instant(at)) // DAY)
        elif passes.instant(at) != NEVER:
            yield by.months * 31 + -(-by.minutes // DAY)


def _later(trials: Trials, change: SetDates) -> Iterator[int]:
    """Yield by how many days a change sets own dates later than the plan has them."""
    item = trials.run.baseline.plan.index.items[change.item]
    finish = item.forecast or item.planned.finish
    if change.finish is not None and finish is not None:
        yield (finish_instant(change.finish) - finish_instant(finish)) // DAY
    if change.start is not None and item.planned.start is not None:
        yield (start_instant(change.start) - start_instant(item.planned.start)) // DAY


def _earlier(moment: date, days: int) -> date:
    return moment - timedelta(days=days)

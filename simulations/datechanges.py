"""What a scenario changes about items: own dates set, work completed, work dropped (DESIGN 5.4)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from graphmodel.errors import ScenarioError
from graphmodel.items import Constraint
from graphmodel.moments import (
    DAY,
    add_months,
    check_year,
    finish_instant,
    start_instant,
    write_moment,
)
from graphmodel.spans import Span
from simulations.edited import is_over

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.items import Item
    from graphmodel.scenario import CancelItem, Complete, SetDates
    from simulations.edited import Edited

__all__ = ["cancel_item", "complete_item", "set_dates"]

#: For each end of an item that follows its logic: the constraint that holds it, the one that pins.
_HOLDS: Final[dict[str, tuple[Literal["SNET", "FNET"], Literal["MSO", "MFO"]]]] = {
    "start": ("SNET", "MSO"),
    "finish": ("FNET", "MFO"),
}


def set_dates(edited: Edited, change: SetDates) -> None:
    """Replace own dates; the length stays unless two of start, finish, duration are given.

    An item that keeps its planned dates gets new ones. One that follows its logic starts, or
    finishes, no earlier than the date set, which takes the place of its constraints of that kind.

    Raises
    ------
    UnknownIdError
        The plan has no such item.
    ScenarioError
        The item is over, the dates contradict each other or a fact, or there is nothing to
        replace.
    """
    item = edited.open_item(change.item, "set")
    _check(item, change)
    new = _set_logic(item, change) if item.mode == "logic" else _set_planned(item, change)
    if change.finish is not None and any(
        gate.item == item.id and gate.state == "accepted" for gate in edited.gates
    ):
        # A gate's planned date only names a window; what is set is the day to decide on or after.
        new = new.model_copy(update={"forecast": change.finish})
    edited.replace(new)


def complete_item(edited: Edited, change: Complete) -> None:
    """Finish an item on a day, or as its own dates say; what it is made of by then at the latest.

    Raises
    ------
    UnknownIdError
        The plan has no such item.
    ScenarioError
        The item is over, has no date, or was begun after the day.
    """
    item = edited.open_item(change.item, "completed")
    finish = change.on or _own_finish(item)
    if finish is None:
        raise ScenarioError(
            f"{item.name} has no date: say when it was completed, as in {item.id}=2027-03-31."
        )
    begun = item.actual_start
    if begun is not None and start_instant(finish) // DAY < start_instant(begun) // DAY:
        raise ScenarioError(
            f"{item.name} was begun on {write_moment(begun)}: it cannot be completed on "
            f"{write_moment(finish)}."
        )
    edited.replace(_completed(item, finish))
    for part in _open_parts(edited, item.id):
        own = _own_finish(part)
        by = finish if own is None else min(own, finish, key=finish_instant)
        edited.replace(_completed(part, by))


def cancel_item(edited: Edited, change: CancelItem) -> None:
    """Drop an item and what it is made of; what is finished already stays a fact.

    Raises
    ------
    UnknownIdError
        The plan has no such item.
    ScenarioError
        The item is over.
    """
    item = edited.open_item(change.item, "cancelled")
    for one in (item, *_open_parts(edited, item.id)):
        edited.replace(one.model_copy(update={"status": "cancelled"}))


def _open_parts(edited: Edited, parent: str) -> Iterator[Item]:
    """Yield everything below an item that is not over, outermost first."""
    for part in edited.plan.index.children.get(parent, ()):
        if not is_over(edited.items[part]):
            yield edited.items[part]
        yield from _open_parts(edited, part)


def _own_finish(item: Item) -> date | None:
    return item.actual_finish or item.forecast or item.planned.finish


def _completed(item: Item, finish: date) -> Item:
    return item.model_copy(update={"status": "complete", "actual_finish": finish, "percent": None})


def _check(item: Item, change: SetDates) -> None:
    start, finish = change.start, change.finish
    if start and finish and change.duration:
        raise ScenarioError(
            f"{item.name} is set to start, finish and last: two of these say the third."
        )
    if start and finish and finish_instant(finish) <= start_instant(start):
        raise ScenarioError(
            f"{item.name} cannot be set to finish on {write_moment(finish)}, "
            f"before it starts on {write_moment(start)}."
        )
    if start and item.actual_start is not None:
        raise ScenarioError(
            f"{item.name} was begun on {write_moment(item.actual_start)}: its start is a fact, "
            "set its finish or duration."
        )


def _set_logic(item: Item, change: SetDates) -> Item:
    update: dict[str, Any] = {"constraints": item.constraints}
    duration = change.duration
    if change.start is not None and change.finish is not None:
        duration = _span_between(item, change.start, change.finish)
    if duration is not None:
        update |= _new_duration(item, duration)
    if change.start is not None:
        update["constraints"] = _held(update["constraints"], "start", change.start)
    if change.finish is not None:
        update["constraints"] = _held(update["constraints"], "finish", change.finish)
        update["forecast"] = change.finish
    return item.model_copy(update=update)


def _held(constraints: tuple[Constraint, ...], end: str, day: date) -> tuple[Constraint, ...]:
    """Return the constraints with one end held at a day; a finish is held by the forecast."""
    holds, pins = _HOLDS[end]
    kept = [one for one in constraints if one.type not in {holds, pins}]
    pinned = [one.model_copy(update={"date": day}) for one in constraints if one.type == pins]
    if not pinned and holds == "SNET":
        pinned = [Constraint(type=holds, date=day)]
    return (*kept, *pinned)


def _span_between(item: Item, start: date, finish: date) -> Span:
    """Return the time from the first instant of a start to the last of a finish."""
    if item.duration is not None and not item.duration.is_elapsed:
        raise ScenarioError(
            f"{item.name} lasts {item.duration.words}: set its start and duration, or its finish "
            "alone."
        )
    minutes = Decimal(finish_instant(finish) - start_instant(start))
    return Span(minutes / DAY, "d") if not minutes % DAY else Span(minutes / 60, "eh")


def _new_duration(item: Item, duration: Span) -> dict[str, Any]:
    """Return what a new duration replaces; of begun work as much more, or less, remains."""
    if duration.amount < 0 or duration.unit == "%":
        raise ScenarioError(
            f"The duration set for {item.name} must be a length of time, such as 6w or 10wd."
        )
    if item.remaining is None:
        return {"duration": duration}
    if item.duration is None or len({duration.unit, item.duration.unit, item.remaining.unit}) > 1:
        raise ScenarioError(
            f"{item.name} has {item.remaining.words} left of its work: set its finish instead of "
            "its duration."
        )
    left = max(Decimal(0), item.remaining.amount + duration.amount - item.duration.amount)
    return {"duration": duration, "remaining": Span(left, duration.unit)}


def _set_planned(item: Item, change: SetDates) -> Item:
    start, finish = _new_dates(item, change)
    planned = item.planned.model_copy(update={"start": start, "finish": finish})
    return item.model_copy(update={"planned": planned, "forecast": None})


def _new_dates(item: Item, change: SetDates) -> tuple[date | None, date | None]:
    old = item.planned
    if change.duration is not None:
        return _with_duration(item, change.duration, change)
    if change.start is not None and change.finish is not None:
        return change.start, change.finish
    length = None
    if old.start is not None and old.finish is not None:
        length = finish_instant(old.finish) - start_instant(old.start)
    if change.finish is not None:
        if length is not None:
            return _moved(change.finish, DAY - length), change.finish
        is_before = old.start and start_instant(old.start) < finish_instant(change.finish)
        return old.start if is_before else None, change.finish
    if change.start is None or old.start is None:
        raise ScenarioError(
            f"{item.name} has no planned start to replace: set its finish, or start and finish."
        )
    return change.start, None if length is None else _moved(change.start, length - DAY)


def _with_duration(item: Item, duration: Span, change: SetDates) -> tuple[date | None, date | None]:
    if not duration.is_elapsed or duration.amount <= 0:
        raise ScenarioError(
            f"The duration set for {item.name} must be calendar time above zero, such as 6w."
        )
    start = change.start or item.planned.start
    if change.finish is not None or start is None:
        finish = change.finish or item.planned.finish
        if finish is None:
            raise ScenarioError(f"{item.name} has no date to count a duration from: set one too.")
        begins = _moved(add_months(finish, -duration.months), DAY - duration.minutes)
        return begins, finish
    return start, _moved(add_months(start, duration.months), duration.minutes - DAY)


def _moved(moment: date, minutes: int) -> date:
    """Move a shown date; whole days keep it a date; `DateError` outside 1900 to 2200."""
    if minutes % DAY == 0 and not isinstance(moment, datetime):
        return check_year(moment + timedelta(days=minutes // DAY))
    at = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    return check_year(at + timedelta(minutes=minutes))

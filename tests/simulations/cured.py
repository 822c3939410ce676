"""Plans with close due dates for recovery, and what a cure comes to with one unit less."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from graphmodel.scenario import AddLink, Away, SetDates, Slip, SlipGroup
from graphmodel.spans import Span
from simulations.schedule import schedule

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graphmodel.plan import Plan
    from graphmodel.scenario import Change, Scenario
    from simulations.recovery.results import Cure

__all__ = ["apply_cure", "is_gap", "lesser", "with_dues"]


def with_dues(plan: Plan, gaps: Sequence[int]) -> Plan:
    """Return a plan whose dated items are due so many days after their forecast, in turn."""
    finishes = {row.id: row.finish for row in schedule(plan).items}
    items = []
    for number, item in enumerate(plan.items):
        finish, gap = finishes.get(item.id), gaps[number % len(gaps)]
        due = None if finish is None or gap < 0 else finish + timedelta(days=gap)
        items.append(item.model_copy(update={"due": due}))
    return plan.model_copy(update={"items": tuple(items)})


def apply_cure(scenario: Scenario, cure: Cure, changes: Sequence[Change] | None = None) -> Scenario:
    """Return a scenario with a cure's changes, or with others in the same place."""
    wanted = list(cure.changes if changes is None else changes)
    if cure.replaces is None:
        after = [*scenario.changes, *wanted]
    else:
        place = scenario.changes.index(cure.replaces)
        after = [*scenario.changes[:place], *wanted, *scenario.changes[place + 1 :]]
    return scenario.model_copy(update={"changes": tuple(after)})


def is_gap(plan: Plan, cure: Cure) -> bool:
    """Whether a cure shortens the gap before a date that stays."""
    if cure.kind != "shorten" or cure.item is None:
        return False
    item = plan.index.items[cure.item]
    is_planned = isinstance(cure.changes[0], SetDates) and cure.changes[0].duration is None
    return is_planned and item.planned.start is None


def lesser(cure: Cure, *, is_gap: bool = False) -> list[Change] | None:
    """Return a cure's changes with one unit less of it; None where it is all or nothing.

    ``is_gap``: it shortens the gap before a date.
    """
    if cure.kind in {"waive_papers_lead", "reassign", "extra_meeting", "move_meeting"}:
        return None
    assert cure.by is not None
    one = cure.by.amount <= 1
    if cure.kind == "overlap":
        removed, added = cure.changes
        assert isinstance(added, AddLink)
        more = Span(added.lag.amount + 1, added.lag.unit)
        return [] if one else [removed, added.model_copy(update={"lag": more})]
    if cure.kind == "bring_back":
        return [_slipped_more(cure)]
    if one:
        return []
    (change,) = cure.changes
    assert isinstance(change, SetDates)
    assert cure.after is not None
    if change.duration is not None:
        # Of a part of a unit, the rest is the last to go.
        back = cure.by.amount % 1 or Decimal(1)
        duration = Span(change.duration.amount + back, change.duration.unit)
        return [change.model_copy(update={"duration": duration})]
    key, days = ("start", -1) if is_gap else ("finish", 1)
    moved = getattr(change, key) + timedelta(days=days)
    return [change.model_copy(update={key: moved})]


def _slipped_more(cure: Cure) -> Change:
    """Return the change that was brought back, a day closer to what it was."""
    old = cure.replaces
    assert cure.by is not None
    left = cure.changes[0] if cure.changes else None
    if cure.by.amount <= 1:
        assert old is not None
        return old
    match old:
        case Slip() | SlipGroup():
            amount = left.by.amount if isinstance(left, Slip | SlipGroup) else Decimal(0)
            return old.model_copy(update={"by": Span(amount + 1, "d")})
        case Away():
            days = int(cure.by.amount) - 1
            return old.model_copy(update={"to": old.to - timedelta(days=days)})
        case SetDates():
            days = int(cure.by.amount) - 1
            moved: dict[str, date] = {
                key: value - timedelta(days=days)
                for key in ("start", "finish")
                if (value := getattr(old, key)) is not None
            }
            return old.model_copy(update=moved)
    raise AssertionError(old)

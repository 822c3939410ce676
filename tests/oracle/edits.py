"""What the changes of a scenario do to a plan before anything slips (DESIGN 5.4)."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from graphmodel.items import Constraint
from graphmodel.links import Link
from graphmodel.people import Assignment
from graphmodel.scenario import (
    AddLink,
    AddMeeting,
    CancelItem,
    CancelMeeting,
    Complete,
    MoveMeeting,
    Reassign,
    RemoveLink,
    SetDates,
    WaivePapersLead,
)
from graphmodel.spans import ZERO, Span
from tests.oracle import facts
from tests.oracle.dates import add, finish_of, show, start_of

if TYPE_CHECKING:
    from graphmodel.items import Item
    from graphmodel.people import Board
    from graphmodel.plan import Plan
    from graphmodel.scenario import Change

__all__ = ["edit_links", "edit_plan", "holders"]


def edit_plan(plan: Plan, change: Change) -> Plan:
    """Return the plan after one change; what slips or is away edits nothing."""
    match change:
        case SetDates() | Complete() | CancelItem():
            gated = {gate.item for gate in plan.gates if gate.state == "accepted"}
            items = [_edit_item(one, change, gated) for one in plan.items]
            return plan.model_copy(update={"items": tuple(items)})
        case CancelMeeting() | MoveMeeting() | AddMeeting():
            boards = [_edit_board(one, change) for one in plan.boards]
            return plan.model_copy(update={"boards": tuple(boards)})
        case WaivePapersLead():
            gates = [
                one.model_copy(update={"papers_lead": ZERO}) if one.id == change.gate else one
                for one in plan.gates
            ]
            return plan.model_copy(update={"gates": tuple(gates)})
        case Reassign():
            return plan.model_copy(update={"assignments": _reassigned(plan, change)})
    return plan


def edit_links(links: list[Link], change: Change) -> list[Link]:
    """Return the links in use after one change."""
    if isinstance(change, AddLink):
        ends = {"from": change.from_, "to": change.to}
        return [*links, Link.model_validate({**ends, "type": change.type, "lag": change.lag})]
    if isinstance(change, RemoveLink):
        return [
            link
            for link in links
            if (link.from_, link.to) != (change.from_, change.to)
            or change.type not in {None, link.type}
        ]
    return links


# -- Items --------------------------------------------------------------------------------------


def _edit_item(item: Item, change: SetDates | Complete | CancelItem, gated: set[str]) -> Item:
    if item.id != change.item:
        return item
    if isinstance(change, CancelItem):
        return item.model_copy(update={"status": "cancelled"})
    if isinstance(change, Complete):
        return item.model_copy(update={"status": "complete", "actual_finish": change.on})
    if item.mode == "logic":
        return _set_logic(item, change)
    moved = _set_dates(item, change)
    if item.id in gated:  # as a forecast, it takes the place of M
        return moved.model_copy(update={"forecast": moved.planned.finish})
    return moved


def _set_logic(item: Item, change: SetDates) -> Item:
    """Work on its logic starts, or finishes, no earlier than the date set."""
    constraints = list(item.constraints)
    for day, kind in ((change.start, "SNET"), (change.finish, "FNET")):
        if day is not None:
            constraints = [one for one in constraints if one.type != kind]
            constraints.append(Constraint.model_validate({"type": kind, "date": day}))
    duration = item.duration if change.duration is None else change.duration
    remaining = item.remaining
    if remaining is not None and duration is not None and item.duration is not None:
        left = remaining.amount + duration.amount - item.duration.amount
        remaining = Span(max(Decimal(0), left), remaining.unit)
    return item.model_copy(
        update={
            "constraints": tuple(constraints),
            "duration": duration,
            "remaining": remaining,
        }
    )


def _set_dates(item: Item, change: SetDates) -> Item:
    """Replace own dates; the length stays unless two of start, finish and duration are given."""
    start, finish = facts.own_start(item), facts.own_finish(item)
    if change.start is not None and change.finish is not None:
        both = item.planned.model_copy(update={"start": change.start, "finish": change.finish})
        return item.model_copy(update={"planned": both, "forecast": None})
    assert finish is not None
    if change.finish is not None and change.duration is None:
        moved = finish_of(change.finish) - finish
        began = None if start is None else _written(start + moved, as_start=True)
        planned = item.planned.model_copy(update={"start": began, "finish": change.finish})
        return item.model_copy(update={"planned": planned, "forecast": None})
    assert start is not None
    length = finish - start
    if change.start is not None:
        start = start_of(change.start)
    finish = start + length
    if change.duration is not None:
        finish = add(start, change.duration, "start")
    planned = item.planned.model_copy(
        update={"start": _written(start, as_start=True), "finish": _written(finish, as_start=False)}
    )
    return item.model_copy(update={"planned": planned, "forecast": None})


def _written(instant: datetime, *, as_start: bool) -> date:
    """Return an instant as plan files write it."""
    if instant.time() != time():
        return instant
    return show(instant, "start" if as_start else "finish")


# -- Boards and people --------------------------------------------------------------------------


def _edit_board(board: Board, change: CancelMeeting | MoveMeeting | AddMeeting) -> Board:
    if board.id != change.board:
        return board
    dates, cancelled = list(board.meetings.dates), list(board.meetings.cancelled)
    if not isinstance(change, AddMeeting):
        dates = [one for one in dates if one != change.date]
        cancelled.append(change.date)
    added = change.to if isinstance(change, MoveMeeting) else change.date
    if not isinstance(change, CancelMeeting):
        dates.append(added)
        cancelled = [one for one in cancelled if one != added]
    meetings = board.meetings.model_copy(
        update={"dates": tuple(dates), "cancelled": tuple(cancelled)}
    )
    return board.model_copy(update={"meetings": meetings})


def holders(plan: Plan, name: str, role: str) -> set[str]:
    """Return who holds a role on an item: assigned to it, else to its nearest ancestor."""
    items = {item.id: item for item in plan.items}
    at: str | None = name
    while at is not None:
        found = {one.officer for one in plan.assignments if (one.item, one.role) == (at, role)}
        if found:
            return found
        at = items[at].parent
    return set()


def _reassigned(plan: Plan, change: Reassign) -> tuple[Assignment, ...]:
    """Give every role that an officer holds on an item, inherited ones too, to another."""
    kept = list(plan.assignments)
    for role in ("responsible", "delivery_lead", "accountable", "portfolio", "sponsor"):
        found = holders(plan, change.item, role)
        if change.officer in found:
            kept = [one for one in kept if (one.item, one.role) != (change.item, role)]
            new = (found - {change.officer}) | {change.to}
            kept += [Assignment(officer=one, item=change.item, role=role) for one in sorted(new)]
    return tuple(kept)

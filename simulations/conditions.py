"""Each change of a scenario as the condition of a sentence: ``If …``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.moments import write_moment
from graphmodel.scenario import (
    AddLink,
    AddMeeting,
    Away,
    CancelItem,
    CancelMeeting,
    Complete,
    MoveMeeting,
    Reassign,
    RemoveLink,
    SetDates,
    Slip,
    SlipGroup,
)
from simulations.boardchanges import find_gate

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.plan import Plan
    from graphmodel.scenario import Change, WaivePapersLead

__all__ = ["describe_change", "quoted"]

#: Characters of a title that a sentence quotes.
_TITLE: Final = 60
#: What a shortened title does not end in.
_TRAILING: Final = ",;:- \N{EN DASH}"


def describe_change(plan: Plan, change: Change) -> str:
    """Return a change as the condition of a sentence: ``SI1.1.3.7 "…" slips 2 months``."""
    match change:
        case Slip() | SlipGroup():
            return _slip(plan, change)
        case SetDates() | Complete() | CancelItem():
            return f"{quoted(plan, change.item)} is {_new_state(change)}"
        case AddLink() | RemoveLink():
            return _waiting(plan, change)
        case Away() | Reassign():
            return _officer(plan, change)
        case _:
            return _board(plan, change)


def quoted(plan: Plan, one: str) -> str:
    """Return an id with the start of its title in quotation marks."""
    title = " ".join(plan.index.item(one).title.split())
    if len(title) > _TITLE:
        title = f"{title[: _TITLE - 1].rsplit(' ', 1)[0].rstrip(_TRAILING)}…"
    return f"{one} “{title}”"


def _slip(plan: Plan, change: Slip | SlipGroup) -> str:
    if isinstance(change, SlipGroup):
        return f"everything unfinished of {_group(plan, change)} slips {change.by.words}"
    own = "'s own finish" if change.own else ""
    return f"{quoted(plan, change.item)}{own} slips {change.by.words}"


def _group(plan: Plan, change: SlipGroup) -> str:
    if change.officer is not None:
        roles = " or ".join(role.replace("_", " ") for role in change.roles)
        as_roles = "" if change.roles == ("responsible",) else f" as {roles}"
        return f"{plan.index.officer(change.officer).name}{as_roles}"
    if change.board is not None:
        return plan.index.board(change.board).name
    if change.parent is not None:
        return quoted(plan, change.parent)
    if change.division is not None:
        return f"the division {change.division}"
    return f"the tag {change.tag}"


def _new_state(change: SetDates | Complete | CancelItem) -> str:
    if isinstance(change, SetDates):
        return f"set to {_new_dates(change)}"
    return f"complete{_on(change.on)}" if isinstance(change, Complete) else "cancelled"


def _new_dates(change: SetDates) -> str:
    parts = []
    if change.start is not None:
        parts.append(f"start{_on(change.start)}")
    if change.finish is not None:
        parts.append(f"finish{_on(change.finish)}")
    if change.duration is not None:
        parts.append(f"last {change.duration.words}")
    return " and ".join(parts)


def _on(day: date | None) -> str:
    return "" if day is None else f" on {write_moment(day)}"


def _waiting(plan: Plan, change: AddLink | RemoveLink) -> str:
    """Return a link as who waits for whom, with its kind where that is not the usual one."""
    verb = "has to" if isinstance(change, AddLink) else "need not"
    kind = _kind(change) if isinstance(change, AddLink) else change.type or ""
    which = f" ({kind})" if kind not in {"", "FS"} else ""
    return f"{quoted(plan, change.to)} {verb} wait for {quoted(plan, change.from_)}{which}"


def _kind(link: AddLink) -> str:
    if not link.lag:
        return link.type
    sign = "-" if link.lag.amount < 0 else "+"
    return f"{link.type} {sign} {link.lag.words.removeprefix('-')}"


def _officer(plan: Plan, change: Away | Reassign) -> str:
    officer = plan.index.officer(change.officer).name
    if isinstance(change, Reassign):
        to = plan.index.officer(change.to).name
        return f"{quoted(plan, change.item)} passes from {officer} to {to}"
    if change.from_ == change.to:
        return f"{officer} is away{_on(change.to)}"
    return f"{officer} is away from {write_moment(change.from_)} to {write_moment(change.to)}"


def _board(plan: Plan, change: CancelMeeting | MoveMeeting | AddMeeting | WaivePapersLead) -> str:
    match change:
        case CancelMeeting():
            return f"{plan.index.board(change.board).name} does not meet{_on(change.date)}"
        case MoveMeeting():
            board = plan.index.board(change.board).name
            return f"{board} meets{_on(change.to)} instead of {write_moment(change.date)}"
        case AddMeeting():
            return f"{plan.index.board(change.board).name} meets{_on(change.date)} as well"
        case _:
            gate = find_gate(plan, change.gate)
            board = plan.index.board(gate.board).name
            return f"papers for {quoted(plan, gate.item)} may reach {board} on the day it meets"

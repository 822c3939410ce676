"""From a scenario to what the passes understand: an edited plan, slips, floors (DESIGN 5.4).

Sets come first, then slips, whatever their order in the scenario: dates, links, completions,
cancellations, meetings, waived papers leads and new owners edit a copy of the plan one after the
other; slips, group slips and absences are collected from the plan as edited, to be applied after
its logic is resolved. So an absence does not hold what the scenario gives to somebody else.
Nothing here changes the plan it is given.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import ScenarioError
from graphmodel.links import Link
from graphmodel.references import link_fault
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
    Slip,
    SlipGroup,
    WaivePapersLead,
)
from graphmodel.scenario import Away as AwayChange
from simulations.boardchanges import (
    add_board_meeting,
    cancel_board_meeting,
    move_board_meeting,
    waive_papers_lead,
)
from simulations.datechanges import cancel_item, complete_item, set_dates
from simulations.edited import Away, Edited, is_over
from simulations.peoplechanges import note_absence, reassign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from graphmodel.spans import Span

__all__ = ["Away", "Edited", "check_slip", "edit_plan", "group_leaves"]


def edit_plan(plan: Plan, scenario: Scenario, links: Sequence[Link]) -> Edited:
    """Carry out a scenario's changes on a copy of the plan, sets first, slips collected.

    Raises
    ------
    UnknownIdError
        A change names an item, officer, board or gate that the plan does not hold.
    ScenarioError
        A change cannot be made, such as a slip of a finished item.
    """
    if scenario.plan is not None and scenario.plan != plan.id:
        raise ScenarioError(
            f'The scenario is for the plan "{scenario.plan}", and this is "{plan.id}".'
        )
    edited = Edited.of(plan, links)
    for change in scenario.changes:
        edit = _EDITS.get(type(change))
        if edit is not None:
            edit(edited, change)
    after = edited.build()
    for change in scenario.changes:
        if isinstance(change, Slip):
            _slip(edited, after, change)
        elif isinstance(change, SlipGroup):
            _slip_group(edited, after, change)
        elif isinstance(change, AwayChange):
            note_absence(edited, after, change)
    return edited


def group_leaves(plan: Plan, change: SlipGroup) -> tuple[str, ...]:
    """Return the unfinished leaves a group slip is about, in file order.

    Raises
    ------
    UnknownIdError
        The officer, board or parent is not in the plan.
    ScenarioError
        The group has no unfinished leaf.
    """
    index = plan.index
    leaves = (item for item in plan.items if index.is_leaf(item.id) and not is_over(item))
    name, members = _group(plan, change)
    found = tuple(item.id for item in leaves if item.id in members)
    if not found:
        raise ScenarioError(f"Nothing unfinished belongs to {name}: there is nothing to slip.")
    return found


def _group(plan: Plan, change: SlipGroup) -> tuple[str, set[str]]:
    index = plan.index
    if change.officer is not None:
        officer = index.officer(change.officer)
        return f'"{officer.name}"', {
            item.id
            for item in plan.items
            if any(officer in index.officers_of(item.id, role) for role in change.roles)
        }
    if change.board is not None:
        board = index.board(change.board)
        gated = [g.item for g in plan.gates if g.board == board.id and g.state == "accepted"]
        return f'"{board.name}"', _below(plan, [*board.oversees, *gated])
    if change.parent is not None:
        return f'"{change.parent}"', _below(plan, [index.item(change.parent).id])
    if change.division is not None:
        wanted = change.division.casefold()
        tops = [item.id for item in plan.items if (item.division or "").casefold() == wanted]
        return f'the division "{change.division}"', _below(plan, tops)
    tagged = [item.id for item in plan.items if change.tag in item.tags]
    return f'the tag "{change.tag}"', _below(plan, tagged)


def _below(plan: Plan, tops: Iterable[str]) -> set[str]:
    return {leaf for top in tops for leaf in plan.index.leaves(top)}


def check_slip(by: Span, what: str) -> None:
    """Raise `ScenarioError` where a span is no slip: it brings forward, or is no calendar time."""
    if by.amount < 0:
        raise ScenarioError(
            f"A slip of {what} by {by.words} would bring it forward: set its finish instead."
        )
    if not by.is_elapsed:
        raise ScenarioError(
            f"A slip of {what} by {by.words} is not calendar time: give days, weeks or months."
        )


def _slip(edited: Edited, plan: Plan, change: Slip) -> None:
    item = edited.open_item(change.item, "slipped")
    check_slip(change.by, change.item)
    edited.changed.add(item.id)
    parts = () if plan.index.is_leaf(item.id) else plan.index.leaves(item.id)
    if change.own or all(is_over(edited.items[part]) for part in parts):
        edited.slips.append(change)
    else:
        _add_group(edited, plan, SlipGroup(by=change.by, parent=item.id))


def _slip_group(edited: Edited, plan: Plan, change: SlipGroup) -> None:
    check_slip(change.by, "a group")
    _add_group(edited, plan, change)
    if change.parent is not None:
        edited.changed.add(change.parent)


def _add_group(edited: Edited, plan: Plan, change: SlipGroup) -> None:
    leaves = group_leaves(plan, change)
    edited.groups.append((leaves, change.by))
    edited.changed.update(leaves)


def _add_link(edited: Edited, change: AddLink) -> None:
    index = edited.plan.index
    index.item(change.from_)
    index.item(change.to)
    fault = link_fault(change.from_, change.to, index.parents)
    if fault is not None:
        raise ScenarioError(fault)
    if any(
        (li.from_, li.to, li.type) == (change.from_, change.to, change.type) for li in edited.links
    ):
        raise ScenarioError(
            f"The link {change.from_} → {change.to} ({change.type}) is in use already."
        )
    edited.structural = True
    edited.links.append(
        Link(from_=change.from_, to=change.to, type=change.type, lag=change.lag, origin="stated")
    )


def _remove_link(edited: Edited, change: RemoveLink) -> None:
    index = edited.plan.index
    index.item(change.from_)
    index.item(change.to)
    kept = [
        link
        for link in edited.links
        if (link.from_, link.to) != (change.from_, change.to)
        or change.type not in {None, link.type}
    ]
    if len(kept) == len(edited.links):
        raise ScenarioError(
            f"There is no link {change.from_} → {change.to} in use: there is nothing to remove."
        )
    edited.structural = True
    edited.links[:] = kept


#: The changes that edit the plan, and how; the others slip or hold what comes of it.
_EDITS: Final[Mapping[type, Callable[[Edited, Any], None]]] = {
    SetDates: set_dates,
    Complete: complete_item,
    CancelItem: cancel_item,
    AddLink: _add_link,
    RemoveLink: _remove_link,
    CancelMeeting: cancel_board_meeting,
    MoveMeeting: move_board_meeting,
    AddMeeting: add_board_meeting,
    WaivePapersLead: waive_papers_lead,
    Reassign: reassign,
}

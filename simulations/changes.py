"""From a scenario to what the passes understand: an edited plan, and slips and floors by position.

Sets, links, completions and cancellations edit a copy of the plan; slips and group slips are
applied after the logic is resolved (DESIGN 5.4). Nothing here changes the plan it is given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from graphmodel.errors import PlanError, ScenarioError
from graphmodel.links import Link
from graphmodel.moments import add_months, finish_instant, start_instant, write_moment
from graphmodel.references import link_fault
from graphmodel.scenario import (
    AddLink,
    CancelItem,
    Complete,
    RemoveLink,
    SetDates,
    Slip,
    SlipGroup,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from graphmodel.spans import Span

__all__ = ["Edited", "edit_plan", "group_leaves"]


@dataclass(slots=True)
class Edited:
    """A scenario's edits: items by id, links, and what is to be slipped afterwards.

    ``starts``: earliest start instants asked for on items that follow their logic. ``changed``:
    ids of the items a change names.
    """

    plan: Plan
    items: dict[str, Item]
    links: list[Link]
    slips: list[Slip] = field(default_factory=list)
    groups: list[tuple[tuple[str, ...], Span]] = field(default_factory=list)
    starts: dict[str, int] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    structural: bool = False

    def build(self) -> Plan:
        """Return the plan with edited items; its links are kept apart in ``links``."""
        return self.plan.model_copy(update={"items": tuple(self.items.values())})


def edit_plan(plan: Plan, scenario: Scenario, links: Sequence[Link]) -> Edited:
    """Carry out a scenario's changes on a copy of the plan, sets first, slips collected.

    Raises
    ------
    UnknownIdError
        A change names an item, officer or board that the plan does not hold.
    ScenarioError
        A change cannot be made, such as a slip of a finished item.
    """
    if scenario.plan is not None and scenario.plan != plan.id:
        raise ScenarioError(
            f'The scenario is for the plan "{scenario.plan}", and this is "{plan.id}".'
        )
    edited = Edited(plan, {item.id: item for item in plan.items}, list(links))
    for change in scenario.changes:
        match change:
            case Slip():
                _slip(edited, change)
            case SlipGroup():
                _slip_group(edited, change)
            case SetDates():
                _set_dates(edited, change)
            case AddLink():
                _add_link(edited, change)
            case RemoveLink():
                _remove_link(edited, change)
            case Complete():
                _complete(edited, change)
            case CancelItem():
                _cancel(edited, change)
            case _:
                raise ScenarioError(
                    f'The change "{change.op}" cannot be computed: meetings, absences, owners and '
                    "papers leads take no part in the schedule."
                )
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
    leaves = (item for item in plan.items if index.is_leaf(item.id) and not _is_over(item))
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


def _is_over(item: Item) -> bool:
    return item.status in {"complete", "cancelled"}


def _open_item(edited: Edited, wanted: str, verb: str) -> Item:
    """Return an item that can still be changed."""
    edited.plan.index.item(wanted)
    item = edited.items[wanted]
    if item.status == "complete":
        raise ScenarioError(f"{item.name} is finished: it cannot be {verb}.")
    if item.status == "cancelled":
        raise ScenarioError(f"{item.name} is cancelled: it cannot be {verb}.")
    return item


def _check_slip(by: Span, what: str) -> None:
    if by.amount < 0:
        raise ScenarioError(
            f"A slip of {what} by {by.words} would bring it forward: set its finish instead."
        )
    if not by.is_elapsed:
        raise ScenarioError(
            f"A slip of {what} by {by.words} is not calendar time: give days, weeks or months."
        )


def _slip(edited: Edited, change: Slip) -> None:
    item = _open_item(edited, change.item, "slipped")
    _check_slip(change.by, change.item)
    index = edited.plan.index
    if change.own or index.is_leaf(item.id) or not _unfinished_below(edited, item.id):
        edited.slips.append(change)
    else:
        group = SlipGroup(by=change.by, parent=item.id)
        edited.groups.append((group_leaves(edited.plan, group), change.by))
        edited.changed.update(edited.groups[-1][0])
    edited.changed.add(item.id)


def _unfinished_below(edited: Edited, parent: str) -> bool:
    return any(not _is_over(edited.items[leaf]) for leaf in edited.plan.index.leaves(parent))


def _slip_group(edited: Edited, change: SlipGroup) -> None:
    _check_slip(change.by, "a group")
    leaves = group_leaves(edited.plan, change)
    edited.groups.append((leaves, change.by))
    edited.changed.update(leaves)
    if change.parent is not None:
        edited.changed.add(change.parent)


def _set_dates(edited: Edited, change: SetDates) -> None:
    """Replace own dates; the length stays unless two of start, finish, duration are given."""
    item = _open_item(edited, change.item, "set")
    edited.structural = True
    edited.changed.add(item.id)
    if (
        change.start
        and change.finish
        and finish_instant(change.finish) <= start_instant(change.start)
    ):
        raise ScenarioError(
            f"{item.name} cannot be set to finish on {write_moment(change.finish)}, "
            f"before it starts on {write_moment(change.start)}."
        )
    if item.mode == "logic":
        edited.items[item.id] = item.model_copy(
            update={
                "duration": change.duration or item.duration,
                "forecast": change.finish or item.forecast,
            }
        )
        if change.start is not None:
            edited.starts[item.id] = start_instant(change.start)
        return
    start, finish = _new_dates(item, change)
    planned = item.planned.model_copy(update={"start": start, "finish": finish})
    edited.items[item.id] = item.model_copy(update={"planned": planned, "forecast": None})


def _new_dates(item: Item, change: SetDates) -> tuple[date | None, date | None]:
    old = item.planned
    if change.duration is not None:
        return _with_duration(item, change)
    if change.start is not None and change.finish is not None:
        return change.start, change.finish
    length = None
    if old.start is not None and old.finish is not None:
        length = finish_instant(old.finish) - start_instant(old.start)
    if change.finish is not None:
        start = None if length is None else _moved(change.finish, 1440 - length)
        return start, change.finish
    if change.start is None or (length is None and old.finish is not None):
        raise ScenarioError(
            f"{item.name} has no planned start to replace: set its finish, or start and finish."
        )
    return change.start, None if length is None else _moved(change.start, length - 1440)


def _with_duration(item: Item, change: SetDates) -> tuple[date | None, date | None]:
    duration = change.duration
    if duration is None or not duration.is_elapsed or duration.amount <= 0:
        raise ScenarioError(
            f"The duration set for {item.name} must be calendar time above zero, such as 6w."
        )
    start = change.start or item.planned.start
    if change.finish is not None or start is None:
        finish = change.finish or item.planned.finish
        if finish is None:
            raise ScenarioError(f"{item.name} has no date to count a duration from: set one too.")
        begins = _moved(add_months(finish, -duration.months), 1440 - duration.minutes)
        return begins, finish
    return start, _moved(add_months(start, duration.months), duration.minutes - 1440)


def _moved(moment: date, minutes: int) -> date:
    """Move a shown date; whole days keep it a date."""
    if minutes % 1440 == 0 and not isinstance(moment, datetime):
        return moment + timedelta(days=minutes // 1440)
    at = moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)
    return at + timedelta(minutes=minutes)


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


def _complete(edited: Edited, change: Complete) -> None:
    item = _open_item(edited, change.item, "completed")
    edited.structural = True
    edited.changed.add(item.id)
    finish = change.on or item.actual_finish or item.forecast or item.planned.finish
    if finish is None:
        raise PlanError(f"{item.name} has no date: say when it was completed.")
    edited.items[item.id] = item.model_copy(
        update={"status": "complete", "actual_finish": finish, "percent": None}
    )


def _cancel(edited: Edited, change: CancelItem) -> None:
    item = _open_item(edited, change.item, "cancelled")
    edited.structural = True
    for one in (item.id, *edited.plan.index.leaves(item.id)):
        edited.changed.add(one)
        edited.items[one] = edited.items[one].model_copy(update={"status": "cancelled"})

"""What a scenario changes about officers: who holds an item, and who is away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.errors import ScenarioError
from graphmodel.moments import finish_instant, start_instant, write_moment
from graphmodel.people import ROLES, Assignment
from simulations.edited import Away, is_over

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from graphmodel.items import Item
    from graphmodel.people import Officer, Role
    from graphmodel.plan import Plan
    from graphmodel.scenario import Away as AwayChange
    from graphmodel.scenario import Reassign
    from simulations.edited import Edited

__all__ = ["note_absence", "reassign"]

_Held = dict[tuple[str, "Role"], list[str]]


def reassign(edited: Edited, change: Reassign) -> None:
    """Give every role that an officer holds on an item, inherited ones too, to another officer.

    The item names its own officers for these roles from then on; who held a role beside the
    officer goes on holding it. No date depends on it.

    Raises
    ------
    UnknownIdError
        The plan has no such item or officer.
    ScenarioError
        The item is finished, or the officer holds no role on it.
    """
    item = edited.open_item(change.item, "reassigned")
    index = edited.plan.index
    old, new = index.officer(change.officer), index.officer(change.to)
    if old is new:
        raise ScenarioError(f"{item.name} cannot pass from {old.name} to {new.name}: name another.")
    held = _assigned(edited)
    roles = {role: _holders(edited, held, item, role) for role in ROLES}
    passing: dict[Role, list[str]] = {}
    for role, holders in roles.items():
        if old.id in holders:
            named = [new.id if one == old.id else one for one in holders]
            passing[role] = list(dict.fromkeys(named))
    if not passing:
        raise ScenarioError(_no_role(edited, item, old.name, roles["responsible"]))
    kept = [one for one in edited.assignments if one.item != item.id or one.role not in passing]
    own = [
        Assignment(officer=officer, item=item.id, role=role)
        for role, officers in passing.items()
        for officer in officers
    ]
    edited.assignments = (*kept, *own)
    edited.changed.add(item.id)


def note_absence(edited: Edited, plan: Plan, change: AwayChange) -> None:
    """Note that an officer is away, and what may have to wait for the return.

    ``plan`` is the plan as edited: what another officer took over does not wait, and may be all.

    Raises
    ------
    UnknownIdError
        The plan has no such officer.
    ScenarioError
        The absence ends before it begins, or the officer has nothing left to do.
    """
    officer = plan.index.officer(change.officer)
    first, last = start_instant(change.from_), finish_instant(change.to)
    if last <= first:
        raise ScenarioError(
            f"{officer.name} cannot be away from {write_moment(change.from_)} to "
            f"{write_moment(change.to)}: the second date lies before the first."
        )
    leaves = _open_leaves(plan, officer)
    if not leaves and not _open_leaves(edited.plan, officer):
        raise ScenarioError(
            f"{officer.name} is responsible for nothing unfinished: an absence changes nothing."
        )
    edited.aways.append(Away(officer.id, leaves, first, last))


def _open_leaves(plan: Plan, officer: Officer) -> tuple[str, ...]:
    """Return what an officer is responsible for that is not over and has no parts."""
    return tuple(
        item.id
        for item in plan.items
        if not is_over(item)
        and plan.index.is_leaf(item.id)
        and officer in plan.index.officers_of(item.id)
    )


def _assigned(edited: Edited) -> _Held:
    """Return the officers of each item's own roles, as edited so far."""
    held: _Held = {}
    for one in edited.assignments:
        held.setdefault((one.item, one.role), []).append(one.officer)
    return held


def _holders(
    edited: Edited, held: Mapping[tuple[str, Role], Sequence[str]], item: Item, role: Role
) -> Sequence[str]:
    """Return who holds a role on an item: assigned to it, else to its nearest ancestor."""
    for one in (item.id, *edited.plan.index.ancestors(item.id)):
        if (one, role) in held:
            return held[one, role]
    return ()


def _no_role(edited: Edited, item: Item, officer: str, responsible: Sequence[str]) -> str:
    names = [edited.plan.index.officer(one).name for one in responsible]
    belongs = f"belongs to {' and '.join(names)}" if names else "nobody is responsible for"
    return f"{officer} holds no role on {item.name}, which {belongs}."

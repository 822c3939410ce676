"""What a batch of what-ifs slips in turn: single items, or what belongs to each officer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphmodel.scenario import Scenario, Slip, SlipGroup
from simulations.changes import check_slip, group_leaves
from simulations.codes import ABSENT, DONE, LOE, NEVER
from simulations.edited import is_over

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from graphmodel.people import Role
    from graphmodel.scenario import Change
    from graphmodel.spans import Span
    from simulations.scenarios import Baseline

__all__ = ["STAYS", "Case", "item_cases", "officer_cases"]

#: What no slip moves: it takes no part, is a fact, or follows its links alone.
STAYS = frozenset({ABSENT, DONE, LOE})


@dataclass(frozen=True, slots=True)
class Case:
    """One slip of a batch.

    Attributes
    ----------
    id
        The item, or the officer.
    members
        The positions that are slipped; their own knock-on is not counted.
    slipped
        How many of these have a date that the slip moves.
    grouped
        Whether it is a group slip (DESIGN 5.4), as of a parent or an officer.
    change
        The same as a change of a scenario.
    """

    id: str
    members: tuple[int, ...]
    slipped: int
    grouped: bool
    change: Change


def item_cases(baseline: Baseline, by: Span, items: Iterable[str] | None) -> list[Case]:
    """Return the slips of these items, else of every unfinished leaf that has a date.

    A level of effort, which no slip moves, is passed over unless it is asked for.

    Raises
    ------
    UnknownIdError
        The plan has no such item.
    ScenarioError
        An item, or anything, cannot be slipped by this span.
    """
    check_slip(by, "an item")
    index, at = baseline.plan.index, baseline.compiled.at
    if items is None:
        return [
            _single(at[item.id], Slip(item=item.id, by=by))
            for item in baseline.plan.items
            if not is_over(item) and index.is_leaf(item.id) and _moves(baseline, at[item.id])
        ]
    slips = [Slip(item=index.item(one).id, by=by) for one in dict.fromkeys(items)]
    baseline.run(Scenario(changes=tuple(slips)))  # refuses what a what-if refuses
    return [_item_case(baseline, slip) for slip in slips]


def _single(position: int, slip: Slip) -> Case:
    return Case(slip.item, (position,), 1, grouped=False, change=slip)


def _item_case(baseline: Baseline, slip: Slip) -> Case:
    index, position = baseline.plan.index, baseline.compiled.at[slip.item]
    if index.is_leaf(slip.item) or all(is_over(index.items[i]) for i in index.leaves(slip.item)):
        return _single(position, slip)
    leaves = group_leaves(baseline.plan, SlipGroup(by=slip.by, parent=slip.item))
    return _group(baseline, slip.item, [baseline.compiled.at[leaf] for leaf in leaves], slip)


def _group(baseline: Baseline, name: str, leaves: Sequence[int], change: Slip | SlipGroup) -> Case:
    members = list(leaves)
    if isinstance(change, Slip):  # of a parent: what it is part of may move, but not by itself
        members.append(baseline.compiled.at[change.item])
    slipped = sum(_moves(baseline, leaf) for leaf in leaves)
    return Case(name, tuple(members), slipped, grouped=True, change=change)


def officer_cases(
    baseline: Baseline, by: Span, roles: Sequence[Role], only: Container[str] | None = None
) -> list[Case]:
    """Return a group slip for each officer who holds one of the roles on something that can slip.

    ``only`` names the officers to look at; all, unless given.

    Raises
    ------
    ScenarioError
        Nothing can be slipped by this span.
    """
    check_slip(by, "a group")
    index, at = baseline.plan.index, baseline.compiled.at
    held: dict[str, list[int]] = {}
    for item in baseline.plan.items:
        if is_over(item) or not index.is_leaf(item.id):
            continue
        holders = (officer.id for role in roles for officer in index.officers_of(item.id, role))
        for officer in dict.fromkeys(holders):
            if only is not None and officer not in only:
                continue
            held.setdefault(officer, []).append(at[item.id])
    return [
        _group(
            baseline,
            officer.id,
            held[officer.id],
            SlipGroup(officer=officer.id, by=by, roles=tuple(roles)),
        )
        for officer in baseline.plan.officers
        if any(_moves(baseline, position) for position in held.get(officer.id, ()))
    ]


def _moves(baseline: Baseline, position: int) -> bool:
    """Return whether an item has a date, and one that a slip can move."""
    how = baseline.compiled.net.how[position]
    return how not in STAYS and baseline.passes["spare"].instant(position) != NEVER

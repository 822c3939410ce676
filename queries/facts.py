"""Everything a plan says of one item, gathered for a reader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from graphmodel.people import ROLES
from graphmodel.places import find_place

if TYPE_CHECKING:
    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.measures import Metric, Risk
    from graphmodel.people import Board, Gate, Officer, Relation, Role
    from graphmodel.plan import Plan
    from graphmodel.problems import Place

__all__ = ["HeldRole", "ItemFacts", "describe"]


@dataclass(frozen=True, slots=True)
class HeldRole:
    """Who holds a role on an item; ``inherited`` names the ancestor it is assigned to, if one."""

    role: Role
    officers: tuple[Officer, ...]
    inherited: str | None


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One item with its surroundings; ``ancestors`` nearest first, links of every state."""

    item: Item
    place: Place | None
    ancestors: tuple[Item, ...]
    children: tuple[Item, ...]
    roles: tuple[HeldRole, ...]
    links_in: tuple[Link, ...]
    links_out: tuple[Link, ...]
    gates: tuple[tuple[Gate, Board], ...]
    metrics: tuple[Metric, ...]
    risks: tuple[Risk, ...]
    relations: tuple[Relation, ...]


def describe(plan: Plan, item: str) -> ItemFacts:
    """Return what the plan holds of an item; raises `UnknownIdError`, which names close ids."""
    index = plan.index
    one = index.item(item)
    boards = {board.id: board for board in plan.boards}
    return ItemFacts(
        item=one,
        place=find_place(plan, one.source),
        ancestors=tuple(index.items[above] for above in index.ancestors(item)),
        children=tuple(index.items[below] for below in index.children.get(item, ())),
        roles=tuple(_roles(plan, item)),
        links_in=tuple(link for link in plan.links if link.to == item),
        links_out=tuple(link for link in plan.links if link.from_ == item),
        gates=tuple((gate, boards[gate.board]) for gate in plan.gates if gate.item == item),
        metrics=tuple(metric for metric in plan.metrics if metric.item == item),
        risks=tuple(
            risk for risk in plan.risks if any(impact.item == item for impact in risk.impacts)
        ),
        relations=tuple(one for one in plan.relations if item in {one.from_, one.to}),
    )


def _roles(plan: Plan, item: str) -> list[HeldRole]:
    """Return every role that is held, in the order roles are told in (DESIGN section 4)."""
    assigned = {(one.item, one.role) for one in plan.assignments}
    held: list[HeldRole] = []
    for role in ROLES:
        officers = plan.index.officers_of(item, role)
        if officers:
            line = (item, *plan.index.ancestors(item))
            holder = next(one for one in line if (one, role) in assigned)
            held.append(HeldRole(role, officers, holder if holder != item else None))
    return held

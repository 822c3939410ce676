"""What a plan serves: what the papers say that it is part of or supports."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.kinds import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.kinds import Key
    from graphmodel.plan import Plan

__all__ = ["find_served"]

#: Types of relation that lead upwards, from what serves to what it serves.
_UPWARDS: Final = frozenset(
    {
        "part_of",
        "evolves_into",
        "supports",
        "delivers",
        "contributes_to",
        "aligned_to",
        "implements",
    }
)


def find_served(plan: Plan, top: str) -> Iterator[tuple[Key, str | None]]:
    """Yield the plan, unless ``top`` is one, and whatever it or ``top`` leads up to.

    Each comes with the type of relation by which it is reached; None for the plan itself. ``top``
    is an item without a parent.
    """
    if plan.index.items[top].kind != "plan":
        yield Node("plan", plan.id), None
    kinds = _kinds(plan)
    seen = {top, plan.id}
    queue = [top, plan.id]
    for one in queue:  # grows while it is read
        for relation in plan.relations:
            if relation.from_ == one and relation.type in _UPWARDS and relation.to not in seen:
                seen.add(relation.to)
                queue.append(relation.to)
                kind = kinds[relation.to]
                yield relation.to if kind == "item" else Node(kind, relation.to), relation.type


def _kinds(plan: Plan) -> dict[str, str]:
    """Return the kind of everything that a relation may lead to, as `graphmodel.kinds` has it."""
    found = {source.id: "source" for source in plan.sources}
    found |= dict.fromkeys(plan.index.items, "item")
    found |= {officer.id: "officer" for officer in plan.officers}
    return found | {board.id: "board" for board in plan.boards} | {plan.id: "plan"}

"""A plan with only those of its suggestions that are sure enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loaders.changing import change_plan

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from loaders.suggest.suggest import Suggestions

__all__ = ["keep_likely"]


def keep_likely(found: Suggestions, min_confidence: float) -> Plan:
    """Return the plan without suggested links and gates of less than ``min_confidence`` (0 to 1).

    A suggested outside event goes with the last of its links. What the plan held before stays.
    """
    doubtful = {id(link) for link in found.new if link.confidence < min_confidence}
    doubtful |= {id(gate) for gate in found.gates if gate.confidence < min_confidence}
    if not doubtful:
        return found.plan
    links = tuple(link for link in found.plan.links if id(link) not in doubtful)
    gates = tuple(gate for gate in found.plan.gates if id(gate) not in doubtful)
    held = {end for link in links for end in (link.from_, link.to)} | {one.item for one in gates}
    lost = {item.id for item in found.items} - held
    items = tuple(item for item in found.plan.items if item.id not in lost)
    return change_plan(found.plan, {"links": links, "gates": gates, "items": items})

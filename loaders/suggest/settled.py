"""What a plan holds already before anything is suggested: decisions stand, old suggestions go.

1. A link that people decided on, or that a document, register or schedule gives, stays as it is,
   and its pair of items gets no other, in either direction: a rejected one is not proposed again.
2. A proposal that knockon made by one of its own rules, and that nobody decided on, is drawn anew:
   so the same plan always gets the same suggestions, and those that no rule makes any more go.
3. The same holds for gates, and for outside events that no link of rule 1 ends at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.people import Gate
    from graphmodel.plan import Plan

__all__ = ["EVENT_TAG", "GATE_RULE", "Settled"]

#: Tag of the items that `loaders.suggest.outside_events` adds.
EVENT_TAG: Final = "outside-event"

#: Key of a suggested gate that names its rule.
GATE_RULE: Final = "x_rule"


@dataclass(frozen=True, slots=True)
class Settled:
    """The links, gates and items that stay, and the plan as the rules are to see it."""

    plan: Plan
    links: tuple[Link, ...]
    gates: tuple[Gate, ...]
    items: tuple[Item, ...]
    view: Plan
    pairs: frozenset[frozenset[str]]

    @classmethod
    def of(cls, plan: Plan, own: Collection[str]) -> Settled:
        """Sort what a plan holds; ``own`` are the ids of every rule of suggestions."""
        links = tuple(link for link in plan.links if not _is_open(link, own))
        gates = tuple(gate for gate in plan.gates if not _is_open_gate(gate, own))
        held = {end for link in links for end in (link.from_, link.to)}
        held |= {gate.item for gate in gates}
        items = tuple(item for item in plan.items if not _is_event(item) or item.id in held)
        seen = tuple(item for item in items if not _is_event(item))
        known = {item.id for item in seen}
        view = plan.model_copy(
            update={
                "items": seen,
                "links": tuple(link for link in links if {link.from_, link.to} <= known),
                "gates": tuple(gate for gate in gates if gate.item in known),
            }
        )
        pairs = frozenset(frozenset((link.from_, link.to)) for link in links)
        return cls(plan, links, gates, items, view, pairs)


def _is_event(item: Item) -> bool:
    return item.external and EVENT_TAG in item.tags


def _is_open(link: Link, own: Collection[str]) -> bool:
    return link.state == "proposed" and link.decided is None and link.rule in own


def _is_open_gate(gate: Gate, own: Collection[str]) -> bool:
    rule = (gate.model_extra or {}).get(GATE_RULE)
    return gate.state == "proposed" and gate.decided is None and rule in own

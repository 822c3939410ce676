"""What a plan holds already before anything is suggested: decisions stand, old suggestions go.

1. A link that people decided on, or that a document, register or schedule gives, stays as it is,
   and its pair of items gets no other, in either direction: a rejected one is not proposed again.
2. A proposal that knockon made by one of its own rules, and that nobody decided on, is drawn anew:
   so the same plan always gets the same suggestions, and those that no rule makes any more go.
3. The same holds for gates (by item and board), and for outside events, as long as nobody decided
   on them and no link or gate of rule 1 is about them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from graphmodel.links import Link
    from graphmodel.people import Gate
    from graphmodel.plan import Plan

__all__ = ["GATE_RULE", "Settled"]

#: How the ids of the items begin that `loaders.suggest.outside_events` adds.
_EVENT: Final = "EXT-"

#: Key of a suggested gate that names its rule, and of an event that was decided on.
GATE_RULE: Final = "x_rule"
_DECIDED: Final = "x_decided"


@dataclass(frozen=True, slots=True)
class Settled:
    """What stays of a plan, and the plan as the rules are to see it.

    ``links`` and ``gates`` stay; ``open_events`` are the ids of outside events that stay only if
    something is suggested about them; ``pairs`` have a link that stays.
    """

    plan: Plan
    links: tuple[Link, ...]
    gates: tuple[Gate, ...]
    open_events: frozenset[str]
    view: Plan
    pairs: frozenset[frozenset[str]]

    @classmethod
    def of(cls, plan: Plan, own: Collection[str]) -> Settled:
        """Sort what a plan holds; ``own`` are the ids of every rule of suggestions."""
        links = tuple(link for link in plan.links if not _is_open(link, own))
        gates = tuple(gate for gate in plan.gates if not _is_open_gate(gate, own))
        held = {end for link in links for end in (link.from_, link.to)}
        held |= {gate.item for gate in gates}
        events = {item.id for item in plan.items if item.external and item.id.startswith(_EVENT)}
        decided = {item.id for item in plan.items if _DECIDED in (item.model_extra or {})}
        seen = tuple(item for item in plan.items if item.id not in events)
        known = {item.id for item in seen}
        view = plan.model_copy(
            update={
                "items": seen,
                "links": tuple(link for link in links if {link.from_, link.to} <= known),
                "gates": tuple(gate for gate in gates if gate.item in known),
            }
        )
        pairs = frozenset(frozenset((link.from_, link.to)) for link in links)
        return cls(plan, links, gates, frozenset(events - held - decided), view, pairs)


def _is_open(link: Link, own: Collection[str]) -> bool:
    return link.state == "proposed" and link.decided is None and link.rule in own


def _is_open_gate(gate: Gate, own: Collection[str]) -> bool:
    rule = (gate.model_extra or {}).get(GATE_RULE)
    return gate.state == "proposed" and gate.decided is None and rule in own

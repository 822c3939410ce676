"""What waits for a decision in a plan: proposed links, gates and outside events.

An outside event is an item of its own (`loaders.suggest.outside_events`). It has no state, so a
decision on it stands in its ``x_decided``: who, when and why, and the ``state``; a rejected one is
cancelled too, so that nothing counts it and it is not proposed again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from graphmodel.items import Item
from graphmodel.links import Decision, Link
from graphmodel.people import Gate
from loaders.suggest.settled import GATE_RULE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from graphmodel.links import LinkState
    from graphmodel.plan import Plan

__all__ = [
    "EVENT_DECISION",
    "EVENT_RULE",
    "GROUPS",
    "ORDERS",
    "Order",
    "Proposal",
    "Proposed",
    "confidence_of",
    "decision_of",
    "is_clash",
    "is_event",
    "list_all",
    "list_decided",
    "list_open",
    "rule_of",
    "state_of",
]

#: What can be proposed.
Proposed = Link | Gate | Item

Group = Literal["links", "gates", "items"]
GROUPS: Final[tuple[Group, ...]] = ("links", "gates", "items")

#: In which order proposals are shown: the surest first, clashes before those, or as in the plan.
Order = Literal["best", "clashes", "plan"]
ORDERS: Final[tuple[Order, ...]] = ("best", "clashes", "plan")

#: How the ids of outside events begin that `loaders.suggest.outside_events` adds.
_EVENT: Final = "EXT-"

#: Key of an outside event that holds the decision on it.
EVENT_DECISION: Final = "x_decided"

#: What stands for the rule of an outside event that names none.
EVENT_RULE: Final = "event"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a proposed link, gate or outside event stands in the lists of its plan."""

    group: Group
    place: int


def is_event(item: Item) -> bool:
    """Return whether an item is an outside event that was proposed at some time."""
    return item.external and item.id.rpartition(":")[2].startswith(_EVENT)


def state_of(one: Proposed) -> LinkState:
    """Return whether a link, gate or outside event is accepted, proposed or rejected."""
    if not isinstance(one, Item):
        return one.state
    state: LinkState = (_extra(one, EVENT_DECISION) or {}).get("state", "proposed")
    return state


def decision_of(one: Proposed) -> Decision | None:
    """Return who decided on a link, gate or outside event, when and why; None where nobody did."""
    if not isinstance(one, Item):
        return one.decided
    said = _extra(one, EVENT_DECISION)
    if said is None:
        return None
    return Decision.model_validate({name: part for name, part in said.items() if name != "state"})


def rule_of(one: Proposed) -> str | None:
    """Return the id of the rule that proposed a link, gate or outside event, None for no rule."""
    if isinstance(one, Link):
        return one.rule
    rule: str | None = _extra(one, GATE_RULE)
    return EVENT_RULE if rule is None and isinstance(one, Item) else rule


def confidence_of(plan: Plan, one: Proposed) -> float:
    """Return how sure a proposal is, 0 to 1; an outside event is as sure as its surest link."""
    if not isinstance(one, Item):
        return one.confidence
    joined = [link.confidence for link in plan.links if one.id in {link.from_, link.to}]
    joined += [gate.confidence for gate in plan.gates if gate.item == one.id]
    return max(joined, default=0.0)


def is_clash(one: Proposed) -> bool:
    """Return whether dates, or other links, contradict a link."""
    return bool(_extra(one, "x_clash"))


def list_open(
    plan: Plan,
    *,
    min_confidence: float = 0.0,
    rules: Collection[str] = (),
    order: Order = "best",
) -> list[Proposal]:
    """Return what waits for a decision; outside events come before what depends on them.

    Parameters
    ----------
    min_confidence
        The least confidence, 0 to 1.
    rules
        Ids of the rules whose proposals are wanted; none for all.
    """
    found = [
        (proposal, one)
        for proposal, one in _walk(plan)
        if state_of(one) == "proposed"
        and confidence_of(plan, one) >= min_confidence
        and (not rules or rule_of(one) in rules)
    ]
    if order == "clashes":
        found.sort(key=lambda pair: (not is_clash(pair[1]), -confidence_of(plan, pair[1])))
    elif order == "best":
        found.sort(key=lambda pair: -confidence_of(plan, pair[1]))
    return [proposal for proposal, _ in found]


def list_decided(plan: Plan) -> list[Proposal]:
    """Return what was proposed once and is decided: what names a rule, or who decided."""
    return [
        proposal
        for proposal, one in _walk(plan)
        if state_of(one) != "proposed"
        and (decision_of(one) is not None or rule_of(one) is not None)
    ]


def list_all(plan: Plan) -> list[Proposal]:
    """Return every link, gate and outside event, decided or not, in the order of the plan."""
    return [proposal for proposal, _ in _walk(plan)]


def _walk(plan: Plan) -> Iterator[tuple[Proposal, Proposed]]:
    for place, item in enumerate(plan.items):
        if is_event(item):
            yield Proposal("items", place), item
    for place, link in enumerate(plan.links):
        yield Proposal("links", place), link
    for place, gate in enumerate(plan.gates):
        yield Proposal("gates", place), gate


def _extra(one: Proposed, name: str) -> Any:
    return (one.model_extra or {}).get(name)

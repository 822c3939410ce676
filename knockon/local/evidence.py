"""What a reviewer sees of a proposal: both sides with their words, and why one waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from graphmodel.items import Item
from graphmodel.links import Link
from graphmodel.places import find_place
from graphmodel.words import count, join_words
from knockon.cli.links.screen import is_start, tell_dates
from knockon.local.reviews import mark_of, name_of
from loaders.review.proposals import confidence_of, decision_of, is_clash, rule_of, state_of
from loaders.suggest.registry import RULES
from viz.words import LINK_IN, show_date, show_lag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.links import Evidence
    from graphmodel.people import Gate
    from graphmodel.plan import Plan
    from loaders.review.proposals import Proposal, Proposed

__all__ = ["Quote", "Shown", "Side", "describe_proposal", "tell_short"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a document, and where they stand; either may be empty."""

    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Side:
    """One end of a proposal: the item, or the board of a gate, and what speaks for it."""

    name: str
    id: str
    title: str
    facts: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A proposal as it is shown; ``both`` are the words that speak for both sides."""

    name: str
    mark: str
    kind: Literal["link", "gate", "event"]
    state: str
    sides: tuple[Side, ...]
    says: str
    type: str | None
    both: tuple[Quote, ...]
    reason: str
    confidence: float
    rule: str
    rule_words: str
    clash: bool
    decided: str


def describe_proposal(plan: Plan, proposal: Proposal) -> Shown:
    """Return everything that is shown of a proposal."""
    one: Proposed = getattr(plan, proposal.group)[proposal.place]
    rule = rule_of(one) or ""
    known = RULES.get(rule)
    evidence = () if isinstance(one, Item) else one.evidence
    kind, says, sides = _ends(plan, one)
    return Shown(
        name=name_of(proposal),
        mark=mark_of(one),
        kind=kind,
        state=state_of(one),
        sides=sides,
        says=says,
        type=one.type if isinstance(one, Link) else None,
        both=_quotes(plan, evidence, "both"),
        reason=("" if isinstance(one, Item) else one.reason) or "",
        confidence=confidence_of(plan, one),
        rule=rule,
        rule_words="" if known is None else f"{known.name}: {known.why}",
        clash=is_clash(one),
        decided=_decided(one),
    )


def tell_short(one: Proposed) -> str:
    """Return a proposal in a few words: ``SI1.1.1 → SI1.1.2 (FS)``."""
    if isinstance(one, Link):
        return f"{one.from_} → {one.to} ({one.type})"
    return f"outside event {one.id}" if isinstance(one, Item) else f"gate {one.item} at {one.board}"


def _ends(
    plan: Plan, one: Proposed
) -> tuple[Literal["link", "gate", "event"], str, tuple[Side, ...]]:
    if isinstance(one, Link):
        says = f"{one.type}: the first {LINK_IN[one.type]}{show_lag(one.lag)}"
        sides = (
            _item(plan, "First", one.from_, one.evidence, "from"),
            _item(plan, "Then", one.to, one.evidence, "to"),
        )
        return "link", says, sides
    if isinstance(one, Item):
        hanging = sum(one.id in {link.from_, link.to} for link in plan.links)
        hang = "hangs" if hanging == 1 else "hang"
        says = (
            f"An outside event that others wait for. {count(hanging, 'link')} {hang} on it, each "
            "decided by itself; rejecting the event rejects what is open of them."
        )
        return "event", says, (_item(plan, "Event", one.id, (), "both"),)
    board = plan.index.board(one.board)
    place = f", number {one.order} of its approvals" if one.order > 1 else ""
    says = f"{board.name} is to {one.decision} it{place}"
    return "gate", says, (_item(plan, "Item", one.item, one.evidence, "from"), _board(plan, one))


def _item(
    plan: Plan,
    name: str,
    key: str,
    evidence: Iterable[Evidence],
    side: Literal["from", "to", "both"],
) -> Side:
    item = plan.index.items[key]
    title = " ".join(item.title.split())
    owners = join_words([owner.name for owner in plan.index.officers_of(key)])
    place = str(find_place(plan, item.source) or "")
    nobody = "outside the council" if item.external else "no owner"
    facts = tuple(filter(None, (tell_dates(item), owners or nobody, place)))
    quotes = _quotes(plan, evidence, side)
    if not quotes and item.source is not None and item.source.quote:
        quotes = (Quote(" ".join(item.source.quote.split()), place),)
    told = tuple(one for one in quotes if not (one.place == place and is_start(title, one.words)))
    return Side(name, key, title, facts, told)


def _board(plan: Plan, gate: Gate) -> Side:
    board = plan.index.board(gate.board)
    quotes = _quotes(plan, gate.evidence, "to")
    return Side("Board", board.id, board.name, (f"{board.kind} board",), quotes)


def _quotes(
    plan: Plan, evidence: Iterable[Evidence], side: Literal["from", "to", "both"]
) -> tuple[Quote, ...]:
    found = [
        Quote(" ".join((one.source.quote or "").split()), str(find_place(plan, one.source) or ""))
        for one in evidence
        if one.side == side
    ]
    return tuple(dict.fromkeys(found))


def _decided(one: Proposed) -> str:
    decided = decision_of(one)
    state = state_of(one)
    if state == "proposed":
        return ""
    if decided is None:
        return state
    by = f" by {decided.by}" if decided.by else ""
    at = f" on {show_date(decided.at)}" if decided.at is not None else ""
    why = f": {decided.why}" if decided.why else ""
    return f"{state}{by}{at}{why}"

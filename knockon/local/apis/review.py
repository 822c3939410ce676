"""Interface: what waits for a decision in a plan, and decisions on it."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from graphmodel.links import LinkType
from knockon.local.asking import AskedShelf
from knockon.local.choosing import AskedChosen
from knockon.local.evidence import Quote, Shown, Side, describe_proposal
from knockon.local.reviews import (
    Chosen,
    Seen,
    decide,
    decided_of,
    queue_of,
    suggest_links,
    take_back,
    undo,
)
from loaders.review.proposals import Proposal

__all__ = ["router"]

router = APIRouter(prefix="/api/plans/{key}", tags=["review"])


class QuoteRow(BaseModel):
    """Words of a document and where they stand."""

    words: str
    place: str


class SideRow(BaseModel):
    """One end of a proposal, and the words that speak for it."""

    name: str
    id: str
    title: str
    facts: list[str]
    quotes: list[QuoteRow]


class ProposalRow(BaseModel):
    """A proposed link, gate or outside event."""

    name: str = Field(description="What decisions call it.")
    mark: str = Field(description="Changes with it: send it with a decision.")
    kind: Literal["link", "gate", "event"]
    state: Literal["accepted", "proposed", "rejected"]
    says: str
    type: LinkType | None
    sides: list[SideRow]
    both: list[QuoteRow] = Field(description="Words that speak for both sides.")
    reason: str | None
    confidence: float = Field(ge=0, le=1)
    rule: str | None
    clash: bool = Field(description="Whether dates, or other links, say otherwise.")
    decided: str | None = Field(description="The decision in words.")


class ProposalList(BaseModel):
    """Proposals in the order asked for."""

    plan: str
    edition: int
    waiting: int
    decided: int
    proposals: list[ProposalRow]


class DecisionAsked(BaseModel):
    """A decision on one proposal."""

    name: str = Field(max_length=300)
    mark: str = Field(max_length=64)
    verdict: Literal["accept", "reject", "reverse", "take_back"]
    by: str = Field("", max_length=200, description="Who decides; not needed to take one back.")
    why: str = Field("", max_length=500)
    type: LinkType | None = Field(None, description="Another type for a link that is accepted.")


class UndoAsked(BaseModel):
    """Whose last decision is to be undone, where none was made since the page runs."""

    by: str = Field(max_length=200)


class SuggestAsked(BaseModel):
    """The edition of the plan that was seen."""

    edition: int | None = None


@router.get("/proposals")
def list_proposals(
    key: str,
    shelf: AskedShelf,
    chosen: AskedChosen,
    state: Annotated[Literal["waiting", "decided", "all"], Query()] = "waiting",
    limit: Annotated[int, Query(ge=1, le=10_000)] = 1_000,
) -> ProposalList:
    """List what waits for a decision, or what is decided, with the words that speak for it."""
    opened = shelf.find(key)
    plan = opened.plan
    queue, decided = queue_of(plan, chosen), decided_of(plan, chosen)
    wanted = {"waiting": queue, "decided": decided, "all": [*queue, *decided]}[state]
    return ProposalList(
        plan=plan.id,
        edition=opened.edition,
        waiting=len(queue),
        decided=len(decided),
        proposals=[_row(describe_proposal(plan, one)) for one in wanted[:limit]],
    )


@router.post("/decisions")
def make_decision(key: str, asked: DecisionAsked, shelf: AskedShelf) -> ProposalRow:
    """Decide on a proposal, or take a decision back; the plan that is open has it at once."""
    if asked.verdict == "take_back":
        proposal = take_back(shelf, key, Seen(asked.name, asked.mark))
    else:
        proposal = decide(
            shelf,
            key,
            Seen(asked.name, asked.mark),
            asked.verdict,
            by=asked.by,
            why=asked.why,
            kind=asked.type,
        )
    return _tell(shelf, key, proposal)


@router.post("/decisions/undo")
def undo_decision(key: str, asked: UndoAsked, shelf: AskedShelf) -> ProposalRow:
    """Take back the last decision."""
    return _tell(shelf, key, undo(shelf, key, asked.by))


@router.post("/suggestions")
def look_for_links(key: str, asked: SuggestAsked, shelf: AskedShelf) -> ProposalList:
    """Add what the plan's words suggest as proposals; list what waits then."""
    suggest_links(shelf, key, asked.edition)
    return list_proposals(key, shelf, Chosen())


def _tell(shelf: AskedShelf, key: str, proposal: Proposal) -> ProposalRow:
    return _row(describe_proposal(shelf.find(key).plan, proposal))


def _row(shown: Shown) -> ProposalRow:
    return ProposalRow.model_validate(
        {
            "name": shown.name,
            "mark": shown.mark,
            "kind": shown.kind,
            "state": shown.state,
            "says": shown.says,
            "type": shown.type,
            "sides": [_side(one) for one in shown.sides],
            "both": [_quote(one) for one in shown.both],
            "reason": shown.reason or None,
            "confidence": shown.confidence,
            "rule": shown.rule or None,
            "clash": shown.clash,
            "decided": shown.decided or None,
        }
    )


def _side(side: Side) -> SideRow:
    return SideRow(
        name=side.name,
        id=side.id,
        title=side.title,
        facts=list(side.facts),
        quotes=[_quote(one) for one in side.quotes],
    )


def _quote(quote: Quote) -> QuoteRow:
    return QuoteRow(words=quote.words, place=quote.place)

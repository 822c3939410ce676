"""Checks of ratings: what a rule computes beside what the paper says (`queries.rag`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from queries.checks.rule import Check, Fault, NotApplicable, Tally
from queries.rag import rate
from queries.ragsets import stated_rules, unread_rules

if TYPE_CHECKING:
    from queries.checks.context import Context
    from queries.checks.rule import Answer
    from queries.rag import Rating

__all__ = ["RATINGS"]


def _find_different(context: Context) -> Answer:
    if context.rag is None and not stated_rules(context.plan):
        return NotApplicable("the plan names no RAG rule, and none was asked for")
    if context.rag is None and any(unread_rules(context.plan)):
        return NotApplicable("a RAG rule of the plan cannot be read")
    ratings = rate(context.plan, context.rag, context.as_of)
    compared = [one for one in ratings.items if one.differs is not None]
    if not compared:
        return NotApplicable("no item has a rating of its own in the words of the rule and a date")
    told = f"{len(compared):,} of {len(ratings.items):,} items can be compared"
    return Tally(
        len(compared),
        tuple(_difference(context, one) for one in compared if one.differs),
        note=f"By the rule {' and '.join(dict.fromkeys(one.rule for one in compared))}: {told}.",
    )


def _difference(context: Context, one: Rating) -> Fault:
    item = context.index.items[one.item]
    return Fault(
        f'{item.name} is rated "{one.stated}", and "{one.rating}" by the rule {one.rule}: '
        f"{one.because}.",
        (one.item,),
        context.place(item.source),
    )


def _find_unread(context: Context) -> Answer:
    unread = unread_rules(context.plan)
    faults = tuple(Fault(f"{name} rates nothing: {why}.") for name, why in unread)
    return Tally(len(stated_rules(context.plan)), faults)


RATINGS: Final = (
    Check(
        code="rating-differs",
        family="paper",
        name="The paper's rating is not the one its dates give",
        severity="warning",
        definition="The rating of an item (its RAG, failing that its grade) differs from the one "
        "that the RAG rule computes from its status and dates. The rule is the plan's own, or the "
        "one named with --rag; docs/rag.md lists the built-in ones.",
        denominator="items with a rating of their own that the rule can compute too",
        advice="Ask the owner which of the two is wrong: the rating, or the date.",
        find=_find_different,
    ),
    Check(
        code="rag-rule-unread",
        family="paper",
        name="A RAG rule of the plan cannot be read",
        severity="error",
        definition="An entry of the plan's rag_rules is not a rule as docs/rag.md describes it.",
        denominator="RAG rules",
        advice="Write the rule as docs/rag.md describes it, or take it out.",
        find=_find_unread,
    ),
)

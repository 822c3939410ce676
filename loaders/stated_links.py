"""Links that a report states in sentences, with the sentence as evidence.

1. Each end of a stated order (`loaders.stated_order`) is the item its phrase means
   (`loaders.named_items`), and where none is meant an activity of its own below the theme, with the
   dates in the phrase.
2. The planned dates decide, as in DESIGN 5.3.8: FS or FF where they allow it, accepted; else the
   link stays proposed, marked ``x_clash`` where the dates contradict it, and says why.
3. A pair that several sentences state is one link with all of them as evidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from graphmodel.links import Evidence, Link
from graphmodel.ordering import EventOrder
from loaders.named_items import find_subject
from loaders.progress_entries import split_entry
from loaders.report_dates import read_when
from loaders.sequences import CLASH_CONFIDENCE, judge_order
from loaders.stated_order import find_orders
from loaders.text import shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.items import Source
    from graphmodel.plan import Plan
    from loaders.progress_draft import ProgressDraft
    from loaders.progress_items import Told
    from loaders.stated_order import StatedOrder

__all__ = ["StatedPair", "build_links", "find_pairs"]

_LEANS = re.compile(
    r"(?:to be|this|these|it|implementation|commencement|launch|adoption|go-live|actions|review)\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:the|an|a)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StatedPair:
    """Two items of which the second waits for the first, and the sentences that say so."""

    first: str
    after: str
    sources: tuple[Source, ...]


def find_pairs(draft: ProgressDraft, told: Iterable[Told]) -> tuple[StatedPair, ...]:
    """Return the pairs that the texts state, adding the items that have no other place (rule 1)."""
    pairs: dict[tuple[str, str], list[Source]] = {}
    for one in told:
        for order in find_orders(one.text):
            ends = _find_ends(draft, one, order)
            if ends is not None:
                pairs.setdefault(ends, []).append(draft.source(one.line, order.quote))
    return tuple(StatedPair(*ends, tuple(sources)) for ends, sources in pairs.items())


def _find_ends(draft: ProgressDraft, told: Told, order: StatedOrder) -> tuple[str, str] | None:
    ends = {"first": order.first, "after": order.after}
    found: dict[str, str | None] = {
        side: told.item for side, phrase in ends.items() if not phrase or _opens(told, phrase)
    }
    for side, phrase in ends.items():
        if found.get(side) is not None:
            continue
        others = [item for item in found.values() if item is not None]
        found[side] = _find(draft, told, phrase, "", others) if phrase else None
    for side, other in (("first", "after"), ("after", "first")):
        known = found[other]
        if found[side] is None and ends[side]:
            beside = draft.items[known].title if known is not None else ends[other]
            others = [] if known is None else [known]
            context = f"{beside} {told.topic}"
            found[side] = _find(draft, told, ends[side], context, others)
    for side, phrase in ends.items():
        if found[side] is None and phrase:
            found[side] = _add(draft, told, phrase, order)
    first, after = found["first"], found["after"]
    return None if first is None or after is None or first == after else (first, after)


def _opens(told: Told, phrase: str) -> bool:
    """Return whether a phrase is what the entry of an item begins with: its own title."""
    return told.item is not None and told.text.lstrip("* ").startswith(phrase)


def _find(
    draft: ProgressDraft, told: Told, phrase: str, context: str, others: Iterable[str]
) -> str | None:
    lead = find_subject(split_entry(phrase, draft.report_day, listed=True).title)
    without = {*draft.complete, *others}
    return draft.names.find(lead, told.theme, context, without=without)


def _add(draft: ProgressDraft, told: Told, phrase: str, order: StatedOrder) -> str:
    """Add an end that is no item of the report as an activity of its own."""
    about = draft.items[told.item].title if told.item is not None else told.topic
    bare = _ARTICLE.sub("", phrase, count=1)
    title = f"{about}: {bare}" if about and _LEANS.match(bare) else bare[:1].upper() + bare[1:]
    when = read_when(phrase, draft.report_day)
    name = draft.next_id(told.theme)
    dated = {"planned": when.planned} if when.planned.precision != "none" else {}
    tags = ("stated-order",)
    draft.put(name, "activity", title, told.theme, told.line, order.quote, tags=tags, **dated)
    draft.report_years(name, when.without_year, told.line)
    draft.names.add(name, told.theme, title)
    draft.names.add(name, told.theme, find_subject(title))
    return name


def build_links(plan: Plan, pairs: Iterable[StatedPair]) -> tuple[Link, ...]:
    """Return the links for these pairs, as far as the plan's dates allow them (rules 2 and 3)."""
    order = EventOrder.leaving_out(plan, plan.accepted_links)
    return tuple(_build(plan, pair, order) for pair in pairs)


def _build(plan: Plan, pair: StatedPair, order: EventOrder) -> Link:
    kind, why = judge_order(plan, pair.first, pair.after)
    said = shorten(pair.sources[0].quote or "")
    values: dict[str, Any] = {
        "from": pair.first,
        "to": pair.after,
        "type": kind or "FS",
        "origin": "stated",
        "rule": "stated",
        "evidence": tuple(Evidence(source=source) for source in pair.sources),
    }
    if kind is not None:
        link = Link.model_validate(
            {**values, "reason": f'The paper says so ("{said}"), and {why}.'}
        )
        if order.add(link) is None:
            return link
        why = "other links say otherwise"
    reason = f'The paper says so ("{said}"), but '
    if not why:
        reason += "one of the two has no date to check it by."
        return Link.model_validate({**values, "state": "proposed", "reason": reason})
    clash = {"state": "proposed", "confidence": CLASH_CONFIDENCE, "x_clash": True}
    return Link.model_validate({**values, **clash, "reason": f"{reason}{why}."})

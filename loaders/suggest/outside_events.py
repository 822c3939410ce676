"""Outside events that items wait for, as milestones of their own (`loaders.suggest.event_kinds`).

1. An item waits for an event where words of waiting stand before it ("in light of", "following",
   "after", "subject to", "pending", "awaiting", "once", "depends on", "the outcome of"), and where
   a phase begins with it ("Phase 3: Inaugural elections to vesting day", "post-vesting").
2. An item is due before an event where it says "by", "in time for" or "ready for" it. "Ahead of the
   decision" is neither: the decision does not wait, and the item does not wait for it.
3. An item of the plan that is the event ("Vesting day", "Government decision on LGR announced")
   stands for it; else the event is a new item ``EXT-…``, external, dated as the plan's own texts
   date it ("May 2027 inaugural elections", "1 April 2028 (vesting day)"): the most exact date, of
   equally exact ones the first. An event that no text dates has no date.
4. Events of which nothing is said but their name are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Literal

from graphmodel.items import Item
from graphmodel.moments import write_moment
from graphmodel.stretches import Stretch, find_stretches, fold
from loaders.suggest.candidates import Candidate
from loaders.suggest.event_kinds import find_mentions
from loaders.suggest.quoting import READ, cite, excerpt
from loaders.suggest.rules import Rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.items import Source
    from graphmodel.plan import Plan
    from loaders.suggest.event_kinds import EventMention

__all__ = ["EVENT", "EVENT_DUE", "OutsideEvents", "find_events"]

EVENT: Final = Rule(
    id="event",
    name="Waits for an outside event",
    why="The words say that the item follows from something that the council does not decide.",
    needs="Words of waiting before an election, a government decision, vesting day or the like.",
    confidence=0.9,
    told=True,
)
EVENT_DUE: Final = Rule(
    id="event-due",
    name="Due before an outside event",
    why="The words say that the item must be done when something outside the council happens.",
    needs='"By", "in time for" or "ready for" before an election, vesting day or the like.',
    confidence=0.7,
    told=True,
)

_NAMES: Final = (
    r"(?:(?:the|any|a|an|its|next|new|first|final|forthcoming|formal|outcomes? of|results? of"
    r"|announcement of|receipt of|publication of|findings (?:of|from)|recommendations (?:of|from)"
    r"|government(?:'s)?|recent|latest)\s+)*"
)
_WAITS: Final = re.compile(
    r"\b(?:in (?:the )?light of|following|after|subject to|pending|awaiting|once|when|upon"
    r"|depend(?:s|ent|ing) (?:up)?on|as a result of|in response to|respond(?:s|ing)? to"
    r"|informed by|based on|arising from|outcomes? (?:of|from)|results? (?:of|from)"
    r"|findings (?:of|from)|recommendations (?:of|from)|conclusion of|completion of)"
    rf"\s+{_NAMES}$|\bpost[ -]$",
    re.IGNORECASE,
)
_DUE: Final = re.compile(
    r"\b(?:by|in time for|in readiness for|ready (?:for|by)|readiness for|no later than)"
    rf"\s+{_NAMES}$",
    re.IGNORECASE,
)
_PHASE: Final = re.compile(
    r"\s*(?:(?:phase|stage)\s+\w{1,5}\s*[:.,-]*\s*)?(?:from\s+)?(?:the\s+)?", re.IGNORECASE
)
_PART: Final = re.compile(r"\s*(?:to|until|and|on|onwards?)\b|\s*[-:]", re.IGNORECASE)
#: What follows these is what others will do one day, not what the item waits for.
_PURPOSE: Final = re.compile(
    r"\b(?:(?:to|will|would|can) (?:enable|allow)|enabling|allowing|so that|in order to)\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[.;!?](?=\s)")
#: Words that may stand between an event and its date.
_BETWEEN: Final = re.compile(
    r"[\s,(:)-]*(?:(?:announcement|expected|planned|due|scheduled|announced|held|is|are|will|be|takes"
    r"|place|on|in|by|for|from|of|at|the|end|date)[\s,(:)-]*){0,5}",
    re.IGNORECASE,
)
_BRACKETS: Final = re.compile(r"\([^()]*\)")
_RANKS: Final = ("day", "month", "quarter", "season", "half_year", "year")

#: Share of the words of a title that an event's name must be for the item to be the event.
_MOSTLY: Final = 0.5

_Stand = Literal["waits", "due", "names"]


@dataclass(frozen=True, slots=True)
class OutsideEvents:
    """The events that are not yet items of the plan, and who waits for which."""

    items: tuple[Item, ...]
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True)
class _Use:
    item: Item
    mention: EventMention
    stand: _Stand


@dataclass(slots=True)
class _Event:
    mention: EventMention
    uses: list[_Use] = field(default_factory=list)
    date: Stretch | None = None
    words: str = ""
    place: Source | None = None


def find_events(plan: Plan) -> OutsideEvents:
    """Return the outside events that items of a plan wait for or are due before."""
    events = _collect(plan)
    items: list[Item] = []
    candidates: list[Candidate] = []
    for event in events.values():
        named = _find_item(plan, event)
        item = named or _make(event)
        uses = {use.item.id: use for use in event.uses if use.stand == "due"}
        uses |= {use.item.id: use for use in event.uses if use.stand == "waits"}
        uses.pop(item.id, None)
        if not uses or item.status == "cancelled":
            continue
        if named is None:
            items.append(item)
        candidates += [_link(item, use) for use in uses.values()]
    return OutsideEvents(tuple(items), tuple(candidates))


def _collect(plan: Plan) -> dict[str, _Event]:
    """Return every event that titles name, in order, with the dates that texts give it."""
    events: dict[str, _Event] = {}
    for item in plan.items:
        if item.status == "cancelled":
            continue
        around: str | None = None
        for text in (words[:READ] for words in _texts(item)):
            if around is None:
                above = plan.index.ancestors(item.id)
                around = " ".join(plan.index.items[one].title for one in above)
            for mention in find_mentions(text, around):
                is_title = text == item.title[:READ]
                stand = _stand(fold(text), mention) if is_title else "names"
                if not mention.is_named and stand == "names":
                    continue
                event = events.setdefault(mention.id, _Event(mention))
                if is_title and item.status != "complete":
                    event.uses.append(_Use(item, mention, stand))
                own = item.planned.finish if stand == "waits" else None
                _date(event, text, mention, item, own)
    return events


def _texts(item: Item) -> Iterator[str]:
    yield item.title
    if item.planned.text is not None:
        yield item.planned.text


def _stand(folded: str, mention: EventMention) -> _Stand:
    """Return what a title says of an event it names (rules 1 and 2)."""
    ends = [match.end() for match in _CLAUSE.finditer(folded, 0, mention.begin)]
    before = folded[ends[-1] if ends else 0 : mention.begin]
    if _PURPOSE.search(before):
        return "names"
    if _WAITS.search(before):
        return "waits"
    if _DUE.search(before):
        return "due"
    opens = _PHASE.fullmatch(folded, 0, mention.begin)
    if opens is not None and _PART.match(folded, mention.end):
        return "waits"
    return "names"


def _date(event: _Event, text: str, mention: EventMention, item: Item, own: date | None) -> None:
    """Keep the date that a text puts beside an event, if it is more exact than the one known.

    ``own`` is the date of an item that waits for it: that is not said of the event.
    """
    folded = fold(text)
    for begin, end, stretch in find_stretches(folded):
        if not isinstance(stretch, Stretch) or stretch.precision not in _RANKS:
            continue
        if stretch.last == own:
            continue
        left, right = (end, mention.begin) if end <= mention.begin else (mention.end, begin)
        if left > right or not _BETWEEN.fullmatch(folded, left, right):
            continue
        known = event.date
        if known is None or _RANKS.index(stretch.precision) < _RANKS.index(known.precision):
            event.date, event.words = stretch, text[begin:end]
            if item.source is not None:
                quote = excerpt(text, min(begin, mention.begin), max(end, mention.end))
                event.place = item.source.model_copy(update={"quote": quote})


def _find_item(plan: Plan, event: _Event) -> Item | None:
    """Return the item of the plan that is this event (rule 3)."""
    made = plan.index.items.get(_name(event))
    if made is not None:
        return made
    for use in event.uses:
        size = use.mention.end - use.mention.begin
        is_event = use.stand == "names" and plan.index.is_leaf(use.item.id)
        if is_event and size >= _MOSTLY * len(_BRACKETS.sub("", use.item.title).strip()):
            return use.item
    return None


def _name(event: _Event) -> str:
    return f"EXT-{event.mention.id}"


def _make(event: _Event) -> Item:
    first = next((use for use in event.uses if use.stand != "names"), None)
    place = event.place or (first.item.source if first is not None else None)
    values: dict[str, Any] = {
        "id": _name(event),
        "kind": "milestone",
        "title": event.mention.title,
        "external": True,
    }
    if event.date is not None:
        values["planned"] = {"precision": event.date.precision, "text": event.words}
        if event.mention.opens_day and event.date.precision == "day":
            values["type"] = "start_milestone"
            values["planned"]["start"] = write_moment(event.date.first)
        else:
            values["planned"]["finish"] = write_moment(event.date.last)
    item = Item.model_validate(values)
    return item if place is None else item.model_copy(update={"source": place})


def _link(event: Item, use: _Use) -> Candidate:
    begin, end = use.mention.begin, use.mention.end
    title = event.title[:1].lower() + event.title[1:] if event.external else event.title
    if use.stand == "due":
        evidence = (*cite(use.item, "from", begin, end), *cite(event, "to"))
        words = f"It is due before an event outside the council, {title}"
        return Candidate(use.item.id, event.id, EVENT_DUE, words, evidence)
    evidence = (*cite(event, "from"), *cite(use.item, "to", begin, end))
    words = f"It waits for an event outside the council, {title}"
    return Candidate(event.id, use.item.id, EVENT, words, evidence)

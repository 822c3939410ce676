"""The same thing under several items: who makes it comes before who uses it or takes it further.

1. Two items share a thing where their titles name it (`loaders.suggest.phrases`): at least its last
   two words, and nothing that narrows it down contradicts. "ASC Improvement Plan" is not "Housing
   Improvement Plan"; a bare "Improvement Plan" under Housing is that of housing.
2. A thing that more than ``MOST_HOLDERS`` items name is a topic, and is passed over; the fewer name
   it, the stronger.
3. Words decide which comes first: what is made before what uses it ("as part of", "aligned to",
   "using", "in light of"), an earlier stage of delivery before a later one
   (`loaders.suggest.stages`). Where they do not, planned dates do: what is done, then by finish.
   In one month neither comes first.
4. Each item waits for one maker of each thing: that which shares most words, is no parent, and
   finishes last before it. So a thing that k items name gives at most k candidates.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.moments import finish_instant
from graphmodel.stretches import fold
from loaders.suggest.candidates import Candidate
from loaders.suggest.phrases import PhraseReader
from loaders.suggest.plan_words import PlanWords
from loaders.suggest.quoting import cite
from loaders.suggest.rules import Rule
from loaders.suggest.stages import read_stages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.suggest.phrases import Phrase
    from loaders.suggest.stages import StageSpan

__all__ = ["MOST_HOLDERS", "SHARED_ACTION", "SHARED_DATES", "SHARED_STAGE", "SHARED_USE", "find_shared"]

#: Items that may name a thing before it is a topic (rule 2).
MOST_HOLDERS: Final = 20

SHARED_USE: Final = Rule(
    id="shared-use",
    name="One makes what the other uses",
    why="Both titles name the same thing, and one of them uses what the other makes.",
    needs='A rare phrase in both titles, and words of use such as "as part of" or "aligned to".',
    confidence=0.75,
)
SHARED_STAGE: Final = Rule(
    id="shared-stage",
    name="A later stage of the same thing",
    why="Both titles name the same thing, and one takes it to a later stage of delivery.",
    needs="A rare phrase in both titles, and two different stages of delivery.",
    confidence=0.75,
)
SHARED_DATES: Final = Rule(
    id="shared-dates",
    name="The same thing, one after the other",
    why="Both titles name the same thing, and the dates put one before the other.",
    needs="A rare phrase in both titles, and different months.",
    confidence=0.5,
)
SHARED_ACTION: Final = Rule(
    id="shared-action",
    name="Actions on the same thing",
    why="The titles of two actions name the same thing.",
    needs="A rare phrase in the titles of two actions, and an order by words or dates.",
    confidence=0.5,
)

_GAP: Final = r"(?:\s+(?!and\b|or\b)[\w'/-]+){0,4}?\s*$"
_USES: Final = re.compile(
    r"\b(?:(?:as )?(?:a )?(?:key )?part of|align(?:ed|ing|s|ment)? (?:it |them )?(?:to|with)|using|uses?"
    r"|in line with|in light of|based (?:up)?on|informed by|integrat(?:ion|ed|ing) (?:with|into|in)"
    r"|link(?:ed|ing|s) (?:to|with)|consistent with|in accordance with|adher(?:ence|ing) to"
    r"|compl(?:iance|y|ying) with|embed(?:ded|ding)? (?:in|into|within)|incorporat\w+ [^,;]{0,60}\binto"
    r"|to deliver|through|against|under|within|from|identified (?:in|by)|set out in|actions in"
    rf"|following|after|once|subject to|update[sd]? (?:\w+ )?(?:in|to)){_GAP}",
    re.IGNORECASE,
)
_FEEDS: Final = re.compile(
    r"\b(?:(?:to )?enabl(?:e|es|ing)(?: the)?(?: (?:delivery|implementation|development) of)?"
    r"|(?:to )?inform(?:s|ing)?|feed(?:s|ing)? into|contribut(?:e|es|ing) to|ahead of|prior to"
    rf"|in preparation for|support(?:s|ing)?(?: the)? (?:delivery|implementation|development) of){_GAP}",
    re.IGNORECASE,
)
_BARE: Final = re.compile(
    r"\s*(?:(?:of|the|a|an|our|its|all|new|in|on|for|and|formal|full|to|be|is|are|been|will|have|has"
    r"|then|-|:|,)\s*)*",
    re.IGNORECASE,
)
_REVIEW: Final = 1

#: Mean rarity of its words from which a thing is known in another theme without more words.
_KNOWN: Final = 0.62
#: Candidates of one item at most.
_MOST_EACH: Final = 3


@dataclass(frozen=True, slots=True)
class _Mention:
    """A thing in a title and how the title is about it."""

    phrase: Phrase
    item: Item
    use: str  # "makes" | "uses" | "feeds" | "names"
    stage: StageSpan | None


class _Found(NamedTuple):
    rule: Rule
    strength: float
    words: str


def find_shared(plan: Plan, words: PlanWords | None = None) -> Iterator[Candidate]:
    """Yield, for each item, the makers of the things that its title shares with them."""
    return _Finder(plan, words or PlanWords(plan)).find()


class _Finder:
    def __init__(self, plan: Plan, words: PlanWords) -> None:
        self.plan = plan
        self.words = words
        self.mentions: list[_Mention] = []
        self.index: dict[tuple[str, ...], list[_Mention]] = defaultdict(list)
        self.contexts: dict[str, frozenset[str]] = {}
        reader = PhraseReader(words, (item.title for item in plan.items))
        for item in plan.items:
            if item.kind in {"plan", "theme", "objective"} or item.status == "cancelled":
                continue
            stage = read_stages(item.title)
            for phrase in reader.read(item):
                mention = _Mention(phrase, item, _use(fold(item.title), phrase, stage), stage)
                self.mentions.append(mention)
                for size in range(2, len(phrase.words) + 1):
                    self.index[phrase.words[-size:]].append(mention)

    def find(self) -> Iterator[Candidate]:
        best: dict[str, dict[str, tuple[tuple[float, ...], Candidate]]] = defaultdict(dict)
        for mention in self.mentions:
            found = self._maker(mention)
            if found is None:
                continue
            key, candidate = found
            known = best[candidate.after].get(candidate.before)
            if known is None or key > known[0]:
                best[candidate.after][candidate.before] = (key, candidate)
        for each in best.values():
            ranked = sorted(each.values(), key=lambda one: one[0], reverse=True)
            yield from (candidate for _, candidate in ranked[:_MOST_EACH])

    def _maker(self, mention: _Mention) -> tuple[tuple[float, ...], Candidate] | None:
        """Return the best item to wait for because of one thing in a title (rule 4)."""
        words = mention.phrase.words
        best: tuple[tuple[float, ...], Candidate] | None = None
        seen: set[str] = {mention.item.id}
        for size in range(len(words), 1, -1):
            shared = words[-size:]
            holders = self.index[shared]
            if len({one.item.id for one in holders}) > MOST_HOLDERS:
                break
            for other in holders:
                if other.item.id in seen:
                    continue
                seen.add(other.item.id)
                found = self._judge(other, mention, shared)
                if found is not None and (best is None or found[0] > best[0]):
                    best = found
        return best

    def _judge(
        self, one: _Mention, other: _Mention, shared: tuple[str, ...]
    ) -> tuple[tuple[float, ...], Candidate] | None:
        """Return the candidate that ``other`` waits for ``one``, with its rank, if it does."""
        if self._is_above(one.item.id, other.item.id) or self._is_above(other.item.id, one.item.id):
            return None
        sameness = self._compare(one, other, shared)
        if sameness == 0.0:
            return None
        order = _order(one, other)
        if order is None:
            return None
        rule, strength, reason = order
        index = self.plan.index
        if not index.is_leaf(one.item.id) and not index.is_leaf(other.item.id):
            rule = SHARED_ACTION
        finish = one.item.planned.finish
        rank = (
            self.words.weigh(shared) * sameness,
            float(index.is_leaf(one.item.id)),
            strength,
            0.0 if finish is None else finish.toordinal(),
        )
        name = one.item.title[one.phrase.begin : one.phrase.end]
        evidence = (
            *cite(one.item, "from", one.phrase.begin, one.phrase.end),
            *cite(other.item, "to", other.phrase.begin, other.phrase.end),
        )
        candidate = Candidate(
            one.item.id,
            other.item.id,
            rule,
            f'Both name "{name}", and {reason}',
            evidence,
            round(strength * sameness, 2),
        )
        return rank, candidate

    def _is_above(self, one: str, other: str) -> bool:
        return one in self.plan.index.ancestors(other)

    def _compare(self, one: _Mention, other: _Mention, shared: tuple[str, ...]) -> float:
        """Return how sure it is that two titles mean one thing: 0 where words contradict (rule 1)."""
        size = len(shared)
        if one.phrase.years and other.phrase.years and not one.phrase.years & other.phrase.years:
            return 0.0
        mine = frozenset(one.phrase.words[:-size]) | one.phrase.narrowed
        theirs = frozenset(other.phrase.words[:-size]) | other.phrase.narrowed
        is_near = self.plan.index.top(one.item.id) == self.plan.index.top(other.item.id)
        if mine and theirs:
            return 1.0 if mine & theirs else 0.0
        if mine or theirs:
            bare = other if mine else one
            return 1.0 if (mine or theirs) & self._context(bare.item.id) else 0.6 if is_near else 0.0
        if is_near:
            return 1.0
        rarity = self.words.weigh(shared) / size
        return 0.9 if rarity >= _KNOWN or (one.phrase.is_name and other.phrase.is_name) else 0.0

    def _context(self, item: str) -> frozenset[str]:
        """Return the words of what an item is part of, and its own."""
        known = self.contexts.get(item)
        if known is None:
            around = (item, *self.plan.index.ancestors(item))
            known = self.contexts[item] = frozenset(
                one for part in around for one in self.words.of(part)
            )
        return known


def _use(title: str, phrase: Phrase, stage: StageSpan | None) -> str:
    before = title[: phrase.begin]
    if _FEEDS.search(before):
        return "feeds"
    if _USES.search(before):
        return "uses"
    if stage is None:
        return "makes" if _BARE.fullmatch(before) else "names"
    if stage.end <= phrase.begin:
        return "makes" if _BARE.fullmatch(title, stage.end, phrase.begin) else "names"
    if stage.begin >= phrase.end:
        return "makes" if _BARE.fullmatch(before) else "names"
    return "makes"


def _order(one: _Mention, other: _Mention) -> _Found | None:
    """Return why ``other`` waits for ``one``, or None (rule 3)."""
    days = _days_between(one.item, other.item)
    late = days is not None and days < 0
    if other.use == "uses" and one.use == "makes":
        return _Found(SHARED_USE, 0.5 if late else 1.0, "one uses what the other makes")
    if one.use == "feeds" and other.use in {"makes", "names"}:
        return _Found(SHARED_USE, 0.5 if late else 1.0, "one prepares what the other makes")
    if late or one.use in {"uses"} and other.use == "makes" or other.use == "feeds":
        return None
    stages = _stage_order(one, other, days)
    if stages is not None:
        return stages
    if days is None or days == 0:
        return None
    weak = "names" in {one.use, other.use} or {one.use, other.use} == {"uses"}
    return _Found(SHARED_DATES, 0.7 if weak else 1.0, "it is due first there")


def _stage_order(one: _Mention, other: _Mention, days: int | None) -> _Found | None:
    if one.use != "makes" or other.use != "makes" or one.stage is None or other.stage is None:
        return None
    if one.stage.first >= other.stage.first or one.stage.last >= other.stage.last:
        if other.stage.last == _REVIEW and one.stage.first > _REVIEW and days is not None and days > 0:
            return _Found(SHARED_STAGE, 0.9, f"{other.stage.name} follows {one.stage.name}")
        return None
    return _Found(SHARED_STAGE, 1.0, f"{other.stage.name} follows {one.stage.name}")


def _days_between(one: Item, other: Item) -> int | None:
    """Return by how many days one is due before the other; what is done comes first."""
    if (one.status == "complete") != (other.status == "complete"):
        return 1 if one.status == "complete" else -1
    ends = [item.planned.finish for item in (one, other)]
    if ends[0] is None or ends[1] is None:
        return None
    return (finish_instant(ends[1]) - finish_instant(ends[0])) // 1440

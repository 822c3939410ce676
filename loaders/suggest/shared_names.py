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
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from graphmodel.moments import DAY, finish_instant
from graphmodel.stretches import fold
from loaders.suggest.candidates import Candidate
from loaders.suggest.phrases import LEAST, PhraseReader, find_years
from loaders.suggest.plan_words import PlanWords
from loaders.suggest.quoting import cite
from loaders.suggest.rules import Rule
from loaders.suggest.stages import STAGES, read_stages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.items import Item
    from graphmodel.plan import Plan
    from loaders.suggest.phrases import Phrase
    from loaders.suggest.stages import StageSpan

__all__ = ["MOST_HOLDERS", "RULES", "find_shared"]

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

RULES: Final = (SHARED_USE, SHARED_STAGE, SHARED_DATES, SHARED_ACTION)

_GAP: Final = r"(?:\s+(?!and\b|or\b)[\w'/-]+){0,4}?\s*$"
#: Words of use that hold whatever the dates are: the one is a piece of the other.
_PART: Final = re.compile(
    r"\b(?:(?:as )?(?:a )?(?:key )?part of|align(?:ed|ing|s|ment)? (?:it |them )?(?:to|with)"
    r"|in line with|integrat(?:ion|ed|ing) (?:with|into|in)|link(?:ed|ing|s) (?:to|with)"
    rf"|consistent with|in accordance with|adher(?:ence|ing) to|compl(?:iance|y|ying) with){_GAP}",
    re.IGNORECASE,
)
_USES: Final = re.compile(
    r"\b(?:using|uses?|in light of|based (?:up)?on|informed by"
    r"|embed(?:ded|ding)? (?:in|into|within)|incorporat\w+ [^,;]{0,60}\binto|to deliver|through"
    r"|against|under|within|from|identified (?:in|by)|set out in|actions in|following|after"
    rf"|once|subject to|updated? (?:\w+ )?(?:in|to)){_GAP}",
    re.IGNORECASE,
)
_FEEDS: Final = re.compile(
    r"\b(?:(?:to )?enabl(?:e|es|ing)(?: the)?(?: (?:delivery|implementation|development) of)?"
    r"|(?:to )?inform(?:s|ing)?|feed(?:s|ing)? into|contribut(?:e|es|ing) to|ahead of|prior to"
    rf"|in preparation for|support(?:s|ing)?(?: the)? (?:delivery|implementation|development) of)"
    rf"{_GAP}",
    re.IGNORECASE,
)
#: Where a title stops to be about what it makes.
_CUT: Final = re.compile(
    r",?\s(?:including|with|which|that|for|via|through|by|as|so|where|ensuring|enabling|to|from|on|in"
    r"|at|against|aligned|aligning|using|considering|under|within|into)\s",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[.;:]\s+|\s-+\s+|-\s+|,\s+(?:and|then)\s+")
_REGULAR: Final = re.compile(r"\b(?:regular|annual|quarterly|ongoing|continu)", re.IGNORECASE)
_REVIEW: Final = next(number for number, one in enumerate(STAGES) if one.name == "review")

#: Rarity from which a word tells things apart.
_TELLING: Final = 0.35
#: How surely a thing is the same where its years differ, where only one of two items of one action
#: or of one theme narrows it down, and a part where the whole is due after it.
_OTHER_YEAR: Final = 0.6
_SIBLING: Final = 0.8
_NEAR: Final = 0.5
_LATE: Final = 0.5
#: Share of the words of two titles that both hold from which they are one sentence.
_TWINS: Final = 0.6
_SENTENCE: Final = 10
_OUTER: Final = frozenset({"plan", "theme", "objective"})
#: Candidates of one item at most.
_MOST_EACH: Final = 3

_About = Literal["makes", "uses", "part", "feeds", "names"]


#: What makes one item wait for another, by what each does with the thing.
_USE: Final[dict[tuple[_About, _About], str]] = {
    ("makes", "part"): "one is part of what the other makes",
    ("makes", "uses"): "one uses what the other makes",
    ("feeds", "makes"): "one prepares what the other makes",
}


@dataclass(frozen=True, slots=True)
class _Mention:
    """A thing in a title, how the title is about it, and the stages it tells of."""

    phrase: Phrase
    item: Item
    about: _About
    stage: StageSpan | None


class _Order(NamedTuple):
    rule: Rule
    strength: float
    words: str


class _Ranked(NamedTuple):
    """A candidate with what it is compared by: more shared, a leaf, later, surer."""

    shared: float
    is_leaf: bool
    is_maker: bool
    finish: int
    stage: int
    strength: float
    candidate: Candidate


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
        self.covered: dict[tuple[str, ...], frozenset[str]] = {}
        reader = PhraseReader(plan, words)
        for item in plan.items:
            if item.kind in _OUTER or item.status == "cancelled" or item.external:
                continue
            for phrase in reader.read(item):
                mention = _read(item, phrase)
                self.mentions.append(mention)
                for size in range(LEAST, len(phrase.words) + 1):
                    self.index[phrase.words[-size:]].append(mention)

    def find(self) -> Iterator[Candidate]:
        best: dict[str, dict[str, _Ranked]] = defaultdict(dict)
        for mention in self.mentions:
            found = self._find_maker(mention)
            if found is None:
                continue
            each = best[mention.item.id]
            known = each.get(found.candidate.before)
            if known is None or found[:6] > known[:6]:
                each[found.candidate.before] = found
        for each in best.values():
            ranked = sorted(each.values(), key=lambda one: one[:6], reverse=True)
            yield from (one.candidate for one in ranked[:_MOST_EACH])

    def _find_maker(self, mention: _Mention) -> _Ranked | None:
        """Return the best item to wait for because of one thing in a title (rule 4)."""
        words = mention.phrase.words
        best: _Ranked | None = None
        seen = {mention.item.id}
        for size in range(len(words), LEAST - 1, -1):
            holders = self.index[words[-size:]]
            if len(holders) > MOST_HOLDERS:
                break
            for other in holders:
                if other.item.id not in seen:
                    seen.add(other.item.id)
                    found = self._judge(other, mention, words[-size:])
                    if found is not None and (best is None or found[:6] > best[:6]):
                        best = found
        return best

    def _judge(self, one: _Mention, other: _Mention, shared: tuple[str, ...]) -> _Ranked | None:
        """Return the candidate that ``other`` waits for ``one``, or None."""
        index = self.plan.index
        ends = one.item.id, other.item.id
        if ends[0] in index.ancestors(ends[1]) or ends[1] in index.ancestors(ends[0]):
            return None
        order = _order(one, other)
        sameness = 0.0 if order is None else self._compare(one, other, shared)
        if order is None or sameness == 0.0:
            return None
        are_actions = not index.is_leaf(ends[0]) and not index.is_leaf(ends[1])
        if self._are_twins(*ends):
            return None
        if not are_actions and self._cover(shared).intersection(ends):
            return None
        begin, end = one.phrase.begin, one.phrase.end
        finish = one.item.planned.finish
        candidate = Candidate(
            *ends,
            SHARED_ACTION if are_actions else order.rule,
            f'Both name "{one.item.title[begin:end]}", and {order.words}',
            (
                *cite(one.item, "from", begin, end),
                *cite(other.item, "to", other.phrase.begin, other.phrase.end),
            ),
            round(order.strength * sameness, 2),
        )
        return _Ranked(
            self.words.weigh(shared) * sameness,
            index.is_leaf(ends[0]),
            one.about == "makes",
            0 if finish is None else finish.toordinal(),
            -1 if one.stage is None else one.stage.last,
            order.strength,
            candidate,
        )

    def _are_twins(self, one: str, other: str) -> bool:
        """Return whether two titles are one sentence, said of two things: neither comes first."""
        mine, theirs = (frozenset(self.words.of(item)) for item in (one, other))
        both, either = len(mine & theirs), len(mine | theirs)
        return either >= _SENTENCE and both >= _TWINS * either

    def _cover(self, shared: tuple[str, ...]) -> frozenset[str]:
        """Return the items that name a thing and have a part that names it too."""
        known = self.covered.get(shared)
        if known is None:
            above = self.plan.index.ancestors
            known = frozenset(top for one in self.index[shared] for top in above(one.item.id))
            self.covered[shared] = known
        return known

    def _compare(self, one: _Mention, other: _Mention, shared: tuple[str, ...]) -> float:
        """Return how surely two titles mean one thing: 0 where words contradict (rule 1)."""
        mine, theirs = (self._narrow(mention, len(shared)) for mention in (one, other))
        around = self._context(one.item.id), self._context(other.item.id)
        index = self.plan.index
        is_near = index.top(one.item.id) == index.top(other.item.id)
        years = self._years(one), self._years(other)
        same = _OTHER_YEAR if years[0] and years[1] and not years[0] & years[1] else 1.0
        if any(a - b <= around[1] and b - a <= around[0] for a in mine for b in theirs):
            is_told = any(mine) or any(theirs) or (one.phrase.is_name and other.phrase.is_name)
            return same if is_near or is_told or len(shared) > LEAST else 0.0
        if not all(mine) or not all(theirs):
            if one.item.parent == other.item.parent:
                return _SIBLING * same
            return _NEAR * same if is_near else 0.0
        return 0.0

    def _narrow(self, mention: _Mention, size: int) -> tuple[frozenset[str], ...]:
        """Return the sets of telling words of which each says alone which thing is meant."""
        before = frozenset(mention.phrase.words[:-size]) or mention.phrase.about
        return tuple(
            frozenset(one for one in words if self.words.rarity(one) >= _TELLING)
            for words in (before, *mention.phrase.others)
        )

    def _years(self, mention: _Mention) -> frozenset[str]:
        parent = mention.item.parent
        if mention.phrase.years or parent is None:
            return mention.phrase.years
        return find_years(self.plan.index.items[parent].title)

    def _context(self, item: str) -> frozenset[str]:
        """Return the words of an item's title and of what it is part of."""
        known = self.contexts.get(item)
        if known is None:
            around = (item, *self.plan.index.ancestors(item))
            known = frozenset(one for part in around for one in self.words.of(part))
            self.contexts[item] = known
        return known


def _read(item: Item, phrase: Phrase) -> _Mention:
    """Return how a title is about a thing it names; its stage is read without the name."""
    title = fold(item.title)
    blank = "x" * (phrase.end - phrase.begin)
    text = f"{title[: phrase.begin]}{blank}{title[phrase.end :]}"
    cuts = [match.end() for match in _CLAUSE.finditer(title, 0, phrase.begin)]
    for begin in (*cuts[-1:], 0):
        stage = read_stages(text[begin:])
        if stage is not None:
            stage = stage._replace(begin=stage.begin + begin, end=stage.end + begin)
            return _Mention(phrase, item, _find_about(title, phrase, stage, begin), stage)
    return _Mention(phrase, item, _find_about(title, phrase, None, 0), None)


def _find_about(title: str, phrase: Phrase, stage: StageSpan | None, begin: int) -> _About:
    before = title[begin : phrase.opens]
    if _FEEDS.search(before):
        return "feeds"
    if _PART.search(before):
        return "part"
    if _USES.search(before):
        return "uses"
    if stage is not None and stage.end <= phrase.begin:
        begin = stage.end
    return "names" if _CUT.search(title, begin, phrase.begin) else "makes"


def _order(one: _Mention, other: _Mention) -> _Order | None:
    """Return why ``other`` waits for ``one``, or None (rule 3)."""
    days = _days_between(one.item, other.item)
    is_late = days is not None and days < 0
    is_body = one.phrase.is_body or other.phrase.is_body
    abouts = one.about, other.about
    if is_late and abouts != ("makes", "part"):
        return None
    if is_body:
        return _order_stages(one, other, days)
    use = _USE.get(abouts)
    if use is not None:
        return _Order(SHARED_USE, _LATE if is_late else 1.0, use)
    if other.about == "feeds" or (one.about != "makes" and other.about != "makes"):
        return None
    stages = _order_stages(one, other, days)
    if stages is not None or not days:
        return stages
    return _Order(SHARED_DATES, 1.0 if abouts == ("makes", "makes") else _LATE, "it is due first")


def _order_stages(one: _Mention, other: _Mention, days: int | None) -> _Order | None:
    """Return the order that two stages of delivery give; a review may come before or after."""
    if (one.about, other.about) != ("makes", "makes") or one.stage is None or other.stage is None:
        return None
    is_later = one.stage.first < other.stage.first and one.stage.last < other.stage.last
    if one.stage.first == _REVIEW and days is None and _REGULAR.search(one.item.title):
        is_later = False
    is_review = other.stage.last == _REVIEW < one.stage.first and days
    if not is_later and not is_review:
        return None
    return _Order(SHARED_STAGE, 1.0, f"{other.stage.name} follows {one.stage.name}")


def _days_between(one: Item, other: Item) -> int | None:
    """Return by how many days one is due before the other; what is done comes first."""
    if (one.status == "complete") != (other.status == "complete"):
        return 1 if one.status == "complete" else -1
    ends = [item.planned.finish for item in (one, other)]
    if ends[0] is None or ends[1] is None:
        return None
    return (finish_instant(ends[1]) - finish_instant(ends[0])) // DAY

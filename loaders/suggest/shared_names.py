"""The same thing under several items: who makes it comes before who uses it or takes it further.

1. Two items share a thing where their titles name it (`loaders.suggest.phrases`): at least its last
   two words, and nothing that narrows it down contradicts. "ASC Improvement Plan" is not "Housing
   Improvement Plan"; a bare "Improvement Plan" under Housing is that of housing. Bare names under
   different themes are one thing if no title in the plan narrows that name down.
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

from collections import defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

from loaders.suggest.candidates import Candidate
from loaders.suggest.phrases import LEAST, PhraseReader, find_years
from loaders.suggest.plan_words import PlanWords
from loaders.suggest.quoting import cite
from loaders.suggest.shared_orders import SHARED_ACTION, SHARED_USE, find_order, read_naming
from loaders.suggest.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.plan import Plan
    from loaders.suggest.shared_orders import Naming

__all__ = ["MOST_HOLDERS", "find_shared"]

#: Items that may name a thing before it is a topic (rule 2).
MOST_HOLDERS: Final = 20
#: Rarity from which a word tells things apart.
_TELLING: Final = 0.35
#: How surely a thing is the same where its years differ, where only one of two items of one action
#: or of one theme narrows it down.
_OTHER_YEAR: Final = 0.6
_SIBLING: Final = 0.8
_NEAR: Final = 0.5
#: Share of the words of two titles that both hold from which they are one sentence.
_TWINS: Final = 0.6
_SENTENCE: Final = 10
#: Stems of words for the council itself: they narrow nothing down.
_OWNER: Final = frozenset(stem(word) for word in ("council", "corporate", "authority"))
_OUTER: Final = frozenset({"plan", "theme", "objective"})
#: Candidates of one item at most.
_MOST_EACH: Final = 3


class _Ranked(NamedTuple):
    """A candidate, and what it is compared by: more shared, a leaf, a maker, later, surer."""

    rank: tuple[float, ...]
    candidate: Candidate


def find_shared(plan: Plan, words: PlanWords | None = None) -> Iterator[Candidate]:
    """Yield, for each item, the makers of the things that its title shares with them."""
    return _Finder(plan, words or PlanWords(plan)).find()


class _Finder:
    def __init__(self, plan: Plan, words: PlanWords) -> None:
        self.plan = plan
        self.words = words
        self.contexts: dict[str, frozenset[str]] = {}
        self.single: dict[tuple[str, ...], bool] = {}
        self.covered: dict[tuple[str, ...], frozenset[str]] = {}
        reader = PhraseReader(plan, words)
        self.mentions = [
            read_naming(item, phrase)
            for item in plan.items
            if item.kind not in _OUTER and item.status != "cancelled" and not item.external
            for phrase in reader.read(item)
        ]
        index: dict[tuple[str, ...], list[Naming]] = defaultdict(list)
        for mention in self.mentions:
            for size in range(LEAST, len(mention.phrase.words) + 1):
                index[mention.phrase.words[-size:]].append(mention)
        self.index = {
            words: mentions
            for words, mentions in index.items()
            if 1 < len({one.item.id for one in mentions}) <= MOST_HOLDERS
        }

    def find(self) -> Iterator[Candidate]:
        best: dict[str, dict[str, _Ranked]] = defaultdict(dict)
        for mention in self.mentions:
            found = self._find_maker(mention)
            if found is None:
                continue
            each = best[mention.item.id]
            known = each.get(found.candidate.before)
            if known is None or found.rank > known.rank:
                each[found.candidate.before] = found
        for each in best.values():
            ranked = sorted(each.values(), key=lambda one: one.rank, reverse=True)
            yield from (one.candidate for one in ranked[:_MOST_EACH])

    def _find_maker(self, mention: Naming) -> _Ranked | None:
        """Return the best item to wait for because of one thing in a title (rule 4)."""
        words = mention.phrase.words
        best: _Ranked | None = None
        seen = {mention.item.id}
        for size in range(len(words), LEAST - 1, -1):
            for other in self.index.get(words[-size:], ()):
                if other.item.id not in seen:
                    seen.add(other.item.id)
                    found = self._judge(other, mention, words[-size:])
                    if found is not None and (best is None or found.rank > best.rank):
                        best = found
        return best

    def _judge(self, one: Naming, other: Naming, shared: tuple[str, ...]) -> _Ranked | None:
        """Return the candidate that ``other`` waits for ``one``, or None."""
        index = self.plan.index
        ends = one.item.id, other.item.id
        if ends[0] in index.ancestors(ends[1]) or ends[1] in index.ancestors(ends[0]):
            return None
        if self._are_twins(*ends):
            return None
        order = find_order(one, other)
        sameness = 0.0 if order is None else self._compare(one, other, shared)
        if order is None or sameness == 0.0:
            return None
        are_actions = not index.is_leaf(ends[0]) and not index.is_leaf(ends[1])
        if not are_actions and self._cover(shared).intersection(ends):
            return None
        begin, end = one.phrase.begin, one.phrase.end
        finish = one.item.planned.finish
        candidate = Candidate(
            *ends,
            SHARED_ACTION if are_actions and order.rule is not SHARED_USE else order.rule,
            f'Both name "{one.item.title[begin:end]}", and {order.words}',
            (
                *cite(one.item, "from", begin, end),
                *cite(other.item, "to", other.phrase.begin, other.phrase.end),
            ),
            round(order.strength * sameness, 2),
            order.type,
        )
        rank = (
            self.words.weigh(shared) * sameness,
            index.is_leaf(ends[0]),
            one.about == "makes",
            0 if finish is None else finish.toordinal(),
            -1 if one.stage is None else one.stage.last,
            order.strength,
        )
        return _Ranked(rank, candidate)

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

    def _compare(self, one: Naming, other: Naming, shared: tuple[str, ...]) -> float:
        """Return how surely two titles mean one thing: 0 where words contradict (rule 1)."""
        mine, theirs = (self._narrow(mention, len(shared)) for mention in (one, other))
        around = self._context(one.item.id), self._context(other.item.id)
        index = self.plan.index
        is_near = index.top(one.item.id) == index.top(other.item.id)
        years = self._years(one), self._years(other)
        same = _OTHER_YEAR if years[0] and years[1] and not years[0] & years[1] else 1.0
        if any(a - b <= around[1] and b - a <= around[0] for a in mine for b in theirs):
            if is_near or any(mine) or any(theirs):
                return same
            is_known = len(shared) > LEAST or (one.phrase.is_name and other.phrase.is_name)
            return same if is_known and self._is_one(shared) else 0.0
        if not all(mine) or not all(theirs):
            if one.item.parent == other.item.parent:
                return _SIBLING * same
            return _NEAR * same if is_near else 0.0
        return 0.0

    def _is_one(self, shared: tuple[str, ...]) -> bool:
        """Return whether there is only one such thing: no title narrows it down."""
        known = self.single.get(shared)
        if known is None:
            narrowed = (self._narrow(one, len(shared))[0] for one in self.index[shared])
            known = self.single[shared] = not any(narrowed)
        return known

    def _narrow(self, mention: Naming, size: int) -> tuple[frozenset[str], ...]:
        """Return the sets of telling words of which each says alone which thing is meant."""
        before = frozenset(mention.phrase.words[:-size]) or mention.phrase.about
        return tuple(
            frozenset(one for one in words - _OWNER if self.words.rarity(one) >= _TELLING)
            for words in (before, *mention.phrase.others)
        )

    def _years(self, mention: Naming) -> frozenset[str]:
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

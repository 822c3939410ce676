"""Which item a phrase in the words of another one means.

Items that hold the words of the phrase are looked up by its rarest ones. One is meant where its
title holds most of the phrase; parts of the same action are asked first, then what stands under
the same heading, then the rest of the plan, which must hold all of it. Two that hold as much of it
are told apart by how little else they say; where that is equal too, nothing is meant. Words of
delivery alone ("after formal sign-off") mean something within the same action only. Headings are
never meant: they are no work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from loaders.suggest.likeness import PLAIN
from loaders.suggest.stage_table import STAGES
from loaders.suggest.stems import stem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.plan import Plan
    from loaders.suggest.plan_words import PlanWords

__all__ = ["HEADINGS", "Meant"]

#: Share of a phrase that a title of the same action holds; of the same theme; of another.
_SHARES: Final = (0.6, 0.75, 0.95)

#: Titles that a word may stand in to be looked up by, and words of a phrase that are looked up.
_MOST_HOLDERS: Final = 40
_LOOKED_UP: Final = 3

#: Rarity of a word that is a phrase by itself.
_RARE: Final = 0.75


#: Weight of the words of a phrase that may mean an item under another heading.
_WEIGHTY: Final = 1.1

#: Kinds of items that stand above work and are none themselves.
HEADINGS: Final = frozenset({"plan", "theme", "objective"})
_DELIVERY: Final = PLAIN | {
    *(stem(part) for stage in STAGES for word in stage.words for part in word.split("-")),
    *(stem(word) for word in ("formal", "full", "initial", "final", "plan", "improvement")),
}


class Meant:
    """Looks up what phrases of one plan mean."""

    def __init__(self, plan: Plan, words: PlanWords) -> None:
        self._plan = plan
        self._words = words

    def find(self, item: str, phrase: Sequence[str], *, near: bool = False) -> str | None:
        """Return the item that these stems in the title of ``item`` mean, or None.

        ``near`` asks no item under another heading.
        """
        stems = tuple(dict.fromkeys(phrase))
        if PLAIN.issuperset(stems) or (len(stems) == 1 and self._words.rarity(stems[0]) < _RARE):
            return None
        found = list(self._holding(item, stems))
        for scope, share in enumerate(_SHARES[: self._scopes(stems, near=near)]):
            some = [
                (held, -length, other)
                for held, length, other in found
                if held >= share and self._distance(item, other) <= scope
            ]
            if some:
                best = max(some)
                equal = [one for one in some if one[:2] == best[:2]]
                return best[2] if len(equal) == 1 else None
        return None

    def _scopes(self, stems: Sequence[str], *, near: bool) -> int:
        """Return how far from an item a phrase may mean something: 1 its action, 3 anywhere."""
        if _DELIVERY.issuperset(stems):
            return 1
        told = frozenset(stems) - PLAIN
        is_weighty = len(told) > 1 and self._words.weigh(told) >= _WEIGHTY
        return len(_SHARES) if is_weighty and not near else len(_SHARES) - 1

    def _holding(self, item: str, stems: Sequence[str]) -> Iterator[tuple[float, int, str]]:
        """Yield share of the phrase, length of the title, and id of items that hold some of it."""
        words, index = self._words, self._plan.index
        whole = words.weigh(stems)
        told = [one for one in stems if one not in PLAIN]
        rarest = sorted(told, key=words.rarity, reverse=True)[:_LOOKED_UP]
        lists = [words.holders(one) for one in rarest]
        others = dict.fromkeys(
            other for holders in lists if len(holders) <= _MOST_HOLDERS for other in holders
        )
        related = {item, *index.ancestors(item)}
        for other in others:
            is_heading = index.items[other].kind in HEADINGS
            if is_heading or other in related or item in index.ancestors(other):
                continue
            title = words.of(other)
            yield words.weigh(set(stems) & set(title)) / whole, len(title), other

    def _distance(self, item: str, other: str) -> int:
        """Return 0 for parts of one item, 1 for items under one outermost heading, else 2."""
        index = self._plan.index
        if index.parents[item] is not None and index.parents[item] == index.parents[other]:
            return 0
        return 1 if index.top(item) == index.top(other) else 2

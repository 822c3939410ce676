"""The words of a plan's titles, indexed: who holds a word, and how rare it is."""

from __future__ import annotations

import math
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from loaders.abbreviations import find_abbreviations
from loaders.office_titles import COMMON
from loaders.suggest.stems import SMALL, read_tokens, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphmodel.items import Item
    from graphmodel.plan import Plan

__all__ = ["PlanWords"]

#: Words of an item beyond which a title is a text, and is not compared as a whole.
_LONGEST: Final = 120


class PlanWords:
    """What the items of a plan are called, by stems, with an index from stem to item."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._stems: dict[str, tuple[str, ...]] = {}
        self._rarities: dict[str, float] = {}
        self._tokens: dict[str, tuple[str, ...]] = {}
        self._spelled = {short: _read(words) for short, words in self.abbreviations.items()}

    @cached_property
    def abbreviations(self) -> Mapping[str, str]:
        """What the plan itself spells out, "Target Operating Model (TOM)", and common ones."""
        texts = (_texts(item) for item in self.plan.items)
        found = find_abbreviations(
            "\n".join(text for some in texts for text in some if "(" in text)
        )
        return COMMON | found

    def stems(self, text: str) -> tuple[str, ...]:
        """Return the stems of a text in order, abbreviations spelled out."""
        found: list[str] = []
        for match in read_tokens(text):
            spelled = self._spelled.get(match.group())
            if spelled is not None:
                found += spelled
            else:
                found += _read(match.group())
        return tuple(found)

    def token(self, word: str) -> tuple[str, ...]:
        """Return the stems of a single word: several for an abbreviation, none for a small one."""
        known = self._tokens.get(word)
        if known is None:
            known = self._tokens[word] = self.stems(word)
        return known

    def of(self, item: str) -> tuple[str, ...]:
        """Return the stems of an item's title in order."""
        known = self._stems.get(item)
        if known is None:
            known = self._stems[item] = self.stems(self.plan.index.items[item].title)[:_LONGEST]
        return known

    def holders(self, one: str) -> Sequence[str]:
        """Return the items whose titles hold a stem, in the plan's order."""
        return self._holders.get(one, ())

    def rarity(self, one: str) -> float:
        """Return 0 for a stem of every title, 1 for one of a single title or none."""
        known = self._rarities.get(one)
        if known is None:
            items = max(len(self.plan.items), 2)
            held = max(len(self.holders(one)), 1)
            known = self._rarities[one] = math.log(items / held) / math.log(items)
        return known

    def weigh(self, stems: Iterable[str]) -> float:
        """Return the sum of the rarities of different stems."""
        return sum(self.rarity(one) for one in frozenset(stems))

    @cached_property
    def _holders(self) -> Mapping[str, Sequence[str]]:
        holders: dict[str, list[str]] = {}
        for item in self.plan.items:
            for one in dict.fromkeys(self.of(item.id)):
                holders.setdefault(one, []).append(item.id)
        return holders


@lru_cache(maxsize=65_536)
def _read(words: str) -> tuple[str, ...]:
    tokens = (match.group() for match in read_tokens(words))
    return tuple(stem(token) for token in tokens if token.casefold() not in SMALL)


def _texts(item: Item) -> tuple[str, ...]:
    quote = None if item.source is None else item.source.quote
    return (item.title,) if quote is None else (item.title, quote)

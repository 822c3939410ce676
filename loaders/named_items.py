"""Which item a phrase of a report means: "EDI strategy" is "Equality, Diversity and Inclusion …".

1. Words are compared by their first six letters, without small words and the s of a plural.
2. An abbreviation stands for the words that the paper spells out for it, else for the words of a
   title with those initials ("MTFP": "Medium-Term Financial Plan").
3. The likeness of a phrase and a title is Dice's: twice the words in common by the words of both
   (Dice, "Measures of the amount of ecologic association between species", Ecology 26, 1945).
4. Items of the same theme are asked first, those of others where the phrase is more than a word;
   two that are equally like are no answer.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

__all__ = ["Names", "find_subject"]

#: Likeness from which a phrase means an item.
LIKE: Final = 0.55

#: Share of a title that a phrase and its heading explain, and likeness to the title itself.
HELPED: Final = 0.5
SURE: Final = 2 / 3
SAME: Final = 0.75

_FEW: Final = 2
_KEY: Final = 6
_SMALL: Final = frozenset(
    {
        *("a", "an", "the", "and", "or", "of", "for", "to", "in", "on", "at", "by", "with", "out"),
        *("from", "into", "its", "their", "our", "any", "all", "be", "is", "are", "been", "will"),
        *("this", "that", "which", "has", "have", "as", "re", "s"),
    }
)
_VERB = re.compile(
    r"\s+(?:(?:to|will|can|could|should|must|has|have|had|is|are|was|were)\b|scheduled\b"
    r"|due\s+(?:to|at|for|in)\b|planned\b|by\s+\w+\s+\d{4}\b|which\b)",
    re.IGNORECASE,
)


def find_subject(phrase: str) -> str:
    """Return a phrase up to its verb: "Training to be rolled out" is about "Training"."""
    match = _VERB.search(fold(phrase))
    return phrase[: match.start()] if match is not None and match.start() > 0 else phrase


class Names:
    """The titles of items, by theme, and the abbreviations that stand for words in them."""

    def __init__(self, abbreviations: Mapping[str, str]) -> None:
        self._spelled = {short: _keys(words) for short, words in abbreviations.items()}
        self._titles: dict[str, list[tuple[str, str]]] = {}
        self._words: dict[str, frozenset[str]] = {}

    def add(self, item: str, theme: str, title: str) -> None:
        """Let an item be known by a title; one item may have several."""
        self._titles.setdefault(theme, []).append((item, title))
        self._words.clear()  # the title may spell an abbreviation out
        for letters, words in _initials(title):
            self._spelled.setdefault(letters, words)

    def words(self, phrase: str) -> frozenset[str]:
        """Return the words of a phrase as they are compared (rules 1 and 2)."""
        known = self._words.get(phrase)
        if known is None:
            tokens = re.findall(r"[\w']+", fold(phrase))
            parts = (self._spelled.get(token) or _keys(token) for token in tokens)
            known = self._words[phrase] = frozenset().union(*parts)
        return known

    def find_own(self, phrase: str, theme: str) -> str | None:
        """Return the item of this theme whose title a phrase repeats, give or take a word."""
        words = self.words(phrase)
        return self._best(words, self._titles.get(theme, []), (), like=SAME) if words else None

    def find(
        self, phrase: str, theme: str, context: str = "", *, without: Collection[str] = ()
    ) -> str | None:
        """Return the item that a phrase means, or ``None``.

        ``context`` is the heading that the phrase stands under, which may complete it; ``without``
        are items that cannot be meant.
        """
        own = self.words(phrase)
        if not own:
            return None
        own_theme = self._titles.get(theme, [])
        others = [one for name, titles in self._titles.items() if name != theme for one in titles]
        return (
            self._best(own, own_theme, without)
            or self._within(own, own_theme, without)
            or (self._best(own | self.words(context), own_theme, without, own) if context else None)
            or (self._best(own, others, without) if len(own) > 1 else None)
        )

    def _best(
        self,
        words: frozenset[str],
        titles: Iterable[tuple[str, str]],
        without: Collection[str],
        needed: frozenset[str] = frozenset(),
        *,
        like: float = LIKE,
    ) -> str | None:
        """Return the one item whose title is most like these words (rules 3 and 4).

        Of ``needed`` a title must hold at least one word; a heading helps it then, and what counts
        is how much of the title the two explain: half of it in three words, or two thirds.
        """
        least = HELPED if needed else like
        scores: dict[str, float] = {}
        for item, title in titles:
            other = self.words(title)
            if item in without or not other or (needed and not needed & other):
                continue
            both = len(words & other)
            score = both / len(other) if needed else 2 * both / (len(words) + len(other))
            if score >= least and (not needed or both > _FEW or score >= SURE):
                scores[item] = max(score, scores.get(item, 0.0))
        best = max(scores.values(), default=0.0)
        first = [item for item, score in scores.items() if score == best]
        return first[0] if len(first) == 1 else None

    def _within(
        self,
        words: frozenset[str],
        titles: Iterable[tuple[str, str]],
        without: Collection[str],
    ) -> str | None:
        """Return the one item whose title ends with a single word that is all a phrase says."""
        if len(words) != 1:
            return None
        found = {
            item
            for item, title in titles
            if item not in without and self.words(title.split()[-1]) == words
        }
        return found.pop() if len(found) == 1 else None


def _keys(text: str) -> frozenset[str]:
    tokens = (token.casefold().split("'")[0] for token in re.findall(r"[\w']+", fold(text)))
    return frozenset(_key(token) for token in tokens if token and token not in _SMALL)


def _key(token: str) -> str:
    if token.endswith("ies"):
        token = f"{token[:-3]}y"
    elif len(token) > len("its") and token.endswith("s") and not token.endswith("ss"):
        token = token[:-1]
    return token[: _KEY - 1] if token.endswith("eed") else token[:_KEY]


def _initials(title: str) -> Iterable[tuple[str, frozenset[str]]]:
    """Yield the initials of each run of two to six capitalised words, with the words."""
    for run in re.findall(r"[A-Z][\w']+(?:[\s-][A-Z][\w']+)+", fold(title)):
        words = re.split(r"[\s-]", run)
        for begin in range(len(words)):
            for end in range(begin + 2, min(len(words), begin + 6) + 1):
                some = words[begin:end]
                yield "".join(word[0] for word in some), _keys(" ".join(some))

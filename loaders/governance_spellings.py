"""Where a sentence names what a governance paper names, in any of its spellings.

The longest name goes first; an abbreviation in brackets behind a name belongs to it, and so do the
years of an edition ("2024/25's draft Divisional Plans", "… Plan 2023-27"). The plural of a name,
and other capitals of a long one, are the same name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import fold
from loaders.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from loaders.governance_names import Named, NamedKind, Names

__all__ = ["Found", "NameFinder"]

_KINDS: Final[tuple[NamedKind, ...]] = ("body", "office", "document")
_EDITION: Final = r"\d{4}[/-]\d{2,4}"
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """A name in a text: where, what it stands for, its edition, the letters in brackets behind."""

    start: int
    end: int
    named: tuple[Named, ...]
    edition: str | None
    letters: str | None


@dataclass(slots=True)
class NameFinder:
    """Finds names in folded texts; only those are looked for all of whose words a text has."""

    names: Names
    _by_word: dict[str, list[tuple[str, frozenset[str]]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index every spelling by its first word."""
        spellings = [words for one in self.names.named.values() for words in one.spellings]
        for words in dict.fromkeys((*spellings, *self.names.joint)):
            stems = [_stem(word) for word in _WORD.findall(fold(words))]
            if stems:
                self._by_word.setdefault(stems[0], []).append((words, frozenset(stems)))

    def find(self, text: str) -> Iterator[Found]:
        """Yield the names in a text, in its order, none within another."""
        stems = {_stem(word) for word in _WORD.findall(text)}
        possible = [
            words
            for stem in stems
            for words, needed in self._by_word.get(stem, ())
            if needed <= stems
        ]
        if not possible:
            return
        for match in _pattern(tuple(sorted(possible))).finditer(text):
            yield Found(
                match.start(),
                match.end(),
                self._look_up(clean(match["name"])),
                match["early"] or match["first"] or match["late"],
                match["letters"],
            )

    def _look_up(self, words: str) -> tuple[Named, ...]:
        for joint, parts in self.names.joint.items():
            if fold(joint).casefold() == words.casefold():
                return parts
        for spelling in (words, words.removesuffix("s")):  # "SAOs" is SAO in the plural
            for kind in _KINDS:
                named = self.names.get(kind, spelling)
                if named is not None:
                    return (named,)
        raise AssertionError(words)  # the pattern is made of these names


def _stem(word: str) -> str:
    """Return what a word has in common with its plural."""
    bare = word.casefold().removesuffix("s")
    return bare.removesuffix("ie").removesuffix("y")


@lru_cache(maxsize=512)
def _pattern(spellings: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(spellings, key=lambda one: (-len(one), one))
    names = "|".join(_spelling(words) for words in longest)
    return re.compile(
        rf"(?:(?P<early>{_EDITION})'s\s+(?:draft\s+)?|(?P<first>{_EDITION})\s+)?"
        rf"(?<![\w-])(?<!\w')(?P<name>{names})(?![\w-])(?:\s*\((?P<letters>[A-Z]{{2,8}}s?)\))?"
        rf"(?:\s+(?P<late>{_EDITION})(?!\d))?"
    )


def _spelling(words: str) -> str:
    """Return the pattern of a name: any blanks, a plural, and of long names any capitals."""
    parts = [re.escape(word) for word in fold(words).split()]
    stem = parts[-1].removesuffix("s") if not parts[-1].endswith("ss") else parts[-1]
    end = r"(?:y|ies)" if stem.endswith("ie") else "s?"
    stem = stem.removesuffix("ie") if stem.endswith("ie") else stem
    pattern = r"\s+".join((*parts[:-1], f"{stem}{end}"))
    return f"(?i:{pattern})" if len(parts) > len("AB") else pattern

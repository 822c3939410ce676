"""Where a text names boards that a plan knows.

1. A board goes by its title, its other spellings (abbreviations too) and, where the plan has only
   one such body, by "Executive" for the Executive Board and "Full Council" for the Council.
2. "Capital and Executive boards" are the Capital Board and the Executive Board; "Adults and
   Children's Improvement Boards" share the words after the second name.
3. Of two names that overlap the longer one is meant. Capitals, kinds of apostrophes, "&" and "the"
   make no other name; an abbreviation is only known in capitals,
   and a name of one word with a capital.
4. "The board" or "respective boards" are those that oversee the item, where a plan says which do.
5. A capitalised word before a name makes it another body's: "Adults Improvement Board" is not the
   Improvement Board. Verbs, months and the name of the council do not.
6. Boards that only commas, "and", "then", "/" or "followed by" part are one run, in that order.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import MONTHS, fold
from loaders.suggest.stems import SMALL
from loaders.suggest.thing_words import is_opener

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.plan import Plan

__all__ = ["BoardNames", "Run"]

_HEADS: Final = ("board", "committee", "panel", "forum", "group", "team", "executive")
#: The possessive of a body ("the Board's chair") is no part of its name.
_TOKEN: Final = re.compile(
    rf"(?:{'|'.join(_HEADS)}|cabinet|council)(?='s\b)|[^\W_]+(?:'[^\W_]+)*|&", re.IGNORECASE
)
_JOINT: Final = re.compile(
    r"\s*,?\s*(?:and|&)?\s*(?:then|both)?\s*(?:by|at|to|from|for)?\s*(?:the)?\s*"
    r"|\s*/\s*|\s*,?\s*followed\s+by\s+(?:the\s+)?",
    re.IGNORECASE,
)
_OWN: Final = re.compile(
    r"\b(?:the|their|its|respective|relevant|appropriate)\s+(?:(?:respective|relevant|appropriate"
    r"|improvement|programme)\s+)*boards?\b",
    re.IGNORECASE,
)

#: Names that bodies also go by (rule 1).
_SHORT: Final = (
    (("executive", "board"), ("executive",)),
    (("council",), ("full", "council")),
    (("full", "council"), ("council",)),
)

#: Words that stand before the name of a body with a capital and are no part of another's.
_FREE: Final = frozenset({"full", "next", "executive", "public", "special"})

#: Boards that "respective boards" may stand for at most.
_FEW: Final = 3

#: Words that the names of boards in "A, B and C Boards" may have at most before the last word.
_REACH: Final = 8


@dataclass(frozen=True, slots=True)
class Run:
    """Boards named one after the other in a text, from ``begin`` to before ``end``."""

    boards: tuple[str, ...]
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class _Token:
    """A word with its place; ``parted``: a comma stands before it."""

    word: str
    key: str
    begin: int
    end: int
    parted: bool


class BoardNames:
    """The names of a plan's boards, indexed by their first word."""

    def __init__(self, plan: Plan) -> None:
        self._names: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self._letters: dict[str, str] = {}
        self._keys: dict[tuple[str, ...], str] = {}
        self._plan = plan
        self._owner = {token.key for token in _read(plan.organisation or "")}
        for board in plan.boards:
            for name in (board.title, *board.also):
                self._learn(name, board.id)
        for known, short in _SHORT:
            if known in self._keys:
                self._keys.setdefault(short, self._keys[known])
        for key, board_id in self._keys.items():
            self._names.setdefault(key[0], []).append((key, board_id))
        for names in self._names.values():
            names.sort(key=lambda name: -len(name[0]))
        self._overseers: dict[str, list[str]] = {}
        for board in plan.boards:
            for item in board.oversees:
                self._overseers.setdefault(item, []).append(board.id)

    def _learn(self, name: str, board: str) -> None:
        tokens = _read(name)
        if len(tokens) == 1 and tokens[0].word.isupper():
            self._letters.setdefault(tokens[0].word, board)
        elif tokens:
            self._keys.setdefault(tuple(token.key for token in tokens), board)

    def find(self, text: str, item: str) -> Iterator[Run]:
        """Yield the runs of boards that the text of an item names, in order."""
        found = [*self._find_named(text)]
        taken = [range(run.begin, run.end) for run in found]
        for match in _OWN.finditer(fold(text)):
            if not any(match.start() < one.stop and match.end() > one.start for one in taken):
                own = self._own(item, plural=match.group().endswith("s"))
                if own:
                    found.append(Run(own, match.start(), match.end()))
        found.sort(key=lambda run: run.begin)
        folded = fold(text)
        held: Run | None = None
        for run in found:
            if held is not None and _JOINT.fullmatch(folded, held.end, run.begin):
                held = Run((*held.boards, *run.boards), held.begin, run.end)
                continue
            if held is not None:
                yield held
            held = run
        if held is not None:
            yield held

    def _find_named(self, text: str) -> Iterator[Run]:
        tokens = _read(text)
        place = 0
        while place < len(tokens):
            found = self._joint(tokens, place) or self._single(tokens, place)
            if found is None:
                place += 1
                continue
            boards, length = found
            last = place + length - 1
            yield Run(boards, tokens[place].begin, tokens[last].end)
            place = last + 1

    def _single(self, tokens: list[_Token], place: int) -> tuple[tuple[str, ...], int] | None:
        first = tokens[place]
        letters = self._letters.get(first.word)
        if letters is not None:
            return (letters,), 1
        if self._goes_on(tokens, place):
            return None
        for key, board in self._names.get(first.key, ()):
            some = tuple(token.key for token in tokens[place : place + len(key)])
            if some == key and (first.word[:1].isupper() or len(key) > 1):
                return (board,), len(key)
        return None

    def _goes_on(self, tokens: list[_Token], place: int) -> bool:
        """Return whether a capitalised word before a name makes it another body's (rule 5)."""
        if not place or tokens[place].parted or tokens[place].begin - tokens[place - 1].end > 1:
            return False
        before = tokens[place - 1]
        if not before.word[:1].isupper() or all(token.word.isupper() for token in tokens):
            return False
        is_free = before.key in _FREE or before.key[:3] in MONTHS or before.key in SMALL
        return not (is_free or before.key in self._owner or is_opener(before.word))

    def _joint(self, tokens: list[_Token], place: int) -> tuple[tuple[str, ...], int] | None:
        """Return the boards of "A, B and C Boards" that begins here, and its length (rule 2)."""
        if not tokens[place].word[:1].isupper() or tokens[place].key not in self._names:
            return None
        for end in range(place + 2, min(place + _REACH, len(tokens))):
            head = tokens[end].key
            if head.endswith("s") and head[:-1] in _HEADS:
                boards = self._share(tokens[place:end], head[:-1])
                return None if boards is None else (boards, end - place + 1)
        return None

    def _share(self, words: list[_Token], head: str) -> tuple[str, ...] | None:
        parts: list[list[str]] = [[]]
        for word in words:
            if (word.parted or word.key == "and") and parts[-1]:
                parts.append([])
            if word.key != "and":
                parts[-1].append(word.key)
        if len(parts) < len(("one", "other")) or not all(parts):
            return None
        shared = parts[-1]
        for begin in range(1, len(shared) + 1):
            names = [*((*part, *shared[begin:], head) for part in parts[:-1]), (*shared, head)]
            boards = [self._keys.get(name) for name in names]
            if all(boards):
                return tuple(board for board in boards if board is not None)
        return None

    def _own(self, item: str, *, plural: bool) -> tuple[str, ...]:
        index = self._plan.index
        for one in (item, *index.ancestors(item)):
            boards = self._overseers.get(one, [])
            if boards:
                return tuple(boards) if len(boards) <= (_FEW if plural else 1) else ()
        return ()


def _read(text: str) -> list[_Token]:
    found: list[_Token] = []
    folded = fold(text)
    for match in _TOKEN.finditer(folded):
        key = "and" if match.group() == "&" else match.group().casefold().replace("'", "")
        gap = folded[found[-1].end : match.start()] if found else ""
        found.append(_Token(match.group(), key, match.start(), match.end(), "," in gap))
    return found

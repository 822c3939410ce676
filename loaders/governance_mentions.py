"""A sentence of a governance paper with its names, dates and cadences as tokens.

``<B2>``, ``<O0>`` and ``<D1>`` stand for the bodies, offices and documents the sentence names, in
its order, ``<T0>`` for a date, ``<C0>`` for a cadence such as "monthly". What rules look for is
then an order of tokens and a few words (`loaders.governance_rules`), whoever the council is.

1. Names are found as `loaders.governance_spellings` says.
2. Articles and possessives before a token are dropped.
3. "The Plan", "this Board" and the like stand for the last document or body of that head that the
   section, failing that the paper, names before; "the Board" without one stays as it is. "This
   refresh" stands for the document whose refresh was spoken of last.
4. "It", "These" and "They" at the beginning of a sentence stand for the first document or body of
   the sentence before, in the same paragraph; "them" for the last body before it.
5. A day whose ordinal was misread (8" July 2024) is that day, and told; a month without a year is
   no date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import fold
from loaders.governance_spellings import NameFinder
from loaders.governance_times import find_misread, find_times
from loaders.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from graphmodel.items import Planned
    from loaders.governance_names import Named, NamedKind, Names
    from loaders.governance_spellings import Found
    from loaders.statements import Section, Statement

__all__ = ["Marked", "Marker", "Mention"]

_LETTER: Final[dict[NamedKind, str]] = {"body": "B", "office": "O", "document": "D"}
_HEADS: Final = re.compile(
    r"\b(?:[Tt]he|[Tt]his|[Tt]hese|[Tt]hat|[Ee]ach)\s+(?:performance\s+|draft\s+)?"
    r"(?P<head>boards?|committees?|panels?|forums?|groups?|clinics?|office|unit|community|network|plans?"
    r"|strateg(?:y|ies)|frameworks?)\b(?!\s+level)",
    re.IGNORECASE,
)
_PRONOUN: Final = re.compile(
    r"(?P<who>It|These|They)(?=\s+(?:also\s+|then\s+|will\s+|\w+ly\s+)*"
    r"(?!(?:is|was|has|have|were)\b(?!\s+(?:built|chaired|first))|further\b|approach\b|included\b)\w+)"
)
_THEM: Final = re.compile(r"\b(?P<joint>with|by|to)\s+them\b")
_REFRESH: Final = re.compile(r"\brefresh(?:ed)?(?:\s+of)?\s+<D(?P<number>\d+)>")
_THIS_REFRESH: Final = re.compile(r"\bthis\s+refresh\b")
_ARTICLE: Final = re.compile(
    r"(?:\b(?:the|a|an|its|our|their|each|all|every|any|new|draft|latest|current|overall"
    r"|council's|authority's)\s+){1,4}(?=<[BODT]\d)",
    re.IGNORECASE,
)
_OWNERS: Final = re.compile(r"\b(Council|Authority|City)'+s(?=\s)", re.IGNORECASE)
_DOCUMENT_HEADS: Final = ("plan", "strateg", "framework")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a sentence names something; ``edition`` its years, ``words`` where it is a stand-in."""

    named: Named
    start: int
    end: int
    edition: str | None = None
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence as tokens; mentions, dates and cadences are counted as in the tokens.

    ``misread`` are dates with a broken ordinal, ``unnamed`` stand-ins for bodies that nothing
    names, ``letters`` abbreviations in brackets that are not those of the name before them.
    """

    statement: Statement
    text: str
    mentions: tuple[Mention, ...]
    dates: tuple[Planned, ...]
    cadences: tuple[str, ...]
    misread: tuple[str, ...] = ()
    unnamed: tuple[str, ...] = ()
    letters: tuple[tuple[Named, str], ...] = ()

    def named(self, kind: NamedKind | None = None) -> list[Named]:
        """Return what the sentence names, in its order, each once."""
        all_of = (one.named for one in self.mentions if kind in {None, one.named.kind})
        return list({one.id: one for one in all_of}.values())


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    tokens: tuple[Mention, ...] = ()
    letters: str | None = None
    planned: Planned | None = None
    cadence: str | None = None


@dataclass(slots=True)
class Marker:
    """Marks sentences in the paper's order, and remembers what they name."""

    names: Names
    _finder: NameFinder = field(init=False)
    _known: list[tuple[Section | None, Named]] = field(default_factory=list)
    _before: tuple[int, list[Named]] = (-1, [])
    _refreshed: Named | None = None

    def __post_init__(self) -> None:
        """Make the finder of all names."""
        self._finder = NameFinder(self.names)

    def mark(self, statement: Statement) -> Marked:
        """Return a sentence with its tokens, and remember what it names."""
        text = fold(statement.text).replace("<", "(")
        pieces = [_name(found) for found in self._finder.find(text)]
        pieces += self._find_heads(text, statement, pieces)
        pieces += self._find_pronouns(text, statement, pieces)
        misread = find_misread(text)
        pieces += _find_times(text, pieces)
        pieces.sort(key=lambda piece: piece.start)
        marked = _write(statement, text, pieces, misread, self._find_unnamed(text, pieces))
        self._remember(marked)
        return marked

    def _find_heads(self, text: str, statement: Statement, taken: list[_Piece]) -> list[_Piece]:
        """Return what "the Plan", "these clinics" and the like stand for (rule 3)."""
        found = []
        for match in _HEADS.finditer(text):
            named = self._last(match["head"], statement.section)
            if named is not None and _is_free(match.start(), match.end(), taken):
                words = clean(match.group())
                mention = Mention(named, match.start(), match.end(), None, words)
                found.append(_Piece(match.start(), match.end(), (mention,)))
        if self._refreshed is not None:
            for match in _THIS_REFRESH.finditer(text):
                start, end = match.span()
                mention = Mention(self._refreshed, start, end, None, clean(match.group()))
                found.append(_Piece(start, end, (mention,)))
        return found

    def _last(self, head: str, section: Section | None) -> Named | None:
        stem = head.casefold().removesuffix("s")[:7]
        is_document = stem.startswith(_DOCUMENT_HEADS)
        fitting = [
            (where, named)
            for where, named in self._known
            if (named.kind == "document") is is_document
            and named.title.casefold().split()[-1].startswith(stem)
        ]
        if head.casefold() == "plans":  # "all plans" are no single one
            return None
        here = [named for where, named in fitting if where == section]
        return here[-1] if here else fitting[-1][1] if fitting else None

    def _find_pronouns(self, text: str, statement: Statement, taken: list[_Piece]) -> list[_Piece]:
        """Return what "It" at the beginning, and "them", stand for (rule 4)."""
        found: list[_Piece] = []
        paragraph, before = self._before
        first = _PRONOUN.match(text)
        if first is not None and paragraph == statement.paragraph and _is_free(0, 1, taken):
            wanted = [one for one in before if one.kind != "office"]
            wanted = [one for one in wanted if one.is_class] or wanted if first["who"] in {
                "These", "They",
            } else wanted  # fmt: skip
            if wanted:
                mention = Mention(wanted[0], 0, first.end(), None, first["who"])
                found.append(_Piece(0, first.end(), (mention,)))
        for match in _THEM.finditer(text):
            start = match.end() - len("them")
            bodies = [
                token.named
                for piece in taken
                for token in piece.tokens
                if piece.end <= start and token.named.kind == "body"
            ]
            if bodies:
                mention = Mention(bodies[-1], start, match.end(), None, "them")
                found.append(_Piece(start, match.end(), (mention,)))
        return found

    def _find_unnamed(self, text: str, pieces: list[_Piece]) -> tuple[str, ...]:
        """Return "The Committee" and the like, written large, where nothing says which."""
        return tuple(
            clean(match.group())
            for match in _HEADS.finditer(text)
            if match["head"][0].isupper()
            and not match["head"].casefold().startswith(_DOCUMENT_HEADS)
            and _is_free(match.start(), match.end(), pieces)
        )

    def _remember(self, marked: Marked) -> None:
        named = marked.named()
        direct = [one.named for one in marked.mentions if one.words is None]
        self._known.extend((marked.statement.section, one) for one in direct)
        self._before = (marked.statement.paragraph, named)
        for match in _REFRESH.finditer(marked.text):
            self._refreshed = marked.mentions[int(match["number"])].named


def _name(found: Found) -> _Piece:
    start, end = found.start, found.end
    tokens = tuple(Mention(one, start, end, found.edition) for one in found.named)
    return _Piece(start, end, tokens, found.letters)


def _is_free(start: int, end: int, taken: list[_Piece]) -> bool:
    return all(end <= piece.start or start >= piece.end for piece in taken)


def _find_times(text: str, taken: list[_Piece]) -> list[_Piece]:
    found = [
        _Piece(one.start, one.end, planned=one.planned, cadence=one.cadence)
        for one in find_times(text)
    ]
    return [one for one in found if _is_free(one.start, one.end, taken)]


def _write(
    statement: Statement,
    text: str,
    pieces: list[_Piece],
    misread: tuple[str, ...],
    unnamed: tuple[str, ...],
) -> Marked:
    mentions: list[Mention] = []
    dates: list[Planned] = []
    cadences: list[str] = []
    parts: list[str] = []
    place = 0
    for piece in pieces:
        parts.append(text[place : piece.start])
        place = piece.end
        if piece.planned is not None:
            parts.append(f"<T{len(dates)}>")
            dates.append(piece.planned)
        elif piece.cadence is not None:
            parts.append(f"<C{len(cadences)}>")
            cadences.append(piece.cadence)
        else:
            tokens = []
            for mention in piece.tokens:
                tokens.append(f"<{_LETTER[mention.named.kind]}{len(mentions)}>")
                mentions.append(mention)
            parts.append(" and ".join(tokens))
    written = _OWNERS.sub(r"\1's", "".join((*parts, text[place:])))
    written = clean(_ARTICLE.sub("", written))
    return Marked(
        statement,
        written,
        tuple(mentions),
        tuple(dates),
        tuple(cadences),
        misread,
        unnamed,
        tuple(_find_odd_letters(pieces)),
    )


def _find_odd_letters(pieces: list[_Piece]) -> Iterator[tuple[Named, str]]:
    for piece in pieces:
        if piece.letters is not None:
            named = piece.tokens[-1].named
            if named.letters not in {None, piece.letters, piece.letters.removesuffix("s")}:
                yield named, piece.letters

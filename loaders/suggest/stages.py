"""Which stages of delivery (`loaders.suggest.stage_table`) a title tells of.

A title is read like this:

1. It is cut at dashes, colons and brackets; the first piece that tells of a stage surely counts,
   else the first that may.
2. A form of the past after its noun decides ("Improvement Plan agreed by …"), else the word that
   opens the piece ("Agree an interim recruitment plan"), else its last word ("Workforce sizing").
   What follows "to", "including", "which", "for" and the like is about something else.
3. Forms that stand together are told together: "Development, agreement and sign-off" runs from
   design to agreement.
4. Verbs that only say that something is done ("deliver a review", "recruitment completed") leave it
   to their object; one without such an object ("Deliver food waste collection") implements.
5. Words of the past that open a title are adjectives ("Updated and consolidated plan").
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.stretches import fold
from loaders.suggest.stage_table import (
    COMPOUNDS,
    DOES,
    IMPLEMENTS,
    LIGHT,
    QUALIFIERS,
    STAGE_OF,
    STAGES,
    WHOLES,
)
from loaders.suggest.stems import SMALL, stem

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["StageSpan", "read_stages"]


_TOKEN: Final = re.compile(rf"(?:\b(?:{COMPOUNDS})\b)|[^\W_]+(?:'[^\W_]+)*")
_PIECES: Final = re.compile(r"\s+-+\s*|-+\s+|:\s+|[()\[\];]|\.\s")
_CUT: Final = re.compile(
    r",?\s(?:including|with|which|that|following|for|via|through|by|as|so|where|ensuring|enabling"
    r"|setting|aligned|aligning|considering|to)\s"
)
_CLAUSE: Final = re.compile(r",?\s(?:including|with|which|that|so|where|ensuring|enabling)\s")
_PURPOSE: Final = re.compile(rf"(?:{_CLAUSE.pattern})|\sto\s")
_JOINT: Final = re.compile(r"\s*(?:,|/|&|\band\b|,\s*and\b)\s*(?:the |then )*")
_PAST: Final = re.compile(r"(?<!emb)(?<!e)ed$|greed$|built$")
_OF: Final = re.compile(r"\s+of\b")
_PREPOSITION: Final = re.compile(r"\s(?:of|on|in|at|into|from|against|under|across)\s")
_AFTER_PAST: Final = re.compile(
    r"\W*(?:$|[-,;:()&/]"
    r"|(?:and|by|at|in|into|through|to|with|for|from|as|on|across|before|after)\b)"
)


class StageSpan(NamedTuple):
    """The first and last stage a title tells of, and the place of the words that do.

    ``sure`` is whether they open the title or are a verb, and not just its last word.
    """

    first: int
    last: int
    begin: int
    end: int
    sure: bool

    @property
    def name(self) -> str:
        """The stage in words: ``design``, ``design to agreement``."""
        first, last = STAGES[self.first].name, STAGES[self.last].name
        return first if first == last else f"{first} to {last}"


class _Token(NamedTuple):
    begin: int
    end: int
    word: str
    key: str
    stage: int | None

    @property
    def is_past(self) -> bool:
        return _PAST.search(self.word) is not None


@lru_cache(maxsize=16_384)
def read_stages(title: str) -> StageSpan | None:
    """Return the stages that a title tells of, or None (rules 1-5)."""
    text = fold(title).lower()
    begin = 0
    unsure: StageSpan | None = None
    for cut in (*_PIECES.finditer(text), None):
        end = len(text) if cut is None else cut.start()
        found = _read_piece(text, begin, end)
        if found is not None and found.sure:
            return found
        unsure = unsure or found
        begin = end if cut is None else cut.end()
    return unsure


def _read_piece(text: str, begin: int, end: int) -> StageSpan | None:
    tokens = [_token(match) for match in _TOKEN.finditer(text, begin, end)]
    while tokens and (tokens[0].word in QUALIFIERS or tokens[0].word.isdigit()):
        tokens.pop(0)
    tokens = [token for token in tokens if token.word not in SMALL]
    if not tokens:
        return None
    past = _find_past(text, tokens, end)
    if past is not None:
        return _span(text, tokens, past, sure=True)
    cut = _CUT.search(text, tokens[0].end, end)
    head = [token for token in tokens if cut is None or token.begin < cut.start()]
    return _opening(text, head, end) or _closing(text, head, end)


def _find_past(text: str, tokens: Sequence[_Token], end: int) -> int | None:
    """Return the place of the form of the past that tells what was done to the noun before it.

    One that stands before a noun is an adjective; after "Review of …" only the last word counts.
    """
    clause = _CLAUSE if tokens[0].stage is None else _PURPOSE
    cut = clause.search(text, tokens[0].end, end)
    last = len(tokens) - 1
    is_noun_of = _OF.match(text, tokens[0].end) is not None
    for number, token in enumerate(tokens):
        if number == 0 or not token.is_past or token.stage is None:
            continue
        if cut is not None and token.begin > cut.start():
            return None
        final = number
        while final < last and _is_joined(text, tokens[final], tokens[final + 1]):
            final += 1
        if _AFTER_PAST.match(text, tokens[final].end, end) and (final == last or not is_noun_of):
            return number
    return None


def _opening(text: str, head: Sequence[_Token], end: int) -> StageSpan | None:
    """Return the stages that the first word of a piece tells of (rules 2, 4 and 5)."""
    first = head[0]
    if first.is_past and len(head) > 1:
        return None
    if first.stage is not None:
        return _span(text, head, 0, sure=True)
    if first.key not in LIGHT:
        return None
    told = _last_noun(text, head[1:], end)
    if first.key in DOES and (told is None or _is_whole(text, head, end)):
        return StageSpan(IMPLEMENTS, IMPLEMENTS, first.begin, first.end, sure=False)
    return None if told is None else _span(text, head, head.index(told), sure=True)


def _is_whole(text: str, head: Sequence[_Token], end: int) -> bool:
    """Return whether the object of the first word is a programme or the like, not a stage of it."""
    of = _PREPOSITION.search(text, head[0].end, end)
    object_ = [one for one in head[1:] if of is None or one.begin < of.start()]
    return bool(object_) and object_[-1].key in WHOLES


def _closing(text: str, head: Sequence[_Token], end: int) -> StageSpan | None:
    """Return the stages that the last word of a piece tells of, or of its part before "of"."""
    nouns = head[:-1] if head[-1].key in LIGHT else head
    of = _PREPOSITION.search(text, head[0].begin, end)
    before = [one for one in nouns if of is None or one.begin < of.start()]
    for some in (before, nouns):
        if some and some[-1].stage is not None:
            return _span(text, head, head.index(some[-1]), sure=False)
    return None


def _last_noun(text: str, tokens: Sequence[_Token], end: int) -> _Token | None:
    """Return the last word that tells of a stage in an object, up to its first preposition."""
    if not tokens:
        return None
    of = _PREPOSITION.search(text, tokens[0].begin, end)
    told = [one for one in tokens if one.stage is not None]
    before = [one for one in told if of is None or one.begin < of.start()]
    return before[-1] if before else None


def _span(text: str, head: Sequence[_Token], start: int, *, sure: bool) -> StageSpan:
    """Return the stages of the forms that stand together around one of them (rule 3)."""
    low = high = start
    while high + 1 < len(head) and _is_joined(text, head[high], head[high + 1]):
        high += 1
    while low > 0 and _is_joined(text, head[low - 1], head[low]):
        low -= 1
    stages = [one.stage for one in head[low : high + 1] if one.stage is not None]
    return StageSpan(min(stages), max(stages), head[low].begin, head[high].end, sure)


def _is_joined(text: str, one: _Token, other: _Token) -> bool:
    if one.stage is None or other.stage is None:
        return False
    return _JOINT.fullmatch(text, one.end, other.begin) is not None


def _token(match: re.Match[str]) -> _Token:
    word = match.group()
    key = match.lastgroup or stem(word)
    return _Token(match.start(), match.end(), word, key, STAGE_OF.get(key))

"""The offices that a cell names, and when two spellings are certainly one office.

A cell may hold several offices:

1. Each paragraph or bullet is an office of its own, or several.
2. A slash, comma, semicolon, "&" or "and" separates two offices where the words after it begin
   with a rank (Director, Head, Chief, …, with Corporate, Strategic, Assistant, … before it).
   "Head of Docks, Quality Assurance & Principal Diver" is one.
3. "Directors of A and B" are the Director of A and the Director of B. Where commas or more than
   one "and" leave it open which words belong together, the words stay one group.
4. "All …" and ranks in the plural are a group.
5. A portfolio cell that is exactly two or more portfolios which the paper names alone elsewhere,
   joined by "and" or a comma, is those portfolios.

Two spellings are one office by the rules of `graphmodel.offices`. "Director of Family Help" and
"Director of Family Help Services" are not merged but reported as alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from graphmodel import offices
from graphmodel.offices import COMMON, are_alike
from loaders.markup import read_parts
from loaders.text import clean

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

__all__ = ["COMMON", "Title", "are_alike", "office_key", "split_offices", "split_portfolios"]

_BEFORE_RANK = (
    r"(?:(?:interim|acting|deputy|joint|assistant|associate|executive|strategic|corporate|service"
    r"|divisional|group|managing|programme|project|senior)\s+)*"
)
_RANK = rf"{_BEFORE_RANK}(?:directors?|heads?|chief|managers?|officers?|leads?|sro|sao)\b"
_SEPARATOR = re.compile(
    rf"\s*(?:[;/+]|,\s*(?:and\b|&)|,|&|\band\b)\s*(?=(?:all\s+)?{_RANK})", re.IGNORECASE
)
_PLURAL = re.compile(
    rf"(?P<rank>{_BEFORE_RANK}(?:director|head|manager|lead|officer))s\s+(?P<of>of|for)\s+(?P<rest>.+)",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"(?:all|every)\b.*|(?:.*\s)?(?:directors|heads|managers|officers|leads)", re.IGNORECASE
)
_NOBODY: Final = frozenset({"", "-", "n/a", "na", "none", "tbc", "tba", "tbd", "vacant", "vacancy"})
_JOINT = re.compile(r"\s*(?:[;/,]|&|\band\b)\s*")
_LONGEST_CELL: Final = 400


@dataclass(frozen=True, slots=True)
class Title:
    """An office as a cell names it; ``printed`` is false where the words had to be taken apart."""

    words: str
    kind: Literal["office", "member", "group"] = "office"
    printed: bool = True


def split_offices(cell: str) -> list[Title]:
    """Return the offices that a cell names, by rules 1-4 above; none for "TBC" and the like."""
    titles: list[Title] = []
    for part in read_parts(cell):
        for piece in _SEPARATOR.split(part.text):
            words = piece.strip(" .;,")
            if words.casefold() not in _NOBODY:
                titles.extend(_split_plural(words))
    return list(dict.fromkeys(titles))


def _split_plural(words: str) -> list[Title]:
    plural = _PLURAL.fullmatch(words)
    if plural is not None and not words.lower().startswith("all "):
        rest = plural["rest"]
        fields = re.split(r"\s+and\s+", rest) if " and " in rest else re.split(r"\s*&\s*", rest)
        if len(fields) == len("AB") and "," not in rest:
            before = f"{plural['rank']} {plural['of']}"
            return [Title(f"{before} {one}", "office", printed=False) for one in fields]
        return [Title(words, "group")]
    return [Title(words, "group" if _GROUP.fullmatch(words) else "office")]


def split_portfolios(cell: str, alone: Collection[tuple[str, ...]]) -> list[Title]:
    """Return the portfolios a cell names (rule 5); ``alone`` are the keys of those named alone."""
    words = " ".join(part.text for part in read_parts(cell)).strip(" .;,")
    if words.casefold() in _NOBODY:
        return []
    pieces = _cover(words, alone)
    if len(pieces) > 1:
        return [Title(piece, "member", printed=False) for piece in pieces]
    return [Title(words, "member")]


def _cover(words: str, alone: Collection[tuple[str, ...]]) -> list[str]:
    """Return the known portfolios that the words consist of; nothing where they do not."""
    if len(words) > _LONGEST_CELL:
        return []
    for joint in _JOINT.finditer(words):
        left, right = words[: joint.start()], words[joint.end() :]
        if office_key(left, {}) not in alone:
            continue
        if office_key(right, {}) in alone:
            return [left, right]
        further = _cover(right, alone)
        if further:
            return [left, *further]
    return []


def office_key(title: str, abbreviations: Mapping[str, str]) -> tuple[str, ...]:
    """Return what two spellings of one office have in common, invisible characters apart."""
    return offices.office_key(clean(title), abbreviations)

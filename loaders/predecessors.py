"""Cells that name predecessors: ``12FS+5d``, ``IP4.1.1.2; SI1.1.3.7 SS``, ``3SS-2 wd``.

A cell holds any number of references, parted by semicolons, commas, line ends or "and". Each is an
id, then a type of link (FS where none is written), then a lag with its unit; a ``#`` before the id
and a title after it do no harm. An id may look like one with a lag ("A-1"): ids that are known
count first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.entity import is_id
from graphmodel.errors import SpanError
from graphmodel.spans import ZERO, Span
from loaders.lengths import parse_length
from loaders.text import clean, shorten

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from graphmodel.links import LinkType

__all__ = ["Reference", "parse_predecessors"]

_TYPES: Final[dict[str, LinkType]] = {
    "fs": "FS",
    "ss": "SS",
    "ff": "FF",
    "sf": "SF",
    "finishtostart": "FS",
    "starttostart": "SS",
    "finishtofinish": "FF",
    "starttofinish": "SF",
}

_NOTHING: Final = frozenset({"", "-", "--", "0", "none", "n/a", "na", "nil", "tbc", "tbd", "tba"})
_SEPARATOR: Final = re.compile(r"\s*[;,\n\r]\s*|\s+(?:and|&)\s+", re.IGNORECASE)
_PARTED: Final = re.compile(r"[;,\n\r]|\s(?:and|&)\s", re.IGNORECASE)
_TYPE: Final = r"(?P<type>FS|SS|FF|SF|(?:finish|start)[ -]?to[ -]?(?:start|finish))"
_SIGN: Final = "[+\\-\N{MINUS SIGN}\u2013]"
_TYPED: Final = re.compile(
    rf"(?P<id>.+?)[\s:]*[(\[]?\s*{_TYPE}\s*(?P<lag>{_SIGN}.*?)?\s*[)\]]?", re.IGNORECASE
)
_LAGGED: Final = re.compile(rf"(?P<id>.+?)\s*(?P<lag>{_SIGN}\s*\d.*)", re.IGNORECASE)
_UNIT: Final = re.compile(r"[a-z%]", re.IGNORECASE)
_TITLED: Final = re.compile(r"(?:[A-Za-z ]*#)?(?P<id>\S+?)[:.)\]]?\s*(?:\s\S.*)?")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference: the id it names, type and lag of the link, and its words."""

    id: str
    type: LinkType = "FS"
    lag: Span = ZERO
    text: str = ""


def parse_predecessors(
    text: str, known: Container[str] = (), *, working: bool = False
) -> tuple[tuple[Reference, ...], tuple[str, ...]]:
    """Return the references of a cell, and a sentence for each part that cannot be read.

    Parameters
    ----------
    known
        Ids that there are; an id that is not among them is kept, and for the caller to judge.
    working
        Whether days in lags are working days, as in MS Project.

    Examples
    --------
    >>> found, wrong = parse_predecessors("12FS+5d; A-1 SS", known={"A-1"})
    >>> [(one.id, one.type, str(one.lag)) for one in found], wrong
    ([('12', 'FS', '5d'), ('A-1', 'SS', '0d')], ())
    """
    whole = clean(text)
    if whole in known:  # ids may hold any of the signs below
        return (Reference(whole, text=whole),), ()
    found: list[Reference] = []
    wrong: list[str] = []
    for piece in _SEPARATOR.split(text.strip()) if _PARTED.search(text) else (text,):
        words = clean(piece).strip(" .").removeprefix("#")
        if words.casefold() in _NOTHING and words not in known:
            continue
        reference, fault = _read(words, known, working=working)
        if reference is not None:
            found.append(reference)
        if fault is not None:
            wrong.append(fault)
    return tuple(found), tuple(wrong)


def _read(
    words: str, known: Container[str], *, working: bool
) -> tuple[Reference | None, str | None]:
    if words in known:
        return Reference(words, text=words), None
    for name, kind, lag in _candidates(words):
        if name in known:
            return _make(words, name, kind, lag, working=working)
    titled = _TITLED.fullmatch(words)
    if titled is not None and titled["id"] in known:
        return Reference(titled["id"], text=words), None
    for name, kind, lag in _candidates(words):
        sure = kind != "FS" or not lag or _UNIT.search(lag) or not words.startswith(name + lag[:1])
        if sure and is_id(name) and " " not in name:
            return _make(words, name, kind, lag, working=working)
    if is_id(words) and " " not in words:
        return Reference(words, text=words), None
    return (
        None,
        f'"{shorten(words)}" names no predecessor: write ids like 12, 12FS+5d or SI1.1.3 SS',
    )


def _candidates(words: str) -> Iterator[tuple[str, LinkType, str]]:
    """Yield what the words may be: id, type and the words of the lag."""
    typed = _TYPED.fullmatch(words)
    if typed is not None:
        kind = _TYPES[typed["type"].lower().replace(" ", "").replace("-", "")]
        yield typed["id"].strip(" :([").removeprefix("#"), kind, typed["lag"] or ""
    lagged = _LAGGED.fullmatch(words)
    if lagged is not None:
        yield lagged["id"].rstrip(), "FS", lagged["lag"]


def _make(
    words: str, name: str, kind: LinkType, lag: str, *, working: bool
) -> tuple[Reference, str | None]:
    """Return a reference; one whose lag cannot be read has none, and the reason is told."""
    if not lag:
        return Reference(name, kind, text=words), None
    try:
        return Reference(name, kind, parse_length(lag, working=working), words), None
    except SpanError as error:
        why = str(error).removesuffix(".")
        return Reference(name, kind, text=words), f"{why}; the link to {name} is kept without lag"

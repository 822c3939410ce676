"""Sentences that say what waits for what, each as two phrases: what comes first, what comes after.

=====================================================  ===========================================
wording                                                what waits for what
=====================================================  ===========================================
X is dependent on Y, X depends on Y                    X for Y
X following Y; Following Y, X; X (if … following Y)    X for Y
X after approval (agreement, completion, …) of Y       X for it
X linked to Y                                          X for Y, unless X has been done
X once Y; Once Y, X; When Y, X                         X for Y
X ahead of Y, X prior to Y                             Y for X
X for implementation (commencement, launch) in May     that for X
X and then Y; X and there will then be Y               Y for X
S. Y will then be done and work commence on Z          Y and Z for what sentence S tells
=====================================================  ===========================================

A phrase that is empty, "this" or "it" means what the entry itself is about.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.stretches import fold
from loaders.progress_entries import find_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["StatedOrder", "find_orders"]

_DONE = re.compile(r"\b(?:has|have) been\b|\bcompleted?\b", re.IGNORECASE)
_SELF = re.compile(r"(?:this|it|these|they)\b\W*", re.IGNORECASE)
_EVENT = (
    r"(?:approval|agreement|completion|adoption|review|consultation|decision|sign-?off"
    r"|endorsement|publication|appointment)"
)
_FIRST_LAST: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"following (?P<first>[^,]+), (?P<after>.+)",
        r"(?:once|when|after) (?P<first>[^,]+), (?P<after>.+)",
        r"(?P<after>.+?)\s*\([^()]*\bfollowing (?P<first>[^()]+)\).*",
        (
            r"(?P<after>.*?)\b(?:is|are|being) (?:dependent|reliant|contingent) (?:up)?on"
            r" (?P<first>.+)"
        ),
        r"(?P<after>.*?)\bdepends? (?:up)?on (?P<first>.+)",
        r"(?P<after>.+?) following (?P<first>.+)",
        rf"(?P<after>.+?) after (?P<first>(?:the )?{_EVENT}\b.+)",
        r"(?P<after>.+?) linked to (?P<first>.+)",
        r"(?P<after>.+?) once (?P<first>.+)",
        r"(?P<first>.+?) (?:ahead of|prior to) (?P<after>.+)",
        (
            r"(?P<first>.*?)\bfor (?P<after>(?:implementation|commencement|launch|adoption|go-live)"
            r" (?:in|from|by|on)\b.+)"
        ),
        r"(?P<first>.+?)\s+and (?:there )?(?:will )?then (?:be )?(?P<after>.+)",
    )
)
_THEN = re.compile(
    r"(?P<after>.+?) (?:will|can) then (?:be )?[^.]*?"
    r"(?:\band (?:work (?:will )?)?(?:commence|start|begin)s?(?: work)? on (?P<second>.+))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class StatedOrder:
    """What comes ``first`` and what ``after``, ``""`` for the entry itself, and the sentences."""

    first: str
    after: str
    quote: str


def find_orders(text: str) -> Iterator[StatedOrder]:
    """Yield what the sentences of an entry say of the order of things (the table above)."""
    before = ""
    for sentence in find_sentences(text):
        yield from _read(sentence.strip(), before)
        before = sentence.strip()


def _read(sentence: str, before: str) -> Iterator[StatedOrder]:
    folded = fold(sentence).rstrip(". ")
    then = _THEN.fullmatch(folded)
    if then is not None and before and not re.search(r"\band then\b|\bthere will then", folded):
        quote = f"{before} {sentence}"
        yield StatedOrder(_phrase(before), _phrase(then["after"]), quote)
        if then["second"]:
            yield StatedOrder(_phrase(before), _phrase(then["second"]), quote)
        return
    for form in _FIRST_LAST:
        match = form.fullmatch(folded)
        if match is None:
            continue
        first, after = (
            sentence[match.start(name) : match.end(name)] for name in ("first", "after")
        )
        if "linked to" in form.pattern and _DONE.search(after):
            return
        yield StatedOrder(_phrase(first), _phrase(after), sentence)
        return


def _phrase(text: str) -> str:
    bare = text.strip(" .,;:-\u2013\u2014*")
    return "" if _SELF.fullmatch(bare) else bare

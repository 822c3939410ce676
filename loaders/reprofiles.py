"""The three dates of an action that slips: the original one, those since, and the one proposed.

=======================================================  ========================================
wording                                                  what it is
=======================================================  ========================================
original date of May 2025, the original date was May     the original date
revised to July 2025, then moved to …                    an interim date
from May 2025 to July 2025, from end of May to July      the date that holds now, the one proposed
extended, moved, re-profiled, pushed to July             proposed
(completed, reviewed, launched, implemented …) by July   proposed, where nothing else is
finalised during July                                    proposed, where nothing else is
=======================================================  ========================================

A month without a year is the last such month up to the date it stands beside where that has one,
else the next from the report's own month; a date of the past ("opened on 2 July") is none of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.partial import parse_partial
from graphmodel.stretches import fold
from loaders.report_dates import add_years, read_when

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.items import Planned

__all__ = ["Reprofile", "read_reprofile"]

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = (
    r"(?:(?:the\s+)?(?:end|start|middle|beginning)\s+of\s+|early\s+|mid[\s-]+|late\s+)?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTH}|spring|summer|autumn|winter|q[1-4])"
    r"(?:\s+\d{4}(?:/\d\d)?|\s+\d\d(?!\d))?"
)
_ORIGINAL = re.compile(
    rf"\boriginal(?:ly)?\s+(?:(?:target|due|completion|planned)\s+)*(?:date|timescale|deadline)?\s*"
    rf"(?:of|was|is|for|being|:|due)?\s*(?P<date>{_DATE})",
    re.IGNORECASE,
)
_REVISED = re.compile(
    rf"\b(?:revised|re-?profiled|changed|amended)\s+to\s+(?P<date>{_DATE})", re.IGNORECASE
)
_FROM_TO = re.compile(rf"\bfrom\s+(?P<old>{_DATE})\s+to\s+(?P<new>{_DATE})", re.IGNORECASE)
_MOVED = re.compile(
    rf"\b(?:extended|moved|re-?profiled|pushed|slip(?:ped)?|deferred|delayed|revised)(?:\s+back)?"
    rf"\s+(?:to|until)\s+(?P<date>{_DATE})",
    re.IGNORECASE,
)
_BY = re.compile(
    rf"\b\w+(?:\s+[\w'-]+){{0,3}}?\s+(?:by|during)\s+(?P<date>{_DATE}(?:\s*/\s*{_DATE})?)",
    re.IGNORECASE,
)
_SET = re.compile(r"\b(?:finali[sz]ed|set|scheduled|agreed)\b", re.IGNORECASE)
_WILL = re.compile(r"\b(?:will|expected|should|to be|planned|due|is|proposed)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reprofile:
    """What holds now, what held before in order, what is proposed; ``None`` where it is not said.

    ``without_year`` are months to which a year was added.
    """

    current: Planned | None = None
    earlier: tuple[Planned, ...] = ()
    proposed: Planned | None = None
    without_year: tuple[str, ...] = ()


def read_reprofile(text: str, report: date | None) -> Reprofile:
    """Read the dates of a slipping action; ``report`` is the last day of the report's month."""
    words = fold(text)
    original = _ORIGINAL.search(words)
    moved = _FROM_TO.search(words)
    proposed = moved or _find_proposed(words, original)
    added: list[str] = []
    new = None if proposed is None else _read(proposed[_NEW[proposed is moved]], report, added)
    if new is not None and new.finish is None:
        new = None
    limit = new.finish if new is not None else report
    history = []
    if original is not None:
        history.append(_read_past(original["date"], limit, added))
    taken = proposed["date"] if proposed is not None and proposed is not moved else None
    history += [
        _read_past(match["date"], limit, added)
        for match in _REVISED.finditer(words)
        if original is not None and match.start() > original.start() and match["date"] != taken
    ]
    if moved is not None:
        history.append(_read_past(moved["old"], limit, added))
    dated = [one for one in history if one.finish is not None]
    current = dated[-1] if dated else None
    return Reprofile(current, tuple(dated[:-1]), new, tuple(added))


_NEW: Final = {True: "new", False: "date"}


def _find_proposed(words: str, original: re.Match[str] | None) -> re.Match[str] | None:
    """Return the wording of the proposed date: the last move, else what will be done by when."""
    moves = list(_MOVED.finditer(words))
    revised = original is not None and len(moves) == 1 and moves[0].group()[:3].lower() == "rev"
    if moves and not (revised and _BY.search(words, moves[0].end())):
        return moves[-1]
    later = [one for one in _BY.finditer(words) if _WILL.search(_clause(words, one))]
    own = [one for one in later if original is None or one.start() < original.start()]
    if own:
        return own[0]
    return next((one for one in _BY.finditer(words) if _SET.search(one.group())), None)


def _clause(words: str, match: re.Match[str]) -> str:
    begin = max(words.rfind(sign, 0, match.start()) for sign in (". ", "; ", " - "))
    return words[begin + 1 : match.start("date")]


def _read(words: str, report: date | None, added: list[str]) -> Planned:
    when = read_when(words, report)
    added += when.without_year
    return when.planned.model_copy(update={"text": words})


def _read_past(words: str, limit: date | None, added: list[str]) -> Planned:
    """Read a date that lies before another: without a year it is the last such month up to it."""
    partial = parse_partial(words)
    if partial.planned.finish is not None or limit is None:
        return partial.planned.model_copy(update={"text": words})
    expanded, months = add_years(words, limit)
    added += months
    planned = parse_partial(expanded).planned
    if planned.finish is not None and planned.finish > limit:
        year = planned.finish.year
        planned = parse_partial(expanded.replace(str(year), str(year - 1))).planned
    return planned.model_copy(update={"text": words})

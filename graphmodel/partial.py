"""Partial dates: how papers word when something happens (DESIGN 5.1), in one table.

============================================  =====================  =========================
wording                                       precision              days it names
============================================  =====================  =========================
30 September 2026, 1st Sept 2026, 30-Sep-26   ``day``                that day; a weekday before
30/09/2026, 30.09.2026 (day first), 30/Sep/26                        it must fit
2026-09-30, 2026-09-30T17:00:00Z,             ``day``                that day, with its time but
30/09/2026 17:00, 30 Sep 2026 5:00 PM                                for midnight; no time zone
Sept 2026, June 2026, Sep-26, 09/2026         ``month``              first to last of the month
Q2 25/26, Quarter 2 2025-26, 2025/26 Q2       ``quarter``            of the financial year, April
                                                                     to March: July to September
Q2 2026                                       ``quarter``            of the calendar year, with a
                                                                     note: it has two meanings
H1 2026/27, first half of 2026/27             ``half_year``          April to September, then
                                                                     October to March
Spring, Summer, Autumn 2026                   ``season``             March-May, June-August,
                                                                     September-November
Winter 2026, Winter 2026/27                   ``season``             December 2026-February 2027
Summer 2026/27, Autumn 2026/27                ``season``             as Summer 2026, Autumn 2026
early, mid, late 2026                         ``season``             January-April, May-August,
                                                                     September-December
early, mid, late September 2026               ``month``              days 1-10, 11-20, the rest
start of …, beginning of …, middle of …       as early, mid          as early, mid
end of March 2027, end of Q2 26/27            of its unit            all of the unit
2027                                          ``year``               January to December
2026/27, 26/27, FY 2026-27, 2026-2027         ``year``               April 2026 to March 2027 (a
                                                                     note where it may be a range)
Oct 2026 - Dec 2026, Oct - Dec 2026,          ``range``              first day of the first to
Oct 2026 to Feb 2027, Oct - Feb 2027,                                last day of the second; the
1-15 May 2026, between … and …,                                      year (month) is taken from
Spring/Summer 2026, 2026 - 2028                                      the second where the first
                                                                     has none, so as to precede it
from May 2027 … to 1 April 2028               ``range``              likewise, words between
by, until, up to, in, during, due … X         of X                   those of X
before X                                      of X                   the day before X is the finish
from X, X onwards, from X onwards             ``from``               first day of X, no finish
after X                                       ``from``               the day after X, no finish
ongoing, on-going, on going, continuous       ``ongoing``            none; other spellings of
                                                                     "ongoing" get a note
ongoing from X; ongoing until X               ``ongoing``; of X      start X; finish X
complete, completed, done (Mar 2026)          ``complete``           the date, if one is given
TBC, TBA, TBD, N/A, not applicable, -, ""     ``none``               none
============================================  =====================  =========================

A *finish* is the last day the words name. Only a range has a start as well, and "from X" has a
start alone. Financial years are those of UK councils. Two digits stand for 20xx. Upper and lower
case, kinds of dash, apostrophe and blank, brackets around all of it and a full stop after it make
no difference. No result depends on the clock.

Wording beside a date that the table does not know ("March 2027, subject to funding") leaves the
reading ``part``; two dates that nothing joins, impossible days and ranges that end before they
start give no date. Each is told in a note, and nothing is put right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, Literal

from graphmodel.items import Planned
from graphmodel.moments import FIRST_YEAR, LAST_YEAR, finish_instant, start_instant
from graphmodel.stretches import (
    DateNote,
    Stretch,
    cut_third,
    find_stretches,
    fold,
    read_stretch,
)

__all__ = ["Partial", "parse_partial", "window_start"]

#: Whether the table knows all of the words, only a date among them, or nothing.
Reading = Literal["whole", "part", "none"]


@dataclass(frozen=True, slots=True)
class Partial:
    """What a wording says of when: dates for a plan, how much of it was read, and doubts.

    ``window`` is the first day of what the words name (a month's first day where the finish is its
    last), or ``None`` where they name no days.
    """

    planned: Planned
    reading: Reading = "whole"
    window: date | None = None
    notes: tuple[DateNote, ...] = ()


#: Characters of the longest wording the table is tried on; a longer text is only searched.
_LONGEST: Final = 200

_NONE: Final = frozenset(
    {
        *("", "-", "?", "n/a", "na", "none", "nil", "not applicable", "no date"),
        *("tbc", "to be confirmed", "tba", "to be agreed", "to be announced"),
        *("tbd", "to be determined", "to be decided"),
    }
)
_ONGOING = re.compile(
    r"(?P<word>on-?\s*going|continuous|continuing)"
    r"(?:[\s,:(-]*\b(?P<joint>from|since|to|until|till)\s+(?P<rest>.+))?",
    re.IGNORECASE,
)
_ONGOING_FIRST = re.compile(r"on-?\s*going\b", re.IGNORECASE)
_COMPLETED_FIRST = re.compile(r"completed\b", re.IGNORECASE)
_COMPLETE = re.compile(
    r"(?:now\s+|already\s+)?(?:completed?|done)\b(?!\s+by\b)"
    r"(?:[\s,:(-]*(?:\b(?:on|in|by)\s+)?(?P<rest>[^\s,:(-].*))?",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:(?:to\s+be\s+)?(?:completed?|delivered)\s+by|by|until|till|up\s+to|to|in|during|on|at|due"
    r"|target|expected|not?\s+later\s+than)\b[\s:]*(?:the\s+)?",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:(?P<lead>from|since|starting|commencing|after)\s+(?:in\s+)?)?(?P<rest>.+?)"
    r"(?P<tail>\s+onwards?|\s+on|\s+and\s+beyond)?",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"(?:before|prior\s+to)\s+(?P<rest>.+)", re.IGNORECASE)
_THIRD = re.compile(
    r"(?:the\s+)?(?P<part>early|mid|late|start|beginning|middle|end)"
    r"(?:[\s-]+(?:in|of)\b)?(?:\s+the\b)?[\s-]+",
    re.IGNORECASE,
)
_THIRDS: Final = {"start": "early", "beginning": "early", "middle": "mid"}
_JOINT = re.compile(r"\s*(?:-|/|\b(?:to|until|till|through)\b)\s*", re.IGNORECASE)
_RANGE_LEAD = re.compile(r"(?P<lead>from|between)\s+", re.IGNORECASE)
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_JOINED = re.compile(r"(?:^|\s)(?:to|until|till|-)\s*$", re.IGNORECASE)
_OPENED = re.compile(r"\b(?P<lead>from|since|after)\s+(?:in\s+|the\s+)*$", re.IGNORECASE)
_ONWARDS = re.compile(r"\s*(?:onwards?|and\s+beyond)\b", re.IGNORECASE)
_TAIL = re.compile(r"(?:(?<=[\s-])|^)\S+")
_BARE_YEAR = re.compile(r"\d{4}|\d\d")


def parse_partial(text: str) -> Partial:
    """Read the words a paper uses for when something happens; see the table above.

    Never raises: words without a date give ``precision`` ``none`` and ``reading`` ``none``, and
    everything doubtful is a note. ``planned.text`` keeps the words as they stand.
    """
    words = text.strip()
    return _parse(words)


def window_start(planned: Planned) -> date | None:
    """Return the first day of what planned dates name (DESIGN 5.3.5), ``None`` where they do not.

    That is the start where there is one, else the first day of the month, quarter, … that the
    words name; where a file gives no words that fit the finish, its ``precision`` speaks.
    """
    if planned.start is not None or planned.finish is None:
        return planned.start
    if planned.text is not None:
        partial = parse_partial(planned.text)
        if partial.planned.finish == planned.finish and partial.window is not None:
            return partial.window
    months = _MONTHS_BACK.get(planned.precision)
    if months is None:
        return planned.finish
    month = planned.finish.year * 12 + planned.finish.month - months
    return planned.finish.replace(year=month // 12, month=month % 12 + 1, day=1)


#: From the last month of a unit back to its first, counting months from 1.
_MONTHS_BACK: Final = {"month": 1, "season": 3, "quarter": 3, "half_year": 6, "year": 12}


@lru_cache(maxsize=4096)
def _parse(words: str) -> Partial:
    text = fold(words).strip().rstrip(".;,").rstrip()
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1].strip()
    known = (_read_words(text) or _read_dates(text)) if len(text) <= _LONGEST else None
    partial = known or _search(text)
    planned = partial.planned.model_copy(update={"text": words or None})
    return replace(partial, planned=planned)


def _read_words(text: str) -> Partial | None:
    """Read what is no date: none, ongoing, complete."""
    if text.casefold() in _NONE:
        return Partial(Planned())
    ongoing = _ONGOING.fullmatch(text)
    if ongoing is not None:
        return _read_ongoing(ongoing)
    complete = _COMPLETE.fullmatch(text)
    if complete is None:
        return None
    rest = (complete["rest"] or "").rstrip(")").rstrip()
    stretch = _read_unit(rest) if rest else None
    if isinstance(stretch, Stretch):
        planned = Planned(finish=stretch.last, precision="complete")
        return Partial(planned, "whole", stretch.first, _notes(stretch))
    return Partial(Planned(precision="complete")) if not rest else None


def _read_ongoing(match: re.Match[str]) -> Partial | None:
    notes = _spelling(match["word"])
    if match["rest"] is None:
        return Partial(Planned(precision="ongoing"), notes=notes)
    stretch = _read_unit(match["rest"].rstrip(")"))
    if not isinstance(stretch, Stretch):
        return None
    if match["joint"].lower() in {"from", "since"}:
        planned = Planned(start=stretch.first, precision="ongoing")
        return Partial(planned, "whole", stretch.first, notes + _notes(stretch))
    return replace(_finishing(stretch), notes=notes + _notes(stretch))


def _spelling(word: str) -> tuple[DateNote, ...]:
    if word.lower() == "ongoing" or not word.lower().startswith("on"):
        return ()
    return (DateNote("date-wording", "info", f'"{word}" is "ongoing" in another spelling'),)


def _read_dates(text: str) -> Partial | None:
    """Read a text that is a date, a range, or "from" a date, with the words of the table."""
    for read in (_read_single, _read_range, _read_open):
        result = read(text)
        if isinstance(result, DateNote):
            return Partial(Planned(), "whole", None, (result,))
        if result is not None:
            return result
    return None


def _read_single(text: str) -> Partial | DateNote | None:
    before = _BEFORE.fullmatch(text)
    if before is not None:
        stretch = _read_unit(before["rest"])
        return _ending_before(stretch) if isinstance(stretch, Stretch) else stretch
    bare = text
    for _ in range(3):  # "to be completed by no later than the"
        bare = _LEAD.sub("", bare, count=1) if _LEAD.match(bare) else bare
    stretch = _read_unit(bare)
    return _finishing(stretch) if isinstance(stretch, Stretch) else stretch


def _read_unit(text: str) -> Stretch | DateNote | None:
    """Read one date with nothing around it but early, mid, late, or end of."""
    third = _THIRD.match(text)
    if third is None:
        return read_stretch(text)
    stretch = read_stretch(text[third.end() :])
    return _cut(stretch, third["part"]) if isinstance(stretch, Stretch) else stretch


def _cut(stretch: Stretch, part: str) -> Stretch:
    part = part.lower()
    return stretch if part == "end" else cut_third(stretch, _THIRDS.get(part, part))


def _read_range(text: str) -> Partial | DateNote | None:
    lead = _RANGE_LEAD.match(text)
    bare = text[lead.end() :] if lead is not None else text
    joint = _AND if lead is not None and lead["lead"].lower() == "between" else _JOINT
    for match in joint.finditer(bare):
        left, right = bare[: match.start()], bare[match.end() :]
        finish = _read_unit(right)
        start = _read_unit(left)
        if start is None and isinstance(finish, Stretch):
            start = _borrow(left, right, finish)
        if start is not None and finish is not None:
            return _ranging(start, finish, text)
    return None


def _borrow(left: str, right: str, finish: Stretch) -> Stretch | DateNote | None:
    """Read ``left`` with the year, or the month and year, that ``right`` ends with."""
    for tail in reversed([right[match.start() :] for match in _TAIL.finditer(right)]):
        start = _read_unit(f"{left} {tail}")
        if isinstance(start, Stretch) and _follows(start, finish) and _BARE_YEAR.fullmatch(tail):
            start = _read_unit(f"{left} {int(tail) - 1:02}")
        if start is not None:
            return start
    return None


def _ranging(
    start: Stretch | DateNote, finish: Stretch | DateNote, text: str
) -> Partial | DateNote:
    if isinstance(start, DateNote):
        return start
    if isinstance(finish, DateNote):
        return finish
    if _follows(start, finish):
        return DateNote("range-reversed", "warning", f'"{text}" ends before it starts')
    planned = Planned(start=start.first, finish=finish.last, precision="range")
    return Partial(planned, "whole", start.first, _notes(start) + _notes(finish))


def _follows(start: Stretch, finish: Stretch) -> bool:
    """Return whether what should be the start lies after the finish; either may have a time."""
    return start_instant(start.first) >= finish_instant(finish.last)


def _read_open(text: str) -> Partial | DateNote | None:
    match = _FROM.fullmatch(text)
    if match is None or not (match["lead"] or match["tail"]):
        return None
    stretch = _read_unit(match["rest"])
    after = (match["lead"] or "").lower() == "after"
    return _opening(stretch, after=after) if isinstance(stretch, Stretch) else stretch


def _search(text: str) -> Partial:
    """Look for the dates in a text that has other words as well."""
    found = list(find_stretches(text))
    wrong = tuple(result for _, _, result in found if isinstance(result, DateNote))
    if wrong:
        return Partial(Planned(), "part", None, wrong)
    stretches = [(begin, end, one) for begin, end, one in found if isinstance(one, Stretch)]
    partial = _place(text, stretches) if stretches else _begin_in_words(text)
    if partial.planned.precision == "none":
        return partial
    note = DateNote("date-with-words", "info", f'"{text}" says more than a date')
    return replace(partial, reading="part", notes=(*partial.notes, note))


def _begin_in_words(text: str) -> Partial:
    """Return what a text without a date says first: that it is ongoing, or completed."""
    ongoing = _ONGOING_FIRST.match(text)
    if ongoing is not None:
        return Partial(Planned(precision="ongoing"), "part", None, _spelling(ongoing.group()))
    if _COMPLETED_FIRST.match(text):
        return Partial(Planned(precision="complete"), "part")
    note = DateNote("date-unread", "warning", f'"{text}" is not a date in any known wording')
    return Partial(Planned(), "none", None, (note,))


def _place(text: str, found: list[tuple[int, int, Stretch]]) -> Partial:
    """Return what one date, or two that belong together, mean among the words around them."""
    begin, end, first = found[0]
    before, after = text[:begin], text[end:]
    third = list(_THIRD.finditer(before))
    if third and third[-1].end() == len(before):
        first = _cut(first, third[-1]["part"])
    if len(found) == 1:
        opened = _OPENED.search(before)
        if opened is not None or _ONWARDS.match(after):
            return _opening(first, after=opened is not None and opened["lead"].lower() == "after")
        if re.search(r"\b(?:before|prior to)\s+$", before, re.IGNORECASE):
            return _ending_before(first)
        return _finishing(first)
    if len(found) == len("AB") and _JOINED.search(text[end : found[1][0]]):
        joined = _ranging(first, found[1][2], text)
        return (
            joined if isinstance(joined, Partial) else Partial(Planned(), "part", None, (joined,))
        )
    note = DateNote("date-ambiguous", "warning", f'"{text}" names several dates')
    return Partial(Planned(), "part", None, (note,))


def _finishing(stretch: Stretch) -> Partial:
    planned = Planned(finish=stretch.last, precision=stretch.precision)
    return Partial(planned, "whole", stretch.first, _notes(stretch))


def _ending_before(stretch: Stretch) -> Partial:
    day = stretch.first - timedelta(days=1)
    if day.year < FIRST_YEAR:
        return Partial(Planned(), "part", None, (_beyond(day),))
    return Partial(Planned(finish=day, precision=stretch.precision), notes=_notes(stretch))


def _opening(stretch: Stretch, *, after: bool) -> Partial:
    first = stretch.last + timedelta(days=1) if after else stretch.first
    if first.year > LAST_YEAR:
        return Partial(Planned(), "part", None, (_beyond(first),))
    return Partial(Planned(start=first, precision="from"), "whole", first, _notes(stretch))


def _beyond(day: date) -> DateNote:
    return DateNote("date-out-of-range", "warning", f"{day} is a year that no plan has: check it")


def _notes(stretch: Stretch) -> tuple[DateNote, ...]:
    return () if stretch.note is None else (stretch.note,)

"""One entry of a progress report taken apart: its title, what it says of its status, its dates.

1. The status follows a dash with a blank beside it ("… agreed - On track for March 2023"), if what
   follows begins like a status ("commenced", "due", "on hold", a date); behind a dash that is
   joined to the word before it ("… agreed- 2022 survey done") anything is one. Else it is a lone
   last word ("Commercial Strategy Commenced"), or a bracket that tells of a delay; among listed
   sub-actions also every sentence after the first.
2. Dates are read from a status, or from a later sentence that begins like one; a date after "slip
   to", "pushed to", "moved to" or "extended to" is a forecast.
3. A title that ends with a dash, or with a word that ends none ("of", "and", "new"), is cut off.
4. "due to" names a cause, unless an infinitive follows ("due to commence") or a body that is to
   receive something ("a report due to Cabinet in May").
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphmodel.items import Planned
from graphmodel.partial import parse_partial
from graphmodel.stretches import fold
from loaders.report_dates import add_years, read_when

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.items import Status
    from loaders.report_dates import When

__all__ = [
    "EntryParts",
    "find_cause",
    "find_sentences",
    "is_cut_off",
    "is_status",
    "read_later",
    "split_entry",
]

_CUE = re.compile(
    r"(?:[a-z]+\s+)?(?:commenced|completed?|in progress|in development|under\s?way|not started|on"
    r"[- ](?:track|hold|target|schedule)|due|scheduled|delayed|overdue|deferred|paused|postponed"
    r"|slipp|not (?:yet )?progressed|to be confirmed|date tb[acd]|tb[acd])\b",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s+[-\u2013\u2014]\s*|[-\u2013\u2014]\s+")
_LONE = re.compile(
    r"\s+(?P<status>commenced|in progress|on hold|delayed|overdue|not started)\W*$", re.IGNORECASE
)
_DELAY = re.compile(r"[\s-]*\((?=[^()]*\bdelay)[^()]*\)\W*$", re.IGNORECASE)
_LATER = re.compile(
    r"\b(?:slip(?:ped|s)?|pushed|moved|deferred|extended|postponed|put)(?: back)?"
    r" (?:to|until)\s+(?P<rest>[^.;]+)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-Z0-9\"'(\u2018\u201c])")
_INFINITIVES = (
    "be|commence|complete|start|begin|go|take|come|conclude|end|finish|report|attend|slip|move"
    "|happen|meet|return|run"
)
_CAUSE = re.compile(
    rf"(?:\bdue to|\bowing to|\bbecause of|\bas a result of|\bcaused by)\s+(?!(?:{_INFINITIVES})\b)"
    r"(?!(?:[\w&'-]+\s+){0,5}?(?:cabinet|council|board|committee|panel|team|scrutiny)"
    r"\s*(?:[.,;)]|$|(?:in|on|at|by|for|next|this)\b))"
    r"(?P<cause>[^;()]+?)(?=\s+leading to\b|\.(?:\s|$)|[;()]|$)",
    re.IGNORECASE,
)
_STATUSES: Final[tuple[tuple[Status, re.Pattern[str]], ...]] = (
    ("on_hold", re.compile(r"\bon hold\b|^paused\b", re.IGNORECASE)),
    ("complete", re.compile(r"^completed?\b", re.IGNORECASE)),
    (
        "in_progress",
        re.compile(
            r"\bcommenced\b|\bin progress\b|\bunder\s?way\b|\bbeing developed\b|\bongoing\b",
            re.IGNORECASE,
        ),
    ),
)
_OPEN_ENDS: Final = frozenset(
    {
        *("a", "an", "the", "and", "or", "of", "for", "to", "in", "on", "at", "by", "with", "from"),
        *("its", "their", "our", "new", "as", "into", "&"),
    }
)


@dataclass(frozen=True, slots=True)
class EntryParts:
    """An entry: its title, the words of its status, its dates, and how it stands."""

    title: str
    status_words: str = ""
    planned: Planned = field(default_factory=Planned)
    forecast: date | None = None
    status: Status = "not_started"
    without_year: tuple[str, ...] = ()
    cut_off: bool = False


def find_sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [one for one in _SENTENCE.split(text) if one]


def find_cause(text: str) -> str | None:
    """Return what a text says something is due to (rule 4), else ``None``."""
    match = _CAUSE.search(fold(text))
    return None if match is None else text[match.start("cause") : match.end("cause")].strip()


def read_later(text: str, report: date | None) -> When | None:
    """Return when a text says that something slips, or is pushed or moved, to (rule 2)."""
    later = _LATER.search(text)
    return None if later is None else read_when(later["rest"], report)


def is_cut_off(title: str) -> bool:
    """Return whether a title breaks off (rule 3)."""
    words = fold(title).split()
    return bool(words) and (words[-1].endswith("-") or words[-1].casefold() in _OPEN_ENDS)


def split_entry(text: str, report: date | None, *, listed: bool = False) -> EntryParts:
    """Take an entry apart; ``report`` is the month that dates without a year count from.

    ``listed`` says that it stands in a list of sub-actions, where comments follow the title.
    """
    title, status = _split(text.lstrip("* "), report, listed=listed)
    bare = title.rstrip(" -\u2013\u2014.:")
    cut = is_cut_off(title) and not status
    planned, forecast, added = _read_dates(status, report, listed=listed)
    first = find_sentences(status)[0] if status and listed else status
    stands: Status = "not_started"
    for name, form in reversed(_STATUSES):
        stands = name if form.search(first) else stands
    return EntryParts(bare or title, status, planned, forecast, stands, added, cut)


def _split(text: str, report: date | None, *, listed: bool) -> tuple[str, str]:
    """Return title and status (rule 1)."""
    for match in _SEPARATOR.finditer(text):
        title, rest = text[: match.start()], text[match.end() :]
        glued = not match.group()[0].isspace()
        if rest and title and (glued or is_status(rest, report)):
            return title, rest
    lone = _LONE.search(text)
    if lone is not None and not listed and lone.start() > 0:
        return text[: lone.start()], text[lone.start("status") :]
    delay = _DELAY.search(text)
    if delay is not None and delay.start() > 0:
        return text[: delay.start()], text[delay.start() :].strip(" -")
    sentences = find_sentences(text)
    if listed and len(sentences) > 1:
        return sentences[0], text[len(sentences[0]) :].strip()
    return text, ""


def is_status(text: str, report: date | None) -> bool:
    """Return whether a text begins like a status, or is a date (rule 1)."""
    if _CUE.match(text):
        return True
    expanded, _ = add_years(text, report)
    date_part = re.split(r"\s*[-;,(]\s*(?=[A-Za-z]{4,}\s*$|[a-z])|\.\s*$", expanded, maxsplit=1)[0]
    partial = parse_partial(date_part)
    dated = partial.planned.finish is not None or partial.planned.start is not None
    return partial.reading == "whole" and dated


def _read_dates(
    status: str, report: date | None, *, listed: bool
) -> tuple[Planned, date | None, tuple[str, ...]]:
    """Return planned dates, forecast, and the months without a year (rule 2)."""
    forecast = read_later(status, report)
    added: tuple[str, ...] = () if forecast is None else forecast.without_year
    end = None if forecast is None else forecast.planned.finish
    sentences = find_sentences(status) if listed else [status]
    for sentence in filter(None, sentences):
        if listed and not is_status(sentence, report):
            continue
        when = read_when(sentence, report)
        if when.planned.precision != "none":
            return when.planned, end, (*added, *when.without_year)
    return Planned(text=status or None), end, added

"""The summary of a theme: what it counts, what it lists, and the updates of its workstreams.

1. "Of the 16 main action areas, there are:" states how many actions there are, the bullets below it
   how many are red, amber and green; "Of the 7 actions with an amber risk rating:" opens a group.
2. "2 sub-actions have or will experience medium slippage …" counts too, and what stands below it on
   level 2 and deeper is its list, until the next count: on level 2 the action, on level 3 its
   sub-actions, deeper a comment. An action with nothing below it is listed itself; in "Action:
   sub-action" what stands below is a comment.
3. A heading that is not the summary's own opens the updates: headings, bullets, bullets below them.
4. Everything else is a remark on the theme.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from graphmodel.stretches import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from loaders.progress_table import Entry

__all__ = ["NUMBER", "Count", "Listed", "Summary", "Update", "read_number", "read_summary"]

Sort = Literal["slipping", "complete", "on_hold", "other"]

_WORDS: Final = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve"),
)
#: A number in a sentence, in digits or words.
NUMBER: Final = rf"(?P<number>\d+|no|none|{'|'.join(_WORDS)})"
_COLOUR = r"(?P<colour>red|amber|green)"
_RATING = rf"with an? {_COLOUR} (?:risk )?(?:rating|rag)"
_TOTAL = re.compile(
    rf"of the {NUMBER} (?:main )?(?:action areas?|actions?),? ?there (?:are|is)\W*", re.IGNORECASE
)
_COLOURED = re.compile(rf"{NUMBER} (?:main )?actions? {_RATING}\W*", re.IGNORECASE)
_GROUP = re.compile(rf"of the {NUMBER} (?:main )?actions? {_RATING}\W*", re.IGNORECASE)
_COUNTED = re.compile(
    rf"{NUMBER} (?:live )?(?P<what>sub[- ]?actions?|(?:main )?actions?)\b(?P<rest>.*)",
    re.IGNORECASE,
)
_SLIPPAGE = re.compile(r"\b(?P<grade>\w+) (?:level of )?slippage\b", re.IGNORECASE)
_PROMISE = re.compile(r"(?::|\brelates? to)$", re.IGNORECASE)
_OWN = re.compile(r"(?:summary|overall)(?: statement)?:?\s*", re.IGNORECASE)
_UPDATES = re.compile(r".*\bworkstreams? (?:updates?|summary)\W*", re.IGNORECASE)
_MEASURES: Final[tuple[tuple[str, Sort, re.Pattern[str]], ...]] = (
    ("not yet due", "other", re.compile(r"\bnot (?:yet )?due\b", re.IGNORECASE)),
    ("not yet rated", "other", re.compile(r"\bnot (?:yet )?been rated\b", re.IGNORECASE)),
    ("on hold", "on_hold", re.compile(r"\bon hold\b", re.IGNORECASE)),
    ("complete", "complete", re.compile(r"\b(?:completed?|closed)\b", re.IGNORECASE)),
    ("on track", "other", re.compile(r"\bon track\b", re.IGNORECASE)),
)

#: A paragraph in the updates that is no longer than this and has no stop is a heading.
_HEADING_WORDS: Final = 10


@dataclass(slots=True)
class Listed:
    """One action or sub-action of a list: ``action`` is what it is part of, if that is named."""

    action: Entry | None
    entry: Entry
    text: str
    comments: list[Entry] = field(default_factory=list)


@dataclass(slots=True)
class Count:
    """A number that a summary states: what of, in which group, and the list below it if any."""

    entry: Entry
    measure: str
    value: int
    sort: Sort = "other"
    colour: str | None = None
    grade: str | None = None
    listed: list[Listed] = field(default_factory=list)
    promises: bool = False
    restates: bool = False


@dataclass(slots=True)
class Update:
    """A bullet or paragraph of the updates under its heading; a heading has no ``topic``."""

    entry: Entry
    topic: str | None
    heading: bool = False


@dataclass(slots=True)
class Summary:
    """A summary taken apart, each part in the paper's order."""

    counts: list[Count] = field(default_factory=list)
    remarks: list[Entry] = field(default_factory=list)
    updates: list[Update] = field(default_factory=list)


def read_number(text: str) -> int | None:
    """Return the number that digits or a word from "zero" to "twelve" name."""
    word = text.casefold()
    if word.isdecimal():
        return int(word)
    if word in {"no", "none"}:
        return 0
    return _WORDS.index(word) if word in _WORDS else None


def read_summary(entries: Sequence[Entry]) -> Summary:
    """Take the entries of a summary apart; rules 1-4 above."""
    reader = _Reader()
    for place, entry in enumerate(entries):
        below = entries[place + 1].level if place + 1 < len(entries) else 0
        if reader.updating or _opens_updates(entry):
            reader.updating = True
            reader.read_update(entry, parent=0 < entry.level < below)
        else:
            reader.read_entry(entry)
    return reader.summary


class _Reader:
    """Which group and list the entries stand in, while they go by."""

    def __init__(self) -> None:
        self.summary = Summary()
        self.updating = False
        self.colour: str | None = None
        self.action: Entry | None = None
        self.topic: str | None = None
        self.list: Count | None = None

    def read_entry(self, entry: Entry) -> None:
        count = _read_count(entry, self.colour)
        if count is not None:
            self.summary.counts.append(count)
            self.list, self.action = count, None
            self.colour = count.colour if count.restates else self.colour
        elif entry.level > 1 and self.list is not None and self.list.measure not in _PLAIN:
            self.read_listed(entry, self.list)
        else:
            text = _OWN.sub("", entry.text) if _OWN.match(entry.text) else entry.text
            if text:
                entry.text = text
                self.summary.remarks.append(entry)

    def read_listed(self, entry: Entry, count: Count) -> None:
        """Read an entry of a list (rule 2)."""
        last = count.listed[-1] if count.listed else None
        if entry.level == len("AB"):
            head, _, rest = entry.text.rstrip(": ").partition(": ")
            action = entry if rest else None
            count.listed.append(Listed(action, entry, rest or head))
            self.action = entry
            return
        own = last is not None and last.entry is self.action
        if last is not None and (entry.level > len("ABC") or (own and last.action is not None)):
            last.comments.append(entry)
            return
        if own:
            count.listed.pop()
        count.listed.append(Listed(self.action, entry, entry.text))

    def read_update(self, entry: Entry, *, parent: bool) -> None:
        """Read an entry of the updates (rule 3)."""
        short = len(entry.text.split()) <= _HEADING_WORDS and entry.text[-1:] not in ".;!?"
        if (entry.level == 0 and (entry.strong or short)) or (entry.strong and parent):
            self.topic = entry.text.rstrip(":. ")
            self.summary.updates.append(Update(entry, None, heading=True))
        else:
            self.summary.updates.append(Update(entry, self.topic))


#: Counts below which nothing can be listed.
_PLAIN: Final = frozenset({"actions", "red", "amber", "green"})


def _opens_updates(entry: Entry) -> bool:
    if entry.level or _OWN.fullmatch(entry.text):
        return False
    return entry.strong or _UPDATES.fullmatch(entry.text) is not None


def _read_count(entry: Entry, colour: str | None) -> Count | None:
    text = fold(entry.text)
    match = _TOTAL.fullmatch(text)
    if match is not None:
        return Count(entry, "actions", _value(match))
    match = _GROUP.fullmatch(text)
    if match is not None:
        name = match["colour"].lower()
        return Count(entry, f"{name} again", _value(match), colour=name, restates=True)
    match = _COLOURED.fullmatch(text)
    if match is not None:
        return Count(entry, match["colour"].lower(), _value(match))
    match = _COUNTED.fullmatch(text)
    return None if match is None or entry.level > 1 else _read_counted(entry, match, colour)


def _read_counted(entry: Entry, match: re.Match[str], colour: str | None) -> Count:
    rest, what = match["rest"], match["what"].lower()
    kind = "sub-actions" if what.startswith("sub") else "actions"
    named = re.search(_RATING, rest, re.IGNORECASE)
    colour = named["colour"].lower() if named is not None else colour
    promises = _PROMISE.search(rest.strip()) is not None
    slippage = _SLIPPAGE.search(rest)
    if slippage is not None:
        grade = slippage["grade"].lower()
        measure = f"{kind} with {grade} slippage"
        return Count(entry, measure, _value(match), "slipping", colour, grade, promises=promises)
    for name, sort, form in _MEASURES:
        if form.search(rest):
            measure = f"{kind} {name}"
            return Count(entry, measure, _value(match), sort, colour, promises=promises)
    words = " ".join(re.findall(r"[\w'-]+", rest)[:8])
    return Count(entry, f"{kind} {words}".strip(), _value(match), colour=colour, promises=promises)


def _value(match: re.Match[str]) -> int:
    return read_number(match["number"]) or 0

"""What stands in the cell of an action: its id and words, and its milestones with their dates.

1. The action begins where a paragraph begins with an id, else where a sentence inside a paragraph
   begins with an id below its objective. What stands before is a preamble and is kept.
2. "Delivery milestones:" ends the action's words; the list after it holds the milestones. A list
   without these words holds milestones if one of its entries ends with a date.
3. The first paragraph of the action's words is its title, the others are notes.
4. A bullet is one milestone, whatever brackets it holds. Entries that nothing separates end at
   each bracket that holds a date and nothing else, if a capital, a digit or the end follows:
   brackets occur inside titles, and dates in brackets too.
5. A milestone's date is the bracket it ends with, which is no part of the title. Else it is a date
   that ends it after "by", "until", "before", a dash, a comma or a colon, and stays in the title.
6. An undated bullet of a list inside a list is a note on the milestone above it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from graphmodel.mentions import find_brackets, find_dates
from loaders.ids import find_printed_id, split_printed_id
from loaders.markup import read_parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from graphmodel.mentions import DateMention
    from graphmodel.partial import Partial
    from loaders.markup import Part

__all__ = ["ActionCell", "Entry", "read_action_cell", "read_entry", "split_entries"]

_MARK = re.compile(
    r"(?:\b(?:key|delivery|main|project)\s+)?\bmilestones\s*:"
    r"|^(?:(?:key|delivery|main|project)\s+)?milestones$",
    re.IGNORECASE,
)
_NO_MILESTONES: Final = frozenset({"n/a", "none", "not applicable", "tbc", "to be confirmed", "-"})
_AFTER_DATE = re.compile(r"\s*[.;,]?\s*(?=$|[A-Z0-9\"'\u2018\u201c(])")
_BY = re.compile(r"(?:by|until|before|due|not?\s+later)\b", re.IGNORECASE)
_SET_OFF = re.compile(r"(?:\s[-\u2013\u2014]|[,:])\s*$")
_END_MARKS = re.compile(r"[\s.;,]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """A milestone: its words in the paper, its title, its date if it has one.

    ``inner`` says that a bracket inside the title holds a date: perhaps it is two milestones.
    ``in_words`` says that the date is part of the title, because no bracket gives one.
    """

    words: str
    title: str
    partial: Partial | None = None
    inner: bool = False
    notes: tuple[str, ...] = ()
    in_words: bool = False


@dataclass(frozen=True, slots=True)
class ActionCell:
    """The cell of an action; ``printed_id`` is ``None`` where the paper gives none."""

    printed_id: str | None
    title: str
    preamble: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()


def read_action_cell(cell: str, objective: str) -> ActionCell:
    """Read the cell of an action below an objective; rules 1-6 above."""
    parts = list(read_parts(cell))
    printed, preamble, parts = _find_action(parts, objective)
    body, listed = _find_list(parts)
    title, *notes = [part.text for part in body] or [""]
    entries: list[Entry] = []
    for part in listed:
        if part.text.casefold().rstrip(".") in _NO_MILESTONES:
            notes.append(part.text)
        elif part.kind == "bullet":
            _add_bullet(entries, part)
        elif part.kind == "list" or not entries:
            entries.extend(read_entry(words) for words in split_entries(part.text))
        else:
            notes.append(part.text)
    return ActionCell(printed, title, preamble, tuple(notes), tuple(entries))


def _find_action(
    parts: list[Part], objective: str
) -> tuple[str | None, tuple[str, ...], list[Part]]:
    """Return the id, the paragraphs before it, and the parts from there on without it (rule 1)."""
    for place, part in enumerate(parts):
        split = split_printed_id(part.text)
        if split is not None:
            before = tuple(one.text for one in parts[:place])
            return split[0], before, _resume(parts, place, split[1])
    for place, part in enumerate(parts):
        found = find_printed_id(part.text, objective)
        if found is not None:
            before = (*(one.text for one in parts[:place]), found[0])
            return found[1], before, _resume(parts, place, found[2])
    return None, (), parts


def _resume(parts: list[Part], place: int, rest: str) -> list[Part]:
    first = [replace(parts[place], kind="text", text=rest)] if rest else []
    return first + parts[place + 1 :]


def _find_list(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """Return the parts that word the action, and those that list its milestones (rule 2)."""
    for place, part in enumerate(parts):
        mark = _MARK.search(part.text) if part.kind == "text" else None
        if mark is None:
            continue
        before, after = part.text[: mark.start()].strip(), part.text[mark.end() :].strip()
        body = [*parts[:place], *([replace(part, text=before)] if before else [])]
        return body, [*([replace(part, text=after)] if after else []), *parts[place + 1 :]]
    first = next((place for place, part in enumerate(parts) if part.kind != "text"), len(parts))
    listed = parts[first:]
    if any(read_entry(words).partial for part in listed for words in split_entries(part.text)):
        return list(parts[:first]), list(listed)
    return list(parts), []


def _add_bullet(entries: list[Entry], part: Part) -> None:
    entry = read_entry(part.text)
    if part.level > 1 and entry.partial is None and entries:  # rule 6
        above = entries[-1]
        entries[-1] = replace(above, notes=(*above.notes, part.text))
    else:
        entries.append(entry)


def split_entries(text: str) -> Iterator[str]:
    """Yield the entries of a stretch of a list that has no bullets (rule 4)."""
    begin = 0
    for bracket in find_brackets(text):
        after = _AFTER_DATE.match(text, bracket.end)
        if after is not None and bracket.begin > begin:
            yield text[begin : after.end()].strip()
            begin = after.end()
    if text[begin:].strip():
        yield text[begin:].strip()


def read_entry(words: str) -> Entry:
    """Read one milestone (rule 5)."""
    brackets = list(find_brackets(words))
    last = brackets[-1] if brackets else None
    if last is not None and _ends_at(words, last.end) and words[: last.begin].strip():
        return Entry(words, words[: last.begin].strip(), last.partial, len(brackets) > 1)
    date = next(iter(find_dates(words)[-1:]), None)
    if date is not None and _ends_at(words, date.end) and _is_due(words, date):
        return Entry(words, words, date.partial, in_words=True)
    return Entry(words, words)


def _is_due(words: str, date: DateMention) -> bool:
    """Return whether a date says when, and not what for: "by June 2026", not "for 2026/27"."""
    if date.partial.reading != "whole" or date.partial.planned.precision == "year":
        return False
    return bool(_BY.match(words, date.begin) or _SET_OFF.search(words, 0, date.begin))


def _ends_at(words: str, place: int) -> bool:
    return _END_MARKS.fullmatch(words, place) is not None

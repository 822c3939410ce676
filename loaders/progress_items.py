"""From the lists of a theme to its items: actions, sub-actions, milestones (kinds of DESIGN 2).

1. A list's bold action is an action of its group's colour; its sub-actions are activities below
   it, with the grade of the list ("medium", "significant"), or complete, or on hold.
2. A milestone that has the title of a listed sub-action is that sub-action: one item, which takes
   the milestone's title and date and keeps the grade; the first statement goes to its history.
3. A milestone listed as complete and a sub-action listed as slipping contradict each other: that is
   told, and the status of the milestones' list is kept.
4. A sub-action that is listed in two themes is two items; the second names the first in
   ``x_same_as``, so that a common cause can count it once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from graphmodel.items import HistoryEntry, Planned
from loaders.progress_entries import EntryParts, find_cause, is_cut_off, read_later, split_entry
from loaders.text import shorten
from loaders.titles import fits_title, fold_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from loaders.progress_draft import ProgressDraft
    from loaders.progress_lists import Count, Listed
    from loaders.progress_table import Entry

T = TypeVar("T")

__all__ = ["Told", "add_listed", "add_milestones", "mark_same"]

_DONE: Final = frozenset({"complete", "completed", "achieved", "done"})
_OPEN: Final = frozenset({"open", "upcoming", "live", "next", "current", "in progress"})
_RATED = re.compile(r"\b(red|amber|green)[- ]rated\b", re.IGNORECASE)
_ALIAS = re.compile(
    r"\b(?:redefined|renamed|rebranded|now known) (?:as|to)\s+([A-Z]\w*(?:\s[A-Z]\w*)*)"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A text that says something of an item, for the sentences of order in it."""

    theme: str
    item: str | None
    line: int
    text: str
    topic: str = ""


def add_listed(draft: ProgressDraft, theme: str, count: Count) -> list[Told]:
    """Add what one count of a summary lists (rules 1 and 4)."""
    told: list[Told] = []
    for listed in count.listed:
        parent = theme
        if listed.action is not None:
            parent = _find_action(draft, theme, listed.action, count)
        name = _add_sub_action(draft, parent, listed, count)
        told.append(Told(theme, name, listed.entry.line, listed.text))
        for comment in listed.comments:
            draft.report_joins(comment)
            draft.note(name, comment.line, comment.text)
            told.append(Told(theme, name, comment.line, comment.text))
    return told


def _find_action(draft: ProgressDraft, theme: str, entry: Entry, count: Count) -> str:
    """Return the action an entry names, added if it is new; each is added once."""
    title = entry.text.rstrip(": ").partition(": ")[0].rstrip(".")
    for item in draft.items.values():
        if item.parent == theme and item.kind == "action" and _same(item.title, title):
            first = item.source
            if first is None or (first.line, first.quote) != (entry.line, entry.text):
                draft.note(item.id, entry.line, entry.text)
            return item.id
    name = draft.next_id(theme)
    draft.report_joins(entry)
    return draft.put(name, "action", title, theme, entry.line, entry.text, rag=count.colour)


def _add_sub_action(draft: ProgressDraft, parent: str, listed: Listed, count: Count) -> str:
    entry = listed.entry
    done = count.sort == "complete"
    parts = (
        EntryParts(listed.text.strip("*: "), status="complete")
        if done
        else split_entry(listed.text, draft.report_day, listed=True)
    )
    own = count.measure.startswith("actions") and listed.action is None
    name = draft.next_id(parent)
    if listed.action is not entry:
        draft.report_joins(entry)
    rated = _RATED.search(listed.text)
    cause = find_cause(parts.status_words) or _first(
        find_cause(one.text) for one in listed.comments
    )
    notes = {"x_note": parts.status_words} if parts.status_words else {}
    draft.put(
        name,
        "action" if own else "activity",
        parts.title,
        parent,
        entry.line,
        entry.text,
        planned=parts.planned,
        forecast=parts.forecast or _later(draft, listed),
        status="on_hold" if count.sort == "on_hold" else parts.status,
        grade=count.grade,
        rag=rated[1].lower() if rated else (count.colour if own else None),
        cause=cause if count.sort == "slipping" else None,
        **notes,
    )
    draft.report_years(name, parts.without_year, entry.line)
    theme = draft.theme_of(name)
    draft.names.add(name, theme, parts.title)
    alias = _ALIAS.search(parts.status_words)
    if alias is not None:
        draft.names.add(name, theme, alias[1])
    if parts.cut_off:
        draft.report_cut(name, parts.title, entry.line)
    return name


def _later(draft: ProgressDraft, listed: Listed) -> date | None:
    """Return the day that a comment says a listed thing slips to."""
    found = (read_later(one.text, draft.report_day) for one in listed.comments)
    return _first(when.planned.finish for when in found if when is not None)


def add_milestones(draft: ProgressDraft, theme: str, entries: Sequence[Entry]) -> list[Told]:
    """Add the key milestones of a theme, those behind "Complete:" as complete (rules 2 and 3)."""
    done = False
    listed = [one for one in draft.items if draft.theme_of(one) == theme and "." in one]
    told: list[Told] = []
    for entry in entries:
        label = entry.text.rstrip(": ").casefold()
        draft.report_joins(entry)
        if label in _DONE or label in _OPEN:
            done = label in _DONE
            continue
        name = _add_milestone(draft, theme, entry, listed, done=done)
        told.append(Told(theme, name, entry.line, entry.text))
    return told


def _add_milestone(
    draft: ProgressDraft, theme: str, entry: Entry, listed: list[str], *, done: bool
) -> str:
    parts = _complete(entry.text) if done else split_entry(entry.text, draft.report_day)
    twin = next((one for one in listed if _is_twin(draft, one, parts.title)), None)
    _report_again(draft, theme, parts, entry.line, twin)
    if twin is not None:
        listed.remove(twin)
        name = _merge(draft, twin, parts, entry)
    else:
        name = draft.put(
            draft.next_id(theme),
            "milestone",
            parts.title,
            theme,
            entry.line,
            entry.text,
            planned=parts.planned,
            forecast=parts.forecast,
            status=parts.status,
        )
    draft.names.add(name, theme, parts.title)
    draft.report_years(name, parts.without_year, entry.line)
    if parts.cut_off:
        draft.report_cut(name, parts.title, entry.line)
    return name


def _complete(text: str) -> EntryParts:
    title = text.strip("* ")
    bare = title.rstrip(" -\u2013\u2014.")
    planned = Planned(precision="complete")
    return EntryParts(bare or title, "", planned, None, "complete", cut_off=is_cut_off(title))


def _is_twin(draft: ProgressDraft, item: str, title: str) -> bool:
    known = draft.items[item]
    return known.kind == "activity" and (
        fits_title(title, item, known.title) or fits_title(known.title, item, title)
    )


def _merge(draft: ProgressDraft, twin: str, parts: EntryParts, entry: Entry) -> str:
    """Make a listed sub-action the milestone it is (rules 2 and 3)."""
    item = draft.items[twin]
    said = HistoryEntry(
        as_of=draft.report_day,
        planned=item.planned if item.planned.precision != "none" else None,
        grade=item.grade,
        cause=item.cause,
        text=item.source.quote if item.source is not None else None,
        source=item.source,
    )
    if (item.status == "complete") != (parts.status == "complete"):
        first = "complete" if item.status == "complete" else f"slipping ({item.grade})"
        second = "complete" if parts.status == "complete" else "open"
        line = item.source.line if item.source is not None else None
        message = (
            f'{twin} "{shorten(item.title)}" is listed as {first} on line {line}, and as {second} '
            "among the milestones: the milestones' status is kept."
        )
        draft.report("status-contradiction", "warning", message, entry.line, (twin,))
    draft.change(
        twin,
        kind="milestone",
        title=parts.title,
        planned=parts.planned if parts.planned.precision != "none" else item.planned,
        forecast=parts.forecast or item.forecast,
        status=parts.status if parts.status != "not_started" else _still_open(item.status),
        source=draft.source(entry.line, entry.text),
        history=(said, *item.history),
        **({"x_status": parts.status_words} if parts.status_words else {}),
    )
    return twin


def _still_open(status: str) -> str:
    return "not_started" if status == "complete" else status


def _report_again(
    draft: ProgressDraft, theme: str, parts: EntryParts, line: int, twin: str | None
) -> None:
    """Tell a milestone that the theme lists a second time, and one that is open and complete."""
    for item in draft.items.values():
        if item.kind != "milestone" or item.id == twin or draft.theme_of(item.id) != theme:
            continue
        if not _same(item.title, parts.title):
            continue
        if (item.status == "complete") != (parts.status == "complete"):
            message = f'"{shorten(parts.title)}" is listed both as open and as complete.'
            draft.report("status-contradiction", "warning", message, line, (item.id,))
        else:
            message = f'"{shorten(parts.title)}" is listed twice among the milestones.'
            draft.report("listed-twice", "warning", message, line, (item.id,))


def mark_same(draft: ProgressDraft) -> None:
    """Tell slipping items that stand in two lists, and let the second name the first (rule 4)."""
    first: dict[str, str] = {}
    for item in list(draft.items.values()):
        if item.grade is None:
            continue
        known = first.setdefault(fold_title(item.title), item.id)
        if known != item.id:
            draft.change(item.id, x_same_as=known)
            message = (
                f'{item.id} "{shorten(item.title)}" is listed in {draft.theme_of(known)} as well '
                f"({known}): both are kept, and a cause that hits both hits {known} alone."
            )
            line = item.source.line if item.source is not None else None
            draft.report("listed-twice", "info", message, line, (item.id, known))


def _same(one: str, other: str) -> bool:
    return fold_title(one) == fold_title(other)


def _first(values: Iterable[T | None]) -> T | None:
    return next((one for one in values if one is not None), None)

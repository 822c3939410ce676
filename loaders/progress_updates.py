"""What a progress report says of items outside its lists: achievements, workstream updates.

1. An achievement is complete at the end of the month it stands under. A month outside the period
   that the head names is told, and so is an achievement whose milestone is still open.
2. An update that repeats the title of an item of its theme, before a dash, colon or verb, belongs
   to that item; the rest to the theme. Each keeps its heading in ``x_workstream``.
3. An item without a date takes the one that such an update schedules it for.
4. An update that tells a delay and its cause, "(delay due to …)", concerns the item it means, found
   under its heading too; where there is none, it is an item itself.
5. A slipping item without a stated cause takes what its comment, or the update on it, says first.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from graphmodel.moments import add_months
from loaders.named_items import find_subject
from loaders.progress_entries import find_cause, find_sentences, is_status, split_entry
from loaders.progress_items import Told
from loaders.report_dates import find_month, read_when
from loaders.text import shorten
from loaders.titles import fold_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from graphmodel.items import Item
    from loaders.common_causes import CommonCauses
    from loaders.progress_draft import ProgressDraft
    from loaders.progress_lists import Update
    from loaders.progress_table import Entry

__all__ = ["add_achievements", "add_updates", "find_lead", "report_missing_causes"]

_DELAY = re.compile(r"\b(?:delay|slip|push|postpon|put back|defer)", re.IGNORECASE)
_PLANS = re.compile(r"\b(?:scheduled|due|planned|on track|to be \w+|will be \w+)\b", re.IGNORECASE)
_PREFIX = re.compile(r"(?P<topic>[^:.]{3,60}):\s+(?P<rest>\S.*)", re.DOTALL)
_LEADS = re.compile(r"\s[-\u2013\u2014]\s|:\s|\.\s")
_DEPENDS = re.compile(r"\b(?:dependent|reliant|contingent) (?:up)?on\b", re.IGNORECASE)
_ACHIEVED: Final = frozenset(
    {
        *("approved", "agreed", "complete", "completed", "launched", "implemented", "published"),
        *("in", "place", "live", "now", "delivered", "has", "been", "is", "gone"),
    }
)


def add_achievements(
    draft: ProgressDraft, theme: str, entries: Sequence[Entry], period: frozenset[int]
) -> None:
    """Keep the achievements of a theme with their month; ``period`` are months by number."""
    label: Entry | None = None
    month: int | None = None
    used = True
    for entry in entries:
        draft.report_joins(entry)
        number = find_month(entry.text)
        if number is not None:
            _report_unused(draft, label, used=used)
            label, month, used = entry, number, False
            if period and number not in period:
                message = f"{entry.text.rstrip(':. ')} lies outside the period of the achievements."
                draft.report("outside-period", "warning", message, entry.line, (theme,))
            continue
        fields = {} if label is None else {"x_month": label.text}
        used = used or (label is not None and label.line == entry.line)
        day = None if month is None else _end_of(month, draft.report_day)
        draft.note(theme, entry.line, entry.text, as_of=day or draft.report_day, **fields)
        _report_achieved(draft, theme, entry)
    _report_unused(draft, label, used=used)


def _report_unused(draft: ProgressDraft, label: Entry | None, *, used: bool) -> None:
    if label is not None and not used:
        message = f'"{label.text}" is a month with nothing below it on its page.'
        draft.report("not-placed", "info", message, label.line)


def _end_of(month: int, report: date | None) -> date | None:
    """Return the last day of the latest such month that is not after the report's."""
    if report is None:
        return None
    year = report.year - (month > report.month)
    return add_months(report.replace(year=year, month=month, day=1), 1) - timedelta(days=1)


def _report_achieved(draft: ProgressDraft, theme: str, entry: Entry) -> None:
    said = fold_title(entry.text)
    for item in draft.items.values():
        if item.kind != "milestone" or item.status == "complete":
            continue
        title = fold_title(item.title)
        if draft.theme_of(item.id) != theme or not said.startswith(title):
            continue
        rest = set(said[len(title) :].split())
        if rest <= _ACHIEVED:
            where = item.source.line if item.source is not None else None
            message = (
                f'"{shorten(entry.text)}" stands among the achievements, and {item.id} is still '
                f"open among the milestones (line {where})."
            )
            draft.report("achieved-but-open", "warning", message, entry.line, (item.id,))


def add_updates(
    draft: ProgressDraft, theme: str, updates: Iterable[Update], causes: CommonCauses
) -> list[Told]:
    """Keep the updates of a theme (rules 2 to 5); returns them for the order they state."""
    told: list[Told] = []
    for update in updates:
        entry = update.entry
        draft.report_joins(entry)
        if update.heading:
            draft.note(theme, entry.line, entry.text)
            continue
        split = _PREFIX.fullmatch(entry.text)
        topic = f"{update.topic or ''} {split['topic'] if split else ''}".strip()
        item = _find_item(draft, theme, entry.text)
        field = {"x_workstream": update.topic} if update.topic else {}
        draft.note(item or theme, entry.line, entry.text, **field)
        if item is not None:
            _take_date(draft, item, entry)
        late = _keep_cause(draft, theme, entry, topic, causes)
        if item is not None and item != late:
            _take_reason(draft, item, entry.text)
        told.append(Told(theme, item or late, entry.line, entry.text, topic))
    return told


def find_lead(text: str) -> str:
    """Return the words before the first dash, colon, full stop or verb of an update."""
    split = _PREFIX.fullmatch(text)
    if split is not None:
        return split["topic"]
    return find_subject(split_entry(text, None, listed=True).title)


def _find_item(draft: ProgressDraft, theme: str, text: str) -> str | None:
    whole = split_entry(text, None, listed=True).title
    return draft.names.find_own(whole, theme) or draft.names.find_own(find_lead(text), theme)


def _keep_cause(
    draft: ProgressDraft, theme: str, entry: Entry, topic: str, causes: CommonCauses
) -> str | None:
    """Give the item that an update means the cause it tells; return the item (rule 4)."""
    cause = find_cause(entry.text)
    if cause is None:
        return None
    lead = find_lead(entry.text)
    item = draft.names.find(lead, theme, topic, without=draft.complete)
    if item is None and _DELAY.search(entry.text):
        item = _add_late(draft, theme, entry, lead)
    if item is None:
        return None
    if draft.items[item].cause is None:
        draft.change(item, cause=cause)
    _take_date(draft, item, entry)
    causes.add(cause, item, draft.source(entry.line, entry.text))
    return item


def _add_late(draft: ProgressDraft, theme: str, entry: Entry, lead: str) -> str:
    when = read_when(entry.text, draft.report_day)
    name = draft.next_id(theme)
    draft.put(name, "activity", lead, theme, entry.line, entry.text, planned=when.planned)
    draft.report_years(name, when.without_year, entry.line)
    draft.names.add(name, theme, lead)
    return name


def _take_date(draft: ProgressDraft, item: str, entry: Entry) -> None:
    """Give an item without a date the one that an update schedules it for (rule 3)."""
    known = draft.items[item]
    if known.planned.precision != "none" or known.status == "complete":
        return
    for sentence in find_sentences(entry.text):
        if not _PLANS.search(sentence):
            continue
        when = read_when(sentence, draft.report_day)
        if when.planned.precision != "none":
            draft.change(item, planned=when.planned)
            draft.report_years(item, when.without_year, entry.line)
            return


def _take_reason(draft: ProgressDraft, item: str, text: str) -> None:
    """Give a slipping item without a cause what the update on it says first (rule 5)."""
    known = draft.items[item]
    if known.grade is None or known.cause is not None:
        return
    split = _LEADS.search(text)
    reasons = [] if split is None else find_sentences(text[split.end() :])
    if reasons:
        draft.change(item, cause=reasons[0].rstrip("."))


def report_missing_causes(draft: ProgressDraft) -> None:
    """Keep the causes of slipping items, and tell which of them have none (rule 5)."""
    for item in list(draft.items.values()):
        if item.grade is None:
            continue
        cause = item.cause or _find_reason(item, draft.report_day)
        if cause is None:
            message = f'{item.id} "{shorten(item.title)}" slips, and the paper does not say why.'
            line = item.source.line if item.source is not None else None
            draft.report("cause-missing", "warning", message, line, (item.id,))
        elif item.cause is None:
            draft.change(item.id, cause=cause)


def _find_reason(item: Item, report: date | None) -> str | None:
    """Return what an item is said to depend on, else its first comment."""
    note = (item.model_extra or {}).get("x_note") or ""
    texts = [*find_sentences(note), *(one.text or "" for one in item.history if one.grade is None)]
    said = [one.rstrip(".") for text in texts for one in find_sentences(text)[:1]]
    said = [text for text in said if text and not is_status(text, report)]
    return next((text for text in said if _DEPENDS.search(text)), said[0] if said else None)

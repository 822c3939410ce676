"""The actions that an update report tells one by one: those that slip, and those not started.

1. An action is named with its number in brackets, "Improve the harbour (1.4) - …", which is its id;
   the second of one number is kept as ``1.4~2``.
2. ``planned`` and ``due`` are the date that holds now: the original one, or the last that it was
   revised to. What held before is in ``history``. A re-profile is proposed to the board, so its
   date is the ``forecast`` and replaces nothing.
3. The grade is the status of the table that counts as many actions as are listed.
4. A theme that names an action's number in brackets, or prints its own number before its title
   ("4 Safe harbours" for 4.2), is the action's theme; otherwise the paper does not say it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from graphmodel.items import HistoryEntry, Item, Planned
from loaders.ids import make_slug
from loaders.progress_entries import find_cause, find_sentences
from loaders.reprofiles import read_reprofile
from loaders.text import shorten

if TYPE_CHECKING:
    from datetime import date

    from loaders.draft import Draft
    from loaders.reprofiles import Reprofile
    from loaders.update_entries import UpdateEntry

__all__ = ["NUMBERED", "add_named", "add_slipping", "add_theme"]

NUMBERED = re.compile(r"\((?P<id>\d{1,2}\.\d{1,2}[a-z]?)\)\.?")
_DASH = " -\u2013\u2014.:;,"
_REASONS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\bdeferred until\b",
        r"\bpaused\b",
        r"\bpending\b",
        r"\bdelayed (?:by|while|until)\b",
        r"\bnot yet\b",
        r"\bawaiting\b",
    )
)
_OPENING = re.compile(r"(?:this|it|that) (?:is|concerns) (?:an? |the )?", re.IGNORECASE)
_ABOUT = re.compile(
    r".*\b(?:reflecting|to reflect|covering|regarding|concerning) (?:the )?", re.IGNORECASE
)
_LABEL = re.compile(r"(?P<label>\d{1,2})[.):]?\s+(?P<title>\S.*)")


def add_theme(draft: Draft, entry: UpdateEntry, as_of: date | None) -> str:
    """Add a theme from a bullet that begins with its title; the rest is said of it."""
    title, rest = _split_theme(entry)
    label = _LABEL.fullmatch(title)
    bare = label["title"] if label is not None else title
    name = draft.claim(make_slug(bare) or "theme", entry.line)
    values: dict[str, Any] = {
        "id": name,
        "kind": "theme",
        "title": bare or name,
        "label": label["label"] if label is not None else None,
        "source": draft.source(entry.line, title),
    }
    if rest:
        said = HistoryEntry(as_of=as_of, text=rest, source=draft.source(entry.line, rest))
        values["history"] = (said,)
    draft.add(Item.model_validate(values))
    return name


def _split_theme(entry: UpdateEntry) -> tuple[str, str]:
    if entry.strong is not None and entry.text.startswith(entry.strong):
        return entry.strong.strip(_DASH), entry.text[len(entry.strong) :].lstrip(_DASH)
    title, _, rest = re.sub(r"\s[-\u2013\u2014]\s", "\n", entry.text, count=1).partition("\n")
    return title.strip(_DASH), rest.strip()


def add_slipping(draft: Draft, entry: UpdateEntry, report: date | None, grade: str) -> str:
    """Add an action that slips, with its dates, grade and cause (rules 1 to 3)."""
    number = NUMBERED.search(entry.text)
    begin, end = number.span() if number is not None else _find_end(entry.text)
    title, rest = entry.text[:begin].strip(_DASH), entry.text[end:].lstrip(_DASH)
    name = _claim(draft, number, entry.line, title)
    dates = read_reprofile(rest, report)
    current = dates.current or Planned()
    draft.add(
        Item.model_validate(
            {
                "id": name,
                "kind": "action",
                "title": title or name,
                "planned": current,
                "due": current.finish,
                "forecast": dates.proposed and dates.proposed.finish,
                "status": "in_progress",
                "grade": grade,
                "cause": _find_reason(rest),
                "history": tuple(_earlier(draft, entry, one) for one in dates.earlier),
                "source": draft.source(entry.line, entry.text),
                **({"x_note": rest} if rest else {}),
                **({"x_proposed": dates.proposed.text} if dates.proposed is not None else {}),
            }
        )
    )
    _report_dates(draft, name, entry.line, dates)
    return name


def _find_end(text: str) -> tuple[int, int]:
    dash = re.search(r"\s[-\u2013\u2014]\s", text)
    return dash.span() if dash is not None else (len(text), len(text))


def _claim(draft: Draft, number: re.Match[str] | None, line: int, title: str) -> str:
    if number is not None:
        return draft.claim(number["id"], line)
    name = draft.claim(make_slug(title) or "action", line)
    message = f'"{shorten(title)}" has no number: it is kept as {name}.'
    draft.report("id-missing", "warning", message, line, (name,))
    return name


def _earlier(draft: Draft, entry: UpdateEntry, planned: Planned) -> HistoryEntry:
    quote = next((one for one in find_sentences(entry.text) if (planned.text or "") in one), None)
    source = draft.source(entry.line, quote or entry.text)
    return HistoryEntry(planned=planned, due=planned.finish, text=planned.text, source=source)


def _find_reason(text: str) -> str | None:
    """Return what an action waits for or is held by: what it is due to, else the sentence."""
    cause = find_cause(text)
    if cause is not None:
        return cause
    sentences = find_sentences(text)
    found = (one for form in _REASONS for one in sentences if form.search(one))
    return next(found, "").rstrip(".") or None


def _report_dates(draft: Draft, name: str, line: int, dates: Reprofile) -> None:
    if dates.current is None:
        message = f"{name} slips, and the paper does not say from which date."
        draft.report("original-missing", "warning", message, line, (name,))
    if dates.proposed is None:
        message = f"{name} slips, and the paper proposes no new date."
        draft.report("proposed-missing", "warning", message, line, (name,))
    if draft.items[name].cause is None:
        message = f"{name} slips, and the paper does not say why."
        draft.report("cause-missing", "warning", message, line, (name,))
    if dates.without_year:
        months = " and ".join(dict.fromkeys(dates.without_year))
        message = f"{name}: {months} has no year of its own and takes it from the dates beside it."
        draft.report("date-without-year", "info", message, line, (name,))


def add_named(draft: Draft, entry: UpdateEntry) -> list[str]:
    """Add the actions that a paragraph names by their numbers and no list holds, not started."""
    added: list[str] = []
    for sentence in find_sentences(entry.text):
        for match in NUMBERED.finditer(sentence):
            if match["id"] in draft.items:
                continue
            bare = _OPENING.sub("", sentence[: match.start()], count=1)
            title = _ABOUT.sub("", bare, count=1).strip(_DASH)
            values = {
                "id": match["id"],
                "kind": "action",
                "title": title or match["id"],
                "source": draft.source(entry.line, sentence),
                "x_note": sentence,
            }
            draft.add(Item.model_validate(values))
            added.append(match["id"])
    return added

"""The text of an update report as entries: headings, numbered paragraphs, bullets below them.

1. "4.8 There are …", with or without a dash before it, is a paragraph with its number; a dash or a
   bullet sign alone begins a bullet of the paragraph above it.
2. A line in capitals, or a short line without a stop after an empty one, is a heading.
3. Any other line goes on with the entry above it if that one has not ended in a full stop, even
   over an empty line (a page ended there); else it is a paragraph of its own.
4. Rows of tables are kept apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from loaders.text import clean, split_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["UpdateEntry", "read_entries", "walk"]

_RULE = re.compile(r"[\s|:]*-{2,}[-\s|:]*")
_NUMBERED = re.compile(r"\s*(?:[-*\u2022]\s+)?(?P<number>\d{1,2}\.\d{1,2})\.?\s+(?P<text>\S.*)")
_BULLET = re.compile(r"\s*[-*\u2022\u25aa\u25cb]\s+(?P<text>\S.*)")
_STOP = re.compile(r"[.:;!?\u2026][\"'\u2019\u201d)*]*$")
_HEADING = re.compile(r"[A-Z0-9\"'(\u2018\u201c][^.,;:]*")
_STRONG = re.compile(r"\*\*|__")

_HEADING_WORDS = 12


@dataclass(slots=True)
class UpdateEntry:
    """An entry: its line, kind, number if it has one, its words, and the bullets below it.

    ``strong`` are the bold words it begins with (``**Harbour** - …``).
    """

    line: int
    kind: Literal["heading", "paragraph", "bullet", "row"]
    text: str
    number: str | None = None
    strong: str | None = None
    bullets: list[UpdateEntry] = field(default_factory=list)
    continued: list[tuple[int, str]] = field(default_factory=list)


def read_entries(text: str) -> list[UpdateEntry]:
    """Return the entries of a text in order, bullets below their paragraphs (rules 1-4)."""
    entries: list[UpdateEntry] = []
    last: UpdateEntry | None = None
    blank = True
    for number, line in enumerate(split_lines(text), start=1):
        words = clean(line)
        if not words or _RULE.fullmatch(line):
            blank = True
            continue
        entry = _read_line(number, line, blank=blank)
        if entry is None and last is not None and not _STOP.search(last.text):
            last.text = f"{last.text} {_plain(words)}"
            last.continued.append((number, _plain(words)))
        else:
            last = entry or UpdateEntry(number, "paragraph", _plain(words))
            _place(entries, last)
        blank = False
        last = None if last.kind in {"row", "heading"} else last
    return entries


def _read_line(number: int, line: str, *, blank: bool) -> UpdateEntry | None:
    if "\t" in line and clean(line):
        return UpdateEntry(number, "row", line)
    numbered = _NUMBERED.fullmatch(line)
    if numbered is not None:
        text = numbered["text"]
        return UpdateEntry(number, "paragraph", _plain(text), numbered["number"], _bold(text))
    bullet = _BULLET.fullmatch(line)
    if bullet is not None:
        return UpdateEntry(number, "bullet", _plain(bullet["text"]), None, _bold(bullet["text"]))
    words = _plain(clean(line).lstrip("# "))
    short = len(words.split()) <= _HEADING_WORDS and _HEADING.fullmatch(words) is not None
    return UpdateEntry(number, "heading", words) if short and blank else None


def _place(entries: list[UpdateEntry], entry: UpdateEntry) -> None:
    if entry.kind == "bullet":
        above = next((one for one in reversed(entries) if one.kind != "row"), None)
        if above is not None and above.kind == "paragraph":
            above.bullets.append(entry)
            return
    entries.append(entry)


def _plain(text: str) -> str:
    return clean(_STRONG.sub("", text))


def _bold(text: str) -> str | None:
    match = re.match(r"\s*(?:\*\*|__)(.+?)(?:\*\*|__)", text)
    return None if match is None else clean(match[1])


def walk(entries: list[UpdateEntry]) -> Iterator[UpdateEntry]:
    """Yield every entry with its bullets, in order."""
    for entry in entries:
        yield entry
        yield from entry.bullets

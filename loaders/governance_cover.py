"""The first page of a council report: its table of title, officers and recommendations.

1. A label may be cut in two cells ("Dire", "ector(s)/"), and go on in the row below together with
   its value; an entry such as "Wards affected: All" may stand in a cell of its own.
2. What stands below "Recommendation(s):" is the recommendations.
3. An officer is a name, a comma and a title; the office is what the plan keeps, the name with it.
4. A heading "Body - date" is the meeting that the paper goes to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphmodel.partial import parse_partial
from loaders.governance_labels import read_cover_field
from loaders.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from loaders.blocks import Row
    from loaders.draft import Draft
    from loaders.governance_labels import CoverField
    from loaders.statements import Section

__all__ = ["Cover", "Entry", "Meeting", "find_meeting", "read_cover"]

_SIDE: Final = re.compile(r"(?P<label>[A-Z][a-z]+(?:\s\w+){0,3}):\s*(?P<value>\S.*)")
_MEETING: Final = re.compile(
    r"(?P<body>.{3,60}?)\s*(?:[-\u2013\u2014,|:]\s*|\s)(?P<date>\d.*\d{4})"
)
_LONGEST: Final = 3  # cells of a label


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the first page: its words, the row it begins on, and the rows as they stand."""

    field: CoverField
    words: str
    line: int
    quote: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """The meeting that the paper goes to."""

    body: str
    day: date
    line: int
    quote: str


@dataclass(slots=True)
class Cover:
    """The entries of the first page, and the lines that they stand on."""

    entries: list[Entry] = field(default_factory=list)
    lines: set[int] = field(default_factory=set)

    def get(self, name: CoverField) -> Entry | None:
        """Return the first entry of this field."""
        return next((one for one in self.entries if one.field == name), None)


@dataclass(frozen=True, slots=True)
class _Label:
    field: CoverField
    exact: bool
    value: str
    rows: int


def read_cover(draft: Draft, tables: Sequence[Sequence[Row]]) -> Cover:
    """Read the rows that are entries of a first page; the others are left for other readers."""
    cover = Cover()
    for rows in tables:
        place = 0
        while place < len(rows):
            place += _read_entry(draft, cover, rows[place:])
    return cover


def _read_entry(draft: Draft, cover: Cover, rows: Sequence[Row]) -> int:
    """Read the entry that begins with the first of these rows; return how many rows it takes."""
    first = rows[0]
    label = _find_label(rows)
    if label is None:
        last = cover.entries[-1] if cover.entries else None
        if last is not None and last.field == "recommendations" and first.line - 1 in cover.lines:
            _add(cover, "recommendations", _join(first.cells), rows[:1])
        return 1
    if not label.exact:
        message = f'"{_join(first.cells[:2])}" is read as the label "{label.field}".'
        draft.report("label-broken", "info", message, first.line)
    for row in rows[: label.rows]:
        for cell in row.cells[1:]:
            _read_side(cover, cell, row)
    if label.value or label.field == "recommendations":
        _add(cover, label.field, label.value, rows[: label.rows])
    else:
        message = f'The first page names nothing for "{_join(first.cells)}".'
        draft.report("cover-open", "info", message, first.line)
        cover.lines.update(row.line for row in rows[: label.rows])
    return label.rows


def _add(cover: Cover, name: CoverField, words: str, rows: Sequence[Row]) -> None:
    quote = clean(" ".join(_join(row.cells) for row in rows))
    cover.entries.append(Entry(name, words, rows[0].line, quote))
    cover.lines.update(row.line for row in rows)


def _read_side(cover: Cover, cell: str, row: Row) -> None:
    side = _SIDE.fullmatch(cell)
    known = read_cover_field(side["label"]) if side is not None else None
    if side is not None and known is not None:
        _add(cover, known[0], clean(side["value"]), [row])


def _find_label(rows: Sequence[Row]) -> _Label | None:
    """Return the label that begins in the first row, over two rows if need be (rule 1)."""
    for count in (2, 1):
        for width in range(_LONGEST, 0, -1):
            taken = rows[:count]
            if len(taken) < count or any(len(row.cells) < 1 for row in taken):
                continue
            found = _try_label(taken, width)
            if found is not None:
                return found
    return None


def _try_label(rows: Sequence[Row], width: int) -> _Label | None:
    before = [_join([*row.cells[:1], *_plain(row.cells[1:width])]) for row in rows]
    if not all(any(map(str.isalpha, words)) for words in before):
        return None
    values = [_join(_plain(row.cells[width:])) for row in rows]
    known = read_cover_field("".join(before))
    if known is not None:
        return _Label(*known, clean(" ".join(values)), len(rows))
    if len(rows) > 1:
        return None
    for sign in (":", "?"):
        label, joint, value = before[0].partition(sign)
        known = read_cover_field(label) if joint else None
        if known is not None:
            return _Label(*known, clean(f"{value} {values[0]}"), 1)
    return None


def _plain(cells: Sequence[str]) -> list[str]:
    """Return the cells that are no entries of their own."""
    return [
        cell
        for cell in cells
        if (side := _SIDE.fullmatch(cell)) is None or read_cover_field(side["label"]) is None
    ]


def _join(cells: Sequence[str]) -> str:
    return clean(" ".join(cells))


def find_meeting(sections: Sequence[Section]) -> Meeting | None:
    """Return the meeting that one of the first headings names (rule 4)."""
    for section in sections[:3]:
        match = _MEETING.fullmatch(section.text)
        if match is None:
            continue
        planned = parse_partial(match["date"]).planned
        if planned.precision == "day" and planned.finish is not None:
            return Meeting(match["body"], planned.finish, section.line, section.text)
    return None

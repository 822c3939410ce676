"""The outline of MS Project's XML: which rows are tasks, and what each is part of.

Rows stand in the order people see; a row is part of the nearest one above it that is less deep.
The row of level 0 stands for the whole project, blank rows for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from loaders.schedules.journal import Journal
    from loaders.schedules.mspdi_values import Values
    from loaders.schedules.xml_records import Record

__all__ = ["Outline", "read_outline"]


@dataclass
class Outline:
    """The rows of a schedule.

    Attributes
    ----------
    rows
        Those that are tasks, each with its number in the file.
    parents
        Number of what each row is part of, null at the top, by place in ``rows``.
    whole
        The row that stands for the project.
    blank
        How many blank rows there are.
    """

    rows: list[tuple[str, Record]] = field(default_factory=list)
    parents: list[str | None] = field(default_factory=list)
    whole: Record | None = None
    blank: int = 0

    @property
    def summaries(self) -> frozenset[str]:
        """Numbers of the rows that others are part of."""
        return frozenset(one for one in self.parents if one is not None)


def read_outline(rows: Iterable[Record], values: Values, journal: Journal) -> Outline:
    """Find the tasks among the rows; doubled numbers and odd levels are told."""
    outline = Outline()
    above: list[tuple[int, str]] = []
    taken: dict[str, Record] = {}
    for row in rows:
        if values.flag(row, "IsNull") or not row.cells:
            outline.blank += 1
            continue
        level = _level(row, values)
        if level == 0 or (level is None and row["UID"] == "0"):
            outline.whole = outline.whole or row
            continue
        uid = _number(row, len(outline.rows), taken, journal)
        while above and above[-1][0] >= (level or 1):
            above.pop()
        depth = above[-1][0] if above else 0
        if level is None or level > depth + 1:
            _tell_level(row, level, depth, journal)
        outline.rows.append((uid, row))
        outline.parents.append(above[-1][1] if above else None)
        above.append((level or 1, uid))
    return outline


def _level(row: Record, values: Values) -> int | None:
    """Return how deep a row is: as said, else by the parts of its outline number."""
    if row["OutlineLevel"]:
        number = values.number(row, "OutlineLevel")
        return None if number is None else max(0, round(number))
    text = row["OutlineNumber"]
    if not text:
        return None
    return 0 if text == "0" else text.count(".") + 1


def _number(row: Record, place: int, taken: dict[str, Record], journal: Journal) -> str:
    """Return the number of a row, one of its own where it has none or a doubled one."""
    uid = row["UID"]
    if uid and uid not in taken:
        taken[uid] = row
        return uid
    name = row["Name"][:60] or "A row without a name"
    if uid:
        what = f'"{name}" has the number {uid}, as has the row on line {taken[uid].line}'
        lost = "links and assignments at it are read as the first's"
    else:
        what, lost = f'"{name}" has no number (UID)', "no link or assignment can lead to it"
    journal.tell("number-twice" if uid else "number-missing", "error", f"{what}: {lost}.", row.line)
    return f"place-{place + 1}"


def _tell_level(row: Record, level: int | None, depth: int, journal: Journal) -> None:
    name = row["Name"][:60] or row["UID"]
    if level is None:
        message = f'"{name}" does not say how deep it stands in the outline: it stands at the top.'
    else:
        message = (
            f'"{name}" stands at level {level} of the outline below a row of level {depth}: it is '
            "read as a part of that row."
        )
    journal.tell("outline-odd", "warning", message, row.line)

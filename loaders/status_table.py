"""The table that counts a plan's actions by status, one column a month, with its total.

A cell that is no number is told (``status-unread``), and so is a total that the rows above it do
not add up to (``status-total``). Both stay as the paper has them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from graphmodel.measures import Stated
from graphmodel.partial import parse_partial
from loaders.markup import read_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from loaders.draft import Draft

__all__ = ["StatusTable", "is_status_head", "read_status_table"]

_TOTAL = re.compile(r"(?:grand |sub-?)?total\b.*", re.IGNORECASE)
_NUMBER = re.compile(r"\d{1,5}")
_STATUS: Final = frozenset({"status", "rag status", "progress", "rag"})


@dataclass(slots=True)
class StatusTable:
    """The numbers of the table: for each month its last day, for each status and month a count."""

    line: int
    months: tuple[date | None, ...]
    counts: dict[str, dict[date, int]] = field(default_factory=dict)
    total: dict[date, int] = field(default_factory=dict)
    stated: list[Stated] = field(default_factory=list)
    lines: dict[str, int] = field(default_factory=dict)

    def latest(self, status: str) -> int | None:
        """Return the newest count of a status, ``None`` where there is none."""
        counts = self.total if status == "total" else self.counts.get(status, {})
        return counts[max(counts)] if counts else None


def is_status_head(cells: Iterable[str]) -> bool:
    """Return whether a row heads such a table: "Status", then months."""
    words = [read_words(cell) for cell in cells]
    return (
        len(words) > 1
        and words[0].casefold() in _STATUS
        and all(parse_partial(one).planned.finish is not None for one in words[1:] if one)
        and any(words[1:])
    )


def read_status_table(draft: Draft, rows: Iterable[tuple[int, str]]) -> StatusTable | None:
    """Read the first status table among the rows of a paper; other rows are told as loose."""
    table: StatusTable | None = None
    closed = False
    for line, row in rows:
        cells = [read_words(cell) for cell in row.split("\t")]
        while cells and not cells[-1]:
            cells.pop()
        if table is None and is_status_head(cells):
            months = tuple(parse_partial(cell).planned.finish for cell in cells[1:])
            table = StatusTable(line, months)
        elif table is not None and not closed and _is_count(cells):
            _read_row(draft, table, line, cells)
            closed = _TOTAL.fullmatch(cells[0]) is not None
        else:
            draft.report_loose(line, " ".join(filter(None, cells)), "is a row outside the table")
    if table is not None:
        _check_totals(draft, table)
    return table


def _is_count(cells: list[str]) -> bool:
    return len(cells) > 1 and bool(cells[0])


def _read_row(draft: Draft, table: StatusTable, line: int, cells: list[str]) -> None:
    name = cells[0].casefold()
    is_total = _TOTAL.fullmatch(cells[0]) is not None
    counts = table.total if is_total else table.counts.setdefault(name, {})
    table.lines.setdefault("total" if is_total else name, line)
    for month, cell in _pairs(table, cells):
        if not _NUMBER.fullmatch(cell) or month is None:
            message = f'"{cells[0]}": "{cell}" is not a number of actions.'
            draft.report("status-unread", "warning", message, line)
            continue
        counts[month] = int(cell)
        table.stated.append(
            Stated(
                measure="total" if is_total else name,
                value=int(cell),
                as_of=f"{month:%Y-%m}",
                source=draft.source(line, " ".join(cells)),
            )
        )


def _pairs(table: StatusTable, cells: list[str]) -> Iterator[tuple[date | None, str]]:
    for place, cell in enumerate(cells[1:]):
        yield (table.months[place] if place < len(table.months) else None), cell


def _check_totals(draft: Draft, table: StatusTable) -> None:
    for month, total in table.total.items():
        added = sum(counts.get(month, 0) for counts in table.counts.values())
        if added != total:
            message = f"The statuses of {month:%B %Y} add up to {added}, the total says {total}."
            draft.report("status-total", "warning", message, table.lines["total"])
    if not table.total:
        message = "The status table has no total, so it cannot be checked."
        draft.report("status-total", "warning", message, table.line)

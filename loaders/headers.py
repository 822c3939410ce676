"""The header of a sheet of items: one row or two, below whatever stands above it.

1. The header is the row, or the pair of rows, that names the most columns known, of the first 20;
   of several, a pair goes first whose lower row has nothing but headings, then a single row, then
   what stands further up.
2. In a pair, a heading of the upper row belongs to every column below it up to the next one
   ("Baseline" over "Start" and "Finish"); where both together are not known, the lower one counts,
   then the upper one, but a "Start" under "Forecast" or the like is no planned start.
3. Words in brackets, "Custom field" before a heading, and alternatives after a slash are left out
   where the whole heading is not known.
4. Of two columns with one meaning the likelier heading counts, then the one further left; columns
   that may be many are all read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from loaders.columns import HEADER_ROWS, Column, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from loaders.rows import Row, Sheet

__all__ = ["Table", "find_table"]

_BRACKETS: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_SPECIAL: Final = ("baseline", "forecast", "actual", "revised", "original", "previous", "last")
_CUSTOM: Final = re.compile(r"custom field\s*\((?P<name>.*)\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """A header found in a sheet.

    ``first`` is the place in ``sheet.rows`` of the first row below it, ``headings`` what it prints
    over each column, ``known`` the columns that are read, ``others`` places of the other headings.
    """

    sheet: Sheet
    first: int
    headings: tuple[str, ...]
    known: Mapping[int, Column]
    others: tuple[int, ...] = ()
    fields: frozenset[str] = field(default=frozenset())

    @property
    def above(self) -> tuple[Row, ...]:
        """The rows above the header, such as a title."""
        number = self.sheet.rows[self.first - 1].number if self.first else 0
        return tuple(row for row in self.sheet.rows[: self.first] if row.number < number)


def find_table(
    sheet: Sheet,
    columns: tuple[Column, ...],
    fits: Callable[[frozenset[str]], bool],
    mapping: Mapping[str, str] | None = None,
) -> Table | None:
    """Return the header of a sheet by the rules above, or None where no row or pair fits.

    Parameters
    ----------
    fits
        Whether a header that names these fields is one.
    mapping
        Fields by heading, before what is declared; a field ``x_…`` need not be declared.
    """
    named = {fold(heading) or heading.strip(): name for heading, name in (mapping or {}).items()}
    best: tuple[tuple[int, bool], Table] | None = None
    for length in (1, 2):
        for index in range(min(HEADER_ROWS, len(sheet.rows)) - length + 1):
            rows = sheet.rows[index : index + length]
            table = _recognise(sheet, index + length, _join(rows, columns, named), columns, named)
            score = len(table.known), length > 1 and _are_headings(rows, columns, named)
            if fits(table.fields) and (best is None or score > best[0]):
                best = score, table
    return None if best is None else best[1]


@lru_cache(maxsize=8)
def _look_up(columns: tuple[Column, ...]) -> dict[str, tuple[Column, int]]:
    """Return by folded heading the column it means, and how likely it is (0 the likeliest)."""
    found: dict[str, tuple[Column, int]] = {}
    for column in columns:
        for rank, heading in enumerate(column.headings):
            found.setdefault(fold(heading) or heading, (column, rank))
    return found


def _variants(heading: str) -> Iterator[str]:
    """Yield what of a heading may be known, the whole of it first (rule 3)."""
    yield fold(heading) or heading.strip()
    custom = _CUSTOM.fullmatch(heading.strip())
    if custom is not None:
        yield fold(custom["name"])
    bare = _BRACKETS.sub(" ", heading)
    if bare != heading:
        yield fold(bare)
    if "/" in bare:
        yield from (fold(part) for part in bare.split("/"))


def _meaning(
    heading: str, columns: tuple[Column, ...], named: Mapping[str, str]
) -> tuple[Column, int] | None:
    table = _look_up(columns)
    for variant in _variants(heading):
        if variant in named:
            return _declared(named[variant], columns), -1
        if variant in table:
            return table[variant]
    return None


def _declared(name: str, columns: tuple[Column, ...]) -> Column:
    found = next((column for column in columns if column.field == name), None)
    return found or Column(name, (), str)


def _join(
    rows: Sequence[Row], columns: tuple[Column, ...], named: Mapping[str, str]
) -> tuple[str, ...]:
    """Return the headings of one row, or of two that belong together (rule 2)."""
    if len(rows) == 1:
        return rows[0].cells
    upper, lower = rows
    headings: list[str] = []
    over = ""
    for place in range(max(len(upper.cells), len(lower.cells))):
        top = upper.cells[place] if place < len(upper.cells) else ""
        low = lower.cells[place] if place < len(lower.cells) else ""
        over = top or over
        both = f"{over} {low}".strip() if low else top
        is_special = fold(over).startswith(_SPECIAL)
        choices = [both, *(() if is_special else (low, top))] if low else [top]
        known = (one for one in choices if one and _meaning(one, columns, named) is not None)
        headings.append(next(known, both))
    return tuple(headings)


def _are_headings(
    rows: Sequence[Row], columns: tuple[Column, ...], named: Mapping[str, str]
) -> bool:
    """Return whether two rows are headings: some above alone, and nothing else below."""
    upper, lower = rows
    below = [cell for cell in lower.cells if cell]
    own = [
        cell
        for place, cell in enumerate(upper.cells)
        if cell and not (place < len(lower.cells) and lower.cells[place])
    ]
    return (
        any(_meaning(one, columns, named) for one in own)
        and all(_meaning(one, columns, named) for one in below)
        and sum(map(bool, upper.cells)) > 1
    )


def _recognise(
    sheet: Sheet,
    first: int,
    headings: tuple[str, ...],
    columns: tuple[Column, ...],
    named: Mapping[str, str],
) -> Table:
    ranked: dict[int, tuple[Column, int]] = {}
    for place, heading in enumerate(headings):
        meaning = _meaning(heading, columns, named) if heading else None
        if meaning is not None:
            ranked[place] = meaning
    best: dict[str, int] = {}
    for place, (column, rank) in ranked.items():
        other = best.get(column.field)
        if other is None or rank < ranked[other][1]:
            best[column.field] = place
    known = {
        place: column
        for place, (column, _) in ranked.items()
        if column.many or best[column.field] == place
    }
    others = tuple(n for n, heading in enumerate(headings) if heading and n not in known)
    fields = frozenset(column.field for column in known.values())
    return Table(sheet, first, headings, known, others, fields)

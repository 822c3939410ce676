"""What a report is made of: sections of blocks, the same for the page, the paper and the workbook.

A cell holds a value and not its words, so that a workbook gets real days and numbers; `show_cell`
says it in words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from graphmodel.moments import write_moment
from graphmodel.words import count
from viz.words import show_date, show_range, show_share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from viz.charts.chart import Chart
    from viz.timeline import Timeline

__all__ = [
    "Block",
    "Bullets",
    "Cell",
    "Chain",
    "Column",
    "Course",
    "Figure",
    "Figures",
    "Graph",
    "Heat",
    "HeatRow",
    "Loud",
    "Named",
    "Paper",
    "Picture",
    "Section",
    "Spread",
    "Step",
    "Table",
    "Text",
    "ends_of",
    "make_section",
    "show_cell",
    "tell_rest",
]


@dataclass(frozen=True, slots=True)
class Spread:
    """Both ends of an answer: with gaps as spare, and as work; days, or dates."""

    low: date | float | None
    high: date | float | None


@dataclass(frozen=True, slots=True)
class Course:
    """The dates that one report after another forecast, the oldest first."""

    dates: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """An item: its id and its title."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Loud:
    """Words that are to be seen first, such as "becomes late"."""

    words: str


Cell: TypeAlias = "str | date | float | Named | Spread | Course | Loud | None"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; ``width`` is its share of the paper's width, in characters.

    ``unit`` is what its numbers are: of nothing, calendar days, shares from 0 to 1, or numbers
    whose sign matters.
    """

    heading: str
    width: int
    unit: Literal["", "days", "share", "signed"] = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; a quiet one is an aside."""

    text: str
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``more`` counts what is left out of it."""

    entries: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that a reader should know, and what it counts; ``alarm`` where it is bad."""

    value: str
    label: str
    alarm: bool = False


@dataclass(frozen=True, slots=True)
class Figures:
    """A few numbers side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; the first column names the row.

    ``name`` is its sheet in a workbook, where all rows stand; elsewhere the first ``limit`` do, and
    a table with a limit of 0 is for the workbook alone.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    limit: int = 15

    @property
    def shown(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows that a page or a paper shows."""
        return self.rows[: self.limit]


@dataclass(frozen=True, slots=True)
class HeatRow:
    """One row of a heat table, with one number a month."""

    name: str
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Heat:
    """Numbers by owner and month, the greater the darker; ``months`` hold first days.

    A page or a paper shows the first ``limit`` rows and the ``width`` months from ``first`` on;
    what lies before and after is summed.
    """

    name: str
    caption: str
    heading: str
    months: tuple[date, ...]
    rows: tuple[HeatRow, ...]
    first: int = 0
    limit: int = 15
    width: int = 12

    @property
    def shown(self) -> tuple[HeatRow, ...]:
        """The rows that a page or a paper shows."""
        return self.rows[: self.limit]

    @property
    def months_shown(self) -> tuple[date, ...]:
        """The months that have a column of their own."""
        return self.months[self.first : self.first + self.width]

    @property
    def has_earlier(self) -> bool:
        """Whether anything lies before them."""
        return any(self.earlier(row) for row in self.shown)

    @property
    def has_later(self) -> bool:
        """Whether anything lies after them."""
        return any(self.later(row) for row in self.shown)

    def earlier(self, row: HeatRow) -> int:
        """Sum what lies before the months shown."""
        return sum(row.values[: self.first])

    def later(self, row: HeatRow) -> int:
        """Sum what lies after the months shown."""
        return sum(row.values[self.first + self.width :])

    def inside(self, row: HeatRow) -> tuple[int, ...]:
        """Return what lies in the months shown."""
        return row.values[self.first : self.first + self.width]

    @property
    def most(self) -> int:
        """The greatest number of any month shown."""
        return max((value for row in self.shown for value in self.inside(row)), default=0)

    def shade(self, value: int) -> int:
        """Return how dark a number is: 0 (nothing) to 4."""
        return -(-4 * value // self.most) if self.most else 0


@dataclass(frozen=True, slots=True)
class Picture:
    """Dates before and after on one axis."""

    caption: str
    timeline: Timeline
    before: str
    after: str

    @property
    def has_ranges(self) -> bool:
        """Whether an item has another date if the gaps are work."""
        return any(row.latest != row.after for row in self.timeline.rows)


@dataclass(frozen=True, slots=True)
class Step:
    """One item of a chain, ``depth`` links from its beginning, and why it is there."""

    depth: int
    item: Named
    by: str
    late: str
    because: str


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain or tree of items; ``more`` counts the steps that are left out."""

    name: str
    steps: tuple[Step, ...]
    limit: int = 24

    @property
    def shown(self) -> tuple[Step, ...]:
        """The steps that a page or a paper shows."""
        return self.steps[: self.limit]


@dataclass(frozen=True, slots=True)
class Graph:
    """A chart, and beside it the table that holds the same."""

    chart: Chart
    table: Table


Block: TypeAlias = Text | Bullets | Figures | Table | Heat | Picture | Chain | Graph


@dataclass(frozen=True, slots=True)
class Section:
    """One section under a heading; ``key`` is its place in the page's addresses."""

    key: str
    title: str
    blocks: tuple[Block, ...]


def make_section(key: str, title: str, blocks: Iterable[Block]) -> Section | None:
    """Return a section of blocks, None where there are none."""
    found = tuple(blocks)
    return Section(key, title, found) if found else None


@dataclass(frozen=True, slots=True)
class Paper:
    """A report: what stands over it, the answer, and its sections in order.

    ``basis`` is a sentence that has to be known before the answer is read; empty for none.
    """

    title: str
    plan_title: str
    organisation: str
    version: str
    report_of: str
    data_date: str
    headline: str
    summary: tuple[str, ...]
    figures: Figures
    sections: tuple[Section, ...] = field(default=())
    basis: str = ""


def show_cell(cell: Cell, unit: str = "") -> str:
    """Return a cell in words; numbers as their unit says."""
    if isinstance(cell, Spread):
        return " to ".join(ends_of(cell))
    if isinstance(cell, Course):
        return " → ".join(show_date(day) for day in cell.dates)
    if isinstance(cell, (int, float)):
        return _show_number(cell, unit)
    return show_date(cell) if isinstance(cell, date) else _show_words(cell)


def _show_number(number: float, unit: str) -> str:
    if unit == "days":
        return show_range(number, number)
    if unit == "share":
        return show_share(number)
    return f"{number:+.2f}" if unit == "signed" else f"{number:,.10g}"


def _show_words(cell: str | Named | Loud | None) -> str:
    if isinstance(cell, Named):
        return f"{cell.id} {cell.title}".strip()
    return cell.words if isinstance(cell, Loud) else cell or ""


def ends_of(cell: Spread) -> tuple[str, ...]:
    """Return both ends in words, one where they meet; lengths in days are one piece."""
    low, high = cell.low, cell.high
    if isinstance(low, (int, float)) and isinstance(high, (int, float)):
        return (show_range(low, high),)
    days = [end for end in (low, high) if end is not None and not isinstance(end, (int, float))]
    return tuple(dict.fromkeys(show_date(day) for day in sorted(days, key=write_moment)))


def tell_rest(shown: int, total: int, what: str = "row") -> str:
    """Return the sentence that says that a table goes on elsewhere; empty where it does not."""
    if shown >= total:
        return ""
    return f"The first {shown} of {count(total, what)}; the workbook (.xlsx) has them all."

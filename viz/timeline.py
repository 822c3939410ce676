"""Before and after on one time axis: fluid SVG whose text keeps its size at any width.

Positions are percentages of the chart's width, so a phone and a wall screen show the same file.
Hollow marks are the dates before the change, filled ones after it; a line goes on to the date that
holds if the gaps are work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import TYPE_CHECKING, Final, Literal, Protocol

from graphmodel.moments import add_months
from viz.page import make_environment
from viz.words import show_date, show_month, show_range

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Movement", "Tick", "Timeline", "TimelineRow", "draw_timeline", "lay_out_timeline"]

#: More rows than this are left to the table.
_ROWS: Final = 24
#: No more labelled months than this, and the steps they may be apart.
_TICKS: Final = 9
_STEPS: Final = (1, 2, 3, 6, 12, 24, 60, 120)
#: A label stands left of its mark where the mark is further right than this (percent).
_TURN: Final = 68.0


class Movement(Protocol):
    """What a row shows: an item's dates before and after, such as a `MovedItem` of a what-if."""

    @property
    def id(self) -> str:
        """The item's id."""

    @property
    def title(self) -> str:
        """The item's title."""

    @property
    def is_parent(self) -> bool:
        """Whether its start is that of parts that may not move."""

    @property
    def baseline_start(self) -> date | None:
        """When it starts before."""

    @property
    def baseline_finish(self) -> date | None:
        """When it finishes before."""

    @property
    def start(self) -> date | None:
        """When it starts after."""

    @property
    def finish(self) -> date | None:
        """When it finishes after."""

    @property
    def finish_if_work(self) -> date | None:
        """When it finishes if gaps are work; None where that is no question."""

    @property
    def knock_on_days(self) -> float:
        """The days between."""

    @property
    def knock_on_if_work_days(self) -> float:
        """The days between if gaps are work."""

    @property
    def due(self) -> date | None:
        """When it is due."""

    @property
    def late_before(self) -> bool:
        """Whether it is late before."""

    @property
    def newly_late(self) -> bool:
        """Whether it is late after, and not before."""

    @property
    def newly_late_if_work(self) -> bool:
        """Whether it is so if gaps are work."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A first of a month; ``minor`` ones are left out where the page is narrow."""

    x: float
    label: str
    minor: bool


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One item; every x is a percentage, None where there is nothing to show.

    ``ends`` are the dates themselves: before, after, and at the latest.
    """

    id: str
    title: str
    before: float
    after: float
    latest: float
    before_start: float | None
    after_start: float | None
    due: float | None
    label: str
    label_at: float
    label_side: Literal["start", "end"]
    words: str
    late: Literal["", "newly", "if work"]
    ends: tuple[date, date, date]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Rows over one axis; ``more`` counts the rows that are left to the table."""

    ticks: tuple[Tick, ...]
    rows: tuple[TimelineRow, ...]
    status: float | None
    more: int


def lay_out_timeline(
    items: Sequence[Movement], *, status_date: date | None = None, rows: int = _ROWS
) -> Timeline | None:
    """Place the first ``rows`` items on one axis; None where there is nothing to place."""
    placed = [one for one in items if _ends(one) is not None]
    if not placed:
        return None
    shown = placed[:rows]
    days = [day for one in shown for day in _days(one)]
    first, last = min(days), max(days)
    pad = max(12, (last - first) // 14)
    axis = _make_axis(shown, first - pad, last + pad)
    status = None if status_date is None else axis.place(status_date)
    return Timeline(
        ticks=_ticks(axis),
        rows=tuple(_row(one, ends, axis) for one in shown if (ends := _ends(one)) is not None),
        status=status if status is not None and 0 <= status <= 100 else None,  # noqa: PLR2004
        more=len(placed) - len(shown),
    )


def draw_timeline(timeline: Timeline) -> str:
    """Return the timeline as HTML with one SVG a row."""
    return make_environment().get_template("timeline.html.j2").render(timeline=timeline)


@dataclass(frozen=True, slots=True)
class _Axis:
    """Day numbers at the left and right edge of the chart."""

    first: int
    last: int

    def place(self, day: date) -> float:
        """Return where a day ends, in percent of the width."""
        return round(100 * (day.toordinal() + 1 - self.first) / (self.last - self.first), 2)


def _make_axis(shown: Sequence[Movement], first: int, last: int) -> _Axis:
    """Return an axis on which the words of every row have room beside its marks."""
    turn = first + (last - first) * _TURN / 100
    edge = last - (last - first) * _TURN / 100
    wide = [max(days) for days in map(_marks, shown) if max(days) >= turn and min(days) <= edge]
    if not wide:
        return _Axis(first, last)
    return _Axis(first, first + ceil((max(wide) + 1 - first) * 100 / _TURN))


def _ends(one: Movement) -> tuple[date, date, date] | None:
    """Return when it finished before, finishes now, and at the latest; an open end its starts."""
    if one.baseline_finish is not None and one.finish is not None:
        return one.baseline_finish, one.finish, one.finish_if_work or one.finish
    if one.baseline_start is not None and one.start is not None:
        return one.baseline_start, one.start, one.start
    return None


def _marks(one: Movement) -> list[int]:
    """Return the days that have a mark of their own."""
    days = [*(_ends(one) or ())]
    if one.due is not None and _is_due_shown(one):
        days.append(one.due)
    return [day.toordinal() for day in days]


def _days(one: Movement) -> list[int]:
    """Return the days that the axis has to hold."""
    starts = (one.baseline_start, one.start) if _has_length(one) else ()
    return [*_marks(one), *(day.toordinal() for day in starts if day is not None)]


def _has_length(one: Movement) -> bool:
    """Whether its start is worth showing; a parent's is that of parts that may not move."""
    begin, end = one.baseline_start, one.baseline_finish
    return not one.is_parent and begin is not None and end is not None and begin < end


def _ticks(axis: _Axis) -> tuple[Tick, ...]:
    origin = date.fromordinal(axis.first).replace(day=1)
    months = (axis.last - axis.first) / 30.4
    step = next((one for one in _STEPS if months / one <= _TICKS), _STEPS[-1])
    found: list[Tick] = []
    # Every step counts from January, so that quarters begin where people expect them.
    day = origin.replace(month=1 + (origin.month - 1) // min(step, 12) * min(step, 12))
    while day.toordinal() <= axis.last:
        x = axis.place(day - timedelta(days=1))
        if 0 <= x <= 93:  # noqa: PLR2004 - a label further right would be cut
            found.append(Tick(x, show_month(day), minor=len(found) % 2 == 1))
        day = add_months(day, step)
    return tuple(found)


def _row(one: Movement, ends: tuple[date, date, date], axis: _Axis) -> TimelineRow:
    before, after, latest = (axis.place(day) for day in ends)
    due = axis.place(one.due) if _is_due_shown(one) and one.due else None
    marks = [before, after, latest, *([] if due is None else [due])]
    right, left = max(marks), min(marks)
    label_at, side = _place_label(left, right)
    long = _has_length(one)
    return TimelineRow(
        id=one.id,
        title=one.title,
        before=before,
        after=after,
        latest=latest,
        before_start=axis.place(one.baseline_start) if long and one.baseline_start else None,
        after_start=axis.place(one.start) if long and one.start else None,
        due=due,
        label=_label(one),
        label_at=label_at,
        label_side=side,
        words=_words(one, ends),
        late="newly" if one.newly_late else "if work" if one.newly_late_if_work else "",
        ends=ends,
    )


def _place_label(left: float, right: float) -> tuple[float, Literal["start", "end"]]:
    """Return where a row's words stand: right of its marks, left of them where no room is left."""
    return (left, "end") if right > _TURN else (right, "start")


def _is_due_shown(one: Movement) -> bool:
    return one.newly_late or one.newly_late_if_work or one.late_before


def _label(one: Movement) -> str:
    by = show_range(one.knock_on_days, one.knock_on_if_work_days)
    if one.late_before:
        return f"{by}, late already"
    if one.newly_late:
        return f"{by}, becomes late"
    return f"{by}, late if work" if one.newly_late_if_work else by


def _words(one: Movement, ends: tuple[date, date, date]) -> str:
    """Return the row in words, for those who do not see it."""
    before, after, latest = ends
    words = f"{one.id}: before {show_date(before)}, after {show_date(after)}"
    if latest != after:
        words += f", or {show_date(latest)} if the gaps are work"
    return f"{words}; due {show_date(one.due)}" if one.due is not None else words

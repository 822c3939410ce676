"""Officers under most strain, and how much of theirs ends in which month."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date
from typing import TYPE_CHECKING, Final

from graphmodel.moments import add_months
from graphmodel.words import count
from viz.paper.blocks import Column, Heat, HeatRow, Section, Text
from viz.paper.wording import make_table
from viz.words import say_dates, show_month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.plan import Plan
    from queries.owners import Owner, Owners
    from viz.paper.blocks import Block

__all__ = ["lay_out_load", "lay_out_owners"]

#: Officers that a page or a paper tells about.
_TOP: Final = 8


def lay_out_owners(owners: Owners) -> Section:
    """Return the section on who is under most strain."""
    blocks: list[Block] = [Text(say_dates(" ".join(owners.sentences)))]
    if owners.officers:
        columns = (
            Column("Officer", 30), Column("Open items", 9), Column("Critical", 9),
            Column("Busiest month", 16), Column("Why", 80),
        )  # fmt: skip
        caption = (
            f"By what it would do if everything unfinished of theirs slipped {owners.by.words}, "
            "the greatest effect first"
        )
        rows = tuple(
            (
                one.title,
                one.open_items,
                one.float_held.critical,
                _peak(one),
                say_dates(one.sentence),
            )
            for one in owners.officers
        )
        blocks.append(make_table("Officers", caption, columns, rows, _TOP))
    return Section("owners", "Officers under most strain", tuple(blocks))


def _peak(one: Owner) -> str:
    peak = one.load.peak
    return "" if peak is None else f"{show_month(peak.month)} ({peak.finishing})"


def lay_out_load(owners: Owners) -> Section | None:
    """Return the section on load by officer and month; None where nobody's work has a date."""
    months = _months(owners)
    if not months:
        return None
    rows = []
    for one in owners.officers:
        finishing = {month.month: month.finishing for month in one.load.months}
        values = tuple(finishing.get(month, 0) for month in months)
        if any(values):
            rows.append(HeatRow(one.title, values))
    rows.sort(key=lambda row: -sum(row.values))
    heat = Heat(
        name="Load",
        caption="Open items that are forecast to finish in each month",
        heading="Officer",
        months=months,
        rows=tuple(rows),
        first=_first_shown(owners.plan, months, rows),
    )
    held = sum(len(one.items) for one in owners.officers)
    told = Text(
        f"Each number counts the open items of an officer that are forecast to finish in a month: "
        f"{count(held, 'entry', 'entries')} in all. An item of several officers counts for each."
    )
    return Section("load", "Load by officer and month", (told, heat))


def _first_shown(plan: Plan, months: Sequence[date], rows: Sequence[HeatRow]) -> int:
    """Return the month from which a year is shown: that of the data, else of the busiest year."""
    day = plan.status_date or plan.as_of
    if day is not None:
        return min(bisect_left(months, date(day.year, day.month, 1)), len(months) - 1)
    load = [sum(row.values[place] for row in rows) for place in range(len(months))]
    return max(range(len(months)), key=lambda first: sum(load[first : first + 12]))


def _months(owners: Owners) -> tuple[date, ...]:
    """Return every month from the first to the last in which something of somebody's ends."""
    busy = [month.month for one in owners.officers for month in one.load.months if month.finishing]
    if not busy:
        return ()
    first, last = min(busy), max(busy)
    number = (last.year - first.year) * 12 + last.month - first.month
    return tuple(add_months(first, step) for step in range(number + 1))

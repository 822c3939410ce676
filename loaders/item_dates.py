"""The dates and lengths that a row gives its item.

1. A finish, a due date and a deadline mean what their columns say; a sheet whose rows have a due
   date or a deadline and no finish plans them for that day. Where a finish or due date stands as
   well, a deadline is a date of its own that moves nothing.
2. "Complete" in a column of dates is a status; "ongoing", "TBC" and the like give no date.
3. A start after the finish is told and not used.
4. A row with planned dates keeps them (``scheduling: planned``) though it has a duration; with a
   start and a duration alone it starts no earlier than that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphmodel.errors import SpanError
from graphmodel.items import Baseline, Constraint, Deadline, Planned
from graphmodel.moments import finish_instant, start_instant, write_moment
from loaders.lengths import parse_length
from loaders.stamping import stamp

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.items import Precision
    from graphmodel.partial import Partial
    from graphmodel.spans import Span
    from loaders.faults import CellFaults
    from loaders.item_names import Node

__all__ = ["read_dates", "read_length"]

_UNITS = {"duration_days": "d", "duration_weeks": "w", "duration_months": "m"}


class _Dates:
    """What is needed to tell of a row's dates."""

    def __init__(self, node: Node, faults: CellFaults) -> None:
        self.node = node
        self.faults = faults
        self.values: dict[str, Any] = node.row.values if node.row is not None else {}

    def tell(self, name: str, code: str, message: str) -> None:
        row = self.node.row
        if row is not None:
            cell = (row.row.number, row.column(name))
            self.faults.add(row.table.sheet, cell, (code, "warning", message), self.node.id)

    def last(self, name: str) -> date | None:
        partial: Partial | None = self.values.get(name)
        return None if partial is None else partial.planned.finish

    def first(self, name: str) -> date | None:
        partial: Partial | None = self.values.get(name)
        return None if partial is None else partial.window or partial.planned.start


def read_dates(node: Node, faults: CellFaults, *, working: bool) -> dict[str, Any]:
    """Return the fields of an item that a row's dates and lengths fill."""
    dates = _Dates(node, faults)
    values = dates.values
    fields: dict[str, Any] = {}
    planned = _read_planned(dates)
    duration = _read_duration(dates, working=working)
    if planned is not None and planned.finish is not None and duration is not None and not duration:
        planned = stamp(planned, {"start": None})  # one instant, not one day
    if planned is not None:
        fields["planned"] = planned
    due = dates.last("due")
    if due is not None:
        fields["due"] = due
    deadline = dates.last("deadline")
    if deadline is not None:
        if {"due", "finish"} & values.keys():
            fields["deadlines"] = (Deadline(date=deadline),)
        else:
            fields["due"] = deadline
    base = dates.first("baseline_start"), dates.last("baseline_finish")
    if base != (None, None):
        fields["baselines"] = (Baseline(start=base[0], finish=base[1]),)
    facts = {
        "actual_start": dates.first("actual_start"),
        "actual_finish": dates.last("actual_finish"),
        "forecast": dates.last("forecast"),
    }
    fields |= {name: day for name, day in facts.items() if day is not None}
    if duration is not None:
        fields["duration"] = duration
    constraints = _read_constraints(dates, planned, duration)
    if constraints:
        fields["constraints"] = constraints
    if duration is not None and planned is not None and planned.finish is not None:
        fields["scheduling"] = "planned"
    return fields


def _read_planned(dates: _Dates) -> Planned | None:
    values = dates.values
    named = next((name for name in ("finish", "due", "deadline") if name in values), None)
    finishing: Partial | None = None if named is None else values[named]
    start = dates.first("start")
    if finishing is None:
        begun: Partial | None = values.get("start")
        if begun is None:
            return None
        if begun.planned.finish is not None and begun.planned.start is not None:
            return begun.planned  # a range in one cell
        opened: Precision = "from" if start else "none"
        return stamp(begun.planned, {"start": start, "finish": None, "precision": opened})
    planned = finishing.planned
    if planned.precision == "day":
        planned = stamp(planned, {"text": None})
    if start is None:
        return planned
    if planned.finish is not None and start_instant(start) >= finish_instant(planned.finish):
        message = (
            f"The start, {write_moment(start)}, lies after the finish, "
            f"{write_moment(planned.finish)}; the start is not used"
        )
        dates.tell("start", "range-reversed", message)
        return planned
    precision = planned.precision
    if planned.finish is None and precision == "none":
        precision = "from"
    text = None if planned.finish is not None else planned.text
    return stamp(planned, {"start": start, "precision": precision, "text": text})


def read_length(node: Node, name: str, faults: CellFaults, *, working: bool) -> Span | None:
    """Return a length of time from a column; one that cannot be read is told."""
    row = node.row
    text = None if row is None else row.values.get(name)
    if row is None or text is None:
        return None
    unit = _UNITS.get(name)
    if unit == "d" and working:
        unit = "wd"
    try:
        return _parse_length(text, unit, working=working)
    except SpanError as error:
        message = f"{str(error).removesuffix('.')}; the cell is not used"
        cell = (row.row.number, row.column(name))
        faults.add(row.table.sheet, cell, ("unreadable-cell", "warning", message), node.id)
        return None


def _parse_length(text: str, unit: str | None, *, working: bool) -> Span:
    """Read a length; ``unit`` is what a number alone counts in."""
    is_number = unit is not None and text.replace(".", "", 1).isdecimal()
    length = parse_length(f"{text}{unit}" if is_number else text, working=working)
    if length.amount < 0:
        raise SpanError(f'"{text}" is a negative length of time')
    return length


def _read_duration(dates: _Dates, *, working: bool) -> Span | None:
    for name in ("duration", *_UNITS):
        if name in dates.values:
            return read_length(dates.node, name, dates.faults, working=working)
    return None


def _read_constraints(
    dates: _Dates, planned: Planned | None, duration: Span | None
) -> tuple[Constraint, ...]:
    kind = dates.values.get("constraint")
    if kind:
        day = dates.first("constraint_date") if kind in {"SNET", "SNLT", "MSO"} else None
        day = day or dates.last("constraint_date")
        if day is not None or kind == "ALAP":
            return (Constraint(type=kind, date=day),)
        message = f"The constraint {kind} has no date; it is not used"
        dates.tell("constraint", "constraint-without-date", message)
        return ()
    has_start = planned is not None and planned.start is not None and planned.finish is None
    if duration is not None and has_start and planned is not None:
        return (Constraint(type="SNET", date=planned.start),)
    return ()

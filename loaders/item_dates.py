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

from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import SpanError
from graphmodel.items import Baseline, Constraint, Deadline
from graphmodel.moments import finish_instant, start_instant, write_moment
from loaders.lengths import parse_length
from loaders.stamping import stamp

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.items import Planned, Precision
    from graphmodel.partial import Partial
    from graphmodel.spans import Span
    from loaders.faults import CellFaults
    from loaders.item_names import Node
    from loaders.item_rows import ItemRow

__all__ = ["FACTS", "DateReader", "first_day", "read_facts"]

#: Columns of facts and forecasts.
FACTS: Final = ("actual_start", "actual_finish", "forecast")

_FINISHES: Final = ("finish", "due", "deadline")
_UNITS: Final = {"duration_days": "d", "duration_weeks": "w", "duration_months": "m"}
_DURATIONS: Final = ("duration", *_UNITS)
_FROM_START: Final = frozenset({"SNET", "SNLT", "MSO"})


def first_day(partial: Partial | None) -> date | None:
    """Return the first day of what words name."""
    return None if partial is None else partial.window or partial.planned.start


def _last_day(partial: Partial | None) -> date | None:
    return None if partial is None else partial.planned.finish


def read_facts(values: dict[str, Any]) -> dict[str, date]:
    """Return actual dates and the forecast of a row."""
    found: dict[str, date] = {}
    for name in FACTS:
        if name in values:
            day = first_day(values[name]) if name == "actual_start" else _last_day(values[name])
            if day is not None:
                found[name] = day
    return found


class DateReader:
    """Reads the dates of rows; rows with the same words share what they mean."""

    def __init__(self, faults: CellFaults) -> None:
        self._faults = faults
        self._planned: dict[tuple[int, int], Planned | None] = {}

    def read(self, node: Node, row: ItemRow, *, working: bool) -> dict[str, Any]:
        """Return the fields of an item that a row's dates and lengths fill."""
        values = row.values
        fields: dict[str, Any] = {}
        planned = self._find_planned(node, row)
        duration = None
        if any(name in values for name in _DURATIONS):
            name = next(name for name in _DURATIONS if name in values)
            duration = self.read_length(node, row, name, working=working)
        if planned is not None:
            if duration is not None and not duration and planned.finish is not None:
                planned = stamp(planned, {"start": None})  # one instant, not one day
            fields["planned"] = planned
        if duration is not None:
            fields["duration"] = duration
            if planned is not None and planned.finish is not None:
                fields["scheduling"] = "planned"
            elif planned is not None and planned.start is not None:
                fields["constraints"] = (Constraint(type="SNET", date=planned.start),)
        if values.keys() & _RARE:
            fields |= self._read_rare(node, row)
        return fields

    def read_length(self, node: Node, row: ItemRow, name: str, *, working: bool) -> Span | None:
        """Return a length of time from a column; one that cannot be read is told."""
        unit = _UNITS.get(name)
        if unit == "d" and working:
            unit = "wd"
        try:
            return _parse_length(row.values[name], unit, working=working)
        except SpanError as error:
            message = f"{str(error).removesuffix('.')}; the cell is not used"
            self._tell(node, row, name, "unreadable-cell", message)
            return None

    def _tell(self, node: Node, row: ItemRow, name: str, code: str, message: str) -> None:
        cell = (row.row.number, row.column(name))
        self._faults.add(row.table.sheet, cell, (code, "warning", message), node.id)

    def _find_planned(self, node: Node, row: ItemRow) -> Planned | None:
        values = row.values
        finishing = next((values[name] for name in _FINISHES if name in values), None)
        key = (id(finishing), id(values.get("start")))
        if key in self._planned:
            return self._planned[key]
        begun: Partial | None = values.get("start")
        planned = _begin(begun) if finishing is None else _finish(finishing)
        start = first_day(begun)
        if finishing is not None and planned is not None and start is not None:
            finish = planned.finish
            if finish is not None and start_instant(start) >= finish_instant(finish):
                message = (
                    f"The start, {write_moment(start)}, lies after the finish, "
                    f"{write_moment(finish)}; the start is not used"
                )
                self._tell(node, row, "start", "range-reversed", message)
                return planned  # not kept: every such row is told
            planned = _join(planned, start)
        self._planned[key] = planned
        return planned

    def _read_rare(self, node: Node, row: ItemRow) -> dict[str, Any]:
        values = row.values
        fields: dict[str, Any] = {}
        due, deadline = _last_day(values.get("due")), _last_day(values.get("deadline"))
        if deadline is not None and {"due", "finish"} & values.keys():
            fields["deadlines"] = (Deadline(date=deadline),)
        elif deadline is not None:
            due = deadline
        if due is not None:
            fields["due"] = due
        base = first_day(values.get("baseline_start")), _last_day(values.get("baseline_finish"))
        if base != (None, None):
            fields["baselines"] = (Baseline(start=base[0], finish=base[1]),)
        kind = values.get("constraint")
        if kind:
            day = values.get("constraint_date")
            when = first_day(day) if kind in _FROM_START else _last_day(day)
            if when is not None or kind == "ALAP":
                fields["constraints"] = (Constraint(type=kind, date=when),)
            else:
                message = f"The constraint {kind} has no date; it is not used"
                self._tell(node, row, "constraint", "constraint-without-date", message)
        return fields


_RARE: Final = frozenset({"due", "deadline", "baseline_start", "baseline_finish", "constraint"})


def _begin(begun: Partial | None) -> Planned | None:
    """Return the planned dates of a row that has a start alone."""
    if begun is None:
        return None
    if begun.planned.finish is not None and begun.planned.start is not None:
        return begun.planned  # a range in one cell
    start = first_day(begun)
    precision: Precision = "from" if start else "none"
    return stamp(begun.planned, {"start": start, "finish": None, "precision": precision})


def _finish(finishing: Partial) -> Planned:
    """Return the planned dates of a row that has a finish; a day needs no words beside it."""
    planned = finishing.planned
    return stamp(planned, {"text": None}) if planned.precision == "day" else planned


def _join(planned: Planned, start: date) -> Planned:
    if planned.finish is not None:
        return stamp(planned, {"start": start, "text": None})
    precision: Precision = "from" if planned.precision == "none" else planned.precision
    return stamp(planned, {"start": start, "precision": precision})


def _parse_length(text: str, unit: str | None, *, working: bool) -> Span:
    """Read a length; ``unit`` is what a number alone counts in."""
    is_number = unit is not None and text.replace(".", "", 1).isdecimal()
    length = parse_length(f"{text}{unit}" if is_number else text, working=working)
    if length.amount < 0:
        raise SpanError(f'"{text}" is a negative length of time')
    return length

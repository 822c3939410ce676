"""Officers as resources of MS Project's XML, what they are assigned to, and when they work on it.

A split task says where its work stops by spreading the work of its assignments over time; one that
nobody works on has an assignment of nobody for that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.moments import parse_moment, show_start, start_instant
from graphmodel.worktime import work_table
from loaders.schedules.mspdi_marks import KIND
from loaders.schedules.mspdi_spans import duration_text, length_of
from loaders.schedules.mspdi_written import write_marks
from loaders.schedules.mspdi_written_tasks import marks_of
from loaders.schedules.worked import work_ahead
from loaders.schedules.xml_writing import add, start_element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from xml.etree.ElementTree import Element

    from graphmodel.plan import Plan
    from graphmodel.spans import Span
    from loaders.schedules.mspdi_hours import HoursBook
    from loaders.schedules.mspdi_lost import Lost
    from loaders.schedules.mspdi_rows import Row

__all__ = ["write_people"]

_PERSON: Final = 1
_NOBODY: Final = -65535
#: Roles that do the work; others are assigned without a share in it.
_WORKS: Final = frozenset({"responsible", "delivery_lead"})
_SAID: Final = frozenset({"id", "source", "x_uid"})
_REMAINING: Final = 1
#: Unit in which spread work is counted: days.
_DAYS: Final = 2


class _Stretch(NamedTuple):
    """Some time and the minutes of work in it, 0 in a gap."""

    begin: int
    end: int
    work: int


def write_people(
    root: Element, plan: Plan, rows: Iterable[Row], book: HoursBook, lost: Lost
) -> None:
    """Write resources and assignments."""
    above = start_element(root, "Resources")
    numbers: dict[str, int] = {}
    for number, officer in enumerate(plan.officers, start=1):
        numbers[officer.id] = number
        one = start_element(above, "Resource")
        add(one, UID=number, ID=number, Name=officer.name, Type=_PERSON, IsNull=False)
        kept = officer.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        kept = {key: value for key, value in kept.items() if key not in _SAID}
        write_marks(one, "resource", marks_of(officer.id, officer.kind, kept, lost))
    tasks = {row.item.id: row for row in rows}
    spread = {row.item.id: list(_stretches(row, plan, book)) for row in rows if row.item.splits}
    above = start_element(root, "Assignments")
    number = 0
    for assigned in plan.assignments:
        number += 1
        works = assigned.role in _WORKS
        task, resource = tasks[assigned.item].uid, numbers[assigned.officer]
        one = _assign(above, number, task, resource, units=int(works))
        write_marks(one, "assignment", {KIND: assigned.role})
        if works:
            _spread(one, number, spread.pop(assigned.item, ()))
    for item, stretches in spread.items():
        if not stretches:
            lost.add("gaps")
            continue
        number += 1
        _spread(_assign(above, number, tasks[item].uid, _NOBODY, units=1), number, stretches)


def _assign(above: Element, number: int, task: int, resource: int, *, units: int) -> Element:
    one = start_element(above, "Assignment")
    add(one, UID=number, TaskUID=task, ResourceUID=resource, Units=units)
    return one


def _spread(assignment: Element, number: int, stretches: Iterable[_Stretch]) -> None:
    for begin, end, work in stretches:
        one = start_element(assignment, "TimephasedData")
        add(one, Type=_REMAINING, UID=number)
        add(one, Start=_text(begin), Finish=_text(end), Unit=_DAYS, Value=duration_text(work))


def _text(instant: int) -> str:
    return f"{show_start(instant, hours=True):%Y-%m-%dT%H:%M:%S}"


def _stretches(row: Row, plan: Plan, book: HoursBook) -> Iterator[_Stretch]:
    """Yield work and gaps of a split task; nothing where its start or calendar is not known."""
    item, start = row.item, row.cells.get("Start")
    calendars = {one.id: one for one in plan.calendars}
    name = item.calendar or plan.calendar
    if not isinstance(start, str) or name not in calendars or item.duration is None:
        return
    spans = [span for one in item.splits for span in (one.after, one.gap)]
    if any(span.is_elapsed or span.unit == "%" for span in (item.duration, *spans)):
        return
    table, day = work_table(calendars, name), book.day_of(name)

    def minutes(span: Span) -> int:
        return length_of(span, day, book.whole_day).minutes

    at, done, whole = start_instant(parse_moment(start)), 0, minutes(item.duration)
    for after, gap in sorted((minutes(one.after), minutes(one.gap)) for one in item.splits):
        if done < after < whole:
            end = work_ahead(table, at, after - done)
            yield _Stretch(at, end, after - done)
            at, done = work_ahead(table, end, gap), after
            yield _Stretch(end, at, 0)
    yield _Stretch(at, work_ahead(table, at, whole - done), whole - done)

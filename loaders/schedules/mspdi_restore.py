"""A plan that knockon wrote for MS Project, given back as it was.

Where nobody has changed a row's dates, the item is what it was when it was written; where somebody
has, what Project says of time holds, and the rest (kind, colour, tags, …) is kept. Titles, the
outline, links and who works on what are always as the file has them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from graphmodel.england import ENGLAND
from graphmodel.entity import is_id
from graphmodel.errors import PlanError
from graphmodel.items import Item
from graphmodel.moments import parse_moment
from graphmodel.people import Assignment, Officer
from graphmodel.plan import Plan
from graphmodel.problems import Place, Problem
from graphmodel.spans import Span
from graphmodel.words import count
from loaders.schedules.mspdi_hours import EVERY_DAY, ROUND_THE_CLOCK
from loaders.schedules.mspdi_marks import CHECK, ID, KIND, check_number, join_pieces
from loaders.schedules.naming import fit_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from graphmodel.links import Link
    from loaders.loaded import Loaded

__all__ = ["Marked", "restore"]

#: Keys of an item that speak of time: not given back where somebody changed the row.
_OF_TIME: Final = frozenset(
    {
        "planned",
        "due",
        "deadlines",
        "baselines",
        "duration",
        "calendar",
        "scheduling",
        "splits",
        "levelling_delay",
        "constraints",
        "status",
        "actual_start",
        "actual_finish",
        "percent",
        "remaining",
        "forecast",
    }
)
_ADDED: Final = frozenset({EVERY_DAY, ROUND_THE_CLOCK})
_OWN: Final = "own"


@dataclass(frozen=True)
class Marked:
    """What knockon kept on a row; ``same``: nobody has changed its dates."""

    id: str
    kind: str
    kept: Mapping[str, Any]
    same: bool
    start: str = ""
    finish: str = ""

    @classmethod
    def of(
        cls,
        marks: Mapping[str, str],
        cell: Callable[[str], str],
        names: Sequence[str] | None = None,
    ) -> Marked | None:
        """Read the fields of a row, given its elements by name; None where it has none."""
        if not marks.get(ID) and not marks.get(KIND):
            return None
        kept = join_pieces(marks)
        given = kept.pop(CHECK, None)
        found = check_number(cell) if names is None else check_number(cell, names)
        return cls(
            marks.get(ID, ""),
            marks.get(KIND, ""),
            kept,
            given == found,
            cell("Start"),
            cell("Finish"),
        )


def restore(
    loaded: Loaded, whole: Marked, rows: Mapping[str, Marked], people: Mapping[str, Marked]
) -> Loaded:
    """Return the plan that was written.

    Parameters
    ----------
    rows, people
        What is kept on rows and resources, by their numbers in the file.
    """
    restorer = _Restorer(loaded.plan, whole, rows, people)
    file = loaded.plan.sources[0].file or ""
    try:
        plan = restorer.plan()
    except (PlanError, ValidationError) as error:
        told = Problem(
            "marks-damaged",
            "warning",
            "What knockon kept in the text fields of this file no longer fits together "
            f"({str(error).splitlines()[0]}): the file is read as any schedule.",
            (),
            Place(file),
        )
        return replace(loaded, problems=(*loaded.problems, told))
    problems = loaded.problems
    if restorer.changed:
        told = Problem(
            "dates-changed",
            "info",
            f"{count(len(restorer.changed), 'item')} with other dates or progress than knockon "
            "wrote: those of the file hold.",
            tuple(restorer.changed),
            Place(file),
        )
        problems = (*problems, told)
    return replace(loaded, plan=plan, problems=problems)


class _Restorer:
    def __init__(
        self, plan: Plan, whole: Marked, rows: Mapping[str, Marked], people: Mapping[str, Marked]
    ) -> None:
        self._read = plan
        self._whole = whole
        self._rows = rows
        self._people = people
        self.changed: list[str] = []
        self._ids = dict(_whole_ids(plan, rows))
        own = frozenset(whole.kept.get(_OWN, ()))
        titles = {one.id: str((one.model_extra or {}).get("x_title")) for one in plan.calendars}
        self._calendars = {
            one: None if title in _ADDED else title
            for one, title in titles.items()
            if title in _ADDED or title == ENGLAND or title in own
        }
        self._kept_calendars = tuple(
            one.model_copy(update={"id": self._calendars.get(one.id, one.id), "x_title": None})
            for one in plan.calendars
            if titles[one.id] in own or one.id not in self._calendars
        )

    def plan(self) -> Plan:
        """Return the plan; raises where it breaks the rules of plans."""
        read, whole = self._read, self._whole
        names = {one.id: self._officer(one) for one in read.officers}
        kept = {key: value for key, value in whole.kept.items() if key != _OWN}
        if not whole.same:
            kept = {**kept, "start": read.start, "status_date": read.status_date}
        assignments = tuple(
            Assignment(officer=names[one.officer].id, item=self._name(one.item), role=one.role)
            for one in read.assignments
        )
        return Plan.model_validate(
            {
                **kept,
                "id": whole.id,
                "sources": read.sources,
                "calendars": self._kept_calendars,
                "items": tuple(self._item(one) for one in read.items),
                "links": tuple(self._link(one) for one in read.links),
                "officers": tuple(names.values()),
                "assignments": assignments,
            }
        )

    def _name(self, item: str | None) -> str:
        return self._ids.get(item or "", item or "")

    def _link(self, link: Link) -> Link:
        ends = {"from_": self._name(link.from_), "to": self._name(link.to)}
        return link.model_copy(update=ends)

    def _officer(self, officer: Officer) -> Officer:
        marked = self._people.get(_uid(officer))
        if marked is None:
            return officer
        title = "" if "title" not in marked.kept and officer.title == marked.id else officer.title
        raw = {**marked.kept, "id": marked.id, "title": title, "source": officer.source}
        return Officer.model_validate(raw)

    def _item(self, item: Item) -> Item:
        marked = self._rows.get(_uid(item))
        own = {
            "id": self._name(item.id),
            "title": item.title,
            "parent": self._name(item.parent) or None,
            "source": item.source,
        }
        if marked is not None:
            own |= {"kind": marked.kind, "x_uid": _uid(item)}
            if marked.same:
                return Item.model_validate({**marked.kept, **own})
            self.changed.append(self._name(item.id))
        raw = {**_fields(item), **self._on_calendar(item)}
        if marked is None:
            return Item.model_validate({**raw, **own})
        raw = {key: value for key, value in raw.items() if not key.startswith("x_")}
        rest = {key: value for key, value in marked.kept.items() if key not in _OF_TIME}
        if "duration" not in marked.kept and "scheduling" not in marked.kept:
            raw |= _planned(item, marked)
        return Item.model_validate({**raw, **rest, **own})

    def _on_calendar(self, item: Item) -> dict[str, Any]:
        """Return calendar and duration of a row as read, on the calendars of the plan."""
        written = item.calendar or self._read.calendar or ""
        calendar = self._calendars.get(written, written)
        span = item.duration
        if calendar is None and span is not None and span.unit == "wd":
            span = Span(span.amount, "d")
        if calendar == self._whole.kept.get("calendar"):
            calendar = None
        return {"calendar": calendar, "duration": span}


def _whole_ids(plan: Plan, rows: Mapping[str, Marked]) -> Iterator[tuple[str, str]]:
    """Yield id as read and id as written, where a schedule's id may not be what a plan's may."""
    for item in plan.items:
        marked = rows.get(_uid(item))
        if marked is not None and is_id(marked.id) and fit_id(marked.id, "") == item.id:
            yield item.id, marked.id


def _fields(item: Item) -> dict[str, Any]:
    """Return what is known of an item, by the names of its fields."""
    extra = item.model_extra or {}
    return {**{name: getattr(item, name) for name in item.model_fields_set - extra.keys()}, **extra}


def _planned(item: Item, marked: Marked) -> dict[str, Any]:
    """Return the dates of a row whose item keeps its own dates, as whole days where it had such."""
    planned = marked.kept.get("planned", {})
    is_timed = any("T" in str(planned.get(end, "")) for end in ("start", "finish"))
    start, finish = (_moment(text, is_timed=is_timed) for text in (marked.start, marked.finish))
    if item.duration is None or not item.duration:
        start, finish = (start, None) if set(planned) >= {"start"} else (None, finish)
    days = {
        name: value if is_timed else _day(value)
        for name in ("due", "actual_start", "actual_finish")
        if (value := getattr(item, name)) is not None
    }
    dated = start is not None or finish is not None
    return {
        "planned": {"start": start, "finish": finish, "precision": "day" if dated else "none"},
        "duration": None,
        "scheduling": None,
        "remaining": None,
        "calendar": marked.kept.get("calendar"),
        "constraints": marked.kept.get("constraints"),
        **days,
    }


def _moment(text: str, *, is_timed: bool) -> date | None:
    if not text:
        return None
    moment = parse_moment(text)
    return moment if is_timed else _day(moment)


def _day(moment: date) -> date:
    return date(moment.year, moment.month, moment.day)


def _uid(entity: Item | Officer) -> str:
    return str((entity.model_extra or {}).get("x_uid", ""))

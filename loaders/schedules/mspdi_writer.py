"""A plan written as MS Project's XML (MSPDI), which Project and ProjectLibre open.

Recipe: calendars → rows → links → people → file. Whatever the kind of the plan, Project shows the
dates that the plan has (`loaders.schedules.mspdi_rows`), parents are summary tasks, officers are
resources. Ids, kinds and all else that has no column in Project are kept in text fields
(`loaders.schedules.mspdi_marks`), so that `loaders.schedules.mspdi.read_mspdi` gives the plan back.
"""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from graphmodel.collector import collector_paused
from graphmodel.files import write_text
from loaders.schedules.mspdi_hours import HoursBook
from loaders.schedules.mspdi_lost import Lost
from loaders.schedules.mspdi_marks import CHECK, PROJECT_CHECK, check_number
from loaders.schedules.mspdi_rows import Row, RowMaker
from loaders.schedules.mspdi_written import write_calendars, write_fields, write_marks
from loaders.schedules.mspdi_written_people import write_people
from loaders.schedules.mspdi_written_tasks import TaskWriter, marks_of
from loaders.schedules.xml_writing import add, moment_text, start_element

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from graphmodel.items import Item
    from graphmodel.links import Link
    from graphmodel.plan import Plan
    from loaders.schedules.mspdi_rows import Shown

__all__ = ["write_mspdi"]

_NAMESPACE: Final = "http://schemas.microsoft.com/project"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_VERSION: Final = 14
#: Kind that the row of the whole project has.
_WHOLE: Final = "plan"
#: What a plan keeps on the row of the whole project.
_KEPT: Final[set[str]] = {
    "organisation",
    "version",
    "as_of",
    "start",
    "must_finish",
    "status_date",
    "calendar",
    "options",
    "title",
}


def write_mspdi(
    plan: Plan, path: str | Path, *, shown: Mapping[str, Shown] | None = None
) -> tuple[str, ...]:
    """Write a plan as MS Project's XML.

    Parameters
    ----------
    shown
        Start and finish of each item as a schedule of the plan shows them, by id; without it the
        items' own dates are written, and Project works out the rest.

    Returns
    -------
    tuple of str
        A sentence on each kind of thing that the format cannot carry.

    Raises
    ------
    FileError
        The file cannot be written.
    """
    with collector_paused():
        writer = _Writer(plan, shown or {})
        root = writer.write()
        ET.indent(root)
        text = ET.tostring(root, encoding="unicode")
    write_text(path, f"{_DECLARATION}\n{text}\n")
    return tuple(writer.lost.sentences(plan))


class _Writer:
    """Writes one plan."""

    def __init__(self, plan: Plan, shown: Mapping[str, Shown]) -> None:
        self.lost = Lost()
        self._plan = plan
        self._book = HoursBook(plan)
        for one in plan.calendars:
            if self._book.day_of(one.id) != self._book.minutes_per_day:
                self.lost.add("day-length")
        maker = RowMaker(plan, shown, self._book, self.lost)
        self._rows = list(self._make_rows(maker))

    def write(self) -> ET.Element:
        """Return the document."""
        root = ET.Element("Project", xmlns=_NAMESPACE)
        self._write_project(root)
        write_fields(root)
        write_calendars(root, self._book)
        self._write_tasks(root)
        write_people(root, self._plan, self._rows, self._book, self.lost)
        return root

    def _make_rows(self, maker: RowMaker) -> Iterator[Row]:
        """Yield the items as rows, each followed by what is part of it."""
        index = self._plan.index
        taken = {0}
        free = 1 + max((_number(item) for item in self._plan.items), default=0)
        roots = [item for item in self._plan.items if item.parent is None]
        waiting = [(item, str(place)) for place, item in enumerate(roots, 1)][::-1]
        while waiting:
            item, outline = waiting.pop()
            parts = [index.items[one] for one in index.children.get(item.id, ())]
            uid = _number(item)
            if uid in taken:
                uid, free = free, free + 1
            taken.add(uid)
            cells = maker.cells(item, is_summary=bool(parts))
            cells["OutlineNumber"] = outline
            yield Row(item, uid, outline.count(".") + 1, bool(parts), cells)
            below = [(part, f"{outline}.{place}") for place, part in enumerate(parts, 1)]
            waiting.extend(reversed(below))

    def _write_project(self, root: ET.Element) -> None:
        plan, book = self._plan, self._book
        hours = book.of(book.default)
        items = plan.items
        pins = [one for item in items for one in item.constraints if one.type in {"MSO", "MFO"}]
        add(root, SaveVersion=_VERSION)
        add(root, Title=plan.title or plan.id)
        add(root, Company=plan.organisation)
        add(root, ScheduleFromStart=True)
        add(root, StartDate=_midnight(plan.start) or self._edge("Start", min))
        add(root, FinishDate=self._edge("Finish", max))
        add(root, CalendarUID=book.number(book.default))
        add(root, MinutesPerDay=book.minutes_per_day)
        add(root, MinutesPerWeek=book.minutes_per_week)
        add(root, DurationFormat=7)
        add(root, HonorConstraints=not pins or any(one.hard for one in pins))
        add(root, StatusDate=moment_text(hours.end(plan.status_date)))
        add(root, NewTasksAreManual=False)

    def _edge(self, name: str, choose: Callable[[list[str]], str]) -> str | None:
        """Return the first start or the last finish of all rows."""
        stated = [text for row in self._rows if isinstance(text := row.cells.get(name), str)]
        return choose(stated) if stated else None

    def _write_tasks(self, root: ET.Element) -> None:
        plan = self._plan
        links: dict[str, list[Link]] = {}
        for link in plan.accepted_links:
            links.setdefault(link.to, []).append(link)
        numbers = {row.item.id: row.uid for row in self._rows}
        writer = TaskWriter(numbers, links, self._book, self.lost)
        tasks = start_element(root, "Tasks")
        whole = start_element(tasks, "Task")
        add(whole, UID=0, ID=0, Name=plan.title or plan.id, Type=1)
        add(whole, OutlineNumber=0, OutlineLevel=0, Summary=True)
        kept = plan.model_dump(mode="json", exclude_none=True, exclude_defaults=True, include=_KEPT)
        kept |= plan.model_extra or {}
        kept["own"] = [one.id for one in plan.calendars]
        kept[CHECK] = check_number(lambda name: root.findtext(name) or "", PROJECT_CHECK)
        write_marks(whole, "task", marks_of(plan.id, _WHOLE, kept, self.lost))
        for place, row in enumerate(self._rows, start=1):
            writer.write(tasks, place, row)


def _midnight(moment: date | None) -> str | None:
    """Return when a plan starts: with its first day, whatever calendar works first on it."""
    if moment is None or isinstance(moment, datetime):
        return moment_text(moment)
    return moment_text(datetime.combine(moment, time()))


def _number(item: Item) -> int:
    """Return the number Project gave an item's row; 0 where it comes from elsewhere."""
    text = str((item.model_extra or {}).get("x_uid", ""))
    return int(text) if text.isdecimal() and len(text) < len("1000000000") else 0

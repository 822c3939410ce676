"""Rows of MS Project's XML as elements: in the order the format asks for, with links and marks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from loaders.schedules.mspdi_marks import CHECK, ID, KIND, check_number, split_pieces
from loaders.schedules.mspdi_spans import duration_text, lag_of, length_of
from loaders.schedules.mspdi_written import write_marks
from loaders.schedules.xml_writing import add, moment_text, start_element

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element

    from graphmodel.items import Item
    from graphmodel.links import Link
    from loaders.schedules.mspdi_hours import HoursBook
    from loaders.schedules.mspdi_lost import Lost
    from loaders.schedules.mspdi_rows import Row

__all__ = ["TaskWriter", "marks_of"]

_TYPES: Final = {"FF": 0, "FS": 1, "SF": 2, "SS": 3}
#: Elements of a row before its links, in their order.
_ORDER: Final = (
    "UID",
    "ID",
    "Name",
    "Active",
    "Manual",
    "Type",
    "IsNull",
    "WBS",
    "OutlineNumber",
    "OutlineLevel",
    "Start",
    "Finish",
    "Duration",
    "ManualStart",
    "ManualFinish",
    "ManualDuration",
    "DurationFormat",
    "EffortDriven",
    "Estimated",
    "Milestone",
    "Summary",
    "PercentComplete",
    "ActualStart",
    "ActualFinish",
    "ActualDuration",
    "RemainingDuration",
    "ConstraintType",
    "CalendarUID",
    "ConstraintDate",
    "Deadline",
    "LevelingDelay",
    "LevelingDelayFormat",
    "IgnoreResourceCalendar",
    "Notes",
)
#: Project's fixed duration: who works on a task does not change how long it takes.
_FIXED_DURATION: Final = 1
_MOST_BASELINES: Final = 11
#: What a row says itself, or has no place for.
_SAID: Final = frozenset({"id", "kind", "title", "parent", "source", "history", "x_uid"})


class TaskWriter:
    """Writes rows.

    Attributes
    ----------
    numbers
        Number of each item's row.
    links
        The accepted links by the item they lead to.
    """

    def __init__(
        self,
        numbers: Mapping[str, int],
        links: Mapping[str, list[Link]],
        book: HoursBook,
        lost: Lost,
    ) -> None:
        self._numbers = numbers
        self._links = links
        self._book = book
        self._lost = lost

    def write(self, above: Element, place: int, row: Row) -> None:
        """Write a row as the ``place``-th of the file."""
        item = row.item
        cells: dict[str, object] = {
            "UID": row.uid,
            "ID": place,
            "Name": item.title,
            "Active": item.status != "cancelled",
            "Type": _FIXED_DURATION,
            "IsNull": False,
            "WBS": item.label,
            "OutlineLevel": row.level,
            "EffortDriven": False,
            "Estimated": False,
            "Summary": row.is_summary,
            "Notes": _notes(item),
            **row.cells,
        }
        task = start_element(above, "Task")
        for name in _ORDER:
            add(task, **{name: cells.get(name)})
        self._write_links(task, self._links.get(item.id, ()))
        kept = item.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
        kept = {key: value for key, value in kept.items() if key not in _SAID}
        kept[CHECK] = check_number(lambda name: task.findtext(name) or "")
        write_marks(task, "task", marks_of(item.id, item.kind, kept, self._lost))
        self._write_baselines(task, item)

    def _write_links(self, task: Element, links: Iterable[Link]) -> None:
        seen: set[str] = set()
        for link in links:
            if link.from_ in seen:
                self._lost.add("second-link")
                continue
            seen.add(link.from_)
            lag = lag_of(link.lag, self._book.minutes_per_day)
            if not lag.exact:
                self._lost.add("month-lag" if link.lag.unit == "m" else "rounded-lag")
            one = start_element(task, "PredecessorLink")
            add(one, PredecessorUID=self._numbers[link.from_])
            add(one, Type=_TYPES[link.type])
            add(one, CrossProject=False)
            add(one, LinkLag=lag.amount)
            add(one, LagFormat=lag.code)

    def _write_baselines(self, task: Element, item: Item) -> None:
        if len(item.baselines) > _MOST_BASELINES:
            self._lost.add("baselines")
        hours = self._book.of(self._book.default)
        for number, kept in enumerate(item.baselines[:_MOST_BASELINES]):
            one = start_element(task, "Baseline")
            add(one, Number=number)
            add(one, Start=moment_text(hours.begin(kept.start)))
            add(one, Finish=moment_text(hours.end(kept.finish)))
            if kept.duration is not None and kept.duration.unit != "%":
                length = length_of(kept.duration, self._book.minutes_per_day, self._book.whole_day)
                add(one, Duration=duration_text(length.minutes))
                add(one, DurationFormat=length.code)


def marks_of(name: str, kind: str, kept: dict[str, Any], lost: Lost) -> dict[str, str]:
    """Return the fields of a row by alias; what does not fit, longest first, is lost."""
    while True:
        pieces = split_pieces(kept)
        if pieces is not None:
            return {**dict(pieces), KIND: kind, ID: name}
        longest = max(kept, key=lambda key: len(json.dumps(kept[key])))
        del kept[longest]
        lost.add("too-long", longest)


def _notes(item: Item) -> str | None:
    """Return the notes an item came with, else the words of its source."""
    notes = (item.model_extra or {}).get("x_notes")
    if isinstance(notes, str):
        return notes
    return None if item.source is None else item.source.quote

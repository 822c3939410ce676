"""The rows of a schedule as items of a plan: what each is, when, and what holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from graphmodel.items import Item
from graphmodel.moments import finish_instant, show_start, start_instant
from loaders.draft import SOURCE
from loaders.schedules.worked import work_ahead, worked_between

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.items import Kind
    from graphmodel.spans import Span
    from loaders.schedules.breakdown import Breakdown
    from loaders.schedules.calendars import CalendarBook
    from loaders.schedules.journal import Journal
    from loaders.schedules.limits import Limits
    from loaders.schedules.tasks import Bound, Kept, Task

__all__ = ["ItemMaker"]

#: What a summary is, by how many summaries it is part of; deeper ones are as the last.
_SUMMARIES: Final[tuple[Kind, ...]] = ("theme", "objective", "action")
_POINTS: Final = frozenset({"start_milestone", "finish_milestone"})


class ItemMaker:
    """Makes items of tasks; what a plan cannot hold of one is told and left out."""

    def __init__(
        self, breakdown: Breakdown, book: CalendarBook, limits: Limits, journal: Journal
    ) -> None:
        self._breakdown = breakdown
        self._book = book
        self._limits = limits
        self._journal = journal

    def make(self, place: int, parent: str | None) -> Item:
        """Return the item of the row at a place in the file."""
        task, name = self._breakdown.tasks[place], self._breakdown.names[place]
        ancestors = self._breakdown.ancestors(place)
        raw: dict[str, Any] = {
            "id": name,
            "title": task.title,
            "label": task.label,
            "parent": parent,
            "external": task.external,
            "source": {"source": SOURCE, "line": task.line},
            **{key: value for key, value in task.facts.items() if value not in (None, "", ())},
        }
        if task.tags:
            raw["tags"] = task.tags
        if task.baselines:
            raw["baselines"] = [self._baseline(one, task, name) for one in task.baselines]
        if task.kind == "summary":
            depth = min(len(ancestors), len(_SUMMARIES) - 1)
            raw["kind"] = _SUMMARIES[depth]
            raw["due"] = self._moment(task.deadline, "deadline", task, name)
        else:
            raw |= self._leaf(task, name, ancestors)
        return Item.model_validate(raw)

    def _leaf(self, task: Task, name: str, ancestors: list[Task]) -> dict[str, Any]:
        duration = self._length(task.duration, "duration", task, name)
        is_point = task.kind in _POINTS or not duration
        bounds = [self._bound(one, task, name) for one in task.bounds]
        leaf: dict[str, Any] = {
            "kind": "milestone" if is_point and task.kind != "loe" else "activity",
            "type": task.kind,
            "calendar": self._book.of_task(task, name),
            "duration": duration,
            "status": task.status,
            "planned": self._planned(task, name, is_point=is_point),
            "due": self._moment(task.deadline, "deadline", task, name),
            "forecast": self._moment(task.forecast, "expected finish", task, name),
            "levelling_delay": self._length(task.levelling_delay, "levelling delay", task, name),
            "splits": list(self._splits(task, name)) if task.gaps else None,
            **self._facts(task, name, is_point=is_point),
        }
        if task.scheduling == "fixed":
            leaf["scheduling"] = "fixed"
        elif duration is None:
            leaf |= {"duration": "0min", "scheduling": "logic"}
        bounds += (
            {"type": "SNET", "date": self._moment(above.start, "start", above, name)}
            for above in reversed(ancestors)
            if above.scheduling == "fixed" and above.start is not None
        )
        resumed = self._resumed(task, name)
        if resumed is not None:
            bounds.append({"type": "FNET", "date": resumed})
        if bounds:
            leaf["constraints"] = bounds
        return leaf

    def _planned(self, task: Task, name: str, *, is_point: bool) -> dict[str, Any] | None:
        """Return the dates to compare with: the baseline's, else those the program shows."""
        start, finish = task.start, task.finish
        if task.scheduling != "fixed" and task.baselines:
            kept = task.baselines[0]
            if kept.start is not None or kept.finish is not None:
                start, finish = kept.start, kept.finish
        start = self._moment(start, "start", task, name)
        finish = self._moment(finish, "finish", task, name)
        if start is None and finish is None:
            return None
        if task.scheduling != "fixed" and (is_point or not _in_order(start, finish)):
            start, finish = None, finish or start  # one instant needs one date
        return {"start": start, "finish": finish, "precision": "day"}

    def _facts(self, task: Task, name: str, *, is_point: bool) -> dict[str, Any]:
        """Return what has happened; a point has one date for both its ends."""
        start = self._moment(task.actual_start, "actual start", task, name)
        finish = self._moment(task.actual_finish, "actual finish", task, name)
        if task.status == "complete":
            finish = finish or (start if is_point else None)
            return {"actual_start": None if is_point else start, "actual_finish": finish}
        percent = task.percent
        if percent is not None and not 0 <= percent <= 100:  # noqa: PLR2004 - per cent
            self._journal.tell(
                "percent-impossible",
                "warning",
                f'"{name}" is said to be {percent:g} % complete: that is left out.',
                task.line,
                (name,),
            )
            percent = None
        return {
            "actual_start": start,
            "percent": percent,
            "remaining": self._length(task.remaining, "remaining duration", task, name),
        }

    def _resumed(self, task: Task, name: str) -> date | None:
        """Return when the rest of suspended work ends if it goes on when the file says."""
        begin = self._moment(task.resumes, "resume date", task, name)
        left = self._length(task.remaining, "remaining duration", task, name)
        if begin is None or left is None or task.status != "in_progress":
            return None
        if left.is_elapsed:
            return show_start(start_instant(begin) + left.minutes, hours=True)
        table = self._book.table_of(task, name)
        minutes = int(left.amount * table.day_minutes) if left.unit == "wd" else left.minutes
        return show_start(work_ahead(table, start_instant(begin), minutes), hours=True)

    def _splits(self, task: Task, name: str) -> Iterator[dict[str, Any]]:
        """Yield the gaps of a task as work done before each, and working time lost in it."""
        if task.start is None:
            return
        table = self._book.table_of(task, name)
        begin, idle = start_instant(task.start), 0
        for first, last in task.gaps:
            after = worked_between(table, begin, start_instant(first))
            gap = worked_between(table, start_instant(first), finish_instant(last))
            if gap > 0 and after - idle >= 0:
                yield {"after": f"{after - idle}min", "gap": f"{gap}min"}
                idle += gap

    def _bound(self, bound: Bound, task: Task, name: str) -> dict[str, Any]:
        when = self._moment(bound.date, f"date of the constraint {bound.type}", task, name)
        return {"type": bound.type, "date": when, "hard": bound.hard}

    def _baseline(self, kept: Kept, task: Task, name: str) -> dict[str, Any]:
        words = f"baseline {kept.name or ''}".strip()
        return {
            "name": kept.name,
            "start": self._moment(kept.start, f"start in the {words}", task, name),
            "finish": self._moment(kept.finish, f"finish in the {words}", task, name),
            "duration": self._length(kept.duration, f"duration in the {words}", task, name),
        }

    def _length(self, span: Span | None, what: str, task: Task, name: str) -> Span | None:
        return self._limits.length(span, what, task.line, name)

    def _moment(self, value: date | None, what: str, task: Task, name: str) -> date | None:
        if value is None:
            return None
        return self._journal.moment(value, f'The {what} of "{name}"', task.line, (name,))


def _in_order(start: date | None, finish: date | None) -> bool:
    if start is None or finish is None:
        return True
    return start_instant(start) < finish_instant(finish)

"""Status returns merged into a plan: by id, with the values before kept as history.

1. A row changes the item of its id; blank cells change nothing. An id that the plan has not got, a
   second row of one id, a title that does not fit, and a report older than what the plan knows are
   told, and the row is not used.
2. Fields of a row that contradict each other or the item are refused (`loaders.status_rules`); the
   other fields of the row count.
3. What an item said before goes to its ``history``, with the day it was said for. Actual dates that
   are replaced stand there as ``x_actual_start`` and ``x_actual_finish``.
4. Planned and due dates are never changed by a return: a re-profile is a decision. A different due
   date is told.
5. The plan's status date becomes that of the return, if that is later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from graphmodel.collector import collector_paused
from graphmodel.files import fingerprint
from graphmodel.index import close_ids
from graphmodel.items import HistoryEntry, Source, SourceFile
from graphmodel.moments import finish_instant, write_moment
from graphmodel.plan import Plan
from graphmodel.problems import Problem
from graphmodel.spans import Span
from graphmodel.words import count
from loaders.status_rules import vet_report
from loaders.text import shorten
from loaders.titles import fits_title

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from graphmodel.items import Item
    from loaders.returns import ReportRow, StatusReturn

__all__ = ["Applied", "apply_return"]

#: Fields of a report that history keeps, and those it keeps as facts.
_KEPT: Final = ("forecast", "status", "percent", "rag", "grade", "cause")
_FACTS: Final = ("actual_start", "actual_finish", "remaining")

#: The fact that says where an item's status was reported last.
_REPORTED_IN: Final = "x_reported_in"

_HINTS: Final = 20
_LISTED: Final = 20


class Applied(NamedTuple):
    """A plan with a return in it, what was refused or is doubtful, and what changed."""

    plan: Plan
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def apply_return(plan: Plan, ret: StatusReturn) -> Applied:
    """Return a plan with the statuses of a return, by the rules above; the plan given stays."""
    with collector_paused():
        return _Merging(plan, ret).apply()


class _Merging:
    def __init__(self, plan: Plan, ret: StatusReturn) -> None:
        self.plan = plan
        self.ret = ret
        self.items: dict[str, Item] = {item.id: item for item in plan.items}
        self.problems: list[Problem] = list(ret.problems)
        self.changes: list[str] = []
        self.rows: dict[str, ReportRow] = {}
        self.unknown: list[str] = []
        self.source, self.sources = self._place_source()
        self.before = plan.status_date or plan.as_of

    def apply(self) -> Applied:
        used = 0
        for row in self.ret.rows:
            item = self._find(row)
            if item is not None:
                used += 1
                self._change(item, row)
        held = {name: getattr(self.plan, name) for name in self.plan.model_fields_set}
        held |= {"items": tuple(self.items.values()), "sources": self.sources}
        as_of = self.ret.as_of
        notes = list(self.ret.notes)
        if as_of is not None and used and _is_later(as_of, self.plan.status_date):
            held["status_date"] = as_of
            was = self.plan.status_date
            told = "none" if was is None else write_moment(was)
            notes.append(f"The plan's status date: {told} → {write_moment(as_of)}.")
        changed = Plan(**held)
        notes += [*self._sum_up(used), *self.changes]
        return Applied(changed, tuple(self.problems), tuple(notes))

    def _sum_up(self, used: int) -> Iterator[str]:
        name = self.ret.path.name
        silent = len(self.items) - used
        yield (
            f"{name} reports on {count(used, 'item')} of the plan, and says nothing of {silent:,}; "
            f"{count(len(self.changes), 'change')}."
        )
        if self.unknown:
            shown = ", ".join(self.unknown[:_LISTED])
            more = ", …" if len(self.unknown) > _LISTED else ""
            many = count(len(self.unknown), "id")
            yield f"{name} names {many} the plan has not got: {shown}{more}."

    def _place_source(self) -> tuple[str, tuple[SourceFile, ...]]:
        """Return the id of the return among the plan's sources, and those with it in them."""
        path = self.ret.path
        digest = fingerprint(path) if path.is_file() else None
        for source in self.plan.sources:
            if source.file == path.name and source.sha256 == digest:
                return source.id, self.plan.sources
        taken = {source.id for source in self.plan.sources}
        new = next(name for n in range(1, len(taken) + 2) if (name := f"s{n}") not in taken)
        added = SourceFile(id=new, title=path.stem, file=path.name, sha256=digest)
        return new, (*self.plan.sources, added)

    def _report(self, code: str, severity: Any, message: str, row: ReportRow, *ids: str) -> None:
        self.problems.append(Problem(code, severity, message, ids, row.place))

    def _find(self, row: ReportRow) -> Item | None:
        """Return the item that a row changes, or tell why it changes none (rule 1)."""
        item = self.items.get(row.id)
        if item is None:
            self.unknown.append(row.id)
            near = close_ids(row.id, self.items) if len(self.unknown) <= _HINTS else []
            hint = f" (close ids: {', '.join(near)})" if near else ""
            message = f'The plan has no item "{row.id}"{hint}; the row is not used.'
            self._report("unknown-item", "error", message, row)
            return None
        first = self.rows.setdefault(row.id, row)
        if first is not row:
            same = first.fields == row.fields
            message = f"{row.id} is reported already ({first.place}); the row is not used."
            self._report("duplicate-id", "info" if same else "error", message, row, row.id)
            return None
        if row.title is not None and not fits_title(row.title, item.id, item.title):
            message = (
                f'The title "{shorten(row.title)}" does not fit {item.id}, which is '
                f'"{shorten(item.title)}"; the row is not used.'
            )
            self._report("title-does-not-fit", "error", message, row, row.id)
            return None
        if row.as_of is not None and _is_later(self.plan.status_date, row.as_of):
            message = (
                f"{row.id} is reported as of {write_moment(row.as_of)}, but the plan's status is "
                f"of {write_moment(self.plan.status_date or row.as_of)}; the row is not used."
            )
            self._report("return-older", "error", message, row, row.id)
            return None
        return item

    def _change(self, item: Item, row: ReportRow) -> None:
        vetted = vet_report(row.fields, item, row.as_of)
        for finding in vetted.findings:
            kept = ""
            if finding.refused:
                words = " and ".join(_words(name) for name in finding.refused)
                kept = f"; {words} {'stay' if len(finding.refused) > 1 else 'stays'} as before"
            message = f"{item.id}: {finding.message}{kept}."
            self._report(finding.code, finding.severity, message, row, item.id)
        self._compare_due(item, row)
        changes = {
            name: value for name, value in vetted.fields.items() if getattr(item, name) != value
        }
        if not changes:
            return
        for name, value in changes.items():
            old = _show(getattr(item, name))
            self.changes.append(f"{item.id}: {_words(name)} {old} → {_show(value)} ({row.place}).")
        told = {"source": self.source, "line": row.place.line, "cell": row.place.cell}
        reported_in = {name: value for name, value in told.items() if value is not None}
        history = (*item.history, self._remember(item, changes))
        update = {**changes, "history": history, _REPORTED_IN: reported_in}
        self.items[item.id] = item.model_copy(update=update)

    def _remember(self, item: Item, changes: dict[str, Any]) -> HistoryEntry:
        """Return what an item said before it changes (rule 3)."""
        facts = {
            f"x_{name}": str(old) if isinstance(old, Span) else write_moment(old)
            for name in _FACTS
            if name in changes and (old := getattr(item, name)) is not None
        }
        kept = {name: getattr(item, name) for name in _KEPT}
        said = (item.model_extra or {}).get(_REPORTED_IN)
        return HistoryEntry.model_validate(
            {
                "as_of": self.before,
                **kept,
                **facts,
                "source": None if not isinstance(said, dict) else Source.model_validate(said),
            }
        )

    def _compare_due(self, item: Item, row: ReportRow) -> None:
        """Tell of another due date than the plan's (rule 4)."""
        own = item.due or item.planned.finish
        if row.due is None or own is None or finish_instant(row.due) == finish_instant(own):
            return
        message = (
            f"{item.id} is due on {write_moment(own)} in the plan, and on {write_moment(row.due)} "
            "in the return: a return changes no planned date."
        )
        self._report("due-differs", "warning", message, row, item.id)


def _is_later(one: date | None, other: date | None) -> bool:
    if one is None:
        return False
    return other is None or finish_instant(one) > finish_instant(other)


def _words(name: str) -> str:
    return name.replace("_", " ")


def _show(value: Any) -> str:
    if value is None:
        return "none"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Span):
        return value.words
    if isinstance(value, str):
        return _words(value)
    return write_moment(value)

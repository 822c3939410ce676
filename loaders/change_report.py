"""What a new version of a plan changed, one problem for each change and one note for each kind."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from graphmodel.moments import write_moment
from graphmodel.problems import Place, Problem
from graphmodel.spans import Span
from graphmodel.words import count
from loaders.histories import same_dates
from loaders.likeness import MARGIN, SAME_PLACE, Wording
from loaders.text import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.items import Item, Planned, Source
    from graphmodel.plan import Plan
    from graphmodel.problems import Severity
    from loaders.matching import Match, Matching

__all__ = ["ChangeReport", "show_value", "titled"]

#: What is counted in a note, in this order: the code, and what such items are.
_COUNTED: Final[dict[str, str]] = {
    "item-added": "new",
    "item-returned": "back again",
    "item-removed": "gone",
    "item-reworded": "reworded",
    "item-moved": "moved",
    "item-renumbered": "renumbered",
    "number-reused": "with the number of another",
    "dates-changed": "with other dates",
    "owner-changed": "with other owners",
    "status-changed": "with another status",
    "item-kept": "kept though the document does not name them",
    "item-ambiguous": "that could be several",
}

#: What else is told of changed values, by the field's name in words.
_REPORTED: Final = (
    "status",
    "percent",
    "rag",
    "grade",
    "forecast",
    "actual_start",
    "actual_finish",
)


def titled(item: Item) -> str:
    """Return an item's id with the start of its title in quotes."""
    return f'{item.id} "{shorten(item.title)}"'


class ChangeReport:
    """Collects the changes between two versions; places are those of the documents."""

    def __init__(self, old: Plan, new: Plan) -> None:
        self.problems: list[Problem] = []
        self._files = [
            {one.id: one.file or one.title or one.id for one in plan.sources} for plan in (old, new)
        ]

    def tell(
        self,
        code: str,
        severity: Severity,
        message: str,
        items: tuple[str, ...] = (),
        old: Source | None = None,
        new: Source | None = None,
    ) -> None:
        """Keep a problem; ``old`` or ``new`` is the source in the version that it is about."""
        source = new or old
        place = None
        if source is not None:
            file = self._files[new is not None].get(source.source, source.source)
            place = Place(file, source.line, source.cell)
        self.problems.append(Problem(code, severity, message, items, place))

    def tell_open(self, matching: Matching, old: Plan, new: Plan, ids: Mapping[str, str]) -> None:
        """Tell of what could be several, and of what may be the same though nothing says so."""
        for group in matching.ambiguous:
            olds = ", ".join(titled(old.index.items[name]) for name in group.old)
            news = ", ".join(
                f'{ids[name]} "{shorten(new.index.items[name].title)}"' for name in group.new
            )
            message = (
                f"{olds} could be {news} in more than one way (scores less than {MARGIN:g} apart): "
                "they count as gone and new, and nothing is carried over."
            )
            first = new.index.items[group.new[0]].source
            now = tuple(ids[name] for name in group.new)
            self.tell("item-ambiguous", "warning", message, (*group.old, *now), new=first)
        for one in matching.near:
            item = new.index.items[one.new]
            why = f"score {one.score:.2f}; {SAME_PLACE:g} is needed in its place, more elsewhere"
            if one.score == 1:
                why = "the title is the same, but too short or too frequent to prove it elsewhere"
            message = (
                f"{titled(old.index.items[one.old])} is gone and {ids[one.new]} "
                f'"{shorten(item.title)}" is new: they may be the same ({why}).'
            )
            self.tell(
                "item-perhaps-same", "warning", message, (one.old, ids[one.new]), new=item.source
            )

    def tell_matched(
        self, old: Item, now: Item, match: Match, parent: str | None, place: Source | None
    ) -> None:
        """Tell what changed in an item; ``now`` and ``parent``, the old one, by ids of now."""
        if now.id != match.old:
            message = f"{titled(old)} is {now.id} now: links, decisions and history went along."
            self.tell("item-renumbered", "warning", message, (match.old, now.id), new=place)
        if Wording(old).title != Wording(now).title:
            known = ", known by its number" if match.score < SAME_PLACE else ""
            message = (
                f"{now.id} was reworded (score {match.score:.2f}{known}): "
                f'"{shorten(old.title)}" → "{shorten(now.title)}".'
            )
            is_sure = match.score >= SAME_PLACE and same_dates(old.planned, now.planned)
            severity: Severity = "info" if is_sure else "warning"
            self.tell("item-reworded", severity, message, (now.id,), new=place)
        if parent != now.parent:
            message = (
                f"{titled(now)} moved from {parent or 'the top'} to {now.parent or 'the top'}."
            )
            self.tell("item-moved", "info", message, (now.id,), new=place)
        dates = []
        if not same_dates(old.planned, now.planned):
            dates.append(f"planned {show_value(old.planned)} → {show_value(now.planned)}")
        if old.due != now.due:
            dates.append(f"due {show_value(old.due)} → {show_value(now.due)}")
        if dates:
            message = f"{titled(now)}: {'; '.join(dates)}."
            self.tell("dates-changed", "info", message, (now.id,), new=place)
        reported = [
            f"{name.replace('_', ' ')} {show_value(one)} → {show_value(other)}"
            for name in _REPORTED
            if (one := getattr(old, name)) != (other := getattr(now, name))
        ]
        if reported:
            message = f"{titled(now)}: {'; '.join(reported)}."
            self.tell("status-changed", "info", message, (now.id,), new=place)

    def notes(self, known: int, size: int, words: int) -> list[str]:
        """Return the counts: of ``size`` items ``known`` were matched, ``words`` word for word."""
        times = Counter(one.code for one in self.problems)
        lines = [
            f"{known:,} of {count(size, 'item')} were known again, {words:,} of them word for word."
        ]
        told = [f"{times[code]:,} {words}" for code, words in _COUNTED.items() if times[code]]
        lines.append(f"Items: {', '.join(told) if told else 'no changes'}.")
        dropped = {
            code: number for code, number in times.items() if code.endswith(("-dropped", "-gone"))
        }
        if dropped:
            parts = (count(number, code.rpartition("-")[0]) for code, number in dropped.items())
            lines.append(f"Not carried over: {', '.join(parts)}.")
        return lines


def show_value(value: Any) -> str:
    """Return the value of a field in words."""
    if value is None:
        return "none"
    if hasattr(value, "precision"):
        return _show_dates(value)
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, Span):
        return value.words
    if isinstance(value, date):
        return write_moment(value)
    return str(value).replace("_", " ")


def _show_dates(planned: Planned) -> str:
    dates = [write_moment(one) for one in (planned.start, planned.finish) if one is not None]
    return " to ".join(dates) or planned.text or planned.precision

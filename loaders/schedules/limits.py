"""Spans of a schedule held to what a plan can hold: no longer than 300 years on any calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.errors import SpanError
from graphmodel.moments import DAY
from graphmodel.spans import MONTH_DAYS, ZERO, Span, parse_span
from graphmodel.worktime import WEEK

if TYPE_CHECKING:
    from loaders.schedules.journal import Journal

__all__ = ["Limits"]

#: 300 years in minutes.
_LONGEST: Final = int(3600 * MONTH_DAYS) * DAY


class Limits:
    """What spans are held to, by the working minutes of the shortest week and the longest day."""

    def __init__(self, shortest_week: int, longest_day: int, journal: Journal) -> None:
        self._most = _LONGEST * shortest_week // WEEK
        self._day = longest_day
        self._journal = journal
        self._checked: dict[Span, bool] = {}

    def length(self, span: Span | None, what: str, line: int | None, item: str) -> Span | None:
        """Return a length; none, with a problem, where it is negative or too long."""
        if span is None or (span.amount >= 0 and self._fits(span)):
            return span
        why = "is negative" if span.amount < 0 else "is longer than 300 years"
        self._journal.tell(
            "length-impossible",
            "warning",
            f'The {what} of "{item}" {why}: it is left out.',
            line,
            (item,),
        )
        return None

    def lag(self, span: Span, link: str, line: int | None, items: tuple[str, str]) -> Span:
        """Return a lag; no lag, with a problem, where it is too long."""
        if self._fits(span):
            return span
        message = f"The lag of the link {link} is longer than 300 years: it is left out."
        self._journal.tell("length-impossible", "warning", message, line, items)
        return ZERO

    def _fits(self, span: Span) -> bool:
        if span not in self._checked:
            try:
                exact = parse_span(str(span))
            except SpanError:
                self._checked[span] = False
            else:
                minutes = abs(exact.minutes) * (self._day if exact.unit == "wd" else 1)
                self._checked[span] = exact.is_elapsed or minutes <= self._most
        return self._checked[span]

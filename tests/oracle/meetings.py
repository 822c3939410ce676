"""When boards meet, and which of their meetings count (DESIGN 5.3.5, 5.3.6)."""

from __future__ import annotations

from datetime import date, datetime
from functools import cache
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta
from dateutil.rrule import rrulestr

from tests.oracle.dates import finish_of, start_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from graphmodel.items import Item, Planned
    from graphmodel.people import Blackout, Board
    from graphmodel.plan import Plan

__all__ = ["Diary", "enforced", "falls_inside", "starts_inside", "window_of"]

#: Rules without an end are followed to here: later than any date of the random plans.
_LAST = datetime(2036, 1, 1)


class Diary:
    """The meetings of a plan's boards, as instants."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.boards = {board.id: board for board in plan.boards}
        self.valid = cache(self._valid)

    def _valid(self, board: str, tags: tuple[str, ...]) -> tuple[datetime, ...]:
        """Return a board's meetings in order: not cancelled, nor in a blackout that names it.

        A meeting inside a blackout that names one of these tags, the item's, does not count either.
        """
        named = [
            one for one in self.plan.blackouts if board in one.boards or set(one.tags) & set(tags)
        ]
        return tuple(
            instant
            for instant in sorted(self.meetings(self.boards[board]))
            if not any(falls_inside(instant, one) for one in named)
        )

    def meetings(self, board: Board) -> set[datetime]:
        """Return every meeting that is not cancelled: dates, and what the rule adds to them."""
        days: list[date] = [*board.meetings.dates, *self.by_rule(board)]
        cancelled = set(board.meetings.cancelled)
        return {
            finish_of(one) for one in days if one not in cancelled and _day(one) not in cancelled
        }

    def by_rule(self, board: Board) -> Iterable[date]:
        """Return the days of the iCalendar rule, counted from the plan's start."""
        if board.meetings.rule is None:
            return []
        first = self.anchor()
        rule = rrulestr(board.meetings.rule, dtstart=first)
        return [one.date() for one in rule.between(first, _LAST, inc=True)]

    def anchor(self) -> datetime:
        """Return the plan's start; without one, 1 January of the year of its earliest date."""
        if self.plan.start is not None:
            return datetime.combine(_day(self.plan.start), datetime.min.time())
        stated = [
            moment
            for item in self.plan.items
            for moment in (
                item.planned.start,
                item.planned.finish,
                item.actual_start,
                item.forecast,
            )
            if moment is not None
        ]
        stated += [moment for one in self.plan.boards for moment in one.meetings.dates]
        return datetime(min(moment.year for moment in stated), 1, 1)


def window_of(item: Item) -> tuple[datetime, datetime] | None:
    """Return the window of a gate: planned start, else the first of its period, to its finish."""
    if item.planned.finish is None:
        return None
    return start_of(_first_day(item.planned)), finish_of(item.planned.finish)


def _first_day(planned: Planned) -> date:
    """Return the planned start, else the first day of the period that the finish names.

    Of a day, or of a range without a start, that is the day itself.
    """
    assert planned.finish is not None
    if planned.start is not None:
        return planned.start
    finish = _day(planned.finish)
    months = {"month": 1, "season": 3, "quarter": 3, "half_year": 6, "year": 12}
    if planned.precision not in months:
        return finish
    return finish + relativedelta(day=1, months=1 - months[planned.precision])


def enforced(plan: Plan, item: Item) -> list[Blackout]:
    """Return the blackouts that name a tag of an item (5.3.6)."""
    return [one for one in plan.blackouts if set(one.tags) & set(item.tags)]


def starts_inside(instant: datetime, blackout: Blackout) -> bool:
    """Whether a start, or a point shown as one, lies inside."""
    return start_of(blackout.start) <= instant < finish_of(blackout.finish)


def falls_inside(instant: datetime, blackout: Blackout) -> bool:
    """Whether a finish-type point lies inside."""
    return start_of(blackout.start) < instant <= finish_of(blackout.finish)


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment

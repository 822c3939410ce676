"""The calendars of a plan as the engine counts on them, and spans measured on them (DESIGN 5.2)."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.errors import PlanError
from graphmodel.moments import DAY
from graphmodel.spans import MONTH_DAYS
from graphmodel.worktime import WEEK, work_table
from simulations.codes import NEVER
from simulations.kernels.clock import (
    Clock,
    add_table,
    add_work,
    make_clock,
    take_work,
    to_start,
    work_between,
)
from simulations.kernels.months import latest_before_months, shift_months

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.calendars import Calendar
    from graphmodel.spans import Span
    from graphmodel.worktime import WorkTable

__all__ = ["DEFAULT_CALENDAR", "NOTHING", "Measured", "WorkTimes", "mean_minutes"]

#: What working spans are counted on where a plan names no calendar.
DEFAULT_CALENDAR: Final = "england"
_WORKING_DAY: Final = 480
#: 300 years in minutes, what `graphmodel.spans` holds spans of calendar time to.
_LONGEST: Final = int(3600 * MONTH_DAYS) * DAY


class Measured(NamedTuple):
    """A span as calendar months and minutes of a calendar (-1: of the wall)."""

    months: int
    minutes: int
    cal: int


#: No span at all, on the wall.
NOTHING: Final = Measured(0, 0, -1)


def mean_minutes(months: int, minutes: int) -> int:
    """Return a length as minutes where no date says how long its months are."""
    days = (months * MONTH_DAYS).quantize(Decimal(1), ROUND_HALF_UP)
    return int(days) * DAY + minutes


class WorkTimes:
    """Working-time tables by calendar id, built when first asked for.

    Attributes
    ----------
    clock
        All tables built so far, as the kernels read them; numbers stay valid as it grows.
    assumed
        What had to be counted on the built-in calendar although the plan names none.
    """

    def __init__(self, calendars: Mapping[str, Calendar], default: str | None) -> None:
        self._calendars = calendars
        self.default = default
        self._numbers: dict[str, int] = {}
        self.tables: list[WorkTable] = []
        self.clock: Clock = make_clock([])
        self.assumed: list[str] = []
        self._measured: dict[tuple[Span, str | None], Measured] = {}

    def number(self, name: str) -> int:
        """Return the number of a calendar.

        Raises
        ------
        PlanError
            It has no working time, or takes its days from itself.
        """
        if name not in self._numbers:
            self.tables.append(work_table(self._calendars, name))
            self._numbers[name] = len(self.tables) - 1
            self.clock = add_table(self.clock, self.tables[-1])
        return self._numbers[name]

    def measure(self, span: Span, calendar: str | None, where: str) -> Measured:
        """Return a span in minutes; ``calendar``: that of the item it belongs to, if any.

        Raises
        ------
        PlanError
            The span is a percentage, with nothing to be a part of, or too long.
        """
        known = self._measured.get((span, calendar))
        if known is not None:
            return known
        if span.is_elapsed:
            measured = Measured(span.months, span.minutes, -1)
        elif span.unit == "%":
            raise PlanError(f"{where} is {span.words}, and there is nothing it is a part of.")
        else:
            cal = self.number(self.named(calendar, where))
            measured = self.checked(Measured(0, self.minutes(span, cal), cal), where)
        if calendar is not None or self.default is not None or span.is_elapsed:
            self._measured[span, calendar] = measured
        return measured

    def checked(self, measured: Measured, where: str) -> Measured:
        """Return a span as it is, if it is no longer than 300 years of wall time.

        Raises
        ------
        PlanError
            It is longer; `simulations.years` rests on none being so.
        """
        week = WEEK if measured.cal < 0 else self.tables[measured.cal].week
        if abs(measured.minutes) * WEEK > _LONGEST * week:
            raise PlanError(
                f"{where} is longer than 300 years on its calendar: give a shorter span."
            )
        return measured

    def named(self, calendar: str | None, where: str) -> str:
        """Return the calendar that working time is counted on, noting where it is assumed."""
        name = calendar or self.default
        if name is None:
            self.assumed.append(where)
            return DEFAULT_CALENDAR
        return name

    def minutes(self, span: Span, cal: int, project: str | None = None) -> int:
        """Return a working span in minutes of a calendar; of the wall for -1 (5.3.3, elapsed).

        On the wall, a day is as long as on the calendar of the ``project``, or else the plan's.
        """
        day, hour = self.day(cal), 60 if cal < 0 else self.tables[cal].hour_minutes
        if cal < 0:
            day = _WORKING_DAY
            named = project or self.default
            if named is not None:
                table = self.tables[self.number(named)]
                day = table.day_minutes * 60 // table.hour_minutes
        size = {"wd": Decimal(day), "h": Decimal(hour), "min": Decimal(hour) / 60}[span.unit]
        return int((span.amount * size).quantize(Decimal(1), ROUND_HALF_UP))

    def day(self, cal: int) -> int:
        """Return the minutes of a day on a calendar; of the wall for -1."""
        return DAY if cal < 0 else self.tables[cal].day_minutes

    def has_hours(self, cal: int) -> bool:
        """Return whether dates on a calendar have a time of day."""
        return cal >= 0 and self.tables[cal].has_hours

    def between(self, cal: int, start: int, finish: int) -> int:
        """Return the minutes of a calendar that lie between two instants."""
        return work_between(self.clock, cal, start, finish)

    def ahead(self, start: int, span: Measured) -> int:
        """Return when work that may begin at ``start`` ends."""
        if start == NEVER:
            return NEVER
        begins = to_start(self.clock, span.cal, start)
        moved = shift_months(begins, span.months, 1) if span.months else begins
        return self.add(moved, span)

    def add(self, instant: int, span: Measured) -> int:
        """Return the earliest instant by which a span without months has passed."""
        return add_work(self.clock, span.cal, instant, span.minutes)

    def lagged(self, instant: int, lag: Measured) -> int:
        """Return a finish instant moved by a lag."""
        return self.add(shift_months(instant, lag.months, 0) if lag.months else instant, lag)

    def deadline(self, lead: Measured, meeting: int) -> int:
        """Return the latest instant at which papers with this lead are in time for a meeting."""
        if lead.minutes:
            meeting = self.take(meeting, lead._replace(months=0))
        return latest_before_months(meeting, lead.months, 0) if lead.months else meeting

    def take(self, instant: int, span: Measured) -> int:
        """Return the latest instant from which a span passes before ``instant``."""
        instant = take_work(self.clock, span.cal, instant, span.minutes)
        return latest_before_months(instant, span.months, 1) if span.months else instant

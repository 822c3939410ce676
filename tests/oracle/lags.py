"""Lags and leads: how far the bound of a link lies from the end it leaves (DESIGN 5.2, 5.3.3)."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from tests.oracle.dates import MINUTE, add, latest
from tests.oracle.lengths import Lengths
from tests.oracle.shifts import ENGLAND, WORKING

if TYPE_CHECKING:
    from datetime import datetime

    from graphmodel.spans import Span
    from tests.oracle.basis import Hold
    from tests.oracle.dates import Side
    from tests.oracle.shifts import WorkTime

__all__ = ["Lags"]

_HALF = Decimal("0.5")


class Lags(Lengths):
    """Every method is one rule on the way from the end of a predecessor to a bound."""

    def leaves_at(self, hold: Hold) -> tuple[datetime, Side]:
        """Return the end of the predecessor that a link leaves, and how it is shown."""
        before = self.place(hold.from_)
        if hold.type[0] == "F":
            assert before.finish is not None
            return before.finish, before.finish_side
        assert before.start is not None
        return before.start, before.start_side

    def lag(self, hold: Hold, instant: datetime, side: Side) -> datetime:
        """Add a lag; a lead is cut at the plan's start (5.3.3)."""
        held = self.uncut(hold, instant, side)
        start = self.plan_start()
        if hold.link.lag.amount < 0 and start is not None:
            held = max(held, min(instant, start))
        return held

    def uncut(self, hold: Hold, instant: datetime, side: Side) -> datetime:
        """Add a lag; how late an end may lie does not depend on where the plan starts.

        Days, weeks and months run on the wall, working units on the calendar that ``lag_calendar``
        names; zero lag hands the instant straight on.
        """
        lag = hold.link.lag
        if not lag:
            return instant
        if lag.unit == "%":
            return self.plus_share(hold, instant)
        if lag.unit in WORKING:
            return self.plus_work(hold, instant, self.lag_minutes(hold, lag))
        return add(instant, lag, side)

    def unlag(self, hold: Hold, bound: datetime, side: Side) -> datetime:
        """Return the latest instant whose image fits (5.2)."""
        if not hold.link.lag:
            return bound
        step = self.step_of(hold.link.lag)
        return latest(lambda instant: self.uncut(hold, instant, side), bound, step)

    def lag_calendar(self, hold: Hold) -> WorkTime | None:
        """Return the calendar that a lag in working time counts on; None for the wall."""
        match self.choices.lag_calendar:
            case "successor":
                return self.calendar_of(self.items[hold.link.to])
            case "predecessor":
                return self.calendar_of(self.items[hold.from_])
            case "project":
                return self.plan_calendar
        return None

    def lag_minutes(self, hold: Hold, lag: Span) -> int:
        """Return a lag in minutes of work; elapsed, an hour is 60 minutes of the wall."""
        calendar = self.lag_calendar(hold)
        if calendar is not None:
            return calendar.minutes(lag)
        calendar = self.plan_calendar
        minutes = calendar.minutes(lag)
        return minutes // 3 if calendar is ENGLAND else minutes

    def plus_work(self, hold: Hold, instant: datetime, minutes: int) -> datetime:
        """Add minutes of work on the lag's calendar; of the wall where lags are elapsed time."""
        calendar = self.lag_calendar(hold)
        if minutes == 0:
            return instant
        if calendar is None:
            return instant + minutes * MINUTE
        return calendar.earliest(instant, minutes)

    def plus_share(self, hold: Hold, instant: datetime) -> datetime:
        """Add the part of the predecessor's duration that a lag in percent stands for (5.2).

        That is its whole duration, or planned span, however much of it is done and however a gap
        before it is read. Halves of a minute go up.
        """
        full = self.full_length(self.items[hold.from_])
        share = hold.link.lag.amount / 100
        if isinstance(full, timedelta):
            return instant + _half_up(full // MINUTE * share) * MINUTE
        return self.plus_work(hold, instant, _half_up(full * share))


def _half_up(number: Decimal) -> int:
    return int((number + _HALF).to_integral_value(ROUND_FLOOR))

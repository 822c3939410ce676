"""The instants of one schedule as the dates people see (DESIGN 5.1 and section 6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY, show_finish, show_start
from simulations.codes import NEVER
from simulations.kernels.clock import to_start
from simulations.kernels.shapes import BY_START, OPENS
from simulations.years import check_instant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from simulations.compiled import Compiled
    from simulations.kernels.shapes import Dates

__all__ = ["Showing"]

#: Dates remembered at most: most instants of a plan are those of many items.
_REMEMBERED: Final = 100_000


class Showing:
    """Tells instants as dates: with a time of day where the item's calendar has hours.

    Every method raises `PlanError` for an instant outside the years knockon works with.
    """

    def __init__(self, compiled: Compiled, dates: Dates) -> None:
        self._compiled = compiled
        self._dates = dates
        self._hours = [table.has_hours for table in compiled.times.tables]
        self._known: dict[int, date] = {}

    def start(self, position: int, instant: int) -> date | None:
        """Return an instant as the start of an item would be shown."""
        return self._show(position, instant, OPENS)

    def finish(self, position: int, instant: int) -> date | None:
        """Return an instant as the finish of an item would be shown."""
        return self._show(position, instant, BY_START)

    def starts(self, positions: Sequence[int]) -> list[date | None]:
        """Return the starts of these items."""
        instants = self._dates.start
        return [self._show(one, instants[one], OPENS) for one in positions]

    def finishes(self, positions: Sequence[int]) -> list[date | None]:
        """Return the finishes of these items."""
        instants = self._dates.finish
        return [self._show(one, instants[one], BY_START) for one in positions]

    def late_starts(
        self, positions: Sequence[int], starts: Sequence[int], finishes: Sequence[int]
    ) -> list[date | None]:
        """Return the late starts of these items, given every item's late instants."""
        return [
            self._late(one, finishes[one])
            if starts[one] == finishes[one]
            else self._show(one, starts[one], OPENS)
            for one in positions
        ]

    def late_finishes(self, positions: Sequence[int], finishes: Sequence[int]) -> list[date | None]:
        """Return the late finishes of these items."""
        return [self._late(one, finishes[one]) for one in positions]

    def _late(self, position: int, instant: int) -> date | None:
        """Return the late date of the finish, or of a point.

        Of a point on a calendar, the end of a shift is the day that ends, whatever holds it now.
        """
        net, finish = self._compiled.net, self._dates.finish[position]
        cal = net.cal[position]
        is_point = self._dates.start[position] == finish
        if not is_point or cal < 0 or instant in {NEVER, finish}:
            return self._show(position, instant, BY_START)
        begins = to_start(net.clock, cal, instant) == instant
        return (show_start if begins else show_finish)(instant, hours=self._hours[cal])

    def _show(self, position: int, instant: int, bit: int) -> date | None:
        """Return the day that begins or ends at an instant, with hours where the plan has them."""
        if instant == NEVER:
            return None
        cal = self._compiled.net.cal[position]
        begins = self._dates.shown[position] & bit != 0
        hours = self._hours[cal] if cal >= 0 else instant % DAY != 0  # or as stated, to the minute
        key = instant * 4 + begins * 2 + hours
        moment = self._known.get(key)
        if moment is None:
            check_instant(self._compiled, self._dates, position, instant, begins=begins)
            moment = (show_start if begins else show_finish)(instant, hours=hours)
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = moment
        return moment

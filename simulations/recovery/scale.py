"""One measure of time for a whole late network, where it has one.

Where everything late is counted on the wall, or everything on one calendar, minutes there add up
along a chain, and `crash` is exact. Otherwise each is measured on its own calendar in days, which
is close, and `Scale.bends` says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import DAY
from simulations.codes import BEGUN, LOGIC, OPEN, PARENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulations.recovery.late import LateNet
    from simulations.recovery.levers import Lever

__all__ = ["Scale"]


class Scale:
    """How time is counted along a late network.

    Attributes
    ----------
    day
        Minutes of one day.
    bends
        Whether days are not counted in one way throughout.
    """

    def __init__(self, late: LateNet, levers: Iterable[Lever]) -> None:
        self._late = late
        self._times = late.passes.compiled.times
        used = {*_calendars(late), *(lever.cal for lever in levers)}
        self._cal = next(iter(used), -1) if len(used) < 2 else None  # noqa: PLR2004 - one or none
        self.day = DAY if self._cal is None else self._times.day(self._cal)
        self.bends = self._cal is None or any(_bends(late, one) for one in late.items)

    def between(self, position: int, early: int, late: int) -> int:
        """Return the minutes from one instant to a later one, 0 the other way round."""
        cal = self._late.net.cal[position] if self._cal is None else self._cal
        minutes = self._times.between(cal, early, late)
        return max(0, self._on_scale(minutes, cal))

    def minutes(self, lever: Lever, amount: int) -> int:
        """Return how many minutes a pull wins."""
        return self._on_scale(amount * lever.unit, lever.cal)

    def units(self, lever: Lever, minutes: int) -> int:
        """Return the least pull that wins so many minutes."""
        return min(lever.most, -(-minutes // max(1, self.minutes(lever, 1))))

    def _on_scale(self, minutes: int, cal: int) -> int:
        return minutes if self._cal is not None else minutes * DAY // self._times.day(cal)


def _calendars(late: LateNet) -> Iterator[int]:
    """Yield what the lengths and lags of a late network are counted on."""
    net, lengths = late.net, late.passes.lengths
    for position in late.items:
        how = net.how[position]
        if how == BEGUN and (net.rest[position] or net.rest_months[position]):
            yield net.rest_cal[position]
        elif how != BEGUN and lengths[position]:
            yield net.cal[position] if how == LOGIC else -1
        for edge in late.edges[position]:
            if net.lag[edge]:
                yield net.lag_cal[edge]


def _bends(late: LateNet, position: int) -> bool:
    """Return whether an item passes on more or fewer days than it is given."""
    net, changes = late.net, late.trials.changes
    row = net.extra[position]
    if row >= 0 and (
        net.x_black[row] < net.x_black[row + 1]
        or net.x_split[row] < net.x_split[row + 1]
        or net.x_delay[row]
        or net.x_alap[row]
    ):
        return True
    has_slip = changes.slip[position] != 0 or changes.slip_months[position] != 0
    held = late.edges[position]
    is_fed = bool(held) or net.how[position] == PARENT
    if has_slip and (is_fed or late.trials.gaps == "work" or net.length[position]):
        by_month = changes.slip_months[position] != 0
        if by_month or net.cal[position] >= 0:
            return True
    if net.months[position] or net.rest_months[position] or net.how[position] == OPEN:
        return True
    return any(net.lag_months[edge] and late.is_late(net.source[edge]) for edge in held)

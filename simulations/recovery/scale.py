"""One measure of time for a whole late network, where it has one.

Where everything late is counted on the wall, or everything on one calendar, minutes there add up
along a chain, and `crash` is exact. Otherwise each is measured on its own calendar in days, which
is close, and `Scale.bends` says so. A slip is the one thing that may count differently from the
rest and leave a bound (`Scale.gives`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY
from simulations.codes import BEGUN, LOGIC, OPEN
from simulations.kernels.points import slipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from simulations.recovery.late import LateNet
    from simulations.recovery.levers import Lever

__all__ = ["Scale"]

_HOUR: Final = 60


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
        bends = any(_bends(late, one) for one in late.items)
        self.bends = self._cal is None or bends or late.is_blurred

    def between(self, position: int, early: int, late: int) -> int:
        """Return the minutes from one instant to a later one, 0 the other way round."""
        cal = self._late.net.cal[position] if self._cal is None else self._cal
        minutes = self._times.between(cal, early, late)
        return max(0, self._on_scale(minutes, cal))

    def gives(self, position: int) -> int:
        """Return by how many minutes more than it is itself a slipped item can come forward.

        Two months from the end of January are fewer days than two months from the end of March; a
        week of calendar time holds more work here than there.
        """
        late, changes = self._late, self._late.trials.changes
        months, minutes = changes.slip_months[position], changes.slip[position]
        cal = self._cal
        if not months and (not minutes or cal == -1):
            return 0
        now = late.passes.instant(position)
        start = late.without_slip(position)
        most = 0
        step = DAY if cal == -1 else _HOUR
        for earlier in range(start, start - self._most_days * DAY, -step):
            moved = slipped(changes, position, earlier, 0)
            gained = self.between(position, moved, now) - self.between(position, earlier, start)
            most = max(most, gained)
        return most if cal == -1 else most + _HOUR  # shifts may change between the hours

    @cached_property
    def _most_days(self) -> int:
        """Days that anything late may be brought forward by, and a month."""
        trials, passes = self._late.trials, self._late.passes
        at, finish = passes.compiled.at, passes.dates.finish
        return max(finish[at[one]] - trials.due[one] for one in trials.late) // DAY + 31

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
    net = late.net
    row = net.extra[position]
    if row >= 0 and (
        net.x_black[row] < net.x_black[row + 1]
        or net.x_split[row] < net.x_split[row + 1]
        or net.x_delay[row]
        or net.x_alap[row]
    ):
        return True
    held = late.edges[position]
    if net.months[position] or net.rest_months[position] or net.how[position] == OPEN:
        return True
    return any(net.lag_months[edge] and late.is_late(net.source[edge]) for edge in held)

"""From a start to the finish of its work and back: durations, months, splits (DESIGN 5.2-3)."""

from __future__ import annotations

from typing import Final

from simulations.kernels.clock import at_least, at_most, work_of
from simulations.kernels.months import latest_before_months, shift_months
from simulations.kernels.registry import kernel
from simulations.kernels.shapes import Net

__all__ = [
    "add_work",
    "before_finish",
    "before_rest",
    "from_rest",
    "from_start",
    "held_finish",
    "take_work",
]

_DAY: Final = 1440


@kernel
def add_work(net: Net, cal: int, instant: int, minutes: int) -> int:
    """Return the earliest instant by which ``minutes`` of work have passed since ``instant``."""
    if cal < 0:
        return instant + minutes
    return at_least(net.clock, cal, work_of(net.clock, cal, instant) + minutes)


@kernel
def take_work(net: Net, cal: int, instant: int, minutes: int) -> int:
    """Return the latest instant from which ``minutes`` of work pass before ``instant``."""
    if cal < 0:
        return instant - minutes
    return at_most(net.clock, cal, work_of(net.clock, cal, instant) - minutes)


@kernel
def held_finish(net: Net, cal: int, instant: int) -> int:
    """Return where a finish-type bound holds a finish: moved to working time (rule 3).

    The end of a day that is not at work until midnight means the end of that day's last shift; a
    bound on a day off moves forward to the next working instant.
    """
    if cal < 0:
        return instant
    work = work_of(net.clock, cal, instant)
    ends = at_least(net.clock, cal, work)
    if (ends - 1) // _DAY == (instant - 1) // _DAY:
        begins = at_most(net.clock, cal, work)
        return instant if begins <= instant else ends
    return at_most(net.clock, cal, work)


@kernel
def _with_gaps(net: Net, row: int, cal: int, start: int, minutes: int) -> int:
    """Run work from ``start``, stopping for the gaps of a split activity."""
    instant, left = start, minutes
    for split in range(net.x_split[row], net.x_split[row + 1]):
        if net.s_work[split] >= left:
            break
        instant = add_work(net, cal, instant, net.s_work[split])
        left -= net.s_work[split]
        instant = add_work(net, net.s_gap_cal[split], instant, net.s_gap[split])
    return add_work(net, cal, instant, left)


@kernel
def _before_gaps(net: Net, row: int, cal: int, finish: int, minutes: int) -> int:
    """Return the latest start from which split work ends by ``finish``."""
    last, left = net.x_split[row], minutes
    while last < net.x_split[row + 1] and net.s_work[last] < left:
        left -= net.s_work[last]
        last += 1
    instant = take_work(net, cal, finish, left)
    for split in range(last - 1, net.x_split[row] - 1, -1):
        instant = take_work(net, net.s_gap_cal[split], instant, net.s_gap[split])
        instant = take_work(net, cal, instant, net.s_work[split])
    return instant


@kernel
def _is_split(net: Net, position: int) -> bool:
    row = net.extra[position]
    return row >= 0 and net.x_split[row] < net.x_split[row + 1]


@kernel
def from_start(net: Net, position: int, start: int, length: int) -> int:
    """Return when an item that starts at ``start`` finishes; ``length`` is its minutes of work."""
    cal, months = net.cal[position], net.months[position]
    if months:
        return shift_months(start, months, 1) + length
    if _is_split(net, position):
        return _with_gaps(net, net.extra[position], cal, start, length)
    return add_work(net, cal, start, length)


@kernel
def before_finish(net: Net, position: int, finish: int, length: int) -> int:
    """Return the latest start from which an item finishes by ``finish``."""
    cal, months = net.cal[position], net.months[position]
    if months:
        return latest_before_months(finish - length, months, 1)
    if _is_split(net, position):
        return _before_gaps(net, net.extra[position], cal, finish, length)
    return take_work(net, cal, finish, length)


@kernel
def from_rest(net: Net, position: int, start: int) -> int:
    """Return when what remains of begun work finishes if it runs from ``start``."""
    cal, months = net.rest_cal[position], net.rest_months[position]
    if months:
        return shift_months(start, months, 1) + net.rest[position]
    if _is_split(net, position):
        return _with_gaps(net, net.extra[position], cal, start, net.rest[position])
    return add_work(net, cal, start, net.rest[position])


@kernel
def before_rest(net: Net, position: int, finish: int) -> int:
    """Return the latest instant from which what remains of begun work ends by ``finish``."""
    cal, months = net.rest_cal[position], net.rest_months[position]
    if months:
        return latest_before_months(finish - net.rest[position], months, 1)
    if _is_split(net, position):
        return _before_gaps(net, net.extra[position], cal, finish, net.rest[position])
    return take_work(net, cal, finish, net.rest[position])

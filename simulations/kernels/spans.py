"""From a start to the finish of its work and back: durations, months, splits (DESIGN 5.2-3)."""

from __future__ import annotations

from graphmodel.moments import DAY
from simulations.kernels.clock import add_work, back_to_finish, take_work, to_finish
from simulations.kernels.months import latest_before_months, shift_months
from simulations.kernels.registry import kernel
from simulations.kernels.shapes import Net

__all__ = [
    "before_finish",
    "before_rest",
    "from_rest",
    "from_start",
    "held_finish",
]


@kernel
def held_finish(net: Net, cal: int, instant: int) -> int:
    """Return where a finish-type bound holds a finish: moved to working time (rule 3).

    The end of a day that is not at work until midnight means the end of that day's last shift; a
    bound on a day off moves forward to the next working instant.
    """
    if cal < 0:
        return instant
    moved = to_finish(net.clock, cal, instant)
    if moved == instant:
        return instant
    ends = back_to_finish(net.clock, cal, instant)
    return ends if (ends - 1) // DAY == (instant - 1) // DAY else moved


@kernel
def _with_gaps(net: Net, row: int, cal: int, start: int, minutes: int) -> int:
    """Run work from ``start``, stopping for the gaps of a split activity."""
    instant, left = start, minutes
    for split in range(net.x_split[row], net.x_split[row + 1]):
        if net.s_work[split] >= left:
            break
        instant = add_work(net.clock, cal, instant, net.s_work[split])
        left -= net.s_work[split]
        instant = add_work(net.clock, net.s_gap_cal[split], instant, net.s_gap[split])
    return add_work(net.clock, cal, instant, left)


@kernel
def _before_gaps(net: Net, row: int, cal: int, finish: int, minutes: int) -> int:
    """Return the latest start from which split work ends by ``finish``."""
    last, left = net.x_split[row], minutes
    while last < net.x_split[row + 1] and net.s_work[last] < left:
        left -= net.s_work[last]
        last += 1
    instant = take_work(net.clock, cal, finish, left)
    for split in range(last - 1, net.x_split[row] - 1, -1):
        instant = take_work(net.clock, net.s_gap_cal[split], instant, net.s_gap[split])
        instant = take_work(net.clock, cal, instant, net.s_work[split])
    return instant


@kernel
def _is_split(net: Net, position: int) -> bool:
    row = net.extra[position]
    return row >= 0 and net.x_split[row] < net.x_split[row + 1]


@kernel
def _run_on(net: Net, position: int, cal: int, start: int, months: int, minutes: int) -> int:
    """Return when a span of an item's work ends that runs from ``start``."""
    if months:
        return shift_months(start, months, 1) + minutes
    if _is_split(net, position):
        return _with_gaps(net, net.extra[position], cal, start, minutes)
    return add_work(net.clock, cal, start, minutes)


@kernel
def _run_back(net: Net, position: int, cal: int, finish: int, months: int, minutes: int) -> int:
    """Return the latest instant from which a span of an item's work ends by ``finish``."""
    if months:
        return latest_before_months(finish - minutes, months, 1)
    if _is_split(net, position):
        return _before_gaps(net, net.extra[position], cal, finish, minutes)
    return take_work(net.clock, cal, finish, minutes)


@kernel
def from_start(net: Net, position: int, start: int, length: int) -> int:
    """Return when an item that starts at ``start`` finishes; ``length`` is its minutes of work."""
    return _run_on(net, position, net.cal[position], start, net.months[position], length)


@kernel
def before_finish(net: Net, position: int, finish: int, length: int) -> int:
    """Return the latest start from which an item finishes by ``finish``."""
    return _run_back(net, position, net.cal[position], finish, net.months[position], length)


@kernel
def from_rest(net: Net, position: int, start: int) -> int:
    """Return when what remains of begun work finishes if it runs from ``start``."""
    cal, months = net.rest_cal[position], net.rest_months[position]
    return _run_on(net, position, cal, start, months, net.rest[position])


@kernel
def before_rest(net: Net, position: int, finish: int) -> int:
    """Return the latest instant from which what remains of begun work ends by ``finish``."""
    cal, months = net.rest_cal[position], net.rest_months[position]
    return _run_back(net, position, cal, finish, months, net.rest[position])

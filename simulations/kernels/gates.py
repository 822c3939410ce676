"""Gates: an item that boards must approve finishes at a meeting (DESIGN 5.3.5, 5.5)."""

from __future__ import annotations

from simulations.codes import NEVER, UNLIMITED
from simulations.kernels.clock import add_work, take_work, work_between
from simulations.kernels.months import latest_before_months, shift_months
from simulations.kernels.registry import kernel
from simulations.kernels.shapes import Changes, Dates, Net

__all__ = [
    "gate_finish",
    "gate_room",
    "has_gate",
    "inputs_limit",
    "meeting_after",
    "meeting_before",
]


@kernel
def has_gate(net: Net, position: int) -> bool:
    """Return whether an accepted gate holds an item."""
    row = net.extra[position]
    return row >= 0 and net.x_gate[row] < net.x_gate[row + 1]


@kernel
def meeting_after(net: Net, gate: int, instant: int) -> int:
    """Return a gate's first valid meeting on or after ``instant``, ``NEVER`` if none is known."""
    low, high = net.g_from[gate], net.g_to[gate]
    last = high
    while low < high:
        middle = (low + high) // 2
        if net.meetings[middle] < instant:
            low = middle + 1
        else:
            high = middle
    return net.meetings[low] if low < last else NEVER


@kernel
def meeting_before(net: Net, gate: int, instant: int) -> int:
    """Return a gate's last valid meeting on or before ``instant``, ``NEVER`` if there is none."""
    low, high = net.g_from[gate], net.g_to[gate]
    first = low
    while low < high:
        middle = (low + high) // 2
        if net.meetings[middle] <= instant:
            low = middle + 1
        else:
            high = middle
    return net.meetings[low - 1] if low > first else NEVER


@kernel
def _after_lead(net: Net, gate: int, instant: int) -> int:
    """Return when a gate can be passed if its papers are ready at ``instant``."""
    if net.g_lead_months[gate]:
        instant = shift_months(instant, net.g_lead_months[gate], 0)
    return add_work(net.clock, net.g_lead_cal[gate], instant, net.g_lead[gate])


@kernel
def papers_deadline(net: Net, gate: int, meeting: int) -> int:
    """Return the latest instant at which papers are in time for a meeting."""
    if net.g_lead[gate]:
        meeting = take_work(net.clock, net.g_lead_cal[gate], meeting, net.g_lead[gate])
    if net.g_lead_months[gate]:
        meeting = latest_before_months(meeting, net.g_lead_months[gate], 0)
    return meeting


@kernel
def gate_finish(
    net: Net, changes: Changes, dates: Dates, position: int, held: int, logic: int
) -> int:
    """Return when an item has passed all of its gates, in order; `Dates.passed` keeps when each.

    Parameters
    ----------
    held
        The latest of constraints and floors.
    logic
        What links and parts alone allow, before the papers lead.
    """
    row, project = net.extra[position], net.project[position]
    floor = max(net.floor_finish[project], net.floor_start[project])
    months, minutes = changes.slip_months[position], changes.slip[position]
    passed = NEVER
    for gate in range(net.x_gate[row], net.x_gate[row + 1]):
        nominal = max(net.g_own[gate], held)
        if logic != NEVER:
            nominal = max(nominal, _after_lead(net, gate, logic))
        dates.passed[gate] = passed
        if nominal == NEVER:
            continue
        nominal = max(nominal, floor)  # rule 7
        if months:
            nominal = shift_months(nominal, months, 0)
        nominal = max(nominal + minutes, passed)
        meeting = meeting_after(net, gate, nominal)
        passed = nominal if meeting == NEVER else meeting
        dates.passed[gate] = passed
    return passed


@kernel
def _latest_meeting(net: Net, dates: Dates, gate: int, late: int) -> int:
    """Return the latest meeting at which a gate may be passed by ``late`` (DESIGN 5.5).

    ``late`` itself where the gate is passed beyond its board's last known meeting, or no meeting
    is early enough.
    """
    last = net.g_to[gate] - 1
    if last < net.g_from[gate] or dates.passed[gate] > net.meetings[last]:
        return late
    meeting = meeting_before(net, gate, late)
    return late if meeting == NEVER else meeting


@kernel
def gate_room(net: Net, dates: Dates, position: int, logic: int) -> int:
    """Return how much later than ``logic`` a gated item's inputs can be without moving it.

    Minutes of the item's calendar between the papers lead after ``logic`` and the latest meetings
    that still let it finish when it does.
    """
    row, cal = net.extra[position], net.cal[position]
    room, late = UNLIMITED, dates.finish[position]
    for gate in range(net.x_gate[row + 1] - 1, net.x_gate[row] - 1, -1):
        late = _latest_meeting(net, dates, gate, late)
        ready = _after_lead(net, gate, logic)
        room = min(room, work_between(net.clock, cal, ready, late))
    return room


@kernel
def inputs_limit(net: Net, dates: Dates, position: int, late: int) -> int:
    """Return how late the inputs of a gated item may be ready if it is to finish by ``late``."""
    row = net.extra[position]
    limit = late
    for gate in range(net.x_gate[row + 1] - 1, net.x_gate[row] - 1, -1):
        late = _latest_meeting(net, dates, gate, late)
        limit = min(limit, papers_deadline(net, gate, late))
    return limit

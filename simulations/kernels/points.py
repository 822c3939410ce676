"""What every item shares in the forward pass: bounds, slips, blackouts, points (5.1, 5.3)."""

from __future__ import annotations

from simulations.codes import ABSENT, DONE, ENDS, LOE, NEVER, PARENT
from simulations.kernels.clock import to_start
from simulations.kernels.months import shift_months
from simulations.kernels.registry import kernel
from simulations.kernels.shapes import BY_START, OPENS, Changes, Dates, Net
from simulations.kernels.spans import held_finish

__all__ = [
    "finish_bound",
    "group_floor",
    "out_of_blackout",
    "place_point",
    "shown_bits",
    "slipped",
    "start_bound",
]


@kernel
def start_bound(net: Net, position: int) -> int:
    """Return the start-type bound of constraints."""
    row = net.extra[position]
    return net.x_snet[row] if row >= 0 else NEVER


@kernel
def finish_bound(net: Net, changes: Changes, position: int) -> int:
    """Return the finish-type bound of constraints and of a scenario's floor."""
    bound = changes.floor[position]
    row = net.extra[position]
    if row >= 0:
        bound = max(bound, net.x_fnet[row])
    return bound


@kernel
def slipped(changes: Changes, position: int, instant: int, by_start: int) -> int:
    """DESIGN 5.4: return an instant with the item's slip added."""
    months = changes.slip_months[position]
    if months:
        instant = shift_months(instant, months, by_start)
    return instant + changes.slip[position]


@kernel
def group_floor(net: Net, base: Dates, position: int, months: int, minutes: int) -> int:
    """DESIGN 5.4: return a leaf's baseline forecast moved by a group's slip.

    ``NEVER`` where there is nothing to slip.
    """
    if net.how[position] in (ABSENT, DONE, LOE, PARENT):
        return NEVER
    instant = base.finish[position]
    is_start = 1 if base.shown[position] & BY_START else 0
    if instant == NEVER:
        instant, is_start = base.start[position], 1
    if instant == NEVER:
        return NEVER
    if months:
        instant = shift_months(instant, months, is_start)
    return instant + minutes


@kernel
def out_of_blackout(net: Net, position: int, instant: int, at_end: int) -> int:
    """Rule 6: return the first instant from ``instant`` that is in no blackout of the item.

    ``at_end``: 1 for a point shown as the day that ends there. What is moved begins its day.
    """
    row = net.extra[position]
    if row < 0 or instant == NEVER:
        return instant
    for black in range(net.x_black[row], net.x_black[row + 1]):
        if net.b_start[black] + at_end <= instant < net.b_end[black] + at_end:
            instant = net.b_end[black]
            at_end = 0
    return instant


@kernel
def shown_bits(start: int, finish: int, by_start: int) -> int:
    """Return the bits of an item whose start, if it is not a point, is a day that begins."""
    if by_start:
        return BY_START | OPENS
    return 0 if start == finish else OPENS


@kernel
def _at_work(net: Net, position: int, instant: int, begins: int) -> int:
    """Rule 3: move a point out of the time between shifts; ``begins``: what holds it is a start."""
    cal = net.cal[position]
    if cal < 0:
        return instant
    if begins:
        return to_start(net.clock, cal, instant)
    return held_finish(net, cal, instant)


@kernel
def _begins_after(net: Net, row: int, instant: int) -> int:
    """Return 1 for the first instant after a blackout: it is shown as the day that begins."""
    for black in range(net.x_black[row], net.x_black[row + 1]):
        if net.b_end[black] == instant:
            return 1
    return 0


@kernel
def place_point(
    net: Net, changes: Changes, position: int, begins: int, held: int, is_begin: int
) -> tuple[int, int, int]:
    """Return a zero-length item held by a start-type and a finish-type bound (5.1)."""
    instant = max(begins, held)
    starts = 1 if is_begin or begins > held else 0
    if begins == held and _at_work(net, position, instant, 1) > instant:
        starts = 1  # at the end of a shift a start waits for the next, where a finish has arrived
    by_start = 0 if net.flags[position] & ENDS else starts
    moved = _at_work(net, position, instant, starts)
    if moved > instant and not net.flags[position] & ENDS:
        by_start = 1  # what waits for the next working time begins with it
    instant = moved
    later = slipped(changes, position, instant, by_start)
    later = out_of_blackout(net, position, later, 1 - by_start)
    if later != instant:
        # A finish milestone that slips to the end of a shift has arrived there.
        instant = _at_work(net, position, later, by_start)
        if instant > later and not net.flags[position] & ENDS:
            by_start = 1
    row = net.extra[position]
    if row >= 0 and not net.flags[position] & ENDS:
        # The instant a blackout ends is the day after, also for what would have ended inside it.
        by_start = max(by_start, _begins_after(net, row, instant))
    return instant, instant, shown_bits(instant, instant, by_start)

"""What else than its links holds an item where it is (DESIGN 5.5, ``held_by``)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulations.codes import (
    BEGUN,
    DERIVED,
    DONE,
    FIXED,
    LOGIC,
    NEVER,
    OPEN,
    PARENT,
    PINNED,
    PLANNED,
)
from simulations.kernels.clock import to_start
from simulations.kernels.gates import meeting_after
from simulations.kernels.spans import from_rest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulations.passes import Passes

__all__ = ["held_by"]


def held_by(passes: Passes, position: int) -> tuple[str, ...]:
    """Return what else than its links holds an item where it is (DESIGN 5.5)."""
    net = passes.compiled.net
    how, flags = net.how[position], net.flags[position]
    if how == DONE or (how == OPEN and flags & PINNED):
        return ("actual",)
    if how == FIXED:
        return ("planned_date",)
    held = list(_holds(passes, position))
    if how == BEGUN and flags & PINNED and not held:
        held.append("actual")
    return tuple(held)


def _holds(passes: Passes, position: int) -> Iterator[str]:
    compiled = passes.compiled
    net = compiled.net
    start, finish = passes.dates.start[position], passes.dates.finish[position]
    row = net.extra[position]
    meets = row >= 0 and _meets(passes, position)
    if net.how[position] == OPEN:
        if start == net.own_start[position]:
            yield "planned_date"
    elif not meets and finish != NEVER and finish == compiled.own_date[position]:
        yield compiled.held[position]
    if row >= 0:
        yield from _held_by_extra(passes, position, row, meets=meets)
    if net.how[position] == LOGIC and _is_at(passes, position, start, net.plan_start):
        yield "plan_start"
    if start != NEVER and _waits_for_status(passes, position):
        yield "status_date"


def _is_at(passes: Passes, position: int, instant: int, bound: int) -> bool:
    """Return whether a bound, moved to working time, is where an end of an item lies."""
    if NEVER in {instant, bound}:
        return False
    cal = passes.compiled.net.cal[position]
    if cal < 0 or instant == bound:
        return instant == bound
    return passes.compiled.times.between(cal, bound, instant) == 0


def _meets(passes: Passes, position: int) -> bool:
    """Return whether an item finishes at a meeting of its last gate."""
    net = passes.compiled.net
    row = net.extra[position]
    if net.x_gate[row] == net.x_gate[row + 1]:
        return False
    gate = net.x_gate[row + 1] - 1
    return meeting_after(net, gate, passes.dates.finish[position]) == passes.dates.finish[position]


def _held_by_extra(passes: Passes, position: int, row: int, *, meets: bool) -> Iterator[str]:
    net, dates = passes.compiled.net, passes.dates
    start, finish = dates.start[position], dates.finish[position]
    bounds = ((start, net.x_snet), (start, net.x_pin_start), (finish, net.x_fnet))
    if any(
        _is_at(passes, position, instant, bound[row])
        for instant, bound in (*bounds, (finish, net.x_pin_finish))
    ):
        yield "constraint"
    if meets:
        yield "meeting"
    blackouts = net.b_end[net.x_black[row] : net.x_black[row + 1]]
    if any(_is_at(passes, position, start, end) for end in blackouts):
        yield "blackout"


def _waits_for_status(passes: Passes, position: int) -> bool:
    net, dates = passes.compiled.net, passes.dates
    floor = max(net.floor_finish, net.floor_start)
    if floor == NEVER:
        return False
    match net.how[position]:
        case how if how in {PLANNED, LOGIC, DERIVED, OPEN}:
            return _is_at(passes, position, dates.start[position], floor)
        case how if how == BEGUN:
            begins = to_start(net.clock, net.rest_cal[position], floor)
            return dates.finish[position] == from_rest(net, position, begins)
        case how if how == PARENT:
            return dates.finish[position] == floor
    return False

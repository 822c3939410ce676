"""The dates of an item without parts, by the way it gets them (DESIGN 5.3, rules 2, 5 and 7).

Each kernel is given what the links hold the item to and returns start, finish and how they are
shown.
"""

from __future__ import annotations

from simulations.codes import BEGINS, NEVER, PINNED, RETAINED
from simulations.kernels.clock import add_work, to_start
from simulations.kernels.gates import gate_finish, has_gate
from simulations.kernels.points import (
    finish_bound,
    out_of_blackout,
    place_point,
    shown_bits,
    slipped,
    start_bound,
)
from simulations.kernels.registry import kernel
from simulations.kernels.shapes import OPENS, Changes, Dates, Net
from simulations.kernels.spans import before_finish, from_rest, from_start, held_finish

__all__ = [
    "place_begun",
    "place_derived",
    "place_gated",
    "place_loe",
    "place_logic",
    "place_open",
    "place_planned",
]


@kernel
def place_open(net: Net, changes: Changes, position: int, fs: int, ss: int) -> tuple[int, int, int]:
    """Rule 2: "from X onwards": the start can be pushed, there is no finish."""
    start = net.own_start[position]
    if net.flags[position] & PINNED:
        return start, NEVER, OPENS
    project = net.project[position]
    start = max(start, fs, ss, net.floor_finish[project], net.floor_start[project])
    start = max(start, start_bound(net, position), finish_bound(net, changes, position))
    start = slipped(changes, position, start, 1)
    return out_of_blackout(net, position, start, 0), NEVER, OPENS


@kernel
def place_gated(
    net: Net,
    changes: Changes,
    dates: Dates,
    position: int,
    length: int,
    fs: int,
    ss: int,
    ends: int,
) -> tuple[int, int, int]:
    """Rule 5: an item without work of its own finishes at the meeting, its start moves along."""
    held = max(start_bound(net, position), finish_bound(net, changes, position))
    finish = gate_finish(net, changes, dates, position, held, max(fs, ss, ends))
    if finish == NEVER:
        return NEVER, NEVER, 0
    return finish - length, finish, shown_bits(finish - length, finish, 0)


@kernel
def place_derived(
    net: Net, changes: Changes, position: int, fs: int, ss: int, ends: int
) -> tuple[int, int, int]:
    """Rule 2: no dates and no duration: what links give it, zero length."""
    row = net.extra[position]
    begins = max(ss, start_bound(net, position))
    held = max(fs, ends) if row < 0 else max(fs, ends, net.x_fnet[row])
    if max(held, begins) == NEVER:
        return NEVER, NEVER, 0
    project = net.project[position]
    held = max(held, net.floor_finish[project], changes.floor[position])
    begins = max(begins, net.floor_start[project])
    is_begin = 1 if net.flags[position] & BEGINS else 0
    return place_point(net, changes, position, begins, held, is_begin)


@kernel
def _pinned(net: Net, row: int, begins: int, after: int, held: int) -> tuple[int, int, int]:
    """Return the bounds of an item with a hard constraint in their place."""
    if net.x_pin_start[row] != NEVER:
        return net.x_pin_start[row], NEVER, NEVER
    if net.x_pin_finish[row] != NEVER:
        return NEVER, NEVER, net.x_pin_finish[row]
    return begins, after, held


@kernel
def place_planned(
    net: Net,
    changes: Changes,
    position: int,
    length: int,
    fs: int,
    ss: int,
    ends: int,
) -> tuple[int, int, int]:
    """Rule 2: keeps its own dates unless pushed; rule 7: starts after the status date."""
    project = net.project[position]
    held = max(net.own_finish[position], ends, finish_bound(net, changes, position))
    begins = max(ss, net.floor_start[project], start_bound(net, position))
    after = max(fs, net.floor_finish[project])
    row = net.extra[position]
    if row >= 0:
        begins, after, held = _pinned(net, row, begins, after, held)
    held = max(held, after + length)
    if not length:
        is_begin = 1 if net.flags[position] & BEGINS else 0
        return place_point(net, changes, position, begins, held, is_begin)
    finish = max(held, begins + length)
    finish = slipped(changes, position, finish, 0)
    start = out_of_blackout(net, position, finish - length, 0)
    return start, start + length, OPENS


@kernel
def place_logic(
    net: Net,
    changes: Changes,
    dates: Dates,
    position: int,
    length: int,
    fs: int,
    ss: int,
    ends: int,
) -> tuple[int, int, int]:
    """Rule 2: as soon as the plan's start and predecessors allow; never split (rule 3)."""
    row, cal, project = net.extra[position], net.cal[position], net.project[position]
    begins = max(ss, net.own_start[position], start_bound(net, position))
    if max(begins, fs) == NEVER:
        begins = net.plan_start[project]
    begins = max(begins, net.floor_start[project])
    held = max(net.own_finish[position], ends, finish_bound(net, changes, position))
    after = max(fs, net.floor_finish[project])
    if row >= 0:
        begins, after, held = _pinned(net, row, begins, after, held)
    if not length and not net.months[position]:
        if has_gate(net, position):
            return place_gated(net, changes, dates, position, 0, fs, ss, ends)
        if row >= 0 and net.x_delay[row]:
            begins = to_start(net.clock, cal, max(begins, after, held))
            begins = add_work(net.clock, net.x_delay_cal[row], begins, net.x_delay[row])
            after = held = NEVER
        # Nothing is shown before the plan's start or the status date, whatever holds it there.
        instant = max(begins, after, held)
        at_start = instant in (net.plan_start[project], net.floor_start[project])
        is_begin = 1 if at_start or net.flags[position] & BEGINS else 0
        return place_point(net, changes, position, begins, max(after, held), is_begin)
    start = to_start(net.clock, cal, max(begins, after))
    if row >= 0:
        start = to_start(net.clock, cal, out_of_blackout(net, position, start, 0))
    finish = from_start(net, position, start, length)
    if held > finish:
        held = held_finish(net, cal, held)
        if held > finish:
            finish = held
            start = before_finish(net, position, finish, length)
    if row >= 0 and net.x_delay[row]:
        start = add_work(net.clock, net.x_delay_cal[row], start, net.x_delay[row])
        start = to_start(net.clock, cal, start)
        finish = from_start(net, position, start, length)
    if has_gate(net, position):
        logic = ends
        if max(fs, ss) != NEVER:
            linked = to_start(net.clock, cal, max(fs, ss))
            logic = max(logic, from_start(net, position, linked, length))
        finish = gate_finish(net, changes, dates, position, finish, logic)
        start = before_finish(net, position, finish, length)
    elif changes.slip[position] or changes.slip_months[position]:
        finish = held_finish(net, cal, slipped(changes, position, finish, 0))
        start = before_finish(net, position, finish, length)
    if row >= 0 and net.x_black[row] < net.x_black[row + 1]:
        clear = to_start(net.clock, cal, out_of_blackout(net, position, start, 0))
        if clear != start:
            start = clear
            finish = from_start(net, position, start, length)
    return start, finish, OPENS


@kernel
def place_begun(
    net: Net, changes: Changes, dates: Dates, position: int, fs: int, ss: int, ends: int
) -> tuple[int, int, int]:
    """Rule 7: what remains runs from the status date; retained logic holds it behind its links."""
    start, own = net.own_start[position], net.own_finish[position]
    project = net.project[position]
    base = max(net.floor_finish[project], net.floor_start[project])
    if max(start, own) == NEVER:  # begun, and nothing says when: as early as logic allows
        start = to_start(net.clock, net.cal[position], max(net.plan_start[project], fs, ss))
        base = max(base, start)
    if net.flags[position] & RETAINED:
        base = max(base, fs, ss)
    else:
        fs = ss = ends = NEVER  # progress override: no link holds what has begun
    if base != NEVER and net.flags[position] & PINNED:
        base = max(base, start)  # a fact stays a fact, though it lies after the status date
    has_rest = net.rest[position] > 0 or net.rest_months[position] > 0
    rest_cal, cal = net.rest_cal[position], net.cal[position]
    linked = max(ends, base)
    if base != NEVER and has_rest:
        linked = max(ends, from_rest(net, position, to_start(net.clock, rest_cal, base)))
    finish = max(own, finish_bound(net, changes, position))
    if has_gate(net, position):
        logic = max(fs, ss)
        if logic != NEVER and has_rest:
            logic = from_rest(net, position, to_start(net.clock, rest_cal, logic))
        if has_rest:
            finish = max(finish, linked)
        finish = gate_finish(net, changes, dates, position, finish, max(logic, ends))
        start = min(start, finish) if start != NEVER else finish
        return start, finish, shown_bits(start, finish, 0)
    finish = max(finish, linked)
    if finish == NEVER:
        finish = start
    elif has_rest or finish != start:  # a fact is not moved to working time
        finish = held_finish(net, cal, finish)
    if start == NEVER or start > finish:
        start = finish
    is_free = not net.flags[position] & PINNED
    if is_free and finish > own != NEVER:
        start += finish - own
    later = slipped(changes, position, finish, 0)
    if later != finish:
        later = held_finish(net, cal, later)
    if is_free:
        start += later - finish
    is_fact = net.flags[position] & PINNED and net.own_start[position] == start
    at_start = 1 if start == later and is_fact else 0
    return start, later, shown_bits(start, later, at_start)


@kernel
def place_loe(net: Net, position: int, fs: int, ss: int, ends: int) -> tuple[int, int, int]:
    """Rule 2: a level of effort spans from its start-side to its finish-side links."""
    start, begins = max(fs, ss), 1 if ss > fs else 0
    if start == NEVER and net.own_start[position] != NEVER:
        start, begins = net.own_start[position], 1
    if start == NEVER:
        start = ends
    if start == NEVER:
        return NEVER, NEVER, 0
    start = to_start(net.clock, net.cal[position], start)
    finish = max(start, ends)
    return start, finish, shown_bits(start, finish, begins if start == finish else 0)

"""The forward pass: when everything starts and finishes (DESIGN 5.3, rules 1 to 7, 5.4).

One pass serves the plan as written, every scenario and both rules for gaps: what differs is the
`Changes` and the lengths.
"""

from __future__ import annotations

from simulations.codes import (
    ABSENT,
    BEGINS,
    BEGUN,
    DERIVED,
    DONE,
    FIXED,
    LOE,
    LOGIC,
    NEVER,
    OPEN,
    PARENT,
)
from simulations.kernels.bounds import link_bounds
from simulations.kernels.gates import gate_finish, has_gate
from simulations.kernels.leaves import (
    place_begun,
    place_derived,
    place_gated,
    place_loe,
    place_logic,
    place_open,
    place_planned,
)
from simulations.kernels.points import finish_bound, shown_bits, slipped, start_bound
from simulations.kernels.registry import kernel
from simulations.kernels.shapes import BY_START, OPENS, Changes, Dates, Ints, Net

__all__ = ["place_item", "run_all", "run_from", "schedule_item"]


@kernel
def place_parent(
    net: Net, changes: Changes, dates: Dates, position: int, fs: int, ss: int, ends: int
) -> tuple[int, int, int]:
    """Rule 4: no earlier than each part; links into a parent bound its finish.

    A slip of its own finish counts before start and finish are held against each other.
    """
    linked = max(fs, ss, ends)
    start, own = net.own_start[position], net.own_finish[position]
    held = max(own, start_bound(net, position), finish_bound(net, changes, position))
    if held != NEVER:
        project = net.project[position]
        held = max(held, net.floor_finish[project], net.floor_start[project])  # rule 7
    parts, ready = NEVER, NEVER
    opens = start != NEVER
    for number in range(net.parts_at[position], net.parts_at[position + 1]):
        part = net.parts[number]
        parts = max(parts, dates.finish[part])
        if dates.finish[part] != NEVER:
            row = net.extra[part]
            allowed = net.x_shift[row] if row >= 0 else 0
            ready = max(ready, dates.finish[part] + allowed)
        begins = dates.start[part]
        if begins != NEVER and (start == NEVER or begins < start):
            start, opens = begins, (dates.shown[part] & OPENS) != 0
        elif begins != NEVER and begins == start:
            opens = opens and (dates.shown[part] & OPENS) != 0
    gated = has_gate(net, position)
    by_start = 0
    if gated:
        finish = gate_finish(net, changes, dates, position, held, max(linked, ready))
    else:
        finish = max(held, linked, parts)
        for number in range(net.parts_at[position], net.parts_at[position + 1]):
            part = net.parts[number]
            if dates.finish[part] == finish and dates.shown[part] & BY_START:
                by_start = 1
    if not gated and own == NEVER and parts == NEVER and start != NEVER and finish <= start:
        return start, NEVER, OPENS if opens else 0  # a link alone gives no finish
    if finish != NEVER and not gated:
        finish = slipped(changes, position, finish, by_start)
    if start == NEVER or (finish != NEVER and start > finish):
        start = finish
    if start == finish:
        return start, finish, BY_START | OPENS if by_start else 0
    return start, finish, (BY_START if by_start else 0) | (OPENS if opens else 0)


@kernel
def place_item(
    net: Net,
    lengths: Ints,
    changes: Changes,
    dates: Dates,
    position: int,
    fs: int,
    ss: int,
    ends: int,
) -> tuple[int, int, int]:
    """Return the dates of an item that is no fact and not fixed, held by these links' bounds."""
    how, length = net.how[position], lengths[position]
    if how == LOGIC:
        return place_logic(net, changes, dates, position, length, fs, ss, ends)
    if how == PARENT:
        return place_parent(net, changes, dates, position, fs, ss, ends)
    if how == OPEN:
        return place_open(net, changes, position, fs, ss)
    if how == BEGUN:
        return place_begun(net, changes, dates, position, fs, ss, ends)
    if how == LOE:
        return place_loe(net, position, fs, ss, ends)
    if has_gate(net, position):
        return place_gated(net, changes, dates, position, length, fs, ss, ends)
    if how == DERIVED:
        return place_derived(net, changes, position, fs, ss, ends)
    return place_planned(net, changes, position, length, fs, ss, ends)


@kernel
def schedule_item(net: Net, lengths: Ints, changes: Changes, dates: Dates, position: int) -> None:
    """Fill the dates of one item from those of what stands before it."""
    how = net.how[position]
    if how == ABSENT:
        return
    if how in (DONE, FIXED):  # rule 1: an actual date is a fact; rule 2: fixed dates stand
        start, finish = net.own_start[position], net.own_finish[position]
        by_start = 1 if net.flags[position] & BEGINS else 0
        if how == FIXED:  # nothing pushes them, but a scenario may say otherwise
            later = slipped(changes, position, max(finish, changes.floor[position]), by_start)
            start, finish = start + later - finish, later
        dates.start[position] = start
        dates.finish[position] = finish
        dates.shown[position] = shown_bits(start, finish, by_start)
        return
    fs, ss, ends = link_bounds(net, dates, position)
    start, finish, shown = place_item(net, lengths, changes, dates, position, fs, ss, ends)
    dates.start[position] = start
    dates.finish[position] = finish
    dates.shown[position] = shown


@kernel
def run_all(net: Net, lengths: Ints, changes: Changes, dates: Dates) -> None:
    """Run the forward pass over everything."""
    for position in range(len(net.how)):
        schedule_item(net, lengths, changes, dates, position)


@kernel
def run_from(
    net: Net, lengths: Ints, changes: Changes, dates: Dates, stale: Ints, first: int
) -> int:
    """Run the forward pass again where something changed; return how many items were run.

    ``stale`` marks, from ``first`` on, the positions to be looked at (1); whatever moves marks its
    own successors and parent. It comes back all zero.
    """
    runs = 0
    for position in range(first, len(net.how)):
        if not stale[position]:
            continue
        stale[position] = 0  # type: ignore[index]
        runs += 1
        start, finish, shown = (
            dates.start[position],
            dates.finish[position],
            dates.shown[position],
        )
        schedule_item(net, lengths, changes, dates, position)
        if (
            start != dates.start[position]
            or finish != dates.finish[position]
            or shown != dates.shown[position]
        ):
            for number in range(net.leaving_at[position], net.leaving_at[position + 1]):
                stale[net.target[net.leaving[number]]] = 1  # type: ignore[index]
            if net.parent[position] >= 0:
                stale[net.parent[position]] = 1  # type: ignore[index]
    return runs

"""How much room everything has: total and relationship floats, what drives what (DESIGN 5.5)."""

from __future__ import annotations

from simulations.codes import (
    ABSENT,
    BEGUN,
    DONE,
    FS,
    LOE,
    LOGIC,
    NEVER,
    OPEN,
    PARENT,
    PINNED,
    RETAINED,
    SF,
    SS,
)
from simulations.kernels.bounds import edge_leaves, edge_reach, latest_source
from simulations.kernels.clock import take_work, to_start, work_between
from simulations.kernels.gates import gate_room, has_gate, inputs_limit
from simulations.kernels.registry import kernel
from simulations.kernels.shapes import Dates, Ints, Net
from simulations.kernels.spans import before_finish, before_rest, from_rest, from_start

__all__ = [
    "NO_ROOM",
    "free_floats",
    "held_end",
    "link_room",
    "link_rooms",
    "ready_bound",
    "total_floats",
]

#: A link that holds nothing has no room to tell.
NO_ROOM = 1 << 60


@kernel
def held_end(net: Net, lengths: Ints, dates: Dates, edge: int) -> int:
    """Return the instant at which the end of its target that an edge holds is now."""
    target, code = net.target[edge], net.code[edge]
    how = net.how[target]
    finish = dates.finish[target]
    if how in (ABSENT, DONE, LOE) or (how == BEGUN and not net.flags[target] & RETAINED):
        return NEVER
    if has_gate(net, target) and finish != NEVER:
        limit = inputs_limit(net, dates, target, finish)
        if how == BEGUN and code in (FS, SS):
            return before_rest(net, target, limit)
        if how == LOGIC and code in (FS, SS):
            return before_finish(net, target, limit, lengths[target])
        return limit
    row = net.extra[target]
    if how == LOGIC and row >= 0 and net.x_delay[row]:
        start = take_work(net.clock, net.x_delay_cal[row], dates.start[target], net.x_delay[row])
        return start if code in (FS, SS) else from_start(net, target, start, lengths[target])
    if code not in (FS, SS) or how == PARENT:
        return finish
    if how == BEGUN:  # what remains is held
        return before_rest(net, target, finish)
    if how == OPEN and net.flags[target] & PINNED:
        return NEVER
    return dates.start[target]


@kernel
def ready_bound(net: Net, lengths: Ints, target: int, code: int, bound: int) -> int:
    """Return when a gated item would be ready for its papers if one link alone held it."""
    if code not in (FS, SS):
        return bound
    if net.how[target] == LOGIC:
        begins = to_start(net.clock, net.cal[target], bound)
        return from_start(net, target, begins, lengths[target])
    if net.how[target] == BEGUN:
        return from_rest(net, target, to_start(net.clock, net.rest_cal[target], bound))
    return bound


@kernel
def link_room(net: Net, lengths: Ints, dates: Dates, edge: int) -> int:
    """Return the minutes a link could give before it moves its target; 0 means it drives.

    Minutes of the target's calendar; ``NO_ROOM`` where the link holds nothing: an end without a
    date, or a target whose dates are facts. A lead that is cut drives nothing.
    """
    bound = edge_reach(net, dates, edge)
    if bound == NEVER:
        return NO_ROOM
    held = held_end(net, lengths, dates, edge)
    if held == NEVER:
        return NO_ROOM
    target = net.target[edge]
    if has_gate(net, target) and dates.finish[target] != NEVER:
        return gate_room(
            net, dates, target, ready_bound(net, lengths, target, net.code[edge], bound)
        )
    return work_between(net.clock, net.cal[target], bound, held)


@kernel
def link_rooms(net: Net, lengths: Ints, dates: Dates, rooms: Ints) -> None:
    """Fill the room of every link."""
    for edge in range(len(net.source)):
        rooms[edge] = link_room(net, lengths, dates, edge)  # type: ignore[index]


@kernel
def _source_room(net: Net, lengths: Ints, dates: Dates, edge: int, position: int) -> int:
    """Return how far an item may run on before a link of its own, or of a parent, moves anything.

    Minutes of the item's calendar, as P6 and MS Project count free float.
    """
    if edge_leaves(net, dates, edge) == NEVER:
        return NO_ROOM
    held = held_end(net, lengths, dates, edge)
    if held == NEVER:
        return NO_ROOM
    end = dates.start[position] if net.code[edge] in (SS, SF) else dates.finish[position]
    latest = latest_source(net, dates, edge, held)
    return work_between(net.clock, net.cal[position], end, latest)


@kernel
def free_floats(net: Net, lengths: Ints, dates: Dates, floats: Ints) -> None:
    """Fill the least room over the links out, ``NO_ROOM`` where there is none."""
    for position in range(len(net.how)):
        least = NO_ROOM
        one = position
        while one >= 0 and dates.finish[position] != NEVER:
            for number in range(net.leaving_at[one], net.leaving_at[one + 1]):
                edge = net.leaving[number]
                least = min(least, _source_room(net, lengths, dates, edge, position))
            one = net.parent[one] if net.climbs[net.project[position]] else -1
        floats[position] = least  # type: ignore[index]


@kernel
def total_floats(
    net: Net, dates: Dates, finishes: Ints, days: Ints, floats: Ints, units: Ints
) -> None:
    """Fill total floats in minutes, and the calendar whose day they are told in (-1: the wall).

    A parent's is the least of its parts' and its own, compared in days; ``days`` holds the minutes
    of each calendar's day, the wall's last.
    """
    for position in range(len(net.how)):
        if finishes[position] == NEVER:
            floats[position] = NO_ROOM  # type: ignore[index]
            units[position] = -1  # type: ignore[index]
            continue
        cal = net.cal[position]
        own = work_between(net.clock, cal, dates.finish[position], finishes[position])
        if net.how[position] != DONE:
            for number in range(net.parts_at[position], net.parts_at[position + 1]):
                part = net.parts[number]
                if floats[part] == NO_ROOM or net.how[part] == DONE:
                    continue
                if floats[part] * days[cal] < own * days[units[part]]:
                    own, cal = floats[part], units[part]
        floats[position] = own  # type: ignore[index]
        units[position] = cal  # type: ignore[index]

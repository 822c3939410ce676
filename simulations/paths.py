"""Paths through a schedule: the driving chain, and on along least floats (DESIGN 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulations.codes import LOE, NEVER, PARENT
from simulations.results import FloatPath, PathStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulations.passes import Passes, Step

__all__ = ["critical_path", "earliest_driver", "latest_item", "longest_items", "tell_step"]


def latest_item(passes: Passes) -> int | None:
    """Return the position of the item that finishes last: a leaf, with the longest path, of those.

    Ties go to the item whose driving chain begins earliest, then to the first in the file.
    """
    latest = _latest_items(passes)
    order = passes.compiled.order_in_file
    return min(latest, key=lambda one: (passes.beginning(one), order[one]), default=None)


def longest_items(passes: Passes) -> frozenset[int]:
    """Return everything that drives an item that finishes last, those items included.

    Where several chains tie, all of them count: P6's *longest path*.
    """
    found = set(_latest_items(passes))
    waiting = list(found)
    while waiting:
        fresh = {one for one, _ in passes.driving_steps(waiting.pop())} - found
        found |= fresh
        waiting += fresh
    return frozenset(found)


def _latest_items(passes: Passes) -> list[int]:
    """Return the items that finish last: leaves with work, failing that whatever there is."""
    finish, how = passes.dates.finish, passes.compiled.net.how
    last = passes.last_finish
    if last == NEVER:
        return []
    latest = [position for position, one in enumerate(finish) if one == last]
    leaves = [position for position in latest if how[position] not in {PARENT, LOE}]
    return leaves or latest


def critical_path(passes: Passes, target: int, *, buffered: bool = False) -> FloatPath:
    """Return the chain of driving links and parts that ends at ``target``.

    Where several drive, the one whose own chain begins earliest is followed, then the first in
    the file. With ``buffered`` the path goes on, where nothing drives, along the link of least
    relationship float; each step says its float.
    """
    trail: list[Step] = [(target, None)]
    while True:
        position = trail[-1][0]
        steps = passes.driving_steps(position) or (_least(passes, position) if buffered else [])
        best = earliest_driver(passes, steps)
        if best is None:
            break
        trail[-1] = (position, best[1])
        trail.append((best[0], None))
    return _told(passes, target, trail[::-1])


def earliest_driver(passes: Passes, steps: Sequence[Step]) -> Step | None:
    """Return the step back to follow: to the chain that begins earliest, then first in the file."""
    order = passes.compiled.order_in_file
    return min(steps, key=lambda step: (passes.beginning(step[0]), order[step[0]]), default=None)


def _told(passes: Passes, target: int, trail: list[Step]) -> FloatPath:
    """Turn positions, each with the edge that led into it, into steps for people."""
    ids = passes.compiled.ids
    first = PathStep(ids[trail[0][0]], None, None, None)
    return FloatPath(
        ids[target], (first, *(tell_step(passes, one, edge) for one, edge in trail[1:]))
    )


def tell_step(passes: Passes, position: int, edge: int | None) -> PathStep:
    """Return the step into an item: by a link, or (None) from a part of it."""
    compiled = passes.compiled
    one = compiled.ids[position]
    if edge is None:
        return PathStep(one, "part of", None, 0)
    link = compiled.links[compiled.link[edge]]
    lag = link.lag.words if link.lag else None
    return PathStep(one, link.type, lag, passes.link_days(edge))


def _least(passes: Passes, position: int) -> list[Step]:
    """Return the links with the least relationship float into an item; none is negative."""
    compiled = passes.compiled
    rooms = {
        edge: room
        for edge in compiled.into(position)
        if (room := passes.link_float(edge)) is not None and room >= 0
    }
    if not rooms:
        return []
    least = min(rooms.values())
    return [(compiled.net.source[edge], edge) for edge, room in rooms.items() if room == least]

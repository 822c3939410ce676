"""Paths through a schedule: the driving chain, and on along least floats (DESIGN 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulations.codes import NEVER, PARENT
from simulations.passes import Step, whole
from simulations.results import FloatPath, PathStep

if TYPE_CHECKING:
    from simulations.passes import Passes

__all__ = ["critical_path", "latest_item"]


def latest_item(passes: Passes) -> int | None:
    """Return the position of the item that finishes last: a leaf, with the longest path, of those.

    Ties go to the item whose driving chain begins earliest, then to the first in the file.
    """
    finish = passes.dates.finish
    last = max(finish, default=NEVER)
    if last == NEVER:
        return None
    compiled = passes.compiled
    begins = passes.beginnings
    return min(
        (position for position, one in enumerate(finish) if one == last),
        key=lambda position: (
            compiled.how[position] == PARENT,
            begins[position],
            compiled.order_in_file[position],
        ),
    )


def critical_path(passes: Passes, target: int, *, buffered: bool = False) -> FloatPath:
    """Return the chain of driving links and parts that ends at ``target``.

    Where several drive, the one whose own chain begins earliest is followed, then the first in
    the file. With ``buffered`` the path goes on, where nothing drives, along the link of least
    relationship float; each step says its float.
    """
    begins = passes.beginnings
    trail: list[Step] = [(target, None)]
    seen = {target}
    while True:
        position = trail[-1][0]
        steps = passes.driving_steps(position) or (_least(passes, position) if buffered else [])
        fresh = [step for step in steps if step[0] not in seen]
        if not fresh:
            break
        best = min(
            fresh, key=lambda step: (begins[step[0]], passes.compiled.order_in_file[step[0]])
        )
        seen.add(best[0])
        trail[-1] = (position, best[1])
        trail.append((best[0], None))
    return _told(passes, target, trail[::-1])


def _told(passes: Passes, target: int, trail: list[Step]) -> FloatPath:
    """Turn positions, each with the edge that led into it, into steps for people."""
    compiled = passes.compiled
    steps = [PathStep(compiled.ids[trail[0][0]], None, None, None)]
    for position, edge in trail[1:]:
        one = compiled.ids[position]
        if edge is None:
            steps.append(PathStep(one, "part of", None, 0))
            continue
        link = compiled.links[compiled.link[edge]]
        room = passes.link_float(edge)
        lag = link.lag.words if link.lag else None
        steps.append(PathStep(one, link.type, lag, None if room is None else whole(room)))
    return FloatPath(compiled.ids[target], tuple(steps))


def _least(passes: Passes, position: int) -> list[Step]:
    """Return the links with the least relationship float into an item; none is negative."""
    compiled = passes.compiled
    rooms = {
        edge: room
        for edge in range(compiled.into[position], compiled.into[position + 1])
        if (room := passes.link_float(edge)) is not None and room >= 0
    }
    if not rooms:
        return []
    least = min(rooms.values())
    return [(compiled.source[edge], edge) for edge, room in rooms.items() if room == least]

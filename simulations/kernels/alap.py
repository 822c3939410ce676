"""As late as possible: an item takes up its own free float, nobody else moves (DESIGN 5.3.2)."""

from __future__ import annotations

from simulations.codes import BEGINS, LOGIC, NEVER, PARENT, PLANNED, UNLIMITED
from simulations.kernels.backward import allowed_finish, own_limit, project_finishes, work_before
from simulations.kernels.clock import back_to_finish
from simulations.kernels.forward import schedule_item
from simulations.kernels.points import shown_bits
from simulations.kernels.registry import kernel
from simulations.kernels.shapes import Changes, Dates, Ints, Net

__all__ = ["is_alap", "run_alap"]


@kernel
def is_alap(net: Net, position: int) -> bool:
    """Return whether an item is to be as late as possible, and can be moved."""
    row = net.extra[position]
    return row >= 0 and net.x_alap[row] != 0 and net.how[position] in (LOGIC, PLANNED)


@kernel
def run_alap(net: Net, lengths: Ints, changes: Changes, dates: Dates, ends: Ints) -> None:
    """Move what is as late as possible up to the current dates of what follows it.

    What an item is part of counts as followed by what follows that. Parents are rolled up again.
    ``ends`` comes as ``NEVER`` for each project.
    """
    size = len(net.how)
    project_finishes(net, dates, ends)
    for position in range(size - 1, -1, -1):
        project = net.project[position]
        if net.late_alap[project] or not is_alap(net, position) or dates.finish[position] == NEVER:
            continue
        last = ends[project]
        late = min(
            own_limit(net, lengths, dates, position, last),
            last,
            allowed_finish(net, lengths, dates, dates.start, dates.finish, position),
        )
        above = net.parent[position]
        while above >= 0:
            limit = allowed_finish(net, lengths, dates, dates.start, dates.finish, above)
            late = min(late, limit)
            above = net.parent[above]
        if net.cal[position] >= 0:
            late = back_to_finish(net.clock, net.cal[position], late)
        if late != UNLIMITED and late > dates.finish[position]:
            is_point = dates.start[position] == dates.finish[position]
            start = late if is_point else work_before(net, lengths, dates, position, late)
            dates.start[position] = start
            dates.finish[position] = late
            by_start = 1 if is_point and net.flags[position] & BEGINS else 0
            dates.shown[position] = shown_bits(start, late, by_start)
    for position in range(size):
        if net.how[position] == PARENT:
            schedule_item(net, lengths, changes, dates, position)

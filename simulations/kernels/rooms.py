"""How far everything may slip before something after it is past its due date: where to search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulations.codes import ABSENT, DONE, FIXED, LOE, NEVER, OPEN, UNLIMITED
from simulations.kernels.backward import allowed_finish, work_before
from simulations.kernels.registry import kernel

if TYPE_CHECKING:
    from collections.abc import MutableSequence

    from simulations.kernels.batch import Batch
    from simulations.kernels.shapes import Dates, Ints, Net

__all__ = ["find_rooms"]


@kernel
def _leads_to_due(net: Net, batch: Batch, position: int) -> bool:
    """Return whether something with a due date follows an item, or it is part of such a thing."""
    for number in range(net.leaving_at[position], net.leaving_at[position + 1]):
        target = net.target[net.leaving[number]]
        if batch.due[target] != NEVER or batch.room[target] != NEVER:
            return True
    parent = net.parent[position]
    return parent >= 0 and (batch.due[parent] != NEVER or batch.room[parent] != NEVER)


@kernel
def find_rooms(
    net: Net,
    lengths: Ints,
    dates: Dates,
    starts: MutableSequence[int],
    finishes: MutableSequence[int],
    batch: Batch,
) -> None:
    """Fill ``batch.room``: a backward pass that only due dates limit.

    ``starts`` and ``finishes`` come in as ``NEVER`` and are filled with the late dates. It is a
    place to begin the search: what only the forward pass knows (meetings, months) is left to that.
    """
    for position in range(len(net.how) - 1, -1, -1):
        how = net.how[position]
        late = UNLIMITED
        batch.room[position] = NEVER
        if _leads_to_due(net, batch, position):
            if how not in (ABSENT, DONE, LOE, OPEN):
                late = allowed_finish(net, lengths, dates, starts, finishes, position)
                parent = net.parent[position]
                if parent >= 0 and finishes[parent] != NEVER:
                    late = min(late, finishes[parent])
            batch.room[position] = late
        if batch.due[position] != NEVER:
            late = min(late, batch.due[position])
        if late == UNLIMITED or dates.finish[position] == NEVER or how in (DONE, FIXED, LOE):
            continue  # nothing holds it, or nothing before it moves it
        finishes[position] = late
        starts[position] = late
        if dates.start[position] != dates.finish[position]:
            starts[position] = work_before(net, lengths, dates, position, late)

"""One what-if after another on one set of dates, each at the cost of what it reaches (DESIGN 5.4).

What a case moves is written over the baseline's dates and noted, so that it can be put back before
the next case. Marks say what is to be looked at; they are grouped in blocks, so that a long stretch
of items that stay costs next to nothing.

A longer slip never moves anything earlier, so the least slip that makes something late is searched
for: first at the slip that the dues further on allow (`simulations.kernels.rooms`), which mostly is
the answer and is proved by two trials, else by ever longer steps from there, then by halves.
"""

from __future__ import annotations

from collections.abc import MutableSequence
from typing import Final, NamedTuple

from graphmodel.moments import DAY
from simulations.codes import NEVER, PARENT, UNLIMITED
from simulations.kernels.forward import schedule_item
from simulations.kernels.points import group_floor
from simulations.kernels.registry import kernel
from simulations.kernels.shapes import Changes, Dates, Ints, Net
from simulations.thresholds import LONGEST_DAYS

__all__ = ["BLOCK", "Batch", "sweep"]

#: Two to the power of this is how many positions share a mark.
BLOCK: Final = 6
#: Each step of the search is so many times as long as the one before.
_STRIDE: Final = 4


class Batch(NamedTuple):
    """The cases, their answers and the space to work in.

    Attributes
    ----------
    span
        Months and minutes of the slip asked about.
    cases, members, grouped
        The positions that belong to case c are ``members[cases[c]] … members[cases[c + 1] - 1]``.
        ``grouped``: 1 where each is held at its baseline forecast plus the slip, 0 where the slip
        is added to the one there is.
    due
        Due instant by position, ``NEVER`` for what has none or is late in the baseline.
    order
        Place in the plan's list by position.
    room
        By position the latest finish that makes nothing else late, as far as a backward pass can
        tell: ``UNLIMITED`` where it cannot, ``NEVER`` where nothing with a due date comes after.
    moved, parents, late, total
        Answers by case: leaves that move, parents that move, what is newly late, and the knock-on
        of the leaves in minutes. The members themselves are not counted.
    days, first
        Answers by case: the least slip in whole days that makes something else late (0: none
        up to `LONGEST_DAYS`), and the position of what it is.
    listed, listed_by, listed_to
        Where lists are asked for (else empty): every position that a case moves, members too, by
        how many minutes, and by case where its own end. Those of the first case of a call begin at
        0. A call needs room for all positions, and stops when what is left is less.
    stale, blocks, touched, mine
        Marks by position and by block (all 0 between cases), the positions moved, and by position
        the last case, counted from 1, that it was a member of.
    """

    span: Ints
    cases: Ints
    members: Ints
    grouped: Ints
    due: Ints
    order: Ints
    room: MutableSequence[int]
    moved: MutableSequence[int]
    parents: MutableSequence[int]
    late: MutableSequence[int]
    total: MutableSequence[int]
    days: MutableSequence[int]
    first: MutableSequence[int]
    listed: MutableSequence[int]
    listed_by: MutableSequence[int]
    listed_to: MutableSequence[int]
    stale: MutableSequence[int]
    blocks: MutableSequence[int]
    touched: MutableSequence[int]
    mine: MutableSequence[int]


@kernel
def _mark(batch: Batch, position: int) -> int:
    """Mark a position to be looked at; return its block."""
    block = position >> BLOCK
    batch.stale[position] = 1
    batch.blocks[block] = 1
    return block


@kernel
def _slip(
    net: Net, base: Dates, changes: Changes, batch: Batch, case: int, months: int, minutes: int
) -> tuple[int, int]:
    """Slip the members of a case and mark them; return the first and the last block with a mark."""
    first, last = len(batch.blocks), -1
    for number in range(batch.cases[case], batch.cases[case + 1]):
        position = batch.members[number]
        if batch.grouped[case]:
            floor = group_floor(net, base, position, months, minutes)
            changes.floor[position] = floor
            if floor == NEVER:
                continue
        else:
            changes.slip_months[position] = months
            changes.slip[position] = minutes
        block = _mark(batch, position)
        first, last = min(first, block), max(last, block)
    return first, last


@kernel
def _spread(
    net: Net,
    lengths: Ints,
    base: Dates,
    dates: Dates,
    changes: Changes,
    batch: Batch,
    block: int,
    last: int,
) -> tuple[int, int]:
    """Run the forward pass over what is marked, and over what moves because of it.

    The marks stand in the blocks from ``block`` to ``last``.

    Returns
    -------
    moved, work
        How many positions ``batch.touched`` lists, and how many items, links and parts were seen.
    """
    moved, work = 0, 0
    size = len(net.how)
    while block <= last:
        if batch.blocks[block]:
            begin = block << BLOCK
            for position in range(begin, min(begin + (1 << BLOCK), size)):
                if not batch.stale[position]:
                    continue
                batch.stale[position] = 0
                work += 1 + net.into[position + 1] - net.into[position]
                work += net.parts_at[position + 1] - net.parts_at[position]
                schedule_item(net, lengths, changes, dates, position)
                if (
                    dates.start[position] == base.start[position]
                    and dates.finish[position] == base.finish[position]
                    and dates.shown[position] == base.shown[position]
                ):
                    continue
                batch.touched[moved] = position
                moved += 1
                for number in range(net.leaving_at[position], net.leaving_at[position + 1]):
                    last = max(last, _mark(batch, net.target[net.leaving[number]]))
                if net.parent[position] >= 0:
                    last = max(last, _mark(batch, net.parent[position]))
            batch.blocks[block] = 0
        block += 1
    return moved, work


@kernel
def _put_back(
    base: Dates, dates: Dates, changes: Changes, batch: Batch, case: int, moved: int
) -> None:
    """Undo a case: the dates of what moved are the baseline's again, nothing is slipped.

    `Dates.passed` is left: the forward pass writes it and never reads it.
    """
    for number in range(moved):
        position = batch.touched[number]
        dates.start[position] = base.start[position]
        dates.finish[position] = base.finish[position]
        dates.shown[position] = base.shown[position]
    for number in range(batch.cases[case], batch.cases[case + 1]):
        position = batch.members[number]
        changes.slip_months[position] = 0
        changes.slip[position] = 0
        changes.floor[position] = NEVER


@kernel
def _is_late(dates: Dates, batch: Batch, case: int, position: int) -> bool:
    """Return whether an item that is not of the case is past its due date, and was not before."""
    due = batch.due[position]
    return due != NEVER and dates.finish[position] > due and batch.mine[position] != case + 1


@kernel
def _move(base: Dates, dates: Dates, position: int) -> int:
    """Return the minutes by which a finish moves, where one is missing the start; 0 if neither."""
    if base.finish[position] != NEVER and dates.finish[position] != NEVER:
        return dates.finish[position] - base.finish[position]
    if base.start[position] != NEVER and dates.start[position] != NEVER:
        return dates.start[position] - base.start[position]
    return 0


@kernel
def _count(
    net: Net, base: Dates, dates: Dates, batch: Batch, case: int, moved: int, listed: int
) -> int:
    """Fill the answers of a case from what it moved; return where its list ends."""
    leaves, parents, late, total = 0, 0, 0, 0
    for number in range(moved):
        position = batch.touched[number]
        by = _move(base, dates, position)
        if not by:
            continue
        if len(batch.listed):
            batch.listed[listed] = position
            batch.listed_by[listed] = by
            listed += 1
        if batch.mine[position] == case + 1:
            continue
        if net.how[position] == PARENT:
            parents += 1
        else:
            leaves += 1
            total += by
        if _is_late(dates, batch, case, position):
            late += 1
    batch.moved[case] = leaves
    batch.parents[case] = parents
    batch.late[case] = late
    batch.total[case] = total
    return listed


@kernel
def _first_late(net: Net, dates: Dates, batch: Batch, case: int, moved: int) -> int:
    """Return what of all that is newly late is told first, -1 where nothing is.

    A leaf, the first in the file; else the innermost parent, which stands before its own.
    """
    found, best = -1, 0
    for number in range(moved):
        position = batch.touched[number]
        if not _is_late(dates, batch, case, position):
            continue
        rank = batch.order[position]
        if net.parts_at[position] < net.parts_at[position + 1]:
            rank = len(net.how) + position
        if found < 0 or rank < best:
            found, best = position, rank
    return found


@kernel
def _guess(base: Dates, batch: Batch, case: int) -> int:
    """Return the slip in days to try first, 0 where nothing after the case can be late."""
    guess = 0
    for number in range(batch.cases[case], batch.cases[case + 1]):
        position = batch.members[number]
        room = batch.room[position]
        if room == NEVER:
            continue
        days = LONGEST_DAYS
        if room != UNLIMITED and base.finish[position] != NEVER:
            days = (room - base.finish[position]) // DAY + 1
            days = max(1, min(days, LONGEST_DAYS))
        guess = days if guess == 0 else min(guess, days)
    return guess


@kernel
def _next_days(low: int, high: int, step: int, passed: int) -> int:
    """Return the slip to try next, between one that makes nothing late and one that does.

    ``passed``: 1 where the last one tried made something late.
    """
    days = high - step if passed else low + step
    return days if low < days < high else (low + high) // 2


@kernel
def sweep(
    net: Net,
    lengths: Ints,
    base: Dates,
    dates: Dates,
    changes: Changes,
    batch: Batch,
    case: int,
    budget: int,
) -> int:
    """Answer case after case, and stop after the one that uses up the budget or fills the lists.

    Parameters
    ----------
    base, dates
        The baseline's dates, and a copy of them to work on; it comes back as it was.
    changes
        Changes that change nothing; they come back as they were.
    case
        The case to begin with.
    budget
        How many items, links and parts may be looked at.

    Returns
    -------
    case
        The first one that is not answered yet.
    """
    work, listed = 0, 0
    while case < len(batch.grouped) and work < budget:
        if len(batch.listed) and listed + len(net.how) > len(batch.listed):
            break
        for number in range(batch.cases[case], batch.cases[case + 1]):
            batch.mine[batch.members[number]] = case + 1
        batch.first[case] = -1
        low, high, step = 0, LONGEST_DAYS + 1, 1
        days = 0  # the slip asked about comes first, then the search
        while high - low > 1:
            months, minutes = 0, days * DAY
            if not days:
                months, minutes = batch.span[0], batch.span[1]
            first, last = _slip(net, base, changes, batch, case, months, minutes)
            moved, seen = _spread(net, lengths, base, dates, changes, batch, first, last)
            work += seen
            if not days:
                listed = _count(net, base, dates, batch, case, moved, listed)
                if len(batch.listed):
                    batch.listed_to[case] = listed
                days = _guess(base, batch, case)
                if not days:
                    low = LONGEST_DAYS
            else:
                late = _first_late(net, dates, batch, case, moved)
                if late >= 0:
                    high = days
                    batch.first[case] = late
                else:
                    low = days
                days = _next_days(low, high, step, 1 if late >= 0 else 0)
                step *= _STRIDE
            _put_back(base, dates, changes, batch, case, moved)
        batch.days[case] = high if batch.first[case] >= 0 else 0
        case += 1
    return case

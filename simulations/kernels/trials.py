"""Iterations through the forward pass itself: Monte Carlo of any plan, and what leaving out does.

Each iteration takes its minutes from a block of cells, sets them where the forward pass reads them,
and runs that pass over what they reach (`schedule_item`: the one rule table). Dates of the
iteration before stay where nothing changes them. Leaving something out is one more change on top,
undone again before the next: so both are judged on the same rolls, and the cost of each is that of
what it moves. What is as late as possible may be freed by what follows it: plans that hold
such items set and count their iterations here, and run the passes in between
(`simulations.risk.trials`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simulations.codes import LOE, NEVER, PARENT, UNLIMITED
from simulations.kernels.bounds import edge_bound
from simulations.kernels.clock import add_work, work_of
from simulations.kernels.floats import link_room
from simulations.kernels.forward import schedule_item
from simulations.kernels.lanes import BINS
from simulations.kernels.registry import kernel

if TYPE_CHECKING:
    from collections.abc import MutableSequence

    from simulations.kernels.shapes import Changes, Dates, Ints, Net

__all__ = [
    "DELAY",
    "LENGTH",
    "REST",
    "RUNS",
    "SPAN",
    "Counts",
    "Spots",
    "Trail",
    "count_trial",
    "run_trials",
    "set_cells",
]

# Where the minutes of a cell go.
LENGTH: Final = 0  # the duration of work that follows its logic
SPAN: Final = 1  # the length of planned dates: the start stays, the finish moves
REST: Final = 2  # what remains of begun work
RUNS: Final = 3  # what remains of begun work that runs on from its start
DELAY: Final = 4  # a slip of the finish


class Spots(NamedTuple):
    """Where cells act in one net, and what is taken apart for each iteration.

    Attributes
    ----------
    position, way
        By cell, the position of its item (-1: it takes no part) and one of the ways above.
    base
        By cell, what is set where the way starts from: the slip, rest or finish there is.
    rest
        By cell, what remains if nothing is uncertain.
    own_finish, rests, cap, plain_source
        Columns of the net that are written to; the same containers as in the net itself.
    targets
        Positions whose instants are wanted, the main one first; -1 for the plan's finish.
    pair_at, pair_cell
        What is left out in turn: the cells of group g are those from ``pair_at[g]`` to before
        ``pair_at[g + 1]``.
    cap_at, cap_edge, cap_by
        The edges that are capped in group g, and by which instant, likewise.
    """

    position: Ints
    way: Ints
    base: Ints
    rest: Ints
    own_finish: MutableSequence[int]
    rests: MutableSequence[int]
    cap: MutableSequence[int]
    plain_source: MutableSequence[int]
    targets: Ints
    pair_at: Ints
    pair_cell: Ints
    cap_at: Ints
    cap_edge: Ints
    cap_by: Ints


class Trail(NamedTuple):
    """Marks by position, all 0 between runs, and what a run moved with the dates it had before.

    ``passed``: when gates are passed in the iteration itself.
    """

    stale: MutableSequence[int]
    mark: MutableSequence[int]
    moved: MutableSequence[int]
    start: MutableSequence[int]
    finish: MutableSequence[int]
    shown: MutableSequence[int]
    passed: MutableSequence[int]


class Counts(NamedTuple):
    """What is added up over iterations.

    Attributes
    ----------
    critical
        By position, in how many iterations it is on a driving chain to the main target.
    merge_item, merge_at, arm_edge, arm_part
        Merge points: their positions, where the arms of each begin, and for each arm its edge, or
        else (-1) the part that its parent waits for.
    joined, arms
        By merge point the sum of its latest arm, and by arm the sum of its own, both as minutes of
        the item's calendar; a part's on the wall.
    gate_meeting, gate_missed
        By gate, the meeting it is planned for and how often it is passed later.
    low, shift, bins
        Histograms of finishes, see `simulations.kernels.lanes.Sums`.
    """

    critical: MutableSequence[int]
    merge_item: Ints
    merge_at: Ints
    arm_edge: Ints
    arm_part: Ints
    joined: MutableSequence[int]
    arms: MutableSequence[int]
    gate_meeting: Ints
    gate_missed: MutableSequence[int]
    low: Ints
    shift: Ints
    bins: MutableSequence[int]


@kernel
def _set_cell(
    net: Net, lengths: Ints, changes: Changes, spots: Spots, cell: int, minutes: int
) -> int:
    """Set the minutes of a cell; return the position that this changes, or -1."""
    position, way = spots.position[cell], spots.way[cell]
    if position < 0:
        return -1
    if way == DELAY:
        slip = spots.base[cell] + minutes
        if changes.slip[position] == slip:
            return -1
        changes.slip[position] = slip
        return position
    if way in (LENGTH, SPAN):
        if lengths[position] == minutes:
            return -1
        lengths[position] = minutes  # type: ignore[index]
        if way == SPAN:
            spots.own_finish[position] = net.own_start[position] + minutes
        return position
    if spots.rests[position] == minutes:
        return -1
    spots.rests[position] = minutes
    if way == RUNS:
        more = minutes - spots.rest[cell]
        held = add_work(net.clock, net.rest_cal[position], spots.base[cell], more)
        spots.own_finish[position] = held
    return position


@kernel
def _cap(net: Net, spots: Spots, entry: int) -> int:
    """Cap an edge; return the position it leads to.

    It is no plain edge from then on: uncapped, it holds what it held before, and is looked at.
    """
    edge = spots.cap_edge[entry]
    spots.cap[edge] = spots.cap_by[entry]
    spots.plain_source[edge] = -1
    return net.target[edge]


@kernel
def _run(
    net: Net,
    lengths: Ints,
    changes: Changes,
    dates: Dates,
    trail: Trail,
    first: int,
    last: int,
) -> int:
    """Run the forward pass over the marks from ``first`` to ``last`` and over what they move.

    Returns
    -------
    moved
        How many positions ``trail.moved`` lists, with their dates before.
    """
    moved, position = 0, first
    while position <= last:
        if not trail.stale[position]:
            position += 1
            continue
        trail.stale[position] = 0
        start, finish = dates.start[position], dates.finish[position]
        shown = dates.shown[position]
        schedule_item(net, lengths, changes, dates, position)
        if (
            start != dates.start[position]
            or finish != dates.finish[position]
            or shown != dates.shown[position]
        ):
            trail.moved[moved] = position
            trail.start[moved] = start
            trail.finish[moved] = finish
            trail.shown[moved] = shown
            moved += 1
            for number in range(net.leaving_at[position], net.leaving_at[position + 1]):
                target = net.target[net.leaving[number]]
                trail.stale[target] = 1
                last = max(last, target)
            parent = net.parent[position]
            if parent >= 0:
                trail.stale[parent] = 1
                last = max(last, parent)
        position += 1
    return moved


@kernel
def _last_finish(net: Net, dates: Dates) -> int:
    """Return when the plan finishes; a level of effort is not counted."""
    end = NEVER
    for position in range(len(net.how)):
        if net.how[position] != LOE:
            end = max(end, dates.finish[position])
    return end


@kernel
def _mark_chains(
    net: Net, lengths: Ints, dates: Dates, trail: Trail, counts: Counts, main: int, end: int
) -> None:
    """Count what is on a driving chain to the main target: links without room, parts in time."""
    mark = trail.mark
    for position in range(len(net.how) - 1, -1, -1):
        finish = dates.finish[position]
        if main == position or (
            main < 0 and finish == end and finish != NEVER and net.how[position] != LOE
        ):
            mark[position] = 1
        if not mark[position]:
            continue
        mark[position] = 0
        counts.critical[position] += 1
        for edge in range(net.into[position], net.into[position + 1]):
            source = net.source[edge]
            if not mark[source] and link_room(net, lengths, dates, edge) == 0:
                mark[source] = 1
        if net.how[position] == PARENT and finish != NEVER:
            for number in range(net.parts_at[position], net.parts_at[position + 1]):
                part = net.parts[number]
                if dates.finish[part] == finish and net.how[part] != LOE:
                    mark[part] = 1


@kernel
def _add_merges(net: Net, dates: Dates, counts: Counts) -> None:
    """Add up what the arms of each merge point hold it to."""
    for merge in range(len(counts.merge_item)):
        position = counts.merge_item[merge]
        latest = NEVER
        for arm in range(counts.merge_at[merge], counts.merge_at[merge + 1]):
            edge = counts.arm_edge[arm]
            if edge >= 0:
                bound = edge_bound(net, dates, edge)
                held = work_of(net.clock, net.cal[position], bound)
            else:
                held = dates.finish[counts.arm_part[arm]]
            counts.arms[arm] += held
            latest = max(latest, held)
        counts.joined[merge] += latest


@kernel
def _add_counts(
    net: Net,
    lengths: Ints,
    dates: Dates,
    trail: Trail,
    counts: Counts,
    main: int,
    end: int,
) -> None:
    _mark_chains(net, lengths, dates, trail, counts, main, end)
    _add_merges(net, dates, counts)
    for gate in range(len(counts.gate_meeting)):
        if dates.passed[gate] > counts.gate_meeting[gate]:
            counts.gate_missed[gate] += 1
    for position in range(len(net.how)):
        shift = counts.shift[position]
        if shift >= 0:
            place = (dates.finish[position] - counts.low[position]) >> shift
            counts.bins[position * BINS + min(max(place, 0), BINS - 1)] += 1


@kernel
def _put_back(dates: Dates, trail: Trail, moved: int) -> None:
    for number in range(moved):
        position = trail.moved[number]
        dates.start[position] = trail.start[number]
        dates.finish[position] = trail.finish[number]
        dates.shown[position] = trail.shown[number]


@kernel
def _finish_after(net: Net, dates: Dates, trail: Trail, moved: int, end: int, others: int) -> int:
    """Return the plan's finish after a run that moved some of what finished last.

    ``others``: how many items finished at ``end`` before.
    """
    later = NEVER
    for number in range(moved):
        position = trail.moved[number]
        if net.how[position] != LOE:
            later = max(later, dates.finish[position])
            if trail.finish[number] == end:
                others -= 1
    if later >= end or others > 0:
        return max(later, end)
    return _last_finish(net, dates)


@kernel
def _count_last(net: Net, dates: Dates, end: int) -> int:
    """Return how many items finish when the plan does."""
    count = 0
    for position in range(len(net.how)):
        if net.how[position] != LOE and dates.finish[position] == end:
            count += 1
    return count


@kernel
def _keep_targets(
    dates: Dates, spots: Spots, end: int, lane: int, count: int, samples: MutableSequence[int]
) -> None:
    for number in range(len(spots.targets)):
        target = spots.targets[number]
        samples[number * count + lane] = end if target < 0 else dates.finish[target]


@kernel
def run_trials(  # noqa: PLR0917 - kernels take containers in order
    net: Net,
    lengths: Ints,
    changes: Changes,
    dates: Dates,
    spots: Spots,
    trail: Trail,
    counts: Counts,
    minutes: Ints,
    others: Ints,
    lanes: Ints,
    samples: MutableSequence[int],
    without: MutableSequence[int],
    count: int,
    detail: int,
) -> None:
    """Run some iterations of a block.

    Parameters
    ----------
    lengths, changes, dates
        Consistent with each other: a forward pass, or what the run before left.
    minutes, others
        Minutes of each cell, and of each pair of what is left out, ``count`` iterations each.
    lanes
        Which iterations of the block to run.
    samples, without
        Filled: the instants of the targets, target by target; those of the main target with each
        group left out, group by group.
    detail
        1 to add up ``counts`` as well.
    """
    cells, groups, main = len(spots.position), len(spots.pair_at) - 1, spots.targets[0]
    end, last_ones, asks_end = NEVER, 0, 0
    for number in range(len(spots.targets)):
        if spots.targets[number] < 0:
            asks_end = 1
    for number in range(len(lanes)):
        lane = lanes[number]
        for group in range(-1, groups):
            first, last = len(net.how), -1
            begin, stop = 0, cells
            if group >= 0:
                begin, stop = spots.pair_at[group], spots.pair_at[group + 1]
            for entry in range(begin, stop):
                cell, value = entry, 0
                if group < 0:
                    value = minutes[entry * count + lane]
                else:
                    cell = spots.pair_cell[entry]
                    value = others[entry * count + lane]
                position = _set_cell(net, lengths, changes, spots, cell, value)
                if position >= 0:
                    trail.stale[position] = 1
                    first, last = min(first, position), max(last, position)
            if group >= 0:
                for entry in range(spots.cap_at[group], spots.cap_at[group + 1]):
                    position = _cap(net, spots, entry)
                    trail.stale[position] = 1
                    first, last = min(first, position), max(last, position)
            moved = _run(net, lengths, changes, dates, trail, first, last)
            if group < 0:
                if asks_end:
                    end = _last_finish(net, dates)
                _keep_targets(dates, spots, end, lane, count, samples)
                if groups and main < 0:
                    last_ones = _count_last(net, dates, end)
                if detail:
                    _add_counts(net, lengths, dates, trail, counts, main, end)
                if groups:
                    for gate in range(len(dates.passed)):
                        trail.passed[gate] = dates.passed[gate]
                continue
            if main < 0:
                late = _finish_after(net, dates, trail, moved, end, last_ones)
            else:
                late = dates.finish[main]
            without[group * count + lane] = late
            _put_back(dates, trail, moved)
            for entry in range(begin, stop):
                cell = spots.pair_cell[entry]
                _set_cell(net, lengths, changes, spots, cell, minutes[cell * count + lane])
            for entry in range(spots.cap_at[group], spots.cap_at[group + 1]):
                spots.cap[spots.cap_edge[entry]] = UNLIMITED
        if groups:
            for gate in range(len(dates.passed)):
                dates.passed[gate] = trail.passed[gate]


@kernel
def set_cells(
    net: Net,
    lengths: Ints,
    changes: Changes,
    spots: Spots,
    minutes: Ints,
    lane: int,
    count: int,
) -> None:
    """Set the minutes of every cell for one iteration of a block."""
    for cell in range(len(spots.position)):
        _set_cell(net, lengths, changes, spots, cell, minutes[cell * count + lane])


@kernel
def count_trial(  # noqa: PLR0917 - kernels take containers in order
    net: Net,
    lengths: Ints,
    dates: Dates,
    spots: Spots,
    trail: Trail,
    counts: Counts,
    samples: MutableSequence[int],
    lane: int,
    count: int,
    detail: int,
) -> None:
    """Keep and count the dates of one iteration, however they were come by."""
    end = _last_finish(net, dates)
    _keep_targets(dates, spots, end, lane, count, samples)
    if detail:
        _add_counts(net, lengths, dates, trail, counts, spots.targets[0], end)

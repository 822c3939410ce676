"""Many iterations side by side through a plain network: the fast path of Monte Carlo.

A plain network holds work that follows its logic through finish-to-start links with lags (not
leads), what is done, and parents that only roll up. Of each item a whole block of iterations is
computed before the next item, so that the innermost loops run over neighbouring numbers.

Work on a calendar is counted in minutes of that calendar (W of `simulations.kernels.clock`): there,
a start is the latest bound and a finish is the start and the duration, without any look at the
calendar, because W of a start moved into working time, or of a finish at the end of a shift, is W
of the bound itself. Only links from one calendar to another go by way of the wall. An instant is
read back as the earliest with that W; work of no length at the plan's very start as the latest.
`simulations.risk.plain` says which plans are plain; a property test says that they come out as in
the forward pass, which remains the one that counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simulations.codes import NEVER
from simulations.kernels.cells import Cells, fill_cell
from simulations.kernels.clock import add_work, at_least, at_most, work_of
from simulations.kernels.registry import kernel

if TYPE_CHECKING:
    from collections.abc import MutableSequence

    from simulations.kernels.clock import Clock
    from simulations.kernels.draws import Program, Scratch
    from simulations.kernels.shapes import Ints

__all__ = ["BINS", "FACT", "ROLL", "WORK", "Plain", "Rows", "Sums", "run_lanes"]

# What a node is.
FACT: Final = 0  # its finish is given
WORK: Final = 1
ROLL: Final = 2  # the latest of its parts

#: Bins of a histogram.
BINS: Final = 128
#: No minute of any calendar.
_NOWHERE: Final = -(1 << 30)


class Plain(NamedTuple):
    """A plain network; nodes in an order in which sources stand before targets.

    Attributes
    ----------
    kind, cal, cell, length
        What a node is, the calendar its minutes are counted on (-1: the wall), its cell (-1: none)
        and its length where it has none.
    bound
        Minutes before which it cannot start, ``NEVER`` where what it hangs on sees to that; of a
        fact, when it finishes.
    point
        1 where it may have no length.
    is_end
        1 where nothing but parents follows.
    into, source, lag, crosses, lag_cal
        Edges into node k: those from ``into[k]`` to before ``into[k + 1]``. ``crosses``: 1 where
        the source's minutes are not the target's, or the lag is on another calendar.
    leaving_at, leaving, target
        Edges out of each node, and what an edge leads to.
    origin
        W of the plan's start, by calendar.
    clock
        The calendars.
    """

    kind: Ints
    cal: Ints
    cell: Ints
    length: Ints
    bound: Ints
    point: Ints
    is_end: Ints
    into: Ints
    source: Ints
    lag: Ints
    crosses: Ints
    lag_cal: Ints
    leaving_at: Ints
    leaving: Ints
    target: Ints
    origin: Ints
    clock: Clock


class Rows(NamedTuple):
    """A block of iterations: minutes of starts and finishes and marks, node by node.

    ``ends`` holds the instants at which the plan finishes; ``held`` and ``spare`` are space to work
    in, for one and for two blocks.
    """

    start: MutableSequence[int]
    finish: MutableSequence[int]
    mark: MutableSequence[bool]
    ends: MutableSequence[int]
    held: MutableSequence[int]
    spare: MutableSequence[int]


class Sums(NamedTuple):
    """What is added up over iterations, block after block.

    Attributes
    ----------
    critical
        By node, in how many iterations it is on a driving chain to the main target.
    joined, arms
        By node, the sum of what the latest of its edges holds it to; by edge, the sum of what that
        one does. Minutes of the node's calendar; only where several edges meet.
    low, shift, bins
        By node: where its histogram begins, the width of a bin as a power of two (-1: no
        histogram), and ``BINS`` counts. What lies outside is counted in the first or last.
    """

    critical: MutableSequence[int]
    joined: MutableSequence[int]
    arms: MutableSequence[int]
    low: Ints
    shift: Ints
    bins: MutableSequence[int]


@kernel
def _instant(net: Plain, node: int, minutes: int) -> int:
    """Return the instant at which a node finishes."""
    cal = net.cal[node]
    if cal < 0:
        return minutes
    if net.point[node] and minutes == net.origin[cal]:
        return at_most(net.clock, cal, minutes)
    return at_least(net.clock, cal, minutes)


@kernel
def _crossed(net: Plain, edge: int, minutes: int) -> int:
    """Return what an edge from another calendar holds its target to."""
    instant = _instant(net, net.source[edge], minutes)
    if net.lag[edge]:
        instant = add_work(net.clock, net.lag_cal[edge], instant, net.lag[edge])
    return work_of(net.clock, net.cal[net.target[edge]], instant)


@kernel
def _total(row: Ints, skip: int, stop: int) -> int:
    """Return the sum over the iterations that count."""
    total = 0
    for lane in range(skip, stop):
        total += row[lane]
    return total


@kernel
def _meet(net: Plain, rows: Rows, sums: Sums, node: int, skip: int, stop: int, count: int) -> None:
    """Fill a node's starts with what its edges hold it to, and add up where several meet."""
    begin, end = net.into[node], net.into[node + 1]
    start = rows.start[node * count : node * count + count]
    several = end > begin + 1
    for edge in range(begin, end):
        come, lag = net.source[edge] * count, net.lag[edge]
        held = rows.finish[come : come + count]
        if net.crosses[edge]:
            held = rows.held[:count]
            for lane in range(count):
                held[lane] = _crossed(net, edge, rows.finish[come + lane])
        elif lag:
            held = rows.held[:count]
            for lane in range(count):
                held[lane] = rows.finish[come + lane] + lag
        if edge == begin:
            for lane in range(count):
                start[lane] = held[lane]
        else:
            for lane in range(count):
                start[lane] = max(start[lane], held[lane])
        if several:
            sums.arms[edge] += _total(held, skip, stop)
    if several:
        sums.joined[node] += _total(start, skip, stop)


@kernel
def _hold(net: Plain, rows: Rows, node: int, count: int) -> None:
    """Let a node start no earlier than its own bound."""
    start, bound = rows.start[node * count : node * count + count], net.bound[node]
    if net.into[node] == net.into[node + 1]:
        for lane in range(count):
            start[lane] = bound
    elif bound != NEVER:
        for lane in range(count):
            start[lane] = max(start[lane], bound)


@kernel
def _place(  # noqa: PLR0917 - kernels take containers in order
    net: Plain,
    program: Program,
    cells: Cells,
    off: Ints,
    fired: Ints,
    first: int,
    skip: int,
    stop: int,
    count: int,
    scratch: Scratch,
    rows: Rows,
    sums: Sums,
) -> None:
    """Run the forward pass over a block."""
    for node in range(len(net.kind)):
        at, cell, length = node * count, net.cell[node], net.length[node]
        start, finish = rows.start[at : at + count], rows.finish[at : at + count]
        _meet(net, rows, sums, node, skip, stop, count)
        _hold(net, rows, node, count)
        if cell >= 0:
            fill_cell(
                program,
                cells,
                cell,
                off[cell],
                -1,
                fired,
                first,
                count,
                scratch,
                rows.spare,
                finish,
            )
            for lane in range(count):
                finish[lane] += start[lane]
        else:
            for lane in range(count):
                finish[lane] = start[lane] + length


@kernel
def _finish_plan(net: Plain, rows: Rows, count: int) -> None:
    """Fill ``rows.ends``."""
    ends = rows.ends
    for lane in range(count):
        ends[lane] = NEVER
    for node in range(len(net.kind)):
        if net.is_end[node]:
            finish = rows.finish[node * count : node * count + count]
            for lane in range(count):
                ends[lane] = max(ends[lane], _instant(net, node, finish[lane]))


@kernel
def _last_minutes(net: Plain, rows: Rows, cal: int, count: int) -> None:
    """Fill ``rows.held`` with the minutes of a calendar that come back as the plan's finish."""
    for lane in range(count):
        end = rows.ends[lane]
        minutes = work_of(net.clock, cal, end)
        is_there = cal < 0 or at_least(net.clock, cal, minutes) == end
        rows.held[lane] = minutes if is_there else _NOWHERE


@kernel
def _mark_ends(net: Plain, rows: Rows, node: int, count: int) -> None:
    """Mark a node where it finishes when the plan does; ``rows.held`` is that of its calendar."""
    cal, at, held = net.cal[node], node * count, rows.held[:count]
    mark, finish = rows.mark[at : at + count], rows.finish[at : at + count]
    for lane in range(count):
        mark[lane] = finish[lane] == held[lane]
    if cal >= 0 and net.point[node]:
        first = net.origin[cal]
        instant = at_most(net.clock, cal, first)
        for lane in range(count):
            if finish[lane] == first:
                mark[lane] = rows.ends[lane] == instant


@kernel
def _mark(net: Plain, rows: Rows, sums: Sums, main: int, skip: int, stop: int, count: int) -> None:
    """Mark what is on a driving chain to the main target (-1: the plan's finish), and count it."""
    last_cal = -2
    for node in range(len(net.kind) - 1, -1, -1):
        at = node * count
        mark, finish = rows.mark[at : at + count], rows.finish[at : at + count]
        if main < 0:
            if net.cal[node] != last_cal:
                last_cal = net.cal[node]
                _last_minutes(net, rows, last_cal, count)
            _mark_ends(net, rows, node, count)
        else:
            for lane in range(count):
                mark[lane] = node == main
        for number in range(net.leaving_at[node], net.leaving_at[node + 1]):
            edge = net.leaving[number]
            to, lag = net.target[edge] * count, net.lag[edge]
            follows, start = rows.mark[to : to + count], rows.start[to : to + count]
            if net.crosses[edge]:
                for lane in range(count):
                    if follows[lane] and _crossed(net, edge, finish[lane]) == start[lane]:
                        mark[lane] = True
            elif lag:
                for lane in range(count):
                    mark[lane] |= follows[lane] & (finish[lane] + lag == start[lane])
            else:
                for lane in range(count):
                    mark[lane] |= follows[lane] & (finish[lane] == start[lane])
        sums.critical[node] += _total(mark, skip, stop)


@kernel
def _count_bins(net: Plain, rows: Rows, sums: Sums, skip: int, stop: int, count: int) -> None:
    for node in range(len(net.kind)):
        shift = sums.shift[node]
        if shift < 0:
            continue
        at, low = node * count, sums.low[node]
        finish, bins = rows.finish[at : at + count], sums.bins[node * BINS : node * BINS + BINS]
        for lane in range(skip, stop):
            place = (finish[lane] - low) >> shift
            bins[min(max(place, 0), BINS - 1)] += 1


@kernel
def run_lanes(  # noqa: PLR0917 - kernels take containers in order
    net: Plain,
    program: Program,
    cells: Cells,
    off: Ints,
    fired: Ints,
    scratch: Scratch,
    rows: Rows,
    sums: Sums,
    targets: Ints,
    samples: MutableSequence[int],
    first: int,
    skip: int,
    stop: int,
    count: int,
    detail: int,
) -> None:
    """Run a block of iterations.

    Parameters
    ----------
    off
        By cell, what of its own is left out (`simulations.kernels.cells.fill_cell`).
    targets
        The nodes whose instants are wanted, the main one first; -1 for the plan's finish.
    samples
        Filled with those, target by target; see ``rows`` for what else a block leaves behind.
    skip, stop
        Which iterations of the block are counted: blocks begin and end at whole counters.
    detail
        1 to find what is critical and to count histograms as well.
    """
    _place(net, program, cells, off, fired, first, skip, stop, count, scratch, rows, sums)
    _finish_plan(net, rows, count)
    for number in range(len(targets)):
        node, at = targets[number], number * count
        for lane in range(count):
            if node < 0:
                samples[at + lane] = rows.ends[lane]
            else:
                samples[at + lane] = _instant(net, node, rows.finish[node * count + lane])
    if detail:
        _mark(net, rows, sums, targets[0], skip, stop, count)
        _count_bins(net, rows, sums, skip, stop, count)

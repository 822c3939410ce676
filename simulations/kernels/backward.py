"""The backward pass: how late everything may be (DESIGN 5.5)."""

from __future__ import annotations

from simulations.codes import (
    ABSENT,
    BEGUN,
    DONE,
    ENDS,
    FF,
    FIXED,
    LOE,
    LOGIC,
    NEVER,
    OPEN,
    PARENT,
    PINNED,
    RETAINED,
    RUNS_ON,
    SF,
    SS,
    UNLIMITED,
    WHOLE,
)
from simulations.kernels.bounds import latest_source
from simulations.kernels.clock import at_least, at_most, back_to_finish, take_work, work_of
from simulations.kernels.gates import has_gate, inputs_limit
from simulations.kernels.registry import kernel
from simulations.kernels.shapes import Dates, Ints, Net
from simulations.kernels.spans import before_finish, before_rest, from_start

__all__ = [
    "allowed_finish",
    "is_pinned",
    "late_dates",
    "latest_end",
    "latest_open_start",
    "own_limit",
    "parent_limit",
    "project_finishes",
    "run_backward",
    "work_before",
]


@kernel
def is_pinned(net: Net, position: int) -> bool:
    """Return whether an item's late dates are its dates: a hard constraint holds it."""
    row = net.extra[position]
    if row < 0 or net.how[position] == BEGUN:
        return False
    return net.x_pin_start[row] != NEVER or net.x_pin_finish[row] != NEVER


@kernel
def work_before(net: Net, lengths: Ints, dates: Dates, position: int, finish: int) -> int:
    """Return the latest start of an item that finishes by ``finish``; of begun work, its rest."""
    how = net.how[position]
    if how == BEGUN:
        return before_rest(net, position, finish)
    if how in (LOGIC, FIXED):
        return before_finish(net, position, finish, lengths[position])
    return finish - (dates.finish[position] - dates.start[position])


@kernel
def _work_after(net: Net, lengths: Ints, dates: Dates, position: int, start: int) -> int:
    """Return the latest finish of an item whose start may be no later than ``start``."""
    if net.flags[position] & PINNED or net.how[position] == FIXED:
        return UNLIMITED  # an actual or fixed start is a fact: nothing can be too late for it
    if net.how[position] == LOGIC and (lengths[position] or net.months[position]):
        return from_start(net, position, start, lengths[position])
    return start + dates.finish[position] - dates.start[position]


@kernel
def _runs_on(net: Net, position: int) -> bool:
    """Return whether begun work of some length runs on from its start (ms-project)."""
    has_work = net.length[position] > 0 or net.months[position] > 0
    return has_work and net.flags[position] & RUNS_ON != 0 and net.own_finish[position] != NEVER


@kernel
def latest_end(
    net: Net,
    dates: Dates,
    starts: Ints,
    finishes: Ints,
    edge: int,
) -> int:
    """Return the latest instant of the end that an edge leaves, as far as its target goes.

    ``starts`` and ``finishes`` are what the targets must keep: their late dates, or, for as late
    as possible, their current ones.
    """
    target = net.target[edge]
    how = net.how[target]
    if how in (ABSENT, DONE, LOE):
        return UNLIMITED
    on_finish = net.code[edge] in (FF, SF)
    if how == BEGUN and not net.flags[target] & RETAINED:
        return UNLIMITED
    row = net.extra[target]
    if how == PARENT or has_gate(net, target):
        bound = finishes[target]
        if bound != NEVER and has_gate(net, target):
            bound = inputs_limit(net, dates, target, bound)
            if how in (LOGIC, BEGUN) and not on_finish:
                bound = work_before(net, net.length, dates, target, bound)
    elif how == LOGIC and row >= 0 and net.x_delay[row] and starts[target] != NEVER:
        # What holds it is given its levelling delay back.
        bound = take_work(net.clock, net.x_delay_cal[row], starts[target], net.x_delay[row])
        if on_finish:
            bound = from_start(net, target, bound, net.length[target])
    elif on_finish:
        bound = finishes[target]
    elif how == BEGUN and not _runs_on(net, target) and finishes[target] != NEVER:
        bound = before_rest(net, target, finishes[target])
    else:
        bound = starts[target]
    if bound == NEVER:
        return UNLIMITED
    return latest_source(net, dates, edge, bound)


@kernel
def allowed_finish(
    net: Net, lengths: Ints, dates: Dates, starts: Ints, finishes: Ints, position: int
) -> int:
    """Return the latest finish of an item that its links out allow."""
    late = UNLIMITED
    for number in range(net.leaving_at[position], net.leaving_at[position + 1]):
        target = net.plain_target[number]
        if target >= 0:
            if starts[target] != NEVER:
                late = min(late, starts[target])
            continue
        edge = net.leaving[number]
        end = latest_end(net, dates, starts, finishes, edge)
        if end != UNLIMITED and net.code[edge] in (SS, SF):
            end = _work_after(net, lengths, dates, position, end)
        late = min(late, end)
    return late


@kernel
def own_limit(net: Net, lengths: Ints, dates: Dates, position: int, otherwise: int) -> int:
    """Return the latest finish that an item's own dates allow: due, deadlines, constraints."""
    due = net.due[position]
    late = otherwise
    if due != NEVER:
        late = min(due, otherwise) if net.seed_least[net.project[position]] else due
    row = net.extra[position]
    if row >= 0 and net.x_fnlt[row] != NEVER:
        late = min(late, net.x_fnlt[row])
    if row >= 0 and net.x_snlt[row] != NEVER and net.how[position] != BEGUN:
        late = min(late, _work_after(net, lengths, dates, position, net.x_snlt[row]))
    return late


@kernel
def parent_limit(net: Net, dates: Dates, finishes: Ints, position: int, otherwise: int) -> int:
    """Return the latest finish that what an item is part of allows.

    A plan of a portfolio limits what is in it no more than it would alone, unless it has a due
    date or links of its own.
    """
    parent = net.parent[position]
    if parent < 0 or finishes[parent] == NEVER:
        return UNLIMITED
    if net.flags[parent] & WHOLE and finishes[parent] >= otherwise:
        return UNLIMITED
    if not has_gate(net, parent):
        return finishes[parent]
    limit = inputs_limit(net, dates, parent, finishes[parent])
    row = net.extra[position]
    return limit - net.x_shift[row] if row >= 0 else limit


@kernel
def _late_finish(net: Net, dates: Dates, position: int, late: int) -> int:
    """Return a late finish at work: the end of a shift, of a point what it is shown by (5.1)."""
    cal = net.cal[position]
    if cal < 0:
        return late
    finish = dates.finish[position]
    if dates.start[position] != finish:
        return back_to_finish(net.clock, cal, late)
    work = work_of(net.clock, cal, late)
    if work == work_of(net.clock, cal, finish):
        return finish
    if not net.flags[position] & ENDS and at_most(net.clock, cal, work) <= late:
        return late
    return at_least(net.clock, cal, work)


@kernel
def project_finishes(net: Net, dates: Dates, ends: Ints) -> None:
    """Fill when each project finishes, a level of effort not counted; the plan itself is first."""
    for position in range(len(net.how)):
        if net.how[position] != LOE:
            project, finish = net.project[position], dates.finish[position]
            ends[project] = max(ends[project], finish)  # type: ignore[index]
            ends[0] = max(ends[0], finish)  # type: ignore[index]


@kernel
def latest_open_start(net: Net, dates: Dates, starts: Ints, finishes: Ints, position: int) -> int:
    """Return the latest start of an open-ended item that its links out allow."""
    late = UNLIMITED
    if net.flags[position] & PINNED:
        return late
    for number in range(net.leaving_at[position], net.leaving_at[position + 1]):
        if net.code[net.leaving[number]] in (SS, SF):
            late = min(late, latest_end(net, dates, starts, finishes, net.leaving[number]))
    return late


@kernel
def late_dates(net: Net, lengths: Ints, dates: Dates, position: int, late: int) -> tuple[int, int]:
    """Return the late start and late finish of an item that may finish by ``late``, at work."""
    finish = _late_finish(net, dates, position, late)
    start = work_before(net, lengths, dates, position, finish)
    if net.how[position] == BEGUN:
        if _runs_on(net, position):
            # What is done is done: links hold it to where its remaining work began.
            start = before_rest(net, position, net.own_finish[position])
    elif dates.start[position] == dates.finish[position]:
        start = finish
    return start, finish


@kernel
def run_backward(
    net: Net, lengths: Ints, dates: Dates, ends: Ints, starts: Ints, finishes: Ints
) -> None:
    """Fill late starts and late finishes; what has none keeps ``NEVER``.

    ``ends`` comes as ``NEVER`` for each project and is filled with what bounds it.

    What is complete or takes no part has no late dates and limits nobody. An open-ended item has a
    late start where its own start drives something, and no late finish.
    """
    size = len(net.how)
    project_finishes(net, dates, ends)
    for project in range(len(ends)):
        if net.must_finish[project] != NEVER:
            ends[project] = net.must_finish[project]  # type: ignore[index]
    for position in range(size - 1, -1, -1):
        how = net.how[position]
        if how in (ABSENT, DONE, LOE) or dates.start[position] == NEVER:
            continue
        if how == OPEN:
            late = latest_open_start(net, dates, starts, finishes, position)
            if late != UNLIMITED:
                starts[position] = late  # type: ignore[index]
            continue
        if dates.finish[position] == NEVER:
            continue
        if is_pinned(net, position):
            starts[position] = dates.start[position]  # type: ignore[index]
            finishes[position] = dates.finish[position]  # type: ignore[index]
            continue
        otherwise = ends[net.project[position]]
        late = own_limit(net, lengths, dates, position, otherwise)
        late = min(late, parent_limit(net, dates, finishes, position, otherwise))
        late = min(late, allowed_finish(net, lengths, dates, starts, finishes, position))
        start, finish = late_dates(net, lengths, dates, position, late)
        starts[position] = start  # type: ignore[index]
        finishes[position] = finish  # type: ignore[index]

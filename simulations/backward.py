"""The backward pass and the room on links: late dates and floats (DESIGN 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulations.codes import ABSENT, BEGUN, DONE, FF, FS, NEVER, OPEN, PARENT, SF, SS
from simulations.forward import edge_reach, shows_start
from simulations.monthly import latest_before_months, shift_months

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulations.compiled import Compiled
    from simulations.forward import Dates

__all__ = ["plan_finish", "relationship_float", "run_backward", "total_floats"]

#: Later than any instant: "nothing limits it".
_UNLIMITED = 1 << 60


def plan_finish(dates: Dates) -> int:
    """Return the latest finish of all items, ``NEVER`` where none has one."""
    return max(dates.finish, default=NEVER)


def relationship_float(compiled: Compiled, dates: Dates, edge: int) -> int | None:
    """Return the minutes a link could give before it moves its target; 0 means it drives.

    None where it holds nothing: an end without a date, or a target whose dates are facts.
    """
    target = compiled.target[edge]
    code = compiled.code[edge]
    _, bound = edge_reach(compiled, dates, edge)  # a lead that is cut drives nothing
    if bound == NEVER or compiled.how[target] in {ABSENT, DONE}:
        return None
    held = dates.finish[target]
    if code in {FS, SS} and compiled.how[target] != PARENT:
        held = _start_held(compiled, dates, target)
    return None if held == NEVER else held - bound


def _start_held(compiled: Compiled, dates: Dates, target: int) -> int:
    """Return the instant a start-type bound is measured against: of begun work, what remains."""
    if compiled.how[target] != BEGUN:
        pinned = compiled.how[target] == OPEN and compiled.pinned[target]
        return NEVER if pinned else dates.start[target]
    if not compiled.retained:
        return NEVER
    return _before_rest(compiled, target, dates.finish[target])


def _before_rest(compiled: Compiled, position: int, finish: int) -> int:
    ends = finish - compiled.rest[position]
    months = compiled.rest_months[position]
    return latest_before_months(ends, months, is_start=True) if months else ends


def run_backward(compiled: Compiled, dates: Dates) -> tuple[list[int], list[int]]:
    """Return late start and late finish instants by position; ``NEVER`` for what has none.

    What is complete or takes no part has no late dates and limits nobody. An open-ended item has a
    late start where its own start drives something, and no late finish.
    """
    size = len(compiled.ids)
    late_start, late_finish = [NEVER] * size, [NEVER] * size
    otherwise = compiled.must_finish
    if otherwise == NEVER:
        otherwise = plan_finish(dates)
    for position in range(size - 1, -1, -1):
        if compiled.how[position] in {ABSENT, DONE} or dates.start[position] == NEVER:
            continue
        if compiled.how[position] == OPEN:
            late_start[position] = _open_late_start(
                compiled, dates, position, late_start, late_finish
            )
            continue
        if dates.finish[position] == NEVER:
            continue
        cap = compiled.cap[position]
        late = otherwise if cap == NEVER else cap
        parent = compiled.parent[position]
        if parent >= 0 and late_finish[parent] != NEVER:
            late = min(late, late_finish[parent])
        for edge in compiled.leaving[position]:
            late = min(late, _allowed(compiled, dates, edge, late_start, late_finish))
        late_finish[position] = late
        late_start[position] = _late_start(compiled, dates, position, late)
    return late_start, late_finish


def _open_late_start(
    compiled: Compiled,
    dates: Dates,
    position: int,
    late_start: Sequence[int],
    late_finish: Sequence[int],
) -> int:
    late = min(
        (
            _latest_end(compiled, dates, edge, late_start, late_finish)
            for edge in compiled.leaving[position]
            if compiled.code[edge] in {SS, SF}
        ),
        default=_UNLIMITED,
    )
    return NEVER if late == _UNLIMITED or compiled.pinned[position] else late


def _late_start(compiled: Compiled, dates: Dates, position: int, late: int) -> int:
    if compiled.how[position] == BEGUN:
        return _before_rest(compiled, position, late)
    months = compiled.months[position]
    if months:
        return latest_before_months(late - compiled.length[position], months, is_start=True)
    return late - (dates.finish[position] - dates.start[position])


def _allowed(
    compiled: Compiled,
    dates: Dates,
    edge: int,
    late_start: Sequence[int],
    late_finish: Sequence[int],
) -> int:
    """Return the latest finish of an edge's source that its target allows."""
    end = _latest_end(compiled, dates, edge, late_start, late_finish)
    source = compiled.source[edge]
    if end == _UNLIMITED or compiled.code[edge] not in {SS, SF}:
        return end
    if compiled.pinned[source]:
        return _UNLIMITED  # an actual start is a fact: nothing can be too late for it
    months = compiled.months[source]
    if months:
        return shift_months(end, months, is_start=True) + compiled.length[source]
    return end + dates.finish[source] - dates.start[source]


def _latest_end(
    compiled: Compiled,
    dates: Dates,
    edge: int,
    late_start: Sequence[int],
    late_finish: Sequence[int],
) -> int:
    """Return the latest instant of the end that an edge leaves, as far as its target goes."""
    target = compiled.target[edge]
    on_finish = compiled.code[edge] in {FF, SF} or compiled.how[target] == PARENT
    bound = late_finish[target] if on_finish else late_start[target]
    if not on_finish and compiled.how[target] == BEGUN and not compiled.retained:
        return _UNLIMITED
    if bound == NEVER:
        return _UNLIMITED
    bound -= compiled.lag[edge]
    months = compiled.lag_months[edge]
    if months:
        from_start = compiled.code[edge] in {SS, SF}
        is_start = shows_start(compiled, dates, compiled.source[edge], from_start=from_start)
        bound = latest_before_months(bound, months, is_start=is_start)
    return bound


def total_floats(compiled: Compiled, dates: Dates, late_finish: Sequence[int]) -> list[int | None]:
    """Return total float in minutes; a parent's is the least of its children's and its own."""
    floats: list[int | None] = []
    for position, late in enumerate(late_finish):
        own = None if late == NEVER else late - dates.finish[position]
        for part in compiled.parts[position]:
            below = floats[part]
            if below is not None and own is not None and compiled.how[position] != DONE:
                own = min(own, below)
        floats.append(own)
    return floats

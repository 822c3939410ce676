"""The forward pass: when everything starts and finishes (DESIGN 5.3, rules 1 to 5.4.1).

One pass serves the plan as written, every scenario and both rules for gaps: what differs is the
`Changes` and the array of lengths. Rule numbers mark the branches.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from simulations.codes import (
    ABSENT,
    BEGUN,
    DERIVED,
    DONE,
    LINK_CODES,
    LOGIC,
    NEVER,
    OPEN,
    PARENT,
    SF,
    SS,
)
from simulations.monthly import latest_before_months, shift_months

if TYPE_CHECKING:
    from collections.abc import Iterable

    from simulations.compiled import Compiled
    from simulations.results import Gaps

__all__ = [
    "Bounds",
    "Changes",
    "Dates",
    "bounds_of",
    "edge_bound",
    "edge_reach",
    "lengths_of",
    "run_forward",
    "shows_start",
]


@dataclass(slots=True)
class Changes:
    """What a scenario does to the arrays, by position.

    ``slip``: months and minutes added to the finish after its logic is resolved. ``floor``: a
    finish-type bound (a start-type one for an open-ended item). ``own``: new own start, own finish
    and length in place of the compiled ones.
    """

    slip: dict[int, tuple[int, int]] = field(default_factory=dict)
    floor: dict[int, int] = field(default_factory=dict)
    own: dict[int, tuple[int, int, int]] = field(default_factory=dict)

    def positions(self) -> set[int]:
        """Return every position that something is changed at."""
        return {*self.slip, *self.floor, *self.own}


@dataclass(slots=True)
class Dates:
    """Instants by position; ``by_start``: one instant, shown as the day that begins there."""

    start: list[int]
    finish: list[int]
    by_start: list[bool]

    @classmethod
    def blank(cls, size: int) -> Dates:
        """Return dates for ``size`` items, none known yet."""
        return cls([NEVER] * size, [NEVER] * size, [False] * size)

    def copy(self) -> Dates:
        """Return a copy that can be overwritten."""
        return Dates(self.start[:], self.finish[:], self.by_start[:])


class Bounds(NamedTuple):
    """The latest bound of each relationship type that predecessors set on one item."""

    fs: int
    ss: int
    ff: int
    sf: int

    @property
    def on_start(self) -> int:
        """The earliest start the links allow."""
        return max(self.fs, self.ss)

    @property
    def on_finish(self) -> int:
        """The earliest finish the links allow on their own."""
        return max(self.ff, self.sf)


_NO_SLIP = (0, 0)
_UNBOUND = Bounds(NEVER, NEVER, NEVER, NEVER)


def lengths_of(compiled: Compiled, gaps: Gaps) -> list[int]:
    """Return the length of every item under a rule for gaps (DESIGN 5.4)."""
    if gaps == "spare":
        return compiled.length
    return [work or length for work, length in zip(compiled.work, compiled.length, strict=True)]


def edge_bound(compiled: Compiled, dates: Dates, edge: int) -> int:
    """Return the instant an edge holds its target's end to, ``NEVER`` where it holds nothing."""
    instant, bound = edge_reach(compiled, dates, edge)
    if bound < compiled.plan_start and bound < instant:
        return min(instant, compiled.plan_start)  # rule 3: a lead is cut at the plan's start
    return bound


def edge_reach(compiled: Compiled, dates: Dates, edge: int) -> tuple[int, int]:
    """Return the instant an edge leaves its source, and that instant moved by the lag."""
    source = compiled.source[edge]
    from_start = compiled.code[edge] in {SS, SF}
    instant = dates.start[source] if from_start else dates.finish[source]
    months = compiled.lag_months[edge]
    if instant == NEVER:
        return NEVER, NEVER
    if not months:
        return instant, instant + compiled.lag[edge]
    is_start = shows_start(compiled, dates, source, from_start=from_start)
    return instant, shift_months(instant, months, is_start=is_start) + compiled.lag[edge]


def shows_start(compiled: Compiled, dates: Dates, position: int, *, from_start: bool) -> bool:
    """Return whether an end of an item is shown as the day that begins at its instant (5.1).

    A zero-length item has one shown date for both ends; a parent starts as its earliest part does.
    """
    if dates.start[position] == dates.finish[position]:
        return dates.by_start[position]
    if not from_start or compiled.how[position] != PARENT:
        return from_start or dates.by_start[position]
    return all(
        shows_start(compiled, dates, part, from_start=True)
        for part in compiled.parts[position]
        if dates.start[part] == dates.start[position]
    )


def bounds_of(compiled: Compiled, dates: Dates, position: int) -> Bounds:
    """Return what the links into an item hold it to (rule 3)."""
    first, last = compiled.into[position], compiled.into[position + 1]
    if first == last:
        return _UNBOUND
    held = [NEVER] * len(LINK_CODES)
    for edge in range(first, last):
        code = compiled.code[edge]
        held[code] = max(held[code], edge_bound(compiled, dates, edge))
    return Bounds(*held)


def run_forward(
    compiled: Compiled,
    dates: Dates,
    lengths: list[int],
    changes: Changes | None = None,
    positions: Iterable[int] | None = None,
) -> Dates:
    """Fill ``dates`` at ``positions`` (ascending; all, unless told) and return it.

    Positions that are left out keep what ``dates`` holds for them, so a scenario need only run
    over what lies after its changes.
    """
    changes = changes or Changes()
    for position in range(len(compiled.ids)) if positions is None else positions:
        _schedule(compiled, dates, lengths, changes, position)
    return dates


def _schedule(
    compiled: Compiled, dates: Dates, lengths: list[int], changes: Changes, position: int
) -> None:
    how = compiled.how[position]
    if how == ABSENT:
        return
    if how == DONE:  # rule 1: an actual date is a fact
        dates.start[position] = compiled.own_start[position]
        dates.finish[position] = compiled.own_finish[position]
        dates.by_start[position] = bool(compiled.begins[position])
        return
    bounds = bounds_of(compiled, dates, position)
    own = changes.own.get(position)
    if own is None:
        own = (compiled.own_start[position], compiled.own_finish[position], lengths[position])
    floor = changes.floor.get(position, NEVER)
    if how == PARENT:
        slip = changes.slip.get(position, _NO_SLIP)
        start, finish, by_start = _parent(compiled, dates, position, bounds, own, slip)
    elif how == OPEN:
        start, finish, by_start = _open(compiled, position, bounds, own, floor)
    elif how == DERIVED:
        start, finish, by_start = _derived(compiled, bounds, floor)
    elif how == BEGUN:
        start, finish, by_start = _begun(compiled, position, bounds, own, floor)
    elif how == LOGIC:
        start, finish, by_start = _logic(compiled, position, bounds, own, floor)
    else:
        start, finish, by_start = _planned(compiled, position, bounds, own, floor)
    if position in changes.slip and how != PARENT:
        slip = changes.slip[position]
        start, finish = _slip(compiled, position, slip, start, finish, by_start=by_start)
    dates.start[position] = start
    dates.finish[position] = finish
    dates.by_start[position] = by_start


_Answer = tuple[int, int, bool]
_Own = tuple[int, int, int]


def _parent(
    compiled: Compiled,
    dates: Dates,
    position: int,
    bounds: Bounds,
    own: _Own,
    slip: tuple[int, int],
) -> _Answer:
    """Rule 4: no earlier than each child; links into a parent bound its finish.

    A slip of its own finish counts before start and finish are held against each other.
    """
    start, finish, _ = own
    if finish != NEVER:
        finish = max(finish, compiled.status)  # rule 7: undone work lies after the status date
    parts = compiled.parts[position]
    held = max((dates.finish[part] for part in parts), default=NEVER)
    finish = max(finish, held, bounds.on_start, bounds.on_finish)
    by_start = any(dates.by_start[part] and dates.finish[part] == finish for part in parts)
    for part in parts:
        begins = dates.start[part]
        if begins != NEVER and (start == NEVER or begins < start):
            start = begins
    if own[1] == NEVER and held == NEVER and start != NEVER and finish <= start:
        return start, NEVER, False  # a link alone gives "from X onwards" no finish
    if finish != NEVER and slip != _NO_SLIP:
        finish = shift_months(finish, slip[0], is_start=by_start) + slip[1]
    if start == NEVER or (finish != NEVER and start > finish):
        start = finish
    return start, finish, by_start


def _open(compiled: Compiled, position: int, bounds: Bounds, own: _Own, floor: int) -> _Answer:
    """Rule 2: "from X onwards": the start can be pushed, there is no finish."""
    if compiled.pinned[position]:
        return own[0], NEVER, True
    return max(own[0], bounds.on_start, compiled.status, floor), NEVER, True


def _derived(compiled: Compiled, bounds: Bounds, floor: int) -> _Answer:
    """Rule 2: no dates and no duration: what links give it, zero length."""
    held = max(bounds.fs, bounds.on_finish)
    if max(held, bounds.ss) == NEVER:
        return NEVER, NEVER, False
    held = max(held, compiled.status, floor)
    instant = max(held, bounds.ss)
    return instant, instant, bounds.ss > held


def _planned(compiled: Compiled, position: int, bounds: Bounds, own: _Own, floor: int) -> _Answer:
    """Rule 2: keeps its own dates unless pushed; rule 7: starts after the status date."""
    _, finish, length = own
    held = max(finish, bounds.on_finish, floor, max(bounds.fs, compiled.status) + length)
    pushed = bounds.ss + length
    finish = max(held, pushed)
    by_start = not length and not compiled.ends[position]
    by_start = by_start and (bool(compiled.begins[position]) or pushed > held)
    return finish - length, finish, by_start


def _logic(compiled: Compiled, position: int, bounds: Bounds, own: _Own, floor: int) -> _Answer:
    """Rule 2: as soon as the plan's start and predecessors allow; never split (rule 3)."""
    own_start, own_finish, length = own
    begins = max(compiled.plan_start, bounds.ss, own_start)
    finish_type = max(bounds.fs, compiled.status)
    start = max(begins, finish_type)
    months = compiled.months[position]
    finish = start + length
    if months:
        finish = shift_months(start, months, is_start=True) + length
    held = max(own_finish, bounds.on_finish, floor)
    if held > finish:
        start, finish = _start_before(held, months, length), held
    by_start = start == finish and not compiled.ends[position]
    by_start = by_start and (bool(compiled.begins[position]) or begins > max(finish_type, held))
    return start, finish, by_start


def _start_before(finish: int, months: int, length: int) -> int:
    """Return the latest start from which a duration fits before ``finish``."""
    start = finish - length
    return latest_before_months(start, months, is_start=True) if months else start


def _begun(compiled: Compiled, position: int, bounds: Bounds, own: _Own, floor: int) -> _Answer:
    """Rule 7: what remains runs from the status date; retained logic holds it behind its links."""
    start, finish, _ = own
    base = compiled.status
    if compiled.retained:
        base = max(base, bounds.on_start)
    if base != NEVER:
        months = compiled.rest_months[position]
        ends = shift_months(base, months, is_start=True) if months else base
        finish = max(finish, ends + compiled.rest[position])
    finish = max(finish, bounds.on_finish, floor)
    if finish == NEVER:
        finish = start
    if start == NEVER or start > finish:
        start = finish
    if not compiled.pinned[position] and finish > own[1] != NEVER:
        start += finish - own[1]
    return start, finish, False


def _slip(
    compiled: Compiled,
    position: int,
    slip: tuple[int, int],
    start: int,
    finish: int,
    *,
    by_start: bool,
) -> tuple[int, int]:
    """DESIGN 5.4: add the slip to the finish; the start moves along unless it is a fact."""
    months, minutes = slip
    if finish == NEVER:
        if start == NEVER or compiled.pinned[position]:
            return start, finish
        return shift_months(start, months, is_start=True) + minutes, finish
    later = shift_months(finish, months, is_start=by_start) + minutes
    if compiled.pinned[position]:
        return start, later
    duration = compiled.months[position]
    if duration and compiled.how[position] == LOGIC:
        return _start_before(later, duration, compiled.length[position]), later
    return start + later - finish, later

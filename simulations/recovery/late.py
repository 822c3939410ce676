"""The late network: everything on a chain that makes something late, and by how much.

On the way back from what is late, every bound beyond what its item can stand (`limits`) is a late
bound: a link, a part, or something of the item's own. A set of cures mends everything if it takes
enough off every chain of late bounds; whatever else holds an item does not matter.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from graphmodel.moments import DAY
from simulations.codes import DONE, FF, FIXED, FS, LOE, NEVER, PARENT, SF, SS
from simulations.kernels.backward import is_pinned
from simulations.kernels.bounds import edge_bound
from simulations.kernels.floats import ready_bound
from simulations.kernels.forward import place_item, schedule_item
from simulations.kernels.gates import has_gate, inputs_limit
from simulations.kernels.shapes import Dates
from simulations.recovery.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulations.kernels.shapes import Net
    from simulations.passes import Passes
    from simulations.recovery.trials import Trials

__all__ = ["Bound", "LateNet"]

#: Minutes of twenty years.
_EARLIER: Final = 20 * 366 * DAY


class Bound(NamedTuple):
    """One thing that holds an item where it is late.

    ``source`` is the position it comes from (None: the item itself), ``edge`` the link (None: a
    part), ``finish`` the instant the item would finish at if this alone held it; of a gated item,
    the instant its papers would be written by. ``by_start``: whether a shorter item finishes
    earlier for it.
    """

    source: int | None
    edge: int | None
    finish: int
    by_start: bool


class LateNet:
    """What is late in a scenario, and what makes it so.

    Attributes
    ----------
    items
        Positions of what finishes, or starts, too late, in topological order.
    is_blurred
        Whether what holds an item late could not be followed further back.
    """

    def __init__(self, trials: Trials) -> None:
        self.trials = trials
        self.passes = trials.base
        self.net: Net = self.passes.compiled.net
        self._limits = Limits(trials)
        self.items = self._limits.late
        self._late = frozenset(self.items)
        self._alone = _Alone(trials)
        self.is_blurred = False

    @cached_property
    def edges(self) -> dict[int, list[int]]:
        """Late links by the position they lead to."""
        return {one: list(self._late_edges(one)) for one in self.items}

    def _late_edges(self, position: int) -> Iterator[int]:
        net, dates = self.net, self.passes.dates
        if self.stands(position):
            return
        for edge in self.passes.compiled.into(position):
            ends = dates.start if net.code[edge] in {SS, SF} else dates.finish
            leaves = ends[net.source[edge]]
            if leaves == NEVER:
                continue
            if leaves > self._limits.end(edge):
                yield edge
            elif self._holds_alone(position, edge):
                self.is_blurred = True
                yield edge

    def _holds_alone(self, position: int, edge: int) -> bool:
        """Return whether a link that is in time by the late dates still makes its item late.

        The evening and the next morning are the same on a calendar, but not for a due date; and a
        level of effort has no late dates.
        """
        net = self.net
        may_differ = net.cal[position] >= 0 or net.how[position] == LOE
        if not may_differ or has_gate(net, position):
            return False
        return self._alone.finish(position, edge=edge) > self.limit(position)

    def stands(self, position: int) -> bool:
        """Return whether nothing moves an item: a fact, fixed dates, a hard constraint."""
        return self.net.how[position] in {DONE, FIXED} or is_pinned(self.net, position)

    def is_late(self, position: int) -> bool:
        """Return whether an item is in the network."""
        return position in self._late

    def bounds(self, position: int) -> list[Bound]:
        """Return the late bounds on an item: links, then parts, then its own."""
        net = self.net
        if self.stands(position):
            return [Bound(None, None, self.passes.instant(position), by_start=False)]
        gated = has_gate(net, position)
        found = []
        for edge in self.edges[position]:
            finish = self._ready(edge) if gated else self._alone.finish(position, edge=edge)
            by_start = net.code[edge] in {FS, SS}
            found.append(Bound(net.source[edge], edge, finish, by_start))
        found.extend(self._parts(position, gated=gated))
        limit = self.limit(position)
        own = self._alone.finish(position)
        if own != NEVER and own > limit:
            found.append(Bound(None, None, own, by_start=not gated))
        return [one for one in found if one.finish != NEVER]

    def limit(self, position: int) -> int:
        """Return the latest finish of an item, of an open-ended one the latest start."""
        return self._limits.of[position]

    def before_slip(self, position: int, instant: int) -> int:
        """Return the latest instant that the slip of an item carries to one no later than this."""
        return self._limits.before_slip(position, instant)

    def without_slip(self, position: int) -> int:
        """Return where an item would finish, or start, if it did not slip itself."""
        passes, changes = self.passes, self.trials.changes
        months, slip = changes.slip_months[:], changes.slip[:]
        months[position] = slip[position] = 0
        dates = Dates(*(one[:] for one in passes.dates))
        free = changes._replace(slip_months=months, slip=slip)
        schedule_item(self.net, passes.lengths, free, dates, position)
        finish = dates.finish[position]
        return dates.start[position] if finish == NEVER else finish

    def _parts(self, position: int, *, gated: bool) -> Iterator[Bound]:
        net, dates = self.net, self.passes.dates
        if net.how[position] != PARENT:
            return
        limit = self._limits.before_slip(position, self.limit(position))
        if gated:
            limit = inputs_limit(net, dates, position, limit)
        for part in self.passes.compiled.parts(position):
            if dates.finish[part] == NEVER:
                continue
            row = net.extra[part]
            shift = net.x_shift[row] if row >= 0 and gated else 0
            ready = dates.finish[part] + shift
            if ready <= limit:
                continue
            finish = ready if gated else self._alone.finish(position, part=part)
            yield Bound(part, None, finish, by_start=False)

    def _ready(self, edge: int) -> int:
        """Return when the papers of a gated item would be written if one link alone held it."""
        net, dates = self.net, self.passes.dates
        bound = edge_bound(net, dates, edge)
        target, code = net.target[edge], net.code[edge]
        return ready_bound(net, self.passes.lengths, target, code, bound)

    def own_finish(
        self, position: int, *, passes: Passes | None = None, floor: int | None = None
    ) -> int:
        """Return when an item would finish if nothing held it but itself.

        ``passes``: on the plan as a lever changes it; ``floor``: with this one in place of its own.
        """
        return self._alone.finish(position, passes=passes, floor=floor)


class _Alone:
    """Where an item would finish if one thing alone held it."""

    def __init__(self, trials: Trials) -> None:
        self._passes = trials.base
        self._changes = trials.changes
        self._dates = Dates(*(one[:] for one in trials.base.dates))
        net = trials.base.compiled.net
        size, projects = len(net.how), len(net.plan_start)
        rows = len(net.x_snet)
        known = (one for one in trials.base.dates.start if one != NEVER)
        # Plan starts are put so early that they hold nothing, and can still be counted from.
        self._bare = net._replace(
            own_start=[NEVER] * size,
            own_finish=[NEVER] * size,
            plan_start=[min(known, default=0) - _EARLIER] * projects,
            floor_finish=[NEVER] * projects,
            floor_start=[NEVER] * projects,
            x_snet=[NEVER] * rows,
            x_fnet=[NEVER] * rows,
        )
        self._unfloored = trials.changes._replace(floor=[NEVER] * size)

    def finish(
        self,
        position: int,
        *,
        edge: int | None = None,
        part: int | None = None,
        passes: Passes | None = None,
        floor: int | None = None,
    ) -> int:
        """Return the finish (start, of what has none) under one link, one part, or none of both."""
        passes = passes or self._passes
        net, changes = passes.compiled.net, self._changes
        bounds = [NEVER, NEVER, NEVER]
        if edge is not None:
            bounds[min(net.code[edge], FF)] = edge_bound(net, passes.dates, edge)
        if edge is not None or part is not None:
            net, changes = self._bare, self._unfloored
        elif floor is not None:
            floors = [*changes.floor]
            floors[position] = floor
            changes = changes._replace(floor=floors)
        hidden = self._hide_parts(position, part)
        start, finish, _ = place_item(net, passes.lengths, changes, self._dates, position, *bounds)
        for one in hidden:
            self._dates.start[one] = self._passes.dates.start[one]
            self._dates.finish[one] = self._passes.dates.finish[one]
        return start if finish == NEVER else finish

    def _hide_parts(self, position: int, kept: int | None) -> list[int]:
        """Take the dates of an item's parts away, but for one; return which."""
        if self._passes.compiled.net.how[position] != PARENT:
            return []
        hidden = [one for one in self._passes.compiled.parts(position) if one != kept]
        for one in hidden:
            self._dates.start[one] = self._dates.finish[one] = NEVER
        return hidden

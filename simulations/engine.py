"""Running the kernels: as Python on lists for small plans, compiled on arrays for large ones."""

from __future__ import annotations

import logging
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final

from simulations.codes import NEVER
from simulations.columns import fill, kind_like
from simulations.kernels.backward import project_finishes, run_backward
from simulations.kernels.floats import free_floats, link_rooms, total_floats
from simulations.kernels.forward import run_all, run_from
from simulations.kernels.shapes import Changes, Dates
from simulations.lateness import place_late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from simulations.columns import Column
    from simulations.compiled import Compiled
    from simulations.kernels.shapes import Net

__all__ = ["LARGE", "Engine", "as_arrays"]

_LOG = logging.getLogger(__name__)

#: Items and links from which compiled kernels pay for loading them.
LARGE: Final = 50_000
#: Items and links from which they pay for being compiled, which is done once on a machine.
_WORTH_COMPILING: Final = 150_000


class Engine:
    """The kernels, ready for one compiled plan.

    Everything goes in and comes out in columns like the plan's own (`simulations.columns`),
    whichever way the kernels run. Packed ones are worked on in place.
    """

    def __init__(self, compiled: Compiled, *, is_large: bool | None = None) -> None:
        self.compiled = compiled
        net = compiled.net
        self.size = len(net.how)
        self._new = kind_like(net.how)
        self.days = [compiled.times.day(cal) for cal in range(len(compiled.times.tables))]
        self.days.append(compiled.times.day(-1))
        self.is_large = _pays(self.size + len(net.source)) if is_large is None else is_large

    @cached_property
    def _arrays(self) -> Net:
        """The plan as arrays."""
        net: Net = as_arrays(self.compiled.net)
        return net

    def _run(self, kernel: Callable[..., Any], *containers: Any) -> Any:
        """Run a kernel; lists it is given are filled in place."""
        if not self.is_large:
            return kernel(self.compiled.net, *containers)
        from simulations.jit import compiled  # noqa: PLC0415 - heavy

        arrays = [as_arrays(one) for one in containers]
        answer = compiled(kernel)(self._arrays, *arrays)
        for one, array in zip(containers, arrays, strict=True):
            _copy_back(one, array)
        return answer

    def ready(
        self, kernel: Callable[..., Any], *containers: Any, is_large: bool
    ) -> tuple[Callable[..., Any], list[Any]]:
        """Return a kernel and containers as it takes them, for one call after another.

        The kernel takes the containers returned, then numbers, and fills those containers: they
        are arrays where it is compiled.
        """
        if not is_large:
            return partial(kernel, self.compiled.net), list(containers)
        from simulations.jit import compiled  # noqa: PLC0415 - heavy

        return partial(compiled(kernel), self._arrays), [as_arrays(one) for one in containers]

    def no_changes(self) -> Changes:
        """Return changes that change nothing."""
        return Changes(self._full(0), self._full(0), self._full(NEVER))

    def _full(self, value: int) -> Column:
        """Return a column with one value for every item."""
        return fill(self._new, value, self.size)

    def _ends(self) -> Column:
        """Return a column for when each project finishes."""
        return fill(self._new, NEVER, len(self.compiled.net.plan_start))

    def early(self, lengths: Sequence[int], changes: Changes) -> Dates:
        """Run the forward pass with nothing as late as possible."""
        passed = fill(self._new, NEVER, len(self.compiled.gates))
        dates = Dates(self._full(NEVER), self._full(NEVER), self._full(0), passed)
        self._run(run_all, lengths, changes, dates)
        return dates

    def forward(self, lengths: Sequence[int], changes: Changes) -> Dates:
        """Run the forward pass over everything."""
        dates = self.early(lengths, changes)
        if self.compiled.has_alap:
            place_late(self._run, self.compiled.net, lengths, changes, dates)
        return dates

    def forward_from(
        self, before: Dates, lengths: Sequence[int], changes: Changes, positions: Iterable[int]
    ) -> Dates:
        """Run the forward pass over what changes at these positions reach."""
        if self.compiled.has_alap:  # what moves may free what stands before it
            return self.forward(lengths, changes)
        dates = Dates(*(one[:] for one in before))
        stale = self._full(0)
        first = self.size
        for position in positions:
            stale[position] = 1
            first = min(first, position)
        self._run(run_from, lengths, changes, dates, stale, first)
        return dates

    def backward(self, lengths: Sequence[int], dates: Dates) -> tuple[Column, Column]:
        """Return late starts and late finishes."""
        starts, finishes = self._full(NEVER), self._full(NEVER)
        self._run(run_backward, lengths, dates, self._ends(), starts, finishes)
        return starts, finishes

    def finishes(self, dates: Dates) -> Column:
        """Return when each project finishes; the plan itself is first."""
        ends = self._ends()
        self._run(project_finishes, dates, ends)
        return ends

    def total_floats(self, dates: Dates, finishes: Column) -> tuple[Column, Column]:
        """Return total floats in minutes, and the calendar whose day each is told in."""
        floats, units = self._full(0), self._full(-1)
        self._run(total_floats, dates, finishes, self.days, floats, units)
        return floats, units

    def free_floats(self, lengths: Sequence[int], dates: Dates) -> Column:
        """Return the least room over the links out of each item, in minutes of its calendar."""
        floats = self._full(0)
        self._run(free_floats, lengths, dates, floats)
        return floats

    def link_rooms(self, lengths: Sequence[int], dates: Dates) -> Column:
        """Return the room of every link in minutes of its target's calendar."""
        rooms = fill(self._new, 0, len(self.compiled.net.source))
        self._run(link_rooms, lengths, dates, rooms)
        return rooms


def _pays(size: int) -> bool:
    """Return whether compiled kernels pay for a net of so many items and links."""
    if size <= LARGE:
        return False
    from simulations.jit import is_kept  # noqa: PLC0415 - heavy

    if is_kept(run_all):
        return True
    if size > _WORTH_COMPILING:
        _LOG.warning("Compiling the scheduling kernels for this machine, once: about a minute.")
    return size > _WORTH_COMPILING


def as_arrays(one: Any) -> Any:
    """Return containers as int64 arrays, named tuples field by field; numbers as they are.

    Lists are copied; packed columns are not: the array is the same memory.
    """
    import numpy as np  # noqa: PLC0415 - heavy

    if isinstance(one, int):
        return one
    if hasattr(one, "_fields"):
        return type(one)(*map(as_arrays, one))
    return np.asarray(one, np.int64)


def _copy_back(one: Any, array: Any) -> None:
    if isinstance(one, list):
        one[:] = array.tolist()
    elif hasattr(one, "_fields"):
        for field, values in zip(one, array, strict=True):
            _copy_back(field, values)

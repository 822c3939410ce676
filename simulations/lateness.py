"""As late as possible after a forward pass, by the rule of each project (DESIGN 5.3.2)."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from simulations.codes import NEVER
from simulations.columns import fill, kind_like
from simulations.kernels.alap import is_alap, run_alap
from simulations.kernels.backward import run_backward
from simulations.kernels.forward import run_all
from simulations.kernels.shapes import Changes

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulations.kernels.shapes import Dates, Net

__all__ = ["place_late"]


def place_late(
    run: Callable[..., Any],
    net: Net,
    lengths: Sequence[int],
    changes: Changes,
    dates: Dates,
) -> None:
    """Move what is as late as possible.

    Parameters
    ----------
    run
        Runs a kernel on the net and the containers it is given, and fills those.
    net
        The net; any containers.
    lengths, changes, dates
        What the forward pass took and gave; the dates are changed in place.
    """
    late, projects = net.late_alap, len(net.plan_start)
    if any(late):
        starts, finishes = _nothing(dates), _nothing(dates)
        run(run_backward, lengths, dates, _nothing(dates, projects), starts, finishes)
        floor = _copied(changes.floor)
        for position, project in enumerate(net.project):
            finish = finishes[position]
            if late[project] and finish > dates.finish[position] and is_alap(net, position):
                floor[position] = max(floor[position], finish)
        run(run_all, lengths, Changes(changes.slip_months, changes.slip, floor), dates)
    if not all(late):
        run(run_alap, lengths, changes, dates, _nothing(dates, projects))


def _nothing(dates: Dates, size: int | None = None) -> Any:
    """Return a container like those of the dates that holds ``NEVER``, as long as they are."""
    size = len(dates.start) if size is None else size
    if isinstance(dates.start, list | array):
        return fill(kind_like(dates.start), NEVER, size)
    import numpy as np  # noqa: PLC0415 - not needed for small plans

    made = np.full(size, NEVER, np.int64)
    return memoryview(made) if isinstance(dates.start, memoryview) else made


def _copied(column: Any) -> Any:
    if isinstance(column, memoryview):
        return memoryview(bytearray(column)).cast("q")
    return column[:] if isinstance(column, list | array) else column.copy()

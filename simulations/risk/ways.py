"""What uncertainty acts on: a duration, what remains of it, or an own delay (DESIGN 5.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulations.codes import (
    ABSENT,
    BEGUN,
    DONE,
    FIXED,
    LOE,
    LOGIC,
    NEVER,
    PLANNED,
)
from simulations.kernels.gates import has_gate
from simulations.kernels.trials import DELAY, LENGTH, REST, RUNS, SPAN
from simulations.worktimes import mean_minutes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from graphmodel.items import Item
    from simulations.compiled import Compiled

__all__ = ["Way", "find_way"]


class Way(NamedTuple):
    """How the uncertainty of one item acts.

    Attributes
    ----------
    code
        One of the ways of `simulations.kernels.trials`.
    cal
        The calendar its minutes are counted on; -1 for the wall.
    base
        The minutes without uncertainty: a duration, or 0 for a delay.
    whole
        What a percentage is of: the item's own remaining duration.
    """

    code: int
    cal: int
    base: int
    whole: int


def find_way(compiled: Compiled, lengths: Sequence[int], position: int) -> Way | None:
    """Return how the uncertainty of an item acts, None where it cannot.

    Nothing is uncertain about what is over, takes no part, or follows its links alone; fixed dates
    with a duration stand as they are.
    """
    net, item = compiled.net, compiled.plan.index.items[compiled.ids[position]]
    how, length = net.how[position], lengths[position]
    if how in {ABSENT, DONE, LOE} or (how == FIXED and item.duration is not None):
        return None
    months = net.months[position]
    if how == LOGIC and (length or months):
        whole = mean_minutes(months, length) if months else length
        return Way(LENGTH, net.cal[position], whole, whole)
    rest, months = net.rest[position], net.rest_months[position]
    if how == BEGUN and (rest or months) and not (item.duration is item.remaining is None):
        whole = mean_minutes(months, rest) if months else rest
        code = RUNS if _runs_on(compiled, item, position) else REST
        return Way(code, net.rest_cal[position], whole, whole)
    if how == PLANNED and _has_span(item, length) and not has_gate(net, position):
        return Way(SPAN, -1, length, length)
    return Way(DELAY, -1, 0, length)


def _has_span(item: Item, length: int) -> bool:
    """Return whether planned dates are those of work: an activity's, or with a duration."""
    return length > 0 and (item.duration is not None or item.kind == "activity")


def _runs_on(compiled: Compiled, item: Item, position: int) -> bool:
    """Return whether begun work runs on from its start, with no status date to run from."""
    ground = compiled.grounds[compiled.net.project[position]]
    stays = ground.status_date is None or ground.rules.unstarted == "unmoved"
    return item.mode == "logic" and stays and compiled.net.own_start[position] != NEVER

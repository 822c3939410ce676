"""Findings of a schedule: what has no date, leads cut, plan dates its own links do not allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.places import find_place
from graphmodel.problems import Problem
from simulations.codes import ABSENT, BEGUN, LOGIC, NEVER, OPEN, PLANNED
from simulations.forward import edge_reach
from simulations.passes import whole

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulations.passes import Passes

__all__ = ["note_dates"]


def note_dates(passes: Passes) -> Iterator[Problem]:
    """Yield what the forward pass found, in the order of the file."""
    compiled = passes.compiled
    for position in sorted(range(len(compiled.ids)), key=compiled.order_in_file.__getitem__):
        if compiled.how[position] != ABSENT and passes.instant(position) == NEVER:
            yield _no_date(passes, position)
        elif compiled.how[position] in {PLANNED, OPEN}:
            yield from _moved(passes, position)
    yield from _cut_leads(passes)


def _no_date(passes: Passes, position: int) -> Problem:
    item = passes.compiled.plan.index.items[passes.compiled.ids[position]]
    return Problem(
        "no-date",
        "warning",
        f"{item.name} has no date, and nothing it hangs on has one: it takes no part.",
        (item.id,),
        find_place(passes.compiled.plan, item.source),
    )


def _moved(passes: Passes, position: int) -> Iterator[Problem]:
    """Yield a finding where the accepted links do not let the plan's own date stand."""
    compiled = passes.compiled
    own = compiled.own_finish[position]
    if compiled.how[position] == OPEN:
        own = compiled.own_start[position]
    late = passes.instant(position) - max(own, compiled.status)
    drivers = [compiled.ids[compiled.source[edge]] for edge in passes.driving(position)]
    if late <= 0 or not drivers:
        return
    item = compiled.plan.index.items[compiled.ids[position]]
    yield Problem(
        "links-break-plan-date",
        "warning",
        f"{item.name} cannot keep its own date: {', '.join(drivers)} "
        f"{'holds' if len(drivers) == 1 else 'hold'} it {whole(late):g} days longer.",
        (item.id, *drivers),
        find_place(compiled.plan, item.source),
    )


def _cut_leads(passes: Passes) -> Iterator[Problem]:
    """Yield a finding for each lead that would reach before the plan's start (DESIGN 5.3.3)."""
    compiled = passes.compiled
    for edge, target in enumerate(compiled.target):
        instant, reach = edge_reach(compiled, passes.dates, edge)
        if reach < min(instant, compiled.plan_start) and compiled.how[target] in _MOVABLE:
            link = compiled.links[compiled.link[edge]]
            yield Problem(
                "lead-cut",
                "info",
                f"The lead of the link {link.name} reaches before the plan's start: it is cut.",
                (link.from_, link.to),
            )


_MOVABLE = frozenset({LOGIC, BEGUN, PLANNED})

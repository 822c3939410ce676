"""The schedule of a plan: dates, floats, what drives what, the paths (DESIGN 5.3 and 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import show_start
from graphmodel.selection import select_links
from simulations.codes import BEGUN, DERIVED, DONE, LOGIC, NEVER, OPEN, PARENT, PLANNED
from simulations.compile import compile_plan
from simulations.findings import note_dates
from simulations.monthly import shift_months
from simulations.passes import Passes, whole
from simulations.paths import critical_path, latest_item
from simulations.results import FloatPath, Gaps, LinksUsed, Schedule, ScheduledItem

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from graphmodel.selection import LinkUse
    from simulations.compiled import Compiled

__all__ = ["compile_with_links", "count_links", "schedule"]


def schedule(
    plan: Plan,
    *,
    to: str | None = None,
    gaps: Gaps = "spare",
    links: LinkUse = "accepted",
    min_confidence: float = 0.0,
    threshold_days: float = 0,
) -> Schedule:
    """Run the forward and backward pass over a plan.

    Parameters
    ----------
    plan
        The plan.
    to
        Item whose critical path is wanted; the one that finishes last, unless told.
    gaps
        Whether the gap before a finish-only item is spare or work (DESIGN 5.4).
    links
        ``accepted``, or ``proposed`` to add proposed ones at or above ``min_confidence``.
    threshold_days
        Total float at or below which an item is critical, in calendar days.

    Raises
    ------
    UnknownIdError
        ``to`` is not in the plan.
    CycleError
        Accepted links and the breakdown run in a circle.
    """
    if to is not None:
        plan.index.item(to)
    compiled, skipped = compile_with_links(plan, links, min_confidence)
    passes = Passes.of(compiled, gaps)
    last = latest_item(passes)
    target = last if to is None else compiled.at[to]
    longest = critical_path(passes, last) if last is not None else None
    on_longest = frozenset(longest.items if longest else ())
    criterion = plan.options.critical or "total_float"
    rows = [
        _row(
            passes,
            position,
            on_longest if criterion == "longest_path" else None,
            threshold_days,
        )
        for position in _file_order(compiled)
    ]
    return Schedule(
        plan=plan,
        gaps=gaps,
        links_used=count_links(compiled),
        finish=None if last is None else passes.finish(last),
        items=tuple(rows),
        longest_path=longest.items if longest else (),
        critical_path=_path_to(passes, target, buffered=False),
        buffered_path=_path_to(passes, target, buffered=True),
        findings=(*skipped, *compiled.findings, *note_dates(passes)),
    )


def compile_with_links(
    plan: Plan, links: LinkUse, min_confidence: float
) -> tuple[Compiled, tuple[Problem, ...]]:
    """Compile a plan with the links chosen, and say which proposed ones had to be left out."""
    if links == "accepted":  # the compiler looks for circles itself
        used = tuple(link for link in plan.links if link.state == "accepted")
        return compile_plan(plan, used), ()
    chosen = select_links(plan, use=links, min_confidence=min_confidence)
    return compile_plan(plan, chosen.links), chosen.skipped


def count_links(compiled: Compiled) -> LinksUsed:
    """Return how many accepted and proposed links a compiled plan holds."""
    accepted = sum(link.state == "accepted" for link in compiled.links)
    return LinksUsed(accepted, len(compiled.links) - accepted)


def _path_to(passes: Passes, target: int | None, *, buffered: bool) -> FloatPath | None:
    if target is None or passes.instant(target) == NEVER:
        return None
    return critical_path(passes, target, buffered=buffered)


def _file_order(compiled: Compiled) -> list[int]:
    return sorted(range(len(compiled.ids)), key=compiled.order_in_file.__getitem__)


def _row(
    passes: Passes, position: int, on_path: frozenset[str] | None, threshold_days: float
) -> ScheduledItem:
    compiled = passes.compiled
    item = compiled.plan.index.items[compiled.ids[position]]
    late_start, late_finish = passes.late
    total = passes.floats[position]
    free = _free_float(passes, position)
    days = None if total is None else whole(total)
    critical = item.id in on_path if on_path is not None else False
    if on_path is None and days is not None:
        critical = days <= threshold_days
    return ScheduledItem(
        id=item.id,
        kind=item.kind,
        title=item.title,
        start=passes.start(position),
        finish=passes.finish(position),
        late_start=_late_start(passes, position, late_start[position], late_finish[position]),
        late_finish=passes.show(position, late_finish[position]),
        total_float_days=days,
        free_float_days=None if free is None else whole(free),
        interfering_float_days=None if free is None or total is None else whole(total - free),
        critical=critical and compiled.how[position] != DONE,
        driven_by=_driven_by(passes, position),
        held_by=held_by(passes, position),
        derived=compiled.how[position] == DERIVED or _is_derived_parent(compiled, position),
    )


def _is_derived_parent(compiled: Compiled, position: int) -> bool:
    return compiled.how[position] == PARENT and compiled.own_finish[position] == NEVER


def _late_start(passes: Passes, position: int, start: int, finish: int) -> date | None:
    if start == finish:
        return passes.show(position, finish)
    return None if start == NEVER else show_start(start)


def _free_float(passes: Passes, position: int) -> int | None:
    """Return the least relationship float over the links out, else what is left of the plan."""
    compiled = passes.compiled
    finish = passes.dates.finish[position]
    if compiled.how[position] == DONE or finish == NEVER:
        return None
    rooms = [passes.link_float(edge) for edge in compiled.leaving[position]]
    known = [room for room in rooms if room is not None]
    return min(known) if known else max(passes.dates.finish) - finish


def _driven_by(passes: Passes, position: int) -> tuple[str, ...]:
    compiled = passes.compiled
    drivers = sorted(
        {compiled.source[edge] for edge in passes.driving(position)},
        key=compiled.order_in_file.__getitem__,
    )
    return tuple(compiled.ids[driver] for driver in drivers)


def held_by(passes: Passes, position: int) -> tuple[str, ...]:
    """Return what else than its links holds an item where it is (DESIGN 5.5)."""
    compiled, dates = passes.compiled, passes.dates
    how, finish, start = compiled.how[position], dates.finish[position], dates.start[position]
    if how == DONE:
        return ("actual",)
    held: list[str] = []
    if how == OPEN:
        if compiled.pinned[position]:
            return ("actual",)
        if start == compiled.own_start[position]:
            held.append("planned_date")
    elif finish != NEVER and finish == compiled.own_finish[position]:
        held.append(compiled.held[position])
    if how == LOGIC and start == compiled.plan_start:
        held.append("plan_start")
    if NEVER not in {compiled.status, start} and _waits_for_status(passes, position):
        held.append("status_date")
    if how == BEGUN and compiled.pinned[position] and not held:
        held.append("actual")
    return tuple(held)


def _waits_for_status(passes: Passes, position: int) -> bool:
    compiled, dates = passes.compiled, passes.dates
    how = compiled.how[position]
    if how in {PLANNED, LOGIC, DERIVED, OPEN}:
        return dates.start[position] == compiled.status
    if how == BEGUN:
        rest = compiled.rest[position], compiled.rest_months[position]
        ends = shift_months(compiled.status, rest[1], is_start=True) + rest[0]
        return dates.finish[position] == ends
    return how == PARENT and dates.finish[position] == compiled.status

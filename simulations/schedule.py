"""The schedule of a plan: dates, floats, what drives what, the paths (DESIGN 5.3 and 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.selection import select_links
from simulations.codes import (
    DERIVED,
    DONE,
    LOE,
    NEVER,
    PARENT,
)
from simulations.compile import compile_plan
from simulations.findings import note_dates
from simulations.floatpaths import float_paths
from simulations.holds import held_by
from simulations.passes import Passes
from simulations.paths import critical_path, latest_item, longest_items
from simulations.results import (
    DrivingLink,
    FloatPath,
    Gaps,
    LinksUsed,
    Schedule,
    ScheduledItem,
)

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
    paths: int = 0,
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
        Total float at or below which an item is critical, in the days its float is told in:
        working days where a calendar counts its work.
    paths
        How many float paths to list, to ``to`` or else to the plan's finish.

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
    on_longest = longest_items(passes)
    criterion = plan.options.critical or "total_float"
    threshold = None if criterion == "longest_path" else threshold_days
    rows = [
        _row(passes, position, threshold, on_longest=position in on_longest)
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
        critical_by=criterion,
        threshold_days=threshold_days,
        float_paths=float_paths(passes, None if to is None else target, paths),
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
    passes: Passes, position: int, threshold: float | None, *, on_longest: bool
) -> ScheduledItem:
    """Return one item's row; without a ``threshold`` the longest path is what is critical."""
    compiled = passes.compiled
    item = compiled.plan.index.items[compiled.ids[position]]
    late_start, late_finish = passes.late
    days, free = passes.total_float(position), passes.free_float(position)
    critical = on_longest
    if threshold is not None:
        critical = days is not None and days <= threshold
    return ScheduledItem(
        id=item.id,
        kind=item.kind,
        title=item.title,
        start=passes.start(position),
        finish=passes.finish(position),
        late_start=_late_start(passes, position, late_start[position], late_finish[position]),
        late_finish=_late_finish(passes, position, late_finish[position]),
        total_float_days=days,
        free_float_days=free,
        interfering_float_days=None if free is None or days is None else days - free,
        critical=critical and compiled.net.how[position] not in {DONE, LOE},
        driven_by=_driven_by(passes, position),
        held_by=held_by(passes, position),
        derived=compiled.net.how[position] == DERIVED or _is_derived_parent(compiled, position),
        on_longest_path=on_longest,
        driving_links=_driving_links(passes, position),
    )


def _is_derived_parent(compiled: Compiled, position: int) -> bool:
    return compiled.net.how[position] == PARENT and compiled.own_date[position] == NEVER


def _late_start(passes: Passes, position: int, start: int, finish: int) -> date | None:
    if start == finish:
        return _late_finish(passes, position, finish)
    return passes.show_start(position, start)


def _late_finish(passes: Passes, position: int, finish: int) -> date | None:
    if passes.dates.start[position] == passes.dates.finish[position]:
        return passes.show_late(position, finish)
    return passes.show_finish(position, finish)


def _driven_by(passes: Passes, position: int) -> tuple[str, ...]:
    compiled = passes.compiled
    drivers = sorted(
        {compiled.net.source[edge] for edge in passes.driving(position)},
        key=compiled.order_in_file.__getitem__,
    )
    return tuple(compiled.ids[driver] for driver in drivers)


def _driving_links(passes: Passes, position: int) -> tuple[DrivingLink, ...]:
    """Return the links that drive an item, in the order of the file."""
    compiled = passes.compiled
    numbers = sorted({compiled.link[edge] for edge in passes.driving(position)})
    links = [compiled.links[number] for number in numbers]
    return tuple(DrivingLink(link.from_, link.to, link.type) for link in links)

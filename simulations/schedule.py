"""The schedule of a plan: dates, floats, what drives what, the paths (DESIGN 5.3 and 5.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graphmodel.collector import collector_paused
from graphmodel.selection import select_links
from graphmodel.storedplan import StoredPlan
from simulations.codes import NEVER
from simulations.compile import compile_plan
from simulations.findings import note_dates
from simulations.floatpaths import float_paths
from simulations.passes import Passes
from simulations.paths import critical_path, latest_item, longest_items
from simulations.results import FloatPath, Gaps, LinksUsed, Schedule
from simulations.rows import Rows

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from graphmodel.selection import LinkUse
    from simulations.compiled import Compiled

__all__ = ["compile_with_links", "count_links", "schedule", "tell_schedule"]


@collector_paused()
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

    The rows of a large plan, or of one held in its file (`graphmodel.storedplan`), are made each
    time they are asked for: they cost more than the passes.

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
    least = None if links == "accepted" else min_confidence
    asked: dict[str, Any] = {"to": to, "threshold_days": threshold_days, "paths": paths}
    return tell_schedule(passes, skipped, min_confidence=least, **asked)


@collector_paused()
def tell_schedule(
    passes: Passes,
    skipped: tuple[Problem, ...] = (),
    *,
    to: str | None = None,
    threshold_days: float = 0,
    paths: int = 0,
    min_confidence: float | None = None,
) -> Schedule:
    """Return the schedule of passes that were run already; see `schedule`.

    ``skipped`` says which proposed links had to be left out, ``min_confidence`` from which
    confidence on they are in use.
    """
    compiled = passes.compiled
    plan = compiled.plan
    last = latest_item(passes)
    target = last if to is None else compiled.at[to]
    longest = critical_path(passes, last) if last is not None else None
    on_longest = longest_items(passes)
    criterion = plan.options.critical or "total_float"
    threshold = None if criterion == "longest_path" else threshold_days
    rows = Rows(passes, threshold, on_longest)
    return Schedule(
        plan=plan,
        gaps=passes.gaps,
        links_used=count_links(compiled),
        finish=None if last is None else passes.finish(last),
        items=rows if compiled.is_packed or isinstance(plan, StoredPlan) else tuple(rows),
        longest_path=longest.items if longest else (),
        critical_path=_path_to(passes, target, buffered=False),
        buffered_path=_path_to(passes, target, buffered=True),
        findings=(*skipped, *compiled.findings, *note_dates(passes)),
        critical_by=criterion,
        threshold_days=threshold_days,
        float_paths=float_paths(passes, None if to is None else target, paths),
        min_confidence=min_confidence,
    )


def compile_with_links(
    plan: Plan, links: LinkUse, min_confidence: float
) -> tuple[Compiled, tuple[Problem, ...]]:
    """Compile a plan with the links chosen, and say which proposed ones had to be left out."""
    if links == "accepted":  # the compiler looks for circles itself
        return compile_plan(plan, plan.accepted_links), ()
    chosen = select_links(plan, use=links, min_confidence=min_confidence)
    return compile_plan(plan, chosen.links), chosen.skipped


def count_links(compiled: Compiled) -> LinksUsed:
    """Return how many accepted and proposed links a compiled plan holds."""
    return LinksUsed(len(compiled.links) - compiled.proposed, compiled.proposed)


def _path_to(passes: Passes, target: int | None, *, buffered: bool) -> FloatPath | None:
    if target is None or passes.instant(target) == NEVER:
        return None
    return critical_path(passes, target, buffered=buffered)

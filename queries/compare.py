"""Month on month: what changed between versions of a plan, what slipped, and whose doing it was."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from graphmodel.moments import finish_instant
from queries.slippage import find_rates
from queries.tellings import tell_step
from queries.trend import find_trends
from queries.versions import find_differences
from simulations.shifts import compare_forecasts

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graphmodel.plan import Plan
    from graphmodel.selection import LinkUse
    from queries.slippage import Rate
    from queries.trend import Trend
    from queries.versions import Differences
    from simulations.shifts import Forecasts

__all__ = ["Comparison", "Step", "Version", "compare_plans"]


@dataclass(frozen=True, slots=True)
class Version:
    """One version: the plan's id and title, the day it is of, and how many items it holds."""

    id: str
    title: str | None
    as_of: date | None
    items: int

    @classmethod
    def of(cls, plan: Plan) -> Version:
        """Name a version."""
        return cls(plan.id, plan.title, plan.as_of or plan.status_date, len(plan.items))


@dataclass(frozen=True, slots=True)
class Step:
    """From one version to another; ``newly_late`` are late now and were not (against their due)."""

    old: Version
    new: Version
    differences: Differences
    forecasts: Forecasts
    newly_late: tuple[str, ...]
    no_longer_late: tuple[str, ...]
    rates: tuple[Rate, ...]
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The answer of ``compare``.

    ``steps`` go from each version to the next; ``overall`` from the first to the last, where there
    are more than two. ``doubts`` tell in words which items could not be matched for certain.
    """

    plan: Plan
    versions: tuple[Version, ...]
    steps: tuple[Step, ...]
    overall: Step | None
    trends: tuple[Trend, ...]
    doubts: tuple[str, ...]


def compare_plans(
    versions: Sequence[Plan],
    *,
    links: LinkUse = "accepted",
    min_confidence: float = 0.0,
    doubts: Sequence[str] = (),
) -> Comparison:
    """Compare versions of one plan, oldest first, that call their items alike.

    Parameters
    ----------
    versions
        At least two; ``knockon.compare`` reads and aligns them.
    links
        Which links the forecasts follow, as in a what-if.
    doubts
        What the alignment could not tell for certain.

    Raises
    ------
    ValueError
        There are fewer than two versions.
    CycleError
        Accepted links and the breakdown of a version run in a circle.
    """
    if len(versions) < len(("old", "new")):
        raise ValueError("A comparison needs two versions at least.")
    followed = (links, min_confidence)
    steps = tuple(_step(old, new, *followed) for old, new in pairwise(versions))
    overall = _step(versions[0], versions[-1], *followed) if len(steps) > 1 else None
    return Comparison(
        plan=versions[-1],
        versions=tuple(Version.of(plan) for plan in versions),
        steps=steps,
        overall=overall,
        trends=find_trends(versions),
        doubts=tuple(doubts),
    )


def _step(old: Plan, new: Plan, links: LinkUse, min_confidence: float) -> Step:
    forecasts = compare_forecasts(old, new, links=links, min_confidence=min_confidence)
    before, after = _late(old, forecasts.before), _late(new, forecasts.after)
    known = {item.id for item in old.items}
    step = Step(
        old=Version.of(old),
        new=Version.of(new),
        differences=find_differences(old, new),
        forecasts=forecasts,
        newly_late=tuple(one for one in after if one in known and one not in before),
        no_longer_late=tuple(one for one in before if one not in after and one in forecasts.after),
        rates=find_rates(old, new, forecasts.before, forecasts.shifts),
    )
    return replace(step, sentences=tell_step(new, step))


def _late(plan: Plan, finishes: dict[str, date]) -> dict[str, None]:
    """Return the items whose forecast lies after their due date, in the order of the plan."""
    return {
        item.id: None
        for item in plan.items
        if item.due is not None
        and item.id in finishes
        and finish_instant(finishes[item.id]) > finish_instant(item.due)
    }

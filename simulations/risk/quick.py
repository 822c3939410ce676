"""A quick look at very large plans: bounds of the odds, without any iterations.

The distribution of each finish is passed on along the network once, from below and from above.
Where paths meet, all finishes grow with the same independent lengths, so they are *associated*
(Esary, Proschan and Walkup, "Association of random variables, with applications", Annals of
Mathematical Statistics 38, 1967): the chance that all have come is no less than the product of
their chances (Kleindorfer, "Bounding distributions for a stochastic acyclic network", Operations
Research 19, 1971), and no more than the least of them. A length is independent of what it waits
for, so that sums keep both bounds.

Time is cut into steps; lengths are rounded up in the one bound and down in the other, so that both
stay bounds. The bounds hold for independent lengths and finish-to-start links on one calendar;
where a plan has anything else, it is refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from graphmodel.moments import show_finish
from simulations.codes import NEVER
from simulations.kernels.clock import at_least, work_of
from simulations.risk.boundlengths import Lengths
from simulations.risk.boundnet import BoundNet, check_independent
from simulations.risk.laws import Law, latest_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from graphmodel.plan import Plan
    from simulations.risk.boundnet import Node
    from simulations.risk.model import RiskModel
    from simulations.risk.targets import Target

__all__ = ["QuickLook", "QuickTarget", "look_quickly"]


@dataclass(frozen=True, slots=True)
class QuickTarget:
    """Bounds of the odds of one target.

    The true chance and the true dates of a simulation without sampling error lie between the two;
    None where a bound says nothing.
    """

    id: str
    title: str
    by: date | None
    p_on_time_at_least: float | None
    p_on_time_at_most: float | None
    p50_from: date | None
    p50_to: date | None
    p80_from: date | None
    p80_to: date | None
    p90_from: date | None
    p90_to: date | None
    at_percentile_from: date | None
    at_percentile_to: date | None


@dataclass(frozen=True, slots=True)
class QuickLook:
    """Bounds of the odds at a percentile; ``step_minutes``: how finely time was cut."""

    plan: Plan
    gaps: Literal["spare", "work"]
    step_minutes: int
    targets: tuple[QuickTarget, ...]
    percentile: int


def look_quickly(model: RiskModel, percentile: int = 80) -> QuickLook:
    """Return bounds of the odds of a plan, beside the usual percentiles at one from 1 to 99.

    Raises
    ------
    PlanError
        The plan holds something that the bounds do not hold for; the message says what.
    """
    check_independent(model)
    net = BoundNet(model)
    nodes = net.nodes()
    laws = Lengths(model, nodes)
    early, late = (_run(nodes, laws, is_late=is_late) for is_late in (False, True))
    tell = _Tell(model, net.cal, laws.step, percentile / 100)
    return QuickLook(
        plan=model.plan,
        gaps=model.gaps,
        step_minutes=laws.step,
        targets=tuple(
            tell.target(
                one,
                _law_of(net, one, early, is_late=False),
                _law_of(net, one, late, is_late=True),
            )
            for one in model.targets
        ),
        percentile=percentile,
    )


def _run(nodes: list[Node | None], lengths: Lengths, *, is_late: bool) -> list[Law | None]:
    """Return a bound of each finish."""
    laws: list[Law | None] = []
    for node in nodes:
        if node is None:
            laws.append(None)
            continue
        found = [] if node.bound == NEVER else [
            Law(lengths.steps(node.bound, is_late=is_late), np.ones(1))
        ]  # fmt: skip
        for source, add in node.arms:
            law = laws[source]
            if law is not None:
                found.append(law.moved(lengths.steps(add, is_late=is_late)))
        start = latest_of(found, is_late=is_late)
        more = lengths.law(node, is_late=is_late)
        laws.append(start if more is None else start.plus(more))
    return laws


def _law_of(net: BoundNet, target: Target, laws: Sequence[Law | None], *, is_late: bool) -> Law:
    """Return the bound of a target, from those of all positions."""
    if target.item is not None:
        found = laws[net.compiled.at[target.item]]
        assert found is not None  # noqa: S101 - a target has a finish
        return found
    ends = [law for one in net.ends() if (law := laws[one]) is not None]
    return latest_of(ends or [law for law in laws if law is not None], is_late=is_late)


class _Tell:
    """Tells bounds as people see them."""

    def __init__(self, model: RiskModel, cal: int, step: int, share: float) -> None:
        self._model, self._cal, self._step, self._share = model, cal, step, share
        self._clock = model.baseline.compiled.net.clock

    def target(self, target: Target, early: Law, late: Law) -> QuickTarget:
        dates = {
            share: (self._date(early, share), self._date(late, share))
            for share in (0.5, 0.8, 0.9, self._share)
        }
        plan = self._model.plan
        title = plan.title if target.item is None else plan.index.items[target.item].title
        by = None
        if target.by is not None:
            by = work_of(self._clock, self._cal, target.instant) // self._step
        return QuickTarget(
            id=target.id,
            title=title or "",
            by=target.by,
            p_on_time_at_least=None if by is None else _chance(late, by),
            p_on_time_at_most=None if by is None else _chance(early, by),
            p50_from=dates[0.5][0],
            p50_to=dates[0.5][1],
            p80_from=dates[0.8][0],
            p80_to=dates[0.8][1],
            p90_from=dates[0.9][0],
            p90_to=dates[0.9][1],
            at_percentile_from=dates[self._share][0],
            at_percentile_to=dates[self._share][1],
        )

    def _date(self, law: Law, share: float) -> date | None:
        """Return the day by which a share has come; None where it never has."""
        sums = law.sums
        if sums[-1] < share:
            return None
        minutes = (law.first + int(np.searchsorted(sums, share - 1e-12))) * self._step
        return show_finish(at_least(self._clock, self._cal, minutes))


def _chance(law: Law, step: int) -> float:
    return min(law.below(step), 1.0)

"""What a risk analysis answers: frozen records; field names are JSON keys (DESIGN section 6).

``*_days`` of a target count from the plan's start to the finish instant, with fractions. ``*_se_*``
are standard errors from sampling alone: what other rolls of the same plan would differ by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.plan import Plan
    from graphmodel.problems import Problem
    from simulations.results import LinksUsed
    from simulations.risk.recoveries import RiskRecovery

__all__ = [
    "BestActs",
    "CurvePoint",
    "GateOdds",
    "ItemRisk",
    "Limits",
    "MergePoint",
    "OfficerRisk",
    "Protection",
    "RiskEvent",
    "RiskResult",
    "TargetOdds",
]


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """A point of the S-curve: the share of iterations that finish on or before a date."""

    date: date
    days: float
    share: float


@dataclass(frozen=True, slots=True)
class TargetOdds:
    """The odds of one target.

    Attributes
    ----------
    by, against
        What "on time" is held against, and whether that is a ``due`` date, the ``must_finish`` or
        only the ``planned`` one. None where nothing says so; then ``p_on_time`` is None too.
    finish
        When it finishes if nothing is uncertain.
    at_percentile
        The date of the percentile that was asked for (`RiskResult.percentile`).
    curve
        The S-curve, by whole percents.
    """

    id: str
    title: str
    by: date | None
    against: Literal["due", "must_finish", "planned"] | None
    finish: date
    p_on_time: float | None
    p_on_time_se: float | None
    p10: date
    p50: date
    p80: date
    p90: date
    p10_days: float
    p50_days: float
    p80_days: float
    p90_days: float
    mean_days: float
    sd_days: float
    p10_se_days: float
    p50_se_days: float
    p80_se_days: float
    p90_se_days: float
    mean_se_days: float
    sd_se_days: float
    at_percentile: date
    at_percentile_days: float
    at_percentile_se_days: float
    curve: tuple[CurvePoint, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemRisk:
    """One item that is uncertain, or critical at times.

    Attributes
    ----------
    uncertain
        Who says that it is: the ``plan``, the ``reference`` class, or only ``risks`` that hit it;
        None for what is certain.
    criticality_index
        In which share of iterations it is on a driving chain to the main target; tied chains all
        count.
    cruciality
        Spearman's rank correlation of its own uncertainty with the main target's finish.
    cost_days, cost_se_days
        By how many days the main target's percentile is earlier without its own uncertainty, on the
        same rolls, and the standard error of that (`simulations.risk.differences`); None where
        that was not worked out (`Limits`).
    p10, p50, p80, p90
        Dates it finishes by, from a histogram: right to within ``bin_days``.
    """

    id: str
    title: str
    uncertain: Literal["plan", "reference", "risks"] | None
    criticality_index: float
    cruciality: float | None
    cost_days: float | None
    cost_se_days: float | None
    p10: date | None
    p50: date | None
    p80: date | None
    p90: date | None
    bin_days: float | None


@dataclass(frozen=True, slots=True)
class RiskEvent:
    """One discrete risk: how often it happened, and what it costs, as of an item."""

    id: str
    title: str
    probability: float
    happened: float
    cruciality: float | None
    cost_days: float | None
    cost_se_days: float | None


@dataclass(frozen=True, slots=True)
class OfficerRisk:
    """What the uncertainty of everything an officer is responsible for costs, taken together."""

    id: str
    name: str
    items: int
    cost_days: float | None
    cost_se_days: float | None


@dataclass(frozen=True, slots=True)
class MergePoint:
    """What parallel paths into an item cost beyond the longest of them.

    ``bias_days`` is the mean of the latest arm less the latest of the arms' means, in days of the
    item's calendar.
    """

    item: str
    arms: int
    bias_days: float


@dataclass(frozen=True, slots=True)
class GateOdds:
    """How likely a gate is passed later than at the meeting it is planned for."""

    item: str
    board: str
    meeting: date
    p_missed: float
    p_missed_se: float


@dataclass(frozen=True, slots=True)
class Protection:
    """One place to act.

    Attributes
    ----------
    kind
        ``item``: it takes no longer than in the plan, whatever happens to it. ``link``: what
        follows waits for it no longer than in the plan.
    id
        The item; of a link, what waits.
    link
        The link as predecessor, successor and type; None for an item.
    alone_days
        By how many days the main target's percentile is earlier with this alone.
    total_days
        The same with this and all the places before it.
    """

    kind: Literal["item", "link"]
    id: str
    link: tuple[str, str, str] | None
    alone_days: float
    total_days: float


@dataclass(frozen=True, slots=True)
class BestActs:
    """The few items or links whose protection buys most days at the main target's percentile.

    Attributes
    ----------
    places
        Each is what buys most beside those before it; none where nothing buys anything.
    bought_days, bought_se_days
        What all of them buy together, and the standard error of that.
    at_most_days
        What protecting everything would buy: no set buys more.
    is_best
        Whether it is certain that no set of so many buys more: all of them were tried, or these
        buy as much as everything.
    candidates, of_candidates
        How many places were tried, those most often critical, of how many.
    searched_iterations
        How many iterations sets were compared on; what they buy is told from all.
    """

    target: str
    places: tuple[Protection, ...]
    bought_days: float
    bought_se_days: float
    at_most_days: float
    is_best: bool
    candidates: int
    of_candidates: int
    searched_iterations: int


@dataclass(frozen=True, slots=True)
class Limits:
    """What was left unanswered for the sake of time or memory; None: nothing was.

    ``cost_items``: costs are worked out only for so many of ``of_items`` items, those that are most
    often critical. ``cost_officers`` and ``of_officers`` likewise. ``targets``: so many of
    ``of_targets`` items with a due date are told, those first in the file.
    """

    cost_items: int
    of_items: int
    cost_officers: int
    of_officers: int
    targets: int
    of_targets: int


@dataclass(frozen=True, slots=True)
class RiskResult:
    """The odds of a plan.

    Attributes
    ----------
    main
        The target that criticality, cruciality and costs are about, the first of ``targets``.
    converged
        Whether the percentile of the main target is known as closely as was asked for; None
        where nothing was asked.
    p_all_on_time
        The probability that all targets with a date to keep keep it together.
    acts, recovery
        The best places to act, and what brings back what is late at the percentile; None
        where that was not asked.
    percentile
        What costs, places to act and recovery are told at, in percent.
    told, assumed
        How many items the plan, and how many the reference class, says how uncertain they are.
    """

    plan: Plan
    iterations: int
    seed: int
    sampling: Literal["random", "latin"]
    gaps: Literal["spare", "work"]
    links_used: LinksUsed
    main: str
    converged: bool | None
    told: int
    assumed: int
    p_all_on_time: float | None
    targets: tuple[TargetOdds, ...]
    items: tuple[ItemRisk, ...]
    risks: tuple[RiskEvent, ...]
    officers: tuple[OfficerRisk, ...]
    merges: tuple[MergePoint, ...]
    gates: tuple[GateOdds, ...]
    limits: Limits | None
    findings: tuple[Problem, ...] = ()
    acts: BestActs | None = None
    recovery: RiskRecovery | None = None
    percentile: int = 80

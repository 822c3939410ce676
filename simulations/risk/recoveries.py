"""What recovery at a percentile answers: frozen records, field names as the JSON keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from graphmodel.scenario import Scenario
    from simulations.recovery.results import Cure

__all__ = ["LateTarget", "RiskCure", "RiskCureSet", "RiskRecovery"]


@dataclass(frozen=True, slots=True)
class RiskCure:
    """A cure, and the target's percentile once it is in the plan."""

    cure: Cure
    finish: date


@dataclass(frozen=True, slots=True)
class RiskCureSet:
    """A set of cures that brings a target back to its date; none of them can be less by itself.

    Attributes
    ----------
    cost
        Days of its cures.
    at_least
        What every set of such cures costs at the least; None where meetings, calendars, blackouts
        or percentages let a day of a cure win more than a day, so that no bound is known.
    is_smallest
        Whether ``at_least`` proves that no set costs less.
    finish
        The target's percentile with all of them.
    scenario
        The cures as a scenario of the plan.
    """

    cures: tuple[Cure, ...]
    cost: float
    at_least: float | None
    is_smallest: bool
    finish: date
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class LateTarget:
    """A target that is late at the percentile, and what brings it back.

    Attributes
    ----------
    finish
        Its percentile, a date.
    late_days
        The days to win back: from the date to keep to the percentile.
    cures
        Every single cure that does it, by the least amount of it.
    smallest_set
        None where everything that was tried, together and to the utmost, is not enough;
        ``best_finish`` is then as early as that brings it.
    keep
        Ids of a few items that bring it back if they, and nothing else, are kept to the plan
        (`simulations.risk.acting`), none of them needless; empty where no items do.
    levers, of_levers
        How many cures were tried, those most often critical, of how many.
    """

    id: str
    title: str
    by: date
    against: Literal["due", "must_finish", "planned"]
    finish: date
    late_days: float
    cures: tuple[RiskCure, ...]
    smallest_set: RiskCureSet | None
    best_finish: date
    keep: tuple[str, ...]
    levers: int
    of_levers: int


@dataclass(frozen=True, slots=True)
class RiskRecovery:
    """What would bring each target that is late at the percentile back to its date.

    ``targets``: the late ones, the latest first; ``of_targets``: how many have a date to keep.
    """

    iterations: int
    seed: int
    gaps: Literal["spare", "work"]
    of_targets: int
    targets: tuple[LateTarget, ...]

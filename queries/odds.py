"""The odds of a plan with the reference class that speaks where the plan is silent (DESIGN 5.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simulations.fitclass import choose_reference
from simulations.risk.simulate import simulate
from simulations.trackrecord import learn
from simulations.unsaid import Unsaid, tell_reference

if TYPE_CHECKING:
    from graphmodel.plan import Plan
    from simulations.risk.results import RiskResult

__all__ = ["Odds", "ask_odds"]


@dataclass(frozen=True, slots=True)
class Odds:
    """What a risk analysis found, and the sentence that says what its uncertainty was taken from.

    ``reference`` is None where all of it is the plan's own.
    """

    result: RiskResult
    reference: str | None


def ask_odds(plan: Plan, *, reference: str | None = None, **options: Any) -> Odds:
    """Run a plan many times, each silent item as uncertain as others were.

    Parameters
    ----------
    reference
        Another reference class than the plan's: a name, a .json file, or ``none``.
    options
        As `simulations.risk.simulate.simulate` takes them.

    Raises
    ------
    KnockonError
        The reference class cannot be read, or the plan cannot be run.
    """
    known = _with_reference(plan, reference)
    spoken = learn(choose_reference(known), known)
    result = simulate(known, reference=Unsaid(known, spoken).uncertainty, **options)
    return Odds(result, tell_reference(known, spoken))


def _with_reference(plan: Plan, reference: str | None) -> Plan:
    """Return the plan with another reference class in its options."""
    if reference is None:
        return plan
    risk = plan.options.risk.model_copy(update={"reference_class": reference})
    return plan.model_copy(update={"options": plan.options.model_copy(update={"risk": risk})})

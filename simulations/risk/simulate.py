"""Monte Carlo of a plan: from the plan to its odds (DESIGN 5.6, docs/risk.md)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from graphmodel.errors import PlanError
from simulations.risk.acting import MOST_ACTS, find_acts
from simulations.risk.analysis import Analysis
from simulations.risk.answers import Answers
from simulations.risk.model import prepare_risk
from simulations.risk.recovering import recover_risk
from simulations.risk.running import threads
from simulations.whatif import prepare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from graphmodel.plan import Plan
    from graphmodel.selection import LinkUse
    from simulations.results import Gaps
    from simulations.risk.model import Reference
    from simulations.risk.recoveries import RiskRecovery
    from simulations.risk.results import RiskResult
    from simulations.risk.running import Runner

    Progress = Callable[[int, int], None]

__all__ = ["MOST_SAMPLES", "simulate"]

#: Samples kept at most: eight bytes each.
MOST_SAMPLES: Final = 50_000_000
_MOST_PERCENT: Final = 99


def simulate(  # noqa: PLR0913 - what a risk analysis may be told
    plan: Plan,
    *,
    iterations: int = 10_000,
    seed: int = 1,
    targets: Sequence[str] | None = None,
    gaps: Gaps = "spare",
    links: LinkUse = "accepted",
    min_confidence: float = 0.0,
    workers: int = 1,
    until_days: float | None = None,
    reference: Reference | None = None,
    progress: Progress | None = None,
    sampling: str = "random",
    runner: Runner | None = None,
    act: int = 0,
    percentile: int = 80,
    recover: bool = False,
) -> RiskResult:
    """Roll the dice of a plan and say how likely and how late everything is.

    The same plan, seed and options give the same numbers whatever ``workers`` and ``runner`` are.

    Parameters
    ----------
    plan
        The plan; it is not changed.
    iterations
        How often the plan is run.
    seed
        A number from 0 to 2**64 - 1.
    targets
        Ids of items, the main one first; the plan's own id stands for its finish. Unless told, the
        plan's finish and every unfinished item with a due date.
    gaps
        Whether the gap before a finish-only item is spare or work (DESIGN 5.4).
    links, min_confidence
        ``accepted``, or ``proposed`` to add proposed ones at or above ``min_confidence``.
    workers
        Threads of this process.
    until_days
        Stop as soon as the 95 % confidence interval of the main target's percentile reaches no
        further than so many days to either side; looked at after 1,000 iterations and each
        doubling.
    reference
        Says how uncertain an item is that says nothing itself; None: then it is certain.
    progress
        Hears how many iterations, of how many, are done.
    sampling
        ``random``, or ``latin`` for a Latin hypercube: each die in as many strata as iterations.
        Standard errors are those of random sampling, which are too high for it.
    runner
        What runs stretches of iterations instead of threads, such as processes elsewhere.
    act
        How many of the best places to act are wanted, 10 at most; 0: they are not looked for.
    percentile
        What costs, places to act and recovery are told at: 1 to 99, in percent of iterations.
    recover
        Whether to say what would bring back each target that is late at the percentile.

    Raises
    ------
    PlanError
        An uncertainty, a correlation or an option cannot be; nothing is left to be uncertain.
    UnknownIdError
        A target is not in the plan.
    ScenarioError
        The effects of risks cannot be carried out.
    CycleError
        Accepted links and the breakdown run in a circle.
    """
    _check_options(workers, until_days, sampling, percentile)
    if not 0 <= act <= MOST_ACTS:
        raise PlanError(f"{act} places to act cannot be looked for: ask for 0 to {MOST_ACTS}.")
    model = prepare_risk(
        prepare(plan, links, min_confidence),
        iterations=iterations,
        seed=seed,
        targets=targets,
        gaps=gaps,
        reference=reference,
        latin=sampling == "latin",
    )
    asked = len(model.targets)
    if targets is None:
        model = model.with_targets(model.targets[: max(1, MOST_SAMPLES // iterations)])
    elif asked * iterations > MOST_SAMPLES:
        raise PlanError(
            f"{asked:,} targets in {iterations:,} iterations are more than can be kept: name "
            f"{MOST_SAMPLES // iterations:,} targets at most."
        )
    analysis = Analysis(
        model, workers, runner or threads(workers), progress, until_days, percentile / 100
    )
    result = Answers(analysis, asked, "latin" if sampling == "latin" else "random").result()
    return replace(
        result,
        acts=find_acts(analysis, act) if act else None,
        recovery=_recover(analysis, reference) if recover else None,
    )


def _recover(analysis: Analysis, reference: Reference | None) -> RiskRecovery:
    samples = analysis.tally.samples
    return recover_risk(analysis.model, reference, share=analysis.share, samples=samples)


def _check_options(workers: int, until_days: float | None, sampling: str, percentile: int) -> None:
    if not 1 <= percentile <= _MOST_PERCENT:
        raise PlanError(f"There is no percentile {percentile}: ask for one from 1 to 99.")
    if workers < 1:
        raise PlanError(f"{workers} workers cannot do anything: ask for one or more.")
    if until_days is not None and until_days <= 0:
        raise PlanError(
            f"A percentile cannot be known to {until_days:g} days: ask for more than zero, such "
            "as 1."
        )
    if sampling not in {"random", "latin"}:
        raise PlanError(f'"{sampling}" is no way of sampling: it is random or latin.')
    if sampling == "latin" and until_days is not None:
        raise PlanError(
            "A Latin hypercube needs its number of iterations beforehand: leave out until_days, "
            "or sample at random."
        )

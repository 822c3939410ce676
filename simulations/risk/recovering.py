"""Recovery at a percentile: what brings each target that is late in too many iterations back.

Cures are found as for a scenario (`simulations.recovery`): in the iteration that makes the target's
percentile, on what is critical to it (`simulations.risk.curelevers`). Each cure is then put into
the plan and what stands before the target is simulated again on the same rolls
(`simulations.risk.cured`); that run decides, and the least amount that suffices is searched for
(`simulations.risk.leastpulls`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from graphmodel.moments import DAY, show_finish
from simulations.passes import whole
from simulations.recovery.meetings import cure_of
from simulations.risk.aims import Aim
from simulations.risk.costs import AT
from simulations.risk.cured import CuredRuns
from simulations.risk.curelevers import MOST_LEVERS, find_levers
from simulations.risk.keeping import find_kept
from simulations.risk.leastpulls import cost_of, find_set, find_singles, pull_together
from simulations.risk.odds import Spread
from simulations.risk.recoveries import LateTarget, RiskCure, RiskCureSet, RiskRecovery
from simulations.risk.running import run_chunk

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulations.recovery.levers import Lever, Pull
    from simulations.risk.model import Reference, RiskModel
    from simulations.risk.tally import Ints

__all__ = ["recover_risk"]


def recover_risk(
    model: RiskModel,
    reference: Reference | None = None,
    *,
    share: float = AT,
    samples: Ints | None = None,
) -> RiskRecovery:
    """Say what would bring each target that is late at a percentile back to its date.

    Parameters
    ----------
    model
        A plan made ready (`simulations.risk.model.prepare_risk`), with the targets asked about.
    reference
        The one that the model was made with.
    share
        The percentile, as a share of iterations.
    samples
        The finishes of its targets, a row each, where it was run already: all of them are used.
    """
    if samples is None:
        samples = run_chunk(model, 0, model.iterations)
    late: list[tuple[int, Aim]] = []
    dated = [
        (target, row)
        for target, row in zip(model.targets, samples, strict=True)
        if target.by is not None
    ]
    for target, row in dated:
        more = Spread.of(row).percentile(share) - target.instant
        if more > 0:
            late.append((more, Aim(CuredRuns(model, target, reference), target, share, row)))
    late.sort(key=lambda one: -one[0])
    return RiskRecovery(
        iterations=samples.shape[1],
        seed=model.seed,
        gaps=model.gaps,
        of_targets=len(dated),
        targets=tuple(_tell_target(aim) for _, aim in late),
    )


def _tell_target(aim: Aim) -> LateTarget:
    """Return what brings a target back."""
    target, plan = aim.target, aim.runs.model.plan
    every = find_levers(aim)
    levers = every[:MOST_LEVERS]
    singles = find_singles(aim, levers)
    found = find_set(aim, levers, singles)
    finishes = [aim.after([pull], aim.all) for pull in singles]
    utmost = aim.after(pull_together(levers), aim.all)
    assert target.by is not None  # noqa: S101 - it is late against it
    assert target.against is not None  # noqa: S101
    title = plan.title if target.item is None else plan.index.items[target.item].title
    return LateTarget(
        id=target.id,
        title=title or "",
        by=target.by,
        against=target.against,
        finish=show_finish(aim.finish),
        late_days=whole(aim.finish - target.instant),
        cures=tuple(
            RiskCure(cure_of(pull), show_finish(finish))
            for pull, finish in zip(singles, finishes, strict=True)
        ),
        smallest_set=None if found is None else _tell_set(aim, found, levers),
        best_finish=show_finish(min([aim.finish, utmost, *finishes])),
        keep=find_kept(aim),
        levers=len(levers),
        of_levers=len(every),
    )


def _tell_set(aim: Aim, pulls: Sequence[Pull], levers: Sequence[Lever]) -> RiskCureSet:
    cost, bound = cost_of(pulls), _at_least(aim, levers)
    return RiskCureSet(
        cures=tuple(cure_of(pull) for pull in pulls),
        cost=cost,
        at_least=bound,
        is_smallest=bound is not None and cost <= bound,
        finish=show_finish(aim.after(pulls, aim.all)),
        scenario=aim.runs.scenario(pulls),
    )


def _at_least(aim: Aim, levers: Sequence[Lever]) -> float | None:
    """Return what every set of cures of these kinds costs at the least.

    Where every day counts alike, a day off a length or a wait moves each finish by a day at the
    most; so no set costs less than the days to win back, up to whole days.
    """
    net = aim.runs.model.baseline.compiled.net
    is_even = (
        all(one.unit == DAY and one.cal < 0 and one.worth(1) is None for one in levers)
        and all(cal < 0 for cal in net.cal)
        and all(row < 0 for row in net.extra)
        and not any(net.lag_months)
        and not any(net.months)
        and aim.runs.is_even
    )
    return float(-(-(aim.finish - aim.target.instant) // DAY)) if is_even else None

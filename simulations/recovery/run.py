"""What would stop it: single cures for each newly late item, and the least that mends them all."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from simulations.passes import whole
from simulations.recovery.late import LateNet
from simulations.recovery.levers import Pull
from simulations.recovery.meetings import find_meetings, find_waivers
from simulations.recovery.model import Levers
from simulations.recovery.overlapping import find_overlaps
from simulations.recovery.people import find_handovers
from simulations.recovery.prices import Prices
from simulations.recovery.results import LateItem, Recovery, RuleRecovery
from simulations.recovery.roots import tell_roots
from simulations.recovery.shortening import find_shortening
from simulations.recovery.smallest import find_smallest
from simulations.recovery.trials import Trials
from simulations.recovery.undoing import find_returns
from simulations.recovery.wording import tell_recovery
from simulations.scenarios import Baseline
from simulations.thresholds import least_days
from simulations.whatif import prepare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from graphmodel.plan import Plan
    from graphmodel.scenario import Scenario
    from simulations.recovery.levers import Lever
    from simulations.results import Gaps
    from simulations.scenarios import Run

__all__ = ["recover"]


def recover(
    plan: Plan | Baseline, scenario: Scenario, *, costs: Mapping[str, float] | None = None
) -> Recovery:
    """Say what would stop a scenario from making anything late.

    Parameters
    ----------
    plan
        The plan, whose accepted links are followed; or one made ready by
        `simulations.whatif.prepare`, with the links chosen there. It is not changed.
    scenario
        The changes.
    costs
        What a day of a cure costs, by the id of an item or a board, or for a link by ``A>B``; 1
        unless told. A link without a cost of its own has that of the item that waits.

    Raises
    ------
    ScenarioError, UnknownIdError
        A change cannot be made, or a cost is for nothing in the plan.
    CycleError
        Accepted links and the breakdown run in a circle.
    """
    baseline = plan if isinstance(plan, Baseline) else prepare(plan)
    prices = Prices(baseline.plan, costs or {})
    run = baseline.run(scenario)
    spare = _under(run, scenario, "spare", prices)
    passes = run.before_slips
    if passes["spare"].lengths == passes["work"].lengths:
        work = tell_recovery(run.compiled.plan, replace(spare, gaps="work"))
    else:
        work = _under(run, scenario, "work", prices)
    return Recovery(baseline.plan, scenario, spare, work)


def _under(run: Run, scenario: Scenario, gaps: Gaps, prices: Prices) -> RuleRecovery:
    """Return recovery under one rule for gaps."""
    trials = Trials(run, scenario, gaps)
    if not trials.late:
        return tell_recovery(trials.plan, RuleRecovery(gaps, (), (), None))
    late = LateNet(trials)
    levers, every = _find_levers(late)
    singles = _find_singles(late, every)
    smallest = find_smallest(late, levers, prices, _in_sets(singles))
    rows = tuple(_rows(late, singles))
    return tell_recovery(trials.plan, RuleRecovery(gaps, (), rows, smallest))


def _in_sets(singles: Mapping[str, Sequence[Pull]]) -> dict[str, list[Pull]]:
    """Return the cures that a set may hold: all that leave the scenario's own changes alone."""
    return {
        one: [pull for pull in pulls if pull.lever.kind != "bring_back"]
        for one, pulls in singles.items()
    }


def _find_levers(late: LateNet) -> tuple[Levers, list[Lever]]:
    """Return the levers of a late network: those that are cut, and all, as they are told."""
    trials, link = late.trials, late.passes.compiled.link
    shorten = {one: lever for one in late.items if (lever := find_shortening(trials, one))}
    numbers = dict.fromkeys(link[edge] for one in late.items for edge in late.edges[one])
    overlap = {lever.number: lever for lever in find_overlaps(trials, numbers)}
    edges = {
        edge: overlap[link[edge]]
        for one in late.items
        for edge in late.edges[one]
        if link[edge] in overlap
    }
    every: list[Lever] = [*shorten.values(), *sorted(overlap.values(), key=lambda one: one.place)]
    for position in late.items:
        every.extend(find_meetings(trials, position))
        every.extend(find_waivers(trials, position))
        every.extend(find_handovers(trials, position))
    every.extend(find_returns(trials))
    return Levers(shorten, edges), every


def _find_singles(late: LateNet, levers: Sequence[Lever]) -> dict[str, list[Pull]]:
    """Return by what is late the least pull of each lever that mends it alone."""
    trials = late.trials
    at_most = [(lever, trials.late_after([Pull(lever, lever.most)])) for lever in levers]
    allowed = frozenset(trials.late)
    return {
        one: [
            Pull(lever, _least(late, one, lever))
            for lever, left in at_most
            if left is not None and one not in left and left <= allowed
        ]
        for one in trials.late
    }


def _least(late: LateNet, one: str, lever: Lever) -> int:
    """Return the least pull of a lever that mends an item, given that its most does."""
    trials, passes = late.trials, late.passes
    finish = passes.dates.finish[passes.compiled.at[one]]
    lacking = passes.compiled.times.between(lever.cal, trials.due[one], finish)
    guess = max(1, -(-lacking // lever.unit))
    return least_days(
        lambda amount: trials.is_mended(one, [Pull(lever, amount)]), guess, 0, lever.most
    )


def _rows(late: LateNet, singles: Mapping[str, Sequence[Pull]]) -> Iterator[LateItem]:
    """Yield each newly late item with its single cures, the latest first."""
    trials, passes = late.trials, late.passes
    at, index = passes.compiled.at, trials.plan.index
    lateness = {one: passes.dates.finish[at[one]] - trials.due[one] for one in trials.late}
    for one in sorted(trials.late, key=lambda one: -lateness[one]):
        item, finish = index.items[one], passes.finish(at[one])
        assert item.due is not None  # noqa: S101 - it is late against it
        assert finish is not None  # noqa: S101
        cures = tuple(pull.lever.cure(pull.amount) for pull in singles[one])
        yield LateItem(
            id=one,
            kind=item.kind,
            title=item.title,
            owners=tuple(officer.name for officer in index.officers_of(one)),
            is_parent=not index.is_leaf(one),
            due=item.due,
            finish=finish,
            late_days=whole(lateness[one]),
            cures=cures,
            held_by=() if cures else tell_roots(late, one),
        )

"""Recovery at the P80: what brings each target that is late in too many iterations back.

Cures are found as for a scenario (`simulations.recovery`): in the iteration that makes the target's
P80, on what is critical to it. Each cure is then put into the plan and the plan is simulated again
on the same rolls; that run decides, and the least amount that suffices is searched for. No cure
ever makes anything later, so it can be searched by halves.

A set starts from the cures that win most, as many as are needed, and is then let out at every place
as far as it goes.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from graphmodel.errors import KnockonError
from graphmodel.moments import DAY, show_finish
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import Span
from simulations.kernels.cells import Pairs
from simulations.kernels.philox import WORDS
from simulations.passes import whole
from simulations.recovery.levers import Pull
from simulations.recovery.meetings import Meet, find_meetings, find_waivers
from simulations.recovery.overlapping import find_overlaps
from simulations.recovery.shortening import find_shortening
from simulations.recovery.trials import Trials
from simulations.risk.arrays import ints, zeros
from simulations.risk.block import Blocks
from simulations.risk.costs import AT
from simulations.risk.cured import CuredRuns
from simulations.risk.model import Without
from simulations.risk.odds import Spread
from simulations.risk.recoveries import LateTarget, RiskCure, RiskCureSet, RiskRecovery
from simulations.risk.running import run_chunk
from simulations.risk.trials import Minutes
from simulations.thresholds import least_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from simulations.recovery.levers import Lever
    from simulations.recovery.results import Cure
    from simulations.risk.model import Reference, RiskModel
    from simulations.risk.targets import Target

__all__ = ["recover_risk"]

#: Cures that are tried for one target, those on what is most often critical.
_LEVERS: Final = 12
#: How often levers are looked for, with those found before pulled.
_ROUNDS: Final = 4
#: Iterations that say what is critical, and on which amounts are searched for.
_LOOK: Final = 500
_SEARCH: Final = 1_000


def recover_risk(model: RiskModel, reference: Reference | None = None) -> RiskRecovery:
    """Say what would bring each target that is late at the P80 back to its date.

    Parameters
    ----------
    model
        A plan made ready (`simulations.risk.model.prepare_risk`), with the targets asked about.
    reference
        The one that the model was made with.
    """
    dated = [one for one in model.targets if one.by is not None]
    model = model.with_targets(dated or model.targets[:1])
    runs, late = CuredRuns(model, reference), []
    every = Without(held=frozenset(model.cell_items))
    kept = run_chunk(model, 0, min(_SEARCH, model.iterations), without=every)
    for number, row in enumerate(run_chunk(model, 0, model.iterations)):
        p80, by = Spread.of(row).percentile(AT), model.targets[number].instant
        if p80 > by and dated:
            can_keep = Spread.of(kept[number]).percentile(AT) <= by
            late.append(_Late(runs, number, int((row == p80).argmax()), p80, can_keep=can_keep))
    late.sort(key=lambda one: one.target.instant - one.p80)
    return RiskRecovery(
        iterations=model.iterations,
        seed=model.seed,
        gaps=model.gaps,
        of_targets=len(dated),
        targets=tuple(one.told() for one in late),
    )


class _Late:
    """One late target.

    Attributes
    ----------
    number
        Its row among the targets.
    iteration
        One in which it finishes at its P80.
    can_keep
        Whether it is in time if every item is kept to the plan.
    """

    def __init__(
        self, runs: CuredRuns, number: int, iteration: int, p80: int, *, can_keep: bool
    ) -> None:
        self.can_keep = can_keep
        self.runs, self.model = runs, runs.model
        self.number, self.iteration, self.p80 = number, iteration, p80
        self.target: Target = self.model.targets[number]
        self.all = self.model.iterations
        self.few = min(_SEARCH, self.all)

    def told(self) -> LateTarget:
        """Return what brings it back."""
        target, plan = self.target, self.model.plan
        every = self._levers()
        levers = every[:_LEVERS]
        singles = [pull for lever in levers if (pull := self._least(lever)) is not None]
        found = self._smallest(levers, singles)
        utmost = self.after(_together(levers), self.all)
        assert target.by is not None  # noqa: S101 - it is late against it
        assert target.against is not None  # noqa: S101
        title = plan.title if target.item is None else plan.index.items[target.item].title
        return LateTarget(
            id=target.id,
            title=title or "",
            by=target.by,
            against=target.against,
            p80=show_finish(self.p80),
            late_days=whole(self.p80 - target.instant),
            cures=tuple(
                RiskCure(_cure(pull), show_finish(self.after([pull], self.all))) for pull in singles
            ),
            smallest_set=None if found is None else self._tell(found, levers),
            best_p80=show_finish(
                min([self.p80, utmost, *(self.after([one], self.all) for one in singles)])
            ),
            keep=self._keep(),
            levers=len(levers),
            of_levers=len(every),
        )

    # -- What can be done -----------------------------------------------------------------------

    def _levers(self) -> list[Lever]:
        """Return the levers on what is critical to the target, the most often critical first.

        With those pulled other chains are critical: then their levers follow.
        """
        trials, found = self._trials(), {}
        for _ in range(_ROUNDS):
            pulls = _together(list(found.values()))
            if len(found) >= _LEVERS or self._mends(pulls, self.few):
                break
            critical = self.runs.critical(pulls, self.number, min(_LOOK, self.all))
            new = [one for one in self._levers_on(trials, critical) if one.name not in found]
            found.update((one.name, one) for one in new)
        return list(found.values())

    def _levers_on(self, trials: Trials, critical: Mapping[str, int]) -> list[Lever]:
        """Return the levers on what is critical, the most often critical first."""
        compiled = trials.base.compiled
        net = compiled.net
        often = {compiled.at[one]: count for one, count in critical.items() if one in compiled.at}
        found: list[Lever] = []
        for position in often:
            shorten = find_shortening(trials, position)
            found.extend([shorten] if shorten is not None else [])
            found.extend(find_meetings(trials, position))
            found.extend(find_waivers(trials, position))
        links = dict.fromkeys(
            number
            for edge, number in enumerate(compiled.link)
            if net.source[edge] in often and net.target[edge] in often
        )
        found.extend(find_overlaps(trials, links))
        return sorted(filter(self._can_be, found), key=lambda one: -often[one.place])

    def _can_be(self, lever: Lever) -> bool:
        """Return whether the changes of a lever can be made, and what is uncertain follows them."""
        cure = lever.cure(1)
        if cure.kind != "shorten" or cure.item is None or cure.by is None:
            return True
        return self.runs.may_shorten(cure.item, cure.by)

    def _trials(self) -> Trials:
        """Return the target's own iteration as a scenario of slips, to find cures in."""
        scenario = Scenario(changes=tuple(self._slips()))
        baseline = self.model.baseline
        try:
            run = baseline.run(scenario)
        except KnockonError:  # something cannot slip by name: cures are found in the plan as it is
            scenario = Scenario()
            run = baseline.run(scenario)
        return Trials(run, scenario, self.model.gaps)

    def _slips(self) -> Iterator[Slip]:
        """Yield how much later each item is by itself in the iteration, in whole days."""
        model, size = self.model, len(self.model.cell_items)
        pairs = Pairs(ints(range(size)), zeros(size), zeros(size) - 1)
        blocks = Blocks(model, model.off_risks(Without()), WORDS, is_large=False)
        (block,) = blocks.cut(self.iteration, 1)
        minutes = Minutes(model, pairs, is_large=False).fill(block)
        for cell, item in enumerate(model.cell_items):
            more = minutes[cell * block.count + block.skip] - int(model.cells.base[cell])
            if more > 0:
                yield Slip(item=item, by=Span(Decimal(-(-more // DAY)), "d"), own=True)

    # -- What it comes to -----------------------------------------------------------------------

    def after(self, pulls: Sequence[Pull], count: int) -> int:
        """Return the target's P80 with levers pulled; as it is where that cannot be done."""
        found = self.runs.finishes(pulls, count) if pulls else None
        if found is None:
            return self.p80
        return Spread.of(found[self.number]).percentile(AT)

    def _mends(self, pulls: Sequence[Pull], count: int) -> bool:
        return bool(pulls) and self.after(pulls, count) <= self.target.instant

    def _least(self, lever: Lever) -> Pull | None:
        """Return the least pull of a lever that brings the target back alone, if one does.

        Some iterations say whether and about how much; all say exactly how much.
        """

        def mends(amount: int, count: int = self.all) -> bool:
            return self._mends([Pull(lever, amount)], count)

        if not mends(lever.most, self.few) or not mends(lever.most):
            return None
        guess = least_days(lambda amount: mends(amount, self.few), lever.most, 0, lever.most)
        return Pull(lever, _settle(mends, guess, lever.most))

    def _smallest(self, levers: Sequence[Lever], singles: Sequence[Pull]) -> list[Pull] | None:
        """Return the cheapest set found; None where all levers together are not enough."""
        found = [[pull] for pull in singles]
        pulls = self._set_in(_together(levers), self.few)
        if pulls and not self._mends(pulls, self.all):
            pulls = self._set_in(_together(levers), self.all)
        if pulls:
            found.append(pulls)
        return min(found, key=_cost, default=None)

    def _set_in(self, every: list[Pull], count: int) -> list[Pull]:
        """Return a set that is enough in so many iterations, none of it more than it takes.

        As many levers are taken as are needed, those first that win most alone, and each is let
        out as far as the target stays in time, the dearest first.
        """
        if not self._mends(every, count):
            return []
        ranked = sorted(every, key=lambda pull: self.after([pull], self.few))
        size = least_days(lambda few: self._mends(ranked[:few], count), 1, 0, len(ranked))
        kept = ranked[:size]
        for place in sorted(range(size), key=lambda one: -_cost([kept[one]])):

            def mends(amount: int, place: int = place) -> bool:
                tried = [*kept[:place], kept[place]._replace(amount=amount), *kept[place + 1 :]]
                return self._mends([one for one in tried if one.amount], count)

            most = kept[place].amount
            if mends(0):
                kept[place] = kept[place]._replace(amount=0)
            elif most > 1 and kept[place].lever.worth(most) is None:
                kept[place] = kept[place]._replace(amount=least_days(mends, most, 0, most))
        return [one for one in kept if one.amount]

    def _keep(self) -> tuple[str, ...]:
        """Return items that, kept to the plan, bring the target back; none of them needless.

        Some iterations choose, and all decide: where they ask for more, they choose.
        """
        if not self.can_keep:
            return ()
        kept = self._keep_in(self.few)
        if kept and not self._is_back(kept, self.all):
            kept = self._keep_in(self.all)
        return tuple(kept)

    def _keep_in(self, count: int) -> list[str]:
        """Return such items in some iterations.

        Those most often critical come first. With them kept other chains are critical: then what is
        critical there follows, as many as are kept already.
        """
        items = set(self.model.cell_items)
        kept: list[str] = []
        while not self._is_back(kept, count):
            without = Without(held=frozenset(kept))
            critical = self.runs.critical((), self.number, min(_LOOK, count), without)
            new = [one for one in critical if one in items and one not in kept]
            if not new:
                return []
            kept += sorted(new, key=lambda one: -critical[one])[: max(1, len(kept))]
        for one in kept[::-1]:
            if self._is_back(rest := [other for other in kept if other != one], count):
                kept = rest
        return kept

    def _is_back(self, kept: Sequence[str], count: int) -> bool:
        """Return whether the target's P80 is in time with these items kept to the plan."""
        model = self.model.with_targets((self.target,))
        samples = run_chunk(model, 0, count, without=Without(held=frozenset(kept)))
        return Spread.of(samples[0]).percentile(AT) <= self.target.instant

    def _tell(self, pulls: Sequence[Pull], levers: Sequence[Lever]) -> RiskCureSet:
        cost, bound = _cost(pulls), self._at_least(levers)
        return RiskCureSet(
            cures=tuple(_cure(pull) for pull in pulls),
            cost=cost,
            at_least=bound,
            is_smallest=bound is not None and cost <= bound,
            p80=show_finish(self.after(pulls, self.all)),
            scenario=self.runs.scenario(pulls),
        )

    def _at_least(self, levers: Sequence[Lever]) -> float | None:
        """Return what every set of cures of these kinds costs at the least.

        Where every day counts alike, a day off a length or a wait moves each finish by a day at
        the most; so no set costs less than the days to win back, up to whole days.
        """
        net = self.model.baseline.compiled.net
        is_even = (
            all(one.unit == DAY and one.cal < 0 and one.worth(1) is None for one in levers)
            and all(cal < 0 for cal in net.cal)
            and all(row < 0 for row in net.extra)
            and not any(net.lag_months)
            and not any(net.months)
            and self.runs.is_even
        )
        return float(-(-(self.p80 - self.target.instant) // DAY)) if is_even else None


def _settle(mends: Callable[[int], bool], guess: int, most: int) -> int:
    """Return the least amount that mends in all iterations, near what mends in some of them."""
    if mends(guess):
        low = guess - 1
        while low > 0 and mends(low):
            guess, low = low, low - max(1, (guess - low) * 2)
        return least_days(mends, guess, max(low, 0), guess)
    high, step = guess, 1
    while not mends(high):
        guess, high, step = high, min(most, high + step), step * 2
    return least_days(mends, high, guess, high)


def _together(levers: Sequence[Lever]) -> list[Pull]:
    """Return levers pulled to the utmost; of a meeting moved or held once more, once more."""
    extra = {one.place for one in levers if one.kind == "extra_meeting"}
    kept = [one for one in levers if one.kind != "move_meeting" or one.place not in extra]
    return [Pull(one, one.most) for one in kept]


def _cost(pulls: Sequence[Pull]) -> float:
    """Return the days of pulls."""
    return sum(_days(pull) for pull in pulls)


def _days(pull: Pull) -> float:
    worth = pull.lever.worth(pull.amount)
    return pull.lever.cure(pull.amount).days if worth is None else worth


def _cure(pull: Pull) -> Cure:
    if isinstance(pull.lever, Meet):
        return pull.lever.told(pull.amount, pull.amount)
    return pull.lever.cure(pull.amount)

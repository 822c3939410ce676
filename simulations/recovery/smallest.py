"""The smallest set of cures that mends everything that can be mended.

The optimum of the late network (`model`, `search`) is pulled as a trial. Where time is counted in
one way throughout, that is the answer, and its cost is what no set can go below. Where it is not,
and something is still late, the network is asked for as much more as was lacking, until all is
mended; then every lever is let out as far as it goes. Such an answer cannot be tightened by a unit
at any single place, and what is known of its distance from the optimum is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from simulations.recovery.crash import reach
from simulations.recovery.levers import Edit, Pull
from simulations.recovery.meetings import Meet, cure_of
from simulations.recovery.model import build_model
from simulations.recovery.results import CureSet
from simulations.recovery.search import find_cheapest
from simulations.thresholds import least_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from simulations.recovery.late import LateNet
    from simulations.recovery.model import Levers, Model
    from simulations.recovery.prices import Prices
    from simulations.recovery.search import Found
    from simulations.recovery.trials import Trials

__all__ = ["find_smallest"]

#: Late items up to which a search is carried on until its answer is proven.
_EXACT: Final = 500
#: Networks solved before the best answer so far is taken: up to so many items, and beyond.
_BUDGETS: Final = (400, 20)
#: How often a network is asked for what is still lacking.
_ROUNDS: Final = 25
#: Costs that differ by less are the same.
_NOTHING: Final = 1e-6


@dataclass(frozen=True, slots=True)
class _Answer:
    """Levers that mend what is wanted, and what the network first found for it."""

    pulls: tuple[Pull, ...]
    found: Found


class _Smallest:
    """The search for one late network."""

    def __init__(self, late: LateNet, levers: Levers, prices: Prices) -> None:
        self.late, self.levers, self.prices = late, levers, prices
        self.trials: Trials = late.trials
        self.budget = _BUDGETS[len(late.items) > _EXACT]
        self.model = build_model(late, levers, prices)

    def mendable(self, singles: Mapping[str, Sequence[Pull]]) -> list[str]:
        """Return what can be mended, in the order of the plan."""
        model = self.model
        relaxed = [arc for choice in model.choices for arc in choice.relaxed.arcs]
        most = reach(model.size, [*model.arcs, *relaxed])
        events = {one: model.targets[one] for one in self.trials.late}
        found = {one for one, event in events.items() if most[event] >= model.needs[event]}
        if self._cheapest(model, self._needs(found)) is None:
            alone = {one: self._cheapest(model, self._needs([one])) for one in found}
            found = {one for one in found if alone[one] is not None}
        return [one for one in self.trials.late if one in found or singles[one]]

    def _needs(self, wanted: Iterable[str]) -> dict[int, int]:
        events = [self.model.targets[one] for one in wanted]
        return {event: self.model.needs[event] for event in events}

    def _cheapest(self, model: Model, needs: dict[int, int]) -> Found | None:
        return find_cheapest(model, needs, self.budget)

    def solve(self, wanted: Sequence[str]) -> _Answer | None:
        """Return levers whose trial mends everything wanted, None where none were found."""
        needs = self._needs(wanted)
        first: Found | None = None
        for _ in range(_ROUNDS):
            found = self._cheapest(self.model, needs)
            if found is None:
                return None
            first = first or found
            pulls = tuple(_pulls(self.model, found))
            if self._mends(pulls, wanted):
                return _Answer(pulls, first)
            if not self._ask_more(needs, pulls, wanted):
                return None
        return None

    def _mends(self, pulls: Sequence[Pull], wanted: Iterable[str]) -> bool:
        late = self.trials.late_after(pulls)
        return late is not None and not late & set(wanted) and late <= set(self.trials.late)

    def _ask_more(
        self, needs: dict[int, int], pulls: Sequence[Pull], wanted: Iterable[str]
    ) -> bool:
        """Raise the needs of what is still late by what is lacking."""
        passes = self.trials.after(pulls)
        if passes is None:
            return False
        is_raised = False
        for one in wanted:
            finish = passes.dates.finish[passes.compiled.at[one]]
            due = self.trials.due[one]
            if finish > due:
                position = self.late.passes.compiled.at[one]
                lacking = self.model.scale.between(position, due, finish)
                needs[self.model.targets[one]] += max(lacking, 1)
                is_raised = True
        return is_raised

    def unions(
        self, wanted: Sequence[str], singles: Mapping[str, Sequence[Pull]]
    ) -> Iterator[tuple[Pull, ...]]:
        """Yield sets that the network does not see: single cures, together or each for all."""
        for pull in dict.fromkeys(pull for one in wanted for pull in singles[one]):
            if self._mends([pull], wanted):
                yield (pull,)
        together: dict[str, Pull] = {}
        for one in wanted:
            if singles[one]:
                pull = min(singles[one], key=lambda pull: self.cost([pull]))
                known = together.get(pull.lever.name)
                if known is None or known.amount < pull.amount:
                    together[pull.lever.name] = pull
        every = dict.fromkeys([*self.levers.shorten.values(), *self.levers.overlap.values()])
        if together and self._mends(tuple(together.values()), wanted):
            yield tuple(together.values())
        elif self._mends(at_most := tuple(Pull(lever, lever.most) for lever in every), wanted):
            yield at_most

    def trim(self, pulls: Sequence[Pull], wanted: Sequence[str]) -> tuple[Pull, ...]:
        """Let every lever out as far as everything stays mended, the dearest first."""
        kept = list(pulls)
        for place in sorted(range(len(kept)), key=lambda one: -self.cost([kept[one]])):
            pull = kept[place]

            def holds(amount: int, place: int = place, pull: Pull = pull) -> bool:
                tried = [*kept[:place], pull._replace(amount=amount), *kept[place + 1 :]]
                return self._mends([one for one in tried if one.amount], wanted)

            if holds(0):
                kept[place] = pull._replace(amount=0)
            elif pull.amount > 1 and pull.lever.worth(pull.amount) is None:
                kept[place] = pull._replace(amount=least_days(holds, pull.amount, 0, pull.amount))
        return tuple(one for one in kept if one.amount)

    def cost(self, pulls: Iterable[Pull]) -> float:
        """Return what levers pulled cost in days."""
        return sum(self.prices.of(pull.lever) * self._days(pull) for pull in pulls)

    def _days(self, pull: Pull) -> float:
        worth = pull.lever.worth(pull.amount) if pull.worth is None else pull.worth
        if worth is not None:
            return worth
        return self.model.scale.minutes(pull.lever, pull.amount) / self.model.scale.day

    def at_least(self, found: Found, wanted: Sequence[str]) -> float | None:
        """Return what every set costs at the least, where the network can tell."""
        scale = self.model.scale
        is_sampled = any(choice.is_sampled for choice in self.model.choices)
        if scale.bends or is_sampled or _shares_a_board(self.model):
            return None
        if any(scale.gives(position) for position in self.late.items):
            loose = build_model(self.late, self.levers, self.prices, is_loose=True)
            needs = {loose.targets[one]: loose.needs[loose.targets[one]] for one in wanted}
            loosest = self._cheapest(loose, needs)
            if loosest is None:
                return None
            found = loosest
        bound = self.prices.told(found.at_least, scale.day)
        return ceil(bound - _NOTHING) if self._counts_days() else bound

    def _counts_days(self) -> bool:
        """Return whether every set costs a whole number of days."""
        scale, model = self.model.scale, self.model
        flat = [option.weight for choice in model.choices for option in choice.options]
        return (
            self.prices.are_whole
            and all(scale.minutes(lever, 1) == scale.day for lever in model.cuts.values())
            and all(self.prices.told(weight, scale.day).is_integer() for weight in flat)
        )

    def has_equals(self, pulls: Sequence[Pull], wanted: Sequence[str]) -> bool:
        """Return whether another set costs as little: that of the opposite preference."""
        model = build_model(self.late, self.levers, self.prices, reverse=True)
        needs = {model.targets[one]: model.needs[model.targets[one]] for one in wanted}
        found = self._cheapest(model, needs)
        if found is None:
            return False
        other = tuple(_pulls(model, found))
        same = {(pull.lever.name, pull.amount) for pull in pulls}
        return {(pull.lever.name, pull.amount) for pull in other} != same and self._mends(
            other, wanted
        )


def find_smallest(
    late: LateNet, levers: Levers, prices: Prices, singles: Mapping[str, Sequence[Pull]]
) -> CureSet | None:
    """Return the smallest set of cures; None where nothing that is late can be mended.

    ``singles``: by what is late, the levers that mend it alone.
    """
    search = _Smallest(late, levers, prices)
    wanted = search.mendable(singles)
    answer = search.solve(wanted) if wanted else None
    bound = None if answer is None else search.at_least(answer.found, wanted)
    candidates = [] if answer is None else [answer.pulls]
    if answer is None or bound is None or search.cost(answer.pulls) > bound + _NOTHING:
        candidates.extend(search.unions(wanted, singles))
        candidates = [search.trim(one, wanted) for one in candidates]
    if not candidates or not wanted:
        return None
    pulls = min(candidates, key=search.cost)
    return _tell(search, pulls, bound, wanted)


def _tell(
    search: _Smallest, pulls: Sequence[Pull], bound: float | None, wanted: Sequence[str]
) -> CureSet:
    """Return a set as it is told."""
    trials, cost = search.trials, search.cost(pulls)
    is_smallest = bound is not None and abs(cost - bound) < _NOTHING
    return CureSet(
        cures=tuple(cure_of(pull) for pull in sorted(pulls, key=lambda one: one.lever.place)),
        cost=round(cost, 6),
        at_least=None if bound is None else round(bound, 6),
        is_smallest=is_smallest,
        has_equals=is_smallest and search.has_equals(pulls, wanted),
        mends=tuple(wanted),
        cannot_mend=tuple(one for one in trials.late if one not in set(wanted)),
        scenario=trials.changed(pulls),
    )


def _shares_a_board(model: Model) -> bool:
    """Return whether one extra meeting could serve two gates: it would be paid for twice."""
    boards = [
        {
            pull.lever.ask
            for option in choice.options
            for pull in option.pulls
            if isinstance(pull.lever, Meet)
        }
        for choice in model.choices
    ]
    return len(set().union(*boards)) < sum(map(len, boards))


def _pulls(model: Model, found: Found) -> Iterator[Pull]:
    """Yield the levers of a solution, none of them twice."""
    seen: set[Edit] = set()
    for number, lever in model.cuts.items():
        cut = found.crash.cuts[number]
        if cut > 0:
            yield Pull(lever, model.scale.units(lever, cut))
    for option in found.options:
        for pull in option.pulls:
            edit = pull.lever.edit(pull.amount)
            if edit not in seen:
                seen.add(edit)
                yield pull

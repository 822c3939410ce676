"""Where to act: the few items or links whose protection buys most days at a percentile, together.

An item is *protected* when it takes no longer than in the plan, whatever happens to it; a link when
it lets no delay pass: what follows waits for it no longer than in the plan. Every set is judged by
a run of its own on the same rolls.

What a set buys at a percentile has no diminishing returns: of two paths of one length, protecting
one buys nothing, and both buy all. So the greedy choice has no general guarantee. It is helped in
two ways (what buys nothing at the percentile yet is taken by what it buys on average, and the most
promising few are tried in all sets), and its gap is told: no protection only ever makes anything
later, so no set buys more than everything protected together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Final

from graphmodel.moments import DAY
from simulations.passes import whole
from simulations.risk.groups import Group
from simulations.risk.model import Without
from simulations.risk.odds import Spread
from simulations.risk.results import BestActs, Protection
from simulations.risk.running import Job, cut
from simulations.risk.tally import join_tallies

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulations.risk.analysis import Analysis
    from simulations.risk.tally import Ints, Tally

__all__ = ["MOST_ACTS", "find_acts"]

#: The most places that are asked for at once.
MOST_ACTS: Final = 10
#: Candidates that each round tries, those most often critical.
_CANDIDATES: Final = 24
#: All sets are tried of so many candidates as come to no more sets than this.
_SETS: Final = 60
#: Items times sets times iterations that the search may come to, and its fewest iterations.
_BUDGET: Final = 100_000_000
_FEWEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class _Place:
    """An item by its cell, or a link by its number in the compiled plan (the other is -1)."""

    cell: int = -1
    link: int = -1


#: A set of places, and what it buys: minutes at the percentile, and on average.
_Set = tuple[_Place, ...]
_Gain = tuple[int, float]


def find_acts(analysis: Analysis, most: int) -> BestActs:
    """Return the best places to act.

    Parameters
    ----------
    analysis
        A risk analysis that was run.
    most
        How many places at most, 1 to ``MOST_ACTS``.
    """
    return _Search(analysis, most).run()


class _Search:
    def __init__(self, analysis: Analysis, most: int) -> None:
        self.analysis, self.model, self.most = analysis, analysis.model, most
        self.tally = analysis.tally
        self.every = self._places()
        self.tried = self.every[:_CANDIDATES]
        self.count = self._affordable()
        self.main = self.tally.samples[0]
        self.known: dict[frozenset[_Place], _Gain] = {frozenset(): (0, 0.0)}

    def _places(self) -> list[_Place]:
        """Return everything that can be protected, the most often critical first.

        A link is critical no more often than its ends are.
        """
        compiled, critical = self.analysis.compiled, self.tally.critical
        net = compiled.net
        found = {
            _Place(cell=cell): int(critical[compiled.at[item]])
            for cell, item in enumerate(self.model.cell_items)
        }
        for edge, number in enumerate(compiled.link):
            ends = critical[net.source[edge]], critical[net.target[edge]]
            place = _Place(link=number)
            found[place] = max(found.get(place, 0), int(min(ends)))
        return sorted(found, key=lambda one: -found[one])

    def _affordable(self) -> int:
        """Return how many iterations the search can be run on; in all, the answer is."""
        size, runs = len(self.analysis.compiled.ids), len(self.tried) * self.most + _SETS
        return min(self.tally.count, max(_FEWEST, _BUDGET // (size * runs)))

    def run(self) -> BestActs:
        best = self._greedy()
        sets = list(self._sets(best))
        self._try(sets)
        best = max([best, *sets], key=self._gain)
        exact = not self._has_left_out() and self.count == self.tally.count
        places = self._in_order(self._without_idle(best))
        ends = range(1, len(places) + 1)
        gains = self._finally([places[:end] for end in ends])
        alone = self._finally([(one,) for one in places])
        bought = gains[-1] if gains else 0
        at_most = max(self._everything(), bought)
        return BestActs(
            target=self.model.targets[0].id,
            places=tuple(map(self._told, places, alone, gains)),
            bought_days=whole(bought),
            bought_se_days=self._error(places) / DAY,
            at_most_days=whole(at_most),
            is_best=exact or bought == at_most,
            candidates=len(self.tried),
            of_candidates=len(self.every),
            searched_iterations=self.count,
        )

    def _has_left_out(self) -> bool:
        """Return whether some set was not tried."""
        size = len(self.every)
        return size > len(self.tried) or comb(size, min(self.most, size)) > _SETS

    def _greedy(self) -> _Set:
        """Return places one after the other, each what buys most beside those before it."""
        taken: _Set = ()
        while len(taken) < min(self.most, len(self.tried)):
            sets = [(*taken, one) for one in self.tried if one not in taken]
            self._try(sets)
            best = max(sets, key=self._gain)
            if self._gain(best) <= self._gain(taken):
                break
            taken = best
        return taken

    def _sets(self, best: _Set) -> Iterable[_Set]:
        """Return all sets of the most promising, as many as there is time for."""
        singles = sorted(self.tried, key=lambda one: self._gain((one,)), reverse=True)
        pool = [*best, *(one for one in singles if one not in best)]
        size = min(self.most, len(pool))
        while comb(len(pool), size) > _SETS:
            pool.pop()
        return combinations(pool, size) if size > 1 else ()

    def _without_idle(self, best: _Set) -> _Set:
        """Return a set without what buys nothing at the percentile beside the others."""
        (bought,) = self._finally([best])
        for one in best:
            rest = tuple(other for other in best if other != one)
            (less,) = self._finally([rest])
            if less >= bought:
                best, bought = rest, less
        return best if bought > 0 else ()

    def _in_order(self, best: _Set) -> _Set:
        """Return a set so that each place buys most beside those before it."""
        order: _Set = ()
        while len(order) < len(best):
            longer = [(*order, one) for one in best if one not in order]
            self._try(longer)
            order = max(longer, key=self._gain)
        return order

    def _gain(self, places: _Set) -> _Gain:
        return self.known[frozenset(places)]

    def _try(self, sets: Iterable[_Set]) -> None:
        """Run the sets that are not known yet."""
        new = [one for one in sets if frozenset(one) not in self.known]
        if not new:
            return
        main = self.main[: self.count]
        spread, share = Spread.of(main), self.analysis.share
        for places, samples in zip(new, self._samples(new, self.count), strict=True):
            earlier = spread.percentile(share) - Spread.of(samples).percentile(share)
            mean = int((main - samples).sum()) / self.count
            self.known[frozenset(places)] = (earlier, mean)

    def _samples(self, sets: Sequence[_Set], count: int) -> list[Ints]:
        """Return the main target's finishes with each set protected."""
        model = self.model.with_targets(self.model.targets[:1])
        if self.analysis.compiled.has_alap:
            return [self._run(Job(model, self._without(one)), count).samples[0] for one in sets]
        job = Job(model, groups=tuple(self._group(one) for one in sets))
        return list(self._run(job, count).without)

    def _run(self, job: Job, count: int) -> Tally:
        pieces = cut(0, count, self.analysis.workers)
        return join_tallies(list(self.analysis.runner(job, pieces)))

    def _finally(self, sets: Sequence[_Set]) -> list[int]:
        """Return what sets buy in all iterations."""
        if self.count == self.tally.count:
            self._try(sets)
            return [self._gain(one)[0] for one in sets]
        return [
            self.analysis.paired.gain(samples).minutes
            for samples in (self._samples(sets, self.tally.count) if sets else ())
        ]

    def _error(self, places: _Set) -> float:
        """Return the standard error of what a set buys, in minutes."""
        if not places:
            return 0.0
        (samples,) = self._samples([places], self.tally.count)
        return self.analysis.paired.gain(samples).error

    def _everything(self) -> int:
        """Return what all protections together buy, in minutes.

        With every item protected no link passes a delay on, but where a risk changes the plan.
        """
        links = frozenset(self.analysis.compiled.link) if self.model.variants.structural else ()
        without = Without(held=frozenset(self.model.cell_items), links=frozenset(links))
        job = Job(self.model.with_targets(self.model.targets[:1]), without)
        samples = self._run(job, self.tally.count).samples[0]
        return self.analysis.paired.gain(samples).minutes

    def _group(self, places: _Set) -> Group:
        cells = tuple(one.cell for one in places if one.cell >= 0)
        links = tuple(one.link for one in places if one.link >= 0)
        return Group("", cells, own=False, held=True, links=links)

    def _without(self, places: _Set) -> Without:
        group = self._group(places)
        held = frozenset(self.model.cell_items[cell] for cell in group.cells)
        return Without(held=held, links=frozenset(group.links))

    def _told(self, place: _Place, alone: int, total: int) -> Protection:
        days = whole(alone), whole(total)
        if place.cell >= 0:
            return Protection("item", self.model.cell_items[place.cell], None, *days)
        link = self.analysis.compiled.links[place.link]
        return Protection("link", link.to, (link.from_, link.to, link.type), *days)

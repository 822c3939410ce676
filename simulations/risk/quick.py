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
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from graphmodel.errors import PlanError
from graphmodel.moments import DAY, show_finish
from simulations.codes import ABSENT, DONE, FIXED, FS, LOE, LOGIC, NEVER, PARENT, PLANNED
from simulations.kernels.clock import at_least, work_of
from simulations.kernels.draws import Scratch, sample
from simulations.kernels.trials import DELAY
from simulations.risk.arrays import zeros
from simulations.risk.boxes import box, fit
from simulations.risk.ways import find_way

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from graphmodel.plan import Plan
    from simulations.risk.model import RiskModel
    from simulations.risk.targets import Target

__all__ = ["QuickLook", "QuickTarget", "look_quickly"]

#: Steps that the widest finish is cut into, at the least where a step is below a day.
_STEPS: Final = 2_000
#: Equal shares that a length is cut into, beside those of its tail.
_SHARES: Final = 256
#: The chance, over the whole plan, that some length is beyond what is looked at.
_BEYOND: Final = 1e-3
#: The most steps, where a step is a day.
_MOST_STEPS: Final = 50_000
#: Uncertain items from which compiled kernels pay; sums of so many products are made at once.
_WORTH_LOADING: Final = 500
_SMALL: Final = 4_000


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


@dataclass(frozen=True, slots=True)
class QuickLook:
    """Bounds of the odds; ``step_minutes``: how finely time was cut."""

    plan: Plan
    gaps: Literal["spare", "work"]
    step_minutes: int
    targets: tuple[QuickTarget, ...]


class _Law:
    """A distribution on steps: chances of ``first``, ``first + 1``, ..."""

    __slots__ = ("chances", "first")

    def __init__(self, first: int, chances: NDArray[np.float64]) -> None:
        self.first, self.chances = first, chances

    def below(self, begin: int, end: int) -> NDArray[np.float64]:
        """Return the chances of being at most each step from ``begin`` to before ``end``."""
        sums = np.cumsum(self.chances)
        places = np.arange(begin, end) - self.first
        found: NDArray[np.float64] = np.where(
            places < 0, 0.0, sums[np.clip(places, 0, len(sums) - 1)]
        )
        return found

    def plus(self, other: _Law) -> _Law:
        """Return the distribution of the sum with something independent."""
        first, size = self.first + other.first, len(self.chances)
        few = np.flatnonzero(other.chances)
        if size * len(other.chances) < _SMALL * len(few):
            return _Law(first, np.convolve(self.chances, other.chances))
        chances = np.zeros(size + len(other.chances) - 1)
        for place in few.tolist():
            chances[place : place + size] += self.chances * other.chances[place]
        return _Law(first, chances)

    def moved(self, steps: int) -> _Law:
        return _Law(self.first + steps, self.chances)


def _latest(laws: list[_Law], *, is_late: bool) -> _Law:
    """Return a bound of the latest of several: from above where ``is_late``, else from below."""
    if len(laws) == 1:
        return laws[0]
    begin = max(law.first for law in laws)
    end = max(law.first + len(law.chances) for law in laws)
    rows = np.array([law.below(begin, end) for law in laws])
    shares = rows.prod(axis=0) if is_late else rows.min(axis=0)
    return _Law(begin, np.diff(shares, prepend=0.0))


@dataclass(frozen=True, slots=True)
class _Node:
    """Finishes at the latest of ``bound`` and its arms (source and minutes), and a length more.

    ``cell``: the cell that says the length, -1 for ``length`` itself.
    """

    bound: int
    arms: tuple[tuple[int, int], ...]
    cell: int
    length: int


def look_quickly(model: RiskModel) -> QuickLook:
    """Return bounds of the odds of a plan.

    Raises
    ------
    PlanError
        The plan holds something that the bounds do not hold for; the message says what.
    """
    _check_independent(model)
    sketch = _Sketch(model)
    nodes = sketch.nodes()
    laws = _Lengths(model, nodes)
    early, late = (_run(nodes, laws, is_late=is_late) for is_late in (False, True))
    tell = _Tell(model, sketch.cal, laws.step)
    return QuickLook(
        plan=model.plan,
        gaps=model.gaps,
        step_minutes=laws.step,
        targets=tuple(
            tell.target(
                one, sketch.law(one, early, is_late=False), sketch.law(one, late, is_late=True)
            )
            for one in model.targets
        ),
    )


def _check_independent(model: RiskModel) -> None:
    program = model.program
    if model.risks:
        raise PlanError(
            f'The quick look cannot bound what the risk "{model.risks[0].id}" does to several '
            "items at once: run the iterations instead."
        )
    shared = len(set(program.term_die.tolist())) < len(program.term_die)
    if shared or len(program.term_die) > len(program.kind):
        raise PlanError(
            "The quick look holds for delays that have nothing in common, and here some are "
            "correlated: run the iterations instead."
        )


class _Sketch:
    """The plan as nodes by position; one calendar for all that moves (-1: the wall)."""

    def __init__(self, model: RiskModel) -> None:
        self.model = model
        self.passes = model.baseline.passes[model.gaps]
        self.compiled = self.passes.compiled
        self.net = self.compiled.net
        self.cell = {self.compiled.at[one]: cell for cell, one in enumerate(model.cell_items)}
        cals = {
            cal
            for cal, how in zip(self.net.cal, self.net.how, strict=True)
            if how in {LOGIC, PLANNED}
        }
        if len(cals) > 1:
            raise PlanError(
                "The quick look holds on one calendar, and this plan counts work on several: run "
                "the iterations instead."
            )
        self.cal = next(iter(cals), -1)

    def nodes(self) -> list[_Node | None]:
        """Return the nodes; None for what has no finish."""
        if self.compiled.has_alap:
            raise PlanError(
                "The quick look cannot place what is as late as possible: run the iterations "
                "instead."
            )
        return [self._node(position) for position in range(len(self.net.how))]

    def _work(self, instant: int) -> int:
        return NEVER if instant == NEVER else work_of(self.net.clock, self.cal, instant)

    def _node(self, position: int) -> _Node | None:
        net, how = self.net, self.net.how[position]
        finish = self.passes.dates.finish[position]
        if how in {ABSENT, LOE} or finish == NEVER:
            return None
        if how in {DONE, FIXED}:
            return _Node(self._work(finish), (), -1, 0)
        if net.extra[position] >= 0 or how not in {LOGIC, PLANNED, PARENT} or net.months[position]:
            raise self._refusal(position)
        cell = self.cell.get(position, -1)
        floors = net.project[position]
        bound = max(net.own_start[position], net.floor_start[floors], net.floor_finish[floors])
        if how == PARENT:
            bound = max(net.own_finish[position], NEVER)
            arms = [(part, 0) for part in self.compiled.parts(position)]
            return self._made(position, bound, arms, cell, 0)
        length = self.passes.lengths[position]
        way = None if cell < 0 else find_way(self.compiled, self.passes.lengths, position)
        if way is not None and way.code == DELAY:
            arms = [(-1 - edge, length) for edge in self.compiled.into(position)]
            bound = max(net.own_finish[position], bound + length if bound != NEVER else NEVER)
            return self._made(position, bound, arms, cell, 0)
        if how == PLANNED and bound == NEVER:
            bound = net.own_finish[position] - length
        if max(bound, net.own_finish[position]) == NEVER:
            bound = net.plan_start[floors]
        arms = [(-1 - edge, 0) for edge in self.compiled.into(position)]
        return self._made(position, bound, arms, cell, length)

    def _made(
        self, position: int, bound: int, arms: list[tuple[int, int]], cell: int, length: int
    ) -> _Node:
        """Return a node; arms are parts by position, or links by -1 - edge."""
        net, found = self.net, []
        for one, add in arms:
            source = one if one >= 0 else net.source[-1 - one]
            if self.passes.dates.finish[source] == NEVER or net.how[source] == LOE:
                continue
            if one >= 0:
                found.append((source, add))
                continue
            edge = -1 - one
            lag, counted = net.lag[edge], net.lag_cal[edge] if net.lag[edge] else self.cal
            if (
                net.code[edge] != FS
                or net.lag_months[edge]
                or net.shift[edge]
                or lag < 0
                or counted != self.cal
                or net.how[position] == PARENT
            ):
                raise self._refusal(position)
            found.append((source, add + lag))
        if net.how[position] == PARENT and any(self.compiled.into(position)):
            raise self._refusal(position)
        return _Node(self._work(bound), tuple(found), cell, length)

    def _refusal(self, position: int) -> PlanError:
        name = self.model.plan.index.items[self.compiled.ids[position]].name
        return PlanError(
            f"The quick look holds for dates, lengths and finish-to-start links, and {name} has "
            "more (a gate, a constraint, a blackout, begun work, or another link): run the "
            "iterations instead."
        )

    def law(self, target: Target, laws: list[_Law | None], *, is_late: bool) -> _Law:
        """Return the bound of a target, from those of all positions."""
        if target.item is not None:
            found = laws[self.compiled.at[target.item]]
            assert found is not None  # noqa: S101 - a target has a finish
            return found
        parts = set(self.net.parts)
        led = {self.net.source[edge] for edge in range(len(self.net.source))}
        ends = [
            law
            for position, law in enumerate(laws)
            if law is not None and position not in parts and position not in led
        ]
        return _latest(ends or [law for law in laws if law is not None], is_late=is_late)


class _Lengths:
    """The distributions of cells, rounded to steps.

    Attributes
    ----------
    step
        Minutes of a step.
    """

    def __init__(self, model: RiskModel, nodes: list[_Node | None]) -> None:
        self._model = model
        used = sum(node is not None and node.cell >= 0 for node in nodes)
        tail = _BEYOND / max(1, used)
        halves = [0.5**power for power in range(9, 64) if 0.5**power > tail]
        tops = sorted({*(1.0 - half for half in halves), 1.0 - tail})
        edges = [number / _SHARES for number in range(_SHARES - 1)]
        self._edges = np.array([*edges, *(top for top in tops if top > edges[-1])])
        self._is_large = used >= _WORTH_LOADING
        self._kernel = fit(sample, is_large=self._is_large)
        self._program = box(model.program, is_large=self._is_large)
        self._ends = {
            node.cell: self._quantiles(node.cell)
            for node in nodes
            if node is not None and node.cell >= 0
        }
        self.step = _step(self._widest(nodes))

    def _quantiles(self, cell: int) -> NDArray[np.int64]:
        """Return the minutes at each edge between shares."""
        rolls, size = self._edges.copy(), len(self._edges)
        minutes = zeros(size)
        arrays = Scratch(zeros(size), rolls, zeros(size, np.float64))
        scratch = box(arrays, is_large=self._is_large)
        draw = int(self._model.cells.own[cell])
        self._kernel(self._program, draw, size, scratch, box(minutes, is_large=self._is_large))
        found: NDArray[np.int64] = minutes
        return found

    def _widest(self, nodes: list[_Node | None]) -> int:
        """Return how far the earliest and the latest of any finish are apart."""
        spread: list[tuple[int, int]] = []
        for node in nodes:
            if node is None:
                spread.append((0, 0))
                continue
            low = [node.bound, *(spread[source][0] + add for source, add in node.arms)]
            high = [node.bound, *(spread[source][1] + add for source, add in node.arms)]
            ends = self._ends.get(node.cell)
            less, more = (node.length,) * 2 if ends is None else (int(ends[0]), int(ends[-1]))
            spread.append((max(low) + less, max(high) + more))
        return max((high - low for low, high in spread), default=0)

    def law(self, node: _Node, *, is_late: bool) -> _Law | None:
        """Return the distribution of a node's length, None for none."""
        if node.cell < 0:
            if not node.length:
                return None
            return _Law(self.steps(node.length, is_late=is_late), np.ones(1))
        ends = self._ends[node.cell]
        shares = np.diff(self._edges, append=1.0)
        if is_late:  # each share is as late as its end; what lies beyond the last never comes
            values, shares = -(-ends[1:] // self.step), shares[:-1]
        else:
            values = ends // self.step
        first = int(values[0])
        return _Law(first, np.bincount(values - first, weights=shares))

    def steps(self, minutes: int, *, is_late: bool) -> int:
        """Return minutes as steps, rounded up for the late bound."""
        return -(-minutes // self.step) if is_late else minutes // self.step


def _step(widest: int) -> int:
    """Return minutes of a step that days are whole numbers of, or that are whole days.

    So a finish at the end of a day is not rounded.
    """
    if widest > DAY * _MOST_STEPS:
        return DAY * -(-widest // (DAY * _MOST_STEPS))
    return max(
        part for part in range(1, DAY + 1) if not DAY % part and part <= max(1, widest // _STEPS)
    )


def _run(nodes: list[_Node | None], lengths: _Lengths, *, is_late: bool) -> list[_Law | None]:
    """Return a bound of each finish."""
    laws: list[_Law | None] = []
    for node in nodes:
        if node is None:
            laws.append(None)
            continue
        found = [] if node.bound == NEVER else [
            _Law(lengths.steps(node.bound, is_late=is_late), np.ones(1))
        ]  # fmt: skip
        for source, add in node.arms:
            law = laws[source]
            if law is not None:
                found.append(law.moved(lengths.steps(add, is_late=is_late)))
        start = _latest(found, is_late=is_late)
        more = lengths.law(node, is_late=is_late)
        laws.append(start if more is None else start.plus(more))
    return laws


class _Tell:
    """Tells bounds as people see them."""

    def __init__(self, model: RiskModel, cal: int, step: int) -> None:
        self._model, self._cal, self._step = model, cal, step
        self._clock = model.baseline.compiled.net.clock

    def target(self, target: Target, early: _Law, late: _Law) -> QuickTarget:
        dates = {
            share: (self._date(early, share), self._date(late, share)) for share in (0.5, 0.8, 0.9)
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
        )

    def _date(self, law: _Law, share: float) -> date | None:
        """Return the day by which a share has come; None where it never has."""
        sums = np.cumsum(law.chances)
        if sums[-1] < share:
            return None
        minutes = (law.first + int(np.searchsorted(sums, share - 1e-12))) * self._step
        return show_finish(at_least(self._clock, self._cal, minutes))


def _chance(law: _Law, step: int) -> float:
    return float(min(law.below(step, step + 1)[0], 1.0))

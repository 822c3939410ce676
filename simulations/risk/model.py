"""A plan made ready for Monte Carlo: its dice, its cells, its nets; and what is left out of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import PlanError
from graphmodel.problems import Problem
from simulations.codes import NEVER
from simulations.kernels.cells import HELD, OWN, Cells
from simulations.kernels.draws import CERTAIN
from simulations.kernels.trials import DELAY
from simulations.passes import lengths_of
from simulations.risk.amounts import Amount, Unit, read_amount
from simulations.risk.arrays import ints, zeros
from simulations.risk.correlation import Mixing
from simulations.risk.dice import Dealer
from simulations.risk.layout import Merges, find_merges
from simulations.risk.plain import Network, find_plain
from simulations.risk.targets import Target, find_targets
from simulations.risk.variants import Variants
from simulations.risk.ways import Way, find_way

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from graphmodel.items import Item, Uncertainty
    from graphmodel.measures import Risk
    from graphmodel.plan import Plan
    from simulations.kernels.draws import Program
    from simulations.results import Gaps
    from simulations.scenarios import Baseline

    Reference = Callable[[Item], Uncertainty | None]

__all__ = ["MOST_ITERATIONS", "RiskModel", "Without", "prepare_risk"]

#: The most iterations that the sums of a run hold for certain.
MOST_ITERATIONS: Final = 100_000_000
#: What a model works out of itself when it is first asked for.
_DERIVED: Final = frozenset({"variants", "network", "merges"})


@dataclass(frozen=True, slots=True)
class Without:
    """What is left out of a run: its own uncertainty of some items, some risks.

    A left-out item takes its plain duration, or no delay of its own; what risks do to it stays. A
    left-out risk never happens. A held item takes no longer than its plain duration, whatever
    happens to it. A held link (by its number in the compiled plan) lets no delay pass: what follows
    waits for it no longer than in the plan without uncertainty.
    """

    items: frozenset[str] = frozenset()
    risks: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    links: frozenset[int] = frozenset()


@dataclass(frozen=True, eq=False)
class RiskModel:
    """Everything a run needs; it can be pickled, and runs the same wherever it is unpickled.

    Attributes
    ----------
    baseline
        The plan compiled and scheduled without any uncertainty.
    gaps
        How gaps are read.
    iterations
        How many iterations are meant to be run in all; a Latin hypercube has as many strata.
    program, cells
        Dice, draws and uncertain items as columns.
    cell_items
        The item of each cell.
    told
        By cell, True where the plan itself says how uncertain the item is, False where the
        reference class does (or only risks hit it).
    risks
        The risks that can happen.
    targets
        What is asked about, the main one first.
    findings
        What is odd about the uncertainty as it is told.
    """

    baseline: Baseline
    gaps: Gaps
    seed: int
    iterations: int
    program: Program
    cells: Cells
    cell_items: tuple[str, ...]
    told: tuple[bool, ...]
    risks: tuple[Risk, ...]
    targets: tuple[Target, ...]
    findings: tuple[Problem, ...] = ()

    @property
    def plan(self) -> Plan:
        """The plan."""
        return self.baseline.plan

    @cached_property
    def variants(self) -> Variants:
        """The plan's nets: as it is, and as risks with effects change it."""
        return Variants(self)

    @cached_property
    def network(self) -> Network | None:
        """The plan's net as the fast kernel takes it, None where it is not plain."""
        return find_plain(self, self.variants.plain)

    @cached_property
    def merges(self) -> Merges:
        """The merge points of the plan as it is."""
        return find_merges(self.variants.plain.passes)

    def __getstate__(self) -> dict[str, Any]:
        """Return what is pickled: what is only worked out from it is worked out again."""
        return {key: value for key, value in self.__dict__.items() if key not in _DERIVED}

    def off_cells(self, without: Without) -> Any:
        """Return by cell what of its own is left out (`simulations.kernels.cells.fill_cell`)."""
        if not without.items | without.held:
            return zeros(len(self.cell_items))
        return ints(
            HELD if one in without.held else OWN if one in without.items else 0
            for one in self.cell_items
        )

    def off_risks(self, without: Without) -> Any:
        """Return 1 for each risk that is left out."""
        return ints(int(risk.id in without.risks) for risk in self.risks)

    def with_targets(self, targets: Sequence[Target]) -> RiskModel:
        """Return the same model with other targets."""
        other = replace(self, targets=tuple(targets))
        known = {key: value for key, value in self.__dict__.items() if key in _DERIVED}
        other.__dict__.update(known)  # none of it hangs on the targets
        return other


@dataclass(slots=True)
class _Cell:
    """An uncertain item while it is collected."""

    item: Item
    way: Way
    own: Amount | None
    told: bool
    impacts: list[tuple[Amount, int, bool, str]]


def prepare_risk(
    baseline: Baseline,
    *,
    iterations: int,
    seed: int = 1,
    targets: Sequence[str] | None = None,
    gaps: Gaps = "spare",
    reference: Reference | None = None,
    latin: bool = False,
    only: Collection[str] | None = None,
) -> RiskModel:
    """Read the uncertainty of a compiled plan.

    Parameters
    ----------
    baseline
        The plan, made ready by `simulations.whatif.prepare`.
    targets
        Ids of items, the main one first; the plan's own id stands for its finish. Unless told, the
        plan's finish and every unfinished item with a due date.
    reference
        Says how uncertain an item is that says nothing itself; None: then it is certain.
    latin
        Whether each die is rolled in as many strata as there are iterations (Latin hypercube).
    only
        The items that may be uncertain, every other is certain; None: all may be. Dice go by
        name, so that these roll what they would among all, where no pairs are correlated.

    Raises
    ------
    PlanError
        An uncertainty or a correlation cannot be; nothing is left that could be uncertain.
    UnknownIdError
        A target is not in the plan.
    """
    _check_numbers(iterations, seed)
    plan = baseline.plan
    if plan.items and all(item.status in {"complete", "cancelled"} for item in plan.items):
        raise PlanError(
            "Every item of the plan is complete or cancelled: nothing is left to be uncertain."
        )
    if not plan.items:
        raise PlanError("The plan has no items: there is nothing to simulate.")
    found, findings = _collect(baseline, gaps, reference, only)
    risks = tuple(risk for risk in plan.risks if risk.probability > 0.0)
    _collect_impacts(baseline, gaps, found, risks, only)
    dealer = Dealer()
    cells = _deal(plan, dealer, found, risks)
    return RiskModel(
        baseline=baseline,
        gaps=gaps,
        seed=seed,
        iterations=iterations,
        program=dealer.program(seed, iterations if latin else 0),
        cells=cells,
        cell_items=tuple(found),
        told=tuple(cell.told for cell in found.values()),
        risks=risks,
        targets=find_targets(baseline.passes[gaps], targets),
        findings=tuple(findings),
    )


def _check_numbers(iterations: int, seed: int) -> None:
    if not 1 <= iterations <= MOST_ITERATIONS:
        raise PlanError(
            f"{iterations:,} iterations cannot be run: ask for 1 to {MOST_ITERATIONS:,}."
        )
    if not 0 <= seed < 1 << 64:
        raise PlanError(f"The seed {seed} cannot be used: give a number from 0 to 2**64 - 1.")


def _collect(
    baseline: Baseline,
    gaps: Gaps,
    reference: Reference | None,
    only: Collection[str] | None,
) -> tuple[dict[str, _Cell], list[Problem]]:
    """Return the items with an uncertainty of their own, in the order of the file."""
    plan, compiled = baseline.plan, baseline.compiled
    lengths = lengths_of(compiled, gaps)
    found: dict[str, _Cell] = {}
    findings: list[Problem] = []
    for item in plan.items:
        if only is not None and item.id not in only:
            continue
        uncertainty, told = item.uncertainty, item.uncertainty is not None
        if uncertainty is None and reference is not None:
            uncertainty = reference(item)
        if uncertainty is None:
            continue
        position = compiled.at[item.id]
        way = find_way(compiled, lengths, position)
        if way is None or baseline.passes[gaps].instant(position) == NEVER:
            if told and item.status not in {"complete", "cancelled"}:
                findings.append(_note_unused(item))
            continue
        unit = Unit(
            compiled.times, way.cal, item.calendar, way.whole, f"The uncertainty of {item.name}"
        )
        found[item.id] = _Cell(item, way, read_amount(uncertainty, unit), told, [])
    return found, findings


def _note_unused(item: Item) -> Problem:
    return Problem(
        "uncertainty-unused",
        "warning",
        f"The uncertainty of {item.name} is not used: the item has no date that it could move.",
        (item.id,),
    )


def _collect_impacts(
    baseline: Baseline,
    gaps: Gaps,
    found: dict[str, _Cell],
    risks: Sequence[Risk],
    only: Collection[str] | None,
) -> None:
    """Add what risks do to items; an item may have become uncertain only by that."""
    compiled = baseline.compiled
    lengths = lengths_of(compiled, gaps)
    for number, risk in enumerate(risks):
        for place, impact in enumerate(risk.impacts):
            item = baseline.plan.index.item(impact.item)
            if only is not None and item.id not in only:
                continue
            position = compiled.at[item.id]
            way = find_way(compiled, lengths, position)
            if way is None or baseline.passes[gaps].instant(position) == NEVER:
                continue
            unit = Unit(
                compiled.times,
                way.cal,
                item.calendar,
                way.whole,
                f'The delay of {item.name} by the risk "{risk.id}"',
            )
            cell = found.setdefault(item.id, _Cell(item, way, None, told=False, impacts=[]))
            amount = read_amount(impact.delay, unit)
            die = f"impact:{risk.id}:{item.id}:{place}"
            cell.impacts.append((amount, number, impact.mode == "series", die))


def _deal(plan: Plan, dealer: Dealer, found: dict[str, _Cell], risks: Sequence[Risk]) -> Cells:
    """Give every quantity its draw."""
    own = {one: cell.own for one, cell in found.items() if cell.own is not None}
    mixing = Mixing(plan, {one: amount.correlate for one, amount in own.items()})
    draws = {one: dealer.add(amount, mixing.terms(one)) for one, amount in own.items()}
    impacts = [impact for cell in found.values() for impact in cell.impacts]
    ends = accumulate((len(cell.impacts) for cell in found.values()), initial=0)
    return Cells(
        own=ints(draws.get(one, -1) for one in found),
        base=ints(cell.way.base for cell in found.values()),
        is_delay=ints(int(cell.way.code == DELAY) for cell in found.values()),
        impact_at=ints(ends),
        impact_draw=ints(dealer.add(amount, _die(amount, die)) for amount, _, _, die in impacts),
        impact_risk=ints(risk for _, risk, _, _ in impacts),
        impact_series=ints(int(series) for _, _, series, _ in impacts),
        risk_draw=ints(
            dealer.add(Amount(CERTAIN, (risk.probability, 0.0, 0.0)), ((f"risk:{risk.id}", 1.0),))
            for risk in risks
        ),
    )


def _die(amount: Amount, name: str) -> tuple[tuple[str, float], ...]:
    return ((name if amount.correlate is None else f"group:{amount.correlate}", 1.0),)

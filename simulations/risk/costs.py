"""What each item, risk and officer costs: the percentile with it less that without, same rolls.

On the same rolls the two differ only by what is left out, so that the difference is far sharper
than either percentile. Where the plan goes through the forward pass, leaving out is done inside
each iteration and costs what it moves; a plain net is run again without.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from simulations.risk.groups import Group
from simulations.risk.model import Without
from simulations.risk.running import Job, cut
from simulations.risk.tally import join_tallies

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulations.risk.model import RiskModel
    from simulations.risk.running import Runner
    from simulations.risk.tally import Ints, Tally

__all__ = [
    "AT",
    "FAST_BUDGET",
    "MOST_GROUPS",
    "SLOW_BUDGET",
    "Candidate",
    "candidates",
    "fewest",
    "group_of",
    "run_without",
]

#: The share of iterations whose finish is compared, unless told.
AT: Final = 0.8
#: Items and officers that are left out in turn where the plan is small enough for all.
MOST_GROUPS: Final = 2_000
#: Items times iterations that runs without something may come to beyond that, on the fast path and
#: through the forward pass.
FAST_BUDGET: Final = 300_000_000
SLOW_BUDGET: Final = 30_000_000
#: At least so many items, and so many officers, are left out in turn however large the plan is.
_FEWEST: Final = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """Something that may be left out: an item, a risk, or all that an officer is responsible for.

    Attributes
    ----------
    kind
        ``item``, ``risk`` or ``officer``.
    cells
        The cells it acts on.
    """

    kind: str
    id: str
    cells: tuple[int, ...]
    without: Without


def candidates(model: RiskModel) -> list[Candidate]:
    """Return what may be left out of a plan."""
    own = {item: cell for cell, item in enumerate(model.cell_items) if model.cells.own[cell] >= 0}
    found = [
        Candidate("item", item, (cell,), Without(items=frozenset({item})))
        for item, cell in own.items()
    ]
    hit: dict[int, dict[int, None]] = {}
    ends = [int(one) for one in model.cells.impact_at]
    for cell, (begin, end) in enumerate(pairwise(ends)):
        for risk in map(int, model.cells.impact_risk[begin:end]):
            hit.setdefault(risk, {})[cell] = None
    found += [
        Candidate("risk", risk.id, tuple(hit.get(number, ())), Without(risks=frozenset({risk.id})))
        for number, risk in enumerate(model.risks)
    ]
    held: dict[str, list[str]] = {}
    for item in own:
        for officer in model.plan.index.officers_of(item):
            if officer.kind != "group":
                held.setdefault(officer.id, []).append(item)
    found += [
        Candidate(
            "officer",
            officer,
            tuple(own[item] for item in items),
            Without(items=frozenset(items)),
        )
        for officer, items in held.items()
    ]
    return found


def fewest(
    model: RiskModel, found: Sequence[Candidate], tally: Tally, budget: int
) -> list[Candidate]:
    """Return those that a large plan has time for: every risk, then what is most often critical.

    Parameters
    ----------
    tally
        What a run with everything came to.
    budget
        Items times iterations.
    """
    size, critical = len(model.baseline.compiled.ids), tally.critical
    room = max(_FEWEST, budget // (size * tally.count))
    at = model.baseline.compiled.at

    def weight(one: Candidate) -> int:
        return -sum(int(critical[at[model.cell_items[cell]]]) for cell in one.cells)

    chosen = [one for one in found if one.kind == "risk"]
    for kind in ("item", "officer"):
        chosen += sorted((one for one in found if one.kind == kind), key=weight)[:room]
    return chosen


def group_of(model: RiskModel, one: Candidate) -> Group | None:
    """Return what is left out as cells of the forward pass; None for a risk with effects."""
    if one.kind != "risk":
        return Group(one.id, one.cells, own=True)
    number = next(place for place, risk in enumerate(model.risks) if risk.id == one.id)
    if model.risks[number].effects:
        return None
    return Group(one.id, one.cells, own=False, risk=number)


def run_without(
    model: RiskModel, one: Candidate, iterations: int, runner: Runner, workers: int
) -> Ints:
    """Return the finishes of the main target in runs of their own without something."""
    job = Job(model.with_targets(model.targets[:1]), one.without)
    tallies: list[Tally] = list(runner(job, cut(0, iterations, workers)))
    left: Ints = join_tallies(tallies).samples[0]
    return left

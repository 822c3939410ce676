"""Levers on what is critical to a late target, found in the iteration that makes its percentile."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

from graphmodel.errors import KnockonError
from graphmodel.moments import DAY
from graphmodel.scenario import Scenario, Slip
from graphmodel.spans import Span
from simulations.kernels.cells import Pairs
from simulations.kernels.philox import WORDS
from simulations.recovery.meetings import find_meetings, find_waivers
from simulations.recovery.overlapping import find_overlaps
from simulations.recovery.shortening import find_shortening
from simulations.recovery.trials import Trials
from simulations.risk.arrays import ints, zeros
from simulations.risk.block import Blocks
from simulations.risk.leastpulls import pull_together
from simulations.risk.model import Without
from simulations.risk.trials import Minutes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from simulations.recovery.levers import Lever
    from simulations.risk.aims import Aim
    from simulations.risk.cured import CuredRuns
    from simulations.risk.model import RiskModel

__all__ = ["LOOK", "MOST_LEVERS", "find_levers"]

#: Cures that are tried for one target, those on what is most often critical.
MOST_LEVERS: Final = 12
#: How often levers are looked for, with those found before pulled.
_ROUNDS: Final = 4
#: Iterations that say what is critical.
LOOK: Final = 500


def find_levers(aim: Aim) -> list[Lever]:
    """Return the levers on what is critical to the target, the most often critical first.

    With those pulled other chains are critical: then their levers follow.
    """
    trials = _trials(aim)
    found: dict[str, Lever] = {}
    for _ in range(_ROUNDS):
        pulls = pull_together(list(found.values()))
        if len(found) >= MOST_LEVERS or aim.is_back(pulls, aim.few):
            break
        critical = aim.runs.critical(pulls, min(LOOK, aim.all))
        new = [one for one in _levers_on(aim.runs, trials, critical) if one.name not in found]
        if not new:
            break
        found.update((one.name, one) for one in new)
    return list(found.values())


def _levers_on(runs: CuredRuns, trials: Trials, critical: Mapping[str, int]) -> list[Lever]:
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
    able = (one for one in found if _can_be(runs, one))
    return sorted(able, key=lambda one: -often[one.place])


def _can_be(runs: CuredRuns, lever: Lever) -> bool:
    """Return whether the changes of a lever can be made, and what is uncertain follows them."""
    cure = lever.cure(1)
    if cure.kind != "shorten" or cure.item is None or cure.by is None:
        return True
    return runs.may_shorten(cure.item, cure.by)


def _trials(aim: Aim) -> Trials:
    """Return the target's own iteration as a scenario of slips, to find cures in."""
    model = aim.runs.model
    scenario = Scenario(changes=tuple(_slips(model, aim.iteration)))
    try:
        run = model.baseline.run(scenario)
    except KnockonError:  # something cannot slip by name: cures are found in the plan as it is
        scenario = Scenario()
        run = model.baseline.run(scenario)
    return Trials(run, scenario, model.gaps)


def _slips(model: RiskModel, iteration: int) -> Iterator[Slip]:
    """Yield how much later each item is by itself in an iteration, in whole days."""
    size = len(model.cell_items)
    pairs = Pairs(ints(range(size)), zeros(size), zeros(size) - 1)
    blocks = Blocks(model, model.off_risks(Without()), WORDS, is_large=False)
    (block,) = blocks.cut(iteration, 1)
    minutes = Minutes(model, pairs, is_large=False).fill(block)
    for cell, item in enumerate(model.cell_items):
        more = minutes[cell * block.count + block.skip] - int(model.cells.base[cell])
        if more > 0:
            yield Slip(item=item, by=Span(Decimal(-(-more // DAY)), "d"), own=True)

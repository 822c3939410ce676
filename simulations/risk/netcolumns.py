"""The columns of a net that iterations write to, where cells act in them, and counts at zero."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from simulations.codes import NEVER
from simulations.kernels.lanes import BINS
from simulations.kernels.trials import DELAY, LENGTH, REST, RUNS, Counts, Spots
from simulations.risk.arrays import ints, zeros
from simulations.risk.layout import Bins, Merges
from simulations.risk.targets import PLAN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from simulations.risk.caps import Caps
    from simulations.risk.groups import Group
    from simulations.risk.model import RiskModel
    from simulations.risk.variants import Variant

__all__ = ["Columns", "lay_counts"]


class Columns:
    """The columns of a net that iterations write to, as they are at first."""

    def __init__(self, variant: Variant) -> None:
        net = variant.compiled.net
        self.lengths = ints(variant.passes.lengths)
        self.months, self.rest_months = ints(net.months), ints(net.rest_months)
        self.own_finish, self.rests = ints(net.own_finish), ints(net.rest)
        self.cap, self.plain_source = ints(net.cap), ints(net.plain_source)
        for way, position in zip(variant.ways, variant.positions, strict=True):
            if way is None:
                continue
            # What was told in months is told in minutes here, and no minutes yet: the first
            # iteration finds them changed, whatever it rolls.
            if way.code == LENGTH and self.months[position]:
                self.months[position], self.lengths[position] = 0, -1
            if way.code in {REST, RUNS} and self.rest_months[position]:
                self.rest_months[position], self.rests[position] = 0, -1

    def hold(self, caps: Iterable[tuple[int, int]]) -> None:
        """Cap edges for all iterations."""
        for edge, instant in caps:
            self.cap[edge], self.plain_source[edge] = instant, -1

    def spots(
        self, model: RiskModel, variant: Variant, groups: Sequence[Group], caps: Caps
    ) -> Spots:
        """Return where cells act."""
        ways, positions, changes = variant.ways, variant.positions, variant.changes
        base = [0] * len(ways)
        for cell, (way, position) in enumerate(zip(ways, positions, strict=True)):
            if way is not None and way.code == DELAY:
                base[cell] = changes.slip[position]
            elif way is not None and way.code == RUNS:
                base[cell] = int(self.own_finish[position])
        at = variant.compiled.at
        targets = [PLAN if one.item is None else at[one.item] for one in model.targets]
        held = [[pair for one in group.links for pair in caps[one]] for group in groups]
        return Spots(
            position=ints(
                [-1 if way is None else one for way, one in zip(ways, positions, strict=True)]
            ),
            way=ints([-1 if way is None else way.code for way in ways]),
            base=ints(base),
            rest=ints([0 if way is None else way.base for way in ways]),
            own_finish=self.own_finish,
            rests=self.rests,
            cap=self.cap,
            plain_source=self.plain_source,
            targets=ints(targets),
            pair_at=ints(accumulate((len(group.cells) for group in groups), initial=0)),
            pair_cell=ints([cell for group in groups for cell in group.cells]),
            cap_at=ints(accumulate(map(len, held), initial=0)),
            cap_edge=ints([edge for pairs in held for edge, _ in pairs]),
            cap_by=ints([instant for pairs in held for _, instant in pairs]),
        )


def lay_counts(variant: Variant, merges: Merges | None, bins: Bins | None, size: int) -> Counts:
    """Return counts at zero; without merges, gates are not counted either."""
    laid = merges or Merges(zeros(0), zeros(1), zeros(0), zeros(0))
    gates = len(variant.compiled.gates) if merges else 0
    meetings = variant.compiled.net.g_own[:gates]
    home = variant.home
    return Counts(
        critical=zeros(size),
        merge_item=ints(laid.item),
        merge_at=ints(laid.at),
        arm_edge=ints(laid.edge),
        arm_part=ints(laid.part),
        joined=zeros(len(laid.item)),
        arms=zeros(len(laid.edge)),
        gate_meeting=ints(-NEVER if one == NEVER else one for one in meetings),
        gate_missed=zeros(gates),
        low=ints(bins.low[home]) if bins else zeros(size),
        shift=ints(bins.shift[home]) if bins else zeros(size) - 1,
        bins=zeros(size * BINS if bins else 0, np.int32),
    )

"""Cells: what is uncertain about one item in each iteration, its own draw and risks together.

The cell of an item with a duration holds that duration (of begun work, what remains), that of any
other item its delay. Risks that happen delay the item: *in parallel* with the others the longest
counts (and the item's own delay, where it has one), *in series* they are added (DESIGN 5.6).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from simulations.kernels.draws import LONGEST, PARAMETERS, Program, Scratch, roll, sample
from simulations.kernels.registry import kernel

if TYPE_CHECKING:
    from collections.abc import MutableSequence

    from simulations.kernels.shapes import Ints

__all__ = ["HELD", "OWN", "Cells", "Pairs", "fill_cell", "fill_cells", "fill_fired"]

_LONGEST: Final = int(LONGEST)
#: What may be left out of a cell.
OWN: Final = 1
HELD: Final = 2


class Cells(NamedTuple):
    """The uncertain items of a plan.

    Attributes
    ----------
    own
        Draw of the item's own uncertainty, -1 where it has none.
    base
        What the item has without any uncertainty: its duration, or no delay.
    is_delay
        1 where the cell is a delay, 0 where it is a duration.
    impact_at, impact_draw, impact_risk, impact_series
        The impacts of risks on cell c are those from ``impact_at[c]`` to before
        ``impact_at[c + 1]``: the draw of the delay, the risk, 1 for in series.
    risk_draw
        By risk, the draw whose roll says whether it happens; its first parameter is the
        probability.
    """

    own: Ints
    base: Ints
    is_delay: Ints
    impact_at: Ints
    impact_draw: Ints
    impact_risk: Ints
    impact_series: Ints
    risk_draw: Ints


class Pairs(NamedTuple):
    """Cells with something left out: the cell, what of its own (`fill_cell`), the risk (-1: none)."""

    cell: Ints
    own: Ints
    risk: Ints


@kernel
def fill_fired(
    program: Program,
    cells: Cells,
    off_risks: Ints,
    first: int,
    count: int,
    scratch: Scratch,
    fired: MutableSequence[int],
) -> None:
    """Fill which risks happen (1) from iteration ``first`` on, risk by risk.

    Those that are off happen never.
    """
    for risk in range(len(cells.risk_draw)):
        at = risk * count
        if off_risks[risk]:
            for lane in range(count):
                fired[at + lane] = 0
            continue
        draw = cells.risk_draw[risk]
        probability = program.params[PARAMETERS * draw]
        roll(program, draw, first, count, scratch)
        for lane in range(count):
            fired[at + lane] = 1 if scratch.rolls[lane] < probability else 0


@kernel
def fill_cell(  # noqa: PLR0917 - kernels take containers in order
    program: Program,
    cells: Cells,
    cell: int,
    without_own: int,
    without_risk: int,
    fired: Ints,
    first: int,
    count: int,
    scratch: Scratch,
    spare: MutableSequence[int],
    minutes: MutableSequence[int],
) -> None:
    """Fill the minutes of a cell, one for each iteration from ``first``.

    Parameters
    ----------
    without_own
        ``OWN`` to leave the item's own uncertainty out; ``HELD`` to let the item take no longer
        than without uncertainty, whatever happens; 0 for neither.
    without_risk
        A risk to be left out, -1 for none.
    spare
        Space for two blocks.
    """
    if cells.own[cell] < 0 or without_own == OWN:
        base = cells.base[cell]
        for lane in range(count):
            minutes[lane] = base
    else:
        roll(program, cells.own[cell], first, count, scratch)
        sample(program, cells.own[cell], count, scratch, minutes)
    begin, end = cells.impact_at[cell], cells.impact_at[cell + 1]
    if without_own == HELD:
        base = cells.base[cell]  # and what risks add only makes it longer
        for lane in range(count):
            minutes[lane] = min(minutes[lane], base)
        return
    if begin == end:
        return
    # The longest of what runs in parallel: beside an own delay that is the own delay at least.
    hits, longest = spare[:count], spare[count : 2 * count]
    for lane in range(count):
        longest[lane] = minutes[lane] if cells.is_delay[cell] else 0
    if cells.is_delay[cell]:
        for lane in range(count):
            minutes[lane] = 0
    for impact in range(begin, end):
        risk = cells.impact_risk[impact]
        if risk == without_risk:
            continue
        happens = fired[risk * count : risk * count + count]
        roll(program, cells.impact_draw[impact], first, count, scratch)
        sample(program, cells.impact_draw[impact], count, scratch, hits)
        if cells.impact_series[impact]:
            for lane in range(count):
                minutes[lane] += hits[lane] * happens[lane]
        else:
            for lane in range(count):
                longest[lane] = max(longest[lane], hits[lane] * happens[lane])
    for lane in range(count):
        minutes[lane] = min(minutes[lane] + longest[lane], _LONGEST)


@kernel
def fill_cells(  # noqa: PLR0917 - kernels take containers in order
    program: Program,
    cells: Cells,
    pairs: Pairs,
    fired: Ints,
    first: int,
    count: int,
    scratch: Scratch,
    spare: MutableSequence[int],
    minutes: MutableSequence[int],
) -> None:
    """Fill the minutes of these cells, one block after the other; see `fill_cell`."""
    for number in range(len(pairs.cell)):
        fill_cell(
            program,
            cells,
            pairs.cell[number],
            pairs.own[number],
            pairs.risk[number],
            fired,
            first,
            count,
            scratch,
            spare,
            minutes[number * count : number * count + count],
        )

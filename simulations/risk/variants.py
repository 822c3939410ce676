"""The nets of a plan: as it is, and as risks change its links, meetings or dates when they happen.

A risk with *effects* (operations of a scenario) makes another plan of it. So iterations are sorted
by which of such risks happen together, and each set that occurs has a net of its own, compiled when
it first does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

import numpy as np

from graphmodel.errors import KnockonError, ScenarioError
from graphmodel.scenario import Scenario
from simulations.engine import as_arrays
from simulations.risk.ways import find_way

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from simulations.compiled import Compiled
    from simulations.kernels.shapes import Changes, Net
    from simulations.passes import Passes
    from simulations.risk.model import RiskModel
    from simulations.risk.ways import Way

__all__ = ["MOST_VARIANTS", "Variant", "Variants"]

#: The most sets of risks with effects that may happen together in one run.
MOST_VARIANTS: Final = 256


@dataclass(frozen=True, eq=False)
class Variant:
    """One net, its dates without uncertainty, and what its positions are in the plan as it is.

    Attributes
    ----------
    passes, changes
        The dates, and the slips that the effects add.
    ways
        By cell, how it acts in this net; None where it does not.
    positions
        By cell, its position.
    home
        By position, that of the same item in the plan as it is.
    """

    passes: Passes
    changes: Changes
    ways: tuple[Way | None, ...]
    positions: tuple[int, ...]
    home: NDArray[np.int64]

    @property
    def compiled(self) -> Compiled:
        """The compiled net."""
        return self.passes.compiled

    @cached_property
    def arrays(self) -> Net:
        """The net as arrays, made once for all threads."""
        made: Net = as_arrays(self.compiled.net)
        return made


class Variants:
    """The nets of a model, made as they are needed.

    Attributes
    ----------
    structural
        Numbers of the risks with effects, among the model's risks.
    """

    def __init__(self, model: RiskModel) -> None:
        self._model = model
        self.structural = [number for number, risk in enumerate(model.risks) if risk.effects]
        self._known: dict[int, Variant] = {}

    @cached_property
    def plain(self) -> Variant:
        """The plan as it is."""
        return self.of(0)

    def of(self, bits: int) -> Variant:
        """Return the net for a set of risks with effects: bit k for the k-th of them.

        Raises
        ------
        ScenarioError
            The effects cannot be carried out together, or too many different sets occur.
        """
        if bits not in self._known:
            if len(self._known) > MOST_VARIANTS:
                raise ScenarioError(
                    f"The risks with effects happen together in more than {MOST_VARIANTS} "
                    "different ways: give fewer of them effects, or run fewer iterations."
                )
            self._known[bits] = self._make(bits)
        return self._known[bits]

    def _make(self, bits: int) -> Variant:
        model, gaps = self._model, self._model.gaps
        baseline = model.baseline
        if not bits:
            passes = baseline.passes[gaps]
            return self._variant(passes, passes.compiled.engine.no_changes())
        risks = [
            model.risks[number] for bit, number in enumerate(self.structural) if bits >> bit & 1
        ]
        effects = {effect.model_dump_json(): effect for risk in risks for effect in risk.effects}
        try:
            run = baseline.run(Scenario(changes=tuple(effects.values())))
            passes = run.after(gaps)
        except KnockonError as error:
            names = " and ".join(f'"{risk.id}"' for risk in risks)
            does = "happens" if len(risks) == 1 else "happen together"
            raise ScenarioError(f"When the risk {names} {does}: {error}") from error
        return self._variant(passes, run.slips(gaps)[0])

    def _variant(self, passes: Passes, changes: Changes) -> Variant:
        compiled, base = passes.compiled, self._model.baseline.compiled
        positions = tuple(compiled.at[one] for one in self._model.cell_items)
        return Variant(
            passes=passes,
            changes=changes,
            ways=tuple(find_way(compiled, passes.lengths, one) for one in positions),
            positions=positions,
            home=np.array([base.at[one] for one in compiled.ids], np.int64),
        )

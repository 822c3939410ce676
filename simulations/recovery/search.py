"""The cheapest cuts under the best choices: branch and bound over `crash`.

A choice that is still open is relaxed: it costs no more, holds nothing more, and brings forward as
much as any of its options. So what `crash` finds with some choices open is never more than what any
way to close them costs, and no branch is followed that cannot do better than the best one found.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from simulations.recovery.crash import crash

if TYPE_CHECKING:
    from collections.abc import Mapping

    from simulations.recovery.crash import Crash
    from simulations.recovery.decisions import Option
    from simulations.recovery.model import Model

__all__ = ["Found", "find_cheapest"]


@dataclass(frozen=True, slots=True)
class Found:
    """The best cuts and options found.

    ``at_least`` is what every solution weighs at the least; equal to ``weight`` where the search
    was completed.
    """

    weight: int
    at_least: int
    crash: Crash
    options: tuple[Option, ...]


class _Search:
    def __init__(self, model: Model, needs: Mapping[int, int], budget: int) -> None:
        self.model, self.needs, self.left = model, needs, budget
        self.best: Found | None = None
        self.is_complete = True

    def run(self) -> Found | None:
        root = self._solve(())
        if root is None:
            return None
        self._branch(())
        if self.best is None:
            return None
        least = self.best.weight if self.is_complete else root[0]
        return Found(self.best.weight, least, self.best.crash, self.best.options)

    def _branch(self, taken: tuple[Option, ...]) -> None:
        if self.left <= 0 and self.best is not None:
            self.is_complete = False
            return
        solved = self._solve(taken)
        if solved is None or (self.best is not None and solved[0] >= self.best.weight):
            return
        if len(taken) == len(self.model.choices):
            self.best = Found(solved[0], solved[0], solved[1], taken)
            return
        for option in self.model.choices[len(taken)].options:
            self._branch((*taken, option))

    def _solve(self, taken: tuple[Option, ...]) -> tuple[int, Crash] | None:
        """Return the least weight with these options taken and the other choices relaxed."""
        self.left -= 1
        open_choices = self.model.choices[len(taken) :]
        options = [*taken, *(choice.relaxed for choice in open_choices)]
        arcs = [*self.model.arcs, *(arc for option in options for arc in option.arcs)]
        needs = dict(self.needs)
        for option in options:
            for event, need in option.needs.items():
                needs[event] = max(need, needs.get(event, 0))
        found = crash(self.model.size, arcs, needs)
        if found is None:
            return None
        return found.cost + sum(option.weight for option in options), found


def find_cheapest(model: Model, needs: Mapping[int, int], budget: int) -> Found | None:
    """Return the cheapest solution; None where there is none.

    Parameters
    ----------
    needs
        By event, how far it has to be brought forward.
    budget
        How many networks are solved before the best found so far is taken.
    """
    return _Search(model, needs, budget).run()

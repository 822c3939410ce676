"""What a day of each cure costs: one, unless told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from graphmodel.errors import ScenarioError, UnknownIdError
from graphmodel.index import close_ids

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphmodel.plan import Plan
    from simulations.recovery.levers import Lever

__all__ = ["Prices"]

#: Prices are told in millionths, so that they are whole numbers.
_FINE: Final = 1_000_000
#: Weights are told in these, so that among sets of one cost a preference decides.
_STEP: Final = 10**18


class Prices:
    """Costs of a day, by the id of an item or a board, or for a link ``A>B``, and their weights.

    Raises
    ------
    UnknownIdError
        The plan has no such item, board or link.
    ScenarioError
        A cost is below 0, or is no number.
    """

    def __init__(self, plan: Plan, costs: Mapping[str, float]) -> None:
        names = {name for board in plan.boards for name in (board.id, board.title)}
        links = {f"{link.from_}>{link.to}" for link in plan.links}
        for one, cost in costs.items():
            if one not in plan.index.items and one not in names and one not in links:
                known = [*plan.index.items, *names]
                raise UnknownIdError("item, board or link", one, close_ids(one, known))
            if not 0 <= cost < _FINE:
                raise ScenarioError(
                    f"A day of {one} must cost a number from 0 to a million, not {cost:g}."
                )
        self._costs = dict(costs)

    @property
    def are_whole(self) -> bool:
        """Whether every price is a whole number."""
        return all(float(cost).is_integer() for cost in self._costs.values())

    def of(self, lever: Lever) -> float:
        """Return what a day of a lever costs."""
        return next((self._costs[one] for one in lever.price if one in self._costs), 1.0)

    def by_minute(self, lever: Lever, rank: int) -> int:
        """Return what a minute of a lever weighs; of equals the lower rank is taken."""
        return round(self.of(lever) * _FINE) * _STEP + rank

    def flat(self, lever: Lever, minutes: int) -> int:
        """Return what a lever weighs that is worth so many minutes as a whole."""
        return minutes * self.by_minute(lever, 0) + 1

    def told(self, weight: int, day: int) -> float:
        """Return a weight as a cost in days of so many minutes."""
        return weight // _STEP / (_FINE * day)

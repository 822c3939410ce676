"""How delays hang together: common causes, and given pairs (a Gaussian copula).

Each uncertain item has a normal number, mixed from independent ones:

* a *common cause* is a die that several items share: with an officer at ``owner_correlation`` r,
  each of the officer's items takes √r of it, so that any two of them have correlation r. With a
  theme the same. What both leave over, up to 1, is the item's own die.
* items that ``correlate`` with one group share that own die: they move together entirely, but for
  what their officers and themes give them.
* ``correlations`` says what the correlation of two items is. The items named in pairs then have, in
  place of own dice, a mixture of them: L z with L Lᵀ the matrix that is left once the common causes
  are taken away (Cholesky). Where that matrix cannot be (not positive semi-definite), no random
  numbers have these correlations, and the plan is refused.

A correlation is that of the normal numbers. For normal distributions it is that of the delays; the
rank correlation of any others is 6/π·asin(r/2), at most 0.018 less.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from graphmodel.errors import PlanError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from graphmodel.plan import Plan
    from simulations.risk.dice import Term

__all__ = ["Mixing"]

_TINY: Final = 1e-12
#: Pairs that a message names.
_NAMED: Final = 3


@dataclass(frozen=True)
class _Share:
    """What an item takes of common causes, and the die that is its own or its group's."""

    causes: tuple[Term, ...]
    own: str

    @property
    def left(self) -> float:
        """The part of its variance that no common cause gives it."""
        return 1.0 - sum(load * load for _, load in self.causes)


class Mixing:
    """The terms of every uncertain item.

    Parameters
    ----------
    groups
        By uncertain item, the group it correlates with, or None.

    Raises
    ------
    PlanError
        The correlations of officers and themes add up to more than 1, or given pairs are
        impossible.
    """

    def __init__(self, plan: Plan, groups: Mapping[str, str | None]) -> None:
        options = plan.options.risk
        if options.owner_correlation + options.theme_correlation > 1.0 + _TINY:
            raise PlanError(
                f"The owner_correlation {options.owner_correlation:g} and the theme_correlation "
                f"{options.theme_correlation:g} are more than 1 together: an officer's items of "
                "one theme cannot move together more than entirely; lower one of them."
            )
        self._plan = plan
        self._shares = {item: self._share(item, group) for item, group in groups.items()}
        self._pairs = self._given(groups)
        self._residuals: dict[str, tuple[Term, ...]] = {}
        for members in _components(self._pairs):
            self._residuals.update(self._mix(members))

    def terms(self, item: str) -> tuple[Term, ...]:
        """Return the dice that an item's normal number is mixed from."""
        share = self._shares[item]
        if item in self._residuals:
            return (*share.causes, *self._residuals[item])
        if not share.causes:
            return ((share.own, 1.0),)
        left = share.left
        own: tuple[Term, ...] = ((share.own, math.sqrt(left)),) if left > _TINY else ()
        return (*share.causes, *own)

    def _share(self, item: str, group: str | None) -> _Share:
        options, index = self._plan.options.risk, self._plan.index
        causes: list[Term] = []
        officers = [one for one in index.officers_of(item) if one.kind != "group"]
        if options.owner_correlation > 0.0 and officers:
            load = math.sqrt(options.owner_correlation / len(officers))
            causes += [(f"officer:{officer.id}", load) for officer in officers]
        theme = _theme(self._plan, item)
        if options.theme_correlation > 0.0 and theme is not None:
            causes.append((f"theme:{theme}", math.sqrt(options.theme_correlation)))
        return _Share(tuple(causes), f"item:{item}" if group is None else f"group:{group}")

    def _given(self, known: Iterable[str]) -> dict[tuple[str, str], float]:
        """Return the given pairs of uncertain items, each once."""
        uncertain = set(known)
        given: dict[tuple[str, str], float] = {}
        for pair in self._plan.options.risk.correlations:
            first, second = sorted((pair.a, pair.b))
            if first == second:
                raise PlanError(
                    f'The correlations name "{first}" with itself: name two items, or remove it.'
                )
            if given.get((first, second), pair.rho) != pair.rho:
                raise PlanError(
                    f'The correlations name "{first}" with "{second}" twice, as '
                    f"{given[first, second]:g} and as {pair.rho:g}: keep one."
                )
            if first in uncertain and second in uncertain:
                given[first, second] = pair.rho
        return given

    def _shared(self, a: str, b: str) -> float:
        """Return the correlation that common causes, and no own die, give two items."""
        others = dict(self._shares[b].causes)
        return sum(load * others.get(die, 0.0) for die, load in self._shares[a].causes)

    def _mix(self, members: Sequence[str]) -> dict[str, tuple[Term, ...]]:
        """Return the terms that take the place of own dice among items that pairs connect."""
        size = len(members)
        wanted = [[0.0] * size for _ in members]
        for row, a in enumerate(members):
            for column in range(row):
                b = members[column]
                rho = self._pairs.get((min(a, b), max(a, b)))
                if rho is not None:
                    wanted[row][column] = rho - self._shared(a, b)
                elif self._shares[a].own == self._shares[b].own:
                    left = self._shares[a].left * self._shares[b].left
                    wanted[row][column] = math.sqrt(max(left, 0.0))
            wanted[row][row] = self._shares[a].left
        lower = _cholesky(wanted, 1.0)
        if lower is None:
            raise self._impossible(members, wanted)
        return {
            one: tuple(
                (f"pairs:{members[column]}", load) for column, load in enumerate(lower[row]) if load
            )
            for row, one in enumerate(members)
        }

    def _impossible(self, members: Sequence[str], wanted: list[list[float]]) -> PlanError:
        """Return the refusal of pairs that cannot be, with the same pairs made weaker."""
        low, high = 0.0, 1.0
        for _ in range(20):
            middle = 0.5 * (low + high)
            if _cholesky(wanted, middle) is None:
                high = middle
            else:
                low = middle
        inside = set(members)
        pairs = [(pair, rho) for pair, rho in self._pairs.items() if pair[0] in inside]
        named = ", ".join(f"{a} with {b} {rho:g}" for (a, b), rho in pairs[:_NAMED])
        more = f" and {len(pairs) - _NAMED} more" if len(pairs) > _NAMED else ""
        rhos = [rho * low + self._shared(*pair) * (1.0 - low) for pair, rho in pairs[:_NAMED]]
        nearer = ", ".join(f"{math.floor(abs(rho) * 100) / 100 * _sign(rho):g}" for rho in rhos)
        return PlanError(
            f"The correlations {named}{more} cannot all hold at once, beside what officers and "
            f"themes share: weaken them, such as to {nearer}{more and ', and the others alike'}."
        )


def _sign(value: float) -> float:
    return -1.0 if value < 0 else 1.0


def _theme(plan: Plan, item: str) -> str | None:
    """Return the theme an item belongs to, or the outermost thing it is part of."""
    above = plan.index.ancestors(item)
    themes = [one for one in above if plan.index.items[one].kind == "theme"]
    return themes[0] if themes else (above[-1] if above else None)


def _components(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return the items that pairs connect, each set of them in order."""
    home: dict[str, list[str]] = {}
    for a, b in pairs:
        first, second = home.setdefault(a, [a]), home.setdefault(b, [b])
        if first is not second:
            first += second
            for one in second:
                home[one] = first
    return [sorted(members) for members in {id(one): one for one in home.values()}.values()]


def _cholesky(matrix: list[list[float]], scale: float) -> list[list[float]] | None:
    """Return the lower triangle L with L Lᵀ the matrix, its off-diagonal scaled; None if none is.

    Plain arithmetic in a fixed order, so that it is the same on every machine. Rows that others
    determine (a correlation of 1) have a diagonal of 0.
    """
    size = len(matrix)
    lower = [[0.0] * size for _ in range(size)]
    for row in range(size):
        for column in range(row + 1):
            value = matrix[row][column] * (1.0 if row == column else scale)
            for place in range(column):
                value -= lower[row][place] * lower[column][place]
            if row == column:
                if value < -_TINY:
                    return None
                lower[row][row] = math.sqrt(value) if value > _TINY else 0.0
            elif lower[column][column]:
                lower[row][column] = value / lower[column][column]
            elif abs(value) > 1e-9:  # noqa: PLR2004 - what cannot be made up for by any load
                return None
    return lower

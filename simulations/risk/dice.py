"""Dice and draws as they are collected, and the program of columns that the kernels run."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from simulations.kernels.beta import SHAPE_SIZE, fill_shape
from simulations.kernels.draws import EMPIRICAL, PARAMETERS, PERT, Program
from simulations.risk.arrays import floats, ints, zeros

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from simulations.risk.amounts import Amount

__all__ = ["Dealer", "Term"]

#: A die by its name, and its load in the normal number that a draw is made of.
Term = tuple[str, float]

_WORD = 1 << 32
#: Shapes of PERT distributions from which it pays to compile what fills their tables.
_MANY_SHAPES = 200


class Dealer:
    """Collects draws; a die is known by its name, and rolls by that name and the seed alone.

    So what else a plan holds, and in which order, has no influence on an item's rolls.
    """

    def __init__(self) -> None:
        self._dice: dict[str, int] = {}
        self._term_at = [0]
        self._term_die: list[int] = []
        self._term_load: list[float] = []
        self._amounts: list[Amount] = []

    def add(self, amount: Amount, terms: Sequence[Term]) -> int:
        """Add a draw; return its number. The squares of the loads add up to 1."""
        for name, load in terms:
            self._term_die.append(self._dice.setdefault(name, len(self._dice)))
            self._term_load.append(load)
        self._term_at.append(len(self._term_die))
        self._amounts.append(amount)
        return len(self._amounts) - 1

    def program(self, seed: int, strata: int) -> Program:
        """Return everything as columns."""
        names = [_name_bits(name) for name in self._dice]
        params = zeros(PARAMETERS * len(self._amounts), np.float64)
        values: list[float] = []
        for number, amount in enumerate(self._amounts):
            place = PARAMETERS * number
            params[place : place + PARAMETERS] = amount.params
            if amount.kind == EMPIRICAL:
                params[place] = len(values)
                values.extend(amount.values)
        modes = [amount.mode for amount in self._amounts if amount.kind == PERT]
        known = {mode: number for number, mode in enumerate(dict.fromkeys(modes))}
        shape = [
            known[amount.mode] * SHAPE_SIZE if amount.kind == PERT else 0
            for amount in self._amounts
        ]
        return Program(
            seed=ints(divmod(seed, _WORD)[::-1]),
            strata=strata,
            die_low=ints([bits % _WORD for bits in names]),
            die_high=ints([bits // _WORD for bits in names]),
            term_at=ints(self._term_at),
            term_die=ints(self._term_die),
            term_load=floats(self._term_load),
            kind=ints([amount.kind for amount in self._amounts]),
            zero=floats([amount.zero for amount in self._amounts]),
            params=params,
            shape=ints(shape),
            values=floats(values),
            shapes=_shape_tables(list(known)),
        )


def _name_bits(name: str) -> int:
    """Return 64 bits for the name of a die."""
    digest = hashlib.blake2b(name.encode(), digest_size=8, person=b"knockon die").digest()
    return int.from_bytes(digest, "little")


def _shape_tables(modes: Sequence[float]) -> Any:
    tables = zeros(SHAPE_SIZE * len(modes), np.float64)
    fill: Callable[[float, Any, int], None] = fill_shape
    if len(modes) > _MANY_SHAPES:
        from simulations.jit import compiled  # noqa: PLC0415 - heavy

        fill = compiled(fill_shape)
    for number, mode in enumerate(modes):
        fill(mode, tables, SHAPE_SIZE * number)
    return tables

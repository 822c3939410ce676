"""The inverse of the PERT distribution's beta function, tabulated once for each shape.

A PERT estimate is a beta distribution with factors a = 1 + 4m and b = 5 - 4m, where m is where the
mode lies between low (0) and high (1). Its inverse has no closed form. Near an end it behaves like
a power of the probability, so it is smooth on a scale of powers of two: each tail's probabilities
are cut into octaves and each octave into cells, and in a cell the inverse is a cubic through its
values and slopes at both ends (Hermite). Values come from the continued fraction of the incomplete
beta function (Press et al., "Numerical Recipes", 6.4) and Newton's method, slopes from the density.

With eight cells in an octave the inverse is right to 1 part in a million of the range (tested).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from simulations.kernels.normal import exp, log
from simulations.kernels.registry import kernel

if TYPE_CHECKING:
    from collections.abc import MutableSequence, Sequence

__all__ = ["CELLS", "OCTAVES", "SHAPE_SIZE", "beta_below", "beta_quantile", "fill_shape"]

#: Octaves of a tail, more than a roll of 32 bits can tell apart; beyond, the inverse is a line.
OCTAVES: Final = 34
#: Cells of an octave.
CELLS: Final = 8
#: Numbers of one tail: four factors of a cubic for each cell, and the line at the end.
_TAIL_SIZE: Final = 4 * (OCTAVES * CELLS + 1)
#: Numbers of one shape: its two tails.
SHAPE_SIZE: Final = 2 * _TAIL_SIZE

_TINY: Final = 1e-300
_CLOSE: Final = 1e-16
_STEPS: Final = 200
#: log((a + b - 1)!) with a + b = 6.
_LOG_120: Final = 4.787491742782046
# Lanczos' series for the gamma function, g = 7, nine terms (Godfrey).
_LANCZOS: Final = (
    0.9999999999998099,
    676.5203681218851,
    -1259.1392167224028,
    771.3234287776531,
    -176.6150291621406,
    12.507343278686905,
    -0.13857109526572012,
    9.984369578019572e-06,
    1.5056327351493116e-07,
)
_LOG_ROOT_TWO_PI: Final = 0.9189385332046728


@kernel
def _log_gamma(value: float) -> float:
    """Return log Γ of a number from 1 to 5."""
    low = value - 1.0
    total = _LANCZOS[0]
    for term in range(1, 9):
        total += _LANCZOS[term] / (low + term)
    high = low + 7.5
    return _LOG_ROOT_TWO_PI + (low + 0.5) * log(high) - high + log(total)


@kernel
def _fraction(a: float, b: float, share: float) -> float:
    """Return the continued fraction of the incomplete beta function (Lentz's method)."""
    c = 1.0
    d = 1.0 - (a + b) * share / (a + 1.0)
    d = 1.0 / (d if abs(d) > _TINY else _TINY)
    total = d
    for step in range(1, _STEPS):
        even = step * (b - step) * share / ((a + 2 * step - 1.0) * (a + 2 * step))
        d = 1.0 + even * d
        c = 1.0 + even / c
        d = 1.0 / (d if abs(d) > _TINY else _TINY)
        c = c if abs(c) > _TINY else _TINY
        total *= d * c
        odd = -(a + step) * (a + b + step) * share / ((a + 2 * step) * (a + 2 * step + 1.0))
        d = 1.0 + odd * d
        c = 1.0 + odd / c
        d = 1.0 / (d if abs(d) > _TINY else _TINY)
        c = c if abs(c) > _TINY else _TINY
        total *= d * c
        if abs(d * c - 1.0) < _CLOSE:
            break
    return total


@kernel
def _density(a: float, b: float, scale: float, share: float) -> float:
    """Return the density at a share of the range between 0 and 1; ``scale``: log of 1 / B(a, b)."""
    return exp(scale + (a - 1.0) * log(share) + (b - 1.0) * log(1.0 - share))


@kernel
def beta_below(a: float, b: float, scale: float, share: float) -> float:
    """Return the probability to be below a share of the range."""
    if share <= 0.0 or share >= 1.0:
        return 0.0 if share <= 0.0 else 1.0
    front = exp(scale + a * log(share) + b * log(1.0 - share))
    if share < (a + 1.0) / (a + b + 2.0):
        return front * _fraction(a, b, share) / a
    return 1.0 - front * _fraction(b, a, 1.0 - share) / b


@kernel
def _solve(a: float, b: float, scale: float, chance: float, guess: float) -> float:
    """Return the share of the range that is below with a probability: Newton, held by halving."""
    low, high, share = 0.0, 1.0, guess
    for _ in range(_STEPS):
        miss = beta_below(a, b, scale, share) - chance
        if miss > 0.0:
            high = share
        else:
            low = share
        following = share - miss / _density(a, b, scale, share)
        if not low < following < high:
            following = 0.5 * (low + high)
        if abs(following - share) <= _CLOSE * share:
            return following
        share = following
    return share


@kernel
def _fill_tail(a: float, b: float, table: MutableSequence[float], at: int) -> None:
    """Fill the cubics of the tail at the low end."""
    scale = _LOG_120 - _log_gamma(a) - _log_gamma(b)
    chance = 0.5
    share = _solve(a, b, scale, chance, 0.5)
    slope = 1.0 / _density(a, b, scale, share)
    for octave in range(OCTAVES):
        top = math.ldexp(0.5, -octave)
        for cell in range(CELLS - 1, -1, -1):
            below = top * (CELLS + cell) / (2 * CELLS)
            width = top / (2 * CELLS)
            under = _solve(a, b, scale, below, share * below / (below + width))
            rise = 1.0 / _density(a, b, scale, under)
            place = at + 4 * (octave * CELLS + cell)
            step = share - under
            table[place] = under
            table[place + 1] = rise * width
            table[place + 2] = 3.0 * step - (2.0 * rise + slope) * width
            table[place + 3] = (rise + slope) * width - 2.0 * step
            share, slope = under, rise
    place = at + 4 * OCTAVES * CELLS
    table[place] = share / math.ldexp(0.5, -OCTAVES)
    table[place + 1] = table[place + 2] = table[place + 3] = 0.0


@kernel
def fill_shape(mode: float, table: MutableSequence[float], at: int) -> None:
    """Fill the table of one shape from place ``at``; ``mode`` from 0 to 1."""
    a, b = 1.0 + 4.0 * mode, 5.0 - 4.0 * mode
    _fill_tail(a, b, table, at)
    _fill_tail(b, a, table, at + _TAIL_SIZE)


@kernel
def beta_quantile(table: Sequence[float], at: int, share: float) -> float:
    """Return what is below with a probability of ``share``, from a table that starts at ``at``."""
    upper = share > 0.5  # noqa: PLR2004 - the upper tail is the lower one of the mirror image
    chance = 1.0 - share if upper else share
    begin = at + _TAIL_SIZE if upper else at
    part, power = math.frexp(2.0 * chance)
    if power > 0:  # exactly in the middle
        part, power = 1.0, 0
    if power <= -OCTAVES:
        value = table[begin + 4 * OCTAVES * CELLS] * chance
    else:
        scaled = (part - 0.5) * (2 * CELLS)
        cell = min(int(scaled), CELLS - 1)
        inside = scaled - cell
        place = begin + 4 * (-power * CELLS + cell)
        value = table[place] + inside * (
            table[place + 1] + inside * (table[place + 2] + inside * table[place + 3])
        )
    return 1.0 - value if upper else value

"""Quantiles of the beta and of Student's t distribution, by the incomplete beta function."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["beta_below", "beta_quantile", "t_quantile"]

_TINY: Final = 1e-300
_CLOSE: Final = 1e-15
_STEPS: Final = 10_000
#: Halvings that take an interval to the spacing of floats.
_HALVINGS: Final = 80


def beta_below(share: float, a: float, b: float) -> float:
    """Return the chance that a beta variable lies below ``share`` (0 to 1).

    Lentz's method on the continued fraction of the regularised incomplete beta function (Press et
    al., "Numerical Recipes", 6.4), on whichever side it converges faster.
    """
    if share <= 0 or share >= 1:
        return float(share >= 1)
    if share > (a + 1) / (a + b + 2):
        return 1 - beta_below(1 - share, b, a)
    front = a * math.log(share) + b * math.log1p(-share)
    front += math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    return math.exp(front) * _fraction(share, a, b) / a


def _fraction(share: float, a: float, b: float) -> float:
    """Return the continued fraction; each step takes an even and an odd term."""
    upper, lower = 1.0, _away(1 - (a + b) * share / (a + 1))
    total = lower = 1 / lower
    for step in range(1, _STEPS):
        even = step * (b - step) * share / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * share / ((a + 2 * step) * (a + 2 * step + 1))
        change = 1.0
        for term in (even, odd):
            lower = 1 / _away(1 + term * lower)
            upper = _away(1 + term / upper)
            change = upper * lower
            total *= change
        if abs(change - 1) < _CLOSE:
            break
    return total


def _away(value: float) -> float:
    """Return a number that can be divided by."""
    return value if abs(value) > _TINY else _TINY


def beta_quantile(chance: float, a: float, b: float) -> float:
    """Return the share that a beta variable lies below with this chance (0 to 1)."""
    return _invert(lambda share: beta_below(share, a, b), chance, 0.0, 1.0)


@lru_cache(maxsize=1024)  # forty of each few degrees of freedom are asked for
def t_quantile(chance: float, freedom: float) -> float:
    """Return what Student's t with so many degrees of freedom lies below with this chance.

    Twice the chance beyond \u00b1t is that of a beta variable with ``freedom / 2`` and 1/2 to lie
    below freedom / (freedom + t\u00b2).
    """
    if chance == 1 / 2:
        return 0.0
    share = beta_quantile(2 * min(chance, 1 - chance), freedom / 2, 1 / 2)
    size = math.sqrt(freedom * (1 - share) / share)
    return -size if chance < 1 / 2 else size


def _invert(below: Callable[[float], float], chance: float, low: float, high: float) -> float:
    """Return where a rising function reaches ``chance``, by halving."""
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if below(middle) < chance:
            low = middle
        else:
            high = middle
    return (low + high) / 2

"""Logarithm, exponential, normal distribution and its inverse in basic arithmetic only.

The C libraries of different machines differ in the last bit of ``log`` or ``exp``; addition,
subtraction, multiplication, division and square root are the same everywhere (IEEE 754), and so is
what is made of them in a fixed order. So these functions give the same bits on every machine, as
plain Python and compiled (the compiler is not allowed to reorder or fuse them).
"""

from __future__ import annotations

import math
from typing import Final

from simulations.kernels.registry import kernel

__all__ = ["exp", "log", "normal_below", "normal_quantile"]

_ROOT_HALF: Final = 0.7071067811865476
# ln 2 in two parts, the first short enough that a product with an exponent is exact.
_LN2_HIGH: Final = 0.6931471803691238
_LN2_LOW: Final = 1.9082149292705877e-10
_PER_LN2: Final = 1.4426950408889634
_LOG_TERMS: Final = 12
_EXP_TERMS: Final = 14
#: Beyond this the exponential is 0, or larger than any length of time.
_FARTHEST: Final = 700.0

# Wichura, "Algorithm AS 241: the percentage points of the normal distribution" (Applied Statistics
# 37, 1988), PPND16: numerators and denominators, highest power first; about 1 part in 10**16.
_CENTRE_OVER: Final = (
    2509.0809287301227,
    33430.57558358813,
    67265.7709270087,
    45921.95393154987,
    13731.69376550946,
    1971.5909503065513,
    133.14166789178438,
    3.3871328727963665,
)
_CENTRE_UNDER: Final = (
    5226.495278852854,
    28729.085735721943,
    39307.89580009271,
    21213.794301586597,
    5394.196021424751,
    687.1870074920579,
    42.31333070160091,
    1.0,
)
_NEAR_OVER: Final = (
    0.0007745450142783414,
    0.022723844989269184,
    0.2417807251774506,
    1.2704582524523684,
    3.6478483247632045,
    5.769497221460691,
    4.630337846156546,
    1.4234371107496835,
)
_NEAR_UNDER: Final = (
    1.0507500716444169e-09,
    0.0005475938084995345,
    0.015198666563616457,
    0.14810397642748008,
    0.6897673349851,
    1.6763848301838038,
    2.053191626637759,
    1.0,
)
_FAR_OVER: Final = (
    2.0103343992922881e-07,
    2.7115555687434876e-05,
    0.0012426609473880784,
    0.026532189526576124,
    0.29656057182850487,
    1.7848265399172913,
    5.463784911164114,
    6.657904643501103,
)
_FAR_UNDER: Final = (
    2.0442631033899397e-15,
    1.421511758316446e-07,
    1.8463183175100548e-05,
    0.0007868691311456133,
    0.014875361290850615,
    0.1369298809227358,
    0.599832206555888,
    1.0,
)

# Hart's rational function in the form of West, "Better approximations to cumulative normal
# functions" (Wilmott, 2005): about 1 part in 10**15.
_BELOW_OVER: Final = (
    3.52624965998911e-02,
    0.700383064443688,
    6.37396220353165,
    33.912866078383,
    112.079291497871,
    221.213596169931,
    220.206867912376,
)
_BELOW_UNDER: Final = (
    8.83883476483184e-02,
    1.75566716318264,
    16.064177579207,
    86.7807322029461,
    296.564248779674,
    637.333633378831,
    793.826512519948,
    440.413735824752,
)
_NEAR_ENDS: Final = 7.07106781186547
_ROOT_TWO_PI: Final = 2.5066282746310002


@kernel
def _horner(factors: tuple[float, ...], value: float) -> float:
    """Return a polynomial, its factors from the highest power down."""
    total = 0.0
    for factor in factors:
        total = total * value + factor
    return total


@kernel
def log(value: float) -> float:
    """Return the natural logarithm of a positive number."""
    part, power = math.frexp(value)
    if part < _ROOT_HALF:
        part *= 2.0
        power -= 1
    ratio = (part - 1.0) / (part + 1.0)
    square = ratio * ratio
    total = 0.0
    for term in range(_LOG_TERMS - 1, -1, -1):  # the series of the inverse hyperbolic tangent
        total = total * square + 1.0 / (2 * term + 1)
    return power * _LN2_HIGH + (2.0 * ratio * total + power * _LN2_LOW)


@kernel
def exp(value: float) -> float:
    """Return e to the power of a number; beyond ±700 as if it were that."""
    held = min(max(value, -_FARTHEST), _FARTHEST)
    power = math.floor(held * _PER_LN2 + 0.5)
    rest = (held - power * _LN2_HIGH) - power * _LN2_LOW
    total = 1.0
    for term in range(_EXP_TERMS, 0, -1):
        total = total * rest / term + 1.0
    return math.ldexp(total, int(power))


@kernel
def normal_quantile(share: float) -> float:
    """Return what a standard normal number is below with a probability between 0 and 1."""
    middle = share - 0.5
    if abs(middle) <= 0.425:  # noqa: PLR2004 - the regions of the algorithm
        square = 0.180625 - middle * middle
        return middle * _horner(_CENTRE_OVER, square) / _horner(_CENTRE_UNDER, square)
    tail = share if middle < 0.0 else 1.0 - share
    depth = math.sqrt(-log(tail))
    if depth <= 5.0:  # noqa: PLR2004
        far = _horner(_NEAR_OVER, depth - 1.6) / _horner(_NEAR_UNDER, depth - 1.6)
    else:
        far = _horner(_FAR_OVER, depth - 5.0) / _horner(_FAR_UNDER, depth - 5.0)
    return -far if middle < 0.0 else far


@kernel
def normal_below(value: float) -> float:
    """Return the probability that a standard normal number is below ``value``."""
    size = abs(value)
    tail = 0.0
    if size < 38.0:  # noqa: PLR2004 - beyond, it is less than the least number
        density = exp(-0.5 * size * size)
        if size < _NEAR_ENDS:
            tail = density * _horner(_BELOW_OVER, size) / _horner(_BELOW_UNDER, size)
        else:
            below = size + 1.0 / (size + 2.0 / (size + 3.0 / (size + 4.0 / (size + 0.65))))
            tail = density / (below * _ROOT_TWO_PI)
    return tail if value <= 0.0 else 1.0 - tail

"""Rolls and samples: uncertain minutes of each iteration, for a block of them at a time.

A *die* gives one roll for each iteration, a number between 0 and 1. A *draw* is one uncertain
quantity: it turns the roll of its die, or of several dice mixed to a normal number (a Gaussian
copula), into whole minutes by the inverse of its distribution.

Everything is computed in 64-bit basic arithmetic, so a sample is the same on every machine. It is
rounded half up to whole minutes; where the exact value lies within one part in 10**15 of a half,
the rounded error of the arithmetic decides, the same way everywhere.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

from simulations.kernels.beta import beta_quantile
from simulations.kernels.normal import exp, log, normal_below, normal_quantile
from simulations.kernels.philox import fill_words, philox
from simulations.kernels.registry import kernel

if TYPE_CHECKING:
    from collections.abc import MutableSequence, Sequence

    from simulations.kernels.shapes import Ints

__all__ = [
    "CERTAIN",
    "EMPIRICAL",
    "EXPONENTIAL",
    "LOGNORMAL",
    "LONGEST",
    "NORMAL",
    "PARAMETERS",
    "PERT",
    "TRIANGULAR",
    "UNIFORM",
    "Program",
    "Scratch",
    "roll",
    "sample",
]

# Distributions, and their parameters in minutes.
CERTAIN: Final = 0  # value
UNIFORM: Final = 1  # low, high
TRIANGULAR: Final = 2  # low, mode, high
PERT: Final = 3  # low, high
NORMAL: Final = 4  # mean, sd; cut at zero
LOGNORMAL: Final = 5  # mean and sd of the logarithm
EXPONENTIAL: Final = 6  # mean
EMPIRICAL: Final = 7  # first value, how many

#: Parameters of a draw.
PARAMETERS: Final = 3
#: 300 years in minutes: the longest sample.
LONGEST: Final = 157_788_000.0

_PER_WORD: Final = 1.0 / 4294967296.0
_MASK: Final = 0xFFFFFFFF
_FEISTEL_ROUNDS: Final = 6


class Program(NamedTuple):
    """All dice and draws of a plan.

    Attributes
    ----------
    seed
        Its low and its high 32 bits.
    strata
        Number of strata of a Latin hypercube, as many as there are iterations; 0 for free rolls.
    die_low, die_high
        What each die is called by: 64 bits in two words.
    term_at, term_die, term_load
        The dice of draw d are those of the terms from ``term_at[d]`` to before ``term_at[d + 1]``;
        the squares of their loads add up to 1.
    kind, zero, params
        Distribution; the probability that it is zero instead; ``PARAMETERS`` numbers each.
    shape
        Where the table of a PERT distribution begins.
    values, shapes
        Values of empirical distributions, ascending; tables of `simulations.kernels.beta`.
    """

    seed: Ints
    strata: int
    die_low: Ints
    die_high: Ints
    term_at: Ints
    term_die: Ints
    term_load: Sequence[float]
    kind: Ints
    zero: Sequence[float]
    params: Sequence[float]
    shape: Ints
    values: Sequence[float]
    shapes: Sequence[float]


class Scratch(NamedTuple):
    """Space to work in, one number for each iteration of a block: words, rolls, sums."""

    words: MutableSequence[int]
    rolls: MutableSequence[float]
    mixed: MutableSequence[float]


@kernel
def _stratum(program: Program, die: int, iteration: int) -> int:
    """Return the stratum of an iteration: a permutation of all, another for each die.

    A Feistel network over the next even power of two, walked until it is back inside: Black and
    Rogaway, "Ciphers with arbitrary finite domains" (CT-RSA, 2002).
    """
    half = 1
    while (1 << (2 * half)) < program.strata:
        half += 1
    mask = (1 << half) - 1
    number = iteration
    while True:
        left, right = number >> half, number & mask
        for step in range(_FEISTEL_ROUNDS):
            word, _, _, _ = philox(
                right,
                (1 << 31) + step,
                program.die_low[die],
                program.die_high[die],
                program.seed[0],
                program.seed[1],
            )
            left, right = right, left ^ (word & mask)
        number = (left << half) | right
        if number < program.strata:
            return number


@kernel
def _roll_die(
    program: Program, die: int, first: int, count: int, scratch: Scratch, rolls: Sequence[float]
) -> None:
    """Fill the rolls of one die, each strictly between 0 and 1."""
    words = scratch.words
    fill_words(
        program.seed[0],
        program.seed[1],
        program.die_low[die],
        program.die_high[die],
        first,
        count,
        words,
    )
    if program.strata:
        for lane in range(count):
            stratum = 0
            if first + lane < program.strata:
                stratum = _stratum(program, die, first + lane)
            inside = (words[lane] + 0.5) * _PER_WORD
            rolls[lane] = (stratum + inside) / program.strata  # type: ignore[index]
    else:
        for lane in range(count):
            rolls[lane] = (words[lane] + 0.5) * _PER_WORD  # type: ignore[index]


@kernel
def roll(program: Program, draw: int, first: int, count: int, scratch: Scratch) -> None:
    """Fill ``scratch.rolls`` with the rolls of a draw from iteration ``first`` on."""
    begin, end = program.term_at[draw], program.term_at[draw + 1]
    rolls, mixed = scratch.rolls, scratch.mixed
    if end == begin + 1 and program.term_load[begin] > 0.0:
        _roll_die(program, program.term_die[begin], first, count, scratch, rolls)
        return
    for lane in range(count):
        mixed[lane] = 0.0
    for term in range(begin, end):
        load = program.term_load[term]
        _roll_die(program, program.term_die[term], first, count, scratch, rolls)
        for lane in range(count):
            mixed[lane] += load * normal_quantile(rolls[lane])
    for lane in range(count):
        rolls[lane] = normal_below(mixed[lane])


@kernel
def _whole(value: float) -> int:
    """Return minutes as a whole number, none below zero or beyond `LONGEST`."""
    return int(min(max(value, 0.0), LONGEST) + 0.5)


@kernel
def _inner(share: float) -> float:
    """Return a share held strictly between 0 and 1."""
    return min(max(share, 1e-16), 1.0 - 1e-16)


@kernel
def _leave_zeros(zero: float, count: int, rolls: MutableSequence[float]) -> None:
    """Stretch what is above the share of zeros over all of 0 to 1; a zero has a roll below 0."""
    for lane in range(count):
        above = rolls[lane] - zero
        rolls[lane] = above / (1.0 - zero) if above >= 0.0 else -1.0


@kernel
def sample(
    program: Program,
    draw: int,
    count: int,
    scratch: Scratch,
    minutes: MutableSequence[int],
) -> None:
    """Turn ``scratch.rolls`` into minutes; the rolls are used up."""
    rolls = scratch.rolls
    zero, kind = program.zero[draw], program.kind[draw]
    one = program.params[PARAMETERS * draw]
    two = program.params[PARAMETERS * draw + 1]
    three = program.params[PARAMETERS * draw + 2]
    if zero >= 1.0:
        for lane in range(count):
            minutes[lane] = 0
        return
    if zero > 0.0:
        _leave_zeros(zero, count, rolls)
    if kind == TRIANGULAR:
        # Held from below for zeros of a hurdle, so that no root of a negative number is taken.
        cut = (two - one) / (three - one)
        left, right = (three - one) * (two - one), (three - one) * (three - two)
        for lane in range(count):
            share = max(rolls[lane], 0.0)
            is_low = share < cut
            root = math.sqrt(share * left if is_low else (1.0 - share) * right)
            minutes[lane] = int((one + root if is_low else three - root) + 0.5)
    elif kind == UNIFORM:
        for lane in range(count):
            minutes[lane] = _whole(one + rolls[lane] * (two - one))
    elif kind == PERT:
        table = program.shape[draw]
        for lane in range(count):
            if rolls[lane] >= 0.0:
                share = beta_quantile(program.shapes, table, _inner(rolls[lane]))
                minutes[lane] = _whole(one + share * (two - one))
    elif kind == NORMAL:
        for lane in range(count):
            if rolls[lane] >= 0.0:
                minutes[lane] = _whole(one + two * normal_quantile(_inner(rolls[lane])))
    elif kind == LOGNORMAL:
        for lane in range(count):
            if rolls[lane] >= 0.0:
                value = exp(one + two * normal_quantile(_inner(rolls[lane])))
                minutes[lane] = _whole(value)
    elif kind == EXPONENTIAL:
        for lane in range(count):
            if rolls[lane] >= 0.0:
                minutes[lane] = _whole(-one * log(_inner(1.0 - rolls[lane])))
    elif kind == EMPIRICAL:
        first, size = int(one), int(two)
        for lane in range(count):
            place = min(max(int(rolls[lane] * size), 0), size - 1)
            minutes[lane] = _whole(program.values[first + place])
    else:
        for lane in range(count):
            minutes[lane] = _whole(one)
    if zero > 0.0:
        for lane in range(count):
            if rolls[lane] < 0.0:
                minutes[lane] = 0

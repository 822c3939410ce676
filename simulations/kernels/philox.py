"""Random bits from a counter: Philox4x32-10, the same on every machine.

Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (SC11, 2011). There is
no state: the bits of one roll are a function of the seed, of whose die it is and of the number of
the iteration, so that any of them can be had at any time, in any order, on any thread.

Integers of 32 bits stand in larger ones. A product of two of them has 64 bits; its upper half is
cut out with a mask, because the compiled twin's integers have a sign and Python's have no end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from simulations.kernels.registry import kernel

if TYPE_CHECKING:
    from collections.abc import MutableSequence

__all__ = ["WORDS", "fill_words", "philox"]

#: What one counter gives: that many iterations share it.
WORDS: Final = 4

_ROUNDS: Final = 10
_MASK: Final = 0xFFFFFFFF
_FACTOR_A: Final = 0xD2511F53
_FACTOR_C: Final = 0xCD9E8D57
_BUMP_LOW: Final = 0x9E3779B9
_BUMP_HIGH: Final = 0xBB67AE85


@kernel
def philox(a: int, b: int, c: int, d: int, low: int, high: int) -> tuple[int, int, int, int]:
    """Return four words of 32 bits for a counter of four words and a key of two."""
    for _ in range(_ROUNDS):
        left, right = a * _FACTOR_A, c * _FACTOR_C
        a = ((right >> 32) & _MASK) ^ b ^ low
        b = right & _MASK
        c = ((left >> 32) & _MASK) ^ d ^ high
        d = left & _MASK
        low = (low + _BUMP_LOW) & _MASK
        high = (high + _BUMP_HIGH) & _MASK
    return a, b, c, d


@kernel
def fill_words(
    seed_low: int,
    seed_high: int,
    die_low: int,
    die_high: int,
    first: int,
    count: int,
    words: MutableSequence[int],
) -> None:
    """Fill the words of one die for some iterations, ``first`` and ``count`` in whole `WORDS`.

    The counter is (iteration / 4 in two words, die in two words), the key is the seed.
    """
    begin = first >> 2
    for quad in range(count >> 2):
        number = begin + quad
        a, b, c, d = philox(number & _MASK, number >> 32, die_low, die_high, seed_low, seed_high)
        words[4 * quad] = a
        words[4 * quad + 1] = b
        words[4 * quad + 2] = c
        words[4 * quad + 3] = d

"""Numbers as lists print them: letters and Roman numerals."""

from __future__ import annotations

from typing import Final

__all__ = ["write_letters", "write_roman"]

_ROMAN: Final = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def write_roman(number: int) -> str:
    """Return a number from 1 in small Roman letters."""
    letters = ""
    for value, letter in _ROMAN:
        times, number = divmod(number, value)
        letters += letter * times
    return letters


def write_letters(number: int) -> str:
    """Return a number from 1 as letters: a to z, then aa, bb and on, as Word does."""
    times, letter = divmod(number - 1, 26)
    return chr(ord("a") + letter) * (times + 1)

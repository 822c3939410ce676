"""Text that goes into a file of another kind: what the file cannot hold is replaced and counted."""

from __future__ import annotations

import re
from typing import Final

from graphmodel.words import count

__all__ = ["CELL_LIMIT", "Texts"]

#: Characters that a cell of Excel holds.
CELL_LIMIT: Final = 32_767

#: Characters that XML has no way to write, half characters among them.
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENT: Final = "\N{REPLACEMENT CHARACTER}"


class Texts:
    """Makes texts fit a file, and counts those that had to be changed."""

    def __init__(self, limit: int | None = None) -> None:
        self._limit = limit
        self._replaced = 0
        self._cut = 0

    def fit(self, text: str) -> str:
        """Return a text without characters that no such file can hold, and no longer than it may.

        ``�`` (U+FFFD) stands where a character was replaced.
        """
        if not text.isprintable() and _ILLEGAL.search(text):
            self._replaced += 1
            text = _ILLEGAL.sub(_REPLACEMENT, text)
        if self._limit is not None and len(text) > self._limit:
            self._cut += 1
            text = f"{text[: self._limit - 1]}…"
        return text

    def tell(self) -> tuple[str, ...]:
        """Return a sentence for each way in which texts were changed."""
        told: list[str] = []
        if self._replaced:
            held = "characters that no such file can hold"
            one = "each is replaced by \N{REPLACEMENT CHARACTER}"
            told.append(f"{_say(self._replaced)} {held}: {one}.")
        if self._cut:
            told.append(
                f"{_say(self._cut)} more than {self._limit:,} characters, the most that a cell "
                "holds: the rest is cut off."
            )
        return tuple(told)


def _say(number: int) -> str:
    return f"{count(number, 'text')} {'has' if number == 1 else 'have'}"

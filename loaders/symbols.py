"""Characters of the symbol fonts in which Office writes bullets, ticks and arrows."""

from __future__ import annotations

from typing import Final

__all__ = ["BULLETS", "CIRCLE", "read_symbols"]

#: Signs that begin an entry of a list.
BULLETS: Final = frozenset("•▪◦○●■‣∙·◆❖➢✓✔")

#: What the letter "o" of a typewriter's font shows as a bullet: Word's sign of the second level.
CIRCLE: Final = "○"

#: Symbol and Wingdings stand in a private range; what is no known sign there says nothing.
_PRIVATE: Final = dict.fromkeys(range(0xF020, 0xF100), " ") | {
    **dict.fromkeys((0xF0B7, 0xF076, 0xF0D8, 0xF06E, 0xF071, 0xF075, 0xF0A8), "•"),
    0xF0A7: "▪",
    **dict.fromkeys((0xF0FC, 0xF0FE), "✓"),
    **dict.fromkeys((0xF0FB, 0xF0FD), "✗"),
    **dict.fromkeys((0xF0E0, 0xF0E8), "→"),
    0xF02D: "-",
}


def read_symbols(text: str) -> str:
    """Return a text with the characters of symbol fonts as what they show."""
    return text.translate(_PRIVATE)

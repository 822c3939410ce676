"""The text of a paper as lines and words, whatever program and machine it comes from."""

from __future__ import annotations

import re
from typing import Final

from loaders.formulas import unguard

__all__ = ["clean", "shorten", "split_lines", "tidy"]

#: Blanks that are no plain space; a soft hyphen, a zero-width character or a mark of the direction
#: of writing is no character at all.
_BLANKS: Final = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " "),
        **dict.fromkeys("\u2028\u2029\u202f\u205f\u3000\x0b\x0c\x1c\x1d\x1e\x85", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"),
        **dict.fromkeys("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e"),
        **dict.fromkeys("\u2066\u2067\u2068\u2069"),
    }
)
_RUN = re.compile(r"\s+")

#: Characters of a text that a message quotes.
_QUOTED: Final = 60


def split_lines(text: str) -> list[str]:
    """Return the lines of a text as an editor counts them: LF, CR LF or CR ends one, nothing else.

    (``str.splitlines`` also breaks at form feeds and the like, and every line number after one
    would be wrong.)
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def clean(text: str) -> str:
    """Return the words of a text: every run of blanks of any kind as one space, none outside."""
    if text.isascii():
        return " ".join(text.split())
    return _RUN.sub(" ", text.translate(_BLANKS)).strip()


def tidy(text: str) -> str:
    """Return a cell as it shows: plain blanks, nothing invisible, its line ends kept.

    An apostrophe that only keeps it from being a formula (`loaders.formulas`) is no part of it.
    """
    shown = text.strip() if text.isascii() else text.translate(_BLANKS).strip()
    return unguard(shown) if shown[:1] == "'" else shown


def shorten(text: str) -> str:
    """Return the start of a text for a message, an ellipsis where something is left out."""
    if len(text) <= _QUOTED:
        return text
    return f"{text[: _QUOTED - 1].rsplit(' ', 1)[0]}…"

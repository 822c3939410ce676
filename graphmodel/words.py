"""Numbers in sentences, and what makes two wordings the same."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ["count", "fold_words"]

#: Straight, curly, and the accent people type instead.
_APOSTROPHES: Final = re.compile("['\u2018\u2019`]")


def count(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> count(1, "item"), count(0, "item"), count(1200, "entry", "entries")
    ('1 item', '0 items', '1,200 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def fold_words(text: str) -> str:
    """Return the words of a text without case, punctuation, kinds of quotes and blanks.

    Examples
    --------
    >>> fold_words("Children\u2019s  Services: PLAN (2)")
    'childrens services plan 2'
    """
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(re.findall(r"\w+", plain))

"""Numbers in sentences, and what makes two wordings the same."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["count", "fold_words", "join_words"]

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


def join_words(words: Sequence[str], *, last: str = "and") -> str:
    """Return words as they are listed in a sentence; no words at all for none.

    Examples
    --------
    >>> join_words(["a"]), join_words(["a", "b"]), join_words(["a", "b", "c"], last="or")
    ('a', 'a and b', 'a, b or c')
    """
    if len(words) < 2:  # noqa: PLR2004 - one word stands alone
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def fold_words(text: str) -> str:
    """Return the words of a text without case, punctuation, kinds of quotes and blanks.

    Examples
    --------
    >>> fold_words("Children\u2019s  Services: PLAN (2)")
    'childrens services plan 2'
    """
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFKC", text).casefold())
    return " ".join(re.findall(r"\w+", plain))

"""Whether a title written in a register is that of the item it stands beside (DESIGN section 4)."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import Final

from graphmodel.words import fold_words
from loaders.cell_texts import as_cell

__all__ = ["fits_title", "fold_title"]

#: Characters of the start of a title that are enough to know it by.
_START: Final = 20

#: Likeness (Ratcliff and Obershelp, 0 to 1) from which a spelling counts as the same title.
_LIKE: Final = 0.85


def fold_title(title: str) -> str:
    """Return the words of a title without case, punctuation, kinds of quotes and blanks."""
    return fold_words(as_cell(title))


def fits_title(written: str, item: str, title: str) -> bool:
    """Return whether ``written`` is the title of an item, its start, or a near spelling of it.

    The item's id may stand before it. Numbers must agree exactly: "Phase 1" is not "Phase 2".
    """
    mine, own = fold_title(written), fold_title(title)
    named = fold_title(item) + " "
    if mine.startswith(named) and not own.startswith(named):
        mine = mine.removeprefix(named)
    if mine == own or (len(mine) >= _START and own.startswith(mine)):
        return True
    if re.findall(r"\d+", mine) != re.findall(r"\d+", own):
        return False
    return SequenceMatcher(None, mine, own, autojunk=False).ratio() >= _LIKE

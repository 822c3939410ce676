"""What of a text a cell of a spreadsheet can hold, and what is read back of it."""

from __future__ import annotations

import re
from typing import Final

from loaders.text import tidy

__all__ = ["LONGEST_CELL", "as_cell", "fit_cell"]

#: Characters that Excel keeps of a cell.
LONGEST_CELL: Final = 32_767

#: What XML cannot hold.
_CONTROLS: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def fit_cell(text: str) -> str:
    """Return what of a text a cell of Excel can hold, with its kind of line ends."""
    if text.isascii() and text.isprintable() and len(text) <= LONGEST_CELL:
        return text
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", plain)[:LONGEST_CELL]


def as_cell(text: str) -> str:
    """Return a text as it is read back from the cell that it was written to."""
    return tidy(fit_cell(text))

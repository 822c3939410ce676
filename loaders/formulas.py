"""Text that a spreadsheet would take for a formula, and how it is kept from that.

Excel and LibreOffice take a cell of a CSV file that begins with ``=``, ``+``, ``-`` or ``@`` for a
formula, and a formula can start programs and send data away. Such a text is written with an
apostrophe before it, which is how people type text in a cell, and read without it. A text that
begins with an apostrophe and one of these signs gets another apostrophe, so that nothing is lost.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ["guard", "needs_guard", "unguard"]

#: What formulas begin with; a tab or line end before it is skipped; wide signs count in East Asia.
_SIGNS: Final = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
_FORMULA: Final = re.compile(rf"'*[{_SIGNS}]")
_GUARDED: Final = re.compile(rf"'+[{_SIGNS}]")


def needs_guard(text: str) -> bool:
    """Return whether a spreadsheet might take a text for a formula, or for a guarded one."""
    return _FORMULA.match(text) is not None


def guard(text: str) -> str:
    """Return a text as it is written to a cell: with an apostrophe where it needs one.

    Examples
    --------
    >>> guard("=1+1"), guard("'-5"), guard("5 - 1"), guard("'tis")
    ("'=1+1", "''-5", '5 - 1', "'tis")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """Return the text of a cell without the apostrophe that `guard` gave it.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("''-5"), unguard("'tis")
    ('=1+1', "'-5", "'tis")
    """
    return text[1:] if _GUARDED.match(text) else text

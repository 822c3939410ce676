"""Columns of a spreadsheet, declared as data: field, accepted headings, parser.

Headings are compared without case, blanks and punctuation, in any order; the header may stand
below a title or an explanation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable


__all__ = ["HEADER_ROWS", "Column", "fold"]

#: Rows that are looked through for a header.
HEADER_ROWS: Final = 20


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the field it fills, the headings people give it, and how its cells are read.

    Of several headings in one sheet the first of ``headings`` is the column, the others are not
    used. ``parse`` raises `ValueError` with a sentence where a cell cannot be read. Several columns
    may fill one field (a lag in days, a lag with its unit); a sheet may have one of them. ``about``
    and ``choices`` are what a template tells the person who fills it in. A blank cell means
    ``default``. Where ``many``, a sheet may have several such columns, which are read together.
    """

    field: str
    headings: tuple[str, ...]
    parse: Callable[[str], Any]
    needed: bool = False
    about: str = ""
    choices: tuple[str, ...] = ()
    default: Any = None
    many: bool = False


def fold(heading: str) -> str:
    """Return a heading's letters and digits alone, without case; "%" counts as "percent"."""
    words = heading.casefold().replace("%", "percent")
    return "".join(character for character in words if character.isalnum())

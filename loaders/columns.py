"""Columns of a spreadsheet, declared as data: field, accepted headings, parser.

Headings are compared without case, blanks and punctuation, in any order; the header may stand
below a title or an explanation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import FileError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from loaders.rows import Row, Sheet

__all__ = ["HEADER_ROWS", "Column", "Header", "find_header", "fold"]

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


@dataclass(frozen=True, slots=True)
class Header:
    """A header found: its place in the sheet's rows, the columns known, the headings that are not.

    ``unknown`` lists places (from 0) of columns that nothing is read from.
    """

    index: int
    known: dict[int, Column]
    unknown: tuple[int, ...]


def fold(heading: str) -> str:
    """Return a heading's letters and digits alone, without case; "%" counts as "percent"."""
    words = heading.casefold().replace("%", "percent")
    return "".join(character for character in words if character.isalnum())


def find_header(sheet: Sheet, columns: Sequence[Column]) -> Header | None:
    """Return the first row that names every needed column, or None.

    Raises
    ------
    FileError
        Two columns of that row have the same heading, or fill the same field.
    """
    needed = {column.field for column in columns if column.needed}
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        headings = [fold(cell) for cell in row.cells]
        found = [(_pick(headings, column), column) for column in columns]
        known = {number: column for number, column in found if number is not None}
        if needed <= {column.field for column in known.values()}:
            _check_once(sheet, row, known)
            unknown = [n for n, heading in enumerate(headings) if heading and n not in known]
            return Header(index, dict(sorted(known.items())), tuple(unknown))
    return None


def _pick(headings: list[str], column: Column) -> int | None:
    """Return the place of a column among folded headings, the likelier heading first."""
    return next((headings.index(fold(n)) for n in column.headings if fold(n) in headings), None)


def _check_once(sheet: Sheet, row: Row, known: dict[int, Column]) -> None:
    first: dict[str, str] = {}
    for number, column in known.items():
        heading = row.cells[number]
        twice = [cell for cell in row.cells if fold(cell) == fold(heading)]
        others = [*twice[1:], *([first[column.field]] if column.field in first else [])]
        if others:
            raise FileError(
                f'{sheet.title} has two columns of one meaning, "{others[0]}" and "{heading}": '
                "keep one, or give the other a different heading."
            )
        first[column.field] = heading

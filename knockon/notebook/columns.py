"""Columns of a DataFrame, read from a result record: the same names and types, rows or none.

A record's fields are the columns, under the names that ``--json`` has. Their types come from the
record's annotations and not from the rows, so that an empty answer has the same columns, and a
column of dates is one of dates where every date is unknown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from importlib import import_module
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from pandas import DataFrame

__all__ = [
    "PLACE",
    "Column",
    "Table",
    "build_frame",
    "list_findings",
    "list_rows",
    "of_second",
    "take_columns",
]

#: pandas's type for what an annotation says; what is not here stays as it is: text, or ids.
_TYPES: Final = {
    "date": "datetime64[s]",
    "float": "float64",
    "int": "Int64",
    "bool": "boolean",
}

#: The type that stands for text.
_TEXT: Final = "object"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, how a row gives its value, and pandas's type for it."""

    name: str
    get: Callable[[Any], Any]
    type: str = _TEXT

    @classmethod
    def of(cls, name: str, says: str, get: Callable[[Any], Any]) -> Column:
        """Return a column whose values are what the annotation ``says``."""
        plain = re.sub(r"\s*\|\s*None$", "", says)
        return cls(name, get, _TYPES.get(plain, _TEXT))


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a result: its columns, and where its rows come from."""

    columns: tuple[Column, ...]
    rows: Callable[[Any], Iterable[Any]]


def take_columns(
    record: str,
    *,
    without: Collection[str] = (),
    more: Mapping[str, tuple[str, Callable[[Any], Any]]] | None = None,
) -> tuple[Column, ...]:
    """Return a column for each field of a record but some, and ``more`` after them.

    Parameters
    ----------
    record
        Where the record lives: ``simulations.results.Buffer``. It is imported only now.
    more
        By name what the values are, as an annotation, and how a row gives them.
    """
    module, _, name = record.rpartition(".")
    kind = getattr(import_module(module), name)
    own = [
        Column.of(field.name.rstrip("_"), str(field.type), attrgetter(field.name))
        for field in fields(kind)
        if field.name not in without
    ]
    extra = [Column.of(name, says, get) for name, (says, get) in (more or {}).items()]
    return (*own, *extra)


def build_frame(table: Table, result: Any) -> DataFrame:
    """Return the rows of a table as a DataFrame."""
    import pandas as pd  # noqa: PLC0415 - heavy

    rows = list(table.rows(result))
    return pd.DataFrame(
        {
            column.name: pd.Series([column.get(row) for row in rows], dtype=column.type)
            for column in table.columns
        }
    )


#: The column for where a problem stands, in words.
PLACE: Final = {"source": ("str", lambda row: None if row.source is None else str(row.source))}


def list_rows(name: str, record: str, **options: Any) -> Table:
    """Return the table of one list of a result, a column for each field of the records in it."""
    return Table(take_columns(record, **options), lambda result: getattr(result, name))


def list_findings() -> Table:
    """Return the table of what a result found wrong."""
    columns = take_columns("graphmodel.problems.Problem", without={"source"}, more=PLACE)
    return Table(columns, lambda result: result.findings)


def of_second(column: Column) -> Column:
    """Return a column of the second of two records that make up a row."""
    return Column(column.name, lambda row: column.get(row[1]), column.type)

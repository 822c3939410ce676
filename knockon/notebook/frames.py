"""Any result as pandas DataFrames: one function, one name for it, the same columns every time.

The layers below know nothing of pandas: their results are plain records, and this is the one place
that lays them out in columns. A result has one table or several; the first is what is meant where
none is named.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from graphmodel.errors import KnockonError
from graphmodel.words import join_words
from knockon.notebook.answertables import ANSWERS
from knockon.notebook.columns import build_frame
from knockon.notebook.plantables import PLANS

if TYPE_CHECKING:
    from pandas import DataFrame

    from knockon.notebook.columns import Table

__all__ = ["find_tables", "list_tables", "to_frame"]


def to_frame(result: Any, table: str | None = None) -> DataFrame:
    """Return a table of a result, or of a plan, as a pandas DataFrame.

    Dates are ``datetime64``, days are floats, counts ``Int64``, and lists of ids tuples. What is
    not known is ``NaT``, ``NaN``, ``NA`` or None. The columns are the keys of ``--json``.

    Parameters
    ----------
    result
        What any of knockon's questions answers, a `Plan`, or a `Loaded`.
    table
        Which of its tables; the first one that `list_tables` names, unless told.

    Raises
    ------
    KnockonError
        There is no such table, or this is no result of knockon's.
    """
    tables = find_tables(result)
    wanted = next(iter(tables)) if table is None else table
    if wanted not in tables:
        known = join_words([f'"{name}"' for name in tables], last="or")
        raise KnockonError(f'There is no table "{wanted}" in this answer: ask for {known}.')
    return build_frame(tables[wanted], result)


def list_tables(result: Any) -> tuple[str, ...]:
    """Return the names of the tables that `to_frame` makes of a result, the main one first."""
    return tuple(find_tables(result))


def find_tables(result: Any) -> dict[str, Table]:
    """Return the tables of a result by name.

    Raises
    ------
    KnockonError
        This is no result of knockon's.
    """
    for kind in type(result).__mro__:
        if kind.__name__ in _MAKERS:
            return _make(kind.__name__)
    raise KnockonError(
        f"{type(result).__name__} is no result that has tables: give to_frame what a question of "
        "knockon's answered, or a plan."
    )


_MAKERS: Final = {**ANSWERS, **PLANS}


@cache
def _make(kind: str) -> dict[str, Table]:
    return _MAKERS[kind]()

"""Opening the file of a local store: its settings, its soundness, and what SQLite says of it.

A rollback journal and no WAL, because WAL needs memory that two machines cannot share; EXTRA,
because a journal that comes back after a power cut would undo what was told as saved. A statement
that finds the file locked tries again until the time to wait is over.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from graphmodel.errors import StoreError
from graphmodel.stores.rows import DamagedRowError
from graphmodel.stores.tables import (
    APPLICATION,
    find_form,
    has_tables,
    migrate,
    shape,
    wanted_shape,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from graphmodel.stores.tables import Migrations

__all__ = ["connect", "damaged", "telling", "writing"]

_SETTINGS: Final = (
    "PRAGMA synchronous = EXTRA",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
)
#: Bytes of a page of a new file.
_PAGE: Final = 4096

#: SQLite's result codes without their details, as sentences about the file.
_SENTENCES: Final = {
    sqlite3.SQLITE_BUSY: "is in use by another program: try again in a moment.",
    sqlite3.SQLITE_LOCKED: "is in use by another program: try again in a moment.",
    sqlite3.SQLITE_FULL: "does not fit on the disk any more: make room and try again; what it held "
    "is unchanged.",
    sqlite3.SQLITE_READONLY: "cannot be written: ask for the right to change it and its folder.",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check its folder, and that you may write there.",
    sqlite3.SQLITE_PERM: "cannot be opened: ask for the right to read it.",
    sqlite3.SQLITE_IOERR: "could not be read or written, because the disk or the network failed or "
    "is full: try again; what it held is unchanged.",
    sqlite3.SQLITE_TOOBIG: "cannot take a plan of this size: 1 GB is the most.",
}
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})


def damaged(path: Path, what: str | None = None) -> StoreError:
    """Return the error for a file, or for ``what`` in it, that is not as it was written."""
    named = f'"{path}" is damaged' if what is None else f'{what} in "{path}" is damaged'
    return StoreError(
        f"{named}: go back to a copy of the file, or save what can still be read with  "
        f'knockon versions --store "{path}" --salvage FOLDER'
    )


@contextmanager
def telling(path: Path) -> Iterator[None]:
    """Turn what SQLite and damaged rows raise inside into one sentence about the file."""
    try:
        yield
    except sqlite3.Error as error:
        raise _told(error, path) from None
    except DamagedRowError:
        raise damaged(path) from None


def _told(error: sqlite3.Error, path: Path) -> StoreError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest of it says more than people need
    if code in _DAMAGED:
        return damaged(path)
    sentence = _SENTENCES.get(code, f"cannot be used as a store of plans ({error}).")
    return StoreError(f'"{path}" {sentence}')


def connect(path: Path, *, create: bool, wait: float, migrations: Migrations) -> sqlite3.Connection:
    """Open a store's file, see that it is sound, and bring it to the newest form.

    Parameters
    ----------
    create
        Whether a file that is missing or empty is made a store.
    wait
        Seconds to wait where another program has locked the file.

    Raises
    ------
    StoreError
        There is no such file, it is no store, damaged, locked, or from a newer knockon.
    """
    if path.is_dir():
        raise StoreError(f'"{path}" is a folder: name the file of the store in it.')
    if not create and not path.exists():
        raise StoreError(
            f'There is no store "{path}": "knockon push PLAN" makes one, --store names another.'
        )
    with telling(path):
        # An absolute path is taken for no address, whatever is in it; UNC names work too.
        connection = sqlite3.connect(path.absolute(), timeout=wait, isolation_level=None)
        try:
            _prepare(connection, path, create=create, migrations=migrations)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(
    connection: sqlite3.Connection, path: Path, *, create: bool, migrations: Migrations
) -> None:
    connection.text_factory = _read_text
    _recognise(connection, path, create=create, newest=len(migrations))
    if connection.execute("PRAGMA journal_mode = DELETE").fetchone() != ("delete",):
        raise StoreError(f'"{path}" is kept in a way that a network cannot share: copy it anew.')
    for setting in _SETTINGS:
        connection.execute(setting)
    if find_form(connection) < len(migrations):
        connection.execute(f"PRAGMA page_size = {_PAGE}")
        with writing(connection):
            migrate(connection, migrations)
    _check(connection, path, migrations)


def _read_text(content: bytes) -> str:
    """Read what should be UTF-8; what is not fails its seal later."""
    return content.decode("utf-8", errors="replace")


def _recognise(connection: sqlite3.Connection, path: Path, *, create: bool, newest: int) -> None:
    """See that the file is a store, and of no form that is still unknown."""
    is_new = _is_new(connection, path)
    if is_new and create:
        return
    if is_new:
        raise StoreError(
            f'"{path}" is empty, nothing has been saved in it: if there was, go back to a copy.'
        )
    (owner,) = connection.execute("PRAGMA application_id").fetchone()
    if owner != APPLICATION:
        raise StoreError(
            f'"{path}" is a database of another program: name a file that "knockon push" made.'
        )
    if find_form(connection) > newest:
        raise StoreError(f'"{path}" was written by a newer knockon: update knockon to open it.')


def _is_new(connection: sqlite3.Connection, path: Path) -> bool:
    """Return whether a file holds nothing at all; raises `StoreError` where it is no database."""
    connection.execute("BEGIN")  # so that nobody writes to it between the two questions
    try:
        if has_tables(connection):
            return False
        if path.stat().st_size == 0:
            return True
    except sqlite3.Error as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_NOTADB:
            raise
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    raise StoreError(
        f'"{path}" is no store of plans, or its beginning is damaged: name a file that '
        f'"knockon push" made, or save what can still be read with  knockon versions --store '
        f'"{path}" --salvage FOLDER'
    )


def _check(connection: sqlite3.Connection, path: Path, migrations: Migrations) -> None:
    """See that every page is in its place and every table has its columns."""
    found = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if found != [("ok",)] or shape(connection) != wanted_shape(migrations):
        raise damaged(path)


@contextmanager
def writing(connection: sqlite3.Connection) -> Iterator[None]:
    """Run what is inside as one transaction: all of it is kept, or nothing."""
    connection.execute("BEGIN IMMEDIATE")  # so that it waits now, not half-way
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite may have rolled back by itself
            with suppress(sqlite3.Error):  # the next to open the file does it then
                connection.execute("ROLLBACK")
        raise

"""The tables of a local store, and how a file of an earlier form is brought up to date.

The form of a file is a number that SQLite keeps in its header (``user_version``). A migration takes
it one further; it creates tables and adds columns, at the end of a table, and changes nothing that
stands there. All that are due run in one transaction, with the number: whatever happens on the way,
the file is of the old form or of the new one.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "APPLICATION",
    "MIGRATIONS",
    "Migrations",
    "find_form",
    "has_tables",
    "migrate",
    "shape",
]

#: What SQLite keeps in the header to tell whose file it is: "knok".
APPLICATION: Final = 0x6B6E6F6B

#: The statements of each migration: the first makes form 1 of an empty file.
Migrations: TypeAlias = "Sequence[Sequence[str]]"

# The text of a plan comes last, so that its row is looked through without reading it. ``seal`` is
# the sha256 of the columns before it (`graphmodel.stores.rows`).
MIGRATIONS: Final[Migrations] = (
    (
        """
        CREATE TABLE plans (
            id TEXT PRIMARY KEY NOT NULL,
            last_number INTEGER NOT NULL
        )
        """,
        """
        CREATE TABLE versions (
            plan TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
            number INTEGER NOT NULL CHECK (number > 0),
            title TEXT,
            as_of TEXT,
            note TEXT,
            author TEXT,
            saved_at TEXT NOT NULL,
            digest TEXT NOT NULL,
            items INTEGER NOT NULL,
            links INTEGER NOT NULL,
            seal TEXT NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (plan, number)
        )
        """,
        """
        CREATE TABLE scenarios (
            plan TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            author TEXT,
            saved_at TEXT NOT NULL,
            digest TEXT NOT NULL,
            seal TEXT NOT NULL,
            content BLOB NOT NULL,
            PRIMARY KEY (plan, name)
        )
        """,
    ),
)


def find_form(connection: sqlite3.Connection) -> int:
    """Return the number of a file's form; 0 for an empty one."""
    (number,) = connection.execute("PRAGMA user_version").fetchone()
    return int(number)


def has_tables(connection: sqlite3.Connection) -> bool:
    """Return whether there is anything in a file."""
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is not None


def migrate(connection: sqlite3.Connection, migrations: Migrations) -> None:
    """Bring a file to the newest form, inside a transaction that the caller has begun."""
    # Asked again, under the lock: another program may have been faster.
    for statements in migrations[find_form(connection) :]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION}")
    connection.execute(f"PRAGMA user_version = {len(migrations)}")


def shape(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return the columns of every table: name, type, whether it may be null, place in the key."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: [
            (column, kind, needed, place)
            for _, column, kind, needed, _, place in connection.execute(
                "SELECT * FROM pragma_table_info(?)", (name,)
            )
        ]
        for (name,) in names
    }


def wanted_shape(migrations: Migrations) -> dict[str, list[tuple[object, ...]]]:
    """Return the `shape` of a file of the newest form."""
    with closing(sqlite3.connect(":memory:")) as connection:
        migrate(connection, migrations)
        return shape(connection)

"""Opening the store that a person names: a file, or the address of a Neo4j server."""

from __future__ import annotations

import os
import re
from importlib import import_module
from typing import TYPE_CHECKING, Final

from graphmodel.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable

    from graphmodel.stores.store import Store

__all__ = ["DEFAULT_FILE", "STORE_VARIABLE", "find_store", "open_store"]

#: The store where none is named: in the folder where one works, beside the papers.
DEFAULT_FILE: Final = "knockon.store"
#: The variable that names the store of everybody who works in this environment.
STORE_VARIABLE: Final = "KNOCKON_STORE"

_ADDRESS: Final = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
#: Plain, encrypted, and encrypted with a certificate that nobody has vouched for.
_NEO4J: Final = frozenset(
    f"{name}{security}" for name in ("neo4j", "bolt") for security in ("", "+s", "+ssc")
)


def find_store(where: str | None = None) -> str:
    """Return the place of a store: as told, else ``$KNOCKON_STORE``, else `DEFAULT_FILE` here."""
    return where or os.environ.get(STORE_VARIABLE) or DEFAULT_FILE


def open_store(
    where: str | None = None,
    *,
    create: bool = False,
    ask: Callable[[str], str | None] | None = None,
) -> Store:
    """Open a store of plans.

    Parameters
    ----------
    where
        A file, or an address that begins with ``neo4j://`` or ``bolt://`` (``+s`` for TLS); None
        takes ``$KNOCKON_STORE``, and ``knockon.store`` in the current folder where that is not set.
    create
        Whether a file that is missing is made.
    ask
        Asks a person for the password of a server, where ``NEO4J_PASSWORD`` does not tell it: given
        the question, it returns the answer, None where nobody can be asked.

    Raises
    ------
    StoreError
        It cannot be reached or read, or the address is none, or holds a password.
    """
    place = find_store(where)
    address = _ADDRESS.match(place)
    if address is None:
        from graphmodel.stores.local import LocalStore  # noqa: PLC0415 - not for Neo4j

        return LocalStore(place, create=create)
    # Before anything that would show the address to somebody.
    if "@" in place[address.end() :]:
        raise StoreError(
            "The address of the store holds a user or a password, which others could read here: "
            "put them into NEO4J_USERNAME and NEO4J_PASSWORD in the environment."
        )
    scheme = address[1].lower()
    if scheme not in _NEO4J:
        raise StoreError(
            f'"{scheme}://" is no store of plans: name a file, or an address that begins with '
            "neo4j:// or bolt://."
        )
    store: Store = import_module("graphmodel.stores.neo4j_store").open_neo4j(place, ask=ask)
    return store

"""A connection to a Neo4j server: who one is, what it must be, and its failures in one sentence."""

from __future__ import annotations

import logging
import os
import re
import ssl
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeVar

from graphmodel.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from neo4j import Driver, ManagedTransaction, Session

__all__ = ["Connection", "check_version", "connect"]

T = TypeVar("T")

#: The oldest server whose Cypher the store speaks.
OLDEST: Final = (5, 26)
#: Seconds to wait for a server that does not answer, and to try again what failed for a moment.
_WAIT: Final = 10.0
_RETRY: Final = 15.0

_VERSION: Final = re.compile(r"(\d+)\.(\d+)")


class Connection:
    """A driver and its database; every failure is a `StoreError` that names the server."""

    def __init__(self, driver: Driver, where: str, database: str | None) -> None:
        self._driver = driver
        self.where = where
        self._database = database

    def close(self) -> None:
        """Let go of the server."""
        self._driver.close()

    def read(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Run a transaction that reads, again where it fails for a moment."""
        with telling(self.where), self._session() as session:
            return session.execute_read(work)

    def write(self, work: Callable[[ManagedTransaction], T]) -> T:
        """Run a transaction that writes, again where it fails for a moment: it must bear that."""
        with telling(self.where), self._session() as session:
            return session.execute_write(work)

    def values(self, query: str, **parameters: Any) -> list[list[Any]]:
        """Return what a query that reads finds, without the names of its columns."""
        return self.read(lambda tx: [one.values() for one in tx.run(query, parameters)])

    def rows(self, query: str, **parameters: Any) -> list[dict[str, Any]]:
        """Return what a query that reads finds."""
        return self.read(lambda tx: [one.data() for one in tx.run(query, parameters)])

    def table(self, query: str, **parameters: Any) -> tuple[list[str], list[list[Any]]]:
        """Return the names of the columns that a query gives, and its rows."""

        def work(tx: ManagedTransaction) -> tuple[list[str], list[list[Any]]]:
            result = tx.run(query, parameters)
            return list(result.keys()), [one.values() for one in result]

        return self.read(work)

    def _session(self) -> Session:
        return self._driver.session(database=self._database, fetch_size=10_000)


def connect(
    uri: str,
    *,
    user: str | None = None,
    password: str | None = None,
    ask: Callable[[str], str | None] | None = None,
) -> Connection:
    """Connect to a server and see that it answers and is new enough.

    Parameters
    ----------
    uri
        ``neo4j://`` or ``bolt://`` and a host; ``+s`` after the scheme for TLS, ``+ssc`` for TLS
        with a certificate that nobody vouches for.
    user, password
        As told, else ``NEO4J_USERNAME`` (neo4j) and ``NEO4J_PASSWORD`` in the environment; the
        database is the server's own choice unless ``NEO4J_DATABASE`` names one.
    ask
        Asks a person for a password that is not known, given the question; None where nobody can
        be asked.

    Raises
    ------
    StoreError
        The server cannot be reached, refuses the password, or is too old.
    """
    import neo4j  # noqa: PLC0415 - heavy

    user = user or os.environ.get("NEO4J_USERNAME") or "neo4j"
    where = f"Neo4j at {uri}"
    password = password or os.environ.get("NEO4J_PASSWORD") or None
    if password is None and ask is not None:
        password = ask(f"Password of {user} for {where}")
    if password is None:
        raise StoreError(
            f"{where} needs a password: put it into NEO4J_PASSWORD in the environment, or use "
            "knockon at a terminal, where it is asked for."
        )
    _be_quiet()
    drive = partial(
        neo4j.GraphDatabase.driver,
        auth=(user, password),
        connection_timeout=_WAIT,
        connection_acquisition_timeout=2 * _WAIT,
        max_transaction_retry_time=_RETRY,
        notifications_min_severity="OFF",
        user_agent="knockon",
    )
    with telling(where):
        driver = drive(uri)
    connection = Connection(driver, where, os.environ.get("NEO4J_DATABASE") or None)
    try:
        with telling(where):
            _verify(driver, uri, drive)
        found = connection.rows("CALL dbms.components() YIELD versions RETURN versions[0] AS one")
        check_version(where, str(found[0]["one"]))
    except BaseException:
        connection.close()
        raise
    return connection


def _verify(driver: Driver, uri: str, drive: Callable[[str], Driver]) -> None:
    """See that a server answers."""
    from neo4j.exceptions import ServiceUnavailable  # noqa: PLC0415 - heavy

    try:
        driver.verify_connectivity()
    except ServiceUnavailable:
        if uri.lower().startswith("neo4j"):
            # What failed on the way to a table of routes is kept from us: asked directly, it tells.
            with drive(f"bolt{uri[len('neo4j') :]}") as direct:
                direct.verify_connectivity()
        raise


def check_version(where: str, version: str) -> None:
    """Refuse a server that does not understand what the store asks of it."""
    found = _VERSION.match(version)
    if found is None or (int(found[1]), int(found[2])) < OLDEST:
        raise StoreError(
            f"{where} is version {version}, which is too old: 5.26 or newer is needed."
        )


@contextmanager
def telling(where: str) -> Iterator[None]:
    """Turn what the driver raises into `StoreError`, in one sentence without a password."""
    from neo4j import exceptions  # noqa: PLC0415 - heavy

    try:
        yield
    except exceptions.AuthError:
        raise StoreError(
            f"{where} refuses the user or the password: see NEO4J_USERNAME and NEO4J_PASSWORD."
        ) from None
    except (exceptions.ServiceUnavailable, exceptions.SessionExpired, OSError) as error:
        insecure = _find_tls_fault(error)
        if insecure is not None:
            raise StoreError(f"{where} {insecure}") from None
        raise StoreError(
            f"{where} cannot be reached ({_first_line(error)}): see that it runs and that the "
            "address is right, then try again; what was not finished goes on from there."
        ) from None
    except exceptions.Neo4jError as error:
        raise _refusal(where, error) from None
    except (exceptions.DriverError, ValueError) as error:
        raise StoreError(f"{where} cannot be used: {_first_line(error)}.") from None


def _refusal(where: str, error: Any) -> StoreError:
    code = error.code or ""
    if code.endswith("AuthenticationRateLimit"):
        return StoreError(
            f"{where} has had too many wrong passwords: wait a few seconds and try again."
        )
    if code.endswith("CredentialsExpired"):
        return StoreError(
            f"{where} asks for a new password: set one there first (neo4j.com calls it "
            "ALTER CURRENT USER SET PASSWORD)."
        )
    if code.endswith(("Forbidden", "DatabaseNotFound")):
        return StoreError(f"{where} refuses: {_first_line(error)}.")
    return StoreError(f"{where} could not do it: {_first_line(error)}.")


def _find_tls_fault(error: BaseException) -> str | None:
    """Return what is wrong with the encryption, None where that is not what failed."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, ssl.SSLError):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return (
            f"shows a certificate that this computer does not trust ({cause.verify_message}): have "
            "it vouched for, or write +ssc in place of +s if you are sure of the server."
        )
    if cause is not None:
        return "does not answer with TLS: leave +s or +ssc out of the address, or set up TLS there."
    return None


def _first_line(error: BaseException) -> str:
    from neo4j.exceptions import Neo4jError  # noqa: PLC0415 - heavy

    # Of the driver's own errors, older drivers warn that the message is a preview.
    told = error.message if isinstance(error, Neo4jError) else None
    text = str(told or error).strip() or type(error).__name__
    return text.splitlines()[0].rstrip(".")


def _be_quiet() -> None:
    """Keep the driver's own log to itself: what went wrong is told in one sentence."""
    log = logging.getLogger("neo4j")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    log.propagate = False

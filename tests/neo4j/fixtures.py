"""What tests of the Neo4j store ask for: one server for a whole run, the store empty and theirs.

A server named by NEO4J_URI is used as it is, with NEO4J_USERNAME and NEO4J_PASSWORD: its database
must be empty, for each test empties it. Else one is started, shared by all workers of the run.
Without either, these tests skip with a notice, or fail where KNOCKON_REQUIRE_NEO4J=1.
"""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from graphmodel.stores.neo4j_store import Neo4jStore, open_neo4j
from tests.neo4j.server import Server, Started, find_absence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["neo4j_server", "neo4j_store", "wipe"]

_WAIT = 600

#: Servers that outlive the worker that started them: nobody waits for their end, which Python
#: would complain of as soon as nothing refers to them.
_RUNNING: list[Started] = []


@pytest.fixture(scope="session")
def neo4j_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder that all workers of a run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


@pytest.fixture(scope="session")
def neo4j_server(neo4j_folder: Path) -> Iterator[Server]:
    """Address and password of a running server."""
    uri = os.environ.get("NEO4J_URI")
    if uri:
        server = Server(
            uri, os.environ.get("NEO4J_USERNAME", "neo4j"), os.environ["NEO4J_PASSWORD"]
        )
        with _lock(neo4j_folder):
            _see_that_it_is_empty(server, neo4j_folder)
        yield server
        return
    absence = find_absence()
    if absence is not None:
        if os.environ.get("KNOCKON_REQUIRE_NEO4J") == "1":
            pytest.fail(f"{absence}, and KNOCKON_REQUIRE_NEO4J=1 asks for it", pytrace=False)
        pytest.skip(absence)
    if not os.environ.get("PYTEST_XDIST_WORKER"):
        started = Started(neo4j_folder / "neo4j")
        yield started.server
        started.kill()
        return
    # The first worker starts it; its keeper ends it with the run, not with the worker.
    told = neo4j_folder / "neo4j.json"
    with _lock(neo4j_folder):
        if not told.exists():
            started = Started(neo4j_folder / "neo4j", owner=os.getppid())
            _RUNNING.append(started)
            told.write_text(json.dumps(vars(started.server)), encoding="utf-8")
    yield Server(**json.loads(told.read_text(encoding="utf-8")))


@pytest.fixture
def neo4j_store(neo4j_server: Server, neo4j_folder: Path) -> Iterator[Neo4jStore]:
    """Give the store on the server, empty; no other test uses it meanwhile."""
    with _lock(neo4j_folder, "neo4j-use"), open_again(neo4j_server) as store:
        wipe(store)
        yield store


def open_again(server: Server, **choices: float) -> Neo4jStore:
    """Open the store on a server once more."""
    return open_neo4j(server.uri, user=server.user, password=server.password, **choices)  # type: ignore[arg-type]


def wipe(store: Neo4jStore) -> None:
    """Take everything out of the database."""
    while store.connection.write(
        lambda tx: tx.run(
            "MATCH (n) WITH n LIMIT 10000 DETACH DELETE n RETURN count(*) AS gone"
        ).single(strict=True)["gone"]
    ):
        pass


def _see_that_it_is_empty(server: Server, folder: Path) -> None:
    seen = folder / "neo4j-was-empty"
    if seen.exists():
        return
    with open_again(server) as store:
        held = store.connection.rows("MATCH (n) RETURN count(n) AS held")[0]["held"]
    if held:
        pytest.fail(
            f"NEO4J_URI names a database with {held} nodes, and the tests empty it: "
            "give them an empty one",
            pytrace=False,
        )
    seen.touch()


@contextmanager
def _lock(folder: Path, name: str = "neo4j-start") -> Iterator[None]:
    """Wait until no other process is inside; one that is killed leaves."""
    import fcntl  # noqa: PLC0415 - not on Windows, where no server is started

    end = time.monotonic() + _WAIT
    with (folder / f"{name}.lock").open("w", encoding="utf-8") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
        yield

"""Who one is and who may listen: TLS on a real server, and a password asked for at a terminal."""

from __future__ import annotations

import os
import pty
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graphmodel.errors import StoreError
from graphmodel.stores.neo4j_connection import connect
from graphmodel.stores.neo4j_store import Neo4jStore, open_neo4j
from tests.neo4j.test_neo4j_store import small

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.neo4j.server import Server

ROOT = Path(__file__).resolve().parents[2]
#: Seconds to wait for what a person would see.
PATIENCE = 60


@pytest.fixture
def certified(neo4j_server: Server) -> Server:
    """Give a server that has a certificate of its own."""
    if neo4j_server.certificate is None:
        notice = "TLS is tried on a server of our own, with openssl to make its certificate"
        if os.environ.get("KNOCKON_REQUIRE_NEO4J") == "1":
            pytest.fail(notice, pytrace=False)
        pytest.skip(notice)
    return neo4j_server


def over_tls(server: Server, scheme: str) -> Neo4jStore:
    uri = server.uri.replace("bolt", scheme)
    return open_neo4j(uri, user=server.user, password=server.password)


@pytest.mark.parametrize("scheme", ["bolt+ssc", "neo4j+ssc"])
def test_a_certificate_that_nobody_vouches_for_is_taken_where_told(
    certified: Server, neo4j_store: Neo4jStore, scheme: str
) -> None:
    with over_tls(certified, scheme) as store:
        store.save(small())
        assert store.load("wex") == small()
        assert neo4j_store.load("wex") == small()  # without TLS it is the same store


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_it_is_not_trusted_otherwise(
    certified: Server, monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    with pytest.raises(StoreError, match="certificate that this computer does not trust") as caught:
        over_tls(certified, scheme)
    told = str(caught.value)
    assert "\n" not in told
    assert "write +ssc" in told
    assert certified.password not in told
    # Once somebody vouches for it, it is.
    monkeypatch.setenv("SSL_CERT_FILE", str(certified.certificate))
    over_tls(certified, scheme).close()


@pytest.fixture
def plain_port() -> Iterator[int]:
    """Port where somebody answers, but not with TLS."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            while True:
                try:
                    near, _ = listener.accept()
                except OSError:
                    return
                with near:
                    near.recv(100)
                    near.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")

        threading.Thread(target=answer, daemon=True).start()
        yield listener.getsockname()[1]
        listener.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize("scheme", ["bolt+s", "bolt+ssc"])
def test_tls_to_a_server_without_it_is_one_sentence(plain_port: int, scheme: str) -> None:
    with pytest.raises(StoreError, match="does not answer with TLS: leave"):
        connect(f"{scheme}://127.0.0.1:{plain_port}", password="x")


class Terminal:
    """A command that runs at a terminal, with a person who types."""

    def __init__(self, server: Server, *args: str) -> None:
        away = {"NEO4J_PASSWORD", "NEO4J_URI"}
        environment = {key: value for key, value in os.environ.items() if key not in away}
        environment |= {"NEO4J_USERNAME": server.user, "PYTHONPATH": str(ROOT)}
        self._near, far = pty.openpty()
        self._command = subprocess.Popen(
            [sys.executable, "-m", "knockon", *args],
            stdin=far, stdout=far, stderr=far, env=environment, start_new_session=True,
        )  # fmt: skip
        os.close(far)
        self.seen = ""

    def read_until(self, text: str) -> None:
        end = time.monotonic() + PATIENCE
        while text not in self.seen and time.monotonic() < end and self._read():
            pass
        assert text in self.seen

    def type(self, text: str) -> None:
        os.write(self._near, f"{text}\n".encode())

    def wait(self) -> int:
        while self._read():
            pass
        os.close(self._near)
        return self._command.wait(PATIENCE)

    def _read(self) -> bool:
        try:
            found = os.read(self._near, 1000)
        except OSError:  # the other end is closed
            return False
        self.seen += found.decode()
        return bool(found)


def test_a_person_at_a_terminal_is_asked_and_not_overheard(
    neo4j_server: Server, neo4j_store: Neo4jStore
) -> None:
    neo4j_store.save(small())
    asked = Terminal(neo4j_server, "versions", "--store", neo4j_server.uri)
    asked.read_until(f"Password of {neo4j_server.user} for Neo4j at {neo4j_server.uri}: ")
    asked.type(neo4j_server.password)
    assert asked.wait() == 0
    assert "wex" in asked.seen
    assert neo4j_server.password not in asked.seen


def test_where_nobody_can_be_asked_one_is_told(neo4j_server: Server) -> None:
    away = {"NEO4J_PASSWORD", "NEO4J_URI"}
    done = subprocess.run(
        [sys.executable, "-m", "knockon", "versions", "--store", neo4j_server.uri],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
        env={key: value for key, value in os.environ.items() if key not in away}
        | {"PYTHONPATH": str(ROOT)},
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "needs a password: put it into NEO4J_PASSWORD" in done.stderr
    assert done.stderr.count("\n") == 1

"""A real Neo4j Community server for tests: fetched by Maven, run by Java, stopped at the end.

The jars (123 MB) are kept in the user's cache folder. A server runs under a keeper, a Python that
ends it when the process it runs for is gone, so that none outlives a test run that was killed.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import neo4j

__all__ = ["Server", "Started", "fetch_jars", "find_absence"]

POM: Final = Path(__file__).with_name("pom.xml")
#: KNOCKON_NEO4J_VERSION tries another server than the pom names.
VERSION: Final = (
    os.environ.get("KNOCKON_NEO4J_VERSION")
    or re.findall(r"<neo4j.version>(.+)</neo4j.version>", POM.read_text(encoding="utf-8"))[0]
)

#: Seconds that a server may take to answer on a busy machine.
_PATIENCE: Final = 240

_CONF: Final = """
server.bolt.listen_address=127.0.0.1:{port}
server.bolt.advertised_address=127.0.0.1:{port}
server.bolt.tls_level={level}
dbms.ssl.policy.bolt.enabled={tls}
server.http.enabled=false
server.https.enabled=false
dbms.usage_report.enabled=false
server.memory.pagecache.size=128m
"""

_FLAGS: Final = (
    "-Xmx1g",
    "-XX:+UseSerialGC",
    # Quick to start, for many small questions; a large benchmark wants Java as a server has it.
    *([] if os.environ.get("KNOCKON_NEO4J_ITEMS") else ["-XX:TieredStopAtLevel=1"]),
    "--add-opens=java.base/java.nio=ALL-UNNAMED",
    "--add-opens=java.base/java.io=ALL-UNNAMED",
    "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
    "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
    "-Dio.netty.tryReflectionSetAccessible=true",
)

#: Runs a command until it ends, or until the process of this number has gone.
_KEEPER: Final = """
import os, subprocess, sys, time
owner, told, command = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
with open(told, "ab") as output:
    server = subprocess.Popen(command, stdout=output, stderr=output)
print(server.pid, flush=True)
while server.poll() is None:
    try:
        os.kill(owner, 0)
    except OSError:
        server.kill()
    time.sleep(0.3)
"""


@dataclass(frozen=True)
class Server:
    """Where a server answers, and to whom; its own certificate, if it has one for TLS."""

    uri: str
    user: str
    password: str
    certificate: str | None = None


class Started:
    """A server of our own, with a folder for its data; it may be killed and started again."""

    def __init__(self, home: Path, *, owner: int | None = None) -> None:
        self.home = home
        self.port = _free_port()
        self.server = Server(
            f"bolt://127.0.0.1:{self.port}",
            "neo4j",
            secrets.token_urlsafe(12),
            _make_certificate(home / "certificates" / "bolt"),
        )
        self._owner = owner or os.getpid()
        self._told = home / "told.txt"
        (home / "conf").mkdir(parents=True)
        conf = home / "conf" / "neo4j.conf"
        tls = str(self.server.certificate is not None).lower()
        level = "OPTIONAL" if self.server.certificate else "DISABLED"
        conf.write_text(_CONF.format(port=self.port, tls=tls, level=level), encoding="utf-8")
        self.start()
        _set_password(self.server)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [
            _java(), *_FLAGS, "-cp", str(fetch_jars() / "*"),
            _entry_point(),
            f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}",
        ]  # fmt: skip
        self._keeper = subprocess.Popen(
            [sys.executable, "-c", _KEEPER, str(self._owner), str(self._told), *command],
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert self._keeper.stdout is not None
        self.pid = int(self._keeper.stdout.readline())
        self._keeper.stdout.close()
        self._wait()

    def kill(self) -> None:
        """End it at once, as a power cut would."""
        os.kill(self.pid, 9)
        self._keeper.wait(30)

    def _wait(self) -> None:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            if self._keeper.poll() is not None:
                break
            with closing(socket.socket()) as probe:
                probe.settimeout(1)
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.3)
        told = self._told.read_text(encoding="utf-8", errors="replace")[-1500:]
        raise RuntimeError(f"Neo4j {VERSION} did not start: {told}")


def find_absence() -> str | None:
    """Return what is missing to start a server, None where nothing is."""
    if sys.platform == "win32":
        return "no Neo4j server is started on Windows: give the tests one in NEO4J_URI"
    if not Path(_java()).exists():
        return "no Java to run Neo4j (on Debian: openjdk-17-jre-headless), and no NEO4J_URI"
    if not _jars().is_dir() and shutil.which("mvn") is None:
        return "no Maven to fetch Neo4j (on Debian: maven), and no NEO4J_URI"
    return None


def fetch_jars() -> Path:
    """Return the folder of the server's jars; they are fetched where they are not there yet."""
    folder = _jars()
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(dir=folder.parent))
    command = [
        "mvn", "-q", "-B", "-ntp", "-f", str(POM), "dependency:copy-dependencies",
        f"-DoutputDirectory={scratch}", "-Dmdep.prependGroupId=true", f"-Dneo4j.version={VERSION}",
    ]  # fmt: skip
    for attempt in range(1, 4):  # a mirror may fail for a moment
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            break
        if attempt == 3:
            raise RuntimeError(f"Maven cannot fetch Neo4j {VERSION}: {done.stdout[-2000:]}")
        time.sleep(5 * attempt)
    try:
        scratch.rename(folder)
    except OSError:  # another run was quicker
        shutil.rmtree(scratch)
    return folder


def _entry_point() -> str:
    """Return the class that starts a server, whose name is not the same in every version."""
    jar = fetch_jars() / f"org.neo4j.neo4j-{VERSION}.jar"
    with zipfile.ZipFile(jar) as packed:
        return packed.read("META-INF/services/org.neo4j.server.startup.EntryPoint").decode().strip()


def _jars() -> Path:
    caches = os.environ.get("XDG_CACHE_HOME")
    return (Path(caches) if caches else Path.home() / ".cache") / "knockon" / f"neo4j-{VERSION}"


def _make_certificate(folder: Path) -> str | None:
    """Make a key and a certificate that vouches for itself; None where there is no openssl."""
    if shutil.which("openssl") is None:
        return None
    folder.mkdir(parents=True)
    certificate = folder / "public.crt"
    command = [
        "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30",
        "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
        "-keyout", str(folder / "private.key"), "-out", str(certificate),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return str(certificate)


def _java() -> str:
    home = os.environ.get("JAVA_HOME")
    if home and (Path(home) / "bin" / "java").exists():
        return str(Path(home) / "bin" / "java")
    return shutil.which("java") or "java"


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _set_password(server: Server) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            with (
                neo4j.GraphDatabase.driver(server.uri, auth=("neo4j", "neo4j")) as driver,
                driver.session(database="system") as session,
            ):
                session.run(
                    "ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=server.password
                ).consume()
        except (neo4j.exceptions.ServiceUnavailable, neo4j.exceptions.TransientError):
            if time.monotonic() > end:
                raise
            time.sleep(0.5)
        else:
            return

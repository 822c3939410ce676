"""``knockon serve`` as a process: it starts, says its address, answers, and stops."""

from __future__ import annotations

import builtins
import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from knockon.cli.main import run
from knockon.local.desk import Desk
from knockon.local.serving import serve
from tests.knockon.council import write_council

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[3]


@contextmanager
def serving(*args: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "knockon", "serve", *args, "--no-open", "--port", "0"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    try:
        assert process.stdout is not None
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.communicate()


def fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:
        text: str = answer.read().decode("utf-8")
        return text


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is another thing there")
def test_it_starts_answers_and_stops(tmp_path: Path) -> None:
    with serving(write_council(tmp_path / "plan.json"), "--no-token") as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert "Improvement plan" in fetch(address)
        assert '"wex"' in fetch(f"{address}api/plans")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert process.returncode == 0
        assert out.endswith("Stopped.\n")
        assert err == ""


def test_a_token_is_asked_for_unless_told(tmp_path: Path) -> None:
    with serving(write_council(tmp_path / "plan.json")) as (_, address):
        bare, _, token = address.partition("?token=")
        assert len(token) >= 32
        with pytest.raises(urllib.error.HTTPError) as refused:
            fetch(bare)
        assert refused.value.code == 403
        refused.value.close()
        request = urllib.request.Request(
            f"{bare}api/plans", headers={"Authorization": f"Bearer {token}"}
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            assert b'"wex"' in answer.read()


def test_it_opens_a_browser_at_its_address(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    served: list[Desk] = []

    def pretend(desk: Desk, *, ready: Callable[[str], None], **_: Any) -> None:
        served.append(desk)
        ready("http://127.0.0.1:1/")

    monkeypatch.setattr("webbrowser.open", opened.append)
    monkeypatch.setattr("knockon.local.serving.serve", pretend)
    plan = write_council(tmp_path / "plan.json")
    assert run(["serve", plan, "--as-of", "2026-06-30"]) == 0
    assert opened == ["http://127.0.0.1:1/"]
    assert capsys.readouterr().out.splitlines()[::2] == ["http://127.0.0.1:1/", "Stopped."]
    (one,) = served[0].lobby.plans
    assert one.files == ("plan.json",)
    assert one.plan.status_date == date(2026, 6, 30)


def test_ctrl_c_at_once_stops_it_quietly() -> None:
    told: list[str] = []

    def press(address: str) -> None:
        told.append(address)
        raise KeyboardInterrupt

    # On a thread, because a browser that another test drives has a loop of its own on this one.
    work = partial(serve, Desk(), port=0, with_token=True, ready=press)
    thread = threading.Thread(target=work)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
    assert "?token=" in told[0]


def test_a_port_that_is_taken_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        plan = write_council(tmp_path / "plan.json")
        assert run(["serve", plan, "--no-open", "--port", port]) == 2
    assert f"Port {port} is taken" in capsys.readouterr().err


def test_a_plan_that_cannot_be_read_starts_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["serve", "no such file.txt", "--no-open"]) == 2
    assert 'There is no file "no such file.txt"' in capsys.readouterr().err


def test_a_missing_extra_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **more: Any) -> Any:
        if name == "uvicorn":
            raise ImportError(name)
        return real(name, *args, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert run(["serve", "--no-open"]) == 2
    err = capsys.readouterr().err
    assert 'pip install "knockon[serve]"' in err
    assert "uvicorn" in err

"""Where knockon starts: a foreign package is named before anything of it runs."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from knockon import __main__ as start

ROOT = Path(__file__).resolve().parents[2]


def test_command_starts_where_the_check_is() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["scripts"] == {"knockon": "knockon.__main__:main"}


@pytest.mark.parametrize("name", ["graphmodel", "queries"])
def test_foreign_module_in_the_folder_is_named_and_does_not_run(tmp_path: Path, name: str) -> None:
    foreign = tmp_path / f"{name}.py"
    foreign.write_text("raise SystemExit('the foreign code ran')\n", encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-m", "knockon", "--version"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert result.returncode == 2
    assert result.stdout == ""
    assert result.stderr.startswith(f"knockon: The package {name!r} at {foreign.resolve()} is not")
    assert result.stderr.count("\n") == 1


def test_fault_ends_the_start_with_exit_code_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "check_foreign_packages", lambda: "It is not ours.")
    with pytest.raises(SystemExit) as end:
        start.main()
    assert end.value.code == 2
    assert capsys.readouterr().err == "knockon: It is not ours.\n"


def test_start_runs_the_command_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["knockon", "--version"])
    with pytest.raises(SystemExit) as end:
        start.main()
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith("knockon ")

"""tools/setup.sh: what it says where it cannot go on, and that it does nothing twice."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("awk", "cat", "cksum", "dirname", "env", "grep", "id", "rm", "sed", "sh")


class Desk:
    """A checkout of the setup script alone, with a PATH that holds only what is put there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.bin = folder / "bin"
        self.venv = folder / ".venv"
        self.bin.mkdir()
        for name in (
            "tools/setup.sh",
            "pyproject.toml",
            "requirements/run.txt",
            "requirements/dev.txt",
        ):
            target = folder / name
            target.parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, target)
        for name in NEEDED:
            found = shutil.which(name)
            assert found is not None
            (self.bin / name).symlink_to(found)

    def put(self, name: str, script: str) -> None:
        """Put a program on the PATH."""
        program = self.bin / name
        program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        program.chmod(0o755)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the setup script."""
        return subprocess.run(
            ["/bin/sh", self.folder / "tools" / "setup.sh", *arguments],
            capture_output=True,
            check=False,
            text=True,
            env={"PATH": str(self.bin)},
        )


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


# A Python that answers as the real one does, but has no ensurepip and records what it is asked.
PYTHON_WITHOUT_ENSUREPIP = f"""
case "$*" in
*ensurepip*) exit 1 ;;
*) exec {sys.executable} "$@" ;;
esac
"""


def test_no_python_is_one_sentence(desk: Desk) -> None:
    desk.put("python3", "exit 1")
    result = desk.run("run", ".venv")
    assert result.returncode == 1
    assert re.fullmatch(r"setup: No Python from 3\.11 to 3\.14 was found .*\n", result.stderr)
    assert not desk.venv.exists()


def test_named_python_is_the_only_one_tried(desk: Desk) -> None:
    desk.put("python3", PYTHON_WITHOUT_ENSUREPIP)
    result = subprocess.run(
        ["/bin/sh", desk.folder / "tools" / "setup.sh", "run", ".venv"],
        capture_output=True,
        check=False,
        text=True,
        env={"PATH": str(desk.bin), "PYTHON": "python9"},
    )
    assert "(tried python9)" in result.stderr


def test_user_without_rights_is_told_what_to_ask_for(desk: Desk) -> None:
    desk.put("python3", PYTHON_WITHOUT_ENSUREPIP)
    desk.put("apt-get", "exit 1")
    (desk.bin / "id").unlink()
    desk.put("id", "echo 1000")
    result = desk.run("run", ".venv")
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert result.returncode == 1
    assert result.stderr == (
        "setup: This Python cannot make virtual environments yet;"
        f" ask the administrator to run: apt-get install python{version}-venv\n"
    )


def test_system_without_apt_is_told_what_is_missing(desk: Desk) -> None:
    desk.put("python3", PYTHON_WITHOUT_ENSUREPIP)
    result = desk.run("run", ".venv")
    assert result.returncode == 1
    assert "it lacks ensurepip" in result.stderr


def test_folder_that_is_no_environment_is_left_alone(desk: Desk) -> None:
    desk.put("python3", PYTHON_WITHOUT_ENSUREPIP)
    desk.venv.mkdir()
    (desk.venv / "thesis.txt").write_text("ten years of work", encoding="utf-8")
    result = desk.run("run", ".venv")
    assert result.returncode == 1
    assert "is not a virtual environment" in result.stderr
    assert (desk.venv / "thesis.txt").exists()


@pytest.mark.parametrize("arguments", [(), ("run",), ("fast", ".venv")])
def test_wrong_use_is_refused(desk: Desk, arguments: tuple[str, ...]) -> None:
    result = desk.run(*arguments)
    assert result.returncode == 1
    assert re.search(r"usage:|unknown kind", result.stderr)


@pytest.fixture
def recorded(desk: Desk) -> Path:
    """Make an environment whose Python only notes what it is asked to install."""
    note = desk.folder / "asked"
    (desk.venv / "bin").mkdir(parents=True)
    (desk.venv / "pyvenv.cfg").touch()
    python = desk.venv / "bin" / "python"
    python.write_text(f'#!/bin/sh\necho "$*" >>"{note}"\n', encoding="utf-8")
    python.chmod(0o755)
    return note


def count_installs(note: Path) -> int:
    return note.read_text(encoding="utf-8").count("--require-hashes") if note.exists() else 0


def test_second_run_does_nothing(desk: Desk, recorded: Path) -> None:
    assert desk.run("run", ".venv").returncode == 0
    assert count_installs(recorded) == 1
    recorded.unlink()
    assert desk.run("run", ".venv").returncode == 0
    assert not recorded.exists()


def test_developers_environment_serves_the_demo_but_not_the_other_way(
    desk: Desk, recorded: Path
) -> None:
    desk.run("run", ".venv")
    desk.run("dev", ".venv")
    assert count_installs(recorded) == 2
    desk.run("run", ".venv")
    assert count_installs(recorded) == 2


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements/run.txt"])
def test_changed_lock_installs_again(desk: Desk, recorded: Path, name: str) -> None:
    desk.run("run", ".venv")
    with (desk.folder / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    desk.run("run", ".venv")
    assert count_installs(recorded) == 2


def test_failed_install_is_tried_again(desk: Desk, recorded: Path) -> None:
    desk.run("run", ".venv")
    python = desk.venv / "bin" / "python"
    working = python.read_text(encoding="utf-8")
    python.write_text(
        '#!/bin/sh\ncase "$*" in *--require-hashes*) exit 1 ;; esac\n', encoding="utf-8"
    )
    assert desk.run("dev", ".venv").returncode == 1
    python.write_text(working, encoding="utf-8")
    assert desk.run("run", ".venv").returncode == 0
    assert count_installs(recorded) == 2


def test_uv_is_taken_where_it_is_there(desk: Desk, recorded: Path) -> None:
    note = desk.folder / "uv-asked"
    desk.put("uv", f'echo "$*" >>"{note}"')
    assert desk.run("run", ".venv").returncode == 0
    assert count_installs(recorded) == 0
    asked = note.read_text(encoding="utf-8").splitlines()
    assert [line.split()[:2] for line in asked] == [["pip", "install"]] * 2
    assert "--require-hashes" in asked[0]
    assert "--no-build-isolation --editable ." in asked[1]


def test_moved_checkout_gets_a_new_environment(desk: Desk, recorded: Path) -> None:
    desk.run("run", ".venv")
    stamp = desk.venv / ".knockon-setup"
    stamp.write_text(
        stamp.read_text(encoding="utf-8").replace(os.sep, f"{os.sep}old"), encoding="utf-8"
    )
    desk.put("python3", "exit 1")
    result = desk.run("run", ".venv")
    assert count_installs(recorded) == 1
    assert "No Python" in result.stderr

"""The start-up check for foreign packages, tried on small trees of files."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Protocol

import pytest

from knockon import guard

ROOT = Path(__file__).resolve().parents[2]
OURS = '"""Part of knockon."""\n'


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Make a site folder with the guard and five packages of knockon's own."""
    site = tmp_path / "site"
    for name in ("knockon", *guard.PACKAGES):
        (site / name).mkdir(parents=True)
        (site / name / "__init__.py").write_text(OURS, encoding="utf-8")
    shutil.copy(ROOT / "knockon" / "guard.py", site / "knockon")
    return site


class Ask(Protocol):
    """Runs the check as if these folders were all of Python's path."""

    def __call__(self, *path: Path) -> str | None: ...


@pytest.fixture
def ask(home: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setattr(guard, "__file__", str(home / "knockon" / "guard.py"))

    def run(*path: Path) -> str | None:
        folders = [str(folder) for folder in path]
        monkeypatch.setattr(guard, "find_spec", lambda name: PathFinder.find_spec(name, folders))
        return guard.check_foreign_packages()

    return run


def test_own_packages_pass(ask: Ask, home: Path) -> None:
    assert ask(home) is None


def test_this_checkout_passes() -> None:
    assert guard.check_foreign_packages() is None


@pytest.mark.parametrize("name", guard.PACKAGES)
@pytest.mark.parametrize("form", ["package", "module"])
def test_package_found_before_ours_is_named(
    ask: Ask, home: Path, tmp_path: Path, name: str, form: str
) -> None:
    desk = tmp_path / "desk"
    desk.mkdir()
    foreign = desk / f"{name}.py" if form == "module" else desk / name / "__init__.py"
    foreign.parent.mkdir(exist_ok=True)
    foreign.write_text(OURS, encoding="utf-8")
    said = ask(desk, home)
    assert said is not None
    assert said.startswith(f"The package {name!r} at {foreign} is not knockon's")
    assert "pipx install knockon" in said


@pytest.mark.parametrize("name", guard.PACKAGES)
def test_package_installed_over_ours_is_named(ask: Ask, home: Path, name: str) -> None:
    overwritten = home / name / "__init__.py"
    overwritten.write_text('"""SQL for everyone."""\n', encoding="utf-8")
    assert str(ask(home)).startswith(f"The package {name!r} at {overwritten} is not knockon's")


def test_missing_package_is_named(ask: Ask, home: Path) -> None:
    shutil.rmtree(home / "loaders")
    assert str(ask(home)).startswith("Python finds no package 'loaders'")


def test_folder_without_code_is_named(ask: Ask, home: Path) -> None:
    (home / "viz" / "__init__.py").unlink()
    assert str(ask(home)).startswith(f"The package 'viz' at {home / 'viz'} is not knockon's")


def test_code_that_cannot_be_read_is_not_taken_for_ours(tmp_path: Path) -> None:
    assert not guard._is_marked(tmp_path)


def test_module_put_in_place_by_hand_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    module = type(sys)("queries")
    module.__spec__ = None
    monkeypatch.setitem(sys.modules, "queries", module)
    said = guard.check_foreign_packages()
    assert said is not None
    assert said.startswith("The package 'queries' at (unknown)")


def test_check_imports_none_of_the_packages(home: Path) -> None:
    command = (
        f"import sys; sys.path.insert(0, {str(home)!r})\n"
        "from knockon.guard import PACKAGES, check_foreign_packages as check\n"
        "print(check(), sorted(set(sys.modules) & set(PACKAGES)))"
    )
    result = subprocess.run(
        [sys.executable, "-I", "-S", "-c", command], capture_output=True, check=True, text=True
    )
    assert result.stdout.split() == ["None", "[]"]

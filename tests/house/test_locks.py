"""The locks in requirements/: complete, consistent with pyproject.toml, hashed, naming no host."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
DIRECT = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
BACKEND = [Requirement(text) for text in PROJECT["build-system"]["requires"]]
TOOLS = [
    Requirement(text)
    for text in PROJECT["dependency-groups"]["dev"] + PROJECT["dependency-groups"]["test"]
    if isinstance(text, str)
]
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def read_lock(name: str) -> list[tuple[Requirement, int]]:
    """Read a lock: each pinned requirement and how many hashes it has."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    entries = re.findall(
        r"^(\S.*?) \\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n?)+)", text, re.MULTILINE
    )
    assert len(entries) == len(re.findall(r"^\S", text, re.MULTILINE)), f"{name}.txt has odd lines"
    return [(Requirement(pin), hashes.count("--hash")) for pin, hashes in entries]


def pin_of(wanted: Requirement, lock: list[tuple[Requirement, int]], python: str) -> str:
    """Version that a lock gives one requirement on one Python on Linux."""
    machine = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": "linux",
    }
    (version,) = [
        next(iter(pin.specifier)).version
        for pin, _ in lock
        if pin.name == wanted.name and (pin.marker is None or pin.marker.evaluate(machine))
    ]
    return version


@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize(
    ("name", "wanted"), [("run", DIRECT + BACKEND), ("dev", DIRECT + BACKEND + TOOLS)]
)
def test_lock_satisfies_the_project(name: str, wanted: list[Requirement], python: str) -> None:
    lock = read_lock(name)
    for requirement in wanted:
        version = pin_of(requirement, lock, python)
        assert requirement.specifier.contains(version), f"{requirement} but {version}"


@pytest.mark.parametrize("name", ["run", "bundle"])
def test_developers_run_what_users_run(name: str) -> None:
    # What an extra needs everywhere may be needed only on some systems without it.
    developers = {str(pin).partition(";")[0] for pin, _ in read_lock("dev")}
    assert {str(pin).partition(";")[0] for pin, _ in read_lock(name)} <= developers


def test_the_bundle_has_the_extras_that_windows_can_use() -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [
        *DIRECT,
        *map(Requirement, extras["documents"] + extras["schedules"] + extras["serve"]),
    ]
    named = {pin.name for pin, _ in read_lock("bundle")}
    assert {requirement.name.lower() for requirement in wanted} <= named
    # WeasyPrint needs libraries that Windows has not; Dask is for machines that share the work.
    assert not {"weasyprint", "distributed"} & named


@pytest.mark.parametrize("requirement", DIRECT, ids=lambda requirement: str(requirement.name))
def test_lowest_lock_holds_the_lower_bounds(requirement: Requirement) -> None:
    bounds = [part for part in requirement.specifier if part.operator in {">=", "=="}]
    assert len(bounds) == 1, f"{requirement} has no lower bound"
    lowest = pin_of(requirement, read_lock("lowest"), "3.11")
    assert re.fullmatch(rf"{re.escape(bounds[0].version)}(\.0)*", lowest)


@pytest.mark.parametrize("name", ["run", "dev", "bundle", "lowest"])
def test_lock_has_hashes_and_names_no_host(name: str) -> None:
    lock = read_lock(name)
    assert lock
    assert all(hashes > 0 for _, hashes in lock)
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    assert "://" not in text
    assert "--index" not in text

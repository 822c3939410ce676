"""What holds for the tree as a whole: packages, version, vendored files, nothing of one machine."""

from __future__ import annotations

import hashlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES = ("knockon", "graphmodel", "loaders", "queries", "simulations", "viz")
VENDOR = ROOT / "viz" / "static" / "vendor"

# Written in pieces, so that this file does not name what it looks for.
REGISTRY_HOSTS = (
    "py" + "pi.org",
    "python" + "hosted.org",
    "npm" + "js.org",
    "crates" + ".io",
    "proxy." + "golang.org",
    "maven" + ".org",
    "maven." + "apache.org",
    "deb." + "debian.org",
)
MACHINE_FOLDERS = ("wo" + "rk", "ro" + "ot", "t" + "mp", "ho" + "me", "Us" + "ers")
FORBIDDEN = re.compile(
    "|".join(map(re.escape, REGISTRY_HOSTS))
    + rf"|(?<![\w.:/~}})-])/(?:{'|'.join(MACHINE_FOLDERS)})/(?=\w)"
)


def list_files() -> list[Path]:
    """List what git holds or would hold: tracked files and new ones that are not ignored."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [ROOT / name for name in listing.split("\0") if name and (ROOT / name).is_file()]


def test_every_package_is_typed() -> None:
    untyped = [name for name in PACKAGES if not (ROOT / name / "py.typed").is_file()]
    assert untyped == []


def test_wheel_layers_and_coverage_speak_of_the_same_packages() -> None:
    tool = PROJECT["tool"]
    wheel = tool["hatch"]["build"]["targets"]["wheel"]
    assert sorted(wheel["only-include"]) == sorted([*PACKAGES, "examples"])
    assert sorted(tool["importlinter"]["root_packages"]) == sorted(PACKAGES)
    assert sorted(tool["coverage"]["run"]["source"]) == sorted(PACKAGES)
    assert set(tool["mypy"]["files"]) == {*PACKAGES, "tests", "tools"}


def test_version_is_the_newest_heading_of_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(
        r"^## \[(\d+\.\d+\.\d+)\] - (?:Unreleased|\d{4}-\d\d-\d\d)$", changelog, re.MULTILINE
    )
    assert headings, "CHANGELOG.md has no heading like '## [1.2.3] - 2026-11-22'"
    assert PROJECT["project"]["version"] == headings[0]


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    files = list_files()
    assert ROOT / "pyproject.toml" in files
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match.group()}"
        for path in files
        for number, line in enumerate(path.read_text("utf-8", errors="ignore").splitlines(), 1)
        if (match := FORBIDDEN.search(line))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("https://py" + "pi.org/simple", True),
        ("open('/wo" + "rk/main')", True),
        ('"/t' + 'mp/x"', True),
        ("../shared/papers and docs/home/plan.md", False),
        ("the home/work balance", False),
    ],
)
def test_the_pattern_for_machine_names(line: str, named: bool) -> None:
    assert bool(FORBIDDEN.search(line)) is named


def test_git_holds_no_lock_that_names_a_registry() -> None:
    assert not [path for path in list_files() if path.name == "uv.lock"]


def test_vendored_files_are_the_ones_that_were_reviewed() -> None:
    sums = {}
    for line in (VENDOR / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split(maxsplit=1)
        sums[name.removeprefix("*")] = digest
    present = {
        path.relative_to(VENDOR).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    }
    assert sums
    assert present == sums


def test_every_target_of_the_makefile_is_listed_by_help() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    assert phony is not None
    inner = {"setup", "setup-run", "lint"}
    listing = subprocess.run(
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    listed = {line.split()[1] for line in listing.splitlines()}
    assert listed == set(phony.group(1).split()) - inner

"""The wheels of a bundle: which ones the lock names for a machine, fetched, and what they say."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from email import message_from_string
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Wheel", "fetch_wheels", "read_pins", "read_wheel"]

_ENTRY = re.compile(r"^(\S.*?) \\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n?)+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel in a bundle; ``licence`` is what it says of itself, in its own words."""

    path: Path
    name: str
    version: str
    licence: str
    sha256: str


def windows_markers(python: str) -> dict[str, str]:
    """Return what the markers of a lock are asked about, for CPython on 64-bit Windows."""
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_system": "Windows",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "win32",
    }


def read_pins(lock: str, markers: Mapping[str, str]) -> str:
    """Return the entries of a lock that hold on one machine, their hashes with them."""
    pins = []
    for entry, hashes in _ENTRY.findall(lock):
        wanted = Requirement(entry)
        if wanted.marker is None or wanted.marker.evaluate(dict(markers)):
            pins.append(f"{wanted.name}{wanted.specifier} \\\n{hashes.rstrip()}\n")
    return "".join(pins)


def fetch_wheels(pins: str, folder: Path, python: str) -> None:
    """Have pip download the pinned wheels for 64-bit Windows into a folder, every hash checked.

    Raises
    ------
    SystemExit
        pip is missing or failed; what it said is told.
    """
    tag = python.replace(".", "")
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch) / "pins.txt"
        wanted.write_text(pins, encoding="utf-8")
        command = [*_find_pip(Path(scratch)), "download", "--quiet", "--no-input", "--no-deps"]
        command += ["--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:"]
        command += ["--platform", "win_amd64", "--implementation", "cp", "--python-version", python]
        for abi in (f"cp{tag}", "abi3", "none"):
            command += ["--abi", abi]
        command += ["--dest", str(folder), "--requirement", str(wanted)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        sys.exit(f"The wheels for Windows could not be fetched. pip says:\n{done.stderr.strip()}")


def _find_pip(scratch: Path) -> list[str]:
    """Return the command of a pip: this environment's, else that of a throw-away one."""
    own = [sys.executable, "-m", "pip"]
    if not subprocess.run([*own, "--version"], check=False, capture_output=True).returncode:  # noqa: S603
        return own
    venv = scratch / "venv"
    made = subprocess.run(  # noqa: S603
        [sys.executable, "-m", "venv", str(venv)], check=False, capture_output=True
    )
    if made.returncode:
        sys.exit("There is no pip to fetch wheels with, and no 'venv' package of Python to get it.")
    return [str(venv / "bin" / "python"), "-m", "pip"]


def read_wheel(path: Path) -> Wheel:
    """Return what a wheel says of itself.

    Raises
    ------
    SystemExit
        It names no licence, so it cannot be passed on.
    """
    with ZipFile(path) as archive:
        (inside,) = (n for n in archive.namelist() if re.fullmatch(r"[^/]+\.dist-info/METADATA", n))
        about = message_from_string(archive.read(inside).decode("utf-8"))
    kinds = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier", [])
             if one.startswith("License :: ")]  # fmt: skip
    stated = about.get("License") or ""
    texts = ", ".join(about.get_all("License-File", []))
    licence = about.get("License-Expression") or (kinds[0] if kinds else stated.split("\n")[0])
    licence = licence or (f"see {texts} in its wheel" if texts else "")
    if not licence.strip():
        sys.exit(f"{path.name} names no licence: it cannot be passed on in a bundle.")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Wheel(path, canonicalize_name(about["Name"]), about["Version"], licence.strip(), digest)
